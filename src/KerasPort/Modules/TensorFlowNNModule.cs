using KerasPort.Activations;

namespace KerasPort;

/// <summary><c>tf.nn</c>.</summary>
public sealed class TensorFlowNNModule
{
    /// <inheritdoc cref="Activations.Elu"/>
    public TensorFunction elu { get; } = new Elu().Of;

    /// <inheritdoc cref="Activations.Gelu"/>
    public GeluFunction gelu { get; } = new Gelu().With;

    /// <inheritdoc cref="Activations.LeakyRelu"/>
    public LeakyFunction leaky_relu { get; } = new LeakyRelu().OfAlpha;

    /// <inheritdoc cref="Activations.LogSoftmax"/>
    public AxisFunction log_softmax { get; } = new LogSoftmax().With;

    /// <inheritdoc cref="Activations.Relu"/>
    public TensorFunction relu { get; } = new Relu().Of;

    /// <inheritdoc cref="Activations.Relu6"/>
    public TensorFunction relu6 { get; } = new Relu6().Of;

    /// <inheritdoc cref="Activations.Selu"/>
    public TensorFunction selu { get; } = new Selu().Of;

    /// <inheritdoc cref="Activations.Sigmoid"/>
    public TensorFunction sigmoid { get; } = new Sigmoid().Of;

    /// <inheritdoc cref="Activations.Silu"/>
    public TensorFunction silu { get; } = new Silu().Of;

    /// <inheritdoc cref="Activations.Softmax"/>
    public AxisFunction softmax { get; } = new Softmax().With;

    /// <inheritdoc cref="Activations.Softplus"/>
    public TensorFunction softplus { get; } = new Softplus().Of;

    /// <inheritdoc cref="Activations.Softsign"/>
    public TensorFunction softsign { get; } = new Softsign().Of;

    /// <inheritdoc cref="Activations.Silu"/>
    public TensorFunction swish { get; } = new Silu().Of;

    /// <inheritdoc cref="Activations.Tanh"/>
    public TensorFunction tanh { get; } = new Tanh().Of;
}
