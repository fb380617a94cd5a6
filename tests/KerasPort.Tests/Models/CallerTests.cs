using System.Runtime.CompilerServices;
using KerasPort.Callbacks;
using KerasPort.Engines;
using KerasPort.Engines.Managed;
using KerasPort.Graphs;
using KerasPort.Layers;
using KerasPort.Models;
using KerasPort.Optimizers;
using KerasPort.Tests.Engines;

namespace KerasPort.Tests.Models;

/// <summary>Callers who predict with one model at the same time get the same results as alone, in one of a few lanes, whatever else happens.</summary>
public sealed class CallerTests
{
    private const int Callers = 8;

    private static void AtOnce(int callers, Action<int> action) => ThreadTests.AtOnce(Enumerable.Range(0, callers).Select<int, Action>(i => () => action(i)));

    private static Sequential Small(Engine engine)
    {
        var model = keras.Sequential([keras.Input(6), keras.layers.Dense(8, activation: "relu"), keras.layers.Dense(5, activation: "softmax")]);
        model.compile("adam", "sparse_categorical_crossentropy", ["accuracy"], engine: engine);
        return model;
    }

    /// <summary>More callers than lanes, with batches of all sizes and shorter last ones, to the last bit.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Each_gets_the_bits_that_it_gets_alone(int threads)
    {
        var engine = new WatchedEngine(threads);
        var model = keras.Sequential([keras.Input((14, 14, 1)), keras.layers.Conv2D(16, 3, activation: "relu"), keras.layers.MaxPooling2D(2),
            keras.layers.Conv2D(16, 3, activation: "relu"), keras.layers.MaxPooling2D(2), keras.layers.Flatten(), keras.layers.Dense(200, activation: "relu"),
            keras.layers.Dense(5, activation: "softmax")]);
        model.compile("adam", "sparse_categorical_crossentropy", engine: engine);
        var (x, _) = SyntheticData.Rows(40, 14, 14, 1);
        (int Rows, int Batch)[] calls = [.. Enumerable.Range(0, 20).Select(i => (i * 7 % 40 + 1, i % 3 == 0 ? 32 : i % 13 + 1))];
        float[][] alone = [.. calls.Select(call => model.predict(x[..call.Rows], batch_size: call.Batch, verbose: 0).ToFloats())];
        AtOnce(Callers, caller =>
        {
            for (int i = 0; i < 100; i++)
            {
                int k = (i / 3 * 11 + caller) % calls.Length;
                Assert.Equal(alone[k], model.predict(x[..calls[k].Rows], batch_size: calls[k].Batch, verbose: 0).ToFloats());
            }
        });
        Assert.InRange(engine.Executor!.Lanes, 1, threads);
    }

    /// <summary>Both must have a lane: if they took turns, neither could finish its batch.</summary>
    [Fact]
    public void Two_are_at_work_at_the_same_time()
    {
        var engine = new HookedEngine(2);
        var model = Small(engine);
        var (x, _) = SyntheticData.Rows(4, 6);
        MakeLanes(engine, model, x);
        using var both = new Barrier(2);
        engine.AtWork = () => Assert.True(both.SignalAndWait(TimeSpan.FromSeconds(30)), "The other one waits for its turn.");
        AtOnce(2, _ => model.predict(x, verbose: 0));
        Assert.Equal(2, engine.Executor!.Lanes);
    }

    /// <summary>Makes callers overlap until all lanes exist.</summary>
    private static void MakeLanes(HookedEngine engine, Sequential model, NDArray x)
    {
        model.predict(x, verbose: 0);
        engine.AtWork = () => Thread.Sleep(2);
        for (int i = 0; i < 100 && engine.Executor!.Lanes < engine.Most; i++) AtOnce(Callers, _ => model.predict(x, verbose: 0));
        engine.AtWork = null;
    }

