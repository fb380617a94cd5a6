using KerasPort.Layers;

namespace KerasPort.Tests.Graphs;

/// <summary>The same functions on values, on symbolic tensors and in a layer's call, with numpy's numbers.</summary>
public class TensorTests
{
    private static readonly NDArray s_x = np.array([[1.0, -2.0, 3.0], [4.0, 0.5, -6.0]]), s_y = np.array([[2.0, 2.0, 2.0], [1.0, 5.0, 1.0]]);

    /// <summary>The results of functions of two tensors, x and y, by name.</summary>
    private static Tensor Number(Tensor x) => keras.ops.cast(x, "float32");

    private static readonly Dictionary<string, (Func<Tensor, Tensor, Tensor> Function, float[] Expected)> s_functions = new()
    {
        ["x + y"] = ((x, y) => x + y, [3, 0, 5, 5, 5.5f, -5]),
        ["x - y"] = ((x, y) => x - y, [-1, -4, 1, 3, -4.5f, -7]),
        ["x * y"] = ((x, y) => x * y, [2, -4, 6, 4, 2.5f, -6]),
        ["x / y"] = ((x, y) => x / y, [0.5f, -1, 1.5f, 4, 0.1f, -6]),
        ["numbers"] = ((x, _) => (1 - (2 * x + 1 - 3) * 0.5) / 2 + 1 / -(-2.0 / -x), [0, 3, -2, -3, 0.5f, 7]),
        ["abs"] = ((x, _) => keras.ops.abs(x), [1, 2, 3, 4, 0.5f, 6]),
        ["maximum"] = (keras.ops.maximum, [2, 2, 3, 4, 5, 1]),
        ["minimum"] = (keras.ops.minimum, [1, -2, 2, 1, 0.5f, -6]),
        ["greater"] = (keras.ops.greater, [0, 0, 1, 1, 0, 0]),
        ["equal"] = ((x, _) => keras.ops.equal(x, 4 * (x / x)), [0, 0, 0, 1, 0, 0]),
        ["square, sqrt"] = ((x, _) => keras.ops.sqrt(keras.ops.square(x)), [1, 2, 3, 4, 0.5f, 6]),
        ["exp, log"] = ((x, _) => keras.ops.log(keras.ops.exp(x)), [1, -2, 3, 4, 0.5f, -6]),
        ["power"] = ((x, _) => keras.ops.power(keras.ops.abs(x), 2), [1, 4, 9, 16, 0.25f, 36]),
        ["sum of rows"] = ((x, _) => keras.ops.sum(x, axis: -1), [2, -1.5f]),
        ["mean of columns"] = ((x, _) => keras.ops.mean(x, axis: 0), [2.5f, -0.75f, -1.5f]),
        ["mean"] = ((x, _) => keras.ops.mean(x), [0.5f / 6]),
        ["relu"] = ((x, _) => tf.nn.relu(x), [1, 0, 3, 4, 0.5f, 0]),
        ["softmax"] = ((x, _) => keras.ops.sum(tf.nn.softmax(x), axis: -1), [1, 1]),
        ["reshape"] = ((x, _) => keras.ops.reshape(x, (-1, 1)), [1, -2, 3, 4, 0.5f, -6]),
        ["matmul"] = ((x, _) => keras.ops.matmul(x, np.array([[1.0], [2.0], [3.0]])), [6, -13]),
        ["concatenate"] = ((x, y) => keras.ops.concatenate([x, y], axis: 1), [1, -2, 3, 2, 2, 2, 4, 0.5f, -6, 1, 5, 1]),
        ["clip"] = ((x, _) => keras.ops.clip(x, -1, 3), [1, -1, 3, 3, 0.5f, -1]),
        ["largest of columns"] = ((x, _) => keras.ops.max(x, axis: 0), [4, 0.5f, 3]),
        ["smallest"] = ((x, _) => keras.ops.min(x, keepdims: true), [-6]),
        ["variance of rows"] = ((x, _) => keras.ops.var(x, axis: 1), [38f / 9, 103f / 6]),
        ["deviation"] = ((x, _) => keras.ops.std(x), [3.321855f]),
        ["place of the largest of columns"] = ((x, _) => keras.ops.argmax(x, axis: 0), [1, 1, 0]),
        ["place of the smallest"] = ((x, _) => keras.ops.argmin(x), [5]),
        ["place of the largest of rows"] = ((x, _) => tf.argmax(x, axis: 1), [2, 0]),
        ["where"] = ((x, y) => keras.ops.where(x > y, x, -y), [-2, -2, 3, 4, -5, -1]),
        ["comparisons"] = ((x, y) => Number(x >= y) + 2 * Number(x < 1) + 4 * Number(x <= -2) + 8 * Number(y > 1.5), [8, 14, 9, 1, 10, 6]),
        ["axes in another order"] = ((x, _) => keras.ops.transpose(x), [1, 4, -2, 0.5f, 3, -6]),
        ["new axes"] = ((x, _) => keras.ops.squeeze(keras.ops.transpose(tf.expand_dims(x, -1), (2, 1, 0)), 0), [1, 4, -2, 0.5f, 3, -6]),
        ["side by side"] = ((x, y) => tf.transpose(keras.ops.stack([x, y], axis: 1), (0, 2, 1)), [1, 2, -2, 2, 3, 2, 4, 1, 0.5f, 5, -6, 1]),
        ["backwards"] = ((x, _) => keras.ops.flip(x, axis: 1), [3, -2, 1, -6, 0.5f, 4]),
        ["repeated"] = ((x, _) => keras.ops.repeat(x, 2, axis: 0), [1, -2, 3, 1, -2, 3, 4, 0.5f, -6, 4, 0.5f, -6]),
        ["one row"] = ((x, _) => x[1], [4, 0.5f, -6]),
        ["a column from the end"] = ((x, _) => x[.., ^1], [3, -6]),
        ["every other column"] = ((x, _) => x[.., Slice(step: 2)], [1, 3, 4, -6]),
        ["columns backwards"] = ((x, _) => x[Ellipsis, Slice(step: -1)], [3, -2, 1, -6, 0.5f, 4]),
        ["a part with a new axis"] = ((x, _) => x[np.newaxis, .., 1..][0], [-2, 3, 0.5f, -6]),
        ["ones like it"] = ((x, _) => tf.ones_like(x) - tf.zeros_like(x) / 2, [1, 1, 1, 1, 1, 1]),
        ["reductions of tf"] = ((x, y) => tf.reduce_sum(tf.maximum(x, y), axis: 1) - tf.math.reduce_mean(tf.square(y), axis: 1), [3, 1]),
    };

