namespace KerasPort.Engines.Formulas;

/// <summary>
/// exp, log, tanh, erf, pow and related functions, on the operations of <see cref="IMath{T}"/>. They have no branches, no tables and no
/// fused operations, so that they give the same bits at every width of vector and on every machine. Infinities, NaN, both zeros and
/// denormal numbers are as in C99; the bits of a NaN are not specified.
/// </summary>
/// <remarks>
/// Errors are in units of the last place of a float's result, the largest over all floats (over 2³² pairs for <see cref="Pow"/>), measured
/// against double precision by ElementaryErrorTests. The polynomials are minimax ones (Remez), their coefficients rounded to floats.
/// </remarks>
public static partial class Elementary<T, M> where M : struct, IMath<T>
{
    private const float Log2E = 1.44269504f;

    // ln 2 in two parts (Cody and Waite): the first times a whole number below 2¹⁵ is exact.
    private const float Ln2High = 355f / 512, Ln2Low = -2.12194440e-4f;

    // Beyond these e to the x is infinite, or 0.
    private const float MostExponent = 90, LeastExponent = -105;

    private const float LeastNormal = 1.17549435e-38f, FractionSteps = 1 << FractionBits;
    private const int FractionBits = 23;

    /// <summary>e to the x, within 0.8 ulp.</summary>
    public static T Exp(T x) => Exponential(Clamp(x, LeastExponent, MostExponent), false);

    /// <summary>e to the x, less 1, within 1.2 ulp.</summary>
    public static T Expm1(T x) => M.CopySign(Exponential(Clamp(x, LeastWithOne, MostExponent), true), x);

    /// <summary>The natural logarithm of x, within 0.9 ulp.</summary>
    public static T Log(T x) => Logarithm(x, M.Splat(0));

    /// <summary>The natural logarithm of 1 + x, within 1 ulp.</summary>
    public static T Log1p(T x)
    {
        // u is 1 + x rounded, and c what the rounding lost: log(u + c) = log u + c / u.
        T one = M.Splat(1), u = M.Add(one, x), c = M.Subtract(x, M.Subtract(u, one));
        return M.CopySign(Logarithm(u, M.Divide(c, u)), x);
    }

    /// <summary>The hyperbolic tangent of x, within 1.4 ulp.</summary>
    public static T Tanh(T x)
    {
        const float small = 0.625f, one = 10;      // where the polynomial ends; where the result is 1
        T a = M.Abs(x), square = M.Multiply(a, a);
        T near = Polynomial(square, -0.333332837f, 0.133314833f, -0.0537427738f, 0.0206480622f, -0.00571406353f);
        near = M.Add(a, M.Multiply(a, M.Multiply(square, near)));
        T within = Most(a, one), power = Exponential(M.Add(within, within), false);
        T far = M.Subtract(M.Splat(1), M.Divide(M.Splat(2), M.Add(power, M.Splat(1))));
        return M.CopySign(M.Select(M.Greater(a, M.Splat(small)), far, near), x);
    }

    /// <summary>1 / (1 + e to the -x), within 2.5 ulp.</summary>
    public static T Sigmoid(T x)
    {
        T one = M.Splat(1), power = M.Exp(M.Subtract(M.Splat(0), M.Abs(x)));
        return M.Divide(M.Select(M.Greater(M.Splat(0), x), power, one), M.Add(one, power));
    }

    /// <summary>log(1 + e to the x), within 1.8 ulp.</summary>
    public static T Softplus(T x)
    {
        T zero = M.Splat(0);
        return M.Add(M.Select(M.Greater(x, zero), x, zero), M.Log1p(M.Exp(M.Subtract(zero, M.Abs(x)))));
    }

    // Below it e to the x vanishes beside 1; at it 2⁻ⁿ is still far from infinite.
    private const float LeastWithOne = -30;

    /// <summary>eˣ, or eˣ - 1, for x up to a little beyond where the result becomes infinite.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T Exponential(T x, bool lessOne)
    {
        // x = n ln 2 + r + c with |r| ≤ ln 2 / 2, where c is what r loses by its rounding.
        T n = M.Round(M.Multiply(x, M.Splat(Log2E)));
        T high = M.Subtract(x, M.Multiply(n, M.Splat(Ln2High))), low = M.Multiply(n, M.Splat(Ln2Low));
        T r = M.Subtract(high, low), c = M.Subtract(M.Subtract(high, r), low), one = M.Splat(1);
        if (!lessOne) return Grown(one, r, c, n);
        T less = M.Scale(one, M.Subtract(M.Splat(0), n)), start = M.Subtract(one, less), lost = M.Subtract(M.Subtract(one, start), less);
        return Grown(start, r, M.Add(c, lost), n);
    }

    /// <summary>(start - 1 + e to the r + c) · 2ⁿ, where start is 0 or not smaller than r.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T Grown(T start, T r, T c, T n)
    {
        T sum = M.Add(start, r), lost = M.Subtract(r, M.Subtract(sum, start));
        T rest = Polynomial(r, 0.5f, 0.166664883f, 0.0416655615f, 0.00837224256f, 0.00140328729f);
        return M.Scale(M.Add(sum, M.Add(lost, M.Add(c, M.Multiply(M.Multiply(r, r), rest)))), n);
    }

    /// <summary>log x + extra.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T Logarithm(T x, T extra)
    {
        // x = 2ⁿ (1 + f) with f from -1/3 to 1/3.
        T n = Split(x, out T fraction), f = M.Subtract(fraction, M.Splat(1)), square = M.Multiply(f, f);
        T rest = Polynomial(f, 0.333332151f, -0.249997973f, 0.200104073f, -0.166804895f, 0.140058547f, -0.12184234f, 0.139845192f, -0.128918067f);
        rest = M.Subtract(M.Multiply(M.Multiply(f, square), rest), M.Multiply(M.Splat(0.5f), square));
        T high = M.Multiply(n, M.Splat(Ln2High)), low = M.Multiply(n, M.Splat(Ln2Low));
        T sum = M.Add(high, f), lost = M.Subtract(f, M.Subtract(sum, high));
        T result = M.Add(sum, M.Add(lost, M.Add(rest, M.Add(low, extra))));
        T zero = M.Splat(0), infinity = M.Splat(float.PositiveInfinity);
        result = M.Select(M.Greater(infinity, x), result, x);
        return M.Select(M.Greater(x, zero), result, M.Select(M.Equal(x, zero), M.Subtract(zero, infinity), M.Splat(float.NaN)));
    }

    /// <summary>The whole number n, and fraction = x / 2ⁿ from 2/3 to 4/3, for every finite x above 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T Split(T x, out T fraction)
    {
        T denormal = M.Greater(M.Splat(LeastNormal), x), normal = M.Select(denormal, M.Multiply(x, M.Splat(FractionSteps)), x);
        fraction = M.Fraction(normal);
        return M.Subtract(M.Exponent(normal), M.Select(denormal, M.Splat(FractionBits), M.Splat(0)));
    }

    /// <summary>The smaller of x and most; NaN stays.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T Most(T x, float most) => M.Select(M.Greater(x, M.Splat(most)), M.Splat(most), x);

    /// <summary>x limited to the range from least to most; NaN stays.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T Clamp(T x, float least, float most) => M.Select(M.Greater(M.Splat(least), x), M.Splat(least), Most(x, most));
}
