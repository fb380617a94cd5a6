using Spectre.Console;

namespace KerasPort.Console.Lessons;

/// <summary>
/// Spectre's view of standard output: its width, whether it is a terminal, and its colours. It is for drawings and tables; lines of text are written
/// directly, since Spectre would break long ones.
/// </summary>
internal static class Terminals
{
    private const int Narrowest = 24;

    public static IAnsiConsole Output()
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(System.Console.Out) });
        // One rule for the whole tool, which respects COLUMNS, too. Below the width of a name and a number, the terminal itself breaks lines better.
        console.Profile.Width = Math.Max(Narrowest, Terminal.Current.Width);
        return console;
    }

    /// <summary>Writes a line of text, broken between words on a terminal that is too narrow.</summary>
    public static void WriteLine(string text)
    {
        var terminal = Terminal.Current;
        if (!terminal.IsTerminal || text.Length <= terminal.Width) System.Console.Out.WriteLine(text);
        else foreach (string line in Broken(text, terminal.Width)) System.Console.Out.WriteLine(line);
    }

    /// <summary>Lines of at most <paramref name="width"/> characters, except for longer words; a number and its unit stay together.</summary>
    internal static IEnumerable<string> Broken(string text, int width)
    {
        string line = "";
        foreach (string word in text.Replace(" %", "\u00A0%").Split(' '))
        {
            if (line.Length > 0 && line.Length + 1 + word.Length > width)
            {
                yield return line.Replace('\u00A0', ' ');
                line = "";
            }
            line += line.Length > 0 ? " " + word : word;
        }
        yield return line.Replace('\u00A0', ' ');
    }
}
