using System.Text;
using System.Text.Json;

namespace KerasPort.Console;

/// <summary>
/// Reads a config file: a JSON object of <see cref="Settings"/>, in which comments and trailing commas are allowed.
/// An unknown setting or an invalid value is refused with its position.
/// </summary>
internal static class ConfigFile
{
    private const string SchemaKey = "$schema";
    private const int MostMiB = 4;

    /// <param name="path">The file.</param>
    /// <param name="known">The settings that it may hold; by default those of a run.</param>
    /// <exception cref="UsageException">The file can't be read, isn't JSON, or holds something unknown.</exception>
    public static Dictionary<Setting, object?> Read(string path, IReadOnlyList<Setting>? known = null) =>
        Parse(JsonFile.Read(path, "config", MostMiB), path, known);

    /// <inheritdoc cref="Read"/>
    public static Dictionary<Setting, object?> Parse(ReadOnlySpan<byte> utf8, string path, IReadOnlyList<Setting>? known = null)
    {
        if (utf8.StartsWith(Encoding.UTF8.Preamble)) utf8 = utf8[Encoding.UTF8.Preamble.Length..];
        var reader = new Utf8JsonReader(utf8, new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
        try
        {
            return Parse(ref reader, utf8, path, known ?? Settings.All);
        }
        catch (JsonException e)
        {
            int lineStart = StartOfLine(utf8, e.LineNumber ?? 0);
            throw Refused(utf8, lineStart + (e.BytePositionInLine ?? 0), path, e.Message.Split(" LineNumber:")[0].TrimEnd('.'));
        }
        catch (InvalidOperationException)
        {
            // This is the reader's exception for a string that isn't UTF-8.
            throw Refused(utf8, reader.TokenStartIndex, path, "this string is not UTF-8");
        }
    }

    private static Dictionary<Setting, object?> Parse(ref Utf8JsonReader reader, ReadOnlySpan<byte> utf8, string path, IReadOnlyList<Setting> known)
    {
        if (IsEmpty(utf8)) throw Refused(utf8, 0, path, "the config is empty, expected an object of settings; {} sets none");
        var values = new Dictionary<Setting, object?>();
        var seen = new HashSet<string>();
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
            throw Refused(utf8, reader.TokenStartIndex, path, "expected an object of settings, { … }");
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            string key = reader.GetString()!;
            if (!seen.Add(key)) throw Refused(utf8, reader.TokenStartIndex, path, $"\"{key}\" is given twice");
            var setting = known.FirstOrDefault(s => s.Name == key);
            if (setting is null && key != SchemaKey)
                throw Refused(utf8, reader.TokenStartIndex, path,
                    $"unknown key \"{key}\"" + Spelling.Hint(key, [.. known.Select(s => s.Name), SchemaKey]));

            reader.Read();
            object? value = setting is null
                ? reader.TokenType == JsonTokenType.String ? SchemaKey : null
                : setting.Kind.Read(ref reader);
            bool saidNull = reader.TokenType == JsonTokenType.Null && setting is { Nullable: true };
            if (value is null && !saidNull)
                throw Refused(utf8, reader.TokenStartIndex, path, $"\"{key}\": expected {setting?.Expected ?? "a string"}, got {Given(reader)}"
                    + (reader.TokenType == JsonTokenType.String ? setting?.Kind.Hint(reader.GetString()!) : ""));
            if (setting is not null) values[setting] = value;
        }
        // Only comments may follow; the reader throws at anything else.
        while (reader.Read()) { }
        return values;
    }

    private static string Given(in Utf8JsonReader reader) => reader.TokenType switch
    {
        JsonTokenType.StartObject => "an object",
        JsonTokenType.StartArray => "a list",
        JsonTokenType.EndArray => "an empty list",
        JsonTokenType.EndObject => "an object without both ends, or with the larger one first",
        JsonTokenType.String => $"\"{Shortened(reader.GetString()!)}\"",
        _ => Shortened(Encoding.UTF8.GetString(reader.ValueSpan)),
    };

    private static string Shortened(string text) => text.Length <= 60 ? text : text[..60] + "…";

    private static UsageException Refused(ReadOnlySpan<byte> utf8, long at, string path, string what)
    {
        var before = utf8[..(int)Math.Min(at, utf8.Length)];
        int line = before.Count((byte)'\n') + 1;
        // The column counts characters: continuation bytes of UTF-8 (10xxxxxx) don't count.
        int column = 1;
        foreach (byte b in before[(before.LastIndexOf((byte)'\n') + 1)..]) if ((b & 0xC0) != 0x80) column++;
        return new UsageException($"{path}, line {line}, column {column}: {what}");
    }

    private static int StartOfLine(ReadOnlySpan<byte> utf8, long line)
    {
        int start = 0;
        for (; line > 0; line--) start += utf8[start..].IndexOf((byte)'\n') + 1;
        return start;
    }

    /// <summary>Whether the text has only white space and comments.</summary>
    private static bool IsEmpty(ReadOnlySpan<byte> utf8)
    {
        var reader = new Utf8JsonReader(utf8, isFinalBlock: false, new(new() { CommentHandling = JsonCommentHandling.Skip }));
        return !reader.Read() && utf8[(int)reader.BytesConsumed..].Trim(" \t\r\n"u8).IsEmpty;
    }
}
