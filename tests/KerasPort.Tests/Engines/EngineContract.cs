using System.Text.Json;
using CsCheck;
using KerasPort.Activations;
using KerasPort.Engines;
using KerasPort.Layers;
using KerasPort.Losses;
using KerasPort.Optimizers;
using KerasPort.Saving;
using PureHDF;
using Xunit;

namespace KerasPort.Tests.Engines;

/// <summary>
/// What every engine's kernels must do: give what the real Keras computed in double (layers*.h5) to 1e-5 of the largest value,
/// and what the naive kernels in double give on shapes of all kinds. An engine's tests are a subclass of three lines.
/// </summary>
public abstract partial class EngineContract
{
    private const double Tolerance = 1e-5;

    /// <summary>The engine's kernels, on that many threads.</summary>
    private protected abstract Kernels Open(int threads = 2);

    [Fact]
    public void Layers_give_what_Keras_computed()
    {
        int cases = 0;
        foreach (var (name, group, className, config) in Recorded())
        {
            if (!group.LinkExists("y") || Make<Layer>(className, config) is not { } layer) continue;
            CheckLayer(name, layer, group);
            cases++;
        }
        Assert.True(cases >= 21, $"Only {cases} cases were found.");
    }

    [Fact]
    public void Losses_give_what_Keras_computed()
    {
        int cases = 0;
        foreach (var (name, group, className, config) in Recorded())
        {
            if (className != "SparseCategoricalCrossentropy") continue;
            using var kernels = Open();
            var (outputs, labels) = (group.Array("y_pred"), group.Array("y_true"));
            var buffers = new LossBuffers
            {
                Rows = outputs.Length,
                Columns = outputs.shape[1],
                Outputs = On(kernels, outputs),
                Targets = On(kernels, labels),
                Losses = kernels.Allocate(outputs.Length),
                Gradient = kernels.Allocate(outputs.size),
            };
            new SparseCategoricalCrossentropy(config.GetProperty("from_logits").GetBoolean()).Compute(kernels, buffers);
            Near(group.Doubles("loss"), [Read(kernels, buffers.Losses).Average()], $"{name} loss");
            Near(group.Doubles("dy_pred"), Read(kernels, buffers.Gradient), $"{name} gradient");
            cases++;
        }
        Assert.True(cases >= 3, $"Only {cases} cases were found.");
    }

    [Fact]
    public void Optimizers_give_what_Keras_computed()
    {
        int cases = 0;
        foreach (var (name, group, className, config) in Recorded())
        {
            if (Make<Optimizer>(className, config) is not { } optimizer) continue;
            using var kernels = Open();
            var (gradients, expected) = (group.Array("g"), group.Array("p"));
            int count = gradients.shape[1], room = (count + 15) / 16 * 16;
            var (w, g) = (kernels.Allocate(room), kernels.Allocate(room));
            kernels.Write(group.Array("p0").ToFloats(), w.Part(0, count));
            var slots = Enumerable.Range(0, optimizer.Slots).Select(_ => kernels.Allocate(room)).ToArray();
            for (int step = 0; step < gradients.Length; step++)
            {
                kernels.Write(gradients[step].ToFloats(), g.Part(0, count));
                optimizer.iterations++;
                optimizer.Update(kernels, room, w, g, slots);
                Near(expected[step].ToFloats().Select(v => (double)v), Read(kernels, w.Part(0, count)), $"{name} step {step}");
            }
            cases++;
        }
        Assert.True(cases >= 2, $"Only {cases} cases were found.");
    }

