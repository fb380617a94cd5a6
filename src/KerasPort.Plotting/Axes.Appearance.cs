namespace KerasPort.Plotting;

public partial class Axes
{
    private (double, double)? _xlim, _ylim;
    private (double? Left, double? Right) _xend;
    private (double? Bottom, double? Top) _yend;

    /// <summary>The titles at the left, in the middle and at the right.</summary>
    internal Heading?[] Titles { get; } = new Heading?[3];

    internal Wording? XLabel { get; private set; }

    internal Wording? YLabel { get; private set; }

    /// <summary>The axis below. A field: a property would take the name <see cref="get_xaxis"/>.</summary>
    public readonly AxisTicks xaxis;

    /// <summary>The axis at the left.</summary>
    public readonly AxisTicks yaxis;

    internal AxisTicks XTicks => One(xaxis);

    internal AxisTicks YTicks => One(yaxis);

    /// <summary>The lines at ticks from left to right.</summary>
    internal GridLines XGrid { get; private set; }

    /// <summary>The lines at ticks from below.</summary>
    internal GridLines YGrid { get; private set; }

    /// <summary>The place of grid lines in the drawing order.</summary>
    internal double GridLevel { get; private set; } = 1.5;

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
    /// <param name="label">The words.</param>
    /// <param name="fontsize">Points, or a name such as 'large'.</param>
    /// <param name="color">Their colour.</param>
    /// <param name="fontweight">'normal' or 'bold'.</param>
    /// <param name="loc">'left', 'center' or 'right'.</param>
    /// <param name="pad">Points between them and the axes; 6 by default.</param>
    /// <param name="y">Where they stand, as a part of the axes' height; above it by default.</param>
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

    /// <summary>Names the axis below.</summary>
    /// <param name="xlabel">The words.</param>
    /// <param name="fontsize">Points, or a name such as 'large'.</param>
    /// <param name="color">Their colour.</param>
    /// <param name="fontweight">'normal' or 'bold'.</param>
    /// <param name="labelpad">Points between them and the ticks' labels; 4 by default.</param>
    /// <param name="size">As <paramref name="fontsize"/>.</param>
    /// <exception cref="ValueError">An argument is invalid.</exception>
    public Text set_xlabel(Arg xlabel, Series? fontsize = null, Paint? color = null, string? fontweight = null, double? labelpad = null, Series? size = null)
    {
        var words = Words(xlabel, Settings.Label, fontsize ?? size, color, fontweight, "axes.labelcolor");
        (XLabel, XTicks.NameGap) = (words, labelpad ?? AxisSide.NameGap);
        return Text.Of(words, changed => XLabel = changed);
    }

    /// <summary>Names the axis at the left.</summary>
    /// <param name="ylabel">The words.</param>
    /// <param name="fontsize">Points, or a name such as 'large'.</param>
    /// <param name="color">Their colour.</param>
    /// <param name="fontweight">'normal' or 'bold'.</param>
    /// <param name="labelpad">Points between them and the ticks' labels; 4 by default.</param>
    /// <param name="size">As <paramref name="fontsize"/>.</param>
    /// <exception cref="ValueError">An argument is invalid.</exception>
    public Text set_ylabel(Arg ylabel, Series? fontsize = null, Paint? color = null, string? fontweight = null, double? labelpad = null, Series? size = null)
    {
        var words = Words(ylabel, Settings.Label, fontsize ?? size, color, fontweight, "axes.labelcolor");
        (YLabel, YTicks.NameGap) = (words, labelpad ?? AxisSide.NameGap);
        return Text.Of(words, changed => YLabel = changed);
    }

    /// <summary>The name of the axis below.</summary>
    public string get_xlabel() => XLabel?.Text ?? "";

    /// <summary>The name of the axis at the left.</summary>
    public string get_ylabel() => YLabel?.Text ?? "";

    /// <summary>Several of these at once: each is the method <c>set_…</c> of that name.</summary>
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
    /// <exception cref="ValueError">It isn't a colour.</exception>
    public void set_facecolor(string color)
    {
        RequireOne();
        Settings["axes.facecolor"] = color;
    }

    /// <summary>In a grid of axes only the lowest have names and labels below, and only the first at the left.</summary>
    public void label_outer()
    {
        RequireOne();
        var (_, column, lastRow, _) = Place.Cells;
        if (lastRow < Place.Rows - 1) (HidesXLabels, XLabel) = (true, null);
        if (column > 0) (HidesYLabels, YLabel) = (true, null);
    }

