using System.Diagnostics.Metrics;
using System.Runtime.Intrinsics;
using KerasPort.Cuda;
using KerasPort.Engines;
using KerasPort.Engines.Formulas;
using KerasPort.Engines.Managed;
using KerasPort.Graphs;
using KerasPort.Graphs.Rewrites;
using KerasPort.Layers;
using KerasPort.Losses;
using KerasPort.Metrics;
using KerasPort.Models;
using KerasPort.Optimizers;

namespace KerasPort.Tests.Engines;

/// <summary>
/// A list of nodes as an engine rewrites it gives the same as the original, even where another node reads a value that a fused kernel
/// wouldn't store: then it isn't fused.
/// </summary>
public sealed class RewriteTests
{
    private const int Rows = 32, Steps = 3;

    private static readonly Window2D s_conv = new(10, 10, 1, 8, 8, 16, 3, 3, 1, 1, 1, 1, 0, 0);
    private static readonly Window2D s_pool = new(8, 8, 16, 4, 4, 16, 2, 2, 2, 2, 1, 1, 0, 0);
    private static readonly Window2D s_strided = new(8, 8, 16, 4, 4, 32, 3, 3, 2, 2, 1, 1, 0, 0);
    private static readonly Window2D s_overlapping = new(8, 8, 16, 3, 3, 16, 3, 3, 2, 2, 1, 1, 0, 0);

    private delegate Tensor Layers(Graph g, Tensor x, Tensor[] w);

    /// <summary>The trained graph, the shapes of its variables, their gradients' nodes, and the fused nodes that are expected.</summary>
    private sealed record Case(Layers Layers, Shape[] Variables, Type[] Fused)
    {
        public Func<Graph, Tensor, Tensor, Tensor> Gradient { get; init; } = (_, gradient, _) => gradient;

        public int[] Frozen { get; init; } = [];

        /// <summary>The same for a card, where it differs.</summary>
        public Type[]? OnCard { get; init; }

        public bool KeepsInner { get; init; }
    }

    private static Tensor Pooled(Graph g, Tensor x, Tensor[] w) => g.MaxPooling(s_pool, Relu(g, g.Convolution(s_conv, x, w[0], w[1])));

    private static Tensor Relu(Graph g, Tensor x) => ((Activations.ActivationFunction)"relu").Call(g, x);

    private static Tensor Flat(Graph g, Tensor x) => g.Reshape(x, new Shape(Rows, x.Size / Rows));

    private static Tensor Hidden(Graph g, Tensor x, Tensor[] w) => Relu(g, g.Dense(Flat(g, x), w[0], w[1]));

    private static readonly Shape[] s_convolution = [(3, 3, 1, 16), 16];
    private static readonly Shape[] s_dense = [(100, 384), 384];
    private static readonly Shape[] s_twoDense = [.. s_dense, (384, 128), 128];
    // The gradient before the relu has so many values that its pass also sums them, unless the step on the second kernel gives it.
    private static readonly Shape[] s_wideDense = [(100, 1024), 1024, (1024, 128), 128];
    private static readonly Type[] s_updated = [typeof(UpdateNode)];

