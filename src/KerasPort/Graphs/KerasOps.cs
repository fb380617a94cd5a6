using KerasPort.Engines;

namespace KerasPort.Graphs;

/// <summary>The functions of <c>keras.ops</c> that aren't activations, each under the name of Keras' class.</summary>
internal static partial class KerasOps
{
    private static Func<DType, DType> Truth => static _ => DType.@bool;

    private static Func<DType, DType> Place => static _ => DType.int32;

    public static Function Absolute { get; } = new("Absolute", (g, t) => g.Abs(t[0]));

    public static Function Add { get; } = new("Add", (g, t) => g.Add(t[0], t[1])) { IsByElement = true, Gives = DTypes.Calculated };

    public static Function Argmax(int? axis, bool keepdims = false) =>
        new("Argmax", (g, t) => g.ArgMax(t[0], axis, keepdims), ("axis", axis), ("keepdims", keepdims)) { Gives = Place };

    public static Function Argmin(int? axis, bool keepdims = false) =>
        new("Argmin", (g, t) => g.ArgMax(g.Scale(t[0], -1), axis, keepdims), ("axis", axis), ("keepdims", keepdims)) { Gives = Place };

    /// <summary>Within a model a cast changes only the declared dtype, since all values are floats.</summary>
    public static Function Cast(DType dtype) => new("Cast", (_, t) => t[0], ("dtype", dtype.name)) { Gives = _ => dtype };

    public static Function Clip(PythonNumber least, PythonNumber most) => new("Clip", (g, t) =>
        g.Minimum(g.Maximum(t[0], g.Lift(least)), g.Lift(most)), ("x_min", least), ("x_max", most))
    { Gives = DTypes.Counted };

    public static Function Concatenate(int axis) => new("Concatenate", (g, t) => g.Concatenate(t, axis), ("axis", axis)) { TakesList = true };

    public static Function Divide { get; } =
        new("Divide", (g, t) => g.Divide(t[0], t[1])) { IsByElement = true, Gives = DTypes.Fraction, InTensorFlow = TensorFlowTypes.Quotient };

    public static Function Equal { get; } = new("Equal", (g, t) => g.Equal(t[0], t[1])) { Gives = Truth };

    public static Function Exp { get; } = new("Exp", (g, t) => g.Exp(t[0])) { Gives = DTypes.Fraction };

    public static Function ExpandDims(int axis) => new("ExpandDims", (g, t) => g.Reshape(t[0], Expanded(t[0].shape, axis)), ("axis", axis));

    public static Function Flip(Axes? axis) => new("Flip", (g, t) =>
        Axes.Of(axis, t[0].shape).Aggregate(t[0], (y, at) => g.Cut(y, at, y.shape[at]!.Value - 1, y.shape[at]!.Value, -1)), ("axis", axis));

    public static Function GetItem(Slice[] key) => new("GetItem", (g, t) => g.Part(t[0], key)) { Key = key };

    public static Function Greater { get; } = new("Greater", (g, t) => g.Greater(t[0], t[1])) { Gives = Truth };

    public static Function GreaterEqual { get; } = new("GreaterEqual", (g, t) => g.AtLeast(t[0], t[1])) { Gives = Truth };

    public static Function Less { get; } = new("Less", (g, t) => g.Greater(t[1], t[0])) { Gives = Truth };

    public static Function LessEqual { get; } = new("LessEqual", (g, t) => g.AtLeast(t[1], t[0])) { Gives = Truth };

    public static Function Log { get; } = new("Log", (g, t) => g.Log(t[0])) { Gives = DTypes.Fraction };

    public static Function Matmul { get; } = new("Matmul", (g, t) => g.MatMulOfAll(t[0], t[1]));

    public static Function Max(Axes? axis, bool keepdims) =>
        new("Max", (g, t) => g.Max(t[0], axis, keepdims), ("axis", axis), ("keepdims", keepdims), ("initial", null));

    public static Function Maximum { get; } = new("Maximum", (g, t) => g.Maximum(t[0], t[1]));

