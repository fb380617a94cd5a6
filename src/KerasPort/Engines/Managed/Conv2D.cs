using KerasPort.Layers;

namespace KerasPort.Engines.Managed;

/// <remarks>
/// Convolutions are products without an im2col copy. In NHWC a pixel's row of A is read where it lies: a contiguous run of
/// kernel width × channels for each kernel row. Only padded images are copied.
/// </remarks>
internal sealed unsafe partial class ManagedKernels<S, V>
{
    private const int LongSum = 256, MostPixelsOfChunk = 64, MostGroups = 16, FewestRowsToFetch = 64;

    protected override void Conv2DCore(in Window2D w, int images, DeviceBuffer x, DeviceBuffer kernel, DeviceBuffer? bias, bool relu, DeviceBuffer y)
    {
        if (HasWinograd(w, images, At(x), At(kernel), At(bias), relu, At(y))) return;
        float* padded = WithPadding(w, images, At(x), 0);
        if (ShallowConv2D<S, V>.Fits(w))
        {
            var rows = new ShallowConv2D<S, V> { Window = w, Images = images, X = padded, Kernel = At(kernel), Bias = At(bias), Relu = relu, Y = At(y) };
            RunRows(rows, rows.Pieces);
            return;
        }
        float* b = Padded(At(kernel), w.Depth, w.Filters, 1, out int pitch);
        var product = Correlation(w, images, padded, b, pitch, At(y));
        product.Start = At(bias);
        product.Relu = relu;
        Run(ref product, images);
    }

    protected override void Conv2DKernelGradientCore(in Window2D window, int images, DeviceBuffer x, DeviceBuffer dy, DeviceBuffer dkernel)
    {
        int joined = ImagesInOne(window, images);
        var w = window with { Height = joined * window.Height, OutHeight = joined * window.OutHeight };
        images /= joined;
        if (HasWinogradGradient(w, images, At(x), At(dy), At(dkernel))) return;
        if (ShallowConv2D<S, V>.Fits(w))
        {
            ShallowGradients(w, images, x, null, dy, dkernel, null);
            return;
        }
        float* padded = WithPadding(w, images, At(x), 0);
        float* b = Padded(At(dy), images * w.Pixels, w.Filters, 1, out int pitch);
        nint line = (nint)w.PaddedWidth * w.Channels, image = w.PaddedHeight * line;
        nint across = w.StrideX * w.Channels, down = w.StrideY * line;
        int rows = RowsOfChunk(w), parts = w.OutHeight / rows;
        var product = new Product<S, V>
        {
            // A has a row for each tap and channel, and the sum runs over the pixels of all images.
            A = padded,
            Grid = new RowGrid { N0 = w.Channels, S0 = 1, N1 = w.KernelWidth, S1 = w.DilationX * w.Channels, S2 = w.DilationY * line },
            B = b,
            Terms = new Terms { N0 = 1, N1 = rows, N2 = w.OutWidth, A2 = across, A1 = down - w.OutWidth * across, B2 = pitch },
            Chunks = images * parts, ChunkA = rows * down, ChunksPerGroup = parts, GroupA = image, ChunkB = (nint)rows * w.OutWidth * pitch,
            C = At(dkernel), PitchC = w.Filters, Rows = w.Depth, Columns = w.Filters,
        };
        int groups = Math.Min(images, MostGroups);
        if ((long)groups * w.Depth > (long)images * w.Pixels)
        {
            // The pieces are few and large, since each reads all of dy.
            product.CutByWork(Math.Max(ProductsPerPiece, product.Work / 16));
            workers.Run(product, product.Pieces);
            return;
        }
        // Where windows leave gaps, most of what would be prefetched is never read. A small gradient has too few tiles to prefetch beside them.
        product.FetchesNext = w.StrideY <= w.KernelHeight && w.StrideX <= w.KernelWidth && w.Depth >= FewestRowsToFetch;
        product.CutByWork(long.MaxValue);
        var sums = groups == 1 ? null : ScratchBuffer(2, (long)groups * w.Depth * w.Filters);
        workers.Run(new GroupsOfImages { Product = product, Sums = At(sums ?? dkernel), Images = images, Groups = groups, ImageB = (nint)w.Pixels * pitch },
            groups);
        if (sums is not null) SumRowsCore(groups, w.Depth * w.Filters, sums, dkernel);
    }

    /// <summary>
    /// Each group of images gives a kernel's gradient, and these are added up. A group's dy is still in the cache when the next rows of the gradient
    /// read it. If each piece were a part of the gradient, it would read all of dy from memory.
    /// </summary>
    private struct GroupsOfImages : IPieces, IWork
    {
        public Product<S, V> Product;
        public float* Sums;
        public int Images, Groups;
        public nint ImageB;

