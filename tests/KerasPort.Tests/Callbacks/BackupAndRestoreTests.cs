using CsCheck;
using KerasPort.Callbacks;
using KerasPort.Models;
using KerasPort.Saving;

namespace KerasPort.Tests.Callbacks;

/// <summary>A training that is killed at any moment and started again ends as if it had run through.</summary>
public sealed class BackupAndRestoreTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    /// <summary>A user's program: everything that it has at its end must be independent of when it was killed.</summary>
    private sealed record Program(string Folder, int Rows, int Batch, int Epochs, Frequency Frequency, bool Shuffle = true, int Patience = 100,
        int? StopAtBatch = null, double Split = 0.25, int? Steps = null, bool IsGraph = false)
    {
        public BackupAndRestore Backup { get; private set; } = null!;

        /// <summary>Runs the program; given a number of calls, it dies at that call of a callback.</summary>
        public string? Run(int? dies = null, Action<Model>? before = null)
        {
            var (x, y) = SyntheticData.Rows(Rows, 4);
            keras.utils.set_random_seed(7);
            Model model = IsGraph ? Graph() : keras.Sequential(
                [keras.Input(4), keras.layers.Dense(6, activation: "relu"), keras.layers.Dense(5, activation: "softmax")]);
            model.compile(keras.optimizers.Adam(learning_rate: 0.02), "sparse_categorical_crossentropy", ["accuracy"]);
            before?.Invoke(model);
            Backup = keras.callbacks.BackupAndRestore(Folder, Frequency, delete_checkpoint: false);
            var stopping = keras.callbacks.EarlyStopping("val_loss", patience: Patience, restore_best_weights: true);
            var counter = new Counter(dies);
            var stopper = keras.callbacks.LambdaCallback(
                on_train_batch_end: (batch, _) => model.stop_training |= batch == StopAtBatch && model.optimizer!.iterations > Rows / Batch);
            var cooler = keras.callbacks.LambdaCallback(on_epoch_end: (_, _) => model.optimizer!.learning_rate *= 0.9);
            try
            {
                var history = model.fit(x, y, batch_size: Batch, epochs: Epochs, validation_split: Split, shuffle: Shuffle, steps_per_epoch: Steps, verbose: 0,
                    callbacks: [stopping, Backup, cooler, stopper, counter]);
                keras.layers.Dense(3, input_shape: 2).build((null, 2));
                return string.Join('\n',
                    string.Join(' ', model.get_weights().SelectMany(w => w.ToFloats()).Select(BitConverter.SingleToInt32Bits)),
                    string.Join(' ', history.history.Select(h => $"{h.Key}: {string.Join(' ', h.Value.Select(BitConverter.DoubleToInt64Bits))}")),
                    string.Join(' ', history.epoch), model.optimizer!.iterations, model.optimizer.learning_rate, stopping.stopped_epoch,
                        string.Join(',', counter.Calls),
                    KerasPort.Random.Seeds.ForInitializer());
            }
            catch (Killed)
            {
                return null;
            }
        }
    }

    /// <summary>Weights that the training changes, weights that a layer changes itself, constant ones, and random states, also in a nested model.</summary>
    private static Model Graph()
    {
        Tensor x = keras.Input(4), inner = keras.Input(6);
        var frozen = keras.layers.Dense(3);
        frozen.trainable = false;
        var residual = keras.Model(inner, keras.layers.Add()
            .Apply([inner, keras.layers.BatchNormalization(momentum: 0.7).Apply(keras.layers.Dropout(0.3).Apply(inner))]));
        var both = keras.layers.Concatenate().Apply([frozen.Apply(x), keras.layers.Dense(3, activation: "relu").Apply(x)]);
        return keras.Model(x, keras.layers.Dense(5, activation: "softmax").Apply(residual.Apply(residual.Apply(both))));
    }

    /// <summary>A graph with a frozen layer, moving means and dropout, killed at each of its first calls and at some later ones.</summary>
    [Fact]
    public void A_graph_that_is_killed_ends_as_if_it_had_run_through()
    {
        var program = new Program(_folder["a"], Rows: 24, Batch: 5, Epochs: 3, Frequency: 2, IsGraph: true);
        string through = program.Run()!;
        foreach (int moment in new[] { 3, 8, 9, 14, 20, 27, 33 })
        {
            var killed = program with { Folder = _folder[$"{moment}"] };
            Assert.Null(killed.Run(moment));
            Assert.Equal(through, killed.Run());
        }
        // The same layers connected differently, or with another one frozen, are another model.
        string Refused(Program other, Action<Model>? change = null) => Assert.Throws<CheckpointException>(() => other.Run(before: change)).Message;
        Assert.Contains("the model of the checkpoint is another one", Refused(program, model => model.layers[^1].trainable = false));
        Assert.Contains("the model of the checkpoint is another one", Refused(program with { IsGraph = false }));
    }

    private sealed class Killed : Exception;

    /// <summary>Counts its calls, which are a state that must survive, and dies at one of them.</summary>
    private sealed class Counter(int? dies) : Callback
    {
        private readonly int[] _calls = new int[5];
        private int _told;

        public IEnumerable<int> Calls => _calls;

        // The beginnings are called again after a restart, so that their exact number is unknown.
        public override void keep_state(TrainingState state) => state.Keep("calls", _calls.AsSpan());
        public override void on_train_begin(Logs logs) => Tell(0, counts: false);
        public override void on_epoch_begin(int epoch, Logs logs) => Tell(1, counts: false);
        public override void on_epoch_end(int epoch, Logs logs) => Tell(2, counts: true);
        public override void on_train_batch_begin(int batch, Logs logs) => Tell(3, counts: false);
        public override void on_train_batch_end(int batch, Logs logs) => Tell(4, counts: true);
        public override void on_test_batch_end(int batch, Logs logs) => Tell(-1, counts: false);

        private void Tell(int call, bool counts)
        {
            if (counts) _calls[call]++;
            if (++_told == dies) throw new Killed();
        }
    }

    [Fact]
    [Slow]
    public void Killed_anywhere_it_ends_as_if_it_had_run_through() => Gen.Select(
        Gen.Int[9, 40], Gen.Int[1, 12], Gen.Int[1, 4], Gen.Int[0, 9], Gen.Bool, Gen.Int[0, 2], Gen.Int[-1, 4], Gen.Int[1, 60].List[1, 5]).Sample(
        (rows, batch, epochs, every, shuffle, patience, stopAt, kills) =>
        {
            string run = Path.Combine(_folder.Path, Guid.NewGuid().ToString("N"));
            Frequency frequency = every == 0 ? "epoch" : every;
            var program = new Program(Path.Combine(run, "a"), rows, batch, epochs, frequency, shuffle, patience, stopAt < 0 ? null : stopAt);
            EndsAsRunThrough(program, run, kills);
        }, iter: 30, threads: 1);

    /// <summary>With fewer steps per epoch than batches of rows, an epoch may begin and end anywhere in the rows.</summary>
    [Fact]
    public void Killed_in_the_midst_of_a_pass_over_the_rows_it_ends_as_if_it_had_run_through() => Gen.Select(
        Gen.Int[9, 40], Gen.Int[1, 6], Gen.Int[1, 4], Gen.Int[1, 12], Gen.Int[0, 9], Gen.Int[1, 80].List[1, 5]).Sample(
        (rows, batch, epochs, steps, every, kills) =>
        {
            string run = Path.Combine(_folder.Path, Guid.NewGuid().ToString("N"));
            var program = new Program(Path.Combine(run, "a"), rows, batch, epochs, every == 0 ? "epoch" : every, Steps: steps);
            EndsAsRunThrough(program, run, kills);
        }, iter: 30, threads: 1);

    private static void EndsAsRunThrough(Program program, string run, List<int> kills)
    {
        string through = program.Run()!;
        var killed = program with { Folder = Path.Combine(run, "b") };
        foreach (int moment in kills)
            if (killed.Run(moment) is { } early) Assert.Equal(through, early);
        Assert.Equal(through, killed.Run());
        // The finished training ends at once, with the same result.
        Assert.Equal(through, killed.Run());
    }

    [Fact]
    public void It_goes_on_where_it_was_and_not_before()
    {
        // Nine batches per epoch, in two epochs and a bit; four saves.
        var program = new Program(_folder["b"], Rows: 36, Batch: 3, Epochs: 3, Frequency: 5);
        string through = program.Run()!;
        Directory.Delete(_folder["b"], recursive: true);
        int perEpoch = 1 + 9 * 2 + 3;
        Assert.Null(program.Run(dies: 1 + 2 * perEpoch + 1 + 2 * 3 + 1));   // in the fourth batch of the third epoch
        Assert.Null(program.Backup.restored);
        Assert.Equal(["00000003.checkpoint", "00000004.checkpoint"], Directory.GetFiles(_folder["b"]).Select(Path.GetFileName).Order());
        Assert.Equal(through, program.Run());
        Assert.Equal((2, 2), program.Backup.restored);
    }

    [Fact]
    public void After_a_finished_training_nothing_is_left()
    {
        var (x, y) = SyntheticData.Rows(20, 4);
        var model = Compiled();
        model.fit(x, y, epochs: 2, verbose: 0, callbacks: [keras.callbacks.BackupAndRestore(_folder["b"])]);
        Assert.Empty(_folder.Names);

        // A user's own file in the folder is kept.
        Directory.CreateDirectory(_folder["b"]);
        File.WriteAllText(_folder["b/notes"], "");
        model.fit(x, y, epochs: 2, verbose: 0, callbacks: [keras.callbacks.BackupAndRestore(_folder["b"])]);
        Assert.Equal(["notes"], Directory.GetFileSystemEntries(_folder["b"]).Select(Path.GetFileName));
    }

    [Fact]
    public void A_finished_training_goes_on_to_more_epochs()
    {
        var program = new Program(_folder["a"], Rows: 20, Batch: 4, Epochs: 2, Frequency: "epoch");
        program.Run();
        var longer = program with { Epochs = 4 };
        Assert.Equal((longer with { Folder = _folder["b"] }).Run(), longer.Run());
        Assert.Equal((2, 0), longer.Backup.restored);
    }

    [Fact]
    public void Another_training_is_refused_by_the_name_of_what_differs()
    {
        var program = new Program(_folder["b"], Rows: 20, Batch: 4, Epochs: 2, Frequency: "epoch");
        program.Run();
        string Refused(Program other, Action<Model>? change = null) => Assert.Throws<CheckpointException>(() => other.Run(before: change)).Message;
        Assert.Equal(
            $"the checkpoint in '{_folder["b"]}' is refused: the batches of the checkpoint is another one: 4 rows, shuffled, now 5 rows, shuffled; train as "
            + "before, or with another folder",
            Refused(program with { Batch = 5 }));
        Assert.Contains("4 rows, in order", Refused(program with { Shuffle = false }));
        Assert.Contains("now 4 rows, shuffled, 2 an epoch", Refused(program with { Steps = 2 }));
        Assert.Contains("the training data of the checkpoint", Refused(program with { Rows = 24 }));
        Assert.Contains("the training data of the checkpoint", Refused(program with { Split = 0.3 }));
        Assert.Contains("the model of the checkpoint", Refused(program, m => ((Sequential)m).add(keras.layers.Activation("softmax"))));
        Assert.Contains("beta_1", Refused(program, m => m.compile(keras.optimizers.Adam(beta_1: 0.8), "sparse_categorical_crossentropy", ["accuracy"])));
        Assert.Contains("the loss of", Refused(program, m => m.compile("adam", keras.losses.SparseCategoricalCrossentropy(from_logits: true), ["accuracy"])));
        Assert.Contains("the metrics of", Refused(program, m => m.compile("adam", "sparse_categorical_crossentropy", metrics: [])));
        Assert.NotNull(program.Run());
    }

    [Fact]
    public void A_broken_file_costs_a_generation_and_two_the_training()
    {
        var program = new Program(_folder["b"], Rows: 20, Batch: 4, Epochs: 3, Frequency: "epoch");
        string through = program.Run()!;
        Assert.Equal(["00000002.checkpoint", "00000003.checkpoint"], Directory.GetFiles(_folder["b"]).Select(Path.GetFileName).Order());
        byte[] newest = File.ReadAllBytes(_folder["b/00000003.checkpoint"]);
        foreach (int at in new[] { 0, 21, 22, 23, newest.Length / 2, newest.Length - 33, newest.Length - 1 })
        {
            byte[] broken = [.. newest];
            broken[at] ^= 1;
            File.WriteAllBytes(_folder["b/00000003.checkpoint"], broken);
            Assert.Equal(through, program.Run());
            Assert.Equal((2, 0), program.Backup.restored);
            // It has written a third, sound one since.
            Assert.Equal(["00000002.checkpoint", "00000004.checkpoint"], Directory.GetFiles(_folder["b"]).Select(Path.GetFileName).Order());
            File.Delete(_folder["b/00000004.checkpoint"]);
        }
        File.WriteAllBytes(_folder["b/00000003.checkpoint"], newest[..^1]);
        File.WriteAllBytes(_folder["b/00000002.checkpoint"], []);
        Assert.Equal($"no checkpoint in '{_folder["b"]}' is whole; delete the folder to begin anew",
            Assert.Throws<CheckpointException>(() => program.Run()).Message);
    }

    [Fact]
    public void A_folder_serves_one_training_at_a_time()
    {
        var (x, y) = SyntheticData.Rows(20, 4);
        var inner = Compiled();
        Compiled().fit(x, y, verbose: 0, callbacks: [keras.callbacks.BackupAndRestore(_folder["b"]), keras.callbacks.LambdaCallback(on_epoch_end: (_, _) =>
            Assert.Contains($"another process uses the checkpoints in '{_folder["b"]}'",
                Assert.Throws<IOException>(() => inner.fit(x, y, verbose: 0, callbacks: [keras.callbacks.BackupAndRestore(_folder["b"])])).Message))]);
        inner.fit(x, y, verbose: 0, callbacks: [keras.callbacks.BackupAndRestore(_folder["b"])]);
        Assert.Empty(_folder.Names);
    }

    [Fact]
    public void Bad_arguments_are_refused_in_Keras_words()
    {
        Assert.Equal("Empty `backup_dir` argument passed", Assert.Throws<ValueError>(() => keras.callbacks.BackupAndRestore("")).Message);
        Assert.Equal("Invalid value for argument `save_freq`. Received: save_freq=often. Expected either 'epoch' or an integer value.",
            Assert.Throws<ValueError>(() => keras.callbacks.BackupAndRestore("b", "often")).Message);
    }

    /// <summary>A batch without a save costs nothing: no allocation, as without the callback.</summary>
    [Fact]
    public void A_step_without_a_backup_allocates_nothing()
    {
        var (x, y) = SyntheticData.Rows(400, 4);
        var model = Compiled();
        var allocated = new StepAllocations();
        model.fit(x, y, batch_size: 4, verbose: 0, callbacks: [keras.callbacks.BackupAndRestore(_folder["b"], save_freq: 1000), allocated]);
        Assert.Equal((24, 0), (allocated.Stretches, allocated.Usual));
    }

    internal static Sequential Compiled()
    {
        var model = keras.Sequential([keras.Input(4), keras.layers.Dense(5, activation: "softmax")]);
        model.compile("adam", "sparse_categorical_crossentropy", ["accuracy"]);
        return model;
    }
}
