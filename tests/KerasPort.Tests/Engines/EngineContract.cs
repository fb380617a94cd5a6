using CsCheck;
using KerasPort.Activations;
using KerasPort.Engines;
using KerasPort.Engines.Formulas;
using KerasPort.Graphs;
using KerasPort.Layers;
using KerasPort.Optimizers;
using KerasPort.Random;

namespace KerasPort.Tests.Engines;

/// <summary>
/// The requirements on every engine's kernels beside Keras' recorded results: they agree with the naive kernels in double on shapes of all
/// kinds, with the same bits on any number of threads. An engine's tests are a subclass that opens the kernels and says which are fused.
/// </summary>
public abstract partial class EngineContract : RecordedContract
{
    /// <summary>Whether one kernel does a convolution of 3 × 3, its relu and the pooling of 2 × 2 after it.</summary>
    private protected abstract bool FusesConvReluPool { get; }

    /// <summary>Whether one kernel computes a dense layer's gradient and an optimizer's step with it.</summary>
    private protected abstract bool FusesDenseKernelUpdate { get; }

    // The layer whose kernel is updated.
    private const int Batch = 32, Wide = 300, Narrow = 128, Size = Wide * Narrow;

    private static readonly AdamFormula s_adam = new(0.001f, 0.1f, 0.001f, 1e-7f);

    /// <summary>The nodes of steps, with zero to three buffers beside weights and gradients.</summary>
    private static readonly Dictionary<string, Action<Kernels, DeviceBuffer[], DeviceBuffer[]>> s_steps = new()
    {
        ["Adam"] = UpdatedBy(s_adam),
        ["amsgrad"] = UpdatedBy(new AmsgradFormula(s_adam)),
        ["descent"] = UpdatedBy(new Descent(0.01f)),
        ["momentum"] = UpdatedBy(new MomentumDescent(0.01f, 0.9f)),
        ["Nesterov"] = UpdatedBy(new NesterovDescent(0.01f, 0.9f)),
    };

    public static TheoryData<string> Steps => [.. s_steps.Keys];

    [Fact]
    public void Convolutions_of_any_shape_give_what_the_definition_gives() =>
        Windows(filters: Gen.Int[1, 70]).Sample(c => SameConvolution(c.Item1, c.Item2, c.Item3), iter: 60);

    /// <summary>Windows of 3 × 3 over many channels, for which engines may have kernels that make fewer products.</summary>
    [Fact]
    public void Convolutions_of_3_x_3_and_many_channels_give_what_the_definition_gives() =>
        ManyChannels.Sample(c => SameConvolution(c.Item1, c.Item2, c.Item3), iter: 24);

    /// <summary>Sides with two outputs left over by threes, with four outputs, which are two and two, with two alone, and a side of many tiles.</summary>
    [Theory]
    [InlineData(4, 8)]
    [InlineData(8, 4)]
    [InlineData(2, 16)]
    [InlineData(16, 2)]
    [InlineData(7, 10)]
    [InlineData(5, 86)]
    public void Convolutions_of_sides_that_do_not_divide_by_three_give_what_the_definition_gives(int height, int width) =>
        SameConvolution(new Window2D(height, width, 32, height, width, 48, 3, 3, 1, 1, 1, 1, 1, 1), images: 7, seed: height);

    private void SameConvolution(Window2D w, int images, int seed)
    {
        int weights = w.Depth * w.Filters;
        Same(seed, [images * w.InputSize, weights, w.Filters], images * w.OutputSize, (k, b, y) => k.Conv2D(w, images, b[0], b[1], b[2], true, y));
        Same(seed, [images * w.InputSize, weights], images * w.OutputSize, (k, b, y) => k.Conv2D(w, images, b[0], b[1], null, false, y));
        Same(seed, [images * w.OutputSize, weights], images * w.InputSize, (k, b, dx) => k.Conv2DInputGradient(w, images, b[0], b[1], dx));
        Same(seed, [images * w.InputSize, images * w.OutputSize], weights, (k, b, dw) => k.Conv2DKernelGradient(w, images, b[0], b[1], dw));
    }

    /// <summary>One infinite pixel makes those sums infinite that include it, and changes no others.</summary>
    [Fact]
    public void Convolutions_of_many_channels_take_infinities()
    {
        var w = new Window2D(8, 8, 32, 8, 8, 32, 3, 3, 1, 1, 1, 1, 1, 1);
        float[] x = [.. Enumerable.Repeat(1f, w.InputSize)], kernel = [.. Enumerable.Repeat(0.5f, w.Depth * w.Filters)];
        x[(3 * 8 + 4) * 32 + 5] = float.PositiveInfinity;
        using var kernels = Open();
        using var reference = new ReferenceKernels();
        double[] Run(Kernels k, Action<Kernels, DeviceBuffer, DeviceBuffer, DeviceBuffer> run, float[] second, int length)
        {
            var to = k.Allocate(length);
            run(k, On(k, x), On(k, second), to);
            return Read(k, to);
        }
        void Agree(Action<Kernels, DeviceBuffer, DeviceBuffer, DeviceBuffer> run, float[] second, int length)
        {
            double[] here = Run(kernels, run, second, length);
            Assert.Contains(double.PositiveInfinity, here);
            Assert.Equal(Run(reference, run, second, length), here);
        }
        Agree((k, a, b, y) => k.Conv2D(w, 1, a, b, null, false, y), kernel, w.OutputSize);
        Agree((k, a, b, dx) => k.Conv2DInputGradient(w, 1, a, b, dx), kernel, w.InputSize);
        Agree((k, a, b, dw) => k.Conv2DKernelGradient(w, 1, a, b, dw), x[..w.OutputSize].Select(_ => 0.5f).ToArray(), kernel.Length);
    }

