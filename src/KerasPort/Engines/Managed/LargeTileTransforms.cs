namespace KerasPort.Engines.Managed;

/// <summary>
/// The transforms of Winograd's minimal filtering F(3 × 3, 3 × 3), Y = Aᵀ[(G g Gᵀ) ∘ (Bᵀ d B)]A, and of its gradient
/// dg = Gᵀ[Σ (A dY Aᵀ) ∘ (Bᵀ d B)]G, for a vector of channels at a time. Points are numbered row by row and lie a pitch apart.
/// </summary>
/// <remarks>
/// The products of polynomials are determined by their values at ±a, ±b and infinity. With these a and b the errors are below the plain sum's. Tiles of
/// 4 × 4 outputs, with the point 0 besides, would save a fifth of the products, but their errors are twice the plain sum's, which shows in losses.
/// Only the third output depends on the value at infinity: tiles with two rows or columns of outputs do without the last points.
/// Two rows of points are made at a time, those at ±a or at ±b, so that a tile's columns stay in registers between the two multiplications.
/// </remarks>
/// <typeparam name="S">The width of a vector.</typeparam>
/// <typeparam name="V">The vector.</typeparam>
internal static unsafe class LargeTileTransforms<S, V> where S : struct, ISimd<V> where V : struct
{
    /// <summary>Outputs along the side of a tile.</summary>
    public const int Outputs = 3;

    /// <summary>Pixels, and points, along the side of a tile.</summary>
    public const int Side = Outputs + Taps - 1;

    private const int Taps = 3;

    private const float A = 0.5f, B = 1.25f;

    /// <summary>
    /// Bᵀ d B of the pixels of neighbouring tiles for all channels; a tile shares its first two columns with the one before. Each address is a row's;
    /// columns lie <paramref name="next"/> floats apart. Those before <paramref name="begin"/> and from <paramref name="end"/> on are zeros and aren't read.
    /// The last points are those of tiles with three rows or columns of outputs.
    /// </summary>
    /// <typeparam name="N">A tile's columns of outputs: 2 or 3.</typeparam>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Input<N>(float** rows, int tiles, int begin, int end, nint next, int channels, bool isTall, float* to, nint pitch)
        where N : struct, INumber
    {
        float* row0 = rows[0], row1 = rows[1], row2 = rows[2], row3 = rows[3], row4 = rows[4];
        float scaleA = A, scaleB = B, squareA = scaleA * scaleA, squareB = scaleB * scaleB;
        V a = S.Splat(scaleA), b = S.Splat(scaleB), a2 = S.Splat(-squareA), b2 = S.Splat(-squareB), sum = S.Splat(-squareA - squareB);
        V product = S.Splat(squareA * squareB), zero = S.Splat(0);
        bool isWide = N.Value == Outputs;
        uint inside = (uint)Math.Max(end - begin, 0);
        for (nint c = 0; c < channels; c += S.Lanes, to += S.Lanes)
        {
            float* point = to;
            for (int pair = 0; pair < 2; pair++, point += 2 * Side * pitch)
            {
                V scale = pair == 0 ? a : b, other = pair == 0 ? b2 : a2, p4 = zero, q4 = zero;
                nint at = c;
                int column = -begin;
                Pair(row0 + at, row1 + at, row2 + at, row3 + at, (uint)column < inside, scale, other, out V p0, out V q0);
                at += next;
                Pair(row0 + at, row1 + at, row2 + at, row3 + at, (uint)(column + 1) < inside, scale, other, out V p1, out V q1);
                float* tile = point;
                for (int i = tiles; i > 0; i--, tile += channels)
                {
                    at += next;
                    Pair(row0 + at, row1 + at, row2 + at, row3 + at, (uint)(column + 2) < inside, scale, other, out V p2, out V q2);
                    at += next;
                    Pair(row0 + at, row1 + at, row2 + at, row3 + at, (uint)(column + 3) < inside, scale, other, out V p3, out V q3);
                    column += 2;
                    if (isWide)
                    {
                        at += next;
                        Pair(row0 + at, row1 + at, row2 + at, row3 + at, (uint)(column + 2) < inside, scale, other, out p4, out q4);
                        column++;
                    }
                    StoreInput(p0, p1, p2, p3, p4, a, b, a2, b2, sum, product, isWide, tile, pitch);
                    StoreInput(q0, q1, q2, q3, q4, a, b, a2, b2, sum, product, isWide, tile + Side * pitch, pitch);
                    (p0, p1) = isWide ? (p3, p4) : (p2, p3);
                    (q0, q1) = isWide ? (q3, q4) : (q2, q3);
                }
            }
            if (!isTall) continue;
            nint from = c + next;
            int number = -begin;
            V d0 = Last(row0 + c, row2 + c, row4 + c, (uint)number < inside, sum, product), d4 = zero;
            V d1 = Last(row0 + from, row2 + from, row4 + from, (uint)(number + 1) < inside, sum, product);
            float* last = point;
            for (int i = tiles; i > 0; i--, last += channels)
            {
                from += next;
                V d2 = Last(row0 + from, row2 + from, row4 + from, (uint)(number + 2) < inside, sum, product);
                from += next;
                V d3 = Last(row0 + from, row2 + from, row4 + from, (uint)(number + 3) < inside, sum, product);
                number += 2;
                if (isWide)
                {
                    from += next;
                    d4 = Last(row0 + from, row2 + from, row4 + from, (uint)(number + 2) < inside, sum, product);
                    number++;
                }
                StoreInput(d0, d1, d2, d3, d4, a, b, a2, b2, sum, product, isWide, last, pitch);
                (d0, d1) = isWide ? (d3, d4) : (d2, d3);
            }
        }
    }

