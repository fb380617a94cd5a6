using KerasPort.Graphs;

namespace KerasPort;

// What becomes of the numbers along axes where NaN is passed over, and shares of them in their order.
public sealed partial class OpsModule
{
    /// <summary>Where the largest number along an axis is, -1 where there is none; in all elements in a row without one.</summary>
    public Tensor nanargmax(Tensor x, int? axis = null, bool keepdims = false) => KerasOps.Nanargmax(axis, keepdims).Whole(DType.int32, x);

    /// <summary>Where the smallest number along an axis is, -1 where there is none; in all elements in a row without one.</summary>
    public Tensor nanargmin(Tensor x, int? axis = null, bool keepdims = false) => KerasOps.Nanargmin(axis, keepdims).Whole(DType.int32, x);

    /// <summary>The products of all numbers up to each along an axis; of all in a row without.</summary>
    public Tensor nancumprod(Tensor x, int? axis = null) => KerasOps.Nancumprod(axis).Of(x);

    /// <summary>The sums of all numbers up to each along an axis; of all in a row without.</summary>
    public Tensor nancumsum(Tensor x, int? axis = null) => KerasOps.Nancumsum(axis).Of(x);

    /// <summary>The largest number over one axis or several, all without.</summary>
    public Tensor nanmax(Tensor x, Axes? axis = null, bool keepdims = false) => KerasOps.Nanmax(axis, keepdims).Of(x);

    /// <summary>The mean of the numbers over one axis or several, all without.</summary>
    public Tensor nanmean(Tensor x, Axes? axis = null, bool keepdims = false) => KerasOps.Nanmean(axis, keepdims).Of(x);

    /// <summary>The middle number over one axis or several, all without.</summary>
    public Tensor nanmedian(Tensor x, Axes? axis = null, bool keepdims = false) => KerasOps.Nanmedian(axis, keepdims).Of(x);

    /// <summary>The smallest number over one axis or several, all without.</summary>
    public Tensor nanmin(Tensor x, Axes? axis = null, bool keepdims = false) => KerasOps.Nanmin(axis, keepdims).Of(x);

    /// <summary>As <see cref="nanquantile"/>, with shares from 0 to 100.</summary>
    public Tensor nanpercentile(Tensor x, NDArray q, Axes? axis = null, string method = "linear", bool keepdims = false) =>
        nanquantile(x, q / 100, axis, method, keepdims);

    /// <summary>The product of the numbers over one axis or several, all without.</summary>
    public Tensor nanprod(Tensor x, Axes? axis = null, bool keepdims = false) => KerasOps.Nanprod(axis, keepdims).Of(x);

    /// <summary>As <see cref="quantile"/>, of the numbers alone.</summary>
    public Tensor nanquantile(Tensor x, NDArray q, Axes? axis = null, string method = "linear", bool keepdims = false) =>
        KerasOps.Nanquantile(q, axis, method, keepdims).Of(x);

    /// <summary>The standard deviation of the numbers over one axis or several, all without.</summary>
    public Tensor nanstd(Tensor x, Axes? axis = null, bool keepdims = false) => KerasOps.Nanstd(axis, keepdims).Of(x);

    /// <summary>The sum of the numbers over one axis or several, all without.</summary>
    public Tensor nansum(Tensor x, Axes? axis = null, bool keepdims = false) => KerasOps.Nansum(axis, keepdims).Of(x);

    /// <summary>The variance of the numbers over one axis or several, all without.</summary>
    public Tensor nanvar(Tensor x, Axes? axis = null, bool keepdims = false) => KerasOps.Nanvar(axis, keepdims).Of(x);

    /// <summary>As <see cref="quantile"/>, with shares from 0 to 100.</summary>
    public Tensor percentile(Tensor x, NDArray q, Axes? axis = null, string method = "linear", bool keepdims = false) =>
        quantile(x, q / 100, axis, method, keepdims);

    /// <summary>What so large a share of the elements over one axis or several, all without, is below; of several shares, along a new axis in front.</summary>
    /// <param name="x">The elements.</param>
    /// <param name="q">The share or the shares, from 0 to 1.</param>
    /// <param name="axis">The axes.</param>
    /// <param name="method">What is taken between two elements: "linear", "lower", "higher", "midpoint" or "nearest".</param>
    /// <param name="keepdims">Whether the axes stay, of length 1.</param>
    /// <exception cref="ValueError">A share is none, or there is no such method.</exception>
    public Tensor quantile(Tensor x, NDArray q, Axes? axis = null, string method = "linear", bool keepdims = false) =>
        KerasOps.Quantile(q, axis, method, keepdims).Of(x);
}