    private static readonly Dictionary<string, Case> s_cases = new()
    {
        ["convolution, relu, pooling"] = new(Pooled, s_convolution, [typeof(ConvReluPoolNode)]),
        ["the convolution has two readers"] = new((g, x, w) =>
        {
            var sums = g.Convolution(s_conv, x, w[0], w[1]);
            return g.Concatenate(Flat(g, g.MaxPooling(s_pool, Relu(g, sums))), Flat(g, sums));
        }, s_convolution, []),
        ["the relu has two readers"] = new((g, x, w) =>
        {
            var relu = Relu(g, g.Convolution(s_conv, x, w[0], w[1]));
            return g.Concatenate(Flat(g, g.MaxPooling(s_pool, relu)), Flat(g, relu));
        }, s_convolution, [typeof(ConvolutionWeightGradientsNode)])
        { OnCard = [] },
        ["the relu is asked for"] = new(Pooled, s_convolution, []) { KeepsInner = true },
        ["the convolution is frozen"] = new(Pooled, s_convolution, [typeof(ConvReluPoolNode)]) { Frozen = [0] },
        ["convolution, relu, overlapping pooling"] = new((g, x, w) => g.MaxPooling(s_overlapping, Relu(g, g.Convolution(s_conv, x, w[0], w[1]))),
            s_convolution, [typeof(ConvReluPoolNode)])
        { OnCard = [] },
        ["convolution, relu"] = new((g, x, w) => Relu(g, g.Convolution(s_conv, x, w[0], w[1])), s_convolution, [typeof(ConvolutionWeightGradientsNode)])
        { OnCard = [] },
        ["convolution, relu, frozen bias"] = new((g, x, w) => Relu(g, g.Convolution(s_conv, x, w[0], w[1])), s_convolution,
            [typeof(ConvolutionWeightGradientsNode)])
        { Frozen = [1], OnCard = [] },
        ["two convolutions, the second by strides"] = new(
            (g, x, w) => Relu(g, g.Convolution(s_strided, Relu(g, g.Convolution(s_conv, x, w[0], w[1])), w[2], w[3])),
            [.. s_convolution, (3, 3, 16, 32), 32], [typeof(ConvReluPoolNode), typeof(ConvolutionWeightGradientsNode)])
        { OnCard = [] },
        ["dense, relu"] = new(Hidden, s_dense, s_updated),
        ["dense with a penalty"] = new(Hidden, s_dense, []) { Gradient = (g, gradient, w) => g.Add(gradient, g.Scale(w, 0.02f)) },
        // The result of an exchange between machines: here of two with the same gradients.
        ["dense whose gradient is exchanged"] = new(Hidden, s_dense, []) { Gradient = (g, gradient, _) => g.Scale(g.Add(gradient, gradient), 0.5f) },
        ["dense, frozen"] = new(Hidden, s_dense, []) { Frozen = [0] },
        ["dense, shared by two"] = new((g, x, w) =>
        {
            var flat = Flat(g, x);
            return g.Add(Relu(g, g.Dense(flat, w[0], w[1])), g.Dense(g.Scale(flat, 2), w[0], w[1]));
        }, s_dense, []),
        ["dense, read by two"] = new((g, x, w) =>
        {
            var y = g.Dense(Flat(g, x), w[0], w[1]);
            return g.Add(Relu(g, y), y);
        }, s_dense, s_updated),
        ["dense, relu, dense"] = new((g, x, w) => g.Dense(Hidden(g, x, w), w[2], w[3]), s_twoDense, [typeof(UpdateNode), typeof(UpdateNode)]),
        ["wide dense, relu, dense"] = new((g, x, w) => g.Dense(Hidden(g, x, w), w[2], w[3]), s_wideDense, [typeof(UpdateNode), typeof(UpdateNode)]),
        ["dense, relu, two dense"] = new((g, x, w) =>
        {
            var hidden = Hidden(g, x, w);
            return g.Add(g.Dense(hidden, w[2], w[3]), g.Dense(hidden, w[4], null));
        }, [.. s_twoDense, (384, 128)],
            [typeof(DenseInputGradientNode), typeof(DenseInputGradientNode), typeof(UpdateNode), typeof(UpdateNode), typeof(UpdateNode)])
        { OnCard = [] },
        ["convolution, relu, pooling, dense"] = new((g, x, w) => g.Dense(Flat(g, Pooled(g, x, w)), w[2], w[3]), [.. s_convolution, (256, 128), 128],
            [typeof(ConvReluPoolNode), typeof(UpdateNode)]),
        ["dense, another activation, dense"] = new((g, x, w) =>
            g.Dense(((Activations.ActivationFunction)"tanh").Call(g, g.Dense(Flat(g, x), w[0], w[1])), w[2], w[3]), s_twoDense,
            [typeof(DenseInputGradientNode), typeof(UpdateNode), typeof(UpdateNode)])
        { OnCard = [] },
    };

    public static TheoryData<string> Cases => [.. s_cases.Keys];

    [Theory]
    [MemberData(nameof(Cases))]
    public void What_the_managed_engine_fuses_gives_what_the_list_gives(string name) => Compare(s_cases[name], "managed", s_cases[name].Fused);

    /// <summary>A card has no kernel that updates a dense kernel with its gradient.</summary>
    [Theory]
    [Slow]
    [MemberData(nameof(Cases))]
    [Needs(Need.Pocl)]
    public void What_a_card_fuses_gives_what_the_list_gives(string name) =>
        Compare(s_cases[name], "cuda", [.. (s_cases[name].OnCard ?? s_cases[name].Fused).Where(type => type != typeof(UpdateNode))]);

