using System.Text.Json;
using System.Text.RegularExpressions;

namespace KerasPort.Tests.Console;

/// <summary>
/// A JSON schema validator for the keywords in the project's schemas. An unknown keyword is an error,
/// so that no part of a schema goes unchecked silently.
/// </summary>
internal sealed class JsonSchema
{
    private readonly JsonElement _schema;

    public JsonSchema(string path) => _schema = JsonDocument.Parse(File.ReadAllText(path)).RootElement;

    /// <summary>The violations, one per line; empty when the document is valid.</summary>
    public List<string> Errors(string document)
    {
        var errors = new List<string>();
        using var json = JsonDocument.Parse(document, new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
        Check(json.RootElement, _schema, "$", errors);
        return errors;
    }

    private void Check(JsonElement value, JsonElement schema, string at, List<string> errors)
    {
        void Require(bool holds, JsonProperty rule)
        {
            if (!holds) errors.Add($"{at}: {value} breaks {rule}");
        }

        foreach (var rule in schema.EnumerateObject())
        {
            var says = rule.Value;
            switch (rule.Name)
            {
                case "$schema" or "$id" or "title" or "description" or "default" or "allowComments" or "allowTrailingCommas":
                    break;
                case "type":
                    Require(Items(says).Any(type => Is(value, type.GetString()!)), rule);
                    break;
                case "anyOf":
                    Require(says.EnumerateArray().Any(one =>
                    {
                        var its = new List<string>();
                        Check(value, one, at, its);
                        return its.Count == 0;
                    }), rule);
                    break;
                case "const":
                    Require(JsonElement.DeepEquals(value, says), rule);
                    break;
                case "enum":
                    Require(Items(says).Any(choice => JsonElement.DeepEquals(value, choice)), rule);
                    break;
                case "pattern":
                    Require(value.ValueKind != JsonValueKind.String || Regex.IsMatch(value.GetString()!, says.GetString()!), rule);
                    break;
                case "minLength":
                    Require(value.ValueKind != JsonValueKind.String || value.GetString()!.Length >= says.GetInt32(), rule);
                    break;
                case "minimum":
                    Require(value.ValueKind != JsonValueKind.Number || value.GetDouble() >= says.GetDouble(), rule);
                    break;
                case "maximum":
                    Require(value.ValueKind != JsonValueKind.Number || value.GetDouble() <= says.GetDouble(), rule);
                    break;
                case "minItems":
                    Require(value.ValueKind != JsonValueKind.Array || value.GetArrayLength() >= says.GetInt32(), rule);
                    break;
                case "items":
                    if (value.ValueKind != JsonValueKind.Array) break;
                    for (int i = 0; i < value.GetArrayLength(); i++) Check(value[i], says, $"{at}[{i}]", errors);
                    break;
                case "required":
                    if (value.ValueKind != JsonValueKind.Object) break;
                    foreach (var name in says.EnumerateArray())
                        if (!value.TryGetProperty(name.GetString()!, out _)) errors.Add($"{at}: {name} is missing");
                    break;
                case "properties":
                    if (value.ValueKind != JsonValueKind.Object) break;
                    foreach (var property in value.EnumerateObject())
                        if (says.TryGetProperty(property.Name, out var its)) Check(property.Value, its, $"{at}.{property.Name}", errors);
                    break;
                case "additionalProperties":
                    if (value.ValueKind != JsonValueKind.Object) break;
                    foreach (var property in value.EnumerateObject().Where(p => !Declared(schema, p.Name)))
                    {
                        if (says.ValueKind == JsonValueKind.Object) Check(property.Value, says, $"{at}.{property.Name}", errors);
                        else if (says.ValueKind == JsonValueKind.False) errors.Add($"{at}: {property.Name} is not declared");
                    }
                    break;
                default:
                    throw new NotSupportedException($"The schema says {rule.Name}, which this validator does not know.");
            }
        }
    }

    private static bool Declared(JsonElement schema, string name) =>
        schema.TryGetProperty("properties", out var properties) && properties.TryGetProperty(name, out _);

    private static IEnumerable<JsonElement> Items(JsonElement oneOrMore) =>
        oneOrMore.ValueKind == JsonValueKind.Array ? oneOrMore.EnumerateArray() : [oneOrMore];

    private static bool Is(JsonElement value, string type) => type switch
    {
        "object" => value.ValueKind == JsonValueKind.Object,
        "array" => value.ValueKind == JsonValueKind.Array,
        "string" => value.ValueKind == JsonValueKind.String,
        "number" => value.ValueKind == JsonValueKind.Number,
        "integer" => value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out _),
        "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        "null" => value.ValueKind == JsonValueKind.Null,
        _ => throw new NotSupportedException($"There is no type {type}."),
    };
}
