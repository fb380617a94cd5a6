using KerasPort.Callbacks;
using KerasPort.Engines;
using KerasPort.Layers;
using KerasPort.Models;
using KerasPort.Training;
using static KerasPort.Python;

namespace KerasPort.Console;

/// <summary>A run: the lessons with the models asked for, then the report.</summary>
internal static class CodelabRun
{
    /// <returns>The exit code.</returns>
    public static int Run(RunSettings settings)
    {
        // First everything that can be refused in an instant; an hour of training should not end on a wrong path.
        Engine.Current = Engine.Open(settings.Get(Settings.Engine), settings.Get(Settings.Device), settings.Get(Settings.Threads));
        var file = new ReportFile(settings.Get(Settings.Report));
        if (settings.Get(Settings.Data) is { } folder) Environment.SetEnvironmentVariable(Settings.Data.Variable, folder);

        var report = new Report(settings, Engine.Current);
        var writing = new Lock();
        bool written = false;
        void Write(bool interrupted)
        {
            lock (writing)
            {
                if (written) return;
                file.Write(report.ToJson(interrupted));
                written = true;
            }
            CommandLine.Say($"{(interrupted ? "interrupted; " : "")}report written to {file.FullPath}");
        }

        using var interruption = new Interruption(end: () => Write(interrupted: true));
        try
        {
            foreach (string name in settings.Get(Settings.Models))
            {
                interruption.ThrowIfRequested();
                Train(name, settings, report, interruption);
            }
        }
        // Ctrl-C reaches the programs that fetch data too, and their failure is no other news.
        catch (Exception e) when (interruption.Requested && e is OperationCanceledException or DatasetException)
        {
            print();
        }
        Write(interruption.Requested);
        return interruption.ExitCode;
    }

    private static void Train(string name, RunSettings settings, Report report, Interruption interruption)
    {
        // Each lesson is a program of its own: names and draws don't depend on what ran before it.
        keras.utils.clear_session();
        int? seed = settings.Get(Settings.Seed);
        if (seed is { } given) keras.utils.set_random_seed(given);
        var recorder = new Recorder(name, seed, interruption);
        report.Runs.Add(recorder);

        int epochs = settings.Get(Settings.Epochs), batch = settings.Get(Settings.BatchSize);
        Verbose verbose = settings.Get(Settings.Verbose) is int level ? level : (string)settings.Get(Settings.Verbose);
        if (name == "baseline") Baseline.Run(null, epochs, batch, verbose, [recorder]);
        else Convolutions.Run(name == "cnn-64-64" ? null : Convolutional(ModelName.Filters(name)!), epochs, batch, verbose, [recorder]);
    }

    /// <summary>The second lesson's model with other filters, and as many convolutions as there are numbers.</summary>
    private static Sequential Convolutional(int[] filters)
    {
        var layers = new List<Layer>();
        foreach (int count in filters)
        {
            layers.Add(tf.keras.layers.Conv2D(count, (3, 3), activation: "relu", input_shape: layers.Count == 0 ? (28, 28, 1) : null));
            layers.Add(tf.keras.layers.MaxPooling2D(2, 2));
        }
        return tf.keras.models.Sequential([
            .. layers,
            tf.keras.layers.Flatten(),
            tf.keras.layers.Dense(128, activation: "relu"),
            tf.keras.layers.Dense(10, activation: "softmax"),
        ]);
    }
}
