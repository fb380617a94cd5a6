using KerasPort.Callbacks;
using KerasPort.Models;

namespace KerasPort.Tests.Training;

/// <summary>Batches from a generator. The calls of callbacks and the numbers of batches are Keras 3.15.1's.</summary>
public sealed class GeneratorTests
{
    private static Sequential Model()
    {
        keras.utils.set_random_seed(4);
        var model = keras.Sequential([keras.Input(3), keras.layers.Dense(2, activation: "softmax")]);
        model.compile("adam", "sparse_categorical_crossentropy", ["accuracy"]);
        return model;
    }

    private static string Weights(Model model) => string.Join(' ', model.get_weights().SelectMany(w => w.ToFloats()).Select(BitConverter.SingleToInt32Bits));

    /// <summary>A unique batch of a number of rows.</summary>
    private static (NDArray x, NDArray y) Batch(int number, int rows)
    {
        var random = new System.Random(number);
        return (new NDArray([.. Enumerable.Range(0, rows * 3).Select(_ => (float)random.NextDouble())], rows, 3),
            new NDArray([.. Enumerable.Range(0, rows).Select(_ => random.Next(2))]));
    }

    [Fact]
    public void An_endless_one_trains_for_as_many_steps_as_are_asked_for_and_goes_on_from_epoch_to_epoch()
    {
        var made = new Made();
        var model = Model();
        var history = model.fit(made.Endless(), epochs: 3, steps_per_epoch: 4, verbose: 0);
        Assert.Equal([0, 1, 2], history.epoch);
        Assert.Equal(Enumerable.Range(0, 12), made.Pulled);
        Assert.Equal((1, 1), (made.Begun, made.Disposed));

        var byHand = Model();
        for (int i = 0; i < 12; i++)
        {
            var (x, y) = Batch(i, 4);
            byHand.fit(x, y, batch_size: 4, shuffle: false, verbose: 0);
        }
        Assert.Equal(Weights(byHand), Weights(model));
    }

    [Fact]
    public void Without_steps_each_epoch_goes_through_all_of_it_and_its_length_is_known_after_the_first()
    {
        var made = new Made();
        var told = new Told();
        string printed = "", warned = Printed.ToErrorBy(() => printed = Printed.By(() => Model().fit(made.Finite(3), epochs: 2, verbose: 1, callbacks: told)));
        Assert.Equal("E0 b0 e0 b1 e1 b2 e2 b3 /E0 E1 b0 e0 b1 e1 b2 e2 b3 /E1", told.Text);
        Assert.Equal([0, 1, 2, 0, 1, 2], made.Pulled);
        Assert.Equal((2, 2), (made.Begun, made.Disposed));
        Assert.StartsWith("UserWarning: Your input ran out of data; interrupting training.", warned);
        Assert.Single(warned.TrimEnd().Split('\n'));
        string[] epochs = printed.Split("Epoch 2/2");
        Assert.Contains("      1/Unknown ", epochs[0]);
        Assert.Contains("3/3", epochs[0]);
        Assert.DoesNotContain("Unknown", epochs[1]);
        Assert.Contains("1/3", epochs[1]);
    }

    [Theory]
    [InlineData(7, 3, 4, "E0 b0 e0 b1 e1 b2 e2 /E0 E1 b0 e0 b1 e1 b2 e2 /E1 E2 b0 e0 b1 /E2 E3 b0 e0 b1 e1 b2 e2 /E3", true)]
    [InlineData(6, 3, 2, "E0 b0 e0 b1 e1 b2 e2 /E0 E1 b0 e0 b1 e1 b2 e2 /E1", false)]
    [InlineData(6, 3, 3, "E0 b0 e0 b1 e1 b2 e2 /E0 E1 b0 e0 b1 e1 b2 e2 /E1 E2 b0 /E2", true)]
    public void One_that_runs_dry_ends_its_epoch_with_a_warning(int batches, int steps, int epochs, string expected, bool warns)
    {
        var (made, told) = (new Made(), new Told());
        string warned = Printed.ToErrorBy(() => Model().fit(made.Finite(batches), epochs: epochs, steps_per_epoch: steps, verbose: 0, callbacks: told));
        Assert.Equal(expected, told.Text);
        Assert.Equal(
            warns, warned.Contains(
            "Your input ran out of data; interrupting training. Make sure that your dataset or generator can generate at least "
            + "`steps_per_epoch * epochs` batches."));
        Assert.Equal(made.Begun, made.Disposed);
    }

