using KerasPort.Engines;
using KerasPort.Graphs;
using KerasPort.Layers;

namespace KerasPort.Tests.Engines;

/// <summary>A list of nodes over given arrays, run once on an engine's kernels: the computation of a layer or a loss, with its gradients.</summary>
internal sealed class ShortPlan
{
    private readonly Kernels _kernels;
    private readonly bool _fuses;
    private readonly List<(Tensor Tensor, NDArray Values)> _inputs = [];
    private readonly Dictionary<Variable, DeviceBuffer> _variables = [];

    public ShortPlan(Kernels kernels, bool training, bool fuses, bool? trains = null)
    {
        (_kernels, _fuses) = (kernels, fuses);
        Graph = new Graph(training, trains ?? training, variable =>
        {
            var buffer = _variables[variable] = kernels.Allocate(variable.size);
            kernels.Write(variable.numpy().ToFloats(), buffer);
            return buffer;
        });
    }

    public Graph Graph { get; }

    /// <summary>A tensor with given values.</summary>
    public Tensor Input(NDArray values, bool needsGradient = false)
    {
        var tensor = Graph.Input(values.shape);
        tensor.NeedsGradient = needsGradient;
        _inputs.Add((tensor, values));
        return tensor;
    }

    /// <summary>The gradients of Σ of ∘ seed with respect to each of these, and first to itself; <c>null</c> where a tensor has no gradient.</summary>
    public Tensor?[] Gradients(Tensor of, Tensor seed, IEnumerable<Tensor> by)
    {
        Keep(of);
        if (_fuses) foreach (var rewrite in _kernels.Rewrites) rewrite.Forward(Graph, Fused());
        var gradients = Graph.Gradients(of, seed);
        return [.. by.Select(x => gradients.TryGetValue(x, out var gradient) ? Keep(gradient) : null)];
    }

    /// <summary>Runs the list.</summary>
    public void Run()
    {
        Graph.Prune();
        var layout = new Layout(Graph.Nodes, _inputs.Select(input => input.Tensor));
        layout.Bind(_kernels.Allocate(layout.Size));
        foreach (var (tensor, values) in _inputs) _kernels.Write(values.ToFloats(), tensor.Buffer);
        Again();
    }

    /// <summary>Runs the list again, without building it anew.</summary>
    public void Again()
    {
        foreach (var node in Graph.Nodes) node.Run(_kernels);
    }

    /// <summary>A tensor that is read after the list has run.</summary>
    public Tensor Keep(Tensor tensor)
    {
        tensor.Storage.IsKept = true;
        return tensor;
    }

    /// <summary>The value of a layer's variable after the list has run.</summary>
    public double[] Read(Variable variable) => Read(_variables[variable], variable.size);

    public double[] Read(Tensor tensor) => Read(tensor.Buffer, tensor.Size);

    private double[] Read(DeviceBuffer buffer, int size)
    {
        var values = new float[size];
        _kernels.Read(buffer, values);
        return Array.ConvertAll(values, v => (double)v);
    }

    private FusedKernels Fused()
    {
        var fused = new FusedKernels(_kernels);
        fused.MakeFor(_inputs.Max(input => input.Values.Length));
        return fused;
    }
}
