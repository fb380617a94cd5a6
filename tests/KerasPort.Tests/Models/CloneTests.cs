using KerasPort.Layers;
using KerasPort.Models;

namespace KerasPort.Tests.Models;

/// <summary><c>clone_model</c> creates the same layers anew, as in Keras.</summary>
public class CloneTests
{
    [Fact]
    public void A_stack_is_made_anew_with_weights_of_its_own_and_compiled_alike()
    {
        var model = keras.Sequential([keras.Input(4), keras.layers.Dense(3, "relu", name: "a"),
            keras.layers.BatchNormalization(), keras.layers.Dense(2, name: "b")]);
        model.layers[0].trainable = false;
        model.compile(keras.optimizers.SGD(0.25, momentum: 0.5), "mse", metrics: ["mse"]);
        var clone = (Sequential)keras.models.clone_model(model);
        Assert.Equal(model.name, clone.name);
        Assert.Equal(model.layers.Select(l => (l.name, l.GetType(), l.trainable)), clone.layers.Select(l => (l.name, l.GetType(), l.trainable)));
        Assert.Empty(model.layers.Intersect(clone.layers));
        Assert.NotEqual(model.get_weights()[0].ToFloats(), clone.get_weights()[0].ToFloats());
        clone.set_weights(model.get_weights());
        var (x, y) = (np.ones([6, 4]), np.ones([6, 2]));
        Assert.NotSame(model.optimizer, clone.optimizer);
        Assert.Equal(0.25, (double)clone.optimizer!.learning_rate);
        Assert.Equal(model.fit(x, y, epochs: 3, verbose: 0).history["loss"], clone.fit(x, y, epochs: 3, verbose: 0).history["loss"]);
        Assert.Equal(model.predict(x, verbose: 0).ToFloats(), clone.predict(x, verbose: 0).ToFloats());
    }

    [Fact]
    public void A_graph_keeps_shared_layers_functions_of_tensors_and_how_calls_are_made()
    {
        Tensor a = keras.Input(4, name: "a"), b = keras.Input(4, name: "b");
        var shared = keras.layers.Dense(4, name: "shared");
        var inner = keras.Sequential([keras.Input(4), keras.layers.Dense(4)], name: "inner");
        var y = keras.layers.Dropout(0.5, name: "drop").Apply(inner.Apply(shared.Apply(a)) * 2 + shared.Apply(b), training: true);
        var model = keras.Model([a, b], keras.layers.Dense(1, name: "out").Apply(y));
        var clone = keras.models.clone_model(model);
        Assert.Equal(model.layers.Select(l => l.name), clone.layers.Select(l => l.name));
        Assert.Equal(["a", "b"], clone.inputs.Select(x => x.name));
        Assert.Equal(model.count_params(), clone.count_params());
        Assert.Null(clone.optimizer);
        clone.set_weights(model.get_weights());
        // The mask belongs to the layer, and is drawn in a prediction too.
        var again = keras.models.clone_model(model, clone_function: layer => layer.name == "drop" ? keras.layers.Dropout(0.0, name: "drop") : layer);
        var without = keras.models.clone_model(clone, clone_function: layer => layer.name == "drop" ? keras.layers.Dropout(0.0, name: "drop") : layer);
        Data x = new[] { np.ones([2, 4]), np.ones([2, 4]) * 3 };
        Assert.Equal(again.predict(x, verbose: 0).ToFloats(), without.predict(x, verbose: 0).ToFloats());
        Assert.Same(shared, again.get_layer("shared"));
    }