    [Fact]
    public void Convolutions_of_any_shape_give_what_the_definition_gives() =>
        Windows(filters: Gen.Int[1, 70]).Sample(c =>
        {
            var (w, images, seed) = c;
            int weights = w.Depth * w.Filters;
            Same(seed, [images * w.InputSize, weights, w.Filters], images * w.OutputSize, (k, b, y) => k.Conv2D(w, images, b[0], b[1], b[2], true, y));
            Same(seed, [images * w.InputSize, weights], images * w.OutputSize, (k, b, y) => k.Conv2D(w, images, b[0], b[1], null, false, y));
            Same(seed, [images * w.OutputSize, weights], images * w.InputSize, (k, b, dx) => k.Conv2DInputGradient(w, images, b[0], b[1], dx));
            Same(seed, [images * w.InputSize, images * w.OutputSize], weights, (k, b, dw) => k.Conv2DKernelGradient(w, images, b[0], b[1], dw));
        }, iter: 60);

    [Fact]
    public void Poolings_of_any_shape_give_what_the_definition_gives() =>
        Windows(filters: null).Sample(c =>
        {
            var (w, images, seed) = c;
            Same(seed, [images * w.InputSize], images * w.OutputSize, (k, b, y) => k.MaxPooling2D(w, images, b[0], y));
            Same(seed, [images * w.InputSize, images * w.OutputSize], images * w.InputSize, (k, b, dx) =>
            {
                var y = k.Allocate(images * w.OutputSize);
                k.MaxPooling2D(w, images, b[0], y);
                k.MaxPooling2DGradient(w, images, b[0], y, b[1], dx);
            });
        }, iter: 60);

    /// <summary>Where an engine has one kernel for convolution, relu and pooling, it gives what the three give one by one.</summary>
    [Theory]
    [InlineData(28, 28, 1, 16, 3)]
    [InlineData(11, 14, 3, 32, 2)]
    [InlineData(13, 13, 64, 64, 5)]
    [InlineData(6, 9, 32, 48, 33)]
    [InlineData(5, 4, 16, 16, 1)]
    [InlineData(8, 8, 96, 32, 4)]
    public void Fused_convolution_relu_and_pooling_give_what_they_give_one_by_one(int height, int width, int channels, int filters, int images)
    {
        int pooledHeight = (height - 2) / 2, pooledWidth = (width - 2) / 2;
        var conv = new Window2D(height, width, channels, 2 * pooledHeight, 2 * pooledWidth, filters, 3, 3, 1, 1, 1, 1, 0, 0);
        var pool = new Window2D(2 * pooledHeight, 2 * pooledWidth, filters, pooledHeight, pooledWidth, filters, 2, 2, 2, 2, 1, 1, 0, 0);
        bool first = channels < 4;
        int weights = conv.Depth * filters, outputs = images * pool.OutputSize, kept = first ? 0 : images * conv.InputSize;
        using (var kernels = Open())
            if (kernels.ConvReluPool(conv, pool, images, !first) is null) return;

        foreach (bool bias in (bool[])[true, false])
            Same(channels, [images * conv.InputSize, weights, filters, outputs], outputs + weights + (bias ? filters : 0) + kept, (k, b, result) =>
            {
                var (y, dkernel) = (result.Part(0, outputs), result.Part(outputs, weights));
                var dbias = bias ? result.Part(outputs + weights, filters) : null;
                var dx = first ? null : result.Part(result.Length - kept, kept);
                var given = bias ? b[2] : null;
                if (k.ConvReluPool(conv, pool, images, !first) is { } fused)
                {
                    // Training and testing give the same y.
                    fused.Forward(images, b[0], b[1], given, y, train: true);
                    fused.Backward(images, b[0], b[1], y, b[3], dkernel, dbias, dx);
                    fused.Forward(images, b[0], b[1], given, y, train: false);
                    return;
                }
                var (full, dfull) = (k.Allocate(images * conv.OutputSize), k.Allocate(images * conv.OutputSize));
                k.Conv2D(conv, images, b[0], b[1], given, true, full);
                k.MaxPooling2D(pool, images, full, y);
                k.MaxPooling2DGradient(pool, images, full, y, b[3], dfull);
                k.ReluGradient(dfull.Length, full, dfull);
                k.Conv2DKernelGradient(conv, images, b[0], dfull, dkernel);
                if (dbias is not null) k.BiasGradient(images * conv.Pixels, filters, dfull, dbias);
                if (dx is not null) k.Conv2DInputGradient(conv, images, dfull, b[1], dx);
            });
    }