    private static void Compare(Case trained, string engine, Type[] expected)
    {
        var (plain, _) = Train(trained, engine, fuses: false);
        var (fused, nodes) = Train(trained, engine, fuses: true);
        Assert.Equal(plain.Length, fused.Length);
        double largest = plain.Max(Math.Abs);
        for (int i = 0; i < plain.Length; i++) Assert.True(Math.Abs(plain[i] - fused[i]) <= 1e-5 * largest, $"{i}: {plain[i]}, fused {fused[i]}");
        var made = nodes.Where(node =>
            node is ConvReluPoolNode or ConvolutionWeightGradientsNode or DenseInputGradientNode or UpdateNode { Inputs: [_, _], Variables: [_] });
        Assert.Equal(expected, made.Select(node => node.GetType()));
    }

    /// <summary>On the managed engine the fused update of a dense kernel gives exactly the same bits.</summary>
    [Fact]
    public void A_dense_layer_is_updated_to_the_same_bits() =>
        Assert.Equal(Train(s_cases["dense, relu"], "managed", fuses: false).Values, Train(s_cases["dense, relu"], "managed", fuses: true).Values);

    /// <summary>Some steps of Adam on the mean of squares; the variables and outputs afterwards, and the nodes.</summary>
    private static (double[] Values, IReadOnlyList<Node> Nodes) Train(Case trained, string engine, bool fuses)
    {
        using var workers = new Workers(2);
        using Kernels kernels = engine == "managed" ? new ManagedKernels<Simd256, Vector256<float>>(workers) : new CudaKernels(PoclCard.Shared);
        var random = new System.Random(3);
        float[] Noise(int count) => [.. Enumerable.Range(0, count).Select(_ => random.NextSingle() - 0.5f)];
        int all = 0;
        int[] starts = [.. trained.Variables.Select(shape => (all += (shape.Size + 15) / 16 * 16) - (shape.Size + 15) / 16 * 16)];
        var flat = new FlatVariables(kernels.Allocate(all), kernels.Allocate(all), [kernels.Allocate(all), kernels.Allocate(all)]);
        kernels.Write(Noise(all), flat.Values);
        // Half of the pixels are zero, as in pictures: kernels may skip them.
        float[] pixels = [.. Noise(Rows * 100).Select(p => Math.Max(p, 0))];

        var graph = new Graph(training: true, trains: true, _ => throw new NotSupportedException());
        var x = graph.Input(new Shape(Rows, 10, 10, 1));
        Tensor[] variables = [.. trained.Variables.Select((shape, i) =>
        {
            var place = new Storage { Buffer = flat.Values.Part(starts[i], shape.Size), IsFixed = true };
            return new Tensor(graph, null, shape, place) { NeedsGradient = !trained.Frozen.Contains(i) };
        })];
        var y = trained.Layers(graph, x, variables);
        var losses = graph.MeanColumns(graph.Square(Flat(graph, y)));
        y.Storage.IsKept = losses.Storage.IsKept = true;
        if (trained.KeepsInner) graph.Nodes.OfType<MapNode>().First().Output.Storage.IsKept = true;
        graph.Prune();
        IReadOnlyList<Rewrite> rewrites = fuses ? kernels.Rewrites : [];
        var fused = new FusedKernels(kernels);
        fused.MakeFor(Rows);
        foreach (var rewrite in rewrites) rewrite.Forward(graph, fused);
        var gradients = graph.Gradients(losses, graph.SeedOfMean(losses));
        for (int i = 0; i < variables.Length; i++)
        {
            if (trained.Frozen.Contains(i)) continue;
            var gradient = trained.Gradient(graph, gradients[variables[i]], variables[i]);
            gradient = graph.At(new Storage { Buffer = flat.Gradients.Part(starts[i], variables[i].Size), IsFixed = true }, gradient);
            graph.Do(new UpdateNode(s_adam, flat, starts[i], (variables[i].Size + 15) / 16 * 16, [variables[i]], [gradient]));
        }
        foreach (var rewrite in rewrites) rewrite.Updates(graph, kernels);
        graph.Prune();
        var layout = new Layout(graph.Nodes, [x]);
        layout.Bind(kernels.Allocate(layout.Size));
        kernels.Write(pixels, x.Buffer);
        for (int step = 0; step < Steps; step++)
            foreach (var node in graph.Nodes) node.Run(kernels);
        float[] values = new float[all], outputs = new float[y.Size];
        kernels.Read(flat.Values, values);
        kernels.Read(y.Buffer, outputs);
        return ([.. values.Concat(outputs).Select(v => (double)v)], graph.Nodes);
    }

