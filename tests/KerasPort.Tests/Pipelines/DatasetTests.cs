using System.Text.Json;
using CsCheck;
using KerasPort.Models;
using static KerasPort.Tests.Refusals;

namespace KerasPort.Tests.Pipelines;

public class DatasetTests
{
    private static readonly JsonElement s_recorded = JsonDocument.Parse(Fixtures.Text("datasets.json")).RootElement;

    private static readonly Dictionary<string, Func<Dataset>> s_pipelines = new()
    {
        ["range(2, 20, 5)"] = () => tf.data.Dataset.range(2, 20, 5),
        ["range(10, 0, -3)"] = () => tf.data.Dataset.range(10, 0, -3),
        ["range(7).batch(3)"] = () => Range(7).batch(3),
        ["range(7).batch(3, drop_remainder)"] = () => Range(7).batch(3, drop_remainder: true),
        ["range(7).batch(3).unbatch"] = () => Range(7).batch(3).unbatch(),
        ["range(6).shuffle(3, seed=1).batch(4)"] = () => Range(6).shuffle(3, seed: 1).batch(4),
        ["range(6).shuffle(10, seed=2).repeat(2)"] = () => Range(6).shuffle(10, seed: 2).repeat(2),
        ["range(6).shuffle(4, seed=2, fixed).repeat(2)"] = () => Range(6).shuffle(4, seed: 2, reshuffle_each_iteration: false).repeat(2),
        ["range(6).repeat(2).shuffle(5)"] = () => Range(6).repeat(2).shuffle(5),
        ["range(6).shuffle(2).shuffle(3)"] = () => Range(6).shuffle(2).shuffle(3),
        ["range(6).shuffle(6).cache"] = () => Range(6).shuffle(6).cache(),
        ["range(6).cache.shuffle(6)"] = () => Range(6).cache().shuffle(6),
        ["range(6).take(4).skip(1)"] = () => Range(6).take(4).skip(1),
        ["range(6).take(-1)"] = () => Range(6).take(-1),
        ["range(6).skip(-1)"] = () => Range(6).skip(-1),
        ["range(6).take(9)"] = () => Range(6).take(9),
        ["range(6).shard(4, 1)"] = () => Range(6).shard(4, 1),
        ["zip(range(3), range(5, 10))"] = () => tf.data.Dataset.zip((Range(3), tf.data.Dataset.range(5, 10))),
        ["range(3).concatenate(range(7, 9))"] = () => Range(3).concatenate(tf.data.Dataset.range(7, 9)),
        ["range(3, 6).enumerate(2)"] = () => tf.data.Dataset.range(3, 6).enumerate(2),
        ["range(9).filter(odd)"] = () => Range(9).filter(x => x.numpy().item() % 2 == 1),
        ["range(9).window(4, 2, 2, drop)"] = () => Range(9).window(4, shift: 2, stride: 2, drop_remainder: true).flat_map(window => window.batch(4)),
        ["range(9).window(4, 3)"] = () => Range(9).window(4, shift: 3).flat_map(window => window.batch(4)),
        ["range(4).window(2, 3)"] = () => Range(4).window(2, shift: 3).flat_map(window => window.batch(4)),
        ["range(4).repeat(0)"] = () => Range(4).repeat(0),
        ["interleave(2, 4)"] = () => tf.data.Dataset.range(1, 6).interleave(x => tf.data.Dataset.from_tensors(x).repeat(6), cycle_length: 2, block_length: 4),
        ["interleave(3, 1), parallel"] = () => Range(7).interleave(x => Range((long)x.numpy()), cycle_length: 3, block_length: 1, num_parallel_calls: 2),
        ["flat_map"] = () => Range(5).flat_map(x => Range((long)x.numpy())),
        ["range(7).batch(3).rebatch(2)"] = () => Range(7).batch(3).rebatch(2),
        ["range(7).batch(4).rebatch(3, drop)"] = () => Range(7).batch(4).rebatch(3, drop_remainder: true),
        ["padded_batch(3)"] = () => Range(7).map(x => np.full((int)x.numpy(), x.numpy())).padded_batch(3),
        ["padded_batch(4, shapes, -1)"] = () => Range(7).map(x => np.full((int)x.numpy(), x.numpy())).padded_batch(4, padded_shapes: [[8]], padding_values: -1),
        ["padded_batch((None, ()), drop)"] = () =>
            Range(5).map(x => (np.full((int)x.numpy(), x.numpy()), x)).padded_batch(2, [[null], []], drop_remainder: true),
        ["scan"] = () => Range(6).scan(0, (state, x) => (state + x, state * 2)),
        ["take_while"] = () => Range(9).take_while(x => x.numpy().item() < 4),
        ["unique"] = () => Range(9).map(x => x.numpy() % 4).unique(),
        ["choose"] = () => tf.data.Dataset.choose_from_datasets([Range(3), tf.data.Dataset.range(10, 13)], Range(2).repeat(4)),
        ["choose, passing over"] = () => tf.data.Dataset.choose_from_datasets(
            [Range(2), tf.data.Dataset.range(10, 14)], Range(2).repeat(4), stop_on_empty_dataset: false),
        ["range(9).batch(2, parallel)"] = () => Range(9).batch(2, num_parallel_calls: tf.data.AUTOTUNE, deterministic: true),
        ["random(4).take(5)"] = () => tf.data.Dataset.random(seed: 4).take(5),
        ["random(4, anew).take(5)"] = () => tf.data.Dataset.random(seed: 4, rerandomize_each_iteration: true).take(5),
        ["sample"] = () => tf.data.Dataset.sample_from_datasets([Range(8), tf.data.Dataset.range(10, 18)], seed: 3),
        ["sample by weights"] = () => tf.data.Dataset.sample_from_datasets([Range(9), tf.data.Dataset.range(10, 19), tf.data.Dataset.range(20, 29)],
            weights: [0.5, 0.3, 0.2], stop_on_empty_dataset: true),
        ["sample anew"] = () => tf.data.Dataset.sample_from_datasets([Range(9), tf.data.Dataset.range(10, 19)], weights: [0.0001, 0.9],
            seed: 5, rerandomize_each_iteration: true),
        ["sample of one"] = () => tf.data.Dataset.sample_from_datasets([Range(3), tf.data.Dataset.range(10, 19)], weights: [1.0, 0.0]),
        ["sample endlessly"] = () => tf.data.Dataset.sample_from_datasets([Range(2).repeat(), tf.data.Dataset.range(10, 12).repeat()],
            [0.5, 0.5], seed: 1).take(9),
        ["group_by_window"] = () => Range(11).group_by_window(x => x.numpy() % 3, (key, group) => group.batch(2), window_size: 2),
        ["group_by_window by size"] = () => Range(11).group_by_window(x => x.numpy() % 2, (key, group) => group.batch(9),
            window_size_func: key => key.numpy() + 2),
        ["bucket"] = () => tf.data.Dataset.range(1, 9).map(x => np.full((int)x % 5 + 1, x.numpy()))
            .bucket_by_sequence_length(x => x.shape[0]!.Value, [3, 5], [2, 2, 1]),
        ["bucket to boundary"] = () => tf.data.Dataset.range(1, 9).map(x => np.full((int)x % 3 + 1, x.numpy()))
            .bucket_by_sequence_length(x => x.shape[0]!.Value, [3, 5], [2, 2, 1], pad_to_bucket_boundary: true, padded_shapes: [[null]]),
        ["window.skip.take"] = () => Range(9).window(3, shift: 2).skip(1).take(2).flat_map(w => w.batch(3)),
        ["windows of pairs"] = () => tf.data.Dataset.zip((Range(5), tf.data.Dataset.range(10, 15))).window(2, drop_remainder: true)
            .flat_map((a, b) => tf.data.Dataset.zip((a.batch(2), b.batch(2)))),
        ["windows' sums"] = () => Range(7).window(3).map(w => w.reduce(0, (s, x) => s + x)),
        ["assert_cardinality"] = () => Range(9).filter(x => x.numpy().item() % 2 == 1).apply(tf.data.experimental.assert_cardinality(4)),
        ["counter"] = () => tf.data.Dataset.counter(5, 3).take(4),
        ["ignore_errors"] = () => Range(6).map(Fourths).ignore_errors(),
        ["ignore_errors, parallel"] = () => Range(6).map(Fourths, num_parallel_calls: 2).ignore_errors(),
        ["resample"] = () => Range(40).rejection_resample(x => tf.cast(tf.equal(x % 4, 0), tf.int32), [0.5, 0.5], [0.75, 0.25], seed: 3),
        ["resample, one class"] = () => Range(20).rejection_resample(x => tf.cast(tf.equal(x % 4, 0), tf.int32), [0.0, 1.0], [0.75, 0.25], seed: 3),
        ["resample, as it is"] = () => Range(4).rejection_resample(x => tf.cast(tf.equal(x % 2, 0), tf.int32), [0.5, 0.5], [0.5, 0.5], seed: 3),
        ["resample, counted"] = () => Range(80).rejection_resample(x => tf.cast(tf.equal(x % 8, 0), tf.int32), [0.5, 0.5], seed: 9),
        ["resample pairs"] = () => tf.data.Dataset.zip((Range(30), tf.data.Dataset.range(10, 40)))
            .rejection_resample((x, y) => tf.cast(x % 3, tf.int32), [0.2, 0.2, 0.6], [0.34, 0.33, 0.33], seed: 1),
        ["range(4).map(squares).prefetch"] = () => Range(4).map(x => (x, x * x), num_parallel_calls: tf.data.AUTOTUNE).prefetch(2),
    };

