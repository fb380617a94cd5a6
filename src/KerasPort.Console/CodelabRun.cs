using KerasPort.Callbacks;
using KerasPort.Console.Html;
using KerasPort.Console.Sweeps;
using KerasPort.Distribution;
using KerasPort.Engines;
using KerasPort.Layers;
using KerasPort.Models;
using KerasPort.Training;
using static KerasPort.Python;

namespace KerasPort.Console;

/// <summary>Trains and tests the models that were asked for, then writes the report.</summary>
internal static class CodelabRun
{
    /// <param name="settings">The settings of the run.</param>
    /// <param name="part">The part to train, if a sweep started the run.</param>
    /// <returns>The exit code.</returns>
    public static int Run(RunSettings settings, SweepPart? part = null)
    {
        // The runs of a sweep aren't ranks, whatever started the sweep.
        if (part is null) RunRanks.Join(settings);
        SaveWhenTrained.Check(settings);
        if (settings.Get(Settings.Resume) is { } saved) ModelArgument.Require(saved);
        RunCheckpoints? checkpoints = null;
        try
        {
            int code = Reported(settings, (report, interruption) =>
            {
                using var turn = part?.Begin(settings, interruption);
                checkpoints = RunCheckpoints.Open(settings);
                Callback[] Watching(string name) => [.. RunRanks.For(settings), .. checkpoints?.Next(name) ?? [], .. SaveWhenTrained.For(settings, name)];
                if (settings.Get(Settings.Resume) is { } file) TrainFurther(file, settings, report, interruption, Watching);
                else if (part is not null || Experiment.IsAsked(settings))
                {
                    foreach (string name in settings.Get(Settings.Models))
                        new Experiment(name, settings).Train(report, interruption, Watching(name), part);
                }
                else
                {
                    // Models are always analysed, since `report` and `plot` need the pictures of any report, and one is always written. It takes 0.8 s of
                    // processor time beside the 6.4 s of each epoch of cnn-64-64, and 0.35 s beside the baseline's 0.3 s.
                    foreach (string name in settings.Get(Settings.Models))
                        Train(name, settings.Get(Settings.Seed), settings, report, interruption, Watching(name)).Analyse();
                }
                return ExitCode.Ok;
            });
            // A later part continues from there.
            bool isPaused = part?.IsPaused == true;
            if (code == ExitCode.Ok && !isPaused) checkpoints?.Clear();
            else if (code != ExitCode.Ok && checkpoints is not null) CommandLine.Say($"the same command goes on from the checkpoint in {checkpoints.FullPath}");
            return code;
        }
        catch (DistributionException e) when (checkpoints is not null)
        {
            throw new DistributionException($"{e.Message}; the same command goes on from the checkpoint in {checkpoints.FullPath}", e);
        }
        finally
        {
            checkpoints?.Dispose();
        }
    }

    /// <summary>Trains something and then writes the report, even if a signal ends it.</summary>
    /// <param name="settings">The settings of the run.</param>
    /// <param name="work">Fills in the report and returns the exit code.</param>
    /// <returns>The exit code.</returns>
    public static int Reported(RunSettings settings, Func<Report, Interruption, int> work)
    {
        // Everything that can be refused at once comes first: an hour of training shouldn't end with a wrong path.
        Engine.Current = Engine.Open(settings.Get(Settings.Engine), settings.Get(Settings.Device), RunRanks.Threads(settings));
        var file = new ReportFile(settings.Get(Settings.Report));
        var page = settings.Get(Settings.Html) is { } html ? new ReportFile(html, "page") : null;
        if (settings.Get(Settings.Data) is { } folder) Environment.SetEnvironmentVariable(Settings.Data.Variable, folder);

        var report = new Report(settings, Engine.Current);
        var writing = new Lock();
        bool written = false;
        void Write(bool interrupted)
        {
            lock (writing)
            {
                if (written || !Ranks.Current.IsFirst) return;
                byte[] json = report.ToJson(interrupted);
                file.Write(json);
                page?.Write(HtmlReport.Page(json));
                written = true;
            }
            CommandLine.Say($"{(interrupted ? "interrupted; " : "")}report written to {file.FullPath}{(page is null ? "" : " and " + page.FullPath)}");
        }

        int code = ExitCode.Ok;
        using var interruption = new Interruption(end: () => Write(interrupted: true));
        try
        {
            code = work(report, interruption);
        }
        // Ctrl-C also reaches programs that download data; their failure needn't be reported.
        catch (Exception e) when (interruption.Requested && e is OperationCanceledException or DatasetException)
        {
            print();
        }
        catch (OperationCanceledException) when (Ranks.Current.Ending is var (rank, signal))
        {
            Write(interrupted: true);
            throw new DistributionException($"rank {rank} was stopped by signal {signal - ExitCode.Signal}, and with it all");
        }
        Write(interruption.Requested);
        return interruption.Requested ? interruption.ExitCode : code;
    }