    /// <summary>A column's values at ±a or ±b, which its first four pixels give; zeros where the column is outside of the image.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Pair(float* row0, float* row1, float* row2, float* row3, bool isInside, V scale, V minusOther, out V plus, out V minus)
    {
        plus = minus = S.Splat(0);
        if (!isInside) return;
        V even = S.Fma(minusOther, S.Load(row1), S.Load(row3)), odd = S.Multiply(scale, S.Fma(minusOther, S.Load(row0), S.Load(row2)));
        plus = S.Add(even, odd);
        minus = S.Subtract(odd, even);
    }

    /// <summary>A column's value at infinity; zero where the column is outside of the image.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Last(float* row0, float* row2, float* row4, bool isInside, V minusSum, V product) =>
        isInside ? S.Fma(product, S.Load(row0), S.Fma(minusSum, S.Load(row2), S.Load(row4))) : S.Splat(0);

    /// <summary>
    /// A dY Aᵀ of the outputs of neighbouring tiles for all filters. Each address is a row's; of each tile the first columns are read,
    /// <paramref name="next"/> floats apart, and the others are zeros. The last points are those of tiles with three rows or columns.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void OutputGradient(float** rows, int tiles, int columns, nint next, int filters, bool isTall, bool isWide, float* to, nint pitch)
    {
        float* row0 = rows[0], row1 = rows[1], row2 = rows[2];
        float scaleA = A, scaleB = B;
        V a = S.Splat(scaleA), b = S.Splat(scaleB), a2 = S.Splat(scaleA * scaleA), b2 = S.Splat(scaleB * scaleB), zero = S.Splat(0);
        for (nint f = 0; f < filters; f += S.Lanes, to += S.Lanes)
        {
            nint at = f;
            float* tile = to;
            for (int i = tiles; i > 0; i--, at += columns * next, tile += filters)
            {
                float* y0 = row0 + at, y1 = row1 + at, y2 = row2 + at, point = tile;
                for (int pair = 0; pair < 2; pair++, point += 2 * Side * pitch)
                {
                    V scale = pair == 0 ? a : b, square = pair == 0 ? a2 : b2, p1 = zero, q1 = zero, p2 = zero, q2 = zero;
                    PairOfGradients(y0, y1, y2, scale, square, out V p0, out V q0);
                    if (columns > 1) PairOfGradients(y0 + next, y1 + next, y2 + next, scale, square, out p1, out q1);
                    if (columns > 2) PairOfGradients(y0 + 2 * next, y1 + 2 * next, y2 + 2 * next, scale, square, out p2, out q2);
                    StoreOutputGradient(p0, p1, p2, a, b, a2, b2, isWide, point, pitch);
                    StoreOutputGradient(q0, q1, q2, a, b, a2, b2, isWide, point + Side * pitch, pitch);
                }
                if (!isTall) continue;
                V second = columns > 1 ? S.Load(y2 + next) : zero, third = columns > 2 ? S.Load(y2 + 2 * next) : zero;
                StoreOutputGradient(S.Load(y2), second, third, a, b, a2, b2, isWide, point, pitch);
            }
        }
    }

