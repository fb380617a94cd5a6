namespace KerasPort.Utils;

/// <summary>A line that grows while a program's own loop runs: <c>keras.utils.Progbar</c>.</summary>
public sealed class Progbar
{
    private readonly ProgressBar _bar;
    private readonly HashSet<string>? _shown, _averaged;
    private readonly Dictionary<string, (double Sum, int Count)> _values = [];
    private readonly int _verbose;
    private int _seen;

    /// <summary>Creates a bar, before the first step.</summary>
    /// <param name="target">The number of steps; <c>null</c> if it isn't known.</param>
    /// <param name="width">The width of the bar in characters.</param>
    /// <param name="verbose">1 for a line that is rewritten, 2 for one line at the end, 0 for none.</param>
    /// <param name="interval">The least time between two updates, in seconds.</param>
    /// <param name="stateful_metrics">Names of values that are shown as given; of others the mean over steps is shown.</param>
    /// <param name="stateless_metrics">The reverse: names of values whose mean is shown; others are shown as given.</param>
    /// <param name="unit_name">The name of the unit that is counted.</param>
    /// <exception cref="ValueError">Both lists are given.</exception>
    public Progbar(int? target, int width = 20, int verbose = 1, double interval = 0.05, string[]? stateful_metrics = null, string[]? stateless_metrics = null,
        string unit_name = "step")
        : this(target, width, verbose, interval, stateful_metrics, stateless_metrics, unit_name, Messages.Out,
            ProgressBar.Rewrites(Terminal.Current.IsTerminal), TimeProvider.System)
    { }

    internal Progbar(int? target, int width, int verbose, double interval, string[]? stateful_metrics, string[]? stateless_metrics, string unit_name,
        TextWriter output, bool rewrites, TimeProvider clock)
    {
        if (stateful_metrics is not null && stateless_metrics is not null)
            throw new ValueError("Only one of `stateful_metrics` or `stateless_metrics` can be provided.");
        (this.target, _verbose) = (target, verbose);
        (_shown, _averaged) = (stateless_metrics is null ? [.. stateful_metrics ?? []] : null, stateless_metrics is null ? null : [.. stateless_metrics]);
        _bar = new ProgressBar(target, verbose, output, rewrites, clock) { Width = width, Interval = interval, Unit = unit_name };
    }

    /// <summary>The number of steps; <c>null</c> if it isn't known.</summary>
    public int? target { get; }

    /// <summary>Shows that a step is done.</summary>
    /// <param name="current">The number of the step, from 1 on.</param>
    /// <param name="values">The values to show after the bar.</param>
    /// <param name="finalize">Whether it is the last step; by default only that of the target is.</param>
    public void update(int current, IEnumerable<(string Name, double Value)>? values = null, bool? finalize = null)
    {
        bool isLast = finalize ?? current >= target;
        var logs = new Logs();
        foreach (var (name, value) in values ?? [])
        {
            int steps = Math.Max(current - _seen, 1);
            bool isAveraged = (_averaged?.Contains(name) ?? !_shown!.Contains(name)) && !isLast;
            var before = isAveraged ? _values.GetValueOrDefault(name) : default;
            _values[name] = isAveraged ? (before.Sum + value * steps, before.Count + steps) : (value, 1);
            logs[name] = _values[name].Sum / _values[name].Count;
        }
        _seen = current;
        if (_verbose is 1 or 2) _bar.Update(current, logs, isLast);
    }

    /// <summary>Shows that <paramref name="n"/> more steps are done.</summary>
    public void add(int n, IEnumerable<(string Name, double Value)>? values = null) => update(_seen + n, values);
}
