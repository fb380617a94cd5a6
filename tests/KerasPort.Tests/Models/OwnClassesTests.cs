using System.Text.Json;
using KerasPort.Activations;
using KerasPort.Callbacks;
using KerasPort.Layers;
using KerasPort.Losses;
using KerasPort.Models;

namespace KerasPort.Tests.Models;

/// <summary>
/// Custom models and layers with several inputs and outputs, and classes that derive from the library's layers, agree with Keras for the same
/// classes and seeds, recorded by <c>own_classes.py</c>; their files go to Python and back.
/// </summary>
public sealed class OwnClassesTests
{
    private static readonly JsonElement s_recorded = JsonDocument.Parse(Fixtures.Text("own-classes.json")).RootElement;

    private static readonly Dictionary<string, NDArray> s_tickets = new()
    {
        ["title"] = Numbers(48, 6), ["text_body"] = Numbers(48, 5), ["tags"] = Numbers(48, 4),
    };

    private static readonly NDArray s_priority = Numbers(48, 1), s_department = np.eye(3, dtype: "float32")[np.arange(48) % 3], s_x = Numbers(24, 6);

    private static readonly (NDArray, NDArray) s_wide = (Numbers(40, 5), Numbers(40, 6)), s_wideTargets = (Numbers(40, 1), Numbers(40, 1));

    static OwnClassesTests()
    {
        keras.saving.register_keras_serializable<Tickets>();
        keras.saving.register_keras_serializable<NamedTickets>();
        keras.saving.register_keras_serializable<WideAndDeep>();
        keras.saving.register_keras_serializable<LogisticEndpoint>();
        keras.saving.register_keras_serializable<Both>();
        keras.saving.register_keras_serializable<MCDropout>();
        keras.saving.register_keras_serializable<Scaled>();
        keras.saving.register_keras_serializable<Frozen>();
    }

    /// <summary>Deep Learning with Python, chapter 7: a dictionary goes in, two tensors come out.</summary>
    [Fact]
    public void A_dictionary_goes_in_and_a_tuple_comes_out()
    {
        var recorded = Begin("tickets");
        var model = TicketsModel(recorded);
        Near(recorded, "predicted", model.predict(s_tickets, verbose: 0));
        Assert.Equal(["loss", "compile_metrics", "mean_squared_error_loss", "categorical_crossentropy_loss"], model.metrics_names);
        // As in Keras a dictionary may have more than the model reads.
        Dictionary<string, NDArray> more = new(s_tickets) { ["other"] = s_priority };
        Near(recorded, "predicted", model.predict(more, verbose: 0));
    }

    private static Tickets TicketsModel(JsonElement recorded)
    {
        var model = new Tickets(3, name: "tickets");
        var (priority, department) = model.Apply(s_tickets);
        Near(Floats(recorded.GetProperty("first")[0]), priority.numpy().ToFloats()[..4]);
        Near(Floats(recorded.GetProperty("first")[1]), department.numpy().ToFloats()[..4]);
        model.compile("rmsprop", loss: ["mean_squared_error", "categorical_crossentropy"], metrics: [["mean_absolute_error"], ["accuracy"]]);
        Near(recorded, model.fit(s_tickets, new[] { s_priority, s_department }, batch_size: 16, epochs: 2, verbose: 0));
        Near(recorded, model.evaluate(s_tickets, new[] { s_priority, s_department }, verbose: 0));
        return model;
    }

    [Fact]
    public void Outputs_by_name_have_losses_metrics_and_targets_by_name()
    {
        var recorded = Begin("named");
        var model = NamedModel(recorded);
        var predicted = model.predict(s_tickets, verbose: 0);
        foreach (string name in new[] { "priority", "department" })
            Near(Floats(recorded.GetProperty("predicted").GetProperty(name)), predicted[name].ToFloats());
        Assert.StartsWith("{'priority': array([[", predicted.ToString());
        Assert.Contains("no output named 'tags'", Assert.Throws<ValueError>(() => predicted["tags"]).Message);
        Assert.Equal(["priority", "department"], model.Apply(s_tickets).keys());
    }

    private static NamedTickets NamedModel(JsonElement recorded)
    {
        var model = new NamedTickets(3, name: "named");
        model.compile("adam", loss: new() { ["priority"] = "mse", ["department"] = "categorical_crossentropy" },
            loss_weights: new() { ["priority"] = 2.0, ["department"] = 0.5 }, metrics: new() { ["priority"] = ["mae"], ["department"] = ["accuracy"] });
        Dictionary<string, NDArray> y = new() { ["department"] = s_department, ["priority"] = s_priority };
        Near(recorded, model.fit(s_tickets, y, batch_size: 16, epochs: 2, verbose: 0));
        Near(recorded, model.evaluate(s_tickets, y, verbose: 0));
        return model;
    }

