using KerasPort.Saving;

namespace KerasPort.Callbacks;

/// <summary>Saves the model or its weights after epochs or batches, or only when a value is the best so far, as Keras' callback of that name does.</summary>
/// <remarks>
/// As in Keras, it must be known at an epoch's end whether a smaller or a larger value is better, even if all models are saved. Keras fails when it is to
/// save the best model after batches, before the end of the first epoch; this callback compares there, too.
/// </remarks>
/// <example><code>
/// var model = keras.Sequential([keras.Input(2), keras.layers.Dense(1)]);
/// model.compile(optimizer: "sgd", loss: "mse");
/// var best = keras.callbacks.ModelCheckpoint("best.keras", monitor: "loss", save_best_only: true);
/// model.fit(np.zeros((40, 2)), np.zeros(40), epochs: 2, verbose: 0, callbacks: [best]);
/// print(keras.models.load_model("best.keras").output_shape);    // (None, 1)
/// </code></example>
public sealed class ModelCheckpoint : Callback
{
    private Improvement? _improvement;
    private double? _best;
    private int _batchesSinceSaving, _epoch;
    private int? _lastBatch;

    /// <summary>Creates a callback that saves to <paramref name="filepath"/>.</summary>
    /// <param name="filepath">The file's name, in which <c>{epoch:02d}</c>, <c>{batch}</c> and names in the logs, <c>{val_loss:.2f}</c>, are
    /// filled in. It ends in <c>.keras</c> or <c>.h5</c>; for weights in <c>.weights.h5</c>.</param>
    /// <param name="monitor">The value in the logs that decides which model is best.</param>
    /// <param name="verbose">1 to print what it saves.</param>
    /// <param name="save_best_only">Whether a model is saved only if it is better than all before.</param>
    /// <param name="save_weights_only">Whether only the weights, and the optimizer's state, are saved.</param>
    /// <param name="mode">"min", "max", or "auto": smaller is better for a loss, larger for an accuracy.</param>
    /// <param name="save_freq">"epoch", or the number of batches after which it saves.</param>
    /// <param name="initial_value_threshold">A value that the first saved model must improve on.</param>
    /// <exception cref="ValueError">The name has another ending, or the frequency is neither "epoch" nor a number.</exception>
    public ModelCheckpoint(string filepath, string monitor = "val_loss", int verbose = 0, bool save_best_only = false, bool save_weights_only = false,
        string mode = "auto", Frequency save_freq = default, double? initial_value_threshold = null)
    {
        if (save_freq is { IsEpoch: false, Batches: null })
            throw new ValueError($"Unrecognized save_freq: {save_freq}. Expected save_freq are 'epoch' or integer values");
        if (filepath is null) throw new ValueError("ModelCheckpoint needs the name of a file. Received: filepath=None");
        if (save_weights_only && !filepath.EndsWith(".weights.h5", StringComparison.Ordinal))
            throw new ValueError($"When using `save_weights_only=True` in `ModelCheckpoint`, " +
                $"the filepath provided must end in `.weights.h5` (Keras weights format). " +
                $"Received: filepath={filepath}");
        if (!save_weights_only && !filepath.EndsWith(".keras", StringComparison.Ordinal) && !filepath.EndsWith(".h5", StringComparison.Ordinal))
            throw new ValueError($"The filepath provided must end in `.keras` (Keras model format). Received: filepath={filepath}");
        (this.filepath, this.monitor, this.verbose, this.save_best_only) = (filepath, monitor, verbose, save_best_only);
        (this.save_weights_only, this.mode, this.save_freq, _best) =
            (save_weights_only, Improvement.Mode(nameof(ModelCheckpoint), mode), save_freq, initial_value_threshold);
    }

    /// <summary>The file's name, with its placeholders.</summary>
    public string filepath { get; }

    /// <summary>The value in the logs that decides which model is best.</summary>
    public string monitor { get; }

