using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace KerasPort.Saving;

/// <summary>Reads JSON from an untrusted file: bounded in size and depth, no duplicate keys, no comments, no NaN.</summary>
internal static class JsonText
{
    public const int MostBytes = 4 << 20, MostDepth = 64;

    /// <summary>A dictionary that a program made, under the same bounds.</summary>
    public static JsonElement Element(JsonObject config) => config is null ? throw new ModelFormatException("config", "expected a dictionary, found null")
        : Parse(Encoding.UTF8.GetBytes(config.ToJsonString()), "config");

    /// <summary>The root, an object.</summary>
    /// <exception cref="ModelFormatException">It's no such text.</exception>
    public static JsonElement Parse(ReadOnlyMemory<byte> utf8, string place)
    {
        if (utf8.Length > MostBytes) throw new ModelFormatException(place, $"expected at most {MostBytes} bytes, found {utf8.Length}");
        try
        {
            RequireText(utf8.Span);
            // Clone copies what the document holds in pooled arrays, which are given back then.
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

    /// <summary>Decodes every string, since a broken one is seen only when it is decoded, and readers further on don't expect that.</summary>
    private static void RequireText(ReadOnlySpan<byte> utf8)
    {
        var reader = new Utf8JsonReader(utf8, new JsonReaderOptions { MaxDepth = MostDepth });
        while (reader.Read())
            if (reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName) reader.GetString();
    }
}
