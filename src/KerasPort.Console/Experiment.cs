using KerasPort.Callbacks;
using KerasPort.Console.Sweeps;
using KerasPort.Models;
using KerasPort.Optimizers;
using static KerasPort.Python;

namespace KerasPort.Console;

/// <summary>
/// Trains a model of the lessons with other settings than these have: another optimizer, another learning rate, images held back for validation.
/// With none of them it gives the lesson's bits.
/// </summary>
/// <param name="name">One of <see cref="ModelName"/>.</param>
/// <param name="settings">The settings of the run.</param>
internal sealed class Experiment(string name, RunSettings settings)
{
    /// <summary>Whether any setting is asked for that the lessons don't have.</summary>
    public static bool IsAsked(RunSettings settings) => settings.Get(Settings.Optimizer) != (string)Settings.Optimizer.Default!
        || settings.Get(Settings.LearningRate) is not null || settings.Get(Settings.ValidationSplit) > 0;

    /// <summary>Trains and tests the model.</summary>
    /// <param name="report">The report that records it.</param>
    /// <param name="interruption">Ends it after the current batch.</param>
    /// <param name="more">Further callbacks.</param>
    /// <param name="part">The part to train, if a sweep started it; the model is then tested at its end, but not analysed.</param>
    public void Train(Report report, Interruption interruption, Callback[] more, SweepPart? part)
    {
        long? seed = settings.Get(Settings.Seed);
        var recorder = CodelabRun.Recorded(name, seed, report, interruption, recorder =>
        {
            keras.utils.clear_session();
            if (seed is { } given) keras.utils.set_random_seed(given);
            var ((x, y), (xt, yt)) = tf.keras.datasets.fashion_mnist.load_data();
            (x, xt) = (x / 255.0, xt / 255.0);
            if (name != "baseline") (x, xt) = (x.reshape(60000, 28, 28, 1), xt.reshape(10000, 28, 28, 1));
            var model = CodelabRun.Model(name);
            model.compile(optimizer: Optimizer(), loss: "sparse_categorical_crossentropy", metrics: ["accuracy"]);
            try
            {
                model.fit(x, y, epochs: settings.Get(Settings.Epochs), batch_size: RunRanks.BatchSize(settings), verbose: settings.Verbose,
                    validation_split: settings.Get(Settings.ValidationSplit), callbacks: [recorder, .. more, .. part?.Callbacks ?? []]);
            }
            catch (OperationCanceledException) when (part?.IsPaused == true && !interruption.Requested)
            {
                recorder.TakeWeights();
            }
            EvaluateCommand.Say(model.evaluate(xt, yt, verbose: settings.Verbose, callbacks: [recorder]));
        });
        if (part is null) recorder.Analyse();
    }

    private Optimizer Optimizer()
    {
        Optimizer optimizer = settings.Get(Settings.Optimizer);
        if (settings.Get(Settings.LearningRate) is { } rate) optimizer.learning_rate = rate;
        return optimizer;
    }
}
