using System.Globalization;
using System.Numerics;
using System.Text;
using System.Text.Json;

namespace KerasPort.Console;

/// <summary>The kind of a setting's values: how they are parsed from text and JSON, and described in a schema.</summary>
internal abstract class Kind
{
    /// <summary>A description of the values, as in "expected a whole number from 1 to 10".</summary>
    public abstract string Expected { get; }

    /// <summary>A word for the values, for the help.</summary>
    public abstract string HelpName { get; }

    /// <summary>The texts by which the values are given, for hints at a mistyped one; empty if the values are no names.</summary>
    public virtual IReadOnlyCollection<string> Names => [];

    /// <summary><c>, did you mean "adam"?</c> if a name is near to the text, else an empty text; also for a name itself, whose form in JSON is wrong.</summary>
    public string Hint(string text) => Names.Count == 0 || Names.Contains(text) ? "" : Spelling.Nearest(text, Names);

    /// <summary>The value, or null if the text isn't one.</summary>
    public abstract object? Parse(string text);

    /// <summary>The value at the reader's position, or null if it is invalid; the reader is then at the offending token.</summary>
    public virtual object? Read(ref Utf8JsonReader reader) =>
        reader.TokenType == JsonTokenType.String ? Parse(reader.GetString()!) : null;

    /// <summary>Writes the schema's keywords for these values.</summary>
    public abstract void WriteSchema(Utf8JsonWriter json, bool nullable);

    public static void Write(Utf8JsonWriter json, object? value)
    {
        switch (value)
        {
            case null: json.WriteNullValue(); break;
            case int number: json.WriteNumberValue(number); break;
            case long number: json.WriteNumberValue(number); break;
            case double number: json.WriteNumberValue(number); break;
            case Sweeps.AxisRange range: range.Write(json); break;
            case string text: json.WriteStringValue(text); break;
            case IEnumerable<object?> list:
                json.WriteStartArray();
                foreach (var item in list) Write(json, item);
                json.WriteEndArray();
                break;
            default: throw new ArgumentException($"A setting holds no {value.GetType()}.", nameof(value));
        }
    }

    /// <summary>The text by which a value is given.</summary>
    public static string Text(object? value) =>
        value is IEnumerable<object?> list ? string.Join(' ', list) : string.Create(CultureInfo.InvariantCulture, $"{value}");

    protected static void WriteType(Utf8JsonWriter json, string type, bool nullable)
    {
        json.WritePropertyName("type");
        Write(json, nullable ? new object[] { type, "null" } : type);
    }
}

/// <summary>An integer in a range.</summary>
internal sealed class WholeNumber<T>(T least, T most) : Kind where T : struct, IBinaryInteger<T>
{
    public override string Expected => string.Create(CultureInfo.InvariantCulture, $"a whole number from {least} to {most}");

    public override string HelpName => "N";

    public override object? Parse(string text) => Whole(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint);

    public override object? Read(ref Utf8JsonReader reader) => reader.TokenType == JsonTokenType.Number
        ? Whole(Encoding.UTF8.GetString(reader.ValueSpan), NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent) : null;

    public override void WriteSchema(Utf8JsonWriter json, bool nullable)
    {
        WriteType(json, "integer", nullable);
        json.WriteNumber("minimum", long.CreateChecked(least));
        json.WriteNumber("maximum", long.CreateChecked(most));
    }

    /// <summary>Parses an integer; 1.0 counts as 1, as in JSON schemas.</summary>
    private object? Whole(string text, NumberStyles form) =>
        decimal.TryParse(text, form, CultureInfo.InvariantCulture, out decimal number) && decimal.IsInteger(number)
        && number >= decimal.CreateChecked(least) && number <= decimal.CreateChecked(most) ? T.CreateChecked(number) : null;
}

/// <summary>A number in a range.</summary>
internal sealed class RealNumber(double least, double most) : Kind
{
    public override string Expected => string.Create(CultureInfo.InvariantCulture, $"a number from {least} to {most}");

    public override string HelpName => "X";

    public override object? Parse(string text) =>
        double.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent,
            CultureInfo.InvariantCulture, out double number)
        && number >= least && number <= most ? number : null;

    public override object? Read(ref Utf8JsonReader reader) =>
        reader.TokenType == JsonTokenType.Number ? Parse(Encoding.UTF8.GetString(reader.ValueSpan)) : null;

    public override void WriteSchema(Utf8JsonWriter json, bool nullable)
    {
        WriteType(json, "number", nullable);
        json.WriteNumber("minimum", least);
        json.WriteNumber("maximum", most);
    }
}

