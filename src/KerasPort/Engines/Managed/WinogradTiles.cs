using System.Runtime.CompilerServices;
using KerasPort.Layers;

namespace KerasPort.Engines.Managed;

/// <summary>
/// How images are cut into tiles of 3 × 3 outputs. Each tile reads 5 × 5 pixels of X; tiles at the edge read zeros outside of the image and
/// have outputs that aren't stored. With a dilation, the pixels that lie a dilation apart form an image of their own.
/// </summary>
internal unsafe struct WinogradGrid<S, V> where S : struct, ISimd<V> where V : struct
{
    // Floats of a block of transformed tiles: they stay in the second-level cache beside the kernel.
    private const int FloatsInCache = 1 << 17, FewestTiles = 48, MostTiles = 240, Least = 32;

    public readonly Window2D Window;
    public readonly int Images;

    public const int Points = Side * Side;

    private const int Outputs = LargeTileTransforms<S, V>.Outputs, Side = LargeTileTransforms<S, V>.Side;

    // Tiles side by side and one below the other, in an image or in each of a dilation's images. They are asked for with every tile.
    private readonly int _across, _down;

    public WinogradGrid(in Window2D window, int images)
    {
        (Window, Images) = (window, images);
        _across = (window.OutWidth / window.DilationX + Outputs - 1) / Outputs;
        _down = (window.OutHeight / window.DilationY + Outputs - 1) / Outputs;
        TilesOfBlock = Math.Clamp(FloatsInCache / (Points * (window.Channels + window.Filters)), FewestTiles, MostTiles) / 12 * 12;
        (PitchX, PitchY) = ((long)TilesOfBlock * window.Channels + 16, (long)TilesOfBlock * window.Filters + 16);
    }

    public readonly int Tiles => Images * _down * Window.DilationY * _across * Window.DilationX;

    /// <summary>Tiles that are transformed before their products are made. Their number is a multiple of every register tile's rows.</summary>
    public readonly int TilesOfBlock;

    /// <summary>Floats from a point to the next. A power of two would map all points of a channel to one cache set.</summary>
    public readonly long PitchX, PitchY;

    /// <summary>Floats that a thread needs: both sides of the products, and zeros.</summary>
    public readonly long ScratchSize => Points * (PitchX + PitchY) + Zeros;

    private readonly int Zeros => ((Side - 1) * Window.DilationX + 1) * Math.Max(Window.Channels, Window.Filters);

    /// <summary>Clears a row of zeros at the end of a thread's scratch. It is as long as the row of pixels that a tile spans.</summary>
    public readonly float* ClearZeros(float* scratch)
    {
        var zeros = new Span<float>(scratch + ScratchSize - Zeros, Zeros);
        zeros.Clear();
        return scratch + ScratchSize - Zeros;
    }

    /// <summary>Whether a convolution is of this kind, and large enough for minimal filtering to be faster.</summary>
    public static bool Fits(in Window2D w)
    {
        const double plain = 9, worth = 1.6;
        var grid = new WinogradGrid<S, V>(w, 1);
        return w is { KernelHeight: 3, KernelWidth: 3, StrideY: 1, StrideX: 1, Channels: >= Least, Filters: >= Least }
            && w.Channels % S.Lanes == 0 && w.Filters % S.Lanes == 0 && w.OutHeight % w.DilationY == 0 && w.OutWidth % w.DilationX == 0
            && plain * w.Pixels >= worth * Points * grid.Tiles;
    }

    /// <summary>Transforms the pixels of X that a tile reads; <paramref name="zeros"/> are those of <see cref="ClearZeros"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public readonly void Input(float* x, int tile, float* to, float* zeros)
    {
        var (image, row, column) = Place(tile);
        int top = row - Window.PadTop, left = column - Window.PadLeft, dilationY = Window.DilationY, dilationX = Window.DilationX, columns = 0;
        long line = (long)Window.Width * Window.Channels;
        float* first = x + (long)image * Window.InputSize + top * line + (long)left * Window.Channels;
        float** rows = stackalloc float*[Side];
        for (int i = 0; i < Side; i++)
        {
            rows[i] = WinogradTransforms<S, V>.Has(top + i * dilationY, Window.Height) ? first + i * dilationY * line : zeros;
            if (WinogradTransforms<S, V>.Has(left + i * dilationX, Window.Width)) columns |= 1 << i;
        }
        nint next = (nint)dilationX * Window.Channels;
        LargeTileTransforms<S, V>.Input(rows, columns, next, Window.Channels, to, (nint)PitchX);
    }

    /// <summary>Transforms the gradients of a tile's outputs.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public readonly void OutputGradient(float* dy, int tile, float* to, float* zeros)
    {
        var (image, row, column) = Place(tile);
        int filters = Window.Filters, line = Window.OutWidth * filters;
        dy += (long)image * Window.OutputSize + (long)row * line + (long)column * filters;
        float** rows = stackalloc float*[Outputs];
        int count = OutputsFrom(row, Window.DilationY, Window.OutHeight), columns = OutputsFrom(column, Window.DilationX, Window.OutWidth);
        for (int i = 0; i < Outputs; i++) rows[i] = i < count ? dy + (long)i * Window.DilationY * line : zeros;
        nint next = (nint)Window.DilationX * filters;
        LargeTileTransforms<S, V>.OutputGradient(rows, columns, next, filters, to, (nint)PitchY);
    }

