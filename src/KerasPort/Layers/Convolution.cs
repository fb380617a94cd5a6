using KerasPort.Activations;
using KerasPort.Constraints;
using KerasPort.Graphs;
using KerasPort.Initializers;
using KerasPort.Regularizers;
using KerasPort.Saving;

namespace KerasPort.Layers;

/// <summary>
/// What layers have in common whose outputs are sums over windows, with a bias and a function at the end: over images [height, width, channels],
/// or over sequences [steps, channels], which are images of one row.
/// </summary>
[OnlySetting("data_format", "channels_last")]
public abstract class Convolution : Layer
{
    private readonly Shape _size, _strides, _dilation;

    private protected Convolution(int axes, Shape kernel_size, Shape? strides, string padding, Shape? dilation_rate, ActivationFunction? activation,
        bool use_bias, Initializer? bias_initializer, Regularizer? bias_regularizer, Regularizer? activity_regularizer, Constraint? bias_constraint,
        Shape? input_shape, string? name) : base(name, input_shape)
    {
        _size = WindowArguments.Of(axes, "kernel_size", kernel_size);
        _strides = WindowArguments.Of(axes, "strides", strides ?? 1);
        this.padding = WindowArguments.Padding(padding, allowsCausal: axes == 1);
        _dilation = WindowArguments.Of(axes, "dilation_rate", dilation_rate ?? 1);
        (this.activation, this.use_bias, this.bias_initializer) = (activation ?? new Linear(), use_bias, bias_initializer ?? new Zeros());
        (this.bias_regularizer, this.activity_regularizer, this.bias_constraint) = (bias_regularizer, activity_regularizer, bias_constraint);
    }

    /// <summary>
    /// "valid" (windows inside), "same" (zeros around) or, of sequences, "causal" (zeros in front, so that no output sees what comes after it).
    /// </summary>
    public string padding { get; }

    /// <summary>What is applied to the sum.</summary>
    public ActivationFunction activation { get; }

    /// <summary>Whether a bias is added.</summary>
    public bool use_bias { get; }

    /// <summary>First values of the bias.</summary>
    public Initializer bias_initializer { get; }

    /// <summary>What is added to the loss for the bias.</summary>
    public Regularizer? bias_regularizer { get; }

    /// <summary>What the bias becomes after each step.</summary>
    public Constraint? bias_constraint { get; }

    internal override ActivationFunction OutputActivation => activation;

    /// <summary>The window's size along each axis.</summary>
    private protected Shape Size => _size;

    /// <summary>Its steps.</summary>
    private protected Shape Strides => _strides;

    /// <summary>The distance between its pixels.</summary>
    private protected Shape Dilation => _dilation;

    /// <summary>Channels of the output, for an input of that shape.</summary>
    private protected abstract int? ChannelsOut(Shape input_shape);

    /// <summary>Channels behind the window, where they aren't those of the output.</summary>
    private protected virtual int? ChannelsOfWindow(Shape input_shape) => ChannelsOut(input_shape);

    /// <summary>The size of the input's last axis that the weights are for.</summary>
    private protected virtual int? ChannelsIn => variables[0].shape[^2];

    /// <inheritdoc/>
    protected internal override void CheckInput(Shape input_shape)
    {
        RequireRank(input_shape, _size.Rank + 2, atLeast: true);
        if (built) RequireLastAxis(input_shape, ChannelsIn!.Value);
    }

    /// <inheritdoc/>
    public override Shape compute_output_shape(Shape input_shape)
    {
        RequireRank(input_shape, _size.Rank + 2, atLeast: true);
        var kernel = new Shape([.. _size, input_shape[^1], ChannelsOut(input_shape)]);
        if (input_shape.Rank > _size.Rank + 2)
            throw new ValueError($"Kernel shape must have the same length as input, but received kernel of shape {kernel} and input of shape {input_shape}.");
        int?[] sizes = [.. Enumerable.Range(0, _size.Rank).Select(axis => Along(input_shape[axis + 1], axis)?.Out)];
        if (sizes.Any(size => size <= 0))
            throw new ValueError($"Computed output size would be zero or negative. Received `inputs shape={input_shape}`, `kernel shape={kernel}`, "
                + $"`dilation_rate=[{string.Join(' ', _dilation)}]`, `strides={_strides}`, `padding={padding}`.");
        return activation.OutputShape(new Shape([input_shape[0], .. sizes, ChannelsOut(input_shape)]));
    }

