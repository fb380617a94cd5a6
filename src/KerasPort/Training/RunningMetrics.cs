using System.Runtime.CompilerServices;
using KerasPort.Engines;
using KerasPort.Metrics;
using KerasPort.Saving;

namespace KerasPort.Training;

/// <summary>The loss and metrics since the start of an epoch, as the logs that callbacks see: sorted by name, as Keras has them.</summary>
internal sealed class RunningMetrics
{
    private readonly Running _loss = new(new LogName("loss", null, false));
    private readonly Running[] _losses, _metrics, _sorted;
    private readonly Logs _logs = [];

    public RunningMetrics(IReadOnlyList<Goal> goals)
    {
        Running[] all = [.. LogName.Of(goals).Select(name => new Running(name))];
        _losses = [.. all.Where(one => one.Of.Metric is null)];
        _metrics = [.. all.Where(one => one.Of.Metric is not null)];
        _sorted = [.. all.Append(_loss).OrderBy(one => one.Of.Name, StringComparer.Ordinal)];
        Reset();
    }

    public void Reset()
    {
        foreach (var one in _sorted)
            if (one.Of.Metric is { } metric) metric.Start(one.State);
            else Array.Clear(one.State);
    }

    /// <summary>Adds a batch. The logs returned are the same object each time.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public Logs Add(in BatchResult result)
    {
        // As Keras' loss tracker: the batch's mean, weighted by its size.
        RunningMean.Add(_loss.State, result.Loss * result.Samples, result.Samples);
        // Not so those of single outputs: Keras doesn't know a batch's size there unless all have the same, and each counts alike.
        for (int i = 0; i < _losses.Length; i++) RunningMean.Add(_losses[i].State, result.Losses[i], 1);
        int at = 0;
        for (int i = 0; i < result.Sizes.Length; i++)
        {
            var one = _metrics[i % _metrics.Length];
            one.Of.Metric!.Add(one.State, result.Metrics.Slice(at, result.Sizes[i]), !result.AreWeighted.IsEmpty && result.AreWeighted[i % _metrics.Length]);
            at += result.Sizes[i];
        }
        Write(_logs);
        return _logs;
    }

    /// <summary>Names the state so far.</summary>
    public void Keep(TrainingState state)
    {
        foreach (var one in _sorted) state.Keep(one.Of.Name, one.State.AsSpan());
    }

    /// <summary>The results so far, in logs of their own.</summary>
    public Logs Snapshot()
    {
        var logs = new Logs();
        Write(logs);
        return logs;
    }

    private void Write(Logs logs)
    {
        foreach (var one in _sorted) logs[one.Of.Name] = one.Of.Metric?.Result(one.State) ?? RunningMean.Result(one.State);
    }

    private sealed class Running(LogName of)
    {
        public LogName Of => of;

        public float[] State { get; } = new float[of.Metric?.StateSize ?? RunningMean.Size];
    }
}
