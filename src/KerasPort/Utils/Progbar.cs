namespace KerasPort.Utils;

/// <summary>A line that grows while a loop of your own runs: <c>keras.utils.Progbar</c>.</summary>
public sealed class Progbar
{
    private readonly ProgressBar _bar;
    private readonly HashSet<string>? _shown, _averaged;
    private readonly Dictionary<string, (double Sum, int Count)> _values = [];
    private readonly int _verbose;
    private int _seen;

    /// <summary>A bar at its beginning.</summary>
    /// <param name="target">How many steps there will be; <c>null</c> where that isn't known.</param>
    /// <param name="width">Characters of the bar.</param>
    /// <param name="verbose">1 for a line that is rewritten, 2 for one line at the end, 0 for none.</param>
    /// <param name="interval">Seconds between two lines at the least.</param>
    /// <param name="stateful_metrics">Values that are shown as they are given; the mean over steps is shown of all others.</param>
    /// <param name="stateless_metrics">The other way: values whose mean is shown; all others are shown as they are given.</param>
    /// <param name="unit_name">What is counted.</param>
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

    /// <summary>How many steps there will be.</summary>
    public int? target { get; }

    /// <summary>Shows that a step is done.</summary>
    /// <param name="current">Its number, from 1 on.</param>
    /// <param name="values">What is shown behind the bar.</param>
    /// <param name="finalize">Whether it was the last one; that of the target is by itself.</param>
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

    /// <summary>Shows that so many more steps are done.</summary>
    public void add(int n, IEnumerable<(string Name, double Value)>? values = null) => update(_seen + n, values);
}
