using KerasPort.Layers;

namespace KerasPort.Engines.Managed;

/// <summary>
/// A pooled convolution whose full output is made in the second-level cache and pooled there. The output comes from plain sums, an image a piece, or from
/// Winograd's minimal filtering where that fits, two images a piece. A window of one pixel needs no pooling.
/// </summary>
internal unsafe struct PooledProduct<S, V> : IPieces, IWork where S : struct, ISimd<V> where V : struct
{
    private const int Line = 16;

    public PooledConvolution Shape;
    public int Images;
    public float* X, Kernel, Bias, Y;
    public byte* Which;

    /// <summary>The transformed kernel; none for plain products.</summary>
    public ThreadTransform<WinogradTilesKernel<S, V>> Transformed;

    /// <summary>Room for each thread: a flag, an image with its padding, the output [pixel][filter], and what Winograd's filtering needs.</summary>
    public float* Scratch;

    /// <summary>Whether the output comes from Winograd's filtering.</summary>
    public readonly bool FitsWinograd => WinogradGrid<S, V>.Fits(Window(padded: false));

    /// <summary>Whether it fits, and saves enough of <see cref="Winograd{S, V}"/>'s products to pay for a pass over the full output.</summary>
    public readonly bool SavesProducts => FitsWinograd && 3L * Grid(1).Tiles * WinogradGrid<S, V>.Points <= 2L * Shape.Windows * Winograd<S, V>.Points;

    public readonly int ImagesPerPiece => FitsWinograd ? 2 : 1;

    public readonly int Pieces => (Images + ImagesPerPiece - 1) / ImagesPerPiece;

    private readonly long PaddedFloats => Shape.IsPadded ? (long)Shape.PaddedHeight * Shape.PaddedWidth * Shape.Channels : 0;

    private readonly int FullFloats => Shape.Pool == 1 ? 0 : Shape.Rows * Shape.Columns * Shape.Filters;

    public readonly long ScratchSize =>
        (3 * Line + PaddedFloats + (long)ImagesPerPiece * FullFloats + (FitsWinograd ? Grid(1).ScratchSize : 0)) / Line * Line;

    public readonly long Work =>
        FitsWinograd ? (long)Grid(Images).Tiles * WinogradGrid<S, V>.Points * Shape.Channels * Shape.Filters
        : (long)Images * Shape.Rows * Shape.Columns * Shape.Depth * Shape.Filters;

    private readonly WinogradGrid<S, V> Grid(int images) => new(Window(padded: false), images);

