using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;
using KerasPort.Engines.Formulas;

namespace KerasPort.Engines.Managed;

/// <summary>4 floats: SSE or AdvSimd. Without either, .NET computes float by float.</summary>
internal unsafe struct Simd128 : ISimd<Vector128<float>>
{
    public static int Lanes => 4;

    public static int TileColumns => AdvSimd.IsSupported ? 4 : 2;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Load(float* at) => Vector128.Load(at);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector128<float> value, float* at) => value.Store(at);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Splat(float value) => Vector128.Create(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Fma(Vector128<float> a, Vector128<float> b, Vector128<float> c) => Vector128.MultiplyAddEstimate(a, b, c);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Add(Vector128<float> a, Vector128<float> b) => a + b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Subtract(Vector128<float> a, Vector128<float> b) => a - b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Multiply(Vector128<float> a, Vector128<float> b) => a * b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Divide(Vector128<float> a, Vector128<float> b) => a / b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Sqrt(Vector128<float> a) => Vector128.Sqrt(a);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Abs(Vector128<float> a) => Vector128.Abs(a);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> CopySign(Vector128<float> a, Vector128<float> sign) => Vector128.ConditionalSelect(Vector128.Create(-0f), sign, a);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Greater(Vector128<float> a, Vector128<float> b) => Vector128.GreaterThan(a, b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Equal(Vector128<float> a, Vector128<float> b) => Vector128.Equals(a, b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Select(Vector128<float> mask, Vector128<float> a, Vector128<float> b) =>
        Sse41.IsSupported ? Sse41.BlendVariable(b, a, mask) : Vector128.ConditionalSelect(mask, a, b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Round(Vector128<float> a) => Vector128.Round(a);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Scale(Vector128<float> a, Vector128<float> n) =>
        Avx512F.VL.IsSupported ? Avx512F.VL.Scale(a, n) : Simd<Simd128, Vector128<float>>.Scale(a, n);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> TwoToThe(Vector128<float> n) => ((n + Vector128.Create(FloatBits.Biased)).AsInt32() << FloatBits.Fraction).AsSingle();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Exponent(Vector128<float> a) =>
        Vector128.ConvertToSingle((a.AsInt32() - Vector128.Create(FloatBits.TwoThirds)) >> FloatBits.Fraction);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Fraction(Vector128<float> a) =>
        (((a.AsInt32() - Vector128.Create(FloatBits.TwoThirds)) & Vector128.Create(FloatBits.FractionMask)) + Vector128.Create(FloatBits.TwoThirds)).AsSingle();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> High(Vector128<float> a) => (a.AsInt32() & Vector128.Create(FloatBits.High)).AsSingle();

    public static Vector128<float> Exp(Vector128<float> a) => Elementary<Vector128<float>, Simd128>.Exp(a);

    public static Vector128<float> Expm1(Vector128<float> a) => Elementary<Vector128<float>, Simd128>.Expm1(a);

    public static Vector128<float> Log(Vector128<float> a) => Elementary<Vector128<float>, Simd128>.Log(a);

    public static Vector128<float> Log1p(Vector128<float> a) => Elementary<Vector128<float>, Simd128>.Log1p(a);

    public static Vector128<float> Tanh(Vector128<float> a) => Elementary<Vector128<float>, Simd128>.Tanh(a);

    public static Vector128<float> Erf(Vector128<float> a) => Elementary<Vector128<float>, Simd128>.Erf(a);

    public static Vector128<float> Pow(Vector128<float> a, Vector128<float> b) => Elementary<Vector128<float>, Simd128>.Pow(a, b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Max(Vector128<float> a, Vector128<float> b) => Sse.IsSupported ? Sse.Max(a, b) : Select(Greater(a, b), a, b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> And(Vector128<float> a, Vector128<float> b) => a & b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> AndNot(Vector128<float> a, Vector128<float> b) => Vector128.AndNot(a, b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Or(Vector128<float> a, Vector128<float> b) => a | b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint Bits(Vector128<float> mask) => mask.ExtractMostSignificantBits();

    /// <summary>For each mask of four lanes, the lanes that are set and then others.</summary>
    private static ReadOnlySpan<byte> Packed =>
    [
        0, 1, 2, 3, 0, 1, 2, 3, 1, 0, 2, 3, 0, 1, 2, 3, 2, 0, 1, 3, 0, 2, 1, 3, 1, 2, 0, 3, 0, 1, 2, 3,
        3, 0, 1, 2, 0, 3, 1, 2, 1, 3, 0, 2, 0, 1, 3, 2, 2, 3, 0, 1, 0, 2, 3, 1, 1, 2, 3, 0, 0, 1, 2, 3,
    ];

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StorePacked(Vector128<float> value, Vector128<float> mask, float* at)
    {
        fixed (byte* packed = Packed) Store(Vector128.ShuffleNative(value, LoadBytes(packed + Lanes * Bits(mask)).AsInt32()), at);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Sum(Vector128<float> a) => Vector128.Sum(a);

    public static Vector128<float> Sums(float* vectors) => Simd<Simd128, Vector128<float>>.Sums(vectors);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> SplatBits(int value) => Vector128.Create(value).AsSingle();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> AddBits(Vector128<float> a, Vector128<float> b) => (a.AsInt32() + b.AsInt32()).AsSingle();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> EqualBits(Vector128<float> a, Vector128<float> b) => Vector128.Equals(a.AsInt32(), b.AsInt32()).AsSingle();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> LoadBytes(byte* at) =>
        Vector128.WidenLower(Vector128.WidenLower(Vector128.CreateScalar(*(uint*)at).AsByte())).AsSingle();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> ToFloats(Vector128<float> bits) => Vector128.ConvertToSingle(bits.AsInt32());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreBytes(Vector128<float> value, byte* at)
    {
        var pairs = Vector128.Narrow(value.AsUInt32(), value.AsUInt32());
        *(uint*)at = Vector128.Narrow(pairs, pairs).AsUInt32().ToScalar();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Lookup(float* table, Vector128<float> index)
    {
        var at = index.AsInt32();
        return Vector128.Create(table[at[0]], table[at[1]], table[at[2]], table[at[3]]);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> LookupOfEight(float* table, Vector128<float> index) => Lookup(table, index);

    /// <summary>a0 b0 a1 b1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> ZipLow(Vector128<float> a, Vector128<float> b) =>
        Sse.IsSupported ? Sse.UnpackLow(a, b) : AdvSimd.Arm64.IsSupported ? AdvSimd.Arm64.ZipLow(a, b) : Vector128.Create(a[0], b[0], a[1], b[1]);

    /// <summary>a2 b2 a3 b3.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> ZipHigh(Vector128<float> a, Vector128<float> b) =>
        Sse.IsSupported ? Sse.UnpackHigh(a, b) : AdvSimd.Arm64.IsSupported ? AdvSimd.Arm64.ZipHigh(a, b) : Vector128.Create(a[2], b[2], a[3], b[3]);

    /// <summary>Four rows of four become four columns.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Transpose(float* from, nint pitchFrom, float* to, nint pitchTo)
    {
        var (a, b) = (Load(from), Load(from + pitchFrom));
        var (c, d) = (Load(from + 2 * pitchFrom), Load(from + 3 * pitchFrom));
        var (ac, bd) = (ZipLow(a, c), ZipLow(b, d));
        Store(ZipLow(ac, bd), to);
        Store(ZipHigh(ac, bd), to + pitchTo);
        (ac, bd) = (ZipHigh(a, c), ZipHigh(b, d));
        Store(ZipLow(ac, bd), to + 2 * pitchTo);
        Store(ZipHigh(ac, bd), to + 3 * pitchTo);
    }
}