    public static TheoryData<string> Pipelines => [.. s_recorded.GetProperty("pipelines").EnumerateArray().Select(one => one.GetProperty("name").GetString()!)];

    public static TheoryData<string> Fits => [.. s_recorded.GetProperty("fits").EnumerateArray().Select(one => one.GetProperty("name").GetString()!)];

    private static Tensor Fourths(Tensor x) => (x % 3).numpy().item() == 0 ? throw new ValueError("no number") : tf.cast(4 / (x % 3), tf.int64);

    private static Dataset Range(long stop) => tf.data.Dataset.range(stop);

    /// <summary>TensorFlow's elements in three passes, and its cardinality.</summary>
    [Theory]
    [MemberData(nameof(Pipelines))]
    public void A_pipeline_gives_what_TensorFlow_gives(string name)
    {
        var recorded = Recorded("pipelines", name);
        keras.utils.set_random_seed(4);
        var dataset = s_pipelines[name]();
        Assert.Equal(recorded.GetProperty("cardinality").GetInt64(), dataset.cardinality());
        foreach (var pass in recorded.GetProperty("passes").EnumerateArray())
            Assert.Equal(JsonSerializer.Serialize(pass), $"[{string.Join(",", dataset.Select(Json))}]");
    }

    private static readonly Dictionary<string, Func<Dataset>> s_specs = new()
    {
        ["slices"] = () => Slices(),
        ["batch"] = () => Slices().shuffle(3).batch(2).prefetch(1),
        ["batch, drop"] = () => Slices().repeat(2).batch(2, drop_remainder: true).take(1).skip(0).cache(),
        ["unbatch"] = () => Slices().batch(2).unbatch(),
        ["zip"] = () => tf.data.Dataset.zip((Range(3), Slices())),
        ["enumerate"] = () => Slices().enumerate(),
        ["map"] = () => Slices().batch(2).map((x, y) => (x / 2.0, keras.ops.sum(x, axis: 1))),
        ["concatenate"] = () => tf.data.Dataset.from_tensors(np.zeros((2, 3), "float32"))
            .concatenate(tf.data.Dataset.from_tensors(np.zeros((2, 4), "float32"))),
        ["padded"] = () => Slices().padded_batch(2),
        ["padded to"] = () => Slices().padded_batch(2, [[5, null], []]),
        ["signature"] = () => tf.data.Dataset.from_generator(() => (int[])[1], output_signature: tf.TensorSpec([null, 3], tf.uint8)),
        ["dictionary"] = () => tf.data.Dataset.from_tensor_slices((new Data { ["a"] = np.zeros((4, 2), "float32") }, np.zeros(4, "uint8"))).batch(2),
        ["interleave"] = () => Range(3).interleave(x => Slices(), cycle_length: 2),
    };

