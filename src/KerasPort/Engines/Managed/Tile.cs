namespace KerasPort.Engines.Managed;

/// <summary>
/// The terms of a sum, in three nested loops of N0 × N1 × N2 turns. After each turn of a loop the operands move by its step.
/// A's steps are the same for all rows of a tile.
/// </summary>
internal struct Terms
{
    public int N0, N1, N2;
    public nint A0, A1, A2, B0, B1, B2;

    /// <summary>A plain sum of <paramref name="count"/> terms.</summary>
    public static Terms Plain(int count, nint stepA, nint stepB) => new() { N0 = 1, N1 = 1, N2 = count, A2 = stepA, B2 = stepB };
}

/// <summary>A number that is known when a kernel is compiled, so that branches on it cost nothing.</summary>
internal interface INumber
{
    static abstract int Value { get; }
}

internal struct One : INumber
{
    public static int Value => 1;
}

internal struct Two : INumber
{
    public static int Value => 2;
}

internal struct Three : INumber
{
    public static int Value => 3;
}

internal struct Four : INumber
{
    public static int Value => 4;
}

internal struct Five : INumber
{
    public static int Value => 5;
}

internal struct Six : INumber
{
    public static int Value => 6;
}

internal struct Eight : INumber
{
    public static int Value => 8;
}

/// <summary>How a tile's sums are stored, and whether it fetches anything meanwhile.</summary>
internal interface IEnding
{
    /// <summary>Whether the four rows are the pixels of a 2 × 2 window, of which only the largest is kept.</summary>
    static abstract bool Pools { get; }

    /// <summary>Whether each term fetches a line from <see cref="TileWork.Ahead"/>.</summary>
    static abstract bool Fetches { get; }
}

/// <summary>Each row of sums is stored to its row of C.</summary>
internal struct Stored : IEnding
{
    public static bool Pools => false;

    public static bool Fetches => false;
}

/// <summary>The same, and lines of B that are needed soon are fetched: one with each term, since memory takes only so many requests at a time.</summary>
internal struct StoredAndFetched : IEnding
{
    public static bool Pools => false;

    public static bool Fetches => true;
}

/// <summary>The largest of four rows is stored, and the number of its row.</summary>
internal struct Pooled : IEnding
{
    public static bool Pools => true;

    public static bool Fetches => false;
}

/// <summary>A tile's operands.</summary>
internal unsafe struct TileWork
{
    /// <summary>The first term's address in each row of A, and the address of each row of C; <see cref="Pooled"/> uses only C's first.</summary>
    public fixed long A[8], C[8];

    /// <summary>With <see cref="Pooled"/>: receives the number of the row that gets the gradient, one byte for each column. May be null.</summary>
    public byte* Which;

    /// <summary>The walk through A and B.</summary>
    public Terms Terms;

    /// <summary>The first term's row of B.</summary>
    public float* B;

    /// <summary>The sum's first value in each column, the same for all rows. Null stands for zeros.</summary>
    public float* Start;

    /// <summary>Whether the sum is added to C instead of replacing it.</summary>
    public bool Add;

    /// <summary>Whether negative results become 0; with <see cref="Pooled"/> they always do.</summary>
    public bool Relu;

    /// <summary>The number of consecutive tiles, and the distance of A and C from one to the next.</summary>
    public int Tiles;
    public nint NextA, NextC;

    /// <summary>Floats that are needed soon, and how many cache lines of them each tile prefetches: memory is idle while a tile sums.</summary>
    public float* Soon;
    public int LinesOfTile;

    /// <summary>With <see cref="StoredAndFetched"/>: what the first term fetches. The next ones fetch a row of B further each.</summary>
    public float* Ahead;
}

