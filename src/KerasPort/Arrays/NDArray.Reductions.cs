using System.Numerics;

namespace KerasPort;

/// <content>Reductions with numpy's result types: over the whole array to a number, or along axes to an array.</content>
public sealed partial class NDArray
{
    /// <summary>The largest element, or NaN if there is one.</summary>
    /// <exception cref="ValueError">The array is empty.</exception>
    public NumpyScalar max() => new(Extreme("maximum", Math.Max));

    /// <summary>The largest elements along <paramref name="axis"/>, or NaN where there is one.</summary>
    /// <exception cref="ValueError">There is no such axis, or nothing along it.</exception>
    public NDArray max(Axes? axis = null, bool keepdims = false) => Folded(Distinct(axis), keepdims).Extremes<Largest>("maximum");

    /// <summary>The smallest element, or NaN if there is one.</summary>
    /// <exception cref="ValueError">The array is empty.</exception>
    public NumpyScalar min() => new(Extreme("minimum", Math.Min));

    /// <summary>The smallest elements along <paramref name="axis"/>, or NaN where there is one.</summary>
    /// <exception cref="ValueError">There is no such axis, or nothing along it.</exception>
    public NDArray min(Axes? axis = null, bool keepdims = false) => Folded(Distinct(axis), keepdims).Extremes<Smallest>("minimum");

    /// <summary>The sum: of integers in 64 bits, of floats in their type, pairwise as numpy sums.</summary>
    public NumpyScalar sum() => new(Whole.Sums());

    /// <summary>The sums along <paramref name="axis"/>: of integers in 64 bits, of floats in their type.</summary>
    /// <exception cref="ValueError">There is no such axis.</exception>
    public NDArray sum(Axes? axis = null, bool keepdims = false)
    {
        // Adjacent elements are added pairwise, others in order, as numpy does: the digits depend on it.
        int[] folded = Distinct(axis);
        int first = ndim;
        while (folded.Contains(first - 1)) first--;
        if (first == ndim || folded.Length == ndim - first) return Folded(folded, keepdims).Sums();
        var sums = Folded([.. Enumerable.Range(first, ndim - first)], keepdims: true).Sums().sum([.. folded.Where(i => i < first)], keepdims: true);
        return sums.reshape(Rest(folded, keepdims));
    }

    /// <summary>The mean, of floats in their type, else in float64.</summary>
    public NumpyScalar mean() => dtype == DType.float16 ? new(mean(axis: null))
        : Inexact((dtype.Type is ElementType.Bool or ElementType.UInt8 or ElementType.Float32 ? sum() : Pairwise(0, size, Table<double>())) / size);

    /// <summary>The means along <paramref name="axis"/>: of floats in their type, else in float64.</summary>
    /// <param name="axis">An axis or several; <c>null</c> for all.</param>
    /// <param name="keepdims">Whether these axes stay, with length 1.</param>
    /// <exception cref="ValueError">There is no such axis.</exception>
    public NDArray mean(Axes? axis = null, bool keepdims = false)
    {
        // float16 is summed in float32. Integers below 64 bits are summed exactly, in any type; those of 64 bits in double, as numpy does.
        if (dtype == DType.float16) return astype(DType.float32).mean(axis, keepdims).astype(dtype);
        var summed = dtype.IsInteger && itemsize == 8 ? astype(DType.float64) : this;
        return Over(summed.sum(axis, keepdims), Distinct(axis).Aggregate(1L, (count, i) => count * _shape[i]));
    }

    /// <summary>The variance, of floats in their type, else in float64.</summary>
    public NumpyScalar var(int ddof = 0) => new(var(axis: null, ddof));

