using KerasPort.Activations;

namespace KerasPort;

/// <summary><c>tf.nn</c>.</summary>
public sealed partial class TensorFlowNNModule
{
    /// <inheritdoc cref="Activations.Elu"/>
    public TensorFunction elu { get; } = new Elu().Of;

    /// <inheritdoc cref="Activations.Gelu"/>
    public GeluFunction gelu { get; } = new Gelu().With;

    /// <summary>Divides by the Euclidean norm along axes, by default of all elements; of squares below <paramref name="epsilon"/> by its root.</summary>
    public Tensor l2_normalize(Tensor x, Axes? axis = null, double epsilon = 1e-12)
    {
        var ops = Python.keras.ops;
        return ops.multiply(x, ops.rsqrt(ops.maximum(ops.sum(ops.square(x), axis, keepdims: true), epsilon)));
    }

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

    /// <inheritdoc cref="OpsModule.top_k"/>
    public Tensor top_k(Tensor input, int k = 1, bool sorted = true) => Python.keras.ops.top_k(input, k, sorted);
}
