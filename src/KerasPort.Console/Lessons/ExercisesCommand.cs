using System.CommandLine;
using System.Globalization;
using KerasPort.Callbacks;
using KerasPort.Engines;
using KerasPort.Engines.Managed;
using KerasPort.Layers;
using KerasPort.Models;
using static KerasPort.Python;

namespace KerasPort.Console.Lessons;

/// <summary><c>kerasport exercises</c>: the codelab's exercises, trained and tested, as one table.</summary>
internal static class ExercisesCommand
{
    public static Command Create()
    {
        var atOnce = new Option<string>("--at-once")
        {
            HelpName = "N",
            Description = "models that train at the same time and share the threads; by default as many as there are threads",
        };
        var options = new RunOptions(without:
            [Settings.Models, Settings.Verbose, Settings.Save, Settings.Resume, Settings.Checkpoint, Settings.CheckpointEvery,
            Settings.Optimizer, Settings.LearningRate, Settings.ValidationSplit, .. Settings.OfRanks]);
        var command = new Command("exercises",
            $"Train the codelab's exercises and compare them in one table: other filters, fewer and more convolutions, " +
            $"and a callback that stops at 95 % accuracy, within {Exercise.Patience} times --epochs.")
            { atOnce };
        options.AddTo(command);
        command.SetAction(parsed =>
        {
            var settings = options.Resolve(parsed, (Settings.Models, Exercise.All.Select(e => e.Model).ToArray()));
            return CodelabRun.Reported(settings, (report, interruption) => Run(Exercise.All, settings, parsed.GetValue(atOnce), report, interruption));
        });
        return command;
    }

    /// <summary>Trains and tests these exercises and prints their table.</summary>
    /// <returns>The exit code.</returns>
    public static int Run(IReadOnlyList<Exercise> exercises, RunSettings settings, string? wanted, Report report, Interruption interruption)
    {
        int atOnce = AtOnce(wanted, Engine.Current, exercises.Count);
        var data = Data();
        // Models are built one after another, since all draw from one generator, but trained at the same time.
        Attempt[] attempts = [.. exercises.Select(exercise => new Attempt(exercise, settings, interruption))];
        report.Runs.AddRange(attempts.Select(a => a.Recorder));

        // The longest training first, so that it doesn't end long after the others.
        var waiting = new Queue<Attempt>(attempts.OrderByDescending(a => a.Work));
        var progress = new ExerciseProgress(attempts);
        progress.While(() => Task.WhenAll(Enumerable.Range(0, atOnce).Select(_ =>
            Task.Factory.StartNew(TrainThoseWaiting, TaskCreationOptions.LongRunning)))
            .GetAwaiter().GetResult());
        interruption.ThrowIfRequested();
        ExerciseTable.Write(Terminals.Output(), attempts);
        foreach (string line in Circumstances(settings, atOnce)) Terminals.WriteLine(line);
        return ExitCode.Ok;

        void TrainThoseWaiting()
        {
            var engine = atOnce == 1 ? Engine.Current : new ManagedEngine(Engine.Current.threads / atOnce);
            try
            {
                while (true)
                {
                    Attempt? next;
                    lock (waiting) if (!waiting.TryDequeue(out next)) return;
                    next.Train(data, engine, progress);
                }
            }
            finally
            {
                if (engine != Engine.Current) ((ManagedEngine)engine).Dispose();
            }
        }
    }

    private static int AtOnce(string? wanted, Engine engine, int models)
    {
        // A graphics card serves one model at a time.
        int most = engine is ManagedEngine ? engine.threads : 1;
        if (wanted is null) return Math.Min(most, models);
        if (int.TryParse(wanted, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number >= 1 && number <= most) return number;
        throw new UsageException($"--at-once: expected a whole number from 1 to the number of threads, here {most}, got \"{wanted}\"");
    }

    private static (NDArray, NDArray, NDArray, NDArray) Data()
    {
        var ((training_images, training_labels), (test_images, test_labels)) = tf.keras.datasets.fashion_mnist.load_data();
        return (training_images / 255.0, training_labels, test_images / 255.0, test_labels);
    }

    /// <summary>The reasons why results may differ from the expected ones.</summary>
    private static IEnumerable<string> Circumstances(RunSettings settings, int atOnce)
    {
        var (epochs, batch) = (settings.Get(Settings.Epochs), settings.Get(Settings.BatchSize));
        if ((epochs, batch) != (Exercise.Epochs, Exercise.BatchSize))
            yield return $"Expected is what {Exercise.Epochs} epochs of batches of {Exercise.BatchSize} give, as the codelab trains; " +
                $"here it was --epochs {epochs} with --batch-size {batch}, so that rows may differ.";
        else if (settings.Get(Settings.Seed) is null)
            yield return "Without --seed each run differs a little, and what is expected may miss by that.";
        if (atOnce > 1) yield return $"Seconds are those of {atOnce} models at the same time, each on its share of the threads.";
    }

    /// <summary>The model of an exercise, trained and tested.</summary>
    internal sealed class Attempt : Callback
    {
        private static readonly Lock s_analysing = new();

        private readonly Sequential _model;
        private readonly int _epochs, _batchSize;
        private ExerciseProgress? _progress;

        public Attempt(Exercise exercise, RunSettings settings, Interruption interruption)
        {
            (Exercise, _batchSize) = (exercise, settings.Get(Settings.BatchSize));
            _epochs = settings.Get(Settings.Epochs) * (exercise.StopsAt is null ? 1 : Exercise.Patience);
            long? seed = settings.Get(Settings.Seed);
            Recorder = new Recorder(exercise.Model, seed, interruption);
            keras.utils.clear_session();
            if (seed is { } given) keras.utils.set_random_seed(given);
            _model = CodelabRun.Model(exercise.Model);
        }

        public Exercise Exercise { get; }

        public Recorder Recorder { get; }

        /// <summary>The most epochs of its training.</summary>
        public int MostEpochs => _epochs;

        /// <summary>An estimate of the multiplications of its training, for comparison: each kernel's size times the pixels that it is applied to.</summary>
        public double Work => _epochs * _model.layers.Where(layer => layer.built)
            .Sum(layer => (double)layer.count_params() * (layer is Conv2D ? layer.output_shape!.Value[1..^1].Size : 1));

        public void Train((NDArray, NDArray, NDArray, NDArray) data, Engine engine, ExerciseProgress progress)
        {
            var (training_images, training_labels, test_images, test_labels) = data;
            _progress = progress;
            if (Exercise.Model != "baseline")
            {
                training_images = training_images.reshape(60000, 28, 28, 1);
                test_images = test_images.reshape(10000, 28, 28, 1);
            }
            _model.compile(optimizer: "adam", loss: "sparse_categorical_crossentropy", metrics: ["accuracy"], engine: engine);
            _model.fit(training_images, training_labels, epochs: _epochs, batch_size: _batchSize, verbose: 0, callbacks: [Recorder, this]);
            _model.evaluate(test_images, test_labels, verbose: 0, callbacks: [Recorder]);
            progress.Done(this);
            // One at a time: the analysis builds a model of the layers' outputs, and models aren't to be built on several threads at once.
            lock (s_analysing) Recorder.Analyse();
        }

        /// <summary>Stops the training at an accuracy: the codelab's last exercise.</summary>
        public override void on_epoch_end(int epoch, Logs logs)
        {
            _progress!.Tell(this, (epoch + 1.0) / _epochs);
            if (logs["accuracy"] > Exercise.StopsAt) model.stop_training = true;
        }
    }
}
