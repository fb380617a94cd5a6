namespace KerasPort;

/// <content>Reductions that ignore NaN.</content>
public sealed partial class NumpyModule
{
    /// <summary>The sum, ignoring NaN.</summary>
    public NumpyScalar nansum(NDArray a) => Without(a, 0).sum();

    /// <summary>The sums along an axis or several, ignoring NaN.</summary>
    /// <exception cref="ValueError">There is no such axis.</exception>
    public NDArray nansum(NDArray a, Axes? axis, bool keepdims = false) => Without(a, 0).sum(axis, keepdims);

    /// <summary>The mean, ignoring NaN; NaN if there is nothing else.</summary>
    public NumpyScalar nanmean(NDArray a) => new(nanmean(a, axis: null));

    /// <summary>The means along an axis or several, ignoring NaN; NaN where there is nothing else.</summary>
    /// <exception cref="ValueError">There is no such axis.</exception>
    public NDArray nanmean(NDArray a, Axes? axis, bool keepdims = false) => IsInexact(a)
        ? (nansum(a, axis, keepdims) / Numbers(a, axis, keepdims)).astype(a.dtype) : a.mean(axis, keepdims);

    /// <summary>The variance, ignoring NaN.</summary>
    /// <param name="a">The array.</param>
    /// <param name="ddof">Subtracted from the count by which the sum of squares is divided.</param>
    public NumpyScalar nanvar(NDArray a, int ddof = 0) => new(nanvar(a, axis: null, ddof));

    /// <summary>The variances along an axis or several, ignoring NaN.</summary>
    /// <inheritdoc cref="NDArray.var(Axes?, int, bool)"/>
    public NDArray nanvar(NDArray a, Axes? axis, int ddof = 0, bool keepdims = false)
    {
        if (!IsInexact(a)) return a.var(axis, ddof, keepdims);
        // The distance of infinite elements from the mean is NaN, which must stay.
        var distances = where(isnan(a), zeros(1, a.dtype), a - nanmean(a, axis, keepdims: true));
        var counts = Numbers(a, axis, keepdims) - ddof;
        return where(counts > 0, (distances * distances).sum(axis, keepdims) / maximum(counts, 1), nan).astype(a.dtype);
    }

    /// <summary>The standard deviation, ignoring NaN.</summary>
    /// <inheritdoc cref="nanvar(NDArray, int)"/>
    public NumpyScalar nanstd(NDArray a, int ddof = 0) => new(nanstd(a, axis: null, ddof));

    /// <summary>The standard deviations along an axis or several, ignoring NaN.</summary>
    /// <inheritdoc cref="NDArray.var(Axes?, int, bool)"/>
    public NDArray nanstd(NDArray a, Axes? axis, int ddof = 0, bool keepdims = false) => sqrt(nanvar(a, axis, ddof, keepdims));

    /// <summary>The largest element, ignoring NaN; NaN if there is nothing else.</summary>
    /// <exception cref="ValueError">The array is empty.</exception>
    public NumpyScalar nanmax(NDArray a) => new(nanmax(a, axis: null));

    /// <summary>The largest elements along an axis or several, ignoring NaN; NaN where there is nothing else.</summary>
    /// <exception cref="ValueError">There is no such axis, or nothing along it.</exception>
    public NDArray nanmax(NDArray a, Axes? axis, bool keepdims = false) => Known(a, axis, keepdims, Without(a, double.NegativeInfinity).max(axis, keepdims));

    /// <summary>The smallest element, ignoring NaN; NaN if there is nothing else.</summary>
    /// <exception cref="ValueError">The array is empty.</exception>
    public NumpyScalar nanmin(NDArray a) => new(nanmin(a, axis: null));

    /// <summary>The smallest elements along an axis or several, ignoring NaN; NaN where there is nothing else.</summary>
    /// <exception cref="ValueError">There is no such axis, or nothing along it.</exception>
    public NDArray nanmin(NDArray a, Axes? axis, bool keepdims = false) => Known(a, axis, keepdims, Without(a, double.PositiveInfinity).min(axis, keepdims));

