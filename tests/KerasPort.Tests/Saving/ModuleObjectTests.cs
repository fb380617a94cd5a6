using System.Text.Json.Nodes;
using KerasPort.Layers;
using KerasPort.Losses;
using KerasPort.Models;
using KerasPort.Random;
using KerasPort.Saving;

namespace KerasPort.Tests.Saving;

/// <summary><c>serialize</c>, <c>deserialize</c> and <c>get</c> of every module, and <c>serialize_keras_object</c>, which knows all classes.</summary>
public class ModuleObjectTests
{
    /// <summary>The configurations that Keras writes.</summary>
    [Fact]
    public void Objects_are_written_as_Keras_does()
    {
        Assert.Equal("""{"module":"keras.optimizers.schedules","class_name":"ExponentialDecay","config":"""
            + """{"initial_learning_rate":0.1,"decay_steps":2.5,"decay_rate":0.5,"staircase":false,"name":"ExponentialDecay"},"registered_name":null}""",
            keras.optimizers.schedules.serialize(keras.optimizers.schedules.ExponentialDecay(0.1, 2.5, 0.5)).ToJsonString());
        Assert.Equal("""{"module":"keras.initializers","class_name":"GlorotUniform","config":"""
            + """{"seed":3,"input_axes":null,"output_axes":null},"registered_name":null}""",
            keras.initializers.serialize(keras.initializers.GlorotUniform(3)).ToJsonString());
        Assert.Equal("""{"module":"keras.regularizers","class_name":"L1L2","config":{"l1":0.1,"l2":0.2},"registered_name":null}""",
            keras.regularizers.serialize(keras.regularizers.L1L2(0.1, 0.2)).ToJsonString());
        const string function = """{"module":"builtins","class_name":"function","config":"mean_squared_error","registered_name":"function"}""";
        Assert.Equal(function, keras.losses.serialize(keras.losses.mean_squared_error).ToJsonString());
        Assert.Equal(function, keras.metrics.serialize(keras.metrics.mean_squared_error).ToJsonString());
        Assert.Contains("has no name", Assert.Throws<ValueError>(() => keras.losses.serialize(new Loss((y, p) => y - p))).Message);
    }

    /// <summary>Every object of every module can be deserialized from its configuration, by the module and by keras.saving.</summary>
    [Fact]
    public void Everything_comes_back()
    {
        var random = new KerasPort.Initializers.HeNormal(seed: 4);
        Same(keras.losses.Huber(delta: 2), of => keras.losses.serialize(of), config => keras.losses.deserialize(config)!, config => keras.losses.get(config));
        Same(keras.metrics.AUC(num_thresholds: 3), of => keras.metrics.serialize(of), config => keras.metrics.deserialize(config)!,
            config => keras.metrics.get(config));
        Same(keras.optimizers.SGD(keras.optimizers.schedules.CosineDecay(0.1, 5)), keras.optimizers.serialize, config => keras.optimizers.deserialize(config),
            config => keras.optimizers.get(config));
        Same(keras.optimizers.schedules.PolynomialDecay(0.1, 5), keras.optimizers.schedules.serialize,
            config => keras.optimizers.schedules.deserialize(config));
        Same(random, keras.initializers.serialize, config => keras.initializers.deserialize(config)!, config => keras.initializers.get(config));
        Same(keras.regularizers.L1(0.5), keras.regularizers.serialize, config => keras.regularizers.deserialize(config)!,
            config => keras.regularizers.get(config));
        Same(keras.constraints.MaxNorm(3), keras.constraints.serialize, config => keras.constraints.deserialize(config)!,
            config => keras.constraints.get(config));
        Same(keras.layers.Conv2D(3, 2, activation: "relu", activity_regularizer: "l2"), keras.layers.serialize, config => keras.layers.deserialize(config));
        Same(keras.Sequential([keras.Input(4), keras.layers.Dense(2)]), keras.layers.serialize, config => keras.layers.deserialize(config));

        static void Same<T>(T of, Func<T, JsonNode> write, params Func<JsonObject, object>[] read) where T : class
        {
            var written = write(of).AsObject();
            foreach (object again in read.Select(one => one(written)).Append(keras.saving.deserialize_keras_object(written)!))
            {
                Assert.Equal(of.GetType(), again.GetType());
                Assert.Equal(written.ToJsonString(), keras.saving.serialize_keras_object(again)!.ToJsonString());
            }
        }
    }