    /// <summary>The convolution of an image without its padding, or of a padded one.</summary>
    private readonly Window2D Window(bool padded)
    {
        var (height, width, top, left) = padded ? (Shape.PaddedHeight, Shape.PaddedWidth, 0, 0) : (Shape.Height, Shape.Width, Shape.PadTop, Shape.PadLeft);
        return new(height, width, Shape.Channels, Shape.Rows, Shape.Columns, Shape.Filters, Shape.Kernel, Shape.Kernel, Shape.Stride, Shape.Stride,
            Shape.Dilation, Shape.Dilation, top, left);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public readonly void Run(int piece)
    {
        float* room = Scratch + Workers.CurrentThread * ScratchSize, padded = room + Line, full = padded + (PaddedFloats + Line - 1) / Line * Line;
        int first = piece * ImagesPerPiece, images = Math.Min(ImagesPerPiece, Images - first);
        float* x = X + (long)first * Shape.InputSize;
        bool isMade = FitsWinograd && HasWinograd(images, x, full, (int*)room);
        for (int image = 0; image < images; image++, x += Shape.InputSize, full += FullFloats)
        {
            long to = (long)(first + image) * Shape.OutputSize;
            if (!isMade) Convolve(x, padded, Shape.Pool == 1 ? Y + to : full);
            if (Shape.Pool == 1) continue;
            if (Shape.Pool == 2) Pool<Two>(full, to);
            else Pool<Three>(full, to);
        }
    }

    /// <summary>Makes the outputs by minimal filtering. False if one isn't finite, which infinities cause.</summary>
    private readonly bool HasWinograd(int images, float* x, float* full, int* isOff)
    {
        *isOff = 0;
        var grid = Grid(images);
        var tiles = new WinogradTiles<S, V>
        {
            Grid = grid, X = x, Kernel = Transformed, KernelPitch = Winograd<S, V>.KernelPitch(Shape), Bias = Bias, Relu = true, Y = full, IsOff = isOff,
            Scratch = full + (long)ImagesPerPiece * FullFloats - Workers.CurrentThread * grid.ScratchSize,
        };
        for (int piece = 0; piece < tiles.Pieces; piece++) tiles.Run(piece);
        return *isOff == 0;
    }

    private readonly void Convolve(float* x, float* padded, float* full)
    {
        if (Shape.IsPadded)
        {
            new ManagedKernels<S, V>.SetInto
            {
                From = x, To = padded, FromHeight = Shape.Height, FromWidth = Shape.Width, Channels = Shape.Channels,
                ToHeight = Shape.PaddedHeight, ToWidth = Shape.PaddedWidth, Top = Shape.PadTop, Left = Shape.PadLeft,
            }.Run(0);
            x = padded;
        }
        var window = Window(padded: true);
        if (ShallowConv2D<S, V>.Fits(window))
        {
            var rows = new ShallowConv2D<S, V> { Window = window, Images = 1, X = x, Kernel = Kernel, Bias = Bias, Relu = true, Y = full };
            for (int piece = 0; piece < rows.Pieces; piece++) rows.Run(piece);
            return;
        }
        var product = ManagedKernels<S, V>.Correlation(window, 1, x, Kernel, Shape.Filters, full);
        product.Start = Bias;
        product.Relu = true;
        product.CutByWork(long.MaxValue);
        for (int piece = 0; piece < product.Pieces; piece++) product.Run(piece);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private readonly void Pool<P>(float* full, long to) where P : struct, INumber
    {
        int filters = Shape.Filters, line = Shape.Columns * filters;
        for (int row = 0; row < Shape.PooledHeight; row++, full += Shape.Step * line)
            for (int column = 0; column < Shape.PooledWidth; column++, to += filters)
                for (int f = 0; f < filters; f += S.Lanes)
                {
                    float* at = full + Shape.Step * column * filters + f;
                    Keep<P>(at, filters, line, Y + to + f, Which == null ? null : Which + to + f);
                }
    }

    /// <summary>
    /// Stores the largest of a window's pixels after relu, the first of equals, and skips NaN. It also stores the pixel that gets the gradient: none if the
    /// largest is 0, and none if the first pixel is NaN, since TensorFlow gives the gradient to that one and its relu stops it.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Keep<P>(float* at, nint next, nint line, float* y, byte* which) where P : struct, INumber
    {
        int below = P.Value == 2 ? 2 : PooledConvolution.PatchOfThree;
        V first = S.Load(at), best = S.Splat(float.MinValue), place = S.SplatBits(0);
        (best, place) = Larger(first, 0, best, place);
        (best, place) = Larger(S.Load(at + next), 1, best, place);
        if (P.Value == 3) (best, place) = Larger(S.Load(at + 2 * next), 2, best, place);
        at += line;
        (best, place) = Larger(S.Load(at), below, best, place);
        (best, place) = Larger(S.Load(at + next), below + 1, best, place);
        if (P.Value == 3)
        {
            (best, place) = Larger(S.Load(at + 2 * next), below + 2, best, place);
            at += line;
            (best, place) = Larger(S.Load(at), 2 * below, best, place);
            (best, place) = Larger(S.Load(at + next), 2 * below + 1, best, place);
            (best, place) = Larger(S.Load(at + 2 * next), 2 * below + 2, best, place);
        }
        S.Store(best, y);
        if (which == null) return;
        V passes = S.And(S.Equal(first, first), S.Greater(best, S.Splat(0)));
        S.StoreBytes(S.Select(passes, place, S.SplatBits(PooledConvolution.NoPixel)), which);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (V, V) Larger(V value, int number, V best, V place)
    {
        V above = S.Greater(value, best);
        return (S.Select(above, value, best), S.Select(above, S.SplatBits(number), place));
    }
}