    public static TheoryData<string> Functions => [.. s_functions.Keys];

    [Theory]
    [MemberData(nameof(Functions))]
    public void A_function_gives_the_same_of_values_and_in_a_layer(string name)
    {
        var (function, expected) = s_functions[name];
        void Near(NDArray y) => Assert.Equal(expected, y.ToFloats(), (a, b) => Math.Abs(a - b) < 1e-5);
        Near(function(s_x, s_y).numpy());
        Near(new Both(function).Apply(keras.layers.concatenate([s_x, s_y])).numpy());
    }

    [Fact]
    public void Symbolic_arithmetic_is_part_of_a_model()
    {
        var (x, y) = (keras.Input(3), keras.Input(3));
        var model = keras.Model([x, y], 2 * keras.layers.Dense(3, kernel_initializer: "ones").Apply(x) + y - 1);
        Assert.Equal(new Shape(null, 3), model.output_shape);
        Assert.Equal([5, 5, 5, -3, 1, -3], model.Apply([s_x, s_y]).numpy().ToFloats());
    }

    [Fact]
    public void A_loss_of_ones_own_trains_like_the_one_it_copies()
    {
        double Trained(KerasPort.Losses.Loss loss)
        {
            keras.utils.set_random_seed(6);
            var model = keras.Sequential([keras.Input(3), keras.layers.Dense(4, activation: tf.nn.tanh), keras.layers.Dense(3)]);
            model.compile("adam", loss);
            return model.fit(s_x, s_y, epochs: 5, verbose: 0).history["loss"][^1];
        }
        Assert.Equal(Trained("mse"), Trained(new KerasPort.Losses.Loss((t, p) => keras.ops.mean(keras.ops.square(t - p), axis: -1))), 1e-6);
    }

