using KerasPort.Engines;
using KerasPort.Layers;

namespace KerasPort.Graphs;

public sealed partial class Graph
{
    /// <summary>
    /// y[images, oy, ox, channels · m] = Σ of each window of x[images, height, width, channels], channel by channel, ∘ kernel[ky, kx, channels, m]
    /// + bias[channels · m].
    /// </summary>
    public Tensor DepthwiseConvolution(Window2D window, Tensor x, Tensor kernel, Tensor? bias) =>
        Add(new DepthwiseConvolutionNode(window, x, kernel, bias), new Shape(x.shape[0], window.OutHeight, window.OutWidth, window.Filters));
}

/// <summary>y[images, oy, ox, channels · m] = Σ of each window of x[images, height, width, channels], channel by channel, ∘ kernel + bias.</summary>
internal sealed class DepthwiseConvolutionNode(Window2D window, Tensor x, Tensor kernel, Tensor? bias) : ProductNode(x, kernel, bias), IWindowed
{
    public Window2D Window { get; set; } = window;

    public override void Run(Kernels kernels) =>
        kernels.DepthwiseConv2D(Window, X.shape[0]!.Value, X.Buffer, Kernel.Buffer, Bias?.Buffer, HasRelu, Output.Buffer);

    public override Tensor?[] Gradients(Graph g, Tensor dy)
    {
        dy = BeforeRelu(g, dy);
        var dkernel = g.Add(new DepthwiseKernelGradientNode(Window, X, dy), Kernel.shape);
        var dbias = Bias is null ? null : g.SumRows(dy);
        var dx = X.NeedsGradient ? g.Add(new DepthwiseInputGradientNode(Window, dy, Kernel), X.shape) : null;
        return Bias is null ? [dx, dkernel] : [dx, dkernel, dbias];
    }
}

/// <summary>dx[images, height, width, channels] from dy[images, oy, ox, channels · m].</summary>
internal sealed class DepthwiseInputGradientNode(Window2D window, Tensor dy, Tensor kernel) : Node(dy, kernel)
{
    public override void Run(Kernels kernels) => kernels.DepthwiseConv2DInputGradient(window, dy.shape[0]!.Value, dy.Buffer, kernel.Buffer, Output.Buffer);
}

/// <summary>dkernel[ky, kx, channels, m] from x[images, height, width, channels] and dy[images, oy, ox, channels · m].</summary>
internal sealed class DepthwiseKernelGradientNode(Window2D window, Tensor x, Tensor dy) : Node(x, dy)
{
    public override void Run(Kernels kernels) => kernels.DepthwiseConv2DKernelGradient(window, dy.shape[0]!.Value, x.Buffer, dy.Buffer, Output.Buffer);
}
