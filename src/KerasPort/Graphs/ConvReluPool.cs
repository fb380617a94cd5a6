using KerasPort.Engines;

namespace KerasPort.Graphs;

/// <summary>Fused: y = max pooling(max(convolution(x) + bias, 0)), without storing the unpooled output.</summary>
internal sealed class ConvReluPoolNode(ConvReluPool fused, Tensor x, Tensor kernel, Tensor? bias) : Node(bias is null ? [x, kernel] : [x, kernel, bias])
{
    public override void Run(Kernels kernels) =>
        fused.Forward(x.shape[0]!.Value, x.Buffer, kernel.Buffer, bias?.Buffer, Output.Buffer, Output.Graph.Training);

    public override Tensor?[] Gradients(Graph g, Tensor dy)
    {
        var all = new ConvReluPoolGradientsNode(g, fused, x, kernel, bias, Output, dy);
        g.Do(all);
        return all.OfInputs;
    }
}

/// <summary>Fused: the gradients of kernel, bias and, if needed, x, of the last result of <see cref="ConvReluPoolNode"/>.</summary>
internal sealed class ConvReluPoolGradientsNode(Graph g, ConvReluPool fused, Tensor x, Tensor kernel, Tensor? bias, Tensor y, Tensor dy)
    : ProductGradientsNode(g, x, kernel, bias, x, kernel, y, dy)
{
    /// <summary>The pooled output, and its gradient, which counts only where that is above 0.</summary>
    public Tensor Y => Inputs[2];

    /// <inheritdoc cref="Y"/>
    public Tensor DY => Inputs[3];

    public override void Run(Kernels kernels) =>
        fused.Backward(Inputs[0].shape[0]!.Value, Inputs[0].Buffer, Inputs[1].Buffer, Y.Buffer, DY.Buffer, Output.Buffer, DBias?.Buffer, DX?.Buffer);
}
