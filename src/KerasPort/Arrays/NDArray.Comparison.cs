using System.Numerics;
using System.Runtime.InteropServices;

namespace KerasPort;

#pragma warning disable CA1065  // Comparison throws where numpy's does.

/// <content>Comparisons, which give arrays of booleans, elementwise with broadcasting, and the operators that combine these.</content>
public sealed partial class NDArray
{
    /// <summary>Where the elements are equal; one False when either is <c>null</c>. To ask whether there is an array, write <c>is null</c>.</summary>
    /// <exception cref="ValueError">The shapes cannot be broadcast.</exception>
    public static NDArray operator ==(NDArray? a, NDArray? b) => a is null || b is null ? false : Compare<Equality>(a, b);

    /// <inheritdoc cref="op_Equality(NDArray, NDArray)"/>
    public static NDArray operator ==(NDArray a, double b) => Compare<Equality>(a, b);

    /// <inheritdoc cref="op_Equality(NDArray, NDArray)"/>
    public static NDArray operator ==(NDArray a, int b) => Compare<Equality>(a, b);

    /// <summary>Where the elements differ; one True when either is <c>null</c>. To ask whether there is an array, write <c>is null</c>.</summary>
    /// <exception cref="ValueError">The shapes cannot be broadcast.</exception>
    public static NDArray operator !=(NDArray? a, NDArray? b) => a is null || b is null ? true : Compare<Inequality>(a, b);

    /// <inheritdoc cref="op_Inequality(NDArray, NDArray)"/>
    public static NDArray operator !=(NDArray a, double b) => Compare<Inequality>(a, b);

    /// <inheritdoc cref="op_Inequality(NDArray, NDArray)"/>
    public static NDArray operator !=(NDArray a, int b) => Compare<Inequality>(a, b);

    /// <summary>Where an element is less than that of the other.</summary>
    /// <exception cref="ValueError">The shapes cannot be broadcast.</exception>
    public static NDArray operator <(NDArray a, NDArray b) => Compare<Less>(a, b);

    /// <inheritdoc cref="op_LessThan(NDArray, NDArray)"/>
    public static NDArray operator <(NDArray a, double b) => Compare<Less>(a, b);

    /// <inheritdoc cref="op_LessThan(NDArray, NDArray)"/>
    public static NDArray operator <(NDArray a, int b) => Compare<Less>(a, b);

    /// <summary>Where an element is at most that of the other.</summary>
    /// <exception cref="ValueError">The shapes cannot be broadcast.</exception>
    public static NDArray operator <=(NDArray a, NDArray b) => Compare<LessOrEqual>(a, b);

    /// <inheritdoc cref="op_LessThanOrEqual(NDArray, NDArray)"/>
    public static NDArray operator <=(NDArray a, double b) => Compare<LessOrEqual>(a, b);

    /// <inheritdoc cref="op_LessThanOrEqual(NDArray, NDArray)"/>
    public static NDArray operator <=(NDArray a, int b) => Compare<LessOrEqual>(a, b);

    /// <summary>Where an element is greater than that of the other.</summary>
    /// <exception cref="ValueError">The shapes cannot be broadcast.</exception>
    public static NDArray operator >(NDArray a, NDArray b) => Compare<Greater>(a, b);

    /// <inheritdoc cref="op_GreaterThan(NDArray, NDArray)"/>
    public static NDArray operator >(NDArray a, double b) => Compare<Greater>(a, b);

    /// <inheritdoc cref="op_GreaterThan(NDArray, NDArray)"/>
    public static NDArray operator >(NDArray a, int b) => Compare<Greater>(a, b);

    /// <summary>Where an element is at least that of the other.</summary>
    /// <exception cref="ValueError">The shapes cannot be broadcast.</exception>
    public static NDArray operator >=(NDArray a, NDArray b) => Compare<GreaterOrEqual>(a, b);

    /// <inheritdoc cref="op_GreaterThanOrEqual(NDArray, NDArray)"/>
    public static NDArray operator >=(NDArray a, double b) => Compare<GreaterOrEqual>(a, b);

    /// <inheritdoc cref="op_GreaterThanOrEqual(NDArray, NDArray)"/>
    public static NDArray operator >=(NDArray a, int b) => Compare<GreaterOrEqual>(a, b);

    /// <summary>Whether both are the same object; <c>==</c> compares elements.</summary>
    public override bool Equals(object? obj) => ReferenceEquals(this, obj);

    /// <inheritdoc/>
    public override int GetHashCode() => System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(this);

