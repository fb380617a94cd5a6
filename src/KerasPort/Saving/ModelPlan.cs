using System.Text.Json;
using System.Text.Json.Nodes;
using KerasPort.Layers;
using KerasPort.Losses;
using KerasPort.Metrics;
using KerasPort.Models;
using KerasPort.Optimizers;

namespace KerasPort.Saving;

/// <summary>
/// A model as its configuration describes it: the layers are there, their weights are not. So what a file must hold is known,
/// and compared with what it holds, before anything of that size is allocated.
/// </summary>
internal sealed class ModelPlan
{
    private const long MostPadding = 1 << 20;
    private const int MostLayers = 8_192;

    /// <summary>What a few words may make: more than the largest of Keras' own applications takes, and no more than half of the memory that there is.</summary>
    private static readonly long s_mostWeightBytes = Math.Min(4L << 30, GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 2);

    private readonly string _place;
    private readonly HashSet<string> _names = [];
    private readonly List<(Layer Layer, Weight[] Weights, Shape? Output)> _layers = [];

    private InputLayer? _input;

    private ModelPlan(string name, string place) => (Name, _place) = (name, place);

    public string Name { get; }

    /// <summary>What goes in, batch first; null for a model whose first data decides.</summary>
    public Shape? Input { get; private set; }

    /// <summary>The layers without the input, each with its weights and its output's shape, which are unknown without an input.</summary>
    public IReadOnlyList<(Layer Layer, Weight[] Weights, Shape? Output)> Layers => _layers;

    /// <summary>Bytes that all weights take.</summary>
    public long WeightBytes { get; private set; }

    /// <summary>The weights' number.</summary>
    public int WeightCount => _layers.Sum(l => l.Weights.Length);

    /// <summary>A model's configuration as Keras' <c>serialize_keras_object</c> writes it; <paramref name="legacy"/> without modules.</summary>
    public static JsonObject Serialize(Model model, bool legacy = false)
    {
        static JsonObject Legacy(JsonObject o) => new() { ["class_name"] = o["class_name"]!.DeepClone(), ["config"] = o["config"]!.DeepClone() };
        var config = Get(model);
        if (legacy) config["layers"] = new JsonArray([.. config["layers"]!.AsArray().Select(layer => Legacy(layer!.AsObject()))]);
        if (legacy) return new JsonObject { ["class_name"] = "Sequential", ["config"] = config };
        var all = new JsonObject { ["module"] = "keras", ["class_name"] = "Sequential", ["config"] = config, ["registered_name"] = null };
        if (model.built) all["build_config"] = new JsonObject { ["input_shape"] = ObjectConfig.Array(model.input_shape) };
        return all;
    }

    /// <summary>What <c>model.get_config()</c> gives.</summary>
    public static JsonObject Get(Model model)
    {
        var layers = new JsonArray();
        if (model.Input is { } input) layers.Add(ObjectConfig.Serialize(input));
        foreach (var layer in model.layers) layers.Add(ObjectConfig.Serialize(layer));
        var config = new JsonObject { ["name"] = model.name, ["trainable"] = true, ["dtype"] = "float32", ["layers"] = layers };
        if (model.built) config["build_input_shape"] = ObjectConfig.Array(model.input_shape);
        return config;
    }

    /// <summary>Reads what <see cref="Serialize"/> wrote, or Keras.</summary>
    /// <exception cref="ModelFormatException">It's something else, or something that is refused.</exception>
    public static ModelPlan Read(JsonElement model, string place)
    {
        var (name, config) = ObjectConfig.ClassAndConfig(model, place);
        if (name != "Sequential") throw new ModelFormatException(place, $"a model of class '{name}' is refused; only Sequential is loaded");
        return ReadConfig(config, place);
    }