    public static TheoryData<string> Specs => [.. s_recorded.GetProperty("specs").EnumerateArray().Select(one => one.GetProperty("name").GetString()!)];

    private static Dataset Slices() => tf.data.Dataset.from_tensor_slices((np.zeros((4, 2, 3), "float32"), np.zeros(4, "int64")));

    [Theory]
    [MemberData(nameof(Specs))]
    public void The_element_spec_is_TensorFlows(string name) =>
        Assert.Equal(Recorded("specs", name).GetProperty("spec").GetString(), s_specs[name]().element_spec.ToString());

    [Fact]
    public void A_generator_keeps_to_its_signature()
    {
        IEnumerable<(NDArray, int)> Rows(int columns)
        {
            yield return (np.ones(columns), 7);
        }
        var signature = (tf.TensorSpec(2), tf.TensorSpec((Shape)[], tf.int32));
        var (x, y) = tf.data.Dataset.from_generator(() => Rows(2), output_signature: signature).get_single_element();
        Assert.Equal(("float32", "int32", 7), (x.dtype.name, y.dtype.name, y.numpy().item()));
        Assert.Equal("`generator` yielded an element of shape (3,) where an element of shape (2,) was expected.",
            Refused(() => tf.data.Dataset.from_generator(() => Rows(3), output_signature: signature).First()));
        Assert.Contains("did not match the expected structure",
            Refused(() => tf.data.Dataset.from_generator(() => Rows(2), output_signature: tf.TensorSpec(2)).First()));
        Assert.Contains("`output_signature`", Refused(() => tf.data.Dataset.from_generator(() => Rows(2)).element_spec));
        var (first, second) = tf.data.Dataset.from_generator(() => Rows(2), output_signature: signature).batch(3).element_spec;
        Assert.Equal(("(None, 2)", "int32"), (first.shape.ToString(), second.dtype.name));
    }

    /// <summary>
    /// Two passes over <c>range(6)</c>. After the last repetition TensorFlow has already opened the next one, except where it merges a shuffle and
    /// the repeat after it: the next pass begins with other seeds.
    /// <code>
    /// >>> tf.random.set_seed(1); d = tf.data.Dataset.range(6).shuffle(6, seed=5).batch(4).repeat(2); [list(d), list(d)]
    /// </code>
    /// </summary>
    [Theory]
    [InlineData("shuffle, repeat(2)", "3 1 0 5 2 4 4 1 3 2 0 5", "2 0 4 5 1 3 1 4 0 2 3 5")]
    [InlineData("shuffle, repeat(1)", "3 1 0 5 2 4", "4 1 3 2 0 5")]
    [InlineData("shuffle, batch, repeat(2)", "3 1 0 5 2 4 4 1 3 2 0 5", "1 4 0 2 3 5 4 5 0 1 2 3")]
    [InlineData("shuffle, take, repeat(2)", "3 1 0 5 4 1 3 2", "1 4 0 2 4 5 0 1")]
    [InlineData("shuffle, prefetch, repeat(2)", "3 1 0 5 2 4 4 1 3 2 0 5", "1 4 0 2 3 5 4 5 0 1 2 3")]
    [InlineData("shuffle, shuffle, batch, repeat(2)", "0 3 1 5 2 4 4 1 5 3 2 0", "1 5 2 0 3 4 4 5 2 0 1 3")]
    [InlineData("shuffle, batch, repeat, take", "3 1 0 5 2 4 4 1 3 2", "2 0 4 5 1 3 1 4 0 2")]
    [InlineData("shuffle, repeat(2) twice", "3 1 0 5 2 4 4 1 3 2 0 5 2 0 4 5 1 3 1 4 0 2 3 5", "3 1 2 0 5 4 0 2 4 3 5 1 1 5 4 3 2 0 3 5 0 4 1 2")]
    public void A_repeat_opens_as_many_passes_as_TensorFlows(string name, string first, string second)
    {
        tf.random.set_seed(1);
        var shuffled = Range(6).shuffle(6, seed: 5);
        var dataset = name switch
        {
            "shuffle, repeat(2)" => shuffled.repeat(2),
            "shuffle, repeat(1)" => shuffled.repeat(1),
            "shuffle, batch, repeat(2)" => shuffled.batch(4).repeat(2),
            "shuffle, take, repeat(2)" => shuffled.take(4).repeat(2),
            "shuffle, prefetch, repeat(2)" => shuffled.prefetch(2).repeat(2),
            "shuffle, shuffle, batch, repeat(2)" => Range(6).shuffle(3, seed: 4).shuffle(6, seed: 5).batch(4).repeat(2),
            "shuffle, batch, repeat, take" => shuffled.batch(4).repeat().take(3),
            _ => shuffled.repeat(2).repeat(2),
        };
        string Pass() => string.Join(' ', dataset.SelectMany(x => x.numpy().reshape(-1).Select(n => n.ToString())));
        Assert.Equal((first, second), (Pass(), Pass()));
    }