    /// <summary>A tile's outputs from its products, with bias and relu. False where one isn't finite.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public readonly bool Output(float* products, int tile, float* bias, bool relu, float* y)
    {
        var (image, row, column) = Place(tile);
        int filters = Window.Filters, line = Window.OutWidth * filters;
        int rows = OutputsFrom(row, Window.DilationY, Window.OutHeight), columns = OutputsFrom(column, Window.DilationX, Window.OutWidth);
        nint down = (nint)Window.DilationY * line, next = (nint)Window.DilationX * filters;
        y += (long)image * Window.OutputSize + (long)row * line + (long)column * filters;
        return LargeTileTransforms<S, V>.Output(products, (nint)PitchY, filters, bias, relu, y, rows, columns, down, next);
    }

    /// <summary>Outputs of a tile along an axis of that size, the first of which is at <paramref name="at"/>.</summary>
    private static int OutputsFrom(int at, int dilation, int size)
    {
        int count = 1;
        while (count < Outputs && at + count * dilation < size) count++;
        return count;
    }

    /// <summary>The tile's image, and the row and column of its first output.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public readonly (int Image, int Row, int Column) Place(int tile)
    {
        int across = _across, down = _down, dilationY = Window.DilationY, dilationX = Window.DilationX;
        // Tiles that begin in the same rows follow each other, so that a block of them reads few rows.
        var (line, atX) = Math.DivRem(tile, across * dilationX);
        var (image, atY) = Math.DivRem(line, down * dilationY);
        if (dilationY == 1 && dilationX == 1) return (image, atY * Outputs, atX * Outputs);
        return (image, atY / dilationY * Outputs * dilationY + atY % dilationY, atX / dilationX * Outputs * dilationX + atX % dilationX);
    }

    /// <summary>The rows of pixels that these tiles read and the tiles before them don't.</summary>
    public readonly Prefetch PixelsOf(float* x, int tile, int count) => new(EndOfPixels(x, tile - 1), EndOfPixels(x, Math.Min(tile + count, Tiles) - 1));

    /// <summary>The rows of these tiles' outputs.</summary>
    public readonly Prefetch OutputsOf(float* y, int tile, int count) =>
        new(RowOfOutputs(y, tile, 0), RowOfOutputs(y, Math.Min(tile + count, Tiles) - 1, (Outputs - 1) * Window.DilationY + 1));

    private readonly float* EndOfPixels(float* x, int tile)
    {
        var (image, row, _) = Place(tile);
        return x + (long)image * Window.InputSize
            + (long)Math.Min(row - Window.PadTop + (Side - 1) * Window.DilationY + 1, Window.Height) * Window.Width * Window.Channels;
    }

    private readonly float* RowOfOutputs(float* y, int tile, int further)
    {
        var (image, row, _) = Place(tile);
        return y + (long)image * Window.OutputSize + (long)Math.Min(row + further, Window.OutHeight) * Window.OutWidth * Window.Filters;
    }
}

/// <summary>
/// A convolution of 3 × 3 windows by Winograd's minimal filtering: a tile's 9 outputs take 25 products instead of 81. The products are summed
/// over channels as 25 matrix products. A piece is a block of tiles.
/// </summary>
/// <remarks>Lavin and Gray, Fast Algorithms for Convolutional Neural Networks, CVPR 2016, section 4.1.</remarks>
internal unsafe struct WinogradTiles<S, V> : IPieces, IWork where S : struct, ISimd<V> where V : struct
{
    private const int TileRows = 6;

    public WinogradGrid<S, V> Grid;
    public float* X, Bias, Y;
    public bool Relu;

    /// <summary>The transformed kernel [point][channel][filter], and the floats of a point.</summary>
    public float* Kernel;
    public int KernelPitch;

    /// <summary>Room for each thread.</summary>
    public float* Scratch;

    /// <summary>Becomes 1 if an output isn't finite: the plain sums may be finite nevertheless.</summary>
    public int* IsOff;

    public readonly int Pieces
    {
        get
        {
            int blocks = (Grid.Tiles + Grid.TilesOfBlock - 1) / Grid.TilesOfBlock;
            // The pieces are of about equal size, and their number is a multiple of four: two or four threads get equally many.
            return blocks > 1 ? (blocks + 3) / 4 * 4 : 1;
        }
    }

    /// <summary>The first tile of a piece. All pieces but the last consist of full register tiles.</summary>
    private readonly int First(int piece) => (int)Math.Min((long)(Grid.Tiles + TileRows - 1) / TileRows * piece / Pieces * TileRows, Grid.Tiles);

