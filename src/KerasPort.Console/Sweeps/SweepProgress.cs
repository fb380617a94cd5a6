using System.Globalization;
using KerasPort.Console.Lessons;
using Spectre.Console;

namespace KerasPort.Console.Sweeps;

/// <summary>
/// The progress of a shard: on a terminal one bar in all and one per running run, removed when all are done; else a line on stderr per
/// finished run.
/// </summary>
internal sealed class SweepProgress(SweepPlan plan, Shard shard)
{
    private readonly Dictionary<SweepRun, ProgressTask> _tasks = [];
    private readonly List<string> _said = [];
    private readonly Lock _one = new();
    private ProgressContext? _context;
    private ProgressTask? _all;
    private int _done, _expected;

    private string Part => shard.IsAlone ? "all" : $"{shard}";

    public void While(Action work) => While(Terminals.Output(), work);

    internal void While(IAnsiConsole console, Action work)
    {
        if (!console.Profile.Capabilities.Interactive || !console.Profile.Capabilities.Ansi)
        {
            work();
            return;
        }
        console.Progress().AutoClear(true).HideCompleted(true)
            .Columns(new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(), new PercentageColumn(), new ElapsedTimeColumn())
            .Start(context =>
            {
                _context = context;
                // Spectre refuses a task without a name.
                _all = context.AddTask(Part);
                work();
            });
        _context = null;
        foreach (string line in _said) CommandLine.Say(line);
    }

    /// <summary>Sets how many runs are left to train, and how many are already finished.</summary>
    public void Expect(int left, int finished)
    {
        lock (_one)
        {
            (_done, _expected) = (finished, left + finished);
            if (finished > 0 && _context is null) CommandLine.Say($"{finished} of {_expected} runs are finished already");
            Count();
        }
    }

    public void Begin(SweepRun run)
    {
        lock (_one)
        {
            if (_context is not null) _tasks[run] = _context.AddTask(Markup.Escape(Name(run)), maxValue: 1);
        }
    }

    /// <summary>Shows the share of a run's epochs that is done.</summary>
    public void Tell(SweepRun run, double share)
    {
        lock (_one)
        {
            if (_tasks.TryGetValue(run, out var task)) task.Value = Math.Min(share, 0.999);
        }
    }

    public void Done(SweepRun run, RunResult result)
    {
        lock (_one)
        {
            _done++;
            End(run);
            if (_context is null)
                CommandLine.Say(string.Create(CultureInfo.InvariantCulture,
                    $"{Name(run)}: {plan.Metric.Name} {plan.Metric.Of(result):0.0000} after {result.Epochs} epoch{(result.Epochs == 1 ? "" : "s")} and ")
                    + string.Create(CultureInfo.InvariantCulture, $"{result.Seconds:0.0} s; {_done} of {_expected}"));
        }
    }

    public void Failed(SweepRun run, string why)
    {
        lock (_one)
        {
            End(run);
            Say(why);
        }
    }

    /// <summary>Prints a warning; on a terminal once the bars are gone.</summary>
    public void Say(string line)
    {
        lock (_one)
        {
            if (_context is null) CommandLine.Say(line);
            else _said.Add(line);
        }
    }

    private void End(SweepRun run)
    {
        if (_tasks.Remove(run, out var task)) task.Value = 1;
        Count();
    }

    private void Count()
    {
        if (_all is null) return;
        _all.Description = Markup.Escape($"{Part}: {_done} of {_expected} runs");
        (_all.MaxValue, _all.Value) = (Math.Max(_expected, 1), Math.Min(_done, Math.Max(_expected, 1) - 0.001));
    }

    /// <summary>The number of a run and its values of the settings that vary.</summary>
    private string Name(SweepRun run) => $"run {run.Number} ({string.Join(", ", plan.Varied.DefaultIfEmpty(Settings.Models).Select(setting =>
        setting == Settings.Models || setting == Settings.Optimizer ? run.Text(setting) : $"{setting.Name} {run.Text(setting)}"))})";
}
