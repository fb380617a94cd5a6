using KerasPort.Models;
using KerasPort.Saving;
using KerasPort.Training;

namespace KerasPort.Callbacks;

/// <summary>The callbacks of a run, told in their order; the progress bar comes last, as in Keras.</summary>
internal sealed class CallbackList
{
    private readonly Callback[] _callbacks;

    public CallbackList(Model model, Callback[] callbacks, Verbose verbose, int epochs, int steps)
    {
        _callbacks = verbose.Level == 0 ? callbacks : [.. callbacks, new ProgressCallback(verbose.Level, epochs, steps)];
        foreach (var callback in _callbacks)
        {
            callback.model = model;
            callback.ModelSet();
        }
    }

    /// <summary>Whether there is one that isn't the library's own, which only watches.</summary>
    public bool AreOwn => Array.Exists(_callbacks, callback => callback is not (ProgressCallback or History));

    /// <summary>Whether a callback may do something at a training batch, so that it must come before the next one.</summary>
    public bool ActOnTrainBatches => _callbacks.Any(c => c.ActsOn(nameof(Callback.on_train_batch_begin), nameof(Callback.on_train_batch_end)));

    /// <summary>The same for evaluations.</summary>
    public bool ActOnTestBatches => _callbacks.Any(c => c.ActsOn(nameof(Callback.on_test_batch_begin), nameof(Callback.on_test_batch_end)));

    /// <summary>Their classes, for those that see the same training whether its progress is shown or not.</summary>
    public IEnumerable<string> Classes => Kept.Select(callback => callback.GetType().Name);

    private IEnumerable<Callback> Kept => _callbacks.Where(callback => callback is not ProgressCallback);

    /// <summary>Names what each remembers.</summary>
    public void Keep(TrainingState state)
    {
        foreach (var (at, callback) in Kept.Index()) state.Within($"{at} {callback.GetType().Name}", callback.keep_state);
    }

    public void OnTrainBegin()
    {
        foreach (var callback in _callbacks) callback.on_train_begin();
    }

    public void OnTrainEnd(Logs? logs)
    {
        foreach (var callback in _callbacks) callback.on_train_end(logs);
    }

    public void OnEpochBegin(int epoch)
    {
        foreach (var callback in _callbacks) callback.on_epoch_begin(epoch);
    }

    public void OnEpochEnd(int epoch, Logs logs)
    {
        foreach (var callback in _callbacks) callback.on_epoch_end(epoch, logs);
    }

    public void OnTrainBatchBegin(int batch)
    {
        foreach (var callback in _callbacks) callback.on_train_batch_begin(batch);
    }

    public void OnTrainBatchEnd(int batch, Logs logs)
    {
        foreach (var callback in _callbacks) callback.on_train_batch_end(batch, logs);
    }

    public void OnTestBegin()
    {
        foreach (var callback in _callbacks) callback.on_test_begin();
    }

    public void OnTestEnd(Logs logs)
    {
        foreach (var callback in _callbacks) callback.on_test_end(logs);
    }

    public void OnTestBatchBegin(int batch)
    {
        foreach (var callback in _callbacks) callback.on_test_batch_begin(batch);
    }

    public void OnTestBatchEnd(int batch, Logs logs)
    {
        foreach (var callback in _callbacks) callback.on_test_batch_end(batch, logs);
    }

    public void OnPredictBegin()
    {
        foreach (var callback in _callbacks) callback.on_predict_begin();
    }

    public void OnPredictEnd()
    {
        foreach (var callback in _callbacks) callback.on_predict_end();
    }

    public void OnPredictBatchBegin(int batch)
    {
        foreach (var callback in _callbacks) callback.on_predict_batch_begin(batch);
    }

    public void OnPredictBatchEnd(int batch)
    {
        foreach (var callback in _callbacks) callback.on_predict_batch_end(batch);
    }
}