    private static readonly Optimizer s_adam = new Adam();

    /// <summary>Optimizers where only the step reads a gradient, so that both are fused on the managed engine, and those that read it before.</summary>
    public static TheoryData<string, bool> Optimizers => new()
    {
        { "plain", true },
        { "momentum", true },
        { "amsgrad", true },
        { "adadelta", true },
        { "adagrad", true },
        { "adamax", true },
        { "adamw", true },
        { "nadam", true },
        { "rmsprop", true },
        { "rmsprop of five buffers", true },
        { "weight_decay", true },
        { "constraint", true },
        { "clipnorm", false },
        { "global_clipnorm", false },
        { "clipvalue", false },
        { "accumulation", false },
        { "accumulation, clipnorm, weight_decay", false },
    };

    private static Optimizer Make(string name) => name switch
    {
        "plain" => new SGD(0.05),
        "momentum" => new SGD(0.05, 0.9),
        "amsgrad" => new Adam(amsgrad: true),
        "adadelta" => new Adadelta(1),
        "adagrad" => new Adagrad(0.05),
        "adamax" => new Adamax(),
        "adamw" => new AdamW(),
        "nadam" => new Nadam(),
        "rmsprop" => new RMSprop(),
        "rmsprop of five buffers" => new RMSprop(momentum: 0.9, centered: true),
        "weight_decay" => new Adam(weight_decay: 0.1),
        "constraint" => new SGD(0.05, 0.9),
        "clipnorm" => new Adam(clipnorm: 0.01),
        "global_clipnorm" => new SGD(0.05, 0.9, global_clipnorm: 0.05),
        "clipvalue" => new SGD(0.05, clipvalue: 0.001),
        "accumulation" => new Adam(gradient_accumulation_steps: 2),
        _ => new Adam(gradient_accumulation_steps: 2, clipnorm: 0.01, weight_decay: 0.1),
    };

    /// <summary>Models as compiled train to the same weights as without rewriting, and fuse what can be fused.</summary>
    [Theory]
    [MemberData(nameof(Optimizers))]
    public void A_compiled_model_trains_as_without_rewrites(string optimizer, bool fuses)
    {
        using Workers workers = new(2), plain = new(2);
        var profile = workers.Profile = new Profile(1);
        Compared(optimizer,
            new KernelsEngine(() => new ManagedKernels<Simd256, Vector256<float>>(workers)),
            new KernelsEngine(() => new ManagedKernels<Simd256, Vector256<float>>(plain) { Rewrites = [] }));
        Assert.Equal(fuses, profile.Calls.Any(call => call.Kernel.StartsWith("DenseKernelUpdate", StringComparison.Ordinal)));
    }

    [Theory]
    [Slow]
    [MemberData(nameof(Optimizers))]
    [Needs(Need.Pocl)]
    public void A_compiled_model_trains_on_a_card_as_without_rewrites(string optimizer, bool _) => Compared(optimizer,
        new KernelsEngine(() => new CudaKernels(PoclCard.Shared)), new KernelsEngine(() => new CudaKernels(PoclCard.Shared) { Rewrites = [] }));

    private static void Compared(string optimizer, Engine rewriting, Engine plain) => Near(Trained(optimizer, plain), Trained(optimizer, rewriting));

    private static void Near(float[] expected, float[] actual)
    {
        double largest = expected.Max(Math.Abs);
        for (int i = 0; i < expected.Length; i++) Assert.True(
            Math.Abs(expected[i] - actual[i]) <= 1e-5 * largest, $"{i}: {expected[i]}, rewritten {actual[i]}");
    }

    /// <summary>
    /// A kernel that decays before its step gives its input's gradient as it was before that. The last layer is declared first, so that its step comes
    /// first too and nothing reads the gradient before it.
    /// </summary>
    [Fact]
    public void A_kernel_that_decays_gives_the_gradient_of_its_input_before()
    {
        using Workers workers = new(2), plain = new(2);
        Near(Decayed(new KernelsEngine(() => new ManagedKernels<Simd256, Vector256<float>>(plain) { Rewrites = [] })),
            Decayed(new KernelsEngine(() => new ManagedKernels<Simd256, Vector256<float>>(workers))));
    }