    [Theory]
    [InlineData(3, 4, "E0 b0 e0 b1 e1 b2 e2 /E0 E1 b0 e0 /E1 E2 b0 e0 b1 e1 b2 e2 /E2 E3 b0 e0 /E3", true)]
    [InlineData(2, 4, "E0 b0 e0 b1 e1 /E0 E1 b0 e0 b1 e1 /E1 E2 b0 e0 b1 e1 /E2 E3 b0 e0 b1 e1 /E3", false)]
    [InlineData(6, 2, "E0 b0 e0 b1 e1 b2 e2 b3 e3 /E0 E1 b0 e0 b1 e1 b2 e2 b3 e3 /E1", true)]
    public void Arrays_with_steps_go_on_where_the_last_epoch_ended(int steps, int epochs, string expected, bool warns)
    {
        var told = new Told();
        var (x, y) = Batch(0, 14);
        string warned = Printed.ToErrorBy(() => Model().fit(x, y, batch_size: 4, epochs: epochs, steps_per_epoch: steps, verbose: 0, callbacks: told));
        Assert.Equal(expected, told.Text);
        Assert.Equal(warns, warned.Contains("ran out of data"));
    }

    [Fact]
    public void Arrays_with_steps_alone_are_cut_into_so_many_batches()
    {
        var told = new Told();
        var (x, y) = Batch(0, 14);
        Model().fit(x, y, steps_per_epoch: 4, verbose: 0, callbacks: told);
        Model().evaluate(x, y, steps: 3, verbose: 0, callbacks: told);
        Assert.Equal(14, Model().predict(x, steps: 3, verbose: 0, callbacks: told).Length);
        Assert.Equal(8, Model().predict(x, batch_size: 4, steps: 2, verbose: 0).Length);
        Assert.Equal("E0 b0 e0 b1 e1 b2 e2 b3 e3 /E0 T tb0 te0 tb1 te1 tb2 te2 pb0 pe0 pb1 pe1 pb2 pe2", told.Text);
    }

    /// <summary>Two epochs of two batches see the rows that one epoch of four sees, in the same order.</summary>
    [Fact]
    public void A_pass_over_arrays_has_one_order_however_many_epochs_it_takes()
    {
        var (x, y) = Batch(0, 16);
        var (whole, parts) = (Model(), Model());
        whole.fit(x, y, batch_size: 4, verbose: 0);
        parts.fit(x, y, batch_size: 4, steps_per_epoch: 2, epochs: 2, verbose: 0);
        Assert.Equal(Weights(whole), Weights(parts));
    }

    [Fact]
    public void Batches_of_different_sizes_train_evaluate_and_predict()
    {
        int[] sizes = [4, 1, 7, 3, 7, 2];
        var batches = sizes.Select((rows, i) => Batch(i, rows)).ToArray();
        var (model, byHand) = (Model(), Model());
        model.fit(Made.Of(batches), epochs: 1, steps_per_epoch: sizes.Length, verbose: 0);
        foreach (var (x, y) in batches) byHand.fit(x, y, batch_size: 10, shuffle: false, verbose: 0);
        Assert.Equal(Weights(byHand), Weights(model));

        var all = (x: Joined(batches.Select(b => b.x)).reshape(-1, 3), y: Joined(batches.Select(b => b.y)));
        Assert.Equal(byHand.predict(all.x, verbose: 0).ToFloats(),
            model.predict(Made.Of(batches).Select(b => b.x), steps: sizes.Length, verbose: 0).ToFloats());
        var (loss, accuracy) = model.evaluate(Made.Of(batches), steps: sizes.Length, verbose: 0);
        var (expected, share) = byHand.evaluate(all.x, all.y, verbose: 0);
        Assert.Equal(expected, loss, 6);
        Assert.Equal(share, accuracy, 6);
    }

