using KerasPort.Callbacks;
using KerasPort.Random;

namespace KerasPort.Tests.Callbacks;

/// <summary>A training whose callbacks draw random numbers draws the same ones when it is killed and resumed.</summary>
public sealed class ResumedDrawsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private sealed class Killed : Exception;

    /// <summary>Draws at the end of each batch and epoch, changes a weight by the number, and dies at a batch.</summary>
    private sealed class Noise(string of, int? dies) : Callback
    {
        // Two callbacks that differ only in their position.
        private readonly SeedGenerator _first = keras.random.SeedGenerator(3), _second = keras.random.SeedGenerator(3),
            _unseeded = keras.random.SeedGenerator();
        private readonly Generator _numpy = np.random.default_rng(4);
        private readonly RandomState _older = np.random.RandomState(5);
        private SeedGenerator? _late;
        private int _batches;

        public List<double> Drawn { get; } = [];

        public override void keep_state(KerasPort.Saving.TrainingState state) => state.Keep("drawn", Drawn);

        public override void on_train_begin(Logs logs)
        {
            _late = keras.random.SeedGenerator(9);
            Draw();
        }

        public override void on_epoch_begin(int epoch, Logs logs) => Draw();

        public override void on_train_batch_end(int batch, Logs logs)
        {
            double drawn = Draw();
            var weights = model.get_weights();
            model.set_weights([weights[0] + (float)drawn * 0.01f, .. weights[1..]]);
            if (++_batches == dies) throw new Killed();
        }

        public override void on_epoch_end(int epoch, Logs logs) => Draw();

        private double Draw()
        {
            double drawn = of switch
            {
                "generators" => Sum(keras.random.normal(3, seed: _first), keras.random.uniform(2, seed: _second), keras.random.normal(1, seed: _unseeded),
                    keras.random.normal(1, seed: _late)),
                "made anew" => Sum(keras.random.normal(3, seed: keras.random.SeedGenerator(3)), keras.random.normal(3, seed: _first)),
                "keras" => Sum(keras.random.normal(3)),
                "ops" => Sum(tf.random.normal(3), tf.random.uniform(2)),
                "seeded ops" => Sum(tf.random.normal(3, seed: 7), tf.random.uniform(2, seed: 7), tf.random.normal(1, seed: 8)),
                "numpy" => _numpy.normal() + np.random.rand() + _older.standard_normal() + (double)_numpy.integers(5),
                _ => throw new ValueError(of),
            };
            Drawn.Add(drawn);
            return drawn;
        }

        private static double Sum(params Tensor[] of) => of.Sum(values => values.numpy().ToFloats().Sum(v => (double)v));
    }

    [Theory]
    [InlineData("generators")]
    [InlineData("made anew")]
    [InlineData("keras")]
    [InlineData("ops")]
    [InlineData("seeded ops")]
    [InlineData("numpy")]
    public void They_go_on_where_they_were(string of)
    {
        string through = Run("through", null)!;
        foreach (int moment in new[] { 2, 5, 6, 9 })
        {
            Assert.Null(Run($"{moment}", moment));
            Assert.Equal(through, Run($"{moment}", null));
        }

        string? Run(string folder, int? dies)
        {
            var (x, y) = SyntheticData.Rows(20, 4);
            keras.utils.set_random_seed(7);
            var model = keras.Sequential([keras.Input(4), keras.layers.Dense(5, activation: "softmax")]);
            model.compile("adam", "sparse_categorical_crossentropy");
            var noise = new Noise(of, dies);
            if (of == "generators") keras.random.normal(2, seed: keras.random.SeedGenerator(3));
            try
            {
                model.fit(x, y, batch_size: 5, epochs: 3, verbose: 0,
                    callbacks: [noise, keras.callbacks.BackupAndRestore(_folder[folder], 2, delete_checkpoint: false)]);
            }
            catch (Killed)
            {
                return null;
            }
            // Without the numbers that are drawn again when a training restarts, and then put back.
            return string.Join(' ', model.get_weights().SelectMany(w => w.ToFloats()).Select(BitConverter.SingleToInt32Bits)) + "\n"
                + string.Join(' ', noise.Drawn);
        }
    }

    /// <summary>A data set whose map draws, from whichever generator, can't be repeated with the same numbers: this is reported.</summary>
    [Theory]
    [InlineData("seedless")]
    [InlineData("op")]
    [InlineData("numpy")]
    [InlineData("generator")]
    public void A_map_that_draws_is_refused(string which)
    {
        var (x, y) = SyntheticData.Rows(20, 4);
        var rng = np.random.default_rng(1);
        var seeds = keras.random.SeedGenerator(1);
        var data = tf.data.Dataset.from_tensor_slices((x, y)).map((a, b) => (a + (Tensor)(which switch
        {
            "seedless" => keras.random.normal(4),
            "op" => tf.random.normal(4),
            "numpy" => rng.normal(size: 4).astype("float32"),
            _ => keras.random.normal(4, seed: seeds),
        }), b)).batch(5);
        var model = keras.Sequential([keras.Input(4), keras.layers.Dense(5, activation: "softmax")]);
        model.compile("adam", "sparse_categorical_crossentropy");
        Assert.Contains("map draws random numbers", Assert.Throws<ValueError>(() =>
            model.fit(data, verbose: 0, callbacks: [keras.callbacks.BackupAndRestore(_folder["map"])])).Message);
    }
}
