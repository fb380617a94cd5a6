using System.Numerics;
using System.Numerics.Tensors;

namespace KerasPort;

/// <content>Sums, means, largest and smallest elements, of numpy's types: of the whole array as a number, or along an axis as an array.</content>
public sealed partial class NDArray
{
    /// <summary>The largest element, NaN where there is one.</summary>
    /// <exception cref="ValueError">The array is empty.</exception>
    public NumpyScalar max() => new(Extreme("maximum", Math.Max));

    /// <summary>The largest elements along <paramref name="axis"/>, NaN where there is one.</summary>
    /// <exception cref="ValueError">There is no such axis, or nothing along it.</exception>
    public NDArray max(int axis, bool keepdims = false) => Folded(axis, keepdims).Extremes<Largest>("maximum");

    /// <summary>The smallest element, NaN where there is one.</summary>
    /// <exception cref="ValueError">The array is empty.</exception>
    public NumpyScalar min() => new(Extreme("minimum", Math.Min));

    /// <summary>The smallest elements along <paramref name="axis"/>, NaN where there is one.</summary>
    /// <exception cref="ValueError">There is no such axis, or nothing along it.</exception>
    public NDArray min(int axis, bool keepdims = false) => Folded(axis, keepdims).Extremes<Smallest>("minimum");

    /// <summary>The sum, of integers in int64, of floats in their type, pairwise as numpy sums.</summary>
    public NumpyScalar sum() => new(Whole.Sums());

    /// <summary>The sums along <paramref name="axis"/>: of integers in int64, of floats in their type.</summary>
    /// <exception cref="ValueError">There is no such axis.</exception>
    public NDArray sum(int axis, bool keepdims = false) => Folded(axis, keepdims).Sums();

    /// <summary>The mean, of float32 in float32, else in float64.</summary>
    public NumpyScalar mean() => Inexact((dtype == DType.float32 ? sum() : Pairwise(0, size, Table<double>())) / size);

    /// <summary>The means along <paramref name="axis"/>: of float32 in float32, else in float64.</summary>
    /// <exception cref="ValueError">There is no such axis.</exception>
    public NDArray mean(int axis, bool keepdims = false)
    {
        var folded = Folded(axis, keepdims);
        return (folded with { Array = dtype == DType.float32 ? this : astype(DType.float64) }).Sums() / (double)folded.Length;
    }

    /// <summary>The standard deviation, of float32 in float32, else in float64.</summary>
    public NumpyScalar std()
    {
        var distances = this - (NDArray)mean();
        return Inexact(Math.Sqrt((distances * distances).mean()));
    }

    /// <summary>
    /// The position of the largest element (the first of equals; NaN is larger than any) along <paramref name="axis"/>; in all of the array without one.
    /// </summary>
    /// <exception cref="ValueError">There is no such axis, or nothing along it.</exception>
    public NDArray argmax(int? axis = null) => Position<Largest>("argmax", axis);

    /// <summary>
    /// The position of the smallest element (the first of equals; NaN is smaller than any) along <paramref name="axis"/>; in all of the array without one.
    /// </summary>
    /// <exception cref="ValueError">There is no such axis, or nothing along it.</exception>
    public NDArray argmin(int? axis = null) => Position<Smallest>("argmin", axis);

    private NDArray Position<TExtreme>(string operation, int? axis) where TExtreme : struct, IExtreme => axis is { } at
        ? Folded(at, keepdims: false).Positions<TExtreme>(operation)
        : Whole.Positions<TExtreme>(operation);

    private NDArray Extreme(string operation, Func<double, double, double> of)
    {
        if (size == 0) throw new ValueError($"zero-size array to reduction operation {operation} which has no identity");
        if (_store is not { Elements: byte[] bytes, Table: { } table })
            return operation == "maximum" ? Whole.Extremes<Largest>(operation) : Whole.Extremes<Smallest>(operation);
        var present = new bool[256];
        foreach (byte b in bytes.AsSpan(_offset, size)) present[b] = true;
        return ((NDArray)table.Where((_, b) => present[b]).Aggregate(of)).astype(dtype);
    }

    private Fold Whole => new(this, 1, size, 1, []);

    // A mean's type: float32 of float32, else float64.
    private NumpyScalar Inexact(double value) => new(dtype == DType.float32 ? (NDArray)(float)value : value);

