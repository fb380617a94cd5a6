using System.Runtime.CompilerServices;
using KerasPort.Engines;
using KerasPort.Metrics;
using KerasPort.Saving;

namespace KerasPort.Training;

/// <summary>
/// The loss and metrics since the start of an epoch, as the logs that callbacks see: sorted by name, as Keras has them. Each run has states of its
/// own, so that an evaluation between batches doesn't change what the training shows. A metric that is used by hand has the state of the last run,
/// and one that was given twice counts both times in one state, as in Keras.
/// </summary>
internal sealed class RunningMetrics
{
    private readonly Running _loss;
    private readonly Running[] _losses, _metrics, _sorted;
    private readonly Logs _logs = [];

    /// <param name="goals">What is measured.</param>
    /// <param name="losses">The means that show the losses: of the whole one, and of several outputs each one's.</param>
    /// <param name="continues">Whether they begin with what the metrics hold, in place of nothing.</param>
    public RunningMetrics(IReadOnlyList<Goal> goals, IReadOnlyList<Mean> losses, bool continues = false)
    {
        var states = new Dictionary<Metric, float[]>();
        int loss = 0;
        Running Of(LogName name)
        {
            var shown = name.Metric ?? losses[loss++];
            // A name is as in Keras another metric each time.
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

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Write(Logs logs)
    {
        foreach (var one in _sorted)
        {
            logs[one.Of.Name] = one.Shown.Result(one.State);
            one.Shown.Show(one.State);
        }
    }

    /// <param name="Of">What logs call it.</param>
    /// <param name="Shown">The metric, of a loss its mean.</param>
    /// <param name="State">The state since the start.</param>
    private sealed record Running(LogName Of, Metric Shown, float[] State);
}
