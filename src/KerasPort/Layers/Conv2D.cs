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
[OnlySetting("data_format", "channels_last"), OnlySetting("groups", 1)]
public sealed class Conv2D : Layer
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
        Constraint? kernel_constraint = null, Constraint? bias_constraint = null,
        Shape? input_shape = null, string? name = null) : base(name, input_shape)
    {
        if (filters <= 0) throw new ValueError($"Invalid value for argument `filters`. Expected a strictly positive value. Received filters={filters}.");
        this.filters = filters;
        this.kernel_size = WindowArguments.Pair("kernel_size", kernel_size);
        this.strides = WindowArguments.Pair("strides", strides ?? 1);
        this.padding = WindowArguments.Padding(padding);
        this.dilation_rate = WindowArguments.Pair("dilation_rate", dilation_rate ?? 1);
        (this.activation, this.use_bias) = (activation ?? new Linear(), use_bias);
        (this.kernel_initializer, this.bias_initializer) = (kernel_initializer ?? new GlorotUniform(), bias_initializer ?? new Zeros());
        (this.kernel_regularizer, this.bias_regularizer, this.activity_regularizer) = (kernel_regularizer, bias_regularizer, activity_regularizer);
        (this.kernel_constraint, this.bias_constraint) = (kernel_constraint, bias_constraint);
        if (Math.Max(this.strides.Item1, this.strides.Item2) > 1 && Math.Max(this.dilation_rate.Item1, this.dilation_rate.Item2) > 1)
            throw new ValueError($"`strides > 1` not supported in conjunction with `dilation_rate > 1`. Received: strides={this.strides} and dilation_rate={this.dilation_rate}");
    }

    /// <summary>Channels of the output.</summary>
    public int filters { get; }

    /// <summary>Height and width of the window.</summary>
    public (int, int) kernel_size { get; }

    /// <summary>Steps of the window down and across.</summary>
    public (int, int) strides { get; }

    /// <summary>"valid" or "same".</summary>
    public string padding { get; }

    /// <summary>Distance between the window's pixels.</summary>
    public (int, int) dilation_rate { get; }

    /// <summary>What is applied to the sum.</summary>
    public ActivationFunction activation { get; }

    /// <summary>Whether a bias is added.</summary>
    public bool use_bias { get; }

    /// <summary>First values of the kernel.</summary>
    public Initializer kernel_initializer { get; }

    /// <summary>First values of the bias.</summary>
    public Initializer bias_initializer { get; }

    /// <summary>What is added to the loss for the kernel.</summary>
    public Regularizer? kernel_regularizer { get; }

    /// <summary>What is added to the loss for the bias.</summary>
    public Regularizer? bias_regularizer { get; }

    /// <summary>What is added to the loss for the outputs.</summary>
    public Regularizer? activity_regularizer { get; }

    /// <summary>What the kernel becomes after each step.</summary>
    public Constraint? kernel_constraint { get; }

    /// <summary>What the bias becomes after each step.</summary>
    public Constraint? bias_constraint { get; }

    /// <inheritdoc/>
    protected internal override void CheckInput(Shape input_shape)
    {
        RequireRank(input_shape, 4, atLeast: true);
        if (built) RequireLastAxis(input_shape, variables[0].shape[2]);
    }

    /// <inheritdoc/>
    public override Shape compute_output_shape(Shape input_shape)
    {
        RequireRank(input_shape, 4, atLeast: true);
        var kernel = new Shape(kernel_size.Item1, kernel_size.Item2, input_shape[^1], filters);
        if (input_shape.Rank > 4)
            throw new ValueError($"Kernel shape must have the same length as input, but received kernel of shape {kernel} and input of shape {input_shape}.");
        var ((dy, dx), (height, width)) = (dilation_rate, Along(input_shape));
        if (height?.Out <= 0 || width?.Out <= 0)
            throw new ValueError($"Computed output size would be zero or negative. Received `inputs shape={input_shape}`, `kernel shape={kernel}`, `dilation_rate=[{dy} {dx}]`, `strides={strides}`, `padding={padding}`.");
        return new Shape(input_shape[0], height?.Out, width?.Out, filters);
    }

    private ((int Out, int Before)? Height, (int Out, int Before)? Width) Along(Shape input_shape) =>
        (Window2D.Along(input_shape[1], kernel_size.Item1, strides.Item1, dilation_rate.Item1, padding == "same"),
        Window2D.Along(input_shape[2], kernel_size.Item2, strides.Item2, dilation_rate.Item2, padding == "same"));

    /// <inheritdoc/>
    protected internal override IEnumerable<Weight> Weights(Shape input_shape)
    {
        yield return new("kernel", [kernel_size.Item1, kernel_size.Item2, LastAxis(input_shape), filters], kernel_initializer, Constraint: kernel_constraint);
        if (use_bias) yield return new("bias", [filters], bias_initializer, Constraint: bias_constraint);
    }

    internal override Window2D? WindowOver(Shape input_shape)
    {
        var (height, width) = Along(input_shape);
        var ((sy, sx), (dy, dx)) = (strides, dilation_rate);
        return new Window2D(input_shape[1]!.Value, input_shape[2]!.Value, input_shape[3]!.Value, height!.Value.Out, width!.Value.Out, filters,
            kernel_size.Item1, kernel_size.Item2, sy, sx, dy, dx, height.Value.Before, width.Value.Before);
    }

    internal override ActivationFunction OutputActivation => activation;

    /// <inheritdoc/>
    protected internal override Tensor Call(Graph g, Tensor x)
    {
        g.Regularize(variables[0], kernel_regularizer);
        if (use_bias) g.Regularize(variables[1], bias_regularizer);
        var y = g.Convolution(WindowOver(x.shape)!.Value, x, g.Variable(variables[0]), use_bias ? g.Variable(variables[1]) : null);
        return g.RegularizeOutputs(activation.Call(g, y), activity_regularizer);
    }
}