    // The array as outer × length × inner around that axis.
    private Fold Folded(int axis, bool keepdims)
    {
        int at = axis < 0 ? axis + ndim : axis;
        if (at < 0 || at >= ndim) throw new ValueError($"axis {axis} is out of bounds for array of dimension {ndim}");
        int[] rest = keepdims ? [.. _shape[..at], 1, .. _shape[(at + 1)..]] : [.. _shape[..at], .. _shape[(at + 1)..]];
        return new Fold(this, SizeOf(_shape.AsSpan(0, at)), _shape[at], SizeOf(_shape.AsSpan(at + 1)), rest);
    }

    // numpy's order of summing: halves of at most 128 elements, in each eight sums side by side.
    private T Pairwise<T>(int start, int count, T[]? table) where T : unmanaged, INumber<T>
    {
        if (count > 128)
        {
            int half = count / 2;
            half -= half % 8;
            return Pairwise(start, half, table) + Pairwise(start + half, count - half, table);
        }
        if (_store is { Elements: T[] own, Table: null }) return Block<T>(own.AsSpan(_offset + start, count));
        Span<T> leaf = stackalloc T[128];
        leaf = leaf[..count];
        if (table is null) Read(start, leaf);
        else Look(start, leaf, table);
        return Block<T>(leaf);
    }

    private static T Block<T>(ReadOnlySpan<T> v) where T : INumber<T>
    {
        if (v.Length < 8)
        {
            // numpy starts from -0, which leaves a sum of zeros its sign.
            var sum = v.IsEmpty ? T.Zero : -T.Zero;
            foreach (var value in v) sum += value;
            return sum;
        }
        var (a, b, c, d, e, f, g, h) = (v[0], v[1], v[2], v[3], v[4], v[5], v[6], v[7]);
        int i = 8;
        for (; i <= v.Length - 8; i += 8)
        {
            a += v[i];
            b += v[i + 1];
            c += v[i + 2];
            d += v[i + 3];
            e += v[i + 4];
            f += v[i + 5];
            g += v[i + 6];
            h += v[i + 7];
        }
        var all = a + b + (c + d) + (e + f + (g + h));
        for (; i < v.Length; i++) all += v[i];
        return all;
    }

    private interface IExtreme
    {
        // Whether a goes before b; a NaN goes before all.
        static abstract bool Before<T>(T a, T b) where T : INumber<T>;

        static abstract T Of<T>(ReadOnlySpan<T> values) where T : INumber<T>;

        static abstract int At<T>(ReadOnlySpan<T> values) where T : INumber<T>;

        static abstract void Of<T>(ReadOnlySpan<T> a, ReadOnlySpan<T> b, Span<T> y) where T : INumber<T>;
    }

    private readonly struct Largest : IExtreme
    {
        public static bool Before<T>(T a, T b) where T : INumber<T> => !(a <= b);

        public static T Of<T>(ReadOnlySpan<T> values) where T : INumber<T> => TensorPrimitives.Max(values);

        public static int At<T>(ReadOnlySpan<T> values) where T : INumber<T> => TensorPrimitives.IndexOfMax(values);

        public static void Of<T>(ReadOnlySpan<T> a, ReadOnlySpan<T> b, Span<T> y) where T : INumber<T> => TensorPrimitives.Max(a, b, y);
    }

    private readonly struct Smallest : IExtreme
    {
        public static bool Before<T>(T a, T b) where T : INumber<T> => !(a >= b);

        public static T Of<T>(ReadOnlySpan<T> values) where T : INumber<T> => TensorPrimitives.Min(values);

        public static int At<T>(ReadOnlySpan<T> values) where T : INumber<T> => TensorPrimitives.IndexOfMin(values);

        public static void Of<T>(ReadOnlySpan<T> a, ReadOnlySpan<T> b, Span<T> y) where T : INumber<T> => TensorPrimitives.Min(a, b, y);
    }

