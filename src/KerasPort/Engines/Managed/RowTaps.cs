using KerasPort.Layers;

namespace KerasPort.Engines.Managed;

/// <summary>
/// The taps that the pixels of a row of <see cref="DepthwiseRows{S,V}"/> read: for each tap its place, and the pixels for which it lies in the image.
/// Rows that read the same taps share a list: all rows but an image's first and last do.
/// </summary>
/// <param name="window">The window.</param>
/// <param name="isGradient">Whether the output's gradient is read, to write the input's.</param>
/// <param name="phase">The row's first pixel in the list. In the gradient, pixels that lie a stride apart read the same taps.</param>
/// <param name="fromHeight">Rows of an image that is read.</param>
/// <param name="fromWidth">Pixels of such a row.</param>
/// <param name="toWidth">Pixels of a row of the image that is written.</param>
/// <param name="list">Room for <see cref="LongsPerTap"/> of each tap.</param>
internal unsafe struct RowTaps(in Window2D window, bool isGradient, int phase, int fromHeight, int fromWidth, int toWidth, long* list)
{
    /// <summary>
    /// Longs of a tap in <see cref="All"/> and <see cref="Some"/>: its offset in the image that is read, and its offset in the kernel.
    /// </summary>
    public const int Short = 2;

    // Longs of a tap in the full list: both offsets, its first pixel, and the pixel behind its last.
    private const int Entry = 4;

    /// <summary>Longs of a tap in all three lists together.</summary>
    public const int LongsPerTap = Entry + 2 * Short;

    private readonly Window2D _window = window;
    private int _firstRead = -1, _endRead = -1, _remainder = -1;

    /// <summary>The taps that pixels <see cref="First"/> to <see cref="End"/> read.</summary>
    public readonly long* All = list + (long)window.KernelHeight * window.KernelWidth * Entry;

    /// <summary>The taps that a single pixel reads; <see cref="ListOfPixel"/> fills this list.</summary>
    public readonly long* Some = list + (long)window.KernelHeight * window.KernelWidth * (Entry + Short);

    /// <summary>Pixels of the row in this phase.</summary>
    public readonly int Pixels = isGradient ? (toWidth - phase + window.StrideX - 1) / window.StrideX : toWidth;

    /// <summary>Taps in the list.</summary>
    public int Count { get; private set; }

    /// <summary>The first pixel that reads all taps.</summary>
    public int First { get; private set; }

    /// <summary>The pixel behind the last one that reads all taps.</summary>
    public int End { get; private set; }

    /// <summary>Offsets are counted from this row of the image that is read.</summary>
    public int FromRow { get; private set; }

    /// <summary>The first pixel of this phase.</summary>
    public readonly int Phase => phase;

    /// <summary>Makes the list of a row, unless the row before has the same one. Returns how many of the next rows, this one among them, have it.</summary>
    public int ListOf(int row, int rows)
    {
        var (first, end, remainder) = Read(row);
        FromRow = isGradient ? row / _window.StrideY : row * _window.StrideY;
        int alike = 1;
        while (alike < rows && Read(row + alike) == (first, end, remainder)) alike++;
        if ((first, end, remainder) == (_firstRead, _endRead, _remainder)) return alike;
        (_firstRead, _endRead, _remainder) = (first, end, remainder);
        (Count, First, End) = (0, 0, Pixels);
        for (int ky = Math.Max(first, 0); ky < end; ky++)
        {
            if (!Reads(remainder, ky, _window.StrideY, _window.PadTop, _window.DilationY, out int y)) continue;
            for (int kx = 0; kx < _window.KernelWidth; kx++) Add(ky, kx, y);
        }
        if (First >= End) First = End = Pixels;
        return alike;
    }

    /// <summary>The first row of the kernel that a row reads, the one behind its last, and which of a stride's rows it is.</summary>
    private readonly (int First, int End, int Remainder) Read(int row)
    {
        int remainder = isGradient ? row % _window.StrideY : 0, first = -1, end = -1, from = isGradient ? row / _window.StrideY : row * _window.StrideY;
        for (int ky = 0; ky < _window.KernelHeight; ky++)
        {
            if (!Reads(remainder, ky, _window.StrideY, _window.PadTop, _window.DilationY, out int y) || from + y < 0 || from + y >= fromHeight) continue;
            first = first < 0 ? ky : first;
            end = ky + 1;
        }
        return (first, end, remainder);
    }

    /// <summary>Fills <see cref="Some"/> with the taps of a pixel, and returns their number.</summary>
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

    /// <summary>Whether a tap of a row or column that is written reads one of the image, and which.</summary>
    private readonly bool Reads(int place, int tap, int stride, int before, int dilation, out int at)
    {
        at = isGradient ? place + before - tap * dilation : place * stride - before + tap * dilation;
        if (!isGradient) return true;
        bool meets = at % stride == 0;
        at /= stride;
        return meets;
    }
}
