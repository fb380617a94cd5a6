using KerasPort.Models;

namespace KerasPort.Tests.Models;

/// <summary>Functional models whose inputs and outputs are dictionaries; the values are Keras' own, from the same seed.</summary>
public class DictionaryModelTests
{
    private static readonly Dictionary<string, NDArray> X = new()
    {
        ["alpha"] = (np.arange(24).reshape(8, 3) % 5 / 5.0).astype("float32"),
        ["zeta"] = (np.arange(48).reshape(8, 6) % 7 / 7.0).astype("float32"),
    };

    private static readonly NDArray Numbers = (np.arange(8) % 3).reshape(8, 1).astype("float32"), Classes = np.arange(8) % 3;

    private static Model Made()
    {
        keras.utils.set_random_seed(1);
        var (a, b) = (keras.Input(6, name: "zeta"), keras.Input(3, name: "alpha"));
        var h = keras.layers.Dense(4, activation: "tanh", name: "h").Apply(keras.layers.Concatenate().Apply([a, b]));
        return keras.Model(
            new Dictionary<string, Tensor> { ["zeta"] = a, ["alpha"] = b },
            new Dictionary<string, Tensor>
            {
                ["pred"] = keras.layers.Dense(1, name: "d1").Apply(h), ["emb"] = h,
                ["cls"] = keras.layers.Dense(3, activation: "softmax", name: "d2").Apply(h),
            });
    }

    [Fact]
    public void Keras_goes_through_a_dictionary_by_its_names_and_hands_it_over_as_it_is()
    {
        var inputs = new Dictionary<string, Tensor> { ["b"] = keras.Input(1, name: "b"), ["a"] = keras.Input(2, name: "a"), ["c"] = keras.Input(3, name: "c") };
        var layer = new Joined();
        foreach (var model in (Model[])[keras.Model(inputs, layer.Apply(inputs)), keras.Model([.. inputs.Values], layer.output)])
        {
            Assert.Equal(["a", "b", "c", layer.name], from one in model.layers select one.name);
            Assert.Contains("a[0][0], b[0][0]", Table(model), StringComparison.Ordinal);
        }
        var x = new Dictionary<string, NDArray> { ["a"] = np.zeros((1, 2)), ["b"] = np.ones((1, 1)), ["c"] = np.full((1, 3), 2) };
        Assert.Equal([1, 0, 0, 2, 2, 2], keras.Model(inputs, layer.output).predict(x, verbose: 0).ToFloats());

        static string Table(Model model)
        {
            string text = "";
            model.summary(print_fn: line => text += line);
            return text;
        }
    }

    private sealed class Joined : KerasPort.Layers.Layer
    {
        public override Tensor call(Tensor x, bool training) => keras.ops.concatenate([.. from key in x.keys() select x[key]], -1);
    }

    private static void Near(double[] expected, NDArray actual) => NearLosses(expected, actual.ToFloats().Select(value => (double)value));

    private static void NearLosses(double[] expected, IEnumerable<double> actual) => Assert.Equal(expected, actual, (a, b) => Math.Abs(a - b) < 1e-6);

    private static void AssertFirst(NDArray outputs)
    {
        Assert.StartsWith("{'pred': array(", outputs.ToString(), StringComparison.Ordinal);
        Near([0.1292736679315567, 0.35915422439575195], outputs["pred"][..2]);
        Near([0.34486594796180725, 0.38963037729263306, 0.2655037045478821], outputs["cls"][0]);
        Near([-0.45712146162986755, -0.5914433002471924, 0.1968681812286377, -0.2881716787815094], outputs["emb"][0]);
    }

    [Fact]
    public void Outputs_have_their_keys_in_the_order_of_the_dictionary()
    {
        var model = Made();
        AssertFirst(model.predict(X, verbose: 0));
        AssertFirst(model.predict_on_batch(X));
        Assert.Equal(["pred", "emb", "cls"], model.Apply(X).Names!);
        Near([0.1292736679315567, 0.35915422439575195], model.Apply(X)["pred"].numpy()[..2]);
        Assert.Equal(["d2", "h", "d1"], model.output_names);        // in the order of the sorted keys, as Keras' lists of tensors are
        Assert.Equal(["alpha", "zeta"], model.inputs.Select(x => x.name));
    }

