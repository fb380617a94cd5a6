namespace KerasPort;

/// <summary>Python's <c>math</c>: functions of single numbers.</summary>
public sealed class MathModule
{
    internal MathModule() { }

    /// <summary>2.718281828459045</summary>
    public double e => Math.E;

    /// <summary>Infinity.</summary>
    public double inf => double.PositiveInfinity;

    /// <summary>Not a number.</summary>
    public double nan => double.NaN;

    /// <summary>3.141592653589793</summary>
    public double pi => Math.PI;

    /// <summary>2π.</summary>
    public double tau => Math.Tau;

    /// <summary>The angle whose cosine is x, in radians.</summary>
    /// <exception cref="ValueError">x is out of the domain.</exception>
    public double acos(double x) => InDomain(Math.Acos(x), x);

    /// <summary>The angle whose sine is x, in radians.</summary>
    /// <exception cref="ValueError">x is out of the domain.</exception>
    public double asin(double x) => InDomain(Math.Asin(x), x);

    /// <summary>The angle whose tangent is x, in radians.</summary>
    public double atan(double x) => Math.Atan(x);

    /// <summary>The angle of the point (x, y), in radians.</summary>
    public double atan2(double y, double x) => Math.Atan2(y, x);

    /// <summary>The smallest integer that isn't below x.</summary>
    /// <exception cref="ValueError">x isn't finite, or the result doesn't fit in 32 bits.</exception>
    public int ceil(double x) => Whole(Math.Ceiling(x));

    /// <summary>The cosine of an angle in radians.</summary>
    public double cos(double x) => Math.Cos(x);

    /// <summary>Converts radians to degrees.</summary>
    public double degrees(double x) => x * (180 / Math.PI);

    /// <summary>eˣ.</summary>
    public double exp(double x) => Math.Exp(x);

    /// <summary>The absolute value.</summary>
    public double fabs(double x) => Math.Abs(x);

    /// <summary>The product of all positive integers up to n.</summary>
    /// <exception cref="ValueError">n is negative.</exception>
    public System.Numerics.BigInteger factorial(int n) => n < 0 ? throw new ValueError("factorial() not defined for negative values")
        : Enumerable.Range(1, n).Aggregate(System.Numerics.BigInteger.One, (product, i) => product * i);

    /// <summary>The largest integer that isn't above x.</summary>
    /// <exception cref="ValueError">x isn't finite, or the result doesn't fit in 32 bits.</exception>
    public int floor(double x) => Whole(Math.Floor(x));

    /// <summary>The remainder of a division, with the sign of <paramref name="x"/>.</summary>
    public double fmod(double x, double y) => x % y;

    /// <summary>The greatest common divisor.</summary>
    public long gcd(long a, long b) => b == 0 ? Math.Abs(a) : gcd(b, a % b);

    /// <summary>√(x² + y²).</summary>
    public double hypot(double x, double y) => double.Hypot(x, y);

    /// <summary>Whether two numbers are close to each other, within the tolerances.</summary>
    public bool isclose(double a, double b, double rel_tol = 1e-9, double abs_tol = 0) =>
        a == b || (double.IsFinite(a) && double.IsFinite(b) && Math.Abs(a - b) <= Math.Max(rel_tol * Math.Max(Math.Abs(a), Math.Abs(b)), abs_tol));

    /// <summary>Whether a number is neither infinite nor NaN.</summary>
    public bool isfinite(double x) => double.IsFinite(x);

    /// <summary>Whether a number is infinite.</summary>
    public bool isinf(double x) => double.IsInfinity(x);

    /// <summary>Whether a number is NaN.</summary>
    public bool isnan(double x) => double.IsNaN(x);

    /// <summary>The natural logarithm.</summary>
    /// <exception cref="ValueError">x isn't above 0.</exception>
    public double log(double x) => Logarithm(x, Math.Log);

    /// <summary>The logarithm to a base.</summary>
    /// <exception cref="ValueError">x or the base isn't above 0.</exception>
    public double log(double x, double @base) => log(x) / log(@base);

    /// <summary>The logarithm to base 10.</summary>
    /// <exception cref="ValueError">x isn't above 0.</exception>
    public double log10(double x) => Logarithm(x, Math.Log10);

    /// <summary>The natural logarithm of 1 + x.</summary>
    /// <exception cref="ValueError">1 + x isn't above 0.</exception>
    public double log1p(double x) => double.IsNegative(1 + x) || x == -1 ? throw Outside() : double.LogP1(x);

    /// <summary>The logarithm to base 2.</summary>
    /// <exception cref="ValueError">x isn't above 0.</exception>
    public double log2(double x) => Logarithm(x, Math.Log2);

    /// <summary>x to the power of y.</summary>
    /// <exception cref="ValueError">The result isn't a real number.</exception>
    public double pow(double x, double y) => InDomain(Math.Pow(x, y), x, y);

    /// <summary>Converts degrees to radians.</summary>
    public double radians(double x) => x * (Math.PI / 180);

    /// <summary>The sine of an angle in radians.</summary>
    public double sin(double x) => Math.Sin(x);

    /// <summary>√x.</summary>
    /// <exception cref="ValueError">x is negative.</exception>
    public double sqrt(double x) => InDomain(Math.Sqrt(x), x);

    /// <summary>The tangent of an angle in radians.</summary>
    public double tan(double x) => Math.Tan(x);

    /// <summary>The hyperbolic tangent.</summary>
    public double tanh(double x) => Math.Tanh(x);

    /// <summary>The number truncated to an integer.</summary>
    /// <exception cref="ValueError">x isn't finite, or the result doesn't fit in 32 bits.</exception>
    public int trunc(double x) => Whole(Math.Truncate(x));

    private static double Logarithm(double x, Func<double, double> log) => x <= 0 ? throw Outside() : log(x);

    private static double InDomain(double y, params ReadOnlySpan<double> of)
    {
        foreach (double x in of)
            if (double.IsNaN(x)) return y;
        return double.IsNaN(y) ? throw Outside() : y;
    }

    private static int Whole(double x) =>
        !double.IsFinite(x) ? throw new ValueError($"cannot convert float {(double.IsNaN(x) ? "NaN" : "infinity")} to integer")
        : x is >= int.MinValue and <= int.MaxValue ? (int)x : throw new ValueError($"Whole numbers are of 32 bits here. Received: {PythonText.Repr(x)}");

    private static ValueError Outside() => new("math domain error");
}
