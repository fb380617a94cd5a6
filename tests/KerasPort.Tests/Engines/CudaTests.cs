using System.Runtime.InteropServices;
using System.Text.RegularExpressions;
using ILGPU;
using ILGPU.Backends.EntryPoints;
using ILGPU.Backends.PTX;
using ILGPU.Runtime;
using ILGPU.Runtime.Cuda;
using KerasPort.Callbacks;
using KerasPort.Cuda;
using KerasPort.Engines;
using KerasPort.Engines.Formulas;
using KerasPort.Layers;
using KerasPort.Models;
using KerasPort.Optimizers;
using PureHDF;

namespace KerasPort.Tests.Engines;

[Slow]
[Needs(Need.Pocl)]
public sealed class CudaKernelTests : EngineContract
{
    private protected override Kernels Open(int threads) => new CudaKernels(PoclCard.Shared);

    private protected override bool FusesConvReluPool => true;

    private protected override bool FusesDenseKernelUpdate => false;
}

/// <summary>Training with the CUDA engine's kernels on the real data, and the cost of a step.</summary>
[Needs(Need.Pocl)]
[Slow]
public sealed class CudaTrainingTests
{
    /// <summary>The same weights and batches give TensorFlow's losses.</summary>
    [Theory]
    [Needs(Need.FashionMnist)]
    [InlineData("baseline", 20)]
    [InlineData("cnn-16-16", 12)]
    [InlineData("cnn-32-32-32", 8)]
    public void Steps_have_the_losses_of_TensorFlow(string name, int steps)
    {
        using var h5 = H5File.OpenRead(Hdf5.Files("steps", name + ".h5").Single());
        double[] expected = h5.Doubles("f32/loss");
        int batch = (int)h5.Attribute("batch").Read<long>();
        var ((x, y), _) = TestModels.Data(name);
        var model = TestModels.Compiled(name, new CudaEngine(PoclCard.Shared));
        model.set_weights(h5.Arrays("initial"));
        for (int step = 0; step < steps; step++)
        {
            var rows = (step * batch)..((step + 1) * batch);
            double loss = model.fit(x[rows], y[rows], batch_size: batch, shuffle: false, verbose: 0).history["loss"][0];
            Assert.True(Math.Abs(loss - expected[step]) <= 1e-4, $"Step {step}: loss {loss}, TensorFlow {expected[step]}.");
        }
    }

    [Fact]
    [Needs(Need.FashionMnist)]
    public void A_short_training_learns_and_gives_the_same_bits_again()
    {
        var (first, losses) = Train();
        Assert.True(losses[1] < 0.8 * losses[0], $"Losses by epoch: {string.Join(", ", losses)}.");
        Assert.Equal(first, Train().Weights);

        (byte[] Weights, List<double> Losses) Train()
        {
            keras.utils.set_random_seed(7);
            var ((x, y), _) = TestModels.Data("cnn-16-16");
            var model = TestModels.Compiled("cnn-16-16", new CudaEngine(PoclCard.Shared));
            // 62 batches and a shorter one.
            var history = model.fit(x[..1000], y[..1000], batch_size: 16, epochs: 2, verbose: 0).history["loss"];
            var weights = model.get_weights().SelectMany(w => MemoryMarshal.AsBytes(w.ToFloats().AsSpan()).ToArray());
            return ([.. weights], history);
        }
    }

    /// <summary>A checkpoint holds everything that the card held: a training that dies and is resumed ends in the bits of one that ran through.</summary>
    [Theory]
    [Needs(Need.FashionMnist)]
    [InlineData(3)]     // before the first checkpoint
    [InlineData(13)]    // the last batches of an epoch
    [InlineData(22)]    // in the middle of the second
    public void A_training_that_dies_goes_on_to_the_same_bits(int dies)
    {
        using var folder = new TemporaryFolder();
        byte[] through = Train(folder["a"], null)!;
        Assert.Null(Train(folder["b"], dies));
        Assert.Equal(through, Train(folder["b"], null));

        byte[]? Train(string checkpoints, int? dies)
        {
            keras.utils.set_random_seed(7);
            var ((x, y), _) = TestModels.Data("cnn-8");
            var model = TestModels.Compiled("cnn-8", new CudaEngine(PoclCard.Shared));
            int batches = 0;
            try
            {
                var history = model.fit(x[..240], y[..240], batch_size: 16, epochs: 2, verbose: 0,
                    callbacks: [keras.callbacks.BackupAndRestore(checkpoints, 5, delete_checkpoint: false),
                    new LambdaCallback(on_train_batch_end: (_, _) => _ = ++batches == dies ? throw new OperationCanceledException() : 0)]).history;
                return [.. model.get_weights().SelectMany(w => MemoryMarshal.AsBytes(w.ToFloats().AsSpan()).ToArray()),
                    .. history["loss"].SelectMany(BitConverter.GetBytes)];
            }
            catch (OperationCanceledException)
            {
                return null;
            }
        }
    }

