using KerasPort.Activations;
using KerasPort.Engines;
using KerasPort.Graphs;

namespace KerasPort;

/// <summary><c>keras.ops</c>: functions of tensors, of arrays, and of what flows between the layers of a model.</summary>
public sealed class OpsModule
{
    /// <summary>|x|.</summary>
    public Tensor abs(Tensor x) => Operation.Apply("absolute", (g, t) => g.Abs(t[0]), x);

    /// <summary>x + y.</summary>
    public Tensor add(Tensor x1, Tensor x2) => x1 + x2;

    /// <summary>The positions of the largest along an axis, of equals the first; in all elements in a row without one.</summary>
    public Tensor argmax(Tensor x, int? axis = null, bool keepdims = false) =>
        Operation.Whole("argmax", (g, t) => g.ArgMax(t[0], axis, keepdims), DType.int32, x);

    /// <summary>The positions of the smallest along an axis, of equals the first; in all elements in a row without one.</summary>
    public Tensor argmin(Tensor x, int? axis = null, bool keepdims = false) =>
        Operation.Whole("argmin", (g, t) => g.ArgMax(g.Scale(t[0], -1), axis, keepdims), DType.int32, x);

    /// <summary>The elements as that type. What flows through a model is float32 and stays so.</summary>
    /// <exception cref="ValueError">It is part of a model and the type isn't one of floats.</exception>
    public Tensor cast(Tensor x, DType dtype)
    {
        if (!x.IsSymbolic && !x.IsOfPlan) return x.numpy().astype(dtype);
        return dtype == DType.float32 || dtype == DType.float64 ? x
            : throw new ValueError($"What flows through a model is float32 and can't be cast to {dtype}. Round it by what comes behind the model.");
    }

    /// <inheritdoc cref="Activations.Celu"/>
    public AlphaFunction celu { get; } = new Celu().With;

    /// <summary>No less than the first number and no more than the second.</summary>
    public Tensor clip(Tensor x, double x_min, double x_max) => minimum(maximum(x, (NDArray)(float)x_min), (NDArray)(float)x_max);

    /// <summary>Tensors side by side along an axis.</summary>
    public Tensor concatenate(Tensors xs, int axis = 0) => new Layers.Concatenate(axis).Apply(xs);

    /// <summary>An array of the values.</summary>
    public NDArray convert_to_numpy(Tensor x) => x.numpy();

    /// <summary>A tensor of an array's values, or the tensor itself.</summary>
    public Tensor convert_to_tensor(Tensor x, DType? dtype = null) => dtype is { } type ? cast(x, type) : x;

    /// <summary>x / y.</summary>
    public Tensor divide(Tensor x1, Tensor x2) => x1 / x2;

    /// <inheritdoc cref="Activations.Elu"/>
    public AlphaFunction elu { get; } = new Elu().With;

    /// <summary>1 where x is y, else 0.</summary>
    public Tensor equal(Tensor x1, Tensor x2) => Operation.Apply("equal", (g, t) => g.Equal(t[0], t[1]), x1, x2);

    /// <summary>eˣ.</summary>
    public Tensor exp(Tensor x) => Operation.Apply("exp", (g, t) => g.Exp(t[0]), x);

    /// <summary>A new axis of length 1 at that place.</summary>
    public Tensor expand_dims(Tensor x, int axis) => Operation.Apply("expand_dims", (g, t) => g.Reshape(t[0], Expanded(t[0].shape, axis)), x);

    /// <summary>The elements along an axis in the order from the last to the first; along all axes without one.</summary>
    public Tensor flip(Tensor x, Axes? axis = null) => Operation.Apply("flip",
        (g, t) => Axes.Of(axis, t[0].shape).Aggregate(t[0], (y, at) => g.Cut(y, at, y.shape[at]!.Value - 1, y.shape[at]!.Value, -1)), x);

    /// <summary>The number everywhere.</summary>
    public Tensor full(Shape shape, double fill_value, DType? dtype = null) =>
        new NDArray([.. Enumerable.Repeat(fill_value, shape.Size)], new ArrayShape(shape.ToArray())).astype(dtype ?? DType.float32);

