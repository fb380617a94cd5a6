using System.IO.Compression;
using System.Text.Json;
using System.Text.Json.Nodes;
using KerasPort.Initializers;
using KerasPort.Layers;
using KerasPort.Losses;
using KerasPort.Metrics;
using KerasPort.Models;
using KerasPort.Optimizers;
using KerasPort.Saving;
using KerasPort.Saving.Hdf5;
using KerasPort.Schedules;
using KerasPort.Tests.Engines;

namespace KerasPort.Tests.Saving;

/// <summary>The written configurations equal Keras', key by key; <c>make_configs.py</c> records them.</summary>
public class KerasConfigTests
{
    private static readonly JsonObject s_recorded = JsonNode.Parse(Fixtures.Text("configs.json"))!.AsObject();

    private static readonly ExponentialDecay s_decay = new(0.1, 100, 0.96);

    private static readonly Dictionary<string, Func<object>> s_objects = new()
    {
        ["InputLayer"] = () => (KerasPort.Layers.Layer)keras.Input((28, 28)),
        ["InputLayer batch"] = () => (KerasPort.Layers.Layer)keras.Input(4, batch_size: 3, name: "in"),
        ["Flatten"] = () => keras.layers.Flatten(),
        ["Dense"] = () => keras.layers.Dense(3),
        ["Dense all"] = () => keras.layers.Dense(5, "relu", false, "zeros", keras.initializers.GlorotUniform(7), name: "d"),
        ["Conv2D"] = () => keras.layers.Conv2D(3, (3, 2)),
        ["Conv2D all"] = () => keras.layers.Conv2D(
            4, 3, (2, 1), "same", "channels_last", 1, 1, "tanh", false, keras.initializers.VarianceScaling(2.0, "fan_in", "uniform"), "zeros", name: "c"),
        ["MaxPooling2D"] = () => keras.layers.MaxPooling2D(),
        ["MaxPooling2D all"] = () => keras.layers.MaxPooling2D((3, 2), 1, "same", name: "m"),
        ["Activation"] = () => keras.layers.Activation("softmax"),
        ["BatchNormalization"] = () => keras.layers.BatchNormalization(),
        ["BatchNormalization all"] = () => keras.layers.BatchNormalization(-1, 0.9, 1e-5, false, false, "ones", "zeros", "ones", "zeros", name: "b"),
        ["Concatenate"] = () => keras.layers.Concatenate(),
        ["Concatenate all"] = () => keras.layers.Concatenate(1, name: "c"),
        ["Add"] = () => keras.layers.Add(),
        ["Dropout"] = () => keras.layers.Dropout(0.25),
        ["Dropout all"] = () => keras.layers.Dropout(0.5, (null, 1), 3, name: "d"),
        ["frozen"] = () =>
        {
            var layer = keras.layers.Dense(3);
            layer.trainable = false;
            return layer;
        },
        ["GlorotUniform"] = () => keras.initializers.GlorotUniform(),
        ["GlorotUniform seed"] = () => keras.initializers.GlorotUniform(7),
        ["VarianceScaling"] = () => keras.initializers.VarianceScaling(),
        ["VarianceScaling all"] = () => keras.initializers.VarianceScaling(2.5, "fan_avg", "untruncated_normal", 3),
        ["Ones"] = () => keras.initializers.Ones(),
        ["Zeros"] = () => keras.initializers.Zeros(),
        ["SparseCategoricalCrossentropy"] = () => keras.losses.SparseCategoricalCrossentropy(),
        ["SparseCategoricalCrossentropy all"] = () => keras.losses.SparseCategoricalCrossentropy(true, name: "l"),
        ["MeanSquaredError"] = () => keras.losses.MeanSquaredError(),
        ["MeanSquaredError name"] = () => keras.losses.MeanSquaredError(name: "l"),
        ["BinaryAccuracy"] = () => keras.metrics.BinaryAccuracy(),
        ["BinaryAccuracy all"] = () => keras.metrics.BinaryAccuracy("b", threshold: 0.25),
        ["SparseCategoricalAccuracy"] = () => keras.metrics.SparseCategoricalAccuracy(),
        ["SparseCategoricalAccuracy name"] = () => keras.metrics.SparseCategoricalAccuracy("right"),
        ["CategoricalAccuracy"] = () => keras.metrics.CategoricalAccuracy(),
        ["MeanSquaredError metric"] = () => keras.metrics.MeanSquaredError(),
        ["TruePositives"] = () => keras.metrics.TruePositives(),
        ["FalsePositives all"] = () => keras.metrics.FalsePositives([0.25, 0.5], name: "f"),
        ["Precision"] = () => keras.metrics.Precision(),
        ["Precision all"] = () => keras.metrics.Precision(0.25, class_id: 2, name: "p"),
        ["Recall"] = () => keras.metrics.Recall(),
        ["AUC"] = () => keras.metrics.AUC(),
        ["AUC all"] = () => keras.metrics.AUC(curve: "pr", summation_method: "Majoring", thresholds: [0.75, 0.5], name: "a"),
        ["IoU"] = () => keras.metrics.IoU(3, [0, 2]),
        ["MeanIoU all"] = () => keras.metrics.MeanIoU(3, ignore_class: 2, sparse_y_pred: false, name: "m"),
        ["OneHotMeanIoU"] = () => keras.metrics.OneHotMeanIoU(2),
        ["L1"] = () => keras.regularizers.L1(0.02),
        ["L2"] = () => keras.regularizers.L2(),
        ["L1L2"] = () => keras.regularizers.L1L2(0.01, 0.02),
        ["Dense regularizers"] = () => keras.layers.Dense(
            2, kernel_regularizer: "l2", bias_regularizer: keras.regularizers.L1(0.02), activity_regularizer: "l1"),
        ["Conv2D regularizers"] = () => keras.layers.Conv2D(
            2, 3, kernel_regularizer: keras.regularizers.l1_l2(0.01, 0.01), activity_regularizer: keras.regularizers.L2(0.5)),
        ["Adam"] = () => keras.optimizers.Adam(),
        ["Adam all"] = () => keras.optimizers.Adam(0.01, 0.8, 0.99, 1e-6, true, 0.004, clipnorm: 2.0, gradient_accumulation_steps: 3, name: "a"),
        ["SGD"] = () => keras.optimizers.SGD(),
        ["SGD all"] = () => keras.optimizers.SGD(s_decay, 0.9, true, clipvalue: 0.5, name: "s"),
        ["SGD global"] = () => keras.optimizers.SGD(global_clipnorm: 1.5),
        ["ExponentialDecay"] = () => s_decay,
        ["ExponentialDecay all"] = () => keras.optimizers.schedules.ExponentialDecay(0.5, 2.5, 0.25, true, "d"),
    };

