using KerasPort.Graphs;
using KerasPort.Layers;
using KerasPort.Models;

namespace KerasPort.Tests.Models;

/// <summary>Graphs of layers: branches, shared layers, several inputs and outputs, nested models. The expected order of layers is Keras'.</summary>
public class FunctionalTests
{
    private static Model TwoInputs()
    {
        keras.utils.set_random_seed(5);
        var a = keras.Input((8, 8, 1), name: "a");
        var b = keras.Input(3, name: "b");
        var x = keras.layers.Conv2D(4, 3, activation: "relu", name: "c").Apply(a);
        var f = keras.layers.Flatten(name: "f").Apply(keras.layers.MaxPooling2D(2, name: "p").Apply(x));
        var d = keras.layers.Dense(5, name: "d");
        var m = keras.layers.Concatenate(name: "cat").Apply([f, d.Apply(b), d.Apply(b)]);
        return keras.Model(inputs: [a, b], outputs: [keras.layers.Dense(2, name: "o").Apply(m), keras.layers.Dense(1, name: "o2").Apply(f)], name: "net");
    }

    /// <summary>As in Keras it gets a new input, named after the tensor, and shares the layers.</summary>
    /// <summary>As in Keras a list of one input or output is written as a list, and gives a model like any other.</summary>
    [Fact]
    public void A_list_of_one_stays_a_list_in_the_configuration()
    {
        var x = keras.Input(4, name: "x");
        var y = keras.layers.Dense(2, name: "y").Apply(x);
        string Ends(Model model) => model.get_config()["input_layers"]!.ToJsonString() + model.get_config()["output_layers"]!.ToJsonString();
        Assert.Equal("""["x",0,0]["y",0,0]""", Ends(keras.Model(x, y)));
        Assert.Equal("""["x",0,0][["y",0,0]]""", Ends(keras.Model(x, [y])));
        var model = keras.Model([x], y);
        Assert.Equal("""[["x",0,0]]["y",0,0]""", Ends(model));
        Assert.Equal("""[["x",0,0]]["y",0,0]""", Ends(keras.models.model_from_json(model.to_json())));
        Assert.Equal([3, 2], ((NDArray)model.predict(np.zeros((3, 4)), verbose: 0)).shape);
    }

    [Fact]
    public void A_model_is_cut_from_the_middle_of_another()
    {
        keras.utils.clear_session();
        Tensor x = keras.Input(4, name: "x"), a = keras.layers.Dense(5, name: "a").Apply(x), b = a * 2.0, c = keras.layers.Dense(3, name: "c").Apply(b);
        var model = keras.Model(x, c);
        var cut = keras.Model(model.get_layer("a").output, model.output, name: "cut");
        Assert.Equal(["keras_tensorCLONE", "c"], cut.layers.Select(layer => layer.name));
        Assert.Equal("keras_tensorCLONE", cut.input.name);
        Assert.Same(model.get_layer("c"), cut.get_layer("c"));
        Assert.Equal("""["keras_tensorCLONE",0,0]""", cut.get_config()["input_layers"]!.ToJsonString());
        Assert.Contains("\"keras_history\":[\"multiply\",0,0]", cut.to_json());
        Assert.Equal(["keras_tensor_1CLONE", "c"], keras.Model(b, c).layers.Select(layer => layer.name));
        Assert.Equal(["keras_tensor_1CLONE", "keras_tensorCLONE", "c"], keras.Model([a, b], c).layers.Select(layer => layer.name));
        Assert.Equal([["a", "c"], ["c"]], new[] { model, cut }.Select(m => m.layers.Skip(1).Select(layer => layer.name).ToArray()));
        NDArray values = np.array([[1.0, 2.0, 3.0, 4.0], [0.5, -1.0, 2.0, 0.0]]);
        var between = keras.Model(x, a).predict(values, verbose: 0);
        Assert.Equal(((NDArray)model.predict(values, verbose: 0)).ToFloats(), ((NDArray)cut.predict(between, verbose: 0)).ToFloats());
        cut.compile("sgd", "mse");
        cut.fit(between, np.array([[1.0, 2.0, 3.0], [0.0, 1.0, 0.0]]), verbose: 0);
        Assert.Equal(((NDArray)model.predict(values, verbose: 0)).ToFloats(), ((NDArray)cut.predict(between, verbose: 0)).ToFloats());
        var again = keras.models.model_from_json(cut.to_json());
        again.set_weights(cut.get_weights());
        Assert.Equal(((NDArray)cut.predict(between, verbose: 0)).ToFloats(), ((NDArray)again.predict(between, verbose: 0)).ToFloats());
        Assert.Throws<ValueError>(() => keras.Model(a, keras.layers.Add().Apply([keras.layers.Dense(5).Apply(x), a])));
    }

