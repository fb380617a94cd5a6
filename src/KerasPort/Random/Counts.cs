namespace KerasPort.Random;

/// <summary>
/// Discrete distributions, by numpy's methods. Sources: Hörmann, The transformed rejection method for generating Poisson random variables (1993);
/// Kachitvichyanukul and Schmeiser, Binomial random variate generation (1988).
/// </summary>
internal static class Counts
{
    /// <summary>A number of the Poisson distribution, made from numbers in [0, 1).</summary>
    public static long Poisson(double mean, Func<double> unit)
    {
        if (mean == 0) return 0;
        if (mean >= 10) return Rejected(mean, unit);
        double least = Math.Exp(-mean), product = 1;
        for (long count = 0; ; count++)
        {
            product *= unit();
            if (product <= least) return count;
        }
    }

    private static long Rejected(double mean, Func<double> unit)
    {
        double log = Math.Log(mean), b = 0.931 + 2.53 * Math.Sqrt(mean), a = -0.059 + 0.02483 * b, inverse = 1.1239 + 1.1328 / (b - 3.4),
            sure = 0.9277 - 3.6224 / (b - 2);
        while (true)
        {
            double u = unit() - 0.5, v = unit(), left = 0.5 - Math.Abs(u);
            long k = (long)Math.Floor((2 * a / left + b) * u + mean + 0.43);
            if (left >= 0.07 && v <= sure) return k;
            if (k < 0 || left < 0.013 && v > left) continue;
            if (Math.Log(v) + Math.Log(inverse) - Math.Log(a / (left * left) + b) <= -mean + k * log - LogGamma(k + 1)) return k;
        }
    }

    /// <summary>log Γ(x), by Stirling's series from 7 on.</summary>
    public static double LogGamma(double x)
    {
        ReadOnlySpan<double> series =
        [
            8.333333333333333e-02, -2.777777777777778e-03, 7.936507936507937e-04, -5.952380952380952e-04, 8.417508417508418e-04, -1.917526917526918e-03,
            6.410256410256410e-03, -2.955065359477124e-02, 1.796443723688307e-01, -1.39243221690590e+00,
        ];
        if (x is 1 or 2) return 0;
        long below = x < 7 ? (long)(7 - x) : 0;
        double at = x + below, square = 1 / at * (1 / at), sum = series[^1];
        for (int k = series.Length - 2; k >= 0; k--) sum = sum * square + series[k];
        double log = sum / at + 0.5 * 1.8378770664093453 + (at - 0.5) * Math.Log(at) - at;
        for (; below > 0; below--) log -= Math.Log(--at);
        return log;
    }

    /// <summary>A number of the binomial distribution, made from numbers in [0, 1).</summary>
    public static long Binomial(long trials, double p, Func<double> unit)
    {
        if (trials == 0 || p == 0) return 0;
        double less = p <= 0.5 ? p : 1 - p;
        long count = less * trials <= 30 ? Inverted(trials, less, unit) : Enveloped(trials, less, unit);
        return p <= 0.5 ? count : trials - count;
    }

    private static long Inverted(long n, double p, Func<double> unit)
    {
        double q = 1 - p, none = Math.Exp(n * Math.Log(q)), mean = n * p;
        long most = (long)Math.Min(n, mean + 10 * Math.Sqrt(mean * q + 1));
        long count = 0;
        double each = none, u = unit();
        while (u > each)
        {
            count++;
            if (count > most)
            {
                count = 0;
                each = none;
                u = unit();
            }
            else
            {
                u -= each;
                each = (n - count + 1) * p * each / (count * q);
            }
        }
        return count;
    }

    // BTPE: rejection under an envelope of a triangle, two parallelograms and two exponential tails.
    private static long Enveloped(long n, double r, Func<double> unit)
    {
        double q = 1 - r, mode = n * r + r;
        long m = (long)Math.Floor(mode);
        double p1 = Math.Floor(2.195 * Math.Sqrt(n * r * q) - 4.6 * q) + 0.5, middle = m + 0.5, left = middle - p1, right = middle + p1, c = 0.134
            + 20.5 / (15.3 + m);
        double a = (mode - left) / (mode - left * r), fromLeft = a * (1 + a / 2);
        a = (right - mode) / (right * q);
        double fromRight = a * (1 + a / 2), p2 = p1 * (1 + 2 * c), p3 = p2 + c / fromLeft, p4 = p3 + c / fromRight, deviation = n * r * q;
        while (true)
        {
            double u = unit() * p4, v = unit();
            if (u <= p1) return (long)Math.Floor(middle - p1 * v + u);
            long y;
            if (u <= p2)
            {
                double x = left + (u - p1) / c;
                v = v * c + 1 - Math.Abs(m - x + 0.5) / p1;
                if (v > 1) continue;
                y = (long)Math.Floor(x);
            }
            else if (u <= p3)
            {
                y = (long)Math.Floor(left + Math.Log(v) / fromLeft);
                if (y < 0 || v == 0) continue;
                v = v * (u - p2) * fromLeft;
            }
            else
            {
                y = (long)Math.Floor(right - Math.Log(v) / fromRight);
                if (y > n || v == 0) continue;
                v = v * (u - p3) * fromRight;
            }
            if (IsBelow(n, r, q, m, middle, deviation, y, v)) return y;
        }
    }

    private static bool IsBelow(long n, double r, double q, long m, double middle, double deviation, long y, double v)
    {
        long k = Math.Abs(y - m);
        if (!(k > 20 && k < deviation / 2 - 1))
        {
            double s = r / q, a = s * (n + 1), product = 1;
            for (long i = m + 1; i <= y; i++) product *= a / i - s;
            for (long i = y + 1; i <= m; i++) product /= a / i - s;
            return v <= product;
        }
        double around = k / deviation * ((k * (k / 3.0 + 0.625) + 0.16666666666666666) / deviation + 0.5), t = -k * k / (2 * deviation), log = Math.Log(v);
        if (log < t - around) return true;
        if (log > t + around) return false;
        double x1 = y + 1, f1 = m + 1, z = n + 1 - m, w = n - y + 1;
        return log <= middle * Math.Log(f1 / x1) + (n - m + 0.5) * Math.Log(z / w) + (y - m) * Math.Log(w * r / (x1 * q))
            + Stirling(f1) + Stirling(z) + Stirling(x1) + Stirling(w);
    }

    private static double Stirling(double x)
    {
        double square = x * x;
        return (13680 - (462 - (132 - (99 - 140 / square) / square) / square) / square) / x / 166320;
    }
}