    /// <summary>The variances along <paramref name="axis"/>: of floats in their type, else in float64.</summary>
    /// <param name="axis">An axis or several; <c>null</c> for all.</param>
    /// <param name="ddof">Subtracted from the count by which the sum of squares is divided.</param>
    /// <param name="keepdims">Whether the reduced axes stay, with length 1.</param>
    /// <exception cref="ValueError">There is no such axis.</exception>
    public NDArray var(Axes? axis, int ddof = 0, bool keepdims = false)
    {
        if (dtype == DType.float16) return astype(DType.float32).var(axis, ddof, keepdims).astype(dtype);
        var distances = this - mean(axis, keepdims: true);
        long count = Distinct(axis).Aggregate(1L, (count, i) => count * _shape[i]);
        return Over((distances * distances).sum(axis, keepdims), Math.Max(count - ddof, 0));
    }

    /// <summary>The standard deviation, of floats in their type, else in float64.</summary>
    public NumpyScalar std(int ddof = 0) => new(std(axis: null, ddof));

    /// <summary>The standard deviations along <paramref name="axis"/>: of floats in their type, else in float64.</summary>
    /// <inheritdoc cref="var(Axes?, int, bool)"/>
    public NDArray std(Axes? axis, int ddof = 0, bool keepdims = false) => var(axis, ddof, keepdims).Mapped<SquareRoot>();

    // Arrays are divided in the type of the sums; a single sum in double, then rounded.
    private static NDArray Over(NDArray sums, long count) =>
        sums.ndim == 0 && sums.dtype == DType.float32 ? (NDArray)(float)(sums.item() / count) : sums / (double)count;

    /// <summary>The product, of integers in 64 bits, of floats in their type.</summary>
    public NumpyScalar prod() => new(prod(axis: null));

    /// <summary>The products along <paramref name="axis"/>: of integers in 64 bits, of floats in their type.</summary>
    /// <exception cref="ValueError">There is no such axis.</exception>
    public NDArray prod(Axes? axis, bool keepdims = false) => Folded(Distinct(axis), keepdims).Products();

    /// <summary>The range: the largest less the smallest element.</summary>
    /// <exception cref="ValueError">The array is empty.</exception>
    public NumpyScalar ptp() => new(ptp(axis: null));

    /// <summary>The ranges along <paramref name="axis"/>: the largest less the smallest element.</summary>
    /// <exception cref="ValueError">There is no such axis, or nothing along it.</exception>
    public NDArray ptp(Axes? axis, bool keepdims = false) => max(axis, keepdims) - min(axis, keepdims);

    /// <summary>Where along <paramref name="axis"/> any element isn't 0.</summary>
    /// <exception cref="ValueError">There is no such axis.</exception>
    public NDArray any(Axes? axis, bool keepdims = false) => astype(DType.@bool).Folded(Distinct(axis), keepdims).Largests();

    /// <summary>Where along <paramref name="axis"/> no element is 0.</summary>
    /// <exception cref="ValueError">There is no such axis.</exception>
    public NDArray all(Axes? axis, bool keepdims = false) => ~(astype(DType.@bool) == false).any(axis, keepdims);

    /// <summary>The running sums along an axis; without one those of all elements in row-major order.</summary>
    /// <exception cref="ValueError">There is no such axis.</exception>
    public NDArray cumsum(int? axis = null) => Cumulative<Addition>(axis);

    /// <summary>The running products along an axis; without one those of all elements in row-major order.</summary>
    /// <exception cref="ValueError">There is no such axis.</exception>
    public NDArray cumprod(int? axis = null) => Cumulative<Multiplication>(axis);

    private NDArray Cumulative<TOperation>(int? axis) where TOperation : struct, IOperation
    {
        var from = axis is null || IsAlong(axis) ? ravel() : this;
        int at = from.At(axis ?? 0);
        var fold = from.Folded([at], keepdims: false);
        return dtype.Summed.Run<CumulativeOf<TOperation>, Fold, NDArray>(fold);
    }

    private readonly struct CumulativeOf<TOperation> : IOfNumbers<Fold, NDArray> where TOperation : struct, IOperation
    {
        public static NDArray Of<T>(Fold fold) where T : unmanaged, INumber<T>, IMinMaxValue<T> => fold.Cumulative<TOperation, T>();
    }

