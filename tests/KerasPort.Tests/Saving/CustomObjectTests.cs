using System.Text.Json.Nodes;
using KerasPort.Initializers;
using KerasPort.Layers;
using KerasPort.Losses;
using KerasPort.Models;
using KerasPort.Saving;

namespace KerasPort.Tests.Saving;

/// <summary>A program's own classes and functions in files: they are found where the program gives them, and nowhere else.</summary>
public class CustomObjectTests
{
    private static readonly CustomObjects s_all = new()
    {
        [nameof(Scaled)] = typeof(Scaled), [nameof(Block)] = typeof(Block), [nameof(Pair)] = typeof(Pair), [nameof(Half)] = typeof(Half),
        [nameof(Far)] = typeof(Far), ["Distance"] = new(Distance),
    };

    [Theory]
    [InlineData("model.keras")]
    [InlineData("model.h5")]
    public void A_model_with_classes_of_ones_own_comes_back_and_trains_on(string file)
    {
        using var folder = new TemporaryFolder();
        var model = keras.Sequential([keras.Input(4), new Scaled(3, new Half(), gains: [1, 0.5]), new Block(2), keras.layers.Dense(1)]);
        model.layers[0].trainable = false;
        Trained(model, new Far());
        model.save(folder[file]);
        Assert.Contains("class 'Scaled'", Assert.Throws<ModelFormatException>(() => keras.models.load_model(folder[file])).Message);
        var again = keras.models.load_model(folder[file], s_all);
        Assert.Equal(model.get_weights().Select(w => w.ToFloats()), again.get_weights().Select(w => w.ToFloats()));
        Assert.Equal(Predicted(model), Predicted(again));
        var scaled = Assert.IsType<Scaled>(again.layers[0]);
        Assert.Equal(3, scaled.units);
        Assert.Equal([1, 0.5], scaled.gains);
        Assert.IsType<Half>(scaled.initializer);
        Assert.False(scaled.trainable);
        Assert.IsType<Far>(again.loss!.First());
        Assert.Equal(Losses(model), Losses(again));
    }

    /// <summary>As in Keras, a file says nothing of the layers in its fields: they come back as the constructor makes them, and are trained.</summary>
    [Fact]
    public void A_frozen_layer_of_ones_own_comes_back_with_its_own_weights_frozen()
    {
        using var folder = new TemporaryFolder();
        var model = keras.Sequential([keras.Input(4), new Block(2)]);
        model.layers[0].trainable = false;
        model.save(folder["m.keras"]);
        var again = keras.models.load_model(folder["m.keras"], s_all);
        Assert.Equal((0, 9), (model.trainable_weights.Count, model.non_trainable_weights.Count));
        Assert.Equal(["scale"], again.non_trainable_weights.Select(w => w.name));
        Assert.Equal((false, 8), (again.layers[0].trainable, again.trainable_weights.Count));
    }

    private static Tensor Twice(Tensor x) => x * 2.0;

    private static Tensor Thrice(Tensor x) => x * 3.0;

