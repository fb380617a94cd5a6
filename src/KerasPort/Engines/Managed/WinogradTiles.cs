using System.Runtime.CompilerServices;
using KerasPort.Layers;

namespace KerasPort.Engines.Managed;

/// <summary>
/// How images are cut into tiles of 2 × 2 outputs, each of which reads 4 × 4 pixels of X; those at the edge read zeros around it and have outputs
/// that aren't stored. With a dilation, pixels so far apart make images of their own.
/// </summary>
internal unsafe struct WinogradGrid<S, V> where S : struct, ISimd<V> where V : struct
{
    // Floats of a block of tiles, transformed: they stay in the second cache beside the kernel.
    private const int FloatsInCache = 1 << 17, FewestTiles = 48, MostTiles = 240, Least = 32;

    public Window2D Window;
    public int Images;

    private readonly int Across => (Window.OutWidth / Window.DilationX + 1) / 2;

    private readonly int Down => (Window.OutHeight / Window.DilationY + 1) / 2;

    private readonly int TilesOfImage => Down * Window.DilationY * Across * Window.DilationX;

    public readonly int Tiles => Images * TilesOfImage;

    /// <summary>Tiles that are transformed before their products are made: whole rows of every register tile.</summary>
    public readonly int TilesOfBlock =>
        Math.Clamp(FloatsInCache / (WinogradTransforms<S, V>.Points * (Window.Channels + Window.Filters)), FewestTiles, MostTiles) / 12 * 12;

    /// <summary>Floats from a point to the next: no power of two, which would put all points of a channel into one set of the cache.</summary>
    public readonly long PitchX => (long)TilesOfBlock * Window.Channels + 16;

    public readonly long PitchY => (long)TilesOfBlock * Window.Filters + 16;

    /// <summary>What a thread needs: both sides of the products, and zeros.</summary>
    public readonly long ScratchSize => WinogradTransforms<S, V>.Points * (PitchX + PitchY) + Zeros;

    private readonly int Zeros => WinogradTransforms<S, V>.Zeros(Math.Max(Window.Channels, Window.Filters), Window.DilationX);

    /// <summary>A row of zeros, as many as four pixels reach over, at the end of a thread's scratch.</summary>
    public readonly float* ClearZeros(float* scratch)
    {
        var zeros = new Span<float>(scratch + ScratchSize - Zeros, Zeros);
        zeros.Clear();
        return scratch + ScratchSize - Zeros;
    }

    /// <summary>Whether a convolution is of the kind, and large enough to be faster so.</summary>
    public static bool Fits(in Window2D w)
    {
        const double plain = 9, tile = WinogradTransforms<S, V>.Points, worth = 1.6;
        return w is { KernelHeight: 3, KernelWidth: 3, StrideY: 1, StrideX: 1, Channels: >= Least, Filters: >= Least }
            && w.Channels % S.Lanes == 0 && w.Filters % S.Lanes == 0 && w.OutHeight % w.DilationY == 0 && w.OutWidth % w.DilationX == 0
            && plain * w.Pixels >= worth * tile * new WinogradGrid<S, V> { Window = w }.TilesOfImage;
    }

    /// <summary>Transforms the pixels of X that a tile reads; <paramref name="zeros"/> are those of <see cref="ClearZeros"/>.</summary>
    public readonly void Input(float* x, int tile, float* to, float* zeros)
    {
        var (image, row, column) = Place(tile);
        WinogradTransforms<S, V>.Input(x + (long)image * Window.InputSize, Window.Height, Window.Width, Window.Channels,
            row - Window.PadTop, column - Window.PadLeft, Window.DilationY, Window.DilationX, zeros, to, PitchX);
    }

    /// <summary>Transforms the gradients of a tile's outputs.</summary>
    public readonly void OutputGradient(float* dy, int tile, float* to, float* zeros)
    {
        var (image, row, column) = Place(tile);
        int filters = Window.Filters, line = Window.OutWidth * filters;
        dy += (long)image * Window.OutputSize + (long)row * line + (long)column * filters;
        float* below = row + Window.DilationY < Window.OutHeight ? dy + (long)Window.DilationY * line : zeros;
        int next = column + Window.DilationX < Window.OutWidth ? Window.DilationX * filters : 0;
        WinogradTransforms<S, V>.OutputGradient(dy, below, next, filters, to, PitchY);
    }

