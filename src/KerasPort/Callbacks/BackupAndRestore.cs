using KerasPort.Distribution;
using KerasPort.Saving;

namespace KerasPort.Callbacks;

/// <summary>
/// Saves the whole state of a training repeatedly, and resumes from there when the program is started again after it was killed: with the same weights
/// and the same history, bit for bit, as if it had run through. Keras' callback of that name restores only the weights and the epoch.
/// </summary>
/// <remarks>
/// The backup has the weights, the optimizer's slots and learning rate, the epoch, the batch and the epoch's row order, the sums behind loss and
/// metrics, the history, the random generators, and what each callback names in <see cref="Callback.keep_state"/>. A backup of another model, other
/// data or other settings is refused. Two generations are kept in files with a checksum; the newest sound one is restored.
/// </remarks>
/// <example><code>
/// var model = keras.Sequential([keras.Input(2), keras.layers.Dense(1)]);
/// model.compile(optimizer: "adam", loss: "mse");
/// var backup = keras.callbacks.BackupAndRestore("backup", save_freq: 500);    // a program that was killed resumes where it was
/// model.fit(np.zeros((32, 2)), np.zeros(32), epochs: 2, verbose: 0, callbacks: [backup]);
/// </code></example>
public sealed class BackupAndRestore : Callback
{
    private readonly Frequency _frequency;
    private CheckpointFolder? _folder;
    private int _batchesSinceSaving, _lastBatch;

    /// <summary>Creates a callback that saves to <paramref name="backup_dir"/>.</summary>
    /// <param name="backup_dir">A folder for this training alone.</param>
    /// <param name="save_freq">"epoch", or the number of batches after which it saves.</param>
    /// <param name="double_checkpoint">Whether the backup before the last is kept, too; here it always is.</param>
    /// <param name="delete_checkpoint">Whether the backups are removed when training is complete.</param>
    /// <exception cref="ValueError">The folder's name is empty, or the frequency is neither "epoch" nor a number.</exception>
    public BackupAndRestore(string backup_dir, Frequency save_freq = default, bool double_checkpoint = false, bool delete_checkpoint = true)
    {
        if (string.IsNullOrEmpty(backup_dir)) throw new ValueError("Empty `backup_dir` argument passed");
        if (save_freq is { IsEpoch: false, Batches: null })
            throw new ValueError($"Invalid value for argument `save_freq`. Received: save_freq={save_freq}. Expected either 'epoch' or an integer value.");
        (this.backup_dir, _frequency, this.double_checkpoint, this.delete_checkpoint) = (backup_dir, save_freq, double_checkpoint, delete_checkpoint);
    }

    /// <summary>The folder of the backups.</summary>
    public string backup_dir { get; }

    /// <summary>Whether the backup before the last was asked for; here it is always kept.</summary>
    public bool double_checkpoint { get; }

    /// <summary>Whether the backups are removed when training is complete.</summary>
    public bool delete_checkpoint { get; }

    /// <summary>The epoch and the batch, counted from 0, from which training resumed; <c>null</c> if it began at the start.</summary>
    public (int epoch, int batch)? restored { get; private set; }

    // An engine that runs ahead may report batches late; the checkpoint is written once all batches that were trained have been reported.
    internal override bool ActsOn(params ReadOnlySpan<string> methods) => false;

    /// <inheritdoc/>
    public override void keep_state(TrainingState state)
    {
        state.Keep("batches_since_saving", ref _batchesSinceSaving);
        state.Keep("last_batch", ref _lastBatch);
    }

    /// <inheritdoc/>
    public override void on_train_begin(Logs logs)
    {
        var training = model.Progress!;
        training.RequireResumable();
        // In distributed training the first process saves, and sends the backup that it found to the others.
        var ranks = Ranks.Current;
        _folder = ranks.IsFirst ? new CheckpointFolder(backup_dir) : null;
        training.Ended += () => _folder?.Dispose();
        training.Backup += () => _folder?.Add(training.Save());
        restored = null;
        if (ranks.FromFirst(_folder?.Newest()) is not { } newest) return;
        try
        {
            training.Restore(newest);
        }
        catch (CheckpointException e)
        {
            throw new CheckpointException($"the checkpoint in '{backup_dir}' is refused: {e.Message}", e);
        }
        restored = (training.Epoch, training.Batch);
    }

    /// <inheritdoc/>
    public override void on_train_batch_end(int batch, Logs logs)
    {
        if (_frequency.Batches is not { } batches) return;
        _batchesSinceSaving += batch <= _lastBatch ? batch + 1 : batch - _lastBatch;
        _lastBatch = batch;
        if (_batchesSinceSaving < batches) return;
        _batchesSinceSaving = 0;
        model.Progress!.Ask();
    }

    /// <inheritdoc/>
    public override void on_epoch_end(int epoch, Logs logs)
    {
        _lastBatch = 0;
        if (_frequency.Batches is null) model.Progress!.Ask();
    }

    /// <inheritdoc/>
    public override void on_train_end(Logs logs)
    {
        if (delete_checkpoint) _folder?.Clear();
    }
}
