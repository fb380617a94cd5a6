using System.Globalization;
using System.Text;
using System.Text.Json;

namespace KerasPort.Console.Sweeps;

/// <summary>One run of a sweep: its number, from 1 in the sweep's order, and the values of the settings that runs may differ in.</summary>
internal sealed record SweepRun(int Number, IReadOnlyDictionary<Setting, object?> Values)
{
    /// <summary>The number as in folder names.</summary>
    public string Name => Number.ToString("D5", CultureInfo.InvariantCulture);

    /// <summary>The number of epochs to train if nothing ends it earlier.</summary>
    public int Epochs => Convert.ToInt32(Values[Settings.Epochs], CultureInfo.InvariantCulture);

    /// <summary>A setting's value as one would type it.</summary>
    public string Text(Setting setting) => Values[setting] is { } value ? Kind.Text(value) : "its own";

    /// <summary>Writes the settings as a run's config has them.</summary>
    public void Write(Utf8JsonWriter json)
    {
        foreach (var (setting, value) in Values)
        {
            json.WritePropertyName(setting.Name);
            Kind.Write(json, setting == Settings.Models ? new[] { value } : value);
        }
    }

    /// <summary>The settings whose values differ from those of a report's config; none where the report is of this run.</summary>
    public IEnumerable<string> Differences(JsonElement config)
    {
        using var own = JsonDocument.Parse(Json());
        return [.. own.RootElement.EnumerateObject()
            .Where(value => !config.TryGetProperty(value.Name, out var other) || !JsonElement.DeepEquals(value.Value, other))
            .Select(value => value.Name)];
    }

    private string Json()
    {
        var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes))
        {
            json.WriteStartObject();
            Write(json);
            json.WriteEndObject();
        }
        return Encoding.UTF8.GetString(bytes.ToArray());
    }
}
