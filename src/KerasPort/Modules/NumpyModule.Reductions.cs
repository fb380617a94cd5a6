namespace KerasPort;

/// <content>Reductions: of all elements to a number, or along axes to an array.</content>
public sealed partial class NumpyModule
{
    /// <summary>The sum: of integers in 64 bits, of floats in their type.</summary>
    public NumpyScalar sum(NDArray a) => a.sum();

    /// <summary>The sums along an axis or several: of integers in 64 bits, of floats in their type.</summary>
    /// <exception cref="ValueError">There is no such axis.</exception>
    public NDArray sum(NDArray a, Axes? axis, bool keepdims = false) => a.sum(axis, keepdims);

    /// <summary>The mean: of floats in their type, else in float64.</summary>
    public NumpyScalar mean(NDArray a) => a.mean();

    /// <summary>The means along an axis or several: of floats in their type, else in float64.</summary>
    /// <exception cref="ValueError">There is no such axis.</exception>
    public NDArray mean(NDArray a, Axes? axis, bool keepdims = false) => a.mean(axis, keepdims);

    /// <summary>The largest element, or NaN if there is one.</summary>
    public NumpyScalar max(NDArray a) => a.max();

    /// <summary>The largest elements along an axis or several, or NaN where there is one.</summary>
    /// <exception cref="ValueError">There is no such axis.</exception>
    public NDArray max(NDArray a, Axes? axis, bool keepdims = false) => a.max(axis, keepdims);

    /// <summary>The smallest element, or NaN if there is one.</summary>
    public NumpyScalar min(NDArray a) => a.min();

    /// <summary>The smallest elements along an axis or several, or NaN where there is one.</summary>
    /// <exception cref="ValueError">There is no such axis.</exception>
    public NDArray min(NDArray a, Axes? axis, bool keepdims = false) => a.min(axis, keepdims);

    /// <summary>The largest element, or NaN if there is one.</summary>
    public NumpyScalar amax(NDArray a) => a.max();

    /// <summary>The largest elements along an axis or several, or NaN where there is one.</summary>
    /// <exception cref="ValueError">There is no such axis.</exception>
    public NDArray amax(NDArray a, Axes? axis, bool keepdims = false) => a.max(axis, keepdims);

    /// <summary>The smallest element, or NaN if there is one.</summary>
    public NumpyScalar amin(NDArray a) => a.min();

    /// <summary>The smallest elements along an axis or several, or NaN where there is one.</summary>
    /// <exception cref="ValueError">There is no such axis.</exception>
    public NDArray amin(NDArray a, Axes? axis, bool keepdims = false) => a.min(axis, keepdims);

    /// <summary>The product: of integers in 64 bits, of floats in their type.</summary>
    public NumpyScalar prod(NDArray a) => a.prod();

    /// <summary>The products along an axis or several: of integers in 64 bits, of floats in their type.</summary>
    /// <exception cref="ValueError">There is no such axis.</exception>
    public NDArray prod(NDArray a, Axes? axis, bool keepdims = false) => a.prod(axis, keepdims);

    /// <summary>The range: the largest minus the smallest element.</summary>
    public NumpyScalar ptp(NDArray a) => a.ptp();

    /// <summary>The ranges along an axis or several: the largest minus the smallest element.</summary>
    /// <exception cref="ValueError">There is no such axis.</exception>
    public NDArray ptp(NDArray a, Axes? axis, bool keepdims = false) => a.ptp(axis, keepdims);

    /// <summary>The standard deviation: of floats in their type, else in float64.</summary>
    /// <param name="a">The array.</param>
    /// <param name="ddof">Subtracted from the count by which the sum of squares is divided.</param>
    public NumpyScalar std(NDArray a, int ddof = 0) => a.std(ddof);

    /// <summary>The standard deviations along an axis or several: of floats in their type, else in float64.</summary>
    /// <inheritdoc cref="NDArray.var(Axes?, int, bool)"/>
    public NDArray std(NDArray a, Axes? axis, int ddof = 0, bool keepdims = false) => a.std(axis, ddof, keepdims);

    /// <summary>The variance: of floats in their type, else in float64.</summary>
    /// <param name="a">The array.</param>
    /// <param name="ddof">Subtracted from the count by which the sum of squares is divided.</param>
    public NumpyScalar var(NDArray a, int ddof = 0) => a.var(ddof);

