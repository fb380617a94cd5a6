using System.Runtime.Intrinsics;
using KerasPort.Engines;
using KerasPort.Engines.Managed;
using KerasPort.Layers;
using KerasPort.Saving;

namespace KerasPort.Tests.Engines;

/// <summary>The definition itself agrees with Keras' recorded results.</summary>
public sealed class ReferenceEngineTests : RecordedContract
{
    private protected override Kernels Open(int threads) => new ReferenceKernels();
}

public abstract class ManagedContract : EngineContract
{
    // One pool of threads per number of them, kept: each test opens kernels many times.
    private static readonly Dictionary<int, Workers> s_workers = [];

    private protected override bool FusesConvReluPool => true;

    private protected override bool FusesDenseKernelUpdate => true;

    /// <summary>Every layer that Keras recorded, forward and back.</summary>
    [Fact]
    public void Layers_allocate_nothing_and_give_the_same_bits_on_any_number_of_threads() => RecordedCase.Each<Layer>((name, layer, group) =>
    {
        var x = group.OneOrMore("x");
        double[] Run(int threads)
        {
            // A layer that draws starts anew.
            layer = (Layer)ObjectConfig.Again(layer);
            layer.Build([.. x.Select(array => array.shape)]);
            layer.set_weights(group.Arrays("w"));
            using var kernels = Open(threads);
            var plan = new ShortPlan(kernels, training: true, fuses: true);
            Tensor[] inputs = [.. x.Select(array => plan.Input(array, needsGradient: true))];
            using var mode = plan.Graph.In(RecordedCase.IsOfTraining(name));
            var y = Assert.Single(layer.Call(plan.Graph, inputs));
            var gradients = plan.Gradients(y, plan.Input(group.Array("dy")), [.. inputs, .. layer.trainable_variables.Select(plan.Graph.Variable)]);
            plan.Run();
            double[] values = [.. gradients.OfType<Tensor>().Append(y).SelectMany(plan.Read)];
            // On one thread: with several, this one may get a piece, and working memory for it, only in a later run.
            long allocated = threads > 1 ? 0 : Allocations.Of(plan.Again);
            Assert.True(allocated == 0, $"{name}: {allocated} bytes");
            return values;
        }
        Assert.Equal(Run(1), Run(3));
    });

    [Fact]
    public void Sums_of_no_rows_are_zeros()
    {
        using var kernels = Open(threads: 2);
        DeviceBuffer x = kernels.Allocate(0), y = kernels.Allocate(5);
        kernels.Write([7, 7, 7, 7, 7], y);
        kernels.SumRows(0, 5, x, y);
        float[] sums = new float[5];
        kernels.Read(y, sums);
        Assert.All(sums, sum => Assert.Equal(0, sum));
    }

    private protected static Workers Threads(int count) => s_workers.TryGetValue(count, out var workers) ? workers : s_workers[count] = new Workers(count);
}

public sealed class Managed512Tests : ManagedContract
{
    private protected override Kernels Open(int threads) => new ManagedKernels<Simd512, Vector512<float>>(Threads(threads));
}

[Slow]
public sealed class Managed256Tests : ManagedContract
{
    private protected override Kernels Open(int threads) => new ManagedKernels<Simd256, Vector256<float>>(Threads(threads));
}

[Slow]
public sealed class Managed128Tests : ManagedContract
{
    private protected override Kernels Open(int threads) => new ManagedKernels<Simd128, Vector128<float>>(Threads(threads));
}
