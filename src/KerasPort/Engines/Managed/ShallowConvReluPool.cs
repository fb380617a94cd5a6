using System.Runtime.Intrinsics;
using KerasPort.Layers;

namespace KerasPort.Engines.Managed;

/// <summary>The fused kernel for the first layer of a network. It has so few channels that a vector holds filters, and no dx is needed.</summary>
internal sealed unsafe class ShallowConvReluPool<S, V> : FusedConvReluPool where S : struct, ISimd<V> where V : struct
{
    public const int Kernel = 3;

    // The groups of images whose gradients are summed.
    private const int FewestGroups = 4, MostGroups = 16, ImagesOfGroup = 8;

    // A pooling window of 2 × 2 reads 4 × 4 pixels.
    private const int Edge = Kernel + 1;

    // Windows of 3 × 3 may overlap: the full output of an image is made, then pooled.
    private readonly PooledProduct<S, V> _product;
    private float* _patches;
    private PieceSums _sums;

    public ShallowConvReluPool(Workers workers, in PooledConvolution shape, int images, in Window2D convolution, in Window2D pooling)
        : base(workers, shape, images, convolution, pooling)
    {
        _product.Shape = shape;
        if (shape.Pool == 3) _product.Scratch = Allocate(workers.Threads * _product.ScratchSize);
    }

    protected override void AllocateBackward()
    {
        _patches = Allocate((long)Workers.Threads * PatchesSize(Shape));
        _sums = new PieceSums(Allocate(PieceSums.Room(Images, GradientSize, Workers.Threads)), Images, GradientSize, Workers.Threads);
    }

    /// <summary>Floats from a patch to the next: whole cache lines.</summary>
    private static int Patch(in PooledConvolution shape) => shape.Pool == 2 ? 16 : 32;

    /// <summary>Floats of an image's patches, with a flag for each.</summary>
    private static int PatchesSize(in PooledConvolution shape) => shape.Channels * shape.Windows * (Patch(shape) + 1) / 16 * 16 + 16;

    /// <summary>Floats of one image's gradients: kernel, then bias.</summary>
    private int GradientSize => (Shape.Depth + 1) * Shape.Filters;

    protected override void ForwardCore(int images, DeviceBuffer x, DeviceBuffer kernel, DeviceBuffer? bias, DeviceBuffer y, bool train)
    {
        if (train) PrepareTraining();
        if (_product.Scratch != null)
            Workers.Run(_product with { Images = images, X = At(x), Kernel = At(kernel), Bias = At(bias), Y = At(y), Which = train ? Which : null }, images);
        else Workers.Run(
            new ForwardPiece
            {
                Shape = Shape, X = At(x), Kernel = At(kernel), SkipsEmpty = IsFinite(At(kernel)), Bias = At(bias), Y = At(y), Which = train ? Which : null,
            }, images);
        GC.KeepAlive(this);
    }

    protected override void BackwardCore(int images, DeviceBuffer x, DeviceBuffer kernel, DeviceBuffer y, DeviceBuffer dy, DeviceBuffer dkernel,
        DeviceBuffer? dbias, DeviceBuffer? dx)
    {
        PrepareTraining();
        var sums = _sums.For(images, Math.Clamp(images / ImagesOfGroup, FewestGroups, MostGroups));
        Workers.Run(new BackwardPiece { Shape = Shape, X = At(x), DY = At(dy), Which = Which, Patches = _patches, Sums = sums }, images);
        sums.Close();
        var sum = new SumOfPieces<S, V> { From = sums, To = At(dkernel), Count = Shape.Depth * Shape.Filters };
        Workers.Run(sum, sum.Pieces);
        if (dbias is not null)
        {
            sum = sum with { At = sum.Count, To = At(dbias), Count = Shape.Filters };
            Workers.Run(sum, sum.Pieces);
        }
        GC.KeepAlive(this);
    }

    /// <summary>Whether the kernel has neither NaN nor infinity, so that its products with 0 are 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private bool IsFinite(float* kernel)
    {
        V sum = S.Splat(0);
        for (int i = 0; i < Shape.Depth * Shape.Filters; i += S.Lanes) sum = S.Fma(S.Load(kernel + i), S.Splat(0), sum);
        return S.Bits(S.Equal(sum, sum)) == (uint)((1ul << S.Lanes) - 1);
    }

    /// <summary>A tile is a pooling window's four pixels × all filters that fit; the sum runs over taps and channels. A piece is an image.</summary>
    private struct ForwardPiece : IPieces, IWork
    {
        public PooledConvolution Shape;
        public float* X, Kernel, Bias, Y;
        public byte* Which;

        /// <summary>Whether a window of zeros gives the bias without being summed.</summary>
        public bool SkipsEmpty;