    [Fact]
    public void Depthwise_convolutions_of_any_shape_give_what_the_definition_gives() =>
        Windows(filters: null).Sample(c =>
        {
            var (w, images, seed) = c;
            w = w with { Filters = w.Channels * (1 + Math.Abs(seed % 11) % 10) };
            int weights = w.KernelHeight * w.KernelWidth * w.Filters;
            Same(seed, [images * w.InputSize, weights, w.Filters], images * w.OutputSize, (k, b, y) => k.DepthwiseConv2D(w, images, b[0], b[1], b[2], true, y));
            Same(seed, [images * w.InputSize, weights], images * w.OutputSize, (k, b, y) => k.DepthwiseConv2D(w, images, b[0], b[1], null, false, y));
            Same(seed, [images * w.OutputSize, weights], images * w.InputSize, (k, b, dx) => k.DepthwiseConv2DInputGradient(w, images, b[0], b[1], dx));
            Same(seed, [images * w.InputSize, images * w.OutputSize], weights, (k, b, dw) => k.DepthwiseConv2DKernelGradient(w, images, b[0], b[1], dw));
        }, iter: 60);

    /// <summary>Images so wide, or of so many channels, that an engine may compute a part of their columns at a time.</summary>
    [Theory]
    [InlineData(5, 70, 100, 3, 1, 1, true)]
    [InlineData(9, 41, 150, 3, 2, 1, true)]
    [InlineData(7, 40, 130, 5, 1, 2, true)]
    [InlineData(9, 60, 200, 3, 3, 2, false)]
    [InlineData(1, 200, 64, 7, 1, 1, true)]
    public void Wide_depthwise_convolutions_give_what_the_definition_gives(
        int height, int width, int channels, int kernel, int stride, int dilation, bool same)
    {
        const int Images = 2;
        var (outHeight, top) = Window2D.Along(height, kernel, stride, dilation, same);
        var (outWidth, left) = Window2D.Along(width, kernel, stride, dilation, same);
        var w = new Window2D(height, width, channels, outHeight, outWidth, channels, kernel, kernel, stride, stride, dilation, dilation, top, left);
        int weights = kernel * kernel * channels, x = Images * w.InputSize, y = Images * w.OutputSize;
        Same(kernel, [x, weights, channels], y, (k, b, result) => k.DepthwiseConv2D(w, Images, b[0], b[1], b[2], false, result));
        Same(kernel, [y, weights], x, (k, b, result) => k.DepthwiseConv2DInputGradient(w, Images, b[0], b[1], result));
        Same(kernel, [x, y], weights, (k, b, result) => k.DepthwiseConv2DKernelGradient(w, Images, b[0], b[1], result));
    }

    /// <summary>Equal to the generator's words, for any number of them.</summary>
    [Theory]
    [InlineData(3)]
    [InlineData(16)]
    [InlineData(20_011)]
    public void Random_numbers_are_the_generators(int count)
    {
        using var kernels = Open();
        var drawn = kernels.Allocate(count);
        var (key, upper) = (0xfedcba9876543210, 0x8123456789abcdef);
        kernels.RandomUnits(key, upper, count, drawn);
        float[] expected = new float[count];
        Philox.Units(key, upper, 0, expected);
        Assert.Equal(expected.Select(v => (double)v), Read(kernels, drawn));
    }

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

