using KerasPort.Layers;

namespace KerasPort.Graphs;

/// <summary>Functions of networks with weights that are tensors, computed as the layers of the same names do.</summary>
internal static partial class KerasOps
{
    public static Function AdaptiveAveragePool(Shape size, string? format) => new("AdaptiveAveragePool", (g, t) => Layered(g, PixelAxes(t[0]) switch
    {
        1 => new AdaptiveAveragePooling1D(size, format, name: "pool"),
        2 => new AdaptiveAveragePooling2D(size, format, name: "pool"),
        _ => new AdaptiveAveragePooling3D(size, format, name: "pool"),
    }, t), ("output_size", size), ("data_format", DataFormat.Of(format)));

    public static Function AdaptiveMaxPool(Shape size, string? format) => new("AdaptiveMaxPool", (g, t) => Layered(g, PixelAxes(t[0]) switch
    {
        1 => new AdaptiveMaxPooling1D(size, format, name: "pool"),
        2 => new AdaptiveMaxPooling2D(size, format, name: "pool"),
        _ => new AdaptiveMaxPooling3D(size, format, name: "pool"),
    }, t), ("output_size", size), ("data_format", DataFormat.Of(format)));

    public static Function AveragePool(Shape size, Shape? strides, string padding, string? format) =>
        new("AveragePool", (g, t) => Layered(g, PixelAxes(t[0]) switch
        {
            1 => new AveragePooling1D(size, strides, padding, format, name: "pool"),
            2 => new AveragePooling2D(size, strides, padding, format, name: "pool"),
            _ => new AveragePooling3D(size, strides, padding, format, name: "pool"),
        }, t), ("pool_size", One(size)), ("strides", One(strides)), ("padding", padding), ("data_format", DataFormat.Of(format)));

    public static Function MaxPool(Shape size, Shape? strides, string padding, string? format) => new("MaxPool", (g, t) => Layered(g, PixelAxes(t[0]) switch
    {
        1 => new MaxPooling1D(size, strides, padding, format, name: "pool"),
        2 => new MaxPooling2D(size, strides, padding, format, name: "pool"),
        _ => new MaxPooling3D(size, strides, padding, format, name: "pool"),
    }, t), ("pool_size", One(size)), ("strides", One(strides)), ("padding", padding), ("data_format", DataFormat.Of(format)));

    /// <summary>(x - mean) / √(variance + epsilon), then scale and offset if they are given.</summary>
    public static Function BatchNorm(int axis, double epsilon, bool hasOffset, bool hasScale) => new("BatchNorm", (g, t) =>
    {
        int along = ((Axes)axis).Of(t[0].shape)[0];
        var shape = new Shape([.. t[0].shape.Select((d, at) => at == along ? d : 1)]);
        Tensor Along(Tensor values) => along == t[0].shape.Rank - 1 ? values : g.Reshape(values, shape);
        var inverse = g.InverseRoot(t[2], (float)epsilon);
        var factor = Along(hasScale ? g.Multiply(inverse, t[^1]) : inverse);
        var y = g.Multiply(g.Subtract(t[0], Along(t[1])), factor);
        return hasOffset ? g.Add(y, Along(t[3])) : y;
    }, ("axis", axis), ("epsilon", epsilon))
    { Given = [true, true, true, hasOffset, hasScale], Gives = DTypes.Fraction };

    public static Function Conv(Shape strides, string padding, string? format, Shape dilation) => new("Conv", (g, t) =>
    {
        var (axes, window, filters) = KernelOf(t[0], t[1]);
        int channels = t[0].shape[DataFormat.Of(format) == DataFormat.First ? 1 : -1]!.Value, groups = Math.Max(channels / t[1].shape[^2]!.Value, 1);
        return Layered(g, axes switch
        {
            1 => new Conv1D(filters, window, strides, padding, format, dilation, groups, use_bias: false, kernel_initializer: "zeros", name: "conv"),
            2 => new Conv2D(filters, window, strides, padding, format, dilation, groups, use_bias: false, kernel_initializer: "zeros", name: "conv"),
            _ => new Conv3D(filters, window, strides, padding, format, dilation, groups, use_bias: false, kernel_initializer: "zeros", name: "conv"),
        }, t);
    }, ("strides", One(strides)), ("padding", padding), ("data_format", DataFormat.Of(format)), ("dilation_rate", One(dilation)));

