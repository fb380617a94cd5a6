using KerasPort.Graphs;
using KerasPort.Layers;

namespace KerasPort;

/// <summary><c>tf</c>.</summary>
public sealed partial class TensorFlowModule
{
    /// <summary>The version of TensorFlow that the library reproduces.</summary>
    public string __version__ => "2.16.2";

    /// <inheritdoc cref="OpsModule.abs"/>
    public Tensor abs(Tensor x) => KerasOps.Absolute.OfTensorFlow(x);

    /// <inheritdoc cref="OpsModule.add"/>
    public Tensor add(Tensor x, Tensor y) => KerasOps.Add.OfTensorFlow(x, y);

    /// <summary>The sum of tensors of one shape.</summary>
    /// <exception cref="ValueError">There is no tensor.</exception>
    public Tensor add_n(Tensors inputs) => inputs is { Count: > 0 } ? inputs.Aggregate((sum, x) => sum + x)
        : throw new ValueError("inputs must be a list of at least one Tensor with the same dtype and shape. Received: []");

    /// <summary>The index of the largest along an axis, of equal ones the first.</summary>
    public Tensor argmax(Tensor input, int axis = 0) => KerasOps.Argmax(axis).Whole(DType.int64, input);

    /// <summary>The index of the smallest along an axis, of equal ones the first.</summary>
    public Tensor argmin(Tensor input, int axis = 0) => KerasOps.Argmin(axis).Whole(DType.int64, input);

    /// <inheritdoc cref="OpsModule.cast"/>
    public Tensor cast(Tensor x, DType dtype) => dtype != DType.@string ? Python.keras.ops.cast(x, dtype) : x.Texts is not null ? x
        : throw new ValueError($"Cast {x.dtype} to string is not supported: tf.strings.as_string makes strings of numbers.");

    /// <inheritdoc cref="OpsModule.cast"/>
    public Tensor cast(Tensor x, string dtype) => cast(x, dtype == "string" ? DType.@string : (DType)dtype);

    /// <inheritdoc cref="OpsModule.clip"/>
    public Tensor clip_by_value(Tensor t, Tensor clip_value_min, Tensor clip_value_max) =>
        clip_value_min.Number is { } least && clip_value_max.Number is { } most
            && (t.dtype.IsInexact || (least.IsWhole && most.IsWhole)) ? KerasOps.Clip(least, most).OfTensorFlow(t)
            : minimum(maximum(t, clip_value_min), clip_value_max);

    /// <inheritdoc cref="OpsModule.concatenate"/>
    public Tensor concat(Tensors values, int axis) => KerasOps.Concatenate(axis).OfTensorFlow([.. values]);

    /// <summary>Creates a tensor from an array, numbers, strings or lists of these; numbers may be given a shape.</summary>
    public Tensor constant(Tensor value, DType? dtype = null, Shape? shape = null)
    {
        if (value.Texts is not null) return value;
        var values = value.numpy();
        if (shape is { } wanted) values = values.size == 1 ? Python.np.full(wanted, values.reshape(1)[0]) : values.reshape(wanted);
        return Tensor.Holding(values, dtype ?? value.dtype);
    }

    /// <summary>Creates a tensor of strings.</summary>
    public Tensor constant(Strings value) => value;

    /// <inheritdoc cref="OpsModule.convert_to_tensor"/>
    public Tensor convert_to_tensor(Tensor value, DType? dtype = null) => Python.keras.ops.convert_to_tensor(value, dtype);

    /// <inheritdoc cref="KerasPort.TensorSpec(Shape, DType?, string?)"/>
    public TensorSpec TensorSpec(Shape shape, DType? dtype = null, string? name = null) => new(shape, dtype, name);

    /// <summary><c>tf.data</c>.</summary>
    public DataModule data { get; } = new();

    /// <summary><c>keras.initializers</c>.</summary>
    public InitializersModule initializers => Python.keras.initializers;

    /// <summary><c>keras.losses</c>.</summary>
    public LossesModule losses => Python.keras.losses;

    /// <summary><c>keras.metrics</c>.</summary>
    public MetricsModule metrics => Python.keras.metrics;

    /// <summary><c>keras.optimizers</c>.</summary>
    public OptimizersModule optimizers => Python.keras.optimizers;