    [Fact]
    public void Layers_and_weights_have_Keras_order()
    {
        var model = TwoInputs();
        Assert.Equal(["a", "c", "p", "b", "f", "d", "cat", "o", "o2"], model.layers.Select(l => l.name));
        Assert.Equal([10 * 4, 4, 15, 5, 46 * 2, 2, 36, 1], [.. model.variables.Select(v => v.name == "kernel" && v.shape.Length == 4 ? v.size + 4 : v.size)]);
        Assert.Equal(["o", "o2"], model.output_names);
        Assert.Equal(191, model.count_params());
        Assert.Equal([new Shape(null, 2), new Shape(null, 1)], model.outputs.Select(x => x.shape));
        Assert.Throws<ValueError>(() => model.output_shape);
    }

    [Fact]
    public void A_shared_layer_counts_once_and_learns_from_all_its_uses()
    {
        keras.utils.set_random_seed(1);
        var (a, b) = (keras.Input(3), keras.Input(3));
        var shared = keras.layers.Dense(2, activation: "tanh");
        var x = keras.layers.concatenate([shared.Apply(a), shared.Apply(b)]);
        var model = keras.Model(inputs: [a, b], outputs: keras.layers.Dense(2).Apply(x));
        Assert.Equal(4, model.variables.Count);
        Assert.Same(shared.output, shared.Calls[0].Outputs[0]);
    }

    [Fact]
    public void A_graph_is_a_chain_where_it_is_one()
    {
        keras.utils.set_random_seed(3);
        var sequential = keras.Sequential([keras.Input((6, 6, 1)), keras.layers.Conv2D(3, 3, activation: "relu"), keras.layers.MaxPooling2D(2),
            keras.layers.Flatten(), keras.layers.Dense(4, activation: "softmax")]);
        keras.utils.set_random_seed(3);
        var input = keras.Input((6, 6, 1));
        var x = keras.layers.Conv2D(3, 3, activation: "relu").Apply(input);
        x = keras.layers.Flatten().Apply(keras.layers.MaxPooling2D(2).Apply(x));
        var functional = keras.Model(input, keras.layers.Dense(4, activation: "softmax").Apply(x));
        var (images, labels) = SyntheticData.Rows(64, 36);
        images = images.reshape(64, 6, 6, 1);
        float[] Train(Model model)
        {
            keras.utils.set_random_seed(4);
            model.compile("adam", "sparse_categorical_crossentropy", ["accuracy"]);
            model.fit(images, Classes(labels, 4), epochs: 2, verbose: 0);
            return [.. model.get_weights().SelectMany(w => w.ToFloats()), .. model.predict(images, verbose: 0).ToFloats()];
        }
        Assert.Equal(Train(sequential), Train(functional));
    }

    /// <summary>Branches, a shared layer, moving means, masks, a penalty, loss weights: Keras 3.15.1's own numbers from its seed.</summary>
    [Fact]
    public void A_net_of_two_inputs_and_two_outputs_trains_as_in_Keras()
    {
        keras.utils.set_random_seed(5);
        var (a, b) = (keras.Input((8, 8, 1), name: "a"), keras.Input(3, name: "b"));
        var f = keras.layers.Conv2D(4, 3, activation: "relu").Apply(a);
        f = keras.layers.Flatten().Apply(keras.layers.MaxPooling2D(2).Apply(f));
        var d = keras.layers.Dense(5);
        var m = keras.layers.Concatenate().Apply([f, d.Apply(b), d.Apply(b)]);
        m = keras.layers.Dropout(0.25).Apply(keras.layers.BatchNormalization().Apply(m));
        var model = keras.Model(inputs: [a, b], outputs:
        [
            keras.layers.Dense(2, name: "o", kernel_regularizer: "l2").Apply(m), keras.layers.Dense(1, activation: "sigmoid", name: "o2").Apply(f),
        ]);
        NDArray Of(Func<int, double> value, params int[] shape) =>
            new([.. Enumerable.Range(0, shape.Aggregate((p, n) => p * n)).Select(i => (float)value(i))], shape);
        NDArray[] x = [Of(i => Math.Sin(i), 64, 8, 8, 1), Of(i => Math.Cos(i), 64, 3)], y = [Of(i => Math.Sin(i * 0.7), 64, 2), Of(i => i % 2, 64, 1)];
        model.compile(optimizer: keras.optimizers.SGD(0.05, momentum: 0.9), loss: new() { ["o"] = "mse", ["o2"] = "mse" },
            loss_weights: new() { ["o"] = 1.0, ["o2"] = 0.5 }, metrics: new() { ["o2"] = ["accuracy"] });
        var history = model.fit(x, y, epochs: 3, batch_size: 16, verbose: 0).history;
        void Near(double[] expected, IEnumerable<double> actual) => Assert.All(expected.Zip(actual), pair => Assert.Equal(1, pair.Second / pair.First, 1e-5));
        Near([2.091093063354492, 2.3134806156158447, 2.6516001224517822], history["loss"]);
        Near([1.9260053634643555, 2.1355044841766357, 2.463240146636963], history["o_loss"]);
        Near([0.27484920620918274, 0.31116387248039246, 0.3239552080631256], history["o2_loss"]);
        Near([0.453125, 0.546875, 0.5], history["o2_accuracy"]);
        Near([8.637655258178711, 8.448956489562988, 0.32652872800827026, 0.5], model.evaluate(x, y, verbose: 0));
        var (o, o2) = model.predict(x, verbose: 0);
        Near([0.8588805198669434, 3.5712125301361084, 0.2821558713912964, 4.4929094314575195], o[..2].ToFloats().Select(v => (double)v));
        Near([0.6169672012329102, 0.34149840474128723], o2[..2].ToFloats().Select(v => (double)v));
    }