    /// <summary>The values at ±a or ±b of a column of gradients.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void PairOfGradients(float* y0, float* y1, float* y2, V scale, V square, out V plus, out V minus)
    {
        V even = S.Fma(square, S.Load(y2), S.Load(y0)), odd = S.Multiply(scale, S.Load(y1));
        plus = S.Add(even, odd);
        minus = S.Subtract(even, odd);
    }

    /// <summary>
    /// Aᵀ m A of neighbouring tiles, with bias and relu, for all filters. Only a tile's first rows and columns are stored, <paramref name="down"/> and
    /// <paramref name="next"/> floats apart; the third ones alone depend on the last points. False if a value isn't finite.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static bool Output(float* m, nint pitch, int tiles, int filters, float* bias, bool relu, float* y, int rows, int columns, nint down, nint next)
    {
        V zero = S.Splat(0);
        float scaleA = A, scaleB = B;
        V a = S.Splat(scaleA), b = S.Splat(scaleB), a2 = S.Splat(scaleA * scaleA), b2 = S.Splat(scaleB * scaleB), differences = zero;
        bool isTall = rows == Outputs, isWide = columns == Outputs;
        for (nint f = 0; f < filters; f += S.Lanes)
        {
            float* from = m + f, to = y + f;
            V start = bias == null ? zero : S.Load(bias + f);
            for (int i = tiles; i > 0; i--, from += filters, to += columns * next)
            {
                var (m00, m10, m20) = ReducedColumn(from, Side * pitch, isTall, a, b, a2, b2);
                var (m01, m11, m21) = ReducedColumn(from + pitch, Side * pitch, isTall, a, b, a2, b2);
                var (m02, m12, m22) = ReducedColumn(from + 2 * pitch, Side * pitch, isTall, a, b, a2, b2);
                var (m03, m13, m23) = ReducedColumn(from + 3 * pitch, Side * pitch, isTall, a, b, a2, b2);
                V m04 = zero, m14 = zero, m24 = zero;
                if (isWide) (m04, m14, m24) = ReducedColumn(from + 4 * pitch, Side * pitch, isTall, a, b, a2, b2);
                differences = StoreRow(Reduced(m00, m01, m02, m03, m04, a, b, a2, b2), start, relu, columns, to, next, differences);
                if (rows > 1) differences = StoreRow(Reduced(m10, m11, m12, m13, m14, a, b, a2, b2), start, relu, columns, to + down, next, differences);
                if (rows > 2) differences = StoreRow(Reduced(m20, m21, m22, m23, m24, a, b, a2, b2), start, relu, columns, to + 2 * down, next, differences);
            }
        }
        return WinogradTransforms<S, V>.AreNumbers(differences);
    }

    /// <summary>Aᵀ m of a column of points.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (V, V, V) ReducedColumn(float* m, nint next, bool isTall, V a, V b, V a2, V b2) =>
        Reduced(S.Load(m), S.Load(m + next), S.Load(m + 2 * next), S.Load(m + 3 * next), isTall ? S.Load(m + 4 * next) : S.Splat(0), a, b, a2, b2);

