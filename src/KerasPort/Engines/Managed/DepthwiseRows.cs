using System.Runtime.CompilerServices;
using KerasPort.Layers;

namespace KerasPort.Engines.Managed;

/// <summary>
/// Rows of sums To[y][x][c] = start[c] + Σ From[·][·][c] · kernel[tap][c] over the taps of a window that lie in the image: the depthwise convolution,
/// and its input's gradient. A piece is a run of rows.
/// </summary>
/// <remarks>
/// What a row's pixels read is listed first: of each tap the place, and for which pixels it lies in the image. Those in the middle have all taps and
/// are summed four at a time, each of the others with a list of its own. No border is copied.
/// </remarks>
internal unsafe struct DepthwiseRows<S, V> : IPieces, IWork where S : struct, ISimd<V> where V : struct
{
    // Longs of a tap in the list: its place in From, its place in the kernel, its first pixel and the one behind its last.
    private const int Entry = 4, Short = 2;

    public Window2D Window;
    public float* From, To, Kernel, Start;
    public int Channels, FromHeight, FromWidth, ToHeight, ToWidth, Rows, RowsPerPiece;
    public bool HasRelu, IsGradient;

    /// <summary>Runs of pixels of a row that read the same taps: a stride apart in the gradient, else all of them.</summary>
    public int Phases;

    /// <summary>Room for the lists of each thread.</summary>
    public long* Lists;

    public readonly int Taps => Window.KernelHeight * Window.KernelWidth;

    public readonly long LongsPerThread => (long)Taps * (Entry + 2 * Short);

    public readonly long Work => (long)Rows * ToWidth * Channels * Taps / (IsGradient ? Window.StrideX * Window.StrideY : 1);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public readonly void Run(int piece)
    {
        int last = Math.Min((piece + 1) * RowsPerPiece, Rows);
        for (int row = piece * RowsPerPiece; row < last; row++)
            for (int phase = 0; phase < Phases; phase++) RunRow(row / ToHeight, row % ToHeight, phase);
    }

    private readonly void RunRow(int image, int row, int phase)
    {
        int apart = IsGradient ? Window.StrideX : 1, count = (ToWidth - phase + apart - 1) / apart;
        int step = IsGradient ? 1 : Window.StrideX, taps = 0, first = 0, end = count;
        long* list = Lists + Workers.CurrentThread * LongsPerThread, all = list + (long)Taps * Entry, some = all + (long)Taps * Short;
        for (int ky = 0; ky < Window.KernelHeight; ky++)
        {
            if (!Reads(row, ky, Window.StrideY, Window.PadTop, Window.DilationY, out int y) || y < 0 || y >= FromHeight) continue;
            for (int kx = 0; kx < Window.KernelWidth; kx++)
            {
                if (!Reads(phase, kx, Window.StrideX, Window.PadLeft, Window.DilationX, out int x) || x >= FromWidth) continue;
                int begin = x >= 0 ? 0 : (-x + step - 1) / step, behind = Math.Min(count, (FromWidth - 1 - x) / step + 1);
                if (begin >= behind) continue;
                long* entry = list + taps * Entry;
                (entry[0], entry[1], entry[2], entry[3]) =
                    (((long)y * FromWidth + x) * Channels, ((long)ky * Window.KernelWidth + kx) * Channels, begin, behind);
                (all[taps * Short], all[taps * Short + 1]) = (entry[0], entry[1]);
                (first, end) = (Math.Max(first, begin), Math.Min(end, behind));
                taps++;
            }
        }
        if (first >= end) first = end = count;
        float* from = From + (long)image * FromHeight * FromWidth * Channels;
        float* to = To + (((long)image * ToHeight + row) * ToWidth + phase) * Channels;
        nint stepTo = (nint)apart * Channels, stepFrom = (nint)step * Channels;
        for (int pixel = 0; pixel < count; pixel++)
        {
            if (pixel == first && first < end) pixel = end;
            if (pixel >= count) break;
            int inside = 0;
            for (int tap = 0; tap < taps; tap++)
            {
                long* entry = list + tap * Entry;
                if (pixel < entry[2] || pixel >= entry[3]) continue;
                (some[inside * Short], some[inside * Short + 1]) = (entry[0], entry[1]);
                inside++;
            }
            Pixels(from + pixel * stepFrom, stepFrom, some, inside, to + pixel * stepTo, stepTo, 1);
        }
        if (first < end) Pixels(from + first * stepFrom, stepFrom, all, taps, to + first * stepTo, stepTo, end - first);
    }

