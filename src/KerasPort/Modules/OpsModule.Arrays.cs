using KerasPort.Graphs;

namespace KerasPort;

// Arrays that are made, what is said of tensors, losses of each element, and loops, which are the program's.
public sealed partial class OpsModule
{
    /// <summary>Whether all elements are near: see <see cref="isclose"/>.</summary>
    public bool allclose(Tensor x1, Tensor x2, double rtol = 1e-05, double atol = 1e-08, bool equal_nan = false) =>
        isclose(x1, x2, rtol, atol, equal_nan).numpy().ToFloats().All(near => near == 1);

    /// <summary>Whole numbers from 0, or from the first one, to below the other.</summary>
    public Tensor arange(int start, int? stop = null, int? step = null, DType? dtype = null) =>
        Python.np.arange(stop is null ? 0L : start, stop ?? start, step ?? 1).astype(dtype ?? DType.int32);

    /// <summary>Numbers from 0, or from the first one, to below the other.</summary>
    public Tensor arange(double start, double? stop = null, double? step = null, DType? dtype = null) =>
        Python.np.arange(stop is null ? 0.0 : start, stop ?? start, step ?? 1).astype(dtype ?? DType.float32);

    /// <summary>A tensor of an array's values.</summary>
    public Tensor array(Tensor x, DType? dtype = null) => convert_to_tensor(x, dtype);

    /// <summary>-(target · log(output) + (1 - target) · log(1 - output)) of each element.</summary>
    public Tensor binary_crossentropy(Tensor target, Tensor output, bool from_logits = false)
    {
        if (from_logits) return maximum(output, 0) - output * target + log1p(exp(-abs(output)));
        var p = clip(output, 1e-7, 1 - 1e-7);
        return -(target * log(p) + (1 - target) * log(1 - p));
    }

    /// <summary>-Σ target · log(output / Σ output) along an axis.</summary>
    public Tensor categorical_crossentropy(Tensor target, Tensor output, bool from_logits = false, int axis = -1)
    {
        if (from_logits) return -sum(target * log_softmax(output, axis), axis);
        return -sum(target * log(clip(output / sum(output, axis, keepdims: true), 1e-7, 1 - 1e-7)), axis);
    }

    /// <summary>What one of two functions gives: the first where the condition isn't 0, else the second. In a model both are computed.</summary>
    public Tensor cond(Tensor pred, Func<Tensor> true_fn, Func<Tensor> false_fn) => pred.HasValues ? pred.numpy().item() != 0 ? true_fn() : false_fn() : where(pred, true_fn(), false_fn());

    /// <summary>The same elements.</summary>
    public Tensor copy(Tensor x) => x.HasValues ? x.numpy().copy() : x;

    /// <summary>The type of the elements.</summary>
    public string dtype(Tensor x) => x.dtype.name;

    /// <summary>An array whose elements nobody asked for: zeros.</summary>
    public Tensor empty(Shape shape, DType? dtype = null) => zeros(shape, dtype);

    /// <summary>1 on a diagonal of a matrix, else 0.</summary>
    public Tensor eye(int N, int? M = null, int k = 0, DType? dtype = null) => Python.np.eye(N, M, k, dtype ?? DType.float32);

    /// <summary>What a body makes of a value, once for each number from the lower to below the upper.</summary>
    public Tensor fori_loop(int lower, int upper, Func<int, Tensor, Tensor> body_fun, Tensor init_val)
    {
        for (int i = lower; i < upper; i++) init_val = body_fun(i, init_val);
        return init_val;
    }

    /// <summary>1 on the diagonal of a square matrix, else 0.</summary>
    public Tensor identity(int n, DType? dtype = null) => eye(n, dtype: dtype);

    /// <summary>Whether it is a tensor: it is.</summary>
    public bool is_tensor(object x) => x is Tensor;

    /// <summary>So many numbers at equal distances.</summary>
    public Tensor linspace(double start, double stop, int num = 50, bool endpoint = true, DType? dtype = null) =>
        Python.np.linspace(start, stop, num, endpoint).astype(dtype ?? DType.float32);

    /// <summary>So many powers of a base at equal distances of their exponents.</summary>
    public Tensor logspace(double start, double stop, int num = 50, bool endpoint = true, double @base = 10, DType? dtype = null) =>
        Python.np.logspace(start, stop, num, endpoint, @base).astype(dtype ?? DType.float32);

    /// <summary>What a function makes of each entry of the first axis.</summary>
    public Tensor map(Func<Tensor, Tensor> f, Tensor xs) => stack([.. unstack(xs).All.Select(f)]);

    /// <summary>How many axes there are.</summary>
    public int ndim(Tensor x) => x.shape.Rank;

    /// <summary>How many elements there are.</summary>
    public int size(Tensor x) => x.shape.Size;

    /// <summary>-log(output / Σ output) along an axis at the place that the target names.</summary>
    public Tensor sparse_categorical_crossentropy(Tensor target, Tensor output, bool from_logits = false, int axis = -1) =>
        categorical_crossentropy(one_hot(target, output.shape[axis < 0 ? axis + output.shape.Rank : axis]!.Value, axis), output, from_logits, axis);

    /// <summary>1 on and below a diagonal of a matrix, else 0.</summary>
    public Tensor tri(int N, int? M = null, int k = 0, DType? dtype = null) => tril(ones((N, M ?? N)), k).numpy().astype(dtype ?? DType.float32);

    /// <summary>What a function makes of each entry of the first axis.</summary>
    public Tensor vectorized_map(Func<Tensor, Tensor> function, Tensor elements) => map(function, elements);

    /// <summary>What a body makes of a value again and again while a condition of it isn't 0.</summary>
    /// <exception cref="ValueError">It is part of a model: there is no value yet.</exception>
    public Tensor while_loop(Func<Tensor, Tensor> cond, Func<Tensor, Tensor> body, Tensor loop_vars, int? maximum_iterations = null)
    {
        for (int i = 0; i != maximum_iterations && cond(loop_vars).numpy().item() != 0; i++) loop_vars = body(loop_vars);
        return loop_vars;
    }
}
