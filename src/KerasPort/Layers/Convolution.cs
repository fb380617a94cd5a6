using KerasPort.Activations;
using KerasPort.Constraints;
using KerasPort.Engines;
using KerasPort.Graphs;
using KerasPort.Initializers;
using KerasPort.Regularizers;

namespace KerasPort.Layers;

/// <summary>
/// A layer whose outputs are sums over windows, with a bias and an activation: over images [height, width, channels], sequences [steps, channels] or
/// volumes [depth, height, width, channels]. A sequence is computed as an image of one row, a volume as images whose channels are those of all planes
/// that a window reads.
/// </summary>
public abstract class Convolution : SpatialLayer
{
    private protected Convolution(int axes, Shape kernel_size, Shape? strides, string padding, string? data_format, Shape? dilation_rate,
        ActivationFunction? activation, bool use_bias, InitialValues bias_initializer, Regularizer? bias_regularizer, Regularizer? activity_regularizer,
        Constraint? bias_constraint, Shape? input_shape, string? name) : base(data_format, input_shape, name)
    {
        this.kernel_size = WindowArguments.Of(axes, "kernel_size", kernel_size);
        this.strides = WindowArguments.Of(axes, "strides", strides ?? 1);
        this.padding = padding;
        this.dilation_rate = WindowArguments.Of(axes, "dilation_rate", dilation_rate ?? 1);
        (this.activation, this.use_bias, this.bias_initializer) = (activation ?? new Linear(), use_bias, bias_initializer.Or("zeros"));
        (this.bias_regularizer, this.activity_regularizer, this.bias_constraint) = (bias_regularizer, activity_regularizer, bias_constraint);
    }

    /// <summary>The window's size along each axis.</summary>
    public Shape kernel_size { get; }

    /// <summary>The window's stride along each axis.</summary>
    public Shape strides { get; }

    /// <summary>
    /// "valid" (windows inside), "same" (zeros around) or, of sequences, "causal" (zeros in front, so that no output sees what comes after it).
    /// </summary>
    public string padding { get; }

    /// <summary>The distance between the window's pixels.</summary>
    public Shape dilation_rate { get; }

    /// <summary>The activation, applied to the sum.</summary>
    public ActivationFunction activation { get; }

    /// <summary>Whether a bias is added.</summary>
    public bool use_bias { get; }

    /// <summary>First values of the bias.</summary>
    public Initializer? bias_initializer { get; }

    /// <summary>The regularizer of the bias, whose penalty is added to the loss.</summary>
    public Regularizer? bias_regularizer { get; }

    /// <summary>The constraint that is applied to the bias after each step.</summary>
    public Constraint? bias_constraint { get; }

    internal override ActivationFunction OutputActivation => activation;

    /// <summary>The number of axes that the window moves along.</summary>
    private protected int Rank => kernel_size.Rank;

    /// <summary>Channels of the output, for an input of that shape.</summary>
    private protected abstract int? ChannelsOut(Shape input);

    /// <summary>Channels that the window gives, which may differ from those of the output.</summary>
    private protected virtual int? ChannelsOfWindow(Shape input) => ChannelsOut(input);

    /// <summary>Groups of channels, which windows read separately.</summary>
    private protected virtual int Groups => 1;

    /// <summary>The channels that the weights are for.</summary>
    private protected virtual int ChannelsIn => WeightAt(0).shape[^2];

    /// <inheritdoc/>
    protected internal override void CheckInput(Shape input_shape)
    {
        RequireRank(input_shape, Rank + 2, atLeast: true);
        if (built) RequireAxis(input_shape, ChannelsFirst ? 1 : -1, ChannelsIn);
    }

    private protected override Shape OutputOf(Shape input)
    {
        RequireRank(input, Rank + 2, atLeast: true);
        var kernel = new Shape([.. kernel_size, input[^1], ChannelsOut(input)]);
        if (input.Rank > Rank + 2)
            throw new ValueError(
                $"Kernel shape must have the same length as input, but received kernel of shape {kernel} and input of shape {AsGiven(input)}.");
        int?[] sizes = [.. Enumerable.Range(0, Rank).Select(axis => Along(input[axis + 1], axis)?.Out)];
        if (sizes.Any(size => size <= 0))
            throw new ValueError($"Computed output size would be zero or negative. Received `inputs shape={AsGiven(input)}`, `kernel shape={kernel}`, "
                + $"`dilation_rate=[{string.Join(' ', dilation_rate)}]`, `strides={strides}`, `padding={padding}`.");
        return new Shape([input[0], .. sizes, ChannelsOut(input)]);
    }

    private protected override Shape EndedShape(Shape output) => activation.OutputShape(output);

    private protected override Window2D? WindowOf(Shape input) => Window(input, axis => Along(input[axis + 1], axis)!.Value, ChannelsOfWindow(input)!.Value);

    private protected override Tensor Computed(Graph g, Tensor x)
    {
        var output = OutputOf(x.shape);
        var images = Rank == 3 ? g.Planes(x, Taps(x.shape[1]!.Value, Along(x.shape[1], 0)!.Value), kernel_size[0]!.Value, Groups) : AsImages(g, x);
        return AsVolumes(g, Joined(g, Sums(g, WindowOf(x.shape)!.Value, images)), output);
    }

