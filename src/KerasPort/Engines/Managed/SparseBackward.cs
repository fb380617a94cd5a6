using System.Numerics;
using System.Runtime.Intrinsics;

namespace KerasPort.Engines.Managed;

/// <summary>Which of up to 64 filters have a gradient at a pixel: a bit for each. The first filter, and where its gradient lies in the image's dy.</summary>
internal struct LiveFilters
{
    public ulong Bits;
    public int First, At;
}

/// <summary>
/// The backward pass of a pooled convolution, over the gradients that aren't zero: at most one in four after relu and pooling, about half after
/// relu alone. They are marked by pixel and listed by filter. Each adds to rows of both gradients: dx[pixel's taps] += dy · kernel[filter],
/// dkernel[filter] += dy · x[pixel's taps].
/// A piece is a run of images, and its sums of dkernel and dbias are a part of their own.
/// </summary>
internal unsafe struct SparseBackward<S, V> : IPieces where S : struct, ISimd<V> where V : struct
{
    /// <summary>
    /// Images whose gradients are summed at a time. The lists of two are long enough to pay for their start, and a vector of channels of both fits the
    /// first-level cache.
    /// </summary>
    public const int ImagesAtATime = 2;

    // The bits of a mark.
    private const int FiltersOfMark = 64;

    // Floats of the kernel that stay in the first-level cache beside the rest, and of the inputs.
    private const int FloatsNear = 10_000, InputsNear = 11_000;

    public PooledConvolution Shape;
    public int Images, Parts;

    /// <summary>The sums of dkernel, [filter][tap][channel].</summary>
    public PieceSums KernelSums;

    /// <summary>The parts' sums of dbias: [part][filter].</summary>
    public float* BiasParts;

    /// <summary>The kernel; none where dx isn't wanted.</summary>
    public ThreadTransform<TurnForGradient<S, V>> Turned;
    public float* X, Y, DY, DX, Scratch;
    public byte* Which;

    /// <summary>Rows of the kernel that are summed at a time: all three of 3 × 3 taps with 32 registers, else one.</summary>
    public static int RowsAtATime(in PooledConvolution shape) => shape.Kernel == 3 && S.TileColumns == 4 ? 3 : 1;

    /// <summary>Channels of dx that are summed at a time. The sums of a row's taps fill up to 12 registers, those of three rows up to 18.</summary>
    public static int Block(in PooledConvolution shape)
    {
        if (RowsAtATime(shape) == 3)
            return shape.Channels % (2 * S.Lanes) == 0 && shape.Filters * shape.Taps * 2 * S.Lanes <= FloatsNear ? 2 * S.Lanes : S.Lanes;
        if (shape.Channels % (4 * S.Lanes) == 0 && shape.Kernel == 3 && S.Lanes < 16) return 4 * S.Lanes;
        return shape.Channels % (2 * S.Lanes) == 0 ? 2 * S.Lanes : S.Lanes;
    }

    /// <summary>
    /// Vectors of channels of dkernel that are summed at a time: two where 32 registers hold the sums of all taps and both of the inputs' fit the
    /// first-level cache.
    /// </summary>
    private readonly int Vectors => Shape.Kernel == 3 && S.TileColumns == 4 && Shape.Channels % (2 * S.Lanes) == 0
        && ImagesAtATime * Shape.PaddedHeight * Shape.PaddedWidth * 2 * S.Lanes <= InputsNear ? 2 : 1;

    private readonly int Pixels => Shape.Rows * Shape.Columns;

    /// <summary>Marks that a pixel has room for.</summary>
    private readonly int PixelRoom => Shape.WindowsOfPixel * ((Shape.Filters + FiltersOfMark - 1) / FiltersOfMark);

    private readonly int InputFloats => ImagesAtATime * PaddedFloats;

    private readonly int PaddedFloats => Shape.PaddedHeight * PaddedLine;

    private readonly int PaddedLine => Shape.PaddedWidth * Shape.Channels;

    /// <summary>Floats of a padded image's dx. The gradients of the padding are dropped.</summary>
    private readonly int GradientFloats => Shape.IsPadded ? PaddedFloats : 0;

    private readonly int MarkFloats => ImagesAtATime * Pixels * PixelRoom * (sizeof(LiveFilters) / sizeof(float));

    private readonly int ListFloats => FilterLists<S, V>.Size(Shape.Filters, ImagesAtATime * Shape.Windows);

