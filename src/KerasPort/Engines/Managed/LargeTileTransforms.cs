using System.Runtime.CompilerServices;

namespace KerasPort.Engines.Managed;

/// <summary>
/// The transforms of Winograd's minimal filtering F(4 × 4, 3 × 3) and F(3 × 3, 3 × 3), Y = Aᵀ[(G g Gᵀ) ∘ (Bᵀ d B)]A, and of its gradient
/// dg = Gᵀ[Σ (A dY Aᵀ) ∘ (Bᵀ d B)]G, for a vector of channels at a time. Points are numbered row by row and lie a pitch apart.
/// </summary>
/// <remarks>
/// Products of polynomials are told from their values at ±a, ±b and infinity, those of 4 outputs at 0 too. With a and b so chosen errors are a quarter of
/// what the usual 1 and 2 give: at the most twice those of the plain sum. They, their squares and products are exact in binary.
/// </remarks>
/// <typeparam name="S">The width of a vector.</typeparam>
/// <typeparam name="V">The vector.</typeparam>
/// <typeparam name="N">Outputs along the side of a tile: 3 or 4.</typeparam>
internal static unsafe class LargeTileTransforms<S, V, N> where S : struct, ISimd<V> where V : struct where N : struct, INumber
{
    private const int Taps = 3, Most = 6;

    private static int Side => N.Value + Taps - 1;

    // Constants are computed where a method begins and handed on: the compiler's budget for inlining ends before so many calls for them.
    private static float A => N.Value == 4 ? 0.625f : 0.5f;

    private static float B => N.Value == 4 ? 1.5f : 1.25f;

    /// <summary>
    /// Bᵀ d B of a tile's pixels for all channels: a row at each address. Columns lie <paramref name="next"/> floats apart; those without a bit among
    /// <paramref name="columns"/> are zeros and aren't read.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Input(float** rows, int columns, nint next, int channels, float* to, nint pitch)
    {
        float* stack = stackalloc float[Most * Most * S.Lanes + CacheLines.Floats], room = CacheLines.Aligned(stack);
        float* row0 = rows[0], row1 = rows[1], row2 = rows[2], row3 = rows[3], row4 = rows[4], row5 = rows[Side - 1];
        float scaleA = A, scaleB = B, squareA = scaleA * scaleA, squareB = scaleB * scaleB;
        V a = S.Splat(scaleA), b = S.Splat(scaleB), a2 = S.Splat(-squareA), b2 = S.Splat(-squareB), sum = S.Splat(-squareA - squareB);
        V product = S.Splat(squareA * squareB);
        for (nint c = 0; c < channels; c += S.Lanes, to += S.Lanes)
        {
            nint at = c;
            for (int column = 0; column < Side; column++, at += next)
            {
                V d0, d1, d2, d3, d4, d5;
                d0 = d1 = d2 = d3 = d4 = d5 = S.Splat(0);
                if ((columns >> column & 1) != 0)
                {
                    (d0, d1, d2) = (S.Load(row0 + at), S.Load(row1 + at), S.Load(row2 + at));
                    (d3, d4, d5) = (S.Load(row3 + at), S.Load(row4 + at), S.Load(row5 + at));
                }
                StoreInput(d0, d1, d2, d3, d4, d5, a, b, a2, b2, sum, product, room + column * S.Lanes, Side * S.Lanes);
            }
            float* from = room, point = to;
            for (int row = 0; row < Side; row++, from += Side * S.Lanes, point += Side * pitch)
                StoreInput(S.Load(from), S.Load(from + S.Lanes), S.Load(from + 2 * S.Lanes), S.Load(from + 3 * S.Lanes), S.Load(from + 4 * S.Lanes),
                    S.Load(from + (Side - 1) * S.Lanes), a, b, a2, b2, sum, product, point, pitch);
        }
    }

