using System.Runtime.Intrinsics;
using KerasPort.Engines.Formulas;
using KerasPort.Engines.Managed;

namespace KerasPort.Tests.Engines.Formulas;

/// <summary>Exact values are .NET's and C99's, including the signs of zeros; others are within one unit in the last place.</summary>
public sealed class SpecialValueTests
{
    private static readonly float[] s_special =
    [
        0, 1, 2, 3, 0.5f, 2.5f, 1e30f, 5e9f, 16777215, 16777216, 8388607, 8388607.5f, 8388609, float.PositiveInfinity, float.MaxValue,
            float.Epsilon, 1.17549435e-38f,
    ];

    private static readonly float[] s_all = [.. s_special, .. s_special.Select(x => -x), float.NaN];

    [Fact]
    public void Powers_of_special_values_are_NETs()
    {
        foreach (float x in s_all)
            foreach (float y in s_all)
            {
                float expected = MathF.Pow(x, y), got = Simd512.Pow(Vector512.Create(x), Vector512.Create(y))[0];
                if (float.IsFinite(expected) && expected != 0 && MathF.Abs(expected) != 1) Assert.InRange(got / expected, 1 - 2e-7, 1 + 2e-7);
                else Assert.True(float.IsNaN(expected) ? float.IsNaN(got) : BitConverter.SingleToInt32Bits(expected) == BitConverter.SingleToInt32Bits(got),
                    $"pow({x}, {y}) is {got}, not {expected}.");
            }
    }

    [Theory]
    [InlineData(0, 1, 0, float.NegativeInfinity, 0, 0, 0)]
    [InlineData(float.PositiveInfinity, float.PositiveInfinity, float.PositiveInfinity, float.PositiveInfinity, float.PositiveInfinity, 1, 1)]
    [InlineData(float.NegativeInfinity, 0, -1, float.NaN, float.NaN, -1, -1)]
    [InlineData(float.NaN, float.NaN, float.NaN, float.NaN, float.NaN, float.NaN, float.NaN)]
    [InlineData(float.Epsilon, 1, float.Epsilon, -103.27893f, float.Epsilon, float.Epsilon, float.Epsilon)]
    [InlineData(-1, 0.36787945f, -0.63212055f, float.NaN, float.NegativeInfinity, -0.7615942f, -0.8427008f)]
    [InlineData(1, 2.7182817f, 1.7182818f, 0, 0.6931472f, 0.7615942f, 0.8427008f)]
    [InlineData(float.MaxValue, float.PositiveInfinity, float.PositiveInfinity, 88.72284f, 88.72284f, 1, 1)]
    [InlineData(float.MinValue, 0, -1, float.NaN, float.NaN, -1, -1)]
    [InlineData(88.72283f, 3.4027985e38f, 3.4027985e38f, 4.485517f, 4.496725f, 1, 1)]
    [InlineData(88.73f, float.PositiveInfinity, float.PositiveInfinity, 4.485598f, 4.496805f, 1, 1)]
    [InlineData(-103.97f, float.Epsilon, -1, float.NaN, float.NaN, -1, -1)]
    [InlineData(-103.98f, 0, -1, float.NaN, float.NaN, -1, -1)]
    public void Functions_of_special_values(float x, float exp, float expm1, float log, float log1p, float tanh, float erf)
    {
        Is(exp, FloatMath.Exp(x));
        Is(expm1, FloatMath.Expm1(x));
        Is(log, FloatMath.Log(x));
        Is(log1p, FloatMath.Log1p(x));
        Is(tanh, FloatMath.Tanh(x));
        Is(erf, FloatMath.Erf(x));

        static void Is(float expected, float value)
        {
            bool exact = expected == 0 || MathF.Abs(expected) == 1 || !float.IsFinite(expected);
            if (float.IsNaN(expected)) Assert.True(float.IsNaN(value));
            else Assert.InRange(BitConverter.SingleToInt32Bits(value) - BitConverter.SingleToInt32Bits(expected), exact ? 0 : -1, exact ? 0 : 1);
        }
    }

    [Fact]
    public void Functions_of_minus_zero() => Functions_of_special_values(-0f, 1, -0f, float.NegativeInfinity, -0f, -0f, -0f);

    /// <summary>By the tables of Abramowitz and Stegun, 7.1, and by a computation in 40 digits.</summary>
    [Theory]
    [InlineData(1e-10, 1.1283791670955126e-10)]
    [InlineData(0.5, 0.5204998778130465)]
    [InlineData(1, 0.8427007929497149)]
    [InlineData(1.4999, 0.9660932516622953)]
    [InlineData(1.5, 0.9661051464753108)]
    [InlineData(2, 0.9953222650189527)]
    [InlineData(3, 0.9999779095030014)]
    [InlineData(5.5, 0.9999999999999927)]
    [InlineData(7, 1)]
    public void The_error_function_in_double(double x, double expected)
    {
        Assert.Equal(expected, ErrorFunction.Of(x), 1e-15 * expected);
        Assert.Equal(-expected, ErrorFunction.Of(-x), 1e-15 * expected);
    }
}