    /// <summary>The variances along an axis or several: of floats in their type, else in float64.</summary>
    /// <inheritdoc cref="NDArray.var(Axes?, int, bool)"/>
    public NDArray var(NDArray a, Axes? axis, int ddof = 0, bool keepdims = false) => a.var(axis, ddof, keepdims);

    /// <summary>Whether any element isn't 0.</summary>
    public bool any(NDArray a) => a.any();

    /// <summary>Where along an axis or several any element isn't 0.</summary>
    /// <exception cref="ValueError">There is no such axis.</exception>
    public NDArray any(NDArray a, Axes? axis, bool keepdims = false) => a.any(axis, keepdims);

    /// <summary>Whether no element is 0.</summary>
    public bool all(NDArray a) => a.all();

    /// <summary>Where along an axis or several no element is 0.</summary>
    /// <exception cref="ValueError">There is no such axis.</exception>
    public NDArray all(NDArray a, Axes? axis, bool keepdims = false) => a.all(axis, keepdims);

    /// <inheritdoc cref="NDArray.argmax"/>
    /// <param name="a">The array.</param>
    public NDArray argmax(NDArray a, int? axis = null) => a.argmax(axis);

    /// <inheritdoc cref="NDArray.argmin"/>
    public NDArray argmin(NDArray a, int? axis = null) => a.argmin(axis);

    /// <inheritdoc cref="NDArray.cumsum"/>
    public NDArray cumsum(NDArray a, int? axis = null) => a.cumsum(axis);

    /// <inheritdoc cref="NDArray.cumprod"/>
    public NDArray cumprod(NDArray a, int? axis = null) => a.cumprod(axis);

    /// <summary>The median; the mean of the two middle elements if their number is even.</summary>
    public NumpyScalar median(NDArray a) => new(median(a, axis: null));

    /// <summary>The medians along an axis or several; the mean of the two middle elements if their number is even.</summary>
    /// <exception cref="ValueError">There is no such axis.</exception>
    public NDArray median(NDArray a, Axes? axis, bool keepdims = false)
    {
        var (lines, rest) = a.Lined(axis, keepdims);
        int n = lines.shape[-1];
        if (n == 0) return full(rest, double.NaN).astype(IsInexact(a) ? a.dtype : DType.float64);
        var sorted = lines.Sorted(-1);
        var middle = sorted[Slice.Ellipsis, ((n - 1) / 2)..(n / 2 + 1)].mean(-1);
        // NaN is sorted last; a single one makes the whole median NaN.
        return where(isnan(sorted[Slice.Ellipsis, n - 1]), double.NaN, middle).astype(middle.dtype).reshape(rest);
    }

    /// <summary>Percentiles of the elements.</summary>
    /// <param name="a">The array.</param>
    /// <param name="q">Percentages from 0 to 100: one number, or an array of them, whose axes come first in the result.</param>
    /// <param name="axis">One axis or several; by default all.</param>
    /// <param name="method">Between two elements: "linear" interpolation, the "lower", "higher" or "nearest" one, or their "midpoint".</param>
    /// <param name="keepdims">Whether the reduced axes stay, with length 1.</param>
    /// <exception cref="ValueError">A percentage isn't from 0 to 100, or there is no such axis or nothing along it.</exception>
    public NDArray percentile(NDArray a, NDArray q, Axes? axis = null, string method = "linear", bool keepdims = false)
    {
        if (!((q >= 0).all() && (q <= 100).all())) throw new ValueError($"Percentiles must be in the range [0, 100]. Received: q={q}");
        return quantile(a, q / 100.0, axis, method, keepdims);
    }