    /// <summary>The tile's image, and the row and column of its first output.</summary>
    public readonly (int Image, int Row, int Column) Place(int tile)
    {
        int across = Across, down = Down, dilationY = Window.DilationY, dilationX = Window.DilationX;
        if (dilationY == 1 && dilationX == 1) return (tile / across / down, tile / across % down * 2, tile % across * 2);
        // Tiles that begin in the same rows follow each other, so that a block of them reads few rows.
        var (line, atX) = Math.DivRem(tile, across * dilationX);
        var (image, atY) = Math.DivRem(line, down * dilationY);
        return (image, atY / dilationY * 2 * dilationY + atY % dilationY, atX / dilationX * 2 * dilationX + atX % dilationX);
    }

    /// <summary>The rows of pixels that tiles read and those before them don't.</summary>
    public readonly Prefetch PixelsOf(float* x, int tile, int count) => new(EndOfPixels(x, tile - 1), EndOfPixels(x, Math.Min(tile + count, Tiles) - 1));

    /// <summary>The rows of outputs of tiles.</summary>
    public readonly Prefetch OutputsOf(float* y, int tile, int count) =>
        new(RowOfOutputs(y, tile, 0), RowOfOutputs(y, Math.Min(tile + count, Tiles) - 1, Window.DilationY + 1));

    private readonly float* EndOfPixels(float* x, int tile)
    {
        var (image, row, _) = Place(tile);
        return x + (long)image * Window.InputSize
            + (long)Math.Min(row - Window.PadTop + 3 * Window.DilationY + 1, Window.Height) * Window.Width * Window.Channels;
    }

    private readonly float* RowOfOutputs(float* y, int tile, int further)
    {
        var (image, row, _) = Place(tile);
        return y + (long)image * Window.OutputSize + (long)Math.Min(row + further, Window.OutHeight) * Window.OutWidth * Window.Filters;
    }
}

/// <summary>
/// A convolution of 3 × 3 windows by Winograd's minimal filtering: a tile's four outputs with 16 products instead of 36, summed over channels as 16
/// matrix products. A piece is a block of tiles.
/// </summary>
/// <remarks>Lavin and Gray, Fast Algorithms for Convolutional Neural Networks, CVPR 2016, section 4.1.</remarks>
internal unsafe struct WinogradTiles<S, V> : IPieces, IWork where S : struct, ISimd<V> where V : struct
{
    private const int TileRows = 6, Half = WinogradTransforms<S, V>.Points / 2;

    public WinogradGrid<S, V> Grid;
    public float* X, Bias, Y;
    public bool Relu;

    /// <summary>The transformed kernel [point][channel][filter], and the floats of a point.</summary>
    public float* Kernel;
    public int KernelPitch;

    /// <summary>Room for each thread.</summary>
    public float* Scratch;

    /// <summary>Becomes 1 where an output is no number: the sums themselves may be one.</summary>
    public int* HasNaN;

    public readonly int Pieces => (Grid.Tiles + Grid.TilesOfBlock - 1) / Grid.TilesOfBlock;

    public readonly long Work => (long)Grid.Tiles * WinogradTransforms<S, V>.Points * Grid.Window.Channels * Grid.Window.Filters;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public readonly void Run(int piece)
    {
        int channels = Grid.Window.Channels, filters = Grid.Window.Filters, block = Grid.TilesOfBlock;
        int first = piece * block, count = Math.Min(block, Grid.Tiles - first);
        float* inputs = Scratch + Workers.CurrentThread * Grid.ScratchSize, products = inputs + WinogradTransforms<S, V>.Points * Grid.PitchX;
        float* zeros = Grid.ClearZeros(inputs);
        for (int tile = 0; tile < count; tile++) Grid.Input(X, first + tile, inputs + (long)tile * channels, zeros);

        var work = new TileWork
        {
            Terms = Terms.Plain(channels, 1, filters), Tiles = (count + TileRows - 1) / TileRows, NextA = TileRows * channels, NextC = TileRows * filters,
        };
        Prefetch written = Grid.OutputsOf(Y, first, count), next = Grid.PixelsOf(X, first + count, block);
        for (int point = 0; point < WinogradTransforms<S, V>.Points; point++)
        {
            (point < Half ? written : next).Share(ref work, point % Half, Half);
            for (int f = 0, vectors; f < filters; f += vectors * S.Lanes)
            {
                work.B = Kernel + (long)point * KernelPitch + f;
                for (int r = 0; r < TileRows; r++)
                {
                    work.A[r] = (long)(inputs + point * Grid.PitchX + (long)r * channels);
                    work.C[r] = (long)(products + point * Grid.PitchY + (long)r * filters + f);
                }
                vectors = Math.Min((filters - f) / S.Lanes, S.TileColumns) switch { >= 4 => 4, >= 2 => 2, _ => 1 };
                if (vectors == 4) Tile<S, V>.Run<Six, Four, Stored>(work);
                else if (vectors == 2) Tile<S, V>.Run<Six, Two, Stored>(work);
                else Tile<S, V>.Run<Six, One, Stored>(work);
                work.LinesOfTile = 0;
            }
        }
        for (int tile = 0; tile < count; tile++) Output(products + (long)tile * filters, first + tile);
    }