        public readonly long Work => 0;

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public readonly void Run(int image)
        {
            int run = ShallowConvReluPool<S, V>.Kernel * Shape.Channels;
            var work = new TileWork
            {
                Terms = new Terms { N0 = ShallowConvReluPool<S, V>.Kernel, N1 = 1, N2 = run, A2 = 1, A0 = Shape.Line - run, B2 = Shape.Filters },
                NextA = 2 * Shape.Channels, NextC = Shape.Filters,
            };
            for (int row = 0; row < Shape.PooledHeight; row++)
            {
                float* x = X + (long)image * Shape.InputSize + 2 * row * Shape.Line;
                long to = (long)image * Shape.OutputSize + (long)row * Shape.PooledWidth * Shape.Filters;
                // Windows whose pixels are all zero give the bias. Only the runs of other windows between them are computed.
                for (int begin = 0, end; begin < Shape.PooledWidth; begin = end)
                {
                    bool empty = SkipsEmpty && IsEmpty(x + 2 * begin * Shape.Channels);
                    for (end = begin + 1; end < Shape.PooledWidth && (SkipsEmpty && IsEmpty(x + 2 * end * Shape.Channels)) == empty; end++) { }
                    long at = to + (long)begin * Shape.Filters;
                    if (empty) GiveBias(at, end - begin);
                    else
                    {
                        for (int pixel = 0; pixel < 4; pixel++) work.A[pixel] = (long)(x + (2 * begin + pixel % 2) * Shape.Channels + pixel / 2 * Shape.Line);
                        work.Tiles = end - begin;
                        RunTiles(ref work, at);
                    }
                }
            }
        }

        private readonly bool IsEmpty(float* x)
        {
            var any = Vector128<int>.Zero;
            for (int row = 0; row < Edge; row++, x += Shape.Line)
                for (int c = 0; c < Shape.Channels; c++) any |= Vector128.Load((int*)x + c * Edge);
            return any == Vector128<int>.Zero;
        }

        private readonly void GiveBias(long at, int windows)
        {
            for (; windows > 0; windows--, at += Shape.Filters)
                for (int f = 0; f < Shape.Filters; f += S.Lanes)
                {
                    V bias = Bias == null ? S.Splat(0) : S.Load(Bias + f);
                    Tile<S, V>.Keep(bias, bias, bias, bias, Y + at + f, Which == null ? null : Which + at + f);
                }
        }

        private readonly void RunTiles(ref TileWork work, long at)
        {
            for (int column = 0; column < Shape.Filters;)
            {
                work.B = Kernel + column;
                work.Start = Bias == null ? null : Bias + column;
                work.C[0] = (long)(Y + at + column);
                work.Which = Which == null ? null : Which + at + column;
                int vectors = Math.Min((Shape.Filters - column) / S.Lanes, S.TileColumns);
                if (vectors >= 4) Tile<S, V>.Run<Four, Four, Pooled>(work);
                else if (vectors >= 2) Tile<S, V>.Run<Four, Two, Pooled>(work);
                else Tile<S, V>.Run<Four, One, Pooled>(work);
                column += (vectors >= 4 ? 4 : vectors >= 2 ? 2 : 1) * S.Lanes;
            }
        }
    }

    /// <summary>
    /// dkernel[tap][f] = Σ over windows of dy[f] · x[the largest pixel's tap]. The largest pixel differs from lane to lane in a vector of filters,
    /// so x is looked up in the window's patch. A piece is an image.
    /// </summary>
    private struct BackwardPiece : IPieces
    {
        public PooledConvolution Shape;
        public float* X, DY, Patches;
        public byte* Which;

        /// <summary>The sums of dkernel, then of dbias.</summary>
        public PieceSums Sums;

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public readonly void Run(int image)
        {
            float* patches = Patches + (long)Workers.CurrentThread * PatchesSize(Shape);
            int room = Shape.Windows * Patch(Shape);
            var filled = (int*)(patches + Shape.Channels * room);
            FillPatches(X + (long)image * Shape.InputSize, patches, filled);
            long at = (long)image * Shape.OutputSize;
            float* sums = Sums.Place(image, Workers.IsFirst(), out bool add);
            for (int f = 0; f < Shape.Filters; f += S.Lanes)
                for (int c = 0; c < Shape.Channels; c++)
                {
                    float* to = sums + c * Shape.Filters + f, bias = c == 0 ? sums + Shape.Depth * Shape.Filters + f : null;
                    if (Shape.Pool == 2) Sum<Two>(patches + c * room, filled + c * Shape.Windows, DY + at + f, Which + at + f, to, bias, add);
                    else Sum<Three>(patches + c * room, filled + c * Shape.Windows, DY + at + f, Which + at + f, to, bias, add);
                }
        }

