using KerasPort.Callbacks;
using KerasPort.Engines;
using KerasPort.Graphs;
using KerasPort.Layers;
using KerasPort.Models;
using KerasPort.Random;

namespace KerasPort.Tests.Models;

/// <summary>Concurrent calls on models end, and give the same as one after the other.</summary>
public sealed class ThreadTests
{
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(60);

    /// <summary>Runs all actions at once; exceptions come through, and none may hang.</summary>
    internal static void AtOnce(params IEnumerable<Action> actions)
    {
        var errors = new List<Exception>();
        using var together = new Barrier(actions.Count());
        Thread[] threads = [.. actions.Select(action => new Thread(() =>
        {
            try
            {
                together.SignalAndWait();
                action();
            }
            catch (Exception e)
            {
                lock (errors) errors.Add(e);
            }
        })
        { IsBackground = true })];
        foreach (var thread in threads) thread.Start();
        Assert.All(threads, thread => Assert.True(thread.Join(s_limit), "A thread hangs."));
        if (errors.Count > 0) throw new AggregateException(errors);
    }

    private static Sequential Small(int units = 8)
    {
        var model = keras.Sequential([keras.Input(6), keras.layers.Dense(units, activation: "relu"), keras.layers.Dense(5, activation: "softmax")]);
        model.compile(optimizer: "adam", loss: "sparse_categorical_crossentropy", metrics: ["accuracy"]);
        return model;
    }

    [Fact]
    public void Predictions_on_four_threads_are_right()
    {
        var model = keras.Sequential([keras.Input(1), keras.layers.Dense(1, use_bias: false)]);
        model.set_weights([new NDArray([1f], 1, 1)]);
        int wrong = 0;
        AtOnce(Enumerable.Range(0, 4).Select<int, Action>(thread => () =>
        {
            for (int i = 0; i < 5000; i++)
                if (model.predict(new NDArray([(float)(thread * 5000 + i)], 1, 1), verbose: 0).item() != thread * 5000 + i) Interlocked.Increment(ref wrong);
        }));
        Assert.Equal(0, wrong);
    }

    [Fact]
    public void A_convolutional_model_predicts_the_same_on_two_threads()
    {
        keras.utils.set_random_seed(4);
        var model = keras.Sequential([keras.Input((14, 14, 1)), keras.layers.Conv2D(16, 3, activation: "relu"), keras.layers.MaxPooling2D(2),
            keras.layers.Conv2D(16, 3, activation: "relu"), keras.layers.MaxPooling2D(2), keras.layers.Flatten(),
                keras.layers.Dense(5, activation: "softmax")]);
        var (x, _) = SyntheticData.Rows(40, 14, 14, 1);
        float[][] expected = [.. Enumerable.Range(1, 40).Select(rows => model.predict(x[..rows], verbose: 0).ToFloats())];
        AtOnce(Enumerable.Range(0, 2).Select<int, Action>(thread => () =>
        {
            for (int i = 0; i < 150; i++)
            {
                int rows = (i * 7 + thread * 3) % 40 + 1;
                Assert.Equal(expected[rows - 1], model.predict(x[..rows], verbose: 0).ToFloats());
            }
        }));
    }

    /// <summary>The same losses to the last bit, also of the validation, and the same weights.</summary>
    [Fact]
    public void Predicting_beside_a_fit_changes_nothing_of_it()
    {
        var (x, y) = SyntheticData.Rows(300, 6);
        (List<double>, List<double>, float[]) Train(bool beside)
        {
            keras.utils.set_random_seed(4);
            var model = Small();
            var seen = new List<double>();
            using var ended = new ManualResetEventSlim();
            int predictions = 0;
            void Fit()
            {
                try
                {
                    var each = new LambdaCallback(on_train_batch_end: (_, logs) => seen.Add(logs["loss"]));
                    seen.AddRange(model.fit(x, y, batch_size: 16, epochs: 12, validation_split: 0.2, verbose: 0, callbacks: [each]).history["val_loss"]);
                }
                finally
                {
                    ended.Set();
                }
            }

            void Use()
            {
                for (int i = 1; !ended.IsSet || i < 20; i++)
                {
                    model.predict(x[..(i % 100 + 1)], batch_size: 48, verbose: 0);
                    model.evaluate(x[..50], y[..50], batch_size: 7, verbose: 0);
                    model.get_weights();
                    predictions++;
                }
            }

            if (beside) AtOnce(Fit, Use, Use);
            else Fit();
            Assert.Equal(beside, predictions > 0);
            return (seen, [], [.. model.get_weights().SelectMany(w => w.ToFloats())]);
        }

        var (alone, together) = (Train(false), Train(true));
        Assert.Equal(alone.Item1, together.Item1);
        Assert.Equal(alone.Item3, together.Item3);
    }

