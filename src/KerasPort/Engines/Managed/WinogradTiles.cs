using KerasPort.Layers;

namespace KerasPort.Engines.Managed;

/// <summary>
/// How images are cut into tiles of 3 × 3 outputs, which read 5 × 5 pixels of X and have 25 points. Where an image's side isn't a multiple of three,
/// its last tiles have two outputs along it, for which four points are enough. Pixels outside of the image are read as zeros. With a dilation,
/// the pixels that lie a dilation apart form an image of their own.
/// </summary>
internal unsafe struct WinogradGrid<S, V> where S : struct, ISimd<V> where V : struct
{
    // Floats of a block of transformed tiles: they stay in the second-level cache beside the kernel.
    private const int FloatsInCache = 1 << 17, FewestTiles = 48, MostTiles = 240, Least = 32;

    // The pixels of so many tiles, a vector of channels of each, stay in the first-level cache.
    private const int TilesOfStrip = 12;

    public readonly Window2D Window;
    public readonly int Images;

    public const int Points = Side * Side;

    private const int Outputs = LargeTileTransforms<S, V>.Outputs, Side = LargeTileTransforms<S, V>.Side;

    // Tiles side by side and one below the other, in an image or in each of a dilation's images, and how many of these have three outputs.
    private readonly int _across, _down, _wide, _tall;

    public WinogradGrid(in Window2D window, int images)
    {
        (Window, Images) = (window, images);
        (_across, _wide) = Cut(window.OutWidth / window.DilationX);
        (_down, _tall) = Cut(window.OutHeight / window.DilationY);
        TilesOfBlock = Math.Clamp(FloatsInCache / (Points * (window.Channels + window.Filters)), FewestTiles, MostTiles) / 12 * 12;
        int room = TilesOfBlock + Tile<S, V>.MostRows;
        (PitchX, PitchY) = ((long)room * window.Channels + 16, (long)room * window.Filters + 16);
    }

    /// <summary>Tiles along an image's side, and how many of them have three outputs: these come first.</summary>
    private static (int Tiles, int Whole) Cut(int side)
    {
        int tiles = (side + Outputs - 1) / Outputs;
        return (tiles, Math.Max(side - (Outputs - 1) * tiles, 0));
    }

    public readonly int Tiles => Images * _down * Window.DilationY * _across * Window.DilationX;

    /// <summary>The points of all tiles.</summary>
    public readonly long PointsInAll =>
        (long)Images * ((Side - 1) * _down + _tall) * Window.DilationY * ((Side - 1) * _across + _wide) * Window.DilationX;

    /// <summary>Tiles that are transformed before their products are made. Their number is a multiple of every register tile's rows.</summary>
    public readonly int TilesOfBlock;

    /// <summary>
    /// Floats from a point to the next, with room for a register tile's rows behind a block. A power of two would map all points of a channel to one
    /// cache set.
    /// </summary>
    public readonly long PitchX, PitchY;

    /// <summary>Floats that a thread needs: both sides of the products, and zeros.</summary>
    public readonly long ScratchSize => Points * (PitchX + PitchY) + Zeros;

    private readonly int Zeros => Math.Max(TilesOfStrip * Outputs + Side, (Side - 1) * Window.DilationX + 1) * Math.Max(Window.Channels, Window.Filters);

    /// <summary>Clears a row of zeros at the end of a thread's scratch. It is as long as the row of pixels that a strip of tiles spans.</summary>
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

    /// <summary>Transforms the pixels of X that a strip's tiles read; <paramref name="zeros"/> are those of <see cref="ClearZeros"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public readonly void Input(float* x, in WinogradStrip strip, float* to, float* zeros)
    {
        int top = strip.Row - Window.PadTop, left = strip.Column - Window.PadLeft, dilation = Window.DilationX;
        long line = (long)Window.Width * Window.Channels;
        float* first = x + (long)strip.Image * Window.InputSize + top * line + (long)left * Window.Channels;
        float** rows = stackalloc float*[Side];
        for (int i = 0; i < Side; i++)
            rows[i] = WinogradTransforms<S, V>.Has(top + i * Window.DilationY, Window.Height) ? first + i * Window.DilationY * line : zeros;
        // The columns of the strip's pixels that lie inside of the image.
        int begin = left < 0 ? (dilation - 1 - left) / dilation : 0, end = (Window.Width - left + dilation - 1) / dilation;
        nint next = (nint)dilation * Window.Channels, pitch = (nint)PitchX;
        if (strip.IsWide) LargeTileTransforms<S, V>.Input<Three>(rows, strip.Tiles, begin, end, next, Window.Channels, strip.IsTall, to, pitch);
        else LargeTileTransforms<S, V>.Input<Two>(rows, strip.Tiles, begin, end, next, Window.Channels, strip.IsTall, to, pitch);
    }

