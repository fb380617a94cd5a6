using KerasPort.Engines;

namespace KerasPort.Graphs;

public sealed partial class Graph
{
    /// <summary>y[segments, columns] = the sums of the rows of x in each segment; rows with another number than a segment's are ignored.</summary>
    /// <param name="x">[rows, columns].</param>
    /// <param name="segment">The segment of each row: an integer from 0 on.</param>
    /// <param name="segments">The number of segments.</param>
    public Tensor SegmentSums(Tensor x, Tensor segment, int segments) =>
        segment.Size == x.Rows ? Add(new SegmentSumsNode(x, segment, segments), (segments, x.Columns))
        : throw new ValueError($"Each row of x names its segment. Received: x.shape={x.shape}, segment.shape={segment.shape}");
}

/// <summary>y[segments, columns] = Σ over the rows r with segment[r] = s of x[r, columns].</summary>
internal sealed class SegmentSumsNode(Tensor x, Tensor segment, int segments) : Node(x, segment)
{
    public override void Run(Kernels kernels) => kernels.SegmentSums(x.Rows, x.Columns, segments, x.Buffer, segment.Buffer, Output.Buffer);

    /// <summary>dx[r] = dy[segment[r]], or 0 for a row without a segment.</summary>
    public override Tensor?[] Gradients(Graph g, Tensor dy) => [g.OnHost(x.shape, (given, dx) =>
    {
        int columns = x.Columns;
        Array.Clear(dx);
        for (int r = 0; r < given[1].Length; r++)
            if (given[1][r] >= 0 && given[1][r] < segments && float.IsInteger(given[1][r]))
                Array.Copy(given[0], (int)given[1][r] * columns, dx, r * columns, columns);
    }, null, dy, segment), null];
}