    /// <summary>
    /// The counts that need no card: the kernels that a step of cnn-64-64 at batch 32 launches, the bytes that it copies between host
    /// and card (the losses and accuracies of its rows, fetched later), and that nothing waits.
    /// </summary>
    [Fact]
    [Needs(Need.FashionMnist)]
    public void A_step_is_16_launches_without_a_wait_or_a_byte_to_the_card()
    {
        var card = PoclCard.Shared;
        var (few, more) = (Cost(4), Cost(7));
        Assert.Equal(16 * 3, more.Launches - few.Launches);
        Assert.Equal(0, more.Waits - few.Waits);
        Assert.Equal(3 * 32 * (sizeof(float) + sizeof(float)), more.ToHost - few.ToHost);
        // Each row that a step trains on: its pixels and label as bytes, its index in the order.
        Assert.Equal(3 * 32 * (28 * 28 + 1 + sizeof(int)), more.ToDevice - few.ToDevice);

        (long Launches, long Waits, long ToHost, long ToDevice) Cost(int steps)
        {
            var ((x, y), _) = TestModels.Data("cnn-64-64");
            var model = TestModels.Compiled("cnn-64-64", new CudaEngine(card));
            var (launches, waits, host, device) = (card.Launches, card.Waits, card.BytesToHost, card.BytesToDevice);
            model.fit(x[..(32 * steps)], y[..(32 * steps)], verbose: 0);
            return (card.Launches - launches, card.Waits - waits, card.BytesToHost - host, card.BytesToDevice - device);
        }
    }

    /// <summary>A gradient left in parts has the same bits whether it is read or Adam adds it up, even with more parts than Adam takes at a time.</summary>
    [Fact]
    public void A_gradient_in_parts_is_the_same_for_who_reads_it_and_for_Adam()
    {
        const int Layers = 6, Rows = 1100, Inputs = 9, Outputs = 5, Each = 64;
        using var k = new CudaKernels(PoclCard.Shared);
        var random = new System.Random(5);
        DeviceBuffer Noise(int count)
        {
            var buffer = k.Allocate(count);
            k.Write([.. Enumerable.Range(0, count).Select(_ => random.NextSingle() - 0.5f)], buffer);
            return buffer;
        }
        var inputs = Enumerable.Range(0, Layers).Select(_ => (X: Noise(Rows * Inputs), DY: Noise(Rows * Outputs))).ToArray();
        var kernel = Noise(Inputs * Outputs);
        var start = Noise(Layers * Each);
        var (read, readFirst) = Step(readFirst: true);
        var (later, _) = Step(readFirst: false);
        Assert.Equal(read.Weights, later.Weights);
        Assert.Equal(read.Gradients, later.Gradients);
        Assert.Equal(readFirst, read.Gradients);

        ((float[] Weights, float[] Gradients) After, float[] Before) Step(bool readFirst)
        {
            var (w, g, m, v) = (k.Allocate(Layers * Each), k.Allocate(Layers * Each), k.Allocate(Layers * Each), k.Allocate(Layers * Each));
            k.Copy(start, w);
            for (int i = 0; i < Layers; i++)
                k.DenseGradients(Rows, Inputs, Outputs, inputs[i].X, kernel, null, inputs[i].DY, g.Part(i * Each, Inputs * Outputs),
                    g.Part(i * Each + 48, Outputs), null);
            float[] before = readFirst ? Floats(g) : [];
            k.Map(new AdamFormula(0.01f, 0.1f, 0.001f, 1e-7f), Layers * Each, w, g, m, v);
            return ((Floats(w), Floats(g)), before);
        }

        float[] Floats(DeviceBuffer buffer)
        {
            float[] values = new float[buffer.Length];
            k.Read(buffer, values);
            return values;
        }
    }

