namespace KerasPort.Engines.Formulas;

/// <summary>The error function in double, which .NET lacks.</summary>
public static class ErrorFunction
{
    private const double Middle = 1.5, One = 6;     // where the sum gives way to the fraction; where the result is 1
    private const int Depth = 100;                  // of the fraction: at 1.5 half of it would do

    /// <summary>2/√π ∫₀ˣ exp(-t²) dt, within 1e-15 of it.</summary>
    public static double Of(double x)
    {
        double a = Math.Abs(x), power = Math.Exp(-a * a);
        if (double.IsNaN(x)) return x;
        double erf = a < Middle ? 2 / Math.Sqrt(Math.PI) * power * Sum(a) : a < One ? 1 - power / (Math.Sqrt(Math.PI) * Fraction(a)) : 1;
        return Math.CopySign(erf, x);
    }

    /// <summary>x + 2/3 x³ + 2²/(3 · 5) x⁵ + …, whose terms are all of one sign.</summary>
    private static double Sum(double x)
    {
        double sum = 0, term = x;
        for (int n = 3; sum + term != sum; n += 2)
        {
            sum += term;
            term *= 2 * x * x / n;
        }
        return sum;
    }

    /// <summary>Laplace's continued fraction, x + ½ / (x + 1 / (x + 3/2 / (x + …))).</summary>
    private static double Fraction(double x)
    {
        double value = x;
        for (int n = Depth; n > 0; n--) value = x + 0.5 * n / value;
        return value;
    }
}
