using System.Text.Json;
using KerasPort.Callbacks;
using KerasPort.Models;
using KerasPort.Pictures;

namespace KerasPort.Tests.Pipelines;

/// <summary>Programs from tutorials on input pipelines, compared with the same in Python (<c>fixtures/pipelines.py</c>), both run now.</summary>
public sealed class PipelineProgramTests
{
    private static Dataset Table(string folder, int size, string[]? columns = null, string? label = null, bool shuffle = false, long? seed = null) =>
        tf.data.experimental.make_csv_dataset(Path.Join(folder, "table.csv"), size, select_columns: columns, label_name: label, num_epochs: 1,
            shuffle: shuffle, shuffle_seed: seed);

    private static Dataset Range(long stop) => tf.data.Dataset.range(stop);

    private static Tensor All(IEnumerable<Tensor> elements) => Tensor.Several([.. elements]);

    private static Tensor History(History history) =>
        Tensor.Several([.. history.history.OrderBy(h => h.Key, StringComparer.Ordinal).Select(h => (Tensor)(NDArray)h.Value.ToArray())]);

    private static Model Small(string loss, string[] metrics, params KerasPort.Layers.Layer[] layers)
    {
        var model = keras.Sequential([.. layers]);
        model.compile(keras.optimizers.SGD(1e-4), loss, metrics: [.. metrics]);
        return model;
    }

