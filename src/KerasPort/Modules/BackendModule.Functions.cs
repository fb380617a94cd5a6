using KerasPort.Graphs;
using KerasPort.Layers;

namespace KerasPort;

// What `tf.keras.backend` kept of Keras 2: the functions with which public programs write their metrics, losses and Lambda layers.
public sealed partial class BackendModule
{
    /// <inheritdoc cref="OpsModule.abs"/>
    public Tensor abs(Tensor x) => Python.tf.abs(x);

    /// <summary>Whether all elements differ from 0.</summary>
    public Tensor all(Tensor x, Axes? axis = null, bool keepdims = false) => Python.tf.reduce_all(x, axis, keepdims);

    /// <summary>Whether any element differs from 0.</summary>
    public Tensor any(Tensor x, Axes? axis = null, bool keepdims = false) => Python.tf.reduce_any(x, axis, keepdims);

    /// <summary>Whole numbers from 0 to stop, exclusive.</summary>
    public Tensor arange(int stop, DType? dtype = null) => arange(0, stop, 1, dtype);

    /// <summary>Whole numbers from start to stop, exclusive.</summary>
    public Tensor arange(int start, int stop, int step = 1, DType? dtype = null) => Python.tf.range(start, stop, step, dtype ?? DType.int32);

    /// <summary>The index of the largest along an axis, of equal ones the first.</summary>
    public Tensor argmax(Tensor x, int axis = -1) => Python.tf.argmax(x, axis);

    /// <summary>The index of the smallest along an axis, of equal ones the first.</summary>
    public Tensor argmin(Tensor x, int axis = -1) => Python.tf.argmin(x, axis);

    /// <summary>The product of two tensors, sample by sample: see <see cref="Dot"/>.</summary>
    /// <exception cref="ValueError">The axes have other lengths.</exception>
    public Tensor batch_dot(Tensor x, Tensor y, Axes? axes = null) =>
        new Dot(axes ?? (x.shape.Rank - 1, y.shape.Rank == 2 ? 1 : y.shape.Rank - 2)).Apply([x, y]);

    /// <summary>Each sample as one row.</summary>
    public Tensor batch_flatten(Tensor x) => Python.tf.reshape(x, [-1, x.shape[1..].Size]);

    /// <summary>The values of several variables.</summary>
    public List<NDArray> batch_get_value(IEnumerable<Variable> tensors) => [.. tensors.Select(get_value)];

    /// <summary>Sets the values of several variables.</summary>
    /// <exception cref="ValueError">A value has another shape.</exception>
    public void batch_set_value(IEnumerable<(Variable, NDArray)> tuples)
    {
        foreach (var (variable, value) in tuples) set_value(variable, value);
    }

    /// <summary>The crossentropy of each element, unlike <c>keras.losses.binary_crossentropy</c>, which is the mean of each row.</summary>
    /// <exception cref="ValueError">The shapes differ.</exception>
    public Tensor binary_crossentropy(Tensor target, Tensor output, bool from_logits = false) =>
        Python.keras.ops.binary_crossentropy(target, output, from_logits);

    /// <inheritdoc cref="OpsModule.cast"/>
    public Tensor cast(Tensor x, DType dtype) => Python.tf.cast(x, dtype);

    /// <summary>The values as float32.</summary>
    public Tensor cast_to_floatx(Tensor x) => Python.tf.cast(x, DType.float32);

    /// <summary>The crossentropy of each row.</summary>
    /// <exception cref="ValueError">The shapes differ.</exception>
    public Tensor categorical_crossentropy(Tensor target, Tensor output, bool from_logits = false, int axis = -1) =>
        Python.keras.ops.categorical_crossentropy(target, output, from_logits, axis);

    /// <inheritdoc cref="OpsModule.clip"/>
    public Tensor clip(Tensor x, Tensor? min_value, Tensor? max_value) =>
        Python.tf.clip_by_value(x, min_value ?? double.NegativeInfinity, max_value ?? double.PositiveInfinity);

    /// <inheritdoc cref="OpsModule.concatenate"/>
    public Tensor concatenate(Tensors tensors, int axis = -1) => Python.tf.concat(tensors, axis);

