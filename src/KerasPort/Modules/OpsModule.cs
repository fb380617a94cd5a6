using KerasPort.Activations;
using KerasPort.Graphs;

namespace KerasPort;

/// <summary><c>keras.ops</c>: functions of tensors, of arrays, and of what flows between the layers of a model.</summary>
public sealed class OpsModule
{
    /// <summary>|x|.</summary>
    public Tensor abs(Tensor x) => Operation.Apply("absolute", (g, t) => g.Abs(t[0]), x);

    /// <summary>x + y.</summary>
    public Tensor add(Tensor x1, Tensor x2) => x1 + x2;

    /// <inheritdoc cref="Activations.Celu"/>
    public AlphaFunction celu { get; } = new Celu().With;

    /// <summary>Tensors side by side along an axis.</summary>
    public Tensor concatenate(Tensors xs, int axis = 0) => new Layers.Concatenate(axis).Apply(xs);

    /// <summary>x / y.</summary>
    public Tensor divide(Tensor x1, Tensor x2) => x1 / x2;

    /// <inheritdoc cref="Activations.Elu"/>
    public AlphaFunction elu { get; } = new Elu().With;

    /// <summary>1 where x is y, else 0.</summary>
    public Tensor equal(Tensor x1, Tensor x2) => Operation.Apply("equal", (g, t) => g.Equal(t[0], t[1]), x1, x2);

    /// <summary>eˣ.</summary>
    public Tensor exp(Tensor x) => Operation.Apply("exp", (g, t) => g.Exp(t[0]), x);

    /// <inheritdoc cref="Activations.Gelu"/>
    public OpsGeluFunction gelu { get; } = new Gelu().OfOps;

    /// <inheritdoc cref="Activations.Glu"/>
    public AxisFunction glu { get; } = new Glu().With;

    /// <summary>1 where x is greater than y, else 0.</summary>
    public Tensor greater(Tensor x1, Tensor x2) => Operation.Apply("greater", (g, t) => g.Greater(t[0], t[1]), x1, x2);

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

    /// <summary>The natural logarithm.</summary>
    public Tensor log(Tensor x) => Operation.Apply("log", (g, t) => g.Log(t[0]), x);

    /// <inheritdoc cref="Activations.LogSigmoid"/>
    public TensorFunction log_sigmoid { get; } = new LogSigmoid().Of;

    /// <inheritdoc cref="Activations.LogSoftmax"/>
    public AxisFunction log_softmax { get; } = new LogSoftmax().With;

    /// <summary>x1[…, inputs] · x2[inputs, outputs].</summary>
    /// <exception cref="ValueError">Their shapes are others.</exception>
    public Tensor matmul(Tensor x1, Tensor x2) => Operation.Apply("matmul", (g, t) => g.MatMul(t[0], t[1]), x1, x2);

    /// <summary>The larger of both.</summary>
    public Tensor maximum(Tensor x1, Tensor x2) => Operation.Apply("maximum", (g, t) => g.Maximum(t[0], t[1]), x1, x2);

    /// <summary>The mean over one axis or several, all without.</summary>
    public Tensor mean(Tensor x, Axes? axis = null, bool keepdims = false) => Operation.Apply("mean", (g, t) => g.Mean(t[0], axis, keepdims), x);

    /// <summary>The smaller of both.</summary>
    public Tensor minimum(Tensor x1, Tensor x2) => Operation.Apply("minimum", (g, t) => g.Minimum(t[0], t[1]), x1, x2);

    /// <summary>x · y.</summary>
    public Tensor multiply(Tensor x1, Tensor x2) => x1 * x2;

    /// <summary>-x.</summary>
    public Tensor negative(Tensor x) => -x;

    /// <summary>x to that power.</summary>
    public Tensor power(Tensor x1, double x2) => Operation.Apply("power", (g, t) => g.Power(t[0], (float)x2), x1);

    /// <summary>max(x, 0).</summary>
    public TensorFunction relu { get; } = new Relu().Of;

    /// <inheritdoc cref="Activations.Relu6"/>
    public TensorFunction relu6 { get; } = new Relu6().Of;

    /// <summary>The same elements under another shape; one dimension may be -1.</summary>
    public Tensor reshape(Tensor x, Shape newshape) => Operation.Apply("reshape", (g, t) => g.Reshape(t[0], Filled(newshape, t[0].Size)), x);

    /// <inheritdoc cref="Activations.Selu"/>
    public TensorFunction selu { get; } = new Selu().Of;

    /// <summary>1 / (1 + exp(-x)).</summary>
    public TensorFunction sigmoid { get; } = new Sigmoid().Of;

    /// <inheritdoc cref="Activations.Silu"/>
    public TensorFunction silu { get; } = new Silu().Of;

    /// <inheritdoc cref="Activations.SoftShrink"/>
    public ShrinkFunction soft_shrink { get; } = new SoftShrink().With;

    /// <summary>exp(x - max) / Σ exp(x - max) along the last axis.</summary>
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

    /// <summary>√x.</summary>
    public Tensor sqrt(Tensor x) => Operation.Apply("sqrt", (g, t) => g.Sqrt(t[0]), x);

    /// <summary>x².</summary>
    public Tensor square(Tensor x) => Operation.Apply("square", (g, t) => g.Square(t[0]), x);

    /// <inheritdoc cref="Activations.Squareplus"/>
    public SquareplusFunction squareplus { get; } = new Squareplus().With;

    /// <summary>x - y.</summary>
    public Tensor subtract(Tensor x1, Tensor x2) => x1 - x2;

    /// <summary>The sum over one axis or several, all without.</summary>
    public Tensor sum(Tensor x, Axes? axis = null, bool keepdims = false) => Operation.Apply("sum", (g, t) => g.Sum(t[0], axis, keepdims), x);

    /// <inheritdoc cref="Activations.Silu"/>
    public TensorFunction swish { get; } = new Silu().Of;

    /// <summary>tanh(x).</summary>
    public TensorFunction tanh { get; } = new Tanh().Of;

    /// <inheritdoc cref="Activations.TanhShrink"/>
    public TensorFunction tanh_shrink { get; } = new TanhShrink().Of;

    private static Shape Filled(Shape shape, int size)
    {
        int rest = shape.Where(d => d != -1).Aggregate(1, (product, d) => product * d!.Value);
        return shape.Count(d => d == -1) > 1 ? throw new ValueError("can only specify one unknown dimension")
            : new Shape([.. shape.Select(d => d == -1 ? rest > 0 ? size / rest : -1 : d)]);
    }
}
