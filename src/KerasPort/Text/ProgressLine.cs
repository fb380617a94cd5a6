using System.Diagnostics;
using System.Globalization;

namespace KerasPort;

/// <summary>The progress of a download: notes, and on a terminal a bar like Keras', redrawn in place.</summary>
internal sealed class ProgressLine(TextWriter writer, bool redraw)
{
    private const int Width = 20;
    private readonly Stopwatch _sinceDrawn = new();
    private readonly Stopwatch _sinceBegun = new();
    private int _drawn;

    /// <summary>On standard error, which leaves standard output to the program.</summary>
    public static ProgressLine OnError() =>
        new(Console.Error, !Console.IsErrorRedirected && Environment.GetEnvironmentVariable("TERM") is not (null or "dumb"));

    /// <summary>Writes a line that stays.</summary>
    public void Note(string line)
    {
        Erase();
        writer.WriteLine(line);
        _sinceBegun.Restart();
    }

    /// <summary>Redraws the bar, at most 20 times a second.</summary>
    public void Show(double fraction, string text)
    {
        if (!redraw || (_sinceDrawn.IsRunning && _sinceDrawn.ElapsedMilliseconds < 50)) return;
        int filled = (int)(Width * Math.Clamp(fraction, 0, 1));
        string line = string.Create(CultureInfo.InvariantCulture,
            $"{text} {new string('━', filled)}{new string('─', Width - filled)} {_sinceBegun.Elapsed.TotalSeconds:F0}s");
        writer.Write('\r' + line.PadRight(_drawn));
        _drawn = line.Length;
        _sinceDrawn.Restart();
    }

    /// <summary>Removes the bar.</summary>
    public void Erase()
    {
        if (_drawn == 0) return;
        writer.Write('\r' + new string(' ', _drawn) + '\r');
        _drawn = 0;
        _sinceDrawn.Reset();
    }
}
