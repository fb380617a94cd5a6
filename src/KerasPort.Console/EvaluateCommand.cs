using System.CommandLine;
using KerasPort.Engines;
using KerasPort.Models;
using KerasPort.Training;
using static KerasPort.Python;

namespace KerasPort.Console;

/// <summary><c>kerasport evaluate FILE</c>: tests a saved model on the test images.</summary>
internal static class EvaluateCommand
{
    public static Command Create()
    {
        var file = new Argument<string>("FILE") { Description = "a model that was saved: .keras, .h5 or .hdf5" };
        var options = new RunOptions(without:
            [Settings.Models, Settings.Epochs, Settings.BatchSize, Settings.Seed, Settings.Report, Settings.Html, Settings.Save, Settings.Resume,
            Settings.Checkpoint, Settings.CheckpointEvery, Settings.Optimizer, Settings.LearningRate, Settings.ValidationSplit, .. Settings.OfRanks]);
        var command = new Command("evaluate", "Evaluate a saved model on the test images.") { file };
        options.AddTo(command);
        command.SetAction(parsed => Run(parsed.GetRequiredValue(file), options.Resolve(parsed)));
        return command;
    }

    private static int Run(string path, RunSettings settings)
    {
        Engine.Current = Engine.Open(settings.Get(Settings.Engine), settings.Get(Settings.Device), settings.Get(Settings.Threads));
        if (settings.Get(Settings.Data) is { } folder) Environment.SetEnvironmentVariable(Settings.Data.Variable, folder);
        var model = ModelArgument.Load(path, compile: true);
        if (model.optimizer is null) model.compile(optimizer: "adam", loss: "sparse_categorical_crossentropy", metrics: ["accuracy"]);
        var (_, (x, y)) = tf.keras.datasets.fashion_mnist.load_data();
        Say(model.evaluate(x / 255.0, y, verbose: settings.Verbose));
        return ExitCode.Ok;
    }

    /// <summary>Prints the codelab's line, also for a model that was compiled without a metric, or with several.</summary>
    public static void Say(Evaluation result) =>
        print(result.Count == 1 ? "Test loss: {}".format(result[0]) : "Test loss: {}, Test accuracy: {}".format(result[0], result[1] * 100));
}