    /// <summary>The index of the largest element, ignoring NaN.</summary>
    /// <exception cref="ValueError">There is no such axis, or nothing along it.</exception>
    public NDArray nanargmax(NDArray a, int? axis = null) => Without(a, double.NegativeInfinity).argmax(axis);

    /// <summary>The index of the smallest element, ignoring NaN.</summary>
    /// <exception cref="ValueError">There is no such axis, or nothing along it.</exception>
    public NDArray nanargmin(NDArray a, int? axis = null) => Without(a, double.PositiveInfinity).argmin(axis);

    /// <summary>The median, ignoring NaN.</summary>
    public NumpyScalar nanmedian(NDArray a) => new(nanmedian(a, axis: null));

    /// <summary>The medians along an axis or several, ignoring NaN.</summary>
    /// <exception cref="ValueError">There is no such axis.</exception>
    public NDArray nanmedian(NDArray a, Axes? axis, bool keepdims = false)
    {
        var (lines, rest) = a.Lined(axis, keepdims);
        int count = lines.shape[..^1].Aggregate(1, (count, d) => count * d);
        NDArray flat = lines.reshape(count, lines.shape[-1]), type = zeros(0, IsInexact(a) ? a.dtype : float64);
        NDArray[] middles = [.. Enumerable.Range(0, flat.shape[0]).Select(i => median(flat[i][~isnan(flat[i])], axis: null))];
        return (middles.Length == 0 ? type : NDArray.OfRows(middles)).astype(type.dtype).reshape(rest);
    }

    /// <summary>The product, ignoring NaN.</summary>
    public NumpyScalar nanprod(NDArray a) => Without(a, 1).prod();

    /// <summary>The products along an axis or several, ignoring NaN.</summary>
    /// <exception cref="ValueError">There is no such axis.</exception>
    public NDArray nanprod(NDArray a, Axes? axis, bool keepdims = false) => Without(a, 1).prod(axis, keepdims);

    /// <summary>The running sums, with NaN as 0.</summary>
    /// <exception cref="ValueError">There is no such axis.</exception>
    public NDArray nancumsum(NDArray a, int? axis = null) => Without(a, 0).cumsum(axis);

    /// <summary>The running products, with NaN as 1.</summary>
    /// <exception cref="ValueError">There is no such axis.</exception>
    public NDArray nancumprod(NDArray a, int? axis = null) => Without(a, 1).cumprod(axis);

    /// <summary>The percentiles of the elements, ignoring NaN.</summary>
    /// <inheritdoc cref="percentile"/>
    public NDArray nanpercentile(NDArray a, NDArray q, Axes? axis = null, string method = "linear", bool keepdims = false) =>
        nanquantile(a, q / 100.0, axis, method, keepdims);

    /// <summary>The quantiles of the elements, ignoring NaN.</summary>
    /// <inheritdoc cref="quantile"/>
    public NDArray nanquantile(NDArray a, NDArray q, Axes? axis = null, string method = "linear", bool keepdims = false)
    {
        if (!IsInexact(a)) return quantile(a, q, axis, method, keepdims);
        var (lines, rest) = a.Lined(axis, keepdims);
        var flat = lines.reshape(-1, lines.shape[-1]);
        NDArray[] found = [.. Enumerable.Range(0, flat.shape[0]).Select(i => flat[i]).Select(line => line[~isnan(line)]).Select(line =>
            line.size > 0 ? quantile(line, q, method: method) : full(q.shape, nan))];
        return moveaxis(NDArray.OfRows(found), 0, -1).reshape([.. q.shape, .. rest]);
    }

    private static bool IsInexact(NDArray a) => a.dtype.IsInexact;

    private NDArray Without(NDArray a, double nan) => IsInexact(a) ? where(isnan(a), ((NDArray)nan).astype(a.dtype), a) : a;

    private NDArray Numbers(NDArray a, Axes? axis, bool keepdims) => (~isnan(a)).sum(axis, keepdims);

    private NDArray Known(NDArray a, Axes? axis, bool keepdims, NDArray found) =>
        IsInexact(a) ? where(Numbers(a, axis, keepdims) == 0, nan, found).astype(a.dtype) : found;
}
