namespace KerasPort.Plotting;

public sealed partial class Axes
{
    private (double, double)? _xlim, _ylim;
    private (double? Left, double? Right) _xend;
    private (double? Bottom, double? Top) _yend;

    internal Wording? Title { get; private set; }

    internal Wording? XLabel { get; private set; }

    internal Wording? YLabel { get; private set; }

    internal AxisTicks XTicks { get; } = new();

    internal AxisTicks YTicks { get; } = new();

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
        Text.Of((Wording)(Title = Wording.Of(label, Figure.Sizes.Title, fontsize, color, fontweight)));

    /// <summary>Names the axis below.</summary>
    public Text set_xlabel(string xlabel, Series? fontsize = null, Paint? color = null, string? fontweight = null) =>
        Text.Of((Wording)(XLabel = Wording.Of(xlabel, Figure.Sizes.Label, fontsize, color, fontweight)));

    /// <summary>Names the axis at the left.</summary>
    public Text set_ylabel(string ylabel, Series? fontsize = null, Paint? color = null, string? fontweight = null) =>
        Text.Of((Wording)(YLabel = Wording.Of(ylabel, Figure.Sizes.Label, fontsize, color, fontweight)));

    /// <summary>Where it begins and ends from the left; what isn't said follows from what is drawn.</summary>
    public void set_xlim(double? left = null, double? right = null) => _xend = (Finite(left, "left") ?? _xend.Left, Finite(right, "right") ?? _xend.Right);

    /// <summary>The same, as two numbers in one.</summary>
    /// <exception cref="ValueError">There are more or fewer.</exception>
    public void set_xlim(double[] limits) => set_xlim(Two(limits));

    /// <summary>The same, as what <see cref="get_xlim"/> gives.</summary>
    public void set_xlim((double, double) limits) => set_xlim(limits.Item1, limits.Item2);

    /// <summary>Where it begins and ends from below; what isn't said follows from what is drawn.</summary>
    public void set_ylim(double? bottom = null, double? top = null) => _yend = (Finite(bottom, "bottom") ?? _yend.Bottom, Finite(top, "top") ?? _yend.Top);

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
    public void grid(bool? visible = null) => HasGrid = visible ?? !HasGrid;

    /// <summary>"log" or "linear".</summary>
    /// <exception cref="ValueError">There is no such scale here.</exception>
    public void set_xscale(string value) => IsLogX = IsLog(value);

    /// <summary>"log" or "linear".</summary>
    /// <exception cref="ValueError">There is no such scale here.</exception>
    public void set_yscale(string value) => IsLogY = IsLog(value);

    /// <summary>"equal", "auto", or how much higher than wide a unit is.</summary>
    /// <exception cref="ValueError">It is something else.</exception>
    public void set_aspect(Series aspect)
    {
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
    public void axis(bool visible) => IsOn = visible;

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
    public void set_axis_off() => IsOn = false;

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
        LegendBox = new LegendBox(LegendBox.PlaceOf(loc), Wording.SizeOf(fontsize, Figure.Sizes.Legend), title);
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
