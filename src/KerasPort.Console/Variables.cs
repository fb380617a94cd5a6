using System.Collections;
using System.CommandLine;

namespace KerasPort.Console;

/// <summary>Checks the environment: no variable that begins with <c>KERASPORT_</c> is ignored silently.</summary>
internal static class Variables
{
    private const string Prefix = "KERASPORT_";

    /// <summary>Variables that aren't settings: paths on this machine, how failures are shown, and those of the project's own tests.</summary>
    private static readonly string[] s_others =
    [
        "KERASPORT_PYTHON", "KERASPORT_DEBUG", "KERASPORT_MPI",
        "KERASPORT_FIXTURES", "KERASPORT_FIGURES", "KERASPORT_SCREENSHOTS",
        "KERASPORT_TENSORFLOW", "KERASPORT_TENSORFLOW_NATIVE", "KERASPORT_TENSORFLOW_PACKAGES",
    ];

    /// <summary>Refuses unknown variables, and names those that the command doesn't use.</summary>
    /// <exception cref="UsageException">A variable is unknown.</exception>
    public static void Check(Command command)
    {
        var set = new List<string>();
        foreach (DictionaryEntry variable in Environment.GetEnvironmentVariables())
            if (variable.Value is string { Length: > 0 }) set.Add((string)variable.Key);
        if (Unused(set, [.. command.Options.OfType<SettingOption>().Select(o => o.Setting)]) is { Count: > 0 } unused)
            CommandLine.Say($"{command.Name} makes no use of {string.Join(", ", unused)}");
    }

    /// <summary>The variables whose settings the command doesn't use.</summary>
    /// <param name="set">The names of all variables that aren't empty.</param>
    /// <param name="used">The settings that the command uses.</param>
    /// <exception cref="UsageException">A variable is unknown.</exception>
    internal static IReadOnlyList<string> Unused(IEnumerable<string> set, IReadOnlyCollection<Setting> used)
    {
        var unused = new List<string>();
        foreach (string name in set.Where(name => name.StartsWith(Prefix, StringComparison.Ordinal) && !s_others.Contains(name)).Order(StringComparer.Ordinal))
        {
            var setting = Settings.All.FirstOrDefault(s => s.Variables.Contains(name))
                ?? throw new UsageException($"unknown variable {name} in the environment"
                    + Spelling.Hint(name, [.. Settings.All.Select(s => s.Variable), .. s_others[..2]], Prefix.Length));
            // The path of the data set matters to every command that looks for the data, even without the option.
            if (!used.Contains(setting) && setting != Settings.Data) unused.Add(name);
        }
        return unused;
    }
}