    [Fact]
    [Needs(Need.FashionMnist)]
    public void The_data_set_goes_to_the_card_once()
    {
        var card = PoclCard.Shared;
        var ((x, y), _) = TestModels.Data("baseline");
        var model = TestModels.Compiled("baseline", new CudaEngine(card));
        var sent = new List<long>();
        model.fit(x[..320], y[..320], epochs: 3, verbose: 0, callbacks: [new LambdaCallback(on_epoch_end: (_, _) => sent.Add(card.BytesToDevice))]);
        // After the first epoch only the order of rows is sent.
        Assert.Equal([320 * sizeof(int), 320 * sizeof(int)], sent.Zip(sent.Skip(1), (before, after) => after - before));
    }

    /// <summary>Arrays that the caller changed are sent again; equal data, in whatever array, is on the card already.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_data_set_that_is_filled_anew_is_sent_anew(bool bytes)
    {
        var card = PoclCard.Shared;
        const int Rows = 64, Width = 6;
        byte[] pixels = new byte[Rows * Width], labels = new byte[Rows];
        float[] floats = new float[pixels.Length];
        void Fill(int seed)
        {
            var random = new System.Random(seed);
            random.NextBytes(pixels);
            for (int i = 0; i < floats.Length; i++) floats[i] = pixels[i] / 255f;
            for (int i = 0; i < Rows; i++) labels[i] = (byte)random.Next(5);
        }

        NDArray x = bytes ? new NDArray(pixels, Rows, Width) / 255.0 : new NDArray(floats, Rows, Width), y = new(labels);
        Sequential on = Compiled(new CudaEngine(card)), definition = Compiled(new ReferenceEngine());
        foreach (int seed in (int[])[1, 2, 1])
        {
            Fill(seed);
            double[] Losses(Sequential model) => [model.fit(x, y, epochs: 2, shuffle: false, verbose: 0).history["loss"][1],
                model.evaluate(x, y, verbose: 0)[0], model.predict(x, verbose: 0).sum()];
            foreach (var (expected, actual) in Losses(definition).Zip(Losses(on))) Assert.Equal(expected, actual, 1e-4);
        }
        long before = card.BytesToDevice;
        NDArray copy = bytes ? new NDArray((byte[])[.. pixels], Rows, Width) / 255.0 : new NDArray((float[])[.. floats], Rows, Width);
        on.evaluate(copy, new NDArray((byte[])[.. labels]), verbose: 0);
        Assert.Equal(Rows * sizeof(int), card.BytesToDevice - before);

        static Sequential Compiled(Engine engine)
        {
            keras.utils.set_random_seed(3);
            var model = keras.Sequential([keras.Input(Width), keras.layers.Dense(5, activation: "softmax")]);
            model.compile("adam", "sparse_categorical_crossentropy", ["accuracy"], engine);
            return model;
        }
    }

    /// <summary>A training's data stays on the card, however many other data sets are used between its batches.</summary>
    [Fact]
    public void Data_in_use_stays_on_the_card()
    {
        var (x, y) = SyntheticData.Rows(40, 6);
        float[] Train(Engine engine)
        {
            keras.utils.set_random_seed(3);
            var model = keras.Sequential([keras.Input(6), keras.layers.Dense(5, activation: "softmax")]);
            model.compile("adam", "sparse_categorical_crossentropy", engine: engine);
            model.fit(x, y, batch_size: 20, epochs: 2, verbose: 0, callbacks: [new LambdaCallback(on_train_batch_end: (batch, _) =>
            {
                for (int i = 0; i < 12; i++) model.predict(x[i..(i + 3)] * (batch + 2.0), verbose: 0);
            })]);
            return [.. model.get_weights().SelectMany(w => w.ToFloats())];
        }

        foreach (var (expected, actual) in Train(new ReferenceEngine()).Zip(Train(new CudaEngine(PoclCard.Shared)))) Assert.Equal(expected, actual, 1e-4);
    }

