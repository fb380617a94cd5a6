using System.Globalization;
using System.Text.Json;

namespace KerasPort.Console.Html;

/// <summary>Reads a report, also one of an earlier version, which lacks some values.</summary>
internal static class JsonReading
{
    public static JsonElement? Maybe(this JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;

    public static string Text(this JsonElement json, string name) => json.Maybe(name)?.ToString() ?? "";

    public static int Int(this JsonElement json, string name) => json.GetProperty(name).GetInt32();

    /// <summary>A number; NaN for null, by which reports write the numbers that JSON doesn't have (NaN and the infinities).</summary>
    public static double Number(this JsonElement json, string name) => json.Maybe(name)?.GetDouble() ?? double.NaN;

    public static double[] Numbers(this JsonElement json) =>
        [.. json.EnumerateArray().Select(v => v.ValueKind == JsonValueKind.Null ? double.NaN : v.GetDouble())];

    public static IEnumerable<JsonElement> Items(this JsonElement json, string name) => json.Maybe(name)?.EnumerateArray() ?? Enumerable.Empty<JsonElement>();

    /// <summary>A picture as a data URL. It is decoded and encoded again, so that only base64 gets into the page.</summary>
    public static string Picture(this JsonElement png) => "data:image/png;base64," + Convert.ToBase64String(png.GetBytesFromBase64());

    public static string Format(this double value, string format) => double.IsNaN(value) ? "–" : value.ToString(format, CultureInfo.InvariantCulture);
}
