using KerasPort.Activations;
using KerasPort.Constraints;
using KerasPort.Graphs;
using KerasPort.Initializers;
using KerasPort.Regularizers;

namespace KerasPort.Layers;

/// <summary>
/// The transposed convolution of sequences: each step of the input adds its window to the output, so that the output is as long as a sequence of
/// which a <see cref="Conv1D"/> of these settings makes the input. Its kernel is [steps, filters, channels].
/// </summary>
public sealed class Conv1DTranspose : Convolution
{
    /// <summary>A transposed convolution with that many filters.</summary>
    /// <param name="filters">Channels of the output.</param>
    /// <param name="kernel_size">Steps that the window spans.</param>
    /// <param name="strides">Steps of the window; 1 by default.</param>
    /// <param name="padding">"valid" (windows inside the sequence) or "same" (zeros around it).</param>
    /// <param name="output_padding">Steps that the output has beyond the least that the padding leaves, fewer than the strides; by
    /// default as many as make it the strides times as long.</param>
    /// <param name="dilation_rate">Distance between the window's steps; 1 by default.</param>
    /// <param name="activation">Applied to the sum; none by default.</param>
    /// <param name="use_bias">Whether a bias is added.</param>
    /// <param name="kernel_initializer">First values of the kernel; Glorot uniform by default.</param>
    /// <param name="bias_initializer">First values of the bias; zeros by default.</param>
    /// <param name="kernel_regularizer">What is added to the loss for the kernel; nothing by default.</param>
    /// <param name="bias_regularizer">What is added to the loss for the bias; nothing by default.</param>
    /// <param name="activity_regularizer">What is added to the loss for the outputs; nothing by default.</param>
    /// <param name="kernel_constraint">What the kernel becomes after each step; as it is by default.</param>
    /// <param name="bias_constraint">What the bias becomes after each step; as it is by default.</param>
    /// <param name="input_shape">Shape of a sequence, for a model's first layer.</param>
    /// <param name="name">The layer's name.</param>
    /// <exception cref="ValueError">An argument is out of range.</exception>
    public Conv1DTranspose(int filters, Shape kernel_size, Shape? strides = null, string padding = "valid", Shape? output_padding = null,
        Shape? dilation_rate = null, ActivationFunction? activation = null, bool use_bias = true, Initializer? kernel_initializer = null,
        Initializer? bias_initializer = null, Regularizer? kernel_regularizer = null, Regularizer? bias_regularizer = null,
        Regularizer? activity_regularizer = null, Constraint? kernel_constraint = null, Constraint? bias_constraint = null, Shape? input_shape = null,
        string? name = null)
        : base(1, kernel_size, strides, WindowArguments.Padding(padding), dilation_rate, activation, use_bias,
            bias_initializer, bias_regularizer, activity_regularizer, bias_constraint, input_shape, name)
    {
        this.filters = RequireFilters(filters);
        this.kernel_initializer = kernel_initializer ?? new GlorotUniform();
        (this.kernel_regularizer, this.kernel_constraint) = (kernel_regularizer, kernel_constraint);
        if (output_padding is { } given) this.output_padding = TransposedSize.Extra(given, Strides);
        RequireStridesOrDilation();
    }

    /// <summary>Steps that the window spans.</summary>
    public Shape kernel_size => Size;

    /// <summary>Steps of the window.</summary>
    public Shape strides => Strides;

    /// <summary>Distance between the window's steps.</summary>
    public Shape dilation_rate => Dilation;

    /// <summary>Channels of the output.</summary>
    public int filters { get; }

    /// <summary>
    /// Steps that the output has beyond the least that the padding leaves; <c>null</c> for as many as make it the strides times as long.
    /// </summary>
    public Shape? output_padding { get; }

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
        RequireRank(input_shape, 3);
        return activation.OutputShape(new Shape(input_shape[0], Grown(input_shape)?.Size, filters));
    }

    /// <inheritdoc/>
    protected internal override IEnumerable<Weight> Weights(Shape input_shape)
    {
        yield return new("kernel", [Size[0]!.Value, filters, LastAxis(input_shape)], kernel_initializer, Constraint: kernel_constraint);
        if (use_bias) yield return new("bias", [filters], bias_initializer, Constraint: bias_constraint);
    }

    /// <summary>The window of the convolution that makes the input of the output.</summary>
    internal override Window2D? WindowOver(Shape input_shape)
    {
        var (width, left) = Grown(input_shape)!.Value;
        return new Window2D(1, width, filters, 1, input_shape[1]!.Value, input_shape[2]!.Value, 1, Size[0]!.Value, 1, Strides[0]!.Value, 1,
            Dilation[0]!.Value, 0, left);
    }

    /// <inheritdoc/>
    protected internal override Tensor Call(Graph g, Tensor x)
    {
        g.Regularize(variables[0], kernel_regularizer);
        var image = g.Reshape(x, new(x.shape[0], 1, x.shape[1], x.shape[2]));
        var sums = g.ConvolutionTransposed(WindowOver(x.shape)!.Value, image, g.Variable(variables[0]));
        var y = End(g, Bias(g) is { } bias ? g.Add(sums, bias) : sums);
        return g.Reshape(y, new(y.shape[0], y.shape[2], y.shape[3]));
    }

    private (int Size, int Before)? Grown(Shape input_shape) => TransposedSize.Of(name, padding, input_shape[1], Size[0]!.Value, Strides[0]!.Value,
        Dilation[0]!.Value, output_padding?[0]);
}