    /// <inheritdoc cref="OpsModule.divide"/>
    public Tensor divide(Tensor x, Tensor y) => KerasOps.Divide.OfTensorFlow(x, y);

    /// <inheritdoc cref="OpsModule.equal"/>
    /// <remarks>Also for strings: <c>tf.equal(parts[-2], class_names)</c>.</remarks>
    public Tensor equal(Tensor x, Tensor y) => x.Texts is { } a && y.Texts is { } b ? Strings.Equal(a, b) : KerasOps.Equal.OfTensorFlow(x, y);

    /// <inheritdoc cref="OpsModule.exp"/>
    public Tensor exp(Tensor x) => KerasOps.Exp.OfTensorFlow(x);

    /// <inheritdoc cref="OpsModule.expand_dims"/>
    public Tensor expand_dims(Tensor input, int axis) =>
        input.Texts is { } texts ? texts.At(Python.np.expand_dims(texts.Places, axis)) : Python.keras.ops.expand_dims(input, axis);

    /// <inheritdoc cref="OpsModule.full"/>
    public Tensor fill(Shape dims, double value) => Python.keras.ops.full(dims, value);

    /// <inheritdoc cref="OpsModule.full"/>
    public Tensor fill(Shape dims, int value) => Python.keras.ops.full(dims, value, DType.int32);

    /// <inheritdoc cref="OpsModule.full"/>
    [OverloadResolutionPriority(-1)]
    public Tensor fill(Tensor[] dims, Tensor value) =>
        Tensor.Holding(Python.np.full([.. dims.Select(dim => (int?)dim)], value.numpy()), value.dtype);

    /// <inheritdoc cref="NumpyModule.float32"/>
    public DType float32 => DType.float32;

    /// <inheritdoc cref="NumpyModule.float64"/>
    public DType float64 => DType.float64;

    /// <inheritdoc cref="OpsModule.greater"/>
    public Tensor greater(Tensor x, Tensor y) => KerasOps.Greater.OfTensorFlow(x, y);

    /// <inheritdoc cref="OpsModule.greater_equal"/>
    public Tensor greater_equal(Tensor x, Tensor y) => KerasOps.GreaterEqual.OfTensorFlow(x, y);

    /// <summary><c>tf.image</c>.</summary>
    public TensorFlowImageModule image { get; } = new();

    /// <summary><c>tf.io</c>.</summary>
    public TensorFlowIOModule io { get; } = new();

    /// <inheritdoc cref="NumpyModule.int32"/>
    public DType int32 => DType.int32;

    /// <inheritdoc cref="NumpyModule.int64"/>
    public DType int64 => DType.int64;

    /// <summary><c>tf.keras</c>.</summary>
    public KerasModule keras => Python.keras;

    /// <inheritdoc cref="OpsModule.less"/>
    public Tensor less(Tensor x, Tensor y) => KerasOps.Less.OfTensorFlow(x, y);

    /// <inheritdoc cref="OpsModule.less_equal"/>
    public Tensor less_equal(Tensor x, Tensor y) => KerasOps.LessEqual.OfTensorFlow(x, y);

    /// <summary><c>tf.math</c>.</summary>
    public TensorFlowMathModule math { get; } = new();

    /// <inheritdoc cref="OpsModule.matmul"/>
    public Tensor matmul(Tensor a, Tensor b) => KerasOps.Matmul.OfTensorFlow(a, b);

    /// <inheritdoc cref="OpsModule.maximum"/>
    public Tensor maximum(Tensor x, Tensor y) => KerasOps.Maximum.OfTensorFlow(x, y);

    /// <inheritdoc cref="OpsModule.minimum"/>
    public Tensor minimum(Tensor x, Tensor y) => KerasOps.Minimum.OfTensorFlow(x, y);

    /// <inheritdoc cref="OpsModule.multiply"/>
    public Tensor multiply(Tensor x, Tensor y) => KerasOps.Multiply.OfTensorFlow(x, y);

    /// <inheritdoc cref="OpsModule.negative"/>
    public Tensor negative(Tensor x) => KerasOps.Negative.OfTensorFlow(x);

    /// <summary><c>tf.nn</c>.</summary>
    public TensorFlowNNModule nn { get; } = new();