    /// <summary>A tensor of these values, float32 where no type is given.</summary>
    public Tensor constant(Tensor value, DType? dtype = null, Shape? shape = null) => Python.tf.constant(value, dtype ?? DType.float32, shape);

    /// <inheritdoc cref="OpsModule.cos"/>
    public Tensor cos(Tensor x) => Python.tf.math.cos(x);

    /// <summary>The number of elements.</summary>
    public int count_params(Tensor x) => x.shape.Size;

    /// <summary>The running products along an axis.</summary>
    public Tensor cumprod(Tensor x, int axis = 0) => Python.tf.math.cumprod(x, axis);

    /// <summary>The running sums along an axis.</summary>
    public Tensor cumsum(Tensor x, int axis = 0) => Python.tf.cumsum(x, axis);

    /// <inheritdoc cref="OpsModule.dot"/>
    public Tensor dot(Tensor x, Tensor y) => Python.keras.ops.dot(x, y);

    /// <summary>The name of a tensor's type.</summary>
    public string dtype(Tensor x) => x.dtype.name;

    /// <inheritdoc cref="ActivationFunctions.elu"/>
    public Tensor elu(Tensor x, double alpha = 1.0) => Python.keras.ops.elu(x, alpha);

    /// <inheritdoc cref="OpsModule.equal"/>
    public Tensor equal(Tensor x, Tensor y) => Python.tf.equal(x, y);

    /// <summary>A tensor's values.</summary>
    public NDArray eval(Tensor x) => x.numpy();

    /// <inheritdoc cref="OpsModule.exp"/>
    public Tensor exp(Tensor x) => Python.tf.exp(x);

    /// <inheritdoc cref="OpsModule.expand_dims"/>
    public Tensor expand_dims(Tensor x, int axis = -1) => Python.tf.expand_dims(x, axis);

    /// <summary>The identity matrix.</summary>
    public Tensor eye(int size, DType? dtype = null) => Python.tf.eye(size, dtype: dtype);

    /// <summary>All elements in one row.</summary>
    public Tensor flatten(Tensor x) => Python.tf.reshape(x, [-1]);

    /// <summary>The rows of these indices.</summary>
    public Tensor gather(Tensor reference, Tensor indices) => Python.tf.gather(reference, indices);

    /// <summary>A tensor's values.</summary>
    public NDArray get_value(Tensor x) => x.numpy();

    /// <inheritdoc cref="OpsModule.greater"/>
    public Tensor greater(Tensor x, Tensor y) => Python.tf.greater(x, y);

    /// <inheritdoc cref="OpsModule.greater_equal"/>
    public Tensor greater_equal(Tensor x, Tensor y) => Python.tf.greater_equal(x, y);

    /// <summary>Keras 2's hard sigmoid, 0.2 x + 0.5 between 0 and 1; that of <c>keras.activations</c> is x / 6 + 0.5.</summary>
    public Tensor hard_sigmoid(Tensor x) => clip(x * 0.2 + 0.5, 0.0, 1.0);

    /// <summary>The shape, in which the batch is open in a model.</summary>
    public Shape int_shape(Tensor x) => x.shape;

    /// <summary>x over its Euclidean length along an axis.</summary>
    public Tensor l2_normalize(Tensor x, Axes? axis = null) => Python.tf.nn.l2_normalize(x, axis);

    /// <inheritdoc cref="OpsModule.less"/>
    public Tensor less(Tensor x, Tensor y) => Python.tf.less(x, y);

    /// <inheritdoc cref="OpsModule.less_equal"/>
    public Tensor less_equal(Tensor x, Tensor y) => Python.tf.less_equal(x, y);

    /// <inheritdoc cref="OpsModule.log"/>
    public Tensor log(Tensor x) => Python.tf.math.log(x);

    /// <inheritdoc cref="OpsModule.max"/>
    public Tensor max(Tensor x, Axes? axis = null, bool keepdims = false) => Python.tf.reduce_max(x, axis, keepdims);

    /// <inheritdoc cref="OpsModule.maximum"/>
    public Tensor maximum(Tensor x, Tensor y) => Python.tf.maximum(x, y);

