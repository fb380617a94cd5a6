using System.Numerics;
using System.Numerics.Tensors;

namespace KerasPort;

/// <content>
/// Arithmetic with numpy's types: a fraction makes float64 of integers and leaves float32 as it is, whole numbers stay what they are, and
/// division always gives fractions.
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
        // By -1 rather than from 0, so that 0 becomes -0.
        return a.dtype == DType.uint8 ? Filled(Shape.Of([]), a.dtype) - a : a * ((NDArray)(-1)).astype(a.dtype);
    }

    /// <summary>The type that both have in common, as numpy 1.26 finds it: a number alone gives way to an array of its kind.</summary>
    private static DType Common(NDArray a, NDArray b)
    {
        if (a.ndim == 0 && b.ndim > 0) return Promote(Beside(a, b.dtype), b.dtype);
        if (b.ndim == 0 && a.ndim > 0) return Promote(a.dtype, Beside(b, a.dtype));
        return Promote(a.dtype, b.dtype);
    }

    /// <summary>The type that all have in common: numbers alone give way to arrays of their kind.</summary>
    internal static DType Common(ReadOnlySpan<NDArray> arrays)
    {
        DType? of = null, ofNumbers = null;
        foreach (var array in arrays)
            if (array.ndim > 0) of = of is { } type ? Promote(type, array.dtype) : array.dtype;
            else ofNumbers = ofNumbers is { } type ? Promote(type, array.dtype) : array.dtype;
        if (of is not { } common) return ofNumbers ?? DType.float64;
        foreach (var array in arrays) if (array.ndim == 0) common = Promote(common, Beside(array, common));
        return common;
    }

    private static DType Beside(NDArray number, DType type)
    {
        if (Kind(number.dtype) > Kind(type)) return number.dtype;
        if (Kind(type) != 1 || number.dtype == DType.@bool) return type;
        double value = number.item();
        return type == DType.uint8 && value is >= 0 and <= 255 ? type : value is >= int.MinValue and <= int.MaxValue ? DType.int32 : DType.int64;
    }

    private static int Kind(DType type) => type.Type switch { ElementType.Bool => 0, ElementType.Float32 or ElementType.Float64 => 2, _ => 1 };

    private static DType Promote(DType a, DType b)
    {
        var (low, high) = a.Type < b.Type ? (a, b) : (b, a);
        return high == DType.float32 && low.Type is ElementType.Int32 or ElementType.Int64 ? DType.float64 : high;
    }

    private static NDArray Calculate<TOperation>(NDArray a, NDArray b) where TOperation : struct, IOperation
    {
        var type = Common(a, b);
        if (TOperation.GivesFractions && Kind(type) < 2) type = DType.float64;
        if (Kind(type) == 2)
        {
            if (b.ndim == 0 && a._store.Elements is byte[] && a.ndim > 0) return a.Tabled(v => TOperation.Of(v, Rounded(b, type)), type);
            if (a.ndim == 0 && b._store.Elements is byte[] && b.ndim > 0) return b.Tabled(v => TOperation.Of(Rounded(a, type), v), type);
        }
        return type.Type switch
        {
            ElementType.Bool => TOperation.OfBooleans(a, b),
            ElementType.UInt8 => Calculate<TOperation, byte>(a, b),
            ElementType.Int32 => Calculate<TOperation, int>(a, b),
            ElementType.Int64 => Calculate<TOperation, long>(a, b),
            ElementType.Float32 => Calculate<TOperation, float>(a, b),
            _ => Calculate<TOperation, double>(a, b),
        };
    }

    private static double Rounded(NDArray number, DType type) => type == DType.float32 ? (float)number.item() : number.item();

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

    /// <summary>One of the four, on a number and along vectors.</summary>
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
