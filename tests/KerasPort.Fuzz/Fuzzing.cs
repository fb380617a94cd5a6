using System.Diagnostics;

namespace KerasPort.Fuzz;

/// <summary>
/// The result for many damaged files of a format: how many were refused by the one exception, how many loaded; <see cref="Others"/> did neither.
/// </summary>
internal sealed record Outcome(string Format, long Inputs, long Refused, long Loaded, IReadOnlyList<string> Others, double SlowestSeconds,
    long MostBytes, double Seconds)
{
    public override string ToString() => string.Create(System.Globalization.CultureInfo.InvariantCulture,
        $"{Format,-11} {Inputs,12:N0} inputs: {Refused:N0} refused, {Loaded:N0} loaded, {Others.Count} others; slowest {SlowestSeconds * 1000:N0} ms, most "
            + $"{MostBytes / 1048576.0:N1} MiB; {Inputs / Seconds:N0} a second");
}

/// <summary>Reads damaged files and counts the outcomes.</summary>
internal static class Fuzzing
{
    public static readonly TimeSpan Longest = TimeSpan.FromSeconds(1);

    public const long MostBytes = 256L << 20;

    /// <param name="format">The format to damage.</param>
    /// <param name="seed">The seed of the damage: input n of a seed is always the same.</param>
    /// <param name="count">The number of inputs.</param>
    /// <param name="until">The time to stop at, even before all inputs.</param>
    /// <param name="first">The number of the first input.</param>
    public static Outcome Run(Format format, int seed, long count, DateTime? until = null, long first = 0)
    {
        long refused = 0, loaded = 0, mostBytes = 0, number = first;
        double slowest = 0;
        var others = new List<string>();
        var clock = Stopwatch.StartNew();
        for (; number < first + count && others.Count < 100; number++)
        {
            if (until is { } end && (number & 255) == 0 && DateTime.UtcNow > end) break;
            byte[] input = format.Damaged(new System.Random(HashCode(seed, number)));
            long before = GC.GetAllocatedBytesForCurrentThread(), start = Stopwatch.GetTimestamp();
            try
            {
                format.Read(input);
                loaded++;
            }
            catch (Exception e) when (e.GetType() == format.Refusal)
            {
                refused++;
            }
            catch (Exception e)
            {
                others.Add($"{format.Name}, seed {seed}, input {number}: {e.GetType().Name}: {e.Message} {e.StackTrace?.Split('\n')[0].Trim()}");
            }
            double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
            long bytes = GC.GetAllocatedBytesForCurrentThread() - before;
            // A process that waits for a processor isn't a slow reader: a file that took long is read again.
            if (seconds > Longest.TotalSeconds / 10) seconds = Math.Min(seconds, Again(format, input));
            if (seconds > Longest.TotalSeconds || bytes > MostBytes) others.Add($"{format.Name}, seed {seed}, input {number}: {seconds:F2} s, {bytes} bytes");
            (slowest, mostBytes) = (Math.Max(slowest, seconds), Math.Max(mostBytes, bytes));
        }
        return new Outcome(format.Name, number - first, refused, loaded, others, slowest, mostBytes, clock.Elapsed.TotalSeconds);
    }

    private static double Again(Format format, byte[] input)
    {
        long start = Stopwatch.GetTimestamp();
        try
        {
            format.Read(input);
        }
        catch (Exception e) when (e.GetType() == format.Refusal) { }
        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    // Not System.HashCode, which differs between processes.
    private static int HashCode(int seed, long number) => (int)(((ulong)number * 0x9E3779B97F4A7C15 + (ulong)seed * 0xBF58476D1CE4E5B9) >> 33);
}
