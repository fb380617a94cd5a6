using System.Globalization;
using System.Numerics;

namespace KerasPort;

/// <summary>
/// How Python and numpy write floats. Rounding is of the exact binary value with ties to even, which .NET's "F" and
/// "E" don't do (2.5 becomes "3"), and exponents have two digits.
/// </summary>
internal static class PythonFloat
{
    /// <summary>Python's <c>f"{value:.{decimals}f}"</c>.</summary>
    public static string Fixed(double value, int decimals)
    {
        if (!double.IsFinite(value)) return NonFinite(value);
        string digits = Scale(value, decimals).ToString(CultureInfo.InvariantCulture).PadLeft(decimals + 1, '0');
        return Sign(value) + (decimals == 0 ? digits : $"{digits[..^decimals]}.{digits[^decimals..]}");
    }

    /// <summary>Python's <c>f"{value:.{decimals}e}"</c>.</summary>
    public static string Scientific(double value, int decimals)
    {
        if (!double.IsFinite(value)) return NonFinite(value);
        var (digits, exponent) = Significant(value, decimals + 1);
        return Sign(value) + Exponential(digits, exponent);
    }

    /// <summary>Python's <c>repr(float)</c>: the shortest digits that read back as the same double.</summary>
    public static string Repr(double value)
    {
        if (!double.IsFinite(value)) return NonFinite(value);
        var (digits, exponent) = Shortest(value);
        return Sign(value) + (exponent is < -4 or >= 16 ? Exponential(digits, exponent) : Natural(digits, exponent));
    }

    /// <summary>numpy's <c>str(float32)</c>: the shortest digits that read back as the same float.</summary>
    public static string Repr(float value)
    {
        if (!float.IsFinite(value)) return NonFinite(value);
        var (digits, exponent) = Shortest(value);
        // numpy compares the value, not its digits: the float32 nearest to 0.0001 lies below it and prints as 1e-04.
        bool scientific = value != 0 && Math.Abs((double)value) is < 1e-4 or >= 1e16;
        return Sign(value) + (scientific ? Exponential(digits, exponent) : Natural(digits, exponent));
    }

    /// <summary>numpy's <c>str(float16)</c>: the shortest digits that read back as the same.</summary>
    public static string Repr(Half value)
    {
        if (!Half.IsFinite(value)) return NonFinite((double)value);
        var (digits, exponent) = Shortest(value);
        bool scientific = value != Half.Zero && Math.Abs((double)value) is < 1e-4 or >= 1e16;
        return Sign((double)value) + (scientific ? Exponential(digits, exponent) : Natural(digits, exponent));
    }

    /// <inheritdoc cref="Shortest(double)"/>
    public static (string Digits, int Exponent) Shortest(Half value) => Shortest(
        Half.Abs(value).ToString("R", CultureInfo.InvariantCulture), (double)value,
        text => Half.Parse(text, CultureInfo.InvariantCulture) == Half.Abs(value));

    /// <summary>The shortest digits of |value| and the power of ten of the first.</summary>
    public static (string Digits, int Exponent) Shortest(double value) => Shortest(
        Math.Abs(value).ToString("R", CultureInfo.InvariantCulture), value,
        text => double.Parse(text, CultureInfo.InvariantCulture) == Math.Abs(value));

    /// <inheritdoc cref="Shortest(double)"/>
    public static (string Digits, int Exponent) Shortest(float value) => Shortest(
        MathF.Abs(value).ToString("R", CultureInfo.InvariantCulture), value,
        text => float.Parse(text, CultureInfo.InvariantCulture) == MathF.Abs(value));

    // Below a power of two the neighbour is nearer than above. .NET overlooks that for a few numbers and gives digits that read back as the neighbour
    // (2^-25 as double, 2^-96 as float); then rounding up the last digit, or else one more digit, gives the shortest.
    private static (string Digits, int Exponent) Shortest(string roundTrip, double value, Predicate<string> readsBack)
    {
        var (digits, exponent) = Split(roundTrip);
        if (readsBack(roundTrip)) return (digits, exponent);
        string up = (BigInteger.Parse(digits, CultureInfo.InvariantCulture) + 1).ToString(CultureInfo.InvariantCulture);
        return readsBack(Exponential(up, exponent)) ? (up, exponent) : Significant(value, digits.Length + 1);
    }

