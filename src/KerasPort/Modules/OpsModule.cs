using KerasPort.Activations;
using KerasPort.Engines;
using KerasPort.Graphs;

namespace KerasPort;

/// <summary><c>keras.ops</c>: functions of tensors, arrays, and symbolic tensors between the layers of a model.</summary>
public sealed partial class OpsModule : ActivationFunctions
{
    /// <summary><c>keras.ops.image</c>.</summary>
    public OpsImageModule image { get; } = new();

    /// <summary><c>keras.ops.linalg</c>, whose functions <c>keras.ops</c> has, too.</summary>
    public OpsModule linalg => this;

    /// <summary><c>keras.ops.nn</c>, whose functions <c>keras.ops</c> has, too.</summary>
    public OpsModule nn => this;

    /// <summary><c>keras.ops.numpy</c>, whose functions <c>keras.ops</c> has, too.</summary>
    public OpsModule numpy => this;

    /// <summary>|x|.</summary>
    public Tensor abs(Tensor x) => KerasOps.Absolute.Of(x);

    /// <summary>x + y.</summary>
    public Tensor add(Tensor x1, Tensor x2) => KerasOps.Add.Of(x1, x2);

    /// <summary>The index of the largest along an axis, of equal ones the first; without an axis, in the flattened tensor.</summary>
    public Tensor argmax(Tensor x, int? axis = null, bool keepdims = false) => KerasOps.Argmax(axis, keepdims).Whole(DType.int32, x);

    /// <summary>The index of the smallest along an axis, of equal ones the first; without an axis, in the flattened tensor.</summary>
    public Tensor argmin(Tensor x, int? axis = null, bool keepdims = false) => KerasOps.Argmin(axis, keepdims).Whole(DType.int32, x);

    /// <summary>Casts to a type. The values within a model stay float32.</summary>
    /// <exception cref="ValueError">It is used in a model, and the type isn't a floating-point type.</exception>
    public Tensor cast(Tensor x, DType dtype)
    {
        if (!x.IsSymbolic && !x.IsOfPlan) return Tensor.Holding(x.numpy(), dtype);
        return dtype.IsInexact ? KerasOps.Cast(dtype).Of(x)
            : throw new ValueError($"What flows through a model is float32 and can't be cast to {dtype}. Round it by what comes behind the model.");
    }

    /// <summary>Limits x to the range from x_min to x_max.</summary>
    public Tensor clip(Tensor x, Tensor x_min, Tensor x_max) =>
        x_min.Number is { } least && x_max.Number is { } most ? KerasOps.Clip(least, most).Of(x) : minimum(maximum(x, x_min), x_max);

    /// <summary>Concatenates tensors along an axis.</summary>
    public Tensor concatenate(Tensors xs, int axis = 0) => KerasOps.Concatenate(axis).Of([.. xs]);

    /// <summary>The values as an array.</summary>
    public NDArray convert_to_numpy(Tensor x) => x.numpy();

    /// <summary>Converts an array to a tensor; a tensor stays itself.</summary>
    public Tensor convert_to_tensor(Tensor x, DType? dtype = null) =>
        dtype is { } type ? cast(x, type) : x is { HasValues: true, Variable: null } ? Tensor.Holding(x.numpy(), x.dtype) : x;

    /// <summary>x / y.</summary>
    public Tensor divide(Tensor x1, Tensor x2) => KerasOps.Divide.Of(x1, x2);

    /// <summary>1 where x1 equals x2, else 0.</summary>
    public Tensor equal(Tensor x1, Tensor x2) => KerasOps.Equal.Of(x1, x2);

    /// <summary>eˣ.</summary>
    public Tensor exp(Tensor x) => KerasOps.Exp.Of(x);

    /// <summary>Adds an axis of length 1 at a position.</summary>
    public Tensor expand_dims(Tensor x, int axis) => KerasOps.ExpandDims(axis).Of(x);

    /// <summary>Reverses the elements along an axis or several; by default along all.</summary>
    public Tensor flip(Tensor x, Axes? axis = null) => KerasOps.Flip(axis).Of(x);

    /// <summary>A tensor filled with a number.</summary>
    public Tensor full(Shape shape, double fill_value, DType? dtype = null) =>
        Tensor.Holding(new NDArray([.. Enumerable.Repeat(fill_value, shape.Size)], new ArrayShape(shape.ToArray())), dtype ?? DType.float32);

    /// <inheritdoc cref="Activations.Gelu"/>
    public OpsGeluFunction gelu { get; } = new Gelu().OfOps;

    /// <summary>1 where x1 is greater than x2, else 0.</summary>
    public Tensor greater(Tensor x1, Tensor x2) => KerasOps.Greater.Of(x1, x2);

    /// <summary>1 where x1 is at least x2, else 0.</summary>
    public Tensor greater_equal(Tensor x1, Tensor x2) => KerasOps.GreaterEqual.Of(x1, x2);

    /// <summary>1 where x1 is less than x2, else 0.</summary>
    public Tensor less(Tensor x1, Tensor x2) => KerasOps.Less.Of(x1, x2);