    /// <inheritdoc cref="equal"/>
    public Tensor not_equal(Tensor x, Tensor y) => x.Texts is not null && y.Texts is not null
        ? Python.np.logical_not(equal(x, y).numpy()) : KerasOps.NotEqual.OfTensorFlow(x, y);

    /// <summary>The result of a function of arrays: <c>tf.numpy_function(f, [x], tf.float32)</c>. The functions of <c>map</c> don't need it here.</summary>
    /// <exception cref="ValueError">The number of arguments isn't the function's.</exception>
    public Tensor numpy_function(Func<NDArray, NDArray> func, Tensor[] inp, DType Tout) => As(func(Given(inp, 1)[0].numpy()), Tout);

    /// <inheritdoc cref="numpy_function(Func{NDArray, NDArray}, Tensor[], DType)"/>
    public Tensor numpy_function(Func<NDArray, NDArray, NDArray> func, Tensor[] inp, DType Tout) => As(func(Given(inp, 2)[0].numpy(), inp[1].numpy()), Tout);

    /// <summary>The result of a function of tensors: <c>tf.py_function(f, [x], tf.float32)</c>. The functions of <c>map</c> don't need it here.</summary>
    /// <exception cref="ValueError">The number of arguments isn't the function's.</exception>
    public Tensor py_function(Func<Tensor, Tensor> func, Tensor[] inp, DType Tout) => As(func(Given(inp, 1)[0]), Tout);

    /// <inheritdoc cref="py_function(Func{Tensor, Tensor}, Tensor[], DType)"/>
    public Tensor py_function(Func<Tensor, Tensor, Tensor> func, Tensor[] inp, DType Tout) => As(func(Given(inp, 2)[0], inp[1]), Tout);

    /// <summary>One-hot encoding along a new axis, by default the last: on_value at the index that each element gives, else off_value.</summary>
    /// <param name="indices">The indices; one out of range has off_value everywhere.</param>
    /// <param name="depth">The number of classes.</param>
    /// <param name="on_value">The value at the index, 1 by default.</param>
    /// <param name="off_value">The value elsewhere, 0 by default.</param>
    /// <param name="axis">The place of the new axis.</param>
    /// <param name="dtype">The type, by default that of the values, or float32.</param>
    public Tensor one_hot(Tensor indices, Tensor depth, Tensor? on_value = null, Tensor? off_value = null, int axis = -1, DType? dtype = null)
    {
        var codes = Python.keras.ops.one_hot(indices, (int)(double)depth, axis);
        var type = dtype ?? (on_value ?? off_value)?.dtype ?? DType.float32;
        if (on_value is not null || off_value is not null) codes = Python.keras.ops.where(Python.keras.ops.equal(codes, 1), on_value ?? 1, off_value ?? 0);
        return codes.dtype == type ? codes : cast(codes, type);
    }

    /// <inheritdoc cref="OpsModule.ones"/>
    public Tensor ones(Shape shape, DType? dtype = null) => Python.keras.ops.ones(shape, dtype);

    /// <inheritdoc cref="OpsModule.ones_like"/>
    public Tensor ones_like(Tensor input) => Python.keras.ops.ones_like(input);

    /// <inheritdoc cref="OpsModule.power"/>
    public Tensor pow(Tensor x, Tensor y) => KerasOps.Power.OfTensorFlow(x, y);

    /// <summary><c>tf.random</c>.</summary>
    public TensorFlowRandomModule random { get; } = new();

    /// <inheritdoc cref="OpsModule.max"/>
    public Tensor reduce_max(Tensor input_tensor, Axes? axis = null, bool keepdims = false) => KerasOps.Max(axis, keepdims).OfTensorFlow(input_tensor);

    /// <inheritdoc cref="OpsModule.mean"/>
    public Tensor reduce_mean(Tensor input_tensor, Axes? axis = null, bool keepdims = false) => KerasOps.Mean(axis, keepdims).OfTensorFlow(input_tensor);

    /// <inheritdoc cref="OpsModule.min"/>
    public Tensor reduce_min(Tensor input_tensor, Axes? axis = null, bool keepdims = false) => KerasOps.Min(axis, keepdims).OfTensorFlow(input_tensor);

    /// <inheritdoc cref="OpsModule.sum"/>
    public Tensor reduce_sum(Tensor input_tensor, Axes? axis = null, bool keepdims = false) => KerasOps.Sum(axis, keepdims).OfTensorFlow(input_tensor);

