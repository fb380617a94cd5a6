namespace KerasPort.Callbacks;

/// <summary>Sets the learning rate at the beginning of each epoch, as Keras' callback of that name does, and adds it to the epoch's logs.</summary>
/// <example><code>
/// var model = keras.Sequential([keras.Input(2), keras.layers.Dense(1)]);
/// model.compile(optimizer: keras.optimizers.SGD(0.1), loss: "mse");
/// var halve = keras.callbacks.LearningRateScheduler((epoch, rate) => epoch == 0 ? rate : rate / 2);
/// var history = model.fit(np.zeros((32, 2)), np.zeros(32), epochs: 3, verbose: 0, callbacks: [halve]);
/// print(len(history.history["learning_rate"]));    // 3
/// </code></example>
public sealed class LearningRateScheduler : Callback
{
    /// <summary>Creates a callback that sets the rate to a function of the epoch and the present rate.</summary>
    /// <param name="schedule">Gives the rate for an epoch, counted from 0, from the epoch and the present rate.</param>
    /// <param name="verbose">1 to print each rate.</param>
    public LearningRateScheduler(Func<int, double, double> schedule, int verbose = 0) => (this.schedule, this.verbose) = (
        schedule ?? throw new ValueError("LearningRateScheduler needs a function of the epoch and the learning rate. Received: schedule=None"), verbose);

    /// <summary>Creates a callback that sets the rate to a function of the epoch.</summary>
    /// <inheritdoc cref="LearningRateScheduler(Func{int, double, double}, int)"/>
    public LearningRateScheduler(Func<int, double> schedule, int verbose = 0)
        : this(schedule is null ? null! : (epoch, _) => schedule(epoch), verbose) { }

    /// <summary>Gives the rate for an epoch from the epoch and the present rate.</summary>
    public Func<int, double, double> schedule { get; }

    /// <summary>1 to print each rate.</summary>
    public int verbose { get; }

    /// <inheritdoc/>
    /// <exception cref="TypeError">The optimizer's learning rate is a schedule.</exception>
    public override void on_epoch_begin(int epoch, Logs logs)
    {
        double rate = schedule(epoch, model.optimizer!.learning_rate);
        model.optimizer.learning_rate = rate;
        if (verbose > 0) Messages.Out.Write($"\nEpoch {epoch + 1}: LearningRateScheduler setting learning rate to {PythonText.Str(rate)}.\n");
    }

    /// <inheritdoc/>
    public override void on_epoch_end(int epoch, Logs logs) => logs["learning_rate"] = model.optimizer!.learning_rate;
}
