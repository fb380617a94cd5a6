using ILGPU;
using KerasPort.Cuda;
using KerasPort.Engines;

namespace KerasPort.Tests.Gpu;

/// <summary>The peak figures of a card, by two kernels like the engine's: single-precision multiply-adds, and bytes copied.</summary>
internal static class CardLimits
{
    private const int Rounds = 2048, Chains = 8, Tries = 5;

    /// <summary>Measures both.</summary>
    /// <param name="card">The card.</param>
    /// <param name="threads">Threads of the first kernel; a card wants many thousands.</param>
    /// <param name="floats">The number of floats that the second kernel copies.</param>
    public static (double Gflops, double GigabytesPerSecond) Measure(Card card, int threads, int floats)
    {
        using var kernels = new CudaKernels(card);
        var (from, to) = ((CudaBuffer)kernels.Allocate(floats), (CudaBuffer)kernels.Allocate(Math.Max(floats, threads)));
        return (2.0 * threads * Rounds * Chains / 1e9 / Best(() => card.Launch(new MultiplyAdds { To = to.View }, threads)),
            2.0 * sizeof(float) * floats / 1e9 / Best(() => card.Copy(from.View, to.View.SubView(0, floats))));

        double Best(Action launch)
        {
            double best = double.MaxValue;
            launch();   // compiles
            card.Timed = (_, time) => best = Math.Min(best, time.TotalSeconds);
            for (int i = 0; i < Tries; i++) launch();
            card.Timed = null;
            return best;
        }
    }

    private struct MultiplyAdds : IKernel
    {
        public ArrayView<float> To;

        public readonly void Run()
        {
            int thread = Grid.GlobalLinearIndex;
            float a = 0.999f, b = thread * 1e-9f, c0 = b, c1 = b + 1, c2 = b + 2, c3 = b + 3, c4 = b + 4, c5 = b + 5, c6 = b + 6, c7 = b + 7;
            for (int i = 0; i < Rounds; i++)
            {
                c0 = c0 * a + b;
                c1 = c1 * a + b;
                c2 = c2 * a + b;
                c3 = c3 * a + b;
                c4 = c4 * a + b;
                c5 = c5 * a + b;
                c6 = c6 * a + b;
                c7 = c7 * a + b;
            }
            if (thread < To.Length) To[thread] = c0 + c1 + c2 + c3 + c4 + c5 + c6 + c7;
        }
    }
}
