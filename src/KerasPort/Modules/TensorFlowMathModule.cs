using KerasPort.Graphs;

namespace KerasPort;

/// <summary><c>tf.math</c>.</summary>
public sealed class TensorFlowMathModule
{
    /// <inheritdoc cref="OpsModule.abs"/>
    public Tensor abs(Tensor x) => Python.keras.ops.abs(x);

    /// <inheritdoc cref="OpsModule.add"/>
    public Tensor add(Tensor x, Tensor y) => Python.keras.ops.add(x, y);

    /// <summary>The positions of the largest along an axis, of equals the first.</summary>
    public Tensor argmax(Tensor input, int axis = 0) => KerasOps.Argmax(axis).Whole(DType.int64, input);

    /// <summary>The positions of the smallest along an axis, of equals the first.</summary>
    public Tensor argmin(Tensor input, int axis = 0) => KerasOps.Argmin(axis).Whole(DType.int64, input);

    /// <inheritdoc cref="OpsModule.divide"/>
    public Tensor divide(Tensor x, Tensor y) => Python.keras.ops.divide(x, y);

    /// <inheritdoc cref="OpsModule.equal"/>
    public Tensor equal(Tensor x, Tensor y) => Python.keras.ops.equal(x, y);

    /// <inheritdoc cref="OpsModule.exp"/>
    public Tensor exp(Tensor x) => Python.keras.ops.exp(x);

    /// <inheritdoc cref="OpsModule.greater"/>
    public Tensor greater(Tensor x, Tensor y) => Python.keras.ops.greater(x, y);

    /// <inheritdoc cref="OpsModule.greater_equal"/>
    public Tensor greater_equal(Tensor x, Tensor y) => Python.keras.ops.greater_equal(x, y);

    /// <inheritdoc cref="OpsModule.less"/>
    public Tensor less(Tensor x, Tensor y) => Python.keras.ops.less(x, y);

    /// <inheritdoc cref="OpsModule.less_equal"/>
    public Tensor less_equal(Tensor x, Tensor y) => Python.keras.ops.less_equal(x, y);

    /// <inheritdoc cref="OpsModule.log"/>
    public Tensor log(Tensor x) => Python.keras.ops.log(x);

    /// <inheritdoc cref="OpsModule.maximum"/>
    public Tensor maximum(Tensor x, Tensor y) => Python.keras.ops.maximum(x, y);

    /// <inheritdoc cref="OpsModule.minimum"/>
    public Tensor minimum(Tensor x, Tensor y) => Python.keras.ops.minimum(x, y);

    /// <inheritdoc cref="OpsModule.multiply"/>
    public Tensor multiply(Tensor x, Tensor y) => Python.keras.ops.multiply(x, y);

    /// <inheritdoc cref="OpsModule.negative"/>
    public Tensor negative(Tensor x) => Python.keras.ops.negative(x);

    /// <inheritdoc cref="OpsModule.power"/>
    public Tensor pow(Tensor x, Tensor y) => Python.keras.ops.power(x, y);

    /// <inheritdoc cref="OpsModule.max"/>
    public Tensor reduce_max(Tensor input_tensor, Axes? axis = null, bool keepdims = false) => Python.keras.ops.max(input_tensor, axis, keepdims);

    /// <inheritdoc cref="OpsModule.mean"/>
    public Tensor reduce_mean(Tensor input_tensor, Axes? axis = null, bool keepdims = false) => Python.keras.ops.mean(input_tensor, axis, keepdims);

    /// <inheritdoc cref="OpsModule.min"/>
    public Tensor reduce_min(Tensor input_tensor, Axes? axis = null, bool keepdims = false) => Python.keras.ops.min(input_tensor, axis, keepdims);

    /// <inheritdoc cref="OpsModule.std"/>
    public Tensor reduce_std(Tensor input_tensor, Axes? axis = null, bool keepdims = false) => Python.keras.ops.std(input_tensor, axis, keepdims);

    /// <inheritdoc cref="OpsModule.sum"/>
    public Tensor reduce_sum(Tensor input_tensor, Axes? axis = null, bool keepdims = false) => Python.keras.ops.sum(input_tensor, axis, keepdims);

    /// <inheritdoc cref="OpsModule.var"/>
    public Tensor reduce_variance(Tensor input_tensor, Axes? axis = null, bool keepdims = false) => Python.keras.ops.var(input_tensor, axis, keepdims);

    /// <inheritdoc cref="OpsModule.sigmoid"/>
    public TensorFunction sigmoid => Python.keras.ops.sigmoid;

    /// <inheritdoc cref="OpsModule.sqrt"/>
    public Tensor sqrt(Tensor x) => Python.keras.ops.sqrt(x);

    /// <inheritdoc cref="OpsModule.square"/>
    public Tensor square(Tensor x) => Python.keras.ops.square(x);

    /// <inheritdoc cref="OpsModule.subtract"/>
    public Tensor subtract(Tensor x, Tensor y) => Python.keras.ops.subtract(x, y);

    /// <inheritdoc cref="OpsModule.tanh"/>
    public TensorFunction tanh => Python.keras.ops.tanh;
}
