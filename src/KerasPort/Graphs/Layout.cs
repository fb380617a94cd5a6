using KerasPort.Engines;

namespace KerasPort.Graphs;

/// <summary>
/// Assigns memory to a plan's tensors. A tensor's memory is freed after its last reader, which may write its output over it if the node allows that.
/// </summary>
internal sealed class Layout
{
    // The floats of a cache line. Each tensor starts on one, with room behind it, since kernels read whole vectors past its end.
    private const int Line = 16;

    private readonly List<Storage> _own = [];
    private readonly List<(int Start, int Size)> _free = [];

    public Layout(IReadOnlyList<Node> nodes, IEnumerable<Tensor> givenBefore)
    {
        for (int i = 0; i < nodes.Count; i++)
            foreach (var tensor in nodes[i].Inputs.Concat(nodes[i].Outputs)) tensor.Storage.Last = i;
        foreach (var tensor in givenBefore) Place(tensor.Storage);
        for (int i = 0; i < nodes.Count; i++)
        {
            foreach (var output in nodes[i].Outputs)
                if (!TakesOver(nodes[i], output, i)) Place(output.Storage);
            foreach (var storage in nodes[i].Inputs.Concat(nodes[i].Outputs).Select(t => t.Storage).Distinct())
                if (storage.Last == i && !storage.IsFixed && !storage.IsKept) Free(storage.Start, Room(storage.Size));
        }
    }

    /// <summary>The size of the memory in floats.</summary>
    public int Size { get; private set; }

    /// <summary>Assigns every tensor its part of the memory.</summary>
    public void Bind(DeviceBuffer memory)
    {
        foreach (var storage in _own) storage.Buffer = memory.Part(storage.Start, storage.Size);
    }

    private static int Room(int size) => (size + Line - 1) / Line * Line + Line;

    /// <summary>Puts an output in the memory of an input that no later node reads.</summary>
    private static bool TakesOver(Node node, Tensor output, int index)
    {
        if (output != node.Output || output.Storage.IsFixed || output.Storage.IsKept) return false;
        foreach (var input in node.Inputs)
        {
            var storage = input.Storage;
            bool isFree = storage != output.Storage && !storage.IsFixed && !storage.IsKept && storage.Last == index;
            if (!isFree || storage.Size != output.Storage.Size || !node.MayOverwrite(input)) continue;
            storage.Last = output.Storage.Last;
            foreach (var alias in output.Graph.TensorsAt(output.Storage)) alias.Storage = storage;
            return true;
        }
        return false;
    }

    private void Place(Storage storage)
    {
        if (storage.IsFixed || _own.Contains(storage)) return;
        int size = Room(storage.Size);
        // Best fit: the smallest gap that is large enough, of equal ones the first.
        int best = -1;
        for (int i = 0; i < _free.Count; i++)
            if (_free[i].Size >= size && (best < 0 || _free[i].Size < _free[best].Size)) best = i;
        if (best >= 0)
        {
            var (start, room) = _free[best];
            storage.Start = start;
            _free.RemoveAt(best);
            if (room > size) _free.Insert(best, (start + size, room - size));
        }
        else
        {
            storage.Start = Size;
            Size += size;
        }
        _own.Add(storage);
    }

    private void Free(int start, int size)
    {
        int at = _free.FindIndex(gap => gap.Start > start);
        if (at < 0) at = _free.Count;
        _free.Insert(at, (start, size));
        if (at + 1 < _free.Count && start + size == _free[at + 1].Start)
        {
            _free[at] = (start, size + _free[at + 1].Size);
            _free.RemoveAt(at + 1);
        }
        if (at > 0 && _free[at - 1].Start + _free[at - 1].Size == start)
        {
            _free[at - 1] = (_free[at - 1].Start, _free[at - 1].Size + _free[at].Size);
            _free.RemoveAt(at);
        }
    }
}
