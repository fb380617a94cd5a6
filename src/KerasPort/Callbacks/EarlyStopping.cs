using KerasPort.Saving;

namespace KerasPort.Callbacks;

/// <summary>Ends training when a value has stopped improving, as Keras' callback of that name does.</summary>
/// <example><code>
/// var model = keras.Sequential([keras.Input(2), keras.layers.Dense(1)]);
/// model.compile(optimizer: "sgd", loss: "mse");
/// var stop = keras.callbacks.EarlyStopping(monitor: "val_loss", patience: 3, restore_best_weights: true);
/// var history = model.fit(np.zeros((40, 2)), np.zeros(40), epochs: 100, validation_split: 0.2, verbose: 0, callbacks: [stop]);
/// print(len(history.epoch), stop.best_epoch);    // 4 0
/// </code></example>
public sealed class EarlyStopping : Callback
{
    private int _wait, _stoppedEpoch, _bestEpoch;
    private double? _best;
    private NDArray[]? _bestWeights;
    private Improvement _improvement;

    /// <summary>Creates a callback that monitors <paramref name="monitor"/>.</summary>
    /// <param name="monitor">A name in the logs, such as "val_loss" or "accuracy".</param>
    /// <param name="min_delta">The least change that counts as an improvement.</param>
    /// <param name="patience">Epochs without improvement before training ends.</param>
    /// <param name="verbose">1 to print a message when it ends training.</param>
    /// <param name="mode">"min", "max", or "auto": smaller is better for a loss, larger for an accuracy.</param>
    /// <param name="baseline">A value that must be improved on as well.</param>
    /// <param name="restore_best_weights">Whether the weights of the best epoch are restored at the end.</param>
    /// <param name="start_from_epoch">The first epoch that is monitored, counted from 0.</param>
    public EarlyStopping(string monitor = "val_loss", double min_delta = 0, int patience = 0, int verbose = 0, string mode = "auto",
        double? baseline = null, bool restore_best_weights = false, int start_from_epoch = 0)
    {
        this.mode = Improvement.Mode(nameof(EarlyStopping), mode);
        (this.monitor, this.min_delta, this.patience, this.verbose) = (monitor, Math.Abs(min_delta), patience, verbose);
        (this.baseline, this.restore_best_weights, this.start_from_epoch) = (baseline, restore_best_weights, start_from_epoch);
    }

    /// <summary>The monitored name in the logs.</summary>
    public string monitor { get; }

    /// <summary>The least change that counts as an improvement.</summary>
    public double min_delta { get; }

    /// <summary>Epochs without improvement before training ends.</summary>
    public int patience { get; }

    /// <summary>1 to print a message when it ends training.</summary>
    public int verbose { get; }

    /// <summary>A value that must be improved on as well.</summary>
    public double? baseline { get; }

    /// <summary>Whether the weights of the best epoch are restored at the end.</summary>
    public bool restore_best_weights { get; }

    /// <summary>The first epoch that is monitored, counted from 0.</summary>
    public int start_from_epoch { get; }

    /// <summary>"min", "max" or "auto".</summary>
    public string mode { get; }

    /// <summary>The epoch after which it ended training; 0 if it didn't.</summary>
    public int stopped_epoch => _stoppedEpoch;

    /// <summary>The best value so far; <c>null</c> before the first.</summary>
    public double? best => _best;

    /// <summary>The epoch of <see cref="best"/>.</summary>
    public int best_epoch => _bestEpoch;

    /// <summary>The weights of <see cref="best_epoch"/>, if they are to be restored; else <c>null</c>.</summary>
    public IReadOnlyList<NDArray>? best_weights => _bestWeights;

    /// <summary>Epochs without improvement so far.</summary>
    public int wait => _wait;

    /// <inheritdoc/>
    public override void keep_state(TrainingState state)
    {
        state.Keep("wait", ref _wait);
        state.Keep("stopped_epoch", ref _stoppedEpoch);
        state.Keep("best_epoch", ref _bestEpoch);
        state.Keep("best", ref _best);
        state.Keep("best_weights", ref _bestWeights);
    }

    /// <inheritdoc/>
    public override void on_train_begin(Logs logs)
    {
        (_wait, _stoppedEpoch, _bestEpoch, _best, _bestWeights) = (0, 0, 0, null, null);
        _improvement = Improvement.Of(nameof(EarlyStopping), monitor, mode, model, min_delta);
    }

    /// <inheritdoc/>
    public override void on_epoch_end(int epoch, Logs logs)
    {
        if (!logs.TryGetValue(monitor, out double current))
        {
            Console.Error.WriteLine($"UserWarning: Early stopping conditioned on metric `{monitor}` which is not available. " +
                $"Available metrics are: {string.Join(",", logs.Keys)}");
            return;
        }
        if (epoch < start_from_epoch) return;
        if (restore_best_weights && _bestWeights is null) (_bestWeights, _bestEpoch) = (model.get_weights(), epoch);

        _wait++;
        if (_improvement.IsOne(current, _best))
        {
            (_best, _bestEpoch) = (current, epoch);
            if (restore_best_weights) _bestWeights = model.get_weights();
            if (baseline is null || _improvement.IsOne(current, baseline)) _wait = 0;
            return;
        }
        if (_wait < patience || epoch == 0) return;
        _stoppedEpoch = epoch;
        model.stop_training = true;
    }

    /// <inheritdoc/>
    public override void on_train_end(Logs logs)
    {
        if (_stoppedEpoch > 0 && verbose > 0) Messages.Out.WriteLine($"Epoch {_stoppedEpoch + 1}: early stopping");
        if (!restore_best_weights || _bestWeights is null) return;
        if (verbose > 0) Messages.Out.WriteLine($"Restoring model weights from the end of the best epoch: {_bestEpoch + 1}.");
        model.set_weights(_bestWeights);
    }
}
