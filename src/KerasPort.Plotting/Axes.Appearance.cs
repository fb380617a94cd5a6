namespace KerasPort.Plotting;

public partial class Axes
{
    private (double, double)? _xlim, _ylim;
    private (double? Left, double? Right) _xend;
    private (double? Bottom, double? Top) _yend;

    internal Wording? Title { get; private set; }

    internal Wording? XLabel { get; private set; }

    internal Wording? YLabel { get; private set; }

    private readonly AxisTicks _xTicks = new(), _yTicks = new();

    internal AxisTicks XTicks => One(_xTicks);

    internal AxisTicks YTicks => One(_yTicks);

    internal bool HasGrid { get; private set; }

    internal bool IsOn { get; private set; } = true;

    internal bool HasTicksAbove { get; private set; }

    /// <summary>How much higher than wide a unit is drawn; <c>null</c>: as it comes.</summary>
    internal double? Aspect { get; private set; }

    /// <summary>Whether the limits give way to the aspect, rather than the axes' size.</summary>
    internal bool IsAspectOfLimits { get; private set; }

    internal LegendBox? LegendBox { get; private set; }

    internal bool IsLogX { get; private set; }

    internal bool IsLogY { get; private set; }

    /// <summary>Names it.</summary>
    public Text set_title(string label, Series? fontsize = null, Paint? color = null, string? fontweight = null) =>
        Text.Of((Wording)(Title = Words(label, Settings.Title, fontsize, color, fontweight)));

    /// <summary>Names the axis below.</summary>
    public Text set_xlabel(string xlabel, Series? fontsize = null, Paint? color = null, string? fontweight = null) =>
        Text.Of((Wording)(XLabel = Words(xlabel, Settings.Label, fontsize, color, fontweight, "axes.labelcolor")));

    /// <summary>Names the axis at the left.</summary>
    public Text set_ylabel(string ylabel, Series? fontsize = null, Paint? color = null, string? fontweight = null) =>
        Text.Of((Wording)(YLabel = Words(ylabel, Settings.Label, fontsize, color, fontweight, "axes.labelcolor")));

    /// <summary>Where it begins and ends from the left; what isn't said follows from what is drawn.</summary>
    public void set_xlim(double? left = null, double? right = null)
    {
        RequireOne();
        _xend = (Finite(left, "left") ?? _xend.Left, Finite(right, "right") ?? _xend.Right);
    }

    /// <summary>The same, as two numbers in one.</summary>
    /// <exception cref="ValueError">There are more or fewer.</exception>
    public void set_xlim(double[] limits) => set_xlim(Two(limits));

    /// <summary>The same, as what <see cref="get_xlim"/> gives.</summary>
    public void set_xlim((double, double) limits) => set_xlim(limits.Item1, limits.Item2);

    /// <summary>Where it begins and ends from below; what isn't said follows from what is drawn.</summary>
    public void set_ylim(double? bottom = null, double? top = null)
    {
        RequireOne();
        _yend = (Finite(bottom, "bottom") ?? _yend.Bottom, Finite(top, "top") ?? _yend.Top);
    }

    /// <summary>The same, as two numbers in one.</summary>
    /// <exception cref="ValueError">There are more or fewer.</exception>
    public void set_ylim(double[] limits) => set_ylim(Two(limits));

    /// <summary>The same, as what <see cref="get_ylim"/> gives.</summary>
    public void set_ylim((double, double) limits) => set_ylim(limits.Item1, limits.Item2);

    /// <summary>Where it begins and ends from the left.</summary>
    public (double left, double right) get_xlim() => Limits(isX: true);

    /// <summary>Where it begins and ends from below.</summary>
    public (double bottom, double top) get_ylim() => Limits(isX: false);

    /// <summary>Ticks below at these places, with these labels.</summary>
    public AxisTicks set_xticks(Series ticks, Series? labels = null, Series? rotation = null) =>
        XTicks.Set(ticks, labels is null ? null : Labels(labels), rotation);

    /// <summary>Ticks at the left at these places, with these labels.</summary>
    public AxisTicks set_yticks(Series ticks, Series? labels = null, Series? rotation = null) =>
        YTicks.Set(ticks, labels is null ? null : Labels(labels), rotation);

