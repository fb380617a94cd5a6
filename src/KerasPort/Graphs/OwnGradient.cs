using KerasPort.Engines;
using KerasPort.Engines.Formulas;

namespace KerasPort.Graphs;

public sealed partial class Graph
{
    /// <summary>y = x, with gradients for other tensors that a function gives.</summary>
    /// <param name="x">The output.</param>
    /// <param name="gradients">Makes the tensors' gradients from that of y.</param>
    /// <param name="of">The tensors that x was computed from.</param>
    internal Tensor WithGradients(Tensor x, Func<Tensor, Tensor[]> gradients, Tensor[] of) => Add(new OwnGradientNode(x, gradients, of), x.shape);
}

/// <summary>y = x, with gradients that a program defines.</summary>
internal sealed class OwnGradientNode(Tensor x, Func<Tensor, Tensor[]> gradients, Tensor[] of) : Node([x, .. of])
{
    public override void Run(Kernels kernels) => kernels.Map(new Unary<Identity>(default), x.Size, Output.Buffer, x.Buffer);

    public override Tensor?[] Gradients(Graph g, Tensor dy) => [null, .. gradients(dy).Select((dx, i) => dx.shape == of[i].shape ? dx
        : throw new ValueError($"A gradient has the shape of what it is the gradient of. Received: {dx.shape}, expected: {of[i].shape}"))];
}
