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
    // Two images make lists long enough to be worth their start, and a vector of channels of both fits the first cache.
    private const int ImagesAtATime = 2;

    public PooledConvolution Shape;
    public int Images, Parts;

    /// <summary>
    /// The kernel as <see cref="TurnForGradient{S, V}"/> lays it out; what is summed over the parts' images, [part][filter][tap][channel] and
    /// [part][filter].
    /// </summary>
    public float* Turned, KernelParts, BiasParts;
    public float* X, DY, DX, Scratch;
    public byte* Which;

    /// <summary>Channels of dx that are summed at a time: with the taps of a row they fill 12 registers at the most.</summary>
    public static int Block(in PooledConvolution shape)
    {
        if (shape.Channels % (4 * S.Lanes) == 0 && shape.Kernel == 3 && S.Lanes < 16) return 4 * S.Lanes;
        return shape.Channels % (2 * S.Lanes) == 0 ? 2 * S.Lanes : S.Lanes;
    }

    private readonly int Pixels => 4 * Shape.Windows;

    /// <summary>Room for a pixel's list, and for a filter's.</summary>
    private readonly int PixelRoom => Shape.Filters;

    private readonly int FilterRoom => ImagesAtATime * Shape.Windows;

    private readonly int InputFloats => ImagesAtATime * PaddedFloats;

    private readonly int PaddedFloats => Shape.PaddedHeight * PaddedLine;

    private readonly int PaddedLine => Shape.PaddedWidth * Shape.Channels;

    /// <summary>An image's dx with the gradients of its padding, which nobody wants.</summary>
    private readonly int GradientFloats => Shape.IsPadded ? PaddedFloats : 0;

    private readonly int PixelLists => 2 * ImagesAtATime * Pixels * PixelRoom;

    private readonly int FilterLists => 2 * Shape.Filters * FilterRoom;

    /// <summary>Floats a thread works in: inputs by vector of channels, dx of a padded image, lists by pixel and by filter, and their lengths.</summary>
    public readonly long ScratchSize => (InputFloats + GradientFloats + PixelLists + FilterLists + ImagesAtATime * Pixels + Shape.Filters + 31) / 16 * 16;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public readonly void Run(int part)
    {
        int first = (int)((long)Images * part / Parts), end = (int)((long)Images * (part + 1) / Parts);
        float* kernelPart = KernelParts + (long)part * Shape.Filters * Shape.Depth, biasPart = BiasParts + (long)part * Shape.Filters;
        new Span<float>(biasPart, Shape.Filters).Clear();
        float* inputs = Scratch + Workers.CurrentThread * ScratchSize;
        float* gradient = inputs + InputFloats;
        var byPixel = (Live*)(gradient + GradientFloats);
        var byFilter = byPixel + PixelLists / 2;
        int* pixelCounts = (int*)(byFilter + FilterLists / 2), filterCounts = pixelCounts + ImagesAtATime * Pixels;
        for (int image = first; image < end; image += ImagesAtATime)
        {
            int images = Math.Min(ImagesAtATime, end - image);
            new Span<int>(filterCounts, Shape.Filters).Clear();
            for (int i = 0; i < images; i++)
                MakeLists(image + i, i, byPixel + i * Pixels * PixelRoom, pixelCounts + i * Pixels, byFilter, filterCounts, biasPart);
            for (int i = 0; i < images && DX != null; i++)
                InputGradient(DX + (long)(image + i) * Shape.InputSize, gradient, byPixel + i * Pixels * PixelRoom, pixelCounts + i * Pixels);
            SplitChannels(X + (long)image * Shape.InputSize, images, inputs);
            KernelGradient(inputs, images, byFilter, filterCounts, kernelPart, add: image > first);
        }
    }

    /// <summary>
    /// A list for each pixel of an image, row by row, naming rows of the turned kernel; and one for each filter, over all images at a time,
    /// naming pixels of the inputs as <see cref="SplitChannels"/> lays them out.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private readonly void MakeLists(int image, int place, Live* byPixel, int* pixelCounts, Live* byFilter, int* filterCounts, float* bias)
    {
        int row = Shape.Kernel * Block(Shape), across = 2 * Shape.PooledWidth, room = PixelRoom, filterRoom = FilterRoom;
        int filters = Shape.Filters, line = Shape.PaddedWidth;
        float* dy = DY + (long)image * Shape.OutputSize;
        byte* which = Which + (long)image * Shape.OutputSize;
        V zero = S.Splat(0), none = S.SplatBits(PooledConvolution.NoPixel);
        for (int wy = 0; wy < Shape.PooledHeight; wy++)
            for (int wx = 0; wx < Shape.PooledWidth; wx++, dy += filters, which += filters)
            {
                int pixel0 = 2 * wy * across + 2 * wx, input0 = ((place * Shape.PaddedHeight + 2 * wy) * line + 2 * wx) * S.Lanes;
                // The lengths of the window's four lists, 16 bits each: in a register, since the next value may want the same one.
                ulong lengths = 0;
                for (int f0 = 0; f0 < filters;)
                {
                    ulong alive = 0;
                    int begin = f0;
                    for (; f0 < filters && f0 < begin + 64; f0 += S.Lanes)
                    {
                        V value = S.Load(dy + f0), dead = S.Or(S.EqualBits(S.LoadBytes(which + f0), none), S.Equal(value, zero));
                        S.Store(S.Add(S.Load(bias + f0), S.AndNot(value, dead)), bias + f0);
                        alive |= (~S.Bits(dead) & (1ul << S.Lanes) - 1) << (f0 - begin);
                    }
                    for (; alive != 0; alive &= alive - 1)
                    {
                        int f = begin + BitOperations.TrailingZeroCount(alive);
                        uint pixel = which[f];
                        float value = dy[f];
                        int shift = (int)(16 * pixel), down = (int)(pixel >> 1), right = (int)(pixel & 1);
                        // Field by field: a struct that is built first and copied then would wait for its own stores.
                        var entry = byPixel + (pixel0 + down * across + right) * room + (int)((lengths >> shift) & 0xffff);
                        entry->At = f * row;
                        entry->Value = value;
                        lengths += 1UL << shift;
                        entry = byFilter + f * filterRoom + filterCounts[f]++;
                        entry->At = input0 + (down * line + right) * S.Lanes;
                        entry->Value = value;
                    }
                }
                pixelCounts[pixel0] = (int)(lengths & 0xffff);
                pixelCounts[pixel0 + 1] = (int)(lengths >> 16 & 0xffff);
                pixelCounts[pixel0 + across] = (int)(lengths >> 32 & 0xffff);
                pixelCounts[pixel0 + across + 1] = (int)(lengths >> 48);
            }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private readonly void InputGradient(float* dx, float* padded, Live* lists, int* counts)
    {
        float* gradient = Shape.IsPadded ? padded : dx;
        if (Shape.Kernel == 3) SweepImage<Three>(gradient, lists, counts);
        else SweepImage<Five>(gradient, lists, counts);
        if (!Shape.IsPadded) return;
        gradient += Shape.PadTop * PaddedLine + Shape.PadLeft * Shape.Channels;
        for (int row = 0; row < Shape.Height; row++)
            new ReadOnlySpan<float>(gradient + (long)row * PaddedLine, Shape.Line).CopyTo(new Span<float>(dx + (long)row * Shape.Line, Shape.Line));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private readonly void SweepImage<K>(float* dx, Live* lists, int* counts) where K : struct, INumber
    {
        int block = Block(Shape), slice = Shape.Filters * K.Value * block, rows = 2 * Shape.PooledHeight, across = 2 * Shape.PooledWidth, line = PaddedLine;
        // Rows and columns that no window reads.
        int read = (across + K.Value - 1) * Shape.Channels, readRows = rows + K.Value - 1;
        for (int row = 0; row < readRows && read < line; row++) new Span<float>(dx + row * line + read, line - read).Clear();
        new Span<float>(dx + readRows * line, (Shape.PaddedHeight - readRows) * line).Clear();
        // A slice of the kernel, one of its rows and a block of channels, stays in the first cache while all pixels go by.
        float* kernel = Turned;
        for (int ky = 0; ky < K.Value; ky++)
            for (int c = 0; c < Shape.Channels; c += block, kernel += slice)
                for (int row = 0; row < rows; row++)
                {
                    var list = lists + row * across * PixelRoom;
                    int* count = counts + row * across;
                    float* to = dx + (row + ky) * line + c;
                    // The first of the kernel's rows to come to a row of dx begins its sums.
                    bool add = ky > 0 && row < rows - 1;
                    if (block == 4 * S.Lanes) SweepRow<K, Four>(list, count, across, kernel, to, add);
                    else if (block == 2 * S.Lanes) SweepRow<K, Two>(list, count, across, kernel, to, add);
                    else SweepRow<K, One>(list, count, across, kernel, to, add);
                }
    }

    /// <summary>
    /// A row of pixels, each adding to as many columns of a row of dx as a kernel has: the sums of the columns that are still open are carried along
    /// in registers.
    /// </summary>
    /// <typeparam name="K">Taps of the kernel's row: 3, or 5.</typeparam>
    /// <typeparam name="N">Vectors: 1 or 2, with 3 taps also 4.</typeparam>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private readonly void SweepRow<K, N>(Live* lists, int* counts, int pixels, float* kernel, float* dx, bool add) where K : struct, INumber where N : struct,
        INumber
    {
        nint step = Shape.Channels, room = PixelRoom;
        V zero = S.Splat(0);
        V s00 = zero, s01 = zero, s02 = zero, s03 = zero;
        V s10 = zero, s11 = zero, s12 = zero, s13 = zero;
        V s20 = zero, s21 = zero, s22 = zero, s23 = zero;
        V s30 = zero, s31 = zero, s40 = zero, s41 = zero;
        for (int pixel = 0; pixel < pixels; pixel++)
        {
            var list = lists;
            for (var end = list + counts[pixel]; list < end; list++)
            {
                V value = S.Splat(list->Value);
                float* from = kernel + list->At;
                s00 = S.Fma(S.Load(from), value, s00);
                if (N.Value > 1) s01 = S.Fma(S.Load(from + S.Lanes), value, s01);
                if (N.Value > 2) s02 = S.Fma(S.Load(from + 2 * S.Lanes), value, s02);
                if (N.Value > 2) s03 = S.Fma(S.Load(from + 3 * S.Lanes), value, s03);
                from += N.Value * S.Lanes;
                s10 = S.Fma(S.Load(from), value, s10);
                if (N.Value > 1) s11 = S.Fma(S.Load(from + S.Lanes), value, s11);
                if (N.Value > 2) s12 = S.Fma(S.Load(from + 2 * S.Lanes), value, s12);
                if (N.Value > 2) s13 = S.Fma(S.Load(from + 3 * S.Lanes), value, s13);
                from += N.Value * S.Lanes;
                s20 = S.Fma(S.Load(from), value, s20);
                if (N.Value > 1) s21 = S.Fma(S.Load(from + S.Lanes), value, s21);
                if (N.Value > 2) s22 = S.Fma(S.Load(from + 2 * S.Lanes), value, s22);
                if (N.Value > 2) s23 = S.Fma(S.Load(from + 3 * S.Lanes), value, s23);
                if (K.Value == 3) continue;
                from += N.Value * S.Lanes;
                s30 = S.Fma(S.Load(from), value, s30);
                if (N.Value > 1) s31 = S.Fma(S.Load(from + S.Lanes), value, s31);
                from += N.Value * S.Lanes;
                s40 = S.Fma(S.Load(from), value, s40);
                if (N.Value > 1) s41 = S.Fma(S.Load(from + S.Lanes), value, s41);
            }
            Keep<N>(dx, s00, s01, s02, s03, add);
            (s00, s01, s02, s03) = (s10, s11, s12, s13);
            (s10, s11, s12, s13) = (s20, s21, s22, s23);
            if (K.Value == 3) (s20, s21, s22, s23) = (zero, zero, zero, zero);
            else (s20, s21, s30, s31, s40, s41) = (s30, s31, s40, s41, zero, zero);
            dx += step;
            lists += room;
        }
        Keep<N>(dx, s00, s01, s02, s03, add);
        Keep<N>(dx + step, s10, s11, s12, s13, add);
        if (K.Value == 3) return;
        Keep<N>(dx + 2 * step, s20, s21, s22, s23, add);
        Keep<N>(dx + 3 * step, s30, s31, zero, zero, add);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Keep<N>(float* to, V s0, V s1, V s2, V s3, bool add) where N : struct, INumber
    {
        Store(s0, to, add);
        if (N.Value > 1) Store(s1, to + S.Lanes, add);
        if (N.Value > 2) Store(s2, to + 2 * S.Lanes, add);
        if (N.Value > 2) Store(s3, to + 3 * S.Lanes, add);
    }

    /// <summary>
    /// [image][pixel][channel] becomes [vector of channels][image][pixel][lane], with the padding. In the first layout
    /// the same vector of neighbouring pixels lies all channels apart, so that these vectors compete for a few of the cache's sets.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private readonly void SplitChannels(float* from, int images, float* to)
    {
        nint vector = (nint)images * Shape.PaddedHeight * Shape.PaddedWidth * S.Lanes;
        if (Shape.IsPadded) new Span<float>(to, images * PaddedFloats).Clear();
        for (int row = 0; row < images * Shape.Height; row++)
        {
            float* place = to + ((nint)(row / Shape.Height * Shape.PaddedHeight + Shape.PadTop + row % Shape.Height) * Shape.PaddedWidth
                + Shape.PadLeft) * S.Lanes;
            for (int column = 0; column < Shape.Width; column++, place += S.Lanes)
            {
                float* at = place;
                for (int c = 0; c < Shape.Channels; c += S.Lanes, from += S.Lanes, at += vector) S.Store(S.Load(from), at);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private readonly void KernelGradient(float* inputs, int images, Live* lists, int* counts, float* to, bool add)
    {
        nint vector = (nint)images * Shape.PaddedHeight * Shape.PaddedWidth * S.Lanes;
        for (int c = 0; c < Shape.Channels; c += S.Lanes, inputs += vector)
            for (int f = 0; f < Shape.Filters; f++)
            {
                if (counts[f] == 0 && add) continue;
                if (Shape.Kernel == 3) SumTaps<Three>(lists + f * FilterRoom, counts[f], inputs, to + (long)f * Shape.Depth + c, add);
                else SumTaps<Five>(lists + f * FilterRoom, counts[f], inputs, to + (long)f * Shape.Depth + c, add);
            }
    }

    /// <summary>to[tap] (+)= Σ value · x[pixel + tap] over a list, for a vector of channels.</summary>
    /// <typeparam name="K">Taps of a row of the kernel: 3 or 5. All of them fit the registers of AVX-512.</typeparam>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private readonly void SumTaps<K>(Live* list, int count, float* x0, float* to, bool add) where K : struct, INumber
    {
        nint line = Shape.PaddedWidth * S.Lanes, step = Shape.Channels;
        V zero = S.Splat(0);
        V s00 = zero, s01 = zero, s02 = zero, s03 = zero, s04 = zero;
        V s10 = zero, s11 = zero, s12 = zero, s13 = zero, s14 = zero;
        V s20 = zero, s21 = zero, s22 = zero, s23 = zero, s24 = zero;
        V s30 = zero, s31 = zero, s32 = zero, s33 = zero, s34 = zero;
        V s40 = zero, s41 = zero, s42 = zero, s43 = zero, s44 = zero;
        float* x1 = x0 + line, x2 = x1 + line, x3 = x2 + line, x4 = x3 + line;
        for (var end = list + count; list < end; list++)
        {
            V value = S.Splat(list->Value);
            nint at = list->At;
            s00 = S.Fma(S.Load(x0 + at), value, s00);
            s01 = S.Fma(S.Load(x0 + at + S.Lanes), value, s01);
            s02 = S.Fma(S.Load(x0 + at + 2 * S.Lanes), value, s02);
            s10 = S.Fma(S.Load(x1 + at), value, s10);
            s11 = S.Fma(S.Load(x1 + at + S.Lanes), value, s11);
            s12 = S.Fma(S.Load(x1 + at + 2 * S.Lanes), value, s12);
            s20 = S.Fma(S.Load(x2 + at), value, s20);
            s21 = S.Fma(S.Load(x2 + at + S.Lanes), value, s21);
            s22 = S.Fma(S.Load(x2 + at + 2 * S.Lanes), value, s22);
            if (K.Value == 3) continue;
            s03 = S.Fma(S.Load(x0 + at + 3 * S.Lanes), value, s03);
            s04 = S.Fma(S.Load(x0 + at + 4 * S.Lanes), value, s04);
            s13 = S.Fma(S.Load(x1 + at + 3 * S.Lanes), value, s13);
            s14 = S.Fma(S.Load(x1 + at + 4 * S.Lanes), value, s14);
            s23 = S.Fma(S.Load(x2 + at + 3 * S.Lanes), value, s23);
            s24 = S.Fma(S.Load(x2 + at + 4 * S.Lanes), value, s24);
            s30 = S.Fma(S.Load(x3 + at), value, s30);
            s31 = S.Fma(S.Load(x3 + at + S.Lanes), value, s31);
            s32 = S.Fma(S.Load(x3 + at + 2 * S.Lanes), value, s32);
            s33 = S.Fma(S.Load(x3 + at + 3 * S.Lanes), value, s33);
            s34 = S.Fma(S.Load(x3 + at + 4 * S.Lanes), value, s34);
            s40 = S.Fma(S.Load(x4 + at), value, s40);
            s41 = S.Fma(S.Load(x4 + at + S.Lanes), value, s41);
            s42 = S.Fma(S.Load(x4 + at + 2 * S.Lanes), value, s42);
            s43 = S.Fma(S.Load(x4 + at + 3 * S.Lanes), value, s43);
            s44 = S.Fma(S.Load(x4 + at + 4 * S.Lanes), value, s44);
        }
        StoreTaps<K>(s00, s01, s02, s03, s04, to, step, add);
        StoreTaps<K>(s10, s11, s12, s13, s14, to + K.Value * step, step, add);
        StoreTaps<K>(s20, s21, s22, s23, s24, to + 2 * K.Value * step, step, add);
        if (K.Value == 3) return;
        StoreTaps<K>(s30, s31, s32, s33, s34, to + 3 * K.Value * step, step, add);
        StoreTaps<K>(s40, s41, s42, s43, s44, to + 4 * K.Value * step, step, add);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StoreTaps<K>(V s0, V s1, V s2, V s3, V s4, float* to, nint step, bool add) where K : struct, INumber
    {
        Store(s0, to, add);
        Store(s1, to + step, add);
        Store(s2, to + 2 * step, add);
        if (K.Value == 3) return;
        Store(s3, to + 3 * step, add);
        Store(s4, to + 4 * step, add);
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

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public readonly void Run(int tap)
    {
        int ky = tap / Shape.Kernel, kx = tap % Shape.Kernel, block = SparseBackward<S, V>.Block(Shape);
        int slice = Shape.Filters * Shape.Kernel * block, blocks = Shape.Channels / block, row = Shape.Kernel * block;
        // In squares of cache lines, so that the lines of the next filters are still in the cache.
        for (int c0 = 0; c0 < Shape.Channels; c0 += Edge)
            for (int f0 = 0; f0 < Shape.Filters; f0 += Edge)
                for (int c = c0; c < Math.Min(c0 + Edge, Shape.Channels); c += Simd128.Lanes)
                {
                    float* from = From + (tap * Shape.Channels + c) * Shape.Filters + f0;
                    float* to = To + (long)(ky * blocks + c / block) * slice + kx * block + c % block + f0 * row;
                    for (int f = f0; f < Math.Min(f0 + Edge, Shape.Filters); f += Simd128.Lanes, from += Simd128.Lanes, to += Simd128.Lanes * row)
                        Simd128.Transpose(from, Shape.Filters, to, row);
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

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public readonly void Run(int piece)
    {
        int first = piece * DepthsPerPiece, count = Math.Min(DepthsPerPiece, Depth - first);
        // Four filters at a time: columns of the result.
        float* sums = stackalloc float[Simd128.Lanes * DepthsPerPiece];
        nint part = (nint)Filters * Depth;
        float* from = From + first, to = To + first * Filters;
        for (int f = 0; f < Filters; f += Simd128.Lanes, to += Simd128.Lanes)
        {
            for (float* sum = sums; sum < sums + Simd128.Lanes * DepthsPerPiece; sum += DepthsPerPiece, from += Depth)
                for (int d = 0; d < count; d += S.Lanes) S.Store(Simd<S, V>.Sum(from + d, Parts, part), sum + d);
            for (int d = 0; d < count; d += Simd128.Lanes) Simd128.Transpose(sums + d, DepthsPerPiece, to + d * Filters, Filters);
        }
    }
}