    /// <summary>Hands-On Machine Learning, chapter 10: a tuple goes in, two tensors come out.</summary>
    [Fact]
    public void A_tuple_goes_in_and_a_tuple_comes_out()
    {
        var recorded = Begin("wide");
        var model = WideModel(recorded);
        var (main, aux) = model.predict(s_wide, verbose: 0);
        Near(Floats(recorded.GetProperty("predicted")[0]), main.ToFloats());
        Near(Floats(recorded.GetProperty("predicted")[1]), aux.ToFloats());
        Assert.Equal(recorded.GetProperty("names").EnumerateArray().Select(name => name.GetString()), model.metrics_names);
        string text = "";
        model.summary(print_fn: line => text += line);
        Assert.Contains("normalization_1", text);
        Assert.Equal([new Shape(null, 5), new Shape(null, 6)], model.inputs.Select(x => x.shape[1..].WithBatch(null)));
    }

    private static WideAndDeep WideModel(JsonElement recorded)
    {
        var model = new WideAndDeep(8, name: "wide");
        model.norm_layer_wide.adapt(s_wide.Item1);
        model.norm_layer_deep.adapt(s_wide.Item2);
        model.compile(loss: ("mse", "mse"), loss_weights: (0.9, 0.1), optimizer: "adam", metrics: ["RootMeanSquaredError", "RootMeanSquaredError"]);
        Near(recorded, model.fit(s_wide, s_wideTargets, epochs: 2, verbose: 0,
            validation_data: ((s_wide.Item1[..8], s_wide.Item2[..8]), (s_wideTargets.Item1[..8], s_wideTargets.Item2[..8]))));
        Near(recorded, model.evaluate(s_wide, s_wideTargets, verbose: 0));
        return model;
    }

    /// <summary>Keras' training guide: targets go into a layer, which adds the loss; compiled without a loss.</summary>
    [Fact]
    public void A_layer_takes_two_arguments_and_adds_the_loss()
    {
        var recorded = Begin("endpoint");
        var model = EndpointModel(recorded);
        Near(Floats(recorded.GetProperty("predicted")), model.predict(EndpointData, verbose: 0).ToFloats());
    }

    private static Dictionary<string, NDArray> EndpointData => new() { ["inputs"] = s_x, ["targets"] = Numbers(24, 4) };

    private static Model EndpointModel(JsonElement recorded)
    {
        Tensor inputs = keras.Input(shape: 6, name: "inputs"), targets = keras.Input(shape: 4, name: "targets");
        var predictions = new LogisticEndpoint(name: "predictions").Apply(targets, keras.layers.Dense(4, name: "logits").Apply(inputs));
        var model = keras.Model(inputs: [inputs, targets], outputs: predictions, name: "endpoint");
        model.compile(optimizer: "adam");
        Near(recorded, model.fit(EndpointData, epochs: 2, verbose: 0));
        Near(recorded, model.evaluate(EndpointData, verbose: 0));
        return model;
    }

    [Fact]
    public void A_layer_takes_a_list_or_a_dictionary_and_gives_two()
    {
        var recorded = Begin("both");
        var model = BothModel();
        var predicted = model.predict([s_x, s_x * 2], verbose: 0);
        for (int i = 0; i < 4; i++) Near(Floats(recorded.GetProperty("predicted")[i]), predicted[i].ToFloats());
        Assert.Equal([new Shape(null, 6), new Shape(null, 6)], model.get_layer("listed").compute_output_shape([(null, 6), (null, 6)]));
        Assert.Equal([new Shape(null, 7)], keras.layers.Concatenate().compute_output_shape([(null, 3), (null, 4)]));
        Assert.Equal("""{"input_shape":{"b":[null,6],"a":[null,6]}}""", model.get_layer("keyed").get_build_config()!.ToJsonString());
        var clone = keras.models.clone_model(model);
        clone.set_weights(model.get_weights());
        Near(Floats(recorded.GetProperty("predicted")[3]), clone.predict([s_x, s_x * 2], verbose: 0)[3].ToFloats());
    }

