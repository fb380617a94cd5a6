namespace KerasPort.Plotting;

public partial class Axes
{
    private (double, double)? _xlim, _ylim;
    private (double? Left, double? Right) _xend;
    private (double? Bottom, double? Top) _yend;

    /// <summary>The titles on the left, in the middle and on the right.</summary>
    internal Heading?[] Titles { get; } = new Heading?[3];

    internal Wording? XLabel { get; private set; }

    internal Wording? YLabel { get; private set; }

    /// <summary>The x axis. A field, because a property would occupy the name <see cref="get_xaxis"/>.</summary>
    public readonly AxisTicks xaxis;

    /// <summary>The y axis.</summary>
    public readonly AxisTicks yaxis;

    internal AxisTicks XTicks => One(xaxis);

    internal AxisTicks YTicks => One(yaxis);

    /// <summary>The grid lines at the ticks of x.</summary>
    internal GridLines XGrid { get; private set; }

    /// <summary>The grid lines at the ticks of y.</summary>
    internal GridLines YGrid { get; private set; }

    /// <summary>The drawing order of grid lines.</summary>
    internal double GridLevel { get; private set; } = 1.5;

    internal bool IsOn { get; private set; } = true;

    internal bool HasTicksAbove { get; private set; }

    /// <summary>The ratio of the height of a unit of y to the width of a unit of x; <c>null</c> for automatic.</summary>
    internal double? Aspect { get; private set; }

    /// <summary>Whether the limits are adjusted to the aspect, rather than the axes' size.</summary>
    internal bool IsAspectOfLimits { get; private set; }

    internal LegendBox? LegendBox { get; private set; }

    internal bool IsLogX { get; private set; }

    internal bool IsLogY { get; private set; }

    /// <summary>Sets the title.</summary>
    /// <param name="label">The text.</param>
    /// <param name="fontsize">The font size: points, or a name such as 'large'.</param>
    /// <param name="color">The colour.</param>
    /// <param name="fontweight">'normal' or 'bold'.</param>
    /// <param name="loc">The alignment: 'left', 'center' or 'right'.</param>
    /// <param name="pad">The distance to the axes in points; 6 by default.</param>
    /// <param name="y">The position as a fraction of the axes' height; by default above them.</param>
    /// <param name="size">As <paramref name="fontsize"/>.</param>
    /// <param name="weight">As <paramref name="fontweight"/>.</param>
    /// <exception cref="ValueError">An argument is invalid.</exception>
    public Text set_title(Arg label, Series? fontsize = null, Paint? color = null, string? fontweight = null, string loc = "center", double? pad = null,
        double? y = null, Series? size = null, string? weight = null)
    {
        int at = Array.IndexOf(["left", "center", "right"], loc);
        if (at < 0) throw new ValueError($"{PythonText.Repr(loc)} is not a valid location: expected 'left', 'center' or 'right'");
        var words = Words(label, Settings.Title, fontsize ?? size, color, fontweight ?? weight);
        Titles[at] = new Heading(words, pad ?? Settings.Number("axes.titlepad"), y);
        return Text.Of(words, changed => Titles[at] = Titles[at]! with { Words = changed });
    }

    /// <summary>The title.</summary>
    public string get_title() => Titles[1]?.Words.Text ?? "";

    /// <summary>Sets the label of the x axis.</summary>
    /// <param name="xlabel">The text.</param>
    /// <param name="fontsize">The font size: points, or a name such as 'large'.</param>
    /// <param name="color">The colour.</param>
    /// <param name="fontweight">'normal' or 'bold'.</param>
    /// <param name="labelpad">The distance to the tick labels in points; 4 by default.</param>
    /// <param name="size">As <paramref name="fontsize"/>.</param>
    /// <exception cref="ValueError">An argument is invalid.</exception>
    public Text set_xlabel(Arg xlabel, Series? fontsize = null, Paint? color = null, string? fontweight = null, double? labelpad = null, Series? size = null)
    {
        var words = Words(xlabel, Settings.Label, fontsize ?? size, color, fontweight, "axes.labelcolor");
        (XLabel, XTicks.NameGap) = (words, labelpad ?? AxisSide.NameGap);
        return Text.Of(words, changed => XLabel = changed);
    }