    private static float[] Decayed(Engine engine)
    {
        keras.utils.set_random_seed(4);
        var model = new LastFirst();
        model.compile(new SGD(1.0, weight_decay: 0.5), "mse", engine: engine);
        var random = new System.Random(6);
        model.fit(Noise(random, 2 * Rows, 100), Noise(random, 2 * Rows, 128), batch_size: Rows, shuffle: false, verbose: 0);
        Assert.Equal([384 * 128, 128, 100 * 384], model.get_weights().Select(w => w.ToFloats().Length));
        return [.. model.get_weights().SelectMany(w => w.ToFloats())];
    }

    private sealed class LastFirst : Model
    {
        private readonly Layer _last = keras.layers.Dense(128), _hidden = keras.layers.Dense(384, activation: "relu", use_bias: false);

        public override Tensor call(Tensor x, bool training) => _last.Apply(_hidden.Apply(x));
    }

    /// <summary>
    /// The input of a normalization's sums isn't stored, or is summed in the pass that stores it; a relu before it, after it or after an addition is fused
    /// into it. A layer's mean and variance come from one pass, which a convolution makes while it writes the rows: their last digits differ.
    /// </summary>
    [Theory]
    [InlineData(19)]
    [InlineData(32)]
    public void A_normalization_trains_as_without_rewrites(int channels)
    {
        using Workers workers = new(2), plain = new(2);
        var profile = workers.Profile = new Profile(1);
        var rewritten = Normalized(new KernelsEngine(() => new ManagedKernels<Simd256, Vector256<float>>(workers)), channels);
        Near(Normalized(new KernelsEngine(() => new ManagedKernels<Simd256, Vector256<float>>(plain) { Rewrites = [] }), channels), rewritten);
        // Both convolutions take the moments of what they write, in two steps.
        Assert.Equal(4, profile.Calls.Count(call => call.Job.IsGenericType && call.Job.GetGenericTypeDefinition() == typeof(MomentsOf<,,>)));
        // The gradients of both layers' scales.
        Assert.Equal(4, profile.Calls.Count(call => call.Kernel.StartsWith("SumRowsOf", StringComparison.Ordinal)));
        // What is stored and summed where rows are whole vectors: the gradients before both relus behind the layers and before both layers.
        Assert.Equal(channels == 32 ? 8 : 0, profile.Calls.Count(call => call.Kernel.StartsWith("MapAndSumRows", StringComparison.Ordinal)));
        var formulas = profile.Calls.SelectMany(call => call.Job.GetGenericArguments()).ToArray();
        Assert.DoesNotContain(typeof(Unary<KerasPort.Activations.ReluFormula>), formulas);
        Assert.Contains(typeof(ThenRelu<Binary<KerasPort.Graphs.Sum>>), formulas);
        Assert.Contains(typeof(NormalizationAndReluGradient), formulas);
    }