/// <summary>
/// The register tile at the heart of convolutions and dense layers: C[4 to 8 rows][1, 2 or 4 vectors] = start + Σ A[row][t] · B[t][columns].
/// A is broadcast and B is loaded. The accumulators are named locals, since an array of them would live in memory.
/// 6 × 4 vectors plus operands fill 29 of AVX-512's 32 registers; 6 × 2 fill 15 of AVX2's 16. Where a matrix has too few columns for these, eight rows
/// keep both multipliers busy.
/// </summary>
/// <typeparam name="S">The width of a vector.</typeparam>
/// <typeparam name="V">The vector.</typeparam>
internal static unsafe class Tile<S, V> where S : struct, ISimd<V> where V : struct
{
    public const int MostRows = 8;

    /// <typeparam name="R">Rows: 4, 5 or 6; or 8 of at most two vectors.</typeparam>
    /// <typeparam name="N">Vectors: 1, 2 or 4.</typeparam>
    /// <typeparam name="E">How the sums are stored.</typeparam>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void Run<R, N, E>(in TileWork work) where R : struct, INumber where N : struct, INumber where E : struct, IEnding
    {
        float* a0 = (float*)work.A[0], a1 = (float*)work.A[1], a2 = (float*)work.A[2], a3 = (float*)work.A[3];
        float* a4 = R.Value > 4 ? (float*)work.A[4] : null, a5 = R.Value > 5 ? (float*)work.A[5] : null;
        float* a6 = R.Value > 6 ? (float*)work.A[6] : null, a7 = R.Value > 6 ? (float*)work.A[7] : null;
        nint stepA = work.Terms.A2, stepB = work.Terms.B2, at = 0, moved = 0;
        byte* which = work.Which;
        float* ahead = work.Ahead;
        for (int tile = work.Tiles; tile > 0; tile--)
        {
            Prefetch.Fetch(work.Soon + (long)(work.Tiles - tile) * work.LinesOfTile * CacheLines.Floats, work.LinesOfTile);
            V zero = S.Splat(0);
            V c00 = zero, c01 = zero, c02 = zero, c03 = zero;
            V c10 = zero, c11 = zero, c12 = zero, c13 = zero;
            V c20 = zero, c21 = zero, c22 = zero, c23 = zero;
            V c30 = zero, c31 = zero, c32 = zero, c33 = zero;
            V c40 = zero, c41 = zero, c42 = zero, c43 = zero;
            V c50 = zero, c51 = zero, c52 = zero, c53 = zero;
            V c60 = zero, c61 = zero, c70 = zero, c71 = zero;
            if (work.Start != null)
            {
                float* start = work.Start;
                c00 = c10 = c20 = c30 = c40 = c50 = c60 = c70 = S.Load(start);
                if (N.Value > 1) c01 = c11 = c21 = c31 = c41 = c51 = c61 = c71 = S.Load(start + S.Lanes);
                if (N.Value > 2) c02 = c12 = c22 = c32 = c42 = c52 = S.Load(start + 2 * S.Lanes);
                if (N.Value > 2) c03 = c13 = c23 = c33 = c43 = c53 = S.Load(start + 3 * S.Lanes);
            }

            at = moved;
            float* b = work.B;
            for (int i0 = work.Terms.N0; i0 > 0; i0--)
            {
                for (int i1 = work.Terms.N1; i1 > 0; i1--)
                {
                    for (int i2 = work.Terms.N2; i2 > 0; i2--)
                    {
                        if (E.Fetches)
                        {
                            Prefetch.Fetch(ahead, 1);
                            ahead += stepB;
                        }
                        V b0 = S.Load(b);
                        V b1 = N.Value > 1 ? S.Load(b + S.Lanes) : zero;
                        V b2 = N.Value > 2 ? S.Load(b + 2 * S.Lanes) : zero;
                        V b3 = N.Value > 2 ? S.Load(b + 3 * S.Lanes) : zero;
                        V x0 = S.Splat(a0[at]);
                        c00 = S.Fma(x0, b0, c00);
                        if (N.Value > 1) c01 = S.Fma(x0, b1, c01);
                        if (N.Value > 2) c02 = S.Fma(x0, b2, c02);
                        if (N.Value > 2) c03 = S.Fma(x0, b3, c03);
                        V x1 = S.Splat(a1[at]);
                        c10 = S.Fma(x1, b0, c10);
                        if (N.Value > 1) c11 = S.Fma(x1, b1, c11);
                        if (N.Value > 2) c12 = S.Fma(x1, b2, c12);
                        if (N.Value > 2) c13 = S.Fma(x1, b3, c13);
                        V x2 = S.Splat(a2[at]);
                        c20 = S.Fma(x2, b0, c20);
                        if (N.Value > 1) c21 = S.Fma(x2, b1, c21);
                        if (N.Value > 2) c22 = S.Fma(x2, b2, c22);
                        if (N.Value > 2) c23 = S.Fma(x2, b3, c23);
                        V x3 = S.Splat(a3[at]);
                        c30 = S.Fma(x3, b0, c30);
                        if (N.Value > 1) c31 = S.Fma(x3, b1, c31);
                        if (N.Value > 2) c32 = S.Fma(x3, b2, c32);
                        if (N.Value > 2) c33 = S.Fma(x3, b3, c33);
                        if (R.Value > 4)
                        {
                            V x4 = S.Splat(a4[at]);
                            c40 = S.Fma(x4, b0, c40);
                            if (N.Value > 1) c41 = S.Fma(x4, b1, c41);
                            if (N.Value > 2) c42 = S.Fma(x4, b2, c42);
                            if (N.Value > 2) c43 = S.Fma(x4, b3, c43);
                        }
                        if (R.Value > 5)
                        {
                            V x5 = S.Splat(a5[at]);
                            c50 = S.Fma(x5, b0, c50);
                            if (N.Value > 1) c51 = S.Fma(x5, b1, c51);
                            if (N.Value > 2) c52 = S.Fma(x5, b2, c52);
                            if (N.Value > 2) c53 = S.Fma(x5, b3, c53);
                        }
                        if (R.Value > 6)
                        {
                            V x6 = S.Splat(a6[at]);
                            c60 = S.Fma(x6, b0, c60);
                            if (N.Value > 1) c61 = S.Fma(x6, b1, c61);
                            V x7 = S.Splat(a7[at]);
                            c70 = S.Fma(x7, b0, c70);
                            if (N.Value > 1) c71 = S.Fma(x7, b1, c71);
                        }
                        at += stepA;
                        b += stepB;
                    }
                    at += work.Terms.A1;
                    b += work.Terms.B1;
                }
                at += work.Terms.A0;
                b += work.Terms.B0;
            }

            nint to = (work.Tiles - tile) * work.NextC;
            if (E.Pools)
            {
                float* y = (float*)work.C[0] + to;
                Keep(c00, c10, c20, c30, y, which);
                if (N.Value > 1) Keep(c01, c11, c21, c31, y + S.Lanes, which == null ? null : which + S.Lanes);
                if (N.Value > 2) Keep(c02, c12, c22, c32, y + 2 * S.Lanes, which == null ? null : which + 2 * S.Lanes);
                if (N.Value > 2) Keep(c03, c13, c23, c33, y + 3 * S.Lanes, which == null ? null : which + 3 * S.Lanes);
                if (which != null) which += work.NextC;
            }
            else
            {
                Store<N>((float*)work.C[0] + to, c00, c01, c02, c03, work.Add, work.Relu);
                Store<N>((float*)work.C[1] + to, c10, c11, c12, c13, work.Add, work.Relu);
                Store<N>((float*)work.C[2] + to, c20, c21, c22, c23, work.Add, work.Relu);
                Store<N>((float*)work.C[3] + to, c30, c31, c32, c33, work.Add, work.Relu);
                if (R.Value > 4) Store<N>((float*)work.C[4] + to, c40, c41, c42, c43, work.Add, work.Relu);
                if (R.Value > 5) Store<N>((float*)work.C[5] + to, c50, c51, c52, c53, work.Add, work.Relu);
                if (R.Value > 6) Store<N>((float*)work.C[6] + to, c60, c61, zero, zero, work.Add, work.Relu);
                if (R.Value > 6) Store<N>((float*)work.C[7] + to, c70, c71, zero, zero, work.Add, work.Relu);
            }
            moved += work.NextA;
        }
    }

