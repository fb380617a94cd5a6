using KerasPort.Activations;
using KerasPort.Constraints;
using KerasPort.Graphs;
using KerasPort.Initializers;
using KerasPort.Regularizers;

namespace KerasPort.Layers;

/// <summary>A convolution with one kernel and a number of filters.</summary>
public abstract class KernelConvolution : Convolution
{
    private protected KernelConvolution(int axes, int filters, Shape kernel_size, Shape? strides, string padding, string? data_format, Shape? dilation_rate,
        ActivationFunction? activation, bool use_bias, InitialValues kernel_initializer, InitialValues bias_initializer, Regularizer? kernel_regularizer,
        Regularizer? bias_regularizer, Regularizer? activity_regularizer, Constraint? kernel_constraint, Constraint? bias_constraint, Shape? input_shape,
        string? name)
        : base(axes, kernel_size, strides, padding, data_format, dilation_rate, activation, use_bias, bias_initializer, bias_regularizer,
            activity_regularizer, bias_constraint, input_shape, name)
    {
        this.filters = RequireFilters(filters);
        this.kernel_initializer = kernel_initializer.Or("glorot_uniform");
        (this.kernel_regularizer, this.kernel_constraint) = (kernel_regularizer, kernel_constraint);
        RequireStridesOrDilation();
    }

    /// <summary>Channels of the output.</summary>
    public int filters { get; }

    /// <summary>First values of the kernel.</summary>
    public Initializer? kernel_initializer { get; }

    /// <summary>The regularizer of the kernel, whose penalty is added to the loss.</summary>
    public Regularizer? kernel_regularizer { get; }

    /// <summary>The constraint that is applied to the kernel after each step.</summary>
    public Constraint? kernel_constraint { get; }

    private protected override int? ChannelsOut(Shape input) => filters;

    /// <summary>The kernel, whose last two axes have these lengths, and the bias.</summary>
    private protected IEnumerable<Weight> KernelAndBias(int last, int behind)
    {
        yield return new("kernel", [.. kernel_size.ToArray(), last, behind], kernel_initializer, Constraint: kernel_constraint,
            Regularizer: kernel_regularizer);
        if (use_bias) yield return new("bias", [filters], bias_initializer, Constraint: bias_constraint, Regularizer: bias_regularizer);
    }
}

/// <summary>A convolution whose filters may read a group of the channels each. The kernel is [window, channels of a group, filters].</summary>
public abstract class GroupedConvolution : KernelConvolution
{
    private protected GroupedConvolution(int axes, int filters, Shape kernel_size, Shape? strides, string padding, string? data_format, Shape? dilation_rate,
        int groups, ActivationFunction? activation, bool use_bias, InitialValues kernel_initializer, InitialValues bias_initializer,
        Regularizer? kernel_regularizer, Regularizer? bias_regularizer, Regularizer? activity_regularizer, Constraint? kernel_constraint,
        Constraint? bias_constraint, Shape? input_shape, string? name)
        : base(axes, filters, kernel_size, strides, WindowArguments.Padding(padding, allowsCausal: axes == 1), data_format, dilation_rate, activation,
            use_bias, kernel_initializer, bias_initializer, kernel_regularizer, bias_regularizer, activity_regularizer, kernel_constraint,
            bias_constraint, input_shape, name)
    {
        if (groups <= 0) throw new ValueError($"The number of groups must be a positive integer. Received: groups={groups}.");
        this.groups = filters % groups == 0 ? groups
            : throw new ValueError($"The number of filters must be evenly divisible by the number of groups. Received: groups={groups}, filters={filters}.");
    }

    /// <summary>Groups of channels; each group has an equal share of the filters.</summary>
    public int groups { get; }

    private protected override int Groups => groups;

    private protected override int ChannelsIn => WeightAt(0).shape[^2] * groups;

    private protected override IEnumerable<Weight> WeightsFor(Shape input)
    {
        int channels = LastAxis(input);
        return channels % groups == 0 ? KernelAndBias(channels / groups, filters)
            : throw new ValueError("The number of input channels must be evenly divisible by the number of groups. "
                + $"Received groups={groups}, but the input has {channels} channels (full input shape is {AsGiven(input)}).");
    }

