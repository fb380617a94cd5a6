using KerasPort.Layers;
using Xunit;
using static KerasPort.Python;

namespace KerasPort.Tests.Graphs;

/// <summary>The same functions on values, on symbolic tensors and in a layer's call; numbers of numpy.</summary>
public class TensorTests
{
    private static readonly NDArray s_x = np.array([[1.0, -2.0, 3.0], [4.0, 0.5, -6.0]]), s_y = np.array([[2.0, 2.0, 2.0], [1.0, 5.0, 1.0]]);

    /// <summary>By name what a function of two tensors gives for x and y.</summary>
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
    public void What_has_no_values_or_no_such_axis_says_so()
    {
        Assert.Throws<ValueError>(() => (keras.Input(3) + 1).numpy());
        Assert.Throws<ValueError>(() => keras.ops.mean(s_x, axis: 2));
        Assert.Throws<ValueError>(() => (Tensor)s_x + (Tensor)np.ones((4, 5)));
        Assert.Equal("<tf.Tensor: shape=(2,), dtype=float32, numpy=array([2., 4.], dtype=float32)>", $"{(Tensor)np.array([1.0, 2.0]) * 2}");
    }

    private sealed class Both(Func<Tensor, Tensor, Tensor> function) : Layer(null)
    {
        protected internal override Tensor Call(KerasPort.Graphs.Graph g, Tensor x) => function(g.Columns(x, 0, 3), g.Columns(x, 3, 3));
    }
}