    /// <summary>Sets the label of the y axis.</summary>
    /// <param name="ylabel">The text.</param>
    /// <inheritdoc cref="set_xlabel(Arg, Series?, Paint?, string?, double?, Series?)"/>
    public Text set_ylabel(Arg ylabel, Series? fontsize = null, Paint? color = null, string? fontweight = null, double? labelpad = null, Series? size = null)
    {
        var words = Words(ylabel, Settings.Label, fontsize ?? size, color, fontweight, "axes.labelcolor");
        (YLabel, YTicks.NameGap) = (words, labelpad ?? AxisSide.NameGap);
        return Text.Of(words, changed => YLabel = changed);
    }

    /// <summary>The label of the x axis.</summary>
    public string get_xlabel() => XLabel?.Text ?? "";

    /// <summary>The label of the y axis.</summary>
    public string get_ylabel() => YLabel?.Text ?? "";

    /// <summary>Sets several properties at once: each argument as the method <c>set_…</c> of its name.</summary>
    /// <exception cref="ValueError">An argument is invalid.</exception>
    public void set(string? title = null, string? xlabel = null, string? ylabel = null, (double, double)? xlim = null, (double, double)? ylim = null,
        Series? xticks = null, Series? yticks = null, Series? xticklabels = null, Series? yticklabels = null, Series? aspect = null, string? xscale = null,
        string? yscale = null, string? facecolor = null)
    {
        if (title is not null) set_title(title);
        if (xlabel is not null) set_xlabel(xlabel);
        if (ylabel is not null) set_ylabel(ylabel);
        if (xlim is { } across) set_xlim(across);
        if (ylim is { } up) set_ylim(up);
        if (xticks is not null) set_xticks(xticks);
        if (yticks is not null) set_yticks(yticks);
        if (xticklabels is not null) set_xticklabels(xticklabels);
        if (yticklabels is not null) set_yticklabels(yticklabels);
        if (aspect is not null) set_aspect(aspect);
        if (xscale is not null) set_xscale(xscale);
        if (yscale is not null) set_yscale(yscale);
        if (facecolor is not null) set_facecolor(facecolor);
    }

    /// <summary>Sets the background of the axes.</summary>
    /// <exception cref="ValueError">The colour is unknown.</exception>
    public void set_facecolor(string color)
    {
        RequireOne();
        Settings["axes.facecolor"] = color;
    }

    /// <summary>Hides the axis labels and tick labels inside a grid of axes: those of x remain in the lowest row, those of y in the first column.</summary>
    public void label_outer()
    {
        RequireOne();
        var (_, column, lastRow, _) = Place.Cells;
        if (lastRow < Place.Rows - 1) (HidesXLabels, XLabel) = (true, null);
        if (column > 0) (HidesYLabels, YLabel) = (true, null);
    }

    /// <summary>Sets the margins around the data, as a fraction of its extent; 0.05 by default.</summary>
    /// <param name="m">The margin of both axes.</param>
    /// <param name="x">The margin of x.</param>
    /// <param name="y">The margin of y.</param>
    /// <exception cref="ValueError">A margin is -0.5 or less.</exception>
    public void margins(double? m = null, double? x = null, double? y = null)
    {
        RequireOne();
        (XMargin, YMargin) = (Checked(x ?? m) ?? XMargin, Checked(y ?? m) ?? YMargin);

        static double? Checked(double? margin) => margin is <= -0.5 ? throw new ValueError("margin must be greater than -0.5") : margin;
    }

    private double XMargin { get; set; } = Margin;

    private double YMargin { get; set; } = Margin;

    /// <summary>Sets the limits of x; a limit that isn't given follows from the data.</summary>
    public void set_xlim(double? left = null, double? right = null)
    {
        RequireOne();
        _xend = (Finite(left, "left") ?? _xend.Left, Finite(right, "right") ?? _xend.Right);
    }

