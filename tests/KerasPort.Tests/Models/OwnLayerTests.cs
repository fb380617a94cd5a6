using System.Text.Json.Nodes;
using KerasPort.Layers;
using KerasPort.Saving;

namespace KerasPort.Tests.Models;

/// <summary>A custom layer, written as in Python over the functions of tensors, and short programs that apply layers and functions to values.</summary>
public class OwnLayerTests
{
    [Fact]
    public void It_trains_as_the_one_that_it_copies_and_its_weights_go_through_a_file()
    {
        var (own, copied) = (Model(new MyDense(5)), Model(keras.layers.Dense(5, activation: "relu")));
        own.set_weights(copied.get_weights());
        var (x, y) = SyntheticData.Rows(64, 4);
        Assert.Equal(Losses(copied), Losses(own), (a, b) => Math.Abs(a - b) < 1e-5);
        Assert.Equal(["kernel", "bias"], own.layers[0].variables.Select(v => v.name));
        Assert.Equal(5, (int)own.layers[0].get_config()["units"]!);

        using var folder = new TemporaryFolder();
        own.save_weights(folder["own.weights.h5"]);
        var again = Model(new MyDense(5));
        again.load_weights(folder["own.weights.h5"]);
        Assert.Equal(own.predict(x, verbose: 0).ToFloats(), again.predict(x, verbose: 0).ToFloats());

        double[] Losses(KerasPort.Models.Sequential model) =>
            [.. model.fit(x, y, epochs: 4, shuffle: false, verbose: 0).history["loss"].Select(v => (double)v)];
    }

    /// <summary>Keras' guide to sequential models: features of all layers and of one of them, as Keras computes them from the same seed.</summary>
    [Fact]
    public void The_guides_feature_extractors_give_what_Keras_gives()
    {
        keras.utils.set_random_seed(1);
        var layers = keras.layers;
        var initial_model = keras.Sequential([
            keras.Input(shape: (60, 60, 3)),
            layers.Conv2D(32, 5, strides: 2, activation: "relu"),
            layers.Conv2D(32, 3, activation: "relu", name: "my_intermediate_layer"),
            layers.Conv2D(32, 3, activation: "relu"),
        ]);
        var feature_extractor = keras.Model(inputs: initial_model.inputs, outputs: [.. initial_model.layers.Select(layer => layer.output)]);
        var x = keras.ops.ones((1, 60, 60, 3));
        var features = feature_extractor.Apply(x);
        (int Size, double Mean)[] expected = [(28, 0.07475844887085259), (26, 0.08209531006286852), (24, 0.04078874411061406)];
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.Equal(new Shape(1, expected[i].Size, expected[i].Size, 32), features[i].shape);
            Assert.Equal(expected[i].Mean, features[i].numpy().ToFloats().Average(v => (double)v), 1e-7);
        }