    /// <summary>The codelab's own four lines.</summary>
    [Fact]
    public void Inner_outputs_are_a_model_of_its_layers_outputs()
    {
        var model = keras.Sequential([keras.layers.Conv2D(4, 3, activation: "relu", input_shape: (8, 8, 1)), keras.layers.MaxPooling2D(2),
            keras.layers.Flatten(), keras.layers.Dense(3, activation: "softmax")]);
        NDArray[] layer_outputs = [.. model.layers.Select((_, i) => keras.Sequential(model.layers.Take(i + 1)).predict(Images(2), verbose: 0))];
        var activation_model = keras.Model(inputs: model.inputs, outputs: [.. from l in model.layers select l.output]);
        var outputs = activation_model.Apply(Images(2));
        for (int i = 0; i < 4; i++) Assert.Equal(layer_outputs[i].ToFloats(), outputs[i].numpy().ToFloats(), (x, y) => Math.Abs(x - y) < 1e-6);
    }

    [Fact]
    public void Models_nest_and_share_their_weights()
    {
        var inner = keras.Sequential([keras.Input(4), keras.layers.Dense(3, activation: "relu")], name: "inner");
        var x = keras.Input(4);
        var outer = keras.Model(x, keras.layers.Dense(2).Apply(inner.Apply(x)));
        Assert.Equal(["inner"], outer.layers.OfType<Sequential>().Select(l => l.name));
        Assert.Equal(inner.variables, outer.variables.Take(2));
        var deeper = keras.Sequential([keras.Input(4), outer, keras.layers.Dense(3, activation: "softmax")]);
        deeper.compile("adam", "sparse_categorical_crossentropy", ["accuracy"]);
        var (rows, labels) = SyntheticData.Rows(32, 4);
        float[] before = inner.get_weights()[0].ToFloats();
        deeper.fit(rows, Classes(labels, 3), verbose: 0);
        Assert.NotEqual(before, inner.get_weights()[0].ToFloats());
        Assert.Equal(outer.predict(rows, verbose: 0).ToFloats(), outer.Apply(rows).numpy().ToFloats(), (p, q) => Math.Abs(p - q) < 1e-5);
    }

    [Fact]
    public void A_frozen_layer_stays_and_what_is_below_it_learns()
    {
        var model = keras.Sequential([keras.Input(4), keras.layers.Dense(3, activation: "tanh"), keras.layers.Dense(3),
            keras.layers.Dense(3, activation: "softmax")]);
        model.layers[1].trainable = false;
        Assert.Equal((6, 4, 2), (model.variables.Count, model.trainable_variables.Count, model.non_trainable_variables.Count));
        model.compile("adam", "sparse_categorical_crossentropy");
        var before = model.get_weights();
        var (rows, labels) = SyntheticData.Rows(32, 4);
        model.fit(rows, Classes(labels, 3), epochs: 2, verbose: 0);
        var after = model.get_weights();
        Assert.Equal([true, true, false, false, true, true], before.Zip(after, (b, a) => !b.ToFloats().SequenceEqual(a.ToFloats())));
    }