    /// <summary>Where both are True; for integers the bitwise and.</summary>
    /// <exception cref="TypeError">The elements are floats.</exception>
    /// <exception cref="ValueError">The shapes cannot be broadcast.</exception>
    public static NDArray operator &(NDArray a, NDArray b) => AreBooleans(a, b) ? Booleans(a, b, (x, y) => x & y) : Bits<And>(a, b);

    /// <summary>Where at least one is True; for integers the bitwise or.</summary>
    /// <exception cref="TypeError">The elements are floats.</exception>
    /// <exception cref="ValueError">The shapes cannot be broadcast.</exception>
    public static NDArray operator |(NDArray a, NDArray b) => AreBooleans(a, b) ? Booleans(a, b, (x, y) => x | y) : Bits<Or>(a, b);

    /// <summary>Where exactly one is True; for integers the bitwise exclusive or.</summary>
    /// <exception cref="TypeError">The elements are floats.</exception>
    /// <exception cref="ValueError">The shapes cannot be broadcast.</exception>
    public static NDArray operator ^(NDArray a, NDArray b) => AreBooleans(a, b) ? Booleans(a, b, (x, y) => x ^ y) : Bits<Xor>(a, b);

    /// <summary>Where an element is False; for integers the bitwise complement.</summary>
    /// <exception cref="TypeError">The elements are floats.</exception>
    public static NDArray operator ~(NDArray a) =>
        a.dtype == DType.@bool ? Booleans(a, a, (x, _) => !x) : a.dtype.Kind < 2 ? a.Kept<Inverse>() : Bits<Xor>(a, a);

    private static bool AreBooleans(NDArray a, NDArray b) => a.dtype == DType.@bool && b.dtype == DType.@bool;

    private static NDArray Booleans(NDArray a, NDArray b, Func<bool, bool, bool> of)
    {
        int[] shape = Together(a, b);
        var result = new bool[SizeOf(shape)];
        var (x, y) = ((bool[])a._store.Elements, (bool[])b._store.Elements);
        Broadcast.Each(shape, a._shape, b._shape, (at, i, j, count, repeats) =>
        {
            for (int k = 0; k < count; k++)
                result[at + k] = of(x[a._offset + i + (repeats == 1 ? 0 : k)], y[b._offset + j + (repeats == 2 ? 0 : k)]);
        });
        return new NDArray(result, shape, 0);
    }

    private static NDArray Compare<TComparison>(NDArray a, NDArray b) where TComparison : struct, IComparison
    {
        var type = Common(a, b);
        // A literal outside the array's type is compared by value, not refused.
        if (a.IsNumber != b.IsNumber && type.IsInteger && (a.IsNumber ? a : b) is { } one && one.dtype == DType.int64
            && (one.item() < (double)type.Limits.Least || one.item() > (double)type.Limits.Most)) type = type == DType.uint64 ? DType.float64 : DType.int64;
        if (b.ndim == 0 && a.ndim > 0 && type != DType.uint8 && a.Base.Bytes is not null)
        {
            // Bytes are compared through a table of 256 answers.
            double number = Rounded(b, type);
            byte[] holds = Array.ConvertAll(a._store.Table ?? Identity, v => TComparison.Of(v, number) ? (byte)1 : (byte)0);
            var all = NewElements.Of<bool>(a.size);
            a.Look(0, MemoryMarshal.AsBytes(all.AsSpan()), holds);
            return new NDArray(all, a._shape, 0);
        }
        return type.Run<Compared<TComparison>, (NDArray, NDArray), NDArray>((a, b));
    }

    private readonly struct Compared<TComparison> : IOfNumbers<(NDArray A, NDArray B), NDArray> where TComparison : struct, IComparison
    {
        public static NDArray Of<T>((NDArray A, NDArray B) pair) where T : unmanaged, INumber<T>, IMinMaxValue<T> => Compare<TComparison, T>(pair.A, pair.B);
    }

    private static NDArray Compare<TComparison, T>(NDArray a, NDArray b)
        where TComparison : struct, IComparison where T : unmanaged, INumber<T>
    {
        int[] shape = Together(a, b);
        var result = NewElements.Of<bool>(SizeOf(shape));
        var (x, atX) = a.Raw<T>();
        var (y, atY) = b.Raw<T>();
        Broadcast.Each(shape, a._shape, b._shape, (at, i, j, count, repeats) => Compare<TComparison, T>(
            x.AsSpan(atX + i, repeats == 1 ? 1 : count), y.AsSpan(atY + j, repeats == 2 ? 1 : count), MemoryMarshal.AsBytes(result.AsSpan(at, count))));
        return new NDArray(result, shape, 0);
    }

