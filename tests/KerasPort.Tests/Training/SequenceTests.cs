using System.Text.Json;
using KerasPort.Models;
using KerasPort.Pictures;
using KerasPort.Random;
using KerasPort.Utils;
using static KerasPort.Tests.Refusals;

namespace KerasPort.Tests.Training;

/// <summary>Batches by index, compared with Keras' recordings (<c>fixtures/make/sequences.py</c>).</summary>
public sealed class SequenceTests : IDisposable
{
    private static readonly JsonElement s_recorded = JsonDocument.Parse(Fixtures.Text("sequences.json")).RootElement;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private static readonly NDArray s_x = new(Enumerable.Range(0, 60).Select(i => i % 7 / 7f).ToArray(), 10, 2, 3, 1);
    private static readonly NDArray s_y = new(Enumerable.Range(0, 10).Select(i => i % 4 / 4f).ToArray());

    public static TheoryData<string> Flows => [.. s_recorded.GetProperty("flows").EnumerateArray().Select(one => one.GetProperty("name").GetString()!)];

    public static TheoryData<string> Sequences => [.. s_recorded.GetProperty("sequences").EnumerateArray().Select(one => one.GetProperty("name").GetString()!)];

    private static Model Compiled(bool built = true)
    {
        var model = keras.Sequential(built ? [keras.Input((2, 3, 1)), keras.layers.Flatten(), keras.layers.Dense(1)]
            : [keras.layers.Flatten(), keras.layers.Dense(1)]);
        model.compile("sgd", "mse");
        return model;
    }

    private static ImageFlow Flow(int size, bool shuffle = true, long? seed = null) =>
        keras.preprocessing.image.ImageDataGenerator(horizontal_flip: true, channel_shift_range: 0.3).flow(s_x, s_y, size, shuffle, seed: seed);

    /// <summary>Keras' losses, and the next numbers of its generators: the order of batches is Python's, that of rows and all changes numpy's.</summary>
    [Theory]
    [MemberData(nameof(Flows))]
    public void A_flow_trains_as_in_Keras(string name)
    {
        var recorded = s_recorded.GetProperty("flows").EnumerateArray().Single(one => one.GetProperty("name").GetString() == name);
        keras.utils.set_random_seed(3);
        var model = Compiled(built: name != "not built");
        var flow = Flow(3, shuffle: name != "rows in order", seed: name == "seed" ? 5 : null);
        var history = model.fit(flow, epochs: 3, verbose: 0, validation_data: name is "validation" or "seed" ? Flow(4) : null,
            steps_per_epoch: name == "all steps" ? 4 : name == "more steps" ? 5 : null, shuffle: name != "in order");
        Same(recorded.GetProperty("history"), history);
        Assert.Equal(recorded.GetProperty("numpy").GetInt32(), (int)np.random.randint(1000));
        Assert.Equal(recorded.GetProperty("python").GetInt32(), Seeds.Choice(1000));
    }

    [Fact]
    public void A_flow_is_evaluated_and_predicted_as_in_Keras()
    {
        var recorded = s_recorded.GetProperty("tested");
        keras.utils.set_random_seed(3);
        var (model, flow) = (Compiled(), Flow(3));
        Assert.Equal(recorded.GetProperty("evaluate").GetDouble(), (double)model.evaluate(flow, verbose: 0), 1e-6);
        Assert.All(model.predict(flow, verbose: 0).ToFloats().Zip(recorded.GetProperty("predict").EnumerateArray()),
            pair => Assert.Equal(pair.Second.GetDouble(), pair.First, 1e-6));
        Assert.Equal(recorded.GetProperty("numpy").GetInt32(), (int)np.random.randint(1000));
    }

    /// <summary>The batches that are asked for, and the calls at epochs' ends.</summary>
    [Theory]
    [MemberData(nameof(Sequences))]
    public void A_sequence_is_asked_as_by_Keras(string name)
    {
        var recorded = s_recorded.GetProperty("sequences").EnumerateArray().Single(one => one.GetProperty("name").GetString() == name);
        keras.utils.set_random_seed(4);
        var (model, log) = (Compiled(), new List<string>());
        var history = model.fit(new Batches(log, 4), epochs: 3, verbose: 0, validation_data: name == "validation" ? new Batches(log, 2) : null,
            shuffle: name != "in order", class_weight: name == "class weights" ? new() { [0] = 2.0 } : null);
        Same(recorded.GetProperty("history"), history);
        Assert.Equal(recorded.GetProperty("log").EnumerateArray().Select(one => one.ToString()), log);
    }