    /// <summary>
    /// A dY Aᵀ of a tile's outputs for all filters: a row at each address, and so many of its columns, <paramref name="next"/> floats apart. The others
    /// are zeros.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void OutputGradient(float** rows, int columns, nint next, int filters, float* to, nint pitch)
    {
        float* stack = stackalloc float[Most * N.Value * S.Lanes + CacheLines.Floats], room = CacheLines.Aligned(stack);
        float* row0 = rows[0], row1 = rows[1], row2 = rows[2], row3 = rows[N.Value - 1];
        float scaleA = A, scaleB = B;
        V a = S.Splat(scaleA), b = S.Splat(scaleB), a2 = S.Splat(scaleA * scaleA), b2 = S.Splat(scaleB * scaleB);
        for (nint f = 0; f < filters; f += S.Lanes, to += S.Lanes)
        {
            nint at = f;
            for (int column = 0; column < N.Value; column++, at += next)
            {
                V y0, y1, y2, y3;
                y0 = y1 = y2 = y3 = S.Splat(0);
                if (column < columns) (y0, y1, y2, y3) = (S.Load(row0 + at), S.Load(row1 + at), S.Load(row2 + at), S.Load(row3 + at));
                StoreOutputGradient(y0, y1, y2, y3, a, b, a2, b2, room + column * S.Lanes, N.Value * S.Lanes);
            }
            float* from = room, point = to;
            for (int row = 0; row < Side; row++, from += N.Value * S.Lanes, point += Side * pitch)
                StoreOutputGradient(S.Load(from), S.Load(from + S.Lanes), S.Load(from + 2 * S.Lanes), S.Load(from + (N.Value - 1) * S.Lanes), a, b, a2, b2,
                    point, pitch);
        }
    }

    /// <summary>
    /// Aᵀ m A, the bias and relu of a tile for all filters: so many rows and columns of it, <paramref name="down"/> and <paramref name="next"/> floats
    /// apart. False where something isn't finite.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static bool Output(float* m, nint pitch, int filters, float* bias, bool relu, float* y, int rows, int columns, nint down, nint next)
    {
        float* stack = stackalloc float[Most * N.Value * S.Lanes + CacheLines.Floats], room = CacheLines.Aligned(stack);
        V zero = S.Splat(0);
        float scaleA = A, scaleB = B;
        V a = S.Splat(scaleA), b = S.Splat(scaleB), a2 = S.Splat(scaleA * scaleA), b2 = S.Splat(scaleB * scaleB);
        bool areFinite = true;
        for (nint f = 0; f < filters; f += S.Lanes)
        {
            float* from = m + f, to = y + f;
            for (int column = 0; column < Side; column++, from += pitch)
            {
                var (y0, y1, y2, y3) = Reduced(S.Load(from), S.Load(from + Side * pitch), S.Load(from + 2 * Side * pitch), S.Load(from + 3 * Side * pitch),
                    S.Load(from + 4 * Side * pitch), S.Load(from + (Side - 1) * Side * pitch), a, b, a2, b2);
                S.Store(y0, room + column * S.Lanes);
                S.Store(y1, room + (Side + column) * S.Lanes);
                S.Store(y2, room + (2 * Side + column) * S.Lanes);
                if (N.Value == 4) S.Store(y3, room + (3 * Side + column) * S.Lanes);
            }
            V start = bias == null ? zero : S.Load(bias + f);
            from = room;
            for (int row = 0; row < rows; row++, from += Side * S.Lanes, to += down)
            {
                var (c0, c1, c2, c3) = Reduced(S.Load(from), S.Load(from + S.Lanes), S.Load(from + 2 * S.Lanes), S.Load(from + 3 * S.Lanes),
                    S.Load(from + 4 * S.Lanes), S.Load(from + (Side - 1) * S.Lanes), a, b, a2, b2);
                (c0, c1, c2, c3) = (S.Add(c0, start), S.Add(c1, start), S.Add(c2, start), S.Add(c3, start));
                areFinite &= AreFinite(S.Add(S.Add(c0, c1), S.Add(c2, c3)));
                if (relu) (c0, c1, c2, c3) = (Simd<S, V>.Relu(c0), Simd<S, V>.Relu(c1), Simd<S, V>.Relu(c2), Simd<S, V>.Relu(c3));
                S.Store(c0, to);
                if (columns > 1) S.Store(c1, to + next);
                if (columns > 2) S.Store(c2, to + 2 * next);
                if (columns > 3) S.Store(c3, to + 3 * next);
            }
        }
        return areFinite;
    }

