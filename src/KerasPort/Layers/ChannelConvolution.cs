using KerasPort.Activations;
using KerasPort.Constraints;
using KerasPort.Graphs;
using KerasPort.Initializers;
using KerasPort.Regularizers;

namespace KerasPort.Layers;

/// <summary>A depthwise convolution: each channel by itself, with a number of filters of its own.</summary>
public abstract class ChannelConvolution : Convolution
{
    private protected ChannelConvolution(int axes, Shape kernel_size, Shape? strides, string padding, int depth_multiplier, string? data_format,
        Shape? dilation_rate, ActivationFunction? activation, bool use_bias, InitialValues depthwise_initializer, InitialValues bias_initializer,
        Regularizer? depthwise_regularizer, Regularizer? bias_regularizer, Regularizer? activity_regularizer, Constraint? depthwise_constraint,
        Constraint? bias_constraint, Shape? input_shape, string? name)
        : base(axes, kernel_size, strides, WindowArguments.Padding(padding), data_format, dilation_rate, activation, use_bias, bias_initializer,
            bias_regularizer, activity_regularizer, bias_constraint, input_shape, name)
    {
        this.depth_multiplier = RequireMultiplier(depth_multiplier);
        this.depthwise_initializer = depthwise_initializer.Or("glorot_uniform");
        (this.depthwise_regularizer, this.depthwise_constraint) = (depthwise_regularizer, depthwise_constraint);
    }

    /// <summary>Outputs of each channel.</summary>
    public int depth_multiplier { get; }

    /// <summary>First values of the depthwise kernel.</summary>
    public Initializer? depthwise_initializer { get; }

    /// <summary>The regularizer of the depthwise kernel, whose penalty is added to the loss.</summary>
    public Regularizer? depthwise_regularizer { get; }

    /// <summary>The constraint that is applied to the depthwise kernel after each step.</summary>
    public Constraint? depthwise_constraint { get; }

    private protected override int? ChannelsOut(Shape input) => checked(input[^1] * depth_multiplier);

    private protected override IEnumerable<Weight> WeightsFor(Shape input)
    {
        yield return Windows("kernel", LastAxis(input));
        if (use_bias) yield return new("bias", [checked(LastAxis(input) * depth_multiplier)], bias_initializer, Constraint: bias_constraint,
            Regularizer: bias_regularizer);
    }

    private protected override Tensor Sums(Graph g, Window2D window, Tensor images) => Each(g, window, images, Bias(g));

    /// <summary>The depthwise kernel.</summary>
    private protected Weight Windows(string called, int channels) =>
        new(called, [.. kernel_size.ToArray(), channels, depth_multiplier], depthwise_initializer, Constraint: depthwise_constraint,
            Regularizer: depthwise_regularizer);

    /// <summary>The depthwise convolution of images.</summary>
    private protected Tensor Each(Graph g, Window2D window, Tensor images, Tensor? bias) =>
        g.DepthwiseConvolution(window, images, Kernel(g, WeightAt(0)), bias);
}

/// <summary>
/// A depthwise convolution without bias or activation, then a pointwise kernel of one pixel that mixes the channels:
/// y = activation(bias[f] + Σ each(x)[…, c] · pointwise_kernel[…, c, f]). Source: Chollet, Xception (2017).
/// </summary>
public abstract class SeparableConvolution : ChannelConvolution
{
    private protected SeparableConvolution(int axes, int filters, Shape kernel_size, Shape? strides, string padding, string? data_format,
        Shape? dilation_rate, int depth_multiplier, ActivationFunction? activation, bool use_bias, InitialValues depthwise_initializer,
        InitialValues pointwise_initializer, InitialValues bias_initializer, Regularizer? depthwise_regularizer, Regularizer? pointwise_regularizer,
        Regularizer? bias_regularizer, Regularizer? activity_regularizer, Constraint? depthwise_constraint, Constraint? pointwise_constraint,
        Constraint? bias_constraint, Shape? input_shape, string? name)
        : base(axes, kernel_size, strides, padding, depth_multiplier, data_format, dilation_rate, activation, use_bias, depthwise_initializer,
            bias_initializer, depthwise_regularizer, bias_regularizer, activity_regularizer, depthwise_constraint, bias_constraint, input_shape, name)
    {
        (this.filters, this.pointwise_initializer) = (RequireFilters(filters), pointwise_initializer.Or("glorot_uniform"));
        (this.pointwise_regularizer, this.pointwise_constraint) = (pointwise_regularizer, pointwise_constraint);
    }

    /// <summary>Channels of the output.</summary>
    public int filters { get; }

    /// <summary>First values of the pointwise kernel.</summary>
    public Initializer? pointwise_initializer { get; }

    /// <summary>The regularizer of the pointwise kernel, whose penalty is added to the loss.</summary>
    public Regularizer? pointwise_regularizer { get; }

    /// <summary>The constraint that is applied to the pointwise kernel after each step.</summary>
    public Constraint? pointwise_constraint { get; }

    private protected override int? ChannelsOut(Shape input) => filters;

    private protected override int? ChannelsOfWindow(Shape input) => checked(input[^1] * depth_multiplier);

    private protected override IEnumerable<Weight> WeightsFor(Shape input)
    {
        int channels = LastAxis(input);
        yield return Windows("depthwise_kernel", channels);
        yield return new("pointwise_kernel", [.. kernel_size.Select(_ => 1), checked(channels * depth_multiplier), filters], pointwise_initializer,
            Constraint: pointwise_constraint, Regularizer: pointwise_regularizer);
        if (use_bias) yield return new("bias", [filters], bias_initializer, Constraint: bias_constraint,
            Regularizer: bias_regularizer);
    }

    private protected override Tensor Sums(Graph g, Window2D window, Tensor images)
    {
        var each = Each(g, window, images, null);
        var pixels = new Window2D(window.OutHeight, window.OutWidth, window.Filters, window.OutHeight, window.OutWidth, filters, 1, 1, 1, 1, 1, 1, 0, 0);
        return g.Convolution(pixels, each, Kernel(g, WeightAt(1)), Bias(g));
    }
}