    /// <summary>Labels for the ticks that <see cref="set_xticks"/> set.</summary>
    public void set_xticklabels(Series labels, Series? rotation = null) => XTicks.Label(Labels(labels), rotation);

    /// <summary>Labels for the ticks that <see cref="set_yticks"/> set.</summary>
    public void set_yticklabels(Series labels, Series? rotation = null) => YTicks.Label(Labels(labels), rotation);

    /// <summary>Lines at the ticks, or none; the other way round without a word.</summary>
    public void grid(bool? visible = null)
    {
        RequireOne();
        HasGrid = visible ?? !HasGrid;
    }

    /// <summary>"log" or "linear".</summary>
    /// <exception cref="ValueError">There is no such scale here.</exception>
    public void set_xscale(string value)
    {
        RequireOne();
        IsLogX = IsLog(value);
    }

    /// <summary>"log" or "linear".</summary>
    /// <exception cref="ValueError">There is no such scale here.</exception>
    public void set_yscale(string value)
    {
        RequireOne();
        IsLogY = IsLog(value);
    }

    /// <summary>"equal", "auto", or how much higher than wide a unit is.</summary>
    /// <exception cref="ValueError">It is something else.</exception>
    public void set_aspect(Series aspect)
    {
        RequireOne();
        IsAspectOfLimits = false;
        Aspect = aspect switch
        {
            { Text: "equal" } => 1,
            { Text: "auto" } => null,
            { Text: null, Values: [> 0 and var ratio] } => ratio,
            _ => throw new ValueError($"`aspect` must be 'equal', 'auto' or a number. Received: "
                + $"aspect={PythonText.Repr(aspect.Text ?? (object)aspect.Values)}"),
        };
    }

    /// <summary>"off" and "on" for the axis' lines, ticks and names; "equal", "tight", "image" and "auto" for limits.</summary>
    /// <exception cref="ValueError">There is no such option here.</exception>
    public void axis(string option)
    {
        RequireOne();
        switch (option?.ToLowerInvariant())
        {
            case "off": IsOn = false; break;
            case "on": IsOn = true; break;
            case "equal":
                set_aspect("equal");
                IsAspectOfLimits = true;
                break;
            case "scaled": set_aspect("equal"); break;
            case "auto": set_aspect("auto"); break;
            case "tight": IsTight = true; break;
            case "image":
                set_aspect("equal");
                IsTight = true;
                break;
            default:
                throw new ValueError($"Unrecognized string {PythonText.Repr(option)} to axis; try 'on', 'off', 'equal', 'scaled', 'tight', 'image' or 'auto'");
        }
    }

    /// <summary>Whether there are lines, ticks and names.</summary>
    public void axis(bool visible)
    {
        RequireOne();
        IsOn = visible;
    }

    /// <summary>Left, right, bottom and top.</summary>
    /// <exception cref="ValueError">There are more or fewer numbers.</exception>
    public void axis(Series limits)
    {
        if (limits.Text is { } option)
        {
            axis(option);
            return;
        }
        if (limits.Flat("axis") is not [var left, var right, var bottom, var top])
            throw new ValueError($"The first argument to axis() must be an iterable of the form [xmin, xmax, ymin, ymax]. Received: "
                + $"{limits.Values.Length} numbers");
        set_xlim(left, right);
        set_ylim(bottom, top);
    }

    /// <summary>No lines, ticks and names.</summary>
    public void set_axis_off() => axis(false);

    /// <summary>The axis below.</summary>
    public AxisTicks get_xaxis() => XTicks;

    /// <summary>The axis at the left.</summary>
    public AxisTicks get_yaxis() => YTicks;