    /// <summary>TensorFlow's <c>cardinality()</c> where it follows from the shapes, or from an unknown one.</summary>
    [Fact]
    public void Data_sets_are_counted_as_in_TensorFlow()
    {
        Assert.Equal(6, Range(7).batch(3, drop_remainder: true).unbatch().cardinality());
        Assert.Equal(-2, Range(7).batch(3).unbatch().cardinality());
        Assert.Equal(8, tf.data.Dataset.from_tensor_slices((np.zeros((4, 2)), np.zeros((4, 2)))).unbatch().cardinality());
        Assert.Equal(-2, Range(7).batch(4, drop_remainder: true).rebatch(2).cardinality());
        Assert.Equal(-2, Range(7).filter(x => x > 1).skip(-1).cardinality());
        Assert.Equal(0, Range(7).skip(-1).cardinality());
    }

    /// <summary>
    /// The rows of each batch of five successive trainings. When a training with steps ends exactly where a pass ends, Keras, which is a batch ahead,
    /// has begun another pass, and the next training begins with the one after that.
    /// </summary>
    [Theory]
    [InlineData("shuffle, repeat, batch",
        "24 15 03 12 34 05 15 23|13 04 25 14 03 25|35 14 02 25 01 34|14 03 25 02|34 05 12")]
    [InlineData("shuffle, batch, repeat",
        "24 15 03 12 34 05 15 23|13 04 25 14 03 25|35 14 02 25 01 34|14 03 25 02|34 05 12")]
    public void A_later_training_begins_with_the_pass_that_Keras_does(string name, string expected)
    {
        keras.utils.set_random_seed(1);
        var x = np.arange(6, dtype: "float32").reshape(-1, 1);
        var shuffled = tf.data.Dataset.from_tensor_slices((x, np.power(2.0f, x))).shuffle(6);
        var dataset = name == "shuffle, repeat, batch" ? shuffled.repeat().batch(2) : shuffled.batch(2).repeat();
        Assert.Equal(expected, RowsOf(dataset, (2, 4), (3, 2), (2, 3), (4, 1), (3, 1)));
    }

    /// <summary>The same for a finite data set, once with steps and once without.</summary>
    [Fact]
    public void A_later_training_begins_with_the_pass_that_Keras_does_behind_an_end()
    {
        keras.utils.set_random_seed(1);
        Tensor Column(Tensor n) => tf.cast(tf.expand_dims(n, -1), "float32");
        var dataset = Range(6).shuffle(6).batch(2).repeat(2).map(n => (Column(n), tf.pow(2.0, Column(n))));
        Assert.Equal("24 15 03 12 34 05 14 03 25 01 25 34|05 24 13 14 03 25|13 25 04 15 23 04|35 24 01 03 24 15",
            RowsOf(dataset, (null, 2), (null, 1), (2, 3), (null, 1)));
    }

    private static string RowsOf(Dataset dataset, params (int? Steps, int Epochs)[] trainings) => string.Join('|', trainings.Select(training =>
        {
            var model = keras.Sequential([keras.Input(1), keras.layers.Dense(1, use_bias: false, kernel_initializer: "zeros")]);
            model.compile(keras.optimizers.SGD(0.0), "mse");
            var rows = new RowsOfBatches();
            model.fit(dataset, steps_per_epoch: training.Steps, epochs: training.Epochs, verbose: 0, callbacks: [rows]);
            return string.Join(' ', rows.Seen);
        }));

    /// <summary>The rows of each batch of two, decoded from the loss: the target of row n is 2^n and the output 0.</summary>
    private sealed class RowsOfBatches : KerasPort.Callbacks.Callback
    {
        private double _sum;

        public List<string> Seen { get; } = [];

        public override void on_train_batch_end(int batch, Logs logs)
        {
            if (batch == 0) _sum = 0;
            double sum = logs["loss"] * (batch + 1);
            int squares = (int)Math.Round((sum - _sum) * 2);
            Seen.Add(string.Concat(Enumerable.Range(0, 6).Where(n => (squares >> (2 * n) & 1) > 0)));
            _sum = sum;
        }
    }

    [Fact]
    public void A_data_set_is_printed_as_itself()
    {
        const string Spec = "TensorSpec(shape=(), dtype=tf.int64, name=None)";
        Assert.Equal($"<_RangeDataset element_spec={Spec}> <CacheDataset element_spec={Spec}>\n",
            Printed.By(() => print(Range(3), Range(3).cache())));
        Assert.StartsWith("<_BatchDataset element_spec=TensorSpec(shape=(None,), dtype=tf.int64", f($"{Range(3).batch(2)}"));
    }