    /// <summary>The same, as an array of two.</summary>
    /// <exception cref="ValueError">The array doesn't have two numbers.</exception>
    public void set_xlim(double[] limits) => set_xlim(Two(limits));

    /// <inheritdoc cref="set_xlim(double[])"/>
    public void set_xlim(int[] limits) => set_xlim([.. limits.Select(limit => (double)limit)]);

    /// <summary>The same, as <see cref="get_xlim"/> returns them.</summary>
    public void set_xlim((double, double) limits) => set_xlim(limits.Item1, limits.Item2);

    /// <summary>Sets the limits of y; a limit that isn't given follows from the data.</summary>
    public void set_ylim(double? bottom = null, double? top = null)
    {
        RequireOne();
        _yend = (Finite(bottom, "bottom") ?? _yend.Bottom, Finite(top, "top") ?? _yend.Top);
    }

    /// <summary>The same, as an array of two.</summary>
    /// <exception cref="ValueError">The array doesn't have two numbers.</exception>
    public void set_ylim(double[] limits) => set_ylim(Two(limits));

    /// <inheritdoc cref="set_ylim(double[])"/>
    public void set_ylim(int[] limits) => set_ylim([.. limits.Select(limit => (double)limit)]);

    /// <summary>The same, as <see cref="get_ylim"/> returns them.</summary>
    public void set_ylim((double, double) limits) => set_ylim(limits.Item1, limits.Item2);

    /// <summary>The limits of x.</summary>
    public (double left, double right) get_xlim() => Limits(isX: true);

    /// <summary>The limits of y.</summary>
    public (double bottom, double top) get_ylim() => Limits(isX: false);

    /// <summary>Switches grid lines on or off; toggles them without arguments.</summary>
    /// <param name="visible">Whether lines are drawn; <c>true</c> by default where one of their properties is given.</param>
    /// <param name="which">"major", "minor" for those at minor ticks, or "both".</param>
    /// <param name="axis">"x" for vertical lines, "y" for horizontal ones, or "both".</param>
    /// <param name="color">The colour.</param>
    /// <param name="c">The same as <paramref name="color"/>.</param>
    /// <param name="linestyle">The line style: '-', '--', '-.', ':', or a name of one.</param>
    /// <param name="ls">The same as <paramref name="linestyle"/>.</param>
    /// <param name="linewidth">The width in points.</param>
    /// <param name="lw">The same as <paramref name="linewidth"/>.</param>
    /// <param name="alpha">Opacity, 0 to 1.</param>
    /// <exception cref="ValueError">An argument is invalid.</exception>
    public void grid(bool? visible = null, string which = "major", string axis = "both", Paint? color = null, Paint? c = null, string? linestyle = null,
        string? ls = null, double? linewidth = null, double? lw = null, double? alpha = null)
    {
        RequireOne();
        if (axis is not ("x" or "y" or "both")) throw new ValueError($"axis must be 'x', 'y' or 'both'. Received: axis={PythonText.Repr(axis)}");
        if (which is not ("major" or "minor" or "both"))
            throw new ValueError($"which must be 'major', 'minor' or 'both'. Received: which={PythonText.Repr(which)}");
        bool isDescribed = (color ?? c) is not null || (linestyle ?? ls) is not null || (linewidth ?? lw) is not null || alpha is not null;
        if (axis is not "y") XGrid = Changed(XGrid);
        if (axis is not "x") YGrid = Changed(YGrid);

        GridLines Changed(GridLines lines)
        {
            bool isOn = visible ?? (isDescribed || !(which == "minor" ? lines.IsMinor : lines.IsMajor));
            if (which is not "minor") lines = lines with { IsMajor = isOn };
            if (which is not "major") lines = lines with { IsMinor = isOn };
            return lines with
            {
                Color = (color ?? c)?.Only("color") ?? lines.Color,
                Style = (linestyle ?? ls) is { } style ? LineFormat.StyleOf(style) : lines.Style,
                Width = linewidth ?? lw ?? lines.Width,
                Alpha = alpha ?? lines.Alpha,
            };
        }
    }