    /// <summary>Refuses what Keras' convolutions refuse: steps and distances above 1 at once.</summary>
    private protected void RequireStridesOrDilation()
    {
        if (_strides.Any(step => step > 1) && _dilation.Any(distance => distance > 1))
            throw new ValueError("`strides > 1` not supported in conjunction with `dilation_rate > 1`. "
                + $"Received: strides={_strides} and dilation_rate={_dilation}");
    }

    private protected static int RequireFilters(int filters) => filters > 0 ? filters
        : throw new ValueError($"Invalid value for argument `filters`. Expected a strictly positive value. Received filters={filters}.");

    private protected static int RequireMultiplier(int depth_multiplier) => depth_multiplier > 0 ? depth_multiplier
        : throw new ValueError("Invalid value for argument `depth_multiplier`. Expected a strictly positive value. "
            + $"Received depth_multiplier={depth_multiplier}.");

    internal override Window2D? WindowOver(Shape input_shape)
    {
        (int Out, int Before) AlongKnown(int axis) => Along(input_shape[axis + 1], axis)!.Value;
        bool isImage = _size.Rank == 2;
        var (height, width) = (isImage ? AlongKnown(0) : (1, 0), AlongKnown(_size.Rank - 1));
        return new Window2D(isImage ? input_shape[1]!.Value : 1, input_shape[^2]!.Value, input_shape[^1]!.Value, height.Item1, width.Out,
            ChannelsOfWindow(input_shape)!.Value, isImage ? _size[0]!.Value : 1, _size[^1]!.Value, isImage ? _strides[0]!.Value : 1, _strides[^1]!.Value,
            isImage ? _dilation[0]!.Value : 1, _dilation[^1]!.Value, height.Item2, width.Before);
    }

    /// <summary>The bias; <c>null</c> for none.</summary>
    private protected Tensor? Bias(Graph g)
    {
        if (!use_bias) return null;
        g.Regularize(variables[^1], bias_regularizer);
        return g.Variable(variables[^1]);
    }

    /// <summary>The output, from the sums.</summary>
    private protected Tensor End(Graph g, Tensor sums) => activation.Call(g, sums);

    private (int Out, int Before)? Along(int? size, int axis)
    {
        var (kernel, stride, dilation) = (_size[axis]!.Value, _strides[axis]!.Value, _dilation[axis]!.Value);
        if (padding != "causal") return Window2D.Along(size, kernel, stride, dilation, padding == "same");
        return Window2D.Along(size, kernel, stride, dilation, same: true) is { } same ? (same.Out, (kernel - 1) * dilation) : null;
    }
}

/// <summary>Convolutions over images: what they have in common beside.</summary>
public abstract class ImageConvolution : Convolution
{
    private protected ImageConvolution(Shape kernel_size, Shape? strides, string padding, Shape? dilation_rate, ActivationFunction? activation, bool use_bias,
        Initializer? bias_initializer, Regularizer? bias_regularizer, Regularizer? activity_regularizer, Constraint? bias_constraint,
        Shape? input_shape, string? name)
        : base(2, kernel_size, strides, padding, dilation_rate, activation, use_bias, bias_initializer, bias_regularizer, activity_regularizer,
            bias_constraint, input_shape, name)
    {
    }

    /// <summary>Height and width of the window.</summary>
    public (int, int) kernel_size => WindowArguments.Pair(Size);

    /// <summary>Steps of the window down and across.</summary>
    public (int, int) strides => WindowArguments.Pair(Strides);

    /// <summary>Distance between the window's pixels.</summary>
    public (int, int) dilation_rate => WindowArguments.Pair(Dilation);
}