    // A side of one number is compared with every element of the other. A step compares as many elements as a vector of bytes has, to write one of them.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Compare<TComparison, T>(ReadOnlySpan<T> a, ReadOnlySpan<T> b, Span<byte> y)
        where TComparison : struct, IComparison where T : unmanaged, INumber<T>
    {
        bool isOneA = a.Length == 1, isOneB = b.Length == 1;
        ref T p = ref MemoryMarshal.GetReference(a), q = ref MemoryMarshal.GetReference(b);
        var bytes = Vector<T>.IsSupported ? MemoryMarshal.Cast<byte, Vector<byte>>(y) : [];
        for (int i = 0; i < bytes.Length; i++)
        {
            int at = i * Vector<byte>.Count;
            var holds = Unsafe.SizeOf<T>() switch
            {
                1 => Mask<byte>(ref p, ref q, at, 0),
                2 => Vector.Narrow(Mask<ushort>(ref p, ref q, at, 0), Mask<ushort>(ref p, ref q, at, 1)),
                4 => Bytes(Mask<uint>(ref p, ref q, at, 0), Mask<uint>(ref p, ref q, at, 1), Mask<uint>(ref p, ref q, at, 2), Mask<uint>(ref p, ref q, at, 3)),
                _ => Bytes(Vector.Narrow(Mask<ulong>(ref p, ref q, at, 0), Mask<ulong>(ref p, ref q, at, 1)),
                    Vector.Narrow(Mask<ulong>(ref p, ref q, at, 2), Mask<ulong>(ref p, ref q, at, 3)),
                    Vector.Narrow(Mask<ulong>(ref p, ref q, at, 4), Mask<ulong>(ref p, ref q, at, 5)),
                    Vector.Narrow(Mask<ulong>(ref p, ref q, at, 6), Mask<ulong>(ref p, ref q, at, 7))),
            };
            bytes[i] = holds & Vector<byte>.One;
        }
        for (int i = bytes.Length * Vector<byte>.Count; i < y.Length; i++) y[i] = TComparison.Of(a[isOneA ? 0 : i], b[isOneB ? 0 : i]) ? (byte)1 : (byte)0;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        Vector<TMask> Mask<TMask>(ref T p, ref T q, int at, int vector)
        {
            nuint place = (nuint)(at + vector * Vector<T>.Count);
            Vector<T> x = isOneA ? new Vector<T>(p) : Vector.LoadUnsafe(ref p, place), y = isOneB ? new Vector<T>(q) : Vector.LoadUnsafe(ref q, place);
            return TComparison.Of(x, y).As<T, TMask>();
        }

        static Vector<byte> Bytes(Vector<uint> a, Vector<uint> b, Vector<uint> c, Vector<uint> d) => Vector.Narrow(Vector.Narrow(a, b), Vector.Narrow(c, d));
    }

    private interface IComparison
    {
        static abstract bool Of<T>(T a, T b) where T : INumber<T>;

        // All bits of a lane are set where the comparison holds.
        static abstract Vector<T> Of<T>(Vector<T> a, Vector<T> b);
    }

    private readonly struct Equality : IComparison
    {
        public static bool Of<T>(T a, T b) where T : INumber<T> => a == b;

        public static Vector<T> Of<T>(Vector<T> a, Vector<T> b) => Vector.Equals(a, b);
    }

    private readonly struct Inequality : IComparison
    {
        public static bool Of<T>(T a, T b) where T : INumber<T> => a != b;

        public static Vector<T> Of<T>(Vector<T> a, Vector<T> b) => ~Vector.Equals(a, b);
    }

    private readonly struct Less : IComparison
    {
        public static bool Of<T>(T a, T b) where T : INumber<T> => a < b;

        public static Vector<T> Of<T>(Vector<T> a, Vector<T> b) => Vector.LessThan(a, b);
    }

    private readonly struct LessOrEqual : IComparison
    {
        public static bool Of<T>(T a, T b) where T : INumber<T> => a <= b;

        public static Vector<T> Of<T>(Vector<T> a, Vector<T> b) => Vector.LessThanOrEqual(a, b);
    }

    private readonly struct Greater : IComparison
    {
        public static bool Of<T>(T a, T b) where T : INumber<T> => a > b;

        public static Vector<T> Of<T>(Vector<T> a, Vector<T> b) => Vector.GreaterThan(a, b);
    }

    private readonly struct GreaterOrEqual : IComparison
    {
        public static bool Of<T>(T a, T b) where T : INumber<T> => a >= b;

        public static Vector<T> Of<T>(Vector<T> a, Vector<T> b) => Vector.GreaterThanOrEqual(a, b);
    }
}
