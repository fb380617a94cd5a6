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

    /// <summary>Tensors side by side along an axis.</summary>
    public Tensor concatenate(Tensors xs, int axis = 0) => new Layers.Concatenate(axis).Apply(xs);

    /// <summary>x / y.</summary>
    public Tensor divide(Tensor x1, Tensor x2) => x1 / x2;

    /// <summary>1 where x is y, else 0.</summary>
    public Tensor equal(Tensor x1, Tensor x2) => Operation.Apply("equal", (g, t) => g.Equal(t[0], t[1]), x1, x2);

    /// <summary>eˣ.</summary>
    public Tensor exp(Tensor x) => Operation.Apply("exp", (g, t) => g.Exp(t[0]), x);

    /// <summary>1 where x is greater than y, else 0.</summary>
    public Tensor greater(Tensor x1, Tensor x2) => Operation.Apply("greater", (g, t) => g.Greater(t[0], t[1]), x1, x2);

    /// <summary>The natural logarithm.</summary>
    public Tensor log(Tensor x) => Operation.Apply("log", (g, t) => g.Log(t[0]), x);

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

    /// <summary>The same elements under another shape; one dimension may be -1.</summary>
    public Tensor reshape(Tensor x, Shape newshape) => Operation.Apply("reshape", (g, t) => g.Reshape(t[0], Filled(newshape, t[0].Size)), x);

    /// <summary>1 / (1 + exp(-x)).</summary>
    public TensorFunction sigmoid { get; } = new Sigmoid().Of;

    /// <summary>exp(x - max) / Σ exp(x - max) along the last axis.</summary>
    public TensorFunction softmax { get; } = new Softmax().Of;

    /// <summary>√x.</summary>
    public Tensor sqrt(Tensor x) => Operation.Apply("sqrt", (g, t) => g.Sqrt(t[0]), x);

    /// <summary>x².</summary>
    public Tensor square(Tensor x) => Operation.Apply("square", (g, t) => g.Square(t[0]), x);

    /// <summary>x - y.</summary>
    public Tensor subtract(Tensor x1, Tensor x2) => x1 - x2;

    /// <summary>The sum over one axis or several, all without.</summary>
    public Tensor sum(Tensor x, Axes? axis = null, bool keepdims = false) => Operation.Apply("sum", (g, t) => g.Sum(t[0], axis, keepdims), x);

    /// <summary>tanh(x).</summary>
    public TensorFunction tanh { get; } = new Tanh().Of;

    private static Shape Filled(Shape shape, int size)
    {
        int rest = shape.Where(d => d != -1).Aggregate(1, (product, d) => product * d!.Value);
        return shape.Count(d => d == -1) > 1 ? throw new ValueError("can only specify one unknown dimension")
            : new Shape([.. shape.Select(d => d == -1 ? rest > 0 ? size / rest : -1 : d)]);
    }
}