    /// <summary>Reads what <see cref="Get"/> wrote, or Keras.</summary>
    /// <exception cref="ModelFormatException">It's something else, or something that is refused.</exception>
    public static ModelPlan ReadConfig(JsonElement config, string place)
    {
        var plan = new ModelPlan(ObjectConfig.Required(config, "name", JsonValueKind.String, place).GetString()!, place);
        int index = 0;
        var layers = ObjectConfig.Required(config, "layers", JsonValueKind.Array, place);
        if (layers.GetArrayLength() > MostLayers) throw new ModelFormatException($"{place}, layers", $"expected at most {MostLayers} layers, found {layers.GetArrayLength()}");
        foreach (var layer in layers.EnumerateArray())
            plan.Add(ObjectConfig.Deserialize<Layer>(layer, LayerPlace(place, index++, layer)));
        if (plan.Input is null && config.TryGetProperty("build_input_shape", out var built) && built.ValueKind == JsonValueKind.Array)
        {
            plan.Input = ObjectConfig.Shape(built, $"{place}, build_input_shape");
            plan.Shape();
        }
        return plan;
    }

    /// <summary>Where a layer is described.</summary>
    public static string LayerPlace(string place, int index, JsonElement layer)
    {
        string named = layer.ValueKind == JsonValueKind.Object && layer.TryGetProperty("config", out var config) && config.ValueKind == JsonValueKind.Object
            && config.TryGetProperty("name", out var name) && name.ValueKind == JsonValueKind.String ? $" {ObjectConfig.Quote(name)}" : "";
        return $"{place}, layer {index}{named}";
    }

    /// <summary>Makes the model, with its initial weights.</summary>
    /// <exception cref="ModelFormatException">The layers don't fit each other, or ask for more memory than makes sense.</exception>
    public Sequential Build() => ObjectConfig.Guarded(_place, () =>
    {
        if (WeightBytes > s_mostWeightBytes) throw new ModelFormatException(_place, $"{WeightBytes} bytes of weights are refused, a configuration may ask for {s_mostWeightBytes}; make a larger model by its layers");
        var model = new Sequential(_input is null ? _layers.Select(l => l.Layer) : [_input, .. _layers.Select(l => l.Layer)], Name);
        if (_input is null && Input is { } shape) model.build(shape);
        return model;
    });

    private void Add(Layer layer)
    {
        if (layer is InputLayer input)
        {
            if (_input is not null || _layers.Count > 0) throw new ModelFormatException(_place, "an InputLayer must be the first layer");
            (_input, Input) = (input, input.batch_shape);
            RequireFixed(input.batch_shape);
            return;
        }
        if (!_names.Add(layer.name)) throw new ModelFormatException(_place, $"all layers must have unique names, but '{layer.name}' is there twice");
        _layers.Add((layer, [], null));
        if (Input is not null) Follow(_layers.Count - 1);
    }

    private void Shape()
    {
        RequireFixed(Input!.Value);
        for (int i = 0; i < _layers.Count; i++) Follow(i);
    }

    private void RequireFixed(Shape input)
    {
        if (input.Rank == 0 || input[0] is <= 0 || input[1..].Any(d => d is not > 0)) throw new ModelFormatException(_place, $"every dimension that goes into a model, but the batch, must be a number of 1 or more; found {input}");
    }

    /// <summary>Finds the shapes of a layer's weights and output from those of the layer before.</summary>
    private void Follow(int index)
    {
        var layer = _layers[index].Layer;
        var input = index == 0 ? Input!.Value : _layers[index - 1].Output!.Value;
        string place = $"{_place}, layer '{layer.name}'";
        var (weights, output) = ObjectConfig.Guarded(place, () =>
        {
            var shape = layer.compute_output_shape(input);
            return (layer.Weights(input).ToArray(), shape);
        });
        Elements(output[1..].Select(d => d!.Value), place);
        // A dilation can pad a small image to a gigantic one, which running the model would allocate.
        if (layer.WindowOver(input) is { } window && (long)window.PaddedHeight * window.PaddedWidth is var padded
            && padded > 4L * window.Height * window.Width && padded * window.Channels > MostPadding)
            throw new ModelFormatException(place, $"padding an image to {window.PaddedHeight} x {window.PaddedWidth} pixels is refused");
        WeightBytes += weights.Sum(w => sizeof(float) * Elements(w.Shape, place));
        _layers[index] = (layer, weights, output);
    }

