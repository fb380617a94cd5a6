using KerasPort.Engines.Formulas;

namespace KerasPort.Engines.Managed;

/// <summary>
/// One width of vector: the operations that the hardware does in one instruction or a few. Kernels are written once, generic over the width.
/// <typeparamref name="V"/> is the hardware's vector itself, so that it stays in registers. A mask has all bits of a lane set where it is true,
/// and none where it is false.
/// </summary>
internal unsafe interface ISimd<V> : IMath<V> where V : struct
{
    /// <summary>Floats in a vector.</summary>
    static abstract int Lanes { get; }

    /// <summary>Vectors side by side in a register tile: 4 where there are 32 registers, 2 where there are 16.</summary>
    static abstract int TileColumns { get; }

    static abstract V Load(float* at);

    static abstract void Store(V value, float* at);

    /// <summary>a·b + c, rounded once where the hardware can.</summary>
    static abstract V Fma(V a, V b, V c);

    /// <summary>2ⁿ for a whole number n from -126 to 127.</summary>
    static abstract V TwoToThe(V n);

    /// <summary>a where it is above b, else b: so b where one of them is NaN, and where they are 0 and -0.</summary>
    static abstract V Max(V a, V b);

    static abstract V And(V a, V b);

    /// <summary>The bits of a that are not in b.</summary>
    static abstract V AndNot(V a, V b);

    static abstract V Or(V a, V b);

    /// <summary>A bit for each lane of a mask, the first lane's lowest.</summary>
    static abstract uint Bits(V mask);

    /// <summary>As many rows as there are lanes become columns.</summary>
    static abstract void Transpose(float* from, nint pitchFrom, float* to, nint pitchTo);

    /// <summary>Stores the lanes that are set in a mask, one behind the other. Up to a vector's end anything may be stored behind them.</summary>
    static abstract void StorePacked(V value, V mask, float* at);

    /// <summary>The sum of the lanes.</summary>
    static abstract float Sum(V a);

    /// <summary>The sums of the lanes of as many vectors as there are lanes, which lie one behind the other.</summary>
    static abstract V Sums(float* vectors);

    /// <summary>A whole number in each lane, as bits.</summary>
    static abstract V SplatBits(int value);

    /// <summary>The sum of whole numbers.</summary>
    static abstract V AddBits(V a, V b);

    /// <summary>All bits set where the whole numbers are equal, else none. (As floats, small numbers may count as 0.)</summary>
    static abstract V EqualBits(V a, V b);

    /// <summary>Bytes as whole numbers, one in each lane.</summary>
    static abstract V LoadBytes(byte* at);

    /// <summary>Whole numbers as floats.</summary>
    static abstract V ToFloats(V bits);

    /// <summary>Whole numbers from 0 to 255 as bytes.</summary>
    static abstract void StoreBytes(V value, byte* at);

    /// <summary>Replaces each lane's index, from 0 to 15, by that float of the table.</summary>
    static abstract V Lookup(float* table, V index);

    /// <summary>The same for indices from 0 to 7.</summary>
    static abstract V LookupOfEight(float* table, V index);
}

/// <summary>Operations composed of an <see cref="ISimd{V}"/>'s instructions, for every width.</summary>
internal static unsafe class Simd<S, V> where S : struct, ISimd<V> where V : struct
{
    /// <summary>max(a, 0). NaN stays NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Relu(V a) => S.Max(S.Splat(0), a);

    /// <summary>The sum, in order, of vectors that lie a pitch apart.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe V Sum(float* from, int count, nint pitch)
    {
        V sum = S.Load(from);
        for (int i = 1; i < count; i++) sum = S.Add(sum, S.Load(from += pitch));
        return sum;
    }

    /// <summary>The sums of the lanes of vectors one behind the other, one by one.</summary>
    public static V Sums(float* vectors)
    {
        float* sums = stackalloc float[S.Lanes];
        for (int i = 0; i < S.Lanes; i++) sums[i] = S.Sum(S.Load(vectors + i * S.Lanes));
        return S.Load(sums);
    }

    /// <summary>The same as <see cref="ISimd{V}.Transpose"/>, in squares of four.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Transpose(float* from, nint pitchFrom, float* to, nint pitchTo)
    {
        for (int row = 0; row < S.Lanes; row += Simd128.Lanes)
            for (int column = 0; column < S.Lanes; column += Simd128.Lanes)
                Simd128.Transpose(from + row * pitchFrom + column, pitchFrom, to + column * pitchTo + row, pitchTo);
    }

    /// <summary>Copies floats, a vector at a time.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Copy(float* from, float* to, int count)
    {
        int i = 0;
        for (; i <= count - S.Lanes; i += S.Lanes) S.Store(S.Load(from + i), to + i);
        for (; i < count; i++) to[i] = from[i];
    }

    /// <summary>a · 2ⁿ in two steps, since 2ⁿ itself may exceed a float's range.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Scale(V a, V n)
    {
        V half = S.Round(S.Multiply(n, S.Splat(0.5f)));
        return S.Multiply(S.Multiply(a, S.TwoToThe(half)), S.TwoToThe(S.Subtract(n, half)));
    }
}
