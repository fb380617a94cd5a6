using System.CommandLine;

namespace KerasPort.Console;

/// <summary>The options of every command that trains: one per <see cref="Settings">setting</see>, and the config file.</summary>
/// <param name="without">Settings that the command decides itself.</param>
internal sealed class RunOptions(params Setting[] without)
{
    private readonly Option<string> _config = new("--config") { HelpName = "FILE", Description = "take settings from a config file (configs/cpu.json)" };
    private readonly SettingOption[] _options = [.. Settings.All.Except(without).Select(s => new SettingOption(s))];

    public void AddTo(Command command)
    {
        command.Add(_config);
        foreach (var option in _options) command.Add(option);
    }

    /// <summary>The settings that the command line, the environment and the config give.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="decided">Settings whose values the command decides.</param>
    /// <exception cref="UsageException">A value is invalid for its setting.</exception>
    public RunSettings Resolve(ParseResult parsed, params (Setting Setting, object? Value)[] decided)
    {
        string? config = parsed.GetValue(_config);
        var given = decided.ToDictionary(d => d.Setting, d => d.Value);
        foreach (var option in _options)
        {
            if (parsed.GetResult(option) is { Implicit: false } result)
                given[option.Setting] = option.Setting.Parse(string.Join(' ', result.Tokens.Select(t => t.Value)), option.Name);
        }
        var settings = RunSettings.Resolve(given, Environment.GetEnvironmentVariable, config, [.. _options.Select(o => o.Setting)]);
        if (settings.Unused is { Count: > 0 } unused)
            CommandLine.Say($"{parsed.CommandResult.Command.Name} makes no use of {string.Join(", ", unused.Select(s => s.Name))} in {config}");
        return settings;
    }
}