    /// <summary>Floats of a thread's scratch: inputs by vector of channels, a padded image's dx, marks by pixel and their numbers, lists by filter.</summary>
    public readonly long ScratchSize => CacheLines.RoundUp(InputFloats + GradientFloats + MarkFloats + ImagesAtATime * Pixels + 16 + ListFloats);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public readonly void Run(int part)
    {
        int first = (int)((long)Images * part / Parts), end = (int)((long)Images * (part + 1) / Parts);
        bool isFirst = Workers.IsFirst();
        float* kernel = Turned.Get(isFirst), sums = KernelSums.Place(part, isFirst, out bool add), bias = BiasParts + (long)part * Shape.Filters;
        new Span<float>(bias, Shape.Filters).Clear();
        float* inputs = Scratch + Workers.CurrentThread * ScratchSize;
        float* gradient = inputs + InputFloats;
        var byPixel = (LiveFilters*)(gradient + GradientFloats);
        int* pixelCounts = (int*)((float*)byPixel + MarkFloats);
        float* room = CacheLines.Aligned((float*)(pixelCounts + ImagesAtATime * Pixels));
        for (int image = first; image < end; image += ImagesAtATime)
        {
            int images = Math.Min(ImagesAtATime, end - image);
            var byFilter = new FilterLists<S, V>(room, Shape.Filters, images * Shape.Windows);
            for (int i = 0; i < images; i++)
            {
                var marks = byPixel + i * Pixels * PixelRoom;
                int* counts = pixelCounts + i * Pixels;
                if (Shape.Pool == 1) MakeLists<One>(image + i, i, marks, counts, ref byFilter, bias);
                else if (Shape.Pool == 2) MakeLists<Two>(image + i, i, marks, counts, ref byFilter, bias);
                else MakeLists<Three>(image + i, i, marks, counts, ref byFilter, bias);
                if (DX != null) InputGradient(image + i, kernel, gradient, marks, counts);
            }
            byFilter.Flush();
            SplitChannels(X + (long)image * Shape.InputSize, images, inputs);
            KernelGradient(inputs, images, byFilter, sums, add || image > first, skips: image > first);
        }
    }

    /// <summary>
    /// Marks the filters that have a gradient at each pixel of an image, row by row, and adds to each filter's list of gradients over all images at a
    /// time, which names pixels of the inputs as <see cref="SplitChannels"/> lays them out. A pixel has marks for each window that chose it.
    /// </summary>
    /// <typeparam name="P">Pixels of a side of a pooling window: 1, 2 or 3.</typeparam>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private readonly void MakeLists<P>(int image, int place, LiveFilters* byPixel, int* pixelCounts, ref FilterLists<S, V> byFilter, float* bias)
        where P : struct, INumber
    {
        int across = Shape.Columns, room = PixelRoom, below = P.Value == 2 ? 2 : PooledConvolution.PatchOfThree;
        int filters = Shape.Filters, line = Shape.PaddedWidth, near = Vectors * S.Lanes;
        int step = P.Value == 2 ? 2 : Shape.Step, stride = P.Value == 1 ? Shape.Stride : 1;
        // Where a window's pixels lie in the inputs, by their numbers.
        int* toInput = stackalloc int[16];
        for (int number = 0; number < 16; number++) toInput[number] = (number / below * line + number % below) * near;
        // Windows that overlap share pixels, and windows that lie apart leave some out.
        new Span<int>(pixelCounts, Pixels).Clear();
        float* dy0 = DY + (long)image * Shape.OutputSize, dy = dy0, y = Y + (long)image * Shape.OutputSize;
        byte* which = Which + (long)image * Shape.OutputSize;
        V zero = S.Splat(0), none = S.SplatBits(PooledConvolution.NoPixel);
        for (int wy = 0; wy < Shape.PooledHeight; wy++)
            for (int wx = 0; wx < Shape.PooledWidth; wx++, dy += filters, y += filters, which += filters)
            {
                int pixel0 = step * wy * across + step * wx;
                int input0 = ((place * Shape.PaddedHeight + step * stride * wy) * line + step * stride * wx) * near;
                for (int begin = 0; begin < filters; begin += FiltersOfMark)
                {
                    int end = Math.Min(begin + FiltersOfMark, filters);
                    ulong alive = 0;
                    for (int f = begin; f < end; f += S.Lanes)
                    {
                        V value = S.Load(dy + f);
                        V dead = P.Value == 1 ? S.EqualBits(S.Greater(S.Load(y + f), zero), zero) : S.EqualBits(S.LoadBytes(which + f), none);
                        dead = S.Or(dead, S.Equal(value, zero));
                        S.Store(S.Add(S.Load(bias + f), S.AndNot(value, dead)), bias + f);
                        alive |= (~S.Bits(dead) & (1ul << S.Lanes) - 1) << (f - begin);
                        V at = S.SplatBits(input0);
                        if (P.Value == 2) at = S.AddBits(at, S.LookupOfEight((float*)toInput, S.LoadBytes(which + f)));
                        if (P.Value == 3) at = S.AddBits(at, S.Lookup((float*)toInput, S.LoadBytes(which + f)));
                        byFilter.Take(value, S.Or(at, dead), f);
                    }
                    for (int number = 0; number < P.Value * below && DX != null; number++)
                    {
                        if (number % below >= P.Value) continue;
                        ulong chosen = P.Value == 1 ? alive : alive & Choosing(which + begin, number);
                        if (chosen == 0) continue;
                        int pixel = pixel0 + number / below * across + number % below;
                        byPixel[pixel * room + pixelCounts[pixel]++] = new LiveFilters { Bits = chosen, First = begin, At = (int)(dy + begin - dy0) };
                    }
                }
                byFilter.EndWindow();
            }
    }