    /// <summary>Sets whether grid lines are drawn below everything else.</summary>
    public void set_axisbelow(bool b)
    {
        RequireOne();
        GridLevel = b ? 0.5 : 2.5;
    }

    /// <summary>Sets the scale of x: "log" or "linear".</summary>
    /// <exception cref="ValueError">The scale is unknown here.</exception>
    public void set_xscale(string value)
    {
        RequireOne();
        IsLogX = IsLog(value);
    }

    /// <summary>Sets the scale of y: "log" or "linear".</summary>
    /// <exception cref="ValueError">The scale is unknown here.</exception>
    public void set_yscale(string value)
    {
        RequireOne();
        IsLogY = IsLog(value);
    }

    /// <summary>Sets the aspect: "equal", "auto", or the ratio of the height of a unit of y to the width of a unit of x.</summary>
    /// <exception cref="ValueError">The value is something else.</exception>
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

    /// <summary>"off" and "on" hide and show lines, ticks and labels; "equal", "tight", "image" and "auto" set the limits.</summary>
    /// <exception cref="ValueError">The option is unknown here.</exception>
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
                Refit();
                break;
            case "scaled": set_aspect("equal"); break;
            case "auto": set_aspect("auto"); break;
            case "tight":
                IsTight = true;
                Refit();
                break;
            case "image":
                set_aspect("equal");
                IsTight = true;
                break;
            default:
                throw new ValueError($"Unrecognized string {PythonText.Repr(option)} to axis; try 'on', 'off', 'equal', 'scaled', 'tight', 'image' or 'auto'");
        }
    }

    /// <summary>Lets the limits follow the data again; those of a picture stay, because they determine its orientation.</summary>
    private void Refit()
    {
        if (!_artists.Exists(artist => artist is AxesImage)) (_xlim, _ylim, _xend, _yend) = (null, null, default, default);
    }

    /// <summary>Shows or hides lines, ticks and labels.</summary>
    public void axis(bool visible)
    {
        RequireOne();
        IsOn = visible;
    }

    /// <summary>Sets the limits: left, right, bottom and top.</summary>
    /// <exception cref="ValueError">The array doesn't have four numbers.</exception>
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

    /// <summary>Hides lines, ticks and labels.</summary>
    public void set_axis_off() => axis(false);

    /// <summary>The lines of the frame: <c>ax.spines["top"].set_visible(false)</c>.</summary>
    public Spines spines { get; } = new();

    /// <summary>Reverses the direction of x.</summary>
    public void invert_xaxis() => set_xlim(get_xlim().right, get_xlim().left);

    /// <summary>Reverses the direction of y.</summary>
    public void invert_yaxis() => set_ylim(get_ylim().top, get_ylim().bottom);

    private protected Wording Words(Arg text, double size, Series? fontsize, Paint? color, string? fontweight, string standard = "text.color",
        double? alpha = null, string? style = null)
    {
        RequireOne();
        return Wording.Of(text.ToString(), size, fontsize, color ?? Paint.Of(Settings.ColorOf(standard)), fontweight, alpha, style);
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

/// <summary>A title above axes.</summary>
/// <param name="Words">The text.</param>
/// <param name="Pad">The distance to the axes in points.</param>
/// <param name="Height">The position as a fraction of the axes' height, in place of the distance.</param>
internal sealed record Heading(Wording Words, double Pad, double? Height);

/// <summary>The grid lines at the ticks of an axis.</summary>
/// <param name="IsMajor">Whether there are lines at ticks with labels.</param>
/// <param name="IsMinor">Whether there are lines at minor ticks.</param>
/// <param name="Color">The colour, unless it is the settings'.</param>
/// <param name="Style">The line style.</param>
/// <param name="Width">The width in points, unless it is the settings'.</param>
/// <param name="Alpha">Opacity, 0 to 1.</param>
internal readonly record struct GridLines(bool IsMajor, bool IsMinor, ScottPlot.Color? Color, string? Style, double? Width, double? Alpha);