    /// <summary>The place in From that a tap of a place in To reads, if there is one.</summary>
    private readonly bool Reads(int place, int tap, int stride, int before, int dilation, out int at)
    {
        at = IsGradient ? place + before - tap * dilation : place * stride - before + tap * dilation;
        if (!IsGradient) return true;
        bool meets = at % stride == 0;
        at /= stride;
        return meets;
    }

    /// <summary>Pixels that all read these taps.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private readonly void Pixels(float* from, nint stepFrom, long* taps, int count, float* to, nint stepTo, int pixels)
    {
        float* aside = stackalloc float[4 * S.Lanes];
        for (int c = 0; c < Channels;)
        {
            int left = Channels - c, wide = left >= 2 * S.Lanes ? 2 * S.Lanes : Math.Min(left, S.Lanes), pixel = 0;
            float* start = Start == null ? null : Start + c;
            if (wide == 2 * S.Lanes)
            {
                for (; pixel <= pixels - 4; pixel += 4)
                    Sum<Four, Two>(from + pixel * stepFrom + c, stepFrom, taps, count, c, start, to + pixel * stepTo + c, stepTo);
                for (; pixel < pixels; pixel++) Sum<One, Two>(from + pixel * stepFrom + c, stepFrom, taps, count, c, start, to + pixel * stepTo + c, stepTo);
            }
            else
            {
                // What ends inside a vector goes through here.
                bool whole = wide == S.Lanes;
                for (int step; pixel < pixels; pixel += step)
                {
                    step = pixel <= pixels - 4 ? 4 : 1;
                    float* x = from + pixel * stepFrom + c, y = to + pixel * stepTo + c;
                    if (step == 4) Sum<Four, One>(x, stepFrom, taps, count, c, start, whole ? y : aside, whole ? stepTo : S.Lanes);
                    else Sum<One, One>(x, stepFrom, taps, count, c, start, whole ? y : aside, S.Lanes);
                    for (int i = 0; i < step && !whole; i++) new ReadOnlySpan<float>(aside + i * S.Lanes, wide).CopyTo(new Span<float>(y + i * stepTo, wide));
                }
            }
            c += wide;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private readonly void Sum<P, N>(float* x, nint stepX, long* taps, int count, int channel, float* start, float* y, nint stepY)
        where P : struct, INumber where N : struct, INumber
    {
        V a0 = start == null ? S.Splat(0) : S.Load(start), a1 = a0, a2 = a0, a3 = a0;
        V b0 = start == null || N.Value == 1 ? S.Splat(0) : S.Load(start + S.Lanes), b1 = b0, b2 = b0, b3 = b0;
        float* kernel = Kernel + channel;
        for (int tap = 0; tap < count; tap++)
        {
            float* from = x + taps[tap * Short], weights = kernel + taps[tap * Short + 1];
            V w = S.Load(weights), u = N.Value > 1 ? S.Load(weights + S.Lanes) : w;
            a0 = S.Fma(S.Load(from), w, a0);
            if (N.Value > 1) b0 = S.Fma(S.Load(from + S.Lanes), u, b0);
            if (P.Value == 1) continue;
            from += stepX;
            a1 = S.Fma(S.Load(from), w, a1);
            if (N.Value > 1) b1 = S.Fma(S.Load(from + S.Lanes), u, b1);
            from += stepX;
            a2 = S.Fma(S.Load(from), w, a2);
            if (N.Value > 1) b2 = S.Fma(S.Load(from + S.Lanes), u, b2);
            from += stepX;
            a3 = S.Fma(S.Load(from), w, a3);
            if (N.Value > 1) b3 = S.Fma(S.Load(from + S.Lanes), u, b3);
        }
        Store<N>(a0, b0, y);
        if (P.Value == 1) return;
        Store<N>(a1, b1, y + stepY);
        Store<N>(a2, b2, y + 2 * stepY);
        Store<N>(a3, b3, y + 3 * stepY);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly void Store<N>(V a, V b, float* y) where N : struct, INumber
    {
        S.Store(HasRelu ? Simd<S, V>.Relu(a) : a, y);
        if (N.Value > 1) S.Store(HasRelu ? Simd<S, V>.Relu(b) : b, y + S.Lanes);
    }
}

/// <summary>
/// Sums over pixels To[group][tap][c] = Σ X[pixel + tap][c] · DY[pixel][c], for images that have their padding: a depthwise kernel's gradient. A
/// piece is a vector of channels of a group of images.
/// </summary>
internal unsafe struct DepthwiseTaps<S, V> : IPieces, IWork where S : struct, ISimd<V> where V : struct
{
    /// <summary>Groups of images at the most, whose sums are added up afterwards.</summary>
    public const int MostGroups = 16;

    // Taps at a time: their sums, dy and a value read stay in AVX2's 16 registers.
    private const int AtATime = 9;

    public Window2D Window;
    public float* X, DY, To;
    public int Images, Groups, Panels;

    public readonly long Work => (long)Images * Window.OutputSize * Window.KernelHeight * Window.KernelWidth;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public readonly void Run(int piece)
    {
        int group = piece / Panels, channel = piece % Panels * S.Lanes, taps = Window.KernelHeight * Window.KernelWidth;
        int first = (int)((long)Images * group / Groups), end = (int)((long)Images * (group + 1) / Groups), wide = Math.Min(S.Lanes, Window.Filters - channel);
        float* sums = stackalloc float[AtATime * S.Lanes];
        float* to = To + (long)group * taps * Window.Filters + channel;
        for (int tap = 0; tap < taps; tap += AtATime)
        {
            Sum(tap, taps, channel, first, end, sums);
            for (int i = 0; i < Math.Min(AtATime, taps - tap); i++)
                new ReadOnlySpan<float>(sums + i * S.Lanes, wide).CopyTo(new Span<float>(to + (long)(tap + i) * Window.Filters, wide));
        }
    }

    private readonly nint PlaceOf(int tap, int taps)
    {
        // Those beyond the last are summed for nothing.
        tap = Math.Min(tap, taps - 1);
        return ((nint)(tap / Window.KernelWidth) * Window.DilationY * Window.PaddedWidth + tap % Window.KernelWidth * Window.DilationX) * Window.Filters;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private readonly void Sum(int tap, int taps, int channel, int first, int end, float* sums)
    {
        int filters = Window.Filters, rows = Window.OutHeight, columns = Window.OutWidth;
        nint line = (nint)Window.PaddedWidth * filters, image = Window.PaddedHeight * line;
        nint across = (nint)Window.StrideX * filters, down = Window.StrideY * line;
        nint p0 = PlaceOf(tap, taps), p1 = PlaceOf(tap + 1, taps), p2 = PlaceOf(tap + 2, taps), p3 = PlaceOf(tap + 3, taps), p4 = PlaceOf(tap + 4, taps);
        nint p5 = PlaceOf(tap + 5, taps), p6 = PlaceOf(tap + 6, taps), p7 = PlaceOf(tap + 7, taps), p8 = PlaceOf(tap + 8, taps);
        V s0 = S.Splat(0), s1 = s0, s2 = s0, s3 = s0, s4 = s0, s5 = s0, s6 = s0, s7 = s0, s8 = s0;
        float* dy = DY + (long)first * Window.OutputSize + channel;
        for (int i = first; i < end; i++)
            for (int row = 0; row < rows; row++)
            {
                float* x = X + i * image + row * down + channel;
                for (int column = columns; column > 0; column--)
                {
                    V g = S.Load(dy);
                    s0 = S.Fma(S.Load(x + p0), g, s0);
                    s1 = S.Fma(S.Load(x + p1), g, s1);
                    s2 = S.Fma(S.Load(x + p2), g, s2);
                    s3 = S.Fma(S.Load(x + p3), g, s3);
                    s4 = S.Fma(S.Load(x + p4), g, s4);
                    s5 = S.Fma(S.Load(x + p5), g, s5);
                    s6 = S.Fma(S.Load(x + p6), g, s6);
                    s7 = S.Fma(S.Load(x + p7), g, s7);
                    s8 = S.Fma(S.Load(x + p8), g, s8);
                    x += across;
                    dy += filters;
                }
            }
        S.Store(s0, sums);
        S.Store(s1, sums + S.Lanes);
        S.Store(s2, sums + 2 * S.Lanes);
        S.Store(s3, sums + 3 * S.Lanes);
        S.Store(s4, sums + 4 * S.Lanes);
        S.Store(s5, sums + 5 * S.Lanes);
        S.Store(s6, sums + 6 * S.Lanes);
        S.Store(s7, sums + 7 * S.Lanes);
        S.Store(s8, sums + 8 * S.Lanes);
    }
}
