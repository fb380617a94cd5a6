using KerasPort.Layers;

namespace KerasPort.Engines.Managed;

/// <summary>
/// What <see cref="DepthwiseRows{S,V}"/> reads of an image: a strip of it at a time, so narrow that the rows at hand stay in the first-level cache.
/// If the strip reaches beyond the image's sides, its rows are copied between zeros; else they are read where they lie. All pixels of a row then have
/// the same taps.
/// </summary>
internal unsafe struct DepthwiseStrip<S, V> where S : struct, ISimd<V> where V : struct
{
    // Floats of the copied rows, and columns that are few enough to be worth more room than that.
    private const int FloatsOfCopies = 1 << 13, FewColumns = 8;

    private readonly int _channels, _columns, _line;
    private int _first, _behind, _copied;
    private float* _image, _copies;

    public DepthwiseStrip(in Window2D window, bool isGradient)
    {
        (Down, Across) = (DepthwiseAxis.Down(window, isGradient), DepthwiseAxis.Across(window, isGradient));
        _channels = window.Filters;
        int fit = FloatsOfCopies / Down.Places / _channels / Across.StepFrom, least = Math.Max(Across.Places, FewColumns);
        int all = Across.Count(0), strips = Math.Max(all / Math.Max(fit, least), 1);
        _columns = (all + strips - 1) / strips;
        _line = ((_columns - 1) * Across.StepFrom + Across.Places) * _channels;
    }

    public DepthwiseAxis Down { get; }

    public DepthwiseAxis Across { get; }

    /// <summary>The strip's first column, and the one behind its last. Columns of a gradient's phases count as one.</summary>
    public int Column { get; private set; }

    public int EndColumn { get; private set; }

    /// <summary>Floats of the room for copies: a row for each place, and what a vector reads behind them.</summary>
    public readonly long CopiesSize => CacheLines.RoundUp((long)Down.Places * _line + CacheLines.Floats);

    private readonly bool IsCopied => _first < 0 || _behind > Across.From;

    /// <summary>Goes to an image's first strip.</summary>
    public void Begin(float* image, float* copies)
    {
        _image = image;
        _copies = copies;
        EndColumn = 0;
    }

    /// <summary>Goes to the next strip, if there is one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public bool Next()
    {
        (Column, EndColumn) = (EndColumn, Math.Min(EndColumn + _columns, Across.Count(0)));
        if (Column == EndColumn) return false;
        (_first, _behind, _copied) = (Column * Across.StepFrom + Across.Lowest, (EndColumn - 1) * Across.StepFrom + Across.Highest + 1, 0);
        if (IsCopied) new Span<float>(_copies, Down.Places * _line).Clear();
        return true;
    }

    /// <summary>Makes ready what a row reads. Rows come in their order.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Read(int row)
    {
        if (!IsCopied) return;
        int top = row * Down.StepFrom + Down.Lowest, bottom = Math.Min(row * Down.StepFrom + Down.Highest + 1, Down.From);
        int begin = Math.Max(_first, 0), floats = (Math.Min(_behind, Across.From) - begin) * _channels;
        for (_copied = Math.Max(_copied, top); _copied < bottom && floats > 0; _copied++)
        {
            float* from = _image + ((nint)_copied * Across.From + begin) * _channels;
            Simd<S, V>.Copy(from, _copies + _copied % Down.Places * _line + (begin - _first) * _channels, floats);
        }
    }

    /// <summary>What the strip's first column reads at the lowest place across, in a row of the image.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly float* At(int row) =>
        IsCopied ? _copies + row % Down.Places * _line : _image + ((nint)row * Across.From + _first) * _channels;
}
