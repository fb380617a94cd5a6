using KerasPort.Graphs;

namespace KerasPort;

// Creation of arrays, queries of tensors, elementwise losses, and loops, which run in the program, not in the graph.
public sealed partial class OpsModule
{
    /// <summary>Whether all elements are close: see <see cref="isclose"/>.</summary>
    public bool allclose(Tensor x1, Tensor x2, double rtol = 1e-05, double atol = 1e-08, bool equal_nan = false) =>
        isclose(x1, x2, rtol, atol, equal_nan).numpy().ToFloats().All(near => near == 1);

    /// <summary>Concatenates two tensors along an axis; without one, flattened.</summary>
    public Tensor append(Tensor x1, Tensor x2, int? axis = null) => axis is { } along ? concatenate([x1, x2], along) : concatenate([ravel(x1), ravel(x2)]);

    /// <summary>Integers from <paramref name="start"/> to <paramref name="stop"/>, exclusive; with one argument, from 0 to that.</summary>
    public Tensor arange(int start, int? stop = null, int? step = null, DType? dtype = null) =>
        Python.np.arange(stop is null ? 0L : start, stop ?? start, step ?? 1).astype(dtype ?? DType.int32);

    /// <summary>Numbers from <paramref name="start"/> to <paramref name="stop"/>, exclusive; with one argument, from 0 to that.</summary>
    public Tensor arange(double start, double? stop = null, double? step = null, DType? dtype = null) =>
        Python.np.arange(stop is null ? 0.0 : start, stop ?? start, step ?? 1).astype(dtype ?? DType.float32);

    /// <summary>Creates a tensor from an array.</summary>
    public Tensor array(Tensor x, DType? dtype = null) => convert_to_tensor(x, dtype);

    /// <summary>-(target · log(output) + (1 - target) · log(1 - output)) of each element.</summary>
    public Tensor binary_crossentropy(Tensor target, Tensor output, bool from_logits = false)
    {
        if (from_logits) return maximum(output, 0) - multiply(output, target) + log1p(exp(-abs(output)));
        var p = clip(output, 1e-7, 1 - 1e-7);
        return -(multiply(target, log(p)) + multiply(subtract(1, target), log(subtract(1, p))));
    }

    /// <summary>The count of each integer from 0 on; only for arrays.</summary>
    public Tensor bincount(NDArray x, NDArray? weights = null, int minlength = 0) =>
        Python.np.bincount(x, weights, minlength).astype(weights is null ? DType.int32 : DType.float32);

    /// <summary>-Σ target · log(output / Σ output) along an axis.</summary>
    public Tensor categorical_crossentropy(Tensor target, Tensor output, bool from_logits = false, int axis = -1)
    {
        if (from_logits) return -sum(multiply(target, log_softmax(output, axis)), axis);
        return -sum(multiply(target, log(clip(divide(output, sum(output, axis, keepdims: true)), 1e-7, 1 - 1e-7))), axis);
    }

    /// <summary>The result of the first function where the condition isn't 0, else of the second. In a model both are computed.</summary>
    public Tensor cond(Tensor pred, Func<Tensor> true_fn, Func<Tensor> false_fn) =>
        pred.HasValues ? pred.numpy().item() != 0 ? true_fn() : false_fn() : where(pred, true_fn(), false_fn());

    /// <summary>A copy of the tensor.</summary>
    public Tensor copy(Tensor x) => x.HasValues ? x.numpy().copy() : x;

    /// <summary>The cross product of 3-vectors along the last axis.</summary>
    public Tensor cross(Tensor x1, Tensor x2) =>
        multiply(roll(x1, -1, axis: -1), roll(x2, -2, axis: -1)) - multiply(roll(x1, -2, axis: -1), roll(x2, -1, axis: -1));

    /// <summary>The index of the bin of each element; only for arrays.</summary>
    public Tensor digitize(NDArray x, NDArray bins) => Python.np.digitize(x, bins).astype(DType.int32);

    /// <summary>The type of the elements.</summary>
    public string dtype(Tensor x) => x.dtype.name;

    /// <summary>An uninitialized array; here its elements are 0.</summary>
    public Tensor empty(Shape shape, DType? dtype = null) => zeros(shape, dtype);

    /// <summary>An uninitialized array of a tensor's shape; here its elements are 0.</summary>
    public Tensor empty_like(Tensor x, DType? dtype = null) => zeros(x.shape, dtype ?? x.dtype);

    /// <summary>A matrix with 1 on a diagonal, else 0.</summary>
    public Tensor eye(int N, int? M = null, int k = 0, DType? dtype = null) => Python.np.eye(N, M, k, dtype ?? DType.float32);

