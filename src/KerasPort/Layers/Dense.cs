using KerasPort.Activations;
using KerasPort.Engines;
using KerasPort.Initializers;

namespace KerasPort.Layers;

/// <summary>y = activation(x · kernel + bias) along the last axis; kernel [in, units].</summary>
public sealed class Dense : Layer
{
    /// <summary>A dense layer of that many units.</summary>
    /// <exception cref="ValueError"><paramref name="units"/> isn't positive.</exception>
    public Dense(int units, ActivationFunction? activation = null, bool use_bias = true,
        Initializer? kernel_initializer = null, Initializer? bias_initializer = null, Shape? input_shape = null, string? name = null)
        : base(name, input_shape)
    {
        if (units <= 0) throw new ValueError($"Received an invalid value for `units`, expected a positive integer. Received: units={units}");
        (this.units, this.activation, this.use_bias) = (units, activation ?? new Linear(), use_bias);
        (this.kernel_initializer, this.bias_initializer) = (kernel_initializer ?? new GlorotUniform(), bias_initializer ?? new Zeros());
    }

    /// <summary>The size of the last axis of the output.</summary>
    public int units { get; }

    /// <summary>What is applied to x · kernel + bias.</summary>
    public ActivationFunction activation { get; }

    /// <summary>Whether a bias is added.</summary>
    public bool use_bias { get; }

    /// <summary>First values of the kernel.</summary>
    public Initializer kernel_initializer { get; }

    /// <summary>First values of the bias.</summary>
    public Initializer bias_initializer { get; }

    /// <inheritdoc/>
    protected internal override void CheckInput(Shape input_shape)
    {
        RequireRank(input_shape, 2, atLeast: true);
        if (built) RequireLastAxis(input_shape, variables[0].shape[0]);
    }

    /// <inheritdoc/>
    public override Shape compute_output_shape(Shape input_shape)
    {
        RequireRank(input_shape, 1, atLeast: true);
        return new Shape([.. input_shape[..^1], units]);
    }

    /// <inheritdoc/>
    protected internal override IEnumerable<Weight> Weights(Shape input_shape)
    {
        yield return new("kernel", [LastAxis(input_shape), units], kernel_initializer);
        if (use_bias) yield return new("bias", [units], bias_initializer);
    }

    /// <inheritdoc/>
    protected internal override ActivationFunction OutputActivation => activation;

    /// <inheritdoc/>
    protected internal override void Forward(Kernels kernels, LayerBuffers b)
    {
        int inputs = variables[0].shape[0], rows = b.X.Length / inputs;
        kernels.Dense(rows, inputs, units, b.X, b.Weights[0], use_bias ? b.Weights[1] : null, b.Activation is Relu, b.Y);
        if (b.Activation is not Relu) b.Activation.Forward(kernels, rows, units, b.Y);
    }

    /// <inheritdoc/>
    protected internal override void Backward(Kernels kernels, LayerBuffers b)
    {
        int inputs = variables[0].shape[0], rows = b.X.Length / inputs;
        bool relu = b.Activation is Relu;
        if (!relu) b.Activation.Backward(kernels, rows, units, b.Y, b.DY);
        kernels.DenseGradients(rows, inputs, units, b.X, b.Weights[0], relu ? b.Y : null, b.DY, b.LeavesKernelGradient ? null : b.Gradients[0], use_bias ? b.Gradients[1] : null, b.DX);
    }
}
