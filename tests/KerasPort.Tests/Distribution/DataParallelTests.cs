using KerasPort.Callbacks;
using KerasPort.Distribution;
using KerasPort.Engines;
using KerasPort.Engines.Managed;
using KerasPort.Layers;
using KerasPort.Models;

namespace KerasPort.Tests.Distribution;

/// <summary>Ranks, which are threads here, train one model with the same bits as a single rank.</summary>
public sealed class DataParallelTests : IDisposable
{
    private const int Rows = 44, Batch = 16;        // two batches, and one of 12 rows

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("adam", "sum_over_batch_size")]
    [InlineData("sgd", "sum")]
    [InlineData("adam", "mean_with_sample_weight")]
    public void Any_number_of_ranks_gives_the_same_bits(string optimizer, string reduction)
    {
        string[] Trained(int ranks) => Train(ranks, (model, _) => Fit(model, optimizer, reduction));
        string one = Assert.Single(Trained(1));
        // Four pieces: a fifth rank has none, and only takes part in exchanges.
        foreach (int ranks in new[] { 2, 3, 4, 5 }) Assert.All(Trained(ranks), each => Assert.Equal(one, each));
    }

    /// <summary>Dropout's masks are those of the whole batch, and BatchNormalization, losses and metrics see all of it.</summary>
    [Fact]
    public void It_is_what_one_process_gives_but_for_the_last_digits()
    {
        var (inPieces, whole) = (Built(), Built());
        string shown = Train(1, (model, _) => { var logs = Fit(inPieces, "sgd", "sum_over_batch_size"); return logs; })[0];
        Fit(whole, "sgd", "sum_over_batch_size");
        Assert.NotEmpty(shown);
        foreach (var (a, b) in inPieces.get_weights().Zip(whole.get_weights()))
            foreach (var (x, y) in a.ToFloats().Zip(b.ToFloats())) Assert.Equal(y, x, 2e-5);
        foreach (var (name, values) in whole.history.history)
            foreach (var (x, y) in inPieces.history.history[name].Zip(values)) Assert.Equal(y, x, 2e-5);
    }

    [Fact]
    public void A_last_batch_of_fewer_rows_than_ranks_leaves_random_states_alike()
    {
        string[] Trained(int ranks) => Train(ranks, (model, _) =>
        {
            model.compile(optimizer: "sgd", loss: "mse", engine: new ManagedEngine(1));
            var (x, y, _) = Data();
            model.fit(x[..18], y[..18], batch_size: Batch, epochs: 3, shuffle: false, verbose: 0);
            return Bits(model);
        });
        string one = Trained(1)[0];
        foreach (int ranks in new[] { 3, 4 }) Assert.All(Trained(ranks), each => Assert.Equal(one, each));
    }

    [Fact]
    public void A_data_set_and_a_single_batch_are_shared_too()
    {
        string[] Trained(int ranks) => Train(ranks, (model, _) =>
        {
            model.compile(optimizer: "sgd", loss: "mse", metrics: ["mae"], engine: new ManagedEngine(1));
            var (x, y, _) = Data();
            var dataset = tf.data.Dataset.from_tensor_slices((x, y)).shuffle(20, seed: 3).batch(Batch);
            model.fit(dataset, epochs: 2, verbose: 0);
            model.fit(dataset.unbatch().filter((_, _) => true).batch(7), epochs: 2, verbose: 0);
            var last = model.train_on_batch(x[..9], y[..9]);
            return $"{Bits(model)} {last} {model.evaluate(dataset, verbose: 0)}";
        });
        string one = Trained(1)[0];
        foreach (int ranks in new[] { 2, 4 }) Assert.All(Trained(ranks), each => Assert.Equal(one, each));
    }

    /// <summary>A training of four ranks that ended in the middle is resumed with two, and one.</summary>
    [Theory]
    [InlineData(4, 2)]
    [InlineData(2, 1)]
    [InlineData(1, 4)]
    public void A_training_goes_on_with_another_number_of_ranks(int before, int after)
    {
        string whole = Train(before, (model, _) => Fit(model, "adam", "sum_over_batch_size"))[0];
        Train(before, (model, _) =>
        {
            LambdaCallback? stop = null;
            stop = new LambdaCallback(on_train_batch_end: (batch, _) =>
            {
                if (batch == 1) stop!.model.Progress!.Interrupt();
            });
            Assert.Throws<OperationCanceledException>(() => Fit(model, "adam", "sum_over_batch_size", new BackupAndRestore(_folder["ck"], 1), stop));
            return "";
        });
        Assert.All(Train(after, (model, _) => Fit(model, "adam", "sum_over_batch_size", new BackupAndRestore(_folder["ck"], 1))),
            bits => Assert.Equal(whole, bits));
    }

    /// <summary>Callbacks that write do so in the first rank, with the results of all ranks, and the others leave no file.</summary>
    [Fact]
    public void The_first_rank_alone_writes_files()
    {
        string[] Written(int ranks)
        {
            string folder = Directory.CreateDirectory(_folder[$"{ranks}"]).FullName;
            Train(ranks, (model, all) =>
            {
                // A separate folder per rank, so that files of any but the first would be found.
                string mine = Path.Combine(folder, $"{all.Rank}");
                Directory.CreateDirectory(mine);
                return Fit(model, "adam", "sum_over_batch_size", new CSVLogger(Path.Combine(mine, "log.csv")), new TensorBoard(Path.Combine(mine, "board")),
                    new ModelCheckpoint(Path.Combine(mine, "best.keras"), save_best_only: true),
                    new BackupAndRestore(Path.Combine(mine, "backup"), save_freq: 1, delete_checkpoint: false));
            });
            for (int rank = 1; rank < ranks; rank++) Assert.Empty(Directory.GetFiles(Path.Combine(folder, $"{rank}"), "*", SearchOption.AllDirectories));
            string first = Path.Combine(folder, "0");
            Assert.Contains(Directory.GetFiles(first, "*", SearchOption.AllDirectories), file => file.Contains("events.out", StringComparison.Ordinal));
            Assert.NotEmpty(Directory.GetFiles(Path.Combine(first, "backup"), "*", SearchOption.AllDirectories));
            return [File.ReadAllText(Path.Combine(first, "log.csv")), Bits(keras.models.load_model(Path.Combine(first, "best.keras")))];
        }
        string[] one = Written(1);
        Assert.Equal(one, Written(2));
        Assert.Equal(one, Written(4));
    }

    /// <summary>Masked steps count in none of BatchNormalization's means, whichever rank has them.</summary>
    [Fact]
    public void Masked_steps_are_left_out_of_all_ranks_statistics()
    {
        Sequential Masked()
        {
            keras.utils.set_random_seed(9);
            return keras.Sequential([
                keras.Input(new Shape(5)),
                keras.layers.Embedding(7, 4, mask_zero: true),
                keras.layers.BatchNormalization(momentum: 0.7),
                keras.layers.Dense(2)]);
        }
        string Fitted(Sequential model)
        {
            var random = new System.Random(4);
            // All but the first step is masked in the last pieces' rows.
            var x = new NDArray(
                [.. Enumerable.Range(0, Rows * 5).Select(i => i % 5 > 0 && (i / 5 % Batch >= 8 || random.Next(3) == 0) ? 0f : random.Next(1, 7))], Rows, 5);
            var y = new NDArray([.. Enumerable.Range(0, Rows * 10).Select(_ => random.NextSingle())], Rows, 5, 2);
            model.compile(optimizer: "sgd", loss: "mse", metrics: ["mae"], engine: new ManagedEngine(1));
            var history = model.fit(x, y, batch_size: Batch, epochs: 2, shuffle: false, verbose: 0);
            return $"{Bits(model)} {string.Join(' ', history.history.Values.SelectMany(each => each))}";
        }
        string[] Trained(int ranks)
        {
            Sequential[] models = [.. Enumerable.Range(0, ranks).Select(_ => Masked())];
            return ThreadRanks.Run(ranks, all => Fitted(models[all.Rank]));
        }
        string one = Trained(1)[0];
        foreach (int ranks in new[] { 2, 4 }) Assert.All(Trained(ranks), each => Assert.Equal(one, each));
        var (whole, inPieces) = (Masked(), Masked());
        Fitted(whole);
        ThreadRanks.Run(1, _ => Fitted(inPieces));
        foreach (var (a, b) in inPieces.get_weights().Zip(whole.get_weights()))
            foreach (var (x, y) in a.ToFloats().Zip(b.ToFloats())) Assert.Equal(y, x, 2e-5);
    }

    [Fact]
    public void Without_a_launcher_there_is_one_device()
    {
        Assert.Equal(["cpu:0"], keras.distribution.list_devices());
        Assert.Equal((0, 1), (keras.distribution.get_device_count("gpu"), keras.distribution.DataParallel().num_processes));
        Assert.Contains("pieces", Assert.Throws<ValueError>(() => keras.distribution.DataParallel(pieces: 0)).Message);
        Assert.Contains("cpu:1", Assert.Throws<ValueError>(() => keras.distribution.DataParallel(devices: ["cpu:0", "cpu:1"])).Message);
        Assert.Throws<ValueError>(() => keras.distribution.DataParallel(auto_shard_dataset: false));
        var mesh = keras.distribution.DeviceMesh([1], ["batch"]);
        Assert.Equal(["cpu:0"], mesh.devices);
        Assert.Equal(0, keras.distribution.DataParallel(mesh).data_shard_id);
        Assert.Throws<ValueError>(() => keras.distribution.DeviceMesh([2], ["batch"]));
    }

    /// <summary>Trains a model with the same initial weights on each rank; the ranks build theirs one after the other.</summary>
    private static string[] Train(int ranks, Func<Sequential, Ranks, string> train)
    {
        Sequential[] models = [.. Enumerable.Range(0, ranks).Select(_ => Built())];
        return ThreadRanks.Run(ranks, all => train(models[all.Rank], all));
    }

    private static Sequential Built()
    {
        keras.utils.set_random_seed(7);
        return keras.Sequential([
            keras.Input((6, 6, 2)),
            keras.layers.Conv2D(4, 3, activation: "relu"),
            keras.layers.BatchNormalization(),
            keras.layers.MaxPooling2D(2),
            keras.layers.Flatten(),
            keras.layers.Dense(8, activation: "relu", kernel_regularizer: "l2"),
            keras.layers.Dropout(0.4),
            keras.layers.BatchNormalization(momentum: 0.8),
            keras.layers.GaussianNoise(0.1),
            keras.layers.Dense(3)]);
    }

    private static (NDArray X, NDArray Y, NDArray Weights) Data()
    {
        var random = new System.Random(3);
        float[] Numbers(int count) => [.. Enumerable.Range(0, count).Select(_ => random.NextSingle())];
        return (new NDArray(Numbers(Rows * 72), Rows, 6, 6, 2), new NDArray(Numbers(Rows * 3), Rows, 3), new NDArray(Numbers(Rows)));
    }

    private static string Fit(Sequential model, string optimizer, string reduction, params Callback[] callbacks)
    {
        var (x, y, weights) = Data();
        model.compile(optimizer: optimizer, loss: keras.losses.MeanSquaredError(reduction: reduction), metrics: ["mae"], weighted_metrics: ["mse"],
            engine: new ManagedEngine(1));
        var history = model.fit(x, y, batch_size: Batch, epochs: 3, sample_weight: weights, validation_split: 0.2, verbose: 0, callbacks: [.. callbacks]);
        var predicted = model.predict(x, batch_size: 7, verbose: 0).ToFloats();
        return $"{Bits(model)} {history.history} {model.evaluate(x, y, batch_size: 10, sample_weight: weights, verbose: 0)} "
            + string.Join(' ', history.history.Select(log => $"{log.Key}: {string.Join(' ', log.Value)}")) + string.Join(' ', predicted);
    }

    private static string Bits(Model model) => string.Join(' ', model.get_weights().SelectMany(w => w.ToFloats()).Select(BitConverter.SingleToUInt32Bits));
}
