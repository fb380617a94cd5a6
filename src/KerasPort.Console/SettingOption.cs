using System.CommandLine;

namespace KerasPort.Console;

/// <summary>The option of a setting. Its values stay text here: the setting itself parses them and words the messages.</summary>
internal sealed class SettingOption : Option<string[]>
{
    public SettingOption(Setting setting) : base(setting.Option)
    {
        Setting = setting;
        Arity = ArgumentArity.OneOrMore;
        AllowMultipleArgumentsPerToken = setting.Kind is ModelNames;
        HelpName = setting.HelpName;
        string initial = setting.Default is null ? "" : $", default {Kind.Text(setting.Default)}";
        Description = $"{setting.Help}{(setting.Kind as Choice)?.Listed} [{setting.Variable}{initial}]";
    }

    public Setting Setting { get; }
}
