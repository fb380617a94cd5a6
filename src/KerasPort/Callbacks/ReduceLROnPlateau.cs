using KerasPort.Saving;

namespace KerasPort.Callbacks;

/// <summary>
/// Lowers the learning rate when a value has stopped improving, as Keras' callback of that name does, and adds the rate to each epoch's logs.
/// </summary>
/// <example><code>
/// var model = keras.Sequential([keras.Input(2), keras.layers.Dense(1)]);
/// model.compile(optimizer: keras.optimizers.SGD(0.5), loss: "mse");
/// var reduce = keras.callbacks.ReduceLROnPlateau(monitor: "loss", factor: 0.5, patience: 1);
/// model.fit(np.zeros((32, 2)), np.zeros(32), epochs: 3, verbose: 0, callbacks: [reduce]);
/// print(model.optimizer.learning_rate);    // 0.125
/// </code></example>
public sealed class ReduceLROnPlateau : Callback
{
    private Improvement? _improvement;
    private double? _best;
    private int _wait, _cooldown;

    /// <summary>Creates a callback that monitors <paramref name="monitor"/>.</summary>
    /// <param name="monitor">A name in the logs, such as "val_loss" or "accuracy".</param>
    /// <param name="factor">The factor of each reduction, less than 1.</param>
    /// <param name="patience">Epochs without improvement before a reduction.</param>
    /// <param name="verbose">1 to print a message at each reduction.</param>
    /// <param name="mode">"min", "max", or "auto": smaller is better for a loss, larger for an accuracy.</param>
    /// <param name="min_delta">The least change that counts as an improvement.</param>
    /// <param name="cooldown">Epochs after a reduction in which those without improvement aren't counted.</param>
    /// <param name="min_lr">The lower limit of the rate.</param>
    /// <exception cref="ValueError">The factor isn't less than 1.</exception>
    public ReduceLROnPlateau(string monitor = "val_loss", double factor = 0.1, int patience = 10, int verbose = 0, string mode = "auto",
        double min_delta = 0.0001, int cooldown = 0, double min_lr = 0.0)
    {
        this.mode = Improvement.Mode(nameof(ReduceLROnPlateau), mode);
        if (!(factor < 1)) throw new ValueError($"ReduceLROnPlateau does not support a factor >= 1.0. Received factor={PythonText.Str(factor)}");
        (this.monitor, this.factor, this.patience, this.verbose) = (monitor, factor, patience, verbose);
        (this.min_delta, this.cooldown, this.min_lr) = (Math.Abs(min_delta), cooldown, min_lr);
    }

    /// <summary>The monitored name in the logs.</summary>
    public string monitor { get; }

    /// <summary>The factor of each reduction.</summary>
    public double factor { get; }

    /// <summary>Epochs without improvement before a reduction.</summary>
    public int patience { get; }

    /// <summary>1 to print a message at each reduction.</summary>
    public int verbose { get; }

    /// <summary>"min", "max" or "auto".</summary>
    public string mode { get; }

    /// <summary>The least change that counts as an improvement.</summary>
    public double min_delta { get; }

    /// <summary>Epochs after a reduction in which those without improvement aren't counted.</summary>
    public int cooldown { get; }

    /// <summary>The lower limit of the rate.</summary>
    public double min_lr { get; }

    /// <summary>The best value so far; <c>null</c> before the first.</summary>
    public double? best => _best;

    /// <summary>Epochs without improvement so far.</summary>
    public int wait => _wait;

    /// <summary>The remaining epochs of the cooldown.</summary>
    public int cooldown_counter => _cooldown;

    /// <inheritdoc/>
    public override void keep_state(TrainingState state)
    {
        state.Keep("best", ref _best);
        state.Keep("wait", ref _wait);
        state.Keep("cooldown", ref _cooldown);
    }

    /// <inheritdoc/>
    public override void on_train_begin(Logs logs) => (_best, _wait, _cooldown, _improvement) = (null, 0, 0, null);

    /// <inheritdoc/>
    /// <exception cref="ValueError">The mode is "auto", and the name is neither the loss nor that of a metric that says whether smaller is better.</exception>
    /// <exception cref="TypeError">The optimizer's learning rate is a schedule.</exception>
    public override void on_epoch_end(int epoch, Logs logs)
    {
        var improvement = _improvement ??= Improvement.Of(nameof(ReduceLROnPlateau), monitor, mode, model, min_delta);
        logs["learning_rate"] = model.optimizer!.learning_rate;
        if (!logs.TryGetValue(monitor, out double current))
        {
            Console.Error.WriteLine($"UserWarning: Learning rate reduction is conditioned on metric `{monitor}` which is not available. "
                + $"Available metrics are: {string.Join(",", logs.Keys)}.");
            return;
        }
        if (_cooldown > 0) (_cooldown, _wait) = (_cooldown - 1, 0);
        if (improvement.IsOne(current, _best)) (_best, _wait) = (current, 0);
        else if (_cooldown <= 0 && ++_wait >= patience && Reduce(epoch)) (_cooldown, _wait) = (cooldown, 0);
    }

    private bool Reduce(int epoch)
    {
        double before = model.optimizer!.learning_rate;
        if (!(before > (float)min_lr)) return false;
        double rate = Math.Max(before * factor, min_lr);
        model.optimizer.learning_rate = rate;
        if (verbose > 0) Messages.Out.Write($"\nEpoch {epoch + 1}: ReduceLROnPlateau reducing learning rate to {PythonText.Str(rate)}.\n");
        return true;
    }
}