    private static readonly Dictionary<string, Func<string, Tensor[]>> s_programs = new()
    {
        ["reduced"] = _ =>
        {
            var dataset = tf.data.Dataset.from_tensor_slices((NDArray)new[] { 8, 3, 0, 8, 2, 1 });
            return [dataset.reduce(0, (state, value) => state + value), All(dataset.batch(4)), (NDArray)dataset.cardinality()];
        },
        ["lines"] = folder =>
        {
            var dataset = tf.data.TextLineDataset(Path.Join(folder, "table.csv")).skip(1);
            var survived = dataset.filter(line => tf.not_equal(tf.strings.substr(line, 0, 1), "0"));
            return [All(survived.take(3)), survived.reduce((NDArray)0L, (n, _) => n + 1)];
        },
        ["batches_of_a_table"] = folder =>
        {
            var dataset = Table(folder, 4, ["class", "fare", "survived"], "survived", shuffle: true, seed: 1);
            return [All(dataset), dataset.element_spec[1].ToString()];
        },
        ["records"] = folder =>
        {
            var dataset = tf.data.experimental.CsvDataset(Path.Join(folder, "table.csv"), [tf.int32, tf.@string, tf.float32, tf.float32, ""], header: true);
            return [All(dataset.skip(2).take(2)), All(dataset.batch(5, drop_remainder: true).map(row => tf.stack([row[2], row[3]], axis: 1)))];
        },
        ["repeated"] = folder =>
        {
            var dataset = Table(folder, 5, ["age"]).unbatch();
            return [All(dataset.repeat(2).batch(7).Select(batch => batch["age"])), All(dataset.batch(7).repeat(2).Select(batch => batch["age"]))];
        },
        ["shuffled"] = _ =>
        {
            var dataset = tf.data.Dataset.zip((Range(100), tf.data.Dataset.range(100, 0, -1))).shuffle(buffer_size: 10, seed: 5).batch(10);
            return [All(dataset.skip(8)), All(dataset.shuffle(3, seed: 6).repeat(2).batch(3).take(2).Select(pair => pair[0]))];
        },
        ["windows"] = _ =>
        {
            var numbers = Range(30);
            static (Tensor, Tensor) Dense(Tensor batch) => (batch[..^1], batch[1..]);
            static Dataset Make(Dataset ds, int size = 5, int shift = 1, int stride = 1) =>
                ds.window(size, shift: shift, stride: stride).flat_map(sub => sub.batch(size, drop_remainder: true));
            return [All(numbers.batch(10, drop_remainder: true).map(Dense)), All(Make(numbers, size: 6, shift: 5, stride: 3)),
                Tensor.Several([.. numbers.window(4, shift: 2).take(2).Select(All)])];
        },
        ["balanced"] = folder =>
        {
            var dataset = Table(folder, 1, ["survived", "age"]).unbatch();
            Dataset[] halves = [.. new[] { 0, 1 }.Select(n => dataset.filter(row => (int)row["survived"] == n).repeat())];
            return [.. tf.data.Dataset.sample_from_datasets(halves, [0.5, 0.5]).batch(8).take(4).Select(row => row["survived"])];
        },
        ["padded"] = _ =>
        {
            var dataset = Range(8).map(x => np.full((int)x, x.numpy()));
            return [All(dataset.padded_batch(4, padded_shapes: [[null]])), All(dataset.bucket_by_sequence_length(x => x.shape[0]!.Value, [3, 6], [3, 2, 2]))];
        },
        ["pictures"] = folder =>
        {
            string[] names = [.. Directory.GetDirectories(Path.Join(folder, "pictures")).Select(path => Path.GetFileName(path)).Order()];
            Tensor Label(Tensor path) => tf.argmax(tf.equal(tf.strings.split(path, Path.DirectorySeparatorChar.ToString())[-2], names));
            (Tensor, Tensor) Read(Tensor path) => (tf.image.resize(tf.io.decode_png(tf.io.read_file(path), channels: 3), [6, 6]), Label(path));
            var files = tf.data.Dataset.list_files(folder + "/pictures/*/*.png", shuffle: false).shuffle(12, reshuffle_each_iteration: false);
            var train = files.skip(2).map(Read, num_parallel_calls: tf.data.AUTOTUNE).cache().shuffle(12).batch(4).prefetch(tf.data.AUTOTUNE);
            var val = files.take(2).map(Read).batch(2);
            var model = keras.Sequential([keras.Input((6, 6, 3)), keras.layers.Rescaling(1 / 255.0), keras.layers.Conv2D(4, 3, activation: "relu"),
                keras.layers.Flatten(), keras.layers.Dense(2)]);
            model.compile(keras.optimizers.SGD(1e-4), keras.losses.SparseCategoricalCrossentropy(from_logits: true), metrics: ["accuracy"]);
            return [All(val.Select(pair => pair[1])), History(model.fit(train, validation_data: val, epochs: 3, verbose: 0)), model.predict(val, verbose: 0)];
        },
        ["folder_of_pictures"] = folder =>
        {
            Dataset[] both = [.. new[] { "training", "validation" }.Select(subset => keras.utils.image_dataset_from_directory(folder + "/pictures",
                validation_split: 0.25, subset: subset, seed: 123, image_size: (6, 6), batch_size: 3, verbose: false))];
            var augmentation = keras.Sequential([keras.layers.RandomFlip("horizontal"), keras.layers.RandomRotation(0.1)]);
            var train = both[0].map((x, y) => (augmentation.Apply(x, training: true), y)).cache();
            var normalization = keras.layers.Rescaling(1.0 / 255);
            var (images, labels) = next(iter(both[1].map((x, y) => (normalization.Apply(x), y))));
            var model = Small("sparse_categorical_crossentropy", ["accuracy"], keras.Input((6, 6, 3)),
                keras.layers.Rescaling(1 / 255.0), keras.layers.Flatten(),
                keras.layers.Dense(2, activation: "softmax"));
            return [tf.reduce_mean(images), labels, History(model.fit(train, validation_data: both[1], epochs: 3, verbose: 0))];
        },
        ["structured"] = folder =>
        {
            var dataset = Table(folder, 4, label: "survived");
            var lookup = keras.layers.StringLookup(output_mode: "one_hot");
            lookup.adapt(dataset.map((x, y) => tf.expand_dims(x["class"], -1)));
            var normalization = keras.layers.Normalization(axis: null);
            normalization.adapt(dataset.map((x, y) => tf.expand_dims(x["fare"], -1)));
            (Tensor, Tensor) Encode(Tensor x, Tensor y) =>
                (tf.concat([tf.cast(lookup.Apply(tf.expand_dims(x["class"], -1)), tf.float32),
                    normalization.Apply(tf.expand_dims(x["fare"], -1))], axis: 1), y);
            var encoded = dataset.map(Encode);
            var model = Small("binary_crossentropy", ["accuracy"], keras.Input(lookup.vocabulary_size() + 1), keras.layers.Dense(8, activation: "relu"),
                keras.layers.Dense(1, activation: "sigmoid"));
            return [(Strings)lookup.get_vocabulary(), next(iter(encoded)), History(model.fit(encoded, epochs: 3, verbose: 0)),
                (NDArray)model.evaluate(encoded, verbose: 0)[0]];
        },
        ["numbers_of_a_table"] = folder =>
        {
            var dataset = Table(folder, 5, ["survived", "age", "fare"], "survived", shuffle: true, seed: 3);
            static (Tensor, Tensor) Pack(Tensor features, Tensor label) =>
                (tf.stack([.. features.values().Select(value => tf.cast(value, tf.float32))], axis: -1), label);
            var packed = dataset.map(Pack).shuffle(5);
            var model = Small("mse", [], keras.Input(2), keras.layers.Dense(4, activation: "relu"), keras.layers.Dense(1));
            return [next(iter(packed)), History(model.fit(packed, epochs: 2, verbose: 0))];
        },
        ["by_name"] = _ =>
        {
            Data features = new() { ["a"] = np.arange(8, dtype: "float32").reshape(8, 1), ["b"] = np.ones((8, 2), "float32") };
            var dataset = tf.data.Dataset.from_tensor_slices((features, np.arange(8, dtype: "float32"))).shuffle(8).batch(3);
            var (a, b) = (keras.Input(1, name: "a"), keras.Input(2, name: "b"));
            var model = keras.Model([a, b], keras.layers.Dense(1).Apply(keras.layers.Concatenate().Apply([a, b])));
            model.compile("sgd", "mse");
            return [All(dataset), History(model.fit(dataset, epochs: 2, verbose: 0))];
        },
        ["written"] = folder =>
        {
            Range(5).map(x => (x, tf.strings.as_string(x))).batch(2).save(folder + "/saved");
            return [All(tf.data.Dataset.load(folder + "/saved").unbatch())];
        },
        ["scanned"] = _ =>
        {
            var dataset = Range(10);
            return [All(dataset.scan((NDArray)0L, (s, x) => (s + x, s + x)).take_while(x => (long)x < 20)), All(dataset.enumerate(3).take(2)),
                All(dataset.map(x => x.numpy() % 3).unique()),
                    All(Range(3).interleave(x => tf.data.Dataset.from_tensors(x).repeat(3), cycle_length: 2)), All(dataset.shard(3, 1))];
        },
        ["functions_of_one_s_own"] = _ => [All(Range(4).map(x => tf.py_function(v => v * 2, [x], tf.int64))
            .map(x => tf.numpy_function(v => (v / 4).astype("float32"), [x], tf.float32)))],
        ["generated"] = _ =>
        {
            static IEnumerable<(int, NDArray)> Series()
            {
                for (int i = 0; i < 4; i++) yield return (i, np.arange(i, dtype: "float32"));
            }
            var dataset = tf.data.Dataset.from_generator(Series, output_signature: (tf.TensorSpec((Shape)[], tf.int32), tf.TensorSpec([null], tf.float32)));
            return [All(dataset.padded_batch(3, padded_shapes: [[], [null]])), dataset.element_spec.ToString()];
        },
    };

