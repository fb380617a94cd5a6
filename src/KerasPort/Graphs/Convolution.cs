using KerasPort.Engines;
using KerasPort.Layers;

namespace KerasPort.Graphs;

public sealed partial class Graph
{
    /// <summary>
    /// y[images, oy, ox, filters] = Σ of each window of x[images, height, width, channels] ∘ kernel[ky, kx, channels, filters] + bias[filters].
    /// </summary>
    public Tensor Convolution(Window2D window, Tensor x, Tensor kernel, Tensor? bias) =>
        Add(new ConvolutionNode(window, x, kernel, bias), new Shape(x.shape[0], window.OutHeight, window.OutWidth, window.Filters));

    /// <summary>Likewise by groups of channels, each with its part of the filters: kernel[ky, kx, channels of a group, filters].</summary>
    internal Tensor Convolution(Window2D window, Tensor x, Tensor kernel, Tensor? bias, int groups)
    {
        if (groups == 1) return Convolution(window, x, kernel, bias);
        var part = window with { Channels = window.Channels / groups, Filters = window.Filters / groups };
        if (part.Channels == 1)
            return DepthwiseConvolution(window, x, Reshape(kernel, (window.KernelHeight, window.KernelWidth, groups, part.Filters)), bias);
        return Concatenate([.. Enumerable.Range(0, groups).Select(i => Convolution(part, Columns(x, i * part.Channels, part.Channels),
            Columns(kernel, i * part.Filters, part.Filters), bias is null ? null : Columns(bias, i * part.Filters, part.Filters)))]);
    }

    /// <summary>
    /// The transposed convolution y[images, height, width, channels], an image of which the window's convolution has the shape of x[images, oy, ox, filters]:
    /// each element of x adds its multiple of kernel[ky, kx, channels, filters] to its window of y.
    /// </summary>
    public Tensor ConvolutionTransposed(Window2D window, Tensor x, Tensor kernel) =>
        Add(new ConvolutionInputGradientNode(window, x, kernel), new Shape(x.shape[0], window.Height, window.Width, window.Channels));
}

/// <summary>A node whose output pixels each read a window of the input.</summary>
internal interface IWindowed
{
    /// <summary>The window, over the input in its present size.</summary>
    Window2D Window { get; set; }
}

/// <summary>y[images, oy, ox, filters] = Σ of each window of x[images, height, width, channels] ∘ kernel + bias.</summary>
internal sealed class ConvolutionNode(Window2D window, Tensor x, Tensor kernel, Tensor? bias) : ProductNode(x, kernel, bias), IWindowed
{
    public Window2D Window { get; set; } = window;

    public override void Run(Kernels kernels) => kernels.Conv2D(Window, X.shape[0]!.Value, X.Buffer, Kernel.Buffer, Bias?.Buffer, HasRelu, Output.Buffer);

    public override Tensor?[] Gradients(Graph g, Tensor dy)
    {
        dy = BeforeRelu(g, dy);
        var dkernel = g.Add(new ConvolutionKernelGradientNode(Window, X, dy), Kernel.shape);
        var dbias = Bias is null ? null : g.SumRows(dy);
        var dx = X.NeedsGradient ? g.Add(new ConvolutionInputGradientNode(Window, dy, Kernel), X.shape) : null;
        return Bias is null ? [dx, dkernel] : [dx, dkernel, dbias];
    }

    /// <summary>
    /// This convolution, the model's <paramref name="number"/>-th, fused with a pooling, where the engine has a kernel for both; else <c>null</c>.
    /// </summary>
    public ConvReluPoolNode? With(FusedKernels kernels, int number, Window2D pooling) =>
        kernels.ConvReluPool(number, Window, pooling, X.NeedsGradient) is { } fused ? new ConvReluPoolNode(fused, X, Kernel, Bias) : null;

    /// <summary>Likewise for strides and relu without pooling, as a pooling of 1 × 1; <c>null</c> if no gradient of x is needed.</summary>
    public ConvReluPoolNode? WithRelu(FusedKernels kernels, int number) =>
        X.NeedsGradient && Window is { StrideY: > 1 } w
            ? With(kernels, number, new(w.OutHeight, w.OutWidth, w.Filters, w.OutHeight, w.OutWidth, w.Filters, 1, 1, 1, 1, 1, 1, 0, 0)) : null;
}

/// <summary>dx[images, height, width, channels] from dy[images, oy, ox, filters], which is a transposed convolution, too.</summary>
internal sealed class ConvolutionInputGradientNode(Window2D window, Tensor dy, Tensor kernel) : Node(dy, kernel)
{
    public override void Run(Kernels kernels) => kernels.Conv2DInputGradient(window, dy.shape[0]!.Value, dy.Buffer, kernel.Buffer, Output.Buffer);

    public override Tensor?[] Gradients(Graph g, Tensor ddx) =>
    [
        dy.NeedsGradient ? g.Add(new ConvolutionNode(window, ddx, kernel, null), dy.shape) : null,
        kernel.NeedsGradient ? g.Add(new ConvolutionKernelGradientNode(window, ddx, dy), kernel.shape) : null,
    ];
}

/// <summary>dkernel[ky, kx, channels, filters] from x[images, height, width, channels] and dy[images, oy, ox, filters].</summary>
internal sealed class ConvolutionKernelGradientNode(Window2D window, Tensor x, Tensor dy) : Node(x, dy)
{
    public Window2D Window => window;

    public override void Run(Kernels kernels) => kernels.Conv2DKernelGradient(window, dy.shape[0]!.Value, x.Buffer, dy.Buffer, Output.Buffer);
}

/// <summary>Fused: the gradients of kernel and bias of a convolution with relu, whose output is y.</summary>
internal sealed class ConvolutionWeightGradientsNode(Window2D window, Tensor x, Tensor y, Tensor dy, Tensor? dbias) : Node(x, y, dy)
{
    public override IEnumerable<Tensor> Outputs => dbias is null ? [Output] : [Output, dbias];

    public override void Run(Kernels kernels) =>
        kernels.Conv2DWeightGradients(window, dy.shape[0]!.Value, x.Buffer, y.Buffer, dy.Buffer, Output.Buffer, dbias?.Buffer);
}
