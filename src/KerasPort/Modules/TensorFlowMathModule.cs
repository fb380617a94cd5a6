using KerasPort.Graphs;

namespace KerasPort;

/// <summary><c>tf.math</c>.</summary>
public sealed partial class TensorFlowMathModule
{
    /// <inheritdoc cref="OpsModule.abs"/>
    public Tensor abs(Tensor x) => KerasOps.Absolute.OfTensorFlow(x);

    /// <inheritdoc cref="OpsModule.arccos"/>
    public Tensor acos(Tensor x) => KerasOps.Arccos.OfTensorFlow(x);

    /// <inheritdoc cref="OpsModule.arccosh"/>
    public Tensor acosh(Tensor x) => KerasOps.Arccosh.OfTensorFlow(x);

    /// <inheritdoc cref="OpsModule.add"/>
    public Tensor add(Tensor x, Tensor y) => KerasOps.Add.OfTensorFlow(x, y);

    /// <summary>The sum of tensors of one shape.</summary>
    public Tensor add_n(Tensors inputs) => Python.tf.add_n(inputs);

    /// <summary>The index of the largest along an axis, of equal ones the first.</summary>
    public Tensor argmax(Tensor input, int axis = 0) => KerasOps.Argmax(axis).Whole(DType.int64, input);

    /// <summary>The index of the smallest along an axis, of equal ones the first.</summary>
    public Tensor argmin(Tensor input, int axis = 0) => KerasOps.Argmin(axis).Whole(DType.int64, input);

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

    /// <inheritdoc cref="OpsModule.ceil"/>
    public Tensor ceil(Tensor x) => Python.keras.ops.ceil(x);

    /// <summary>The confusion matrix: how often samples of each class (row) were predicted as each class (column).</summary>
    /// <param name="labels">The true classes.</param>
    /// <param name="predictions">The predicted classes.</param>
    /// <param name="num_classes">The number of classes; by default one more than the largest.</param>
    /// <param name="weights">The weight of each sample.</param>
    /// <param name="dtype">The type of the counts.</param>
    /// <exception cref="ValueError">A class is negative or too large, or the numbers of labels and predictions differ.</exception>
    public Tensor confusion_matrix(Tensor labels, Tensor predictions, int? num_classes = null, Tensor? weights = null, DType? dtype = null)
    {
        NDArray rows = labels.numpy().ravel(), columns = predictions.numpy().ravel();
        if (rows.size != columns.size) throw new ValueError($"Shapes {rows.shape} and {columns.shape} are incompatible");
        if (!AreWhole(rows) || !AreWhole(columns)) throw new ValueError("confusion_matrix needs classes: whole numbers, such as argmax gives.");
        int most = rows.size == 0 ? 0 : Math.Max((int)rows.max(), (int)columns.max()) + 1, count = num_classes ?? most;
        if (most > count || (rows.size > 0 && Math.Min((int)rows.min(), (int)columns.min()) < 0))
            throw new ValueError($"Classes must be from 0 to {count - 1}. Received: labels={rows}, predictions={columns}");
        var counts = Python.np.bincount(rows.astype(DType.int64) * count + columns.astype(DType.int64), weights?.numpy().ravel(), minlength: count * count);
        return Tensor.Holding(counts.reshape(count, count), dtype ?? DType.int32);

        static bool AreWhole(NDArray classes) => !classes.dtype.IsInexact || (Python.np.floor(classes) == classes).all();
    }

    /// <inheritdoc cref="OpsModule.cos"/>
    public Tensor cos(Tensor x) => Python.keras.ops.cos(x);

    /// <summary>The count of each integer from 0 on.</summary>
    public Tensor bincount(Tensor arr, Tensor? weights = null, int minlength = 0) => Python.keras.ops.bincount(arr.numpy(), weights?.numpy(), minlength);

    /// <inheritdoc cref="OpsModule.cosh"/>
    public Tensor cosh(Tensor x) => KerasOps.Cosh.OfTensorFlow(x);

    /// <summary>The running products along an axis, as <see cref="cumsum"/> has the sums.</summary>
    /// <exception cref="ValueError">There is no such axis.</exception>
    public Tensor cumprod(Tensor x, int axis = 0, bool exclusive = false, bool reverse = false) =>
        Running((y, along) => Python.keras.ops.cumprod(y, along), 1, x, axis, exclusive, reverse);

