using KerasPort.Activations;

namespace KerasPort;

/// <summary>The activations that <c>keras.activations</c> and <c>keras.ops</c> have alike.</summary>
public class ActivationFunctions
{
    private protected ActivationFunctions() { }

    /// <inheritdoc cref="Activations.Celu"/>
    public AlphaFunction celu { get; } = new Celu().With;

    /// <inheritdoc cref="Activations.Elu"/>
    public AlphaFunction elu { get; } = new Elu().With;

    /// <inheritdoc cref="Activations.Glu"/>
    public AxisFunction glu { get; } = new Glu().With;

    /// <inheritdoc cref="Activations.HardShrink"/>
    public ShrinkFunction hard_shrink { get; } = new HardShrink().With;

    /// <inheritdoc cref="Activations.HardSigmoid"/>
    public TensorFunction hard_sigmoid { get; } = new HardSigmoid().Of;

    /// <inheritdoc cref="Activations.HardSilu"/>
    public TensorFunction hard_silu { get; } = new HardSilu().Of;

    /// <inheritdoc cref="Activations.HardSilu"/>
    public TensorFunction hard_swish { get; } = new HardSilu().Of;

    /// <inheritdoc cref="Activations.HardTanh"/>
    public TensorFunction hard_tanh { get; } = new HardTanh().Of;

    /// <inheritdoc cref="Activations.LeakyRelu"/>
    public SlopeFunction leaky_relu { get; } = new LeakyRelu().With;

    /// <inheritdoc cref="Activations.LogSigmoid"/>
    public TensorFunction log_sigmoid { get; } = new LogSigmoid().Of;

    /// <inheritdoc cref="Activations.LogSoftmax"/>
    public AxisFunction log_softmax { get; } = new LogSoftmax().With;

    /// <inheritdoc cref="Activations.Relu6"/>
    public TensorFunction relu6 { get; } = new Relu6().Of;

    /// <inheritdoc cref="Activations.Selu"/>
    public TensorFunction selu { get; } = new Selu().Of;

    /// <inheritdoc cref="Activations.Sigmoid"/>
    public TensorFunction sigmoid { get; } = new Sigmoid().Of;

    /// <inheritdoc cref="Activations.Silu"/>
    public TensorFunction silu { get; } = new Silu().Of;

    /// <inheritdoc cref="Activations.SoftShrink"/>
    public ShrinkFunction soft_shrink { get; } = new SoftShrink().With;

    /// <inheritdoc cref="Activations.Softmax"/>
    public AxisFunction softmax { get; } = new Softmax().With;

    /// <inheritdoc cref="Activations.Softplus"/>
    public TensorFunction softplus { get; } = new Softplus().Of;

    /// <inheritdoc cref="Activations.Softsign"/>
    public TensorFunction softsign { get; } = new Softsign().Of;

    /// <inheritdoc cref="Activations.SparsePlus"/>
    public TensorFunction sparse_plus { get; } = new SparsePlus().Of;

    /// <inheritdoc cref="Activations.SparseSigmoid"/>
    public TensorFunction sparse_sigmoid { get; } = new SparseSigmoid().Of;

    /// <inheritdoc cref="Activations.Sparsemax"/>
    public AxisFunction sparsemax { get; } = new Sparsemax().With;

    /// <inheritdoc cref="Activations.Squareplus"/>
    public SquareplusFunction squareplus { get; } = new Squareplus().With;

    /// <inheritdoc cref="Activations.Silu"/>
    public TensorFunction swish { get; } = new Silu().Of;

    /// <inheritdoc cref="Activations.Tanh"/>
    public TensorFunction tanh { get; } = new Tanh().Of;

    /// <inheritdoc cref="Activations.TanhShrink"/>
    public TensorFunction tanh_shrink { get; } = new TanhShrink().Of;
}
