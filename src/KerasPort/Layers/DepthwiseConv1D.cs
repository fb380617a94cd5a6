using KerasPort.Activations;
using KerasPort.Constraints;
using KerasPort.Graphs;
using KerasPort.Initializers;
using KerasPort.Regularizers;

namespace KerasPort.Layers;

/// <summary>
/// y[t, c·m + i] = activation(bias[c·m + i] + Σ x[t·s + k·d, c] · kernel[k, c, i]) over sequences [steps, channels]: each channel has m windows of
/// its own.
/// </summary>
public sealed class DepthwiseConv1D : Convolution
{
    /// <summary>A convolution of each channel by itself.</summary>
    /// <param name="kernel_size">Steps that the window spans.</param>
    /// <param name="strides">Steps of the window; 1 by default.</param>
    /// <param name="padding">"valid" (windows inside the sequence) or "same" (zeros around it).</param>
    /// <param name="depth_multiplier">Outputs of each channel.</param>
    /// <param name="dilation_rate">Distance between the window's steps; 1 by default.</param>
    /// <param name="activation">Applied to the sum; none by default.</param>
    /// <param name="use_bias">Whether a bias is added.</param>
    /// <param name="depthwise_initializer">First values of the windows' kernel; Glorot uniform by default.</param>
    /// <param name="bias_initializer">First values of the bias; zeros by default.</param>
    /// <param name="depthwise_regularizer">What is added to the loss for the windows' kernel; nothing by default.</param>
    /// <param name="bias_regularizer">What is added to the loss for the bias; nothing by default.</param>
    /// <param name="activity_regularizer">What is added to the loss for the outputs; nothing by default.</param>
    /// <param name="depthwise_constraint">What the windows' kernel becomes after each step; as it is by default.</param>
    /// <param name="bias_constraint">What the bias becomes after each step; as it is by default.</param>
    /// <param name="input_shape">Shape of a sequence, for a model's first layer.</param>
    /// <param name="name">The layer's name.</param>
    /// <exception cref="ValueError">An argument is out of range.</exception>
    public DepthwiseConv1D(Shape kernel_size, Shape? strides = null, string padding = "valid", int depth_multiplier = 1, Shape? dilation_rate = null,
        ActivationFunction? activation = null, bool use_bias = true, Initializer? depthwise_initializer = null, Initializer? bias_initializer = null,
        Regularizer? depthwise_regularizer = null, Regularizer? bias_regularizer = null, Regularizer? activity_regularizer = null,
        Constraint? depthwise_constraint = null, Constraint? bias_constraint = null, Shape? input_shape = null, string? name = null)
        : base(1, kernel_size, strides, WindowArguments.Padding(padding), dilation_rate, activation, use_bias,
            bias_initializer, bias_regularizer, activity_regularizer, bias_constraint, input_shape, name)
    {
        this.depth_multiplier = RequireMultiplier(depth_multiplier);
        this.depthwise_initializer = depthwise_initializer ?? new GlorotUniform();
        (this.depthwise_regularizer, this.depthwise_constraint) = (depthwise_regularizer, depthwise_constraint);
    }

    /// <summary>Steps that the window spans.</summary>
    public Shape kernel_size => Size;

    /// <summary>Steps of the window.</summary>
    public Shape strides => Strides;

    /// <summary>Distance between the window's steps.</summary>
    public Shape dilation_rate => Dilation;

    /// <summary>Outputs of each channel.</summary>
    public int depth_multiplier { get; }

    /// <summary>First values of the kernel.</summary>
    public Initializer depthwise_initializer { get; }

    /// <summary>What is added to the loss for the kernel.</summary>
    public Regularizer? depthwise_regularizer { get; }

    /// <summary>What the kernel becomes after each step.</summary>
    public Constraint? depthwise_constraint { get; }

    private protected override int? ChannelsOut(Shape input_shape) => checked(input_shape[^1] * depth_multiplier);

    /// <inheritdoc/>
    protected internal override IEnumerable<Weight> Weights(Shape input_shape)
    {
        int channels = LastAxis(input_shape);
        yield return new("kernel", [Size[0]!.Value, channels, depth_multiplier], depthwise_initializer, Constraint: depthwise_constraint);
        if (use_bias) yield return new("bias", [checked(channels * depth_multiplier)], bias_initializer, Constraint: bias_constraint);
    }

    /// <inheritdoc/>
    protected internal override Tensor Call(Graph g, Tensor x)
    {
        g.Regularize(variables[0], depthwise_regularizer);
        var image = g.Reshape(x, new(x.shape[0], 1, x.shape[1], x.shape[2]));
        var y = End(g, g.DepthwiseConvolution(WindowOver(x.shape)!.Value, image, g.Variable(variables[0]), Bias(g)));
        return g.Reshape(y, new(y.shape[0], y.shape[2], y.shape[3]));
    }
}
