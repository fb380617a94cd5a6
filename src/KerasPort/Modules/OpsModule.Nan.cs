using KerasPort.Graphs;

namespace KerasPort;

// Reductions that ignore NaN, and quantiles.
public sealed partial class OpsModule
{
    /// <summary>The index of the largest number along an axis, or -1 if there is none; without an axis, in the flattened tensor.</summary>
    public Tensor nanargmax(Tensor x, int? axis = null, bool keepdims = false) => KerasOps.Nanargmax(axis, keepdims).Whole(DType.int32, x);

    /// <summary>The index of the smallest number along an axis, or -1 if there is none; without an axis, in the flattened tensor.</summary>
    public Tensor nanargmin(Tensor x, int? axis = null, bool keepdims = false) => KerasOps.Nanargmin(axis, keepdims).Whole(DType.int32, x);

    /// <summary>The running products of the numbers along an axis; by default of all elements in row-major order.</summary>
    public Tensor nancumprod(Tensor x, int? axis = null) => KerasOps.Nancumprod(axis).Of(x);

    /// <summary>The running sums of the numbers along an axis; by default of all elements in row-major order.</summary>
    public Tensor nancumsum(Tensor x, int? axis = null) => KerasOps.Nancumsum(axis).Of(x);

    /// <summary>The largest number over one axis or several; by default over all.</summary>
    public Tensor nanmax(Tensor x, Axes? axis = null, bool keepdims = false) => KerasOps.Nanmax(axis, keepdims).Of(x);

    /// <summary>The mean of the numbers over one axis or several; by default over all.</summary>
    public Tensor nanmean(Tensor x, Axes? axis = null, bool keepdims = false) => KerasOps.Nanmean(axis, keepdims).Of(x);

    /// <summary>The median of the numbers over one axis or several; by default over all.</summary>
    public Tensor nanmedian(Tensor x, Axes? axis = null, bool keepdims = false) => KerasOps.Nanmedian(axis, keepdims).Of(x);

    /// <summary>The smallest number over one axis or several; by default over all.</summary>
    public Tensor nanmin(Tensor x, Axes? axis = null, bool keepdims = false) => KerasOps.Nanmin(axis, keepdims).Of(x);

    /// <summary>As <see cref="nanquantile"/>, with percentages from 0 to 100.</summary>
    public Tensor nanpercentile(Tensor x, NDArray q, Axes? axis = null, string method = "linear", bool keepdims = false) =>
        nanquantile(x, q / 100, axis, method, keepdims);

    /// <summary>The product of the numbers over one axis or several; by default over all.</summary>
    public Tensor nanprod(Tensor x, Axes? axis = null, bool keepdims = false) => KerasOps.Nanprod(axis, keepdims).Of(x);

    /// <summary>As <see cref="quantile"/>, ignoring NaN.</summary>
    public Tensor nanquantile(Tensor x, NDArray q, Axes? axis = null, string method = "linear", bool keepdims = false) =>
        KerasOps.Nanquantile(q, axis, method, keepdims).Of(x);

    /// <summary>The standard deviation of the numbers over one axis or several; by default over all.</summary>
    public Tensor nanstd(Tensor x, Axes? axis = null, bool keepdims = false) => KerasOps.Nanstd(axis, keepdims).Of(x);

    /// <summary>The sum of the numbers over one axis or several; by default over all.</summary>
    public Tensor nansum(Tensor x, Axes? axis = null, bool keepdims = false) => KerasOps.Nansum(axis, keepdims).Of(x);

    /// <summary>The variance of the numbers over one axis or several; by default over all.</summary>
    public Tensor nanvar(Tensor x, Axes? axis = null, bool keepdims = false) => KerasOps.Nanvar(axis, keepdims).Of(x);

    /// <summary>As <see cref="quantile"/>, with percentages from 0 to 100.</summary>
    public Tensor percentile(Tensor x, NDArray q, Axes? axis = null, string method = "linear", bool keepdims = false) =>
        quantile(x, q / 100, axis, method, keepdims);

    /// <summary>Quantiles over one axis or several, by default over all; those of several shares are stacked along a new first axis.</summary>
    /// <param name="x">The elements.</param>
    /// <param name="q">The share or the shares, from 0 to 1.</param>
    /// <param name="axis">The axes.</param>
    /// <param name="method">How to interpolate between two elements: "linear", "lower", "higher", "midpoint" or "nearest".</param>
    /// <param name="keepdims">Whether the reduced axes stay, with length 1.</param>
    /// <exception cref="ValueError">A share isn't from 0 to 1, or the method is unknown.</exception>
    public Tensor quantile(Tensor x, NDArray q, Axes? axis = null, string method = "linear", bool keepdims = false) =>
        KerasOps.Quantile(q, axis, method, keepdims).Of(x);
}