    /// <summary>The position of the largest element (the first of equals; NaN is larger than any) along <paramref name="axis"/>.</summary>
    /// <param name="axis">The axis; without one the position among all elements in row-major order.</param>
    /// <exception cref="ValueError">There is no such axis, or nothing along it.</exception>
    public NDArray argmax(int? axis = null) => Position<Largest>("argmax", axis);

    /// <summary>
    /// The position of the smallest element (the first of equals; NaN is smaller than any) along <paramref name="axis"/>; without one among all elements.
    /// </summary>
    /// <exception cref="ValueError">There is no such axis, or nothing along it.</exception>
    public NDArray argmin(int? axis = null) => Position<Smallest>("argmin", axis);

    private NDArray Position<TExtreme>(string operation, int? axis) where TExtreme : struct, IExtreme => axis is { } at && !IsAlong(axis)
        ? Folded([At(at)], keepdims: false).Positions<TExtreme>(operation)
        : Whole.Positions<TExtreme>(operation);

    private NDArray Extreme(string operation, Func<double, double, double> of)
    {
        if (size == 0) throw new ValueError($"zero-size array to reduction operation {operation} which has no identity");
        if (_store is not { Bytes: { } bytes, Table: { } table })
            return operation == "maximum" ? Whole.Extremes<Largest>(operation) : Whole.Extremes<Smallest>(operation);
        var present = new bool[256];
        foreach (byte b in bytes.AsSpan(_offset, size)) present[b] = true;
        return ((NDArray)table.Where((_, b) => present[b]).Aggregate(of)).astype(dtype);
    }

    private Fold Whole => new(this, 1, size, 1, []);

    // The type of means: float32 for float32, else float64.
    private NumpyScalar Inexact(double value) => new(dtype == DType.float32 ? (NDArray)(float)value : value);

    private int[] Distinct(Axes? axes)
    {
        if (axes is [var one] && IsAlong(one)) return [];
        int[] all = Axes.Of(axes, shape);
        return axes is null || all.Length == axes.Count ? all : throw new ValueError($"duplicate value in 'axis': {axes}");
    }

    // numpy accepts axis 0 or -1 for an array without a dimension.
    private bool IsAlong(int? axis) => ndim == 0 && (axis is 0 or -1);

    private int[] Rest(int[] folded, bool keepdims) => keepdims ? [.. _shape.Select((d, i) => folded.Contains(i) ? 1 : d)]
        : [.. _shape.Where((_, i) => !folded.Contains(i))];

    // The array as outer × length × inner, with those axes as length; they are moved to the front where they aren't adjacent.
    private Fold Folded(int[] axes, bool keepdims)
    {
        int[] rest = Rest(axes, keepdims);
        if (axes.Length == 0) return new Fold(this, size, 1, 1, rest);
        if (axes[^1] - axes[0] == axes.Length - 1)
            return new Fold(this, SizeOf(_shape.AsSpan(0, axes[0])), SizeOf(_shape.AsSpan(axes[0], axes.Length)), SizeOf(_shape.AsSpan(axes[^1] + 1)), rest);
        int[] others = [.. Enumerable.Range(0, ndim).Except(axes)];
        return new Fold(transpose([.. axes, .. others]), 1, axes.Aggregate(1, (count, i) => count * _shape[i]), SizeOf(rest), rest);
    }

    // numpy's pairwise sum: halved down to at most 128 elements, which are added in eight interleaved sums.
    private T Pairwise<T>(int start, int count, T[]? table) where T : unmanaged, INumber<T>
    {
        if (count > 128)
        {
            int half = count / 2;
            half -= half % 8;
            return Pairwise(start, half, table) + Pairwise(start + half, count - half, table);
        }
        if (Own<T>() is { } own) return Block<T>(own.AsSpan(_offset + start, count));
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
            // numpy starts from -0, so that a sum of -0s is -0.
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
}