    /// <summary>Quantiles of the elements.</summary>
    /// <param name="a">The array.</param>
    /// <param name="q">Shares from 0 to 1: one number, or an array of them, whose axes come first in the result.</param>
    /// <param name="axis">One axis or several; by default all.</param>
    /// <param name="method">Between two elements: "linear" interpolation, the "lower", "higher" or "nearest" one, or their "midpoint".</param>
    /// <param name="keepdims">Whether the reduced axes stay, with length 1.</param>
    /// <exception cref="ValueError">A share isn't from 0 to 1, or there is no such axis or nothing along it.</exception>
    public NDArray quantile(NDArray a, NDArray q, Axes? axis = null, string method = "linear", bool keepdims = false)
    {
        if (!((q >= 0).all() && (q <= 1).all())) throw new ValueError($"Quantiles must be in the range [0, 1]. Received: q={q}");
        var (lines, rest) = a.Lined(axis, keepdims);
        int n = lines.shape[-1];
        if (n == 0) throw new ValueError("cannot take a quantile of no elements");
        var sorted = lines.Sorted(-1);
        var isNaN = isnan(sorted[Slice.Ellipsis, n - 1]);
        NDArray[] parts = [.. q.ToDoubles().Select(share =>
        {
            double place = share * (n - 1);
            int below = Math.Min((int)place, n - 1), above = Math.Min(below + 1, n - 1);
            double part = method switch
            {
                "linear" => place - below,
                "lower" => 0,
                "higher" => place > below ? 1 : 0,
                "nearest" => Math.Round(place, MidpointRounding.ToEven) - below,
                "midpoint" => place > below ? 0.5 : 0,
                _ => throw new ValueError($"'{method}' is not a valid method here: linear, lower, higher, nearest and midpoint are there"),
            };
            NDArray low = sorted[Slice.Ellipsis, below], high = sorted[Slice.Ellipsis, above], step = (high - low).astype(DType.float64);
            var between = part >= 0.5 ? high - step * (1 - part) : low + step * part;
            return where(isNaN, double.NaN, between).astype(DType.float64);
        })];
        // The results are elements, in the array's type, if the shares are integers or the method picks elements.
        var shares = NDArray.OfRows(parts).reshape([.. q.shape, .. rest]);
        bool areElements = !IsInexact(q) || method is "lower" or "higher" or "nearest" || shares.size == 1 && q.ndim == 0 && IsInexact(a) && isNaN.all();
        return areElements ? shares.astype(a.dtype) : shares;
    }

    /// <summary>The weighted mean.</summary>
    public NumpyScalar average(NDArray a, NDArray? weights = null) => new(average(a, axis: null, weights));

    /// <summary>The weighted means along an axis; a vector of weights is for that axis.</summary>
    /// <exception cref="ValueError">The weights have another shape, or their sum is 0.</exception>
    public NDArray average(NDArray a, Axes? axis, NDArray? weights = null)
    {
        if (weights is null) return a.mean(axis);
        var given = weights;
        if (weights.shape != a.shape)
        {
            if (axis is not { Count: 1 }) throw new ValueError($"Axis must be specified when shapes of a and weights differ: {a.shape} and {weights.shape}");
            int at = a.At(axis[0]);
            if (weights.ndim != 1 || weights.Length != a.shape[at])
                throw new ValueError($"Length of weights not compatible with specified axis: {weights.shape} for axis {at} of {a.shape}");
            int[] shape = [.. a.shape.Select((_, i) => i == at ? weights.Length : 1)];
            given = weights.reshape(shape);
        }
        var all = given + zeros_like(a).astype(given.dtype);
        var sums = all.sum(axis);
        if ((sums == 0).any()) throw new ValueError("Weights sum to zero, can't be normalized");
        return (a * given).sum(axis) / (sums.dtype.IsInexact ? sums : sums.astype(DType.float64));
    }

    /// <summary>The number of elements that aren't 0.</summary>
    public int count_nonzero(NDArray a) => a.Where().Length;

    /// <summary>The numbers of elements along an axis that aren't 0.</summary>
    /// <exception cref="ValueError">There is no such axis.</exception>
    public NDArray count_nonzero(NDArray a, Axes? axis, bool keepdims = false) => a.astype(DType.@bool).sum(axis, keepdims);

    /// <summary>The differences of successive elements along an axis.</summary>
    /// <exception cref="ValueError">There is no such axis.</exception>
    public NDArray diff(NDArray a, int n = 1, int axis = -1)
    {
        if (n < 0) throw new ValueError($"order must be non-negative but got {n}");
        for (int at = a.At(axis); n > 0 && a.shape[at] > 0; n--)
        {
            int length = a.shape[at];
            var (next, before) = (a.Along(at, [.. Enumerable.Range(1, length - 1)]), a.Along(at, [.. Enumerable.Range(0, length - 1)]));
            a = a.dtype == DType.@bool ? next != before : next - before;
        }
        return a;
    }
}
