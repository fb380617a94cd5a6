using KerasPort.Engines;

namespace KerasPort.Graphs;

public sealed partial class Graph
{
    /// <summary>The rows of x, its first axis, in another order.</summary>
    /// <param name="x">The rows.</param>
    /// <param name="order">[rows]: which row of x each one is.</param>
    /// <param name="places">[rows]: where each row of x comes to lie, the order the other way.</param>
    internal Tensor Reordered(Tensor x, Tensor order, Tensor places) => Add(new ReorderedNode(x, order, places), x.shape);
}

/// <summary>y[i] = x[order[i]], as sums of one row each.</summary>
internal sealed class ReorderedNode(Tensor x, Tensor order, Tensor places) : Node(x, order, places)
{
    private readonly int _rows = x.shape[0]!.Value;

    public override void Run(Kernels kernels) => kernels.SegmentSums(_rows, x.Size / _rows, _rows, x.Buffer, places.Buffer, Output.Buffer);

    public override Tensor?[] Gradients(Graph g, Tensor dy) => [g.Reordered(dy, places, order), null, null];
}