    /// <summary>A pooling of a formula's results gives the bits of the results stored and then pooled: with ties behind a relu, NaN and infinities.</summary>
    [Fact]
    public void Poolings_of_formulas_give_what_poolings_of_their_results_give() =>
        Windows(filters: null).Sample(c =>
        {
            var (w, images, seed) = c;
            var random = new System.Random(seed);
            float[] Noise(int length) => [.. Enumerable.Range(0, length).Select(_ => MathF.Round(random.NextSingle() * 8 - 4))];
            float[] values = Noise(images * w.InputSize);
            for (int i = 0; i < values.Length; i += random.Next(1, 40)) values[i] = random.Next(4) switch { 0 => Inf, 1 => -Inf, _ => NaN };
            using var k = Open();
            DeviceBuffer x = On(k, values), mean = On(k, Noise(w.Channels)), factor = On(k, Noise(w.Channels)), beta = On(k, Noise(w.Channels));
            DeviceBuffer y = k.Allocate(images * w.OutputSize), dy = On(k, Noise(images * w.OutputSize)), dx = k.Allocate(images * w.InputSize);
            void Agree<F>(F formula, Operands on) where F : unmanaged, IFormula
            {
                var stored = k.Allocate(images * w.InputSize);
                k.Map(formula, on.With(0, stored));
                k.MaxPooling2D(w, images, stored, y);
                k.MaxPooling2DGradient(w, images, stored, y, dy, dx);
                double[] pooled = Read(k, y), gradient = Read(k, dx);
                k.Write(Enumerable.Repeat(7f, y.Length).ToArray(), y);
                k.Write(Enumerable.Repeat(7f, dx.Length).ToArray(), dx);
                k.MaxPooling2DOf(w, images, formula, on);
                k.MaxPooling2DGradientOf(w, images, formula, on, dy, dx);
                Assert.Equal(pooled, Read(k, y));
                Assert.Equal(gradient, Read(k, dx));
            }
            var on = new Operands(images * w.Height * w.Width, w.Channels, y, x, mean, factor, beta) { OneRow = 0b11100 };
            Agree(default(CentredScaledAndMoved), on);
            Agree(new ThenRelu<CentredScaledAndMoved>(default), on);
            Agree(default(Binary<Product>), new Operands(on.Rows, on.Columns, y, x, mean) { OneRow = 0b100, OneColumn = 0b100 });
        }, iter: 40);

    /// <summary>A pooling refuses a formula over other images than its own, and one that reads what it writes.</summary>
    [Fact]
    public void Poolings_of_formulas_refuse_what_cannot_be()
    {
        using var k = Open();
        DeviceBuffer x = k.Allocate(64), y = k.Allocate(64);
        Assert.Throws<ValueError>(() => k.MaxPooling2DOf(s_pool, 2, default(Unary<Squared>), new Operands(16, 4, y, x)));
        Assert.Throws<ValueError>(() => k.MaxPooling2DOf(s_pool, 2, default(Unary<Squared>), new Operands(31, 2, y, x)));
        Assert.Throws<ValueError>(() => k.MaxPooling2DGradientOf(s_pool, 1, default(Unary<Squared>), new Operands(32, 2, y, x), y, x));
        Assert.Throws<ValueError>(() => k.MaxPooling2DOf(s_pool, 2, s_adam, new Operands(32, 2, y, x, x, x)));
    }

    /// <summary>The gradients of kernel and bias behind a relu, where some values of y are exactly 0; and the same windows without one.</summary>
    [Theory]
    [InlineData(1, 32, 1, 1, true)]
    [InlineData(3, 16, 2, 1, true)]
    [InlineData(3, 32, 1, 1, true)]
    [InlineData(1, 48, 1, 2, false)]
    [InlineData(4, 16, 1, 1, false)]
    [InlineData(3, 10, 2, 1, true)]
    [InlineData(16, 16, 1, 1, false)]
    public void Weight_gradients_behind_a_relu_give_what_the_definition_gives(int channels, int filters, int stride, int dilation, bool same)
    {
        const int Height = 21, Width = 34, Images = 19;
        var ((outHeight, top), (outWidth, left)) = (Window2D.Along(Height, 3, stride, dilation, same), Window2D.Along(Width, 3, stride, dilation, same));
        var w = new Window2D(Height, Width, channels, outHeight, outWidth, filters, 3, 3, stride, stride, dilation, dilation, top, left);
        int outputs = Images * w.OutputSize, weights = w.Depth * filters;
        Same(channels, [outputs, outputs, Images * w.InputSize], weights + filters,
            (k, b, result) => k.Conv2DWeightGradients(w, Images, b[2], b[0], b[1], result.Part(0, weights), result.Part(weights, filters)), zeros: 0.3);
        Same(channels, [outputs, outputs, Images * w.InputSize], weights, (k, b, dw) => k.Conv2DWeightGradients(w, Images, b[2], b[0], b[1], dw, null));
        SameConvolution(w, Images, channels);
    }