        /// <summary>Makes the patches [channel][window][4 × 4 or 5 × 5 pixels], and flags those that aren't all 0.</summary>
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private readonly void FillPatches(float* x, float* patches, int* filled)
        {
            int patch = Patch(Shape), edge = Edge + Shape.Pool - 2, channels = Shape.Channels, next = Shape.Line;
            for (int c = 0; c < channels; c++)
                for (int row = 0; row < Shape.PooledHeight; row++)
                {
                    float* from = x + Shape.Step * row * next + c, to = patches;
                    for (int column = 0; column < Shape.PooledWidth; column++, to += patch, from += Shape.Step * channels)
                    {
                        float* line = from, run = to;
                        for (int y = 0; y < edge; y++, line += next, run += edge)
                        {
                            if (channels == 1) Vector128.Store(Vector128.Load(line), run);
                            for (int i = channels == 1 ? Edge : 0; i < edge; i++) run[i] = line[i * channels];
                        }
                    }
                    // A loop of its own: a vector that is read right after its parts were written waits for all of them.
                    for (; patches < to; patches += patch)
                    {
                        V any = S.Splat(0);
                        for (int i = 0; i < patch; i += S.Lanes) any = S.Or(any, S.Load(patches + i));
                        *filled++ = S.Bits(S.EqualBits(any, S.Splat(0))) == (1u << S.Lanes) - 1 ? 0 : 1;
                    }
                }
        }

        /// <typeparam name="P">Pixels along a side of a pooling window: 2 or 3.</typeparam>
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private readonly void Sum<P>(float* patch, int* filled, float* dy, byte* which, float* dkernel, float* dbias, bool add) where P : struct, INumber
        {
            V zero = S.Splat(0), two = S.SplatBits(2), one = S.SplatBits(1), none = S.SplatBits(PooledConvolution.NoPixel);
            // A lookup takes the part of a patch that one row of the kernel sees: two rows of 4 pixels, or three of 5.
            int row = P.Value == 2 ? Edge : PooledConvolution.PatchOfThree, size = P.Value == 2 ? 16 : 32;
            V b = zero, s00 = zero, s01 = zero, s02 = zero, s10 = zero, s11 = zero, s12 = zero, s20 = zero, s21 = zero, s22 = zero;
            for (int window = Shape.Windows; window > 0; window--, patch += size, dy += Shape.Filters, which += Shape.Filters)
            {
                V pixel = S.LoadBytes(which), d = S.AndNot(S.Load(dy), S.EqualBits(pixel, none));
                b = S.Add(b, d);
                if (*filled++ == 0) continue;
                // Pixels 0, 1, 2 and 3 of the window are pixels 0, 1, 4 and 5 of the patch.
                V at = P.Value == 2 ? S.AddBits(pixel, S.And(pixel, two)) : pixel;
                float* row1 = patch + row, row2 = row1 + row;
                s00 = S.Fma(Pixels<P>(patch, at), d, s00);
                s10 = S.Fma(Pixels<P>(row1, at), d, s10);
                s20 = S.Fma(Pixels<P>(row2, at), d, s20);
                at = S.AddBits(at, one);
                s01 = S.Fma(Pixels<P>(patch, at), d, s01);
                s11 = S.Fma(Pixels<P>(row1, at), d, s11);
                s21 = S.Fma(Pixels<P>(row2, at), d, s21);
                at = S.AddBits(at, one);
                s02 = S.Fma(Pixels<P>(patch, at), d, s02);
                s12 = S.Fma(Pixels<P>(row1, at), d, s12);
                s22 = S.Fma(Pixels<P>(row2, at), d, s22);
            }
            int next = Shape.Channels * Shape.Filters;
            Store(s00, dkernel, add);
            Store(s01, dkernel + next, add);
            Store(s02, dkernel + 2 * next, add);
            Store(s10, dkernel + 3 * next, add);
            Store(s11, dkernel + 4 * next, add);
            Store(s12, dkernel + 5 * next, add);
            Store(s20, dkernel + 6 * next, add);
            Store(s21, dkernel + 7 * next, add);
            Store(s22, dkernel + 8 * next, add);
            if (dbias != null) Store(b, dbias, add);
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static void Store(V sum, float* to, bool add) => S.Store(add ? S.Add(S.Load(to), sum) : sum, to);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static V Pixels<P>(float* rows, V at) where P : struct, INumber => P.Value == 2 ? S.LookupOfEight(rows, at) : S.Lookup(rows, at);
    }
}

/// <summary>To[i] = Σ From[part][i] over the parts in order. A piece is a run of columns.</summary>
internal unsafe struct SumOfParts<S, V> : IPieces where S : struct, ISimd<V> where V : struct
{
    private const int ColumnsPerPiece = 256;
    public float* From, To;
    public int Parts, Count;
    public long Pitch;

    public readonly int Pieces => (Count + ColumnsPerPiece - 1) / ColumnsPerPiece;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public readonly void Run(int piece)
    {
        int end = Math.Min((piece + 1) * ColumnsPerPiece, Count);
        for (int i = piece * ColumnsPerPiece; i < end; i += S.Lanes) S.Store(Simd<S, V>.Sum(From + i, Parts, (nint)Pitch), To + i);
    }
}