    // As an array has it: at most 2^31 - 1 elements, so that no product of dimensions overflows later.
    private static long Elements(IEnumerable<int> shape, string place)
    {
        long product = 1;
        foreach (int d in shape)
            if (d < 0 || (product *= d) > int.MaxValue) throw new ModelFormatException(place, $"an array of ({string.Join(", ", shape)}) elements is refused");
        return product;
    }
}

/// <summary>What a configuration says about training: what <c>compile</c> takes.</summary>
internal sealed record CompilePlan(Optimizer Optimizer, Loss Loss, Metric[] Metrics)
{
    /// <summary>Keras' <c>compile_config</c>; <paramref name="legacy"/> has the optimizer under another name.</summary>
    public static JsonObject Serialize(Model model, bool legacy = false)
    {
        var optimizer = ObjectConfig.Serialize(model.optimizer!);
        var config = new JsonObject
        {
            ["loss"] = ObjectConfig.Serialize(model.loss!, Loss.Known),
            ["loss_weights"] = null,
            ["metrics"] = model.metrics.Count == 0 ? null : new JsonArray([.. model.metrics.Select(m => ObjectConfig.Serialize(m, Metric.Known))]),
            ["weighted_metrics"] = null,
            ["run_eagerly"] = false,
            ["steps_per_execution"] = 1,
            ["jit_compile"] = false,
        };
        config[legacy ? "optimizer_config" : "optimizer"] = legacy
            ? new JsonObject { ["class_name"] = optimizer["class_name"]!.DeepClone(), ["config"] = optimizer["config"]!.DeepClone() } : optimizer;
        return config;
    }

    /// <summary>Reads what <see cref="Serialize"/> wrote, or Keras.</summary>
    /// <exception cref="ModelFormatException">It's something else, or something that is refused.</exception>
    public static CompilePlan Read(JsonElement config, string place, bool legacy = false)
    {
        string optimizerKey = legacy ? "optimizer_config" : "optimizer";
        foreach (var setting in config.EnumerateObject())
        {
            bool known = setting.Name is "loss" or "metrics" or "run_eagerly" or "steps_per_execution" or "jit_compile" || setting.Name == optimizerKey;
            if (!known && setting.Value.ValueKind != JsonValueKind.Null)
                throw new ModelFormatException($"{place}, {setting.Name}", $"{ObjectConfig.Quote(setting.Value)} is refused; compile has no such setting here");
        }
        JsonElement Given(string key) => config.TryGetProperty(key, out var value) ? value : throw new ModelFormatException(place, $"expected '{key}', found none");
        var optimizer = ObjectConfig.Deserialize<Optimizer>(Given(optimizerKey), $"{place}, {optimizerKey}", name => name);
        var loss = ObjectConfig.Deserialize<Loss>(Given("loss"), $"{place}, loss", name => name);
        Metric[] metrics = [];
        if (config.TryGetProperty("metrics", out var given) && given.ValueKind != JsonValueKind.Null)
        {
            ObjectConfig.Required(config, "metrics", JsonValueKind.Array, place);
            metrics = [.. given.EnumerateArray().Select(m => ObjectConfig.Deserialize<Metric>(m, $"{place}, metrics", name => name))];
        }
        return new CompilePlan(optimizer, loss, metrics);
    }

    /// <summary>Compiles the model so.</summary>
    public void Apply(Model model, string place) => ObjectConfig.Guarded(place, () =>
    {
        model.compile(Optimizer, Loss, Metrics);
        return true;
    });
}