    /// <inheritdoc cref="OpsModule.reshape"/>
    public Tensor reshape(Tensor tensor, Shape shape) => tensor.Texts is { } texts ? texts.Reshaped(shape) : Python.keras.ops.reshape(tensor, shape);

    /// <inheritdoc cref="OpsModule.flip"/>
    public Tensor reverse(Tensor tensor, Axes axis) => Python.keras.ops.flip(tensor, axis);

    /// <inheritdoc cref="ActivationFunctions.sigmoid"/>
    public TensorFunction sigmoid => Python.keras.ops.sigmoid;

    /// <summary><c>tf.sparse</c>.</summary>
    public TensorFlowSparseModule sparse { get; } = new();

    /// <inheritdoc cref="OpsModule.sqrt"/>
    public Tensor sqrt(Tensor x) => KerasOps.Sqrt.OfTensorFlow(x);

    /// <inheritdoc cref="OpsModule.square"/>
    public Tensor square(Tensor x) => KerasOps.Square.OfTensorFlow(x);

    /// <summary>The dimensions, as integers: <c>tf.shape(x)[0]</c> is the number of rows.</summary>
    /// <exception cref="ValueError">A dimension isn't known yet, in a model: see <c>x.shape</c>.</exception>
    public Tensor shape(Tensor input, DType? out_type = null) => new NDArray([.. input.shape.Select(d => d
        ?? throw new ValueError($"A dimension isn't known before there is data: take what is known of `x.shape`. Received: input.shape={input.shape}"))])
        .astype(out_type ?? DType.int32);

    /// <inheritdoc cref="OpsModule.squeeze"/>
    public Tensor squeeze(Tensor input, int? axis = null) => Python.keras.ops.squeeze(input, axis);

    /// <summary>The dtype of strings, which tensors of <c>tf.data</c> and <c>tf.strings</c> hold, but not arrays.</summary>
    public DType @string => DType.@string;

    /// <summary><c>tf.strings</c>.</summary>
    public TensorFlowStringsModule strings { get; } = new();

    /// <inheritdoc cref="OpsModule.stack"/>
    public Tensor stack(Tensors values, int axis = 0) => KerasOps.Stack(axis).OfTensorFlow([.. values]);

    /// <inheritdoc cref="OpsModule.subtract"/>
    public Tensor subtract(Tensor x, Tensor y) => KerasOps.Subtract.OfTensorFlow(x, y);

    /// <inheritdoc cref="ActivationFunctions.tanh"/>
    public TensorFunction tanh => Python.keras.ops.tanh;

    /// <summary><c>tf.train</c>.</summary>
    public TensorFlowTrainModule train { get; } = new();

    /// <inheritdoc cref="OpsModule.transpose"/>
    public Tensor transpose(Tensor a, Axes? perm = null) => Python.keras.ops.transpose(a, perm);

    /// <inheritdoc cref="NumpyModule.uint8"/>
    public DType uint8 => DType.uint8;

    /// <summary>Creates a variable, which <c>assign</c>, <c>assign_add</c> and <c>assign_sub</c> change.</summary>
    public Variable Variable(Tensor initial_value, bool trainable = true, string? name = null)
    {
        var value = initial_value.numpy();
        var variable = new Variable(new Weight(name ?? "Variable", [.. value.shape], "zeros", trainable), new Models.Turns(), trainable);
        variable.assign(value);
        return variable;
    }

    /// <inheritdoc cref="OpsModule.where"/>
    public Tensor where(Tensor condition, Tensor x, Tensor y) => KerasOps.Where.OfTensorFlow(condition, x, y);

    /// <inheritdoc cref="OpsModule.zeros"/>
    public Tensor zeros(Shape shape, DType? dtype = null) => Python.keras.ops.zeros(shape, dtype);

    /// <inheritdoc cref="OpsModule.zeros_like"/>
    public Tensor zeros_like(Tensor input) => Python.keras.ops.zeros_like(input);

    private static Tensor[] Given(Tensor[] inp, int count) => inp.Length == count ? inp
        : throw new ValueError($"The function takes {count} arguments, but `inp` has {inp.Length}.");

    private static Tensor As(Tensor value, DType type) => Tensor.Holding(value.numpy(), type);
}