    /// <inheritdoc cref="Activations.Gelu"/>
    public OpsGeluFunction gelu { get; } = new Gelu().OfOps;

    /// <inheritdoc cref="Activations.Glu"/>
    public AxisFunction glu { get; } = new Glu().With;

    /// <summary>1 where x is greater than y, else 0.</summary>
    public Tensor greater(Tensor x1, Tensor x2) => Operation.Apply("greater", (g, t) => g.Greater(t[0], t[1]), x1, x2);

    /// <summary>1 where x is at least y, else 0.</summary>
    public Tensor greater_equal(Tensor x1, Tensor x2) => x1 >= x2;

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

    /// <summary>1 where x is less than y, else 0.</summary>
    public Tensor less(Tensor x1, Tensor x2) => x1 < x2;

    /// <summary>1 where x is at most y, else 0.</summary>
    public Tensor less_equal(Tensor x1, Tensor x2) => x1 <= x2;

    /// <summary>The natural logarithm.</summary>
    public Tensor log(Tensor x) => Operation.Apply("log", (g, t) => g.Log(t[0]), x);

    /// <inheritdoc cref="Activations.LogSigmoid"/>
    public TensorFunction log_sigmoid { get; } = new LogSigmoid().Of;

    /// <inheritdoc cref="Activations.LogSoftmax"/>
    public AxisFunction log_softmax { get; } = new LogSoftmax().With;

    /// <summary>x1[…, inputs] · x2[inputs, outputs].</summary>
    /// <exception cref="ValueError">Their shapes are others.</exception>
    public Tensor matmul(Tensor x1, Tensor x2) => Operation.Apply("matmul", (g, t) => g.MatMul(t[0], t[1]), x1, x2);

    /// <summary>The largest over one axis or several, all without.</summary>
    public Tensor max(Tensor x, Axes? axis = null, bool keepdims = false) => Operation.Apply("max", (g, t) => g.Max(t[0], axis, keepdims), x);

    /// <summary>The larger of both.</summary>
    public Tensor maximum(Tensor x1, Tensor x2) => Operation.Apply("maximum", (g, t) => g.Maximum(t[0], t[1]), x1, x2);

    /// <summary>The mean over one axis or several, all without.</summary>
    public Tensor mean(Tensor x, Axes? axis = null, bool keepdims = false) => Operation.Apply("mean", (g, t) => g.Mean(t[0], axis, keepdims), x);

    /// <summary>The smallest over one axis or several, all without.</summary>
    public Tensor min(Tensor x, Axes? axis = null, bool keepdims = false) => Operation.Apply("min", (g, t) => g.Min(t[0], axis, keepdims), x);

    /// <summary>The smaller of both.</summary>
    public Tensor minimum(Tensor x1, Tensor x2) => Operation.Apply("minimum", (g, t) => g.Minimum(t[0], t[1]), x1, x2);

    /// <summary>x · y.</summary>
    public Tensor multiply(Tensor x1, Tensor x2) => x1 * x2;

    /// <summary>-x.</summary>
    public Tensor negative(Tensor x) => -x;

    /// <summary>Ones.</summary>
    public Tensor ones(Shape shape, DType? dtype = null) => full(shape, 1, dtype);

    /// <summary>Ones of a tensor's shape.</summary>
    public Tensor ones_like(Tensor x) => Operation.Apply("ones_like", (g, t) => g.Like(t[0], 1), x);

    /// <summary>x to that power.</summary>
    public Tensor power(Tensor x1, double x2) => Operation.Apply("power", (g, t) => g.Power(t[0], (float)x2), x1);

    /// <summary>max(x, 0).</summary>
    public TensorFunction relu { get; } = new Relu().Of;

    /// <inheritdoc cref="Activations.Relu6"/>
    public TensorFunction relu6 { get; } = new Relu6().Of;