        var of_one = keras.Model(inputs: initial_model.inputs, outputs: initial_model.get_layer(name: "my_intermediate_layer").output);
        float[] pixel = of_one.Apply(x).numpy()[0, 3, 4, ..3].ToFloats();
        foreach (var (wanted, given) in new[] { 0f, 0.156731978058815f, 0.1675732582807541f }.Zip(pixel)) Assert.Equal(wanted, given, 1e-6f);
    }

    [Fact]
    public void Layers_and_functions_give_values_of_values()
    {
        var layer = keras.layers.Dense(3);
        var x = keras.ops.ones((1, 4));
        Assert.Equal(new Shape(1, 3), layer.Apply(x).shape);
        var extractor = keras.Sequential([keras.Input((250, 250, 3)), keras.layers.Conv2D(2, 5, strides: 2), keras.layers.GlobalMaxPooling2D()]);
        Assert.Equal(new Shape(1, 2), extractor.Apply(tf.ones((1, 250, 250, 3))).shape);

        // As in k-fold validation, for its first and its last part.
        NDArray rows = new((float[])[1, 2, 3, 4], 2, 2);
        Assert.Equal([1, 2, 3, 4], tf.concat([rows[..0], rows], axis: 0).numpy().ToFloats());
        Assert.Equal([1, 2, 3, 4, 1, 2], tf.concat([rows, rows[2..], rows[..1]], axis: 0).numpy().ToFloats());

        var inputs = tf.convert_to_tensor(np.array([[1.0, 3.0, 4.0, 2.0]]));
        var outputs = tf.nn.softmax(inputs);
        Assert.Equal(1, (float)(NDArray)tf.reduce_sum(outputs), 1e-6f);
        Assert.Equal(2, (int)np.argmax(outputs));
        Assert.Equal("int64", tf.argmax(outputs, axis: 1).numpy().dtype.ToString());
    }

    /// <summary>Keras 3.15.1's losses from the same seed.</summary>
    [Theory]
    [InlineData("layer", 10, 0.2576676905155182, 0.23607788980007172)]
    [InlineData("build", 12, 0.3578096926212311, 0.32287082076072693)]
    [InlineData("dense", 10, 0.2576676905155182, 0.23607788980007172)]
    public void Weights_may_be_made_before_the_layers(string kind, int numbers, double first, double second)
    {
        keras.utils.set_random_seed(1);
        var input = keras.Input(3);
        var model = keras.Model(input, (kind switch { "layer" => new Scaled(), "build" => new Shifted(), _ => (Layer)new ScaledDense() }).Apply(input));
        model.compile("sgd", "mse");
        var history = model.fit(np.ones((4, 3)), np.zeros((4, 2)), epochs: 2, verbose: 0).history;
        Assert.Equal(numbers, model.count_params());
        Assert.Equal([first, second], history["loss"].Select(v => (double)v), (a, b) => Math.Abs(a - b) < 1e-6);
    }

    /// <summary>Keras 3.15.1's losses from the same seed, and its names in files.</summary>
    [Fact]
    public void Layers_may_lie_in_dictionaries_tuples_and_nested_lists()
    {
        KerasPort.Models.Model Made()
        {
            var input = keras.Input(3);
            var model = keras.Model(input, new Boxed().Apply(input));
            model.compile("sgd", "mse");
            return model;
        }
        keras.utils.set_random_seed(1);
        var (model, other) = (Made(), Made());
        var history = model.fit(np.ones((4, 3)), np.zeros((4, 2)), epochs: 2, verbose: 0).history;
        Assert.Equal([0.07058338820934296, 0.05002628266811371], history["loss"].Select(v => (double)v), (a, b) => Math.Abs(a - b) < 1e-6);
        Assert.Equal(56, model.count_params());
        Assert.Equal(["blocks/container/dense", "blocks/container/dense_1", "blocks/container_1/dense", "blocks/container_2/dense",
            "blocks/container_2/layer_normalization", "heads/dense", "heads/dense_1", "pair/dense", "pair/dense_1"],
            WeightsFile.PlacesOf(model.layers[1]).Skip(1).Select(found => found.Place.TrimEnd('/')));
        using var folder = new TemporaryFolder();
        model.save_weights(folder["boxed.weights.h5"]);
        other.load_weights(folder["boxed.weights.h5"]);
        Assert.Equal(model.get_weights().SelectMany(w => w.ToFloats()), other.get_weights().SelectMany(w => w.ToFloats()));
    }

    /// <summary>A call that assigns to variables does so with each batch, and what follows there reads the new value: all numbers are Keras'.</summary>
    [Fact]
    public void A_call_assigns_to_its_variables_with_each_batch()
    {
        var counter = new Counter();
        var model = keras.Sequential([keras.Input(3), counter]);
        NDArray x = np.ones((6, 3)), y = 2 * x;
        void Holds(double count, params double[] weights)
        {
            Assert.Equal(count, (double)counter.Count.numpy());
            Assert.Equal(weights, counter.Factors.numpy().ToFloats().Select(w => (double)w), (a, b) => Math.Abs(a - b) < 1e-6);
        }
        Holds(0, 1, 1, 1);
        Assert.Equal([1, 0, 1], new Counter().Apply(x[..1]).numpy().ToFloats());
        Assert.Equal([1, 0, 1], model.Apply(x[..1]).numpy().ToFloats());
        Holds(1, 1, 0, 1);
        model.compile(keras.optimizers.SGD(0.01), "mse");
        Assert.Equal(2.374755620956421, model.fit(x, y, batch_size: 2, shuffle: false, verbose: 0).history["loss"][0], 1e-6);
        Holds(4, 0.9288, 0.05333333, 0.9288);
        Assert.Equal([4.644, 5.5728], model.predict(x, batch_size: 3, verbose: 0)[Slice(step: 3), 0].ToFloats().Select(p => (double)p),
            (a, b) => Math.Abs(a - b) < 1e-5);
        Assert.Equal(17.91788101196289, model.evaluate(x, y, batch_size: 3, verbose: 0), 1e-5);
        Holds(8, 0.9288, 0, 0.9288);
    }

    /// <summary>Variables stand beside arrays, numbers and each other as tensors do.</summary>
    [Fact]
    public void Variables_are_computed_with_as_tensors_are()
    {
        var layer = new Counter();
        layer.build((null, 3));
        Variable w = layer.Factors;
        Tensor[] all = [w * np.array([1, 2, 3]), np.array([1, 2, 3]) * w, w + w + 1, 2 * w, w / 4 - 0.5, 1 - w / w, -w + 3, w - w];
        Assert.Equal([6, 6, 9, 6, -0.75, 0, 6, 0], all.Select(x => (double)x.numpy().sum()));
    }

    private sealed class Counter : Layer
    {
        public Variable Count = null!, Factors = null!;

        public override void build(Shape input_shape)
        {
            Count = add_weight(shape: [], initializer: "zeros", trainable: false, name: "count");
            Factors = add_weight(shape: 3, initializer: "ones", name: "factors");
        }

        public override Tensor call(Tensor x, bool training)
        {
            Count.assign_add(1);
            Factors.assign(Factors * np.array([1.0, 0, 1]));
            return x * Factors * Count;
        }
    }

    private sealed class Boxed : Layer
    {
        private readonly Dictionary<string, Dense> _heads = new() { ["a"] = keras.layers.Dense(2), ["b"] = keras.layers.Dense(2) };
        private readonly List<Layer[]> _blocks = [[keras.layers.Dense(2), keras.layers.Dense(2)], [keras.layers.Dense(2)],
            [keras.layers.Dense(2), keras.layers.LayerNormalization()]];
        private readonly (Dense, Dense) _pair = (keras.layers.Dense(2), keras.layers.Dense(2));

        public override Tensor call(Tensor x, bool training)
        {
            x = _heads["a"].Apply(x) + _heads["b"].Apply(x);
            x = _blocks.SelectMany(block => block).Aggregate(x, (x, layer) => layer.Apply(x));
            return _pair.Item1.Apply(x) * _pair.Item2.Apply(x);
        }
    }

    private sealed class Scaled : Layer
    {
        private readonly Variable _factors;
        private readonly Dense _dense;

        public Scaled() => (_factors, _dense) = (add_weight(shape: 2, initializer: "ones"), keras.layers.Dense(2));

        public override Tensor call(Tensor x, bool training) => _dense.Apply(x) * _factors;
    }

    private sealed class Shifted : Layer
    {
        private readonly Variable _factors;
        private Variable _shifts = null!;
        private Dense _dense = null!;

        public Shifted()
        {
            trainable = true;
            _factors = add_weight(shape: 2, initializer: "ones");
        }

        public override void build(Shape input_shape) => (_shifts, _dense) = (add_weight(shape: 2), keras.layers.Dense(2));

        public override Tensor call(Tensor x, bool training) => _dense.Apply(x) * _factors + _shifts;
    }

    private sealed class ScaledDense : Dense
    {
        private readonly Variable _factors;

        public ScaledDense() : base(2) => _factors = add_weight(shape: 2, initializer: "ones");

        public override Tensor call(Tensor x, bool training) => base.call(x, training) * _factors;
    }

    private static KerasPort.Models.Sequential Model(Layer first)
    {
        keras.utils.set_random_seed(3);
        var model = keras.Sequential([keras.Input(4), first, keras.layers.Dense(10, activation: "softmax")]);
        model.compile("adam", "sparse_categorical_crossentropy");
        return model;
    }

    private sealed class MyDense(int units, string? name = null) : Layer(name)
    {
        private Variable _kernel = null!, _bias = null!;

        public override void build(Shape input_shape)
        {
            _kernel = add_weight(shape: (input_shape[^1], units), initializer: "glorot_uniform", name: "kernel");
            _bias = add_weight(shape: units, initializer: "zeros", name: "bias");
        }

        public override Tensor call(Tensor x, bool training) => keras.ops.relu(keras.ops.matmul(x, _kernel) + _bias);

        public override JsonObject get_config() => new() { ["units"] = units, ["name"] = this.name };
    }
}
