namespace KerasPort.Engines.Managed;

/// <summary>
/// The transforms of Winograd's minimal filtering F(2 × 2, 3 × 3), Y = Aᵀ[(G g Gᵀ) ∘ (Bᵀ d B)]A, for a vector of
/// channels at a time. Points are numbered row by row and lie a pitch apart.
/// </summary>
internal static unsafe class WinogradTransforms<S, V> where S : struct, ISimd<V> where V : struct
{
    public const int Points = 16;

    /// <summary>Floats of the row of zeros that stands for rows outside of an image.</summary>
    public static int Zeros(int channels, int dilation) => (3 * dilation + 1) * channels;

    /// <summary>
    /// Bᵀ d B of 4 × 4 pixels of an image, a dilation apart. The first row and column may lie before the image: pixels outside of it are zeros.
    /// </summary>
    public static void Input(
        float* image, int height, int width, int channels, int top, int left, int dilationY, int dilationX, float* zeros, float* to, long pitch)
    {
        long line = (long)width * channels, step = dilationY * line;
        float* first = image + top * line + (long)left * channels;
        float* row0 = Has(top, height) ? first : zeros, row1 = Has(top + dilationY, height) ? first + step : zeros;
        float* row2 = Has(top + 2 * dilationY, height) ? first + 2 * step : zeros, row3 = Has(top + 3 * dilationY, height) ? first + 3 * step : zeros;
        int columns = 0;
        for (int i = 0; i < 4; i++) if (Has(left + i * dilationX, width)) columns |= 1 << i;
        Input(row0, row1, row2, row3, columns, (nint)dilationX * channels, channels, to, pitch);
    }

    /// <summary>Whether a row or column lies in the image.</summary>
    public static bool Has(int place, int count) => (uint)place < (uint)count;

    /// <summary>
    /// Bᵀ d B of 4 × 4 pixels for all channels. Each address is a row's; columns lie <paramref name="next"/> floats apart. Columns without a bit in
    /// <paramref name="columns"/> are zeros and aren't read.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Input(float* row0, float* row1, float* row2, float* row3, int columns, nint next, int channels, float* to, long pitch)
    {
        for (nint c = 0; c < channels; c += S.Lanes, to += S.Lanes)
        {
            V a0, a1, a2, a3, b0, b1, b2, b3, c0, c1, c2, c3, e0, e1, e2, e3;
            a0 = a1 = a2 = a3 = b0 = b1 = b2 = b3 = c0 = c1 = c2 = c3 = e0 = e1 = e2 = e3 = S.Splat(0);
            nint at = c;
            if ((columns & 1) != 0) (a0, a1, a2, a3) = Differences(S.Load(row0 + at), S.Load(row1 + at), S.Load(row2 + at), S.Load(row3 + at));
            at += next;
            if ((columns & 2) != 0) (b0, b1, b2, b3) = Differences(S.Load(row0 + at), S.Load(row1 + at), S.Load(row2 + at), S.Load(row3 + at));
            at += next;
            if ((columns & 4) != 0) (c0, c1, c2, c3) = Differences(S.Load(row0 + at), S.Load(row1 + at), S.Load(row2 + at), S.Load(row3 + at));
            at += next;
            if ((columns & 8) != 0) (e0, e1, e2, e3) = Differences(S.Load(row0 + at), S.Load(row1 + at), S.Load(row2 + at), S.Load(row3 + at));
            StoreDifferences(a0, b0, c0, e0, to, pitch);
            StoreDifferences(a1, b1, c1, e1, to + 4 * pitch, pitch);
            StoreDifferences(a2, b2, c2, e2, to + 8 * pitch, pitch);
            StoreDifferences(a3, b3, c3, e3, to + 12 * pitch, pitch);
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

    /// <summary>Whether all lanes are numbers. The transforms may turn infinities into NaN where the plain sums don't.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool AreNumbers(V a) => S.Bits(S.Equal(a, a)) == (uint)((1ul << S.Lanes) - 1);

    /// <summary>A column of Bᵀ d.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (V, V, V, V) Differences(V d0, V d1, V d2, V d3) => (S.Subtract(d0, d2), S.Add(d1, d2), S.Subtract(d2, d1), S.Subtract(d1, d3));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StoreDifferences(V a, V b, V c, V d, float* to, long pitch)
    {
        S.Store(S.Subtract(a, c), to);
        S.Store(S.Add(b, c), to + pitch);
        S.Store(S.Subtract(c, b), to + 2 * pitch);
        S.Store(S.Subtract(b, d), to + 3 * pitch);
    }

    /// <summary>A column of Aᵀ m.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (V, V) Column(float* m, long pitch)
    {
        V m0 = S.Load(m), m1 = S.Load(m + 4 * pitch), m2 = S.Load(m + 8 * pitch), m3 = S.Load(m + 12 * pitch);
        return (S.Add(S.Add(m0, m1), m2), S.Subtract(S.Subtract(m1, m2), m3));
    }
}