    [Fact]
    public void A_card_that_was_given_back_says_so()
    {
        var card = PoclCard.Another();
        var (x, _) = SyntheticData.Rows(4, 6);
        var engine = new CudaEngine(card);
        var model = keras.Sequential([keras.Input(6), keras.layers.Dense(5)]);
        model.compile("adam", "sparse_categorical_crossentropy", engine: engine);
        model.predict(x, verbose: 0);
        engine.Dispose();
        engine.Dispose();
        Assert.Contains("was disposed of while a model still runs on it", Assert.Throws<EngineException>(() => model.predict(x, verbose: 0)).Message);
    }

    [Fact]
    public void Too_little_memory_is_one_line_that_says_what_to_do()
    {
        var error = Assert.Throws<EngineException>(() => PoclCard.Shared.Allocate<float>(1L << 50));
        Assert.Matches(
            @"^Card pocl can't hold 4,503,599,627 MB more, of [\d,]+ MB in all; use a smaller batch_size, a smaller model or device cpu: [^\n]+$",
            error.Message);
    }
}

/// <summary>A failure on a card is an EngineException of one line.</summary>
public sealed class CardFailureTests
{
    [Fact]
    public void A_card_that_does_not_open() =>
        Said(@"^Card gpu:0 \(Name\) could not be opened: uncorrectable ECC error$",
            () => new Card("gpu:0 (Name)", _ => { }, _ => throw new CudaException("uncorrectable ECC error")));

    [Fact]
    [Slow]
    [Needs(Need.Pocl)]
    public void A_card_that_fails_at_work()
    {
        var card = PoclCard.Shared;
        var memory = card.Allocate<float>(64);
        ArrayView<float> view = memory.View;
        memory.Dispose();
        Said("^Card pocl failed or was lost in the middle of its work; .*: CL_INVALID", () => card.Read(view, new float[64]));
    }

    private static void Said(string message, Action action)
    {
        string said = Assert.Throws<EngineException>(action).Message;
        Assert.Matches(message, said);
        Assert.DoesNotContain('\n', said);
    }
}

/// <summary>Properties of a card's code that need no card: every kernel is compiled to PTX and its text checked.</summary>
[Needs(Need.Pocl)]
[Slow]
public sealed class CudaPtxTests
{
    private static readonly Lazy<IReadOnlyList<Type>> s_kernels = new(RunAll);

    /// <summary>Volta, Ampere and Hopper, each with the oldest instruction set that supports it; by default the one in the middle.</summary>
    public static TheoryData<int, int, int> Cards => Figures.AreMany ? new() { { 7, 0, 60 }, { 8, 0, 70 }, { 9, 0, 78 } } : new() { { 8, 0, 70 } };

    [Theory]
    [MemberData(nameof(Cards))]
    public void Every_kernel_is_code_that_needs_nothing_but_the_driver(int major, int minor, int instructionSet)
    {
        // Tensor cores need a card, and no stand-in runs these kernels, so their types are derived from the kernels that ran.
        var kernels = major < 8 ? s_kernels.Value
            : [.. s_kernels.Value, .. s_kernels.Value.Where(k => k.GenericTypeArguments.Contains(typeof(Block))).Select(OnTensorCores)];
        // By default one kernel of each family, whatever type arguments it has.
        if (!Figures.AreMany) kernels = [.. kernels.DistinctBy(k => (k.Name, k.GenericTypeArguments.Contains(typeof(TensorCoreSums))))];
        using var context = Context.Create(Card.Configure);
        using var backend = new PTXBackend(context, new CudaArchitecture(major, minor),
            new CudaInstructionSet(instructionSet / 10, instructionSet % 10), null!);
        foreach (var kernel in kernels)
        {
            var entry = typeof(Card).GetMethod(nameof(Card.Entry),
                System.Reflection.BindingFlags.Static | System.Reflection.BindingFlags.NonPublic)!.MakeGenericMethod(kernel);
            string ptx = ((PTXCompiledKernel)backend.Compile(EntryPointDescription.FromExplicitlyGroupedKernel(entry), Card.Specialization)).PTXAssembly;
            bool onTensorCores = kernel.GenericTypeArguments.Contains(typeof(TensorCoreSums));
            // Each warp has four of the 16 × 8 sums, in two steps of 8 of the depth.
            Assert.Equal(onTensorCores, ptx.Contains("mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32", StringComparison.Ordinal));
            Assert.Equal(onTensorCores, ptx.Contains("cvt.rna.tf32.f32", StringComparison.Ordinal));
            // For architectures after sm_80 ILGPU emits sm_80, which the driver compiles for them.
            Assert.Contains($".target sm_{Math.Min(10 * major + minor, 80)}\n", ptx);
            foreach (string banned in (string[])[@"\.extern", @"\bcall\b", @"\.local\b", @"\.ftz\b", @"\.approx\b", @"\batom\b", @"\bred\b", @"\.s64\b.*div"])
                Assert.False(Regex.IsMatch(ptx, banned), $"{kernel} for sm_{major}{minor} has {banned}:\n{ptx}");
            int shared = Regex.Matches(ptx, @"\.shared .*\[(\d+)\];").Sum(m => int.Parse(m.Groups[1].Value));
            Assert.InRange(shared, 0, 48 * 1024);
            if (onTensorCores) Assert.DoesNotContain("fma.rn.f32", ptx);
            else if (kernel.Name.StartsWith("Product", StringComparison.Ordinal))
            {
                Assert.True(Regex.Count(ptx, @"fma\.rn\.f32") >= 16, $"{kernel} has too few fused multiply-adds.");
                Assert.Contains("ld.global.v4.f32", ptx);
                Assert.Contains("ld.shared.v4.f32", ptx);
            }
            if (kernel.GenericTypeArguments.Contains(typeof(AdamFormula)))
            {
                Assert.Contains("sqrt.rn.f32", ptx);
                Assert.Contains("div.rn.f32", ptx);
            }
        }
    }

