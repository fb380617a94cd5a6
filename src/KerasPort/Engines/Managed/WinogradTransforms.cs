using System.Runtime.CompilerServices;

namespace KerasPort.Engines.Managed;

/// <summary>
/// The transforms of Winograd's minimal filtering F(2 × 2, 3 × 3), Y = Aᵀ[(G g Gᵀ) ∘ (Bᵀ d B)]A, and of its gradient
/// dg = Gᵀ[Σ (A dY Aᵀ) ∘ (Bᵀ d B)]G, for a vector of channels at a time. Points are numbered row by row and lie a pitch apart.
/// </summary>
internal static unsafe class WinogradTransforms<S, V> where S : struct, ISimd<V> where V : struct
{
    public const int Points = 16;

    /// <summary>Bᵀ d B of 4 × 4 pixels whose rows lie <paramref name="line"/> floats apart, for all channels.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Input(float* x, int line, int channels, float* to, long pitch)
    {
        for (int c = 0; c < channels; c += S.Lanes, x += S.Lanes, to += S.Lanes)
        {
            var (a0, a1, a2, a3) = Differences(x, line);
            var (b0, b1, b2, b3) = Differences(x + channels, line);
            var (c0, c1, c2, c3) = Differences(x + 2 * channels, line);
            var (e0, e1, e2, e3) = Differences(x + 3 * channels, line);
            StoreDifferences(a0, b0, c0, e0, to, pitch);
            StoreDifferences(a1, b1, c1, e1, to + 4 * pitch, pitch);
            StoreDifferences(a2, b2, c2, e2, to + 8 * pitch, pitch);
            StoreDifferences(a3, b3, c3, e3, to + 12 * pitch, pitch);
        }
    }

    /// <summary>A dY Aᵀ of 2 × 2 pixels whose rows lie <paramref name="line"/> floats apart, for all filters.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void OutputGradient(float* dy, int line, int filters, float* to, long pitch)
    {
        for (int f = 0; f < filters; f += S.Lanes, dy += S.Lanes, to += S.Lanes)
        {
            V y00 = S.Load(dy), y01 = S.Load(dy + filters), y10 = S.Load(dy + line), y11 = S.Load(dy + line + filters);
            StoreSums(y00, y01, to, pitch);
            StoreSums(S.Add(y00, y10), S.Add(y01, y11), to + 4 * pitch, pitch);
            StoreSums(S.Subtract(y00, y10), S.Subtract(y01, y11), to + 8 * pitch, pitch);
            StoreSums(S.Subtract(S.Splat(0), y10), S.Subtract(S.Splat(0), y11), to + 12 * pitch, pitch);
        }
    }

    /// <summary>Aᵀ m A: the four outputs of a vector of filters.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (V, V, V, V) Output(float* m, long pitch)
    {
        var (a0, b0) = Column(m, pitch);
        var (a1, b1) = Column(m + pitch, pitch);
        var (a2, b2) = Column(m + 2 * pitch, pitch);
        var (a3, b3) = Column(m + 3 * pitch, pitch);
        return (S.Add(S.Add(a0, a1), a2), S.Subtract(S.Subtract(a1, a2), a3), S.Add(S.Add(b0, b1), b2), S.Subtract(S.Subtract(b1, b2), b3));
    }

    /// <summary>Whether all lanes are numbers: the transforms make NaN of infinities, which the sums themselves may not.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool AreNumbers(V a) => S.Bits(S.Equal(a, a)) == (uint)((1ul << S.Lanes) - 1);

    /// <summary>A column of Bᵀ d.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (V, V, V, V) Differences(float* x, int line)
    {
        V d0 = S.Load(x), d1 = S.Load(x + line), d2 = S.Load(x + 2 * line), d3 = S.Load(x + 3 * line);
        return (S.Subtract(d0, d2), S.Add(d1, d2), S.Subtract(d2, d1), S.Subtract(d1, d3));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StoreDifferences(V a, V b, V c, V d, float* to, long pitch)
    {
        S.Store(S.Subtract(a, c), to);
        S.Store(S.Add(b, c), to + pitch);
        S.Store(S.Subtract(c, b), to + 2 * pitch);
        S.Store(S.Subtract(b, d), to + 3 * pitch);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StoreSums(V a, V b, float* to, long pitch)
    {
        S.Store(a, to);
        S.Store(S.Add(a, b), to + pitch);
        S.Store(S.Subtract(a, b), to + 2 * pitch);
        S.Store(S.Subtract(S.Splat(0), b), to + 3 * pitch);
    }

    /// <summary>A column of Aᵀ m.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (V, V) Column(float* m, long pitch)
    {
        V m0 = S.Load(m), m1 = S.Load(m + 4 * pitch), m2 = S.Load(m + 8 * pitch), m3 = S.Load(m + 12 * pitch);
        return (S.Add(S.Add(m0, m1), m2), S.Subtract(S.Subtract(m1, m2), m3));
    }
}