    /// <summary>The running sums along an axis.</summary>
    /// <param name="x">The tensor.</param>
    /// <param name="axis">The axis.</param>
    /// <param name="exclusive">Whether each sum leaves its own element out.</param>
    /// <param name="reverse">Whether the sums begin at the axis' end.</param>
    /// <exception cref="ValueError">There is no such axis.</exception>
    public Tensor cumsum(Tensor x, int axis = 0, bool exclusive = false, bool reverse = false) =>
        Running((y, along) => Python.keras.ops.cumsum(y, along), 0, x, axis, exclusive, reverse);

    /// <summary>What a function accumulates along an axis. Exclusive results begin with that of no element, and end before that of all.</summary>
    private static Tensor Running(Func<Tensor, int, Tensor> accumulated, int ofNone, Tensor x, int axis, bool exclusive, bool reverse)
    {
        var ops = Python.keras.ops;
        if (reverse) x = ops.flip(x, axis);
        var all = accumulated(x, axis);
        if (exclusive)
        {
            var (before, last) = Python.tf.split(all, [-1, 1], axis);
            all = ops.concatenate([ops.full_like(last, ofNone), before], axis);
        }
        return reverse ? ops.flip(all, axis) : all;
    }

    /// <inheritdoc cref="OpsModule.divide"/>
    public Tensor divide(Tensor x, Tensor y) => KerasOps.Divide.OfTensorFlow(x, y);

    /// <inheritdoc cref="OpsModule.equal"/>
    public Tensor equal(Tensor x, Tensor y) => KerasOps.Equal.OfTensorFlow(x, y);

    /// <inheritdoc cref="OpsModule.exp"/>
    public Tensor exp(Tensor x) => KerasOps.Exp.OfTensorFlow(x);

    /// <inheritdoc cref="OpsModule.count_nonzero"/>
    public Tensor count_nonzero(Tensor input, Axes? axis = null) => Tensor.Holding(Python.keras.ops.count_nonzero(input, axis).numpy(), DType.int64);

    /// <inheritdoc cref="OpsModule.divide_no_nan"/>
    public Tensor divide_no_nan(Tensor x, Tensor y) => KerasOps.DivideNoNan.OfTensorFlow(x, y);

    /// <inheritdoc cref="OpsModule.erf"/>
    public Tensor erf(Tensor x) => KerasOps.Erf.OfTensorFlow(x);

    /// <inheritdoc cref="OpsModule.erfc"/>
    public Tensor erfc(Tensor x) => KerasOps.Erfc.OfTensorFlow(x);

    /// <inheritdoc cref="OpsModule.expm1"/>
    public Tensor expm1(Tensor x) => KerasOps.Expm1.OfTensorFlow(x);

    /// <inheritdoc cref="OpsModule.floor"/>
    public Tensor floor(Tensor x) => Python.keras.ops.floor(x);

    /// <inheritdoc cref="OpsModule.floor_divide"/>
    public Tensor floordiv(Tensor x, Tensor y) => KerasOps.FloorDivide.OfTensorFlow(x, y);

    /// <inheritdoc cref="OpsModule.mod"/>
    public Tensor floormod(Tensor x, Tensor y) => KerasOps.Mod.OfTensorFlow(x, y);

    /// <inheritdoc cref="OpsModule.greater"/>
    public Tensor greater(Tensor x, Tensor y) => KerasOps.Greater.OfTensorFlow(x, y);

    /// <inheritdoc cref="OpsModule.greater_equal"/>
    public Tensor greater_equal(Tensor x, Tensor y) => KerasOps.GreaterEqual.OfTensorFlow(x, y);

    /// <inheritdoc cref="OpsModule.in_top_k"/>
    public Tensor in_top_k(Tensor targets, Tensor predictions, int k) => Python.keras.ops.in_top_k(targets, predictions, k);

    /// <inheritdoc cref="OpsModule.isfinite"/>
    public Tensor is_finite(Tensor x) => Python.keras.ops.isfinite(x);

    /// <inheritdoc cref="OpsModule.isinf"/>
    public Tensor is_inf(Tensor x) => Python.keras.ops.isinf(x);

    /// <inheritdoc cref="OpsModule.isnan"/>
    public Tensor is_nan(Tensor x) => Python.keras.ops.isnan(x);

    /// <inheritdoc cref="TensorFlowNNModule.l2_normalize"/>
    public Tensor l2_normalize(Tensor x, Axes? axis = null, double epsilon = 1e-12) => Python.tf.nn.l2_normalize(x, axis, epsilon);

    /// <inheritdoc cref="OpsModule.less"/>
    public Tensor less(Tensor x, Tensor y) => KerasOps.Less.OfTensorFlow(x, y);

    /// <inheritdoc cref="OpsModule.less_equal"/>
    public Tensor less_equal(Tensor x, Tensor y) => KerasOps.LessEqual.OfTensorFlow(x, y);