    private static Type OnTensorCores(Type product) =>
        product.GetGenericTypeDefinition().MakeGenericType([.. product.GenericTypeArguments[..^1], typeof(TensorCoreSums)]);

    /// <summary>Nothing is left out: every kernel, and every type that kernels are composed of, was in one that ran.</summary>
    [Fact]
    public void Every_kernel_is_looked_at()
    {
        var seen = s_kernels.Value.SelectMany(Parts).ToHashSet();
        Type[] parts = [typeof(IKernel), typeof(ITile), typeof(IMatrix), typeof(IResult), typeof(IGradient)];
        var all = typeof(Card).Assembly.GetTypes().Where(t => t.IsValueType && t.GetInterfaces().Any(parts.Contains));
        Assert.Empty(all.Select(t => t.IsGenericType ? t.GetGenericTypeDefinition() : t).Except(seen));

        static IEnumerable<Type> Parts(Type type) =>
            type.IsGenericType ? [type.GetGenericTypeDefinition(), .. type.GetGenericArguments().SelectMany(Parts)] : [type];
    }

    /// <summary>Every formula of the library; functions are wrapped in one.</summary>
    private static IEnumerable<Type> Formulas =>
        from type in typeof(IFormula).Assembly.GetTypes()
        where type is { IsValueType: true, IsGenericType: false }
        let interfaces = type.GetInterfaces()
        let formula = interfaces.Contains(typeof(IFormula)) ? type
            : interfaces.Contains(typeof(IUnary)) ? typeof(Unary<>).MakeGenericType(type)
            : interfaces.Contains(typeof(IBinary)) ? typeof(Binary<>).MakeGenericType(type) : null
        where formula is not null
        select formula;

