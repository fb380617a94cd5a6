using KerasPort.Engines;

namespace KerasPort.Graphs;

/// <summary>Fused: the sum of the rows of x[rows, columns], its output, and the sum of the squares of their distances from their mean.</summary>
internal sealed class MomentsNode(Tensor x, Tensor squares) : Node(x)
{
    public Tensor Squares => squares;

    public override IEnumerable<Tensor> Outputs => [Output, squares];

    public override void Run(Kernels kernels) => kernels.Moments(x.Rows, x.Columns, x.Buffer, Output.Buffer, squares.Buffer);
}

/// <summary>Fused: a node, and the moments of the rows that it writes.</summary>
internal sealed class NodeWithMoments(Node producer, MomentsNode moments) : Node(producer.Inputs)
{
    public override IEnumerable<Tensor> Outputs => [.. producer.Outputs, .. moments.Outputs];

    public override void Run(Kernels kernels) => kernels.Run(producer, moments);
}