    private static readonly Dictionary<string, Func<Model>> s_models = new()
    {
        ["graph"] = () => Graph(),
        ["graph, trained"] = () => Graph(fit: true),
        ["nested"] = Nested,
        ["branches"] = Branches,
        ["uncompiled"] = () => Dense(),
        ["names"] = () => Dense("names"),
        ["several"] = () => Dense("several"),
        ["objects"] = () => Dense("objects"),
        ["no metrics"] = () => Dense("no metrics"),
        ["trained"] = () => Dense("names", fit: true),
        ["not built"] = () => Dense(first: false),
        ["not built, compiled"] = () => Dense("names", first: false),
        ["built by data"] = () => Dense("names", first: false, fit: true),
        ["another optimizer"] = () => Dense("another optimizer"),
        ["convolutions"] = Convolutions,
    };

    public static TheoryData<string> Objects => [.. s_recorded["objects"]!.AsObject().Select(o => o.Key)];

    public static TheoryData<string> Models => [.. s_recorded["models"]!.AsObject().Select(m => m.Key)];

    [Theory]
    [MemberData(nameof(Objects))]
    public void Settings_are_Keras_own(string name)
    {
        keras.utils.clear_session();
        var made = s_objects[name]();
        var recorded = s_recorded["objects"]![name]!.AsObject();
        Same(name, recorded, ObjectConfig.Get(made));
        // Keras' configuration makes the same here.
        var again = ObjectConfig.Create(made.GetType(), JsonText.Element(recorded), name);
        Same(name, recorded, ObjectConfig.Get(again));
    }

