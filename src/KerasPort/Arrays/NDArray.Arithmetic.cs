using System.Numerics;
using System.Numerics.Tensors;

namespace KerasPort;

/// <content>
/// Arithmetic with numpy's types (NEP 50): a literal takes the type of the array beside it, a fraction turns integers into float64, and division
/// always gives fractions.
/// </content>
public sealed partial class NDArray
{
    /// <summary>Every element plus <paramref name="b"/>.</summary>
    public static NDArray operator +(NDArray a, double b) => Calculate<Addition>(a, b);

    /// <inheritdoc cref="op_Addition(NDArray, double)"/>
    public static NDArray operator +(double b, NDArray a) => Calculate<Addition>(b, a);

    /// <inheritdoc cref="op_Addition(NDArray, double)"/>
    public static NDArray operator +(NDArray a, int b) => Calculate<Addition>(a, b);

    /// <inheritdoc cref="op_Addition(NDArray, double)"/>
    public static NDArray operator +(int b, NDArray a) => Calculate<Addition>(b, a);

    /// <summary>The sums, element by element; shapes are broadcast as numpy does.</summary>
    /// <exception cref="ValueError">The shapes cannot be broadcast.</exception>
    public static NDArray operator +(NDArray a, NDArray b) => Calculate<Addition>(a, b);

    /// <summary>Every element minus <paramref name="b"/>.</summary>
    public static NDArray operator -(NDArray a, double b) => Calculate<Subtraction>(a, b);

    /// <summary><paramref name="b"/> minus every element.</summary>
    public static NDArray operator -(double b, NDArray a) => Calculate<Subtraction>(b, a);

    /// <summary>Every element minus <paramref name="b"/>.</summary>
    public static NDArray operator -(NDArray a, int b) => Calculate<Subtraction>(a, b);

    /// <summary><paramref name="b"/> minus every element.</summary>
    public static NDArray operator -(int b, NDArray a) => Calculate<Subtraction>(b, a);

    /// <summary>The differences, element by element; shapes are broadcast as numpy does.</summary>
    /// <exception cref="ValueError">The shapes cannot be broadcast.</exception>
    public static NDArray operator -(NDArray a, NDArray b) => Calculate<Subtraction>(a, b);

    /// <summary>Every element times <paramref name="b"/>.</summary>
    public static NDArray operator *(NDArray a, double b) => Calculate<Multiplication>(a, b);

    /// <inheritdoc cref="op_Multiply(NDArray, double)"/>
    public static NDArray operator *(double b, NDArray a) => Calculate<Multiplication>(b, a);

    /// <inheritdoc cref="op_Multiply(NDArray, double)"/>
    public static NDArray operator *(NDArray a, int b) => Calculate<Multiplication>(a, b);

    /// <inheritdoc cref="op_Multiply(NDArray, double)"/>
    public static NDArray operator *(int b, NDArray a) => Calculate<Multiplication>(b, a);

    /// <summary>The products, element by element; shapes are broadcast as numpy does.</summary>
    /// <exception cref="ValueError">The shapes cannot be broadcast.</exception>
    public static NDArray operator *(NDArray a, NDArray b) => Calculate<Multiplication>(a, b);

    /// <summary>Every element divided by <paramref name="b"/>.</summary>
    public static NDArray operator /(NDArray a, double b) => Calculate<Division>(a, b);

    /// <summary><paramref name="b"/> divided by every element.</summary>
    public static NDArray operator /(double b, NDArray a) => Calculate<Division>(b, a);

    /// <summary>Every element divided by <paramref name="b"/>.</summary>
    public static NDArray operator /(NDArray a, int b) => Calculate<Division>(a, b);

    /// <summary><paramref name="b"/> divided by every element.</summary>
    public static NDArray operator /(int b, NDArray a) => Calculate<Division>(b, a);

    /// <summary>The quotients, element by element; shapes are broadcast as numpy does.</summary>
    /// <exception cref="ValueError">The shapes cannot be broadcast.</exception>
    public static NDArray operator /(NDArray a, NDArray b) => Calculate<Division>(a, b);

    /// <summary>The negated elements.</summary>
    /// <exception cref="ValueError">The array is one of booleans.</exception>
    public static NDArray operator -(NDArray a)
    {
        if (a.dtype == DType.@bool)
            throw new ValueError("The numpy boolean negative, the `-` operator, is not supported, use the `~` operator or the logical_not function instead.");
        // Multiplied by -1 rather than subtracted from 0, so that 0 becomes -0.
        return a.dtype.IsUnsigned ? Filled(Shape.Of([]), a.dtype) - a : a * ((NDArray)(-1)).astype(a.dtype);
    }