    /// <summary>Each prediction, of three batches, uses the weights between two of the fit's batches.</summary>
    [Fact]
    public void A_fit_beside_predictions_is_seen_in_whole_steps()
    {
        Sequential Made() => keras.Sequential([keras.Input(3), keras.layers.Dense(40, activation: "tanh"), keras.layers.Dense(1)]);
        var (x, _) = SyntheticData.Rows(120, 3);
        var y = new NDArray([.. Enumerable.Range(0, 120).Select(i => i % 7 / 7f)], 120, 1);
        var same = new NDArray([.. Enumerable.Repeat((float[])[0.1f, 0.7f, 0.4f], 5).SelectMany(row => row)], 5, 3);
        var model = Made();
        model.compile("adam", "mse", engine: new WatchedEngine(2));
        List<NDArray[]> states = [model.get_weights()];
        var seen = new HashSet<float>();
        using var ended = new CancellationTokenSource();
        ThreadTests.AtOnce([() =>
        {
            // Until others have seen some of its steps, however busy the machine is.
            var each = new LambdaCallback(on_train_batch_end: (_, _) =>
            {
                states.Add(model.get_weights());
                lock (seen) model.stop_training = seen.Count > 5;
            });
            model.fit(x, y, batch_size: 4, epochs: 2000, verbose: 0, callbacks: [each]);
            ended.Cancel();
        }, .. Enumerable.Repeat<Action>(() =>
        {
            while (!ended.IsCancellationRequested)
            {
                float value = Assert.Single(model.predict(same, batch_size: 2, verbose: 0).ToFloats().Distinct());
                lock (seen) seen.Add(value);
            }
        }, 3)]);
        var twin = Made();
        var known = new HashSet<float>();
        foreach (var state in states)
        {
            twin.set_weights(state);
            known.Add(twin.predict(same, batch_size: 2, verbose: 0).ToFloats()[0]);
        }
        Assert.True(seen.Count > 2);
        Assert.Subset(known, seen);
    }

    /// <summary>Callbacks and generators of predictions predict too, on their thread and in tasks, though there are fewer lanes than callers.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Callbacks_of_predictions_predict(int threads)
    {
        var model = Small(new WatchedEngine(threads));
        var (x, _) = SyntheticData.Rows(10, 6);
        float[] expected = model.predict(x, batch_size: 3, verbose: 0).ToFloats();
        void Predict() => Assert.Equal(expected, model.predict(x, batch_size: 3, verbose: 0).ToFloats());
        IEnumerable<NDArray> Batches()
        {
            for (int i = 0; i < 10; i += 5)
            {
                Predict();
                yield return x[i..(i + 5)];
            }
        }

        AtOnce(Callers, _ =>
        {
            for (int i = 0; i < 10; i++)
            {
                float[] given = model.predict(x, batch_size: 3, verbose: 0, callbacks: [new LambdaCallback(
                    on_predict_begin: _ => Predict(), on_predict_batch_end: (_, _) => Task.Run(Predict).Wait(), on_predict_end: _ => Predict())]).ToFloats();
                Assert.Equal(expected, given);
                Assert.Equal(expected, model.predict(Batches(), verbose: 0).ToFloats());
            }
        });
    }

    /// <summary>A caller who stops its own prediction stops no other; one who stops the model from outside stops all that are under way.</summary>
    [Fact]
    public void A_prediction_is_stopped_alone()
    {
        var model = Small(new WatchedEngine(2));
        var (x, _) = SyntheticData.Rows(10, 6);
        using var stopped = new ManualResetEventSlim();
        using var begun = new ManualResetEventSlim();
        int Rows(Action<int> told) =>
            model.predict(x, batch_size: 2, verbose: 0, callbacks: [new LambdaCallback(on_predict_batch_end: (batch, _) => told(batch))]).Length;
        ThreadTests.AtOnce(
            () => Assert.Equal(2, Rows(_ =>
            {
                begun.Wait();
                model.stop_predicting = true;
                Assert.True(model.stop_predicting);
                stopped.Set();
            })),
            () => Assert.Equal(10, Rows(_ =>
            {
                begun.Set();
                stopped.Wait();
                Assert.False(model.stop_predicting);
            })));
        begun.Reset();
        stopped.Reset();
        ThreadTests.AtOnce(
            () => Assert.Equal(4, Rows(batch =>
            {
                if (batch == 0) return;
                begun.Set();
                stopped.Wait();
            })),
            () =>
            {
                begun.Wait();
                model.stop_predicting = true;
                stopped.Set();
            });
        Assert.Equal(10, Rows(_ => { }));
    }