    private static Model BothModel()
    {
        Tensor a = keras.Input(shape: 6, name: "a"), b = keras.Input(shape: 6, name: "b");
        var (sum, difference) = new Both(name: "listed").Apply([a, b]);
        var (first, second) = new Both(name: "keyed").Apply(new Dictionary<string, Tensor> { ["b"] = b, ["a"] = a });
        return keras.Model(inputs: [a, b], outputs: [sum, difference, first, second], name: "both");
    }

    /// <summary>Hands-On Machine Learning, chapter 11: dropout that draws in predictions, too.</summary>
    [Fact]
    public void A_call_that_is_overridden_calls_the_one_of_its_base()
    {
        var recorded = Begin("mc");
        var model = McModel(recorded);
        Assert.Equal("mc_dropout", model.layers[1].name);
        Assert.Equal("""{"rate":0.5,"noise_shape":null,"seed":7,"name":"mc_dropout","trainable":true}""",
            Without(model.layers[1].get_config(), "dtype").ToJsonString());
        Assert.Contains("MCDropout", Assert.Throws<ValueError>(() => model.export("mc.onnx")).Message);
    }

    private static System.Text.Json.Nodes.JsonObject Without(System.Text.Json.Nodes.JsonObject config, string key)
    {
        config.Remove(key);
        return config;
    }

    private static Model McModel(JsonElement recorded)
    {
        var model = keras.Sequential([keras.Input(6), keras.layers.Dense(5, activation: "relu"), new MCDropout(0.5, seed: 7), keras.layers.Dense(2)], "mc");
        for (int i = 0; i < 2; i++) Near(Floats(recorded.GetProperty("drawn")[i]), model.predict(s_x, verbose: 0).ToFloats());
        Near(Floats(recorded.GetProperty("drawn")[2]), model.Apply(s_x).numpy().ToFloats());
        model.compile("sgd", "mse");
        Near(recorded, model.fit(s_x, s_x[.., ..2], epochs: 2, verbose: 0));
        Near(recorded, model.evaluate(s_x, s_x[.., ..2], verbose: 0));
        return model;
    }

    [Fact]
    public void A_build_that_is_overridden_adds_weights_to_those_of_its_base()
    {
        var recorded = Begin("derived");
        var model = DerivedModel(recorded);
        Near(Floats(recorded.GetProperty("predicted")), model.predict(s_x, verbose: 0).ToFloats());
        Assert.Equal(recorded.GetProperty("weights").EnumerateArray().Select(path => path.GetString()), model.weights.Select(weight => weight.path));
        var config = model.layers[0].get_config();
        Assert.Equal(("tanh", 0.5, true), ((string?)config["activation"], (double?)config["scale"], (bool?)config["use_bias"]));
        Assert.Equal(0.5, Layer.from_config<Scaled>(config).scale);
    }

    private static Model DerivedModel(JsonElement recorded)
    {
        var model = keras.Sequential([keras.Input(6), new Scaled(3, scale: 0.5, activation: "tanh"), new Frozen(), keras.layers.Dense(2)], "derived");
        model.compile("sgd", "mse");
        Near(recorded, model.fit(s_x, s_x[.., ..2], batch_size: 8, epochs: 3, verbose: 0));
        return model;
    }

    [Fact]
    public void Files_of_such_models_come_back()
    {
        using var folder = new TemporaryFolder();
        foreach (var (name, make, x) in All)
        {
            var model = make(Begin(name));
            model.save(folder[name + ".keras"]);
            model.save_weights(folder[name + ".weights.h5"]);
            var again = keras.models.load_model(folder[name + ".keras"]);
            Assert.Equal(model.GetType(), again.GetType());
            Assert.Equal(model.get_weights().Select(w => w.ToFloats()), again.get_weights().Select(w => w.ToFloats()));
            if (name != "mc") Assert.Equal(Outputs(model.predict(x, verbose: 0)), Outputs(again.predict(x, verbose: 0)));
            again.load_weights(folder[name + ".weights.h5"]);
        }
    }