    /// <summary>The number of threads changes no results.</summary>
    [Fact]
    public void Workers_give_the_same()
    {
        string Trained(int workers)
        {
            keras.utils.set_random_seed(4);
            var model = Compiled();
            model.fit(new Batches([], 4, workers), epochs: 3, verbose: 0);
            return string.Join(' ', model.get_weights()[0].ToFloats());
        }
        Assert.Equal(Trained(1), Trained(3));
    }

    [Fact]
    public void What_a_sequence_cannot_be_is_refused()
    {
        Assert.Equal("The PyDataset has length 0: it gives no batch.", Refused(() => Compiled().fit(new Batches([], 0), verbose: 0)));
        Assert.StartsWith("When providing `x` as a PyDataset, `y` should not be passed.", Refused(() => Compiled().fit(new Batches([], 4), s_y)));
        Assert.StartsWith("`use_multiprocessing=True`", Refused(() => new Batches([], 4, 1, processes: true)));
        Assert.Equal("Asked to retrieve element 4, but the Sequence has length 4", Refused(() => Flow(3)[4]));
        Assert.Contains("a PyDataset can't say what it remembers",
            Refused(() => Compiled().fit(new Batches([], 4), verbose: 0, callbacks: [keras.callbacks.BackupAndRestore(_folder["b"])])));
        // An exception in a thread is thrown where its batch is due.
        Assert.Equal("three", Assert.Throws<InvalidOperationException>(() => Compiled().fit(new Batches([], 4, 2) { Breaks = 3 }, verbose: 0)).Message);
    }

    /// <summary>A training on a seeded flow that is killed within an epoch and started again ends as if it had run through.</summary>
    [Theory]
    [InlineData(null, 6)]
    [InlineData(null, 8)]
    [InlineData(3, 4)]
    [InlineData(3, 7)]
    public void A_training_on_a_flow_goes_on(int? steps, int dies)
    {
        string? Run(string folder, int? at)
        {
            keras.utils.set_random_seed(2);
            var model = Compiled();
            int batches = 0;
            try
            {
                var history = model.fit(Flow(3, seed: 4), epochs: 4, steps_per_epoch: steps, validation_data: Flow(4, seed: 9), verbose: 0, callbacks:
                [
                    keras.callbacks.BackupAndRestore(folder, 1, delete_checkpoint: false),
                    keras.callbacks.LambdaCallback(on_train_batch_end: (_, _) =>
                    {
                        if (++batches == at) throw new OperationCanceledException();
                    }),
                ]);
                return string.Join(' ', model.get_weights()[0].ToFloats())
                    + string.Join(' ', history.history.Select(h => $"{h.Key}: {string.Join(' ', h.Value)}"));
            }
            catch (OperationCanceledException)
            {
                return null;
            }
        }
        string? through = Run(_folder["a"], null);
        Assert.Null(Run(_folder["b"], dies));
        Assert.Equal(through, Run(_folder["b"], null));
    }

    private static void Same(JsonElement recorded, KerasPort.Callbacks.History history)
    {
        foreach (var (key, values) in history.history)
            Assert.All(values.Zip(recorded.GetProperty(key).EnumerateArray()), pair => Assert.Equal(pair.Second.GetDouble(), pair.First, 1e-6));
    }

    private sealed class Batches(List<string> log, int length, int workers = 1, bool processes = false) : PyDataset(workers, processes)
    {
        public int? Breaks { get; init; }

        public override int Length => length;

        public override Data this[int idx]
        {
            get
            {
                if (idx == Breaks) throw new InvalidOperationException("three");
                lock (log) log.Add($"{idx}");
                return (s_x[(2 * idx)..(2 * idx + 2)], s_y[(2 * idx)..(2 * idx + 2)]);
            }
        }

        public override void on_epoch_begin() => log.Add("begin");

        public override void on_epoch_end() => log.Add("end");
    }
}