    /// <summary>Applies a function to a value repeatedly, once for each number from <paramref name="lower"/> to <paramref name="upper"/>, exclusive.</summary>
    public Tensor fori_loop(int lower, int upper, Func<int, Tensor, Tensor> body_fun, Tensor init_val)
    {
        for (int i = lower; i < upper; i++) init_val = body_fun(i, init_val);
        return init_val;
    }

    /// <summary>A square matrix with 1 on the diagonal, else 0.</summary>
    public Tensor identity(int n, DType? dtype = null) => eye(n, dtype: dtype);

    /// <summary>1 where the target is among the indices of the k largest predictions, else 0.</summary>
    public Tensor in_top_k(Tensor targets, Tensor predictions, int k) =>
        new Function("InTopK", (g, t) => g.InTopK(t[1], t[0], k)) { Gives = static _ => DType.@bool }.Of(targets, predictions);

    /// <summary>1 where an element occurs in the other array, else 0; only for arrays.</summary>
    public Tensor isin(NDArray x1, NDArray x2, bool invert = false) => invert ? logical_not(Python.np.isin(x1, x2)) : Python.np.isin(x1, x2);

    /// <summary>Whether an object is a tensor.</summary>
    public bool is_tensor(object x) => x is Tensor;

    /// <summary>Evenly spaced numbers.</summary>
    public Tensor linspace(double start, double stop, int num = 50, bool endpoint = true, DType? dtype = null) =>
        Python.np.linspace(start, stop, num, endpoint).astype(dtype ?? DType.float32);

    /// <summary>Powers of a base with evenly spaced exponents.</summary>
    public Tensor logspace(double start, double stop, int num = 50, bool endpoint = true, double @base = 10, DType? dtype = null) =>
        Python.np.logspace(start, stop, num, endpoint, @base).astype(dtype ?? DType.float32);

    /// <summary>Applies a function to each entry of the first axis.</summary>
    public Tensor map(Func<Tensor, Tensor> f, Tensor xs) => stack([.. unstack(xs).All.Select(f)]);

    /// <summary>The number of axes.</summary>
    public int ndim(Tensor x) => x.shape.Rank;

    /// <summary>The indices at which values would be inserted into a sorted sequence; only for arrays.</summary>
    public Tensor searchsorted(NDArray sorted_sequence, NDArray values, string side = "left") =>
        Python.np.searchsorted(sorted_sequence, values, side).astype(DType.int32);

    /// <summary>Sums the entries of the first axis by segment.</summary>
    /// <param name="data">The entries.</param>
    /// <param name="segment_ids">The segment of each entry.</param>
    /// <param name="num_segments">The number of segments; by default one more than the largest id, for which the ids must have values.</param>
    public Tensor segment_sum(Tensor data, Tensor segment_ids, int? num_segments = null) =>
        KerasOps.SegmentSum(num_segments ?? (int)segment_ids.numpy().max().item() + 1).Of(data, segment_ids);

    /// <summary>For each element the first choice whose condition isn't 0, or the default if all are 0.</summary>
    public Tensor select(Tensors condlist, Tensors choicelist, Tensor? @default = null) =>
        condlist.Zip(choicelist).Reverse().Aggregate(@default ?? (Tensor)0, (rest, pair) => where(pair.First, pair.Second, rest));

    /// <summary>The number of elements.</summary>
    public int size(Tensor x) => x.shape.Size;

    /// <summary>The part of that shape that starts at those indices.</summary>
    public Tensor slice(Tensor inputs, Shape start_indices, Shape shape) =>
        KerasOps.GetItem([.. start_indices.ToArray().Zip(shape.ToArray(), (start, count) => new Slice(start, start + count, 1))]).Of(inputs);

    /// <summary>-log(output / Σ output) along an axis at the index that the target gives.</summary>
    public Tensor sparse_categorical_crossentropy(Tensor target, Tensor output, bool from_logits = false, int axis = -1) =>
        categorical_crossentropy(one_hot(target, output.shape[axis < 0 ? axis + output.shape.Rank : axis]!.Value, axis), output, from_logits, axis);

    /// <summary>x where it is above a threshold, else another value.</summary>
    public Tensor threshold(Tensor x, double threshold, double default_value) => where(greater(x, threshold), x, default_value);

    /// <summary>A matrix with 1 on and below a diagonal, else 0.</summary>
    public Tensor tri(int N, int? M = null, int k = 0, DType? dtype = null) => tril(ones((N, M ?? N)), k).numpy().astype(dtype ?? DType.float32);

    /// <summary>The sum of the products of all elements.</summary>
    public Tensor vdot(Tensor x1, Tensor x2) => sum(multiply(ravel(x1), ravel(x2)));

    /// <summary>Applies a function to each entry of the first axis.</summary>
    public Tensor vectorized_map(Func<Tensor, Tensor> function, Tensor elements) => map(function, elements);
}
