namespace KerasPort;

/// <summary>
/// One index of an <see cref="NDArray"/>: a number, a range such as <c>..3</c>, a range with steps (<c>Slice(step: 2)</c>), <c>Ellipsis</c>,
/// <c>np.newaxis</c>, or an array of indices or of booleans.
/// </summary>
public readonly struct Slice
{
    private readonly Range _range;
    private readonly int? _start, _stop;
    private readonly int _step;

    private Slice(Kinds kind, Range range = default) => (Kind, _range) = (kind, range);

    /// <summary>Python's <c>slice(start, stop, step)</c>, which is <c>start:stop:step</c> between brackets.</summary>
    /// <exception cref="ValueError">The step is 0.</exception>
    public Slice(int? start, int? stop, int step)
    {
        if (step == 0) throw new ValueError("slice step cannot be zero");
        (Kind, _start, _stop, _step) = (Kinds.Steps, start, stop, step);
    }

    internal enum Kinds { One, Range, Steps, NewAxis, Ellipsis, Array }

    internal Kinds Kind { get; }

    /// <summary>The indices, if they are an array.</summary>
    internal NDArray? Places { get; private init; }

    /// <summary>A new axis of length 1.</summary>
    public static Slice NewAxis { get; } = new(Kinds.NewAxis);

    /// <summary>As many whole axes as the other indices leave over.</summary>
    public static Slice Ellipsis { get; } = new(Kinds.Ellipsis);

    /// <summary>One entry.</summary>
    public static implicit operator Slice(int index) => new(Kinds.One, new Range(index < 0 ? ^-index : index, 0));

    /// <summary>The entries at these indices; for booleans those where it is True.</summary>
    public static implicit operator Slice(NDArray places) => new(Kinds.Array) { Places = places };

    /// <summary>The entries at these indices.</summary>
    public static implicit operator Slice(int[] places) => (NDArray)places;

    /// <summary>The entries at these indices.</summary>
    public static implicit operator Slice(List<int> places) => places.ToArray();

    /// <summary>One entry, counted from the end with <c>^</c>.</summary>
    public static implicit operator Slice(Index index) => new(Kinds.One, new Range(index, 0));

    /// <summary>The entries of a range, whose ends may be out of range, as in Python.</summary>
    public static implicit operator Slice(Range range) => new(Kinds.Range, range);

    /// <summary>Likewise with a length taken from a shape: <c>x[.., ..(steps / 2)]</c> in a layer's <c>call</c>, where every length is known.</summary>
    /// <exception cref="ValueError">The length is open.</exception>
    public static implicit operator Slice(Range? range) =>
        range ?? throw new ValueError("A range up to an open dimension can't be taken: it has no length before there is an input.");

    /// <summary>Python's start, stop and step; for a single entry, start is its index.</summary>
    internal (int? Start, int? Stop, int? Step) Python
    {
        get
        {
            if (Kind == Kinds.Steps) return (_start, _stop, _step == 1 ? null : _step);
            int? start = Number(_range.Start), stop = Number(_range.End);
            return Kind == Kinds.One ? (start, null, null) : (start == 0 ? null : start, _range.End.Equals(Index.End) ? null : stop, null);
        }
    }

    private static int Number(Index index) => index.IsFromEnd ? -index.Value : index.Value;

    /// <summary>This index on an axis of that length: the first entry, the count, and the step.</summary>
    internal (int Start, int Count, int Step) On(int length, int axis)
    {
        if (Kind == Kinds.Steps) return Steps(length);
        int start = _range.Start.GetOffset(length);
        if (Kind == Kinds.One)
            return start >= 0 && start < length ? (start, 1, 1)
                : throw new ValueError($"index {(_range.Start.IsFromEnd ? start - length : start)} is out of bounds for axis {axis} with size {length}");
        start = Math.Clamp(start, 0, length);
        return (start, Math.Clamp(_range.End.GetOffset(length), start, length) - start, 1);
    }

    // Python's slice.indices: with a negative step the defaults are the last entry and the index before the first.
    private (int Start, int Count, int Step) Steps(int length)
    {
        int low = _step > 0 ? 0 : -1, high = _step > 0 ? length : length - 1;
        int End(int? end, int without) => end is { } at ? Math.Clamp(at < 0 ? at + length : at, low, high) : without;
        int start = End(_start, _step > 0 ? low : high), stop = End(_stop, _step > 0 ? high : low);
        long way = _step > 0 ? (long)stop - start : (long)start - stop, step = Math.Abs((long)_step);
        int count = (int)Math.Max((way + step - 1) / step, 0);
        return (count > 0 ? start : 0, count, _step);
    }
}
