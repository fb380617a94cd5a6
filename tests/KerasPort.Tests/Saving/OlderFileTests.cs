using System.Text.Json;
using System.Text.Json.Nodes;
using KerasPort.Models;
using KerasPort.Optimizers;
using KerasPort.Saving;
using PureHDF;

namespace KerasPort.Tests.Saving;

/// <summary>
/// Files of older versions, of models that were never compiled or are compiled in a way that isn't possible here, and of weights in other precisions.
/// </summary>
public class OlderFileTests
{
    private const string OldAdam = """{"class_name":"Adam","config":{"lr":0.002}}""";

    public static TheoryData<string, string,
        string> Trainings => [.. HostileCorpus.Trainings.Select(t => new TheoryDataRow<string, string, string>(t.At, t.Value, t.Why))];

    /// <summary>In an archive and as text.</summary>
    [Theory]
    [MemberData(nameof(Trainings), DisableDiscoveryEnumeration = true)]
    public void What_training_names_and_is_not_here_leaves_the_model_uncompiled(string at, string value, string why)
    {
        string json = HostileCorpus.Changed(at, value);
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(folder["m.keras"], HostileCorpus.WithConfig(json));
        KerasPort.Models.Model? model = null;
        string warned = Printed.ToErrorBy(() => model = keras.saving.load_model(folder["m.keras"]));
        Assert.StartsWith($"UserWarning: {folder["m.keras"]}: the model was *not* compiled", warned);
        Assert.Contains(why, warned);
        Assert.Equal(1, warned.Count(c => c == '\n'));
        Assert.Null(model!.optimizer);
        Assert.Equal([1, 2], Predicted(model).shape.ToArray());
        Assert.Equal("You must call `compile()` before using the model.",
            Assert.Throws<ValueError>(() => model.evaluate(new NDArray(new float[4], 1, 2, 2), new NDArray([0]))).Message);

        warned = Printed.ToErrorBy(() => model = keras.models.model_from_json(json));
        Assert.Contains(why, warned);
        Assert.Null(model.optimizer);
        Assert.Equal("", Printed.ToErrorBy(() => keras.saving.load_model(folder["m.keras"], compile: false)));
        var inspection = ModelInspection.Of(folder["m.keras"]);
        Assert.Empty(inspection.Refusals);
        var text = new StringWriter();
        inspection.Write(text, Terminal.Current);
        Assert.Contains("the model would not be compiled", text.ToString());
        Assert.Contains(why, text.ToString());
    }

    /// <summary>A narrow terminal gets lines that end between words; a file has one for each fact.</summary>
    [Fact]
    public void Facts_of_a_file_wrap_between_words()
    {
        using var folder = new TemporaryFolder();
        keras.Sequential([keras.Input(3), keras.layers.Dense(1)]).save(folder["m.keras"]);
        var inspection = ModelInspection.Of(folder["m.keras"]);
        string[] Shown(Terminal terminal)
        {
            var text = new StringWriter();
            inspection.Write(text, terminal);
            return text.ToString().Split(Environment.NewLine);
        }
        string[] whole = Shown(Terminal.Pipe), narrow = Shown(new Terminal(IsTerminal: true, 40, Colors.None));
        string members = whole.Single(line => line.StartsWith("members", StringComparison.Ordinal));
        int first = Array.FindIndex(narrow, line => line.StartsWith("members", StringComparison.Ordinal));
        string[] wrapped = [.. narrow.Skip(first).TakeWhile((line, i) => i == 0 || line.StartsWith("   ", StringComparison.Ordinal))];
        Assert.True(wrapped.Length > 1);
        Assert.All(wrapped, line => Assert.InRange(line.Length, 1, 40));
        Assert.Equal(members, string.Join(" ", wrapped.Select((line, i) => i == 0 ? line : line.Trim())));
    }

