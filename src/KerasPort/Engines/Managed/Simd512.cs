using System.Numerics;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using KerasPort.Engines.Formulas;

namespace KerasPort.Engines.Managed;

/// <summary>16 floats: AVX-512.</summary>
internal unsafe struct Simd512 : ISimd<Vector512<float>>
{
    public static int Lanes => 16;

    public static int TileColumns => 4;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Load(float* at) => Vector512.Load(at);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector512<float> value, float* at) => value.Store(at);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Splat(float value) => Vector512.Create(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Fma(Vector512<float> a, Vector512<float> b, Vector512<float> c) => Vector512.MultiplyAddEstimate(a, b, c);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Add(Vector512<float> a, Vector512<float> b) => a + b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Subtract(Vector512<float> a, Vector512<float> b) => a - b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Multiply(Vector512<float> a, Vector512<float> b) => a * b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Divide(Vector512<float> a, Vector512<float> b) => a / b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Sqrt(Vector512<float> a) => Vector512.Sqrt(a);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Abs(Vector512<float> a) => Vector512.Abs(a);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> CopySign(Vector512<float> a, Vector512<float> sign) => Vector512.ConditionalSelect(Vector512.Create(-0f), sign, a);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Greater(Vector512<float> a, Vector512<float> b) => Vector512.GreaterThan(a, b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Equal(Vector512<float> a, Vector512<float> b) => Vector512.Equals(a, b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Select(Vector512<float> mask, Vector512<float> a, Vector512<float> b) => Vector512.ConditionalSelect(mask, a, b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Round(Vector512<float> a) => Vector512.Round(a);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Scale(Vector512<float> a, Vector512<float> n) =>
        Avx512F.IsSupported ? Avx512F.Scale(a, n) : Simd<Simd512, Vector512<float>>.Scale(a, n);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> TwoToThe(Vector512<float> n) => ((n + Vector512.Create(FloatBits.Biased)).AsInt32() << FloatBits.Fraction).AsSingle();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Exponent(Vector512<float> a) =>
        Vector512.ConvertToSingle((a.AsInt32() - Vector512.Create(FloatBits.TwoThirds)) >> FloatBits.Fraction);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Fraction(Vector512<float> a) =>
        (((a.AsInt32() - Vector512.Create(FloatBits.TwoThirds)) & Vector512.Create(FloatBits.FractionMask)) + Vector512.Create(FloatBits.TwoThirds)).AsSingle();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> High(Vector512<float> a) => (a.AsInt32() & Vector512.Create(FloatBits.High)).AsSingle();

    public static Vector512<float> Exp(Vector512<float> a) => Elementary<Vector512<float>, Simd512>.Exp(a);

    public static Vector512<float> Expm1(Vector512<float> a) => Elementary<Vector512<float>, Simd512>.Expm1(a);

    public static Vector512<float> Log(Vector512<float> a) => Elementary<Vector512<float>, Simd512>.Log(a);

    public static Vector512<float> Log1p(Vector512<float> a) => Elementary<Vector512<float>, Simd512>.Log1p(a);

    public static Vector512<float> Tanh(Vector512<float> a) => Elementary<Vector512<float>, Simd512>.Tanh(a);

    public static Vector512<float> Erf(Vector512<float> a) => Elementary<Vector512<float>, Simd512>.Erf(a);

    public static Vector512<float> Pow(Vector512<float> a, Vector512<float> b) => Elementary<Vector512<float>, Simd512>.Pow(a, b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Max(Vector512<float> a, Vector512<float> b) => Avx512F.IsSupported ? Avx512F.Max(a, b) : Select(Greater(a, b), a, b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> And(Vector512<float> a, Vector512<float> b) => a & b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> AndNot(Vector512<float> a, Vector512<float> b) => Vector512.AndNot(a, b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Or(Vector512<float> a, Vector512<float> b) => a | b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint Bits(Vector512<float> mask) => (uint)mask.ExtractMostSignificantBits();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Transpose(float* from, nint pitchFrom, float* to, nint pitchTo)
    {
        if (!Avx512F.IsSupported)
        {
            Simd<Simd512, Vector512<float>>.Transpose(from, pitchFrom, to, pitchTo);
            return;
        }
        var (a0, a1, a2, a3) = FourRows(from, pitchFrom);
        var (b0, b1, b2, b3) = FourRows(from + 4 * pitchFrom, pitchFrom);
        var (c0, c1, c2, c3) = FourRows(from + 8 * pitchFrom, pitchFrom);
        var (d0, d1, d2, d3) = FourRows(from + 12 * pitchFrom, pitchFrom);
        StoreQuarters(a0, b0, c0, d0, to, 4 * pitchTo);
        StoreQuarters(a1, b1, c1, d1, to + pitchTo, 4 * pitchTo);
        StoreQuarters(a2, b2, c2, d2, to + 2 * pitchTo, 4 * pitchTo);
        StoreQuarters(a3, b3, c3, d3, to + 3 * pitchTo, 4 * pitchTo);
    }

    /// <summary>Four rows with each quarter transposed: columns 0, 4, 8 and 12, columns 1, 5, 9 and 13, and so on.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector512<float>, Vector512<float>, Vector512<float>, Vector512<float>) FourRows(float* from, nint pitch)
    {
        var (a, b, c, d) = (Load(from), Load(from + pitch), Load(from + 2 * pitch), Load(from + 3 * pitch));
        var (ac, bd) = (Avx512F.UnpackLow(a, c), Avx512F.UnpackLow(b, d));
        var (ac2, bd2) = (Avx512F.UnpackHigh(a, c), Avx512F.UnpackHigh(b, d));
        return (Avx512F.UnpackLow(ac, bd), Avx512F.UnpackHigh(ac, bd), Avx512F.UnpackLow(ac2, bd2), Avx512F.UnpackHigh(ac2, bd2));
    }

    /// <summary>Four vectors' first quarters, their second ones, and so on.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StoreQuarters(Vector512<float> a, Vector512<float> b, Vector512<float> c, Vector512<float> d, float* to, nint pitch)
    {
        const byte Low = 0b01_00_01_00, High = 0b11_10_11_10, Even = 0b10_00_10_00, Odd = 0b11_01_11_01;
        var (ab, cd) = (Avx512F.Shuffle4x128(a, b, Low), Avx512F.Shuffle4x128(c, d, Low));
        Store(Avx512F.Shuffle4x128(ab, cd, Even), to);
        Store(Avx512F.Shuffle4x128(ab, cd, Odd), to + pitch);
        (ab, cd) = (Avx512F.Shuffle4x128(a, b, High), Avx512F.Shuffle4x128(c, d, High));
        Store(Avx512F.Shuffle4x128(ab, cd, Even), to + 2 * pitch);
        Store(Avx512F.Shuffle4x128(ab, cd, Odd), to + 3 * pitch);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StorePacked(Vector512<float> value, Vector512<float> mask, float* at)
    {
        // A register is packed and then stored: packing to memory takes some processors a hundred times as long.
        if (Avx512F.IsSupported)
        {
            Avx512F.Compress(Vector512<float>.Zero, mask, value).Store(at);
            return;
        }
        Simd256.StorePacked(value.GetLower(), mask.GetLower(), at);
        Simd256.StorePacked(value.GetUpper(), mask.GetUpper(), at + BitOperations.PopCount(Simd256.Bits(mask.GetLower())));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Sum(Vector512<float> a) => Vector512.Sum(a);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static Vector512<float> Sums(float* vectors)
    {
        if (!Avx512F.IsSupported) return Simd<Simd512, Vector512<float>>.Sums(vectors);
        var (a, b) = (SumsOfFour(vectors), SumsOfFour(vectors + 4 * 16));
        var (c, d) = (SumsOfFour(vectors + 8 * 16), SumsOfFour(vectors + 12 * 16));
        const byte Even = 0b10_00_10_00, Odd = 0b11_01_11_01;
        (a, c) = (Avx512F.Shuffle4x128(a, b, Even) + Avx512F.Shuffle4x128(a, b, Odd), Avx512F.Shuffle4x128(c, d, Even) + Avx512F.Shuffle4x128(c, d, Odd));
        return Avx512F.Shuffle4x128(a, c, Even) + Avx512F.Shuffle4x128(a, c, Odd);
    }

    /// <summary>The sums of four vectors' quarters: in each quarter one of each vector.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> SumsOfFour(float* vectors)
    {
        var (a, b, c, d) = (Load(vectors), Load(vectors + 16), Load(vectors + 2 * 16), Load(vectors + 3 * 16));
        var (ab, cd) = (Avx512F.UnpackLow(a, b) + Avx512F.UnpackHigh(a, b), Avx512F.UnpackLow(c, d) + Avx512F.UnpackHigh(c, d));
        return Avx512F.UnpackLow(ab.AsDouble(), cd.AsDouble()).AsSingle() + Avx512F.UnpackHigh(ab.AsDouble(), cd.AsDouble()).AsSingle();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> SplatBits(int value) => Vector512.Create(value).AsSingle();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> AddBits(Vector512<float> a, Vector512<float> b) => (a.AsInt32() + b.AsInt32()).AsSingle();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> EqualBits(Vector512<float> a, Vector512<float> b) => Vector512.Equals(a.AsInt32(), b.AsInt32()).AsSingle();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> LoadBytes(byte* at) => Avx512F.IsSupported
        ? Avx512F.ConvertToVector512Int32(Vector128.Load(at)).AsSingle()
        : Vector512.Create(Simd256.LoadBytes(at), Simd256.LoadBytes(at + 8));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> ToFloats(Vector512<float> bits) => Vector512.ConvertToSingle(bits.AsInt32());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreBytes(Vector512<float> value, byte* at)
    {
        if (Avx512F.IsSupported)
        {
            Avx512F.ConvertToVector128Byte(value.AsUInt32()).Store(at);
            return;
        }
        Simd256.StoreBytes(value.GetLower(), at);
        Simd256.StoreBytes(value.GetUpper(), at + 8);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Lookup(float* table, Vector512<float> index) => Vector512.ShuffleNative(Vector512.Load(table), index.AsInt32());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> LookupOfEight(float* table, Vector512<float> index)
    {
        var twice = Avx512F.IsSupported
            ? Avx512F.BroadcastVector256ToVector512((double*)table).AsSingle() : Vector512.Create(Vector256.Load(table), Vector256.Load(table));
        return Vector512.ShuffleNative(twice, index.AsInt32());
    }
}
