using System.Text.Json;
using System.Text.Json.Nodes;
using KerasPort.Layers;
using KerasPort.Models;

namespace KerasPort.Saving;

/// <summary>
/// A model as its configuration: <c>Sequential</c>, a list of layers, or <c>Functional</c>, a graph of them (<see cref="GraphConfig"/>), each perhaps with
/// models among its layers. A model that is read has weights without values: so the sizes that a file must hold are known, and compared with the
/// file's, before anything of that size is allocated.
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

    /// <summary>The configuration of a layer, or of a model among the layers.</summary>
    public static JsonObject Layer(Layer layer, bool legacy)
    {
        if (layer is Model model) return Serialize(model, legacy);
        var serialized = ObjectConfig.Serialize(layer, legacy);
        if (!legacy && BuildConfig.Of(layer) is { } built) serialized["build_config"] = built;
        return serialized;
    }

    /// <summary>Reads a configuration that <see cref="Serialize"/> or Keras wrote.</summary>
    /// <exception cref="ModelFormatException">The configuration is malformed or refused.</exception>
    /// <param name="model">The configuration.</param>
    /// <param name="place">Where it is.</param>
    /// <param name="uncompiled">Collects the reasons why models among the layers aren't compiled; <c>null</c> prints each at once.</param>
    public static Model Read(JsonElement model, string place, List<string>? uncompiled = null)
    {
        var reader = new ModelReader(uncompiled);
        if (!IsModel(ObjectConfig.ClassOf(model)) && reader.OwnModel(model, place) is { } own) return own;
        var (name, config) = ObjectConfig.ClassAndConfig(model, place);
        return reader.Model(name, config, place);
    }

    /// <summary>Reads a configuration that <see cref="Get"/> or Keras wrote.</summary>
    /// <exception cref="ModelFormatException">The configuration is malformed or refused.</exception>
    public static T ReadConfig<T>(JsonObject config) where T : Model => (T)ReadConfig(typeof(T).Name, config);

    /// <summary>Reads a configuration of that class that <see cref="Get"/> wrote.</summary>
    public static Model ReadConfig(string className, JsonObject config) => new ModelReader().Model(className, JsonText.Element(config), "config");

    /// <summary>The bytes of a model's weights.</summary>
    public static long WeightBytes(Model model) => model.variables.Sum(weight => (long)weight.size * sizeof(float));

    /// <summary>The layers that a model's configuration lists, and those of the models among them, each with its place.</summary>
    public static IEnumerable<(JsonElement Layer, string Place)> LayersOf(JsonElement model, string place)
    {
        if (model.ValueKind != JsonValueKind.Object || !model.TryGetProperty("config", out var config) || config.ValueKind != JsonValueKind.Object
            || !config.TryGetProperty("layers", out var layers) || layers.ValueKind != JsonValueKind.Array) return [];
        return layers.EnumerateArray().Index().Select(layer => (layer.Item, LayerPlace(place, layer.Index, layer.Item)));
    }

    /// <summary>A layer's place for messages: its index and name.</summary>
    public static string LayerPlace(string place, int index, JsonElement layer)
    {
        string named = layer.ValueKind == JsonValueKind.Object && layer.TryGetProperty("config", out var config) && config.ValueKind == JsonValueKind.Object
            && config.TryGetProperty("name", out var name) && name.ValueKind == JsonValueKind.String ? $" {ObjectConfig.Quote(name)}" : "";
        return $"{place}, layer {index}{named}";
    }

    /// <summary>Whether a class of layers is a model.</summary>
    public static bool IsModel(string? name) => name is Sequential or Functional or OlderFunctional;
}