    [Fact]
    public void Dense_layers_of_any_shape_give_what_the_definition_gives() =>
        Gen.Select(Gen.Int[1, 70], Gen.Int[1, 300], Gen.Int[1, 150], Gen.Int).Sample((rows, inputs, outputs, seed) =>
        {
            int weights = inputs * outputs;
            Same(seed, [rows * inputs, weights, outputs], rows * outputs, (k, b, y) => k.Dense(rows, inputs, outputs, b[0], b[1], b[2], true, y));
            Same(seed, [rows * inputs, weights], rows * outputs, (k, b, y) => k.Dense(rows, inputs, outputs, b[0], b[1], null, false, y));
            Same(seed, [rows * outputs, weights], rows * inputs, (k, b, dx) => k.DenseInputGradient(rows, inputs, outputs, b[0], b[1], dx));
            Same(seed, [rows * inputs, rows * outputs], weights, (k, b, dw) => k.DenseKernelGradient(rows, inputs, outputs, b[0], b[1], dw));
            Same(seed, [rows * outputs], outputs, (k, b, db) => k.BiasGradient(rows, outputs, b[0], db));
        }, iter: 60);

    /// <summary>Images and what relu lets through are full of zeros, and an engine may leave out what they stand for.</summary>
    [Fact]
    public void Dense_layers_of_many_zeros_give_what_the_definition_gives() =>
        Gen.Select(Gen.Int[1, 70], Gen.Int[256, 500], Gen.Int[1, 2].Select(n => 64 * n), Gen.Int).Sample((rows, inputs, outputs, seed) =>
        {
            Same(seed, [rows * inputs, inputs * outputs, outputs], rows * outputs, (k, b, y) => k.Dense(rows, inputs, outputs, b[0], b[1], b[2], true, y), zeros: 0.5);
            Same(seed, [rows * inputs, rows * outputs], inputs * outputs, (k, b, dw) => k.DenseKernelGradient(rows, inputs, outputs, b[0], b[1], dw), zeros: 0.5);
        }, iter: 10);

    /// <summary>Where an engine has one kernel for a dense kernel's gradient and Adam's step, it gives what the two give one by one.</summary>
    [Theory]
    [InlineData(32, 300, 128, 0)]
    [InlineData(32, 300, 128, 0.5)]
    [InlineData(50, 700, 64, 0.5)]
    public void A_dense_kernel_updated_with_its_gradient_is_as_after_both(int rows, int inputs, int outputs, double zeros)
    {
        int size = inputs * outputs;
        Same(rows, [rows * inputs, rows * outputs, size], 3 * size, (k, b, result) =>
        {
            var (w, m, v, g) = (result.Part(0, size), result.Part(size, size), result.Part(2 * size, size), k.Allocate(size));
            k.Copy(b[2], w);
            k.Copy(g, m);
            k.Copy(g, v);
            for (int step = 0; step < 2; step++)
            {
                if (k.HasDenseKernelAdam(rows, inputs, outputs)) k.DenseKernelAdam(rows, inputs, outputs, b[0], b[1], w, m, v, 0.001f, 0.1f, 0.001f, 1e-7f);
                else
                {
                    k.DenseKernelGradient(rows, inputs, outputs, b[0], b[1], g);
                    k.Adam(size, w, g, m, v, 0.001f, 0.1f, 0.001f, 1e-7f);
                }
            }
        }, zeros);
    }

    [Fact]
    public void Relu_keeps_NaN()
    {
        using var kernels = Open();
        float[] values = [-1, float.NaN, 2, float.NegativeInfinity, float.PositiveInfinity, 0, .. Enumerable.Repeat(float.NaN, 30)];
        var y = On(kernels, values);
        kernels.Relu(values.Length, y);
        Assert.Equal([0, float.NaN, 2, 0, float.PositiveInfinity, 0, .. Enumerable.Repeat(float.NaN, 30)], Read(kernels, y).Select(v => (float)v));
    }