    /// <summary>G g Gᵀ of a vector of filters, of which a tap's lie <paramref name="next"/> floats behind those of the one before.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Kernel(float* g, nint next, float* to, nint pitch)
    {
        float* stack = stackalloc float[Most * Taps * S.Lanes + CacheLines.Floats], room = CacheLines.Aligned(stack);
        float scaleA = A, scaleB = B, squareA = scaleA * scaleA, squareB = scaleB * scaleB;
        // What the kernel's values at ±a, ±b and 0 are divided by: with the point 0, one more factor.
        float atA = 1 / (2 * scaleA * (squareA - squareB) * (N.Value == 4 ? scaleA : 1));
        float atB = 1 / (2 * scaleB * (squareB - squareA) * (N.Value == 4 ? scaleB : 1));
        V a = S.Splat(scaleA * atA), b = S.Splat(scaleB * atB), a2 = S.Splat(squareA), b2 = S.Splat(squareB), overA = S.Splat(atA), overB = S.Splat(atB);
        V overZero = S.Splat(1 / (squareA * squareB));
        for (int column = 0; column < Taps; column++, g += next)
            StoreKernel(S.Load(g), S.Load(g + Taps * next), S.Load(g + 2 * Taps * next), a, b, a2, b2, overA, overB,
                overZero, room + column * S.Lanes, Taps * S.Lanes);
        for (int row = 0; row < Side; row++, room += Taps * S.Lanes, to += Side * pitch)
            StoreKernel(S.Load(room), S.Load(room + S.Lanes), S.Load(room + 2 * S.Lanes), a, b, a2, b2, overA, overB, overZero, to, pitch);
    }

    /// <summary>Gᵀ s G of a vector of filters, of so many sums added up; a tap's go where <see cref="Kernel"/> reads them. False as above.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static bool KernelGradient(float* sums, nint pitch, int groups, nint group, float* to, nint next)
    {
        float* stack = stackalloc float[Most * Taps * S.Lanes + CacheLines.Floats], room = CacheLines.Aligned(stack);
        float scaleA = A, scaleB = B, squareA = scaleA * scaleA, squareB = scaleB * scaleB;
        // What the kernel's values at ±a, ±b and 0 are divided by: with the point 0, one more factor.
        float atA = 1 / (2 * scaleA * (squareA - squareB) * (N.Value == 4 ? scaleA : 1));
        float atB = 1 / (2 * scaleB * (squareB - squareA) * (N.Value == 4 ? scaleB : 1));
        V a = S.Splat(scaleA * atA), b = S.Splat(scaleB * atB), a2 = S.Splat(squareA), b2 = S.Splat(squareB), overA = S.Splat(atA), overB = S.Splat(atB);
        V overZero = S.Splat(1 / (squareA * squareB));
        for (int column = 0; column < Side; column++, sums += pitch)
        {
            V s0 = Simd<S, V>.Sum(sums, groups, group), s1 = Simd<S, V>.Sum(sums + Side * pitch, groups, group);
            V s2 = Simd<S, V>.Sum(sums + 2 * Side * pitch, groups, group), s3 = Simd<S, V>.Sum(sums + 3 * Side * pitch, groups, group);
            V s4 = Simd<S, V>.Sum(sums + 4 * Side * pitch, groups, group), s5 = Simd<S, V>.Sum(sums + (Side - 1) * Side * pitch, groups, group);
            var (w0, w1, w2) = KernelReduced(s0, s1, s2, s3, s4, s5, a, b, a2, b2, overA, overB, overZero);
            S.Store(w0, room + column * S.Lanes);
            S.Store(w1, room + (Side + column) * S.Lanes);
            S.Store(w2, room + (2 * Side + column) * S.Lanes);
        }
        bool areFinite = true;
        for (int row = 0; row < Taps; row++, room += Side * S.Lanes, to += Taps * next)
        {
            var (w0, w1, w2) = KernelReduced(S.Load(room), S.Load(room + S.Lanes), S.Load(room + 2 * S.Lanes), S.Load(room + 3 * S.Lanes),
                S.Load(room + 4 * S.Lanes), S.Load(room + (Side - 1) * S.Lanes), a, b, a2, b2, overA, overB, overZero);
            areFinite &= AreFinite(S.Add(S.Add(w0, w1), w2));
            S.Store(w0, to);
            S.Store(w1, to + next);
            S.Store(w2, to + 2 * next);
        }
        return areFinite;
    }

    /// <summary>Whether all lanes are finite: the transforms make infinities and NaN of infinities where the sums themselves may be finite.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool AreFinite(V a) => WinogradTransforms<S, V>.AreNumbers(S.Subtract(a, a));