    /// <summary>By name as in Keras, which takes a custom activation for a function, and a custom layer for an object.</summary>
    [Fact]
    public void Activations_of_ones_own_come_back_by_their_names()
    {
        using var folder = new TemporaryFolder();
        keras.saving.register_keras_serializable(new(Thrice), package: "pkg");
        var model = keras.Sequential([keras.Input((4, 4, 2)), keras.layers.Conv2D(2, 2, activation: (TensorFunction)Twice),
            keras.layers.Activation((TensorFunction)Thrice),
            keras.layers.Flatten(), keras.layers.Dense(3, activation: new Negated())]);
        string Written(int layer) => model.layers[layer].get_config()["activation"]!.ToJsonString();
        Assert.Equal("""{"module":"builtins","class_name":"function","config":"Twice","registered_name":"function"}""", Written(0));
        Assert.Equal("""{"module":"builtins","class_name":"function","config":"pkg\u003EThrice","registered_name":"function"}""", Written(1));
        Assert.StartsWith("""{"module":null,"class_name":"Negated","config":{""", Written(3));
        NDArray x = new([.. Enumerable.Range(0, 64).Select(i => i / 9f - 3)], 2, 4, 4, 2);
        CustomObjects own = new() { [nameof(Twice)] = new(Twice), [nameof(Negated)] = typeof(Negated) };
        foreach (string file in new[] { folder["a.keras"], folder["a.h5"] })
        {
            model.save(file);
            Assert.Equal(((NDArray)model.predict(x, verbose: 0)).ToFloats(), ((NDArray)keras.models.load_model(file, own).predict(x, verbose: 0)).ToFloats());
            Assert.Contains("Twice", Assert.Throws<ModelFormatException>(() => keras.models.load_model(file)).Message);
        }
        Assert.Equal(5, keras.Sequential([.. KerasPort.Models.Sequential.from_config(model.get_config(), own).layers, keras.layers.Dense(2)]).layers.Count);
        var layer = keras.layers.deserialize(keras.layers.serialize(model.layers[0]), own);
        Assert.Equal(Written(0), layer.get_config()["activation"]!.ToJsonString());
        Assert.IsType<KerasPort.Activations.Relu>(keras.activations.deserialize("relu"));
        Assert.Contains("has no name", Assert.Throws<ValueError>(() => keras.layers.Dense(2, activation: (TensorFunction)(y => y * 2)).get_config()).Message);
        Assert.Contains("has weights", Assert.Throws<ValueError>(
            () => keras.Sequential([keras.Input(4), keras.layers.Dense(2, activation: new Scaled(2, new Half(), gains: [1]))])).Message);
    }

    private sealed class Negated(string? name = null) : Layer(name)
    {
        public override Tensor call(Tensor x, bool training) => -x;
    }

    [Fact]
    public void A_model_class_of_ones_own_comes_back_built_as_Keras_lays_it_down()
    {
        using var folder = new TemporaryFolder();
        var model = Trained(new Pair(3), "mse");
        model.save(folder["m.keras"]);
        var again = Assert.IsType<Pair>(keras.models.load_model(folder["m.keras"], new() { [nameof(Pair)] = typeof(Pair) }));
        Assert.Equal(Predicted(model), Predicted(again));
        Assert.Equal(Losses(model), Losses(again));
        using var zip = System.IO.Compression.ZipFile.OpenRead(folder["m.keras"]);
        using var text = new StreamReader(zip.GetEntry("config.json")!.Open());
        var config = JsonNode.Parse(text.ReadToEnd())!;
        Assert.Null(config["module"]);
        Assert.Equal(("Pair", "Pair", 3), ((string)config["class_name"]!, (string)config["registered_name"]!, (int)config["config"]!["n"]!));
    }

    /// <summary>The order of layers by name, and of lists by class, is Keras': that of Python's file for the same classes.</summary>
    [Fact]
    public void Weights_lie_under_the_names_of_fields()
    {
        using var folder = new TemporaryFolder();
        var model = keras.Sequential([keras.Input(4), new Block(2)]);
        model.save_weights(folder["w.weights.h5"]);
        var root = KerasPort.Saving.Hdf5.Hdf5File.Read(File.ReadAllBytes(folder["w.weights.h5"]));
        foreach (string path in new[] { "alpha/vars/0", "zeta/vars/1", "many/dense/vars/0", "many/dense_1/vars/0", "vars/0" }.Select(p => $"layers/block/{p}"))
            Assert.NotNull(root.Find(path));
        var other = keras.Sequential([keras.Input(4), new Block(2)]);
        other.load_weights(folder["w.weights.h5"]);
        Assert.Equal(model.get_weights().Select(w => w.ToFloats()), other.get_weights().Select(w => w.ToFloats()));
    }