    private const float NaN = float.NaN, Inf = float.PositiveInfinity;

    /// <summary>Windows of 2 × 2 with what TensorFlow's pooling on a processor gives for them, and the place of the one value that gets the gradient.</summary>
    public static TheoryData<float[], float, int> OddWindows => new()
    {
        { [NaN, 1, 2, 3], 3, 0 },
        { [1, NaN, 2, 3], 3, 3 },
        { [1, 2, 3, NaN], 3, 2 },
        { [NaN, NaN, NaN, NaN], float.MinValue, 0 },
        { [NaN, NaN, NaN, -Inf], float.MinValue, 0 },
        { [NaN, -Inf, NaN, NaN], float.MinValue, 0 },
        { [-Inf, -Inf, -Inf, -Inf], float.MinValue, 0 },
        { [-Inf, NaN, -5, -Inf], -5, 2 },
        { [Inf, NaN, 1, 2], Inf, 0 },
        { [NaN, Inf, Inf, 1], Inf, 0 },
        { [3, 3, NaN, 3], 3, 0 },
        { [NaN, 3, 3, 2], 3, 0 },
    };

    /// <summary>In channels of a vector and in those behind the last whole one.</summary>
    [Theory]
    [MemberData(nameof(OddWindows))]
    public void Pooling_passes_over_NaN_as_TensorFlow_does(float[] window, float largest, int winner)
    {
        const int Channels = 19;
        var w = new Window2D(2, 2, Channels, 1, 1, Channels, 2, 2, 2, 2, 1, 1, 0, 0);
        using var kernels = Open();
        float[] values = [.. window.SelectMany(v => Enumerable.Repeat(v, Channels))], gradient = [.. Enumerable.Repeat(7f, Channels)];
        DeviceBuffer x = On(kernels, values), y = kernels.Allocate(Channels), dy = On(kernels, gradient), dx = kernels.Allocate(values.Length);
        kernels.MaxPooling2D(w, 1, x, y);
        Assert.All(Read(kernels, y), v => Assert.Equal(largest, (float)v));
        kernels.MaxPooling2DGradient(w, 1, x, y, dy, dx);
        Assert.Equal(Enumerable.Range(0, values.Length).Select(i => i / Channels == winner ? 7.0 : 0), Read(kernels, dx));
    }

    /// <summary>Windows that overlap and reach over the edge: of [[NaN, 1, 2], [NaN, 5, NaN], [NaN, NaN, NaN]], 2 × 2 by steps of 1.</summary>
    [Fact]
    public void Pooling_of_windows_that_overlap_passes_over_NaN_as_TensorFlow_does()
    {
        var w = new Window2D(3, 3, 1, 3, 3, 1, 2, 2, 1, 1, 1, 1, 0, 0);
        using var kernels = Open();
        DeviceBuffer x = On(kernels, (float[])[NaN, 1, 2, NaN, 5, NaN, NaN, NaN, NaN]), y = kernels.Allocate(9), dx = kernels.Allocate(9);
        kernels.MaxPooling2D(w, 1, x, y);
        const double Lowest = float.MinValue;
        Assert.Equal([5, 5, 2, 5, 5, Lowest, Lowest, Lowest, Lowest], Read(kernels, y));
        kernels.MaxPooling2DGradient(w, 1, x, y, On(kernels, Enumerable.Repeat(1f, 9).ToArray()), dx);
        Assert.Equal([1, 0, 1, 1, 2, 1, 1, 1, 1], Read(kernels, dx));
    }

