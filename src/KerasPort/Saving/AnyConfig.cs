using System.Collections;
using System.Text.Json;
using System.Text.Json.Nodes;
using KerasPort.Activations;
using KerasPort.Constraints;
using KerasPort.Initializers;
using KerasPort.Layers;
using KerasPort.Losses;
using KerasPort.Metrics;
using KerasPort.Optimizers;
using KerasPort.Regularizers;
using KerasPort.Schedules;

namespace KerasPort.Saving;

/// <summary>
/// Objects of any kind as Keras' <c>serialize_keras_object</c> writes them: those that files hold, arrays, numbers, text, and lists and dictionaries
/// of these. An object that is read is of a class from the closed list (<see cref="KnownClasses"/>) or from the program's custom objects.
/// </summary>
internal static class AnyConfig
{
    /// <summary>The name that stands in place of a class with an array's numbers and type.</summary>
    public const string Array = "__numpy__";

    private const int MostNumbers = 1 << 20;

    /// <summary>Serializes an object.</summary>
    /// <exception cref="ValueError">Files can't hold such an object.</exception>
    public static JsonNode? Write(object? obj) => obj switch
    {
        JsonNode node => node.DeepClone(),
        Loss loss => ObjectConfig.SerializeNamed(loss, loss.Function),
        Metric metric => ObjectConfig.SerializeNamed(metric, (metric as MeanMetric)?.Function),
        LayerFunction or OwnFunction => ConfigValue.Write(obj),
        ActivationFunction { KerasName: { } name } =>
        new JsonObject { ["module"] = "builtins", ["class_name"] = "function", ["config"] = name, ["registered_name"] = "function" },
        Delegate { Target: ActivationFunction function } => Write(function),
        Func<Tensor, Tensor, Tensor> function => ObjectConfig.Function(function, legacy: false),
        TensorFunction function => ObjectConfig.Function(function),
        NDArray array =>
        new JsonObject { ["class_name"] = Array, ["config"] = new JsonObject { ["value"] = ConfigValue.Write(array), ["dtype"] = array.dtype.name } },
        null or bool or int or long or float or double or string or Shape or Layer or Optimizer or LearningRateSchedule
            or Initializer or Regularizer or Constraint => ConfigValue.Write(obj),
        IDictionary named => new JsonObject(named.Keys.Cast<object>().Select(key => KeyValuePair.Create(
            key as string ?? throw new ValueError($"A dictionary is written by names that are strings. Received: {key}"), Write(named[key])))),
        ITuple tuple => new JsonArray([.. Enumerable.Range(0, tuple.Length).Select(i => Write(tuple[i]))]),
        IEnumerable many => new JsonArray([.. many.Cast<object?>().Select(Write)]),
        _ => throw KnownClasses.NotKnown(obj.GetType()),
    };

    /// <summary>Deserializes an object of Keras, an array, a number, a text, a list or a dictionary.</summary>
    /// <exception cref="ModelFormatException">The configuration is malformed or names a class that isn't known.</exception>
    public static object? Read(JsonNode? config, CustomObjects? own)
    {
        using var scope = CustomObjects.Within(own);
        return config is null ? null : Read(JsonText.Element(new JsonObject { ["config"] = config.DeepClone() }).GetProperty("config"), "config");
    }

    private static object? Read(JsonElement config, string place)
    {
        switch (config.ValueKind)
        {
            case JsonValueKind.Null:
                return null;
            case JsonValueKind.True or JsonValueKind.False:
                return config.GetBoolean();
            case JsonValueKind.String:
                return config.GetString();
            case JsonValueKind.Number:
                return config.TryGetInt64(out long whole) ? (object)whole : config.GetDouble();
            case JsonValueKind.Array:
                return config.EnumerateArray().Select((one, i) => Read(one, $"{place}[{i}]")).ToList();
        }
        if (ObjectConfig.ClassOf(config) is not { } name || !config.TryGetProperty("config", out var settings))
            return config.EnumerateObject().ToDictionary(one => one.Name, one => Read(one.Value, $"{place}, {one.Name}"));
        if (name == Array) return Numbers(config, place);
        if (ObjectConfig.NameOrFunction(config) is { } function) return Function(function, place);
        if (ObjectConfig.OfOwn(config, typeof(object), place) is { } own) return own;
        string? module = config.TryGetProperty("module", out var given) && given.ValueKind == JsonValueKind.String ? given.GetString() : null;
        if (KnownClasses.KindOf(module, name) is not { } of)
            throw new ModelFormatException(place, $"class '{name}' of module {(module is null ? "none" : $"'{module}'")} is refused; "
                + "only Keras' own, with their module, are made, and what the program gives as custom objects", isUnsupported: true);
        return of == typeof(Layer) ? new ModelReader().Layer(config, place) : ObjectConfig.Deserialize(config, of, place);
    }

    /// <summary>An array with its type.</summary>
    /// <exception cref="ModelFormatException">The configuration is malformed.</exception>
    public static NDArray Numbers(JsonElement config, string place)
    {
        var settings = ObjectConfig.Required(config, "config", JsonValueKind.Object, place);
        string type = ObjectConfig.Required(settings, "dtype", JsonValueKind.String, place).GetString()!;
        var values = settings.TryGetProperty("value", out var numbers) ? ConfigValue.Numbers(numbers, place, MostNumbers)
            : throw new ModelFormatException(place, "expected 'value', found none");
        return ObjectConfig.Guarded(place, () => values.astype(type));
    }

    /// <summary>A function of the program's own, an activation or a loss.</summary>
    private static object Function(string name, string place)
    {
        if (CustomObjects.Find(name) is { Value: Delegate own }) return own;
        try
        {
            return (ActivationFunction)name;
        }
        catch (ValueError)
        {
            return ObjectConfig.Guarded(place, () => (Loss)name, isUnsupported: true);
        }
    }
}