    /// <summary>Aᵀ m A, the bias and relu, for all filters.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private readonly void Output(float* m, int tile)
    {
        var (image, row, column) = Grid.Place(tile);
        var window = Grid.Window;
        int filters = window.Filters, line = window.OutWidth * filters;
        nint down = (nint)window.DilationY * line, next = (nint)window.DilationX * filters;
        bool below = row + window.DilationY < window.OutHeight, right = column + window.DilationX < window.OutWidth;
        float* y = Y + (long)image * window.OutputSize + (long)row * line + (long)column * filters;
        for (int f = 0; f < filters; f += S.Lanes, y += S.Lanes)
        {
            var (c0, c1, c2, c3) = WinogradTransforms<S, V>.Output(m + f, Grid.PitchY);
            if (Bias != null)
            {
                V bias = S.Load(Bias + f);
                (c0, c1, c2, c3) = (S.Add(c0, bias), S.Add(c1, bias), S.Add(c2, bias), S.Add(c3, bias));
            }
            if (!WinogradTransforms<S, V>.AreNumbers(S.Add(S.Add(c0, c1), S.Add(c2, c3)))) *HasNaN = 1;
            S.Store(Relu ? Simd<S, V>.Relu(c0) : c0, y);
            if (right) S.Store(Relu ? Simd<S, V>.Relu(c1) : c1, y + next);
            if (below) S.Store(Relu ? Simd<S, V>.Relu(c2) : c2, y + down);
            if (below && right) S.Store(Relu ? Simd<S, V>.Relu(c3) : c3, y + down + next);
        }
    }
}

/// <summary>
/// The gradient of such a convolution's kernel, before it is transformed back: Sums[group][point][channel][filter] over the tiles of a group, in
/// blocks. A piece is a group.
/// </summary>
internal unsafe struct WinogradTaps<S, V> : IPieces, IWork where S : struct, ISimd<V> where V : struct
{
    private const int TileRows = 4, TilesOfGroup = 256, FewestGroups = 4, MostGroups = 8, Half = WinogradTransforms<S, V>.Points / 2;

    public WinogradGrid<S, V> Grid;
    public float* X, DY, Sums, Scratch;

    public readonly int Groups => Math.Clamp(Grid.Tiles / TilesOfGroup, FewestGroups, MostGroups);

    public readonly long Pitch => (long)Grid.Window.Channels * Grid.Window.Filters + 16;

