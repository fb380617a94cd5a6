using System.Text.Json;
using System.Text.Json.Nodes;
using KerasPort.Layers;

namespace KerasPort.Saving;

/// <summary>
/// Configurations of older versions in the shape of the later ones. Before Keras 2.2.3 a Sequential was written as the list of its layers, without a name.
/// </summary>
internal static class OlderConfig
{
    private const string Class = "class_name", Config = "config", NameKey = "name";

    /// <summary>The configuration with a dictionary for each Sequential.</summary>
    /// <param name="model">A model's configuration.</param>
    /// <param name="version">The version of Keras that wrote it; <c>null</c> if that is unknown.</param>
    /// <param name="place">Where it stands.</param>
    /// <exception cref="ModelFormatException">Keras 1 wrote it.</exception>
    public static JsonElement Current(JsonElement model, string? version, string place)
    {
        if (version is ['0' or '1', '.', ..])
            throw new ModelFormatException(place, $"Keras {version} wrote it, whose layers have other names and settings than those of Keras 2 and 3, which are "
                + "read: load it with Keras 2.2, which knows both, and save it again", isUnsupported: true);
        if (!HasLists(model)) return model;
        var node = JsonNode.Parse(model.GetRawText())!;
        Rewrite(node);
        return JsonText.Element(node.AsObject());
    }

    private static bool HasLists(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => (ObjectConfig.ClassOf(element) == ModelConfig.Sequential && element.TryGetProperty(Config, out var config)
            && config.ValueKind == JsonValueKind.Array) || element.EnumerateObject().Any(property => HasLists(property.Value)),
        JsonValueKind.Array => element.EnumerateArray().Any(HasLists),
        _ => false,
    };

    private static void Rewrite(JsonNode? node)
    {
        if (node is JsonArray list)
            foreach (var one in list) Rewrite(one);
        if (node is not JsonObject element) return;
        if (element[Class] is JsonValue name && name.TryGetValue(out string? called) && called == ModelConfig.Sequential && element[Config] is JsonArray layers)
        {
            element[Config] = null;
            element[Config] = new JsonObject { [NameKey] = element[NameKey]?.DeepClone() ?? Names.Unique(typeof(Models.Sequential)), ["layers"] = layers };
        }
        foreach (var (_, value) in element) Rewrite(value);
    }
}