    /// <summary>The mean; of truth values the share of true ones.</summary>
    public Tensor mean(Tensor x, Axes? axis = null, bool keepdims = false) => Python.tf.reduce_mean(Counted(x), axis, keepdims);

    /// <inheritdoc cref="OpsModule.min"/>
    public Tensor min(Tensor x, Axes? axis = null, bool keepdims = false) => Python.tf.reduce_min(x, axis, keepdims);

    /// <inheritdoc cref="OpsModule.minimum"/>
    public Tensor minimum(Tensor x, Tensor y) => Python.tf.minimum(x, y);

    /// <summary>The number of axes.</summary>
    public int ndim(Tensor x) => x.shape.Rank;

    /// <inheritdoc cref="OpsModule.not_equal"/>
    public Tensor not_equal(Tensor x, Tensor y) => Python.tf.not_equal(x, y);

    /// <summary>One-hot encoding along a new last axis.</summary>
    public Tensor one_hot(Tensor indices, int num_classes) => Python.tf.one_hot(indices, num_classes);

    /// <inheritdoc cref="OpsModule.ones"/>
    public Tensor ones(Shape shape, DType? dtype = null) => Python.tf.ones(shape, dtype);

    /// <inheritdoc cref="OpsModule.ones_like"/>
    public Tensor ones_like(Tensor x) => Python.tf.ones_like(x);

    /// <summary>The axes in another order.</summary>
    public Tensor permute_dimensions(Tensor x, Axes pattern) => Python.tf.transpose(x, pattern);

    /// <inheritdoc cref="OpsModule.power"/>
    public Tensor pow(Tensor x, Tensor a) => Python.tf.pow(x, a);

    /// <summary>The product of the elements.</summary>
    public Tensor prod(Tensor x, Axes? axis = null, bool keepdims = false) => Python.tf.reduce_prod(x, axis, keepdims);

    /// <summary>Random numbers from a normal distribution; without a seed, one is drawn from <c>np.random</c>.</summary>
    public Tensor random_normal(Shape shape, double mean = 0.0, double stddev = 1.0, DType? dtype = null, long? seed = null) =>
        Python.tf.random.normal(shape, mean, stddev, dtype, seed ?? Drawn());

    /// <summary>Random numbers from minval to maxval, exclusive; without a seed, one is drawn from <c>np.random</c>.</summary>
    public Tensor random_uniform(Shape shape, double minval = 0.0, double maxval = 1.0, DType? dtype = null, long? seed = null) =>
        Python.tf.random.uniform(shape, minval, maxval, dtype, seed ?? Drawn());

    /// <summary>x where it is positive, alpha · x elsewhere, at most max_value.</summary>
    public Tensor relu(Tensor x, double alpha = 0.0, double? max_value = null, double threshold = 0.0) =>
        Python.keras.activations.relu(x, alpha, max_value, threshold);

    /// <summary>Each row n times, along a new second axis.</summary>
    /// <exception cref="ValueError">The tensor isn't made of rows.</exception>
    public Tensor repeat(Tensor x, int n) => x.shape.Rank == 2 ? Python.tf.tile(Python.tf.expand_dims(x, 1), [1, n, 1])
        : throw new ValueError($"Expected input `x` to have rank 2. Received: rank(x)={x.shape.Rank}");

    /// <summary>Each element along an axis rep times.</summary>
    public Tensor repeat_elements(Tensor x, int rep, int axis) => Python.tf.repeat(x, rep, axis);

    /// <inheritdoc cref="OpsModule.reshape"/>
    public Tensor reshape(Tensor x, Shape shape) => Python.tf.reshape(x, shape);

    /// <summary>The elements along some axes in reversed order.</summary>
    public Tensor reverse(Tensor x, Axes axes) => Python.tf.reverse(x, axes);

    /// <inheritdoc cref="OpsModule.round"/>
    public Tensor round(Tensor x) => Python.tf.round(x);

    /// <inheritdoc cref="TensorFlowModule.shape"/>
    public Tensor shape(Tensor x) => Python.tf.shape(x);