    public readonly long Work => (long)Grid.Tiles * WinogradTransforms<S, V>.Points * Grid.Window.Channels * Grid.Window.Filters;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public readonly void Run(int group)
    {
        int channels = Grid.Window.Channels, filters = Grid.Window.Filters, groups = Groups;
        int first = (int)((long)Grid.Tiles * group / groups), end = (int)((long)Grid.Tiles * (group + 1) / groups);
        float* inputs = Scratch + Workers.CurrentThread * Grid.ScratchSize, outputs = inputs + WinogradTransforms<S, V>.Points * Grid.PitchX;
        float* zeros = Grid.ClearZeros(inputs), sums = Sums + group * WinogradTransforms<S, V>.Points * Pitch;
        if (first == end) new Span<float>(sums, (int)(WinogradTransforms<S, V>.Points * Pitch)).Clear();
        for (int at = first; at < end; at += Grid.TilesOfBlock)
        {
            int count = Math.Min(Grid.TilesOfBlock, end - at);
            for (int tile = 0; tile < count; tile++)
            {
                Grid.Input(X, at + tile, inputs + (long)tile * channels, zeros);
                Grid.OutputGradient(DY, at + tile, outputs + (long)tile * filters, zeros);
            }
            var work = new TileWork
            {
                Terms = Terms.Plain(count, channels, filters), Add = at > first, Tiles = channels / TileRows, NextA = TileRows, NextC = TileRows * filters,
            };
            Prefetch pixels = Grid.PixelsOf(X, at + count, Grid.TilesOfBlock), gradients = Grid.OutputsOf(DY, at + count, Grid.TilesOfBlock);
            for (int point = 0; point < WinogradTransforms<S, V>.Points; point++)
            {
                (point < Half ? pixels : gradients).Share(ref work, point % Half, Half);
                for (int f = 0, vectors; f < filters; f += vectors * S.Lanes)
                {
                    work.B = outputs + point * Grid.PitchY + f;
                    for (int r = 0; r < TileRows; r++)
                    {
                        work.A[r] = (long)(inputs + point * Grid.PitchX + r);
                        work.C[r] = (long)(sums + point * Pitch + (long)r * filters + f);
                    }
                    vectors = Math.Min((filters - f) / S.Lanes, S.TileColumns) switch { >= 4 => 4, >= 2 => 2, _ => 1 };
                    if (vectors == 4) Tile<S, V>.Run<Four, Four, Stored>(work);
                    else if (vectors == 2) Tile<S, V>.Run<Four, Two, Stored>(work);
                    else Tile<S, V>.Run<Four, One, Stored>(work);
                    work.LinesOfTile = 0;
                }
            }
        }
    }
}

/// <summary>Gᵀ s G of the groups' sums in their order: [16][channel][filter] becomes [3][3][channel][filter]. A piece is a channel.</summary>
internal unsafe struct WinogradKernelGradient<S, V> : IPieces where S : struct, ISimd<V> where V : struct
{
    public float* Sums, To;
    public int Channels, Filters, Groups;
    public long Pitch;

    /// <summary>Becomes 1 where a value is no number: the sums themselves may be one.</summary>
    public int* HasNaN;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public readonly void Run(int channel)
    {
        long next = (long)Channels * Filters;
        for (long i = (long)channel * Filters; i < (channel + 1L) * Filters; i += S.Lanes)
        {
            var (a0, a1, a2) = Column(i);
            var (b0, b1, b2) = Column(i + Pitch);
            var (c0, c1, c2) = Column(i + 2 * Pitch);
            var (d0, d1, d2) = Column(i + 3 * Pitch);
            StoreRow(a0, b0, c0, d0, To + i, next);
            StoreRow(a1, b1, c1, d1, To + i + 3 * next, next);
            StoreRow(a2, b2, c2, d2, To + i + 6 * next, next);
        }
    }

    private readonly void StoreRow(V a, V b, V c, V d, float* to, long next)
    {
        var (t0, t1, t2) = Reduced(a, b, c, d);
        if (!WinogradTransforms<S, V>.AreNumbers(S.Add(S.Add(t0, t1), t2))) *HasNaN = 1;
        S.Store(t0, to);
        S.Store(t1, to + next);
        S.Store(t2, to + 2 * next);
    }

    /// <summary>A column of Gᵀ s.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly (V, V, V) Column(long at) => Reduced(Sum(at), Sum(at + 4 * Pitch), Sum(at + 8 * Pitch), Sum(at + 12 * Pitch));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (V, V, V) Reduced(V s0, V s1, V s2, V s3)
    {
        V half = S.Splat(0.5f), both = S.Multiply(S.Add(s1, s2), half);
        return (S.Add(s0, both), S.Multiply(S.Subtract(s1, s2), half), S.Add(both, s3));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly V Sum(long at)
    {
        V sum = S.Load(Sums + at);
        for (int group = 1; group < Groups; group++) sum = S.Add(sum, S.Load(Sums + at + group * WinogradTransforms<S, V>.Points * Pitch));
        return sum;
    }
}