    /// <summary>NaN and infinities in some pixels of what comes in, NaN in a filter and in a bias: the fused kernel gives what convolution, relu and pooling give.</summary>
    [Theory]
    [InlineData(1, 16, false)]
    [InlineData(3, 32, false)]
    [InlineData(16, 32, false)]
    [InlineData(32, 16, false)]
    [InlineData(1, 16, true)]
    [InlineData(16, 16, true)]
    public void Fused_pooling_passes_over_NaN_as_pooling_does(int channels, int filters, bool inWeights)
    {
        const int Size = 12, Images = 3;
        var conv = new Window2D(Size, Size, channels, Size - 2, Size - 2, filters, 3, 3, 1, 1, 1, 1, 0, 0);
        var pool = new Window2D(Size - 2, Size - 2, filters, Size / 2 - 1, Size / 2 - 1, filters, 2, 2, 2, 2, 1, 1, 0, 0);
        var random = new System.Random(5);
        float[] Noise(int length) => [.. Enumerable.Range(0, length).Select(_ => (float)Math.Round(random.NextDouble() * 2 - 1, 3))];
        float[] x = Noise(Images * conv.InputSize), kernel = Noise(conv.Depth * filters), bias = Noise(filters), dy = Noise(Images * pool.OutputSize);
        if (inWeights) (kernel[3], bias[5]) = (NaN, NaN);
        else
            for (int i = 0; i < 2 * Images; i++) (x[random.Next(x.Length)], x[random.Next(x.Length)]) = (NaN, i % 2 == 0 ? Inf : -Inf);
        // An image without anything in it, which some kernels leave out.
        Array.Clear(x, 0, conv.InputSize);

        using Kernels fusing = Open(), plain = new ReferenceKernels();
        if (fusing.ConvReluPool(conv, pool, Images, false) is not { } fused) return;
        DeviceBuffer y = fusing.Allocate(Images * pool.OutputSize), dkernel = fusing.Allocate(kernel.Length), dbias = fusing.Allocate(filters);
        DeviceBuffer givenX = On(fusing, x), givenKernel = On(fusing, kernel), givenBias = On(fusing, bias);
        fused.Forward(Images, givenX, givenKernel, givenBias, y, train: true);
        double[] trained = Read(fusing, y);
        fused.Backward(Images, givenX, givenKernel, y, On(fusing, dy), dkernel, dbias, null);
        fused.Forward(Images, givenX, givenKernel, givenBias, y, train: false);
        Assert.Equal(trained, Read(fusing, y));

        DeviceBuffer full = plain.Allocate(Images * conv.OutputSize), dfull = plain.Allocate(Images * conv.OutputSize), pooled = plain.Allocate(Images * pool.OutputSize), sums = plain.Allocate(filters);
        plain.Conv2D(conv, Images, On(plain, x), On(plain, kernel), On(plain, bias), true, full);
        plain.MaxPooling2D(pool, Images, full, pooled);
        plain.MaxPooling2DGradient(pool, Images, full, pooled, On(plain, dy), dfull);
        plain.ReluGradient(dfull.Length, full, dfull);
        plain.BiasGradient(Images * conv.Pixels, filters, dfull, sums);
        double[] expected = Read(plain, pooled);
        Assert.Contains(expected, inWeights ? v => v == float.MinValue : v => v > 0);
        Assert.True(inWeights || expected.Contains(Inf));
        for (int i = 0; i < expected.Length; i++)
            Assert.True(expected[i] == trained[i] || Math.Abs(expected[i] - trained[i]) <= 1e-4 * Math.Max(1, Math.Abs(expected[i])), $"{i}: {expected[i]}, {trained[i]}");
        Near(Read(plain, sums), Read(fusing, dbias), "bias gradient");
    }

