using System.Runtime.CompilerServices;

namespace KerasPort.Engines.Managed;

/// <summary>
/// The terms of a sum, walked in three nested loops: N0 × N1 × N2. After each turn of a loop the operands move by its step;
/// A's steps are the same for all rows of a tile.
/// </summary>
internal struct Terms
{
    public int N0, N1, N2;
    public nint A0, A1, A2, B0, B1, B2;

    /// <summary>A plain sum of <paramref name="count"/> terms.</summary>
    public static Terms Plain(int count, nint stepA, nint stepB) => new() { N0 = 1, N1 = 1, N2 = count, A2 = stepA, B2 = stepB };
}

/// <summary>A width of a register tile in vectors, known when the kernel is compiled.</summary>
internal interface IWidth
{
    static abstract int Vectors { get; }
}

internal struct One : IWidth
{
    public static int Vectors => 1;
}

internal struct Two : IWidth
{
    public static int Vectors => 2;
}

internal struct Four : IWidth
{
    public static int Vectors => 4;
}

/// <summary>
/// The register tile at the heart of convolutions and dense layers: C[6 rows][1, 2 or 4 vectors] = start + Σ A[row][t] · B[t][columns].
/// A is broadcast, B loaded; the accumulators are named locals, since an array of them would live in memory.
/// 6 × 4 vectors plus operands fill 29 of AVX-512's 32 registers; 6 × 2 fill 15 of AVX2's 16.
/// </summary>
internal static unsafe class Tile<S, V> where S : struct, ISimd<V> where V : struct
{
    public const int Rows = 6;

    /// <param name="a">The first term's address in each row of A.</param>
    /// <param name="c">The address of each row of C.</param>
    /// <param name="terms">The walk through A and B.</param>
    /// <param name="b">The first term's row of B.</param>
    /// <param name="start">What the sum starts with in each column, the same for all rows; 0 with null.</param>
    /// <param name="add">Whether the sum is added to C or replaces it.</param>
    /// <param name="relu">Whether negative results become 0.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void Run<N>(float** a, float** c, in Terms terms, float* b, float* start, bool add, bool relu) where N : struct, IWidth
    {
        V zero = S.Splat(0);
        V c00 = zero, c01 = zero, c02 = zero, c03 = zero;
        V c10 = zero, c11 = zero, c12 = zero, c13 = zero;
        V c20 = zero, c21 = zero, c22 = zero, c23 = zero;
        V c30 = zero, c31 = zero, c32 = zero, c33 = zero;
        V c40 = zero, c41 = zero, c42 = zero, c43 = zero;
        V c50 = zero, c51 = zero, c52 = zero, c53 = zero;
        if (start != null)
        {
            c00 = c10 = c20 = c30 = c40 = c50 = S.Load(start);
            if (N.Vectors > 1)
                c01 = c11 = c21 = c31 = c41 = c51 = S.Load(start + S.Lanes);
            if (N.Vectors > 2)
                c02 = c12 = c22 = c32 = c42 = c52 = S.Load(start + 2 * S.Lanes);
            if (N.Vectors > 2)
                c03 = c13 = c23 = c33 = c43 = c53 = S.Load(start + 3 * S.Lanes);
        }

        float* a0 = a[0], a1 = a[1], a2 = a[2], a3 = a[3], a4 = a[4], a5 = a[5];
        nint at = 0, stepA = terms.A2, stepB = terms.B2;
        for (int i0 = terms.N0; i0 > 0; i0--)
        {
            for (int i1 = terms.N1; i1 > 0; i1--)
            {
                for (int i2 = terms.N2; i2 > 0; i2--)
                {
                    V b0 = S.Load(b);
                    V b1 = N.Vectors > 1 ? S.Load(b + S.Lanes) : zero;
                    V b2 = N.Vectors > 2 ? S.Load(b + 2 * S.Lanes) : zero;
                    V b3 = N.Vectors > 2 ? S.Load(b + 3 * S.Lanes) : zero;
                    V x0 = S.Splat(a0[at]);
                    c00 = S.Fma(x0, b0, c00);
                    if (N.Vectors > 1) c01 = S.Fma(x0, b1, c01);
                    if (N.Vectors > 2) c02 = S.Fma(x0, b2, c02);
                    if (N.Vectors > 2) c03 = S.Fma(x0, b3, c03);
                    V x1 = S.Splat(a1[at]);
                    c10 = S.Fma(x1, b0, c10);
                    if (N.Vectors > 1) c11 = S.Fma(x1, b1, c11);
                    if (N.Vectors > 2) c12 = S.Fma(x1, b2, c12);
                    if (N.Vectors > 2) c13 = S.Fma(x1, b3, c13);
                    V x2 = S.Splat(a2[at]);
                    c20 = S.Fma(x2, b0, c20);
                    if (N.Vectors > 1) c21 = S.Fma(x2, b1, c21);
                    if (N.Vectors > 2) c22 = S.Fma(x2, b2, c22);
                    if (N.Vectors > 2) c23 = S.Fma(x2, b3, c23);
                    V x3 = S.Splat(a3[at]);
                    c30 = S.Fma(x3, b0, c30);
                    if (N.Vectors > 1) c31 = S.Fma(x3, b1, c31);
                    if (N.Vectors > 2) c32 = S.Fma(x3, b2, c32);
                    if (N.Vectors > 2) c33 = S.Fma(x3, b3, c33);
                    V x4 = S.Splat(a4[at]);
                    c40 = S.Fma(x4, b0, c40);
                    if (N.Vectors > 1) c41 = S.Fma(x4, b1, c41);
                    if (N.Vectors > 2) c42 = S.Fma(x4, b2, c42);
                    if (N.Vectors > 2) c43 = S.Fma(x4, b3, c43);
                    V x5 = S.Splat(a5[at]);
                    c50 = S.Fma(x5, b0, c50);
                    if (N.Vectors > 1) c51 = S.Fma(x5, b1, c51);
                    if (N.Vectors > 2) c52 = S.Fma(x5, b2, c52);
                    if (N.Vectors > 2) c53 = S.Fma(x5, b3, c53);
                    at += stepA;
                    b += stepB;
                }
                at += terms.A1;
                b += terms.B1;
            }
            at += terms.A0;
            b += terms.B0;
        }

        Store<N>(c[0], c00, c01, c02, c03, add, relu);
        Store<N>(c[1], c10, c11, c12, c13, add, relu);
        Store<N>(c[2], c20, c21, c22, c23, add, relu);
        Store<N>(c[3], c30, c31, c32, c33, add, relu);
        Store<N>(c[4], c40, c41, c42, c43, add, relu);
        Store<N>(c[5], c50, c51, c52, c53, add, relu);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store<N>(float* c, V c0, V c1, V c2, V c3, bool add, bool relu) where N : struct, IWidth
    {
        Store(c, c0, add, relu);
        if (N.Vectors > 1) Store(c + S.Lanes, c1, add, relu);
        if (N.Vectors > 2) Store(c + 2 * S.Lanes, c2, add, relu);
        if (N.Vectors > 2) Store(c + 3 * S.Lanes, c3, add, relu);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(float* c, V sum, bool add, bool relu)
    {
        if (add) sum = S.Add(S.Load(c), sum);
        S.Store(relu ? S.Relu(sum) : sum, c);
    }
}