    [Fact]
    public void Nothing_is_pulled_beyond_what_is_trained_on_when_a_callback_stops()
    {
        var made = new Made();
        LambdaCallback? stop = null;
        stop = new LambdaCallback(on_train_batch_end: (batch, _) => stop!.model.stop_training = batch == 4);
        Model().fit(made.Endless(), epochs: 5, steps_per_epoch: 10, verbose: 0, callbacks: stop);
        Assert.Equal(Enumerable.Range(0, 5), made.Pulled);
        Assert.Equal((1, 1), (made.Begun, made.Disposed));
    }

    [Fact]
    public void One_that_throws_ends_training_with_its_exception_and_what_was_trained_stays()
    {
        var made = new Made { ThrowsAt = 4 };
        var (model, byHand) = (Model(), Model());
        var told = new Told();
        var thrown = Assert.Throws<InvalidOperationException>(() => model.fit(made.Endless(), epochs: 2, steps_per_epoch: 3, verbose: 0, callbacks: told));
        Assert.Equal("no batch 4", thrown.Message);
        Assert.Equal("E0 b0 e0 b1 e1 b2 e2 /E0 E1 b0 e0 b1", told.Text);
        Assert.Equal((1, 1), (made.Begun, made.Disposed));
        foreach (int i in Enumerable.Range(0, 4))
        {
            var (x, y) = Batch(i, 4);
            byHand.fit(x, y, batch_size: 4, shuffle: false, verbose: 0);
        }
        Assert.Equal(Weights(byHand), Weights(model));
        model.fit(new Made().Endless(), steps_per_epoch: 1, verbose: 0);
    }

    [Fact]
    public void Validation_data_may_be_one_and_starts_anew_each_time()
    {
        var (training, validation) = (new Made(), new Made());
        var told = new Told();
        var history = Model().fit(training.Endless(), validation.Endless(), epochs: 2, steps_per_epoch: 1, validation_steps: 2, verbose: 0, callbacks: told);
        Assert.Equal("E0 b0 e0 T tb0 te0 tb1 te1 /E0 E1 b0 e0 T tb0 te0 tb1 te1 /E1", told.Text);
        Assert.Equal([0, 1, 0, 1], validation.Pulled);
        Assert.Equal((2, 2), (validation.Begun, validation.Disposed));
        Assert.Equal(2, history.history["val_loss"].Count);

        var (x, y) = Batch(0, 8);
        Assert.Contains("val_accuracy", Model().fit(x, y, validation_data: new Made().Endless(), validation_steps: 2, verbose: 0).history.Keys);
        Assert.Contains("val_accuracy", Model().fit(new Made().Endless(), steps_per_epoch: 2, validation_data: (x, y), verbose: 0).history.Keys);
    }

    [Fact]
    public void Evaluation_and_prediction_end_with_it_or_after_their_steps()
    {
        var told = new Told();
        var made = new Made();
        string bar = "";
        string warned = Printed.ToErrorBy(() => bar = Printed.By(() => Model().evaluate(made.Finite(3), verbose: 1, callbacks: told)));
        Assert.Contains("1/Unknown", bar);
        Assert.Contains("3/3", bar);
        Assert.Contains("ran out of data", warned);
        Model().evaluate(new Made().Endless(), steps: 3, verbose: 0, callbacks: told);
        Assert.Equal(12, Model().predict(new Made().Endless().Select(batch => batch.Item1), steps: 3, verbose: 0, callbacks: told).Length);
        Assert.Equal(8, Model().predict(new Made().Endless(), steps: 2, verbose: 0).Length);
        Assert.Equal("T tb0 te0 tb1 te1 tb2 te2 tb3 T tb0 te0 tb1 te1 tb2 te2 pb0 pe0 pb1 pe1 pb2 pe2", told.Text);
    }