    /// <summary>Transforms the gradients of the outputs of a strip's tiles.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public readonly void OutputGradient(float* dy, in WinogradStrip strip, float* to, float* zeros)
    {
        int filters = Window.Filters, line = Window.OutWidth * filters;
        dy += (long)strip.Image * Window.OutputSize + (long)strip.Row * line + (long)strip.Column * filters;
        float** rows = stackalloc float*[Outputs];
        for (int i = 0; i < Outputs; i++) rows[i] = i < strip.Rows ? dy + (long)i * Window.DilationY * line : zeros;
        nint next = (nint)Window.DilationX * filters;
        LargeTileTransforms<S, V>.OutputGradient(rows, strip.Tiles, strip.Columns, next, filters, strip.IsTall, strip.IsWide, to, (nint)PitchY);
    }

    /// <summary>The outputs of a strip's tiles from their products, with bias and relu. False where one isn't finite.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public readonly bool Output(float* products, in WinogradStrip strip, float* bias, bool relu, float* y)
    {
        int filters = Window.Filters, line = Window.OutWidth * filters;
        nint down = (nint)Window.DilationY * line, next = (nint)Window.DilationX * filters;
        y += (long)strip.Image * Window.OutputSize + (long)strip.Row * line + (long)strip.Column * filters;
        return LargeTileTransforms<S, V>.Output(products, (nint)PitchY, strip.Tiles, filters, bias, relu, y, strip.Rows, strip.Columns, down, next);
    }

    /// <summary>The strips of a block's tiles.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public readonly WinogradBlock Block(int first, int count, WinogradStrip* strips)
    {
        var block = new WinogradBlock();
        int across = _across * Window.DilationX, dilation = Window.DilationX, width = Window.OutWidth / dilation;
        for (int tile = 0, end; tile < count; tile = end)
        {
            var strip = RowOf(first + tile, out int at);
            end = Math.Min(tile + across - at, count);
            for (int i = tile; i < end; i += strip.Tiles, at += strip.Tiles)
            {
                var (number, phase) = dilation == 1 ? (at, 0) : Math.DivRem(at, dilation);
                int column = First(number, _wide);
                (strip.Column, strip.Columns) = (column * dilation + phase, number < _wide ? Outputs : Math.Min(width - column, Outputs - 1));
                // With a dilation, the tiles between are of other images.
                strip.Tiles = dilation > 1 ? 1 : Math.Min(Math.Min(end - i, TilesOfStrip), (number < _wide ? _wide : _across) - number);
                block.Add(ref strip);
                strips[block.Strips - 1] = strip;
            }
        }
        for (int i = 0; i < block.Strips; i++) strips[i].InBlock += block.Before(strips[i]);
        return block;
    }

    /// <summary>A tile's image and rows, and how many tiles come before it in these rows.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private readonly WinogradStrip RowOf(int tile, out int before)
    {
        int dilation = Window.DilationY;
        // Tiles that begin in the same rows follow each other, so that a block of them reads few rows.
        (int line, before) = Math.DivRem(tile, _across * Window.DilationX);
        var (image, at) = Math.DivRem(line, _down * dilation);
        var (number, phase) = Math.DivRem(at, dilation);
        int row = First(number, _tall);
        int rows = number < _tall ? Outputs : Math.Min(Window.OutHeight / dilation - row, Outputs - 1);
        return new WinogradStrip { Image = image, Row = row * dilation + phase, Rows = rows };
    }

    /// <summary>The first output of a tile along an image's side: each tile before it has three, or two where these are used up.</summary>
    private static int First(int tile, int whole) => (Outputs - 1) * tile + Math.Min(tile, whole);

    /// <summary>The rows of pixels that these tiles read and the tiles before them don't.</summary>
    public readonly Prefetch PixelsOf(float* x, int tile, int count) => new(EndOfPixels(x, tile - 1), EndOfPixels(x, Math.Min(tile + count, Tiles) - 1));

