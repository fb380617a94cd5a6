using System.Text.Json;
using System.Text.Json.Nodes;
using KerasPort.Layers;
using KerasPort.Models;

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
        var config = Get(model, legacy);
        if (legacy) return new JsonObject { ["class_name"] = "Sequential", ["config"] = config };
        var all = new JsonObject { ["module"] = "keras", ["class_name"] = "Sequential", ["config"] = config, ["registered_name"] = null };
        if (model.built) all["build_config"] = new JsonObject { ["input_shape"] = ObjectConfig.Array(model.input_shape) };
        return all;
    }

    /// <summary>The same and how to train, if the model is compiled.</summary>
    public static JsonObject SerializeCompiled(Model model)
    {
        var config = Serialize(model);
        config["compile_config"] = model.optimizer is null ? [] : CompilePlan.Serialize(model);
        return config;
    }

    /// <summary>What <c>model.get_config()</c> gives.</summary>
    public static JsonObject Get(Model model, bool legacy = false)
    {
        var layers = new JsonArray();
        foreach (var layer in model is Sequential { Input: { } input } ? model.layers.Prepend(input) : model.layers)
        {
            var serialized = ObjectConfig.Serialize(layer, legacy);
            // Keras keeps it of the layers that have something to build, and of Flatten.
            if (!legacy && layer is { built: true, input_shape: { } shape } && (layer.variables.Count > 0 || layer is Flatten))
                serialized["build_config"] = new JsonObject { ["input_shape"] = ObjectConfig.Array(shape) };
            layers.Add(serialized);
        }
        var config = new JsonObject { ["name"] = model.name };
        foreach (var (key, value) in OnlySettings.Of(model.GetType())) config[key] = value?.DeepClone();
        config["layers"] = layers;
        if (model.built) config["build_input_shape"] = ObjectConfig.Array(model.input_shape);
        return config;
    }

    /// <summary>Reads what <see cref="Serialize"/> wrote, or Keras.</summary>
    /// <exception cref="ModelFormatException">It's something else, or something that is refused.</exception>
    public static ModelPlan Read(JsonElement model, string place)
    {
        var (name, config) = ObjectConfig.ClassAndConfig(model, place);
        if (name == "Sequential") return ReadConfig(config, place);
        string[] missing = [.. ClassesOfLayers(config).Except(KnownClasses.Names(typeof(Layer))).Distinct().Order(StringComparer.Ordinal)];
        var refused = RefusedClass(name, place);
        throw missing.Length == 0 ? refused : new ModelFormatException(place, $"{refused.Reason}; nor is there a layer {string.Join(", ", missing)} here");
    }

    /// <summary>What is said of a model of another class.</summary>
    public static ModelFormatException RefusedClass(string name, string place) => new(place, $"a model of class '{name}' is refused; only Sequential is loaded");

    /// <summary>Reads what <see cref="Get"/> wrote, or Keras.</summary>
    /// <exception cref="ModelFormatException">It's something else, or something that is refused.</exception>
    public static ModelPlan ReadConfig(JsonElement config, string place)
    {
        var plan = new ModelPlan(ObjectConfig.Required(config, "name", JsonValueKind.String, place).GetString()!, place);
        foreach (var setting in config.EnumerateObject())
            if (setting.Name is "trainable" or "dtype") OnlySettings.Require(typeof(Sequential), setting, place);
        int index = 0;
        var layers = ObjectConfig.Required(config, "layers", JsonValueKind.Array, place);
        if (layers.GetArrayLength() > MostLayers) throw new ModelFormatException($"{place}, layers", $"expected at most {MostLayers} layers, found {layers.GetArrayLength()}");
        foreach (var layer in layers.EnumerateArray())
        {
            string at = LayerPlace(place, index++, layer);
            var read = ObjectConfig.Deserialize<Layer>(layer, at);
            // Before there was an InputLayer the first layer said what goes in.
            if (index == 1 && read is not InputLayer && ObjectConfig.InputShape(layer.GetProperty("config"), at) is { Rank: > 0 } input) plan.Add(InputLayer.Of(input));
            plan.Add(read);
        }
        if (plan.Input is null && config.TryGetProperty("build_input_shape", out var built) && built.ValueKind == JsonValueKind.Array)
        {
            plan.Input = ObjectConfig.Shape(built, $"{place}, build_input_shape");
            plan.Shape();
        }
        return plan;
    }

    /// <summary>The class names of a model's layers, as far as it has any.</summary>
    public static IEnumerable<string> ClassesOfLayers(JsonElement config) =>
        config.TryGetProperty("layers", out var layers) && layers.ValueKind == JsonValueKind.Array ? layers.EnumerateArray().Select(ObjectConfig.ClassOf).OfType<string>() : [];

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
            layer.CheckInput(input);
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
