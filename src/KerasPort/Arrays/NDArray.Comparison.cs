using System.Numerics;

namespace KerasPort;

#pragma warning disable CA1065  // Comparison throws where numpy's does.

/// <content>Comparisons, which give an array of booleans, element by element with broadcasting, and what combines these.</content>
public sealed partial class NDArray
{
    /// <summary>Where the elements are equal; beside <c>null</c> one False. Whether a variable holds an array says <c>is null</c>.</summary>
    /// <exception cref="ValueError">The shapes cannot be broadcast.</exception>
    public static NDArray operator ==(NDArray? a, NDArray? b) => a is null || b is null ? false : Compare<Equality>(a, b);

    /// <inheritdoc cref="op_Equality(NDArray, NDArray)"/>
    public static NDArray operator ==(NDArray a, double b) => Compare<Equality>(a, b);

    /// <inheritdoc cref="op_Equality(NDArray, NDArray)"/>
    public static NDArray operator ==(NDArray a, int b) => Compare<Equality>(a, b);

    /// <summary>Where the elements differ; beside <c>null</c> one True. Whether a variable holds an array says <c>is null</c>.</summary>
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

    /// <summary>Where both are True.</summary>
    /// <exception cref="ValueError">They aren't arrays of booleans, or the shapes cannot be broadcast.</exception>
    public static NDArray operator &(NDArray a, NDArray b) => Booleans(a, b, (x, y) => x & y);

    /// <summary>Where one is True or both are.</summary>
    /// <exception cref="ValueError">They aren't arrays of booleans, or the shapes cannot be broadcast.</exception>
    public static NDArray operator |(NDArray a, NDArray b) => Booleans(a, b, (x, y) => x | y);

    /// <summary>Where one is True and the other isn't.</summary>
    /// <exception cref="ValueError">They aren't arrays of booleans, or the shapes cannot be broadcast.</exception>
    public static NDArray operator ^(NDArray a, NDArray b) => Booleans(a, b, (x, y) => x ^ y);

    /// <summary>Where an element is False.</summary>
    /// <exception cref="ValueError">It isn't an array of booleans.</exception>
    public static NDArray operator ~(NDArray a) => Booleans(a, a, (x, _) => !x);

    private static NDArray Booleans(NDArray a, NDArray b, Func<bool, bool, bool> of)
    {
        if (a.dtype != DType.@bool || b.dtype != DType.@bool)
            throw new ValueError($"&, |, ^ and ~ combine arrays of booleans, such as (x > 0) & (x < 1); here they are of {a.dtype} and {b.dtype}");
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
        if (b.ndim == 0 && a.ndim > 0 && a._store.Elements is byte[] bytes)
        {
            // What holds of a byte is looked up.
            double number = Rounded(b, type);
            bool[] holds = Array.ConvertAll(a._store.Table ?? Identity, v => TComparison.Of(v, number));
            var all = new bool[a.size];
            for (int i = 0; i < all.Length; i++) all[i] = holds[bytes[a._offset + i]];
            return new NDArray(all, a._shape, 0);
        }
        return type.Type switch
        {
            ElementType.Bool or ElementType.UInt8 => Compare<TComparison, byte>(a, b),
            ElementType.Int32 => Compare<TComparison, int>(a, b),
            ElementType.Int64 => Compare<TComparison, long>(a, b),
            ElementType.Float32 => Compare<TComparison, float>(a, b),
            _ => Compare<TComparison, double>(a, b),
        };
    }

    private static NDArray Compare<TComparison, T>(NDArray a, NDArray b)
        where TComparison : struct, IComparison where T : unmanaged, INumber<T>
    {
        int[] shape = Together(a, b);
        var result = new bool[SizeOf(shape)];
        var (x, atX) = a.Raw<T>();
        var (y, atY) = b.Raw<T>();
        Broadcast.Each(shape, a._shape, b._shape, (at, i, j, count, repeats) =>
        {
            var to = result.AsSpan(at, count);
            var p = x.AsSpan(atX + i, repeats == 1 ? 1 : count);
            var q = y.AsSpan(atY + j, repeats == 2 ? 1 : count);
            if (repeats == 1) for (int k = 0; k < to.Length; k++) to[k] = TComparison.Of(p[0], q[k]);
            else if (repeats == 2) for (int k = 0; k < to.Length; k++) to[k] = TComparison.Of(p[k], q[0]);
            else for (int k = 0; k < to.Length; k++) to[k] = TComparison.Of(p[k], q[k]);
        });
        return new NDArray(result, shape, 0);
    }

    private interface IComparison
    {
        static abstract bool Of<T>(T a, T b) where T : INumber<T>;
    }

    private readonly struct Equality : IComparison
    {
        public static bool Of<T>(T a, T b) where T : INumber<T> => a == b;
    }

    private readonly struct Inequality : IComparison
    {
        public static bool Of<T>(T a, T b) where T : INumber<T> => a != b;
    }

    private readonly struct Less : IComparison
    {
        public static bool Of<T>(T a, T b) where T : INumber<T> => a < b;
    }

    private readonly struct LessOrEqual : IComparison
    {
        public static bool Of<T>(T a, T b) where T : INumber<T> => a <= b;
    }

    private readonly struct Greater : IComparison
    {
        public static bool Of<T>(T a, T b) where T : INumber<T> => a > b;
    }

    private readonly struct GreaterOrEqual : IComparison
    {
        public static bool Of<T>(T a, T b) where T : INumber<T> => a >= b;
    }
}