    /// <inheritdoc cref="OpsModule.log"/>
    public Tensor log(Tensor x) => KerasOps.Log.OfTensorFlow(x);

    /// <inheritdoc cref="OpsModule.log1p"/>
    public Tensor log1p(Tensor x) => KerasOps.Log1p.OfTensorFlow(x);

    /// <inheritdoc cref="Activations.LogSigmoid"/>
    public TensorFunction log_sigmoid => Python.keras.ops.log_sigmoid;

    /// <inheritdoc cref="Activations.LogSoftmax"/>
    public AxisFunction log_softmax => Python.keras.ops.log_softmax;

    /// <inheritdoc cref="OpsModule.logical_and"/>
    public Tensor logical_and(Tensor x, Tensor y) => Python.keras.ops.logical_and(x, y);

    /// <inheritdoc cref="OpsModule.logical_not"/>
    public Tensor logical_not(Tensor x) => Python.keras.ops.logical_not(x);

    /// <inheritdoc cref="OpsModule.logical_or"/>
    public Tensor logical_or(Tensor x, Tensor y) => Python.keras.ops.logical_or(x, y);

    /// <inheritdoc cref="OpsModule.logical_xor"/>
    public Tensor logical_xor(Tensor x, Tensor y) => Python.keras.ops.logical_xor(x, y);

    /// <inheritdoc cref="OpsModule.maximum"/>
    public Tensor maximum(Tensor x, Tensor y) => KerasOps.Maximum.OfTensorFlow(x, y);

    /// <inheritdoc cref="OpsModule.minimum"/>
    public Tensor minimum(Tensor x, Tensor y) => KerasOps.Minimum.OfTensorFlow(x, y);

    /// <inheritdoc cref="OpsModule.mod"/>
    public Tensor mod(Tensor x, Tensor y) => KerasOps.Mod.OfTensorFlow(x, y);

    /// <inheritdoc cref="OpsModule.multiply"/>
    public Tensor multiply(Tensor x, Tensor y) => KerasOps.Multiply.OfTensorFlow(x, y);

    /// <summary>The products, with 0 wherever y is 0, even if x is NaN or infinite.</summary>
    public Tensor multiply_no_nan(Tensor x, Tensor y) => Python.keras.ops.where(Python.keras.ops.equal(y, 0), 0, multiply(x, y));

    /// <inheritdoc cref="OpsModule.not_equal"/>
    public Tensor not_equal(Tensor x, Tensor y) => KerasOps.NotEqual.OfTensorFlow(x, y);

    /// <inheritdoc cref="OpsModule.negative"/>
    public Tensor negative(Tensor x) => KerasOps.Negative.OfTensorFlow(x);

    /// <inheritdoc cref="OpsModule.power"/>
    public Tensor pow(Tensor x, Tensor y) => KerasOps.Power.OfTensorFlow(x, y);

    /// <inheritdoc cref="OpsModule.reciprocal"/>
    public Tensor reciprocal(Tensor x) => KerasOps.Reciprocal.OfTensorFlow(x);

    /// <summary>The reciprocals, and 0 of 0.</summary>
    public Tensor reciprocal_no_nan(Tensor x) => divide_no_nan(1.0, x);

    /// <inheritdoc cref="OpsModule.all"/>
    public Tensor reduce_all(Tensor input_tensor, Axes? axis = null, bool keepdims = false) => Python.keras.ops.all(input_tensor, axis, keepdims);

    /// <inheritdoc cref="OpsModule.any"/>
    public Tensor reduce_any(Tensor input_tensor, Axes? axis = null, bool keepdims = false) => Python.keras.ops.any(input_tensor, axis, keepdims);

    /// <summary>The Euclidean norm of the elements along axes, by default of all.</summary>
    public Tensor reduce_euclidean_norm(Tensor input_tensor, Axes? axis = null, bool keepdims = false) =>
        sqrt(reduce_sum(square(input_tensor), axis, keepdims));

    /// <inheritdoc cref="OpsModule.logsumexp"/>
    public Tensor reduce_logsumexp(Tensor input_tensor, Axes? axis = null, bool keepdims = false) =>
        KerasOps.Logsumexp(axis, keepdims).OfTensorFlow(input_tensor);

    /// <inheritdoc cref="OpsModule.max"/>
    public Tensor reduce_max(Tensor input_tensor, Axes? axis = null, bool keepdims = false) => KerasOps.Max(axis, keepdims).OfTensorFlow(input_tensor);

    /// <inheritdoc cref="OpsModule.mean"/>
    public Tensor reduce_mean(Tensor input_tensor, Axes? axis = null, bool keepdims = false) => KerasOps.Mean(axis, keepdims).OfTensorFlow(input_tensor);

