using KerasPort.Engines;

namespace KerasPort.Graphs;

public sealed partial class Graph
{
    /// <summary>Permutes the rows of x, its first axis.</summary>
    /// <param name="x">The rows.</param>
    /// <param name="order">[rows]: the row of x that each row of the result is.</param>
    /// <param name="places">[rows]: the inverse permutation, for the gradient.</param>
    internal Tensor Reordered(Tensor x, Tensor order, Tensor places) => Add(new ReorderedNode(x, order, places), x.shape);
}

/// <summary>y[i] = x[order[i]], computed as sums of one row each.</summary>
internal sealed class ReorderedNode(Tensor x, Tensor order, Tensor places) : Node(x, order, places)
{
    private readonly int _rows = x.shape[0]!.Value;

    public override void Run(Kernels kernels) => kernels.SegmentSums(_rows, x.Size / _rows, _rows, x.Buffer, places.Buffer, Output.Buffer);

    public override Tensor?[] Gradients(Graph g, Tensor dy) => [g.Reordered(dy, places, order), null, null];
}
