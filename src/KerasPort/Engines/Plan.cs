using System.Diagnostics;
using KerasPort.Graphs;

namespace KerasPort.Engines;

/// <summary>The purpose of a batch.</summary>
internal enum Mode
{
    /// <summary>Outputs, losses, metrics, gradients and the optimizer's step.</summary>
    Train,

    /// <summary>Outputs, losses and metrics.</summary>
    Test,

    /// <summary>Outputs.</summary>
    Predict,
}

/// <summary>A list of nodes for a number of rows and a mode, laid out in memory: what runs when a batch comes.</summary>
internal sealed partial class Plan
{
    /// <summary>The most floats of results that may wait.</summary>
    private const int MostResults = 1 << 18;

    private readonly Run[] _forward = [], _backward = [];
    private readonly Layout _layout;
    private readonly Tensor[] _values;

    /// <param name="graph">The whole list of nodes.</param>
    /// <param name="forward">The number of its first nodes, which give outputs, losses and metrics; the others train.</param>
    /// <param name="inputs">The inputs.</param>
    /// <param name="targets">The targets, where there are any.</param>
    /// <param name="weights">The weights of samples, where there are any.</param>
    /// <param name="outputs">The outputs.</param>
    /// <param name="values">The values that are reported of a batch; <c>null</c> where none are.</param>
    /// <param name="results">Where these values wait until they are reported; <c>null</c> where there are none.</param>
    public Plan(Graph graph, int forward, Tensor[] inputs, Tensor[] targets, Tensor[] weights, Tensor[] outputs, BatchValues? values, Results? results)
    {
        (Inputs, Targets, Weights, Outputs, _values, Results) = (inputs, targets, weights, outputs, values?.All.ToArray() ?? [], results);
        BatchValues = values;
        if (graph.Batch.IsPiece) Stretches = Cut(graph.Nodes, forward);
        else (_forward, _backward) = (Runs(graph.Nodes.Take(forward)), Runs(graph.Nodes.Skip(forward)));
        _layout = new Layout(graph.Nodes, [.. inputs, .. targets, .. weights]);
        ChangesState = graph.Nodes.Any(node => node.ChangesState);
        // A plan that only updates variables has no outputs.
        OutputShape = [.. outputs.Take(1).SelectMany(output => output.shape).Select(d => d!.Value)];
        ResultSize = _values.Sum(v => v.Size);
        if (results is not null) MostWaiting = Math.Clamp(MostResults / ResultSize, 1, results.BatchesAtATime);
    }

    /// <summary>Rows of the batch.</summary>
    public int Rows => Inputs[0].shape[0]!.Value;

    /// <summary>The inputs, which are gathered before it runs.</summary>
    public Tensor[] Inputs { get; }

    /// <summary>The targets, likewise; none for a prediction.</summary>
    public Tensor[] Targets { get; }

    /// <summary>The weights of samples, likewise; none where all count the same.</summary>
    public Tensor[] Weights { get; }

    /// <summary>The outputs, when it has run.</summary>
    public Tensor[] Outputs { get; }

    /// <summary>The first output's shape.</summary>
    public int[] OutputShape { get; }

    /// <summary>Whether it changes state that outlives a batch.</summary>
    public bool ChangesState { get; }

    /// <summary>Floats of memory that it works in.</summary>
    public int MemorySize => _layout.Size;

    /// <summary>Floats of a batch's results.</summary>
    public int ResultSize { get; }

    /// <summary>Batches whose results may wait.</summary>
    public int MostWaiting { get; }

    /// <summary>The place of the next batch's results among those that wait.</summary>
    public int InUse { get; private set; }

    /// <summary>Where results wait.</summary>
    public Results? Results { get; }

    /// <summary>How its results are read; <c>null</c> where there are none.</summary>
    public BatchValues? BatchValues { get; }

    /// <summary>Works in this memory from now on.</summary>
    public void Bind(DeviceBuffer memory) => _layout.Bind(memory);

    /// <summary>Puts the next batch's results at that place among those that wait.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Use(int waiting)
    {
        InUse = waiting;
        int start = waiting * ResultSize;
        foreach (var value in _values)
        {
            value.Storage.Buffer = Results!.Part(start, value.Size, MostWaiting * ResultSize);
            start += value.Size;
        }
    }

    /// <summary>Outputs, losses and metrics.</summary>
    public void Forward(Kernels kernels, bool timed) => Run.All(_forward, kernels, timed ? "forward" : null);

    /// <summary>Gradients and the optimizer's step.</summary>
    public void Backward(Kernels kernels, bool timed) => Run.All(_backward, kernels, timed ? "backward" : null);

    /// <summary>Runs only what draws random numbers.</summary>
    public void Draw(Kernels kernels)
    {
        foreach (var run in Stretches.Count == 0 ? _forward : Stretches.SelectMany(stretch => stretch.Runs))
            if (run.When is not { } isDue || isDue())
                foreach (var node in run.Nodes)
                    if (node is IDraws or ProgramDrawnNode) node.Run(kernels);
    }

    private static Run[] Runs(IEnumerable<Node> nodes)
    {
        var runs = new List<Run>();
        foreach (var node in nodes)
        {
            // Its output lies where its input lies: there is nothing to run.
            if (node is ReshapeNode) continue;
            if (runs.Count == 0 || runs[^1].Layer != node.Layer || runs[^1].When != node.When) runs.Add(new Run(node.Layer, node.When, []));
            runs[^1].Nodes.Add(node);
        }
        return [.. runs];
    }

    /// <summary>Consecutive nodes of one layer that run with the same batches.</summary>
    internal sealed record Run(string? Layer, Func<bool>? When, List<Node> Nodes)
    {
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public static void All(Run[] runs, Kernels kernels, string? direction)
        {
            foreach (var run in runs)
            {
                if (run.When is { } isDue && !isDue()) continue;
                long began = direction is null ? 0 : Stopwatch.GetTimestamp();
                foreach (var node in run.Nodes) node.Run(kernels);
                if (direction is not null && run.Layer is not null) Telemetry.Record(run.Layer, direction, began);
            }
        }
    }
}

/// <summary>
/// The results of batches that aren't reported yet: for each batch a run of floats, the losses and then what each metric is given. Training has
/// its own results, since an evaluation may come between its batches.
/// </summary>
internal sealed class Results(Kernels kernels)
{
    private readonly Dictionary<(int Start, int Length), DeviceBuffer> _parts = [];
    private DeviceBuffer? _all;
    private float[] _host = [];

    /// <summary>Batches whose results may wait on the device.</summary>
    public int BatchesAtATime => kernels.ResultsAtATime;

    /// <summary>The floats from <paramref name="start"/> on, of a buffer of at least <paramref name="room"/> floats.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public DeviceBuffer Part(int start, int length, int room)
    {
        if (_all is null || _all.Length < room)
        {
            if (_all is not null) kernels.Free(_all);
            (_all, _host) = (kernels.Allocate(room), new float[room]);
            _parts.Clear();
        }
        if (!_parts.TryGetValue((start, length), out var part)) _parts[(start, length)] = part = _all.Part(start, length);
        return part;
    }

    /// <summary>Copies the first floats to the host.</summary>
    public ReadOnlySpan<float> Read(int length)
    {
        var host = _host.AsSpan(0, length);
        kernels.Read(_all!, host);
        return host;
    }
}