    /// <summary>Whether this is a literal of the program, not a number of numpy's: it has a kind, but no type (NEP 50).</summary>
    private bool IsNumber { get; init; }

    /// <summary>The same as a literal of the program, which <c>np.iinfo(…).max</c> is.</summary>
    internal NDArray AsNumber() => new(_store, _offset, _shape) { IsNumber = true };

    /// <summary>The type in which an operation on both is computed.</summary>
    private static DType Common(NDArray a, NDArray b) => a.IsNumber == b.IsNumber ? DType.Promoted(a.dtype, b.dtype)
        : a.IsNumber ? Beside(a, b.dtype) : Beside(b, a.dtype);

    /// <summary>The type in which an operation on all is computed.</summary>
    internal static DType Common(ReadOnlySpan<NDArray> arrays)
    {
        DType? type = null;
        foreach (var array in arrays) if (!array.IsNumber) type = type is { } so ? DType.Promoted(so, array.dtype) : array.dtype;
        bool areNumbers = type is null;
        var common = type ?? arrays[0].dtype;
        foreach (var array in arrays) if (array.IsNumber) common = areNumbers ? DType.Promoted(common, array.dtype) : Beside(array, common);
        return common;
    }

    private static DType Beside(NDArray number, DType type) => number.dtype.Kind > type.Kind ? number.dtype : type;

    /// <summary>Refuses a literal that is out of the range of the integer type in which the operation is computed.</summary>
    private static void RequireHeld(NDArray a, NDArray b, DType type)
    {
        var number = a.IsNumber ? a : b;
        if (a.IsNumber != b.IsNumber && type.IsInteger) number.RequireHeld(type);
    }

    private void RequireHeld(DType type)
    {
        if (dtype != DType.int64) return;
        long value = ((long[])_store.Elements)[_offset];
        var (least, most) = type.Limits;
        if (value < least || value > most) throw new OverflowError($"Python integer {value} out of bounds for {type}");
    }

    private static NDArray Calculate<TOperation>(NDArray a, NDArray b) where TOperation : struct, IOperation
    {
        var type = Common(a, b);
        if (TOperation.GivesFractions && type.Kind < 2) type = DType.float64;
        RequireHeld(a, b, type);
        if (type == DType.float32 || type == DType.float64)
        {
            if (b.ndim == 0 && a.ndim > 0 && a.Base.Bytes is not null) return a.Tabled(v => TOperation.Of(v, Rounded(b, type)), type);
            if (a.ndim == 0 && b.ndim > 0 && b.Base.Bytes is not null) return b.Tabled(v => TOperation.Of(Rounded(a, type), v), type);
        }
        return type == DType.@bool ? TOperation.OfBooleans(a, b) : type.Run<Calculated<TOperation>, (NDArray, NDArray), NDArray>((a, b));
    }

    private readonly struct Calculated<TOperation> : IOfNumbers<(NDArray A, NDArray B), NDArray> where TOperation : struct, IOperation
    {
        public static NDArray Of<T>((NDArray A, NDArray B) pair) where T : unmanaged, INumber<T>, IMinMaxValue<T> => Calculate<TOperation, T>(pair.A, pair.B);
    }

    private static double Rounded(NDArray number, DType type) => type == DType.float32 ? (float)number.item()
        : type == DType.float16 ? (double)(Half)number.item() : number.item();

    private NDArray Tabled(Func<double, double> of, DType type)
    {
        bool single = type == DType.float32;
        var values = Array.ConvertAll(_store.Table ?? Identity, v => single ? (float)of(v) : of(v));
        return new NDArray(_store.Tabled(values, single), _offset, _shape);
    }

    private static NDArray Calculate<TOperation, T>(NDArray a, NDArray b)
        where TOperation : struct, IOperation where T : unmanaged, INumber<T>
    {
        int[] shape = Together(a, b);
        var result = NewElements.Of<T>(SizeOf(shape));
        if (a.size == result.Length && b.size == result.Length)
        {
            TOperation.Of(a.Span<T>(), b.Span<T>(), result);
        }
        else
        {
            var (x, atX) = a.Raw<T>();
            var (y, atY) = b.Raw<T>();
            Broadcast.Each(shape, a._shape, b._shape, (at, i, j, count, repeats) =>
            {
                var to = result.AsSpan(at, count);
                if (repeats == 1) TOperation.Of(x[atX + i], y.AsSpan(atY + j, count), to);
                else if (repeats == 2) TOperation.Of(x.AsSpan(atX + i, count), y[atY + j], to);
                else TOperation.Of(x.AsSpan(atX + i, count), y.AsSpan(atY + j, count), to);
            });
        }
        return new NDArray(result, shape, 0);
    }