    /// <summary>A model that was never compiled, in each way to say so.</summary>
    [Theory]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData(null)]
    public void A_model_that_was_never_compiled_loads(string? training)
    {
        var config = JsonNode.Parse(HostileCorpus.Changed("$.name", "\"m\""))!.AsObject();
        if (training is null) config.Remove("compile_config");
        else config["compile_config"] = JsonNode.Parse(training);
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(folder["m.keras"], HostileCorpus.WithConfig(config.ToJsonString()));
        string warned = Printed.ToErrorBy(() =>
        {
            Assert.Null(keras.saving.load_model(folder["m.keras"]).optimizer);
            Assert.Null(keras.models.model_from_json(config.ToJsonString()).optimizer);
        });
        Assert.Equal("", warned);
        Assert.Empty(ModelInspection.Of(folder["m.keras"]).Refusals);

        // The legacy format, where Keras says so.
        File.WriteAllBytes(folder["m.h5"], Legacy(config, training));
        Assert.Contains("there is no training configuration, so the model was *not* compiled",
            Printed.ToErrorBy(() => Assert.Null(keras.models.load_model(folder["m.h5"]).optimizer)));
        Assert.Equal("", Printed.ToErrorBy(() => keras.models.load_model(folder["m.h5"], compile: false)));
        Assert.Empty(ModelInspection.Of(folder["m.h5"]).Refusals);
    }

    /// <summary>Without compiling, errors in the compile configuration don't matter.</summary>
    [Fact]
    public void Without_compile_the_training_is_not_looked_at()
    {
        using var folder = new TemporaryFolder();
        foreach (string broken in new[] { "5", "\"x\"", "{\"optimizer\":[]}", "{\"optimizer\":{\"class_name\":5},\"loss\":true}" })
        {
            string json = HostileCorpus.Changed("$.compile_config", broken);
            File.WriteAllBytes(folder["m.keras"], HostileCorpus.WithConfig(json));
            Assert.Throws<ModelFormatException>(() => keras.saving.load_model(folder["m.keras"]));
            Assert.Equal([1, 2], Predicted(keras.saving.load_model(folder["m.keras"], compile: false)).shape.ToArray());
            File.WriteAllBytes(folder["m.h5"], Legacy(JsonNode.Parse(json)!.AsObject(), "no JSON"));
            Assert.Throws<ModelFormatException>(() => keras.models.load_model(folder["m.h5"]));
            Assert.Equal([1, 2], Predicted(keras.models.load_model(folder["m.h5"], compile: false)).shape.ToArray());
        }
    }

    /// <summary>Older spellings of classes and settings, in each format.</summary>
    [Theory]
    [InlineData("$.compile_config.optimizer",
        """{"class_name":"Adam","config":{"lr":0.002,"beta_1":0.8,"beta_2":0.999,"decay":0.0,"epsilon":1e-7,"amsgrad":false}}""")]
    [InlineData("$.compile_config.optimizer",
        """{"class_name":"Custom>Adam","config":{"name":"Adam","learning_rate":0.002,"decay":0.0,"beta_1":0.8,"beta_2":0.999,"epsilon":null}}""")]
    [InlineData("$.compile_config.optimizer", """{"module":"keras.optimizers","class_name":"Adam","config":"""
        + """{"name":"Adam","jit_compile":true,"is_legacy_optimizer":false,"learning_rate":0.002,"beta_1":0.8}"""
        + ""","registered_name":"Custom>Adam"}""")]
    [InlineData("$.compile_config.optimizer", """{"class_name":"adam","config":{"learning_rate":0.002,"beta_1":0.8},"registered_name":""}""")]
    [InlineData("$.compile_config.loss", """{"class_name":"function","config":"SparseCategoricalCrossentropy"}""")]
    [InlineData("$.compile_config.metrics", """["acc"]""")]
    [InlineData("$.compile_config.metrics", """[["accuracy"]]""")]
    [InlineData("$.compile_config.metrics",
        """[[{"class_name":"MeanMetricWrapper","config":{"name":"accuracy","dtype":"float32","fn":"sparse_categorical_accuracy"}}]]""")]
    [InlineData("$.compile_config.metrics", """[[{"class_name":"MeanMetricWrapper","config":{"name":"accuracy","dtype":"float32","fn":"binary_accuracy"}}]]""")]
    [InlineData("$.compile_config.metrics", """[{"module":"keras.metrics","class_name":"MeanMetricWrapper","config":{"name":"w","dtype":"float32","fn":"""
        + """{"module":"builtins","class_name":"function","config":"sparse_categorical_accuracy","registered_name":"function"}}"""
        + ""","registered_name":null}]""")]
    [InlineData("$.compile_config.metrics", """{"dense_1":["accuracy"]}""")]
    [InlineData("$.compile_config.metrics", """{"dense_1":"acc"}""")]
    [InlineData("$.compile_config.metrics", """["SparseCategoricalAccuracy"]""")]
    [InlineData("$.compile_config.metrics", """[{"class_name":"SparseCategoricalAccuracy","config":{"name":"a","dtype":"float32"}}]""")]
    [InlineData("$.compile_config.metrics", """[[{"class_name":"MeanMetricWrapper","config":{"name":"mae","dtype":"float32","fn":"mean_absolute_error"}}]]""")]
    [InlineData("$.compile_config.loss", """["sparse_categorical_crossentropy"]""")]
    [InlineData("$.compile_config.loss", """{"dense_1":"sparse_categorical_crossentropy"}""")]
    [InlineData("$.compile_config.loss",
        """{"module":"builtins","class_name":"function","config":"sparse_categorical_crossentropy","registered_name":"function"}""")]
    [InlineData("$.compile_config.loss", """{"class_name":"SparseCategoricalCrossentropy","config":{"reduction":"sum_over_batch_size","name":"x"}}""")]
    [InlineData("$.compile_config.sample_weight_mode", "null")]
    [InlineData("$.compile_config.loss_weights", "[]")]
    [InlineData("$.compile_config.loss_weights", "{}")]
    [InlineData("$.compile_config.run_eagerly", "null")]
    [InlineData("$.config.layers[0].config", """{"batch_input_shape":[null,2,2],"dtype":"float32","sparse":false,"ragged":false,"name":"i"}""")]
    [InlineData("$.config.layers[1].registered_name", "\"\"")]
    [InlineData("$.config.layers[1].module", "null")]
    [InlineData("$.config.layers[1].module", "\"keras.src.layers.reshaping.flatten\"")]
    [InlineData("$.config.layers[1].config.batch_input_shape", "[null,2,2]")]
    [InlineData("$.config.layers[1].config.dtype", "\"float32\"")]
    [InlineData("$.config.layers[1].config.dtype", """{"class_name":"Policy","config":{"name":"float32"}}""")]
    [InlineData("$.config.layers[2].config.kernel_initializer",
        """{"class_name":"VarianceScaling","config":{"scale":1.0,"mode":"fan_avg","distribution":"uniform","seed":null}}""")]
    [InlineData("$.config.layers[2].config.kernel_initializer",
        """{"class_name":"VarianceScaling","config":{"scale":2.0,"mode":"fan_in","distribution":"normal","seed":null}}""")]
    [InlineData("$.config.layers[2].config.kernel_initializer", """{"class_name":"GlorotUniform","config":{"seed":null,"dtype":"float32"}}""")]
    [InlineData("$.config.layers[2].config.kernel_initializer", "\"glorot_uniform\"")]
    [InlineData("$.config.layers[2].config.kernel_regularizer", """{"class_name":"L1L2","config":{"l1":0.0,"l2":0.0}}""")]
    [InlineData("$.config.layers[2].config.activation", """{"module":"builtins","class_name":"function","config":"relu","registered_name":"function"}""")]
    public void Older_spellings_are_read(string at, string value)
    {
        string json = HostileCorpus.Changed(at, value);
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(folder["m.keras"], HostileCorpus.WithConfig(json));
        var config = JsonNode.Parse(json)!.AsObject();
        var training = config["compile_config"]!.DeepClone().AsObject();
        training["optimizer_config"] = training["optimizer"]!.DeepClone();
        training.Remove("optimizer");
        File.WriteAllBytes(folder["m.h5"], Legacy(config, training.ToJsonString()));
        string warned = Printed.ToErrorBy(() =>
        {
            foreach (var model in new[] { keras.saving.load_model(folder["m.keras"]), keras.models.load_model(folder["m.h5"]),
                keras.models.model_from_json(json) })
            {
                Assert.Equal([1, 2], Predicted(model).shape.ToArray());
                Assert.NotNull(model.optimizer);
                if (at.EndsWith(".optimizer")) Assert.Equal(0.8, ((Adam)model.optimizer).beta_1);
            }
        });
        Assert.Equal("", warned);
        // The rate is this one until a file's weights bring another.
        if (at.EndsWith(".optimizer")) Assert.Equal(0.0020000000949949026, keras.models.model_from_json(json).optimizer!.learning_rate.Value);
        Assert.Empty(ModelInspection.Of(folder["m.keras"]).Refusals);
    }

    /// <summary>A first layer with an input shape, without an InputLayer before it, with an open batch and with a fixed one.</summary>
    [Theory]
    [InlineData("batch_input_shape", "[null,2,2]", null)]
    [InlineData("batch_input_shape", "[3,2,2]", 3)]
    [InlineData("batch_shape", "[null,2,2]", null)]
    [InlineData("input_shape", "[2,2]", null)]
    public void A_first_layer_may_say_what_goes_in(string key, string value, int? batch)
    {
        var config = JsonNode.Parse(HostileCorpus.Changed("$.name", "\"m\""))!.AsObject();
        var layers = config["config"]!["layers"]!.AsArray();
        layers.RemoveAt(0);
        layers[0]!["config"]![key] = JsonNode.Parse(value);
        config["config"]!.AsObject().Remove("build_input_shape");
        config.Remove("build_config");
        Assert.Equal(new Shape(batch, 2, 2), keras.models.model_from_json(config.ToJsonString()).input_shape);
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(folder["m.h5"], Legacy(config, null));
        Assert.Equal(new Shape(batch, 2, 2), keras.models.load_model(folder["m.h5"], compile: false).input_shape);
    }

    /// <summary>Features that Keras 3 dropped are reported, and not applied.</summary>
    [Fact]
    public void A_rate_that_was_to_decay_does_not()
    {
        string json = HostileCorpus.Changed("$.compile_config.optimizer.config.decay", "0.1");
        KerasPort.Models.Model? model = null;
        string warned = Printed.ToErrorBy(() => model = keras.models.model_from_json(json));
        Assert.Equal("UserWarning: compile_config, optimizer: Argument `decay` is no longer supported and will be ignored.\n", warned);
        Assert.NotNull(model!.optimizer);
    }

    /// <summary>The state of a Keras 2 optimizer doesn't fit this one, which starts fresh but for the count of steps, as in Keras, and says so.</summary>
    [Fact]
    public void The_state_of_another_optimizer_is_left_alone()
    {
        using var folder = new TemporaryFolder();
        var config = JsonNode.Parse(HostileCorpus.Changed("$.name", "\"m\""))!.AsObject();
        string training = $$"""{"loss":"sparse_categorical_crossentropy","metrics":["accuracy"],"optimizer_config":{{OldAdam}}}""";
        File.WriteAllBytes(folder["m.h5"], Legacy(config, training, optimizer: true));
        KerasPort.Models.Model? model = null;
        string warned = Printed.ToErrorBy(() => model = keras.models.load_model(folder["m.h5"]));
        Assert.Contains("the saved state of the optimizer is another one's, so it starts fresh: expected 2 or 10 variables, found 3", warned);
        Assert.Equal(7, model!.optimizer!.iterations);
        Assert.Equal(0.0020000000949949026, model.optimizer.learning_rate.Value);
    }

    public static TheoryData<string> Weights => [.. JsonDocument.Parse(Fixtures.Text("older/weights.json")).RootElement.EnumerateObject().Select(p => p.Name)];

    /// <summary>float64, float16, bfloat16, and Keras 2's names and paths, read as in Keras.</summary>
    [Theory]
    [MemberData(nameof(Weights))]
    public void Weights_are_read_as_Keras_reads_them(string name)
    {
        var model = Model();
        model.load_weights(Fixtures.Path("older/" + name));
        var expected = JsonDocument.Parse(Fixtures.Text("older/weights.json")).RootElement.GetProperty(name);
        Assert.Equal(expected.EnumerateArray().SelectMany(w => w.EnumerateArray()).Select(v => (float)v.GetDouble()),
            model.get_weights().SelectMany(w => w.ToFloats()));
        var text = new StringWriter();
        var inspection = ModelInspection.Of(Fixtures.Path("older/" + name));
        inspection.Write(text, Terminal.Current);
        Assert.Empty(inspection.Refusals);
        Assert.Matches(@"layers +dense(_\d)? \(4, 3\) \(3,\), dense_\d \(3, 2\) \(2,\)\n", text.ToString());
        Assert.EndsWith("It would be loaded by load_weights, into a model that has these layers.\n", text.ToString());
    }

    /// <summary>A file with the other format's extension is refused with its true format, and what to do.</summary>
    [Fact]
    public void A_file_of_weights_under_another_name_says_so()
    {
        using var folder = new TemporaryFolder();
        File.Copy(Fixtures.Path("older/float64.h5"), folder["legacy.weights.h5"]);
        File.Copy(Fixtures.Path("older/float64.weights.h5"), folder["new.h5"]);
        File.Copy(Fixtures.Path("older/float64.weights.h5"), folder["new.hdf5"]);
        File.Copy(Fixtures.Path("hostile/tiny.h5"), folder["whole.weights.h5"]);
        void Says(string file, string what, Action load)
        {
            string message = Assert.Throws<ModelFormatException>(load).Message;
            Assert.Contains(what, message);
            Assert.StartsWith(folder[file], message);
        }

        const string legacy = "it holds the legacy format: let its name end in .h5 without .weights",
            weights = "weights alone: let its name end in .weights.h5, make the model, and call its load_weights";
        Says("legacy.weights.h5", legacy, () => Model().load_weights(folder["legacy.weights.h5"]));
        Says("whole.weights.h5", legacy, () => Model().load_weights(folder["whole.weights.h5"]));
        Says("new.h5", weights, () => Model().load_weights(folder["new.h5"]));
        Says("new.h5", "there are no layers in it, it holds " + weights, () => keras.models.load_model(folder["new.h5"]));
        Says("new.hdf5", weights, () => keras.models.load_model(folder["new.hdf5"]));
        Says("legacy.weights.h5", "there are no layers in it, it holds weights alone in the legacy format",
            () => keras.models.load_model(folder["legacy.weights.h5"]));
        // Keras looks at the content, even where the name suggests weights.
        Assert.Equal([1, 2], Predicted(keras.models.load_model(folder["whole.weights.h5"])).shape.ToArray());
        foreach (string file in new[] { "legacy.weights.h5", "new.h5", "whole.weights.h5" }) Assert.NotEmpty(ModelInspection.Of(folder[file]).Refusals);
    }

    /// <summary>A weights file that fits no model here isn't said to load.</summary>
    [Theory]
    [InlineData("lstm", 2, 1, "there is no layer 'lstm' here; it may be activation, ")]
    [InlineData("dense", 6, 2, "no layer here has weights of shapes (2, 2, 2, 2, 2, 2) (2, 2, 2, 2, 2, 2)")]
    public void A_file_of_weights_for_no_model_here_would_be_refused(string layer, int rank, int count, string why)
    {
        using var folder = new TemporaryFolder();
        var vars = new H5Group();
        for (int i = 0; i < count; i++) vars[$"{i}"] = new H5Dataset(new float[1 << rank], fileDims: [.. Enumerable.Repeat(2ul, rank)]);
        new H5File { ["layers"] = new H5Group { [layer] = new H5Group { ["vars"] = vars } } }.Write(folder["m.weights.h5"]);
        Assert.Contains(why, Assert.Single(ModelInspection.Of(folder["m.weights.h5"]).Refusals).Message);
    }

    [Fact]
    public void A_legacy_file_makes_its_folders_and_others_do_not()
    {
        using var folder = new TemporaryFolder();
        var model = Model();
        foreach (string ending in new[] { "h5", "hdf5" })
        {
            model.save(folder[$"new/{ending}/m.{ending}"]);
            Assert.Equal(model.get_weights()[0].ToFloats(),
                keras.models.load_model(folder[$"new/{ending}/m.{ending}"], compile: false).get_weights()[0].ToFloats());
        }
        Assert.Contains("there is no folder", Assert.Throws<IOException>(() => model.save(folder["no/m.keras"])).Message);
        Assert.Contains("there is no folder", Assert.Throws<IOException>(() => model.save_weights(folder["no/m.weights.h5"])).Message);
        Assert.Contains("there is no folder", Assert.Throws<IOException>(() => model.export(folder["no/m.onnx"])).Message);
        Assert.Equal(["new"], folder.Names);
        Assert.Contains("Call `save_weights`, or let the name end in `.keras`", Assert.Throws<ValueError>(() => model.save(folder["m.weights.h5"])).Message);
        File.WriteAllText(folder["file"], "");
        Assert.StartsWith("cannot write ", Assert.Throws<IOException>(() => model.save(folder["file/in/it.h5"])).Message);
    }

    private static Sequential Model() => keras.Sequential([keras.Input(4), keras.layers.Dense(3), keras.layers.Flatten(), keras.layers.Dense(2)]);

    private static NDArray Predicted(KerasPort.Models.Model model) => model.predict(new NDArray(new float[4], 1, 2, 2), verbose: 0);

    /// <summary>A legacy file as Keras 2 wrote it, for the layers of a configuration, made with PureHDF.</summary>
    /// <summary>Before Keras 2.2.3 a Sequential was the list of its layers, in a file and as text, also among the layers.</summary>
    [Fact]
    public void A_Sequential_that_is_a_list_of_layers_loads()
    {
        var model = JsonNode.Parse(HostileCorpus.Changed("$.name", "\"m\""))!.AsObject();
        var layers = model["config"]!["layers"]!;
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(folder["m.h5"], Legacy(new() { ["config"] = layers.DeepClone() }, training: null));
        Assert.Equal([1, 2], Predicted(keras.models.load_model(folder["m.h5"], compile: false)).shape.ToArray());
        Assert.Empty(ModelInspection.Of(folder["m.h5"]).Refusals);

        JsonObject Listed(params JsonNode[] listed) => new() { ["class_name"] = "Sequential", ["config"] = new JsonArray(listed) };
        var nested = Listed(Listed([.. layers.AsArray().Select(layer => layer!.DeepClone())]));
        nested["keras_version"] = "2.1.6";
        Assert.Equal([1, 2], Predicted(keras.models.model_from_json(nested.ToJsonString())).shape.ToArray());

        nested["keras_version"] = "1.2.2";
        Assert.Equal("model: Keras 1.2.2 wrote it, whose layers have other names and settings than those of Keras 2 and 3, which are read: load it with "
            + "Keras 2.2, which knows both, and save it again",
            Assert.Throws<ModelFormatException>(() => keras.models.model_from_json(nested.ToJsonString())).Message);
    }

    /// <summary>tf.keras wrote Conv2D's settings for convolutions that don't have them.</summary>
    [Fact]
    public void Settings_of_another_convolution_have_no_effect()
    {
        var json = JsonNode.Parse(keras.Sequential([keras.Input((5, 5, 2)), keras.layers.DepthwiseConv2D(2), keras.layers.SeparableConv2D(3, 2),
            keras.layers.Conv2DTranspose(2, 2)]).to_json())!;
        foreach (var layer in json["config"]!["layers"]!.AsArray().Skip(1))
        {
            layer!["config"]!["groups"] = 1;
            layer["config"]!["kernel_initializer"] = JsonNode.Parse("""{"class_name":"GlorotUniform","config":{"seed":null}}""");
        }
        Assert.Equal(3, keras.models.model_from_json(json.ToJsonString()).layers.Count);
        json["config"]!["layers"]![1]!["config"]!["groups"] = 2;
        Assert.Contains("groups: 2 is refused", Assert.Throws<ModelFormatException>(() => keras.models.model_from_json(json.ToJsonString())).Message);
    }

    /// <summary>Settings and classes as Keras 2 and TensorFlow 1 wrote them in a file of one layer, and what the layer has.</summary>
    [Theory]
    [InlineData("""{"class_name":"Conv2D","config":{"filters":2,"kernel_size":{"class_name":"__tuple__","items":[2,3]}}}""", "[null,4,4,1]",
        "kernel_size", "[2,3]")]
    [InlineData("""{"class_name":"BatchNormalizationV1","config":{"axis":{"class_name":"__tuple__","items":[3]}}}""", "[null,4,4,1]", "axis", "3")]
    [InlineData("""{"class_name":"BatchNormalizationV2","config":{"axis":[1]}}""", "[null,4]", "axis", "1")]
    [InlineData("""{"class_name":"LeakyReLU","config":{"alpha":{"type":"ndarray","value":0.25}}}""", "[null,4]", "negative_slope", "0.25")]
    [InlineData("""{"class_name":"Embedding","config":{"input_dim":5,"output_dim":2,"input_length":4}}""", "[null,4]", "output_dim", "2")]
    [InlineData("""{"class_name":"RandomRotation","config":{"factor":0.5,"value_range":[0,255]}}""", "[null,4,4,1]", "fill_mode", "\"reflect\"")]
    [InlineData("""{"class_name":"Dense","config":{"units":2,"use_bias":null}}""", "[null,4]", "use_bias", "false")]
    [InlineData("""{"class_name":"Dense","config":{"units":2,"use_bias":0}}""", "[null,4]", "use_bias", "false")]
    [InlineData("""{"class_name":"BatchNormalization","config":{"scale":1,"center":0}}""", "[null,4]", "center", "false")]
    [InlineData("""{"class_name":"Dense","config":{"units":2,"kernel_constraint":{"class_name":"MaxNorm","config":{}}}}""", "[null,4]",
        "kernel_constraint", """{"module":"keras.constraints","class_name":"MaxNorm","config":{"max_value":2,"axis":0},"registered_name":null}""")]
    public void Older_settings_of_a_layer_are_read(string layer, string input, string key, string expected)
    {
        var element = JsonNode.Parse(layer)!;
        (element["config"]!["name"], element["config"]!["batch_input_shape"]) = ("one", JsonNode.Parse(input));
        var model = keras.models.model_from_json(new JsonObject { ["class_name"] = "Sequential", ["config"] = new JsonArray(element) }.ToJsonString());
        Assert.Equal(expected, model.layers[0].get_config()[key]!.ToJsonString());
        Assert.Equal("one", model.layers[0].name);
        Assert.Equal(input, ConfigValue.Array(model.input_shape).ToJsonString());
    }

    /// <summary>Keras on Theano convolved: the kernel's taps are in reverse order.</summary>
    [Theory]
    [InlineData("tensorflow", 4321)]
    [InlineData("theano", 1234)]
    public void Kernels_of_Theano_are_mirrored(string backend, float expected)
    {
        var model = keras.Sequential([keras.Input((2, 2, 1)), keras.layers.Conv2D(1, 2, name: "c")]);
        var layer = new H5Group
        {
            ["kernel"] = new H5Dataset(new float[] { 1, 10, 100, 1000 }, fileDims: [2, 2, 1, 1]),
            ["bias"] = new H5Dataset(new float[1], fileDims: [1]),
        };
        layer.Attributes["weight_names"] = new[] { "kernel", "bias" };
        var root = new H5File { ["c"] = layer };
        root.Attributes["layer_names"] = new[] { "c" };
        root.Attributes["backend"] = backend;
        using var folder = new TemporaryFolder();
        using (var file = File.Create(folder["w.h5"])) root.Write(file, new H5WriteOptions(PreferCompactDatasetLayout: false));
        model.load_weights(folder["w.h5"]);
        Assert.Equal([expected], ((NDArray)model.predict(new NDArray(new float[] { 1, 2, 3, 4 }, 1, 2, 2, 1), verbose: 0)).ToFloats());
    }

    /// <summary>
    /// The layers' groups as Keras 2.12 to 2.15 named them: until 2.13 a layer with weights counted twice, and on Windows paths had backslashes.
    /// </summary>
    [Theory]
    [InlineData("_layer_checkpoint_dependencies/", "", "_2", "_4", "")]
    [InlineData("_layer_checkpoint_dependencies\\", "", "_2", "_4", "")]
    [InlineData("_layer_checkpoint_dependencies\\", "", "_1", "_2", "")]
    [InlineData("layers\\", "", "_1", "_2", "")]
    [InlineData("layers/", "", "_2", "_4", "/layers/dense_4: the model has no such layer")]
    [InlineData("layers\\", "", "", "_2", "expected one object of this place, found two")]
    public void Layers_are_found_under_their_older_names(string place, string first, string second, string third, string refusal)
    {
        Sequential Made() => keras.Sequential([keras.Input(4), keras.layers.Dense(3, activation: "tanh"), keras.layers.Dense(2), keras.layers.Dropout(0.5),
            keras.layers.Dense(1)]);
        var (saved, read) = (Made(), Made());
        var root = WeightsFile.Content(saved);
        var layers = (H5Group)root["layers"];
        root.Remove("layers");
        string[] parts = place.Split('/');
        var group = parts.Length == 2 ? (H5Group)(root[parts[0]] = new H5Group()) : root;
        foreach (var (i, suffix) in new[] { first, second, third }.Index())
            group[parts.Length == 2 ? $"dense{suffix}" : $"{place}dense{suffix}"] = layers[i == 0 ? "dense" : $"dense_{i}"];
        // The second layer lies where the first one does, once as a path and once in a group.
        if (parts.Length == 1 && second == first) root["layers"] = WeightsFile.Content(read)["layers"];
        using var folder = new TemporaryFolder();
        using (var file = File.Create(folder["m.weights.h5"])) root.Write(file, new H5WriteOptions(PreferCompactDatasetLayout: false));
        if (refusal.Length > 0)
        {
            Assert.Contains(refusal, Assert.Throws<ModelFormatException>(() => read.load_weights(folder["m.weights.h5"])).Message);
            return;
        }
        read.load_weights(folder["m.weights.h5"]);
        Assert.Equal(saved.get_weights().Select(w => w.ToFloats()), read.get_weights().Select(w => w.ToFloats()));
        Assert.Empty(ModelInspection.Of(folder["m.weights.h5"]).Refusals);
    }

    /// <summary>Until 2.11 tf.keras wrote the legacy format under names in .keras, too.</summary>
    [Fact]
    public void A_legacy_file_may_be_called_keras()
    {
        using var folder = new TemporaryFolder();
        var model = Model();
        model.compile("adam", "mse");
        model.save(folder["m.h5"]);
        File.Move(folder["m.h5"], folder["m.keras"]);
        var loaded = keras.models.load_model(folder["m.keras"]);
        Assert.NotNull(loaded.optimizer);
        Assert.Equal(model.get_weights().Select(w => w.ToFloats()), loaded.get_weights().Select(w => w.ToFloats()));
        var other = Model();
        other.load_weights(folder["m.keras"]);
        Assert.Equal(model.get_weights().Select(w => w.ToFloats()), other.get_weights().Select(w => w.ToFloats()));
        Assert.Empty(ModelInspection.Of(folder["m.keras"]).Refusals);
        File.WriteAllBytes(folder["short.keras"], File.ReadAllBytes(folder["m.keras"])[..7]);
        Assert.Contains("zip: it is damaged", Assert.Throws<ModelFormatException>(() => keras.models.load_model(folder["short.keras"])).Message);
    }

    private static byte[] Legacy(JsonObject model, string? training, bool optimizer = false)
    {
        static H5Group Layer(string name, float[] kernel, ulong[] shape, float[] bias)
        {
            var inner = new H5Group { ["kernel:0"] = new H5Dataset(kernel, fileDims: shape), ["bias:0"] = new H5Dataset(bias, fileDims: [(ulong)bias.Length]) };
            var layer = new H5Group { [name] = inner };
            layer.Attributes["weight_names"] = new[] { $"{name}/kernel:0", $"{name}/bias:0" };
            return layer;
        }

        var weights = new H5Group
        {
            ["dense"] = Layer("dense", new float[12], [4, 3], new float[3]),
            ["dense_1"] = Layer("dense_1", new float[6], [3, 2], new float[2])
        };
        weights.Attributes["layer_names"] = new[] { "dense", "dense_1" };
        var root = new H5File { ["model_weights"] = weights };
        root.Attributes["keras_version"] = "2.2.4";
        root.Attributes["model_config"] = new JsonObject { ["class_name"] = "Sequential", ["config"] = model["config"]!.DeepClone() }.ToJsonString();
        if (training is not null) root.Attributes["training_config"] = training;
        if (optimizer)
        {
            var saved = new H5Group
            {
                ["Adam"] = new H5Group
                {
                    ["iter:0"] = new H5Dataset(7L), ["a:0"] = new H5Dataset(new float[3]),
                    ["b:0"] = new H5Dataset(new float[3])
                }
            };
            saved.Attributes["weight_names"] = new[] { "Adam/iter:0", "Adam/a:0", "Adam/b:0" };
            root["optimizer_weights"] = saved;
        }
        using var stream = new MemoryStream();
        root.Write(stream, new H5WriteOptions(PreferCompactDatasetLayout: false));
        return stream.ToArray();
    }
}