    /// <inheritdoc cref="OpsModule.min"/>
    public Tensor reduce_min(Tensor input_tensor, Axes? axis = null, bool keepdims = false) => KerasOps.Min(axis, keepdims).OfTensorFlow(input_tensor);

    /// <inheritdoc cref="OpsModule.prod"/>
    public Tensor reduce_prod(Tensor input_tensor, Axes? axis = null, bool keepdims = false) => Python.keras.ops.prod(input_tensor, axis, keepdims);

    /// <summary>The number of elements of a shape.</summary>
    /// <exception cref="ValueError">A dimension is unknown.</exception>
    public Tensor reduce_prod(Shape input_tensor) => (NDArray)input_tensor.Size;

    /// <inheritdoc cref="OpsModule.std"/>
    public Tensor reduce_std(Tensor input_tensor, Axes? axis = null, bool keepdims = false) => KerasOps.Std(axis, keepdims).OfTensorFlow(input_tensor);

    /// <inheritdoc cref="OpsModule.sum"/>
    public Tensor reduce_sum(Tensor input_tensor, Axes? axis = null, bool keepdims = false) => KerasOps.Sum(axis, keepdims).OfTensorFlow(input_tensor);

    /// <inheritdoc cref="OpsModule.var"/>
    public Tensor reduce_variance(Tensor input_tensor, Axes? axis = null, bool keepdims = false) => KerasOps.Var(axis, keepdims).OfTensorFlow(input_tensor);

    /// <summary>The nearest integers; a half is rounded to the even one.</summary>
    public Tensor rint(Tensor x) => Python.keras.ops.round(x);

    /// <summary>The nearest integers; a half is rounded to the even one.</summary>
    public Tensor round(Tensor x) => Python.keras.ops.round(x);

    /// <inheritdoc cref="OpsModule.rsqrt"/>
    public Tensor rsqrt(Tensor x) => KerasOps.Rsqrt.OfTensorFlow(x);

    /// <summary>A tensor times a number.</summary>
    public Tensor scalar_mul(Tensor scalar, Tensor x) => multiply(scalar, x);

    /// <inheritdoc cref="ActivationFunctions.sigmoid"/>
    public TensorFunction sigmoid => Python.keras.ops.sigmoid;

    /// <inheritdoc cref="OpsModule.sign"/>
    public Tensor sign(Tensor x) => Python.keras.ops.sign(x);

    /// <inheritdoc cref="OpsModule.sin"/>
    public Tensor sin(Tensor x) => Python.keras.ops.sin(x);

    /// <inheritdoc cref="OpsModule.sinh"/>
    public Tensor sinh(Tensor x) => KerasOps.Sinh.OfTensorFlow(x);

    /// <inheritdoc cref="Activations.Softmax"/>
    public AxisFunction softmax => Python.keras.ops.softmax;

    /// <inheritdoc cref="Activations.Softplus"/>
    public TensorFunction softplus => Python.keras.ops.softplus;

    /// <inheritdoc cref="Activations.Softsign"/>
    public TensorFunction softsign => Python.keras.ops.softsign;

    /// <inheritdoc cref="OpsModule.sqrt"/>
    public Tensor sqrt(Tensor x) => KerasOps.Sqrt.OfTensorFlow(x);

    /// <inheritdoc cref="OpsModule.square"/>
    public Tensor square(Tensor x) => KerasOps.Square.OfTensorFlow(x);

    /// <summary>(x - y)².</summary>
    public Tensor squared_difference(Tensor x, Tensor y) => square(subtract(x, y));

    /// <inheritdoc cref="OpsModule.subtract"/>
    public Tensor subtract(Tensor x, Tensor y) => KerasOps.Subtract.OfTensorFlow(x, y);

    /// <inheritdoc cref="OpsModule.tan"/>
    public Tensor tan(Tensor x) => KerasOps.Tan.OfTensorFlow(x);

    /// <inheritdoc cref="ActivationFunctions.tanh"/>
    public TensorFunction tanh => Python.keras.ops.tanh;

    /// <inheritdoc cref="OpsModule.top_k"/>
    public Tensor top_k(Tensor input, int k = 1, bool sorted = true) => Python.keras.ops.top_k(input, k, sorted);

    /// <inheritdoc cref="OpsModule.true_divide"/>
    public Tensor truediv(Tensor x, Tensor y) => divide(x, y);

    /// <summary>The share of elements that are 0.</summary>
    public Tensor zero_fraction(Tensor value) => Python.keras.ops.mean(Python.keras.ops.cast(Python.keras.ops.equal(value, 0), DType.float32));
}
