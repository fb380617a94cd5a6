using KerasPort.Engines;
using KerasPort.Metrics;
using KerasPort.Saving;

namespace KerasPort.Training;

/// <summary>The loss and metrics since the start of an epoch, as the logs that callbacks see: sorted by name, as Keras has them.</summary>
internal sealed class RunningMetrics
{
    private readonly float[] _loss = new float[RunningMean.Size];
    private readonly float[][] _losses;
    private readonly (Metric Metric, bool Weighs, float[] State)[] _metrics;
    private readonly (string Name, Metric? Metric, float[] State)[] _sorted;
    private readonly Logs _logs = [];

    public RunningMetrics(IReadOnlyList<Goal> goals)
    {
        var all = LogName.Of(goals).Select(name => (Of: name, State: new float[name.Metric?.StateSize ?? RunningMean.Size])).ToArray();
        _losses = [.. all.Where(entry => entry.Of.Metric is null).Select(entry => entry.State)];
        _metrics = [.. all.Where(entry => entry.Of.Metric is not null).Select(entry => (entry.Of.Metric!, entry.Of.Weighs, entry.State))];
        var named = all.Select(entry => (entry.Of.Name, entry.Of.Metric, entry.State)).Append(("loss", null, _loss));
        _sorted = [.. named.OrderBy(entry => entry.Item1, StringComparer.Ordinal)];
    }

    public void Reset()
    {
        foreach (var (_, _, state) in _sorted) Array.Clear(state);
    }

    /// <summary>Adds a batch. The logs returned are the same object each time.</summary>
    public Logs Add(in BatchResult result)
    {
        // As Keras' loss tracker: the batch's mean, weighted by its size.
        RunningMean.Add(_loss, result.Loss * result.Samples, result.Samples);
        // Not so those of single outputs: Keras doesn't know a batch's size there unless all have the same, and each counts alike.
        for (int i = 0; i < _losses.Length; i++) RunningMean.Add(_losses[i], result.Losses[i], 1);
        int at = 0;
        for (int i = 0; i < _metrics.Length; i++)
        {
            var (metric, weighs, state) = _metrics[i];
            metric.Add(state, result.Metrics.Slice(at, result.Sizes[i]), weighs && result.IsWeighted);
            at += result.Sizes[i];
        }
        Write(_logs);
        return _logs;
    }

    /// <summary>Names the state so far.</summary>
    public void Keep(TrainingState state)
    {
        foreach (var (name, _, values) in _sorted) state.Keep(name, values.AsSpan());
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
        foreach (var (name, metric, state) in _sorted) logs[name] = metric?.Result(state) ?? RunningMean.Result(state);
    }
}
