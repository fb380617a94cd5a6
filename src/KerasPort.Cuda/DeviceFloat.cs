using System.Runtime.CompilerServices;
using ILGPU;
using ILGPU.Util;
using KerasPort.Engines.Formulas;

namespace KerasPort.Cuda;

/// <summary>
/// Formulas in a card's floats. A mask is 1 or 0. Sums and products are marked to be rounded separately, where a card's compiler would fuse
/// them; NaN is detected by its bits, as device compilers disagree on comparisons with it. Nothing branches, because ILGPU assumes that the
/// results of its intrinsics are the same in all threads and marks a branch on them so. Results may differ from the processor's in the last bits.
/// </summary>
internal readonly struct DeviceFloat : IMath<float>
{
    private const uint SignBit = 0x80000000, Infinity = 0x7F800000;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Splat(float value) => value;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Add(float a, float b) => DeviceMath.Add(a, b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Subtract(float a, float b) => DeviceMath.Subtract(a, b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Multiply(float a, float b) => DeviceMath.Multiply(a, b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Divide(float a, float b) => a / b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Sqrt(float a) => MathF.Sqrt(a);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Abs(float a) => Interop.IntAsFloat(Size(a));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float CopySign(float a, float sign) => Interop.IntAsFloat(Size(a) | (Interop.FloatAsInt(sign) & SignBit));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Greater(float a, float b) => Utilities.Select((a > b) & IsNumber(a) & IsNumber(b), 1f, 0f);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Equal(float a, float b) =>
        Utilities.Select(((Interop.FloatAsInt(a) == Interop.FloatAsInt(b)) | ((Size(a) | Size(b)) == 0)) & IsNumber(a), 1f, 0f);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Select(float mask, float a, float b) => Utilities.Select(Interop.FloatAsInt(mask) != 0, a, b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Round(float a)
    {
        // Numbers of 2²³ or more are whole; adding 2²³ to a smaller one rounds it to a whole number.
        const float whole = 1 << FloatBits.Fraction;
        float size = Abs(a), rounded = Subtract(Add(size, whole), whole);
        return Select(Greater(whole, size), CopySign(rounded, a), a);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Scale(float a, float n)
    {
        float half = Round(Multiply(n, 0.5f));
        return Multiply(Multiply(a, TwoToThe(half)), TwoToThe(Subtract(n, half)));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Exponent(float a) => (int)(Interop.FloatAsInt(a) - FloatBits.TwoThirds) >> FloatBits.Fraction;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Fraction(float a) => Interop.IntAsFloat(((Interop.FloatAsInt(a) - FloatBits.TwoThirds) & FloatBits.FractionMask) + FloatBits.TwoThirds);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float High(float a) => Interop.IntAsFloat(Interop.FloatAsInt(a) & unchecked((uint)FloatBits.High));

    public static float Exp(float a) => Elementary<float, DeviceFloat>.Exp(a);

    public static float Expm1(float a) => Elementary<float, DeviceFloat>.Expm1(a);

    public static float Log(float a) => Elementary<float, DeviceFloat>.Log(a);

    public static float Log1p(float a) => Elementary<float, DeviceFloat>.Log1p(a);

    public static float Tanh(float a) => Elementary<float, DeviceFloat>.Tanh(a);

    public static float Erf(float a) => Elementary<float, DeviceFloat>.Erf(a);

    public static float Pow(float a, float b) => Elementary<float, DeviceFloat>.Pow(a, b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool IsNumber(float a) => Size(a) <= Infinity;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint Size(float a) => Interop.FloatAsInt(a) & ~SignBit;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static float TwoToThe(float n) => Interop.IntAsFloat(Interop.FloatAsInt(Add(n, FloatBits.Biased)) << FloatBits.Fraction);
}
