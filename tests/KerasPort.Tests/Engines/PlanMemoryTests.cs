using KerasPort.Cuda;
using KerasPort.Engines;
using KerasPort.Losses;
using KerasPort.Metrics;
using KerasPort.Models;
using KerasPort.Optimizers;

namespace KerasPort.Tests.Engines;

/// <summary>Batches of any size, in any order, share the memory of the largest one.</summary>
public sealed class PlanMemoryTests
{
    private const int Most = 128;

    public static TheoryData<string, string> Cases
    {
        get
        {
            var cases = new TheoryData<string, string>();
            foreach (string verb in (string[])["predict", "evaluate", "fit", "all"])
                foreach (string order in (string[])["ascending", "descending", "random"]) cases.Add(verb, order);
            return cases;
        }
    }

    private static int[] Sizes(string order)
    {
        int[] sizes = [.. Enumerable.Range(1, Most)];
        if (order == "descending") Array.Reverse(sizes);
        if (order == "random") new System.Random(3).Shuffle(sizes);
        return sizes;
    }

    private static void Use(Sequential model, string verb, NDArray x, NDArray y)
    {
        if (verb is "predict" or "all") model.predict(x, batch_size: Most, verbose: 0);
        if (verb is "evaluate" or "all") model.evaluate(x, y, batch_size: Most, verbose: 0);
        if (verb is "fit" or "all") model.fit(x, y, batch_size: Most, verbose: 0);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Many_sizes_hold_what_the_largest_holds(string verb, string order)
    {
        var (x, y) = SyntheticData.Rows(Most, 6, 6, 1);
        long Held(int[] sizes)
        {
            var engine = new CountingEngine();
            var model = keras.Sequential([keras.Input((6, 6, 1)), keras.layers.Conv2D(2, 3, activation: "relu"), keras.layers.MaxPooling2D(2),
                keras.layers.Flatten(), keras.layers.Dense(5, activation: "softmax")]);
            model.compile("adam", "sparse_categorical_crossentropy", ["accuracy"], engine);
            foreach (int rows in sizes) Use(model, verb, x[..rows], y[..rows]);
            return engine.Kernels!.Held;
        }

        long alone = Held([Most]), many = Held(Sizes(order));
        Assert.True(alone > 0);
        Assert.Equal(alone, many);
    }

    /// <summary>The same for the fused kernels' own memory: measured for the process, with two convolutions that have it.</summary>
    [Theory]
    [InlineData("ascending")]
    [InlineData("descending")]
    [InlineData("random")]
    public void Many_sizes_hold_no_more_of_the_managed_heap(string order)
    {
        var (x, _) = SyntheticData.Rows(Most, 28, 28, 1);
        Sequential Made(int[] sizes)
        {
            var model = TestModels.Build("cnn-16-16");
            foreach (int rows in sizes) model.predict(x[..rows], batch_size: Most, verbose: 0);
            return model;
        }

        // What earlier tests left for finalizers isn't counted.
        static long Held()
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
            return GC.GetTotalMemory(forceFullCollection: true);
        }

        Made([1]);
        long before = Held();
        var alone = Made([Most]);
        long one = Held() - before;
        var many = Made(Sizes(order));
        long all = Held() - before - one;
        GC.KeepAlive((alone, many));
        Figures.Tell($"plans: predictions of 1 to {Most} rows, {order}, hold {all / 1e6:0.0} MB; of {Most} alone {one / 1e6:0.0} MB");
        Assert.InRange(all, 0, one + (1 << 20));
    }

    /// <summary>Memory on a card that was replaced by a larger one is freed.</summary>
    [Fact]
    [Slow]
    [Needs(Need.Pocl)]
    public void Many_sizes_hold_no_more_of_a_card()
    {
        var (x, y) = SyntheticData.Rows(20, 8, 8, 1);
        var model = keras.Sequential([keras.Input((8, 8, 1)), keras.layers.Conv2D(2, 3, activation: "relu"), keras.layers.MaxPooling2D(2),
            keras.layers.Flatten(), keras.layers.Dense(5, activation: "softmax")]);
        model.compile("adam", "sparse_categorical_crossentropy", ["accuracy"], new CudaEngine(PoclCard.Shared));
        float[] whole = model.predict(x, batch_size: 20, verbose: 0).ToFloats();
        foreach (int rows in (int[])[1, 7, 3, 20, 2, 13])
        {
            Assert.Equal(whole[..(rows * 5)], model.predict(x[..rows], batch_size: 20, verbose: 0).ToFloats());
            model.evaluate(x[..rows], y[..rows], verbose: 0);
        }
    }

    /// <summary>A step, an evaluation and a prediction give the same, whatever batch sizes came before.</summary>
    [Fact]
    public void What_was_in_the_room_before_does_not_matter()
    {
        var (x, y) = SyntheticData.Rows(70, 14, 14, 1);
        float[] Train(bool others)
        {
            keras.utils.set_random_seed(6);
            var model = keras.Sequential([keras.Input((14, 14, 1)), keras.layers.Conv2D(16, 3, activation: "relu"), keras.layers.MaxPooling2D(2),
                keras.layers.Flatten(), keras.layers.Dense(5, activation: "softmax")]);
            model.compile("adam", "sparse_categorical_crossentropy", ["accuracy"]);
            var random = new System.Random(2);
            for (int epoch = 0; epoch < 3; epoch++)
            {
                for (int i = 0; others && i < 20; i++)
                {
                    int rows = random.Next(1, 70);
                    if (i % 2 == 0) model.predict(x[..rows], batch_size: random.Next(1, 80), verbose: 0);
                    else model.evaluate(x[..rows], y[..rows], batch_size: random.Next(1, 80), verbose: 0);
                }
                model.fit(x, y, batch_size: 16, verbose: 0);
            }
            return [.. model.get_weights().SelectMany(w => w.ToFloats()), .. model.predict(x, verbose: 0).ToFloats()];
        }

        Assert.Equal(Train(false), Train(true));
    }

    private sealed class CountingEngine : Engine
    {
        public CountingKernels? Kernels { get; private set; }

        public override string name => "counting";

        public override string device => "cpu";

        public override int threads => 1;

        public override CompiledModel Compile(Model model, Optimizer? optimizer, IReadOnlyList<Goal> goals) =>
            new Executor(Kernels = new CountingKernels(), model, optimizer, goals);
    }

    /// <summary>Counts the floats that are allocated and not yet freed.</summary>
    private sealed class CountingKernels : ReferenceKernels
    {
        public long Held { get; private set; }

        protected override DeviceBuffer AllocateCore(int length)
        {
            Held += length;
            return base.AllocateCore(length);
        }

        public override void Free(DeviceBuffer buffer)
        {
            Held -= buffer.Length;
            base.Free(buffer);
        }
    }
}
