namespace KerasPort.Engines.Managed;

/// <summary>
/// A pooled convolution by Winograd's minimal filtering F(2 × 2, 3 × 3): each pooling window's four outputs from 4 × 4 inputs with 16 products
/// instead of 36. Y = Aᵀ[(G g Gᵀ) ∘ (Bᵀ d B)]A, the products summed over channels as 16 matrix products. A piece is a few images.
/// </summary>
/// <remarks>Lavin and Gray, Fast Algorithms for Convolutional Neural Networks, CVPR 2016, section 4.1. Its error against double is less than
/// that of the plain sum of 9 × channels products.</remarks>
internal unsafe struct Winograd<S, V> : IPieces, IWork where S : struct, ISimd<V> where V : struct
{
    public const int Points = WinogradTransforms<S, V>.Points, Kernel = 3;

    // The windows are enough to pay for starting the matrix products, and few enough for the operands to stay in the second-level cache.
    private const int WindowsPerPiece = 25, TileRows = 5;

    public PooledConvolution Shape;
    public int Images;

    /// <summary>The transformed kernel [point][channel][filter].</summary>
    public ThreadTransform<WinogradKernel<S, V>> Transformed;

    /// <summary>The kernel as it is: [row][column][channel][filter].</summary>
    public float* Plain;

    /// <summary>Room for each thread: transformed inputs [point][window][channel], then products [point][window][filter].</summary>
    public float* Scratch;
    public float* X, Bias, Y;
    public byte* Which;

    private readonly int ImagesPerPiece => (WindowsPerPiece + Shape.Windows - 1) / Shape.Windows;

    /// <summary>Windows of a piece, rounded up to whole tiles.</summary>
    private readonly int Rows => (ImagesPerPiece * Shape.Windows + TileRows - 1) / TileRows * TileRows;

    /// <summary>
    /// Floats from a point of the transformed kernel to the next. They are more than channels × filters, since a power of two would map
    /// all points of a filter to the same cache set.
    /// </summary>
    public static int KernelPitch(in PooledConvolution shape) => shape.Channels * shape.Filters + 16;

    public readonly long ScratchSize => (long)Points * Rows * (Shape.Channels + Shape.Filters) + Zeros;

    /// <summary>A row of zeros, at the end of a thread's scratch.</summary>
    private readonly int Zeros => WinogradTransforms<S, V>.Zeros(Shape.Channels, dilation: 1);

    public readonly int Pieces => (Images + ImagesPerPiece - 1) / ImagesPerPiece;

    public readonly long Work => (long)Images * Shape.Windows * Points * Shape.Channels * Shape.Filters;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public readonly void Run(int piece)
    {
        int first = piece * ImagesPerPiece, images = Math.Min(ImagesPerPiece, Images - first);
        float* transformed = Transformed.Get(Workers.IsFirst());
        float* inputs = Scratch + Workers.CurrentThread * ScratchSize, products = inputs + (long)Points * Rows * Shape.Channels;
        float* zeros = inputs + ScratchSize - Zeros;
        new Span<float>(zeros, Zeros).Clear();
        // From a point to the next.
        int nextInput = Rows * Shape.Channels, nextProduct = Rows * Shape.Filters, window = 0;
        for (int image = first; image < first + images; image++)
            for (int row = 0; row < Shape.PooledHeight; row++)
                for (int column = 0; column < Shape.PooledWidth; column++, window++)
                    WinogradTransforms<S, V>.Input(X + (long)image * Shape.InputSize, Shape.Height, Shape.Width, Shape.Channels, 2 * row - Shape.PadTop,
                        2 * column - Shape.PadLeft, 1, 1, zeros, inputs + (long)window * Shape.Channels, nextInput);

        var work = new TileWork
        {
            Terms = Terms.Plain(Shape.Channels, 1, Shape.Filters), Tiles = (window + TileRows - 1) / TileRows, NextA = TileRows * Shape.Channels,
            NextC = TileRows * Shape.Filters,
        };
        // The next piece's images.
        var next = new Prefetch(X + (long)(first + images) * Shape.InputSize, X + (long)Math.Min(first + 2 * images, Images) * Shape.InputSize);
        for (int point = 0; point < Points; point++)
        {
            next.Share(ref work, point, Points);
            for (int f = 0; f < Shape.Filters;)
            {
                work.B = transformed + (long)point * KernelPitch(Shape) + f;
                for (int r = 0; r < TileRows; r++)
                {
                    work.A[r] = (long)(inputs + (long)point * nextInput + r * Shape.Channels);
                    work.C[r] = (long)(products + (long)point * nextProduct + r * Shape.Filters + f);
                }
                int vectors = Math.Min((Shape.Filters - f) / S.Lanes, S.TileColumns);
                if (vectors >= 4) Tile<S, V>.Run<Five, Four, Stored>(work);
                else if (vectors >= 2) Tile<S, V>.Run<Five, Two, Stored>(work);
                else Tile<S, V>.Run<Five, One, Stored>(work);
                f += (vectors >= 4 ? 4 : vectors >= 2 ? 2 : 1) * S.Lanes;
                work.LinesOfTile = 0;
            }
        }

        long to = (long)first * Shape.OutputSize;
        for (int w = 0; w < window; w++, to += Shape.Filters)
            TransformOutput(products + (long)w * Shape.Filters, nextProduct, first * Shape.Windows + w, Y + to, Which == null ? null : Which + to);
    }

