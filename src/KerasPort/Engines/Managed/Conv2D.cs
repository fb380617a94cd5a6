using System.Runtime.CompilerServices;
using KerasPort.Layers;

namespace KerasPort.Engines.Managed;

/// <remarks>
/// Convolutions are products without an im2col copy: in NHWC the row of A for a pixel is read where it lies, one contiguous run of
/// kernel width × channels for each kernel row. Only padding is copied in.
/// </remarks>
internal sealed unsafe partial class ManagedKernels<S, V>
{
    private const int LongSum = 256;

    protected override void Conv2DCore(in Window2D w, int images, DeviceBuffer x, DeviceBuffer kernel, DeviceBuffer? bias, bool relu, DeviceBuffer y)
    {
        float* padded = WithPadding(w, images, At(x), 0);
        float* b = Padded(At(kernel), w.Depth, w.Filters, 1, out int pitch);
        var product = Correlation(w, images, padded, b, pitch, At(y));
        product.Start = At(bias);
        product.Relu = relu;
        Run(ref product, images);
    }

    /// <remarks>
    /// dx is dy, spread out by the strides and with a border, convolved with the kernel turned by 180° and its channels swapped.
    /// </remarks>
    protected override void Conv2DInputGradientCore(in Window2D w, int images, DeviceBuffer dy, DeviceBuffer kernel, DeviceBuffer dx)
    {
        int border = (w.KernelHeight - 1) * w.DilationY, side = (w.KernelWidth - 1) * w.DilationX;
        var turned = new Window2D(w.Height + border, w.Width + side, w.Filters, w.Height, w.Width, w.Channels,
            w.KernelHeight, w.KernelWidth, 1, 1, w.DilationY, w.DilationX, 0, 0);

        // A window of one pixel reads dy where it lies.
        float* spread = At(dy);
        if (w.Depth > w.Channels || w.StrideY > 1 || w.StrideX > 1 || w.Height > w.OutHeight || w.Width > w.OutWidth)
        {
            spread = Scratch(0, (long)images * turned.InputSize);
            workers.Run(new Spread
            {
                From = At(dy), To = spread, FromHeight = w.OutHeight, FromWidth = w.OutWidth, Channels = w.Filters,
                ToHeight = turned.Height, ToWidth = turned.Width, StrideY = w.StrideY, StrideX = w.StrideX, Top = border - w.PadTop, Left = side - w.PadLeft,
            }, images);
        }

        int pitch = Product<S, V>.Padded(w.Channels);
        float* swapped = Scratch(1, (long)w.KernelHeight * w.KernelWidth * w.Filters * pitch);
        workers.Run(new TurnKernel { From = At(kernel), To = swapped, Taps = w.KernelHeight * w.KernelWidth, Channels = w.Channels, Filters = w.Filters, Pitch = pitch },
            w.KernelHeight * w.KernelWidth);

        var product = Correlation(turned, images, spread, swapped, pitch, At(dx));
        Run(ref product, images);
    }

    protected override void Conv2DKernelGradientCore(in Window2D w, int images, DeviceBuffer x, DeviceBuffer dy, DeviceBuffer dkernel)
    {
        float* padded = WithPadding(w, images, At(x), 0);
        float* b = Padded(At(dy), images * w.Pixels, w.Filters, 1, out int pitch);
        nint line = (nint)w.PaddedWidth * w.Channels, image = w.PaddedHeight * line;
        nint across = w.StrideX * w.Channels, down = w.StrideY * line;
        var product = new Product<S, V>
        {
            // A row for each tap and channel; the sum runs over the pixels of all images.
            A = padded,
            Grid = new RowGrid { N0 = w.Channels, S0 = 1, N1 = w.KernelWidth, S1 = w.DilationX * w.Channels, S2 = w.DilationY * line },
            B = b,
            Terms = new Terms { N0 = 1, N1 = w.OutHeight, N2 = w.OutWidth, A2 = across, A1 = down - w.OutWidth * across, B2 = pitch },
            // An image to a chunk: its dy stays in cache, and the chain of additions is short.
            Chunks = images, ChunkA = image, ChunkB = (nint)w.Pixels * pitch,
            C = At(dkernel), PitchC = w.Filters, Rows = w.Depth, Columns = w.Filters,
        };
        // Few large pieces: each reads all of dy.
        product.CutByWork(Math.Max(ProductsPerPiece, product.Work / 16));
        workers.Run(product, product.Pieces);
    }