    /// <summary>A box that names what has a label.</summary>
    /// <param name="labels">Names for what is drawn, in its order, in place of labels.</param>
    /// <param name="loc">Where: 'best', 'upper right', …, or matplotlib's number of it.</param>
    /// <param name="fontsize">Points, or a name such as 'small'.</param>
    /// <param name="title">What stands above.</param>
    /// <exception cref="ValueError">There is no such place.</exception>
    public void legend(Series? labels = null, Series? loc = null, Series? fontsize = null, string? title = null)
    {
        if (labels?.Names is { } names)
        {
            // As matplotlib's legend(["a", "b"]): lines, points and bars, one after another.
            var shown = _artists.Where(artist => artist is Line2D or PathCollection or BarContainer or PolyCollection or Rule).ToArray();
            for (int i = 0; i < Math.Min(names.Length, shown.Length); i++) shown[i].set_label(names[i]);
        }
        else if (labels is not null)
        {
            throw new ValueError($"`labels` must be a list of names. Received: {PythonText.Repr(labels.Text ?? (object)labels.Values)}");
        }
        LegendBox = new LegendBox(LegendBox.PlaceOf(loc ?? Settings["legend.loc"]), Wording.SizeOf(fontsize, Settings.Legend), title);
    }

    /// <summary>Ticks and their labels: whether they are there, how long, how large, how far turned, and in which colour.</summary>
    /// <param name="axis">"x", "y" or "both".</param>
    /// <param name="which">"major" or "both".</param>
    /// <param name="labelsize">Points, or a name such as 'large'.</param>
    /// <param name="labelrotation">How far labels are turned.</param>
    /// <param name="rotation">The same.</param>
    /// <param name="labelcolor">The labels' colour.</param>
    /// <param name="colors">The colour of ticks and labels.</param>
    /// <param name="color">The colour of ticks.</param>
    /// <param name="length">Points that a tick is long.</param>
    /// <param name="bottom">Whether there are ticks below.</param>
    /// <param name="left">Whether there are ticks at the left.</param>
    /// <param name="labelbottom">Whether they have labels.</param>
    /// <param name="labelleft">The same at the left.</param>
    /// <exception cref="ValueError">An argument is none that is there.</exception>
    public void tick_params(string axis = "both", string which = "major", Series? labelsize = null, Series? labelrotation = null, Series? rotation = null,
        Paint? labelcolor = null, Paint? colors = null, Paint? color = null, double? length = null, bool? bottom = null, bool? left = null,
        bool? labelbottom = null, bool? labelleft = null)
    {
        if (axis is not ("x" or "y" or "both")) throw new ValueError($"axis must be 'x', 'y' or 'both'. Received: axis={PythonText.Repr(axis)}");
        if (which is not ("major" or "both")) throw new ValueError($"`which` must be 'major' or 'both' here. Received: which={PythonText.Repr(which)}");
        if (axis is not "y") XTicks.Set(labelsize, labelrotation ?? rotation, labelcolor ?? colors, color ?? colors, length, bottom, labelbottom);
        if (axis is not "x") YTicks.Set(labelsize, labelrotation ?? rotation, labelcolor ?? colors, color ?? colors, length, left, labelleft);
    }

    /// <summary>The lines of the frame: <c>ax.spines["top"].set_visible(false)</c>.</summary>
    public Spines spines { get; } = new();

    /// <summary>Values grow to the left instead of to the right, or the other way round again.</summary>
    public void invert_xaxis() => set_xlim(get_xlim().right, get_xlim().left);

    /// <summary>Values grow downwards instead of upwards, or the other way round again.</summary>
    public void invert_yaxis() => set_ylim(get_ylim().top, get_ylim().bottom);

    private protected Wording Words(string text, double size, Series? fontsize, Paint? color, string? fontweight, string standard = "text.color")
    {
        RequireOne();
        return Wording.Of(text, size, fontsize, color ?? Paint.Of(Settings.ColorOf(standard)), fontweight);
    }

    private AxisTicks One(AxisTicks ticks)
    {
        RequireOne();
        return ticks;
    }

    internal bool IsTight { get; private set; }

    private static double? Finite(double? value, string what) => value is null || double.IsFinite(value.Value) ? value
        : throw new ValueError($"Axis limits cannot be NaN or Inf. Received: {what}={PythonText.Repr(value)}");

    private static (double, double) Two(double[] limits) => limits is [var from, var to] ? (from, to)
        : throw new ValueError($"Limits are two numbers. Received: {limits?.Length ?? 0}");