    /// <summary>
    /// Applies pooling and relu to a window's four pixels. The largest pixel is stored, the first of equals, and NaN is skipped. The number of the
    /// pixel that gets the gradient is stored too, or <see cref="PooledConvolution.NoPixel"/>.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining | MethodImplOptions.AggressiveOptimization)]
    public static void Keep(V c0, V c1, V c2, V c3, float* y, byte* which)
    {
        // A later pixel that is NaN is greater than nothing. A first pixel that is NaN needs care, since the others are compared with it.
        if (S.Bits(S.Equal(c0, c0)) != (uint)((1ul << S.Lanes) - 1))
        {
            KeepFromNaN(c0, c1, c2, c3, y, which);
            return;
        }
        V above = S.Greater(c1, c0);
        V best = S.Select(above, c1, c0), at = S.And(above, S.SplatBits(1));
        above = S.Greater(c2, best);
        best = S.Select(above, c2, best);
        at = S.Select(above, S.SplatBits(2), at);
        above = S.Greater(c3, best);
        best = S.Select(above, c3, best);
        at = S.Select(above, S.SplatBits(3), at);
        S.Store(Simd<S, V>.Relu(best), y);
        if (which != null) S.StoreBytes(S.Select(S.Greater(best, S.Splat(0)), at, S.SplatBits(PooledConvolution.NoPixel)), which);
    }