    [Fact]
    public void All_elements_become_one_value()
    {
        Assert.Equal(45, Range(10).reduce(0, (state, x) => state + x).numpy().item());
        Assert.Equal(10, Range(10).reduce(0, (state, _) => state + 1).numpy().item());
        Assert.Equal("Dataset had more than one element.", Refused(() => Range(2).get_single_element()));
        Assert.Equal("Dataset was empty.", Refused(() => Range(0).get_single_element()));
        Assert.StartsWith("Attempted to pad to a smaller size", Refused(() => Range(4).map(x => np.zeros((int)x.numpy())).padded_batch(4, [[2]]).First()));
    }

    /// <summary>The recorded histories of TensorFlow: shuffled batches, steps that end within a pass, validation that is shuffled too.</summary>
    [Theory]
    [MemberData(nameof(Fits))]
    public void A_training_goes_as_Keras(string name)
    {
        var recorded = Recorded("fits", name);
        keras.utils.set_random_seed(5);
        var model = keras.Sequential([keras.Input(3), keras.layers.Dense(4, activation: "relu"), keras.layers.Dense(3)]);
        model.compile("sgd", keras.losses.SparseCategoricalCrossentropy(from_logits: true), metrics: ["accuracy"]);
        var (x, y) = Rows();
        var slices = tf.data.Dataset.from_tensor_slices((x, y));
        var dataset = name switch
        {
            "shuffle(16).batch(8)" => slices.shuffle(16).batch(8),
            "shuffle(40, seed=3).batch(16)" => slices.shuffle(40, seed: 3).batch(16),
            "shuffle(8).repeat.batch(8), 3 steps" => slices.shuffle(8).repeat().batch(8),
            _ => slices.shuffle(8).batch(8),
        };
        int? steps = name.Contains("steps") ? name[^7] - '0' : null;
        var validation = tf.data.Dataset.from_tensor_slices((x, y)).shuffle(10).batch(16);
        var history = model.fit(dataset, epochs: 3, verbose: 0, validation_data: validation, steps_per_epoch: steps);
        foreach (var (key, values) in history.history)
            Assert.All(values.Zip(recorded.GetProperty("history").GetProperty(key).EnumerateArray()),
                pair => Assert.Equal(pair.Second.GetDouble(), pair.First, 2e-6));
        var evaluated = model.evaluate(validation, verbose: 0);
        Assert.Equal(recorded.GetProperty("evaluate")[0].GetDouble(), evaluated["loss"], 2e-6);
        var predicted = model.predict(validation.map((a, b) => a), verbose: 0);
        Assert.Equal(40, predicted.Length);
        Assert.All(predicted[..2].ToFloats().Zip(recorded.GetProperty("predict").EnumerateArray().SelectMany(row => row.EnumerateArray())),
            pair => Assert.Equal(pair.Second.GetDouble(), pair.First, 2e-6));
    }

    /// <summary>Saved data sets are read back: numbers, strings, names, batches of fewer rows at the end; and a cache in a file once it is complete.</summary>
    [Fact]
    public void Elements_go_to_files_and_back()
    {
        using var folder = new TemporaryFolder();
        Strings names = ["é", "", "two words"];
        Dataset[] all = [Range(5).batch(2), tf.data.Dataset.from_tensor_slices(new Dictionary<string, Tensor> { ["n"] = np.arange(3) / 2.0, ["name"] = names }),
            tf.data.Dataset.from_tensor_slices((names, new int[] { 1, 2, 3 })).batch(2).enumerate(), Range(0), Slices()];
        foreach (var (i, dataset) in all.Index())
        {
            dataset.save(folder[$"{i}"]);
            var again = tf.data.Dataset.load(folder[$"{i}"]);
            Assert.Equal(dataset.Select(element => element.ToString()), again.Select(element => element.ToString()));
            Assert.Equal(dataset.Count(), again.cardinality());
            if (i != 3) Assert.Equal(dataset.element_spec.ToString(), again.element_spec.ToString());
        }
        int made = 0;
        Dataset Counted() => Range(4).map(x =>
        {
            made++;
            return x * 2;
        }).cache(folder["cache/numbers"]);
        var cached = Counted();
        Assert.Equal(2, cached.take(2).Count());
        Assert.Empty(Directory.GetFiles(folder["cache"]));
        Assert.Equal(4, cached.Count());
        int before = made;
        Assert.Equal(Text(cached), Text(Counted()));
        Assert.Equal(before, made);
        string file = folder["0/elements.data"];
        byte[] bytes = File.ReadAllBytes(file);
        Gen.Select(Gen.Int[0, bytes.Length - 1], Gen.Byte, Gen.Bool).Sample((at, value, cuts) =>
        {
            byte[] other = cuts ? bytes[..at] : [.. bytes];
            if (!cuts) other[at] = value;
            File.WriteAllBytes(file, other);
            // Damage gives one error, or, within numbers, other numbers.
            try
            {
                Assert.InRange(tf.data.Dataset.load(folder["0"]).Count(), 0, 5);
            }
            catch (DatasetException e)
            {
                Assert.DoesNotContain('\n', e.Message);
            }
        }, iter: 200, threads: 1);
        Assert.StartsWith("There is no data set in", Assert.Throws<DatasetException>(() => tf.data.Dataset.load(folder["none"])).Message);
    }