    [Fact]
    public void Functions_that_are_declared_with_dictionaries_are_mapped()
    {
        static (Dictionary<string, Tensor>, Tensor, Tensor) Process(Dictionary<string, Tensor> features, Tensor target)
        {
            features["kind"] = tf.cast(features["kind"], "string");
            var weight = features.pop("weight");
            return (features, target, weight);
        }
        static Dictionary<string, Tensor> Doubled(Dictionary<string, Tensor> features) => new() { ["x"] = features["x"] * 2 };
        static (Dictionary<string, Tensor>, Tensor) Split(Dictionary<string, Tensor> features) => (Doubled(features), features["weight"]);
        static (Dictionary<string, Tensor>, Tensor) Same(Dictionary<string, Tensor> features, Tensor target) => (features, target);
        static Dictionary<string, Tensor> Named(Tensor x) => new() { ["x"] = x };
        static (Dictionary<string, Tensor>, Tensor) Pair(Tensor x) => (Named(x), x);
        static (Dictionary<string, Tensor>, Tensor) Both(Tensor x, Tensor y) => (Named(x), y);
        var table = new Dictionary<string, Tensor> { ["x"] = np.array([1, 2]), ["kind"] = tf.constant(["a", "b"]), ["weight"] = np.array([0.5, 0.25]) };
        var dataset = tf.data.Dataset.from_tensor_slices((table, np.array([7, 8])));
        foreach (var (features, target, weight) in dataset.map(Same).map(Process).take(1))
        {
            Assert.Equal(["x", "kind"], features.keys());
            Assert.Equal((7, 0.5, "a"), ((int)target, (double)weight, (string)features["kind"]));
        }
        var columns = tf.data.Dataset.from_tensor_slices(table);
        Assert.Equal([2, 4], from row in columns.map(Doubled) select (int)row["x"]);
        Assert.Equal([0.5, 0.25], from row in columns.map(Split) select (double)row[1]);
        var numbers = tf.data.Dataset.range(2);
        Assert.Equal([0, 1], from row in numbers.map(Named) select (int)row["x"]);
        Assert.Equal([0, 1], from row in numbers.map(Pair) select (int)row[0]["x"]);
        Assert.Equal([0, 1], from row in tf.data.Dataset.zip(numbers, numbers).map(Both) select (int)row[0]["x"]);
        Assert.Equal("Cast int64 to string is not supported: tf.strings.as_string makes strings of numbers.",
            Assert.Throws<ValueError>(() => tf.cast(np.array([1]), "string")).Message);
    }