    [Fact]
    public void A_model_without_an_input_shape_is_built_by_the_first_batch()
    {
        var model = keras.Sequential([keras.layers.Dense(2, activation: "softmax")]);
        model.compile("adam", "sparse_categorical_crossentropy", ["accuracy"]);
        var made = new Made();
        model.fit(made.Endless(), steps_per_epoch: 2, verbose: 0);
        Assert.Equal([0, 1], made.Pulled);
        Assert.Equal("(None, 3)", model.input_shape.ToString());
    }

    [Fact]
    public void One_may_use_the_model_that_it_trains()
    {
        var model = Model();
        var seen = new List<double>();
        IEnumerable<(NDArray, NDArray)> Asking()
        {
            for (int i = 0; ; i++)
            {
                var (x, y) = Batch(i, 4);
                seen.Add(model.evaluate(x, y, verbose: 0)[0]);
                seen.Add(model.get_weights()[0].ToFloats()[0]);
                Assert.Equal(4, Task.Run(() => model.predict(x, verbose: 0)).Result.Length);
                yield return (x, y);
            }
        }
        model.fit(Asking(), steps_per_epoch: 3, epochs: 2, verbose: 0);
        Assert.Equal(12, seen.Distinct().Count());
        model.evaluate(Asking(), steps: 3, verbose: 0);
        model.predict(Asking(), steps: 2, verbose: 0);
    }

    [Fact]
    public void Weights_come_third()
    {
        var all = Batch(0, 4);
        IEnumerable<(NDArray, NDArray, NDArray)> Weighted(float weight)
        {
            while (true) yield return (all.x, all.y, new NDArray([weight, weight, weight, weight]));
        }
        double one = Model().evaluate(Weighted(1), steps: 1, verbose: 0)[0], two = Model().evaluate(Weighted(2), steps: 1, verbose: 0)[0];
        Assert.Equal(Model().evaluate(all.x, all.y, verbose: 0)[0], one, 6);
        Assert.Equal(2 * one, two, 6);
    }

    public static TheoryData<string, string> Refusals => new()
    {
        { "y", "When providing `x` as a generator, `y` should not be passed. Instead, the targets should be included as part of the generator." },
        { "sample_weight",
            "When providing `x` as a generator, `sample_weights` should not be passed. Instead, the sample weights should be included as "
            + "part of the generator." },
        { "class_weight", "Argument `class_weight` is not supported for generators: let it yield weights of samples, as (inputs, targets, sample_weights)." },
        { "batch_size",
            "The `batch_size` argument must not be specified for a generator, whose batches are as large as it makes them. Received: batch_size=3" },
        { "validation_split", "Argument `validation_split` is only supported for tensors or NumPy arrays. Found a generator, and validation_split=0.2" },
        { "empty", "When passing a generator to a Keras model, the generator must yield at least one batch. Received an empty generator." },
        { "rows", "Data cardinality is ambiguous. Make sure all arrays contain the same number of samples. 'x' sizes: 3, 'y' sizes: 2" },
        { "shape", "Input 0 of model 'sequential' is incompatible with the model: expected shape=(None, 3), found shape=(None, 4)" },
        { "steps", "`steps_per_epoch` must be a positive integer. Received: steps_per_epoch=0" },
        { "null", "None values not supported: `x` must be a generator of batches. Received: x=None" },
        { "null batch", "None values not supported: `x` must be an array of inputs. Received: x=None" },
        { "no targets", "None values not supported: `y` must be an array of targets. Received: y=None" },
        { "backup", "A training on a generator can't be resumed, since the generator can't say where it is: train on arrays, or without BackupAndRestore." },
    };