    [Fact]
    public void Names_are_taken_where_Keras_takes_them()
    {
        Assert.IsType<MeanSquaredError>(keras.losses.get("mse"));
        Assert.IsType<MeanSquaredError>(keras.losses.get(keras.losses.mean_squared_error));
        Assert.IsType<Huber>(keras.losses.deserialize("Huber"));
        Assert.IsType<KerasPort.Metrics.Accuracy>(keras.metrics.get("accuracy"));
        Assert.IsType<KerasPort.Metrics.MeanAbsoluteError>(keras.metrics.deserialize("mae"));
        Assert.IsType<KerasPort.Optimizers.RMSprop>(keras.optimizers.get("rmsprop"));
        Assert.IsType<KerasPort.Optimizers.RMSprop>(keras.optimizers.get(new JsonObject { ["class_name"] = "rmsprop", ["config"] = new JsonObject() }));
        Assert.IsType<KerasPort.Initializers.Zeros>(keras.initializers.get("zeros"));
        Assert.IsType<KerasPort.Regularizers.L2>(keras.regularizers.get("l2"));
        Assert.IsType<KerasPort.Constraints.MaxNorm>(keras.constraints.deserialize("max_norm"));
        Assert.Null(keras.losses.get(null));
        Assert.Null(keras.metrics.get(null));
        Assert.Null(keras.optimizers.get(null));
        Assert.Null(keras.initializers.deserialize(null));
        var own = keras.regularizers.L2(0.25);
        Assert.Same(own, keras.regularizers.get(own));
        Assert.Contains("Could not interpret metric identifier: nix", Assert.Throws<ValueError>(() => keras.metrics.get("nix")).Message);
        Assert.Contains("Could not interpret loss identifier: nix", Assert.Throws<ModelFormatException>(() => keras.losses.deserialize("nix")).Message);
        Assert.Contains("class 'Evil' is refused", Assert.Throws<ModelFormatException>(() =>
            keras.constraints.get(new JsonObject { ["class_name"] = "Evil", ["config"] = new JsonObject() })).Message);
    }

    private sealed class Mine(int n, string? name = null) : Layer(name)
    {
        public int n { get; } = n;

        public override Tensor call(Tensor x, bool training) => x * n;
    }

    private static Tensor Distance(Tensor y_true, Tensor y_pred) => keras.ops.abs(y_true - y_pred);

    /// <summary>Lists, dictionaries, and values that are no objects of Keras.</summary>
    [Fact]
    public void Lists_dictionaries_arrays_and_functions_are_written_and_read()
    {
        var all = new Dictionary<string, object?>
        {
            ["none"] = null,
            ["flag"] = true,
            ["whole"] = 5,
            ["fraction"] = 2.5,
            ["text"] = "a",
            ["shape"] = (2, 3),
            ["layers"] = new object[] { keras.layers.Dense(2, name: "d"), "relu" },
            ["array"] = np.array([1.0, 2.0]),
            ["activation"] = keras.activations.relu,
            ["loss"] = (Func<Tensor, Tensor, Tensor>)keras.losses.mean_squared_error,
        };
        var written = keras.utils.serialize_keras_object(all)!;
        Assert.Equal("""{"class_name":"__numpy__","config":{"value":[1.0,2.0],"dtype":"float64"}}""", written["array"]!.ToJsonString());
        Assert.Equal("""{"module":"builtins","class_name":"function","config":"relu","registered_name":"function"}""", written["activation"]!.ToJsonString());
        Assert.Equal("[2,3]", written["shape"]!.ToJsonString());
        var read = Assert.IsType<Dictionary<string, object?>>(keras.utils.deserialize_keras_object(written));
        Assert.Equal([null, true, 5L, 2.5, "a"], all.Keys.Take(5).Select(key => read[key]));
        Assert.Equal([2L, 3L], Assert.IsType<List<object?>>(read["shape"]));
        Assert.Equal(2, Assert.IsType<Dense>(Assert.IsType<List<object?>>(read["layers"])[0]).units);
        Assert.Equal("float64", Assert.IsType<NDArray>(read["array"]).dtype);
        Assert.IsType<KerasPort.Activations.Relu>(read["activation"]);
        Assert.IsType<MeanSquaredError>(read["loss"]);
        Assert.Null(keras.saving.serialize_keras_object(null));
        Assert.Contains("isn't a class that a file may hold", Assert.Throws<ValueError>(() => keras.saving.serialize_keras_object(new object())).Message);
    }