    /// <summary>Aᵀ m A, the bias, relu and the largest of the four, for all filters.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private readonly void TransformOutput(float* m, int point, int window, float* y, byte* which)
    {
        for (int f = 0; f < Shape.Filters; f += S.Lanes)
        {
            V bias = Bias == null ? S.Splat(0) : S.Load(Bias + f);
            var (c0, c1, c2, c3) = WinogradTransforms<S, V>.Output(m + f, point);
            (c0, c1, c2, c3) = (S.Add(c0, bias), S.Add(c1, bias), S.Add(c2, bias), S.Add(c3, bias));
            if (WinogradTransforms<S, V>.AreNumbers(S.Add(S.Add(c0, c1), S.Add(c2, c3))))
                Tile<S, V>.Keep(c0, c1, c2, c3, y + f, which == null ? null : which + f);
            else KeepSums(window, f, y + f, which == null ? null : which + f);
        }
    }

    /// <summary>The same from plain sums of a window's four pixels, for a vector of filters.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private readonly void KeepSums(int window, int f, float* y, byte* which)
    {
        int image = window / Shape.Windows, top = 2 * (window % Shape.Windows / Shape.PooledWidth) - Shape.PadTop,
            left = 2 * (window % Shape.PooledWidth) - Shape.PadLeft;
        float* x = X + (long)image * Shape.InputSize;
        V c0, c1, c2, c3;
        c0 = c1 = c2 = c3 = Bias == null ? S.Splat(0) : S.Load(Bias + f);
        for (int tap = 0; tap < Shape.Taps; tap++)
            for (int c = 0; c < Shape.Channels; c++)
            {
                V kernel = S.Load(Plain + ((long)tap * Shape.Channels + c) * Shape.Filters + f);
                int row = top + tap / Shape.Kernel, column = left + tap % Shape.Kernel;
                c0 = S.Fma(S.Splat(Pixel(x, row, column, c)), kernel, c0);
                c1 = S.Fma(S.Splat(Pixel(x, row, column + 1, c)), kernel, c1);
                c2 = S.Fma(S.Splat(Pixel(x, row + 1, column, c)), kernel, c2);
                c3 = S.Fma(S.Splat(Pixel(x, row + 1, column + 1, c)), kernel, c3);
            }
        Tile<S, V>.Keep(c0, c1, c2, c3, y, which);
    }

    private readonly float Pixel(float* x, int row, int column, int channel) =>
        WinogradTransforms<S, V>.Has(row, Shape.Height) && WinogradTransforms<S, V>.Has(column, Shape.Width)
            ? x[(long)row * Shape.Line + (long)column * Shape.Channels + channel] : 0;
}

/// <summary>G g Gᵀ of every kernel: [3][3][channel][filter] becomes [16][channel][filter]. A piece is a few channels.</summary>
internal unsafe struct WinogradKernel<S, V> : ITransform where S : struct, ISimd<V> where V : struct
{
    private const int ChannelsPerPiece = 8;
    public float* From;
    public int Channels, Filters;

    /// <summary>Floats from a point to the next.</summary>
    public int Pitch;

    public float* To { get; set; }

    public readonly long Size => (long)Winograd<S, V>.Points * Pitch;

    public readonly int Pieces => (Channels + ChannelsPerPiece - 1) / ChannelsPerPiece;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public readonly void Run(int piece)
    {
        int end = Math.Min((piece + 1) * ChannelsPerPiece, Channels) * Filters, next = Channels * Filters, pitch = Pitch;
        for (int i = piece * ChannelsPerPiece * Filters; i < end; i += S.Lanes)
        {
            var (a0, a1, a2, a3) = Expand(S.Load(From + i), S.Load(From + i + 3 * next), S.Load(From + i + 6 * next));
            var (b0, b1, b2, b3) = Expand(S.Load(From + i + next), S.Load(From + i + 4 * next), S.Load(From + i + 7 * next));
            var (c0, c1, c2, c3) = Expand(S.Load(From + i + 2 * next), S.Load(From + i + 5 * next), S.Load(From + i + 8 * next));
            StoreRow(a0, b0, c0, To + i, pitch);
            StoreRow(a1, b1, c1, To + i + 4 * pitch, pitch);
            StoreRow(a2, b2, c2, To + i + 8 * pitch, pitch);
            StoreRow(a3, b3, c3, To + i + 12 * pitch, pitch);
        }
    }

    /// <summary>G g: g0, (g0 + g1 + g2) / 2, (g0 - g1 + g2) / 2, g2.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (V, V, V, V) Expand(V g0, V g1, V g2)
    {
        V half = S.Splat(0.5f), outer = S.Add(g0, g2);
        return (g0, S.Multiply(S.Add(outer, g1), half), S.Multiply(S.Subtract(outer, g1), half), g2);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StoreRow(V a, V b, V c, float* to, int next)
    {
        var (e0, e1, e2, e3) = Expand(a, b, c);
        S.Store(e0, to);
        S.Store(e1, to + next);
        S.Store(e2, to + 2 * next);
        S.Store(e3, to + 3 * next);
    }
}
