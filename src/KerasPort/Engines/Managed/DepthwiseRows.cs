using System.Runtime.CompilerServices;
using KerasPort.Layers;

namespace KerasPort.Engines.Managed;

/// <summary>
/// The depthwise convolution and its input's gradient, row by row: To[y][x][c] = start[c] + Σ From[·][·][c] · kernel[tap][c] over the taps that lie
/// in the image. A piece is a run of rows.
/// </summary>
/// <remarks>
/// The taps of a row's pixels are listed first (<see cref="RowTaps"/>), for as many rows as share them. Pixels in the middle have all taps and are summed
/// four at a time; each of the others has a list of its own, by which four rows' pixels are summed at a time. No border is copied.
/// </remarks>
internal unsafe struct DepthwiseRows<S, V> : IPieces, IWork where S : struct, ISimd<V> where V : struct
{
    public Window2D Window;
    public float* From, To, Kernel, Start;
    public int Channels, FromHeight, FromWidth, ToHeight, ToWidth, Rows, RowsPerPiece;
    public bool HasRelu, IsGradient;

    /// <summary>Runs of pixels of a row that read the same taps: a stride apart in the gradient, else all of them.</summary>
    public int Phases;

    /// <summary>Room for the lists of each thread.</summary>
    public long* Lists;

    public readonly int Taps => Window.KernelHeight * Window.KernelWidth;

    public readonly long LongsPerThread => (long)Taps * RowTaps.LongsPerTap;

    public readonly long Work => (long)Rows * ToWidth * Channels * Taps / (IsGradient ? Window.StrideX * Window.StrideY : 1);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public readonly void Run(int piece)
    {
        int last = Math.Min((piece + 1) * RowsPerPiece, Rows);
        for (int phase = 0; phase < Phases; phase++)
        {
            var taps = new RowTaps(Window, IsGradient, phase, FromHeight, FromWidth, ToWidth, Lists + Workers.CurrentThread * LongsPerThread);
            for (int row = piece * RowsPerPiece; row < last;)
            {
                int inImage = row % ToHeight, alike = taps.ListOf(inImage, Math.Min(last - row, ToHeight - inImage));
                RunRows(row / ToHeight, inImage, alike, taps);
                row += alike;
            }
        }
    }

    private readonly void RunRows(int image, int row, int rows, in RowTaps taps)
    {
        int first = taps.First, end = taps.End;
        float* from = From + ((long)image * FromHeight + taps.FromRow) * FromWidth * Channels;
        float* to = To + (((long)image * ToHeight + row) * ToWidth + taps.Phase) * Channels;
        nint stepTo = (nint)(IsGradient ? Window.StrideX : 1) * Channels, stepFrom = (nint)(IsGradient ? 1 : Window.StrideX) * Channels;
        nint downTo = (nint)ToWidth * Channels, downFrom = (nint)(IsGradient ? 1 : Window.StrideY) * FromWidth * Channels;
        for (int pixel = 0; pixel < taps.Pixels; pixel++)
        {
            if (pixel == first && first < end) pixel = end;
            if (pixel >= taps.Pixels) break;
            Pixels(from + pixel * stepFrom, downFrom, taps.Some, taps.ListOfPixel(pixel), to + pixel * stepTo, downTo, rows);
        }
        int lines = ToWidth * Channels / CacheLines.Floats;
        for (; first < end && rows > 0; rows--, from += downFrom, to += downTo)
        {
            // The next row's.
            Prefetch.Fetch(to + downTo, lines);
            Pixels(from + first * stepFrom, stepFrom, taps.All, taps.Count, to + first * stepTo, stepTo, end - first);
        }
    }

    /// <summary>Computes pixels that all read the same taps.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private readonly void Pixels(float* from, nint stepFrom, long* taps, int count, float* to, nint stepTo, int pixels)
    {
        float* aside = stackalloc float[4 * S.Lanes];
        int step = pixels >= 4 ? 4 : 1;
        for (int pixel = 0, next; pixel < pixels; pixel = next)
        {
            // The last four may include pixels that are done: computing those twice is faster than the rest one by one.
            next = pixel + step;
            pixel = Math.Min(pixel, pixels - step);
            // All channels of a pixel lie together: memory is read and written in its order.
            for (int c = 0, wide; c < Channels; c += wide)
            {
                int left = Channels - c;
                wide = left >= 2 * S.Lanes ? 2 * S.Lanes : Math.Min(left, S.Lanes);
                float* start = Start == null ? null : Start + c, x = from + pixel * stepFrom + c, y = to + pixel * stepTo + c;
                // Channels that end inside a vector go through a copy.
                bool whole = wide >= S.Lanes;
                float* sums = whole ? y : aside;
                nint stepSums = whole ? stepTo : S.Lanes;
                if (wide == 2 * S.Lanes && step == 4) Sum<Four, Two>(x, stepFrom, taps, count, c, start, sums, stepSums);
                else if (wide == 2 * S.Lanes) Sum<One, Two>(x, stepFrom, taps, count, c, start, sums, stepSums);
                else if (step == 4) Sum<Four, One>(x, stepFrom, taps, count, c, start, sums, stepSums);
                else Sum<One, One>(x, stepFrom, taps, count, c, start, sums, stepSums);
                for (int i = 0; i < step && !whole; i++) new ReadOnlySpan<float>(aside + i * S.Lanes, wide).CopyTo(new Span<float>(y + i * stepTo, wide));
            }
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
            float* from = x + taps[tap * RowTaps.Short], weights = kernel + taps[tap * RowTaps.Short + 1];
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
