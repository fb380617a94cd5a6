namespace KerasPort.Engines.Formulas;

/// <summary>Formulas on single floats, with the same bits as on vectors. A mask is 1 or 0.</summary>
public readonly struct FloatMath : IMath<float>
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Splat(float value) => value;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Add(float a, float b) => a + b;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Subtract(float a, float b) => a - b;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Multiply(float a, float b) => a * b;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Divide(float a, float b) => a / b;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Sqrt(float a) => MathF.Sqrt(a);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Abs(float a) => MathF.Abs(a);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float CopySign(float a, float sign) => MathF.CopySign(a, sign);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Greater(float a, float b) => a > b ? 1 : 0;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Equal(float a, float b) => a == b ? 1 : 0;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Select(float mask, float a, float b) => mask != 0 ? a : b;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Round(float a) => MathF.Round(a);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Scale(float a, float n)
    {
        float half = Round(n * 0.5f);
        return a * TwoToThe(half) * TwoToThe(n - half);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Exponent(float a) => (BitConverter.SingleToInt32Bits(a) - FloatBits.TwoThirds) >> FloatBits.Fraction;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Fraction(float a) =>
        BitConverter.Int32BitsToSingle(((BitConverter.SingleToInt32Bits(a) - FloatBits.TwoThirds) & FloatBits.FractionMask) + FloatBits.TwoThirds);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float High(float a) => BitConverter.Int32BitsToSingle(BitConverter.SingleToInt32Bits(a) & FloatBits.High);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static float TwoToThe(float n) => BitConverter.Int32BitsToSingle(BitConverter.SingleToInt32Bits(n + FloatBits.Biased) << FloatBits.Fraction);

    /// <inheritdoc/>
    public static float Exp(float a) => Elementary<float, FloatMath>.Exp(a);

    /// <inheritdoc/>
    public static float Expm1(float a) => Elementary<float, FloatMath>.Expm1(a);

    /// <inheritdoc/>
    public static float Log1p(float a) => Elementary<float, FloatMath>.Log1p(a);

    /// <inheritdoc/>
    public static float Log(float a) => Elementary<float, FloatMath>.Log(a);

    /// <inheritdoc/>
    public static float Tanh(float a) => Elementary<float, FloatMath>.Tanh(a);

    /// <inheritdoc/>
    public static float Erf(float a) => Elementary<float, FloatMath>.Erf(a);

    /// <inheritdoc/>
    public static float Pow(float a, float b) => Elementary<float, FloatMath>.Pow(a, b);
}

/// <summary>Formulas in double, with .NET's own functions: the reference. A mask is 1 or 0.</summary>
public readonly struct DoubleMath : IMath<double>
{
    /// <inheritdoc/>
    public static double Splat(float value) => value;

    /// <inheritdoc/>
    public static double Add(double a, double b) => a + b;

    /// <inheritdoc/>
    public static double Subtract(double a, double b) => a - b;

    /// <inheritdoc/>
    public static double Multiply(double a, double b) => a * b;

    /// <inheritdoc/>
    public static double Divide(double a, double b) => a / b;

    /// <inheritdoc/>
    public static double Sqrt(double a) => Math.Sqrt(a);

    /// <inheritdoc/>
    public static double Abs(double a) => Math.Abs(a);

    /// <inheritdoc/>
    public static double CopySign(double a, double sign) => Math.CopySign(a, sign);

    /// <inheritdoc/>
    public static double Greater(double a, double b) => a > b ? 1 : 0;

    /// <inheritdoc/>
    public static double Equal(double a, double b) => a == b ? 1 : 0;

    /// <inheritdoc/>
    public static double Select(double mask, double a, double b) => mask != 0 ? a : b;

    /// <inheritdoc/>
    public static double Round(double a) => Math.Round(a);

    /// <inheritdoc/>
    public static double Scale(double a, double n) => Math.ScaleB(a, (int)n);

    /// <inheritdoc/>
    public static double Exponent(double a) => Math.ILogB(a * 1.5);

    /// <inheritdoc/>
    public static double Fraction(double a) => Math.ScaleB(a, -Math.ILogB(a * 1.5));

    /// <inheritdoc/>
    public static double High(double a) => BitConverter.Int64BitsToDouble(BitConverter.DoubleToInt64Bits(a) & ~0x7FFFFFFL);

    /// <inheritdoc/>
    public static double Exp(double a) => Math.Exp(a);

    /// <inheritdoc/>
    public static double Expm1(double a)
    {
        // Kahan: the rounding of e to the a affects its logarithm too, so that it nearly cancels in the quotient.
        double power = Math.Exp(a), result = power - 1;
        return power == 1 ? a : result == -1 || double.IsInfinity(power) ? result : result * a / Math.Log(power);
    }

    /// <inheritdoc/>
    public static double Log1p(double a)
    {
        double sum = 1 + a;
        return sum == 1 ? a : double.IsPositiveInfinity(sum) ? sum : Math.Log(sum) * a / (sum - 1);
    }

    /// <inheritdoc/>
    public static double Log(double a) => Math.Log(a);

    /// <inheritdoc/>
    public static double Tanh(double a) => Math.Tanh(a);

    /// <inheritdoc/>
    public static double Erf(double a) => ErrorFunction.Of(a);

    /// <inheritdoc/>
    public static double Pow(double a, double b) => Math.Pow(a, b);
}