    /// <summary>What a file doesn't say of the training has the default of <c>compile</c>, as in Keras.</summary>
    [Fact]
    public void Training_without_an_optimizer_or_a_loss_has_the_defaults()
    {
        Model Without(string key)
        {
            var config = JsonNode.Parse(HostileCorpus.Changed("$.name", "\"m\""))!;
            config["compile_config"]!.AsObject().Remove(key);
            return keras.models.model_from_json(config.ToJsonString());
        }
        var model = Without("optimizer");
        Assert.IsType<KerasPort.Optimizers.RMSprop>(model.optimizer);
        Assert.NotNull(model.loss);
        model = Without("loss");
        Assert.NotNull(model.optimizer);
        Assert.Null(model.loss);
    }

    [Fact]
    public void A_model_of_TensorFlow_js_is_called_so() => Assert.Contains("this is a model of TensorFlow.js", Assert.Throws<ModelFormatException>(
        () => keras.models.model_from_json("""{"format":"layers-model","modelTopology":{"keras_version":"2.11.0","model_config":{}}}""")).Message);

    [Theory]
    [MemberData(nameof(Models))]
    public void Models_are_written_as_Keras_does(string name)
    {
        keras.utils.clear_session();
        var model = s_models[name]();
        var recorded = s_recorded["models"]![name]!;
        using var folder = new TemporaryFolder();
        model.save(folder["m.keras"]);
        model.save(folder["m.h5"]);
        using var zip = new ZipMembers(new MemoryStream(File.ReadAllBytes(folder["m.keras"])));
        var legacy = Hdf5File.Read(File.ReadAllBytes(folder["m.h5"]));
        var attributes = new JsonObject();
        foreach (string key in new[] { "model_config", "training_config" })
            if (legacy.Attributes.TryGetValue(key, out var text)) attributes[key] = JsonNode.Parse(text.Text());
        Same(name, recorded["json"], JsonNode.Parse(model.to_json()));
        Same(name, recorded["keras"], JsonNode.Parse(zip.Read("config.json", int.MaxValue)));
        Same(name, recorded["h5"], attributes);

        foreach (var (columns, text) in recorded["summary"]!.AsObject())
        {
            var printed = new StringWriter();
            model.Summarize(printed, Terminal.Pipe with { Width = int.Parse(columns) });
            Assert.Equal(text!.GetValue<string>(), printed.ToString());
        }

        // Keras' files load here, and are written the same again.
        string json = recorded["json"]!.ToJsonString();
        Same(name, recorded["json"], JsonNode.Parse(keras.models.model_from_json(json).to_json()));
        Same(name, recorded["keras"], JsonNode.Parse(keras.saving.load_model(folder["m.keras"]).to_json()));
    }

    /// <summary>Numbers are formatted as in Python, so that a text comparison of two files shows only real differences.</summary>
    [Fact]
    public void Numbers_are_spelled_as_in_Python()
    {
        string text = keras.optimizers.Adam(1).get_config().ToJsonString();
        Assert.Contains("\"learning_rate\":1.0,", text);
        Assert.Contains("\"epsilon\":1e-07", text);
    }

    /// <summary>The rate is a float32, before and after a save, and prints as such.</summary>
    [Fact]
    public void A_learning_rate_is_a_float32()
    {
        var model = Dense("names");
        using var folder = new TemporaryFolder();
        model.save(folder["m.keras"]);
        model.save(folder["m.h5"]);
        double[] rates =
        [
            keras.optimizers.Adam().learning_rate, model.optimizer!.learning_rate,
            keras.saving.load_model(folder["m.keras"]).optimizer!.learning_rate, keras.saving.load_model(folder["m.h5"]).optimizer!.learning_rate,
        ];
        Assert.All(rates, rate => Assert.Equal("0.0010000000474974513", PythonText.Str(rate)));
        model.optimizer.learning_rate = 0.01;
        Assert.Equal(0.009999999776482582, model.optimizer.learning_rate.Value);
    }

