using KerasPort.Layers;

namespace KerasPort.Engines.Managed;

/// <summary>
/// What the pixels of a row of <see cref="DepthwiseRows{S,V}"/> read: of each tap the place, and for which pixels it lies in the image. Rows that
/// read the same taps, as all but an image's first and last do, share a list.
/// </summary>
/// <param name="window">The window.</param>
/// <param name="isGradient">Whether what it wrote is read, for the gradient of what it read.</param>
/// <param name="phase">The row's first pixel that counts: in the gradient those a stride apart read the same taps.</param>
/// <param name="fromHeight">Rows of the image that is read.</param>
/// <param name="fromWidth">Pixels of such a row.</param>
/// <param name="toWidth">Pixels of a row that is written.</param>
/// <param name="list">Room for <see cref="LongsPerTap"/> of each tap.</param>
internal unsafe struct RowTaps(in Window2D window, bool isGradient, int phase, int fromHeight, int fromWidth, int toWidth, long* list)
{
    /// <summary>
    /// Longs of a tap in <see cref="All"/> and <see cref="Some"/>: its place in what is read, from the row's first one on, and in the kernel.
    /// </summary>
    public const int Short = 2;

    // Longs of a tap in the list: the same, then its first pixel and the one behind its last.
    private const int Entry = 4;

    /// <summary>Longs of a tap in all three.</summary>
    public const int LongsPerTap = Entry + 2 * Short;

    private readonly Window2D _window = window;
    private int _firstRead = -1, _endRead = -1, _remainder = -1;

    /// <summary>The taps that pixels <see cref="First"/> to <see cref="End"/> read.</summary>
    public readonly long* All = list + (long)window.KernelHeight * window.KernelWidth * Entry;

    /// <summary>Those that another pixel reads, of which <see cref="ListOfPixel"/> makes the list.</summary>
    public readonly long* Some = list + (long)window.KernelHeight * window.KernelWidth * (Entry + Short);

    /// <summary>Pixels of the row that count.</summary>
    public readonly int Pixels = isGradient ? (toWidth - phase + window.StrideX - 1) / window.StrideX : toWidth;

    /// <summary>Taps in the list.</summary>
    public int Count { get; private set; }

    /// <summary>The first pixel that reads all taps.</summary>
    public int First { get; private set; }

    /// <summary>The one behind the last of them.</summary>
    public int End { get; private set; }

    /// <summary>The row that places are counted from.</summary>
    public int FromRow { get; private set; }

    /// <summary>The first pixel that counts.</summary>
    public readonly int Phase => phase;

    /// <summary>Makes the list of that row, if it isn't the list of the row before.</summary>
    public void ListOf(int row)
    {
        int remainder = isGradient ? row % _window.StrideY : 0, first = -1, end = -1;
        FromRow = isGradient ? row / _window.StrideY : row * _window.StrideY;
        for (int ky = 0; ky < _window.KernelHeight; ky++)
        {
            if (!Reads(remainder, ky, _window.StrideY, _window.PadTop, _window.DilationY, out int y) || FromRow + y < 0 || FromRow + y >= fromHeight) continue;
            first = first < 0 ? ky : first;
            end = ky + 1;
        }
        if ((first, end, remainder) == (_firstRead, _endRead, _remainder)) return;
        (_firstRead, _endRead, _remainder) = (first, end, remainder);
        (Count, First, End) = (0, 0, Pixels);
        for (int ky = Math.Max(first, 0); ky < end; ky++)
        {
            if (!Reads(remainder, ky, _window.StrideY, _window.PadTop, _window.DilationY, out int y)) continue;
            for (int kx = 0; kx < _window.KernelWidth; kx++) Add(ky, kx, y);
        }
        if (First >= End) First = End = Pixels;
    }

    /// <summary>Makes <see cref="Some"/> the list of that pixel, and says how many taps it has.</summary>
    public readonly int ListOfPixel(int pixel)
    {
        int inside = 0;
        for (int tap = 0; tap < Count; tap++)
        {
            long* entry = list + tap * Entry;
            if (pixel < entry[2] || pixel >= entry[3]) continue;
            (Some[inside * Short], Some[inside * Short + 1]) = (entry[0], entry[1]);
            inside++;
        }
        return inside;
    }

    private void Add(int ky, int kx, int y)
    {
        int step = isGradient ? 1 : _window.StrideX, channels = _window.Filters;
        if (!Reads(phase, kx, _window.StrideX, _window.PadLeft, _window.DilationX, out int x) || x >= fromWidth) return;
        int begin = x >= 0 ? 0 : (-x + step - 1) / step, behind = Math.Min(Pixels, (fromWidth - 1 - x) / step + 1);
        if (begin >= behind) return;
        long* entry = list + Count * Entry;
        (entry[0], entry[1]) = (((long)y * fromWidth + x) * channels, ((long)ky * _window.KernelWidth + kx) * channels);
        (entry[2], entry[3]) = (begin, behind);
        (All[Count * Short], All[Count * Short + 1]) = (entry[0], entry[1]);
        (First, End) = (Math.Max(First, begin), Math.Min(End, behind));
        Count++;
    }

    /// <summary>The place that a tap of a place reads, if there is one.</summary>
    private readonly bool Reads(int place, int tap, int stride, int before, int dilation, out int at)
    {
        at = isGradient ? place + before - tap * dilation : place * stride - before + tap * dilation;
        if (!isGradient) return true;
        bool meets = at % stride == 0;
        at /= stride;
        return meets;
    }
}
