using KerasPort.Engines;
using KerasPort.Graphs;
using KerasPort.Initializers;
using KerasPort.Layers;
using KerasPort.Models;
using KerasPort.Optimizers;

namespace KerasPort.Tests.Engines;

/// <summary>One variable that an optimizer changes by given gradients, through the optimizer's own nodes.</summary>
internal sealed class OptimizerRun
{
    private readonly Kernels _kernels;
    private readonly Optimizer _optimizer;
    private readonly Graph _graph;
    private readonly Tensor _gradient;
    private readonly FlatVariables _flat;
    private readonly int _count;

    public OptimizerRun(Kernels kernels, Optimizer optimizer, float[] weights)
    {
        (_kernels, _optimizer, _count) = (kernels, optimizer, weights.Length);
        int room = (_count + 15) / 16 * 16;
        var variable = new Variable(new Weight("w", [_count], new Zeros()), new Turns(), trainable: true);
        variable.assign(new NDArray(weights, _count));
        _flat = new FlatVariables(kernels.Allocate(room), kernels.Allocate(room),
            [.. Enumerable.Range(0, optimizer.SlotCount).Select(_ => kernels.Allocate(room))]);
        kernels.Write(weights, _flat.Values.Part(0, _count));
        for (int slot = 0; slot < optimizer.SlotCount; slot++)
            if (optimizer.FirstValues(slot, variable) is { } first) kernels.Write(first, _flat.Slots[slot].Part(0, _count));
        _graph = new Graph(training: true, trains: true, _ => _flat.Values.Part(0, _count));
        _gradient = _graph.Input(_count);
        optimizer.AddSteps(_graph, _flat, [new TrainedVariable(variable, 0, room, _gradient)]);
        _graph.Prune();
        var layout = new Layout(_graph.Nodes, [_gradient]);
        layout.Bind(kernels.Allocate(layout.Size));
    }

    /// <summary>The weights after one more batch.</summary>
    public float[] Step(float[] gradient)
    {
        _kernels.Write(gradient, _gradient.Buffer);
        foreach (var node in _graph.Nodes.Where(node => node.When?.Invoke() != false)) node.Run(_kernels);
        _optimizer.EndBatch();
        var weights = new float[_count];
        _kernels.Read(_flat.Values.Part(0, _count), weights);
        return weights;
    }
}
