using KerasPort.Engines;

namespace KerasPort.Graphs;

public sealed partial class Graph
{
    /// <summary>y = exp(x - max) / Σ exp(x - max) along the last axis.</summary>
    public Tensor Softmax(Tensor x) => Add(new SoftmaxNode(x), x.shape);
}

/// <summary>y[rows, columns] = exp(x - max) / Σ exp(x - max), row by row.</summary>
internal sealed class SoftmaxNode(Tensor x) : Node(x)
{
    public override void Run(Kernels kernels)
    {
        if (x.Storage != Output.Storage) kernels.Copy(x.Buffer, Output.Buffer);
        kernels.Softmax(x.Rows, x.Columns, Output.Buffer);
    }

    public override Tensor?[] Gradients(Graph g, Tensor dy) => [g.Add(new SoftmaxGradientNode(dy, Output), dy.shape)];

    public override bool MayOverwrite(Tensor input) => true;
}

/// <summary>dx[rows, columns] = y ∘ (dy - Σ dy ∘ y), row by row.</summary>
internal sealed class SoftmaxGradientNode(Tensor dy, Tensor y) : Node(dy, y)
{
    public override void Run(Kernels kernels)
    {
        if (dy.Storage != Output.Storage) kernels.Copy(dy.Buffer, Output.Buffer);
        kernels.SoftmaxGradient(y.Rows, y.Columns, y.Buffer, Output.Buffer);
    }

    public override bool MayOverwrite(Tensor input) => input == dy;
}