    /// <summary>The rows of these tiles' outputs.</summary>
    public readonly Prefetch OutputsOf(float* y, int tile, int count) =>
        new(RowOfOutputs(y, tile, 0), RowOfOutputs(y, Math.Min(tile + count, Tiles) - 1, (Outputs - 1) * Window.DilationY + 1));

    private readonly float* EndOfPixels(float* x, int tile)
    {
        var place = RowOf(tile, out _);
        return x + (long)place.Image * Window.InputSize
            + (long)Math.Min(place.Row - Window.PadTop + (Side - 1) * Window.DilationY + 1, Window.Height) * Window.Width * Window.Channels;
    }

    private readonly float* RowOfOutputs(float* y, int tile, int further)
    {
        var place = RowOf(tile, out _);
        return y + (long)place.Image * Window.OutputSize + (long)Math.Min(place.Row + further, Window.OutHeight) * Window.OutWidth * Window.Filters;
    }
}

/// <summary>
/// Tiles of one kind, side by side: their image, the row and column of the first one's first output, the rows and columns of outputs that each of them has,
/// and the number of the first one in its block.
/// </summary>
internal struct WinogradStrip
{
    public int Image, Row, Column, Rows, Columns, Tiles, InBlock;

    /// <summary>Whether its tiles have three rows, and so the last row of points.</summary>
    public readonly bool IsTall => Rows > 2;

    /// <summary>Whether its tiles have three columns, and so the last column of points.</summary>
    public readonly bool IsWide => Columns > 2;
}

/// <summary>The order of a block's tiles: wide ones, those that are wide and tall, tall ones, others. So the tiles that have a point are neighbours.</summary>
internal unsafe struct WinogradBlock
{
    private const int Side = 5, Kinds = 4;

    // Tiles of each kind.
    private fixed int _counts[Kinds];

    /// <summary>The number of strips that it consists of.</summary>
    public int Strips;

    private static int KindOf(in WinogradStrip strip) => strip.IsWide ? strip.IsTall ? 1 : 0 : strip.IsTall ? 2 : 3;

    /// <summary>Takes a strip in, and numbers its tiles among those of their kind.</summary>
    public void Add(ref WinogradStrip strip)
    {
        int kind = KindOf(strip);
        strip.InBlock = _counts[kind];
        _counts[kind] += strip.Tiles;
        Strips++;
    }

    /// <summary>Tiles of the kinds that come before a strip's.</summary>
    public readonly int Before(in WinogradStrip strip)
    {
        int before = 0;
        for (int kind = KindOf(strip) - 1; kind >= 0; kind--) before += _counts[kind];
        return before;
    }

