using System.Text;
using System.Text.Json;

namespace KerasPort.Console;

/// <summary>The JSON schemas of config files in <c>configs</c>, from the lists of <see cref="Settings"/> and <see cref="Sweeps.SweepSettings"/>.</summary>
internal static class ConfigSchema
{
    /// <summary>The schema of a run's config, <c>kerasport.schema.json</c>.</summary>
    public static string Text() => Text("kerasport config", Settings.All);

    /// <summary>The schema of a sweep's config, <c>sweep.schema.json</c>.</summary>
    public static string OfSweeps() => Text("kerasport sweep", Sweeps.SweepSettings.All);

    private static string Text(string title, IReadOnlyList<Setting> settings)
    {
        var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes, JsonText.Indented))
        {
            json.WriteStartObject();
            json.WriteString("$schema", "http://json-schema.org/draft-07/schema#");
            json.WriteString("title", title);
            json.WriteString("type", "object");
            json.WriteBoolean("additionalProperties", false);
            // Editors that know these keywords don't underline comments and trailing commas.
            json.WriteBoolean("allowComments", true);
            json.WriteBoolean("allowTrailingCommas", true);
            json.WriteStartObject("properties");
            json.WriteStartObject("$schema");
            json.WriteString("type", "string");
            json.WriteEndObject();
            foreach (var setting in settings)
            {
                json.WriteStartObject(setting.Name);
                json.WriteString("description", setting.Help);
                setting.Kind.WriteSchema(json, setting.Nullable);
                json.WritePropertyName("default");
                Kind.Write(json, setting.Default);
                json.WriteEndObject();
            }
            json.WriteEndObject();
            json.WriteEndObject();
        }
        return Encoding.UTF8.GetString(bytes.ToArray()) + "\n";
    }
}
