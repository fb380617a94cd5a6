using KerasPort.Graphs;

namespace KerasPort;

/// <content>Inverse and hyperbolic functions, safe quotients, and segments.</content>
public sealed partial class TensorFlowMathModule
{
    /// <inheritdoc cref="OpsModule.arccos"/>
    public Tensor acos(Tensor x) => KerasOps.Arccos.OfTensorFlow(x);

    /// <inheritdoc cref="OpsModule.arccosh"/>
    public Tensor acosh(Tensor x) => KerasOps.Arccosh.OfTensorFlow(x);

    /// <summary>The sum of tensors of one shape.</summary>
    public Tensor add_n(Tensors inputs) => Python.tf.add_n(inputs);

    /// <inheritdoc cref="OpsModule.arcsin"/>
    public Tensor asin(Tensor x) => KerasOps.Arcsin.OfTensorFlow(x);

    /// <inheritdoc cref="OpsModule.arcsinh"/>
    public Tensor asinh(Tensor x) => KerasOps.Arcsinh.OfTensorFlow(x);

    /// <inheritdoc cref="OpsModule.arctan"/>
    public Tensor atan(Tensor x) => KerasOps.Arctan.OfTensorFlow(x);

    /// <inheritdoc cref="OpsModule.arctan2"/>
    public Tensor atan2(Tensor y, Tensor x) => KerasOps.Arctan2.OfTensorFlow(y, x);

    /// <inheritdoc cref="OpsModule.arctanh"/>
    public Tensor atanh(Tensor x) => KerasOps.Arctanh.OfTensorFlow(x);

    /// <inheritdoc cref="OpsModule.cosh"/>
    public Tensor cosh(Tensor x) => KerasOps.Cosh.OfTensorFlow(x);

    /// <inheritdoc cref="OpsModule.divide_no_nan"/>
    public Tensor divide_no_nan(Tensor x, Tensor y) => KerasOps.DivideNoNan.OfTensorFlow(x, y);

    /// <inheritdoc cref="OpsModule.erf"/>
    public Tensor erf(Tensor x) => KerasOps.Erf.OfTensorFlow(x);

    /// <inheritdoc cref="OpsModule.erfc"/>
    public Tensor erfc(Tensor x) => KerasOps.Erfc.OfTensorFlow(x);

    /// <inheritdoc cref="OpsModule.expm1"/>
    public Tensor expm1(Tensor x) => KerasOps.Expm1.OfTensorFlow(x);

    /// <inheritdoc cref="OpsModule.in_top_k"/>
    public Tensor in_top_k(Tensor targets, Tensor predictions, int k) => Python.keras.ops.in_top_k(targets, predictions, k);

    /// <inheritdoc cref="TensorFlowNNModule.l2_normalize"/>
    public Tensor l2_normalize(Tensor x, Axes? axis = null, double epsilon = 1e-12) => Python.tf.nn.l2_normalize(x, axis, epsilon);

    /// <inheritdoc cref="OpsModule.log1p"/>
    public Tensor log1p(Tensor x) => KerasOps.Log1p.OfTensorFlow(x);

    /// <inheritdoc cref="Activations.LogSigmoid"/>
    public TensorFunction log_sigmoid => Python.keras.ops.log_sigmoid;

    /// <inheritdoc cref="Activations.LogSoftmax"/>
    public AxisFunction log_softmax => Python.keras.ops.log_softmax;

    /// <inheritdoc cref="OpsModule.logical_xor"/>
    public Tensor logical_xor(Tensor x, Tensor y) => Python.keras.ops.logical_xor(x, y);

    /// <inheritdoc cref="OpsModule.mod"/>
    public Tensor mod(Tensor x, Tensor y) => KerasOps.Mod.OfTensorFlow(x, y);

    /// <summary>The products, with 0 wherever y is 0, even if x is NaN or infinite.</summary>
    public Tensor multiply_no_nan(Tensor x, Tensor y) => Python.keras.ops.where(Python.keras.ops.equal(y, 0), 0, multiply(x, y));

    /// <inheritdoc cref="OpsModule.reciprocal"/>
    public Tensor reciprocal(Tensor x) => KerasOps.Reciprocal.OfTensorFlow(x);

    /// <summary>The reciprocals, and 0 of 0.</summary>
    public Tensor reciprocal_no_nan(Tensor x) => divide_no_nan(1.0, x);