    private static int[] Together(NDArray a, NDArray b) => Broadcast.Shape(a._shape, b._shape)
        ?? throw new ValueError($"operands could not be broadcast together with shapes {Text(a._shape)} {Text(b._shape)}");

    /// <summary>One of the four operations, on a number and on a vector.</summary>
    private interface IOperation
    {
        static virtual bool GivesFractions => false;

        static abstract T Of<T>(T a, T b) where T : INumber<T>;

        static abstract void Of<T>(ReadOnlySpan<T> a, ReadOnlySpan<T> b, Span<T> y) where T : INumber<T>;

        static abstract void Of<T>(ReadOnlySpan<T> a, T b, Span<T> y) where T : INumber<T>;

        static abstract void Of<T>(T a, ReadOnlySpan<T> b, Span<T> y) where T : INumber<T>;

        static abstract NDArray OfBooleans(NDArray a, NDArray b);
    }

    private readonly struct Addition : IOperation
    {
        public static T Of<T>(T a, T b) where T : INumber<T> => a + b;

        public static void Of<T>(ReadOnlySpan<T> a, ReadOnlySpan<T> b, Span<T> y) where T : INumber<T> => TensorPrimitives.Add(a, b, y);

        public static void Of<T>(ReadOnlySpan<T> a, T b, Span<T> y) where T : INumber<T> => TensorPrimitives.Add(a, b, y);

        public static void Of<T>(T a, ReadOnlySpan<T> b, Span<T> y) where T : INumber<T> => TensorPrimitives.Add(b, a, y);

        public static NDArray OfBooleans(NDArray a, NDArray b) => a | b;
    }

    private readonly struct Subtraction : IOperation
    {
        public static T Of<T>(T a, T b) where T : INumber<T> => a - b;

        public static void Of<T>(ReadOnlySpan<T> a, ReadOnlySpan<T> b, Span<T> y) where T : INumber<T> => TensorPrimitives.Subtract(a, b, y);

        public static void Of<T>(ReadOnlySpan<T> a, T b, Span<T> y) where T : INumber<T> => TensorPrimitives.Subtract(a, b, y);

        public static void Of<T>(T a, ReadOnlySpan<T> b, Span<T> y) where T : INumber<T> => TensorPrimitives.Subtract(a, b, y);

        public static NDArray OfBooleans(NDArray a, NDArray b) => throw new ValueError(
            "numpy boolean subtract, the `-` operator, is not supported, use the bitwise_xor, the `^` operator, or the logical_xor function instead.");
    }

    private readonly struct Multiplication : IOperation
    {
        public static T Of<T>(T a, T b) where T : INumber<T> => a * b;

        public static void Of<T>(ReadOnlySpan<T> a, ReadOnlySpan<T> b, Span<T> y) where T : INumber<T> => TensorPrimitives.Multiply(a, b, y);

        public static void Of<T>(ReadOnlySpan<T> a, T b, Span<T> y) where T : INumber<T> => TensorPrimitives.Multiply(a, b, y);

        public static void Of<T>(T a, ReadOnlySpan<T> b, Span<T> y) where T : INumber<T> => TensorPrimitives.Multiply(b, a, y);

        public static NDArray OfBooleans(NDArray a, NDArray b) => a & b;
    }

    private readonly struct Division : IOperation
    {
        public static bool GivesFractions => true;

        public static T Of<T>(T a, T b) where T : INumber<T> => a / b;

        public static void Of<T>(ReadOnlySpan<T> a, ReadOnlySpan<T> b, Span<T> y) where T : INumber<T> => TensorPrimitives.Divide(a, b, y);

        public static void Of<T>(ReadOnlySpan<T> a, T b, Span<T> y) where T : INumber<T> => TensorPrimitives.Divide(a, b, y);

        public static void Of<T>(T a, ReadOnlySpan<T> b, Span<T> y) where T : INumber<T> => TensorPrimitives.Divide(a, b, y);

        public static NDArray OfBooleans(NDArray a, NDArray b) => Calculate<Division, double>(a, b);
    }
}
