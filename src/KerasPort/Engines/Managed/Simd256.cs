using System.Numerics;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using KerasPort.Engines.Formulas;

namespace KerasPort.Engines.Managed;

/// <summary>8 floats: AVX2.</summary>
internal unsafe struct Simd256 : ISimd<Vector256<float>>
{
    public static int Lanes => 8;

    public static int TileColumns => 2;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Load(float* at) => Vector256.Load(at);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector256<float> value, float* at) => value.Store(at);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Splat(float value) => Vector256.Create(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Fma(Vector256<float> a, Vector256<float> b, Vector256<float> c) => Vector256.MultiplyAddEstimate(a, b, c);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Add(Vector256<float> a, Vector256<float> b) => a + b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Subtract(Vector256<float> a, Vector256<float> b) => a - b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Multiply(Vector256<float> a, Vector256<float> b) => a * b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Divide(Vector256<float> a, Vector256<float> b) => a / b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Sqrt(Vector256<float> a) => Vector256.Sqrt(a);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Abs(Vector256<float> a) => Vector256.Abs(a);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> CopySign(Vector256<float> a, Vector256<float> sign) => Vector256.ConditionalSelect(Vector256.Create(-0f), sign, a);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Greater(Vector256<float> a, Vector256<float> b) => Vector256.GreaterThan(a, b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Equal(Vector256<float> a, Vector256<float> b) => Vector256.Equals(a, b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Select(Vector256<float> mask, Vector256<float> a, Vector256<float> b) =>
        Avx.IsSupported ? Avx.BlendVariable(b, a, mask) : Vector256.ConditionalSelect(mask, a, b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Round(Vector256<float> a) => Vector256.Round(a);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Scale(Vector256<float> a, Vector256<float> n) =>
        Avx512F.VL.IsSupported ? Avx512F.VL.Scale(a, n) : Simd<Simd256, Vector256<float>>.Scale(a, n);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> TwoToThe(Vector256<float> n) => ((n + Vector256.Create(FloatBits.Biased)).AsInt32() << FloatBits.Fraction).AsSingle();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Exponent(Vector256<float> a) =>
        Vector256.ConvertToSingle((a.AsInt32() - Vector256.Create(FloatBits.TwoThirds)) >> FloatBits.Fraction);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Fraction(Vector256<float> a) =>
        (((a.AsInt32() - Vector256.Create(FloatBits.TwoThirds)) & Vector256.Create(FloatBits.FractionMask)) + Vector256.Create(FloatBits.TwoThirds)).AsSingle();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> High(Vector256<float> a) => (a.AsInt32() & Vector256.Create(FloatBits.High)).AsSingle();

    public static Vector256<float> Exp(Vector256<float> a) => Elementary<Vector256<float>, Simd256>.Exp(a);

    public static Vector256<float> Expm1(Vector256<float> a) => Elementary<Vector256<float>, Simd256>.Expm1(a);

    public static Vector256<float> Log(Vector256<float> a) => Elementary<Vector256<float>, Simd256>.Log(a);

    public static Vector256<float> Log1p(Vector256<float> a) => Elementary<Vector256<float>, Simd256>.Log1p(a);

    public static Vector256<float> Tanh(Vector256<float> a) => Elementary<Vector256<float>, Simd256>.Tanh(a);

    public static Vector256<float> Erf(Vector256<float> a) => Elementary<Vector256<float>, Simd256>.Erf(a);

    public static Vector256<float> Pow(Vector256<float> a, Vector256<float> b) => Elementary<Vector256<float>, Simd256>.Pow(a, b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Max(Vector256<float> a, Vector256<float> b) => Avx.IsSupported ? Avx.Max(a, b) : Select(Greater(a, b), a, b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> And(Vector256<float> a, Vector256<float> b) => a & b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> AndNot(Vector256<float> a, Vector256<float> b) => Vector256.AndNot(a, b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Or(Vector256<float> a, Vector256<float> b) => a | b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint Bits(Vector256<float> mask) => mask.ExtractMostSignificantBits();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Transpose(float* from, nint pitchFrom, float* to, nint pitchTo)
    {
        if (!Avx.IsSupported)
        {
            Simd<Simd256, Vector256<float>>.Transpose(from, pitchFrom, to, pitchTo);
            return;
        }
        var (a0, a1, a2, a3) = FourRows(from, pitchFrom);
        var (b0, b1, b2, b3) = FourRows(from + 4 * pitchFrom, pitchFrom);
        StoreHalves(a0, b0, to, 4 * pitchTo);
        StoreHalves(a1, b1, to + pitchTo, 4 * pitchTo);
        StoreHalves(a2, b2, to + 2 * pitchTo, 4 * pitchTo);
        StoreHalves(a3, b3, to + 3 * pitchTo, 4 * pitchTo);
    }

    /// <summary>Four rows with each half transposed: columns 0 and 4, columns 1 and 5, and so on.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector256<float>, Vector256<float>, Vector256<float>, Vector256<float>) FourRows(float* from, nint pitch)
    {
        var (a, b, c, d) = (Load(from), Load(from + pitch), Load(from + 2 * pitch), Load(from + 3 * pitch));
        var (ac, bd) = (Avx.UnpackLow(a, c), Avx.UnpackLow(b, d));
        var (ac2, bd2) = (Avx.UnpackHigh(a, c), Avx.UnpackHigh(b, d));
        return (Avx.UnpackLow(ac, bd), Avx.UnpackHigh(ac, bd), Avx.UnpackLow(ac2, bd2), Avx.UnpackHigh(ac2, bd2));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StoreHalves(Vector256<float> a, Vector256<float> b, float* to, nint pitch)
    {
        Store(Vector256.Create(a.GetLower(), b.GetLower()), to);
        Store(Avx.Permute2x128(a, b, 0x31), to + pitch);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StorePacked(Vector256<float> value, Vector256<float> mask, float* at)
    {
        Simd128.StorePacked(value.GetLower(), mask.GetLower(), at);
        Simd128.StorePacked(value.GetUpper(), mask.GetUpper(), at + BitOperations.PopCount(Simd128.Bits(mask.GetLower())));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Sum(Vector256<float> a) => Vector256.Sum(a);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static Vector256<float> Sums(float* vectors)
    {
        if (!Avx.IsSupported) return Simd<Simd256, Vector256<float>>.Sums(vectors);
        var (a, b) = (SumsOfFour(vectors), SumsOfFour(vectors + 4 * 8));
        const byte Lower = 0x20, Upper = 0x31;
        return Avx.Permute2x128(a, b, Lower) + Avx.Permute2x128(a, b, Upper);
    }

    /// <summary>The sums of four vectors' halves: in each half one of each vector.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> SumsOfFour(float* vectors)
    {
        var (a, b, c, d) = (Load(vectors), Load(vectors + 8), Load(vectors + 2 * 8), Load(vectors + 3 * 8));
        var (ab, cd) = (Avx.UnpackLow(a, b) + Avx.UnpackHigh(a, b), Avx.UnpackLow(c, d) + Avx.UnpackHigh(c, d));
        return Avx.UnpackLow(ab.AsDouble(), cd.AsDouble()).AsSingle() + Avx.UnpackHigh(ab.AsDouble(), cd.AsDouble()).AsSingle();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> SplatBits(int value) => Vector256.Create(value).AsSingle();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> AddBits(Vector256<float> a, Vector256<float> b) => (a.AsInt32() + b.AsInt32()).AsSingle();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> EqualBits(Vector256<float> a, Vector256<float> b) => Vector256.Equals(a.AsInt32(), b.AsInt32()).AsSingle();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> LoadBytes(byte* at) => Avx2.IsSupported
        ? Avx2.ConvertToVector256Int32(at).AsSingle()
        : Vector256.Create(Simd128.LoadBytes(at), Simd128.LoadBytes(at + 4));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> ToFloats(Vector256<float> bits) => Vector256.ConvertToSingle(bits.AsInt32());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreBytes(Vector256<float> value, byte* at)
    {
        if (Sse41.IsSupported)
        {
            var pairs = Sse41.PackUnsignedSaturate(value.GetLower().AsInt32(), value.GetUpper().AsInt32()).AsInt16();
            *(ulong*)at = Sse2.PackUnsignedSaturate(pairs, pairs).AsUInt64().ToScalar();
            return;
        }
        Simd128.StoreBytes(value.GetLower(), at);
        Simd128.StoreBytes(value.GetUpper(), at + 4);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Lookup(float* table, Vector256<float> index)
    {
        var low = Vector256.ShuffleNative(Vector256.Load(table), index.AsInt32() & Vector256.Create(7));
        var high = Vector256.ShuffleNative(Vector256.Load(table + 8), index.AsInt32() & Vector256.Create(7));
        return Vector256.ConditionalSelect(Vector256.GreaterThan(index.AsInt32(), Vector256.Create(7)).AsSingle(), high, low);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> LookupOfEight(float* table, Vector256<float> index) => Vector256.ShuffleNative(Vector256.Load(table), index.AsInt32());
}