    /// <summary>|value| rounded to <paramref name="count"/> digits, and the power of ten of the first.</summary>
    public static (string Digits, int Exponent) Significant(double value, int count)
    {
        if (value == 0) return (new string('0', count), 0);
        int exponent = (int)Math.Floor(Math.Log10(Math.Abs(value)));
        while (true)
        {
            // The estimate may be one off, and rounding may carry into a new digit (9.99 to 10.0).
            string digits = Scale(value, count - 1 - exponent).ToString(CultureInfo.InvariantCulture);
            if (digits.Length == count && digits[0] != '0') return (digits, exponent);
            exponent += digits.Length > count ? 1 : -1;
        }
    }

    /// <summary>Digits around a decimal point, which is always there: <c>12.5</c>, <c>0.001</c>, <c>100.</c></summary>
    public static string Positional(string digits, int exponent)
    {
        if (exponent < 0) return "0." + new string('0', -exponent - 1) + digits;
        digits = digits.PadRight(exponent + 1, '0');
        return $"{digits[..(exponent + 1)]}.{digits[(exponent + 1)..]}";
    }

    /// <summary>Digits with an exponent: <c>1.5e-07</c>, <c>1e+16</c>.</summary>
    public static string Exponential(string digits, int exponent) => string.Create(CultureInfo.InvariantCulture,
        $"{digits[..1]}{(digits.Length > 1 ? "." : "")}{digits[1..]}e{(exponent < 0 ? '-' : '+')}{Math.Abs(exponent):00}");

    /// <summary><c>nan</c>, <c>inf</c> or <c>-inf</c>.</summary>
    public static string NonFinite(double value) => double.IsNaN(value) ? "nan" : value > 0 ? "inf" : "-inf";

    /// <summary>A minus sign for numbers below zero, and for -0.0.</summary>
    public static string Sign(double value) => double.IsNegative(value) ? "-" : "";

    private static string Natural(string digits, int exponent)
    {
        string text = Positional(digits, exponent);
        return text.EndsWith('.') ? text + "0" : text;
    }

    // From .NET's round-trip text, such as 123.45, 0.001, 5E-324 or 1.25E+20.
    private static (string Digits, int Exponent) Split(string text)
    {
        int e = text.IndexOf('E');
        string mantissa = e < 0 ? text : text[..e];
        int point = mantissa.IndexOf('.');
        int exponent = (point < 0 ? mantissa.Length : point) - 1;
        string digits = mantissa.Replace(".", "");
        string significant = digits.TrimStart('0');
        if (significant.Length == 0) return ("0", 0);
        exponent -= digits.Length - significant.Length;
        if (e >= 0) exponent += int.Parse(text.AsSpan(e + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        return (significant.TrimEnd('0'), exponent);
    }

    // |value| * 10^power as an integer, ties to even.
    private static BigInteger Scale(double value, int power)
    {
        long bits = BitConverter.DoubleToInt64Bits(Math.Abs(value));
        long mantissa = bits & ((1L << 52) - 1);
        int exponent = (int)(bits >> 52);
        if (exponent > 0) mantissa |= 1L << 52;
        int shift = Math.Max(exponent, 1) - 1075;

        BigInteger numerator = mantissa, denominator = BigInteger.One;
        if (power >= 0) numerator *= BigInteger.Pow(10, power);
        else denominator *= BigInteger.Pow(10, -power);
        if (shift >= 0) numerator <<= shift;
        else denominator <<= -shift;

        var quotient = BigInteger.DivRem(numerator, denominator, out var remainder);
        int half = (remainder * 2).CompareTo(denominator);
        return half > 0 || (half == 0 && !quotient.IsEven) ? quotient + 1 : quotient;
    }
}
