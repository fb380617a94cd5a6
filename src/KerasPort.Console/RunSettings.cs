using System.Text;
using System.Text.Json;
using KerasPort.Training;

namespace KerasPort.Console;

/// <summary>The settings of one run, each from the first source that has it: command line, environment, config file, default.</summary>
internal sealed class RunSettings
{
    private readonly Dictionary<Setting, object?> _values = [];
    private readonly Dictionary<Setting, Source> _sources = [];
    private readonly List<Setting> _unused = [];

    private RunSettings() { }

    private enum Source { Default, File, Variable, CommandLine }

    /// <summary>The settings of the config file that the command doesn't use.</summary>
    public IReadOnlyList<Setting> Unused => _unused;

    /// <summary>The progress that Keras prints. Without a terminal, "auto" is one line per epoch, because a progress bar would fill a log.</summary>
    public Verbose Verbose => Get(Settings.Verbose) switch
    {
        int level => level,
        _ => Terminal.Current.IsTerminal ? 1 : 2,
    };

    public T Get<T>(Setting<T> setting) => (T)_values[setting]!;

    /// <param name="commandLine">The settings of the command line.</param>
    /// <param name="variable">Reads an environment variable; empty counts as not set.</param>
    /// <param name="configPath">The path of the config file; null for none.</param>
    /// <param name="used">The settings that the command uses, by default all; others keep their defaults.</param>
    /// <exception cref="UsageException">A value is invalid for its setting, or two settings contradict each other.</exception>
    public static RunSettings Resolve(
        IReadOnlyDictionary<Setting, object?> commandLine, Func<string, string?> variable,
        string? configPath, IReadOnlyCollection<Setting>? used = null)
    {
        var file = configPath is null ? [] : ConfigFile.Read(configPath);
        var settings = new RunSettings();
        foreach (var setting in Settings.All)
        {
            // Every source is checked, even where another one wins, so that a mistake is found before the day it matters.
            var (value, source) = (setting.Default, Source.Default);
            if (file.TryGetValue(setting, out var inFile)) (value, source) = (inFile, Source.File);
            if (setting.FromEnvironment(variable) is (var inVariable, true)) (value, source) = (inVariable, Source.Variable);
            if (used?.Contains(setting) == false)
            {
                if (file.ContainsKey(setting)) settings._unused.Add(setting);
                (value, source) = (setting.Default, Source.Default);
            }
            if (commandLine.TryGetValue(setting, out var given)) (value, source) = (given, Source.CommandLine);
            (settings._values[setting], settings._sources[setting]) = (value, source);
        }
        settings.CheckTogether(used?.Contains(Settings.Report) == false ? null : configPath);
        return settings;
    }

    /// <summary>A setting's value as JSON.</summary>
    public string Text(Setting setting)
    {
        var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes)) Kind.Write(json, _values[setting]);
        return Encoding.UTF8.GetString(bytes.ToArray());
    }

    /// <summary>Writes all settings as a JSON object, which is a config file that gives them again.</summary>
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

    /// <summary>Refuses settings that contradict each other, or that have no effect beside another one.</summary>
    private void CheckTogether(string? configPath)
    {
        if (Get(Settings.CheckpointEvery) is not null && Get(Settings.Checkpoint) is null)
            throw new UsageException($"{Settings.CheckpointEvery.Option} says how often, and {Settings.Checkpoint.Option} DIR where to: " +
                "expected both, or neither");
        // The nearer source wins, as for one setting: a config's models are the usual ones, and a model to resume on the command line is today's.
        if (Get(Settings.Resume) is { } resumed)
        {
            // The config in a report has both settings, its models then being the default ones.
            bool said = _sources[Settings.Models] != Source.File || !Get(Settings.Models).SequenceEqual((IReadOnlyList<string>)Settings.Models.Default!);
            if (said && _sources[Settings.Models] != Source.Default && _sources[Settings.Models] >= _sources[Settings.Resume])
                throw new UsageException($"{Settings.Resume.Option} trains the model in '{resumed}', {Settings.Models.Option} others: expected one of the two");
            _values[Settings.Models] = Settings.Models.Default;
            foreach (var setting in new Setting[] { Settings.Optimizer, Settings.LearningRate, Settings.ValidationSplit })
            {
                if (!Equals(_values[setting], setting.Default))
                    throw new UsageException($"{Settings.Resume.Option} goes on as '{resumed}' was compiled, " +
                        $"{setting.Option} trains otherwise: expected one of the two");
            }
        }

        var places = new (string Option, string? Path)[]
        {
            ("--config", configPath), (Settings.Report.Option, Get(Settings.Report)), (Settings.Html.Option, Get(Settings.Html)),
            (Settings.Save.Option, Get(Settings.Save)), (Settings.Checkpoint.Option, Get(Settings.Checkpoint)),
        };
        var taken = new Dictionary<string, string>();
        foreach (var (option, path) in places)
        {
            if (path is not null && !taken.TryAdd(ReportFile.Target(path), option))
                throw new UsageException($"{taken[ReportFile.Target(path)]} and {option} both name '{path}': one would overwrite the other");
        }
        if (Path.GetExtension(Get(Settings.Report)).ToLowerInvariant() is ".html" or ".htm" or ".pdf" or ".png" or ".keras" or ".h5" or ".hdf5")
            throw new UsageException($"{Settings.Report.Option}: the report is JSON, expected a name like report.json, got \"{Get(Settings.Report)}\"; " +
                $"a page is {Settings.Html.Option}, a model {Settings.Save.Option}");
        if (Path.GetExtension(Get(Settings.Html) ?? "").ToLowerInvariant() is not (".html" or ".htm" or ""))
            throw new UsageException($"{Settings.Html.Option}: expected a name that ends in .html, got \"{Get(Settings.Html)}\"");
    }
}