    /// <summary>
    /// The same where the first pixel may be NaN. As in TensorFlow, a first pixel that is NaN gets the gradient, and its relu lets none through.
    /// A window without any number gives the lowest float.
    /// </summary>
    /// <remarks>It is inlined although it is rare: a call at a tile's end would move the accumulators to memory.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void KeepFromNaN(V c0, V c1, V c2, V c3, float* y, byte* which)
    {
        (V first, V second, V third, V fourth) = (Simd<S, V>.Relu(c0), Simd<S, V>.Relu(c1), Simd<S, V>.Relu(c2), Simd<S, V>.Relu(c3));
        V best = S.Splat(float.MinValue), above = S.Greater(first, best);
        best = S.Select(above, first, best);
        above = S.Greater(second, best);
        best = S.Select(above, second, best);
        V at = S.And(above, S.SplatBits(1));
        above = S.Greater(third, best);
        best = S.Select(above, third, best);
        at = S.Select(above, S.SplatBits(2), at);
        above = S.Greater(fourth, best);
        best = S.Select(above, fourth, best);
        at = S.Select(above, S.SplatBits(3), at);
        S.Store(best, y);
        V passes = S.And(S.Equal(c0, c0), S.Greater(best, S.Splat(0)));
        if (which != null) S.StoreBytes(S.Select(passes, at, S.SplatBits(PooledConvolution.NoPixel)), which);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store<N>(float* c, V c0, V c1, V c2, V c3, bool add, bool relu) where N : struct, INumber
    {
        Store(c, c0, add, relu);
        if (N.Value > 1) Store(c + S.Lanes, c1, add, relu);
        if (N.Value > 2) Store(c + 2 * S.Lanes, c2, add, relu);
        if (N.Value > 2) Store(c + 3 * S.Lanes, c3, add, relu);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(float* c, V sum, bool add, bool relu)
    {
        if (add) sum = S.Add(S.Load(c), sum);
        S.Store(relu ? Simd<S, V>.Relu(sum) : sum, c);
    }
}