    /// <summary>The margins around the data, as a fraction of its extent; 0.05 by default.</summary>
    /// <param name="m">Both ways.</param>
    /// <param name="x">From left to right.</param>
    /// <param name="y">From below.</param>
    /// <exception cref="ValueError">It is -0.5 or less.</exception>
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

    /// <summary>The same, as two numbers in one.</summary>
    /// <exception cref="ValueError">There are more or fewer.</exception>
    public void set_xlim(double[] limits) => set_xlim(Two(limits));

    /// <inheritdoc cref="set_xlim(double[])"/>
    public void set_xlim(int[] limits) => set_xlim([.. limits.Select(limit => (double)limit)]);

    /// <summary>The same, as what <see cref="get_xlim"/> gives.</summary>
    public void set_xlim((double, double) limits) => set_xlim(limits.Item1, limits.Item2);

    /// <summary>Sets the limits of y; a limit that isn't given follows from the data.</summary>
    public void set_ylim(double? bottom = null, double? top = null)
    {
        RequireOne();
        _yend = (Finite(bottom, "bottom") ?? _yend.Bottom, Finite(top, "top") ?? _yend.Top);
    }

    /// <summary>The same, as two numbers in one.</summary>
    /// <exception cref="ValueError">There are more or fewer.</exception>
    public void set_ylim(double[] limits) => set_ylim(Two(limits));

    /// <inheritdoc cref="set_ylim(double[])"/>
    public void set_ylim(int[] limits) => set_ylim([.. limits.Select(limit => (double)limit)]);

    /// <summary>The same, as what <see cref="get_ylim"/> gives.</summary>
    public void set_ylim((double, double) limits) => set_ylim(limits.Item1, limits.Item2);

    /// <summary>Where it begins and ends from the left.</summary>
    public (double left, double right) get_xlim() => Limits(isX: true);

    /// <summary>Where it begins and ends from below.</summary>
    public (double bottom, double top) get_ylim() => Limits(isX: false);

    /// <summary>Switches grid lines on or off; toggles them without arguments.</summary>
    /// <param name="visible">Whether there are lines; <c>true</c> by default where a property of them is given.</param>
    /// <param name="which">"major", "minor" for those at small ticks, or "both".</param>
    /// <param name="axis">"x" for upright ones, "y" for lying ones, or "both".</param>
    /// <param name="color">Their colour.</param>
    /// <param name="c">The same as <paramref name="color"/>.</param>
    /// <param name="linestyle">'-', '--', '-.', ':', or their names.</param>
    /// <param name="ls">The same as <paramref name="linestyle"/>.</param>
    /// <param name="linewidth">Points.</param>
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

    /// <summary>Lets limits follow what is drawn again; a picture's stay, for they say which way it stands.</summary>
    private void Refit()
    {
        if (!_artists.Exists(artist => artist is AxesImage)) (_xlim, _ylim, _xend, _yend) = (null, null, default, default);
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

    /// <summary>The lines of the frame: <c>ax.spines["top"].set_visible(false)</c>.</summary>
    public Spines spines { get; } = new();

    /// <summary>Values grow to the left instead of to the right, or the other way round again.</summary>
    public void invert_xaxis() => set_xlim(get_xlim().right, get_xlim().left);

    /// <summary>Values grow downwards instead of upwards, or the other way round again.</summary>
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

/// <summary>Words above axes.</summary>
/// <param name="Words">The words.</param>
/// <param name="Pad">Points between them and the axes.</param>
/// <param name="Height">Where they stand instead, as a part of the axes' height.</param>
internal sealed record Heading(Wording Words, double Pad, double? Height);

/// <summary>The lines at the ticks of an axis.</summary>
/// <param name="IsMajor">Whether there are lines at ticks with labels.</param>
/// <param name="IsMinor">Whether there are lines at small ticks.</param>
/// <param name="Color">Their colour, if it isn't the settings'.</param>
/// <param name="Style">Whether they are dashed.</param>
/// <param name="Width">Points, if they aren't the settings'.</param>
/// <param name="Alpha">Opacity, 0 to 1.</param>
internal readonly record struct GridLines(bool IsMajor, bool IsMinor, ScottPlot.Color? Color, string? Style, double? Width, double? Alpha);
