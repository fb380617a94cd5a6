using System.Text.Encodings.Web;
using System.Text.Json;

namespace KerasPort.Console;

/// <summary>Writes the tool's JSON: indented and without needless escapes, since people read it, too; the same on every system.</summary>
internal static class JsonText
{
    public static readonly JsonWriterOptions Indented = new()
    {
        Indented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Writes a number; NaN and infinities, such as a diverged loss, are null, since JSON doesn't have them.</summary>
    public static void WriteNumber(Utf8JsonWriter json, string name, double? value)
    {
        if (value is { } number && double.IsFinite(number)) json.WriteNumber(name, number);
        else json.WriteNull(name);
    }

    /// <inheritdoc cref="WriteNumber"/>
    public static void WriteNumbers(Utf8JsonWriter json, string name, IEnumerable<double> values)
    {
        json.WriteStartArray(name);
        foreach (double value in values)
        {
            if (double.IsFinite(value)) json.WriteNumberValue(value);
            else json.WriteNullValue();
        }
        json.WriteEndArray();
    }
}