    /// <summary>An evaluation, and the weights that are read, belong to one moment, though weights are set all the time.</summary>
    [Fact]
    public void What_is_read_is_of_one_moment()
    {
        var model = keras.Sequential([keras.Input(1), keras.layers.Dense(3, use_bias: false), keras.layers.Dense(1, use_bias: false)]);
        NDArray[] All(float value) => [new NDArray([value, value, value], 1, 3), new NDArray([value, value, value], 3, 1)];
        model.set_weights(All(1));
        using var ended = new CancellationTokenSource();
        AtOnce(
            () =>
            {
                for (int i = 0; i < 2000; i++) model.set_weights(All(i % 2 + 1));
                ended.Cancel();
            },
            () =>
            {
                while (!ended.IsCancellationRequested)
                {
                    float[] weights = [.. model.get_weights().SelectMany(w => w.ToFloats())];
                    Assert.Single(weights.Distinct());
                    float[] outputs = model.predict(new NDArray([1f, 1, 1, 1, 1], 5, 1), batch_size: 1, verbose: 0).ToFloats();
                    Assert.Contains(Assert.Single(outputs.Distinct()), (float[])[3, 12]);
                }
            });
    }

    /// <summary>All kinds of calls at once, with other models that share the layers.</summary>
    [Fact]
    public void Every_mix_of_calls_ends()
    {
        using var folder = new TemporaryFolder();
        var (x, y) = SyntheticData.Rows(64, 6);
        var model = Small();
        var head = keras.Sequential([keras.Input(6), model.layers[0]]);
        var tail = keras.Sequential([keras.Input(8), model.layers[1]]);
        string weights = folder["w.weights.h5"];
        model.save_weights(weights);
        var initial = model.get_weights();
        Action[] calls =
        [
            () => model.fit(x, y, epochs: 2, verbose: 0),
            () => model.fit(x, y, batch_size: 8, verbose: 0, callbacks: [new LambdaCallback(on_train_batch_end: (_, _) => model.predict(x[..3], verbose: 0))]),
            () => model.evaluate(x, y, verbose: 0),
            () => model.predict(x, verbose: 0),
            () => model.predict(x, batch_size: 5, verbose: 0, callbacks: [new LambdaCallback()]),
            () => model.save(folder[$"{Guid.NewGuid()}.keras"]),
            () => model.load_weights(weights),
            () => model.set_weights(initial),
            () => model.get_weights(),
            () => model.layers[0].set_weights(initial[..2]),
            () => model.layers[1].get_weights(),
            () => model.compile("adam", "sparse_categorical_crossentropy", ["accuracy"]),
            () => model.count_params(),
            () => model.to_json(),
            () => model.build(new Shape(null, 6)),
            () => head.predict(x, verbose: 0),
            () => tail.predict(new NDArray(new float[16], 2, 8), verbose: 0),
            () => model.variables[0].numpy(),
            () => model.variables[1].assign(initial[1]),
            () => keras.Sequential([keras.Input(6), model.layers[0]]).predict(x[..2], verbose: 0),
        ];
        AtOnce(Enumerable.Range(0, 6).Select<int, Action>(thread => () =>
        {
            var random = new System.Random(thread);
            for (int i = 0; i < 80; i++) calls[random.Next(calls.Length)]();
        }));
        Assert.Equal(64, model.predict(x, verbose: 0).Length);
    }

    /// <summary>Layers are added and removed during predictions: each sees the model before or after.</summary>
    [Fact]
    public void Layers_may_be_added_and_taken_off_beside_predictions()
    {
        var model = keras.Sequential([keras.Input(6), keras.layers.Dense(4)]);
        var (x, _) = SyntheticData.Rows(8, 6);
        using var ended = new CancellationTokenSource();
        AtOnce(
            () =>
            {
                for (int i = 0; i < 200; i++)
                {
                    model.add(keras.layers.Dense(7));
                    model.pop();
                }
                ended.Cancel();
            },
            () =>
            {
                while (!ended.IsCancellationRequested) Assert.Contains(model.predict(x, verbose: 0).size / 8, (int[])[4, 7]);
            });
    }