    /// <summary>The fused kernel for convolution, relu and pooling agrees with the three separate ones; an engine that claims to have none has none.</summary>
    [Theory]
    [InlineData(28, 28, 1, 16, 3)]
    [InlineData(11, 14, 3, 32, 2)]
    [InlineData(13, 13, 64, 64, 5)]
    [InlineData(6, 9, 32, 48, 33)]
    [InlineData(5, 4, 16, 16, 1)]
    [InlineData(8, 8, 96, 32, 4)]
    [InlineData(9, 8, 32, 96, 3)]
    [InlineData(28, 28, 1, 16, 3, 5)]
    [InlineData(12, 12, 32, 64, 5, 5)]
    [InlineData(9, 14, 16, 32, 2, 5)]
    [InlineData(11, 8, 64, 16, 3, 3, true)]
    [InlineData(6, 7, 16, 48, 33, 3, true)]
    [InlineData(10, 9, 48, 16, 2, 5, true)]
    [InlineData(28, 28, 1, 16, 3, 3, false, 3, 2)]
    [InlineData(11, 14, 3, 32, 2, 3, false, 3, 2)]
    [InlineData(12, 12, 32, 64, 5, 3, false, 3, 2)]
    [InlineData(30, 23, 32, 64, 3, 3, false, 3, 3)]
    [InlineData(9, 14, 16, 32, 33, 5, false, 3, 2)]
    [InlineData(14, 9, 4, 16, 2, 3, false, 3, 3)]
    [InlineData(11, 8, 64, 16, 3, 3, true, 3, 2)]
    [InlineData(12, 9, 48, 32, 2, 5, true, 3, 3)]
    [InlineData(14, 14, 32, 64, 5, 3, true, 1, 1, 2)]
    [InlineData(13, 8, 64, 16, 2, 3, false, 1, 1, 2)]
    [InlineData(9, 14, 16, 48, 33, 5, true, 1, 1, 2)]
    [InlineData(12, 9, 16, 32, 3, 5, false, 1, 1, 2)]
    [InlineData(24, 24, 32, 32, 3, 3, false, 2, 2, 1, 2)]
    [InlineData(11, 14, 16, 64, 5, 3, true, 2, 2, 1, 2)]
    [InlineData(15, 10, 64, 48, 2, 3, false, 3, 2, 1, 2)]
    [InlineData(9, 13, 1, 16, 3, 3, false, 2, 2, 1, 2)]
    public void Fused_convolution_relu_and_pooling_give_what_they_give_one_by_one(
        int height, int width, int channels, int filters, int images, int kernelSize = 3, bool same = false, int pooled = 2, int step = 2, int stride = 1,
        int dilation = 1)
    {
        var (outHeight, top) = Window2D.Along(height, kernelSize, stride, dilation, same);
        var (outWidth, left) = Window2D.Along(width, kernelSize, stride, dilation, same);
        // Last rows and columns that no window of the pooling reads are removed first.
        var (across, down) = ((outWidth - pooled) / step + 1, (outHeight - pooled) / step + 1);
        (outHeight, outWidth) = ((down - 1) * step + pooled, (across - 1) * step + pooled);
        var conv = new Window2D(height, width, channels, outHeight, outWidth, filters, kernelSize, kernelSize, stride, stride, dilation, dilation, top, left);
        var pool = new Window2D(outHeight, outWidth, filters, down, across, filters, pooled, pooled, step, step, 1, 1, 0, 0);
        bool first = channels < 4;
        int weights = conv.Depth * filters, outputs = images * pool.OutputSize, kept = first ? 0 : images * conv.InputSize;
        if (kernelSize == 3 && !same && pooled == 2 && dilation == 1)
            using (var kernels = Open()) Assert.Equal(FusesConvReluPool, kernels.ConvReluPool(conv, pool, images, !first) is not null);

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
                k.Map(new Binary<ReluGradient>(), dfull.Length, dfull, full, dfull);
                k.Conv2DKernelGradient(conv, images, b[0], dfull, dkernel);
                if (dbias is not null) k.SumRows(images * conv.Pixels, filters, dfull, dbias);
                if (dx is not null) k.Conv2DInputGradient(conv, images, dfull, b[1], dx);
            });
    }

    /// <summary>NaN and infinities in some input pixels, NaN in a filter and in a bias: the fused kernel agrees with convolution, relu and pooling.</summary>
    [Theory]
    [InlineData(1, 16, false)]
    [InlineData(3, 32, false)]
    [InlineData(16, 32, false)]
    [InlineData(32, 16, false)]
    [InlineData(1, 16, true)]
    [InlineData(16, 16, true)]
    [InlineData(1, 16, false, 3)]
    [InlineData(3, 32, false, 3)]
    [InlineData(32, 32, false, 3)]
    [InlineData(1, 16, true, 3)]
    [InlineData(32, 32, true, 3)]
    public void Fused_pooling_passes_over_NaN_as_pooling_does(int channels, int filters, bool inWeights, int side = 2)
    {
        const int Images = 3;
        int outSize = 8 + side, size = outSize + 2;
        var conv = new Window2D(size, size, channels, outSize, outSize, filters, 3, 3, 1, 1, 1, 1, 0, 0);
        var pool = new Window2D(outSize, outSize, filters, 5, 5, filters, side, side, 2, 2, 1, 1, 0, 0);
        var random = new System.Random(5);
        float[] Noise(int length) => [.. Enumerable.Range(0, length).Select(_ => (float)Math.Round(random.NextDouble() * 2 - 1, 3))];
        float[] x = Noise(Images * conv.InputSize), kernel = Noise(conv.Depth * filters), bias = Noise(filters), dy = Noise(Images * pool.OutputSize);
        if (inWeights) (kernel[3], bias[5]) = (NaN, NaN);
        else
            for (int i = 0; i < 2 * Images; i++) (x[random.Next(x.Length)], x[random.Next(x.Length)]) = (NaN, i % 2 == 0 ? Inf : -Inf);
        // An image of zeros, which some kernels skip.
        Array.Clear(x, 0, conv.InputSize);

        using Kernels fusing = Open(), plain = new ReferenceKernels();
        var fused = fusing.ConvReluPool(conv, pool, Images, false);
        if (side == 2) Assert.Equal(FusesConvReluPool, fused is not null);
        if (fused is null) return;
        DeviceBuffer y = fusing.Allocate(Images * pool.OutputSize), dkernel = fusing.Allocate(kernel.Length), dbias = fusing.Allocate(filters);
        DeviceBuffer givenX = On(fusing, x), givenKernel = On(fusing, kernel), givenBias = On(fusing, bias);
        fused.Forward(Images, givenX, givenKernel, givenBias, y, train: true);
        double[] trained = Read(fusing, y);
        fused.Backward(Images, givenX, givenKernel, y, On(fusing, dy), dkernel, dbias, null);
        fused.Forward(Images, givenX, givenKernel, givenBias, y, train: false);
        Assert.Equal(trained, Read(fusing, y));

        DeviceBuffer full = plain.Allocate(Images * conv.OutputSize), dfull = plain.Allocate(Images * conv.OutputSize),
            pooled = plain.Allocate(Images * pool.OutputSize), sums = plain.Allocate(filters);
        plain.Conv2D(conv, Images, On(plain, x), On(plain, kernel), On(plain, bias), true, full);
        plain.MaxPooling2D(pool, Images, full, pooled);
        plain.MaxPooling2DGradient(pool, Images, full, pooled, On(plain, dy), dfull);
        plain.Map(new Binary<ReluGradient>(), dfull.Length, dfull, full, dfull);
        plain.SumRows(Images * conv.Pixels, filters, dfull, sums);
        double[] expected = Read(plain, pooled);
        Assert.Contains(expected, inWeights ? v => v == float.MinValue : v => v > 0);
        Assert.True(inWeights || expected.Contains(Inf));
        for (int i = 0; i < expected.Length; i++)
            Assert.True(expected[i] == trained[i] || Math.Abs(expected[i] - trained[i]) <= 1e-4 * Math.Max(1, Math.Abs(expected[i])),
                $"{i}: {expected[i]}, {trained[i]}");
        Near(Read(plain, sums), Read(fusing, dbias), "bias gradient");
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
            Same(seed, [rows * outputs], outputs, (k, b, db) => k.SumRows(rows, outputs, b[0], db));
        }, iter: 60);

    /// <summary>Images and the outputs of relu are full of zeros, which an engine may skip.</summary>
    [Fact]
    public void Dense_layers_of_many_zeros_give_what_the_definition_gives() =>
        Gen.Select(Gen.Int[1, 70], Gen.Int[256, 500], Gen.Int[0, 2].Select(n => ((int[])[64, 128, 384])[n]), Gen.Int).Sample((rows, inputs, outputs, seed) =>
        {
            Same(seed, [rows * inputs, inputs * outputs, outputs], rows * outputs,
                (k, b, y) => k.Dense(rows, inputs, outputs, b[0], b[1], b[2], true, y), zeros: 0.5);
            Same(seed, [rows * inputs, rows * outputs], inputs * outputs,
                (k, b, dw) => k.DenseKernelGradient(rows, inputs, outputs, b[0], b[1], dw), zeros: 0.5);
            Same(seed, [rows * outputs, inputs * outputs], rows * inputs,
                (k, b, dx) => k.DenseInputGradient(rows, inputs, outputs, b[0], b[1], dx), zeros: 0.5);
        }, iter: 10);

    /// <summary>Long sums for many columns, which an engine may split in either direction.</summary>
    [Theory]
    [InlineData(1, 700, 256, 0.5)]
    [InlineData(2, 1700, 300, 0)]
    [InlineData(5, 700, 1024, 0)]
    [InlineData(5, 700, 1024, 0.5)]
    [InlineData(9, 1030, 2048, 0)]
    [InlineData(9, 1030, 2048, 0.5)]
    [InlineData(3, 300, 2100, 0)]
    [InlineData(12, 1500, 2100, 0)]
    [InlineData(3, 300, 2560, 0.5)]
    public void Wide_dense_layers_give_what_the_definition_gives(int rows, int inputs, int outputs, double zeros)
    {
        int weights = inputs * outputs;
        Same(1, [rows * inputs, weights, outputs], rows * outputs, (k, b, y) => k.Dense(rows, inputs, outputs, b[0], b[1], b[2], true, y), zeros);
        Same(2, [rows * inputs, weights], rows * outputs, (k, b, y) => k.Dense(rows, inputs, outputs, b[0], b[1], null, false, y), zeros);
    }

    [Fact]
    public void Sums_and_columns_of_any_shape_give_what_the_definition_gives() =>
        Gen.Select(Gen.Int[1, 70], Gen.Int[1, 300], Gen.Int[1, 60], Gen.Int).Sample((rows, columns, more, seed) =>
        {
            Same(seed, [rows * columns], columns, (k, b, y) => k.SumRows(rows, columns, b[0], y));
            Same(seed, [rows * columns, columns], columns, (k, b, y) => k.Moments(rows, columns, b[0], y, b[1]));
            Same(seed, [rows * columns, columns], columns, (k, b, y) => k.Moments(rows, columns, b[0], b[1], y));
            Same(seed, [rows * columns, columns], columns,
                (k, b, y) => k.SumRowsOf(new Binary<Product>(), new Operands(rows, columns, y, b[0], b[1]) { OneRow = 0b100 }));
            foreach (int width in (int[])[columns, (columns + 15) / 16 * 16])
            {
                Same(seed, [rows * width, width, width], width,
                    (k, b, y) => k.SumRowsOf(new Binary<Product>(), new Operands(rows, width, b[2], b[0], b[1]) { OneRow = 0b100 }, y));
                Same(seed, [rows * width, width, width], width,
                    (k, b, y) => k.SumRowsOf(new Binary<Product>(), new Operands(rows, width, y, b[0], b[1]) { OneRow = 0b100 }, b[2]));
                Same(seed, [rows * width, width, rows * width], width,
                    (k, b, y) => k.MapAndSumRows(new Binary<Product>(), new Operands(rows, width, b[2], b[0], b[1]) { OneRow = 0b100 }, y));
                Same(seed, [rows * width, width, width], rows * width,
                    (k, b, y) => k.MapAndSumRows(new Binary<Product>(), new Operands(rows, width, y, b[0], b[1]) { OneRow = 0b100 }, b[2]));
            }
            Same(seed, [rows * columns], rows, (k, b, y) => k.SumColumns(rows, columns, b[0], y));
            int all = columns + more;
            Same(seed, [rows * columns, rows * more], rows * all, (k, b, y) =>
            {
                k.CopyColumns(rows, columns, b[0], columns, 0, y, all, more);
                k.CopyColumns(rows, more, b[1], more, 0, y, all, 0);
            });
            Same(seed, [rows * all], rows * more, (k, b, y) => k.CopyColumns(rows, more, b[0], all, columns, y, more, 0));
        }, iter: 40);

    /// <summary>Means, sums and repetitions over windows, and their transposes, for rows of any length after the axis.</summary>
    [Fact]
    public void Maps_along_an_axis_give_what_the_definition_gives() =>
        Gen.Select(Gen.Int[1, 9], Gen.Int[1, 40], Gen.Int[1, 70], Gen.Int[1, 5], Gen.Int).Sample((outer, inputs, inner, size, seed) =>
        {
            AlongTable[] tables = [AlongTable.Sum(inputs), AlongTable.Means(inputs, (inputs + size - 1) / size, size, size, 0),
                AlongTable.Take(inputs, Enumerable.Range(-2, inputs + size))];
            foreach (var table in tables.SelectMany(t => new[] { t, t.Transposed }))
                Same(seed, [outer * table.Inputs * inner], outer * table.Outputs * inner, (k, b, y) => k.Along(table, outer, inner, b[0], y));
        }, iter: 20);

    /// <summary>Coordinates are halves, quarters and eighths, which are exact in float and double, inside of the images and far outside.</summary>
    [Fact]
    public void Transformed_images_give_what_the_definition_gives() =>
        Gen.Select(Gen.Int[1, 9], Gen.Int[1, 9], Gen.Int[1, 4], Gen.Int[0, 3], Gen.Bool, Gen.Int).Sample((height, width, channels, fill, bilinear, seed) =>
        {
            const int Images = 3;
            var random = new System.Random(seed);
            float Eighths(int below) => random.Next(-below, below + 1) / 8f;
            float[] numbers = [.. Enumerable.Range(0, Images)
                .SelectMany(_ => (float[])[Eighths(16), Eighths(8), Eighths(200), Eighths(8), Eighths(16), Eighths(200), 0, 0])];
            var transform = new ImageTransform(height, width, channels, (ImageFill)fill, bilinear, 0.5f);
            Same(seed, [Images * transform.Size], Images * transform.Size, (k, b, y) =>
            {
                var transforms = k.Allocate(numbers.Length);
                k.Write(numbers, transforms);
                k.TransformImages(transform, Images, b[0], transforms, y);
            });
        }, iter: 60);

    [Fact]
    public void Normals_give_what_the_definition_gives() =>
        Gen.Select(Gen.Int[1, 5000], Gen.ULong, Gen.ULong)
            .Sample((count, key, upper) => Same(1, [1], count, (k, _, y) => k.RandomNormals(key, upper, count, y)), iter: 10);

    /// <summary>Indices of the largest values, hits of labels, and sums by segments, some of which are empty.</summary>
    [Fact]
    public void Places_and_sums_by_segments_give_what_the_definition_gives() =>
        Gen.Select(Gen.Int[1, 70], Gen.Int[1, 40], Gen.Int[1, 60], Gen.Int).Sample((rows, columns, segments, seed) =>
        {
            float[] Numbers(int below) => [.. Enumerable.Range(0, rows).Select(i => (float)(new System.Random(seed + i).Next(below + 2) - 1))];
            DeviceBuffer On(Kernels k, float[] values)
            {
                var buffer = k.Allocate(values.Length);
                k.Write(values, buffer);
                return buffer;
            }

            Same(seed, [rows * columns], rows, (k, b, y) => k.ArgMax(rows, columns, b[0], null, y));
            Same(seed, [rows * columns], rows, (k, b, y) => k.ArgMax(rows, columns, b[0], On(k, Numbers(columns)), y));
            Same(seed, [rows * columns], segments * columns, (k, b, y) => k.SegmentSums(rows, columns, segments, b[0], On(k, Numbers(segments)), y));
        }, iter: 40);

    /// <summary>A formula over whole buffers, one row, one column and one number; also in place of one of its inputs.</summary>
    [Fact]
    public void Formulas_of_any_shape_give_what_the_definition_gives() =>
        Gen.Select(Gen.Int[1, 50], Gen.Int[1, 90], Gen.Int).Sample((rows, columns, seed) =>
        {
            int size = rows * columns;
            Same(seed, [size, size], size, (k, b, y) => k.Map(new Binary<TanhGradient>(), size, y, b[0], b[1]));
            Same(seed, [size, columns], size, (k, b, y) => k.Map(new Binary<TanhGradient>(), new Operands(rows, columns, y, b[0], b[1]) { OneRow = 0b100 }));
            Same(seed, [size, rows], size, (k, b, y) => k.Map(new Binary<TanhGradient>(), new Operands(rows, columns, y, b[1], b[0]) { OneColumn = 0b010 }));
            Same(seed, [size, 1], size, (k, b, y) =>
                k.Map(new Binary<TanhGradient>(), new Operands(rows, columns, y, b[0], b[1]) { OneRow = 0b100, OneColumn = 0b100 }));
            Same(seed, [size], size, (k, b, y) =>
            {
                k.Copy(b[0], y);
                k.Map(new Unary<TanhFormula>(), size, y, y);
            });
        }, iter: 40);

    /// <summary>The nodes between gradients and steps.</summary>
    [Fact]
    public void Formulas_on_gradients_give_what_the_definition_gives() =>
        Gen.Select(Gen.Int[1, 5000], Gen.Int).Sample((size, seed) =>
        {
            Same(seed, [size], size, (k, b, y) => k.Map(new Unary<Clipped>(new(0.5f)), size, y, b[0]));
            Same(seed, [size], size, (k, b, y) => k.Map(new Unary<Decayed>(new(0.1f, 0.5f)), size, y, b[0]));
            Same(seed, [size], size, (k, b, y) => k.Map(new Unary<NormOrLimit>(new(0.7f)), size, y, Positive(k, size, b[0])));
            Same(seed, [size], size, (k, b, y) => k.Map(new Unary<NormFactor>(new(0.7f, 1 / 0.7f)), size, y, Positive(k, size, b[0])));
            Same(seed, [size, size], 2 * size, (k, b, y) =>
            {
                var (mean, sums) = (y.Part(0, size), y.Part(size, size));
                k.Copy(b[0], sums);
                k.Map(new Binary<Sum>(), size, sums, b[1], sums);
                k.Map(new TakenMean(3), size, mean, sums);
                k.Map(new Binary<Sum>(), size, sums, b[1], sums);
            });
        }, iter: 20);

    /// <summary>Numbers between 0.26 and 0.74 from those between -1 and 1.</summary>
    private static DeviceBuffer Positive(Kernels k, int size, DeviceBuffer x)
    {
        var positive = k.Allocate(size);
        k.Map(new Unary<SigmoidFormula>(), size, positive, x);
        return positive;
    }

    /// <summary>Limits keep NaN where it is.</summary>
    [Fact]
    public void Clipping_treats_odd_numbers_as_Keras_does()
    {
        using var kernels = Open();
        float[] Of(Optimizer optimizer, params float[] gradient) => new OptimizerRun(kernels, optimizer, new float[gradient.Length]).Step(gradient);
        Assert.Equal([NaN, -1, 1, -1], Of(new SGD(1.0, clipvalue: 1), NaN, Inf, -Inf, 5));
        Assert.Equal([NaN, 0], Of(new SGD(1.0, clipnorm: 1), Inf, 1));
        Assert.Equal([NaN, NaN], Of(new SGD(1.0, clipnorm: 1), NaN, 1));
        Assert.Equal([NaN, NaN], Of(new SGD(1.0, global_clipnorm: 1), Inf, 1));
        Assert.Equal([NaN, NaN], Of(new SGD(1.0, global_clipnorm: 1), NaN, 1));
        foreach (var optimizer in (Optimizer[])[new SGD(1.0, clipnorm: 1), new SGD(1.0, global_clipnorm: 1), new SGD(1.0, clipvalue: 1)])
            Assert.All(Of(optimizer, 0, 0), w => Assert.Equal(0, w));
    }

    /// <summary>The fused kernel for a dense gradient and an optimizer's step agrees with the two separate ones.</summary>
    [Theory]
    [MemberData(nameof(Steps))]
    public void A_dense_kernel_updated_with_its_gradient_is_as_after_both(string step)
    {
        using (var kernels = Open()) Assert.Equal(FusesDenseKernelUpdate, kernels.HasDenseKernelUpdate(Batch, Wide, Narrow));
        foreach (double zeros in (double[])[0, 0.5])
        {
            Same(Batch, [Batch * Wide, Batch * Narrow, Size], 4 * Size, (k, b, result) =>
            {
                DeviceBuffer[] at = [.. Enumerable.Range(0, 4).Select(i => result.Part(i * Size, Size))];
                k.Copy(b[2], at[0]);
                for (int i = 1; i < at.Length; i++) k.Copy(k.Allocate(Size), at[i]);
                for (int i = 0; i < 2; i++) s_steps[step](k, b, at);
            }, zeros);
        }
    }

    /// <summary>The step that gives the gradient before a relu too takes the kernel as it was before.</summary>
    [Theory]
    [InlineData(Batch, Narrow)]
    [InlineData(Batch, 3 * Narrow)]
    [InlineData(5, Narrow)]
    [InlineData(37, Narrow)]
    public void A_dense_kernel_updated_gives_the_gradient_before_a_relu(int rows, int outputs)
    {
        int inputs = rows * Wide, size = Wide * outputs;
        foreach (double zeros in (double[])[0, 0.5])
        {
            Same(rows, [inputs, rows * outputs, size], inputs + size, (k, b, result) =>
            {
                DeviceBuffer dx = result.Part(0, inputs), w = result.Part(inputs, size);
                var formula = new Descent(0.01f);
                k.Copy(b[2], w);
                if (k.HasDenseKernelUpdate(rows, Wide, outputs))
                {
                    k.DenseKernelUpdate(rows, Wide, outputs, b[0], b[1], formula, new Operands(1, size, w, null), dx);
                    return;
                }
                var g = k.Allocate(size);
                k.DenseInputGradient(rows, Wide, outputs, b[1], w, dx);
                k.Map(default(Binary<ReluGradient>), inputs, dx, b[0], dx);
                k.DenseKernelGradient(rows, Wide, outputs, b[0], b[1], g);
                k.Map(formula, size, w, g);
            }, zeros);
        }
    }

    private static Action<Kernels, DeviceBuffer[], DeviceBuffer[]> UpdatedBy<F>(F formula) where F : unmanaged, IFormula => (k, b, at) =>
    {
        if (k.HasDenseKernelUpdate(Batch, Wide, Narrow)) k.DenseKernelUpdate(
            Batch, Wide, Narrow, b[0], b[1], formula, new Operands(1, Size, at[0], null, at[1], at[2], at[3]));
        else
        {
            var g = k.Allocate(Size);
            k.DenseKernelGradient(Batch, Wide, Narrow, b[0], b[1], g);
            k.Map(formula, Size, at[0], g, at[1], at[2], at[3]);
        }
    };

    private static readonly Gen<(Window2D, int, int)> ManyChannels =
        from dilation in Gen.Frequency((1, Gen.Const((1, 1))), (1, Gen.Select(Gen.Int[1, 3], Gen.Int[1, 3])))
        from height in Gen.Int[4, 13].Select(n => Math.Max(n, 2 * dilation.Item1 + 2))
        from width in Gen.Int[4, 13].Select(n => Math.Max(n, 2 * dilation.Item2 + 2))
        from channels in Gen.Int[2, 5]
        from filters in Gen.Int[2, 5]
        from same in Gen.Bool
        from images in Gen.Int[1, 9]
        from seed in Gen.Int
        let down = Window2D.Along(height, 3, 1, dilation.Item1, same)
        let across = Window2D.Along(width, 3, 1, dilation.Item2, same)
        select (new Window2D(height, width, 16 * channels, down.Out, across.Out, 16 * filters, 3, 3, 1, 1, dilation.Item1, dilation.Item2,
            down.Before, across.Before), images, seed);

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
    /// Runs a kernel here and in double on random inputs of given lengths and compares; then on 1 and 3 threads, which must give the same bits.
    /// </summary>
    /// <param name="seed">The seed of the inputs.</param>
    /// <param name="inputs">Their lengths.</param>
    /// <param name="output">The length of the result.</param>
    /// <param name="kernel">Runs the kernel on these buffers.</param>
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
                // The result must not depend on what was in its buffer before.
                kernels.Write(Enumerable.Repeat(7f, output).ToArray(), result);
                kernel(kernels, [.. values.Select(v => On(kernels, v))], result);
                return Read(kernels, result);
            }
        }

        double[] here = Run(Open());
        Near(Run(new ReferenceKernels()), here, "against the definition", least: 1);
        Assert.Equal(here, Run(Open(threads: 1)));
        Assert.Equal(here, Run(Open(threads: 3)));
    }
}
