namespace KerasPort.Plotting;

/// <summary>The ticks of an axis: matplotlib's <c>XAxis</c> and <c>YAxis</c>.</summary>
public sealed class AxisTicks
{
    private readonly Action _requireOne;

    /// <param name="requireOne">Refuses calls on several axes at once.</param>
    internal AxisTicks(Action requireOne) => _requireOne = requireOne;

    internal double[]? Places { get; private set; }

    internal string[]? Labels { get; private set; }

    internal double Rotation { get; private set; }

    internal bool IsVisible { get; private set; } = true;

    /// <summary>Sets whether the axis' ticks and label are drawn.</summary>
    public void set_visible(bool b)
    {
        _requireOne();
        IsVisible = b;
    }

    /// <summary>The positions of minor ticks, if set.</summary>
    internal double[]? MinorPlaces { get; private set; }

    /// <summary>Whether there are minor ticks between those with labels.</summary>
    internal bool HasMinor { get; set; }

    /// <summary>The distance between tick labels and the axis label in points.</summary>
    internal double NameGap { get; set; } = AxisSide.NameGap;

    /// <summary>The side of a label at its tick: -1 left, 1 right, 0 middle.</summary>
    internal int? Side { get; private set; }

    /// <summary>Whether ticks and labels are on the opposite side: at the top, or on the right.</summary>
    internal bool IsOpposite { get; set; }

    internal Locator? Locator { get; private set; }

    internal Formatter? Formatter { get; private set; }

    internal Locator? MinorLocator { get; private set; }

    internal Formatter? MinorFormatter { get; private set; }

    /// <summary>Sets the positions of minor ticks: <c>ticker.MultipleLocator(5)</c>.</summary>
    public void set_minor_locator(Locator locator)
    {
        _requireOne();
        MinorLocator = locator;
    }

    /// <summary>Sets the text of minor ticks: <c>ticker.NullFormatter()</c> for none.</summary>
    public void set_minor_formatter(Formatter formatter)
    {
        _requireOne();
        MinorFormatter = formatter;
    }

    /// <summary>Sets the positions of ticks: <c>ticker.MaxNLocator(integer: true)</c>.</summary>
    public void set_major_locator(Locator locator)
    {
        _requireOne();
        Locator = locator;
    }

    /// <summary>Sets the text of ticks: <c>ticker.PercentFormatter(1)</c>.</summary>
    public void set_major_formatter(Formatter formatter)
    {
        _requireOne();
        Formatter = formatter;
    }

    /// <summary>The same, by a function of the value and the tick's index.</summary>
    public void set_major_formatter(Func<double, int, string> formatter) => set_major_formatter(new Formatter(formatter));

    /// <summary>Moves ticks and labels to the top.</summary>
    public void tick_top() => Turn(true);

    /// <summary>Moves ticks and labels to the bottom.</summary>
    public void tick_bottom() => Turn(false);

    /// <summary>Moves ticks and labels to the right.</summary>
    public void tick_right() => Turn(true);

    /// <summary>Moves ticks and labels to the left.</summary>
    public void tick_left() => Turn(false);

    /// <summary>The labels' font size in points, if set.</summary>
    internal double? Size { get; private set; }

    internal ScottPlot.Color? LabelColor { get; private set; }

    internal ScottPlot.Color? Color { get; private set; }

    /// <summary>The length of ticks in points, if set.</summary>
    internal double? Length { get; private set; }

    internal bool HasMarks { get; private set; } = true;

    internal bool HasLabels { get; private set; } = true;

    /// <summary>Whether the opposite side has ticks, too.</summary>
    internal bool HasFarMarks { get; private set; }

    internal bool HasFarLabels { get; private set; }

    private void Turn(bool isOpposite)
    {
        _requireOne();
        IsOpposite = isOpposite;
    }