    [Theory]
    [MemberData(nameof(Refusals))]
    public void What_Keras_refuses_is_refused_before_training(string what, string message)
    {
        keras.backend.clear_session();
        var model = Model();
        var (made, told) = (new Made(), new Told());
        var (x, y) = Batch(0, 3);
        using var folder = new TemporaryFolder();
        string before = Weights(model);
        var error = Assert.Throws<ValueError>((Func<object>)(() => what switch
        {
            "y" => model.fit(made.Finite(3), y),
            "sample_weight" => model.fit(made.Finite(3), sample_weight: y),
            "class_weight" => model.fit(made.Finite(3), class_weight: new() { [0] = 2 }),
            "batch_size" => model.fit(made.Finite(3), batch_size: 3),
            "validation_split" => model.fit(made.Finite(3), validation_split: 0.2),
            "empty" => model.fit(made.Finite(0)),
            "rows" => model.fit(Made.Of((x, y[..2]))),
            "shape" => model.fit(Made.Of((new NDArray(new float[12], 3, 4), y))),
            "steps" => model.fit(made.Endless(), steps_per_epoch: 0),
            "null" => model.fit((IEnumerable<(NDArray, NDArray)>)null!),
            "null batch" => model.fit(Made.Of((null!, y))),
            "no targets" => model.fit(Made.Of((x, null!))),
            _ => model.fit(made.Endless(), steps_per_epoch: 2, verbose: 0, callbacks: new BackupAndRestore(folder["backup"])),
        }));
        Assert.Equal(message, error.Message);
        Assert.Equal(before, Weights(model));
        Assert.Equal(made.Begun, made.Disposed);
    }

    [Fact]
    public void A_batch_of_another_shape_is_refused_when_it_comes()
    {
        keras.backend.clear_session();
        var model = Model();
        var error = Assert.Throws<ValueError>(() =>
            model.fit(Made.Of(Batch(0, 3), (new NDArray(new float[12], 3, 4), new int[3])), steps_per_epoch: 2, verbose: 0));
        Assert.Equal("Input 0 of model 'sequential' is incompatible with the model: expected shape=(None, 3), found shape=(None, 4)", error.Message);
    }

    /// <summary>Each batch is 10 MB of new arrays; none of them stays in memory.</summary>
    [Fact]
    [Slow]
    public void An_endless_one_holds_no_more_than_a_batch()
    {
        var model = keras.Sequential([keras.Input(10_000), keras.layers.Dense(2, activation: "softmax")]);
        model.compile("adam", "sparse_categorical_crossentropy");
        IEnumerable<(NDArray, NDArray)> Large()
        {
            while (true) yield return (new NDArray(new float[250 * 10_000], 250, 10_000), new int[250]);
        }
        long most = 0, before = GC.GetTotalMemory(forceFullCollection: true);
        var watch = new LambdaCallback(on_train_batch_end: (batch, _) =>
            most = Math.Max(most, batch % 20 == 19 ? GC.GetTotalMemory(forceFullCollection: true) - before : 0));
        model.fit(Large(), steps_per_epoch: 100, verbose: 0, callbacks: watch);
        Figures.Tell($"generators: 100 batches of 10 MB hold {most / 1e6:0.0} MB at the most");
        Assert.InRange(most, 1, 60_000_000);
    }

    /// <summary>On a card, a generator's batches are copied to it and arrays gathered on it: the bits are the same.</summary>
    [Fact]
    [Slow]
    [Needs(Need.Pocl)]
    public void A_card_gives_the_same_bits_for_arrays_and_for_a_generator()
    {
        Sequential On()
        {
            var model = Model();
            model.compile("adam", "sparse_categorical_crossentropy", ["accuracy"], new Cuda.CudaEngine(Engines.PoclCard.Shared));
            return model;
        }
        var batches = Enumerable.Range(0, 4).Select(i => Batch(i, 4)).ToArray();
        var (x, y) = (Joined(batches.Select(b => b.x)).reshape(-1, 3), Joined(batches.Select(b => b.y)));
        var (arrays, generator) = (On(), On());
        double expected = arrays.fit(x, y, batch_size: 4, shuffle: false, verbose: 0).history["loss"][0];
        Assert.Equal(expected, generator.fit(Made.Of(batches), steps_per_epoch: 4, verbose: 0).history["loss"][0]);
        Assert.Equal(Weights(arrays), Weights(generator));
        Assert.Equal(arrays.evaluate(x, y, batch_size: 4, verbose: 0), generator.evaluate(Made.Of(batches), steps: 4, verbose: 0));
        Assert.Equal(arrays.predict(x, batch_size: 4, verbose: 0).ToFloats(), generator.predict(Made.Of(batches), steps: 4, verbose: 0).ToFloats());
    }

