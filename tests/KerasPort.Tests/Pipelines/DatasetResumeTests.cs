using CsCheck;
using KerasPort.Callbacks;

namespace KerasPort.Tests.Pipelines;

/// <summary>
/// A training on a data set that is killed at any batch and started again ends as if it had run through; a data set that can't be repeated is refused.
/// </summary>
public sealed class DatasetResumeTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private static string? Run(string folder, Func<Dataset, Dataset> pipeline, int? steps, Frequency every, int? dies)
    {
        var (x, y) = DatasetTests.Rows();
        keras.utils.set_random_seed(2);
        var model = keras.Sequential([keras.Input(3), keras.layers.Dense(5, activation: "relu"), keras.layers.Dropout(0.2), keras.layers.Dense(3)]);
        model.compile(keras.optimizers.Adam(0.02), keras.losses.SparseCategoricalCrossentropy(from_logits: true), ["accuracy"]);
        var dataset = pipeline(tf.data.Dataset.from_tensor_slices((x, y)));
        var validation = tf.data.Dataset.from_tensor_slices((x, y)).shuffle(40).take(20).batch(7);
        int batches = 0;
        try
        {
            var history = model.fit(dataset, epochs: 4, steps_per_epoch: steps, validation_data: validation, verbose: 0, callbacks:
            [
                keras.callbacks.BackupAndRestore(folder, every, delete_checkpoint: false),
                keras.callbacks.LambdaCallback(on_train_batch_end: (_, _) =>
                {
                    if (++batches == dies) throw new Killed();
                }),
            ]);
            return string.Join(' ', model.get_weights().SelectMany(w => w.ToFloats()).Select(BitConverter.SingleToInt32Bits))
                + string.Join(' ', history.history.Select(h => $"{h.Key}: {string.Join(' ', h.Value)}"));
        }
        catch (Killed)
        {
            return null;
        }
    }

    private static readonly (Func<Dataset, Dataset> Make, int? Steps)[] s_pipelines =
    [
        (ds => ds.shuffle(16).batch(8), null),
        (ds => ds.batch(8).prefetch(tf.data.AUTOTUNE), null),
        (ds => ds.cache().shuffle(40, seed: 4).map((x, y) => (x * 2.0, y), num_parallel_calls: 2).batch(6).prefetch(2), null),
        (ds => ds.shuffle(12).repeat().batch(8), 3),
        (ds => ds.shuffle(12).batch(8), 2),
        (ds => ds.repeat(3).shuffle(50, reshuffle_each_iteration: false).batch(9), 4),
        (ds => ds.filter((x, _) => keras.ops.sum(x) > -9).batch(8), null),
        (_ => Flow(), null),
        (_ => Flow(), 3),
    ];

    /// <summary>Pictures with random changes, from a seed.</summary>
    private static Dataset Flow()
    {
        var (x, y) = DatasetTests.Rows();
        return keras.preprocessing.image.ImageDataGenerator(rotation_range: 30, horizontal_flip: true)
            .flow(x.reshape(40, 1, 3, 1), y, batch_size: 9, seed: 4).map((image, label) => (keras.ops.reshape(image, (-1, 3)), label));
    }

    [Fact]
    [Slow]
    public void Killed_anywhere_it_ends_as_if_it_had_run_through() =>
        Gen.Select(Gen.Int[0, s_pipelines.Length - 1], Gen.Int[0, 5], Gen.Int[1, 20].List[1, 3]).Sample((which, every, kills) =>
        {
            var (make, steps) = s_pipelines[which];
            Frequency frequency = every == 0 ? "epoch" : every;
            string run = Path.Combine(_folder.Path, Guid.NewGuid().ToString("N"));
            string through = Run(Path.Combine(run, "a"), make, steps, frequency, null)!;
            foreach (int moment in kills)
                if (Run(Path.Combine(run, "b"), make, steps, frequency, moment) is { } early) Assert.Equal(through, early);
            Assert.Equal(through, Run(Path.Combine(run, "b"), make, steps, frequency, null));
        }, iter: 25, threads: 1);

    [Fact]
    public void What_cannot_be_gone_through_anew_is_refused()
    {
        var (x, y) = DatasetTests.Rows();
        string Refused(Dataset dataset, Dataset? validation = null)
        {
            var model = keras.Sequential([keras.Input(3), keras.layers.Dense(3)]);
            model.compile("sgd", keras.losses.SparseCategoricalCrossentropy(from_logits: true));
            return Assert.Throws<ValueError>(() =>
                model.fit(dataset, validation_data: validation, verbose: 0, callbacks: [keras.callbacks.BackupAndRestore(_folder["r"])])).Message;
        }
        IEnumerable<(NDArray, NDArray)> Generated()
        {
            yield return (x, y);
        }
        keras.utils.set_random_seed(0);
        var rows = tf.data.Dataset.from_tensor_slices((x, y));
        var generated = tf.data.Dataset.from_generator(Generated);
        Assert.Contains("from_generator can't say where its generator is", Refused(generated));
        Assert.Contains("from_generator can't say where its generator is", Refused(rows.batch(8), validation: generated));
        var noise = keras.layers.GaussianNoise(0.1);
        Assert.Contains("what it has drawn isn't saved", Refused(rows.batch(8).map((a, b) => (noise.Apply(a, training: true), b))));
        KerasPort.Random.Seeds.Forget();
        Assert.Contains("shuffle has no seed", Refused(rows.shuffle(8).batch(8)));
    }

    private sealed class Killed : Exception;
}
