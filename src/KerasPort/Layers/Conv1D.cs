using KerasPort.Activations;
using KerasPort.Constraints;
using KerasPort.Graphs;
using KerasPort.Initializers;
using KerasPort.Regularizers;
using KerasPort.Saving;

namespace KerasPort.Layers;

/// <summary>y[t, f] = activation(bias[f] + Σ x[t·s + k·d, c] · kernel[k, c, f]) over sequences [steps, channels].</summary>
[OnlySetting("groups", 1)]
public sealed class Conv1D : Convolution
{
    /// <summary>A convolution with that many filters.</summary>
    /// <param name="filters">Channels of the output.</param>
    /// <param name="kernel_size">Steps that the window spans.</param>
    /// <param name="strides">Steps of the window; 1 by default.</param>
    /// <param name="padding">"valid" (windows inside the sequence), "same" (zeros around it) or "causal" (zeros in front).</param>
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
    public Conv1D(int filters, Shape kernel_size, Shape? strides = null, string padding = "valid", Shape? dilation_rate = null,
        ActivationFunction? activation = null, bool use_bias = true, Initializer? kernel_initializer = null, Initializer? bias_initializer = null,
        Regularizer? kernel_regularizer = null, Regularizer? bias_regularizer = null, Regularizer? activity_regularizer = null,
        Constraint? kernel_constraint = null, Constraint? bias_constraint = null, Shape? input_shape = null, string? name = null)
        : base(1, kernel_size, strides, padding, dilation_rate, activation, use_bias, bias_initializer, bias_regularizer, activity_regularizer,
            bias_constraint, input_shape, name)
    {
        this.filters = RequireFilters(filters);
        this.kernel_initializer = kernel_initializer ?? new GlorotUniform();
        (this.kernel_regularizer, this.kernel_constraint) = (kernel_regularizer, kernel_constraint);
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
        yield return new("kernel", [Size[0]!.Value, LastAxis(input_shape), filters], kernel_initializer, Constraint: kernel_constraint);
        if (use_bias) yield return new("bias", [filters], bias_initializer, Constraint: bias_constraint);
    }

    /// <inheritdoc/>
    protected internal override Tensor Call(Graph g, Tensor x)
    {
        g.Regularize(variables[0], kernel_regularizer);
        // The function at the end stays beside the sums, where an engine may join the two.
        var image = g.Reshape(x, new(x.shape[0], 1, x.shape[1], x.shape[2]));
        var y = End(g, g.Convolution(WindowOver(x.shape)!.Value, image, g.Variable(variables[0]), Bias(g)));
        return g.Reshape(y, new(y.shape[0], y.shape[2], y.shape[3]));
    }
}