    [Fact]
    [Needs(Need.RealKeras)]
    public void Files_of_such_models_go_to_Python_and_back()
    {
        using var folder = new TemporaryFolder();
        var here = new Dictionary<string, (Model Model, Data X)>();
        // Keras' files of a class that derives from Dense hold only kernel and bias, and lose its other weights.
        foreach (var (name, make, x) in All.Where(one => one.Name != "derived"))
        {
            here[name] = (make(Begin(name)), x);
            here[name].Model.save(folder[name + ".keras"]);
            here[name].Model.save_weights(folder[name + ".weights.h5"]);
        }
        var answer = RealKeras.Ask("own_classes.py", [folder.Path]);
        foreach (var (name, (model, x)) in here)
        {
            var there = keras.models.load_model(folder[name + ".python.keras"]);
            there.load_weights(folder[name + ".python.weights.h5"]);
            if (name == "mc") continue;
            float[] predicted = Outputs(model.predict(x, verbose: 0));
            Near(predicted, Read(answer.GetProperty(name).GetProperty("read")));
            Near(predicted, Read(answer.GetProperty(name).GetProperty("loaded")));
            Near(predicted, Outputs(there.predict(x, verbose: 0)));
        }
    }

    private static (string Name, Func<JsonElement, Model> Make, Data X)[] All =>
    [
        ("tickets", TicketsModel, s_tickets), ("named", NamedModel, s_tickets), ("wide", WideModel, s_wide), ("endpoint", EndpointModel, EndpointData),
        ("both", _ => BothModel(), (s_x, s_x * 2)), ("mc", McModel, s_x), ("derived", DerivedModel, s_x),
    ];

    [Fact]
    public void What_is_given_otherwise_is_refused_in_a_line()
    {
        static string Said(Action use)
        {
            string said = Assert.ThrowsAny<ValueError>(use).Message;
            Assert.DoesNotContain('\n', said);
            return said;
        }
        var model = new Tickets(3);
        model.Apply(s_tickets);
        Assert.Contains("was first given a dictionary of title, text_body, tags", Said(() => model.predict([s_x, s_x, s_x], verbose: 0)));
        Assert.Contains("takes nothing else", Said(() => model.predict(new Dictionary<string, NDArray> { ["title"] = s_x }, verbose: 0)));
        NDArray[] targets = [s_priority, s_department];
        Assert.Contains("Received: 3 of them", Said(() => new Tickets(3).compiled(["mse", "mse", "mse"]).fit(s_tickets, targets, verbose: 0)));
        Assert.Contains("have no names", Said(() => model.compile("sgd", new LossList { ["priority"] = "mse", ["department"] = "mse" })));
        Tensor a = keras.Input(shape: 6), b = keras.Input(shape: 6);
        Assert.Contains("takes one argument", Said(() => keras.layers.Dense(2).Apply(a, b)));
        Assert.Contains("that takes 2 tensors", Said(() => new Both().Apply(a, b)));
        Assert.Contains("no lists within it", Said(() => new Both().Apply([new Both().Apply([a, b]), b])));
        Assert.Contains("override `build(Shapes input_shape)`", Said(() => new OneShape().Apply([a, b])));
        Assert.Contains("lists within a list", Said(() => new Nested().Apply(a)));
        Assert.Contains("must call `base.build(input_shape)`", Said(() => new Unbuilt().Apply(s_x)));
        Assert.Contains("does not have a `call()` method", Said(() => new NoCall().Apply(a)));
        Assert.Contains("use `Apply`", Said(() => keras.layers.Dense(2).call(s_x, false)));
    }

    /// <summary>The result of a call on weights alone is trained too, not a value computed when the plan was made.</summary>
    [Fact]
    public void Functions_of_weights_alone_have_gradients()
    {
        Begin("derived");
        var layer = new Scaled(1, scale: 1);
        var model = keras.Sequential([keras.Input(1), layer]);
        layer.kernel.assign(np.ones((1, 1)));
        model.compile(keras.optimizers.SGD(0.25), "mse");
        model.fit(np.ones((1, 1)), np.zeros((1, 1)), epochs: 1, verbose: 0);
        // The loss is (gain · (kernel + bias))², of which each gradient is 2 at the start.
        Assert.Equal([0.5f, 0.5f, -0.5f], layer.weights.Select(weight => weight.numpy().ToFloats()[0]));
        Assert.Equal(0, (double)model.predict(np.ones((1, 1)), verbose: 0)[0, 0], 1e-6);
    }

