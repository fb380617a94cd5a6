using System.Globalization;
using Spectre.Console;

namespace KerasPort.Console;

/// <summary>
/// Spectre's view of standard output as it is now: its width, whether it is a terminal, and its colours. For drawings and tables; lines of
/// text go to standard output itself, since Spectre would break long ones.
/// </summary>
internal static class Terminals
{
    /// <param name="redirectedWidth">The width of what is no terminal, where COLUMNS doesn't say it: wrapped lines in a file are harder to search.</param>
    public static IAnsiConsole Output(int? redirectedWidth = null)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(System.Console.Out) });
        if (System.Console.IsOutputRedirected && redirectedWidth is { } width)
            console.Profile.Width = int.TryParse(Environment.GetEnvironmentVariable("COLUMNS"), CultureInfo.InvariantCulture, out int given) && given > 0 ? given : width;
        return console;
    }
}
