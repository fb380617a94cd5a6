using KerasPort.Engines;
using KerasPort.Metrics;
using KerasPort.Saving;

namespace KerasPort.Training;

/// <summary>
/// The loss and metrics since the start of an epoch, as the logs for callbacks: sorted by name, as in Keras. Each run has states of its own, so that
/// an evaluation between batches doesn't change the training's numbers. A metric object shows the state of the last run. A metric that was given
/// twice has one state, which counts each batch twice, as in Keras.
/// </summary>
internal sealed class RunningMetrics
{
    private readonly Running _loss;
    private readonly Running[] _losses, _metrics, _sorted;
    private readonly Logs _logs = [];

    /// <param name="goals">The losses and metrics to measure.</param>
    /// <param name="losses">The means that show the losses: the total one, then with several outputs that of each.</param>
    /// <param name="continues">Whether the states begin with those of the metrics, instead of empty.</param>
    public RunningMetrics(IReadOnlyList<Goal> goals, IReadOnlyList<Mean> losses, bool continues = false)
    {
        var states = new Dictionary<Metric, float[]>();
        int loss = 0;
        Running Of(LogName name)
        {
            var shown = name.Metric ?? losses[loss++];
            // A metric given by name is a new metric each time, as in Keras.
            if (shown.Identifier is not null) return new Running(name, shown, new float[shown.StateSize]);
            if (!states.TryGetValue(shown, out float[]? state)) states[shown] = state = new float[shown.StateSize];
            return new Running(name, shown, state);
        }
        _loss = Of(new LogName("loss", null, false));
        Running[] all = [.. LogName.Of(goals).Select(Of)];
        _losses = [.. all.Where(one => one.Of.Metric is null)];
        _metrics = [.. all.Where(one => one.Of.Metric is not null)];
        _sorted = [.. all.Append(_loss).OrderBy(one => one.Of.Name, StringComparer.Ordinal)];
        Dictionary<float[], float[]> before = [];
        foreach (var one in continues ? _sorted : [])
        {
            if (one.Shown.Identifier is not null) continue;
            before[one.State] = new float[one.State.Length];
            one.Shown.Recall(before[one.State]);
        }
        Reset();
        foreach (var (state, held) in before) held.CopyTo(state, 0);
    }

    public void Reset()
    {
        foreach (var one in _sorted)
        {
            one.Shown.Start(one.State);
            one.Shown.Show(one.State);
        }
    }

    /// <summary>Adds a batch. The logs returned are the same object each time.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public Logs Add(in BatchResult result)
    {
        // The batch's mean, weighted by its size, as in Keras' loss tracker.
        RunningMean.Add(_loss.State, result.Loss * result.Samples, result.Samples);
        // The losses of single outputs aren't weighted by the batch's size: Keras gives each batch the same weight there.
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

    /// <summary>Saves or restores the states.</summary>
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

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Write(Logs logs)
    {
        foreach (var one in _sorted)
        {
            logs[one.Of.Name] = one.Shown.Result(one.State);
            one.Shown.Show(one.State);
        }
    }

    /// <param name="Of">Its name in logs.</param>
    /// <param name="Shown">The metric; for a loss its mean.</param>
    /// <param name="State">The state since the start.</param>
    private sealed record Running(LogName Of, Metric Shown, float[] State);
}
