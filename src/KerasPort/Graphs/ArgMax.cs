using KerasPort.Engines;

namespace KerasPort.Graphs;

public sealed partial class Graph
{
    /// <summary>y[…] = the index of the largest (of equals the first) along the last axis of x; with labels 1 where it is the label, else 0.</summary>
    /// <exception cref="ValueError">The axis has no elements.</exception>
    public Tensor ArgMax(Tensor x, Tensor? labels = null)
    {
        if (x.Columns == 0) throw new ValueError($"There is no index of the largest or smallest of no elements. Received: shape={x.shape}");
        return Add(labels is null ? new ArgMaxNode(x) : new ArgMaxNode(x, labels), x.shape[..^1]);
    }
}

/// <summary>y[rows] from x[rows, columns] and perhaps labels[rows]. It changes in steps, so that it has no gradient.</summary>
internal sealed class ArgMaxNode(params Tensor[] inputs) : Node(inputs)
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Run(Kernels kernels) =>
        kernels.ArgMax(Inputs[0].Rows, Inputs[0].Columns, Inputs[0].Buffer, Inputs.Length > 1 ? Inputs[1].Buffer : null, Output.Buffer);

    public override Tensor?[] Gradients(Graph g, Tensor dy) => new Tensor?[Inputs.Length];
}