    /// <summary>The Euclidean norm of the elements along axes, by default of all.</summary>
    public Tensor reduce_euclidean_norm(Tensor input_tensor, Axes? axis = null, bool keepdims = false) =>
        sqrt(reduce_sum(square(input_tensor), axis, keepdims));

    /// <inheritdoc cref="OpsModule.logsumexp"/>
    public Tensor reduce_logsumexp(Tensor input_tensor, Axes? axis = null, bool keepdims = false) =>
        KerasOps.Logsumexp(axis, keepdims).OfTensorFlow(input_tensor);

    /// <summary>The nearest integers; a half is rounded to the even one.</summary>
    public Tensor rint(Tensor x) => Python.keras.ops.round(x);

    /// <inheritdoc cref="OpsModule.rsqrt"/>
    public Tensor rsqrt(Tensor x) => KerasOps.Rsqrt.OfTensorFlow(x);

    /// <summary>A tensor times a number.</summary>
    public Tensor scalar_mul(Tensor scalar, Tensor x) => multiply(scalar, x);

    /// <summary>The largest entry of each segment of the first axis.</summary>
    /// <param name="data">The entries.</param>
    /// <param name="segment_ids">The segment of each entry, ascending from 0 without a gap.</param>
    public Tensor segment_max(Tensor data, Tensor segment_ids) => Python.keras.ops.segment_max(data, segment_ids);

    /// <summary>The mean of each segment of the first axis.</summary>
    /// <inheritdoc cref="segment_max"/>
    public Tensor segment_mean(Tensor data, Tensor segment_ids) => unsorted_segment_mean(data, segment_ids, Segments(segment_ids));

    /// <summary>The smallest entry of each segment of the first axis.</summary>
    /// <inheritdoc cref="segment_max"/>
    public Tensor segment_min(Tensor data, Tensor segment_ids) => Python.keras.ops.segment_min(data, segment_ids);

    /// <summary>The sum of each segment of the first axis.</summary>
    /// <inheritdoc cref="segment_max"/>
    public Tensor segment_sum(Tensor data, Tensor segment_ids) => unsorted_segment_sum(data, segment_ids, Segments(segment_ids));

    /// <inheritdoc cref="OpsModule.sinh"/>
    public Tensor sinh(Tensor x) => KerasOps.Sinh.OfTensorFlow(x);

    /// <inheritdoc cref="Activations.Softmax"/>
    public AxisFunction softmax => Python.keras.ops.softmax;

    /// <inheritdoc cref="Activations.Softplus"/>
    public TensorFunction softplus => Python.keras.ops.softplus;

    /// <inheritdoc cref="Activations.Softsign"/>
    public TensorFunction softsign => Python.keras.ops.softsign;

    /// <summary>(x - y)².</summary>
    public Tensor squared_difference(Tensor x, Tensor y) => square(subtract(x, y));

    /// <inheritdoc cref="OpsModule.tan"/>
    public Tensor tan(Tensor x) => KerasOps.Tan.OfTensorFlow(x);

    /// <inheritdoc cref="OpsModule.true_divide"/>
    public Tensor truediv(Tensor x, Tensor y) => divide(x, y);

    /// <summary>The mean of each segment of the first axis, 0 of an empty one.</summary>
    /// <param name="data">The entries.</param>
    /// <param name="segment_ids">The segment of each entry, in any order.</param>
    /// <param name="num_segments">The number of segments.</param>
    public Tensor unsorted_segment_mean(Tensor data, Tensor segment_ids, int num_segments) =>
        divide_no_nan(unsorted_segment_sum(data, segment_ids, num_segments), unsorted_segment_sum(Python.tf.ones_like(data), segment_ids, num_segments));

    /// <summary>The sum of each segment of the first axis, 0 of an empty one.</summary>
    /// <inheritdoc cref="unsorted_segment_mean"/>
    public Tensor unsorted_segment_sum(Tensor data, Tensor segment_ids, int num_segments) =>
        Python.keras.ops.segment_sum(data, segment_ids, num_segments);

    /// <summary>The share of elements that are 0.</summary>
    public Tensor zero_fraction(Tensor value) => Python.keras.ops.mean(Python.keras.ops.cast(Python.keras.ops.equal(value, 0), DType.float32));

    private static int Segments(Tensor segment_ids) => (int)segment_ids.numpy().max() + 1;
}