    /// <inheritdoc cref="ActivationFunctions.sigmoid"/>
    public Tensor sigmoid(Tensor x) => Python.tf.sigmoid(x);

    /// <inheritdoc cref="OpsModule.sign"/>
    public Tensor sign(Tensor x) => Python.tf.sign(x);

    /// <inheritdoc cref="OpsModule.sin"/>
    public Tensor sin(Tensor x) => Python.tf.math.sin(x);

    /// <summary>The softmax along an axis.</summary>
    public Tensor softmax(Tensor x, int axis = -1) => Python.tf.nn.softmax(x, axis);

    /// <inheritdoc cref="ActivationFunctions.softplus"/>
    public Tensor softplus(Tensor x) => Python.tf.nn.softplus(x);

    /// <inheritdoc cref="ActivationFunctions.softsign"/>
    public Tensor softsign(Tensor x) => Python.tf.nn.softsign(x);

    /// <summary>The crossentropy of each row; targets are the indices of its classes.</summary>
    /// <exception cref="ValueError">The shapes don't fit.</exception>
    public Tensor sparse_categorical_crossentropy(Tensor target, Tensor output, bool from_logits = false, int axis = -1) =>
        Python.keras.ops.sparse_categorical_crossentropy(target, output, from_logits, axis);

    /// <inheritdoc cref="OpsModule.sqrt"/>
    public Tensor sqrt(Tensor x) => Python.tf.sqrt(x);

    /// <inheritdoc cref="OpsModule.square"/>
    public Tensor square(Tensor x) => Python.tf.square(x);

    /// <inheritdoc cref="OpsModule.squeeze"/>
    public Tensor squeeze(Tensor x, int axis) => Python.tf.squeeze(x, axis);

    /// <inheritdoc cref="OpsModule.stack"/>
    public Tensor stack(Tensors x, int axis = 0) => Python.tf.stack(x, axis);

    /// <summary>The standard deviation.</summary>
    public Tensor std(Tensor x, Axes? axis = null, bool keepdims = false) => Python.tf.math.reduce_std(Counted(x), axis, keepdims);

    /// <inheritdoc cref="OpsModule.stop_gradient"/>
    public Tensor stop_gradient(Tensor variables) => Python.keras.ops.stop_gradient(variables);

    /// <inheritdoc cref="OpsModule.sum"/>
    public Tensor sum(Tensor x, Axes? axis = null, bool keepdims = false) => Python.tf.reduce_sum(x, axis, keepdims);

    /// <summary>Elements of the first tensor where a condition holds, else of the second.</summary>
    public Tensor @switch(Tensor condition, Tensor then_expression, Tensor else_expression) =>
        Python.tf.where(Python.tf.cast(condition, DType.@bool), then_expression, else_expression);

    /// <inheritdoc cref="ActivationFunctions.tanh"/>
    public Tensor tanh(Tensor x) => Python.tf.tanh(x);

    /// <inheritdoc cref="OpsModule.tile"/>
    public Tensor tile(Tensor x, Axes n) => Python.tf.tile(x, n);

    /// <summary>The axes in reversed order.</summary>
    public Tensor transpose(Tensor x) => Python.tf.transpose(x);

    /// <summary>The variance.</summary>
    public Tensor var(Tensor x, Axes? axis = null, bool keepdims = false) => Python.tf.math.reduce_variance(Counted(x), axis, keepdims);

    /// <summary>A variable of these values, in float32.</summary>
    public Variable variable(Tensor value, string? name = null) => Python.tf.Variable(cast_to_floatx(value), name: name);

    /// <inheritdoc cref="OpsModule.zeros"/>
    public Tensor zeros(Shape shape, DType? dtype = null) => Python.tf.zeros(shape, dtype);

    /// <inheritdoc cref="OpsModule.zeros_like"/>
    public Tensor zeros_like(Tensor x) => Python.tf.zeros_like(x);

    private static Tensor Counted(Tensor x) => x.dtype == DType.@bool ? Python.tf.cast(x, DType.float32) : x;

    // In a plan nothing is drawn: how often a layer's `call` runs would move the program's own numbers.
    private static long? Drawn() => Graph.Making is null ? Python.np.random.randint(10_000_000) : null;
}
