using System.Text;
using System.Text.Json;

namespace KerasPort.Console;

/// <summary>The JSON schema of config files, <c>configs/kerasport.schema.json</c>, from the list of <see cref="Settings"/>.</summary>
internal static class ConfigSchema
{
    public static string Text()
    {
        var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes, JsonText.Indented))
        {
            json.WriteStartObject();
            json.WriteString("$schema", "http://json-schema.org/draft-07/schema#");
            json.WriteString("title", "kerasport config");
            json.WriteString("type", "object");
            json.WriteBoolean("additionalProperties", false);
            // Editors know these two and then don't underline comments and trailing commas.
            json.WriteBoolean("allowComments", true);
            json.WriteBoolean("allowTrailingCommas", true);
            json.WriteStartObject("properties");
            json.WriteStartObject("$schema");
            json.WriteString("type", "string");
            json.WriteEndObject();
            foreach (var setting in Settings.All)
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
