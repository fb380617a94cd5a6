using KerasPort.Activations;
using KerasPort.Constraints;
using KerasPort.Graphs;
using KerasPort.Initializers;
using KerasPort.Regularizers;
using KerasPort.Saving;

namespace KerasPort.Layers;

/// <summary>
/// y[oy, ox, f] = activation(bias[f] + Σ x[oy·sy + ky·dy, ox·sx + kx·dx, c] · kernel[ky, kx, c, f]) over images [height, width, channels].
/// </summary>
[OnlySetting("groups", 1)]
public sealed class Conv2D : ImageConvolution
{
    /// <summary>A convolution with that many filters.</summary>
    /// <param name="filters">Channels of the output.</param>
    /// <param name="kernel_size">Height and width of the window, or one number for both.</param>
    /// <param name="strides">Steps of the window down and across; 1 by default.</param>
    /// <param name="padding">"valid" (windows inside the image) or "same" (zeros around it).</param>
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
    public Conv2D(int filters, Shape kernel_size, Shape? strides = null, string padding = "valid", Shape? dilation_rate = null,
        ActivationFunction? activation = null, bool use_bias = true, Initializer? kernel_initializer = null, Initializer? bias_initializer = null,
        Regularizer? kernel_regularizer = null, Regularizer? bias_regularizer = null, Regularizer? activity_regularizer = null,
        Constraint? kernel_constraint = null, Constraint? bias_constraint = null, Shape? input_shape = null, string? name = null)
        : base(kernel_size, strides, padding, dilation_rate, activation, use_bias, bias_initializer, bias_regularizer, activity_regularizer,
            bias_constraint, input_shape, name)
    {
        this.filters = RequireFilters(filters);
        this.kernel_initializer = kernel_initializer ?? new GlorotUniform();
        (this.kernel_regularizer, this.kernel_constraint) = (kernel_regularizer, kernel_constraint);
        RequireStridesOrDilation();
    }

    /// <summary>Channels of the output.</summary>
    public int filters { get; }

    /// <summary>First values of the kernel.</summary>
    public Initializer kernel_initializer { get; }

    /// <summary>What is added to the loss for the kernel.</summary>
    public Regularizer? kernel_regularizer { get; }

    /// <summary>What the kernel becomes after each step.</summary>
    public Constraint? kernel_constraint { get; }

    private protected override int? ChannelsOut(Shape input_shape) => filters;

    /// <inheritdoc/>
    protected internal override IEnumerable<Weight> Weights(Shape input_shape)
    {
        yield return new("kernel", [kernel_size.Item1, kernel_size.Item2, LastAxis(input_shape), filters], kernel_initializer, Constraint: kernel_constraint);
        if (use_bias) yield return new("bias", [filters], bias_initializer, Constraint: bias_constraint);
    }

    /// <inheritdoc/>
    protected internal override Tensor Call(Graph g, Tensor x)
    {
        g.Regularize(variables[0], kernel_regularizer);
        return End(g, g.Convolution(WindowOver(x.shape)!.Value, x, g.Variable(variables[0]), Bias(g)));
    }
}