    /// <summary>Each element along an axis so many times; along all elements in a row without one.</summary>
    public Tensor repeat(Tensor x, int repeats, int? axis = null) => Operation.Apply("repeat", (g, t) => axis is { } at
        ? g.Along(t[0], at, AlongTable.Take(t[0].shape[at]!.Value, Enumerable.Range(0, t[0].shape[at]!.Value * repeats).Select(i => i / repeats)))
        : g.Along(g.Reshape(t[0], t[0].Size), 0, AlongTable.Take(t[0].Size, Enumerable.Range(0, t[0].Size * repeats).Select(i => i / repeats))), x);

    /// <summary>The same elements under another shape; one dimension may be -1.</summary>
    public Tensor reshape(Tensor x, Shape newshape) => Operation.Apply("reshape", (g, t) => g.Reshape(t[0], Filled(newshape, t[0].Size)), x);

    /// <inheritdoc cref="Activations.Selu"/>
    public TensorFunction selu { get; } = new Selu().Of;

    /// <summary>The dimensions.</summary>
    public Shape shape(Tensor x) => x.shape;

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

    /// <summary>Without axes of length 1: without that one, or without all.</summary>
    /// <exception cref="ValueError">The axis is longer.</exception>
    public Tensor squeeze(Tensor x, int? axis = null) => Operation.Apply("squeeze", (g, t) => g.Reshape(t[0], Squeezed(t[0].shape, axis)), x);

    /// <summary>Tensors of one shape along a new axis.</summary>
    public Tensor stack(Tensors x, int axis = 0) => new Layers.Concatenate(axis).Apply([.. x.Select(one => expand_dims(one, axis))]);

    /// <summary>The standard deviation over one axis or several, all without.</summary>
    public Tensor std(Tensor x, Axes? axis = null, bool keepdims = false) => sqrt(var(x, axis, keepdims));

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

    /// <summary>The axes in another order: which of x comes first, second …; the other way round without.</summary>
    public Tensor transpose(Tensor x, Axes? axes = null) => Operation.Apply("transpose",
        (g, t) => g.Transpose(t[0], [.. (IEnumerable<int>?)axes ?? Enumerable.Range(0, t[0].shape.Rank).Reverse()]), x);

    /// <summary>The variance over one axis or several, all without.</summary>
    public Tensor var(Tensor x, Axes? axis = null, bool keepdims = false) => Operation.Apply("var",
        (g, t) => g.Mean(g.Square(g.Subtract(t[0], g.Mean(t[0], axis, keepdims: true))), axis, keepdims), x);

    /// <summary>Where the condition isn't 0 the first, else the second.</summary>
    public Tensor where(Tensor condition, Tensor x1, Tensor x2) => Operation.Apply("where", (g, t) => g.Where(t[0], t[1], t[2]), condition, x1, x2);

    /// <summary>Zeros.</summary>
    public Tensor zeros(Shape shape, DType? dtype = null) => full(shape, 0, dtype);

    /// <summary>Zeros of a tensor's shape.</summary>
    public Tensor zeros_like(Tensor x) => Operation.Apply("zeros_like", (g, t) => g.Like(t[0], 0), x);

    private static Shape Expanded(Shape shape, int axis)
    {
        int at = axis < 0 ? axis + shape.Rank + 1 : axis;
        return at >= 0 && at <= shape.Rank ? new Shape([.. shape[..at], 1, .. shape[at..]])
            : throw new ValueError($"There is no place {axis} for a new axis in a tensor of shape {shape}.");
    }

    private static Shape Squeezed(Shape shape, int? axis)
    {
        if (axis is not { } named) return new Shape([.. shape.Where(d => d != 1)]);
        int at = ((Axes)named).Of(shape)[0];
        return shape[at] == 1 ? new Shape([.. shape[..at], .. shape[(at + 1)..]])
            : throw new ValueError($"Cannot squeeze axis={axis}, because the dimension is not 1. Received: shape={shape}");
    }

    private static Shape Filled(Shape shape, int size)
    {
        int rest = shape.Where(d => d != -1).Aggregate(1, (product, d) => product * d!.Value);
        return shape.Count(d => d == -1) > 1 ? throw new ValueError("can only specify one unknown dimension")
            : new Shape([.. shape.Select(d => d == -1 ? rest > 0 ? size / rest : -1 : d)]);
    }
}
