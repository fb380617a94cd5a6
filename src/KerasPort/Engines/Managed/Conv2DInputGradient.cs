using KerasPort.Layers;

namespace KerasPort.Engines.Managed;

internal sealed unsafe partial class ManagedKernels<S, V>
{
    /// <remarks>
    /// dx is dy convolved with the kernel, which is turned by 180° and has channels and filters swapped. Pixels of dx that lie a stride apart were read by
    /// the same taps. Each such phase is a convolution of its own, with these taps alone, over dy as it lies or with a border of zeros.
    /// </remarks>
    protected override void Conv2DInputGradientCore(in Window2D w, int images, DeviceBuffer dy, DeviceBuffer kernel, DeviceBuffer dx)
    {
        var down = new Phases(w.Height, w.OutHeight, w.KernelHeight, w.StrideY, w.DilationY, w.PadTop);
        var across = new Phases(w.Width, w.OutWidth, w.KernelWidth, w.StrideX, w.DilationX, w.PadLeft);
        // Keras' layers have strides or dilation, not both.
        if (down.AreSpread || across.AreSpread)
        {
            base.Conv2DInputGradientCore(w, images, dy, kernel, dx);
            return;
        }
        int pitch = Product<S, V>.Padded(w.Channels);
        float* turned = Scratch(1, (long)w.KernelHeight * w.KernelWidth * w.Filters * pitch);
        workers.Run(
            new TurnKernel { From = At(kernel), To = turned, Down = down, Across = across, Channels = w.Channels, Filters = w.Filters, Pitch = pitch },
            w.KernelHeight * w.KernelWidth);
        int rows = down.Places(out int top), columns = across.Places(out int left);
        var whole = new Window2D(w.OutHeight, w.OutWidth, w.Filters, w.Height, w.Width, w.Channels, w.KernelHeight, w.KernelWidth,
            w.StrideY, w.StrideX, w.DilationY, w.DilationX, top, left);
        if (pitch == w.Channels && HasWinograd(whole, images, At(dy), turned, null, false, At(dx))) return;

        float* bordered = At(dy);
        if (rows > w.OutHeight || columns > w.OutWidth)
        {
            bordered = Scratch(0, (long)images * rows * columns * w.Filters);
            workers.Run(new SetInto
            {
                From = At(dy), To = bordered, FromHeight = w.OutHeight, FromWidth = w.OutWidth, Channels = w.Filters, ToHeight = rows, ToWidth = columns,
                Top = top, Left = left,
            }, images);
        }
        if (down.LeaveGaps || across.LeaveGaps) workers.Run(new Clear { To = At(dx), Count = w.InputSize }, images);

        for (int y = 0; y < Math.Min(w.StrideY, w.KernelHeight); y++)
            for (int x = 0; x < Math.Min(w.StrideX, w.KernelWidth); x++)
            {
                var phase = new Window2D(rows, columns, w.Filters, down.Count(y), across.Count(x), w.Channels, down.TapsOf(y), across.TapsOf(x),
                    1, 1, w.DilationY, w.DilationX, 0, 0);
                if (phase.Pixels == 0) continue;
                float* from = bordered + ((long)(down.FirstPlace(y) + top) * columns + across.FirstPlace(x) + left) * w.Filters;
                float* b = turned + ((long)down.TapsBefore(y) * w.KernelWidth + (long)phase.KernelHeight * across.TapsBefore(x)) * w.Filters * pitch;
                var product = Correlation(phase, images, from, b, pitch, At(dx) + ((long)down.FirstPixel(y) * w.Width + across.FirstPixel(x)) * w.Channels);
                if (w.StrideY > 1 || w.StrideX > 1)
                    (product.PitchC, product.LineC, product.ImageC) = ((nint)w.StrideX * w.Channels, (nint)w.StrideY * w.Width * w.Channels, w.InputSize);
                Run(ref product, images);
            }
    }

    /// <summary>
    /// The places of dy that pixels of dx read along one axis. Pixel i reads place (i + before - t · dilation) / stride for each tap t for which this is
    /// a whole number. The remainder of i + before is the pixel's phase. Its taps begin with the phase's number and lie a stride apart.
    /// </summary>
    private readonly record struct Phases(int Size, int Out, int Taps, int Stride, int Dilation, int Before)
    {
        /// <summary>Whether a stride and a dilation come together: a phase's taps are then not simply a stride apart.</summary>
        public bool AreSpread => Stride > 1 && Dilation > 1;

        /// <summary>Whether there are pixels that no tap reads.</summary>
        public bool LeaveGaps => Stride > Taps;

        public int TapsOf(int phase) => (Taps - phase + Stride - 1) / Stride;

        /// <summary>Taps of the phases before this one.</summary>
        public int TapsBefore(int phase)
        {
            int taps = 0;
            for (int p = 0; p < phase; p++) taps += TapsOf(p);
            return taps;
        }

        public int FirstPixel(int phase) => ((phase - Before) % Stride + Stride) % Stride;

        /// <summary>Pixels of the phase.</summary>
        public int Count(int phase) => (Size - FirstPixel(phase) + Stride - 1) / Stride;

        /// <summary>The place in dy that the last tap of the phase's first pixel reads. It is negative if it lies before dy.</summary>
        public int FirstPlace(int phase) => (FirstPixel(phase) + Before - phase) / Stride - (TapsOf(phase) - 1) * Dilation;

        /// <summary>The number of places with a border, of which <paramref name="before"/> lie before dy.</summary>
        public int Places(out int before)
        {
            before = 0;
            for (int phase = 0; phase < Math.Min(Stride, Taps); phase++)
                if (Count(phase) > 0) before = Math.Max(before, -FirstPlace(phase));
            return before + Math.Max(Out, (Size - 1 + Before) / Stride + 1);
        }
    }

    /// <summary>The kernel's taps by phase, each phase backwards: To[place][f][c] = From[tap][c][f]. A piece is a tap.</summary>
    private struct TurnKernel : IPieces
    {
        public float* From, To;
        public Phases Down, Across;
        public int Channels, Filters, Pitch;

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public readonly void Run(int tap)
        {
            var (y, row) = (tap / Across.Taps % Down.Stride, tap / Across.Taps / Down.Stride);
            var (x, column) = (tap % Across.Taps % Across.Stride, tap % Across.Taps / Across.Stride);
            int down = Down.TapsOf(y), across = Across.TapsOf(x);
            long place = (long)Down.TapsBefore(y) * Across.Taps + (long)down * Across.TapsBefore(x) + (long)(down - 1 - row) * across + (across - 1 - column);
            var transpose = new Transpose
            {
                From = From + (long)tap * Channels * Filters, PitchFrom = Filters, To = To + place * Filters * Pitch, PitchTo = Pitch,
                Rows = Channels, Columns = Filters,
            };
            for (int piece = 0; piece < Cut(Filters, Transpose.Edge); piece++) transpose.Run(piece);
        }
    }

    /// <summary>Sets images to zeros. A piece is an image.</summary>
    private struct Clear : IPieces
    {
        public float* To;
        public int Count;

        public readonly void Run(int image) => new Span<float>(To + (long)image * Count, Count).Clear();
    }
}
