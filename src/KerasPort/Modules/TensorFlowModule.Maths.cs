using KerasPort.Graphs;

namespace KerasPort;

/// <content>Functions of <c>tf</c> that compute: those of angles, products of tensors, limited norms, loops.</content>
public sealed partial class TensorFlowModule
{
    /// <inheritdoc cref="OpsModule.arccos"/>
    public Tensor acos(Tensor x) => math.acos(x);

    /// <inheritdoc cref="OpsModule.arccosh"/>
    public Tensor acosh(Tensor x) => math.acosh(x);

    /// <inheritdoc cref="OpsModule.arcsin"/>
    public Tensor asin(Tensor x) => math.asin(x);

    /// <inheritdoc cref="OpsModule.arcsinh"/>
    public Tensor asinh(Tensor x) => math.asinh(x);

    /// <inheritdoc cref="OpsModule.arctan"/>
    public Tensor atan(Tensor x) => math.atan(x);

    /// <inheritdoc cref="OpsModule.arctan2"/>
    public Tensor atan2(Tensor y, Tensor x) => math.atan2(y, x);

    /// <inheritdoc cref="OpsModule.arctanh"/>
    public Tensor atanh(Tensor x) => math.atanh(x);

    /// <summary>Scales tensors down to a largest norm of all their elements together: <c>var (clipped, norm) = …</c>, and <c>clipped[0]</c>.</summary>
    public (Tensor[] Clipped, Tensor Norm) clip_by_global_norm(Tensors t_list, double clip_norm)
    {
        var length = linalg.global_norm(t_list);
        var scale = clip_norm / Python.keras.ops.maximum(length, clip_norm);
        return ([.. t_list.Select(x => x * scale)], length);
    }

    /// <summary>Scales a tensor down to a largest norm, of all elements or along axes.</summary>
    public Tensor clip_by_norm(Tensor t, double clip_norm, Axes? axes = null)
    {
        var length = norm(t, axis: axes, keepdims: true);
        return t * clip_norm / Python.keras.ops.maximum(length, clip_norm);
    }

    /// <inheritdoc cref="OpsModule.cond"/>
    public Tensor cond(Tensor pred, Func<Tensor> true_fn, Func<Tensor> false_fn) => Python.keras.ops.cond(pred, true_fn, false_fn);

    /// <inheritdoc cref="OpsModule.cos"/>
    public Tensor cos(Tensor x) => math.cos(x);

    /// <inheritdoc cref="OpsModule.cosh"/>
    public Tensor cosh(Tensor x) => math.cosh(x);

    /// <inheritdoc cref="OpsModule.einsum"/>
    public Tensor einsum(string equation, params Tensor[] inputs) => KerasOps.Einsum(equation).OfTensorFlow(inputs);

    /// <inheritdoc cref="NumpyModule.float16"/>
    public DType float16 => DType.float16;

    /// <inheritdoc cref="OpsModule.floor"/>
    public Tensor floor(Tensor x) => math.floor(x);

    /// <inheritdoc cref="NumpyModule.int16"/>
    public DType int16 => DType.int16;

    /// <inheritdoc cref="NumpyModule.int8"/>
    public DType int8 => DType.int8;

    /// <summary><c>tf.linalg</c>.</summary>
    public TensorFlowLinalgModule linalg { get; } = new();

    /// <inheritdoc cref="OpsModule.map"/>
    public Tensor map_fn(Func<Tensor, Tensor> fn, Tensor elems, DType? fn_output_signature = null)
    {
        var made = Python.keras.ops.map(fn, elems);
        return fn_output_signature is { } type ? cast(made, type) : made;
    }

    /// <inheritdoc cref="OpsModule.logsumexp"/>
    public Tensor reduce_logsumexp(Tensor input_tensor, Axes? axis = null, bool keepdims = false) => math.reduce_logsumexp(input_tensor, axis, keepdims);

    /// <inheritdoc cref="TensorFlowMathModule.scalar_mul"/>
    public Tensor scalar_mul(Tensor scalar, Tensor x) => math.multiply(scalar, x);

    /// <inheritdoc cref="OpsModule.sin"/>
    public Tensor sin(Tensor x) => math.sin(x);

    /// <inheritdoc cref="OpsModule.sinh"/>
    public Tensor sinh(Tensor x) => math.sinh(x);

    /// <inheritdoc cref="OpsModule.stop_gradient"/>
    public Tensor stop_gradient(Tensor input) => Python.keras.ops.stop_gradient(input);

    /// <inheritdoc cref="OpsModule.tan"/>
    public Tensor tan(Tensor x) => math.tan(x);

    /// <summary>The sums of products over axes: the last ones of a and the first ones of b, as many as <paramref name="axes"/> says.</summary>
    public Tensor tensordot(Tensor a, Tensor b, int axes) => KerasOps.Tensordot(axes).OfTensorFlow(a, b);

    /// <summary>The sums of products over the axes of a and of b that are named: <c>tf.tensordot(a, b, axes: [[1], [0]])</c>.</summary>
    /// <exception cref="ValueError">There aren't axes of both.</exception>
    public Tensor tensordot(Tensor a, Tensor b, Axes[] axes) => axes is [var first, var second] ? KerasOps.Tensordot([.. first], [.. second]).OfTensorFlow(a, b)
        : throw new ValueError($"`axes` must be an integer or have length 2. Received: a list of {axes.Length}");

    /// <inheritdoc cref="OpsModule.true_divide"/>
    public Tensor truediv(Tensor x, Tensor y) => divide(x, y);

    /// <inheritdoc cref="NumpyModule.uint16"/>
    public DType uint16 => DType.uint16;

    /// <inheritdoc cref="NumpyModule.uint32"/>
    public DType uint32 => DType.uint32;

    /// <inheritdoc cref="NumpyModule.uint64"/>
    public DType uint64 => DType.uint64;

    /// <inheritdoc cref="OpsModule.map"/>
    public Tensor vectorized_map(Func<Tensor, Tensor> fn, Tensor elems) => Python.keras.ops.map(fn, elems);
}