    /// <summary>Stores a row of outputs. The result is NaN where one of them, or one before, isn't finite.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V StoreRow((V, V, V) sums, V start, bool relu, int columns, float* to, nint next, V differences)
    {
        V c0 = S.Add(sums.Item1, start), c1 = S.Add(sums.Item2, start), c2 = S.Add(sums.Item3, start), all = S.Add(S.Add(c0, c1), c2);
        if (relu) (c0, c1, c2) = (Simd<S, V>.Relu(c0), Simd<S, V>.Relu(c1), Simd<S, V>.Relu(c2));
        S.Store(c0, to);
        if (columns > 1) S.Store(c1, to + next);
        if (columns > 2) S.Store(c2, to + 2 * next);
        return S.Add(differences, S.Subtract(all, all));
    }

    /// <summary>G g Gᵀ of a vector of filters. Taps lie <paramref name="next"/> floats apart.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Kernel(float* g, nint next, float* to, nint pitch)
    {
        float* stack = stackalloc float[Side * Taps * S.Lanes + CacheLines.Floats], room = CacheLines.Aligned(stack);
        float scaleA = A, scaleB = B, squareA = scaleA * scaleA, squareB = scaleB * scaleB;
        // The divisors of the kernel's values at ±a and ±b.
        float atA = 1 / (2 * scaleA * (squareA - squareB)), atB = 1 / (2 * scaleB * (squareB - squareA));
        V a = S.Splat(scaleA * atA), b = S.Splat(scaleB * atB), a2 = S.Splat(squareA), b2 = S.Splat(squareB), overA = S.Splat(atA), overB = S.Splat(atB);
        for (int column = 0; column < Taps; column++, g += next)
            StoreKernel(S.Load(g), S.Load(g + Taps * next), S.Load(g + 2 * Taps * next), a, b, a2, b2, overA, overB, room + column * S.Lanes, Taps * S.Lanes);
        for (int row = 0; row < Side; row++, room += Taps * S.Lanes, to += Side * pitch)
            StoreKernel(S.Load(room), S.Load(room + S.Lanes), S.Load(room + 2 * S.Lanes), a, b, a2, b2, overA, overB, to, pitch);
    }

    /// <summary>Gᵀ s G of a vector of filters, where s is the total of all sums. Taps lie where <see cref="Kernel"/> reads them. False as above.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static bool KernelGradient(float* sums, nint pitch, int groups, nint group, float* to, nint next)
    {
        float* stack = stackalloc float[Side * Taps * S.Lanes + CacheLines.Floats], room = CacheLines.Aligned(stack);
        float scaleA = A, scaleB = B, squareA = scaleA * scaleA, squareB = scaleB * scaleB;
        // The divisors of the kernel's values at ±a and ±b.
        float atA = 1 / (2 * scaleA * (squareA - squareB)), atB = 1 / (2 * scaleB * (squareB - squareA));
        V a = S.Splat(scaleA * atA), b = S.Splat(scaleB * atB), a2 = S.Splat(squareA), b2 = S.Splat(squareB), overA = S.Splat(atA), overB = S.Splat(atB);
        for (int column = 0; column < Side; column++, sums += pitch)
        {
            V s0 = Simd<S, V>.Sum(sums, groups, group), s1 = Simd<S, V>.Sum(sums + Side * pitch, groups, group);
            V s2 = Simd<S, V>.Sum(sums + 2 * Side * pitch, groups, group), s3 = Simd<S, V>.Sum(sums + 3 * Side * pitch, groups, group);
            V s4 = Simd<S, V>.Sum(sums + 4 * Side * pitch, groups, group);
            var (w0, w1, w2) = KernelReduced(s0, s1, s2, s3, s4, a, b, a2, b2, overA, overB);
            S.Store(w0, room + column * S.Lanes);
            S.Store(w1, room + (Side + column) * S.Lanes);
            S.Store(w2, room + (2 * Side + column) * S.Lanes);
        }
        bool areFinite = true;
        for (int row = 0; row < Taps; row++, room += Side * S.Lanes, to += Taps * next)
        {
            var (w0, w1, w2) = KernelReduced(S.Load(room), S.Load(room + S.Lanes), S.Load(room + 2 * S.Lanes), S.Load(room + 3 * S.Lanes),
                S.Load(room + 4 * S.Lanes), a, b, a2, b2, overA, overB);
            areFinite &= AreFinite(S.Add(S.Add(w0, w1), w2));
            S.Store(w0, to);
            S.Store(w1, to + next);
            S.Store(w2, to + 2 * next);
        }
        return areFinite;
    }