    [Fact]
    public void What_groups_and_samples_cannot_be_is_refused()
    {
        Assert.StartsWith("Either the `window_size` argument", Refused(() => Range(3).group_by_window(x => x, (key, group) => group)));
        Assert.Equal("Window size must be greater than zero, but got 0.",
            Refused(() => Range(3).group_by_window(x => x, (key, group) => group, window_size: 0).First()));
        Assert.StartsWith("`len(bucket_batch_sizes)` must equal", Refused(() => Range(3).bucket_by_sequence_length(x => x, [2], [2])));
        Assert.Contains("elements must have length < max", Refused(() => Range(9).map(x => np.zeros(7))
            .bucket_by_sequence_length(x => 7, [3], [2, 2], pad_to_bucket_boundary: true).First()));
        Assert.StartsWith("Invalid `datasets`", Refused(() => tf.data.Dataset.sample_from_datasets([])));
        Assert.StartsWith("Invalid `weights`", Refused(() => tf.data.Dataset.sample_from_datasets([Range(1)], [0.5, 0.5])));
        Assert.Contains("contained only 3 elements", Refused(() => Range(3).apply(tf.data.experimental.assert_cardinality(4)).Count()));
        Assert.Contains("contained at least 3 elements", Refused(() => Range(3).apply(tf.data.experimental.assert_cardinality(2)).Count()));
        var range = Range(3);
        Assert.Same(range, range.with_options(tf.data.Options()));
    }

    [Fact]
    public void Functions_and_batches_change_places() => Gen.Select(Gen.Int[0, 40], Gen.Int[1, 9], Gen.Bool).Sample((count, size, drops) =>
        Assert.Equal(Text(Range(count).map(x => x * 2 + 1).batch(size, drops)), Text(Range(count).batch(size, drops).map(x => x * 2 + 1))), iter: 40);

    [Fact]
    public void What_is_taken_and_what_is_skipped_are_all() => Gen.Select(Gen.Int[0, 30], Gen.Int[0, 40]).Sample((count, at) =>
        Assert.Equal(Text(Range(count)), Text(Range(count).take(at).concatenate(Range(count).skip(at)))), iter: 40);

    [Fact]
    public void Unbatching_undoes_batches() => Gen.Select(Gen.Int[0, 30], Gen.Int[1, 9]).Sample((count, size) =>
        Assert.Equal(Text(Range(count)), Text(Range(count).batch(size).unbatch())), iter: 40);

    /// <summary>No element is lost or comes twice, and none earlier than the shuffle buffer allows.</summary>
    [Fact]
    public void A_shuffle_changes_places_only_and_within_its_buffer() =>
        Gen.Select(Gen.Int[0, 60], Gen.Int[1, 70], Gen.Long[0, 1000]).Sample((count, size, seed) =>
    {
        var order = Range(count).shuffle(size, seed: seed).Select(x => (int)x.numpy()).ToArray();
        Assert.Equal(Enumerable.Range(0, count), order.Order());
        Assert.All(order.Index(), at => Assert.InRange(at.Item, 0, at.Index + size - 1));
    }, iter: 60);

    /// <summary>The number of threads changes no order, and a data set that draws numbers draws the same.</summary>
    [Fact]
    public void Threads_change_nothing() => Gen.Select(Gen.Int[0, 60], Gen.Int[1, 8], Gen.Int[1, 6]).Sample((count, parallel, ahead) =>
    {
        static Tensor Slow(Tensor x)
        {
            Thread.SpinWait((int)(x.numpy().item() * 7919 % 3000));
            return x * 3;
        }
        string plain = Text(Range(count).map(Slow).batch(4));
        Assert.Equal(plain, Text(Range(count).map(Slow, num_parallel_calls: parallel).prefetch(ahead).batch(4).prefetch(ahead)));
    }, iter: 30);

    [Fact]
    public void A_layer_that_draws_in_a_map_draws_in_order()
    {
        string[] Drawn(long? parallel)
        {
            var flip = keras.layers.RandomFlip(seed: 3);
            var images = tf.data.Dataset.from_tensor_slices(new NDArray(Enumerable.Range(0, 20 * 12).Select(i => (float)i).ToArray(), 20, 2, 3, 2));
            var flipped = images.map(x => flip.Apply(x, training: true), num_parallel_calls: parallel).prefetch(2);
            return [Text(flipped), Text(flipped)];
        }
        var expected = Drawn(null);
        Assert.NotEqual(expected[0], expected[1]);
        for (int i = 0; i < 3; i++) Assert.Equal(expected, Drawn(4));
    }

    /// <summary>Only a few more elements are made than are taken: the rest of an endless source isn't.</summary>
    [Fact]
    public void Nothing_is_made_that_nobody_is_near_to()
    {
        int made = 0;
        IEnumerable<int> Endless()
        {
            while (true) yield return Interlocked.Increment(ref made);
        }
        var dataset = tf.data.Dataset.from_generator(Endless).map(x => x, num_parallel_calls: 2).batch(2).prefetch(2);
        int taken = 0;
        foreach (var batch in dataset.take(5)) Assert.Equal(2 * taken++ + 1, batch.numpy()[0].item());
        Assert.Equal(5, taken);
        // Five batches, two ahead and one in use; 16 under way in map, and the one with which the function was traced.
        Assert.InRange(made, 10, (5 + 3) * 2 + 16 + 2);
    }

