using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using KerasPort.Engines.Managed;

namespace KerasPort.Benchmarks;

/// <summary>
/// The peak of the machine: fused multiply-adds on registers alone, in the width that the engine uses. Twelve chains, more than the
/// latency of an addition times the additions per cycle (4 cycles × 2).
/// </summary>
internal sealed class FmaPeak(int threads) : IDisposable
{
    private const int Chains = 12, Rounds = 200_000, Tries = 30;
    private readonly Workers _workers = new(threads);

    /// <summary>The best of some runs on a number of threads, in 10⁹ additions and multiplications per second.</summary>
    public static double GigaflopsPerSecond(int threads)
    {
        using var peak = new FmaPeak(threads);
        double best = double.MaxValue;
        for (int i = 0; i < Tries; i++)
        {
            long started = Stopwatch.GetTimestamp();
            peak.Run();
            best = Math.Min(best, Stopwatch.GetElapsedTime(started).TotalSeconds);
        }
        return peak.Flops / best / 1e9;
    }

    /// <summary>Additions and multiplications of a run.</summary>
    public double Flops =>
        2.0 * Chains * Rounds * threads * (Vector512.IsHardwareAccelerated ? Simd512.Lanes : Vector256.IsHardwareAccelerated ? Simd256.Lanes : Simd128.Lanes);

    /// <summary>Keeps all threads at it for a third of a millisecond or more.</summary>
    public void Run()
    {
        if (Vector512.IsHardwareAccelerated) _workers.Run(new Piece<Simd512, Vector512<float>>(), threads);
        else if (Vector256.IsHardwareAccelerated) _workers.Run(new Piece<Simd256, Vector256<float>>(), threads);
        else _workers.Run(new Piece<Simd128, Vector128<float>>(), threads);
    }

    public void Dispose() => _workers.Dispose();

    private unsafe struct Piece<S, V> : IPieces where S : struct, ISimd<V> where V : struct
    {
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public readonly void Run(int piece)
        {
            V a = S.Splat(0.999f), b = S.Splat(0.001f);
            V c0 = a, c1 = a, c2 = a, c3 = a, c4 = a, c5 = a, c6 = a, c7 = a, c8 = a, c9 = a, c10 = a, c11 = a;
            for (int i = 0; i < Rounds; i++)
            {
                c0 = S.Fma(c0, a, b);
                c1 = S.Fma(c1, a, b);
                c2 = S.Fma(c2, a, b);
                c3 = S.Fma(c3, a, b);
                c4 = S.Fma(c4, a, b);
                c5 = S.Fma(c5, a, b);
                c6 = S.Fma(c6, a, b);
                c7 = S.Fma(c7, a, b);
                c8 = S.Fma(c8, a, b);
                c9 = S.Fma(c9, a, b);
                c10 = S.Fma(c10, a, b);
                c11 = S.Fma(c11, a, b);
            }
            float* kept = stackalloc float[16];
            S.Store(S.Add(S.Add(S.Add(c0, c1), S.Add(c2, c3)), S.Add(S.Add(S.Add(c4, c5), S.Add(c6, c7)), S.Add(S.Add(c8, c9), S.Add(c10, c11)))), kept);
            GC.KeepAlive(kept[0]);
        }
    }
}
