using KerasPort.Models;
using KerasPort.Saving;
using KerasPort.Training;

namespace KerasPort.Callbacks;

/// <summary>Calls the callbacks of a run in order; the progress bar comes last, as in Keras.</summary>
internal sealed class CallbackCalls
{
    private readonly Callback[] _callbacks;
    private Logs? _nothing, _outputs;
    private readonly bool _takesOutputs;

    public CallbackCalls(Model model, IReadOnlyList<Callback> callbacks, Verbose verbose, int epochs, int? steps)
    {
        _callbacks = verbose.Level == 0 || callbacks.Any(callback => callback is ProgbarLogger) ? [.. callbacks] : [.. callbacks, new ProgbarLogger()];
        foreach (var bar in _callbacks.OfType<ProgbarLogger>()) bar.Follow(verbose.Level, epochs, steps);
        foreach (var callback in _callbacks)
        {
            callback.model = model;
            callback.@params = new Dictionary<string, object?> { ["verbose"] = verbose.Given, ["epochs"] = epochs, ["steps"] = steps };
            callback.ModelSet();
        }
        _takesOutputs = _callbacks.Any(c => c.ActsOn(nameof(Callback.on_predict_batch_end)));
    }

    /// <summary>Whether there is one besides the progress bar and the history, which only observe.</summary>
    public bool AreOwn => Array.Exists(_callbacks, callback => callback is not (ProgbarLogger or History));

    /// <summary>Whether a callback may act at a training batch, and so must be called before the next one begins.</summary>
    public bool ActOnTrainBatches => _callbacks.Any(c => c.ActsOn(
        nameof(Callback.on_train_batch_begin), nameof(Callback.on_train_batch_end), nameof(Callback.on_batch_begin), nameof(Callback.on_batch_end)));

    /// <summary>Whether a callback may act at a batch of an evaluation.</summary>
    public bool ActOnTestBatches => _callbacks.Any(c => c.ActsOn(nameof(Callback.on_test_batch_begin), nameof(Callback.on_test_batch_end)));

    private Logs Nothing
    {
        get
        {
            (_nothing ??= []).Clear();
            return _nothing;
        }
    }

    /// <summary>Keeps the state of each callback. On restoring, those that have state must be the same ones.</summary>
    /// <exception cref="CheckpointException">Other callbacks have state.</exception>
    public void Keep(TrainingState state)
    {
        var keepers = Keepers();
        string? now = Names(keepers), then = now;
        state.Keep("of", ref then);
        if (then != now)
            throw new CheckpointException($"the callbacks of the checkpoint that remember something are others: {then ?? "unknown"}, " +
                $"now {now}; train as before, or with another folder");
        foreach (var (name, callback) in keepers) state.Within(name, callback.keep_state);
    }

    /// <summary>The callbacks that name state in <see cref="Callback.keep_state"/>, each by its class and its index among those of that class.</summary>
    private List<(string Name, Callback Callback)> Keepers()
    {
        List<(string, Callback)> keepers = [];
        var numbers = new Dictionary<string, int>();
        foreach (var callback in _callbacks)
        {
            var asked = new TrainingState();
            callback.keep_state(asked);
            if (!asked.IsAsked) continue;
            string type = callback.GetType().Name;
            int number = numbers[type] = numbers.GetValueOrDefault(type) + 1;
            keepers.Add((number == 1 ? type : $"{type} {number}", callback));
        }
        return keepers;
    }

    private static string Names(List<(string Name, Callback)> keepers) =>
        string.Join(", ", keepers.Select(keeper => keeper.Name).Order(StringComparer.Ordinal));

    public void OnTrainBegin() => Array.ForEach(_callbacks, callback => callback.on_train_begin(Nothing));

    public void OnTrainEnd(Logs? logs) => Array.ForEach(_callbacks, callback => callback.on_train_end(logs ?? Nothing));

    public void OnEpochBegin(int epoch) => Array.ForEach(_callbacks, callback => callback.on_epoch_begin(epoch, Nothing));

    public void OnEpochEnd(int epoch, Logs logs)
    {
        int told = 0;
        try
        {
            for (; told < _callbacks.Length; told++) _callbacks[told].on_epoch_end(epoch, logs);
        }
        catch
        {
            // The epoch has ended nevertheless and may be in a backup, so it belongs to the history.
            foreach (var history in _callbacks.Skip(told + 1).OfType<History>()) history.on_epoch_end(epoch, logs);
            throw;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void OnTrainBatchBegin(int batch)
    {
        foreach (var callback in _callbacks) callback.on_train_batch_begin(batch, Nothing);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void OnTrainBatchEnd(int batch, Logs logs)
    {
        foreach (var callback in _callbacks) callback.on_train_batch_end(batch, logs);
    }

    public void OnTestBegin() => Array.ForEach(_callbacks, callback => callback.on_test_begin(Nothing));

    public void OnTestEnd(Logs logs) => Array.ForEach(_callbacks, callback => callback.on_test_end(logs));

    public void OnTestBatchBegin(int batch)
    {
        foreach (var callback in _callbacks) callback.on_test_batch_begin(batch, Nothing);
    }

    public void OnTestBatchEnd(int batch, Logs logs)
    {
        foreach (var callback in _callbacks) callback.on_test_batch_end(batch, logs);
    }

    public void OnPredictBegin() => Array.ForEach(_callbacks, callback => callback.on_predict_begin(Nothing));

    public void OnPredictEnd() => Array.ForEach(_callbacks, callback => callback.on_predict_end(Nothing));

    public void OnPredictBatchBegin(int batch)
    {
        foreach (var callback in _callbacks) callback.on_predict_batch_begin(batch, Nothing);
    }

    /// <summary>Calls on_predict_batch_end; the outputs are copied only if a callback overrides that.</summary>
    public void OnPredictBatchEnd(int batch, Func<NDArray[]> outputs)
    {
        if (_callbacks.Length == 0) return;
        _outputs ??= [];
        if (_takesOutputs) _outputs.SetOutputs(outputs());
        foreach (var callback in _callbacks) callback.on_predict_batch_end(batch, _outputs);
    }
}