    /// <summary>Each setting that allows only one value here, given another.</summary>
    [Theory]
    [InlineData(typeof(Dense), "trainable", "3", "trainable: expected true or false, found 3")]
    [InlineData(typeof(Dense), "dtype", "\"float64\"", "dtype: float64 is not supported; it must be float32")]
    [InlineData(typeof(Dense), "dtype", """{"class_name":"DTypePolicy","config":{"name":"mixed_float16"}}""", "dtype: mixed_float16 is not supported")]
    [InlineData(typeof(Dense), "kernel_regularizer", """{"class_name":"L3","config":{}}""", "class 'L3' is refused; a regularizer may be L1, L1L2, L2")]
    [InlineData(typeof(Dense), "activity_regularizer", """{"class_name":"L2","config":{"l2":-1}}""", "expected a non-negative float. Received: l2=-1")]
    [InlineData(typeof(Dense), "kernel_constraint", """{"class_name":"Custom","config":{}}""",
        "class 'Custom' is refused; a constraint may be MaxNorm, MinMaxNorm, NonNeg, UnitNorm")]
    [InlineData(typeof(Dense), "bias_constraint", """{"class_name":"MaxNorm","config":{"axis":0.5}}""",
        "bias_constraint (MaxNorm), axis: expected a whole number, found 0.5")]
    [InlineData(typeof(Dense), "quantization_config", """{"a":1}""", "quantization_config: {\"a\":1} is not supported; it must be null")]
    [InlineData(typeof(Dense), "lora_rank", "2", "lora_rank: 2 is refused; Dense has no such setting here")]
    [InlineData(typeof(Conv2D), "data_format", "\"channels\"",
        "The `data_format` argument must be one of {'channels_first', 'channels_last'}. Received: data_format=channels")]
    [InlineData(typeof(Conv2D), "groups", "-2", "The number of groups must be a positive integer. Received: groups=-2.")]
    [InlineData(typeof(BatchNormalization), "axis", "[1,2]", "axis: expected a whole number, found [1,2]")]
    [InlineData(typeof(RandomFlip), "data_format", "\"channels_first\"", "\"channels_first\" is not supported")]
    [InlineData(typeof(Resizing), "fill_mode", "\"reflect\"", "fill_mode: \"reflect\" is not supported; it must be \"constant\"")]
    [InlineData(typeof(InputLayer), "sparse", "true", "sparse: true is not supported; it must be false")]
    [InlineData(typeof(InputLayer), "ragged", "true", "ragged: true is not supported; it must be false")]
    [InlineData(typeof(InputLayer), "optional", "true", "optional: true is not supported; it must be false")]
    [InlineData(typeof(InputLayer), "dtype", "\"string\"", "strings are looked up before it")]
    [InlineData(typeof(InputLayer), "dtype", "\"complex64\"", "data type 'complex64' not understood")]
    [InlineData(typeof(IntegerLookup), "vocabulary_dtype", "\"int32\"", "vocabulary_dtype: \"int32\" is not supported")]
    [InlineData(typeof(IntegerLookup), "vocabulary_size", "-1", "vocabulary_size: expected a number of 1 to 16777216, found -1")]
    [InlineData(typeof(StringLookup), "encoding", "\"latin-1\"", "encoding: \"latin-1\" is not supported")]
    [InlineData(typeof(Hashing), "sparse", "true", "sparse: true is not supported; it must be false")]
    [InlineData(typeof(Hashing), "dtype", "\"int32\"", "dtype: int32 is not supported; it must be int64")]
    [InlineData(typeof(BatchNormalization), "beta_regularizer", "{}", "beta_regularizer: expected 'class_name', found none")]
    [InlineData(typeof(BatchNormalization), "gamma_regularizer", "2", "gamma_regularizer: expected an object with class_name and config, found 2")]
    [InlineData(typeof(BatchNormalization), "beta_constraint", "{}", "beta_constraint: expected 'class_name', found none")]
    [InlineData(typeof(BatchNormalization), "gamma_constraint", "\"big\"", "Could not interpret constraint identifier: big")]
    [InlineData(typeof(BatchNormalization), "synchronized", "true", "synchronized: true is not supported; it must be false")]
    [InlineData(typeof(BatchNormalization), "renorm", "true", "renorm: true is not supported; it must be false")]
    [InlineData(typeof(BatchNormalization), "renorm_clipping", "{}", "renorm_clipping: {} is not supported")]
    [InlineData(typeof(BatchNormalization), "renorm_momentum", "0.5", "renorm_momentum: 0.5 is not supported")]
    [InlineData(typeof(LayerNormalization), "rms_scaling", "true", "rms_scaling: true is not supported; it must be false")]
    [InlineData(typeof(GlorotUniform), "input_axes", "\"0\"", "input_axes: expected a list of at most 65536 numbers")]
    [InlineData(typeof(VarianceScaling), "seed", """{"class_name":"Other","config":{}}""",
        "class 'Other' is refused; a seed is a whole number or a SeedGenerator")]
    [InlineData(typeof(VarianceScaling), "mode", "\"fan\"", "Invalid `mode` argument: fan")]
    [InlineData(typeof(VarianceScaling), "distribution", "\"cauchy\"", "Invalid `distribution` argument: cauchy")]
    [InlineData(typeof(VarianceScaling), "scale", "0.0", "`scale` must be positive")]
    [InlineData(typeof(SparseCategoricalAccuracy), "dtype", "\"float16\"", "dtype: float16 is not supported")]
    [InlineData(typeof(KerasPort.Losses.SparseCategoricalCrossentropy), "reduction", "\"product\"", "Invalid value for argument `reduction`")]
    [InlineData(typeof(KerasPort.Losses.SparseCategoricalCrossentropy), "axis", "0.5", "axis: expected a whole number, found 0.5")]
    [InlineData(typeof(AUC), "num_labels", "3", "`num_labels` is needed only when `multi_label` is True.")]
    [InlineData(typeof(AUC), "label_weights", "[null]", "label_weights: expected a list of at most 65536 numbers")]
    [InlineData(typeof(AUC), "num_thresholds", "2000000000", "`num_thresholds` must be an integer > 1, and 1048576 at the most")]
    [InlineData(typeof(AUC), "thresholds", "[0.5,2]", "Threshold values must be in [0, 1]. Received: [2.0]")]
    [InlineData(typeof(Recall), "thresholds", "\"half\"", "expected a list of at most 65536 numbers, found \"half\"")]
    [InlineData(typeof(IoU), "axis", "1", "axis: 1 is not supported; it must be -1")]
    [InlineData(typeof(IoU), "dtype", "\"float32\"", "dtype: float32 is not supported; it must be int64")]
    [InlineData(typeof(IoU), "num_classes", "100000", "`num_classes` must be an integer from 1 to 8192")]
    [InlineData(typeof(Adam), "use_ema", "2", "use_ema: expected true or false, found 2")]
    [InlineData(typeof(Adam), "ema_overwrite_frequency", "1.5", "ema_overwrite_frequency: expected a whole number")]
    [InlineData(typeof(Adam), "loss_scale_factor", "\"2\"", "loss_scale_factor: expected a number")]
    public void Another_value_of_what_has_one_is_refused_by_name(Type type, string key, string value, string why)
    {
        var config = s_recorded["objects"]![type.Name]?.DeepClone().AsObject() ?? Table(type.Name) ?? RecordedCase.ConfigOf(type.Name);
        config[key] = JsonNode.Parse(value);
        Assert.Contains(why, Assert.Throws<ModelFormatException>(() => ObjectConfig.Create(type, JsonText.Element(config), type.Name)).Message);
    }