    /// <summary>
    /// A normalization, with or without relu, isn't stored where a max pooling alone reads it; and the bits are the same, with windows apart, overlapping or
    /// beyond the image.
    /// </summary>
    [Theory]
    [InlineData(32, 2, 2, "valid", true, true)]
    [InlineData(32, 3, 2, "same", false, true)]
    [InlineData(19, 3, 2, "same", true, true)]
    [InlineData(19, 2, 3, "valid", false, true)]
    [InlineData(32, 2, 2, "valid", true, false)]
    public void A_normalization_is_pooled_to_the_same_bits_as_stored(int channels, int size, int strides, string padding, bool relu, bool once)
    {
        using Workers workers = new(2), plain = new(2);
        var profile = workers.Profile = new Profile(1);
        float[] Run(Workers on, IReadOnlyList<Rewrite>? rewrites)
        {
            var kernels = new ManagedKernels<Simd256, Vector256<float>>(on);
            // Moments in one pass are other sums.
            kernels = new ManagedKernels<Simd256, Vector256<float>>(on) { Rewrites = rewrites ?? [.. kernels.Rewrites.Where(one => one is not MomentsAtOnce)] };
            keras.utils.set_random_seed(4);
            var inputs = keras.Input((16, 16, 1));
            var x = keras.layers.BatchNormalization(center: size == 2).Apply(keras.layers.Conv2D(channels, 3).Apply(inputs));
            if (relu) x = keras.layers.ReLU().Apply(x);
            var y = keras.layers.GlobalAveragePooling2D().Apply(keras.layers.MaxPooling2D(size, strides: strides, padding: padding).Apply(x));
            if (!once) y = keras.layers.add([y, keras.layers.GlobalAveragePooling2D().Apply(x)]);
            var model = keras.Model(inputs, keras.layers.Dense(3).Apply(y));
            model.compile("sgd", "mse", engine: new KernelsEngine(() => kernels));
            var random = new System.Random(6);
            var images = Noise(random, Rows, 16, 16, 1);
            model.fit(images, Noise(random, Rows, 3), batch_size: Rows, epochs: 2, shuffle: false, verbose: 0);
            return [.. model.get_weights().SelectMany(w => w.ToFloats()), .. model.predict(images, batch_size: Rows, verbose: 0).ToFloats()];
        }
        float[] rewritten = Run(workers, null);
        Assert.Equal(Run(plain, []), rewritten);
        // Two steps and a prediction.
        Assert.Equal(once ? 3 : 0, profile.Calls.Count(call => call.Kernel.StartsWith("MaxPooling2DOf", StringComparison.Ordinal)));
        Assert.Equal(once ? 2 : 0, profile.Calls.Count(call => call.Kernel.StartsWith("MaxPooling2DGradientOf", StringComparison.Ordinal)));
        var maps = profile.Calls.Where(call => call.Kernel.StartsWith("MapCore", StringComparison.Ordinal)).SelectMany(call => call.Job.GetGenericArguments());
        Assert.Equal(!once, maps.Any(type => type == typeof(CentredScaledAndMoved) || type == typeof(ThenRelu<CentredScaledAndMoved>)
            || type == typeof(CentredAndScaled) || type == typeof(ThenRelu<CentredAndScaled>)));
    }

    /// <summary>Every kernel of a convolution gives the moments of what it writes: the moving mean and variance are those of separate passes.</summary>
    [Theory]
    [InlineData("minimal filtering")]
    [InlineData("minimal filtering, valid")]
    [InlineData("few channels")]
    [InlineData("single pixels")]
    [InlineData("rest of a vector")]
    [InlineData("strides")]
    [InlineData("dilation")]
    [InlineData("depthwise")]
    [InlineData("depthwise, rest of a vector")]
    [InlineData("dense")]
    public void A_kernel_gives_the_moments_of_the_rows_that_it_writes(string kind)
    {
        int channels = kind switch { "few channels" => 3, "depthwise, rest of a vector" => 19, _ => 32 };
        using Workers workers = new(2), plain = new(2);
        var profile = workers.Profile = new Profile(1);
        var actual = Moved(new KernelsEngine(() => new ManagedKernels<Simd256, Vector256<float>>(workers)));
        Near(Moved(new KernelsEngine(() => new ManagedKernels<Simd256, Vector256<float>>(plain) { Rewrites = [] })), actual);
        Assert.Single(profile.Calls, call => call.Job.IsGenericType && call.Job.GetGenericTypeDefinition() == typeof(MomentsOf<,,>));

        float[] Moved(Engine engine)
        {
            keras.utils.set_random_seed(4);
            Layer layer = kind switch
            {
                "minimal filtering" => keras.layers.Conv2D(32, 3, padding: "same", activation: "relu"),
                "minimal filtering, valid" => keras.layers.Conv2D(64, 3),
                "few channels" => keras.layers.Conv2D(48, 3),
                "single pixels" => keras.layers.Conv2D(100, 1),
                "rest of a vector" => keras.layers.Conv2D(37, 3),
                "strides" => keras.layers.Conv2D(32, 3, strides: 2, padding: "same"),
                "dilation" => keras.layers.Conv2D(32, 3, dilation_rate: 2, padding: "same"),
                "dense" => keras.layers.Dense(40),
                _ => keras.layers.DepthwiseConv2D(3),
            };
            var model = keras.Sequential([keras.Input((17, 20, channels)), layer, keras.layers.BatchNormalization(momentum: 0),
                keras.layers.GlobalAveragePooling2D(), keras.layers.Dense(1)]);
            model.compile(new SGD(0.0), "mse", engine: engine);
            var random = new System.Random(6);
            model.fit(Noise(random, Rows, 17, 20, channels), Noise(random, Rows, 1), batch_size: Rows, verbose: 0);
            return [.. model.layers[1].get_weights().SelectMany(w => w.ToFloats())];
        }
    }