    /// <summary>y[pixel] = Σ x[taps of pixel] · b, for images that already have their padding.</summary>
    private static Product<S, V> Correlation(in Window2D w, int images, float* x, float* b, int pitch, float* y)
    {
        nint line = (nint)w.PaddedWidth * w.Channels;
        // Where taps are neighbours a kernel row is one run; else each tap is.
        bool joined = w.DilationX == 1;
        int run = joined ? w.KernelWidth * w.Channels : w.Channels, runs = joined ? 1 : w.KernelWidth;
        nint next = joined ? 0 : (w.DilationX - 1) * w.Channels;
        // A long sum is cut into its kernel rows.
        int rows = w.Depth > LongSum ? 1 : w.KernelHeight;
        return new Product<S, V>
        {
            A = x,
            Grid = new RowGrid { N0 = w.OutWidth, S0 = w.StrideX * w.Channels, N1 = w.OutHeight, S1 = w.StrideY * line, S2 = w.PaddedHeight * line },
            B = b,
            Terms = new Terms { N0 = rows, N1 = runs, N2 = run, A2 = 1, A1 = next, A0 = w.DilationY * line - runs * (run + next), B2 = pitch },
            Chunks = w.KernelHeight / rows, ChunkA = w.DilationY * line, ChunkB = (nint)runs * run * pitch,
            C = y, PitchC = w.Filters, Rows = images * w.Pixels, Columns = w.Filters,
        };
    }

    /// <summary>The images with their padding around them: themselves where there is none.</summary>
    private float* WithPadding(in Window2D w, int images, float* x, int slot)
    {
        if (!w.IsPadded) return x;
        float* padded = Scratch(slot, (long)images * w.PaddedHeight * w.PaddedWidth * w.Channels);
        workers.Run(new Spread
        {
            From = x, To = padded, FromHeight = w.Height, FromWidth = w.Width, Channels = w.Channels, ToHeight = w.PaddedHeight, ToWidth = w.PaddedWidth,
            StrideY = 1, StrideX = 1, Top = w.PadTop, Left = w.PadLeft,
        }, images);
        return padded;
    }

    /// <summary>Images set into larger ones of zeros, their pixels a stride apart; a piece is an image.</summary>
    private struct Spread : IPieces
    {
        public float* From, To;
        public int FromHeight, FromWidth, Channels, ToHeight, ToWidth, StrideY, StrideX, Top, Left;

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public readonly void Run(int image)
        {
            float* from = From + (long)image * FromHeight * FromWidth * Channels, to = To + (long)image * ToHeight * ToWidth * Channels;
            new Span<float>(to, ToHeight * ToWidth * Channels).Clear();
            int run = StrideX == 1 ? FromWidth * Channels : Channels, runs = StrideX == 1 ? 1 : FromWidth;
            for (int row = 0; row < FromHeight; row++)
            {
                float* line = to + ((Top + row * StrideY) * ToWidth + Left) * Channels;
                for (int i = 0; i < runs; i++)
                {
                    new ReadOnlySpan<float>(from, run).CopyTo(new Span<float>(line, run));
                    from += run;
                    line += StrideX * Channels;
                }
            }
        }
    }

    /// <summary>To[taps - 1 - tap][f][c] = From[tap][c][f]; a piece is a tap.</summary>
    private struct TurnKernel : IPieces
    {
        public float* From, To;
        public int Taps, Channels, Filters, Pitch;

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public readonly void Run(int tap)
        {
            float* from = From + (long)tap * Channels * Filters, to = To + (long)(Taps - 1 - tap) * Filters * Pitch;
            var transpose = new Transpose { From = from, PitchFrom = Filters, To = to, PitchTo = Pitch, Rows = Channels, Columns = Filters };
            for (int piece = 0; piece < Cut(Filters, Transpose.Edge); piece++) transpose.Run(piece);
        }
    }
}