    /// <summary>The tiles that have a point.</summary>
    public readonly (int First, int Count) Having(int point)
    {
        bool isTall = point / Side == Side - 1, isWide = point % Side == Side - 1;
        int count = _counts[1] + (isTall ? 0 : _counts[0]) + (isWide ? 0 : _counts[2]) + (isTall || isWide ? 0 : _counts[3]);
        return (isTall ? _counts[0] : 0, count);
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
    public ThreadTransform<WinogradTilesKernel<S, V>> Kernel;
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

    public readonly long Work => Grid.PointsInAll * Grid.Window.Channels * Grid.Window.Filters;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public readonly void Run(int piece)
    {
        const int points = WinogradGrid<S, V>.Points, half = (points + 1) / 2;
        int channels = Grid.Window.Channels, filters = Grid.Window.Filters;
        int first = First(piece), count = First(piece + 1) - first;
        float* kernel = Kernel.Get(Workers.IsFirst());
        float* inputs = Scratch + Workers.CurrentThread * Grid.ScratchSize, products = inputs + points * Grid.PitchX;
        float* zeros = Grid.ClearZeros(inputs);
        WinogradStrip* strips = stackalloc WinogradStrip[count];
        var block = Grid.Block(first, count, strips);
        for (int i = 0; i < block.Strips; i++) Grid.Input(X, strips[i], inputs + (long)strips[i].InBlock * channels, zeros);

        var work = new TileWork { Terms = Terms.Plain(channels, 1, filters), NextA = TileRows * channels, NextC = TileRows * filters };
        Prefetch written = Grid.OutputsOf(Y, first, count), next = Grid.PixelsOf(X, first + count, Grid.TilesOfBlock);
        for (int point = 0; point < points; point++)
        {
            var (start, tiles) = block.Having(point);
            if (tiles == 0) continue;
            work.Tiles = (tiles + TileRows - 1) / TileRows;
            (point < half ? written : next).Share(ref work, point % half, half);
            for (int f = 0, vectors; f < filters; f += vectors * S.Lanes)
            {
                work.B = kernel + (long)point * KernelPitch + f;
                for (int r = 0; r < TileRows; r++)
                {
                    work.A[r] = (long)(inputs + point * Grid.PitchX + (long)(start + r) * channels);
                    work.C[r] = (long)(products + point * Grid.PitchY + (long)(start + r) * filters + f);
                }
                vectors = Math.Min((filters - f) / S.Lanes, S.TileColumns) switch { >= 4 => 4, >= 2 => 2, _ => 1 };
                if (vectors == 4) Sum<Four>(ref work, tiles);
                else if (vectors == 2) Sum<Two>(ref work, tiles);
                else Sum<One>(ref work, tiles);
                work.LinesOfTile = 0;
            }
        }
        bool areFinite = true;
        for (int i = 0; i < block.Strips; i++)
            areFinite &= Grid.Output(products + (long)strips[i].InBlock * filters, strips[i], Bias, Relu, Y);
        if (!areFinite) *IsOff = 1;
    }

    /// <summary>Products of register tiles of six rows, and of four where these are enough for the last.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Sum<N>(ref TileWork work, int rows) where N : struct, INumber
    {
        int rest = rows % TileRows;
        work.Tiles = rest > Four.Value ? rows / TileRows + 1 : rows / TileRows;
        Tile<S, V>.Run<Six, N, Stored>(work);
        if (rest == 0 || rest > Four.Value) return;
        for (int r = 0; r < Four.Value; r++)
        {
            work.A[r] += work.Tiles * work.NextA * sizeof(float);
            work.C[r] += work.Tiles * work.NextC * sizeof(float);
        }
        work.Tiles = 1;
        Tile<S, V>.Run<Four, N, Stored>(work);
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

    public readonly long Work => Grid.PointsInAll * Grid.Window.Channels * Grid.Window.Filters;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public readonly void Run(int group)
    {
        const int points = WinogradGrid<S, V>.Points, half = (points + 1) / 2;
        int channels = Grid.Window.Channels, filters = Grid.Window.Filters, groups = Groups;
        int first = (int)((long)Grid.Tiles * group / groups), end = (int)((long)Grid.Tiles * (group + 1) / groups);
        float* inputs = Scratch + Workers.CurrentThread * Grid.ScratchSize, outputs = inputs + points * Grid.PitchX;
        float* zeros = Grid.ClearZeros(inputs), sums = Sums + group * points * Pitch;
        WinogradStrip* strips = stackalloc WinogradStrip[Grid.TilesOfBlock];
        if (first == end) new Span<float>(sums, (int)(points * Pitch)).Clear();
        for (int at = first; at < end; at += Grid.TilesOfBlock)
        {
            int count = Math.Min(Grid.TilesOfBlock, end - at);
            var block = Grid.Block(at, count, strips);
            for (int i = 0; i < block.Strips; i++)
            {
                Grid.Input(X, strips[i], inputs + (long)strips[i].InBlock * channels, zeros);
                Grid.OutputGradient(DY, strips[i], outputs + (long)strips[i].InBlock * filters, zeros);
            }
            var work = new TileWork { Add = at > first, Tiles = channels / TileRows, NextA = TileRows, NextC = TileRows * filters };
            Prefetch pixels = Grid.PixelsOf(X, at + count, Grid.TilesOfBlock), gradients = Grid.OutputsOf(DY, at + count, Grid.TilesOfBlock);
            for (int point = 0; point < points; point++)
            {
                var (start, tiles) = block.Having(point);
                work.Terms = Terms.Plain(tiles, channels, filters);
                (point < half ? pixels : gradients).Share(ref work, point % half, half);
                for (int f = 0, vectors; f < filters; f += vectors * S.Lanes)
                {
                    work.B = outputs + point * Grid.PitchY + (long)start * filters + f;
                    for (int r = 0; r < TileRows; r++)
                    {
                        work.A[r] = (long)(inputs + point * Grid.PitchX + (long)start * channels + r);
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
internal unsafe struct WinogradTilesKernel<S, V> : ITransform where S : struct, ISimd<V> where V : struct
{
    private const int ChannelsPerPiece = 8;
    public float* From;
    public int Channels, Filters;

    /// <summary>Floats from a point to the next.</summary>
    public int Pitch;

    public float* To { get; set; }

    public readonly long Size => (long)WinogradGrid<S, V>.Points * Pitch;

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