    [Theory]
    [InlineData("""{"class_name":"Dense","config":{"units":2}}""", "class 'Dense' of module none is refused")]
    [InlineData("""{"module":"os","class_name":"system","config":{}}""", "class 'system' of module 'os' is refused")]
    [InlineData("""{"module":"keras.layers","class_name":"Lambda","config":{}}""", "class 'Lambda' is refused")]
    [InlineData("""{"module":"builtins","class_name":"function","config":"eval"}""", "Could not interpret loss identifier: eval")]
    [InlineData("""{"class_name":"__numpy__","config":{"value":[[1],[1,2]],"dtype":"float32"}}""", "lists of one length")]
    [InlineData("""{"class_name":"__numpy__","config":{"value":[1],"dtype":"object"}}""", "not understood")]
    [InlineData("""{"class_name":"__numpy__","config":[]}""", "expected")]
    public void What_names_other_things_is_refused(string config, string why) =>
        Assert.Contains(why, Assert.Throws<ModelFormatException>(() => keras.saving.deserialize_keras_object(JsonNode.Parse(config))).Message);

    [Fact]
    public void Objects_of_ones_own_are_found_where_they_are_given_or_registered()
    {
        var written = keras.saving.serialize_keras_object(new Mine(3, "mine"))!;
        Assert.Contains("'Mine'", Assert.Throws<ModelFormatException>(() => keras.saving.deserialize_keras_object(written)).Message);
        Assert.Equal(3, Assert.IsType<Mine>(keras.saving.deserialize_keras_object(written, new() { [nameof(Mine)] = typeof(Mine) })).n);
        Assert.Null(keras.saving.get_registered_object("Global>Mine"));
        keras.utils.get_custom_objects()["Global>Mine"] = typeof(Mine);
        try
        {
            Assert.Equal(typeof(Mine), keras.utils.get_registered_object("Global>Mine"));
            Assert.Contains("Global>Mine", keras.saving.get_custom_objects());
            Assert.Equal("Global>Mine", keras.utils.get_registered_name(typeof(Mine)));
            Assert.IsType<Mine>(keras.saving.deserialize_keras_object(keras.saving.serialize_keras_object(new Mine(4))));
        }
        finally
        {
            Assert.True(keras.saving.get_custom_objects().Remove("Global>Mine"));
        }
        using (keras.utils.CustomObjectScope(new() { ["Distance"] = new(Distance) }))
            Assert.Equal("Distance", keras.losses.deserialize(keras.losses.serialize(Distance))!.name);
        Assert.IsAssignableFrom<Delegate>(keras.saving.get_registered_object("d", new() { ["d"] = new(Distance) }));
    }

    [Fact]
    public void A_model_is_compiled_as_another_one_is()
    {
        var model = keras.Sequential([keras.Input(4), keras.layers.Dense(2)]);
        Assert.Null(model.get_compile_config());
        model.compile(keras.optimizers.Adam(0.25, clipnorm: 2), "mse", metrics: ["mae"]);
        var other = keras.Sequential([keras.Input(4), keras.layers.Dense(2)]);
        other.compile_from_config(model.get_compile_config()!);
        Assert.Equal((0.25, 2.0), ((double)other.optimizer.learning_rate, other.optimizer.clipnorm));
        Assert.Equal(["mae"], other.Measured.Select(metric => metric.name));
        var config = model.get_compile_config()!;
        config["loss"] = "nix";
        Assert.Contains("Could not interpret loss identifier: nix", Assert.Throws<ValueError>(() => other.compile_from_config(config)).Message);
    }
}
