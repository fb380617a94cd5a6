using KerasPort.Engines;

namespace KerasPort.Graphs;

public sealed partial class Graph
{
    /// <summary>y[…] = 1 where the first of the largest along the last axis of x is the label's, else 0.</summary>
    public Tensor SparseAccuracy(Tensor x, Tensor labels) => Add(new SparseAccuracyNode(x, labels), x.shape[..^1]);
}

/// <summary>values[rows] from outputs[rows, classes] and labels[rows].</summary>
internal sealed class SparseAccuracyNode(Tensor x, Tensor labels) : Node(x, labels)
{
    public override void Run(Kernels kernels) => kernels.SparseAccuracy(x.Rows, x.Columns, x.Buffer, labels.Buffer, Output.Buffer);
}
