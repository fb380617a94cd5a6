using System.Globalization;
using KerasPort.Activations;
using KerasPort.Engines;
using KerasPort.Engines.Formulas;
using KerasPort.Graphs;
using KerasPort.Layers;
using KerasPort.Losses;
using KerasPort.Metrics;
using KerasPort.Optimizers;
using KerasPort.Saving;
using PureHDF;

namespace KerasPort.Tests.Engines;

/// <summary>
/// The requirements on every engine's kernels, and on the definition: the results of the real Keras in double (layers*.h5) to 1e-5 of the
/// largest value, and the hardware's results for special values.
/// </summary>
public abstract partial class RecordedContract
{
    private const double Tolerance = 1e-5;

    /// <summary>The engine's kernels, on a number of threads.</summary>
    private protected abstract Kernels Open(int threads = 2);

    [Fact]
    public void Layers_give_what_Keras_computed() => RecordedCase.Each<Layer>(CheckLayer);

    [Fact]
    public void Losses_give_what_Keras_computed() => RecordedCase.Each<Loss>((name, loss, group) =>
    {
        using var kernels = Open();
        var plan = new ShortPlan(kernels, training: true, fuses: false);
        var (outputs, labels) = (plan.Input(group.Array("y_pred"), needsGradient: true), plan.Input(group.Array("y_true")));
        var weights = group.LinkExists("sample_weight") ? plan.Input(group.Array("sample_weight")) : null;
        var losses = loss.Call(plan.Graph, labels, outputs, weights);
        var gradient = plan.Gradients(losses, plan.Graph.SeedOfMean(losses, loss.TrainsSum ? losses.Size : 1), [outputs])[0]!;
        plan.Run();
        double[] each = [.. plan.Read(losses)];
        Near(group.Doubles("loss"), loss.reduction is null or "none" ? each : [loss.ShowsSum ? each.Sum() : each.Average()], $"{name} loss");
        Near(group.Doubles("dy_pred"), plan.Read(gradient), $"{name} gradient");
    });

    [Fact]
    public void Optimizers_give_what_Keras_computed() => RecordedCase.Each<Optimizer>((name, optimizer, group) =>
    {
        using var kernels = Open();
        var (gradients, expected) = (group.Array("g"), group.Array("p"));
        var run = new OptimizerRun(kernels, optimizer, group.Array("p0").ToFloats());
        for (int step = 0; step < gradients.Length; step++)
        {
            double[] weights = System.Array.ConvertAll(run.Step(gradients[step].ToFloats()), w => (double)w);
            Near(expected[step].ToFloats().Select(v => (double)v), weights, $"{name} step {step}");
        }
    });

    [Fact]
    public void Relu_keeps_NaN()
    {
        using var kernels = Open();
        float[] values = [-1, float.NaN, 2, float.NegativeInfinity, float.PositiveInfinity, 0, .. Enumerable.Repeat(float.NaN, 30)];
        var y = On(kernels, values);
        kernels.Map(new Unary<ReluFormula>(), values.Length, y, y);
        Assert.Equal([0, float.NaN, 2, 0, float.PositiveInfinity, 0, .. Enumerable.Repeat(float.NaN, 30)], Read(kernels, y).Select(v => (float)v));
    }

    private protected const float NaN = float.NaN, Inf = float.PositiveInfinity;

    /// <summary>Windows of 2 × 2 with the results of TensorFlow's pooling on a processor, and the index of the one value that gets the gradient.</summary>
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

    /// <summary>In the channels of a whole vector and in those after the last whole one.</summary>
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

    /// <summary>Windows that overlap and extend over the edge: of [[NaN, 1, 2], [NaN, 5, NaN], [NaN, NaN, NaN]], 2 × 2 with stride 1.</summary>
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

    [Fact]
    public void No_gradient_comes_through_a_relu_of_NaN()
    {
        using var kernels = Open();
        float[] values = [.. Enumerable.Repeat<float[]>([NaN, 0, 1, -1, Inf], 7).SelectMany(v => v)];
        DeviceBuffer y = On(kernels, values), dy = On(kernels, Enumerable.Repeat(3f, values.Length).ToArray());
        kernels.Map(new Binary<ReluGradient>(), values.Length, dy, y, dy);
        Assert.Equal(values.Select(v => v > 0 ? 3.0 : 0), Read(kernels, dy));
        const int Rows = 7, Units = 5;
        DeviceBuffer dbias = kernels.Allocate(Units), dkernel = kernels.Allocate(Units);
        kernels.DenseGradients(Rows, 1, Units, On(kernels, Enumerable.Repeat(1f, Rows).ToArray()), kernels.Allocate(Units), y,
            On(kernels, Enumerable.Repeat(3f, values.Length).ToArray()), dkernel, dbias, null);
        Assert.Equal([0, 0, 21, 0, 21], Read(kernels, dbias));
        Assert.Equal([0, 0, 21, 0, 21], Read(kernels, dkernel));
    }

