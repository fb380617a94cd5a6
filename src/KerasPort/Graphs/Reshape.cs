using KerasPort.Engines;

namespace KerasPort.Graphs;

public sealed partial class Graph
{
    /// <summary>The same elements in row-major order under another shape; nothing is copied.</summary>
    public Tensor Reshape(Tensor x, Shape shape)
    {
        var made = Add(new ReshapeNode(x), shape, x.Storage);
        return made.Size == x.Size ? made : throw new ValueError($"Elements of shape {x.shape} can't be reshaped to {shape}.");
    }
}

/// <summary>y = x under another shape, in the same memory.</summary>
internal sealed class ReshapeNode(Tensor x) : Node(x)
{
    public override void Run(Kernels kernels) { }

    public override Tensor?[] Gradients(Graph g, Tensor dy) => [x.NeedsGradient ? g.Reshape(dy, x.shape) : null];
}