    [Fact]
    [Slow]
    [Needs(Need.RealKeras)]
    public void Programs_give_what_they_give_in_Python()
    {
        using var folder = new TemporaryFolder();
        string[] classes = ["First", "Third", "Second"];
        File.WriteAllLines(folder["table.csv"], [ "survived,class,age,fare,deck", .. Enumerable.Range(0, 12).Select(i =>
            f($"{i * 7 % 3 % 2},{classes[i % 3]},{20 + i * 3.5},{7.25 + i * i},{(i % 4 > 0 ? "C" : "")}"))]);
        foreach (var (k, name) in new[] { "cats", "dogs" }.Index())
        {
            Directory.CreateDirectory(folder[$"pictures/{name}"]);
            for (int i = 0; i < 6; i++)
            {
                byte[] pixels = [.. Enumerable.Range(0, 7 * 8 * 3).Select(j => (byte)(j * (i + 3 + k * 11) + k * 60))];
                File.WriteAllBytes(folder[$"pictures/{name}/{i}.png"], PictureCodec.Open("a test").Encode(new Image(7, 8, 3, pixels), "png"));
            }
        }
        var answer = RealKeras.Ask("pipelines.py", [folder.Path]);
        Assert.Equal(s_programs.Keys, answer.EnumerateObject().Select(one => one.Name));
        List<string> differences = [];
        foreach (var (name, program) in s_programs)
        {
            keras.utils.set_random_seed(7);
            try
            {
                TextTableTests.Same(answer.GetProperty(name), Tensor.Several(program(folder.Path)), 1e-5);
            }
            catch (Exception e)
            {
                differences.Add($"{name}: {e.Message.ReplaceLineEndings(" ")}");
            }
        }
        Assert.True(differences.Count == 0, string.Join('\n', differences));
    }
}
