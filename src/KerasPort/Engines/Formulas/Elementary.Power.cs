namespace KerasPort.Engines.Formulas;

/// <remarks>
/// pow is e to the y log x, which magnifies an error of log x up to a hundredfold. So log x is a sum of two floats, with a relative error of
/// some 2⁻³⁵. As in fdlibm's e_powf.c, products are exact where both factors are halves of a float (<see cref="IMath{T}.High"/>).
/// </remarks>
public static partial class Elementary<T, M>
{
    // 2/3 in two parts, the first of 12 bits.
    private const float TwoThirds = 2f / 3, TwoThirdsHigh = 0x555 / 2048f, TwoThirdsLow = (float)(2.0 / 3 - 0x555 / 2048.0);

    /// <summary>x to the y, within 1 ulp.</summary>
    public static T Pow(T x, T y)
    {
        T zero = M.Splat(0), one = M.Splat(1), infinity = M.Splat(float.PositiveInfinity), size = M.Abs(x);
        T log = LogarithmInTwo(size, out T rest);

        // Clamping y changes nothing: beyond these bounds every result is infinite or 0, except for x = 1.
        T within = Clamp(y, -2147483648f, 2147483648f), first = M.High(within), second = M.Subtract(within, first);
        T high = M.Multiply(first, log), low = M.Add(M.Multiply(second, log), M.Multiply(within, rest));
        T sum = M.Add(high, low), above = M.Greater(sum, M.Splat(MostExponent)), below = M.Greater(M.Splat(LeastExponent), sum);
        high = M.Select(above, M.Splat(MostExponent), M.Select(below, M.Splat(LeastExponent), high));
        low = M.Select(above, zero, M.Select(below, zero, low));

        // e to the high + low, as in Exponential.
        T n = M.Round(M.Multiply(M.Add(high, low), M.Splat(Log2E)));
        high = M.Subtract(high, M.Multiply(n, M.Splat(Ln2High)));
        low = M.Subtract(low, M.Multiply(n, M.Splat(Ln2Low)));
        T r = M.Add(high, low), c = M.Add(M.Subtract(high, r), low);
        T result = Grown(one, r, c, n);

        T positive = M.Greater(y, zero);
        result = M.Select(M.Equal(size, zero), M.Select(positive, zero, infinity), result);
        result = M.Select(M.Equal(size, infinity), M.Select(positive, infinity, zero), result);

        // For a negative x, y must be whole, and an odd y makes the result negative. Any other y gives NaN, except at x = -∞.
        T half = M.Multiply(y, M.Splat(0.5f)), whole = M.Equal(M.Round(y), y), even = M.Equal(M.Round(half), half);
        result = M.Select(M.Select(even, zero, whole), M.CopySign(result, x), result);
        T power = M.Select(whole, whole, M.Equal(size, infinity));
        result = M.Select(M.Greater(zero, x), M.Select(power, result, M.Splat(float.NaN)), result);

        result = M.Select(M.Equal(x, x), M.Select(M.Equal(y, y), result, y), x);
        return M.Select(M.Equal(y, zero), one, M.Select(M.Equal(x, one), one, result));
    }

    /// <summary>The logarithm of a positive, finite x, as a sum of its first 12 bits and the rest.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T LogarithmInTwo(T x, out T rest)
    {
        // log m = 2 artanh s with s = (m - 1) / (m + 1), here 2/3 s (3 + s² + s⁴ …), where every sum is kept in two parts.
        T one = M.Splat(1), three = M.Splat(3), n = Split(x, out T m);
        T above = M.Subtract(m, one), below = M.Add(m, one), inverse = M.Divide(one, below), s = M.Multiply(above, inverse);
        T belowHigh = M.High(below), belowLow = M.Subtract(m, M.Subtract(belowHigh, one)), sHigh = M.High(s);
        T sLow = M.Multiply(M.Subtract(M.Subtract(above, M.Multiply(sHigh, belowHigh)), M.Multiply(sHigh, belowLow)), inverse);

        T square = M.Multiply(s, s), squareHigh = M.Multiply(sHigh, sHigh);
        T series = Polynomial(square, 0.599999905f, 0.428588599f, 0.332278579f, 0.299409807f);
        series = M.Add(M.Multiply(M.Multiply(square, square), series), M.Multiply(sLow, M.Add(sHigh, s)));
        T factorHigh = M.High(M.Add(M.Add(three, squareHigh), series));
        T factorLow = M.Subtract(series, M.Subtract(M.Subtract(factorHigh, three), squareHigh));

        T exact = M.Multiply(sHigh, factorHigh), small = M.Add(M.Multiply(sLow, factorHigh), M.Multiply(factorLow, s));
        T high = M.High(M.Add(exact, small)), low = M.Subtract(small, M.Subtract(high, exact));
        low = M.Add(M.Multiply(M.Splat(TwoThirdsLow), high), M.Multiply(M.Splat(TwoThirds), low));
        high = M.Multiply(M.Splat(TwoThirdsHigh), high);

        T whole = M.Multiply(n, M.Splat(Ln2High));
        low = M.Add(low, M.Multiply(n, M.Splat(Ln2Low)));
        T log = M.High(M.Add(M.Add(high, low), whole));
        rest = M.Subtract(low, M.Subtract(M.Subtract(log, whole), high));
        return log;
    }
}