    [Fact]
    public void No_gradient_comes_through_a_relu_of_NaN()
    {
        using var kernels = Open();
        float[] values = [.. Enumerable.Repeat<float[]>([NaN, 0, 1, -1, Inf], 7).SelectMany(v => v)];
        DeviceBuffer y = On(kernels, values), dy = On(kernels, Enumerable.Repeat(3f, values.Length).ToArray());
        kernels.ReluGradient(values.Length, y, dy);
        Assert.Equal(values.Select(v => v > 0 ? 3.0 : 0), Read(kernels, dy));
        const int Rows = 7, Units = 5;
        DeviceBuffer dbias = kernels.Allocate(Units), dkernel = kernels.Allocate(Units);
        kernels.DenseGradients(Rows, 1, Units, On(kernels, Enumerable.Repeat(1f, Rows).ToArray()), kernels.Allocate(Units), y, On(kernels, Enumerable.Repeat(3f, values.Length).ToArray()), dkernel, dbias, null);
        Assert.Equal([0, 0, 21, 0, 21], Read(kernels, dbias));
        Assert.Equal([0, 0, 21, 0, 21], Read(kernels, dkernel));
    }

    [Fact]
    public void Weights_that_never_fire_do_not_become_denormal()
    {
        using var kernels = Open();
        var (w, g, m, v) = (On(kernels, new float[16]), kernels.Allocate(16), kernels.Allocate(16), kernels.Allocate(16));
        kernels.Write(Enumerable.Repeat(1e-3f, 16).ToArray(), g);
        var adam = new Adam();
        for (int step = 0; step < 3000; step++)
        {
            adam.iterations++;
            adam.Update(kernels, 16, w, g, [m, v]);
            if (step % 16 == 0) kernels.DropSmall(16, m);
            if (step == 0) kernels.Write(new float[16], g);
        }
        float[] left = new float[16];
        kernels.Read(m, left);
        Assert.All(left, value => Assert.False(float.IsSubnormal(value)));
    }

    /// <summary>Every recorded case, with the class and the configuration that Keras wrote.</summary>
    internal static IEnumerable<(string Name, IH5Group Group, string ClassName, JsonElement Config)> Recorded()
    {
        foreach (string file in Hdf5.Files(".", "layers*.h5"))
        {
            using var h5 = H5File.OpenRead(file);
            foreach (string name in h5.Children().Select(c => c.Name))
            {
                var group = h5.Group(name);
                var (className, config) = group.Config();
                yield return (name, group, className, config);
            }
        }
    }

    /// <summary>The object of a recorded case; null for classes and settings that the library doesn't have.</summary>
    internal static T? Make<T>(string className, JsonElement config) where T : class
    {
        try
        {
            return (T)ObjectConfig.Create(KnownClasses.Find(typeof(T), className, className), config, className);
        }
        catch (ModelFormatException)
        {
            return null;
        }
    }

    private void CheckLayer(string name, Layer layer, IH5Group group)
    {
        using var kernels = Open();
        var (x, dy) = (group.Array("x"), group.Array("dy"));
        layer.build(x.shape);
        Assert.Equal(Shape.Of(group.ShapeOf("y")), layer.output_shape);
        var weights = group.Arrays("w");
        layer.set_weights(weights);
        var buffers = new LayerBuffers
        {
            X = On(kernels, x),
            Y = kernels.Allocate(dy.size),
            DY = On(kernels, dy),
            DX = kernels.Allocate(x.size),
            Weights = [.. weights.Select(w => On(kernels, w))],
            Gradients = [.. weights.Select(w => kernels.Allocate(w.size))],
            Activation = layer.OutputActivation,
            Window = layer.WindowOver(x.shape) ?? default,
        };
        if (layer.IsReshape) (buffers.Y, buffers.DX) = (buffers.X, buffers.DY);
        layer.Forward(kernels, buffers);
        Near(group.Doubles("y"), Read(kernels, buffers.Y), $"{name} y");
        layer.Backward(kernels, buffers);
        Near(group.Doubles("dx"), Read(kernels, buffers.DX!), $"{name} dx");
        for (int i = 0; i < weights.Length; i++) Near(group.Doubles($"dw/{i}"), Read(kernels, buffers.Gradients[i]), $"{name} dw/{i}");
    }