    public static TheoryData<string> Ways => ["directly", "in a task", "on a thread", "in a task that waits for others"];

    /// <summary>Calls of a callback on its own model, direct or through other threads that it waits for.</summary>
    [Theory]
    [MemberData(nameof(Ways))]
    public void Callbacks_may_use_their_model(string way)
    {
        using var folder = new TemporaryFolder();
        var (x, y) = SyntheticData.Rows(48, 6);
        var model = Small();
        int told = 0;
        void Use(bool between)
        {
            Do(() =>
            {
                model.predict(x, verbose: 0);
                model.evaluate(x, y, verbose: 0);
                model.save(folder["m.keras"]);
                model.set_weights(model.get_weights());
                if (between) model.compile(model.optimizer!, model.loss!, [.. model.Measured]);
            });
            told++;
        }

        void Do(Action action)
        {
            switch (way)
            {
                case "directly":
                    action();
                    break;
                case "in a task":
                    Task.Run(action).Wait();
                    break;
                case "on a thread":
                    var thread = new Thread(() => action());
                    thread.Start();
                    thread.Join();
                    break;
                default:
                    Task.Run(async () => await Task.WhenAll(Task.Run(action), Task.Run(() => model.predict(x[..5], verbose: 0)))).Wait();
                    break;
            }
        }

        AtOnce(() =>
        {
            model.fit(x, y, batch_size: 16, epochs: 2, verbose: 0, callbacks: [new LambdaCallback(
                on_epoch_begin: (_, _) => Use(true), on_epoch_end: (_, _) => Use(true), on_train_begin: _ => Use(false), on_train_end: _ => Use(true),
                on_train_batch_begin: (_, _) => Use(false), on_train_batch_end: (_, _) => Use(false))]);
            model.predict(x, batch_size: 16, verbose: 0, callbacks: [new PredictCallback(() => Use(false))]);
        });
        Assert.Equal(2 + 2 * 2 + 2 * 2 * 3 + 3, told);
    }

    [Fact]
    public void A_fit_within_a_callback_of_a_fit_ends()
    {
        var (x, y) = SyntheticData.Rows(48, 6);
        var model = Small();
        bool once = false;
        AtOnce(() => model.fit(x, y, epochs: 2, verbose: 0, callbacks: [new LambdaCallback(on_epoch_end: (_, _) =>
        {
            if (once) return;
            once = true;
            Task.Run(() => model.fit(x, y, verbose: 0)).Wait();
        })]));
        Assert.Equal(6, model.optimizer!.iterations);
    }

    /// <summary>Two fits at once give what they give one after the other.</summary>
    [Fact]
    public void Fits_follow_each_other_as_wholes()
    {
        var (x, y) = SyntheticData.Rows(200, 6);
        float[] Train(bool together)
        {
            keras.utils.set_random_seed(9);
            var model = Small();
            void Fit() => model.fit(x, y, batch_size: 16, epochs: 3, verbose: 0, callbacks: [new LambdaCallback(on_train_batch_end: (_, _) => Thread.Yield())]);
            if (together) AtOnce(Fit, Fit, Fit);
            else for (int i = 0; i < 3; i++) Fit();
            return [.. model.get_weights().SelectMany(w => w.ToFloats())];
        }

        Assert.Equal(Train(false), Train(true));
    }

    /// <summary>Separate models on one engine train at the same time as they do alone.</summary>
    [Fact]
    public void Models_of_their_own_train_at_the_same_time()
    {
        var (x, y) = SyntheticData.Rows(200, 6);
        keras.utils.set_random_seed(9);
        Sequential[] models = [.. Enumerable.Range(0, 6).Select(i => Small(100))];
        NDArray[][] initial = [.. models.Select(m => m.get_weights())];
        for (int i = 3; i < 6; i++) models[i].set_weights(initial[i - 3]);
        void Fit(Sequential model) => model.fit(x, y, epochs: 5, verbose: 0);
        for (int i = 0; i < 3; i++) Fit(models[i]);
        AtOnce(models[3..].Select<Sequential, Action>(model => () => Fit(model)));
        for (int i = 0; i < 3; i++)
            foreach (var (alone, together) in models[i].get_weights().Zip(models[i + 3].get_weights())) Assert.Equal(alone.ToFloats(), together.ToFloats());
    }