    /// <summary>Bᵀ d.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StoreInput(V d0, V d1, V d2, V d3, V d4, V d5, V a, V b, V minusA2, V minusB2, V minusSum, V product, float* to, nint next)
    {
        if (N.Value == 4)
        {
            S.Store(S.Fma(product, d0, S.Fma(minusSum, d2, d4)), to);
            to += next;
            (d0, d1, d2, d3, d4) = (d1, d2, d3, d4, d5);
        }
        V evenA = S.Fma(minusB2, d1, d3), oddA = S.Multiply(a, S.Fma(minusB2, d0, d2));
        V evenB = S.Fma(minusA2, d1, d3), oddB = S.Multiply(b, S.Fma(minusA2, d0, d2));
        S.Store(S.Add(evenA, oddA), to);
        S.Store(N.Value == 4 ? S.Subtract(evenA, oddA) : S.Subtract(oddA, evenA), to + next);
        S.Store(S.Add(evenB, oddB), to + 2 * next);
        S.Store(N.Value == 4 ? S.Subtract(evenB, oddB) : S.Subtract(oddB, evenB), to + 3 * next);
        S.Store(S.Fma(product, d0, S.Fma(minusSum, d2, d4)), to + 4 * next);
    }

    /// <summary>A y.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StoreOutputGradient(V y0, V y1, V y2, V y3, V a, V b, V a2, V b2, float* to, nint next)
    {
        V evenA = S.Fma(a2, y2, y0), oddA = S.Multiply(a, N.Value == 4 ? S.Fma(a2, y3, y1) : y1);
        V evenB = S.Fma(b2, y2, y0), oddB = S.Multiply(b, N.Value == 4 ? S.Fma(b2, y3, y1) : y1);
        if (N.Value == 4)
        {
            S.Store(y0, to);
            to += next;
        }
        S.Store(S.Add(evenA, oddA), to);
        S.Store(S.Subtract(evenA, oddA), to + next);
        S.Store(S.Add(evenB, oddB), to + 2 * next);
        S.Store(S.Subtract(evenB, oddB), to + 3 * next);
        S.Store(N.Value == 4 ? y3 : y2, to + 4 * next);
    }

    /// <summary>Aᵀ m; of 3 × 3 outputs the last is of no use.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (V, V, V, V) Reduced(V m0, V m1, V m2, V m3, V m4, V m5, V a, V b, V a2, V b2)
    {
        V zero = m0;
        if (N.Value == 4) (m0, m1, m2, m3, m4) = (m1, m2, m3, m4, m5);
        V evenA = S.Add(m0, m1), oddA = S.Multiply(a, S.Subtract(m0, m1)), evenB = S.Add(m2, m3), oddB = S.Multiply(b, S.Subtract(m2, m3));
        V y0 = S.Add(evenA, evenB), y1 = S.Add(oddA, oddB);
        if (N.Value == 3) return (y0, y1, S.Fma(a2, evenA, S.Fma(b2, evenB, m4)), y1);
        return (S.Add(zero, y0), y1, S.Fma(a2, evenA, S.Multiply(b2, evenB)), S.Fma(a2, oddA, S.Fma(b2, oddB, m4)));
    }

    /// <summary>G g.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StoreKernel(V g0, V g1, V g2, V a, V b, V a2, V b2, V overA, V overB, V overZero, float* to, nint next)
    {
        V evenA = S.Multiply(S.Fma(a2, g2, g0), overA), oddA = S.Multiply(g1, a), evenB = S.Multiply(S.Fma(b2, g2, g0), overB), oddB = S.Multiply(g1, b);
        if (N.Value == 4)
        {
            S.Store(S.Multiply(g0, overZero), to);
            to += next;
        }
        S.Store(S.Add(evenA, oddA), to);
        S.Store(S.Subtract(evenA, oddA), to + next);
        S.Store(S.Add(evenB, oddB), to + 2 * next);
        S.Store(S.Subtract(evenB, oddB), to + 3 * next);
        S.Store(g2, to + 4 * next);
    }

    /// <summary>Gᵀ s.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (V, V, V) KernelReduced(V s0, V s1, V s2, V s3, V s4, V s5, V a, V b, V a2, V b2, V overA, V overB, V overZero)
    {
        V zero = s0;
        if (N.Value == 4) (s0, s1, s2, s3, s4) = (s1, s2, s3, s4, s5);
        V evenA = S.Multiply(S.Add(s0, s1), overA), oddA = S.Multiply(S.Subtract(s0, s1), a);
        V evenB = S.Multiply(S.Add(s2, s3), overB), oddB = S.Multiply(S.Subtract(s2, s3), b);
        V w0 = S.Add(evenA, evenB);
        return (N.Value == 4 ? S.Fma(overZero, zero, w0) : w0, S.Add(oddA, oddB), S.Fma(a2, evenA, S.Fma(b2, evenB, s4)));
    }
}
