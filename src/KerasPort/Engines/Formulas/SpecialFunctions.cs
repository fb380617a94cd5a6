namespace KerasPort.Engines.Formulas;

/// <summary>Functions in double that .NET lacks.</summary>
internal static class SpecialFunctions
{
    /// <summary>The inverse error function of x, by Halley's steps, each of which triples the number of right digits.</summary>
    public static double InverseError(double x)
    {
        if (double.IsNaN(x) || Math.Abs(x) > 1) return double.NaN;
        if (Math.Abs(x) == 1) return x / 0.0;
        // Source: Winitzki, A handy approximation for the error function and its inverse (2008): within 2 parts of 1000.
        const double a = 0.147;
        double log = Math.Log((1 - x) * (1 + x)), half = 2 / (Math.PI * a) + log / 2;
        double y = Math.CopySign(Math.Sqrt(Math.Sqrt(half * half - log / a) - half), x);
        for (int step = 0; step < 4; step++)
        {
            double slope = 2 / Math.Sqrt(Math.PI) * Math.Exp(-y * y), apart = (ErrorFunction.Of(y) - x) / slope;
            if (double.IsFinite(apart)) y -= apart / (1 + y * apart);
        }
        return y;
    }

    /// <summary>The modified Bessel function of that order, (x/2)ⁿ · Σ (x²/4)ᵏ / (k! (k+n)!), whose terms are all of one sign.</summary>
    public static double Bessel(double x, int order)
    {
        if (!double.IsFinite(x)) return double.IsNaN(x) ? x : order % 2 == 0 ? double.PositiveInfinity : x;
        double quarter = x * x / 4, term = 1, sum = 0;
        for (int k = 1; k <= order; k++) term *= x / 2 / k;
        for (int k = 1; sum + term != sum; k++)
        {
            sum += term;
            term *= quarter / ((double)k * (k + order));
        }
        return sum;
    }

    /// <summary>sin(πx) / (πx), and 1 at 0.</summary>
    public static double Sinc(double x) => x == 0 ? 1 : Math.Sin(Math.PI * x) / (Math.PI * x);

    /// <summary>The greatest whole number that divides both, by Euclid.</summary>
    public static float Divisor(float x, float y)
    {
        double a = Math.Abs((double)x), b = Math.Abs((double)y);
        while (b != 0) (a, b) = (b, a % b);
        return (float)a;
    }
}