    private protected override Tensor Ended(Graph g, Tensor y) => activation is Relu ? y : activation.Call(g, y);

    /// <summary>The sums over windows of images, with the bias.</summary>
    private protected abstract Tensor Sums(Graph g, Window2D window, Tensor images);

    /// <summary>The sums with a relu applied at once, so that an engine can fuse the two; a relu doesn't depend on the layout.</summary>
    private protected Tensor Joined(Graph g, Tensor sums) => activation is Relu ? activation.Call(g, sums) : sums;

    /// <summary>Sequences and volumes as images, each plane by itself.</summary>
    private protected Tensor AsImages(Graph g, Tensor x) => Rank == 2 ? x
        : g.Reshape(x, Rank == 1 ? new Shape(x.shape[0], 1, x.shape[1], x.shape[2]) : new Shape(x.shape[0] * x.shape[1], x.shape[2], x.shape[3], x.shape[4]));

    /// <summary>The computed images in the output's shape, before the activation may change it.</summary>
    private protected Tensor AsVolumes(Graph g, Tensor images, Shape output) => Rank == 2 ? images : g.Reshape(images, output);

    /// <summary>The kernel; that of volumes is turned into one of images.</summary>
    private protected Tensor Kernel(Graph g, Variable variable) => Rank == 3 ? g.PlaneKernel(g.Variable(variable)) : g.Variable(variable);

    /// <summary>The bias; <c>null</c> for none.</summary>
    private protected Tensor? Bias(Graph g) => use_bias ? g.Variable(WeightAt(^1)) : null;

    /// <summary>A window that moves over height and width of a tensor of shape <paramref name="over"/>, and gives that many channels.</summary>
    private protected Window2D Window(Shape over, Func<int, (int Out, int Before)> along, int filters)
    {
        bool isImage = Rank > 1;
        int first = Rank - 2, planes = Rank == 3 ? kernel_size[0]!.Value : 1;
        var (height, width) = (isImage ? along(first) : (Out: 1, Before: 0), along(Rank - 1));
        int Of(Shape argument) => isImage ? argument[first]!.Value : 1;
        return new Window2D(isImage ? over[^3]!.Value : 1, over[^2]!.Value, planes * over[^1]!.Value, height.Out, width.Out, filters,
            Of(kernel_size), kernel_size[^1]!.Value, Of(strides), strides[^1]!.Value, Of(dilation_rate), dilation_rate[^1]!.Value, height.Before, width.Before);
    }

    /// <summary>The planes of a volume that each output plane's window reads, one window behind the other; planes outside are zeros.</summary>
    private protected AlongTable Taps(int planes, (int Out, int Before) depth) => AlongTable.Take(planes, Enumerable.Range(0, depth.Out).SelectMany(plane =>
        Enumerable.Range(0, kernel_size[0]!.Value).Select(tap => plane * strides[0]!.Value + tap * dilation_rate[0]!.Value - depth.Before)));

    /// <summary>Zeros that windows read before and behind each axis; the input has its channels last.</summary>
    internal virtual (int Before, int Behind)[] PaddingOver(Shape input) => [.. Enumerable.Range(0, kernel_size.Rank).Select(axis =>
    {
        var (size, (count, before)) = (input[axis + 1]!.Value, Along(input[axis + 1], axis)!.Value);
        return (before, Math.Max((count - 1) * strides[axis]!.Value + (kernel_size[axis]!.Value - 1) * dilation_rate[axis]!.Value + 1 - before - size, 0));
    })];

    /// <summary>Refuses strides and dilations above 1 at once, as Keras' convolutions do.</summary>
    private protected void RequireStridesOrDilation()
    {
        if (strides.Any(step => step > 1) && dilation_rate.Any(distance => distance > 1))
            throw new ValueError("`strides > 1` not supported in conjunction with `dilation_rate > 1`. "
                + $"Received: strides={strides} and dilation_rate={dilation_rate}");
    }

    private protected static int RequireFilters(int filters) => filters > 0 ? filters
        : throw new ValueError($"Invalid value for argument `filters`. Expected a strictly positive value. Received filters={filters}.");

    private protected static int RequireMultiplier(int depth_multiplier) => depth_multiplier > 0 ? depth_multiplier
        : throw new ValueError("Invalid value for argument `depth_multiplier`. Expected a strictly positive value. "
            + $"Received depth_multiplier={depth_multiplier}.");

    private (int Out, int Before)? Along(int? size, int axis)
    {
        var (kernel, stride, dilation) = (kernel_size[axis]!.Value, strides[axis]!.Value, dilation_rate[axis]!.Value);
        if (padding != "causal") return Window2D.Along(size, kernel, stride, dilation, padding == "same");
        return Window2D.Along(size, kernel, stride, dilation, same: true) is { } same ? (same.Out, (kernel - 1) * dilation) : null;
    }
}