    /// <summary>Which of up to 64 filters of a window chose a pixel: a bit for each. Bits behind the filters may be set.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Choosing(byte* which, int number) =>
        Vector512.Equals(Vector512.Load(which), Vector512.Create((byte)number)).ExtractMostSignificantBits();

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private readonly void InputGradient(int image, float* kernel, float* padded, LiveFilters* marks, int* counts)
    {
        float* dx = DX + (long)image * Shape.InputSize, dy = DY + (long)image * Shape.OutputSize, gradient = Shape.IsPadded ? padded : dx;
        if (Shape.Kernel == 3 && Shape.Stride == 1) SweepImage<Three, One>(gradient, dy, kernel, marks, counts);
        else if (Shape.Kernel == 3) SweepImage<Three, Two>(gradient, dy, kernel, marks, counts);
        else if (Shape.Stride == 1) SweepImage<Five, One>(gradient, dy, kernel, marks, counts);
        else SweepImage<Five, Two>(gradient, dy, kernel, marks, counts);
        if (!Shape.IsPadded) return;
        gradient += Shape.PadTop * PaddedLine + Shape.PadLeft * Shape.Channels;
        for (int row = 0; row < Shape.Height; row++)
            new ReadOnlySpan<float>(gradient + (long)row * PaddedLine, Shape.Line).CopyTo(new Span<float>(dx + (long)row * Shape.Line, Shape.Line));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private readonly void SweepImage<K, T>(float* dx, float* dy, float* kernel, LiveFilters* marks, int* counts)
        where K : struct, INumber where T : struct, INumber
    {
        int block = Block(Shape), rows = Shape.Rows, across = Shape.Columns, line = PaddedLine, spread = Shape.Dilation;
        int rowsAtATime = RowsAtATime(Shape), slice = Shape.Filters * rowsAtATime * K.Value * block;
        // Rows and columns that no window reads get zeros.
        int reach = (K.Value - 1) * spread + 1;
        int read = ((across - 1) * T.Value + reach) * Shape.Channels, readRows = (rows - 1) * T.Value + reach;
        for (int row = 0; row < readRows && read < line; row++) new Span<float>(dx + row * line + read, line - read).Clear();
        new Span<float>(dx + readRows * line, (Shape.PaddedHeight - readRows) * line).Clear();
        // A slice of the kernel stays in the first-level cache while all pixels go by: a block of channels of one of its rows, or of all.
        for (int ky = 0; ky < K.Value; ky += rowsAtATime)
            for (int c = 0; c < Shape.Channels; c += block, kernel += slice)
                for (int row = 0; row < rows; row++)
                    // Pixels whose taps meet the same columns lie a dilation apart.
                    for (int first = 0; first < spread; first++)
                    {
                        var marked = marks + (row * across + first) * PixelRoom;
                        int* count = counts + row * across + first;
                        int pixels = (across - first + spread - 1) / spread;
                        float* to = dx + (row * T.Value + ky * spread) * line + first * Shape.Channels + c;
                        if (rowsAtATime > 1)
                        {
                            if (block == 2 * S.Lanes) SweepRows<Two, T>(marked, count, pixels, dy, kernel, to, row);
                            else SweepRows<One, T>(marked, count, pixels, dy, kernel, to, row);
                            continue;
                        }
                        // The first row of the kernel that reaches a row of dx begins its sums; later ones add to them.
                        bool add = ky >= T.Value && row < rows - spread;
                        if (block == 4 * S.Lanes) SweepRow<K, Four, T>(marked, count, pixels, dy, kernel, to, add);
                        else if (block == 2 * S.Lanes) SweepRow<K, Two, T>(marked, count, pixels, dy, kernel, to, add);
                        else SweepRow<K, One, T>(marked, count, pixels, dy, kernel, to, add);
                    }
    }

    /// <summary>Each pixel of a row adds to three columns of three rows of dx. The sums of columns that later pixels reach stay in registers.</summary>
    /// <typeparam name="N">Vectors: 1 or 2.</typeparam>
    /// <typeparam name="T">Columns from a pixel to the next: 1 or 2.</typeparam>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private readonly void SweepRows<N, T>(LiveFilters* marks, int* counts, int pixels, float* dy, float* kernel, float* dx, int row)
        where N : struct, INumber where T : struct, INumber
    {
        nint spread = Shape.Dilation, step = spread * Shape.Channels, room = spread * PixelRoom;
        float* dx1 = dx + spread * PaddedLine, dx2 = dx1 + spread * PaddedLine;
        // A row of dx that a row of pixels above reaches too has sums already: these are added to.
        bool add0 = T.Value == 1 ? row >= spread : row > 0, add1 = T.Value == 1 && row >= spread;
        V zero = S.Splat(0);
        V a00 = zero, a01 = zero, a10 = zero, a11 = zero, a20 = zero, a21 = zero;
        V b00 = zero, b01 = zero, b10 = zero, b11 = zero, b20 = zero, b21 = zero;
        V c00 = zero, c01 = zero, c10 = zero, c11 = zero, c20 = zero, c21 = zero;
        for (; pixels > 0; pixels--, counts += spread, marks += room)
        {
            var mark = marks;
            for (var end = mark + *counts; mark < end; mark++)
            {
                float* values = dy + mark->At, first = kernel + mark->First * (9 * N.Value * S.Lanes);
                for (ulong filters = mark->Bits; filters != 0; filters &= filters - 1)
                {
                    nint f = BitOperations.TrailingZeroCount(filters);
                    V value = S.Splat(values[f]);
                    float* from = first + f * (9 * N.Value * S.Lanes);
                    a00 = S.Fma(S.Load(from), value, a00);
                    if (N.Value > 1) a01 = S.Fma(S.Load(from + S.Lanes), value, a01);
                    a10 = S.Fma(S.Load(from + N.Value * S.Lanes), value, a10);
                    if (N.Value > 1) a11 = S.Fma(S.Load(from + 3 * S.Lanes), value, a11);
                    a20 = S.Fma(S.Load(from + 2 * N.Value * S.Lanes), value, a20);
                    if (N.Value > 1) a21 = S.Fma(S.Load(from + 5 * S.Lanes), value, a21);
                    b00 = S.Fma(S.Load(from + 3 * N.Value * S.Lanes), value, b00);
                    if (N.Value > 1) b01 = S.Fma(S.Load(from + 7 * S.Lanes), value, b01);
                    b10 = S.Fma(S.Load(from + 4 * N.Value * S.Lanes), value, b10);
                    if (N.Value > 1) b11 = S.Fma(S.Load(from + 9 * S.Lanes), value, b11);
                    b20 = S.Fma(S.Load(from + 5 * N.Value * S.Lanes), value, b20);
                    if (N.Value > 1) b21 = S.Fma(S.Load(from + 11 * S.Lanes), value, b21);
                    c00 = S.Fma(S.Load(from + 6 * N.Value * S.Lanes), value, c00);
                    if (N.Value > 1) c01 = S.Fma(S.Load(from + 13 * S.Lanes), value, c01);
                    c10 = S.Fma(S.Load(from + 7 * N.Value * S.Lanes), value, c10);
                    if (N.Value > 1) c11 = S.Fma(S.Load(from + 15 * S.Lanes), value, c11);
                    c20 = S.Fma(S.Load(from + 8 * N.Value * S.Lanes), value, c20);
                    if (N.Value > 1) c21 = S.Fma(S.Load(from + 17 * S.Lanes), value, c21);
                }
            }
            Keep<N>(dx, a00, a01, zero, zero, add0);
            Keep<N>(dx1, b00, b01, zero, zero, add1);
            Keep<N>(dx2, c00, c01, zero, zero, false);
            dx += step;
            dx1 += step;
            dx2 += step;
            if (T.Value == 1)
            {
                (a00, a01, b00, b01, c00, c01) = (a10, a11, b10, b11, c10, c11);
                (a10, a11, b10, b11, c10, c11) = (a20, a21, b20, b21, c20, c21);
            }
            else
            {
                Keep<N>(dx, a10, a11, zero, zero, add0);
                Keep<N>(dx1, b10, b11, zero, zero, add1);
                Keep<N>(dx2, c10, c11, zero, zero, false);
                dx += step;
                dx1 += step;
                dx2 += step;
                (a00, a01, b00, b01, c00, c01) = (a20, a21, b20, b21, c20, c21);
                (a10, a11, b10, b11, c10, c11) = (zero, zero, zero, zero, zero, zero);
            }
            (a20, a21, b20, b21, c20, c21) = (zero, zero, zero, zero, zero, zero);
        }
        Keep<N>(dx, a00, a01, zero, zero, add0);
        Keep<N>(dx1, b00, b01, zero, zero, add1);
        Keep<N>(dx2, c00, c01, zero, zero, false);
        if (T.Value == 2) return;
        Keep<N>(dx + step, a10, a11, zero, zero, add0);
        Keep<N>(dx1 + step, b10, b11, zero, zero, add1);
        Keep<N>(dx2 + step, c10, c11, zero, zero, false);
    }

    /// <summary>Each pixel of a row adds to as many columns of one row of dx as the kernel has.</summary>
    /// <typeparam name="K">Taps of the kernel's row: 3, or 5.</typeparam>
    /// <typeparam name="N">Vectors: 1 or 2, with 3 taps also 4.</typeparam>
    /// <typeparam name="T">Columns from a pixel to the next: 1 or 2.</typeparam>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private readonly void SweepRow<K, N, T>(LiveFilters* marks, int* counts, int pixels, float* dy, float* kernel, float* dx, bool add)
        where K : struct, INumber where N : struct, INumber where T : struct, INumber
    {
        nint spread = Shape.Dilation, step = spread * Shape.Channels, room = spread * PixelRoom;
        V zero = S.Splat(0);
        V s00 = zero, s01 = zero, s02 = zero, s03 = zero;
        V s10 = zero, s11 = zero, s12 = zero, s13 = zero;
        V s20 = zero, s21 = zero, s22 = zero, s23 = zero;
        V s30 = zero, s31 = zero, s40 = zero, s41 = zero;
        for (; pixels > 0; pixels--, counts += spread, marks += room)
        {
            var mark = marks;
            for (var end = mark + *counts; mark < end; mark++)
            {
                float* values = dy + mark->At, first = kernel + mark->First * (K.Value * N.Value * S.Lanes);
                for (ulong filters = mark->Bits; filters != 0; filters &= filters - 1)
                {
                    nint f = BitOperations.TrailingZeroCount(filters);
                    V value = S.Splat(values[f]);
                    float* from = first + f * (K.Value * N.Value * S.Lanes);
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
            }
            for (int column = 0; column < T.Value; column++, dx += step)
            {
                Keep<N>(dx, s00, s01, s02, s03, add);
                (s00, s01, s02, s03) = (s10, s11, s12, s13);
                (s10, s11, s12, s13) = (s20, s21, s22, s23);
                if (K.Value == 3) (s20, s21, s22, s23) = (zero, zero, zero, zero);
                else (s20, s21, s30, s31, s40, s41) = (s30, s31, s40, s41, zero, zero);
            }
        }
        // The columns that are still in registers: the kernel's columns less a step.
        Keep<N>(dx, s00, s01, s02, s03, add);
        if (T.Value == 1) Keep<N>(dx + step, s10, s11, s12, s13, add);
        if (K.Value == 3) return;
        if (T.Value == 2) Keep<N>(dx + step, s10, s11, s12, s13, add);
        Keep<N>(dx + 2 * step, s20, s21, s22, s23, add);
        if (T.Value == 1) Keep<N>(dx + 3 * step, s30, s31, zero, zero, add);
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
    /// [image][pixel][channel] becomes [one or two vectors of channels][image][pixel][lane], with the padding. In the first layout the same vector
    /// of two neighbouring pixels lies all channels apart, so that these vectors compete for a few cache sets.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private readonly void SplitChannels(float* from, int images, float* to)
    {
        int near = Vectors * S.Lanes;
        nint vector = (nint)images * Shape.PaddedHeight * Shape.PaddedWidth * near;
        if (Shape.IsPadded) new Span<float>(to, images * PaddedFloats).Clear();
        for (int row = 0; row < images * Shape.Height; row++)
        {
            float* place = to + ((nint)(row / Shape.Height * Shape.PaddedHeight + Shape.PadTop + row % Shape.Height) * Shape.PaddedWidth
                + Shape.PadLeft) * near;
            for (int column = 0; column < Shape.Width; column++, place += near)
            {
                float* at = place;
                for (int c = 0; c < Shape.Channels; c += near, at += vector)
                {
                    S.Store(S.Load(from), at);
                    if (near > S.Lanes) S.Store(S.Load(from + S.Lanes), at + S.Lanes);
                    from += near;
                }
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private readonly void KernelGradient(float* inputs, int images, in FilterLists<S, V> lists, float* to, bool add, bool skips)
    {
        int near = Vectors * S.Lanes;
        nint line = (nint)Shape.PaddedWidth * near, vector = images * Shape.PaddedHeight * line;
        for (int c = 0; c < Shape.Channels; c += near, inputs += vector)
            for (int f = 0; f < Shape.Filters; f++)
            {
                lists.Get(f, out int* ats, out float* values, out int count);
                if (count == 0 && skips) continue;
                float* taps = to + (long)f * Shape.Depth + c;
                if (Shape.Kernel == 5) SumTaps<Five, One, One>(ats, values, count, inputs, line, taps, add);
                else if (near > S.Lanes && Shape.Dilation == 1) SumTaps<Three, One, Two>(ats, values, count, inputs, line, taps, add);
                else if (near > S.Lanes) SumTaps<Three, Two, Two>(ats, values, count, inputs, line, taps, add);
                else if (Shape.Dilation == 1) SumTaps<Three, One, One>(ats, values, count, inputs, line, taps, add);
                else SumTaps<Three, Two, One>(ats, values, count, inputs, line, taps, add);
            }
    }

    /// <summary>to[tap] (+)= Σ value · x[pixel + tap] over a list, for one or two vectors of channels.</summary>
    /// <typeparam name="K">Taps of a row of the kernel: 3 or 5. The sums of all taps fit AVX-512's registers.</typeparam>
    /// <typeparam name="D">Pixels from a tap to the next: 1, with 3 taps also 2.</typeparam>
    /// <typeparam name="N">Vectors: 1, with 3 taps also 2.</typeparam>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private readonly void SumTaps<K, D, N>(int* ats, float* values, int count, float* x0, nint line, float* to, bool add)
        where K : struct, INumber where D : struct, INumber where N : struct, INumber
    {
        nint down = D.Value * line, step = Shape.Channels, next = D.Value * N.Value * S.Lanes;
        V zero = S.Splat(0);
        V s00 = zero, s01 = zero, s02 = zero, s03 = zero, s04 = zero;
        V s10 = zero, s11 = zero, s12 = zero, s13 = zero, s14 = zero;
        V s20 = zero, s21 = zero, s22 = zero, s23 = zero, s24 = zero;
        V s30 = zero, s31 = zero, s32 = zero, s33 = zero, s34 = zero;
        V s40 = zero, s41 = zero, s42 = zero, s43 = zero, s44 = zero;
        // The sums of the second vector.
        V t00 = zero, t01 = zero, t02 = zero, t10 = zero, t11 = zero, t12 = zero, t20 = zero, t21 = zero, t22 = zero;
        float* x1 = x0 + down, x2 = x1 + down, x3 = x2 + down, x4 = x3 + down;
        for (nint i = 0; i < count; i++)
        {
            V value = S.Splat(values[i]);
            nint at = ats[i];
            s00 = S.Fma(S.Load(x0 + at), value, s00);
            if (N.Value > 1) t00 = S.Fma(S.Load(x0 + at + S.Lanes), value, t00);
            s01 = S.Fma(S.Load(x0 + at + next), value, s01);
            if (N.Value > 1) t01 = S.Fma(S.Load(x0 + at + next + S.Lanes), value, t01);
            s02 = S.Fma(S.Load(x0 + at + 2 * next), value, s02);
            if (N.Value > 1) t02 = S.Fma(S.Load(x0 + at + 2 * next + S.Lanes), value, t02);
            s10 = S.Fma(S.Load(x1 + at), value, s10);
            if (N.Value > 1) t10 = S.Fma(S.Load(x1 + at + S.Lanes), value, t10);
            s11 = S.Fma(S.Load(x1 + at + next), value, s11);
            if (N.Value > 1) t11 = S.Fma(S.Load(x1 + at + next + S.Lanes), value, t11);
            s12 = S.Fma(S.Load(x1 + at + 2 * next), value, s12);
            if (N.Value > 1) t12 = S.Fma(S.Load(x1 + at + 2 * next + S.Lanes), value, t12);
            s20 = S.Fma(S.Load(x2 + at), value, s20);
            if (N.Value > 1) t20 = S.Fma(S.Load(x2 + at + S.Lanes), value, t20);
            s21 = S.Fma(S.Load(x2 + at + next), value, s21);
            if (N.Value > 1) t21 = S.Fma(S.Load(x2 + at + next + S.Lanes), value, t21);
            s22 = S.Fma(S.Load(x2 + at + 2 * next), value, s22);
            if (N.Value > 1) t22 = S.Fma(S.Load(x2 + at + 2 * next + S.Lanes), value, t22);
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
        if (N.Value > 1)
        {
            to += S.Lanes;
            StoreTaps<K>(t00, t01, t02, zero, zero, to, step, add);
            StoreTaps<K>(t10, t11, t12, zero, zero, to + K.Value * step, step, add);
            StoreTaps<K>(t20, t21, t22, zero, zero, to + 2 * K.Value * step, step, add);
        }
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
/// The kernel as <see cref="SparseBackward{S, V}"/> reads it for dx: [rows at a time][block of channels][filter][row of these][column][channel of the
/// block]. A piece is a tap.
/// </summary>
internal unsafe struct TurnForGradient<S, V> : ITransform where S : struct, ISimd<V> where V : struct
{
    public float* From;
    public PooledConvolution Shape;

    public float* To { get; set; }

    public readonly int Pieces => Shape.Taps;

    public readonly long Size => CacheLines.RoundUp((long)Shape.Depth * Shape.Filters);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public readonly void Run(int tap)
    {
        int ky = tap / Shape.Kernel, kx = tap % Shape.Kernel, block = SparseBackward<S, V>.Block(Shape);
        int rows = SparseBackward<S, V>.RowsAtATime(Shape), row = rows * Shape.Kernel * block, slice = Shape.Filters * row, blocks = Shape.Channels / block;
        for (int c = 0; c < Shape.Channels; c += S.Lanes)
        {
            float* from = From + (tap * Shape.Channels + c) * Shape.Filters;
            float* to = To + (long)(ky / rows * blocks + c / block) * slice + (ky % rows * Shape.Kernel + kx) * block + c % block;
            for (int f = 0; f < Shape.Filters; f += S.Lanes) S.Transpose(from + f, Shape.Filters, to + f * row, row);
        }
    }
}

/// <summary>To[depth][filter] = the sum From[filter][depth]; a piece is a run of depths.</summary>
internal unsafe struct SumAndTurn<S, V> : IPieces where S : struct, ISimd<V> where V : struct
{
    private const int DepthsPerPiece = 16;
    public PieceSums From;
    public float* To;
    public int Depth, Filters;

    public static int Pieces(int depth) => (depth + DepthsPerPiece - 1) / DepthsPerPiece;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public readonly void Run(int piece)
    {
        int first = piece * DepthsPerPiece, count = Math.Min(DepthsPerPiece, Depth - first);
        float* sums = stackalloc float[S.Lanes * DepthsPerPiece];
        const int rows = 4;
        nint from = first;
        float* to = To + first * Filters;
        for (int f = 0; f < Filters; f += S.Lanes, to += S.Lanes)
        {
            for (float* sum = sums; sum < sums + S.Lanes * DepthsPerPiece; sum += rows * DepthsPerPiece, from += rows * Depth)
                for (int d = 0; d < count; d += S.Lanes) From.Sum<S, V, Four>(from + d, Depth, sum + d, DepthsPerPiece);
            for (int d = 0; d < count; d += S.Lanes) S.Transpose(sums + d, DepthsPerPiece, to + d * Filters, Filters);
        }
    }
}
