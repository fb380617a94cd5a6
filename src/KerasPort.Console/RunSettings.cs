using System.Text;
using System.Text.Json;

namespace KerasPort.Console;

/// <summary>The settings of one run, each from the first source that says something: command line, environment, config file, default.</summary>
internal sealed class RunSettings
{
    private readonly Dictionary<Setting, object?> _values;

    private RunSettings(Dictionary<Setting, object?> values) => _values = values;

    public T Get<T>(Setting<T> setting) => (T)_values[setting]!;

    /// <param name="commandLine">The settings named there.</param>
    /// <param name="variable">Reads an environment variable; empty counts as not set.</param>
    /// <param name="configPath">The config file, if one is named.</param>
    /// <exception cref="UsageException">A value is not one for its setting.</exception>
    public static RunSettings Resolve(IReadOnlyDictionary<Setting, object?> commandLine, Func<string, string?> variable, string? configPath)
    {
        var file = configPath is null ? [] : ConfigFile.Read(configPath);
        var values = new Dictionary<Setting, object?>();
        foreach (var setting in Settings.All)
        {
            // Every source is checked, also where another one wins: a mistake is better seen today than on the day it counts.
            object? fromFile = file.TryGetValue(setting, out var inFile) ? inFile : setting.Default;
            object? fromVariable = variable(setting.Variable) is { Length: > 0 } text ? setting.Parse(text, setting.Variable) : fromFile;
            values[setting] = commandLine.TryGetValue(setting, out var given) ? given : fromVariable;
        }
        return new RunSettings(values);
    }

    /// <summary>A setting's value as JSON.</summary>
    public string Text(Setting setting)
    {
        var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes)) Kind.Write(json, _values[setting]);
        return Encoding.UTF8.GetString(bytes.ToArray());
    }

    /// <summary>All settings as a JSON object, which is a config file that gives them.</summary>
    public void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        foreach (var (setting, value) in _values)
        {
            json.WritePropertyName(setting.Name);
            Kind.Write(json, value);
        }
        json.WriteEndObject();
    }
}
