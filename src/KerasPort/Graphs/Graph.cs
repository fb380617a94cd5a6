using KerasPort.Engines;
using KerasPort.Layers;

namespace KerasPort.Graphs;

/// <summary>
/// The list of nodes that a plan is made of, in the order in which they run. Layers, losses and metrics add to it; it is made once for a
/// number of rows and a mode, then rewritten as the engine likes it, laid out in memory and run as often as there are batches.
/// </summary>
public sealed partial class Graph
{
    private readonly Func<Variable, DeviceBuffer> _placeOf;
    private readonly Dictionary<Variable, Tensor> _variables = [];

    internal Graph(bool training, Func<Variable, DeviceBuffer> placeOf) => (Training, _placeOf) = (training, placeOf);

    /// <summary>Whether the list is made for training: layers that do something else then ask it.</summary>
    public bool Training { get; }

    internal List<Node> Nodes { get; } = [];

    /// <summary>The layer whose nodes are being added.</summary>
    internal string? Layer { get; set; }

    /// <summary>A layer's variable as a tensor.</summary>
    public Tensor Variable(Variable variable)
    {
        if (_variables.TryGetValue(variable, out var known)) return known;
        var storage = new Storage { Buffer = _placeOf(variable), IsFixed = true };
        return _variables[variable] = new Tensor(this, null, variable.shape, storage) { NeedsGradient = Training };
    }

    /// <summary>What comes in from outside, batch by batch.</summary>
    internal Tensor Input(Shape shape) => new(this, null, shape, new Storage { IsKept = true });

    /// <summary>Room for what a node gives beside its output.</summary>
    internal Tensor New(Shape shape, Node source) => new(this, source, shape);

    /// <summary>Adds a node that gives a tensor of that shape.</summary>
    internal Tensor Add(Node node, Shape shape, Storage? storage = null)
    {
        Do(node);
        return node.Output = new Tensor(this, node, shape, storage);
    }

    /// <summary>Adds a node.</summary>
    internal void Do(Node node)
    {
        node.Layer = Layer;
        Nodes.Add(node);
    }

    /// <summary>The nodes that read a tensor.</summary>
    internal IEnumerable<Node> Readers(Tensor tensor) => Nodes.Where(node => node.Inputs.Contains(tensor));

    /// <summary>Whether one node reads a tensor, of which nobody else, in the plan or outside, wants anything.</summary>
    internal bool HasOneReader(Tensor tensor) => !tensor.Storage.IsKept && !tensor.Storage.IsFixed && Readers(tensor).Take(2).Count() == 1;

    /// <summary>The tensors that lie there.</summary>
    internal IEnumerable<Tensor> TensorsAt(Storage storage) =>
        Nodes.SelectMany(node => node.Inputs.Concat(node.Outputs)).Where(t => t.Storage == storage).Distinct();

    /// <summary>The tensor at that place: itself where nobody minds, else a copy.</summary>
    internal Tensor At(Storage place, Tensor tensor)
    {
        if (tensor.Source is null or ReshapeNode || tensor.Storage.IsFixed || tensor.Storage.IsKept || TensorsAt(tensor.Storage).Count() > 1)
            return Add(new CopyNode(tensor), tensor.shape, place);
        place.Size = tensor.Size;
        tensor.Storage = place;
        return tensor;
    }

    /// <summary>Takes a node out whose output another one gives from now on.</summary>
    internal void Remove(Node node, Node by)
    {
        by.Output = node.Output;
        node.Output.Source = by;
        Nodes.Remove(node);
    }

    /// <summary>Leaves out what nobody reads.</summary>
    internal void Prune()
    {
        for (int i = Nodes.Count - 1; i >= 0; i--)
        {
            var node = Nodes[i];
            if (!node.HasEffect && !node.Outputs.Any(t => t.Storage.IsKept || t.Storage.IsFixed || Readers(t).Any())) Nodes.RemoveAt(i);
        }
    }

    /// <summary>
    /// Adds the nodes of the gradients of Σ <paramref name="of"/> ∘ <paramref name="seed"/> by every tensor that needs one, backward through
    /// the list. What flows into one tensor from several nodes is added up.
    /// </summary>
    internal Dictionary<Tensor, Tensor> Gradients(Tensor of, Tensor seed)
    {
        var gradients = new Dictionary<Tensor, Tensor> { [of] = seed };
        for (int i = Nodes.IndexOf(of.Source!); i >= 0; i--)
        {
            var node = Nodes[i];
            if (node.Output is null || !node.Output.NeedsGradient || !gradients.TryGetValue(node.Output, out var dy)) continue;
            Layer = node.Layer;
            var made = node.Gradients(this, dy);
            for (int k = 0; k < made.Length; k++)
                if (made[k] is { } dx) gradients[node.Inputs[k]] = gradients.TryGetValue(node.Inputs[k], out var other) ? Add(other, dx) : dx;
        }
        Layer = null;
        return gradients;
    }
}
