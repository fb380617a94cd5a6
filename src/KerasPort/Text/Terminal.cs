using System.Globalization;

namespace KerasPort;

/// <summary>The range of colours that an output can show.</summary>
internal enum Colors
{
    /// <summary>No escape sequences at all: a file, a pipe, a dumb terminal.</summary>
    None,

    /// <summary>Bold, but no colour.</summary>
    Monochrome,

    /// <summary>The 16 standard colours.</summary>
    Standard,

    /// <summary>256 colours.</summary>
    EightBit,
}

/// <summary>The capabilities of standard output, determined as Python's <c>shutil.get_terminal_size</c> and rich do.</summary>
internal readonly record struct Terminal(bool IsTerminal, int Width, Colors Colors)
{
    /// <summary>The width if there is no terminal to ask.</summary>
    public const int DefaultWidth = 80;

    /// <summary>An output that isn't a terminal.</summary>
    public static Terminal Pipe => new(false, DefaultWidth, Colors.None);

    /// <summary>Standard output in its present state.</summary>
    public static Terminal Current => Describe(!Console.IsOutputRedirected, () => Console.WindowWidth, Environment.GetEnvironmentVariable);

    /// <summary>The capabilities from given facts: whether there is a terminal, its width, and the environment.</summary>
    public static Terminal Describe(bool isTerminal, Func<int> width, Func<string, string?> environment)
    {
        if (!int.TryParse(environment("COLUMNS"), NumberStyles.None, CultureInfo.InvariantCulture, out int columns) || columns <= 0)
        {
            columns = isTerminal ? width() : DefaultWidth;
            if (columns <= 0) columns = DefaultWidth;
        }
        return new Terminal(isTerminal, columns, ColorsOf(isTerminal, environment));
    }

    private static Colors ColorsOf(bool isTerminal, Func<string, string?> environment)
    {
        bool takesEscapes = environment("TTY_COMPATIBLE") switch
        {
            "0" => false,
            "1" => true,
            _ => environment("FORCE_COLOR") is string force ? force.Length > 0 : isTerminal,
        };
        string term = (environment("TERM") ?? "").Trim().ToLowerInvariant();
        if (!takesEscapes || term is "dumb" or "unknown") return Colors.None;
        if (!string.IsNullOrEmpty(environment("NO_COLOR"))) return Colors.Monochrome;
        if (OperatingSystem.IsWindows() || environment("COLORTERM")?.Trim().ToLowerInvariant() is "truecolor" or "24bit") return Colors.EightBit;
        return term[(term.LastIndexOf('-') + 1)..] is "256color" or "kitty" ? Colors.EightBit : Colors.Standard;
    }
}
