using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace KerasPort.Saving;

/// <summary>Reads JSON from an untrusted file: bounded in size and depth, no duplicate keys, no comments, no NaN.</summary>
internal static class JsonText
{
    public const int MostBytes = 4 << 20, MostDepth = 64;

    /// <summary>Converts a dictionary that a program made, under the same bounds.</summary>
    public static JsonElement Element(JsonObject config) => config is null ? throw new ModelFormatException("config", "expected a dictionary, found null")
        : Parse(Encoding.UTF8.GetBytes(config.ToJsonString()), "config");

    /// <summary>Parses text whose root is an object.</summary>
    /// <exception cref="ModelFormatException">The text isn't JSON, is too long or too deep, repeats a key, or its root is no object.</exception>
    public static JsonElement Parse(ReadOnlyMemory<byte> utf8, string place)
    {
        if (utf8.Length > MostBytes) throw new ModelFormatException(place, $"expected at most {MostBytes} bytes, found {utf8.Length}");
        try
        {
            RequireText(utf8.Span);
            // Clone copies the root out of the document's pooled arrays, which are returned when it is disposed of.
            using var document = JsonDocument.Parse(utf8, new JsonDocumentOptions { MaxDepth = MostDepth, AllowDuplicateProperties = false });
            var root = document.RootElement.Clone();
            return root.ValueKind == JsonValueKind.Object ? root
                : throw new ModelFormatException(place, $"expected an object, found {ObjectConfig.Quote(root)}");
        }
        catch (JsonException e)
        {
            throw new ModelFormatException(place, e.Message, e);
        }
        catch (InvalidOperationException e)
        {
            throw new ModelFormatException(place, "expected text in UTF-8, without half a surrogate pair", e);
        }
    }

    /// <summary>Decodes every string: JsonDocument finds an invalid one only when it is decoded, and later readers don't expect that.</summary>
    private static void RequireText(ReadOnlySpan<byte> utf8)
    {
        var reader = new Utf8JsonReader(utf8, new JsonReaderOptions { MaxDepth = MostDepth });
        while (reader.Read())
            if (reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName) reader.GetString();
    }
}
