using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace KerasPort.Benchmarks;

/// <summary>
/// How far apart two cores are: the time that a written cache line takes to reach the other core. A machine that is shared moves its virtual
/// processors, so that the same step can take half as long again in another minute, with the same share of the FMA peak within a core.
/// </summary>
internal static class CoreDistance
{
    private const int Trips = 500, Tries = 21;

    // Fields of two cache lines: processors fetch lines in pairs.
    private const int Ping = 16, Pong = 48, Fields = 64;

    /// <summary>The median of some tries, in nanoseconds; 0 if there is one core.</summary>
    public static double Nanoseconds()
    {
        if (Environment.ProcessorCount == 1) return 0;
        long[] fields = GC.AllocateArray<long>(Fields, pinned: true);
        var other = new Thread(() => Answer(fields)) { IsBackground = true };
        other.Start();
        var times = new double[Tries];
        for (int i = 0; i < Tries; i++)
        {
            long started = Stopwatch.GetTimestamp();
            Ask(fields, i * Trips);
            times[i] = Stopwatch.GetElapsedTime(started).TotalNanoseconds / (2 * Trips);
        }
        other.Join();
        Array.Sort(times);
        return times[Tries / 2];
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Ask(long[] fields, int from)
    {
        for (int trip = from + 1; trip <= from + Trips; trip++)
        {
            Volatile.Write(ref fields[Ping], trip);
            while (Volatile.Read(ref fields[Pong]) != trip) { }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Answer(long[] fields)
    {
        for (int trip = 1; trip <= Tries * Trips; trip++)
        {
            while (Volatile.Read(ref fields[Ping]) != trip) { }
            Volatile.Write(ref fields[Pong], trip);
        }
    }
}
