using KerasPort.Layers;

namespace KerasPort.Engines.Managed;

/// <summary>
/// The gradient of a depthwise kernel: To[group][tap][c] = Σ X[pixel + tap][c] · DY[pixel][c] over all pixels of the group's images, those of X around
/// an image being zeros. A piece is a group of images.
/// </summary>
/// <remarks>
/// A band of a padded image's rows is set into the thread's scratch and read from the second-level cache for each tap. The sums, a vector for each tap
/// and vector of channels, go on from band to band.
/// </remarks>
internal unsafe struct DepthwiseTaps<S, V> : IPieces, IWork where S : struct, ISimd<V> where V : struct
{
    /// <summary>The most groups of images. The groups' sums are added up afterwards.</summary>
    public const int MostGroups = 16;

    // Taps summed at a time: their sums, dy and a value of x fit into AVX2's 16 registers.
    private const int AtATime = 9;

    private const int FloatsOfBand = 1 << 15;

    public Window2D Window;
    public float* X, DY, To;
    public int Images, Groups;

    /// <summary>Room for each thread: the sums, then a band.</summary>
    public float* Scratch;

    public readonly long Work => (long)Images * Window.OutputSize * Taps;

    public readonly long ScratchSize => SumsSize + (Window.IsPadded ? (long)RowsRead(RowsOfBand) * Line + S.Lanes : 0);

    private readonly int Taps => Window.KernelHeight * Window.KernelWidth;

    private readonly int Blocks => (Taps + AtATime - 1) / AtATime;

    private readonly long SumsSize => (long)(Window.Filters + S.Lanes - 1) / S.Lanes * Blocks * AtATime * S.Lanes;

    /// <summary>Floats of a row of the band.</summary>
    private readonly int Line => Window.PaddedWidth * Window.Filters;

    /// <summary>Rows of outputs that read one band.</summary>
    private readonly int RowsOfBand => Math.Clamp((FloatsOfBand / Line - RowsRead(1)) / Window.StrideY + 1, 1, Window.OutHeight);

    private readonly int RowsRead(int rows) => (rows - 1) * Window.StrideY + (Window.KernelHeight - 1) * Window.DilationY + 1;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public readonly void Run(int group)
    {
        int first = (int)((long)Images * group / Groups), end = (int)((long)Images * (group + 1) / Groups), filters = Window.Filters;
        float* sums = Scratch + Workers.CurrentThread * ScratchSize, band = sums + SumsSize;
        new Span<float>(sums, (int)SumsSize).Clear();
        for (int image = first; image < end; image++)
            for (int row = 0; row < Window.OutHeight; row += RowsOfBand)
            {
                int rows = Math.Min(RowsOfBand, Window.OutHeight - row);
                float* dy = DY + (long)image * Window.OutputSize + (long)row * Window.OutWidth * filters;
                float* x = X + (long)image * Window.InputSize + (long)row * Window.StrideY * Window.Width * filters;
                // What lies behind is read next. Each row's share of it is fetched while that row is summed.
                int steps = (filters + S.Lanes - 1) / S.Lanes * Blocks * rows;
                var soon = new Soon(x, rows * Window.StrideY * Window.Width * filters, dy, rows * Window.OutWidth * filters, steps);
                if (Window.IsPadded) SetBand(image, row * Window.StrideY - Window.PadTop, rows, x = band);
                float* at = sums;
                for (int channel = 0; channel < filters; channel += S.Lanes)
                    for (int tap = 0; tap < Taps; tap += AtATime, at += AtATime * S.Lanes) Sum(tap, x + channel, dy + channel, rows, at, ref soon);
            }

        float* to = To + (long)group * Taps * filters;
        for (int channel = 0; channel < filters; channel += S.Lanes, sums += Blocks * AtATime * S.Lanes)
            for (int tap = 0; tap < Taps; tap++)
            {
                int wide = Math.Min(S.Lanes, filters - channel);
                new ReadOnlySpan<float>(sums + tap * S.Lanes, wide).CopyTo(new Span<float>(to + (long)tap * filters + channel, wide));
            }
    }

    /// <summary>Copies the rows of an image that rows of outputs read, with zeros around it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private readonly void SetBand(int image, int top, int rows, float* band)
    {
        int filters = Window.Filters, left = Window.PadLeft * filters, run = Window.Width * filters;
        for (int row = top; row < top + RowsRead(rows); row++, band += Line)
        {
            if (row < 0 || row >= Window.Height)
            {
                new Span<float>(band, Line).Clear();
                continue;
            }
            new Span<float>(band, left).Clear();
            Simd<S, V>.Copy(X + (long)image * Window.InputSize + (long)row * run, band + left, run);
            new Span<float>(band + left + run, Line - left - run).Clear();
        }
    }

    private readonly nint PlaceOf(int tap)
    {
        // Taps beyond the last one repeat it; their sums aren't used.
        tap = Math.Min(tap, Taps - 1);
        return (nint)(tap / Window.KernelWidth) * Window.DilationY * Line + (nint)(tap % Window.KernelWidth) * Window.DilationX * Window.Filters;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private readonly void Sum(int tap, float* top, float* dy, int rows, float* sums, ref Soon soon)
    {
        int filters = Window.Filters, columns = Window.OutWidth;
        nint across = (nint)Window.StrideX * filters, down = (nint)Window.StrideY * Line;
        nint p0 = PlaceOf(tap), p1 = PlaceOf(tap + 1), p2 = PlaceOf(tap + 2), p3 = PlaceOf(tap + 3), p4 = PlaceOf(tap + 4);
        nint p5 = PlaceOf(tap + 5), p6 = PlaceOf(tap + 6), p7 = PlaceOf(tap + 7), p8 = PlaceOf(tap + 8);
        V s0 = S.Load(sums), s1 = S.Load(sums + S.Lanes), s2 = S.Load(sums + 2 * S.Lanes), s3 = S.Load(sums + 3 * S.Lanes), s4 = S.Load(sums + 4 * S.Lanes);
        V s5 = S.Load(sums + 5 * S.Lanes), s6 = S.Load(sums + 6 * S.Lanes), s7 = S.Load(sums + 7 * S.Lanes), s8 = S.Load(sums + 8 * S.Lanes);
        for (int row = 0; row < rows; row++)
        {
            float* x = top + row * down;
            soon.Fetch();
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

    /// <summary>Images and gradients behind the ones at hand, prefetched in as many steps.</summary>
    private ref struct Soon(float* x, int ofX, float* dy, int ofDY, int steps)
    {
        private readonly int _linesX = (ofX / CacheLines.Floats + steps - 1) / steps, _linesDY = (ofDY / CacheLines.Floats + steps - 1) / steps;
        private float* _x = x + ofX, _dy = dy + ofDY;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Fetch()
        {
            Prefetch.Fetch(_x, _linesX);
            Prefetch.Fetch(_dy, _linesDY);
            _x += _linesX * CacheLines.Floats;
            _dy += _linesDY * CacheLines.Floats;
        }
    }
}