    /// <summary>Batches of arrays allocate nothing: an epoch of a hundred allocates as much as one of ten.</summary>
    [Fact]
    public void A_batch_of_arrays_allocates_nothing()
    {
        var model = Model();
        var (x, y) = Batch(0, 800);
        long Of(int batches)
        {
            long start = 0, end = 0, least = long.MaxValue;
            var watch = new Watcher(batch => (batch == 5 ? ref start : ref end) = GC.GetAllocatedBytesForCurrentThread(), [5, batches - 1]);
            // More than once: the runtime allocates for itself meanwhile.
            for (int i = 0; i < 4; i++)
            {
                model.fit(x[..(batches * 8)], y[..(batches * 8)], batch_size: 8, verbose: 0, callbacks: watch);
                least = Math.Min(least, end - start);
            }
            return least;
        }
        Assert.Equal(Of(10), Of(100));
    }

    private sealed class Watcher(Action<int> at, int[] batches) : Callback
    {
        internal override bool ActsOn(params ReadOnlySpan<string> methods) => false;

        public override void on_train_batch_end(int batch, Logs logs)
        {
            if (batches.Contains(batch)) at(batch);
        }
    }

    private static NDArray Joined(IEnumerable<NDArray> arrays) => new([.. arrays.SelectMany(a => a.ToFloats())]);

    /// <summary>A generator that counts the batches that are asked for.</summary>
    private sealed class Made
    {
        public List<int> Pulled { get; } = [];

        public int Begun { get; private set; }

        public int Disposed { get; private set; }

        public int? ThrowsAt { get; init; }

        public IEnumerable<(NDArray, NDArray)> Endless() => Finite(int.MaxValue);

        public IEnumerable<(NDArray, NDArray)> Finite(int batches)
        {
            Begun++;
            try
            {
                for (int i = 0; i < batches; i++)
                {
                    if (i == ThrowsAt) throw new InvalidOperationException($"no batch {i}");
                    Pulled.Add(i);
                    yield return Batch(i, 4);
                }
            }
            finally
            {
                Disposed++;
            }
        }

        public static IEnumerable<(NDArray x, NDArray y)> Of(params (NDArray x, NDArray y)[] batches) => batches.Select(batch => batch);
    }

    private sealed class Told : Callback
    {
        private readonly List<string> _told = [];

        public string Text => string.Join(' ', _told);

        public override void on_epoch_begin(int epoch, Logs logs) => _told.Add($"E{epoch}");

        public override void on_epoch_end(int epoch, Logs logs) => _told.Add($"/E{epoch}");

        public override void on_train_batch_begin(int batch, Logs logs) => _told.Add($"b{batch}");

        public override void on_train_batch_end(int batch, Logs logs) => _told.Add($"e{batch}");

        public override void on_test_begin(Logs logs) => _told.Add("T");

        public override void on_test_batch_begin(int batch, Logs logs) => _told.Add($"tb{batch}");

        public override void on_test_batch_end(int batch, Logs logs) => _told.Add($"te{batch}");

        public override void on_predict_batch_begin(int batch, Logs logs) => _told.Add($"pb{batch}");

        public override void on_predict_batch_end(int batch, Logs logs) => _told.Add($"pe{batch}");
    }
}