    public static Function ConvTranspose(Shape strides, string padding, Shape? extra, string? format, Shape dilation) => new("ConvTranspose", (g, t) =>
    {
        var (axes, window, _) = KernelOf(t[0], t[1]);
        int filters = t[1].shape[^2]!.Value;
        return Layered(g, axes switch
        {
            1 => new Conv1DTranspose(filters, window, strides, padding, extra, format, dilation, use_bias: false, kernel_initializer: "zeros", name: "conv"),
            2 => new Conv2DTranspose(filters, window, strides, padding, extra, format, dilation, use_bias: false, kernel_initializer: "zeros", name: "conv"),
            _ => new Conv3DTranspose(filters, window, strides, padding, format, extra, dilation, use_bias: false, kernel_initializer: "zeros", name: "conv"),
        }, t);
    }, ("strides", strides), ("padding", padding), ("output_padding", extra), ("data_format", format), ("dilation_rate", dilation));

    public static Function CtcLoss(int blank) => new("CTCLoss", (g, t) =>
    {
        Tensor Column(Tensor lengths) => g.Reshape(lengths, (lengths.Size, 1));
        int classes = t[1].Columns;
        return Losses.CTC.Of(g, t[0], t[1], Column(t[2]), Column(t[3]), blank < 0 ? blank + classes : blank);
    }, ("mask_index", blank))
    { Gives = DTypes.Fraction };

    public static Function DepthwiseConv(Shape strides, string padding, string? format, Shape dilation) => new("DepthwiseConv", (g, t) =>
    {
        var (axes, window, multiplier) = KernelOf(t[0], t[1]);
        return Layered(g, OfTwo(axes, t[0]) == 1
            ? new DepthwiseConv1D(window, strides, padding, multiplier, format, dilation, use_bias: false, depthwise_initializer: "zeros", name: "conv")
            : new DepthwiseConv2D(window, strides, padding, multiplier, format, dilation, use_bias: false, depthwise_initializer: "zeros", name: "conv"), t);
    }, ("strides", One(strides)), ("padding", padding), ("data_format", DataFormat.Of(format)), ("dilation_rate", One(dilation)));

    public static Function SeparableConv(Shape strides, string padding, string? format, Shape dilation) => new("SeparableConv", (g, t) =>
    {
        var (axes, window, multiplier) = KernelOf(t[0], t[1]);
        int filters = t[2].shape[^1]!.Value;
        return Layered(g, OfTwo(axes, t[0]) == 1
            ? new SeparableConv1D(filters, window, strides, padding, format, dilation, multiplier, use_bias: false,
                depthwise_initializer: "zeros", pointwise_initializer: "zeros", name: "conv")
            : new SeparableConv2D(filters, window, strides, padding, format, dilation, multiplier, use_bias: false,
                depthwise_initializer: "zeros", pointwise_initializer: "zeros", name: "conv"), t);
    }, ("strides", One(strides)), ("padding", padding), ("data_format", DataFormat.Of(format)), ("dilation_rate", One(dilation)));

    /// <summary>softmax(query · keyᵀ · scale + bias) · value for each head, of tensors [samples, steps, heads, features].</summary>
    public static Function DotProductAttention(bool hasBias, bool hasMask, double? scale, bool isCausal) => new("DotProductAttention", (g, t) =>
    {
        var (query, key, value) = (t[0], t[1], t[2]);
        if (query.shape.Rank != 4)
            throw new ValueError("`dot_product_attention` only supports 4D inputs. "
                + $"Received: query.shape={query.shape}, key.shape={key.shape}, value.shape={value.shape}.");
        int heads = query.shape[2]!.Value, groups = heads / Math.Max(key.shape[2]!.Value, 1);
        if (groups > 1 && key.shape[2] > 1) (key, value) = (Repeat(groups, 2).Nodes(g, [key]), Repeat(groups, 2).Nodes(g, [value]));
        var logits = g.Scale(g.Einsum("BTNH,BSNH->BNTS", [query, key]), (float)(scale ?? 1 / Math.Sqrt(key.Columns)));
        if (hasBias) logits = g.Add(logits, t[3]);
        var never = g.Like(logits, -0.7f * float.MaxValue);
        if (hasMask) logits = g.Where(g.Repeat(t[^1], logits.shape), logits, never);
        if (isCausal)
        {
            var ones = g.Like(logits, 1);
            logits = g.Where(Tril(0).Nodes(g, [ones]), logits, never);
        }
        return g.Einsum("BNTS,BSNH->BTNH", [new Activations.Softmax().Call(g, logits), value]);
    }, ("is_causal", isCausal), ("flash_attention", null), ("attn_logits_soft_cap", null))
    { Given = [true, true, true, hasBias, hasMask], Named = ("scale", scale), Gives = DTypes.Fraction };