    [Fact]
    public void Nothing_quicker_goes_around_a_call_that_is_overridden()
    {
        var bytes = np.array([[1, 2], [3, 4]]).astype("uint8");
        Assert.Equal([-2, -4, -6, -8], new Negated(2).Apply(bytes).numpy().ToFloats());
        Assert.Equal([-2, -4, -6, -8], keras.Sequential([keras.Input(2), new Negated(2)]).predict(bytes, verbose: 0).ToFloats());
        // The output has the shape that `call` gives, which differs from Dense's.
        var model = keras.Sequential([keras.Input(6), new Beside(3), keras.layers.Dense(2)]);
        Assert.Equal(new Shape(null, 9), model.layers[0].output_shape);
        Assert.Equal([24, 2], model.predict(s_x, verbose: 0).shape);
        Tensor a = keras.Input(shape: 2), b = keras.Input(shape: 2);
        var doubled = keras.Model([a, b], new DoubleSum().Apply([a, b])).predict([np.ones((2, 2)), np.ones((2, 2)) * 2], verbose: 0);
        Assert.Equal([6, 6, 6, 6], doubled.ToFloats());
        var activation = keras.Sequential([keras.Input(2), keras.layers.Dense(2, activation: new Flipped(), kernel_initializer: "ones")]);
        Assert.Equal([-2, -2], activation.predict(np.ones((1, 2)), verbose: 0).ToFloats());
    }

    [Fact]
    public void Masks_go_through_a_layer_of_several_inputs_at_their_places()
    {
        var embedding = keras.layers.Embedding(5, 6, mask_zero: true);
        Tensor a = embedding.Apply(np.array([[1, 0]])), b = embedding.Apply(np.array([[0, 2]]));
        var (sum, difference) = new Both { supports_masking = true }.Apply([a, b]);
        Assert.Equal([1, 0], sum._keras_mask!.numpy().ToFloats());
        Assert.Equal([0, 1], difference._keras_mask!.numpy().ToFloats());
    }

    [Fact]
    public void Logs_of_a_prediction_have_the_key_outputs()
    {
        var told = new Keys();
        keras.Sequential([keras.Input(6), keras.layers.Dense(2)]).predict(s_x, verbose: 0, callbacks: [told]);
        Assert.Equal("dict_keys(['outputs']) (24, 2)", told.Text);
    }

    private static JsonElement Begin(string name)
    {
        keras.utils.clear_session();
        keras.utils.set_random_seed(1);
        return s_recorded.GetProperty(name);
    }

    private static NDArray Numbers(params int[] shape) =>
        new([.. Enumerable.Range(0, shape.Aggregate(1, (all, d) => all * d)).Select(i => (float)(i * 7919L % 1009 / 1009.0))], shape);

    private static float[] Floats(JsonElement values) => Fixtures.Floats(values);

    private static float[] Read(JsonElement values) => values.ValueKind == JsonValueKind.Object
        ? [.. values.EnumerateObject().SelectMany(one => Read(one.Value))]
        : [.. values.EnumerateArray().SelectMany(one => one.ValueKind == JsonValueKind.Array ? Read(one) : [one.GetSingle()])];

    private static float[] Outputs(NDArray predicted) => [.. Enumerable.Range(0, predicted.Length).SelectMany(i => predicted[i].ToFloats())];

    private static void Near(JsonElement recorded, string key, NDArray predicted) => Near(Read(recorded.GetProperty(key)), Outputs(predicted));

    private static void Near(JsonElement recorded, History history)
    {
        var there = recorded.GetProperty("history");
        Assert.Equal(there.EnumerateObject().Select(one => one.Name), history.history.Keys);
        foreach (var one in there.EnumerateObject()) Near(Floats(one.Value), [.. history.history[one.Name].Select(v => (float)v)]);
    }

    private static void Near(JsonElement recorded, Evaluation evaluation)
    {
        var there = recorded.GetProperty("evaluated");
        Near(there.ValueKind == JsonValueKind.Array ? Floats(there) : [there.GetSingle()], [.. evaluation.Select(v => (float)v)]);
    }

    private static void Near(float[] expected, float[] actual) =>
        Assert.Equal(expected, actual, (a, b) => Math.Abs(a - b) <= 1e-5 * Math.Max(1, Math.Abs(a)));

    private sealed class Keys : Callback
    {
        public string Text { get; private set; } = "";

        public override void on_predict_batch_end(int batch, Logs logs) => Text = $"{logs.keys()} {logs.outputs.shape}";
    }

    private class Tickets(int departments, string? name = null) : Model(name)
    {
        private readonly Layer concat_layer = keras.layers.Concatenate(), mixing_layer = keras.layers.Dense(16, activation: "relu"),
            priority_scorer = keras.layers.Dense(1, activation: "sigmoid"),
            department_classifier = keras.layers.Dense(departments, activation: "softmax");

        public int departments { get; } = departments;

