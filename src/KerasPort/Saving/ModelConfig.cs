using System.Text.Json;
using System.Text.Json.Nodes;
using KerasPort.Layers;
using KerasPort.Models;

namespace KerasPort.Saving;

/// <summary>
/// A model as its configuration: <c>Sequential</c>, a list of layers, or <c>Functional</c>, a graph of them (<see cref="GraphConfig"/>), each
/// perhaps with models among its layers. What is read has weights whose values aren't made yet: so what a file must hold is known, and compared
/// with what it holds, before anything of that size is allocated.
/// </summary>
internal static class ModelConfig
{
    public const string Sequential = nameof(Models.Sequential), Functional = nameof(Models.Functional);

    /// <summary>The class name of a functional model in Keras 1 and 2.</summary>
    public const string OlderFunctional = "Model";

    /// <summary>A model's configuration as Keras' <c>serialize_keras_object</c> writes it; <paramref name="legacy"/> without modules.</summary>
    /// <exception cref="ValueError">The model has a class of the program's own that isn't registered.</exception>
    public static JsonObject Serialize(Model model, bool legacy = false)
    {
        var (module, name, registered) = model switch
        {
            Models.Sequential => ("keras", Sequential, null),
            Models.Functional => ("keras.src.models.functional", Functional, Functional),
            _ => ((string?)null, model.GetType().Name, (string?)CustomObjects.NameOf(model.GetType())),
        };
        var config = KnownClasses.IsOwn(model.GetType()) ? model.get_config() : Get(model, legacy);
        if (legacy) return new JsonObject { ["class_name"] = registered ?? name, ["config"] = config };
        var all = new JsonObject { ["module"] = module, ["class_name"] = name, ["config"] = config, ["registered_name"] = registered };
        if (model is Models.Functional) all["build_config"] = new JsonObject { ["input_shape"] = null };
        else if (model.built) all["build_config"] = BuildConfig.Of(model, [.. model.inputs.Select(x => x.shape)]);
        all["compile_config"] = model.optimizer is null ? [] : CompilePlan.Serialize(model);
        return all;
    }

    /// <summary>The result of <c>model.get_config()</c>.</summary>
    public static JsonObject Get(Model model, bool legacy = false)
    {
        var config = new JsonObject { ["name"] = model.name, ["trainable"] = model.trainable };
        if (model.activity_regularizer is { } regularizer) config[ObjectConfig.ActivityRegularizer] = ObjectConfig.Serialize(regularizer, legacy);
        if (model is Models.Functional)
        {
            GraphConfig.Write(config, model.Graph!, legacy);
            return config;
        }
        if (model is not Models.Sequential sequential) return ObjectConfig.Get(model);
        foreach (var (key, value) in OnlySettings.Of(typeof(Model))) config.TryAdd(key, value?.DeepClone());
        config["layers"] = new JsonArray(
            [.. (sequential.Input is { } input ? model.layers.Prepend(input) : model.layers).Select(layer => Layer(layer, legacy))]);
        if (model.built) config["build_input_shape"] = ConfigValue.Array(model.input_shape);
        return config;
    }

    /// <summary>A layer, or a model that is one.</summary>
    public static JsonObject Layer(Layer layer, bool legacy)
    {
        if (layer is Model model) return Serialize(model, legacy);
        var serialized = ObjectConfig.Serialize(layer, legacy);
        if (legacy || layer.input_shape is not { } shape) return serialized;
        // Keras keeps it of the layers that have something to build, and of Flatten.
        if (layer.Takes != Arrangement.One) serialized["build_config"] = BuildConfig.Of(layer, layer.BuiltInputs!);
        else if (layer is Merge)
            serialized["build_config"] = new JsonObject { ["input_shape"] = new JsonArray([.. layer.Calls[0].Inputs.Select(x => ConfigValue.Array(x.shape))]) };
        else if (layer.variables.Count > 0 || layer is Flatten) serialized["build_config"] = new JsonObject { ["input_shape"] = ConfigValue.Array(shape) };
        return serialized;
    }

    /// <summary>Reads what <see cref="Serialize"/> wrote, or Keras.</summary>
    /// <exception cref="ModelFormatException">It's something else, or something that is refused.</exception>
    /// <param name="model">The configuration.</param>
    /// <param name="place">Where it is.</param>
    /// <param name="uncompiled">Collects why models among the layers aren't compiled; <c>null</c> prints it at once.</param>
    public static Model Read(JsonElement model, string place, List<string>? uncompiled = null)
    {
        var reader = new ModelReader(uncompiled);
        if (!IsModel(ObjectConfig.ClassOf(model)) && reader.OwnModel(model, place) is { } own) return own;
        var (name, config) = ObjectConfig.ClassAndConfig(model, place);
        return reader.Model(name, config, place);
    }

    /// <summary>Reads what <see cref="Get"/> wrote, or Keras.</summary>
    /// <exception cref="ModelFormatException">It's something else, or something that is refused.</exception>
    public static T ReadConfig<T>(JsonElement config, string place) where T : Model => (T)new ModelReader().Model(typeof(T).Name, config, place);

    /// <summary>A model of this class that <see cref="Get"/> described.</summary>
    public static Model ReadConfig(string className, JsonObject config) => new ModelReader().Model(className, JsonText.Element(config), "config");

    /// <summary>Bytes that a model's weights take.</summary>
    public static long WeightBytes(Model model) => model.variables.Sum(weight => (long)weight.size * sizeof(float));

    /// <summary>The layers that a model's configuration lists, in it or in models in it, each with its place.</summary>
    public static IEnumerable<(JsonElement Layer, string Place)> LayersOf(JsonElement model, string place)
    {
        if (model.ValueKind != JsonValueKind.Object || !model.TryGetProperty("config", out var config) || config.ValueKind != JsonValueKind.Object
            || !config.TryGetProperty("layers", out var layers) || layers.ValueKind != JsonValueKind.Array) return [];
        return layers.EnumerateArray().Index().Select(layer => (layer.Item, LayerPlace(place, layer.Index, layer.Item)));
    }

    /// <summary>Where a layer is described.</summary>
    public static string LayerPlace(string place, int index, JsonElement layer)
    {
        string named = layer.ValueKind == JsonValueKind.Object && layer.TryGetProperty("config", out var config) && config.ValueKind == JsonValueKind.Object
            && config.TryGetProperty("name", out var name) && name.ValueKind == JsonValueKind.String ? $" {ObjectConfig.Quote(name)}" : "";
        return $"{place}, layer {index}{named}";
    }

    /// <summary>Whether a class of layers is one of models.</summary>
    public static bool IsModel(string? name) => name is Sequential or Functional or OlderFunctional;
}