    [Fact]
    public void A_class_of_ones_own_is_a_layer_with_its_weights()
    {
        var layer = new MyDense(3);
        var model = keras.Sequential([keras.Input(4), layer, keras.layers.Dense(2, activation: "softmax")]);
        var (rows, _) = SyntheticData.Rows(8, 4);
        Assert.Equal(["w", "b"], layer.variables.Select(v => v.name));
        Assert.Equal(new Shape(null, 3), layer.output_shape);
        layer.set_weights([np.ones((4, 3)), np.ones(3)]);
        Assert.Equal(rows.ToFloats()[..4].Sum() + 1, layer.Apply(rows).numpy().ToFloats()[0], 1e-5f);
        model.compile("adam", "sparse_categorical_crossentropy");
        model.fit(rows, np.zeros(8), verbose: 0);
        Assert.NotEqual(1, layer.get_weights()[1].ToFloats()[0]);
    }

    [Fact]
    public void A_layer_that_is_made_while_the_model_computes_is_refused()
    {
        var model = keras.Sequential([keras.Input(4), new Late(), keras.layers.Dense(2)]);
        Assert.Contains("was made while the model was computing", Assert.Throws<ValueError>(() => model.predict(np.ones((2, 4)), verbose: 0)).Message);
    }

    [Fact]
    public void What_a_prediction_changes_is_what_get_weights_gives()
    {
        var model = keras.Sequential([keras.Input(1), new Counting()]);
        for (int i = 1; i <= 3; i++)
        {
            model.predict(np.ones((2, 1)), verbose: 0);
            Assert.Equal(i, (double)model.get_weights()[0].max());
        }
        model.compile("adam", "mse");
        model.evaluate(np.ones((2, 1)), np.ones((2, 1)), verbose: 0);
        Assert.Equal(4, (double)model.get_weights()[0].max());
    }

    [Fact]
    public void A_model_of_ones_own_builds_with_its_first_data()
    {
        var model = new MyModel();
        var (rows, labels) = SyntheticData.Rows(32, 4);
        model.compile("adam", "sparse_categorical_crossentropy", ["accuracy"]);
        model.fit(rows, Classes(labels, 3), epochs: 3, verbose: 0);
        Assert.Equal((4, 2), (model.variables.Count, model.layers.Count));
        Assert.Equal([32, 3], model.predict(rows, verbose: 0).shape);
    }

    [Fact]
    public void What_isnt_connected_or_named_twice_is_refused()
    {
        var (a, b) = (keras.Input(3), keras.Input(3));
        var y = keras.layers.add([keras.layers.Dense(2).Apply(a), keras.layers.Dense(2).Apply(b)]);
        Assert.Throws<ValueError>(() => keras.Model(a, y));
        Assert.Throws<ValueError>(() => keras.Model([a, a], y));
        var z = keras.layers.Dense(2, name: "same").Apply(keras.layers.Dense(2, name: "same").Apply(a));
        Assert.Throws<ValueError>(() => keras.Model(a, z));
        Assert.Throws<ValueError>(() => keras.layers.Dense(2).output);
        Assert.Throws<ValueError>(() => y.numpy());
        Assert.Throws<ValueError>(() => keras.layers.add([keras.Input(2), keras.Input(3)]));
    }

    private static NDArray Classes(NDArray labels, int count) => new([.. labels.ToInts().Select(label => label % count)]);

    private static NDArray Images(int count) => new([.. Enumerable.Range(0, count * 64).Select(i => (float)Math.Sin(i))], count, 8, 8, 1);

    private sealed class MyDense(int units) : Layer(null)
    {
        private Variable _w = null!, _b = null!;

        public override void build(Shape input_shape)
        {
            _w = add_weight(shape: (input_shape[^1], units), name: "w");
            _b = add_weight(shape: units, initializer: "zeros", name: "b");
        }

        protected internal override Tensor Call(Graph g, Tensor x) => g.Dense(x, g.Variable(_w), g.Variable(_b));
    }

    /// <summary>The layer gives its output shape itself, so that nothing builds the layer inside it.</summary>
    private sealed class Late() : Layer(null)
    {
        private readonly Layer _inner = keras.layers.Dense(3);

        public override Shape compute_output_shape(Shape input_shape) => (input_shape[0], 3);

        public override Tensor call(Tensor x, bool training) => _inner.Apply(x);
    }

    private sealed class Counting() : Layer(null)
    {
        private Variable _calls = null!;

        public override void build(Shape input_shape) => _calls = add_weight(shape: 1, initializer: "zeros", trainable: false);

        protected internal override Tensor Call(Graph g, Tensor x)
        {
            g.Assign(_calls, g.Shift(g.Variable(_calls), 1));
            return x;
        }
    }

    private sealed class MyModel : Model
    {
        private readonly Layer _hidden = keras.layers.Dense(8, activation: "relu"), _last = keras.layers.Dense(3, activation: "softmax");

        public override Tensor call(Tensor x, bool training) => _last.Apply(_hidden.Apply(x));
    }
}