        public override Tensor call(Tensor inputs, bool training)
        {
            var title = inputs["title"];
            var text_body = inputs["text_body"];
            var tags = inputs["tags"];
            var features = concat_layer.Apply([title, text_body, tags]);
            features = mixing_layer.Apply(features);
            var priority = priority_scorer.Apply(features);
            var department = department_classifier.Apply(features);
            return (priority, department);
        }

        public Tickets compiled(LossList loss)
        {
            compile("sgd", loss);
            return this;
        }
    }

    private sealed class NamedTickets(int departments, string? name = null) : Tickets(departments, name)
    {
        public override Tensor call(Tensor inputs, bool training)
        {
            var (priority, department) = base.call(inputs, training);
            return new Dictionary<string, Tensor> { ["priority"] = priority, ["department"] = department };
        }
    }

    private sealed class WideAndDeep(int units = 30, string? name = null) : Model(name)
    {
        public readonly Normalization norm_layer_wide = keras.layers.Normalization(), norm_layer_deep = keras.layers.Normalization();
        private readonly Layer hidden1 = keras.layers.Dense(units, activation: "relu"), hidden2 = keras.layers.Dense(units, activation: "relu"),
            main_output = keras.layers.Dense(1), aux_output = keras.layers.Dense(1);

        public int units { get; } = units;

        public override Tensor call(Tensor inputs, bool training)
        {
            var (input_wide, input_deep) = inputs;
            var deep = hidden2.Apply(hidden1.Apply(norm_layer_deep.Apply(input_deep)));
            var concat = keras.layers.concatenate([norm_layer_wide.Apply(input_wide), deep]);
            return (main_output.Apply(concat), aux_output.Apply(deep));
        }
    }

    private sealed class LogisticEndpoint(string? name = null) : Layer(name)
    {
        private readonly Loss loss_fn = keras.losses.BinaryCrossentropy(from_logits: true);

        public override Tensor call(Tensor targets, Tensor logits, bool training)
        {
            add_loss(loss_fn.Apply(targets, logits));
            return keras.ops.softmax(logits);
        }
    }

    private sealed class Both(string? name = null) : Layer(name)
    {
        private Variable? _gain;

        public override void build(Shapes input_shape) => _gain = add_weight(shape: input_shape[1][^1], initializer: "ones", name: "gain");

        public override Tensor call(Tensor inputs, bool training)
        {
            var (a, b) = Takes.Names is null ? (inputs[0], inputs[1]) : (inputs["a"], inputs["b"]);
            return [a + _gain! * b, a - b];
        }
    }

    private sealed class MCDropout(double rate, long? seed = null, string? name = null) : Dropout(rate, seed: seed, name: name)
    {
        public override Tensor call(Tensor inputs, bool training) => base.call(inputs, training: true);
    }

    private sealed class Scaled(int units, double scale = 2.0, ActivationFunction? activation = null, string? name = null)
        : Dense(units, activation, name: name)
    {
        private Variable? _gain;

        public double scale { get; } = scale;

        public override void build(Shape input_shape)
        {
            _gain = add_weight(shape: 1, initializer: "ones", name: "gain");
            base.build(input_shape);
        }

        public override Tensor call(Tensor inputs, bool training) => scale * (Tensor)_gain! * base.call(inputs, training);
    }

    private sealed class Frozen(string? name = null) : BatchNormalization(name: name)
    {
        public override Tensor call(Tensor inputs, bool training) => base.call(inputs, training: false);
    }

    private sealed class Negated(double scale) : Rescaling(scale)
    {
        public override Tensor call(Tensor inputs, bool training) => -base.call(inputs, training);
    }

    private sealed class Beside(int units) : Dense(units)
    {
        public override Tensor call(Tensor inputs, bool training) => keras.ops.concatenate([inputs, base.call(inputs, training)], axis: -1);
    }

    private sealed class DoubleSum : Add
    {
        public override Tensor call(Tensor inputs, bool training) => 2 * base.call(inputs, training);
    }

    private sealed class Flipped : ReLU
    {
        public override Tensor call(Tensor inputs, bool training) => -base.call(inputs, training);
    }

    private sealed class OneShape : Layer
    {
        public override void build(Shape input_shape) => add_weight(shape: input_shape[^1]);

        public override Tensor call(Tensor inputs, bool training) => inputs[0];
    }

    private sealed class Nested : Layer
    {
        public override Tensor call(Tensor inputs, bool training)
        {
            Tensor pair = (inputs, inputs);
            return (pair, inputs);
        }
    }

    private sealed class Unbuilt() : Dense(2)
    {
        public override void build(Shape input_shape) { }
    }

    private sealed class NoCall : Layer;
}