    private static JsonObject? Table(string className) => JsonNode.Parse(Fixtures.Text("tables.json"))!.AsArray()
        .FirstOrDefault(recorded => (string?)recorded!["class_name"] == className)?["config"]!.DeepClone().AsObject();

    /// <summary>The keys above are complete.</summary>
    [Fact]
    public void Every_setting_of_one_value_is_tried()
    {
        var tried = typeof(KerasConfigTests).GetMethod(nameof(Another_value_of_what_has_one_is_refused_by_name))!.GetCustomAttributesData()
            .Where(a => a.AttributeType == typeof(InlineDataAttribute))
                .Select(a => (IReadOnlyList<System.Reflection.CustomAttributeTypedArgument>)a.ConstructorArguments[0].Value!)
            .Select(row => (string)row[1].Value!).ToHashSet();
        foreach (var kind in new[] { typeof(Layer), typeof(Initializer), typeof(Loss), typeof(Metric), typeof(Optimizer), typeof(LearningRateSchedule) })
            foreach (var type in KnownClasses.Types(kind))
                foreach (var (key, _) in OnlySettings.Of(type))
                    Assert.True(tried.Contains(key) || key == "ema_momentum", $"{type.Name}, {key}");
    }

    private static Model Graph(bool fit = false)
    {
        Tensor a = keras.Input(3, name: "a"), b = keras.Input(3, name: "b"), c = keras.Input(4);
        var shared = keras.layers.Dense(2, activation: "relu");
        shared.trainable = false;
        var chain = keras.Sequential([keras.Input(4), keras.layers.Dense(4), keras.layers.BatchNormalization()]);
        var half = keras.layers.Dense(4).Apply(c);
        var residual = keras.Model(c, [keras.layers.Add().Apply([half, c]), half]);
        var (first, second) = residual.Apply(chain.Apply(keras.layers.Concatenate().Apply([shared.Apply(a), shared.Apply(b)])));
        var model = keras.Model([a, b], [keras.layers.Dense(2, name: "left").Apply(first),
            keras.layers.BatchNormalization(name: "right").Apply(second, training: true)]);
        model.compile("adam", "mse");
        if (fit)
            model.fit(new[] { new NDArray(new float[12], 4, 3), new NDArray(new float[12], 4, 3) },
                new[] { new NDArray(new float[8], 4, 2), new NDArray(new float[16], 4, 4) }, verbose: 0);
        return model;
    }

