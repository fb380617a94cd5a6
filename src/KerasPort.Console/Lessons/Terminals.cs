using Spectre.Console;

namespace KerasPort.Console.Lessons;

/// <summary>
/// Spectre's view of standard output as it is now: its width, whether it is a terminal, and its colours. For drawings and tables; lines of
/// text go to standard output itself, since Spectre would break long ones.
/// </summary>
internal static class Terminals
{
    public static IAnsiConsole Output() => AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(System.Console.Out) });
}
