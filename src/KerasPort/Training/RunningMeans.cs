using KerasPort.Engines;
using KerasPort.Metrics;
using KerasPort.Saving;

namespace KerasPort.Training;

/// <summary>The loss and metrics since the start of an epoch, as the logs that callbacks see: sorted by name, as Keras has them.</summary>
internal sealed class RunningMeans
{
    private readonly RunningMean _loss = new();
    private readonly (string Name, RunningMean Mean)[] _metrics, _sorted;
    private readonly Logs _logs = [];

    public RunningMeans(IReadOnlyList<Metric> metrics)
    {
        _metrics = [.. MetricList.UniqueNames(metrics).Select(name => (name, new RunningMean()))];
        _sorted = [.. _metrics.Append(("loss", _loss)).OrderBy(m => m.Item1, StringComparer.Ordinal)];
    }

    public void Reset()
    {
        foreach (var (_, mean) in _sorted) mean.Reset();
    }

    /// <summary>Adds a batch. The logs returned are the same object each time.</summary>
    public Logs Add(in BatchResult result)
    {
        // As Keras' loss tracker: the batch's mean, weighted by its size.
        _loss.Add(result.Loss * result.Samples, result.Samples);
        for (int i = 0; i < _metrics.Length; i++) _metrics[i].Mean.Add(result.Metrics[i].Sum, result.Metrics[i].Count);
        foreach (var (name, mean) in _sorted) _logs[name] = mean.Result;
        return _logs;
    }

    /// <summary>Names the sums so far.</summary>
    public void Keep(TrainingState state)
    {
        foreach (var (name, mean) in _sorted) state.Within(name, mean.Keep);
    }

    /// <summary>The means so far, in logs of their own.</summary>
    public Logs Snapshot()
    {
        var logs = new Logs();
        foreach (var (name, mean) in _sorted) logs[name] = mean.Result;
        return logs;
    }
}