    [Fact]
    public void A_list_is_a_tensor_where_one_is_wanted()
    {
        Assert.Equal(["float32 (2,)", "int32 (2,)", "float32 (2, 2)", "string (2,)", "float32 (0,)"],
            (string[])[Shown([1.0, 2]), Shown([1, 2]), Shown([[0.0, 1], [1, 0]]), Shown(["a", "b"]), Shown([])]);
        Assert.Equal("float32 (3, 2)", Shown(tf.constant(7.0, shape: (3, 2))));
        Assert.Equal(0.5, (double)keras.losses.MeanSquaredError().Apply([[0.0, 1], [0, 0]], [[1, 1], [1, 0]]));
        Assert.Equal([4f, 6f], tf.add_n([tf.constant([1.0, 2.0]), tf.constant([3.0, 4.0])]).numpy().ToFloats());
        Assert.Equal([0.5f], tf.keras.metrics.mae([1.0, 2.0], [2.0, 2.0]).numpy().reshape(1).ToFloats());
        Assert.Equal([1f, 2f], from row in Rows([1.0, 2.0]) select (float)row);

        static string Shown(Tensor x) => $"{x.dtype} {x.shape}";

        static IEnumerable<Tensor> Rows(Tensor x)
        {
            foreach (var row in x) yield return row;
        }
    }

    /// <summary>TensorFlow's names for functions that create and order elements.</summary>
    [Fact]
    public void Elements_are_made_and_moved_by_TensorFlows_names()
    {
        Assert.Equal([0f, 0.1f, 0.2f, 0.3f], tf.linspace(0, 0.3, 4).numpy().ToFloats().Select(x => MathF.Round(x, 6)));
        var x = tf.linspace(0.0, 250, 251);
        Assert.Equal((251, 250.0, "float32"), (len(x), (double)x.numpy()[^1], x.dtype.name));
        Assert.Equal("[5.]", tf.linspace(5, 9, 1).numpy().ToString());
        Assert.Equal("Requires num > 0, got 0", Assert.Throws<ValueError>(() => tf.linspace(0, 1, 0)).Message);
        Assert.Equal("[0 1 2] [2 4]", f($"{tf.range(3).numpy()} {tf.range(2, 6, 2).numpy()}"));
        Assert.Equal("[0 1 2] int64", f($"{tf.range(tf.constant(3, tf.int64)).numpy()} {tf.range(tf.constant(3, tf.int64)).dtype.name}"));
        Assert.Equal("[3. 4.] float32", f($"{tf.range(3, tf.constant(5.0)).numpy()} {tf.range(3, tf.constant(5.0)).dtype.name}"));
        Assert.Equal("[[7 7 7]]", f($"{tf.fill([tf.constant(1), 3], tf.constant(7)).numpy()}"));
        Assert.Throws<ValueError>(() => tf.range(tf.constant(3), 0));
        x = tf.constant(np.array([[3.0, 1.0], [2.0, 4.0]]));
        Assert.Equal("[[1. 3.]\n [2. 4.]] [[1 0]\n [0 1]]", f($"{tf.sort(x).numpy()} {tf.argsort(x).numpy()}"));
        Assert.Equal("[[3. 4.]\n [2. 1.]] [[0 1]\n [1 0]]",
            f($"{tf.sort(x, axis: 0, direction: "DESCENDING").numpy()} {tf.argsort(x, axis: 0, direction: "DESCENDING").numpy()}"));
        var ties = tf.constant([3, 1, 2, 3, 1]);
        Assert.Equal("[0 3 2 1 4] [3 3 2 1 1]", f($"{tf.argsort(ties, direction: "DESCENDING").numpy()} {tf.sort(ties, direction: "DESCENDING").numpy()}"));
        Assert.Equal("[1 0]", tf.argsort(np.array([0, 7], dtype: "uint8"), direction: "DESCENDING").numpy().ToString());
        Assert.Equal("Argument `direction` should be one of ASCENDING, DESCENDING. Received: direction=down",
            Assert.Throws<ValueError>(() => tf.sort(x, direction: "down")).Message);
        Assert.Equal("[[2. 4.]] [3. 1. 3. 1.]", f($"{tf.gather(x, np.array([1])).numpy()} {tf.tile(x[0], [2]).numpy()}"));
        Shape shape = (28, 28);
        Assert.Equal((24, 784, 784), ((int)tf.reduce_prod(x).numpy(), (int)tf.reduce_prod(shape).numpy(), (int)tf.math.reduce_prod(shape).numpy()));
        Assert.Equal(2, (int)tf.rank(x).numpy());
        Assert.Equal((false, true), ((bool)tf.reduce_all(x > 1).numpy(), (bool)tf.math.reduce_any(x > 3).numpy()));
        Assert.Equal("[2. 2. -4.]", tf.round(tf.constant(np.array([1.5f, 2.5f, -3.7f]))).numpy().ToString().Replace("  ", " ").Replace("[ ", "["));
        Assert.Equal("(1, 2, 2)", x.numpy()[tf.newaxis].shape.ToString());
        Assert.Equal(tf.__version__, tf.version.VERSION);
        var mask = np.array([true, false]);
        Assert.Equal("[[3. 1.]] [[2. 4.]] (0, 2)", f($"{x[mask].numpy()} {x[~mask].numpy()} {x[mask & ~mask].numpy().shape}"));
        Layer Ones() => keras.layers.Dense(1, kernel_regularizer: "l2", kernel_initializer: "ones");
        var model = keras.Sequential([keras.Input(2), Ones(), Ones()]);
        Assert.Equal(0.03, (double)tf.add_n(model.losses).numpy(), 1e-7);
    }