    /// <summary>"min", "max" or "auto".</summary>
    public string mode { get; }

    /// <summary>1 to print what it saves.</summary>
    public int verbose { get; }

    /// <summary>Whether a model is saved only if it is better than all before.</summary>
    public bool save_best_only { get; }

    /// <summary>Whether only the weights, and the optimizer's state, are saved.</summary>
    public bool save_weights_only { get; }

    /// <summary>"epoch", or the number of batches after which it saves.</summary>
    public Frequency save_freq { get; }

    /// <summary>The best value so far.</summary>
    public double? best => _best;

    // A save after batches needs the weights of just that batch.
    internal override bool ActsOn(params ReadOnlySpan<string> methods) => save_freq.Batches is not null;

    /// <inheritdoc/>
    public override void keep_state(TrainingState state)
    {
        state.Keep("best", ref _best);
        state.Keep("batches_since_saving", ref _batchesSinceSaving);
        state.Keep("last_batch", ref _lastBatch);
    }

    /// <inheritdoc/>
    public override void on_epoch_begin(int epoch, Logs logs) => _epoch = epoch;

    /// <inheritdoc/>
    public override void on_train_batch_end(int batch, Logs logs)
    {
        if (save_freq.Batches is not { } batches) return;
        _batchesSinceSaving += _lastBatch is { } last && batch > last ? batch - last : batch + 1;
        _lastBatch = batch;
        if (_batchesSinceSaving < batches) return;
        _batchesSinceSaving = 0;
        Save(_epoch, batch, logs);
    }

    /// <inheritdoc/>
    public override void on_epoch_end(int epoch, Logs logs)
    {
        _improvement ??= Improvement.Of(nameof(ModelCheckpoint), monitor, mode, model);
        if (save_freq.IsEpoch) Save(epoch, null, logs);
    }

    private void Save(int epoch, int? batch, Logs logs)
    {
        string path = PathOf(epoch, batch, logs);
        if (!IsToBeSaved(epoch, logs, path)) return;
        WholeFile.MakeFolderOf(path);
        if (Directory.Exists(path))
            throw new IOException($"Please specify a non-directory filepath for ModelCheckpoint. Filepath used is an existing directory: {path}");
        if (save_weights_only) model.save_weights(path);
        else model.save(path);
        Say(epoch, $"finished saving model to {path}");
    }

    private bool IsToBeSaved(int epoch, Logs logs, string path)
    {
        if (!save_best_only)
        {
            Say(epoch, $"saving model to {path}");
            return true;
        }
        if (!logs.TryGetValue(monitor, out double current))
        {
            Console.Error.WriteLine($"UserWarning: Can save best model only with {monitor} available.");
            return true;
        }
        _improvement ??= Improvement.Of(nameof(ModelCheckpoint), monitor, mode, model);
        string before = _best is { } value ? PythonFormatSpecifier.Apply(value, ".5f") : "None";
        if (!_improvement.Value.IsOne(current, _best))
        {
            Say(epoch, $"{monitor} did not improve from {before}");
            return false;
        }
        Say(epoch, $"{monitor} improved from {before} to {PythonFormatSpecifier.Apply(current, ".5f")}, saving model to {path}");
        _best = current;
        return true;
    }

    private string PathOf(int epoch, int? batch, Logs logs)
    {
        var fields = logs.ToDictionary(log => log.Key, object? (log) => log.Value);
        fields["epoch"] = epoch + 1;
        if (batch is { } at) fields.TryAdd("batch", at + 1);
        try
        {
            return PythonFormat.Format(filepath, [], fields);
        }
        catch (KeyNotFoundException e)
        {
            throw new ValueError($"Failed to format this callback filepath: \"{filepath}\". Reason: {e.Message}", e);
        }
    }

    private void Say(int epoch, string what)
    {
        if (verbose > 0) Messages.Out.WriteLine($"\nEpoch {epoch + 1}: {what}");
    }
}
