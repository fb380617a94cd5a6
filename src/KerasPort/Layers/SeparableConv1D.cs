using KerasPort.Activations;
using KerasPort.Constraints;
using KerasPort.Graphs;
using KerasPort.Initializers;
using KerasPort.Regularizers;

namespace KerasPort.Layers;

/// <summary>
/// A <see cref="DepthwiseConv1D"/> without bias or function, whose outputs a kernel of one step then mixes:
/// y = activation(bias[f] + Σ depthwise(x)[t, c] · pointwise_kernel[0, c, f]). Source: Chollet, Xception (2017).
/// </summary>
public sealed class SeparableConv1D : Convolution
{
    /// <summary>A convolution with that many filters, in two steps.</summary>
    /// <param name="filters">Channels of the output.</param>
    /// <param name="kernel_size">Steps that the window spans.</param>
    /// <param name="strides">Steps of the window; 1 by default.</param>
    /// <param name="padding">"valid" (windows inside the sequence) or "same" (zeros around it).</param>
    /// <param name="dilation_rate">Distance between the window's steps; 1 by default.</param>
    /// <param name="depth_multiplier">Outputs of each channel.</param>
    /// <param name="activation">Applied to the sum; none by default.</param>
    /// <param name="use_bias">Whether a bias is added.</param>
    /// <param name="depthwise_initializer">First values of the windows' kernel; Glorot uniform by default.</param>
    /// <param name="pointwise_initializer">First values of the mixing kernel; Glorot uniform by default.</param>
    /// <param name="bias_initializer">First values of the bias; zeros by default.</param>
    /// <param name="depthwise_regularizer">What is added to the loss for the windows' kernel; nothing by default.</param>
    /// <param name="pointwise_regularizer">What is added to the loss for the mixing kernel; nothing by default.</param>
    /// <param name="bias_regularizer">What is added to the loss for the bias; nothing by default.</param>
    /// <param name="activity_regularizer">What is added to the loss for the outputs; nothing by default.</param>
    /// <param name="depthwise_constraint">What the windows' kernel becomes after each step; as it is by default.</param>
    /// <param name="pointwise_constraint">What the mixing kernel becomes after each step; as it is by default.</param>
    /// <param name="bias_constraint">What the bias becomes after each step; as it is by default.</param>
    /// <param name="input_shape">Shape of a sequence, for a model's first layer.</param>
    /// <param name="name">The layer's name.</param>
    /// <exception cref="ValueError">An argument is out of range.</exception>
    public SeparableConv1D(int filters, Shape kernel_size, Shape? strides = null, string padding = "valid", Shape? dilation_rate = null,
        int depth_multiplier = 1, ActivationFunction? activation = null, bool use_bias = true, Initializer? depthwise_initializer = null,
        Initializer? pointwise_initializer = null, Initializer? bias_initializer = null, Regularizer? depthwise_regularizer = null,
        Regularizer? pointwise_regularizer = null, Regularizer? bias_regularizer = null, Regularizer? activity_regularizer = null,
        Constraint? depthwise_constraint = null, Constraint? pointwise_constraint = null, Constraint? bias_constraint = null, Shape? input_shape = null,
        string? name = null)
        : base(1, kernel_size, strides, WindowArguments.Padding(padding), dilation_rate, activation, use_bias,
            bias_initializer, bias_regularizer, activity_regularizer, bias_constraint, input_shape, name)
    {
        (this.filters, this.depth_multiplier) = (RequireFilters(filters), RequireMultiplier(depth_multiplier));
        this.depthwise_initializer = depthwise_initializer ?? new GlorotUniform();
        this.pointwise_initializer = pointwise_initializer ?? new GlorotUniform();
        (this.depthwise_regularizer, this.pointwise_regularizer) = (depthwise_regularizer, pointwise_regularizer);
        (this.depthwise_constraint, this.pointwise_constraint) = (depthwise_constraint, pointwise_constraint);
    }

    /// <summary>Steps that the window spans.</summary>
    public Shape kernel_size => Size;

    /// <summary>Steps of the window.</summary>
    public Shape strides => Strides;

    /// <summary>Distance between the window's steps.</summary>
    public Shape dilation_rate => Dilation;

    /// <summary>Channels of the output.</summary>
    public int filters { get; }

    /// <summary>Windows of each channel.</summary>
    public int depth_multiplier { get; }

    /// <summary>First values of the windows' kernel.</summary>
    public Initializer depthwise_initializer { get; }

    /// <summary>First values of the mixing kernel.</summary>
    public Initializer pointwise_initializer { get; }

    /// <summary>What is added to the loss for the windows' kernel.</summary>
    public Regularizer? depthwise_regularizer { get; }

    /// <summary>What the windows' kernel becomes after each step.</summary>
    public Constraint? depthwise_constraint { get; }

    /// <summary>What is added to the loss for the mixing kernel.</summary>
    public Regularizer? pointwise_regularizer { get; }

    /// <summary>What the mixing kernel becomes after each step.</summary>
    public Constraint? pointwise_constraint { get; }

    private protected override int? ChannelsOut(Shape input_shape) => filters;

    private protected override int? ChannelsOfWindow(Shape input_shape) => checked(input_shape[^1] * depth_multiplier);

    /// <inheritdoc/>
    protected internal override IEnumerable<Weight> Weights(Shape input_shape)
    {
        int channels = LastAxis(input_shape);
        yield return new("depthwise_kernel", [Size[0]!.Value, channels, depth_multiplier], depthwise_initializer, Constraint: depthwise_constraint);
        yield return new("pointwise_kernel", [1, checked(channels * depth_multiplier), filters], pointwise_initializer,
            Constraint: pointwise_constraint);
        if (use_bias) yield return new("bias", [filters], bias_initializer, Constraint: bias_constraint);
    }

    /// <inheritdoc/>
    protected internal override Tensor Call(Graph g, Tensor x)
    {
        g.Regularize(variables[0], depthwise_regularizer);
        g.Regularize(variables[1], pointwise_regularizer);
        var windows = WindowOver(x.shape)!.Value;
        var image = g.Reshape(x, new(x.shape[0], 1, x.shape[1], x.shape[2]));
        var each = g.DepthwiseConvolution(windows, image, g.Variable(variables[0]), null);
        var pixels = new Window2D(1, windows.OutWidth, windows.Filters, 1, windows.OutWidth, filters, 1, 1, 1, 1, 1, 1, 0, 0);
        var y = End(g, g.Convolution(pixels, each, g.Variable(variables[1]), Bias(g)));
        return g.Reshape(y, new(y.shape[0], y.shape[2], y.shape[3]));
    }
}
