using KerasPort.Activations;
using KerasPort.Constraints;
using KerasPort.Graphs;
using KerasPort.Initializers;
using KerasPort.Regularizers;

namespace KerasPort.Layers;

/// <summary>
/// The transposed convolution: each pixel of the input adds its window to the output, so that the output is as large as an image of which a
/// <see cref="Conv2D"/> of these settings makes the input. Its kernel is [height, width, filters, channels].
/// </summary>
public sealed class Conv2DTranspose : ImageConvolution
{
    /// <summary>A transposed convolution with that many filters.</summary>
    /// <param name="filters">Channels of the output.</param>
    /// <param name="kernel_size">Height and width of the window, or one number for both.</param>
    /// <param name="strides">Steps of the window down and across; 1 by default.</param>
    /// <param name="padding">"valid" (windows inside the image) or "same" (zeros around it).</param>
    /// <param name="output_padding">Rows and columns that the output has beyond the least that the padding leaves, fewer than the strides; by
    /// default as many as make it the strides times as large.</param>
    /// <param name="dilation_rate">Distance between the window's pixels; 1 by default.</param>
    /// <param name="activation">Applied to the sum; none by default.</param>
    /// <param name="use_bias">Whether a bias is added.</param>
    /// <param name="kernel_initializer">First values of the kernel; Glorot uniform by default.</param>
    /// <param name="bias_initializer">First values of the bias; zeros by default.</param>
    /// <param name="kernel_regularizer">What is added to the loss for the kernel; nothing by default.</param>
    /// <param name="bias_regularizer">What is added to the loss for the bias; nothing by default.</param>
    /// <param name="activity_regularizer">What is added to the loss for the outputs; nothing by default.</param>
    /// <param name="kernel_constraint">What the kernel becomes after each step; as it is by default.</param>
    /// <param name="bias_constraint">What the bias becomes after each step; as it is by default.</param>
    /// <param name="input_shape">Shape of an image, for a model's first layer.</param>
    /// <param name="name">The layer's name.</param>
    /// <exception cref="ValueError">An argument is out of range.</exception>
    public Conv2DTranspose(int filters, Shape kernel_size, Shape? strides = null, string padding = "valid", Shape? output_padding = null,
        Shape? dilation_rate = null, ActivationFunction? activation = null, bool use_bias = true, Initializer? kernel_initializer = null,
        Initializer? bias_initializer = null, Regularizer? kernel_regularizer = null, Regularizer? bias_regularizer = null,
        Regularizer? activity_regularizer = null, Constraint? kernel_constraint = null, Constraint? bias_constraint = null, Shape? input_shape = null,
        string? name = null)
        : base(kernel_size, strides, padding, dilation_rate, activation, use_bias, bias_initializer, bias_regularizer, activity_regularizer,
            bias_constraint, input_shape, name)
    {
        this.filters = RequireFilters(filters);
        this.kernel_initializer = kernel_initializer ?? new GlorotUniform();
        (this.kernel_regularizer, this.kernel_constraint) = (kernel_regularizer, kernel_constraint);
        if (output_padding is { } given) this.output_padding = WindowArguments.Pair(TransposedSize.Extra(given, Strides));
        RequireStridesOrDilation();
    }

    /// <summary>Channels of the output.</summary>
    public int filters { get; }

    /// <summary>
    /// Rows and columns that the output has beyond the least that the padding leaves; <c>null</c> for as many as make it the strides times as large.
    /// </summary>
    public (int, int)? output_padding { get; }

    /// <summary>First values of the kernel.</summary>
    public Initializer kernel_initializer { get; }

    /// <summary>What is added to the loss for the kernel.</summary>
    public Regularizer? kernel_regularizer { get; }

    /// <summary>What the kernel becomes after each step.</summary>
    public Constraint? kernel_constraint { get; }

    private protected override int? ChannelsOut(Shape input_shape) => filters;

    private protected override int? ChannelsIn => variables[0].shape[^1];

    /// <inheritdoc/>
    public override Shape compute_output_shape(Shape input_shape)
    {
        RequireRank(input_shape, 4);
        return activation.OutputShape(new Shape(input_shape[0], Grown(input_shape, 0)?.Size, Grown(input_shape, 1)?.Size, filters));
    }

    /// <inheritdoc/>
    protected internal override IEnumerable<Weight> Weights(Shape input_shape)
    {
        yield return new("kernel", [kernel_size.Item1, kernel_size.Item2, filters, LastAxis(input_shape)], kernel_initializer, Constraint: kernel_constraint);
        if (use_bias) yield return new("bias", [filters], bias_initializer, Constraint: bias_constraint);
    }

    /// <summary>The window of the convolution that makes the input of the output.</summary>
    internal override Window2D? WindowOver(Shape input_shape)
    {
        var ((height, top), (width, left)) = (Grown(input_shape, 0)!.Value, Grown(input_shape, 1)!.Value);
        var ((kh, kw), (sy, sx), (dy, dx)) = (kernel_size, strides, dilation_rate);
        return new Window2D(height, width, filters, input_shape[1]!.Value, input_shape[2]!.Value, input_shape[3]!.Value, kh, kw, sy, sx, dy, dx, top, left);
    }

    /// <inheritdoc/>
    protected internal override Tensor Call(Graph g, Tensor x)
    {
        g.Regularize(variables[0], kernel_regularizer);
        var sums = g.ConvolutionTransposed(WindowOver(x.shape)!.Value, x, g.Variable(variables[0]));
        return End(g, Bias(g) is { } bias ? g.Add(sums, bias) : sums);
    }

    private (int Size, int Before)? Grown(Shape input_shape, int axis) => TransposedSize.Of(name, padding, input_shape[axis + 1], Size[axis]!.Value,
        Strides[axis]!.Value, Dilation[axis]!.Value, axis == 0 ? output_padding?.Item1 : output_padding?.Item2);
}
