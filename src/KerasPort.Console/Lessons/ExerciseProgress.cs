using System.Globalization;
using KerasPort.Console.Lessons;
using Spectre.Console;

namespace KerasPort.Console.Lessons;

/// <summary>The exercises' progress: on a terminal a bar for each, until all are done; else a line on stderr for each that is done.</summary>
internal sealed class ExerciseProgress(ExercisesCommand.Attempt[] attempts)
{
    private readonly Dictionary<ExercisesCommand.Attempt, ProgressTask> _tasks = [];

    public void While(Action work)
    {
        var console = Terminals.Output();
        if (!console.Profile.Capabilities.Interactive || !console.Profile.Capabilities.Ansi)
        {
            work();
            return;
        }
        console.Progress().AutoClear(true)
            .Columns(new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(), new PercentageColumn(), new ElapsedTimeColumn())
            .Start(context =>
        {
            foreach (var attempt in attempts) _tasks[attempt] =
                context.AddTask($"{attempt.Exercise.Title}, {attempt.Exercise.Model}", autoStart: false, maxValue: 1);
            work();
        });
    }

    public void Tell(ExercisesCommand.Attempt attempt, double share)
    {
        if (!_tasks.TryGetValue(attempt, out var task)) return;
        if (!task.IsStarted) task.StartTask();
        task.Value = share;
    }

    public void Done(ExercisesCommand.Attempt attempt)
    {
        Tell(attempt, 1);
        if (_tasks.Count == 0)
            CommandLine.Say(string.Create(CultureInfo.InvariantCulture,
                $"{attempt.Exercise.Title} ({attempt.Exercise.Model}): test accuracy {attempt.Recorder.Test!["accuracy"] * 100:0.00} % " +
                $"after {attempt.Recorder.EpochSeconds.Sum():0.0} s"));
    }
}