    [Fact]
    public void Files_clones_and_models_of_its_tensors_keep_the_keys()
    {
        var model = Made();
        var config = model.get_config();
        Assert.Equal("""{"zeta":["zeta",0,0],"alpha":["alpha",0,0]}""", config["input_layers"]!.ToJsonString());
        Assert.Equal("""{"pred":["d1",0,0],"emb":["h",0,0],"cls":["d2",0,0]}""", config["output_layers"]!.ToJsonString());
        string path = Path.Combine(Directory.CreateTempSubdirectory().FullName, "named.keras");
        model.save(path);
        AssertFirst(keras.models.load_model(path).predict(X, verbose: 0));
        var clone = keras.models.clone_model(model);
        clone.set_weights(model.get_weights());
        AssertFirst(clone.predict(X, verbose: 0));
        AssertFirst(keras.Model(model.input, model.output).predict(X, verbose: 0));

        var (i, j) = (keras.Input(6), keras.Input(3));
        var outer = keras.Model([i, j], model.Apply(new Dictionary<string, Tensor> { ["zeta"] = i, ["alpha"] = j })["emb"]);
        path = Path.Combine(Path.GetDirectoryName(path)!, "outer.keras");
        outer.save(path);
        Near([-0.45712146162986755, -0.5914433002471924, 0.1968681812286377, -0.2881716787815094],
            keras.models.load_model(path).predict([X["zeta"], X["alpha"]], verbose: 0)[0]);
    }

    [Fact]
    public void Losses_are_given_by_the_keys_and_may_leave_outputs_out()
    {
        var model = Made();
        model.compile(keras.optimizers.SGD(.1), loss: new() { ["pred"] = "mse", ["cls"] = "sparse_categorical_crossentropy" },
            loss_weights: new() { ["pred"] = 1.0, ["cls"] = .5 });
        var history = model.fit(X, new() { ["pred"] = Numbers, ["cls"] = Classes }, epochs: 2, verbose: 0, batch_size: 4, shuffle: false).history;
        Assert.Equal(["cls_loss", "loss", "pred_loss"], history.Keys);
        NearLosses([1.1527633666992188, 1.1548596620559692], history["cls_loss"]);
        NearLosses([1.577202558517456, 1.2776026725769043], history["loss"]);
        NearLosses([1.0008208751678467, 0.7001727819442749], history["pred_loss"]);
        // Keras lists the losses as `compile` got them.
        NearLosses([1.241370439529419, 0.6666347980499268, 1.149471402168274],
            model.evaluate(X, new() { ["pred"] = Numbers, ["cls"] = Classes }, verbose: 0));
        Assert.Equal(["loss", "pred_loss", "cls_loss"], model.metrics_names);
        Near([0.7994167804718018, 0.9313262104988098], model.predict(X, verbose: 0)["pred"][..2]);

        model = Made();
        model.compile(keras.optimizers.SGD(.1), loss: new() { ["pred"] = "mse" });
        NearLosses([0.9980247616767883], model.fit(X, new() { ["pred"] = Numbers }, epochs: 1, verbose: 0, batch_size: 4, shuffle: false).history["loss"]);
        model = Made();
        model.compile(keras.optimizers.SGD(.1), loss: new() { ["pred"] = "mse" });
        NearLosses([0.9980247616767883], model.fit(X, Numbers, epochs: 1, verbose: 0, batch_size: 4, shuffle: false).history["loss"]);
    }

    [Fact]
    public void Lists_are_in_the_order_of_the_sorted_keys()
    {
        var model = Made();
        model.compile(keras.optimizers.SGD(.1), loss: ["sparse_categorical_crossentropy", "mse", "mae"]);
        var history = model.fit(X, [Classes, np.zeros((8, 4)), Numbers], epochs: 1, verbose: 0, batch_size: 4, shuffle: false).history;
        NearLosses([1.1595635414123535], history["cls_loss"]);
        NearLosses([0.3164293169975281], history["emb_loss"]);
        NearLosses([0.9257256388664246], history["pred_loss"]);
        // The keys zeta, alpha don't say in which order a list would be.
        var error = Assert.Throws<ValueError>(() => model.predict([X["zeta"], X["alpha"]], verbose: 0));
        Assert.Contains("a dictionary of zeta, alpha. Received: a list of tensors", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_dictionary_goes_by_name_into_a_model_with_a_list_of_inputs()
    {
        var (a, b) = (keras.Input(2, name: "a"), keras.Input(2, name: "b"));
        var model = keras.Model([a, b], a - b);
        var data = new Dictionary<string, NDArray> { ["b"] = np.ones((1, 2)), ["a"] = np.zeros((1, 2)) };
        Assert.Equal([-1, -1], model.Apply(data).numpy().ToFloats());
        Assert.Equal([-1, -1], model.predict(data, verbose: 0).ToFloats());
        var outer = keras.Model([a, b], model.Apply(new Dictionary<string, Tensor> { ["b"] = b, ["a"] = a }));
        Assert.Equal([-1, -1], outer.predict(data, verbose: 0).ToFloats());
        Assert.Throws<ValueError>(() => model.Apply(new Dictionary<string, NDArray> { ["a"] = data["a"], ["c"] = data["b"] }));
    }
}