    /// <summary>More small elements are made ahead than large ones, and a limited number of either.</summary>
    [Theory]
    [InlineData(1, 24)]
    [InlineData(1 << 20, 4)]
    public void What_is_asked_for_ahead_is_bounded_by_its_size(int size, int most)
    {
        int made = 0;
        IEnumerable<NDArray> Endless()
        {
            var element = new NDArray(new float[size]);
            for (; ; Interlocked.Increment(ref made)) yield return element;
        }
        foreach (var _ in tf.data.Dataset.from_generator(Endless).prefetch(tf.data.AUTOTUNE).take(7)) Assert.InRange(made, 0, 7 + most + 1);
    }

    /// <summary>A pass that is abandoned waits for the calls under way, so that their resources still exist.</summary>
    [Fact]
    public void Calls_under_way_end_before_the_pass_does() => Gen.Select(Gen.Int[0, 12], Gen.Int[2, 5]).Sample((taken, parallel) =>
    {
        bool isOpen = true;
        int after = 0;
        IEnumerable<int> Numbers()
        {
            try
            {
                for (int i = 0; ; i++) yield return i;
            }
            finally
            {
                isOpen = false;
            }
        }
        var dataset = tf.data.Dataset.from_generator(Numbers).map(x =>
        {
            Thread.SpinWait(2000);
            if (!Volatile.Read(ref isOpen)) Interlocked.Increment(ref after);
            return x;
        }, num_parallel_calls: parallel);
        Assert.Equal(Enumerable.Range(0, taken), dataset.take(taken).Select(x => (int)x.numpy()));
        Assert.Equal(0, after);
    }, iter: 20);

    [Fact]
    public void What_goes_wrong_in_the_source_is_thrown_where_its_element_is_due()
    {
        IEnumerable<int> Breaks()
        {
            for (int i = 0; i < 5; i++) yield return i;
            throw new InvalidOperationException("five");
        }
        var seen = new List<int>();
        Assert.Equal("five", Assert.Throws<InvalidOperationException>(() =>
        {
            foreach (var x in tf.data.Dataset.from_generator(Breaks).map(x => x, num_parallel_calls: 3)) seen.Add((int)x.numpy());
        }).Message);
        Assert.Equal([0, 1, 2, 3, 4], seen);
    }

    [Fact]
    public void What_goes_wrong_in_a_thread_is_thrown_where_its_element_is_due()
    {
        var dataset = Range(10).map(x => x.numpy().item() == 6 ? throw new InvalidOperationException("six") : x, num_parallel_calls: 4).prefetch(2);
        var seen = new List<int>();
        Assert.Equal("six", Assert.Throws<InvalidOperationException>(() =>
        {
            foreach (var x in dataset) seen.Add((int)x.numpy());
        }).Message);
        Assert.Equal([0, 1, 2, 3, 4, 5], seen);
    }

    [Fact]
    public void Elements_are_taken_apart_by_place_and_by_name()
    {
        NDArray x = new(new float[] { 1, 2, 3, 4 }, 2, 2), y = new int[] { 5, 6 };
        foreach (var (i, (a, b)) in tf.data.Dataset.from_tensor_slices((x, y)).enumerate())
        {
            Assert.Equal(x[(int)i.numpy()].ToFloats(), a.numpy().ToFloats());
            Assert.Equal("int32", b.numpy().dtype.name);
        }
        foreach (var (features, label) in tf.data.Dataset.from_tensor_slices((new Data { ["left"] = x, ["right"] = y }, y)).batch(2))
        {
            Assert.Equal("(2, 2)", $"{features["left"].shape}");
            Assert.Equal(y.ToInts(), features["right"].numpy().ToInts());
            Assert.Equal(y.ToInts(), label.numpy().ToInts());
            Assert.Contains("left, right", Assert.Throws<ValueError>(() => features["middle"]).Message);
        }
        foreach (var (a, b) in tf.data.Dataset.from_tensor_slices((x, y)).as_numpy_iterator()) Assert.Equal((2, 1), (a.size, b.size));
    }

    /// <summary>Images as bytes stay bytes, scaled ones the values that they stand for.</summary>
    [Fact]
    public void Batches_of_scaled_bytes_hold_their_values()
    {
        NDArray images = new(new byte[] { 0, 51, 102, 255 }, 2, 2), scaled = images / 255.0;
        foreach (var batch in tf.data.Dataset.from_tensor_slices(scaled).batch(2)) Assert.Equal(scaled.ToFloats(), batch.numpy().ToFloats());
        foreach (var batch in tf.data.Dataset.from_tensor_slices(images).batch(2)) Assert.Equal("uint8", batch.numpy().dtype.name);
        // Each array has a table of its own.
        foreach (var batch in tf.data.Dataset.from_tensor_slices(images).map(x => x.numpy() / 255.0).batch(2)) Assert.Equal(
            scaled.ToFloats(), batch.numpy().ToFloats());
    }