    [Fact]
    public void Prints_as_Python_does()
    {
        Assert.Equal(["tf.Tensor([2. 4.], shape=(2,), dtype=float64)", "tf.Tensor(\n[[1.]\n [1.]], shape=(2, 1), dtype=float32)",
            "tf.Tensor(1.5, shape=(), dtype=float32)"],
            (string[])[PythonText.Str((Tensor)np.array([1.0, 2.0]) * 2), PythonText.Str(tf.ones((2, 1))), PythonText.Str(tf.constant(1.5))]);
        Assert.Equal("1.50 [2. 4.]", f($"{tf.constant(1.5):.2f} {tf.constant([2.0, 4.0])}"));
        var v = tf.Variable(tf.ones((2, 1)));
        v.assign_add(tf.ones((2, 1)));
        v.assign_sub([[0.5], [0.5]]);
        Assert.Equal([1.5f, 1.5f], v.numpy().ToFloats());
    }

    [Fact]
    public void What_has_no_values_or_no_such_axis_says_so()
    {
        Assert.Throws<ValueError>(() => (keras.Input(3) + 1).numpy());
        Assert.Throws<ValueError>(() => keras.ops.mean(s_x, axis: 2));
        Assert.Throws<ValueError>(() => ((Tensor)s_x)[0, 0, 0]);
        Assert.Throws<ValueError>(() => ((Tensor)s_x)[2]);
        Assert.Throws<ValueError>(() => keras.ops.squeeze(s_x, 0));
        Assert.Contains("can't be cast to int32", Assert.Throws<ValueError>(() => tf.cast(keras.Input(3), tf.int32)).Message);
        Assert.Throws<ValueError>(() => (Tensor)s_x + (Tensor)np.ones((4, 5)));
        Assert.Equal("<tf.Tensor: shape=(2,), dtype=float64, numpy=array([2., 4.])>", $"{(Tensor)np.array([1.0, 2.0]) * 2}");
    }

    private sealed class Both(Func<Tensor, Tensor, Tensor> function) : Layer(null)
    {
        protected internal override Tensor Call(KerasPort.Graphs.Graph g, Tensor x) => function(g.Columns(x, 0, 3), g.Columns(x, 3, 3));
    }
}