    private readonly record struct Fold(NDArray Array, int Outer, int Length, int Inner, int[] Shape)
    {
        public NDArray Sums() => Array.dtype.Type switch
        {
            ElementType.Float32 => Sums<float>(),
            ElementType.Float64 => Sums<double>(),
            _ => Sums<long>(),
        };

        public NDArray Extremes<TExtreme>(string operation) where TExtreme : struct, IExtreme
        {
            if (Length == 0 && Outer * Inner > 0) throw new ValueError($"zero-size array to reduction operation {operation} which has no identity");
            return Array.dtype.Type switch
            {
                ElementType.Bool => Extremes<TExtreme, byte>().astype(DType.@bool),
                ElementType.UInt8 => Extremes<TExtreme, byte>(),
                ElementType.Int32 => Extremes<TExtreme, int>(),
                ElementType.Int64 => Extremes<TExtreme, long>(),
                ElementType.Float32 => Extremes<TExtreme, float>(),
                _ => Extremes<TExtreme, double>(),
            };
        }

        public NDArray Positions<TExtreme>(string operation) where TExtreme : struct, IExtreme
        {
            if (Length == 0 && Outer * Inner > 0) throw new ValueError($"attempt to get {operation} of an empty sequence");
            return Array.dtype.Type switch
            {
                ElementType.Bool or ElementType.UInt8 => Positions<TExtreme, byte>(),
                ElementType.Int32 => Positions<TExtreme, int>(),
                ElementType.Int64 => Positions<TExtreme, long>(),
                ElementType.Float32 => Positions<TExtreme, float>(),
                _ => Positions<TExtreme, double>(),
            };
        }

        private NDArray Sums<T>() where T : unmanaged, INumber<T>
        {
            var sums = new T[Outer * Inner];
            var table = Array.Table<T>();
            if (Inner == 1)
            {
                for (int i = 0; i < sums.Length; i++) sums[i] = Array.Pairwise(i * Length, Length, table);
                return new NDArray(sums, Shape, 0);
            }
            var row = new T[Inner];
            for (int o = 0; o < Outer; o++)
            {
                var sum = sums.AsSpan(o * Inner, Inner);
                for (int k = 0; k < Length; k++)
                {
                    int at = (o * Length + k) * Inner;
                    if (table is null) Array.Read(at, row.AsSpan());
                    else Array.Look(at, row.AsSpan(), table);
                    if (k == 0) row.CopyTo(sum);
                    else TensorPrimitives.Add<T>(sum, row, sum);
                }
            }
            return new NDArray(sums, Shape, 0);
        }

        private NDArray Extremes<TExtreme, T>() where TExtreme : struct, IExtreme where T : unmanaged, INumber<T>
        {
            var best = new T[Outer * Inner];
            var values = Array.Span<T>();
            for (int o = 0; o < Outer && best.Length > 0; o++)
            {
                var block = values.Slice(o * Length * Inner, Length * Inner);
                if (Inner == 1)
                {
                    best[o] = TExtreme.Of(block);
                    continue;
                }
                var row = best.AsSpan(o * Inner, Inner);
                block[..Inner].CopyTo(row);
                for (int k = 1; k < Length; k++) TExtreme.Of(row, block.Slice(k * Inner, Inner), row);
            }
            return new NDArray(best, Shape, 0);
        }

        private NDArray Positions<TExtreme, T>() where TExtreme : struct, IExtreme where T : unmanaged, INumber<T>
        {
            var positions = new long[Outer * Inner];
            var values = Array.Span<T>();
            var best = new T[Inner];
            for (int o = 0; o < Outer && positions.Length > 0; o++)
            {
                var block = values.Slice(o * Length * Inner, Length * Inner);
                var to = positions.AsSpan(o * Inner, Inner);
                if (Inner == 1)
                {
                    to[0] = First<TExtreme, T>(block);
                    continue;
                }
                block[..Inner].CopyTo(best);
                for (int k = 1; k < Length; k++)
                {
                    var row = block.Slice(k * Inner, Inner);
                    for (int i = 0; i < row.Length; i++)
                        if (TExtreme.Before(row[i], best[i]) && !T.IsNaN(best[i])) (best[i], to[i]) = (row[i], k);
                }
            }
            return new NDArray(positions, Shape, 0);
        }

        private static int First<TExtreme, T>(ReadOnlySpan<T> values) where TExtreme : struct, IExtreme where T : unmanaged, INumber<T>
        {
            int at = TExtreme.At(values);
            // To the vectors 0 is larger than -0; to numpy they are equals, of which the first counts.
            for (int i = 0; i < at && T.IsZero(values[at]); i++) if (T.IsZero(values[i])) return i;
            return at;
        }
    }
}