    /// <summary>Two models add each other's layers at the same time.</summary>
    [Fact]
    public void Layers_come_to_be_shared_from_two_sides()
    {
        for (int i = 0; i < 100; i++)
        {
            Sequential a = Small(), b = Small();
            AtOnce(
                () => keras.Sequential([keras.Input(6), a.layers[0], b.layers[1]]).predict(new NDArray(new float[6], 1, 6), verbose: 0),
                () => keras.Sequential([keras.Input(6), b.layers[0], a.layers[1]]).predict(new NDArray(new float[6], 1, 6), verbose: 0),
                () => a.predict(new NDArray(new float[6], 1, 6), verbose: 0));
            Assert.Same(a.predict(new NDArray(new float[6], 1, 6), verbose: 0).GetType(), typeof(NDArray));
        }
    }

    /// <summary>A model whose layer another one trains waits for the end of its epoch's batches.</summary>
    [Fact]
    public void A_model_waits_for_the_layers_that_another_one_trains()
    {
        var (x, y) = SyntheticData.Rows(400, 6);
        var model = Small();
        var head = keras.Sequential([keras.Input(6), model.layers[0]]);
        AtOnce(() => model.fit(x, y, batch_size: 4, epochs: 3, verbose: 0), () =>
        {
            for (int i = 0; i < 50; i++) Assert.Equal(8 * 3, head.predict(x[..3], verbose: 0).size);
        });
    }

    /// <summary>Layers created on several threads draw different numbers, all of them among those that one thread would draw.</summary>
    [Fact]
    public void Layers_made_on_several_threads_share_out_the_seeds()
    {
        const int Each = 2000;
        List<int> Draw(int threads)
        {
            Seeds.Set(5);
            var drawn = new List<int>[threads];
            AtOnce(Enumerable.Range(0, threads).Select<int,
                Action>(t => () => drawn[t] = [.. Enumerable.Range(0, 4 * Each / threads).Select(_ => Seeds.ForInitializer())]));
            return [.. drawn.SelectMany(d => d).Order()];
        }

        Assert.Equal(Draw(1), Draw(4));
        AtOnce(Enumerable.Range(0, 4).Select<int, Action>(t => () =>
        {
            for (int i = 0; i < 200; i++)
            {
                if (t == 0) keras.utils.set_random_seed(i);
                else keras.Sequential([keras.Input(4), keras.layers.Dense(3)]).predict(new NDArray(new float[4], 1, 4), verbose: 0);
            }
        }));
    }

    [Fact]
    public void An_engine_that_is_disposed_of_beside_predictions_harms_nothing()
    {
        var (x, _) = SyntheticData.Rows(64, 30);
        var engine = new KerasPort.Engines.Managed.ManagedEngine(3);
        var model = keras.Sequential([keras.Input(30), keras.layers.Dense(300, activation: "relu"), keras.layers.Dense(5)]);
        model.compile("adam", "sparse_categorical_crossentropy", engine: engine);
        float[] expected = model.predict(x, verbose: 0).ToFloats();
        AtOnce(() =>
        {
            Thread.Sleep(5);
            engine.Dispose();
        }, () =>
        {
            for (int i = 0; i < 200; i++) Assert.Equal(expected, model.predict(x, verbose: 0).ToFloats());
        });
    }

    /// <summary>A layer that calls the model that is computing it gets an exception, not wrong numbers.</summary>
    [Fact]
    public void A_layer_can_not_use_the_model_that_computes_it()
    {
        var layer = new Reentrant();
        var model = keras.Sequential([keras.Input(2), layer]);
        layer.Inside = () => model.predict(new NDArray(new float[2], 1, 2), verbose: 0);
        Assert.Contains("is computing a batch", Assert.Throws<ValueError>(() => model.predict(new NDArray(new float[2], 1, 2), verbose: 0)).Message);
        layer.Inside = null;
        Assert.Equal(2, model.predict(new NDArray(new float[2], 1, 2), verbose: 0).size);
    }

    private sealed class Reentrant() : Layer("reentrant")
    {
        public Action? Inside { get; set; }

        public override Shape compute_output_shape(Shape input_shape) => input_shape;

        protected internal override Tensor Call(Graph g, Tensor x)
        {
            Inside?.Invoke();
            return x;
        }
    }

    private sealed class PredictCallback(Action told) : Callback
    {
        public override void on_predict_batch_end(int batch, Logs logs) => told();
    }
}