    /// <summary>Trains and tests one model, as its lesson does.</summary>
    /// <param name="name">One of <see cref="ModelName"/>.</param>
    /// <param name="seed">Set before the model is built, if any.</param>
    /// <param name="settings">The epochs, the batch size and the verbosity.</param>
    /// <param name="report">The report that records it.</param>
    /// <param name="interruption">Ends it after the current batch.</param>
    /// <param name="more">Further callbacks.</param>
    /// <returns>The record of the training.</returns>
    public static Recorder Train(string name, long? seed, RunSettings settings, Report report, Interruption interruption, params Callback[] more)
    {
        return Recorded(name, seed, report, interruption, recorder =>
            Lesson(name, seed, settings.Get(Settings.Epochs), RunRanks.BatchSize(settings), settings.Verbose, [recorder, .. more]));
    }

    /// <summary>Trains a new model, and records it in the report even if the training is ended early.</summary>
    public static Recorder Recorded(string name, long? seed, Report report, Interruption interruption, Action<Recorder> train)
    {
        interruption.ThrowIfRequested();
        var recorder = new Recorder(name, seed, interruption);
        recorder.CountMemoryFromHere();
        report.Runs.Add(recorder);
        try
        {
            train(recorder);
        }
        catch (OperationCanceledException)
        {
            recorder.TakeWeights();
            throw;
        }
        return recorder;
    }

    /// <summary>Trains a saved model further, and tests it.</summary>
    private static void TrainFurther(string path, RunSettings settings, Report report, Interruption interruption, Func<string, Callback[]> watching)
    {
        keras.utils.clear_session();
        if (settings.Get(Settings.Seed) is { } seed) keras.utils.set_random_seed(seed);
        var model = ModelArgument.Load(path, compile: true);
        if (model.optimizer is null)
            throw new ModelFormatException(null, "it says of no training that is known here; --resume expects a model that was saved after compile, " +
                "with an optimizer, a loss and metrics that are here", file: path);
        var recorder = new Recorder(Path.GetFileName(path), settings.Get(Settings.Seed), interruption);
        report.Runs.Add(recorder);
        var ((x, y), (xt, yt)) = tf.keras.datasets.fashion_mnist.load_data();
        model.fit(x / 255.0, y, epochs: settings.Get(Settings.Epochs), batch_size: RunRanks.BatchSize(settings), verbose: settings.Verbose,
            callbacks: [recorder, .. watching(SaveWhenTrained.NameOf(path))]);
        EvaluateCommand.Say(model.evaluate(xt / 255.0, yt, verbose: settings.Verbose, callbacks: [recorder]));
        recorder.Analyse();
    }

    /// <summary>Runs the lesson that a model belongs to, with that model.</summary>
    public static void Lesson(string name, long? seed, int epochs, int batch, Verbose verbose, Callback[] callbacks)
    {
        // Each lesson is a program of its own: names and random numbers don't depend on what ran before.
        keras.utils.clear_session();
        if (seed is { } given) keras.utils.set_random_seed(given);
        if (name == "baseline") Baseline.Run(null, epochs, batch, verbose, callbacks);
        else Convolutions.Run(name == "cnn-64-64" ? null : Model(name), epochs, batch, verbose, callbacks);
    }

    /// <summary>The second lesson's model, with a convolution for each number of filters in the name; the baseline has none.</summary>
    public static Sequential Model(string name)
    {
        int[] filters = ModelName.Filters(name) ?? [];
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
