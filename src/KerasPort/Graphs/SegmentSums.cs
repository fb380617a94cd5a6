using KerasPort.Engines;

namespace KerasPort.Graphs;

public sealed partial class Graph
{
    /// <summary>y[segments, columns] = the sums of the rows of x that name each segment; those that name none are left out.</summary>
    /// <param name="x">[rows, columns].</param>
    /// <param name="segment">The segment of each row: a whole number from 0 on.</param>
    /// <param name="segments">How many there are.</param>
    public Tensor SegmentSums(Tensor x, Tensor segment, int segments) =>
        segment.Size == x.Rows ? Add(new SegmentSumsNode(x, segment, segments), (segments, x.Columns))
        : throw new ValueError($"Each row of x names its segment. Received: x.shape={x.shape}, segment.shape={segment.shape}");
}

/// <summary>y[segments, columns] = Σ over the rows r with segment[r] = s of x[r, columns].</summary>
internal sealed class SegmentSumsNode(Tensor x, Tensor segment, int segments) : Node(x, segment)
{
    public override void Run(Kernels kernels) => kernels.SegmentSums(x.Rows, x.Columns, segments, x.Buffer, segment.Buffer, Output.Buffer);
}
