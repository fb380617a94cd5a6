using System.Text.Json;
using System.Text.Json.Nodes;
using KerasPort.Layers;

namespace KerasPort.Saving;

/// <summary>
/// Configurations of Keras 2 in the shape of Keras 3. Before 2.2.3 a Sequential was the list of its layers, without a name; tuples and arrays were
/// objects; and TensorFlow 1 had a second BatchNormalization.
/// </summary>
internal static class OlderConfig
{
    private const string Class = "class_name", Config = "config", NameKey = "name", Tuple = "__tuple__";

    private const string FirstNormalization = "BatchNormalizationV1", SecondNormalization = "BatchNormalizationV2";

    /// <summary>The configuration as Keras 3 has it.</summary>
    /// <param name="model">A model's configuration.</param>
    /// <param name="version">The version of Keras that wrote it; <c>null</c> if that is unknown.</param>
    /// <param name="place">Where it stands.</param>
    /// <exception cref="ModelFormatException">Keras 1 wrote it.</exception>
    public static JsonElement Current(JsonElement model, string? version, string place)
    {
        if (version is ['0' or '1', '.', ..])
            throw new ModelFormatException(place, $"Keras {version} wrote it, whose layers have other names and settings than those of Keras 2 and 3, "
                + "which are read: load it with Keras 2.2, which knows both, and save it again", isUnsupported: true);
        return IsOlder(model) ? JsonText.Element(Current(JsonNode.Parse(model.GetRawText()))!.AsObject()) : model;
    }

    private static bool IsOlder(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => ObjectConfig.ClassOf(element) is Tuple or FirstNormalization or SecondNormalization || IsArray(element)
            || (ObjectConfig.ClassOf(element) == ModelConfig.Sequential && element.TryGetProperty(Config, out var config)
                && config.ValueKind == JsonValueKind.Array) || element.EnumerateObject().Any(property => IsOlder(property.Value)),
        JsonValueKind.Array => element.EnumerateArray().Any(IsOlder),
        _ => false,
    };

    private static bool IsArray(JsonElement element) =>
        element.TryGetProperty("type", out var type) && ObjectConfig.Is(type, "ndarray") && element.TryGetProperty("value", out _);

    private static JsonNode? Current(JsonNode? node)
    {
        if (node is JsonArray list) return new JsonArray([.. list.Select(Current)]);
        if (node is not JsonObject element) return node?.DeepClone();
        if (Text(element["type"]) == "ndarray" && element.ContainsKey("value")) return Current(element["value"]);
        string? called = Text(element[Class]);
        if (called == Tuple && element["items"] is JsonArray items) return Current(items);
        var current = new JsonObject(element.Select(property => KeyValuePair.Create(property.Key, Current(property.Value))));
        if (called is FirstNormalization or SecondNormalization) current[Class] = nameof(BatchNormalization);
        if (called == ModelConfig.Sequential && current[Config] is JsonArray layers)
            current[Config] = new JsonObject
            {
                [NameKey] = element[NameKey]?.DeepClone() ?? Names.Unique(typeof(Models.Sequential)),
                ["layers"] = layers.DeepClone(),
            };
        return current;
    }

    private static string? Text(JsonNode? value) => value is JsonValue text && text.TryGetValue(out string? found) ? found : null;
}