    /// <summary>Whether all lanes are finite. The transforms may give infinities or NaN where the plain sums are finite.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool AreFinite(V a) => WinogradTransforms<S, V>.AreNumbers(S.Subtract(a, a));

    /// <summary>Bᵀ d.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StoreInput(V d0, V d1, V d2, V d3, V d4, V a, V b, V minusA2, V minusB2, V minusSum, V product, bool hasLast, float* to, nint next)
    {
        V evenA = S.Fma(minusB2, d1, d3), oddA = S.Multiply(a, S.Fma(minusB2, d0, d2));
        V evenB = S.Fma(minusA2, d1, d3), oddB = S.Multiply(b, S.Fma(minusA2, d0, d2));
        S.Store(S.Add(evenA, oddA), to);
        S.Store(S.Subtract(oddA, evenA), to + next);
        S.Store(S.Add(evenB, oddB), to + 2 * next);
        S.Store(S.Subtract(oddB, evenB), to + 3 * next);
        if (hasLast) S.Store(S.Fma(product, d0, S.Fma(minusSum, d2, d4)), to + 4 * next);
    }

    /// <summary>A y.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StoreOutputGradient(V y0, V y1, V y2, V a, V b, V a2, V b2, bool hasLast, float* to, nint next)
    {
        V evenA = S.Fma(a2, y2, y0), oddA = S.Multiply(a, y1);
        V evenB = S.Fma(b2, y2, y0), oddB = S.Multiply(b, y1);
        S.Store(S.Add(evenA, oddA), to);
        S.Store(S.Subtract(evenA, oddA), to + next);
        S.Store(S.Add(evenB, oddB), to + 2 * next);
        S.Store(S.Subtract(evenB, oddB), to + 3 * next);
        if (hasLast) S.Store(y2, to + 4 * next);
    }

    /// <summary>Aᵀ m.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (V, V, V) Reduced(V m0, V m1, V m2, V m3, V m4, V a, V b, V a2, V b2)
    {
        V evenA = S.Add(m0, m1), oddA = S.Multiply(a, S.Subtract(m0, m1)), evenB = S.Add(m2, m3), oddB = S.Multiply(b, S.Subtract(m2, m3));
        return (S.Add(evenA, evenB), S.Add(oddA, oddB), S.Fma(a2, evenA, S.Fma(b2, evenB, m4)));
    }

    /// <summary>G g.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StoreKernel(V g0, V g1, V g2, V a, V b, V a2, V b2, V overA, V overB, float* to, nint next)
    {
        V evenA = S.Multiply(S.Fma(a2, g2, g0), overA), oddA = S.Multiply(g1, a), evenB = S.Multiply(S.Fma(b2, g2, g0), overB), oddB = S.Multiply(g1, b);
        S.Store(S.Add(evenA, oddA), to);
        S.Store(S.Subtract(evenA, oddA), to + next);
        S.Store(S.Add(evenB, oddB), to + 2 * next);
        S.Store(S.Subtract(evenB, oddB), to + 3 * next);
        S.Store(g2, to + 4 * next);
    }

    /// <summary>Gᵀ s.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (V, V, V) KernelReduced(V s0, V s1, V s2, V s3, V s4, V a, V b, V a2, V b2, V overA, V overB)
    {
        V evenA = S.Multiply(S.Add(s0, s1), overA), oddA = S.Multiply(S.Subtract(s0, s1), a);
        V evenB = S.Multiply(S.Add(s2, s3), overB), oddB = S.Multiply(S.Subtract(s2, s3), b);
        return (S.Add(evenA, evenB), S.Add(oddA, oddB), S.Fma(a2, evenA, S.Fma(b2, evenB, s4)));
    }
}
