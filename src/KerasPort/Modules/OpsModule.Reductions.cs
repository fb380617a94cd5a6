using KerasPort.Graphs;

namespace KerasPort;

// Reductions along axes.
public sealed partial class OpsModule
{
    /// <summary>1 where no element along one axis or several is 0, else 0; by default along all.</summary>
    public Tensor all(Tensor x, Axes? axis = null, bool keepdims = false) => KerasOps.All(axis, keepdims).Of(x);

    /// <summary>The largest over one axis or several; by default over all.</summary>
    public Tensor amax(Tensor x, Axes? axis = null, bool keepdims = false) => KerasOps.Amax(axis, keepdims).Of(x);

    /// <summary>The smallest over one axis or several; by default over all.</summary>
    public Tensor amin(Tensor x, Axes? axis = null, bool keepdims = false) => KerasOps.Amin(axis, keepdims).Of(x);

    /// <summary>1 where any element along one axis or several isn't 0, else 0; by default along all.</summary>
    public Tensor any(Tensor x, Axes? axis = null, bool keepdims = false) => KerasOps.Any(axis, keepdims).Of(x);

    /// <summary>The indices that sort an axis, stably; with <c>null</c>, the flattened tensor.</summary>
    public Tensor argsort(Tensor x, int? axis = -1) => KerasOps.Argsort(axis).Whole(DType.int32, x);

    /// <summary>The mean over one axis or several, by default over all; weights are for each element or for each index along the axis.</summary>
    public Tensor average(Tensor x, Axes? axis = null, Tensor? weights = null) =>
        weights is null ? KerasOps.Average(axis).Of(x) : KerasOps.Average(axis).Of(x, weights);

    /// <summary>The number of elements that aren't 0 along one axis or several; by default along all.</summary>
    public Tensor count_nonzero(Tensor x, Axes? axis = null) => KerasOps.CountNonzero(axis).Whole(DType.int32, x);

    /// <summary>The running products along an axis; by default of all elements in row-major order.</summary>
    public Tensor cumprod(Tensor x, int? axis = null) => KerasOps.Cumprod(axis).Of(x);

    /// <summary>The running sums along an axis; by default of all elements in row-major order.</summary>
    public Tensor cumsum(Tensor x, int? axis = null) => KerasOps.Cumsum(axis).Of(x);

    /// <summary>log Σ exp(x) over one axis or several; by default over all.</summary>
    public Tensor logsumexp(Tensor x, Axes? axis = null, bool keepdims = false) => KerasOps.Logsumexp(axis, keepdims).Of(x);

    /// <summary>The median over one axis or several, by default over all; the mean of the two middle elements if their number is even.</summary>
    public Tensor median(Tensor x, Axes? axis = null, bool keepdims = false) => KerasOps.Median(axis, keepdims).Of(x);

    /// <summary>The mean and the variance over axes: <c>var (mean, variance) = …</c>.</summary>
    public Tensor moments(Tensor x, Axes axes, bool keepdims = false) => KerasOps.Moments(axes, keepdims).Of(x);

    /// <summary>The norm of vectors along an axis, of matrices over two axes, or of all elements: Euclidean, or of another order.</summary>
    /// <param name="x">The tensor; without an axis, one of two axes is a matrix.</param>
    /// <param name="ord">The order. Of matrices: 1, the largest sum of magnitudes in a column; np.inf, in a row; 2, the largest singular value.</param>
    /// <param name="axis">The axis, or both.</param>
    /// <param name="keepdims">Whether the axes stay, with length 1.</param>
    /// <exception cref="ValueError">There is no such norm.</exception>
    public Tensor norm(Tensor x, double? ord = null, Axes? axis = null, bool keepdims = false) => KerasOps.Norm(ord, axis, keepdims).Of(x);

    /// <inheritdoc cref="norm(Tensor, double?, Axes?, bool)"/>
    /// <param name="ord">"fro", the Euclidean norm of all elements of a matrix, or "nuc", the sum of its singular values.</param>
    public Tensor norm(Tensor x, string ord, Axes? axis = null, bool keepdims = false) => KerasOps.Norm(ord, axis, keepdims).Of(x);

    /// <summary>Normalizes the vectors along an axis.</summary>
    public Tensor normalize(Tensor x, int axis = -1, double order = 2, double? epsilon = null) => KerasOps.Normalize(axis, order, epsilon).Of(x);

    /// <summary>The product over one axis or several; by default over all.</summary>
    public Tensor prod(Tensor x, Axes? axis = null, bool keepdims = false) => KerasOps.Prod(axis, keepdims).Of(x);

    /// <summary>The range, the largest minus the smallest element, over one axis or several; by default over all.</summary>
    public Tensor ptp(Tensor x, Axes? axis = null, bool keepdims = false) => KerasOps.Ptp(axis, keepdims).Of(x);

    /// <summary>Sorts the elements along an axis in ascending order; with <c>null</c>, the flattened tensor.</summary>
    public Tensor sort(Tensor x, int? axis = -1) => KerasOps.Sort(axis).Of(x);

    /// <summary>The k largest elements along the last axis, in descending order, and their indices: <c>var (values, indices) = …</c>.</summary>
    public Tensor top_k(Tensor x, int k, bool sorted = true) => KerasOps.TopK(k, sorted).Of(x);
}