    /// <summary>The model moves between engines, and its layers to another model, while others predict.</summary>
    [Fact]
    public void What_moves_the_model_waits_for_predictions()
    {
        Engine[] engines = [new WatchedEngine(2), new WatchedEngine(1), new WatchedEngine(3)];
        var model = Small(engines[0]);
        var head = keras.Sequential([keras.Input(6), model.layers[0]]);
        var (x, _) = SyntheticData.Rows(10, 6);
        float[] expected = model.predict(x, batch_size: 4, verbose: 0).ToFloats(), ofHead = head.predict(x, verbose: 0).ToFloats();
        using var ended = new CancellationTokenSource();
        ThreadTests.AtOnce([() =>
        {
            for (int i = 0; i < 150; i++)
            {
                if (i % 3 == 0) Assert.Equal(ofHead, head.predict(x, verbose: 0).ToFloats());
                else if (i % 3 == 1) model.set_weights(model.get_weights());
                else model.compile("adam", "sparse_categorical_crossentropy", engine: engines[i / 3 % 3]);
            }
            ended.Cancel();
        }, .. Enumerable.Repeat<Action>(() =>
        {
            for (int i = 0; !ended.IsCancellationRequested; i++)
                Assert.Equal(expected, model.predict(x, batch_size: 4, verbose: 0, callbacks: i % 2 == 0 ? null : [new LambdaCallback()]).ToFloats());
        }, 3)]);
    }

    /// <summary>However many sizes there were, a lane has memory for the largest; and there are never more lanes than allowed.</summary>
    [Fact]
    public void Many_sizes_hold_what_the_largest_holds_in_each_lane()
    {
        const int most = 128;
        var (x, _) = SyntheticData.Rows(most, 6);
        var one = new HookedEngine(3);
        Small(one).predict(x, batch_size: most, verbose: 0);
        var many = new HookedEngine(3);
        var model = Small(many);
        MakeLanes(many, model, x[..1]);
        AtOnce(Callers, caller =>
        {
            int[] sizes = [.. Enumerable.Range(1, most)];
            new System.Random(caller).Shuffle(sizes);
            foreach (int rows in sizes) Assert.Equal(rows, model.predict(x[..rows], batch_size: most, verbose: 0).Length);
        });
        Assert.Equal(3, many.Executor!.Lanes);
        Assert.InRange(many.Held, one.Held, 3 * one.Held);
    }

    /// <summary>A failure in a callback, a generator, the data or a kernel leaves the lane to the next caller.</summary>
    [Fact]
    public void A_lane_outlives_the_failures_of_its_callers()
    {
        var engine = new HookedEngine(2);
        var model = Small(engine);
        var (x, _) = SyntheticData.Rows(10, 6);
        float[] expected = model.predict(x, batch_size: 4, verbose: 0).ToFloats();
        MakeLanes(engine, model, x);
        IEnumerable<NDArray> Failing()
        {
            yield return x;
            throw new IOException("the generator");
        }

        var failing = new LambdaCallback(on_predict_batch_end: (_, _) => throw new IOException("a callback"));
        AtOnce(Callers, _ =>
        {
            for (int i = 0; i < 10; i++)
            {
                Assert.Throws<IOException>(() => model.predict(x, batch_size: 4, verbose: 0, callbacks: [failing]));
                Assert.Throws<IOException>(() => model.predict(Failing(), verbose: 0));
                Assert.Throws<ValueError>(() => model.predict(new NDArray(new float[14], 2, 7), verbose: 0));
            }
        });
        engine.AtWork = () => throw new InvalidOperationException("a kernel");
        AtOnce(Callers, _ => Assert.Throws<InvalidOperationException>(() => model.predict(x, batch_size: 4, verbose: 0)));
        engine.AtWork = null;
        AtOnce(Callers, _ => Assert.Equal(expected, model.predict(x, batch_size: 4, verbose: 0).ToFloats()));
        Assert.Equal(2, engine.Executor!.Lanes);
        using var both = new Barrier(2);
        engine.AtWork = () => Assert.True(both.SignalAndWait(TimeSpan.FromSeconds(30)), "One of the lanes is lost.");
        AtOnce(2, _ => model.predict(x, verbose: 0));
    }