    public readonly long Work => (long)Grid.Tiles * WinogradGrid<S, V>.Points * Grid.Window.Channels * Grid.Window.Filters;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public readonly void Run(int piece)
    {
        const int points = WinogradGrid<S, V>.Points, half = (points + 1) / 2;
        int channels = Grid.Window.Channels, filters = Grid.Window.Filters, block = Grid.TilesOfBlock;
        int first = First(piece), count = First(piece + 1) - first;
        float* inputs = Scratch + Workers.CurrentThread * Grid.ScratchSize, products = inputs + points * Grid.PitchX;
        float* zeros = Grid.ClearZeros(inputs);
        for (int tile = 0; tile < count; tile++) Grid.Input(X, first + tile, inputs + (long)tile * channels, zeros);

        var work = new TileWork
        {
            Terms = Terms.Plain(channels, 1, filters), Tiles = (count + TileRows - 1) / TileRows, NextA = TileRows * channels, NextC = TileRows * filters,
        };
        Prefetch written = Grid.OutputsOf(Y, first, count), next = Grid.PixelsOf(X, first + count, block);
        for (int point = 0; point < points; point++)
        {
            (point < half ? written : next).Share(ref work, point % half, half);
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
        bool areFinite = true;
        for (int tile = 0; tile < count; tile++) areFinite &= Grid.Output(products + (long)tile * filters, first + tile, Bias, Relu, Y);
        if (!areFinite) *IsOff = 1;
    }
}

/// <summary>
/// The transformed gradient of such a convolution's kernel: Sums[group][point][channel][filter] over the tiles of a group, block by block.
/// A piece is a group.
/// </summary>
internal unsafe struct WinogradTaps<S, V> : IPieces, IWork where S : struct, ISimd<V> where V : struct
{
    private const int TileRows = 4, TilesOfGroup = 256, FewestGroups = 4, MostGroups = 8;

    public WinogradGrid<S, V> Grid;
    public float* X, DY, Sums, Scratch;

    public readonly int Groups => Math.Clamp(Grid.Tiles / TilesOfGroup, FewestGroups, MostGroups);

    public readonly long Pitch => (long)Grid.Window.Channels * Grid.Window.Filters + 16;

    public readonly long Work => (long)Grid.Tiles * WinogradGrid<S, V>.Points * Grid.Window.Channels * Grid.Window.Filters;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public readonly void Run(int group)
    {
        const int points = WinogradGrid<S, V>.Points, half = (points + 1) / 2;
        int channels = Grid.Window.Channels, filters = Grid.Window.Filters, groups = Groups;
        int first = (int)((long)Grid.Tiles * group / groups), end = (int)((long)Grid.Tiles * (group + 1) / groups);
        float* inputs = Scratch + Workers.CurrentThread * Grid.ScratchSize, outputs = inputs + points * Grid.PitchX;
        float* zeros = Grid.ClearZeros(inputs), sums = Sums + group * points * Pitch;
        if (first == end) new Span<float>(sums, (int)(points * Pitch)).Clear();
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
            for (int point = 0; point < points; point++)
            {
                (point < half ? pixels : gradients).Share(ref work, point % half, half);
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

/// <summary>G g Gᵀ of every kernel: [3][3][channel][filter] becomes [point][channel][filter]. A piece is a few channels.</summary>
internal unsafe struct WinogradTilesKernel<S, V> : IPieces where S : struct, ISimd<V> where V : struct
{
    private const int ChannelsPerPiece = 8;
    public float* From, To;
    public int Channels, Filters;

    /// <summary>Floats from a point to the next.</summary>
    public int Pitch;

    public readonly int Pieces => (Channels + ChannelsPerPiece - 1) / ChannelsPerPiece;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public readonly void Run(int piece)
    {
        int end = Math.Min((piece + 1) * ChannelsPerPiece, Channels) * Filters;
        for (int i = piece * ChannelsPerPiece * Filters; i < end; i += S.Lanes)
            LargeTileTransforms<S, V>.Kernel(From + i, (nint)Channels * Filters, To + i, Pitch);
    }
}

/// <summary>Gᵀ s G of the groups' sums in their order: [point][channel][filter] becomes [3][3][channel][filter]. A piece is a channel.</summary>
internal unsafe struct WinogradKernelGradient<S, V> : IPieces where S : struct, ISimd<V> where V : struct
{
    public WinogradGrid<S, V> Grid;
    public float* Sums, To;
    public int Groups;
    public long Pitch;

    /// <summary>Becomes 1 if a value isn't finite: the plain sums may be finite nevertheless.</summary>
    public int* IsOff;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public readonly void Run(int channel)
    {
        int filters = Grid.Window.Filters;
        nint next = (nint)Grid.Window.Channels * filters, pitch = (nint)Pitch, group = WinogradGrid<S, V>.Points * pitch;
        bool areFinite = true;
        for (nint i = (nint)channel * filters; i < (channel + 1) * (nint)filters; i += S.Lanes)
            areFinite &= LargeTileTransforms<S, V>.KernelGradient(Sums + i, pitch, Groups, group, To + i, next);
        if (!areFinite) *IsOff = 1;
    }
}