    [Fact]
    public void Functions_and_inputs_of_ones_own_are_used()
    {
        var x = keras.Input(4);
        var model = keras.Model(x, keras.layers.Dense(2, name: "last").Apply(keras.layers.Dense(3, name: "first").Apply(x)));
        var more = keras.models.clone_model(model, clone_function: layer => layer, call_function: (layer, inputs) =>
            layer is Dense ? keras.layers.Dropout(0.5).Apply(layer.Apply(inputs)) : layer.Apply(inputs));
        Assert.Equal(["first", "last"], more.layers.OfType<Dense>().Select(l => l.name));
        Assert.Equal(2, more.layers.OfType<Dropout>().Count());
        var given = keras.Input(4, name: "mine");
        Assert.Equal(["mine"], keras.models.clone_model(model, given).inputs.Select(i => i.name));
        Assert.Equal(["mine"], keras.models.clone_model(keras.Sequential([keras.Input(4), keras.layers.Dense(2)]), given).inputs.Select(i => i.name));
        Assert.Contains("call_function", Assert.Throws<ValueError>(() =>
            keras.models.clone_model(keras.Sequential([keras.layers.Dense(2)]), call_function: (layer, inputs) => layer.Apply(inputs))).Message);
        Assert.Contains("same structure", Assert.Throws<ValueError>(() => keras.models.clone_model(model, new[] { given, keras.Input(4) })).Message);
    }

    [Fact]
    public void Inner_models_are_cloned_layer_by_layer_when_asked()
    {
        var inner = keras.Sequential([keras.Input(4), keras.layers.Dense(4, name: "deep")], name: "inner");
        var model = keras.Sequential([keras.Input(4), inner, keras.layers.Dense(1, name: "out")]);
        List<string> Seen(bool recursive)
        {
            var seen = new List<string>();
            keras.models.clone_model(model, recursive: recursive, clone_function: layer =>
            {
                seen.Add(layer.name);
                return layer is Dense dense ? keras.layers.Dense(dense.units, name: dense.name) : layer;
            });
            return seen;
        }
        Assert.Equal(["inner", "out"], Seen(recursive: false));
        Assert.Equal(["deep", "out"], Seen(recursive: true));
    }

    /// <summary>As in Keras, functions between layers and custom models are cloned too: everything but inputs.</summary>
    [Theory]
    [InlineData(false, "inner mine twice relu multiply")]
    [InlineData(true, "deep negative mine twice relu multiply")]
    public void The_function_is_asked_for_everything(bool recursive, string expected)
    {
        keras.utils.clear_session();
        Tensor x = keras.Input(4), z = keras.Input(4);
        var inner = keras.Model(z, -keras.layers.Dense(4, name: "deep").Apply(z), name: "inner");
        var y = keras.layers.Lambda(v => v * 2, name: "twice").Apply(new Mine().Apply(inner.Apply(x)));
        var model = keras.Model(x, keras.ops.relu(y) * 2);
        var (seen, called) = (new List<string>(), new List<string>());
        var clone = keras.models.clone_model(model, recursive: recursive, clone_function: layer =>
        {
            seen.Add(layer.name);
            return layer;
        }, call_function: (layer, inputs) =>
        {
            called.Add(layer.name);
            return layer.Apply(inputs);
        });
        Assert.Equal(expected, string.Join(' ', seen));
        Assert.Equal(recursive ? "deep negative inner mine twice relu multiply" : expected, string.Join(' ', called));
        NDArray rows = np.ones([3, 4]);
        Assert.Equal(model.predict(rows, verbose: 0).ToFloats(), clone.predict(rows, verbose: 0).ToFloats());
        // Cloned without a function, with one that records each layer, and again after that.
        var anew = keras.models.clone_model(clone, recursive: recursive);
        anew.set_weights(model.get_weights());
        Assert.Equal(model.predict(rows, verbose: 0).ToFloats(), anew.predict(rows, verbose: 0).ToFloats());
    }

    private sealed class Mine() : Model("mine")
    {
        private readonly Layer _dense = keras.layers.Dense(3);

        public override Tensor call(Tensor x, bool training) => _dense.Apply(x);
    }

    /// <summary>A layer that isn't built is cloned unbuilt.</summary>
    [Fact]
    public void A_stack_without_an_input_has_none_in_its_clone()
    {
        var clone = keras.models.clone_model(keras.Sequential([keras.layers.Dense(2, name: "a")]));
        Assert.False(clone.built);
        Assert.Equal((3, 2), clone.predict(np.ones([3, 5]), verbose: 0).shape);
    }
}