    [Fact]
    public void Nothing_is_kept_of_an_engine_that_the_model_has_left()
    {
        var engine = new HookedEngine(2);
        var model = Small(engine);
        var (x, _) = SyntheticData.Rows(4, 6);
        MakeLanes(engine, model, x);
        var kernels = Opened(engine);
        Assert.Equal(2, kernels.Length);
        model.compile("adam", "sparse_categorical_crossentropy");
        engine.Forget();
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        Assert.All(kernels, each => Assert.False(each.TryGetTarget(out _)));
        GC.KeepAlive(model);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WeakReference<Kernels>[] Opened(HookedEngine engine) => [.. engine.Opened.Select(kernels => new WeakReference<Kernels>(kernels))];

    /// <summary>A layer that counts its batches or draws random numbers is used by one caller at a time.</summary>
    [Fact]
    public void What_predictions_change_is_changed_by_one_at_a_time()
    {
        var model = keras.Sequential([keras.Input(1), new Counter()]);
        model.compile("sgd", "mse", engine: new WatchedEngine(3));
        var counts = new List<float>();
        AtOnce(Callers, _ =>
        {
            for (int i = 0; i < 50; i++)
            {
                float count = (float)model.predict(new NDArray(new float[1], 1, 1), verbose: 0).item();
                lock (counts) counts.Add(count);
            }
        });
        Assert.Equal(Enumerable.Range(1, Callers * 50).Select(i => (float)i), counts.Order());
    }

    /// <summary>A layer may read and even set its weights when its nodes are made: one caller at a time makes them, after waiting for the others.</summary>
    [Fact]
    public void Nodes_are_made_by_one_caller_at_a_time()
    {
        var layer = new Looking();
        var model = keras.Sequential([keras.Input(6), layer, keras.layers.Dense(4)]);
        model.compile("sgd", "mse", engine: new WatchedEngine(2));
        var (x, _) = SyntheticData.Rows(60, 6);
        float[] expected = model.predict(x, batch_size: 60, verbose: 0).ToFloats();
        AtOnce(Callers, caller =>
        {
            // More sizes than plans are kept for.
            for (int i = 0; i < 60; i++)
            {
                int rows = (i * 7 + caller * 5) % 60 + 1;
                Assert.Equal(expected[..(rows * 4)], model.predict(x[..rows], batch_size: 60, verbose: 0).ToFloats(), (a, b) => Math.Abs(a - b) < 1e-5);
            }
        });
        Assert.False(layer.Met);
    }

    private sealed class Counter() : Layer("counter")
    {
        public override Shape compute_output_shape(Shape input_shape) => input_shape;

        protected internal override IEnumerable<Weight> Weights(Shape input_shape) => [new("count", [1], new KerasPort.Initializers.Zeros(), Trainable: false)];

        protected internal override Tensor Call(Graph g, Tensor x)
        {
            var next = g.Add(g.Variable(variables[0]), g.Lift(new NDArray([1f], 1)));
            g.Assign(variables[0], next);
            return g.Add(x, next);
        }
    }

    private sealed class Looking() : Layer("looking")
    {
        private readonly Dense _inside = keras.layers.Dense(6);
        private int _making;

        public bool Met { get; private set; }

        public override Tensor call(Tensor x, bool training)
        {
            if (Interlocked.Increment(ref _making) > 1) Met = true;
            if (_inside.built) _inside.set_weights(_inside.get_weights());
            Thread.Yield();
            Interlocked.Decrement(ref _making);
            return _inside.Apply(x);
        }
    }

    /// <summary>The managed engine, whose last executor is visible.</summary>
    private sealed class WatchedEngine(int threads) : Engine
    {
        private readonly ManagedEngine _engine = new(threads);

        public Executor? Executor { get; private set; }

        public override string name => "watched";

        public override string device => "cpu";

        public override int threads => _engine.threads;

        public override CompiledModel Compile(Model model, Optimizer? optimizer, IReadOnlyList<Goal> goals) =>
            Executor = (Executor)_engine.Compile(model, optimizer, goals);
    }

    /// <summary>The definitions of all kernels, in some lanes, with an action before each softmax and a count of their floats.</summary>
    private sealed class HookedEngine(int most) : Engine
    {
        public int Most => most;

        public Action? AtWork { get; set; }

        public long Held;

        public List<Kernels> Opened { get; } = [];

        public Executor? Executor { get; private set; }

        public override string name => "hooked";

        public override string device => "cpu";

        public override int threads => 1;

        public void Forget()
        {
            Opened.Clear();
            Executor = null;
        }

        public override CompiledModel Compile(Model model, Optimizer? optimizer, IReadOnlyList<Goal> goals) =>
            Executor = new Executor(Open(), model, optimizer, goals, Open, most);

        private HookedKernels Open()
        {
            var kernels = new HookedKernels(this);
            Opened.Add(kernels);
            return kernels;
        }
    }

    private sealed class HookedKernels(HookedEngine engine) : ReferenceKernels
    {
        protected override void SoftmaxCore(int rows, int columns, DeviceBuffer y)
        {
            engine.AtWork?.Invoke();
            base.SoftmaxCore(rows, columns, y);
        }

        protected override DeviceBuffer AllocateCore(int length)
        {
            Interlocked.Add(ref engine.Held, length);
            return base.AllocateCore(length);
        }

        public override void Free(DeviceBuffer buffer)
        {
            Interlocked.Add(ref engine.Held, -buffer.Length);
            base.Free(buffer);
        }
    }
}