    public static Function Mean(Axes? axis, bool keepdims) =>
        new("Mean", (g, t) => g.Mean(t[0], axis, keepdims), ("axis", axis), ("keepdims", keepdims))
        {
            Gives = DTypes.Fraction,
            InTensorFlow = static type => type,
        };

    public static Function Min(Axes? axis, bool keepdims) =>
        new("Min", (g, t) => g.Min(t[0], axis, keepdims), ("axis", axis), ("keepdims", keepdims), ("initial", null));

    public static Function Minimum { get; } = new("Minimum", (g, t) => g.Minimum(t[0], t[1]));

    public static Function Multiply { get; } = new("Multiply", (g, t) => g.Multiply(t[0], t[1])) { IsByElement = true };

    public static Function Negative { get; } = new("Negative", (g, t) => g.Scale(t[0], -1)) { Gives = DTypes.Calculated };

    public static Function OnesLike { get; } = new("OnesLike", (g, t) => g.Like(t[0], 1), ("dtype", null));

    public static Function Power { get; } = new("Power", (g, t) => g.Power(t[0], t[1])) { Gives = DTypes.Counted };

    public static Function Repeat(int repeats, int? axis) => new("Repeat", (g, t) =>
    {
        var (x, at) = axis is { } named ? (t[0], named) : (g.Reshape(t[0], t[0].Size), 0);
        int length = x.shape[at]!.Value;
        return g.Along(x, at, AlongTable.Take(length, Enumerable.Range(0, length * repeats).Select(i => i / repeats)));
    }, ("repeats", repeats), ("axis", axis));

    public static Function Reshape(Shape newshape) => new("Reshape", (g, t) => g.Reshape(t[0], Filled(newshape, t[0].Size)), ("newshape", newshape));

    public static Function Sqrt { get; } = new("Sqrt", (g, t) => g.Sqrt(t[0])) { Gives = DTypes.Fraction };

    public static Function Square { get; } = new("Square", (g, t) => g.Square(t[0])) { Gives = DTypes.Counted };

    public static Function Squeeze(int? axis) => new("Squeeze", (g, t) => g.Reshape(t[0], Squeezed(t[0].shape, axis)), ("axis", axis));

    public static Function Stack(int axis) => new("Stack", (g, t) =>
        g.Concatenate(Array.ConvertAll(t, x => g.Reshape(x, Expanded(x.shape, axis))), axis), ("axis", axis))
    { TakesList = true };

    public static Function Std(Axes? axis, bool keepdims) =>
        new("Std", (g, t) => g.Sqrt(g.Variance(t[0], axis, keepdims)), ("axis", axis), ("keepdims", keepdims)) { Gives = DTypes.Fraction };

    public static Function Subtract { get; } = new("Subtract", (g, t) => g.Subtract(t[0], t[1])) { IsByElement = true, Gives = DTypes.Calculated };

    public static Function Sum(Axes? axis, bool keepdims) =>
        new("Sum", (g, t) => g.Sum(t[0], axis, keepdims), ("axis", axis), ("keepdims", keepdims)) { Gives = DTypes.Summed };

    public static Function Transpose(Axes? axes) => new("Transpose", (g, t) =>
        g.Transpose(t[0], [.. (IEnumerable<int>?)axes ?? Enumerable.Range(0, t[0].shape.Rank).Reverse()]), ("axes", axes));

    /// <summary>The operator /; <see cref="Divide"/> is the function.</summary>
    public static Function TrueDivide { get; } = Divide with { Class = "TrueDivide" };

    public static Function Var(Axes? axis, bool keepdims) =>
        new("Var", (g, t) => g.Variance(t[0], axis, keepdims), ("axis", axis), ("keepdims", keepdims)) { Gives = DTypes.Fraction };

    public static Function Where { get; } = new("Where", (g, t) => g.Where(t[0], t[1], t[2])) { Asked = 1 };

    public static Function ZerosLike { get; } = new("ZerosLike", (g, t) => g.Like(t[0], 0), ("dtype", null));

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
