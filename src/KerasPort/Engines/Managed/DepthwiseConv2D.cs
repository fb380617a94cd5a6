using KerasPort.Layers;

namespace KerasPort.Engines.Managed;

/// <remarks>
/// Channels lie side by side, so a vector holds channels, and each channel is summed on its own. If a channel has several filters, its values are
/// repeated first: the rest of the code sees as many channels as filters.
/// </remarks>
internal sealed unsafe partial class ManagedKernels<S, V>
{
    /// <summary>Up to this many outputs of a channel are summed from a table of floats in registers.</summary>
    private const int MostInTable = 8;

    protected override void DepthwiseConv2DCore(in Window2D w, int images, DeviceBuffer x, DeviceBuffer kernel, DeviceBuffer? bias, bool relu,
        DeviceBuffer y) =>
        RunDepthwise(new DepthwiseRows<S, V>(w, false, images)
        {
            From = Repeated(w, images, At(x)), Kernel = At(kernel), Start = At(bias), HasRelu = relu, To = At(y),
        });

    protected override void DepthwiseConv2DInputGradientCore(in Window2D w, int images, DeviceBuffer dy, DeviceBuffer kernel, DeviceBuffer dx)
    {
        int pixels = images * w.Height * w.Width, each = w.Filters / w.Channels;
        var sums = each == 1 ? null : ScratchBuffer(3, (long)pixels * w.Filters);
        RunDepthwise(new DepthwiseRows<S, V>(w, true, images) { From = At(dy), Kernel = At(kernel), To = At(sums ?? dx) });
        if (sums is null) return;
        if (each > MostInTable)
        {
            SumColumnsCore(pixels * w.Channels, each, sums, dx);
            return;
        }
        int some = Math.Max(1, FloatsPerPiece / w.Filters);
        workers.Run(
            new SumOfEach { From = sums.Pointer, To = At(dx), Channels = w.Channels, Each = each, Pixels = pixels, PixelsPerPiece = some },
            Cut(pixels, some));
    }

    protected override void DepthwiseConv2DKernelGradientCore(in Window2D w, int images, DeviceBuffer x, DeviceBuffer dy, DeviceBuffer dkernel)
    {
        int count = w.KernelHeight * w.KernelWidth * w.Filters, groups = Math.Min(images, DepthwiseTaps<S, V>.MostGroups);
        var sums = groups == 1 ? null : ScratchBuffer(1, (long)groups * count);
        var taps = new DepthwiseTaps<S, V>
        {
            Window = w with { Channels = w.Filters }, X = Repeated(w, images, At(x)), DY = At(dy), To = At(sums ?? dkernel), Images = images, Groups = groups,
        };
        taps.Scratch = Scratch(0, workers.Threads * taps.ScratchSize);
        workers.Run(taps, groups);
        if (sums is not null) SumRowsCore(groups, count, sums, dkernel);
    }

    private void RunDepthwise(DepthwiseRows<S, V> rows, [CallerMemberName] string kernel = "")
    {
        rows.CutByWork(ProductsPerPiece / 4);
        rows.List(Scratch(2, rows.ListSize));
        rows.Scratch = Scratch(0, workers.Threads * rows.ScratchSize);
        RunRows(rows, rows.Pieces, kernel);
    }

    /// <summary>Repeats each channel for each of its filters, side by side. With one filter each, x itself is returned.</summary>
    private float* Repeated(in Window2D w, int images, float* x)
    {
        if (w.Channels == w.Filters) return x;
        int pixels = images * w.Height * w.Width, vectors = Cut(w.Filters, S.Lanes), each = w.Filters / w.Channels;
        float* to = Scratch(3, (long)pixels * w.Filters), places = Scratch(2, vectors * S.Lanes);
        // The channels of a vector's lanes, counted from its first lane's.
        for (int f = 0; f < vectors * S.Lanes; f++) ((int*)places)[f] = f / each - f / S.Lanes * S.Lanes / each;
        int some = Math.Max(1, FloatsPerPiece / w.Filters);
        workers.Run(
            new Repeat { From = x, To = to, Places = places, Channels = w.Channels, Each = each, Pixels = pixels, PixelsPerPiece = some },
            Cut(pixels, some));
        return to;
    }

    /// <summary>To[pixel][channel · each + i] = From[pixel][channel].</summary>
    private struct Repeat : IPieces
    {
        public float* From, To, Places;
        public int Channels, Each, Pixels, PixelsPerPiece;

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public readonly void Run(int piece)
        {
            float* aside = stackalloc float[S.Lanes];
            int last = Math.Min((piece + 1) * PixelsPerPiece, Pixels), filters = Channels * Each;
            for (int pixel = piece * PixelsPerPiece; pixel < last; pixel++)
            {
                float* from = From + (long)pixel * Channels, to = To + (long)pixel * filters;
                int f = 0;
                for (; f <= filters - S.Lanes; f += S.Lanes) S.Store(S.Lookup(from + f / Each, S.Load(Places + f)), to + f);
                if (f == filters) continue;
                S.Store(S.Lookup(from + f / Each, S.Load(Places + f)), aside);
                new ReadOnlySpan<float>(aside, filters - f).CopyTo(new Span<float>(to + f, filters - f));
            }
        }
    }

    /// <summary>To[pixel][channel] = Σ over i of From[pixel][channel · each + i].</summary>
    private struct SumOfEach : IPieces
    {
        private const int Table = 16;
        public float* From, To;
        public int Channels, Each, Pixels, PixelsPerPiece;

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public readonly void Run(int piece)
        {
            // A table holds the values of this many sums; the other lanes' sums are dropped.
            int step = Math.Min(S.Lanes, Table / Each);
            float* aside = stackalloc float[S.Lanes];
            int* first = stackalloc int[S.Lanes];
            for (int lane = 0; lane < S.Lanes; lane++) first[lane] = Math.Min(lane, step - 1) * Each;
            V begin = S.Load((float*)first);
            int last = Math.Min((piece + 1) * PixelsPerPiece, Pixels);
            for (int pixel = piece * PixelsPerPiece; pixel < last; pixel++)
            {
                float* from = From + (long)pixel * Channels * Each, to = To + (long)pixel * Channels;
                for (int c = 0; c < Channels; c += step)
                {
                    V sum = S.Lookup(from + c * Each, begin);
                    for (int i = 1; i < Each; i++) sum = S.Add(sum, S.Lookup(from + c * Each, S.AddBits(begin, S.SplatBits(i))));
                    if (c <= Channels - S.Lanes)
                    {
                        S.Store(sum, to + c);
                        continue;
                    }
                    int count = Math.Min(step, Channels - c);
                    S.Store(sum, aside);
                    new ReadOnlySpan<float>(aside, count).CopyTo(new Span<float>(to + c, count));
                }
            }
        }
    }
}
