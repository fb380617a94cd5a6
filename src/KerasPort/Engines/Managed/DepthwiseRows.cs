using System.Runtime.CompilerServices;
using KerasPort.Layers;

namespace KerasPort.Engines.Managed;

/// <summary>
/// The depthwise convolution and its input's gradient, row by row: To[y][x][c] = start[c] + Σ From[·][·][c] · kernel[tap][c] over the taps that lie
/// in the image. A piece is a run of rows.
/// </summary>
/// <remarks>
/// The taps of a row's pixels are listed first (<see cref="RowTaps"/>). Pixels in the middle have all taps and are summed four at a time; each of the
/// others has a list of its own. No border is copied.
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
            for (int row = piece * RowsPerPiece; row < last; row++) RunRow(row / ToHeight, row % ToHeight, ref taps);
        }
    }

    private readonly void RunRow(int image, int row, ref RowTaps taps)
    {
        taps.ListOf(row);
        int apart = IsGradient ? Window.StrideX : 1, first = taps.First, end = taps.End;
        float* from = From + ((long)image * FromHeight + taps.FromRow) * FromWidth * Channels;
        float* to = To + (((long)image * ToHeight + row) * ToWidth + taps.Phase) * Channels;
        nint stepTo = (nint)apart * Channels, stepFrom = (nint)(IsGradient ? 1 : Window.StrideX) * Channels;
        for (int pixel = 0; pixel < taps.Pixels; pixel++)
        {
            if (pixel == first && first < end) pixel = end;
            if (pixel >= taps.Pixels) break;
            Pixels(from + pixel * stepFrom, stepFrom, taps.Some, taps.ListOfPixel(pixel), to + pixel * stepTo, stepTo, 1);
        }
        if (first < end) Pixels(from + first * stepFrom, stepFrom, taps.All, taps.Count, to + first * stepTo, stepTo, end - first);
    }

    /// <summary>Computes pixels that all read the same taps.</summary>
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
                for (int next; pixel < pixels && pixels >= 4; pixel = next)
                {
                    // The last four may include pixels that are done: computing those twice is faster than the rest one by one.
                    next = pixel + 4;
                    pixel = Math.Min(pixel, pixels - 4);
                    Sum<Four, Two>(from + pixel * stepFrom + c, stepFrom, taps, count, c, start, to + pixel * stepTo + c, stepTo);
                }
                for (; pixel < pixels; pixel++) Sum<One, Two>(from + pixel * stepFrom + c, stepFrom, taps, count, c, start, to + pixel * stepTo + c, stepTo);
            }
            else
            {
                // Channels that end inside a vector go through a copy.
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
