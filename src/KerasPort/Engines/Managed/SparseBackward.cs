using System.Numerics;
using System.Runtime.CompilerServices;

namespace KerasPort.Engines.Managed;

/// <summary>A gradient that isn't zero: its value, and where what it is multiplied with begins.</summary>
internal struct Live
{
    public int At;
    public float Value;
}

/// <summary>
/// The backward pass of a pooled convolution over lists of the gradients that are alive: relu and pooling leave at most one in four.
/// Both gradients are sums of rows, value by value: dx[pixel's taps] += dy · kernel[filter], dkernel[filter] += dy · x[pixel's taps].
/// A piece is a run of images; its sums of dkernel and dbias are a part of their own.
/// </summary>
internal unsafe struct SparseBackward<S, V> : IPieces where S : struct, ISimd<V> where V : struct
{
    private const int Kernel = PooledConvolution.Kernel;

    // As many as have their x and dx in the second cache, and lists long enough to be worth their start.
    private const int ImagesAtATime = 2;

    public PooledConvolution Shape;
    public int Images, Parts;

    /// <summary>The kernel as <see cref="TurnForGradient{S, V}"/> lays it out; what is summed over the parts' images, [part][filter][tap][channel] and [part][filter].</summary>
    public float* Turned, KernelParts, BiasParts;
    public float* X, Y, DY, DX, Scratch;
    public byte* Which;

    /// <summary>Channels that are summed at a time: with three taps they fill 12 registers at the most.</summary>
    public static int Block(int channels) => channels % 32 == 0 ? 32 : channels % 16 == 0 ? 16 : 8 % S.Lanes == 0 && channels % 8 == 0 ? 8 : S.Lanes;

    private readonly int Pixels => 4 * Shape.Windows;

    private readonly int ListSize => ImagesAtATime * Shape.OutputSize;

    /// <summary>Floats of the lists by pixel and by filter, and of their lengths.</summary>
    public readonly long ScratchSize => 2L * (2L * ListSize + 16) + ImagesAtATime * Pixels + 16 + Shape.Filters + 16;

    public readonly void Run(int part)
    {
        int first = (int)((long)Images * part / Parts), end = (int)((long)Images * (part + 1) / Parts);
        float* kernelPart = KernelParts + (long)part * Shape.Filters * Shape.Depth, biasPart = BiasParts + (long)part * Shape.Filters;
        new Span<float>(biasPart, Shape.Filters).Clear();
        var byPixel = (Live*)(Scratch + Workers.CurrentThread * ScratchSize);
        var byFilter = byPixel + ListSize + 8;
        int* pixelCounts = (int*)(byFilter + ListSize + 8), filterCounts = pixelCounts + ImagesAtATime * Pixels + 16;
        for (int image = first; image < end; image += ImagesAtATime)
        {
            int images = Math.Min(ImagesAtATime, end - image);
            MakeLists(image, images, byPixel, pixelCounts, byFilter, filterCounts, biasPart);
            if (DX != null) InputGradient(image, images, byPixel, pixelCounts);
            KernelGradient(image, byFilter, filterCounts, kernelPart, add: image > first);
        }
    }

    /// <summary>Where a window's pixel begins in the input.</summary>
    private readonly int PixelAt(int window, int pixel) =>
        (2 * (window / Shape.PooledWidth) + pixel / 2) * Shape.Line + (2 * (window % Shape.PooledWidth) + pixel % 2) * Shape.Channels;

