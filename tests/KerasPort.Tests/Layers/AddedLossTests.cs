using KerasPort.Layers;

namespace KerasPort.Tests.Layers;

/// <summary>Losses that layers add, by <c>add_loss</c> and regularizers of weights and outputs, with the numbers of Keras 3.15.1.</summary>
public class AddedLossTests
{
    private readonly NDArray _x = np.array([[1.0], [2.0], [3.0], [4.0]]), _y = np.full((4, 1), 2.0);

    public AddedLossTests() => keras.utils.clear_session();

    [Fact]
    public void Counts_in_training_and_evaluation_and_is_told_of_a_call()
    {
        var inputs = keras.Input(1);
        var outputs = keras.layers.Dense(1, kernel_initializer: "ones", kernel_regularizer: keras.regularizers.L2(0.25), activity_regularizer: "l1",
            use_bias: false).Apply(new HalfOfSum().Apply(inputs));
        var model = keras.Model(inputs, outputs);
        model.compile(keras.optimizers.SGD(0.01), "mse");
        Assert.Equal(6.775000095367432, model.evaluate(_x, _y, verbose: 0)[0], 1e-6);
        Assert.Equal([6.775000095367432, 6.493401050567627], model.fit(_x, _y, verbose: 0, epochs: 2).history["loss"], (a, b) => Math.Abs(a - b) < 2e-6);
        Assert.Equal(0.8980638f, model.layers[2].kernel.numpy().ToFloats()[0], 1e-6f);
        model.Apply(_x);
        Assert.Equal([5.0, 0.022451596334576607, 0.201629638671875], model.losses.Select(loss => (double)loss), (a, b) => Math.Abs(a - b) < 1e-6);
        Assert.Equal(0.201629638671875, (double)model.layers[2].losses[^1], 1e-6);
        Assert.Equal(5.2240812, (double)tf.add_n([.. model.losses]), 1e-5);
    }

    [Fact]
    public void A_weight_of_one_s_own_has_a_regularizer_and_a_path()
    {
        var model = keras.Sequential([keras.Input(1), new Weighing(name: "w")], name: "stack");
        model.compile("sgd", "mse");
        Assert.Equal(1.5099999904632568, model.evaluate(_x, _y, verbose: 0)[0], 1e-6);
        Assert.Equal(["stack/w/w", "stack/w/n"], model.weights.Select(weight => weight.path));
        Assert.Equal([DType.float32, DType.int64], model.weights.Select(weight => weight.dtype));
        Assert.Equal(0.01, (double)model.losses.Single(), 1e-7);
        model.layers[^1].trainable = false;
        Assert.Empty(model.losses);
        Assert.StartsWith("<Variable path=stack/w/w, shape=(1, 1), dtype=float32, value=[[1.]]", model.weights[0].ToString());
        Assert.Contains("float32", Assert.Throws<ValueError>(() => new Weighing("float16").build(new Shape(null, 1))).Message);
    }

    [Fact]
    public void A_function_gets_targets_with_as_many_axes_as_outputs()
    {
        var model = keras.Sequential([keras.Input(1), keras.layers.Dense(1, kernel_initializer: "ones")]);
        double Of(KerasPort.Losses.LossList loss)
        {
            model.compile("sgd", loss);
            return model.evaluate(_x, np.array([4.0, 1.0, 2.0, 2.0]), verbose: 0);
        }

        Assert.Equal(3.75, Of("mse"), 1e-6);
        Assert.Equal(Of("mse"), Of(new KerasPort.Losses.Loss((t, p) => keras.ops.mean(keras.ops.square(t - p), axis: -1))), 1e-6);
    }

    [Fact]
    public void A_function_as_a_layer_takes_several_inputs()
    {
        var (a, b) = (keras.Input(2), keras.Input(2));
        var distance = keras.layers.Lambda(pair =>
        {
            var (x, y) = pair;
            return keras.ops.sum(keras.ops.square(x - y), axis: 1, keepdims: true);
        }, output_shape: 1).Apply([a, b]);
        var model = keras.Model([a, b], distance);
        Assert.Equal([5f], model.predict([np.array([[1.0, 2.0]]), np.array([[0.0, 0.0]])], verbose: 0).ToFloats());
    }

    [Fact]
    public void Is_refused_outside_of_a_call() =>
        Assert.StartsWith("`add_loss()` can only be called from inside", Assert.Throws<ValueError>(() => new HalfOfSum().add_loss(keras.Input(1))).Message);

    [Fact]
    public void Layers_are_a_list()
    {
        var model = keras.Model(Input(out var inputs), keras.layers.Dense(2, name: "b").Apply(keras.layers.Dense(2, name: "a").Apply(inputs)));
        Assert.Equal(["a", "b"], model.layers[1..].Select(layer => layer.name));
        Assert.Equal(["a"], model.layers[1..^1].Select(layer => layer.name));
        Assert.Equal(("b", "b"), (model.layers[^1].name, model.layers[-1].name));
        Assert.StartsWith("list index out of range", Assert.Throws<ValueError>(() => model.layers[3]).Message);
        Assert.Equal(["b/kernel", "b/bias"], model.layers[-1].weights.Select(weight => weight.path));
        Assert.Equal("'Dropout' object has no attribute 'kernel': layer 'd' isn't built.",
            Assert.Throws<ValueError>(() => keras.layers.Dropout(0.5, name: "d").kernel).Message);

        static Tensor Input(out Tensor made) => made = keras.Input(3);
    }

    private sealed class HalfOfSum() : Layer(null)
    {
        public override Tensor call(Tensor x, bool training)
        {
            add_loss(0.5 * keras.ops.sum(x));
            return x;
        }
    }

    private sealed class Weighing(string? dtype = null, string? name = null) : Layer(name)
    {
        private Variable? _w;

        public override void build(Shape input_shape)
        {
            _w = add_weight((input_shape[^1], 1), "ones", dtype: dtype is null ? (DType?)null : dtype, regularizer: "l2", name: "w");
            add_weight(initializer: "zeros", dtype: "int64", trainable: false, name: "n");
        }

        public override Tensor call(Tensor x, bool training) => tf.matmul(x, _w!);
    }
}