    /// <summary>As in Keras, NaN isn't above a threshold, and a fraction equals no class.</summary>
    [Fact]
    public void Accuracies_compare_as_Keras_does()
    {
        using var kernels = Open();
        float[] Values(Action<DeviceBuffer> compute, int count)
        {
            var values = kernels.Allocate(count);
            compute(values);
            return [.. Read(kernels, values).Take(count).Select(v => (float)v)];
        }

        var outputs = On(kernels, (float[])[0.2f, 0.5f, 0.51f, float.NaN, 1.2f, -0.8f]);
        var labels = On(kernels, (float[])[0, 0, 1, 0, 0.5f, 1]);
        Assert.Equal([1, 1, 1, 1, 0, 0], Values(values => kernels.Map(new Binary<ThresholdHit>(new(0.5f)), 6, values, outputs, labels), 6));
        var classes = On(kernels, (float[])[1, 2, 3, 3, 2, 1, 2, 2, 1]);
        Assert.Equal([2, 0, 0], Values(places => kernels.ArgMax(3, 3, classes, null, places), 3));
        Assert.Equal([1, 0, 1], Values(values => kernels.ArgMax(3, 3, classes, On(kernels, (float[])[2, 0.5f, 0]), values), 3));
        Assert.Equal([0, 0, 6, 6, 0, 0, 2, 2], Values(sums =>
            kernels.SegmentSums(5, 2, 4, On(kernels, (float[])[1, 2, 2, 2, 5, 4, 9, 9, 3, 3]), On(kernels, (float[])[1, 3, 1, 4, -1]), sums), 8));
        Assert.Equal([3, 0], Values(sums =>
            kernels.SegmentSums(4, 1, 2, On(kernels, (float[])[1, 2, 4, 2]), On(kernels, (float[])[0, 0, 0.5f, float.NaN]), sums), 2));
    }

    [Fact]
    public void Weights_that_never_fire_do_not_become_denormal()
    {
        using var kernels = Open();
        var (w, g, m, v) = (On(kernels, new float[16]), kernels.Allocate(16), kernels.Allocate(16), kernels.Allocate(16));
        kernels.Write(Enumerable.Repeat(1e-3f, 16).ToArray(), g);
        var (adam, update) = (new Adam(), new VariableUpdate(new FlatVariables(w, g, [m, v]), 0, 16));
        for (int step = 0; step < 3000; step++)
        {
            adam.Update(kernels, update);
            adam.Batches++;
            if (step % 16 == 0) kernels.Map(new Unary<DropSmall>(), 16, m, m);
            if (step == 0) kernels.Write(new float[16], g);
        }
        float[] left = new float[16];
        kernels.Read(m, left);
        Assert.All(left, value => Assert.False(float.IsSubnormal(value)));
    }

    private void CheckLayer(string name, Layer layer, IH5Group group)
    {
        var (x, dy) = (group.OneOrMore("x"), group.Array("dy"));
        string[] gradientsOfX = group.IsGroup("x") ? [.. x.Select((_, i) => $"dx/{i}")] : ["dx"];
        foreach (bool fuses in (bool[])[false, true])
        {
            // A layer that draws starts anew.
            if (fuses) layer = (Layer)ObjectConfig.Again(layer);
            layer.Build([.. x.Select(array => array.shape)]);
            Assert.Equal(Shape.Of(group.ShapeOf("y")), layer.output_shape);
            layer.set_weights(group.Arrays("w"));
            using var kernels = Open();
            var plan = new ShortPlan(kernels, training: !name.EndsWith("_infer", StringComparison.Ordinal), fuses, trains: true);
            Tensor[] inputs = [.. x.Select(array => plan.Input(array, needsGradient: true))];
            using var mode = plan.Graph.In(RecordedCase.IsOfTraining(name));
            var y = Assert.Single(layer.Call(plan.Graph, inputs));
            Tensor[] variables = [.. layer.trainable_variables.Select(plan.Graph.Variable)];
            var gradients = plan.Gradients(y, plan.Input(dy), [.. inputs, .. variables]);
            plan.Run();
            Near(group.Doubles("y"), plan.Read(y), $"{name} y");
            string[] wanted = [.. gradientsOfX, .. variables.Select((_, i) => $"dw/{i}")];
            for (int i = 0; i < wanted.Length; i++)
                Near(group.Doubles(wanted[i]), gradients[i] is { } gradient ? plan.Read(gradient)
                    : new double[group.Doubles(wanted[i]).Length], $"{name} {wanted[i]}");
            foreach (string moved in group.Names("w_after"))
                Near(group.Doubles($"w_after/{moved}"), plan.Read(layer.variables[int.Parse(moved, CultureInfo.InvariantCulture)]), $"{name} w_after/{moved}");
        }
    }

    private protected static DeviceBuffer On(Kernels kernels, NDArray array)
    {
        var buffer = kernels.Allocate(array.size);
        kernels.Write(array.ToFloats(), buffer);
        return buffer;
    }

    private protected static double[] Read(Kernels kernels, DeviceBuffer buffer)
    {
        var values = new float[buffer.Length];
        kernels.Read(buffer, values);
        return System.Array.ConvertAll(values, v => (double)v);
    }

    /// <param name="least">The lower limit of the value that errors are relative to: for sums that cancel, the size of their terms.</param>
    private protected static void Near(IEnumerable<double> expected, IReadOnlyList<double> actual, string what, double least = 1e-30)
    {
        double[] wanted = [.. expected];
        Assert.Equal(wanted.Length, actual.Count);
        double scale = Math.Max(wanted.Max(Math.Abs), least);
        for (int i = 0; i < wanted.Length; i++)
            Assert.True(Math.Abs(wanted[i] - actual[i]) <= Tolerance * scale, $"{what}[{i}]: expected {wanted[i]}, got {actual[i]} (largest {scale})");
    }
}
