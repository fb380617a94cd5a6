using System.Globalization;
using System.Text.Json;

namespace KerasPort.Console.Sweeps;

/// <summary>The values of a setting that a sweep tries: one, several, or, for numbers, a range to draw from.</summary>
/// <param name="of">The kind of the setting's values.</param>
/// <param name="nullable">Whether null is a value.</param>
/// <param name="whole">Whether numbers drawn from a range are whole.</param>
/// <param name="ranges">Whether a range is allowed.</param>
internal sealed class Axis(Kind of, bool nullable = false, bool whole = false, bool ranges = false) : Kind
{
    private const string From = "from", To = "to", Scale = "scale", Linear = "linear", Log = "log";

    public override string Expected =>
        $"{of.Expected}{(nullable ? " or null" : "")}, or a list of such{(ranges ? $", or {{\"{From}\": A, \"{To}\": B, \"{Scale}\": \"{Log}\"}}" : "")}";

    public override string HelpName => of.HelpName;

    public override IReadOnlyCollection<string> Names => of.Names;

    public override object? Parse(string text) => of.Parse(text) is { } value ? new[] { value } : null;

    public override object? Read(ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.StartObject) return ranges ? ReadRange(ref reader) : null;
        var values = new List<object?>();
        if (reader.TokenType != JsonTokenType.StartArray) return ReadOne(ref reader, values) ? values.ToArray() : null;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            if (!ReadOne(ref reader, values)) return null;
        return values.Count > 0 ? values.ToArray() : null;
    }

    private bool ReadOne(ref Utf8JsonReader reader, List<object?> values)
    {
        object? value = reader.TokenType == JsonTokenType.Null ? null : of.Read(ref reader);
        if (value is null && !(nullable && reader.TokenType == JsonTokenType.Null)) return false;
        values.Add(value);
        return true;
    }

    private AxisRange? ReadRange(ref Utf8JsonReader reader)
    {
        (object? from, object? to, bool log) = (null, null, false);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            string key = reader.GetString()!;
            if (key is not (From or To or Scale)) return null;
            reader.Read();
            if (key == Scale)
            {
                if (reader.TokenType != JsonTokenType.String || reader.GetString() is not (Linear or Log)) return null;
                log = reader.GetString() == Log;
            }
            else if (of.Read(ref reader) is not { } end) return null;
            else if (key == From) from = end;
            else to = end;
        }
        if (from is null || to is null) return null;
        var range = new AxisRange(Number(from), Number(to), log, whole);
        return range.From <= range.To && (!log || range.From > 0) ? range : null;
    }

    private static double Number(object value) => Convert.ToDouble(value, CultureInfo.InvariantCulture);

    public override void WriteSchema(Utf8JsonWriter json, bool canBeNull)
    {
        json.WriteStartArray("anyOf");
        json.WriteStartObject();
        of.WriteSchema(json, nullable);
        json.WriteEndObject();
        json.WriteStartObject();
        json.WriteString("type", "array");
        json.WriteNumber("minItems", 1);
        json.WriteStartObject("items");
        of.WriteSchema(json, nullable);
        json.WriteEndObject();
        json.WriteEndObject();
        if (ranges)
        {
            json.WriteStartObject();
            json.WriteString("type", "object");
            json.WriteBoolean("additionalProperties", false);
            json.WriteStartArray("required");
            json.WriteStringValue(From);
            json.WriteStringValue(To);
            json.WriteEndArray();
            json.WriteStartObject("properties");
            foreach (string end in new[] { From, To })
            {
                json.WriteStartObject(end);
                of.WriteSchema(json, nullable: false);
                json.WriteEndObject();
            }
            json.WriteStartObject(Scale);
            json.WriteStartArray("enum");
            json.WriteStringValue(Linear);
            json.WriteStringValue(Log);
            json.WriteEndArray();
            json.WriteEndObject();
            json.WriteEndObject();
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }
}

/// <summary>A range to draw numbers from, uniformly or uniformly in the logarithm.</summary>
internal sealed record AxisRange(double From, double To, bool Log, bool Whole)
{
    /// <summary>The number at a position from 0 to 1; real numbers are rounded to four digits, finer than any effect on a training.</summary>
    public object At(double place)
    {
        double top = Whole ? To + 1 : To;
        double value = Log ? Math.Exp(Math.Log(From) + place * (Math.Log(top) - Math.Log(From))) : From + place * (top - From);
        if (Whole) return (long)Math.Clamp(Math.Floor(value), From, To);
        return Math.Clamp(double.Parse(value.ToString("G4", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture), From, To);
    }

    public void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        Write(json, "from", From);
        Write(json, "to", To);
        json.WriteString("scale", Log ? "log" : "linear");
        json.WriteEndObject();
    }

    private void Write(Utf8JsonWriter json, string name, double value)
    {
        if (Whole) json.WriteNumber(name, (long)value);
        else json.WriteNumber(name, value);
    }
}