    /// <summary>Where rewrites of gradients join forward nodes, the passes of the layers are told apart as before.</summary>
    [Fact]
    public void Joined_sums_leave_the_backward_pass_its_nodes()
    {
        int thread = Environment.CurrentManagedThreadId;
        List<(string Layer, string Pass)> passes = [];
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Meter.Name == Telemetry.Name) listener.EnableMeasurementEvents(instrument);
            },
        };
        listener.SetMeasurementEventCallback<double>((_, _, tags, _) =>
        {
            if (Environment.CurrentManagedThreadId == thread) passes.Add(((string)tags[0].Value!, (string)tags[1].Value!));
        });
        listener.Start();
        var model = keras.Sequential([keras.Input((16, 16, 32))]);
        for (int i = 0; i < 4; i++)
        {
            model.add(keras.layers.Conv2D(32, 3, padding: "same"));
            model.add(keras.layers.BatchNormalization());
        }
        model.add(keras.layers.GlobalAveragePooling2D());
        model.add(keras.layers.Dense(3, name: "last"));
        model.compile("sgd", "mse");
        model.fit(np.zeros((Rows, 16, 16, 32)), np.zeros((Rows, 3)), batch_size: Rows, verbose: 0);
        Assert.Equal(["forward", "backward"], passes.Where(pass => pass.Layer == "last").Select(pass => pass.Pass).Distinct());
        Assert.Single(passes, ("last", "forward"));
    }

    private static float[] Normalized(Engine engine, int channels)
    {
        keras.utils.set_random_seed(4);
        var inputs = keras.Input((16, 16, 1));
        var x = keras.layers.ReLU().Apply(keras.layers.BatchNormalization().Apply(keras.layers.Conv2D(channels, 3).Apply(inputs)));
        var y = keras.layers.BatchNormalization(center: false).Apply(
            keras.layers.Conv2D(channels, 3, strides: 1, padding: "same", activation: "relu").Apply(x));
        x = keras.layers.MaxPooling2D(2).Apply(keras.layers.Activation("relu").Apply(keras.layers.add([x, keras.layers.ReLU().Apply(y)])));
        var model = keras.Model(inputs, keras.layers.Dense(3).Apply(keras.layers.GlobalAveragePooling2D().Apply(x)));
        model.compile("sgd", "mse", engine: engine);
        var random = new System.Random(6);
        model.fit(Noise(random, Rows, 16, 16, 1), Noise(random, Rows, 3), batch_size: Rows, epochs: 2, shuffle: false, verbose: 0);
        return [.. model.get_weights().SelectMany(w => w.ToFloats())];
    }

    private static float[] Trained(string optimizer, Engine engine)
    {
        keras.utils.set_random_seed(4);
        var model = keras.Sequential([keras.Input((10, 10, 1)), keras.layers.Conv2D(16, 3, activation: "relu"), keras.layers.MaxPooling2D(2),
            keras.layers.Flatten(), keras.layers.Dense(
                384, activation: "relu", kernel_constraint: optimizer == "constraint" ? keras.constraints.MaxNorm(0.9) : null),
            keras.layers.Dense(128, activation: "relu"), keras.layers.Dense(3)]);
        model.compile(Make(optimizer), "mse", engine: engine);
        var random = new System.Random(6);
        NDArray Noise(params int[] shape) => new(
            [.. Enumerable.Range(0, shape.Aggregate((a, b) => a * b)).Select(_ => Math.Max(random.NextSingle() - 0.5f, 0))], shape);
        model.fit(Noise(4 * Rows, 10, 10, 1), Noise(4 * Rows, 3), batch_size: Rows, shuffle: false, verbose: 0);
        return [.. model.get_weights().SelectMany(w => w.ToFloats())];
    }

    private static NDArray Noise(System.Random random, params int[] shape) =>
        new([.. Enumerable.Range(0, shape.Aggregate((a, b) => a * b)).Select(_ => random.NextSingle())], shape);

    /// <summary>Models on separate kernels each.</summary>
    private sealed class KernelsEngine(Func<Kernels> open) : Engine
    {
        public override string name => "kernels";

        public override string device => "test";

        public override int threads => 2;

        public override CompiledModel Compile(Model model, Optimizer? optimizer, IReadOnlyList<Goal> goals) => new Executor(open(), model, optimizer, goals);
    }
}