    internal void Clear()
    {
        (Places, Labels, Rotation, IsVisible, Size, LabelColor, Color, Length, HasMarks, HasLabels) =
            (null, null, 0, true, null, null, null, null, true, true);
        (HasFarMarks, HasFarLabels) = (false, false);
        (MinorPlaces, HasMinor, NameGap, Side, IsOpposite) = (null, false, AxisSide.NameGap, null, false);
        (Locator, Formatter, MinorLocator, MinorFormatter) = (null, null, null, null);
    }

    internal void Set(Series? size, Series? rotation, Paint? labelColor, Paint? color, double? length, bool? marks, bool? labels, bool? farMarks = null,
        bool? farLabels = null)
    {
        (HasFarMarks, HasFarLabels) = (farMarks ?? HasFarMarks, farLabels ?? HasFarLabels);
        if (size is not null) Size = Wording.SizeOf(size, AxisSide.TickLength);
        Label(null, rotation);
        LabelColor = labelColor?.Only("labelcolor") ?? LabelColor;
        Color = color?.Only("color") ?? Color;
        if (length is { } points) Length = points is >= 0 and < 1000 ? points : throw new ValueError($"`length` must be points. Received: {points}");
        (HasMarks, HasLabels) = (marks ?? HasMarks, labels ?? HasLabels);
    }

    internal AxisTicks Set(Series? places, string[]? labels, Series? rotation, Series? size = null, string? side = null, Paint? color = null,
        bool isMinor = false)
    {
        if (isMinor)
        {
            MinorPlaces = places?.Flat("ticks");
            return labels is null ? this : throw new ValueError("Small ticks have no labels here: leave out `labels`, or `minor`.");
        }
        if (places is not null) (Places, Labels) = (places.Flat("ticks"), null);
        if (size is not null) Size = Wording.SizeOf(size, AxisSide.TickLength);
        if (side is not null) Side = TextPlace.Of(side, null).Across;
        LabelColor = color?.Only("color") ?? LabelColor;
        Label(labels, rotation);
        return this;
    }

    internal void Label(string[]? labels, Series? rotation)
    {
        Rotation = rotation switch
        {
            null => Rotation,
            { Text: "vertical" } => 90,
            { Text: "horizontal" } => 0,
            { Text: null, Values: [var degrees] } => degrees,
            _ => throw new ValueError($"rotation must be 'vertical', 'horizontal' or a number, not "
                + $"{PythonText.Repr(rotation.Text ?? (object)rotation.Values)}"),
        };
        if (labels is null) return;
        if (Places is { } places && places.Length != labels.Length)
            throw new ValueError($"The number of FixedLocator locations ({places.Length}), usually from a call to set_ticks, does not match the "
                + $"number of labels ({labels.Length}).");
        if (Places is null) throw new ValueError("Labels need ticks to be at: give the places first, by `xticks(places, labels)` or `set_xticks`.");
        Labels = labels;
    }
}

/// <summary>The four lines of a frame: <c>spines["top"]</c>, <c>spines[["top", "right"]]</c>.</summary>
public sealed class Spines
{
    private readonly Dictionary<string, Spine> _lines = new[] { "left", "right", "bottom", "top" }.ToDictionary(side => side, _ => new Spine([]));

    /// <summary>One of the lines.</summary>
    /// <exception cref="ValueError">The name is unknown.</exception>
    public Spine this[string side] => _lines.TryGetValue(side, out var line) ? line
        : throw new ValueError($"There are spines 'left', 'right', 'bottom' and 'top'. Received: {PythonText.Repr(side)}");

    /// <summary>Several of the lines.</summary>
    /// <exception cref="ValueError">A name is unknown.</exception>
    public Spine this[string[] sides] => new([.. sides.Select(side => this[side])]);
}

/// <summary>A line of a frame, or several.</summary>
public sealed class Spine
{
    private readonly Spine[] _parts;

    internal Spine(Spine[] parts) => _parts = parts;

    internal bool IsVisible { get; private set; } = true;

    /// <summary>Sets whether it is drawn.</summary>
    public void set_visible(bool b)
    {
        IsVisible = b;
        foreach (var part in _parts) part.set_visible(b);
    }
}
