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
public abstract class EngineContract
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