    private static Sequential Nested()
    {
        var inner = keras.Sequential([keras.layers.Dense(3), keras.layers.BatchNormalization()], name: "inner");
        inner.trainable = false;
        return keras.Sequential([keras.Input(4), keras.Sequential([keras.Input(4), keras.layers.Dense(2)]), inner, keras.layers.Dense(2)]);
    }

    private static Model Branches()
    {
        Tensor x = keras.Input(4);
        var first = keras.Model(x, keras.layers.Dense(3, activation: "tanh").Apply(x));
        var both = keras.Model(x, [first.Apply(x), first.Apply(keras.layers.Activation("relu").Apply(x))]);
        var (one, other) = both.Apply(x);
        var model = keras.Model(x, [one, keras.layers.Add().Apply([one, other])]);
        model.trainable = false;
        model.layers[^1].trainable = true;
        return model;
    }

    private static Sequential Dense(string? compiled = null, bool first = true, bool fit = false)
    {
        Layer[] layers = [keras.layers.Flatten(), keras.layers.Dense(2, activation: "softmax")];
        var model = keras.Sequential(first ? [keras.Input((2, 2)), .. layers] : layers);
        if (compiled == "names") model.compile(optimizer: "adam", loss: "sparse_categorical_crossentropy", metrics: ["accuracy"]);
        if (compiled == "objects")
            model.compile(keras.optimizers.Adam(0.01), keras.losses.SparseCategoricalCrossentropy(),
                metrics: ["acc", keras.metrics.SparseCategoricalAccuracy("right")]);
        if (compiled == "several")
            model.compile("adam", ["mse"], metrics: new() { ["dense"] = ["mse", "AUC"] }, loss_weights: new() { ["dense"] = 0.5 },
                weighted_metrics: [keras.metrics.MeanSquaredError()]);
        if (compiled == "no metrics") model.compile(optimizer: "Adam", loss: "SparseCategoricalCrossentropy");
        if (compiled == "another optimizer") model.compile(keras.optimizers.SGD(s_decay, 0.5, clipnorm: 1.0), "mse");
        if (fit) model.fit(new NDArray(new float[16], 4, 2, 2), new NDArray([0, 0, 0, 0]), verbose: 0);
        return model;
    }

    private static Sequential Convolutions()
    {
        var model = keras.Sequential([keras.Input((6, 6, 1), batch_size: 2, name: "in"), keras.layers.Conv2D(2, 3, activation: "relu"),
            keras.layers.MaxPooling2D(2),
            keras.layers.Activation("tanh", name: "act"), keras.layers.Flatten(), keras.layers.Dense(3)], name: "convolutions");
        model.compile(optimizer: "adam", loss: keras.losses.SparseCategoricalCrossentropy(from_logits: true));
        return model;
    }

    private static void Same(string name, JsonNode? expected, JsonNode? actual)
    {
        if (expected is JsonObject there && actual is JsonObject here)
        {
            Assert.True(there.Select(p => p.Key).Order().SequenceEqual(here.Select(p => p.Key).Order()),
                $"{name}: {string.Join(' ', here.Select(p => p.Key).Order())}, Keras {string.Join(' ', there.Select(p => p.Key).Order())}");
            foreach (var (key, value) in there) Same($"{name}, {key}", value, here[key]);
        }
        else if (expected is JsonArray all && actual is JsonArray some && all.Count == some.Count)
        {
            for (int i = 0; i < all.Count; i++) Same($"{name}, {i}", all[i], some[i]);
        }
        else Assert.True(JsonNode.DeepEquals(expected, actual), $"{name}: {actual?.ToJsonString() ?? "null"}, Keras {expected?.ToJsonString() ?? "null"}");
    }
}