        public readonly long Work => Product.Work;

        public readonly void Run(int group)
        {
            int first = (int)((long)Images * group / Groups), count = (int)((long)Images * (group + 1) / Groups) - first;
            var product = Product with
            {
                A = Product.A + first * Product.GroupA,
                B = Product.B + first * ImageB,
                C = Sums + (long)group * Product.Rows * Product.Columns,
                Chunks = count * Product.ChunksPerGroup,
            };
            for (int piece = 0; piece < product.Pieces; piece++) product.Run(piece);
        }
    }

    /// <summary>
    /// How many images may count as one, one below the other: small ones whose windows are single pixels. A sum's chunks are long enough then.
    /// </summary>
    private static int ImagesInOne(in Window2D w, int images)
    {
        if (w is not { KernelHeight: 1, KernelWidth: 1, StrideY: 1, StrideX: 1 } || w.Height != w.OutHeight || w.Width != w.OutWidth) return 1;
        int some = Math.Max(MostPixelsOfChunk / w.Pixels, 1);
        while (images % some > 0) some--;
        return some;
    }

    /// <summary>
    /// Rows of dy in a chunk of a kernel's gradient: as many as divide the image evenly and stay in the first-level cache. That cache holds few of x's
    /// pixels, which lie many floats apart. If such chunks are too short to pay for adding them up, an image is one chunk.
    /// </summary>
    private static int RowsOfChunk(in Window2D w)
    {
        int rows = Math.Clamp(MostPixelsOfChunk / w.OutWidth, 1, w.OutHeight);
        while (w.OutHeight % rows > 0) rows--;
        return rows * w.OutWidth * 4 < MostPixelsOfChunk ? w.OutHeight : rows;
    }

    /// <summary>y[pixel] = Σ x[taps of pixel] · b, for padded images.</summary>
    internal static Product<S, V> Correlation(in Window2D w, int images, float* x, float* b, int pitch, float* y)
    {
        nint line = (nint)w.PaddedWidth * w.Channels;
        // If a row's taps are neighbours they are one run, else each tap is a run. A long sum is cut into kernel rows, or a single row into taps.
        bool isLong = w.Depth > LongSum, byTap = isLong && w.KernelHeight == 1, joined = w.DilationX == 1 && !byTap;
        int run = joined ? w.KernelWidth * w.Channels : w.Channels, runs = joined || byTap ? 1 : w.KernelWidth, rows = isLong ? 1 : w.KernelHeight;
        nint next = joined ? 0 : (w.DilationX - 1) * w.Channels;
        return new Product<S, V>
        {
            A = x,
            Grid = new RowGrid { N0 = w.OutWidth, S0 = w.StrideX * w.Channels, N1 = w.OutHeight, S1 = w.StrideY * line, S2 = w.PaddedHeight * line },
            B = b,
            Terms = new Terms { N0 = rows, N1 = runs, N2 = run, A2 = 1, A1 = next, A0 = w.DilationY * line - runs * (run + next), B2 = pitch },
            Chunks = byTap ? w.KernelWidth : w.KernelHeight / rows, ChunkA = byTap ? w.DilationX * w.Channels : w.DilationY * line,
            ChunkB = (nint)runs * run * pitch,
            C = y, PitchC = w.Filters, Rows = images * w.Pixels, Columns = w.Filters,
        };
    }

    /// <summary>The padded images, or the images themselves if there is no padding.</summary>
    private float* WithPadding(in Window2D w, int images, float* x, int slot)
    {
        if (!w.IsPadded) return x;
        float* padded = Scratch(slot, (long)images * w.PaddedHeight * w.PaddedWidth * w.Channels);
        workers.Run(new SetInto
        {
            From = x, To = padded, FromHeight = w.Height, FromWidth = w.Width, Channels = w.Channels, ToHeight = w.PaddedHeight, ToWidth = w.PaddedWidth,
            Top = w.PadTop, Left = w.PadLeft,
        }, images);
        return padded;
    }

    /// <summary>Copies images into larger ones of zeros. A piece is an image.</summary>
    internal struct SetInto : IPieces
    {
        public float* From, To;
        public int FromHeight, FromWidth, Channels, ToHeight, ToWidth, Top, Left;

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public readonly void Run(int image)
        {
            int run = FromWidth * Channels;
            float* from = From + (long)image * FromHeight * run, to = To + (long)image * ToHeight * ToWidth * Channels;
            new Span<float>(to, ToHeight * ToWidth * Channels).Clear();
            for (int row = 0; row < FromHeight; row++)
                new ReadOnlySpan<float>(from + row * run, run).CopyTo(new Span<float>(to + ((Top + row) * ToWidth + Left) * Channels, run));
        }
    }
}