    /// <summary>1 where x1 is at most x2, else 0.</summary>
    public Tensor less_equal(Tensor x1, Tensor x2) => KerasOps.LessEqual.Of(x1, x2);

    /// <summary>The natural logarithm.</summary>
    public Tensor log(Tensor x) => KerasOps.Log.Of(x);

    /// <summary>
    /// x1[…, rows, inputs] · x2[…, inputs, columns]; axes before the last two are broadcast, and a vector is a row on the left, a column on the right.
    /// </summary>
    /// <exception cref="ValueError">The shapes don't fit.</exception>
    public Tensor matmul(Tensor x1, Tensor x2) => KerasOps.Matmul.Of(x1, x2);

    /// <summary>The largest over one axis or several; by default over all.</summary>
    public Tensor max(Tensor x, Axes? axis = null, bool keepdims = false) => KerasOps.Max(axis, keepdims).Of(x);

    /// <summary>The larger of both.</summary>
    public Tensor maximum(Tensor x1, Tensor x2) => KerasOps.Maximum.Of(x1, x2);

    /// <summary>The mean over one axis or several; by default over all.</summary>
    public Tensor mean(Tensor x, Axes? axis = null, bool keepdims = false) => KerasOps.Mean(axis, keepdims).Of(x);

    /// <summary>The smallest over one axis or several; by default over all.</summary>
    public Tensor min(Tensor x, Axes? axis = null, bool keepdims = false) => KerasOps.Min(axis, keepdims).Of(x);

    /// <summary>The smaller of both.</summary>
    public Tensor minimum(Tensor x1, Tensor x2) => KerasOps.Minimum.Of(x1, x2);

    /// <summary>x · y.</summary>
    public Tensor multiply(Tensor x1, Tensor x2) => KerasOps.Multiply.Of(x1, x2);

    /// <summary>-x.</summary>
    public Tensor negative(Tensor x) => KerasOps.Negative.Of(x);

    /// <summary>A tensor of ones.</summary>
    public Tensor ones(Shape shape, DType? dtype = null) => full(shape, 1, dtype);

    /// <summary>Ones in a tensor's shape.</summary>
    public Tensor ones_like(Tensor x) => KerasOps.OnesLike.Of(x);

    /// <summary>x1 to the power of x2.</summary>
    public Tensor power(Tensor x1, Tensor x2) => KerasOps.Power.Of(x1, x2);

    /// <summary>max(x, 0).</summary>
    public TensorFunction relu { get; } = new Relu().Of;

    /// <summary>Repeats each entry along an axis; without one, the elements of the flattened tensor.</summary>
    public Tensor repeat(Tensor x, int repeats, int? axis = null) => KerasOps.Repeat(repeats, axis).Of(x);

    /// <summary>The same elements under another shape; one dimension may be -1.</summary>
    public Tensor reshape(Tensor x, Shape newshape) => KerasOps.Reshape(newshape).Of(x);

    /// <summary>The dimensions.</summary>
    public Shape shape(Tensor x) => x.shape;

    /// <summary>√x.</summary>
    public Tensor sqrt(Tensor x) => KerasOps.Sqrt.Of(x);

    /// <summary>x².</summary>
    public Tensor square(Tensor x) => KerasOps.Square.Of(x);

    /// <summary>Removes axes of length 1: a given one, or all.</summary>
    /// <exception cref="ValueError">The axis has another length.</exception>
    public Tensor squeeze(Tensor x, int? axis = null) => KerasOps.Squeeze(axis).Of(x);

    /// <summary>Stacks tensors of one shape along a new axis.</summary>
    public Tensor stack(Tensors x, int axis = 0) => KerasOps.Stack(axis).Of([.. x]);

    /// <summary>The standard deviation over one axis or several; by default over all.</summary>
    public Tensor std(Tensor x, Axes? axis = null, bool keepdims = false) => KerasOps.Std(axis, keepdims).Of(x);

    /// <summary>x - y.</summary>
    public Tensor subtract(Tensor x1, Tensor x2) => KerasOps.Subtract.Of(x1, x2);

    /// <summary>The sum over one axis or several; by default over all.</summary>
    public Tensor sum(Tensor x, Axes? axis = null, bool keepdims = false) => KerasOps.Sum(axis, keepdims).Of(x);

    /// <summary>Permutes the axes; by default reverses them.</summary>
    public Tensor transpose(Tensor x, Axes? axes = null) => KerasOps.Transpose(axes).Of(x);

    /// <summary>The variance over one axis or several; by default over all.</summary>
    public Tensor var(Tensor x, Axes? axis = null, bool keepdims = false) => KerasOps.Var(axis, keepdims).Of(x);

    /// <summary>x1 where the condition isn't 0, else x2.</summary>
    public Tensor where(Tensor condition, Tensor x1, Tensor x2) => KerasOps.Where.Of(condition, x1, x2);

    /// <summary>A tensor of zeros.</summary>
    public Tensor zeros(Shape shape, DType? dtype = null) => full(shape, 0, dtype);

    /// <summary>Zeros in a tensor's shape.</summary>
    public Tensor zeros_like(Tensor x) => KerasOps.ZerosLike.Of(x);
}