    private static bool IsLog(string value) => value switch
    {
        "linear" => false,
        "log" => true,
        _ => throw new ValueError($"{PythonText.Repr(value)} is not a valid value for scale here; supported values are 'linear', 'log'"),
    };
}

/// <summary>The ticks of an axis: matplotlib's <c>XAxis</c> and <c>YAxis</c>.</summary>
public sealed class AxisTicks
{
    internal double[]? Places { get; private set; }

    internal string[]? Labels { get; private set; }

    internal double Rotation { get; private set; }

    internal bool IsVisible { get; private set; } = true;

    /// <summary>Whether the axis' ticks and its name are drawn.</summary>
    public void set_visible(bool b) => IsVisible = b;

    /// <summary>Points of labels' letters, if they were said.</summary>
    internal double? Size { get; private set; }

    internal ScottPlot.Color? LabelColor { get; private set; }

    internal ScottPlot.Color? Color { get; private set; }

    /// <summary>Points that a tick is long.</summary>
    internal double Length { get; private set; } = AxisSide.TickLength;

    internal bool HasMarks { get; private set; } = true;

    internal bool HasLabels { get; private set; } = true;

    internal void Clear() =>
        (Places, Labels, Rotation, IsVisible, Size, LabelColor, Color, Length, HasMarks, HasLabels) =
            (null, null, 0, true, null, null, null, AxisSide.TickLength, true, true);

    internal void Set(Series? size, Series? rotation, Paint? labelColor, Paint? color, double? length, bool? marks, bool? labels)
    {
        if (size is not null) Size = Wording.SizeOf(size, AxisSide.TickLength);
        Label(null, rotation);
        LabelColor = labelColor?.Only("labelcolor") ?? LabelColor;
        Color = color?.Only("color") ?? Color;
        if (length is { } points) Length = points is >= 0 and < 1000 ? points : throw new ValueError($"`length` must be points. Received: {points}");
        (HasMarks, HasLabels) = (marks ?? HasMarks, labels ?? HasLabels);
    }

    internal AxisTicks Set(Series? places, string[]? labels, Series? rotation)
    {
        if (places is not null) (Places, Labels) = (places.Flat("ticks"), null);
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

    /// <summary>One of them.</summary>
    /// <exception cref="ValueError">There is none of that name.</exception>
    public Spine this[string side] => _lines.TryGetValue(side, out var line) ? line
        : throw new ValueError($"There are spines 'left', 'right', 'bottom' and 'top'. Received: {PythonText.Repr(side)}");

    /// <summary>Several of them.</summary>
    /// <exception cref="ValueError">There is none of a name.</exception>
    public Spine this[string[] sides] => new([.. sides.Select(side => this[side])]);
}

/// <summary>A line of a frame, or several.</summary>
public sealed class Spine
{
    private readonly Spine[] _parts;

    internal Spine(Spine[] parts) => _parts = parts;

    internal bool IsVisible { get; private set; } = true;

    /// <summary>Whether it is drawn.</summary>
    public void set_visible(bool b)
    {
        IsVisible = b;
        foreach (var part in _parts) part.set_visible(b);
    }
}

/// <summary>The legend of axes.</summary>
/// <param name="Place">matplotlib's number: 0 for the best.</param>
/// <param name="Size">Points of its letters.</param>
/// <param name="Title">What stands above.</param>
internal sealed record LegendBox(int Place, double Size, string? Title)
{
    private static readonly string[] s_places =
        ["best", "upper right", "upper left", "lower left", "lower right", "right", "center left", "center right", "lower center", "upper center", "center"];

    public static int PlaceOf(Series? loc)
    {
        int place = loc switch
        {
            null => 0,
            { Text: { } name } => Array.IndexOf(s_places, name),
            { Values: [var number] } when number == Math.Floor(number) => (int)number,
            _ => -1,
        };
        string places = string.Join(", ", s_places.Select(name => PythonText.Repr(name)));
        return place is >= 0 and <= 10 ? place : throw new ValueError($"`loc` must be one of {places}, or its number. "
            + $"Received: loc={PythonText.Repr(loc!.Text ?? (object)loc.Values)}");
    }
}