    /// <summary>
    /// One list for each pixel, in the order image, window, pixel and without gaps; and one for each filter, each with room for all.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private readonly void MakeLists(int first, int images, Live* byPixel, int* pixelCounts, Live* byFilter, int* filterCounts, float* bias)
    {
        int row = Kernel * Block(Shape.Channels), room = ImagesAtATime * Shape.Windows, filters = Shape.Filters;
        new Span<int>(filterCounts, filters).Clear();
        V zero = S.Splat(0);
        uint* masks = stackalloc uint[4];
        for (int image = 0; image < images; image++)
        {
            long at = (long)(first + image) * Shape.OutputSize;
            for (int window = 0; window < Shape.Windows; window++, at += filters)
            {
                for (int pixel = 0; pixel < 4; pixel++)
                {
                    int x = image * Shape.InputSize + PixelAt(window, pixel);
                    var start = byPixel;
                    V number = S.SplatBits(pixel);
                    for (int f0 = 0; f0 < filters; f0 += S.Lanes)
                    {
                        V alive = S.AndNot(S.And(S.Greater(S.Load(Y + at + f0), zero), S.EqualBits(S.LoadBytes(Which + at + f0), number)), S.Equal(S.Load(DY + at + f0), zero));
                        for (uint bits = S.Bits(alive); bits != 0; bits &= bits - 1)
                        {
                            int f = f0 + BitOperations.TrailingZeroCount(bits);
                            float value = DY[at + f];
                            *byPixel++ = new Live { At = f * row, Value = value };
                            byFilter[f * room + filterCounts[f]++] = new Live { At = x, Value = value };
                            bias[f] += value;
                        }
                    }
                    *pixelCounts++ = (int)(byPixel - start);
                }
            }
        }
    }

    private readonly void InputGradient(int first, int images, Live* lists, int* counts)
    {
        float* dx = DX + (long)first * Shape.InputSize;
        new Span<float>(dx, images * Shape.InputSize).Clear();
        int block = Block(Shape.Channels), slice = Shape.Filters * Kernel * block;
        // A slice of the kernel, one of its rows and a block of channels, stays in the first cache while all pixels go by.
        float* kernel = Turned;
        for (int ky = 0; ky < Kernel; ky++)
            for (int c = 0; c < Shape.Channels; c += block, kernel += slice)
            {
                var list = lists;
                int* count = counts;
                for (int image = 0; image < images; image++)
                    for (int window = 0; window < Shape.Windows; window++)
                        for (int pixel = 0; pixel < 4; pixel++, count++)
                        {
                            if (*count == 0) continue;
                            SparseSum<S, V>.Run(block, list, *count, kernel, block, dx + image * Shape.InputSize + PixelAt(window, pixel) + ky * Shape.Line + c, Shape.Channels, add: true);
                            list += *count;
                        }
            }
    }

    private readonly void KernelGradient(int first, Live* lists, int* counts, float* to, bool add)
    {
        float* x = X + (long)first * Shape.InputSize;
        int block = Block(Shape.Channels), room = ImagesAtATime * Shape.Windows;
        for (int c = 0; c < Shape.Channels; c += block)
            for (int f = 0; f < Shape.Filters; f++)
                for (int ky = 0; ky < Kernel; ky++)
                    if (counts[f] > 0 || !add)
                        SparseSum<S, V>.Run(block, lists + f * room, counts[f], x + ky * Shape.Line + c, Shape.Channels, to + (long)f * Shape.Depth + ky * Kernel * Shape.Channels + c, Shape.Channels, add);
    }
}