    /// <summary>Runs each of the engine's kernels, so that the card knows their types.</summary>
    private static IReadOnlyList<Type> RunAll()
    {
        var card = PoclCard.Shared;
        using var k = new CudaKernels(card);
        DeviceBuffer Floats(int count) => k.Allocate(count);
        var (a, b, c, d, e) = (Floats(4096), Floats(4096), Floats(4096), Floats(4096), Floats(4096));
        using var order = k.Load([0, 1]);
        k.Gather(k.Load(new NDArray(new byte[8], 2, 4)), order, 0, 2, a);
        k.Gather(k.Load(new NDArray(new float[8], 2, 4)), order, 0, 2, a);
        k.Copy(a, b);
        var conv = new Window2D(6, 6, 1, 4, 4, 4, 3, 3, 1, 1, 1, 1, 0, 0);
        var pool = new Window2D(4, 4, 4, 2, 2, 4, 2, 2, 2, 2, 1, 1, 0, 0);
        k.Conv2D(conv, 1, a, b, c, true, d);
        k.Conv2DInputGradient(conv, 1, d, b, e);
        k.Conv2DKernelGradient(conv, 1, a, d, e);
        k.Conv2DWeightGradients(conv, 1, a, b, d, e, c);
        k.DepthwiseConv2D(conv, 1, a, b, c, true, d);
        k.DepthwiseConv2DInputGradient(conv, 1, d, b, e);
        k.DepthwiseConv2DKernelGradient(conv, 1, a, d, e);
        k.MaxPooling2D(pool, 1, a, b);
        k.MaxPooling2DGradient(pool, 1, a, b, c, d);
        var fused = k.ConvReluPool(conv, pool, 1, true)!;
        fused.Forward(1, a, b, c, d, train: true);
        fused.Backward(1, a, b, d, e, c, null, Floats(64));
        k.Dense(2, 1024, 2, a, b, c, true, d);
        k.DenseGradients(2, 3, 2, a, b, c, d, e, Floats(2), Floats(6));
        k.SumRows(2, 3, a, b);
        k.SumColumns(2, 3, a, b);
        k.CopyColumns(2, 3, a, 3, 0, b, 4, 1);
        k.Along(AlongTable.Sum(3), 2, 1, a, b);
        k.Softmax(2, 3, a);
        k.SoftmaxGradient(2, 3, a, b);
        k.SparseCrossentropyOfLogits(2, 3, a, b, c, d);
        k.SparseCrossentropyOfProbabilities(2, 3, a, b, c, d);
        k.ArgMax(2, 3, a, b, c);
        k.SegmentSums(2, 3, 4, a, b, c);
        k.RandomUnits(1, 2, 7, a);
        k.RandomNormals(1, 2, 7, a);
        k.TransformImages(new(3, 2, 2, ImageFill.Wrap, true, 0), 2, a, b, c);
        k.Map(new AdamFormula(1, 1, 1, 1), 4, a, b, c, d);
        // A gradient that is left in parts.
        k.DenseKernelGradient(1024, 2, 2, a, b, e);
        k.Map(new AdamFormula(1, 1, 1, 1), 4, a, e, c, d);
        return [.. card.Kernels, .. Formulas.Select(formula => typeof(CudaKernels.FormulaKernel<>).MakeGenericType(formula))];
    }
}

/// <summary>The card that is chosen, and the message where there is none.</summary>
public sealed class NvidiaDriverTests
{
    private static readonly NvidiaDriver s_two = new(12040, [new(0, "NVIDIA A100", 8, 0, 40L << 30), new(1, "Tesla P100", 6, 0, 16L << 30)]);

    [Fact]
    public void Cards_are_chosen_by_their_number()
    {
        Assert.Equal("gpu:0 (NVIDIA A100)", s_two.Choose("gpu").ToString());
        Assert.Equal("gpu:0 (NVIDIA A100)", s_two.Choose("gpu:0").ToString());
        Refused("Card gpu:1 (Tesla P100) can't be used: its compute capability is 6.0, and 7.0 (Volta, 2017) is the least. Use another card, or use "
            + "device cpu.", s_two, "gpu:1");
        Refused("There is no card gpu:2; there are gpu:0 (NVIDIA A100), gpu:1 (Tesla P100). Choose one of them, or device cpu.", s_two, "gpu:2");
    }

    [Theory]
    [InlineData(100, 12040, "finds no card")]
    [InlineData(803, 12040, "Restart the machine")]
    [InlineData(999, 12040, "error 999")]
    [InlineData(0, 10020, "too old: it supports CUDA 10.2, and 11.0 is the least, Mend = Install driver 450")]
    public void The_drivers_answers_are_reasons(int code, int version, string reason) =>
        Assert.Contains(reason, NvidiaDriver.Refusal(code, version)!.ToString());

    [Fact]
    public void A_driver_that_is_new_enough_is_no_problem() => Assert.Null(NvidiaDriver.Refusal(0, NvidiaDriver.LeastVersion));

    [Fact]
    public void Without_a_usable_driver_the_device_is_refused_with_the_reason()
    {
        var none = new NvidiaDriver(0, [], new("no NVIDIA driver was found", "Install it"));
        Refused("Device gpu can't be used: no NVIDIA driver was found. Install it, or use device cpu.", none, "gpu");
    }

    private static void Refused(string message, NvidiaDriver driver, string device) =>
        Assert.Equal(message, Assert.Throws<EngineException>(() => driver.Choose(device)).Message);
}
