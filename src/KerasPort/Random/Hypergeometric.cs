namespace KerasPort.Random;

/// <summary>
/// The hypergeometric distribution, by the methods of numpy's two generators. Source: Stadlober, The ratio of uniforms approach for generating discrete random
/// variates (1990), HRUA*.
/// </summary>
internal static class Hypergeometric
{
    private const double D1 = 1.7155277699214135, D2 = 0.8989161620588988;

    private static readonly double[] s_logFactorials = LogFactorials(126);

    /// <summary>The number of good ones in a sample, as numpy's <c>Generator</c> draws it.</summary>
    /// <param name="good">The number of good ones.</param>
    /// <param name="bad">The number of bad ones.</param>
    /// <param name="sample">The number drawn, without replacement.</param>
    /// <param name="unit">Gives numbers in [0, 1).</param>
    /// <param name="upTo">Gives a whole number from 0 to its argument, inclusive.</param>
    public static long Of(long good, long bad, long sample, Func<double> unit, Func<ulong, ulong> upTo)
    {
        if (sample >= 10 && sample <= good + bad - 10) return ByRatios(good, bad, sample, unit, LogFactorial, isOld: false);
        long total = good + bad, rest = total, restGood = good, left = sample > total / 2 ? total - sample : sample;
        for (; left > 0 && restGood > 0 && rest > restGood; left--)
            if (upTo((ulong)--rest) < (ulong)restGood) restGood--;
        if (rest == restGood) restGood -= left;
        return sample > total / 2 ? restGood : good - restGood;
    }

    /// <summary>The number of good ones in a sample, as numpy's <c>RandomState</c> draws it.</summary>
    /// <inheritdoc cref="Of"/>
    public static long Old(long good, long bad, long sample, Func<double> unit)
    {
        if (sample > 10) return ByRatios(good, bad, sample, unit, k => Counts.LogGamma(k + 1), isOld: true);
        if (sample == 0) return 0;
        double others = bad + good - sample, fewer = Math.Min(bad, good), y = fewer;
        for (long k = sample; y > 0 && k > 0; k--) y -= Math.Floor(unit() + y / (others + k));
        long drawn = (long)(fewer - y);
        return good > bad ? sample - drawn : drawn;
    }

    private static long ByRatios(long good, long bad, long sample, Func<double> unit, Func<long, double> logFactorial, bool isOld)
    {
        long all = good + bad, drawn = Math.Min(sample, all - sample), fewer = Math.Min(good, bad), more = Math.Max(good, bad);
        double p = (double)fewer / all, q = isOld ? 1 - p : (double)more / all, a = drawn * p + 0.5;
        double variance = isOld ? (double)(all - drawn) * sample * p * q / (all - 1) : (double)(all - drawn) * drawn * p * q / (all - 1);
        double c = Math.Sqrt(variance + 0.5), h = D1 * c + D2;
        double g = Weight((long)Math.Floor((double)(drawn + 1) * (fewer + 1) / (all + 2)));
        double most = Math.Min(Math.Min(drawn, fewer) + 1.0, Math.Floor(a + 16 * c));
        long k;
        while (true)
        {
            double u = unit(), v = unit(), x = a + h * (v - 0.5) / u;
            if (x < 0 || x >= most) continue;
            k = (long)Math.Floor(x);
            double t = g - Weight(k);
            if (u * (4 - u) - 3 <= t) break;
            if (u * (u - t) >= 1) continue;
            if (2 * Math.Log(u) <= t) break;
        }
        if (good > bad) k = drawn - k;
        return drawn < sample ? good - k : k;

        double Weight(long k) => logFactorial(k) + logFactorial(fewer - k) + logFactorial(drawn - k) + logFactorial(more - drawn + k);
    }

    private static double LogFactorial(long k)
    {
        const double halfLogOf2Pi = 0.9189385332046728;
        return k < s_logFactorials.Length ? s_logFactorials[k]
            : (k + 0.5) * Math.Log(k) - k + (halfLogOf2Pi + 1.0 / k * (1 / 12.0 - 1 / (360.0 * k * k)));
    }

    private static double[] LogFactorials(int count)
    {
        var logs = new double[count];
        var factorial = System.Numerics.BigInteger.One;
        for (int k = 1; k < count; k++) logs[k] = Math.Log((double)(factorial *= k));
        return logs;
    }
}