    [Fact]
    public void Functions_as_loss_and_metric_are_named_and_found_again()
    {
        using var folder = new TemporaryFolder();
        var model = keras.Sequential([keras.Input(4), keras.layers.Dense(1)]);
        model.compile("sgd", Distance, metrics: new KerasPort.Metrics.MeanMetric(Distance));
        model.save(folder["m.keras"]);
        string warned = Printed.ToErrorBy(() => Assert.Null(keras.models.load_model(folder["m.keras"]).optimizer));
        Assert.Contains("Distance", warned);
        Assert.Single(warned.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        var again = keras.models.load_model(folder["m.keras"], s_all);
        Assert.Equal(["distance"], again.Measured.Select(m => m.name));
        Assert.Equal(Losses(model), Losses(again));
    }

    [Fact]
    public void What_is_registered_goes_by_its_package_and_a_scope_ends()
    {
        keras.saving.register_keras_serializable<Registered>(package: "kind");
        keras.saving.register_keras_serializable<Registered>(package: "kind");
        Assert.Equal("kind>Registered", keras.saving.get_registered_name(typeof(Registered)));
        Assert.Equal("Scaled", keras.saving.get_registered_name(typeof(Scaled)));
        Assert.Contains("already been registered", Assert.Throws<ValueError>(() =>
            keras.saving.register_keras_serializable<Scaled>("kind", nameof(Registered))).Message);
        string json = keras.Sequential([keras.Input(4), new Registered()]).to_json();
        Assert.Contains("\"registered_name\":\"kind>Registered\"", json.Replace("\\u003E", ">"));
        Assert.IsType<Registered>(keras.models.model_from_json(json).layers[0]);
        string plain = keras.Sequential([keras.Input(4), new Scaled(2, new Half(), [])]).to_json();
        using (keras.saving.custom_object_scope(s_all)) Assert.IsType<Scaled>(keras.models.model_from_json(plain).layers[0]);
        Assert.Throws<ModelFormatException>(() => keras.models.model_from_json(plain));
        Assert.IsType<Scaled>(keras.models.model_from_json(plain, s_all).layers[0]);
    }

    [Fact]
    public void A_configuration_of_ones_own_is_written_and_read_by_the_class_itself()
    {
        var layer = new Spelled("three");
        Assert.Equal("three", (string?)layer.get_config()["count"]);
        Assert.Equal(3, Layer.from_config<Spelled>(layer.get_config()).Count);
        using var scope = keras.saving.custom_object_scope(s_all);
        var clone = keras.models.clone_model(keras.Sequential([keras.Input(2), layer, new Scaled(2, new Half(), [4])]));
        Assert.Equal(3, Assert.IsType<Spelled>(clone.layers[0]).Count);
        Assert.Equal([4.0], Assert.IsType<Scaled>(clone.layers[1]).gains);
        Assert.Contains("takes 'hidden' and has no property", Assert.Throws<ValueError>(() => new Forgetful(3).get_config()).Message);
    }

    /// <summary>Every class has one kind: a class of another kind is refused, in one line, and so is any class outside of the lists.</summary>
    [Theory]
    [InlineData("""{"class_name": "Far", "config": {"name": "x"}, "registered_name": "Far", "module": null}""", "expected a layer")]
    [InlineData("""{"class_name": "Scaled", "config": {"units": "many", "initializer": {"class_name": "Zeros", "config": {}}, "gains": []}"""
        + """, "registered_name": "Scaled"}""", "units")]
    [InlineData("""{"class_name": "Scaled", "config": {"units": 2147483647, "initializer": {"class_name": "Zeros", "config": {}}, "gains": []}"""
        + """, "registered_name": "Scaled"}""", "")]
    [InlineData("""{"class_name": "Scaled", "config": {"units": 2, "initializer": {"class_name": "Zeros", "config": {}}, "gains": [], "more": 1}}""",
        "no such setting")]
    [InlineData("""{"class_name": "Lambda", "config": {"name": "l", "function": {"class_name": "__lambda__", "config": {"code": "4wE="}}}"""
        + """, "module": "keras.layers", "registered_name": null}""", "Lambda")]
    [InlineData("""{"class_name": "Process", "config": {}, "module": "System.Diagnostics", "registered_name": "System.Diagnostics.Process"}""", "refused")]
    [InlineData("""{"class_name": "Scaled", "config": {}, "module": "evil", "registered_name": "evil>Scaled2"}""", "expected 'units'")]
    public void What_a_file_may_not_hold_is_refused_in_a_line(string layer, string because)
    {
        string json = Stack(2_000_000_000, layer);
        var refused = Assert.Throws<ModelFormatException>(() => keras.models.model_from_json(json, s_all));
        Assert.Contains(because, refused.Message);
        Assert.DoesNotContain('\n', refused.Message);
    }

    [Fact]
    public void Layers_in_layers_in_layers_end_somewhere()
    {
        string all = """{"class_name": "Dense", "config": {"units": 1}}""";
        for (int i = 0; i < 40; i++) all = """{"class_name": "Around", "registered_name": "Around", "config": {"inner": """ + all + "}}";
        string json = Stack(2, all);
        Assert.DoesNotContain('\n', Assert.Throws<ModelFormatException>(() =>
            keras.models.model_from_json(json, new() { [nameof(Around)] = typeof(Around) })).Message);
    }

    [Fact]
    public void What_is_no_class_that_a_file_holds_is_refused_when_it_is_given()
    {
        foreach (var type in new[] { typeof(string), typeof(System.Diagnostics.Process), typeof(Dense), typeof(Layer) })
            Assert.Contains("A custom object must be", Assert.Throws<ValueError>(() => new CustomObjects { ["a"] = type }).Message);
    }

    private static Tensor Distance(Tensor y_true, Tensor y_pred) => keras.ops.mean((y_true - y_pred) * (y_true - y_pred), -1);

    private static string Stack(int columns, string layer) =>
        """{"class_name": "Sequential", "config": {"name": "s", "layers": [{"class_name": "InputLayer", "config": {"batch_shape": [null, """
        + columns + """], "name": "i"}}, """ + layer + "]}}";

    private static T Trained<T>(T model, Loss loss) where T : Model
    {
        model.compile(keras.optimizers.Adam(0.01), loss);
        Losses(model);
        return model;
    }

    private static float[] Predicted(Model model) => model.predict(np.ones([2, 4]), verbose: 0).ToFloats();

    private static List<double> Losses(Model model) => model.fit(np.ones([4, 4]), np.ones([4, 1]), epochs: 2, shuffle: false, verbose: 0).history["loss"];

    private sealed class Half : Initializer
    {
        public override float[] Values(int[] shape) => [.. Enumerable.Repeat(0.5f, shape.Aggregate(1, (a, b) => a * b))];
    }

    private sealed class Far : Loss
    {
        public Far(string? name = null) : base(name) { }

        protected internal override Tensor Call(KerasPort.Graphs.Graph g, Tensor y_true, Tensor y_pred) => Distance(y_true, y_pred);
    }

    private sealed class Scaled(int units, Initializer initializer, double[] gains, string? name = null) : Layer(name)
    {
        private Variable? _kernel;

        public int units { get; } = units;

        public Initializer initializer { get; } = initializer;

        public double[] gains { get; } = gains;

        public override void build(Shape input_shape) => _kernel = add_weight((input_shape[^1], units), initializer, name: "kernel");

        public override Tensor call(Tensor x, bool training) => keras.ops.matmul(x, _kernel!);
    }

    private sealed class Block(int units, string? name = null) : Layer(name)
    {
        private readonly Dense _zeta = keras.layers.Dense(units), _alpha = keras.layers.Dense(3);
        private readonly List<Dense> _many = [keras.layers.Dense(2), keras.layers.Dense(2)];
        private Variable? _scale;

        public int units { get; } = units;

        public override void build(Shape input_shape) => _scale = add_weight(new Shape(1), name: "scale");

        public override Tensor call(Tensor x, bool training)
        {
            x = _alpha.Apply(_zeta.Apply(x));
            foreach (var dense in _many) x = dense.Apply(x);
            return x * _scale!;
        }
    }

    private sealed class Pair(int n, string? name = null) : Model(name)
    {
        private readonly Dense _d2 = keras.layers.Dense(n), _d1 = keras.layers.Dense(1);

        public int n { get; } = n;

        public override Tensor call(Tensor x, bool training) => _d1.Apply(_d2.Apply(x));
    }

    private sealed class Registered(string? name = null) : Layer(name)
    {
        public override Tensor call(Tensor x, bool training) => x * 2;
    }

    private sealed class Around(Layer inner, string? name = null) : Layer(name)
    {
        public Layer inner { get; } = inner;

        public override Tensor call(Tensor x, bool training) => inner.Apply(x);
    }

    private sealed class Forgetful(int hidden, string? name = null) : Layer(name)
    {
        public override Tensor call(Tensor x, bool training) => x * hidden;
    }

    private sealed class Spelled(string count, string? name = null) : Layer(name)
    {
        public int Count { get; } = count == "three" ? 3 : throw new ValueError($"three is the only number. Received: {count}");

        public override JsonObject get_config()
        {
            var config = base.get_config();
            config["count"] = "three";
            return config;
        }

        public override Tensor call(Tensor x, bool training) => x * Count;
    }
}
