using System.CommandLine;

namespace KerasPort.Console;

/// <summary>The options of every command that trains: one for each of the <see cref="Settings"/>, and the config file.</summary>
/// <param name="without">Settings that the command decides itself.</param>
internal sealed class RunOptions(params Setting[] without)
{
    private readonly Option<string> _config = new("--config") { HelpName = "FILE", Description = "take settings from a config file (configs/cpu.json)" };
    private readonly Dictionary<Setting, Option> _options = Settings.All.Except(without).ToDictionary(s => s, AsOption);

    public void AddTo(Command command)
    {
        command.Add(_config);
        foreach (var option in _options.Values) command.Add(option);
    }

    /// <summary>The settings that the command line, the environment and the config give.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="decided">What the command decided itself.</param>
    /// <exception cref="UsageException">A value is not one for its setting.</exception>
    public RunSettings Resolve(ParseResult parsed, params (Setting Setting, object? Value)[] decided)
    {
        var given = decided.ToDictionary(d => d.Setting, d => d.Value);
        foreach (var (setting, option) in _options)
        {
            if (parsed.GetResult(option) is { Implicit: false } result)
                given[setting] = setting.Parse(string.Join(' ', result.Tokens.Select(t => t.Value)), setting.Option);
        }
        return RunSettings.Resolve(given, Environment.GetEnvironmentVariable, parsed.GetValue(_config));
    }

    private static Option AsOption(Setting setting)
    {
        // Values stay text here: the setting itself reads them, and says what is wrong in its own words.
        Option option = setting.Kind is ModelNames
            ? new Option<string[]>(setting.Option) { Arity = ArgumentArity.OneOrMore, AllowMultipleArgumentsPerToken = true }
            : new Option<string>(setting.Option);
        option.HelpName = setting.HelpName;
        option.Description = $"{setting.Help} [{setting.Variable}]";
        return option;
    }
}
