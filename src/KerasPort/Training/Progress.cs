using KerasPort.Callbacks;
using KerasPort.Distribution;
using KerasPort.Models;
using KerasPort.Random;
using KerasPort.Saving;

namespace KerasPort.Training;

/// <summary>
/// The position of a <c>fit</c> between two batches, and all state that the rest of it depends on. A training that is restored from it
/// continues as if it had never stopped.
/// </summary>
internal sealed class Progress(Model model, CallbackCalls told, RunningMetrics means, BatchSource source, BatchSource? validation,
    Fingerprint fingerprint, int epoch)
{
    /// <summary>The epoch that training ends with.</summary>
    public int Epochs { get; init; }

    private int _epoch = epoch, _batch;
    private long _iterationsBefore;
    private readonly TrainingState _saved = new();
    private TrainingState? _restored;
    private readonly RandomStates _generators = new();
    private Logs? _logs;
    private bool _asked, _interrupted, _hasBegun;

    /// <summary>The current epoch; between two epochs the next one.</summary>
    public int Epoch => _epoch;

    /// <summary>Batches of that epoch that are done.</summary>
    public int Batch => _batch;

    /// <summary>The last epoch's logs.</summary>
    public Logs? Logs => _logs;

    /// <summary>Whether training goes on from what was saved.</summary>
    public bool IsRestored => _restored is not null;

    /// <summary>Saves what <see cref="Save"/> gives, when it was <see cref="Ask">asked</see> for.</summary>
    public event Action? Backup;

    /// <summary>Raised when <c>fit</c> ends, with or without an error.</summary>
    public event Action? Ended;

    /// <summary>Refuses a training that couldn't be resumed.</summary>
    /// <exception cref="ValueError">The source of its batches can't continue from a saved position.</exception>
    public void RequireResumable()
    {
        source.RequireResumable();
        validation?.RequireResumable();
    }

    /// <summary>Asks for a backup after the batch or epoch that callbacks are being told of.</summary>
    public void Ask() => _asked = true;

    /// <summary>Asks for a backup and then for the end of training.</summary>
    public void Interrupt() => _asked = _interrupted = true;

    /// <summary>Looks at what is drawn from here on.</summary>
    public void Begin() => _generators.Enter();

    public void BeginEpoch()
    {
        _generators.Begin();
        if (_hasBegun || IsRestored) means.Reset();
        _hasBegun = true;
        model.ResetOwnMetrics();
        (_batch, _iterationsBefore) = (0, model.optimizer!.Batches);
        source.BeginEpoch(Ranks.Current.FromFirst(Seeds.OrderKey()));
    }

    /// <summary>
    /// All callbacks were told of the end of a batch, or one of them <paramref name="failed"/>. After a failure a backup that an earlier callback
    /// asked for is saved too, because callbacks aren't told of the batch a second time.
    /// </summary>
    /// <exception cref="OperationCanceledException">Training was interrupted.</exception>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void EndBatch(int batch, bool failed = false)
    {
        _batch = batch + 1;
        // An engine that runs ahead has trained batches that callbacks don't know yet. The weights include them, so the checkpoint waits for them.
        if (_asked && model.optimizer!.Batches - _iterationsBefore == _batch) Pause(failed);
    }

    /// <inheritdoc cref="EndBatch"/>
    public void EndEpoch(Logs logs, bool failed = false)
    {
        (_epoch, _batch, _logs) = (_epoch + 1, 0, logs);
        if (_asked) Pause(failed);
    }

    public void End()
    {
        _generators.Leave();
        Ended?.Invoke();
    }

    /// <summary>The whole state, to be saved.</summary>
    public List<ReadOnlyMemory<byte>> Save()
    {
        Keep(_saved);
        return _saved.ToBytes();
    }

    /// <summary>Goes on from what <see cref="Save"/> gave.</summary>
    /// <exception cref="CheckpointException">It is of another training.</exception>
    public void Restore(byte[] saved)
    {
        _restored = new TrainingState(saved);
        Keep(_restored);
    }

    /// <summary>Restores the state a second time, because callbacks may have reset theirs when training began.</summary>
    public void RestoreAgain() => Keep(_restored!);

    private void Keep(TrainingState state)
    {
        state.Within("of", fingerprint.Keep);
        state.Keep("epoch", ref _epoch);
        state.Keep("batch", ref _batch);
        state.Within("source", source.Keep);
        // Its shuffles continue from epoch to epoch.
        if (validation is not null) state.Within("validation", validation.Keep);
        state.Keep("logs", ref _logs);
        state.Within("means", means.Keep);
        state.Within("own_metrics", model.KeepOwnMetrics);
        state.Within("model", model.Keep);
        state.Within("random", Seeds.Keep);
        state.Within("generators", _generators.Keep);
        state.Within("callbacks", told.Keep);
        if (state.Restores) _iterationsBefore = model.optimizer!.Batches - _batch;
    }

    private void Pause(bool failed)
    {
        _asked = false;
        try
        {
            Backup?.Invoke();
        }
        catch (IOException e) when (failed)
        {
            // Training ends with the callback's error, so this one is only a warning.
            Console.Error.WriteLine($"UserWarning: {e.Message}");
        }
        if (_interrupted && !failed) throw new OperationCanceledException("interrupted");
    }
}