    public static Function LayerNorm(Axes axis, double? epsilon, bool hasGamma, bool hasBeta) => new("LayerNorm", (g, t) =>
    {
        int[] axes = axis.Of(t[0].shape);
        int rank = t[0].shape.Rank;
        var shape = new Shape([.. t[0].shape.Select((d, at) => axes.Contains(at) ? d : 1)]);
        Tensor Along(Tensor values) => values.shape.Rank == rank || axes is [var last] && last == rank - 1 ? values : g.Reshape(values, shape);
        var centred = g.Subtract(t[0], g.Mean(t[0], axes, keepdims: true));
        var y = g.Multiply(centred, g.InverseRoot(g.Mean(g.Square(centred), axes, keepdims: true), (float)(epsilon ?? 1e-7)));
        if (hasGamma) y = g.Multiply(y, Along(t[1]));
        return hasBeta ? g.Add(y, Along(t[^1])) : y;
    }, ("axis", axis), ("epsilon", epsilon), ("rms_scaling", false))
    { Given = [true, hasGamma, hasBeta], Gives = DTypes.Fraction };

    public static Function Resize(Shape size, string interpolation, bool antialias, bool crops, bool pads, double fill) => new("Resize", (g, t) =>
        Layered(g, new Resizing(size[0]!.Value, size[-1]!.Value, interpolation, crops, pads, fill, antialias, name: "resize"), t),
        ("size", size), ("interpolation", interpolation), ("antialias", antialias), ("crop_to_aspect_ratio", crops), ("pad_to_aspect_ratio", pads),
        ("fill_mode", "constant"), ("fill_value", fill), ("data_format", null));

    public static Function RgbToGrayscale { get; } = new("RGBToGrayscale", (g, t) => g.Grayscale(t[0]), ("data_format", null));

    public static Function RMSNorm(Axes axis, double? epsilon, bool hasScale) => new("RMSNorm", (g, t) =>
    {
        var y = g.Multiply(t[0], g.InverseRoot(g.Mean(g.Square(t[0]), axis, keepdims: true), (float)(epsilon ?? 1e-7)));
        return hasScale ? g.Multiply(y, t[1]) : y;
    }, ("axis", axis), ("epsilon", epsilon))
    { Given = [true, hasScale], Gives = DTypes.Fraction };

    /// <summary>
    /// The output of a layer for the first tensor, with the others as its weights. Its own weights start as zeros, because any other initializer takes a
    /// seed from Python's generator, which Keras' functions leave alone.
    /// </summary>
    private static Tensor Layered(Graph g, Layer layer, Tensor[] t)
    {
        layer.build(t[0].shape);
        foreach (var (weight, given) in layer.variables.Zip(t.Skip(1)))
        {
            if (given.shape != (Shape)weight.shape)
                throw new ValueError($"A kernel of shape {(Shape)weight.shape} goes with these inputs. "
                    + $"Received: inputs.shape={t[0].shape}, kernel.shape={given.shape}");
            g.Bind(weight, given);
        }
        return layer.Call(g, t[0]);
    }

    /// <summary>One number for all axes as a number: Keras takes a list of one for sequences only.</summary>
    private static object? One(Shape? sizes) => sizes is { Rank: 1 } one ? (object?)one[0] : sizes;

    private static int PixelAxes(Tensor x) => x.shape.Rank is >= 3 and <= 5 and var rank ? rank - 2
        : throw new ValueError($"`inputs` are sequences, images or volumes, of 3 to 5 axes. Received: inputs.shape={x.shape}");

    private static int OfTwo(int axes, Tensor x) => axes < 3 ? axes
        : throw new ValueError($"`inputs` rank must be 3 (1D conv) or 4 (2D conv). Received: {x.shape.Rank}.");

    private static (int Axes, Shape Window, int Last) KernelOf(Tensor x, Tensor kernel)
    {
        int axes = PixelAxes(x);
        return kernel.shape.Rank == axes + 2 ? (axes, kernel.shape[..^2], kernel.shape[^1]!.Value)
            : throw new ValueError($"Kernel shape must have the same length as input, "
                + $"but received kernel of shape {kernel.shape} and input of shape {x.shape}.");
    }
}