/// <summary>One of a few strings and numbers.</summary>
internal sealed class Choice(params object[] choices) : Kind
{
    // The room for choices in the help's column of options.
    private const int Room = 24;

    public override string Expected => "one of " + string.Join(", ", choices);

    public override string HelpName => string.Join('|', choices) is { Length: <= Room } few ? few : "NAME";

    /// <summary>The list of choices for the help, unless it is in the option's name.</summary>
    public string Listed => HelpName == "NAME" ? $"; {Expected}" : "";

    public override IReadOnlyCollection<string> Names => [.. choices.Select(choice => Text(choice))];

    public override object? Parse(string text) =>
        choices.FirstOrDefault(c => string.Create(CultureInfo.InvariantCulture, $"{c}") == text);

    public override object? Read(ref Utf8JsonReader reader)
    {
        object? given = reader.TokenType switch
        {
            JsonTokenType.String => reader.GetString(),
            JsonTokenType.Number when reader.TryGetDecimal(out decimal number) && decimal.IsInteger(number) && Math.Abs(number) <= int.MaxValue => (int)number,
            _ => null,
        };
        return choices.FirstOrDefault(c => c.Equals(given));
    }

    public override void WriteSchema(Utf8JsonWriter json, bool nullable)
    {
        json.WritePropertyName("enum");
        Write(json, nullable ? choices.Append(null) : choices);
    }
}

/// <summary>
/// A path, relative to the current folder. A ~ before it is the home folder, also where no shell has expanded it (<c>--data=~/x</c>, a config).
/// </summary>
internal sealed class FilePath : Kind
{
    public override string Expected => "a path";

    public override string HelpName => "PATH";

    public override object? Parse(string text) => text.Length > 0 && !text.Contains('\0') ? Expand(text) : null;

    /// <summary>The path with a leading ~ replaced by the home folder.</summary>
    public static string Expand(string path)
    {
        string home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile, Environment.SpecialFolderOption.DoNotVerify);
        return home.Length > 0 && (path == "~" || path.StartsWith("~/", StringComparison.Ordinal)) ? home + path[1..] : path;
    }

    /// <summary>The reason why a file can't be read, for a message that begins "cannot read the …:".</summary>
    public static string Unreadable(string path, Exception e) =>
        Directory.Exists(path) ? $"'{path}' is a folder, expected a file"
        : e is FileNotFoundException or DirectoryNotFoundException ? $"there is no file '{path}'"
        : e is UnauthorizedAccessException ? $"no permission to read '{path}'"
        : e.Message.TrimEnd('.');

    public override void WriteSchema(Utf8JsonWriter json, bool nullable)
    {
        WriteType(json, "string", nullable);
        json.WriteNumber("minLength", 1);
    }
}

/// <summary><c>cpu</c>, <c>gpu</c> or <c>gpu:N</c>.</summary>
internal sealed class DeviceName : Kind
{
    public override string Expected => "cpu, gpu or gpu:N";

    public override string HelpName => "cpu|gpu";

    public override object? Parse(string text) =>
        text is "cpu" or "gpu" || text.StartsWith("gpu:", StringComparison.Ordinal) && text.Length is 5 or 6 && text[4..].All(char.IsAsciiDigit)
        ? text : null;

    public override void WriteSchema(Utf8JsonWriter json, bool nullable)
    {
        WriteType(json, "string", nullable);
        json.WriteString("pattern", "^(cpu|gpu(:[0-9]{1,2})?)$");
    }
}

/// <summary>A list of <see cref="ModelName"/>s; in text they are separated by commas or spaces.</summary>
internal sealed class ModelNames : Kind
{
    public override string Expected => "a list of model names (" + ModelName.Allowed + ")";

    public override string HelpName => "NAME";

    public override IReadOnlyCollection<string> Names => ["baseline"];

    public override object? Parse(string text)
    {
        var names = text.Split([',', ' '], StringSplitOptions.RemoveEmptyEntries);
        return names.Length > 0 && names.All(ModelName.IsValid) ? names : null;
    }

    public override object? Read(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.StartArray) return null;
        var names = new List<string>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TokenType != JsonTokenType.String || !ModelName.IsValid(reader.GetString()!)) return null;
            names.Add(reader.GetString()!);
        }
        return names.Count > 0 ? names.ToArray() : null;
    }

    public override void WriteSchema(Utf8JsonWriter json, bool nullable)
    {
        WriteType(json, "array", nullable);
        json.WriteStartObject("items");
        WriteType(json, "string", false);
        json.WriteString("pattern", ModelName.Pattern);
        json.WriteEndObject();
        json.WriteNumber("minItems", 1);
    }
}