/// <summary>To[3 taps][vectors] (+)= Σ value · From[at + 3 taps][vectors] over a list.</summary>
internal static unsafe class SparseSum<S, V> where S : struct, ISimd<V> where V : struct
{
    public static void Run(int block, Live* list, int count, float* from, int fromStep, float* to, int toStep, bool add)
    {
        int vectors = block / S.Lanes;
        if (vectors == 4) Sum<Four>(list, count, from, fromStep, to, toStep, add);
        else if (vectors == 2) Sum<Two>(list, count, from, fromStep, to, toStep, add);
        else if (vectors == 1) Sum<One>(list, count, from, fromStep, to, toStep, add);
        else
            for (int v = 0; v < vectors; v += 4)
                Sum<Four>(list, count, from + v * S.Lanes, fromStep, to + v * S.Lanes, toStep, add);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Sum<N>(Live* list, int count, float* from, nint fromStep, float* to, nint toStep, bool add) where N : struct, INumber
    {
        V zero = S.Splat(0);
        V s00 = zero, s01 = zero, s02 = zero, s03 = zero;
        V s10 = zero, s11 = zero, s12 = zero, s13 = zero;
        V s20 = zero, s21 = zero, s22 = zero, s23 = zero;
        float* from1 = from + fromStep, from2 = from1 + fromStep;
        for (var end = list + count; list < end; list++)
        {
            V value = S.Splat(list->Value);
            nint at = list->At;
            s00 = S.Fma(S.Load(from + at), value, s00);
            if (N.Value > 1) s01 = S.Fma(S.Load(from + at + S.Lanes), value, s01);
            if (N.Value > 2) s02 = S.Fma(S.Load(from + at + 2 * S.Lanes), value, s02);
            if (N.Value > 2) s03 = S.Fma(S.Load(from + at + 3 * S.Lanes), value, s03);
            s10 = S.Fma(S.Load(from1 + at), value, s10);
            if (N.Value > 1) s11 = S.Fma(S.Load(from1 + at + S.Lanes), value, s11);
            if (N.Value > 2) s12 = S.Fma(S.Load(from1 + at + 2 * S.Lanes), value, s12);
            if (N.Value > 2) s13 = S.Fma(S.Load(from1 + at + 3 * S.Lanes), value, s13);
            s20 = S.Fma(S.Load(from2 + at), value, s20);
            if (N.Value > 1) s21 = S.Fma(S.Load(from2 + at + S.Lanes), value, s21);
            if (N.Value > 2) s22 = S.Fma(S.Load(from2 + at + 2 * S.Lanes), value, s22);
            if (N.Value > 2) s23 = S.Fma(S.Load(from2 + at + 3 * S.Lanes), value, s23);
        }
        Store<N>(s00, s01, s02, s03, to, add);
        Store<N>(s10, s11, s12, s13, to + toStep, add);
        Store<N>(s20, s21, s22, s23, to + 2 * toStep, add);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store<N>(V s0, V s1, V s2, V s3, float* to, bool add) where N : struct, INumber
    {
        Store(s0, to, add);
        if (N.Value > 1) Store(s1, to + S.Lanes, add);
        if (N.Value > 2) Store(s2, to + 2 * S.Lanes, add);
        if (N.Value > 2) Store(s3, to + 3 * S.Lanes, add);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(V sum, float* to, bool add) => S.Store(add ? S.Add(S.Load(to), sum) : sum, to);
}

/// <summary>
/// The kernel as <see cref="SparseBackward{S, V}"/> reads it for dx: [row][block of channels][filter][column][channel of the block]. A piece is a tap.
/// </summary>
internal unsafe struct TurnForGradient<S, V> : IPieces where S : struct, ISimd<V> where V : struct
{
    private const int Edge = 16;
    public float* From, To;
    public PooledConvolution Shape;

    public readonly void Run(int tap)
    {
        const int Kernel = PooledConvolution.Kernel;
        int ky = tap / Kernel, kx = tap % Kernel, block = SparseBackward<S, V>.Block(Shape.Channels);
        int slice = Shape.Filters * Kernel * block, blocks = Shape.Channels / block;
        float* from = From + (long)tap * Shape.Channels * Shape.Filters;
        for (int f0 = 0; f0 < Shape.Filters; f0 += Edge)
            for (int c = 0; c < Shape.Channels; c++)
            {
                float* to = To + (long)(ky * blocks + c / block) * slice + kx * block + c % block;
                for (int f = f0; f < Math.Min(f0 + Edge, Shape.Filters); f++)
                    to[f * Kernel * block] = from[c * Shape.Filters + f];
            }
    }
}

/// <summary>To[depth][filter] = Σ From[part][filter][depth] over the parts in order; a piece is a run of depths.</summary>
internal unsafe struct SumAndTurn<S, V> : IPieces where S : struct, ISimd<V> where V : struct
{
    private const int DepthsPerPiece = 16;
    public float* From, To;
    public int Parts, Depth, Filters;

    public static int Pieces(int depth) => (depth + DepthsPerPiece - 1) / DepthsPerPiece;

    public readonly void Run(int piece)
    {
        int first = piece * DepthsPerPiece, count = Math.Min(DepthsPerPiece, Depth - first);
        float* sums = stackalloc float[DepthsPerPiece + 16];
        long part = (long)Filters * Depth;
        for (int f = 0; f < Filters; f++)
        {
            for (int d = 0; d < count; d += S.Lanes)
            {
                float* from = From + (long)f * Depth + first + d;
                V sum = S.Load(from);
                for (int p = 1; p < Parts; p++) sum = S.Add(sum, S.Load(from + p * part));
                S.Store(sum, sums + d);
            }
            for (int d = 0; d < count; d++) To[(long)(first + d) * Filters + f] = sums[d];
        }
    }
}
