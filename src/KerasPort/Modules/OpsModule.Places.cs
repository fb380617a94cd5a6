using KerasPort.Graphs;

namespace KerasPort;

// Moving, selecting and locating elements.
public sealed partial class OpsModule
{
    /// <summary>The indices that partition an axis: the element of sorted index kth is at that index, smaller ones before and larger ones after it.</summary>
    public Tensor argpartition(Tensor x, int kth, int axis = -1) => Math.Abs(kth) < int.MaxValue && kth < x.shape[axis] && kth >= -x.shape[axis]
        ? argsort(x, axis) : throw new ValueError($"kth(={kth}) out of bounds ({x.shape[axis]})");

    /// <summary>Splits an axis into parts; the first ones are longer by one where the length isn't divisible.</summary>
    public Tensor array_split(Tensor x, int indices_or_sections, int axis = 0) => KerasOps.ArraySplit(indices_or_sections, axis).Of(x);

    /// <summary>The cross-correlation of two vectors.</summary>
    /// <param name="x1">The longer vector.</param>
    /// <param name="x2">The other vector.</param>
    /// <param name="mode">"valid": full overlaps only; "same": as many as the longer vector has elements; "full": all overlaps.</param>
    /// <exception cref="ValueError">The mode is unknown, or an argument isn't a vector.</exception>
    public Tensor correlate(Tensor x1, Tensor x2, string mode = "valid")
    {
        if (x1.shape.Rank != 1 || x2.shape.Rank != 1) throw new ValueError($"`correlate` takes vectors. Received: x1.shape={x1.shape}, x2.shape={x2.shape}");
        int n = x1.shape.Size, m = x2.shape.Size;
        if (mode is not ("full" or "same" or "valid")) throw new ValueError($"Invalid mode: '{mode}'. Mode must be one of: 'full', 'same', 'valid'.");
        var sums = matmul(extract_sequences(mode == "valid" ? x1 : pad(x1, m - 1), m, 1), x2);
        int length = Math.Max(n, m), start = (n + m - 1 - length) / 2;
        return mode == "same" ? sums[start..(start + length)] : sums;
    }

    /// <summary>A matrix with a vector on a diagonal, or the diagonal of a matrix.</summary>
    public Tensor diag(Tensor x, int k = 0) => KerasOps.Diag(k).Of(x);

    /// <summary>A matrix with all elements on a diagonal.</summary>
    public Tensor diagflat(Tensor x, int k = 0) => KerasOps.Diagflat(k).Of(x);

    /// <summary>Splits the third axis.</summary>
    public Tensor dsplit(Tensor x, Axes indices_or_sections) => split(x, indices_or_sections, 2);

    /// <summary>Stacks tensors along the third axis.</summary>
    public Tensor dstack(Tensors xs) => KerasOps.Dstack.Of([.. xs]);

    /// <summary>A slice: see <see cref="Tensor.this[ReadOnlySpan{Slice}]"/>.</summary>
    public Tensor get_item(Tensor x, params Slice[] key) => KerasOps.GetItem(key).Of(x);

    /// <summary>The counts of elements in bins of equal width, and the bins' edges: <c>var (counts, edges) = …</c>; only for arrays.</summary>
    public Tensor histogram(NDArray x, int bins = 10, (double, double)? range = null)
    {
        var (counts, edges) = Python.np.histogram(x, bins, range);
        return Tensor.Several([counts.astype(DType.float32), edges.astype(DType.float32)]);
    }

    /// <summary>Splits the second axis, or the only one of a vector.</summary>
    public Tensor hsplit(Tensor x, Axes indices_or_sections) => split(x, indices_or_sections, x.shape.Rank == 1 ? 0 : 1);

    /// <summary>The Kronecker product: each element of x1 times x2, as blocks.</summary>
    public Tensor kron(Tensor x1, Tensor x2) => KerasOps.Kron.Of(x1, x2);

    /// <summary>The coordinates of the grid that vectors span: <c>var (x, y) = …</c>.</summary>
    public Tensor meshgrid(Tensors x, string indexing = "xy") => KerasOps.Meshgrid(indexing).Of([.. x]);

    /// <summary>The indices of the elements that aren't 0, for each axis: <c>var (rows, columns) = …</c>; only for arrays.</summary>
    public Tensor nonzero(NDArray x) => Tensor.Several([.. Each(Python.np.nonzero(x), x.ndim)]);

    /// <summary>einops' rearrange: <c>rearrange(x, "b (h p) w c -> b h w (p c)", ("p", 2))</c>.</summary>
    /// <param name="tensor">The tensor.</param>
    /// <param name="pattern">The present axes and the wanted ones; axes in brackets are merged to one.</param>
    /// <param name="axes_lengths">The lengths of axes that don't follow from the tensor.</param>
    /// <exception cref="ValueError">The pattern is malformed, or doesn't fit the tensor.</exception>
    public Tensor rearrange(Tensor tensor, string pattern, params (string Axis, int Length)[] axes_lengths) =>
        KerasOps.Rearrange(pattern, axes_lengths).Of(tensor);

