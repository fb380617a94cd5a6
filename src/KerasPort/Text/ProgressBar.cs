using System.Globalization;
using System.Text;

namespace KerasPort;

/// <summary>
/// The line that grows while a model trains: Keras' <c>Progbar</c> as its <c>ProgbarLogger</c> drives it. Metrics are shown as they are given, and the
/// line is rewritten at most every 0.05 s.
/// </summary>
/// <param name="target">The number of steps, or null if it isn't known.</param>
/// <param name="verbose">1 for a line that is rewritten, 2 for one line at the end, 0 for none.</param>
/// <param name="output">The output to write to.</param>
/// <param name="rewrites">Whether the line is overwritten in place (<see cref="Rewrites"/>) or each update is a new line.</param>
/// <param name="clock">Measures the time since this object was created.</param>
internal sealed class ProgressBar(int? target, int verbose, TextWriter output, bool rewrites, TimeProvider clock)
{
    private readonly long _start = clock.GetTimestamp();
    private readonly StringBuilder _text = new();
    private readonly Logs _values = new();
    private int? _target = target;
    private double _lastWrite = double.NegativeInfinity;
    private double? _firstStep;
    private int _lastWidth;

    /// <summary>The width of the bar in characters.</summary>
    public int Width { get; init; } = 20;

    /// <summary>The least time between two updates, in seconds.</summary>
    public double Interval { get; init; } = 0.05;

    /// <summary>The unit that is counted.</summary>
    public string Unit { get; init; } = "step";

    /// <summary>
    /// Whether Keras overwrites its line: on any terminal, and on systems other than Windows in pipes and files, too, since it takes Python's <c>posix</c>
    /// module as a sign of a notebook.
    /// </summary>
    public static bool Rewrites(bool onTerminal) => onTerminal || !OperatingSystem.IsWindows();

    /// <summary>Records a step, counted from 1, and writes the line if it is due.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Update(int current, Logs? logs, bool finalize = false)
    {
        if (verbose != 1 && !finalize) return;
        if (logs is not null)
        {
            foreach (var (name, value) in logs) _values[name] = value;
        }
        if (finalize) _target ??= current;

        double now = (clock.GetTimestamp() - _start) / (double)clock.TimestampFrequency;
        double perStep = StepDuration(current, now);
        if (verbose == 1 && (finalize || now - _lastWrite >= Interval)) WriteBar(current, now, perStep, finalize);
        if (verbose == 2 && finalize && _target > 0) WriteLine(current, now, perStep);
    }

    private void WriteBar(int current, double now, double perStep, bool finalize)
    {
        _text.Clear();
        if (rewrites) _text.Append('\b', _lastWidth).Append('\r');
        else _text.Append('\n');

        int from = _text.Length, escapes = 0;
        if (_target > 0)
        {
            Paint("1", Count(current));
            _text.Append(' ');
            int done = (int)(Width * ((double)current / _target.Value));
            if (done > 0) Paint("32", new string('━', done));
            Paint("37", new string('━', Math.Max(Width - done, 0)));
        }
        else
        {
            _text.Append(CultureInfo.InvariantCulture, $"{current,7}/Unknown");
        }
        _text.Append(' ');
        Paint("1", _target > 0 && !finalize ? Remaining(perStep * (_target.Value - current)) : $"{PythonFloat.Fixed(now, 0)}s");
        _text.Append(PerStep(perStep));
        foreach (var (name, value) in _values) AppendMetric(name, value, Math.Abs(value) > 1e-3);

        int width = _text.Length - from - escapes;
        _text.Append(' ', Math.Max(_lastWidth - width, 0));
        if (finalize) _text.Append('\n');
        Write();
        (_lastWidth, _lastWrite) = (width, now);

        void Paint(string code, string text)
        {
            int before = _text.Length;
            _text.Append("\e[").Append(code).Append('m').Append(text).Append("\e[0m");
            escapes += _text.Length - before - text.Length;
        }
    }

    private void WriteLine(int current, double now, double perStep)
    {
        _text.Clear().Append(Count(current)).Append(" - ").Append(PythonFloat.Fixed(now, 0)).Append("s -").Append(PerStep(perStep));
        // Unlike in the bar, the sign of the value matters here: a negative one is written with an exponent.
        foreach (var (name, value) in _values) AppendMetric(name, value, value > 1e-3);
        _text.Append('\n');
        Write();
    }

    private void Write()
    {
        output.Write(_text);
        output.Flush();
    }

    private void AppendMetric(string name, double value, bool positional) => _text.Append(" - ").Append(name).Append(": ")
        .Append(positional ? PythonFloat.Fixed(value, 4) : PythonFloat.Scientific(value, 4));

    private string Count(int current)
    {
        string last = _target!.Value.ToString(CultureInfo.InvariantCulture);
        return $"{current.ToString(CultureInfo.InvariantCulture).PadLeft(last.Length)}/{last}";
    }

    private static string Remaining(double seconds) => seconds switch
    {
        > 3600 => $"{(long)(seconds / 3600)}:{(int)(seconds % 3600 / 60):00}:{(int)(seconds % 60):00}",
        > 60 => $"{(int)(seconds / 60)}:{(int)(seconds % 60):00}",
        _ => $"{(int)seconds}s",
    };

    private string PerStep(double seconds) => seconds switch
    {
        >= 1 or 0 => $" {PythonFloat.Fixed(seconds, 0)}s/{Unit}",
        >= 1e-3 => $" {PythonFloat.Fixed(seconds * 1000, 0)}ms/{Unit}",
        _ => $" {PythonFloat.Fixed(seconds * 1000000, 0)}us/{Unit}",
    };

    // The first step includes one-time work, so the duration of later ones is measured from its end.
    private double StepDuration(int current, double now)
    {
        if (current == 0) return 0;
        double duration = _firstStep is double first && current > 1 ? (now - first) / (current - 1) : now / current;
        if (current == 1) _firstStep = now;
        return duration;
    }
}