    [Fact]
    public void Arguments_that_fit_nothing_are_refused()
    {
        NDArray x = new(new float[6], 3, 2), y = new int[] { 1, 2 };
        Assert.Equal("Dimensions 3 and 2 are not compatible: all arrays of a data set have as many rows.",
            Refused(() => tf.data.Dataset.from_tensor_slices((x, y))));
        Assert.Equal("`batch_size` must be a positive integer. Received: batch_size=0", Refused(() => Range(3).batch(0)));
        Assert.Equal("`buffer_size` must be a positive integer or tf.data.AUTOTUNE. Received: buffer_size=-2", Refused(() => Range(3).prefetch(-2)));
        Assert.Equal("`num_parallel_calls` must be a positive integer or tf.data.AUTOTUNE. Received: num_parallel_calls=0",
            Refused(() => Range(3).map(a => a, num_parallel_calls: 0)));
        Assert.Equal("The function takes 2 arguments, but an element of the data set has 1.", Refused(() => Range(3).map((a, b) => a).First()));
        Assert.StartsWith("Cannot batch tensors with different shapes",
            Refused(() => Range(3).map(i => new NDArray(new float[(int)i.numpy()])).batch(3).First()));
        Assert.Equal("The dataset is infinite.", Assert.Throws<TypeError>(() => Range(3).repeat().Length).Message);
        Assert.StartsWith("The data set has no class_names", Refused(() => Range(3).class_names));
    }

    [Fact]
    public void A_fit_refuses_what_Keras_refuses_of_data_sets()
    {
        var (x, y) = Rows();
        Model Compiled()
        {
            var model = keras.Sequential([keras.layers.Dense(3)]);
            model.compile("sgd", keras.losses.SparseCategoricalCrossentropy(from_logits: true));
            return model;
        }
        var dataset = tf.data.Dataset.from_tensor_slices((x, y)).batch(8);
        Assert.StartsWith("When providing `x` as a tf.data.Dataset, `y` should not be passed.", Refused(() => Compiled().fit(dataset, y)));
        Assert.StartsWith("Argument `validation_split` is only supported for tensors", Refused(() => Compiled().fit(dataset, validation_split: 0.2)));
        Assert.StartsWith("When providing an infinite dataset, you must specify the number of steps", Refused(() => Compiled().fit(dataset.repeat())));
        Assert.StartsWith("The data set has no element", Refused(() => Compiled().fit(dataset.take(0))));
        Assert.Contains("`y` must be an array of targets", Refused(() => Compiled().fit(dataset.map((a, b) => a))));
    }

    /// <summary>Keras' epochs of a data set with a different number of batches each time: at most one more than the first.</summary>
    [Theory]
    [InlineData(new[] { 2, 5, 5 }, new[] { 2, 3, 3 })]
    [InlineData(new[] { 3, 2, 4 }, new[] { 3, 2, 4 })]
    [InlineData(new[] { 2, 3, 9, 9 }, new[] { 2, 3, 3, 3 })]
    public void A_data_set_may_change_its_size(int[] batches, int[] trained)
    {
        int pass = 0;
        IEnumerable<(NDArray, NDArray)> Generated()
        {
            for (int i = 0, count = batches[pass++]; i < count; i++) yield return (np.ones((2, 3)), np.ones(2));
        }
        var model = keras.Sequential([keras.Input(3), keras.layers.Dense(1)]);
        model.compile("sgd", "mse");
        var seen = new List<int>();
        model.fit(tf.data.Dataset.from_generator(Generated), epochs: batches.Length, verbose: 0, callbacks:
            [keras.callbacks.LambdaCallback(on_epoch_begin: (_, _) => seen.Add(0), on_train_batch_end: (_, _) => seen[^1]++)]);
        Assert.Equal(trained, seen);
    }

    /// <summary>Weights of classes and of samples have the same effect as with arrays.</summary>
    [Fact]
    public void Weights_count_as_with_arrays()
    {
        var (x, y) = Rows();
        NDArray weights = new(Enumerable.Range(0, 40).Select(i => i / 20f).ToArray());
        Dictionary<int, double> byClass = new() { [0] = 3, [2] = 0.5 };
        string Trained(Action<Model> fit)
        {
            keras.utils.set_random_seed(1);
            var model = keras.Sequential([keras.Input(3), keras.layers.Dense(3)]);
            model.compile("sgd", keras.losses.SparseCategoricalCrossentropy(from_logits: true));
            fit(model);
            return string.Join(' ', model.get_weights().SelectMany(w => w.ToFloats()));
        }
        Assert.Equal(Trained(m => m.fit(x, y, batch_size: 8, shuffle: false, sample_weight: weights, verbose: 0)),
            Trained(m => m.fit(tf.data.Dataset.from_tensor_slices((x, y, weights)).batch(8), verbose: 0)));
        Assert.Equal(Trained(m => m.fit(x, y, batch_size: 8, shuffle: false, class_weight: byClass, verbose: 0)),
            Trained(m => m.fit(tf.data.Dataset.from_tensor_slices((x, y)).batch(8).prefetch(tf.data.AUTOTUNE), class_weight: byClass, verbose: 0)));
    }

    internal static (NDArray X, NDArray Y) Rows() =>
        (new NDArray(Enumerable.Range(0, 120).Select(i => i % 7 / 7f).ToArray(), 40, 3),
            new NDArray(Enumerable.Range(0, 40).Select(i => (long)(i % 3)).ToArray()));

    private static string Text(Dataset dataset) => string.Join(' ', dataset.Select(Json));

    private static string Json(Tensor element) =>
        element.Parts is { } parts ? $"[{string.Join(",", parts.Select(Json))}]" : Json(element.numpy());

    private static string Json(NDArray array) => array.ndim == 0 ? PythonText.Str(array.item()).Replace(".0", "")
        : $"[{string.Join(",", Enumerable.Range(0, array.Length).Select(i => Json(array[i])))}]";

    private static JsonElement Recorded(string kind, string name) =>
        s_recorded.GetProperty(kind).EnumerateArray().Single(one => one.GetProperty("name").GetString() == name);
}