    private static Gen<(Window2D, int, int)> Windows(Gen<int>? filters) =>
        from kernel in Gen.Select(Gen.Int[1, 5], Gen.Int[1, 5])
        from stride in Gen.Select(Gen.Int[1, 3], Gen.Int[1, 3])
        from dilated in Gen.Select(Gen.Int[1, 3], Gen.Int[1, 3])
        let dilation = filters is null || stride != (1, 1) ? (1, 1) : dilated
        from height in Gen.Int[(kernel.Item1 - 1) * dilation.Item1 + 1, 14]
        from width in Gen.Int[(kernel.Item2 - 1) * dilation.Item2 + 1, 14]
        from channels in Gen.Frequency((2, Gen.Int[1, 40]), (1, Gen.Int[1, 4].Select(n => 16 * n)))
        from outputs in filters ?? Gen.Const(channels)
        from same in Gen.Bool
        from images in Gen.Int[1, 4]
        from seed in Gen.Int
        let down = Window2D.Along(height, kernel.Item1, stride.Item1, dilation.Item1, same)
        let across = Window2D.Along(width, kernel.Item2, stride.Item2, dilation.Item2, same)
        select (new Window2D(height, width, channels, down.Out, across.Out, outputs, kernel.Item1, kernel.Item2,
            stride.Item1, stride.Item2, dilation.Item1, dilation.Item2, down.Before, across.Before), images, seed);

    /// <summary>
    /// Runs a kernel here and in double on random inputs of these lengths and compares; then on 1 and 3 threads, which must give the same bits.
    /// </summary>
    /// <param name="seed">What the inputs follow from.</param>
    /// <param name="inputs">Their lengths.</param>
    /// <param name="output">The result's.</param>
    /// <param name="kernel">What runs on them.</param>
    /// <param name="zeros">The share of zeros in the first input.</param>
    private void Same(int seed, int[] inputs, int output, Action<Kernels, DeviceBuffer[], DeviceBuffer> kernel, double zeros = 0)
    {
        var random = new System.Random(seed);
        float[][] values = [.. inputs.Select(length => Enumerable.Range(0, length).Select(_ => (float)Math.Round(random.NextDouble() * 2 - 1, 3)).ToArray())];
        for (int i = 0; i < values[0].Length; i++) if (random.NextDouble() < zeros) values[0][i] = 0;

        double[] Run(Kernels kernels)
        {
            using (kernels)
            {
                var result = kernels.Allocate(output);
                // What was in a result before must not matter.
                kernels.Write(Enumerable.Repeat(7f, output).ToArray(), result);
                kernel(kernels, [.. values.Select(v => On(kernels, v))], result);
                return Read(kernels, result);
            }
        }

        double[] here = Run(Open());
        Near(Run(new ReferenceKernels()), here, "against the definition");
        Assert.Equal(here, Run(Open(threads: 1)));
        Assert.Equal(here, Run(Open(threads: 3)));
    }

    private static DeviceBuffer On(Kernels kernels, NDArray array)
    {
        var buffer = kernels.Allocate(array.size);
        kernels.Write(array.ToFloats(), buffer);
        return buffer;
    }

    private static double[] Read(Kernels kernels, DeviceBuffer buffer)
    {
        var values = new float[buffer.Length];
        kernels.Read(buffer, values);
        return System.Array.ConvertAll(values, v => (double)v);
    }

    private static void Near(IEnumerable<double> expected, IReadOnlyList<double> actual, string what)
    {
        double[] wanted = [.. expected];
        Assert.Equal(wanted.Length, actual.Count);
        double scale = Math.Max(wanted.Max(Math.Abs), 1e-30);
        for (int i = 0; i < wanted.Length; i++)
            Assert.True(Math.Abs(wanted[i] - actual[i]) <= Tolerance * scale, $"{what}[{i}]: expected {wanted[i]}, got {actual[i]} (largest {scale})");
    }
}