    /// <summary>Zeros, to which values are added at indices [count, axes] into the first axes.</summary>
    public Tensor scatter(Tensor indices, Tensor values, Shape shape) => KerasOps.Scatter(shape).Of(indices, values);

    /// <summary>The inputs, with updates at indices [count, axes] into the first axes.</summary>
    /// <param name="inputs">The inputs.</param>
    /// <param name="indices">The indices of the updates.</param>
    /// <param name="updates">The new elements.</param>
    /// <param name="reduction">"add", "max", "min" or "mul" combines old and new elements; <c>null</c> replaces them.</param>
    /// <exception cref="ValueError">The reduction is unknown, or an index is out of range.</exception>
    public Tensor scatter_update(Tensor inputs, Tensor indices, Tensor updates, string? reduction = null) =>
        KerasOps.ScatterUpdate(reduction).Of(inputs, indices, updates);

    /// <summary>The largest entries of the first axis, by segment.</summary>
    public Tensor segment_max(Tensor data, Tensor segment_ids, int? num_segments = null) =>
        Segments("SegmentMax", data, segment_ids, num_segments, Joining.Most);

    /// <summary>The smallest entries of the first axis, by segment.</summary>
    public Tensor segment_min(Tensor data, Tensor segment_ids, int? num_segments = null) =>
        Segments("SegmentMin", data, segment_ids, num_segments, Joining.Least);

    /// <summary>The products of the entries of the first axis, by segment.</summary>
    public Tensor segment_prod(Tensor data, Tensor segment_ids, int? num_segments = null) =>
        Segments("SegmentProd", data, segment_ids, num_segments, Joining.Product);

    /// <summary>The inputs, with the elements from the start indices on replaced by updates.</summary>
    public Tensor slice_update(Tensor inputs, Shape start_indices, Tensor updates) => KerasOps.SliceUpdate(start_indices.ToArray()).Of(inputs, updates);

    /// <summary>The integral along an axis by the trapezoidal rule, with distances of 1, dx, or those of x.</summary>
    public Tensor trapezoid(Tensor y, Tensor? x = null, double dx = 1.0, int axis = -1)
    {
        var heights = moveaxis(y, axis, -1);
        var means = multiply(0.5, heights[Slice.Ellipsis, 1..] + heights[Slice.Ellipsis, ..^1]);
        if (x is null) return sum(means * dx, -1);
        return sum(multiply(means, x.shape.Rank == 1 ? diff(x) : moveaxis(diff(x, axis: axis), axis, -1)), -1);
    }

    /// <summary>The distinct elements of an array, sorted.</summary>
    /// <param name="x">The array.</param>
    /// <param name="sorted">Whether they are sorted; otherwise they are in the order of their first occurrence.</param>
    /// <param name="return_index">Whether to return the index of the first of each, too.</param>
    /// <param name="return_inverse">Whether to return, for each element, its index among the distinct ones, too.</param>
    /// <param name="return_counts">
    /// Whether to return the count of each, too. With any of these flags the result is deconstructed: <c>var (values, counts) = …</c>.
    /// </param>
    /// <param name="axis">The axis whose entries are compared; by default single elements are.</param>
    public Tensor unique(NDArray x, bool sorted = true, bool return_index = false, bool return_inverse = false, bool return_counts = false, int? axis = null)
    {
        var np = Python.np;
        NDArray[] all = [.. Each(axis is { } at ? np.unique(x, at, true, true, true) : np.unique(x, true, true, true), 4)];
        var (values, index, inverse, counts) = (all[0], all[1], all[2], all[3]);
        if (!sorted)
        {
            var order = np.argsort(index);
            (values, index, counts, inverse) = (values.take(order, axis ?? 0), index[order], counts[order], np.argsort(order)[inverse]);
        }
        Tensor[] asked = [values, .. Asked(return_index, index), .. Asked(return_inverse, inverse), .. Asked(return_counts, counts)];
        return asked is [var only] ? only : Tensor.Several(asked);

        static Tensor[] Asked(bool isAsked, NDArray of) => isAsked ? [of.astype(DType.int32)] : [];
    }

    /// <summary>Converts row-major indices to an index for each axis; only for arrays.</summary>
    public Tensor unravel_index(NDArray indices, Shape shape) => Tensor.Several([.. Each(Python.np.unravel_index(indices, shape), shape.Rank)]);

    /// <summary>The Vandermonde matrix: for each element of a vector its powers, highest first by default.</summary>
    public Tensor vander(Tensor x, int? N = null, bool increasing = false)
    {
        int count = N ?? x.shape.Size;
        var powers = Python.np.arange(count).astype(DType.float32);
        return power(expand_dims(x, -1), increasing ? powers : count - 1 - powers);
    }

    /// <summary>Splits the first axis.</summary>
    public Tensor vsplit(Tensor x, Axes indices_or_sections) => split(x, indices_or_sections, 0);

    private static Tensor Segments(string name, Tensor data, Tensor segment_ids, int? num_segments, Joining joining) =>
        KerasOps.SegmentJoined(name, num_segments ?? (int)segment_ids.numpy().max().item() + 1, joining).Of(data, segment_ids);

    private static IEnumerable<NDArray> Each(NDArray several, int count) => Enumerable.Range(0, count).Select(i => several[i]);
}