    private protected override Tensor Sums(Graph g, Window2D window, Tensor images) =>
        g.Convolution(window, images, Kernel(g, WeightAt(0)), Bias(g), groups);
}

/// <summary>
/// A transposed convolution: each pixel of the input adds its window to the output. A convolution of the same settings would turn a tensor of the
/// output's shape into one of the input's shape. The kernel is [window, filters, channels].
/// </summary>
public abstract class TransposedConvolution : KernelConvolution
{
    private protected TransposedConvolution(int axes, int filters, Shape kernel_size, Shape? strides, string padding, Shape? output_padding,
        string? data_format, Shape? dilation_rate, ActivationFunction? activation, bool use_bias, InitialValues kernel_initializer,
        InitialValues bias_initializer, Regularizer? kernel_regularizer, Regularizer? bias_regularizer, Regularizer? activity_regularizer,
        Constraint? kernel_constraint, Constraint? bias_constraint, Shape? input_shape, string? name)
        : base(axes, filters, kernel_size, strides, WindowArguments.Padding(padding), data_format, dilation_rate, activation, use_bias,
            kernel_initializer, bias_initializer, kernel_regularizer, bias_regularizer, activity_regularizer, kernel_constraint, bias_constraint,
            input_shape, name)
    {
        if (output_padding is { } given) this.output_padding = TransposedSize.Extra(given, this.strides);
    }

    /// <summary>Pixels that are added to the least output size along each axis; <c>null</c> makes the output stride times as large as the input.</summary>
    public Shape? output_padding { get; }

    private protected override int ChannelsIn => WeightAt(0).shape[^1];

    private protected override IEnumerable<Weight> WeightsFor(Shape input) => KernelAndBias(filters, LastAxis(input));

    private protected override Shape OutputOf(Shape input)
    {
        RequireRank(input, Rank + 2);
        return new Shape([input[0], .. Enumerable.Range(0, Rank).Select(axis => Grown(input, axis)?.Size), filters]);
    }

    /// <summary>The window of the reverse convolution, which reads the output's shape and gives the input's.</summary>
    private protected override Window2D? WindowOf(Shape input) =>
        Window(OutputOf(input), axis => (input[axis + 1]!.Value, Grown(input, axis)!.Value.Before), input[^1]!.Value);

    private protected override Tensor Computed(Graph g, Tensor x)
    {
        var output = OutputOf(x.shape);
        var sums = Sums(g, WindowOf(x.shape)!.Value, AsImages(g, x));
        if (Rank == 3)
        {
            var taps = Taps(output[1]!.Value, (x.shape[1]!.Value, Grown(x.shape, 0)!.Value.Before));
            sums = AsImages(g, g.SumOfPlanes(sums, taps, kernel_size[0]!.Value, x.shape[0]!.Value));
        }
        return AsVolumes(g, Joined(g, Bias(g) is { } bias ? g.Add(sums, bias) : sums), output);
    }

    private protected override Tensor Sums(Graph g, Window2D window, Tensor images) =>
        g.ConvolutionTransposed(window, images, Kernel(g, WeightAt(0)));

    /// <summary>The places of the sums that are cut off before and behind each axis; a negative number behind counts places without sums.</summary>
    internal override (int Before, int Behind)[] PaddingOver(Shape input) => [.. Enumerable.Range(0, Rank).Select(axis =>
    {
        var (size, before) = Grown(input, axis)!.Value;
        return (before, strides[axis]!.Value * (input[axis + 1]!.Value - 1) + (kernel_size[axis]!.Value - 1) * dilation_rate[axis]!.Value + 1 - before - size);
    })];

    private (int Size, int Before)? Grown(Shape input, int axis) => TransposedSize.Of(name, padding, input[axis + 1], kernel_size[axis]!.Value,
        strides[axis]!.Value, dilation_rate[axis]!.Value, output_padding?[axis]);
}
