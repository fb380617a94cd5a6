using ScottPlot;

namespace KerasPort.Plotting;

// Straight lines.
public partial class Axes
{
    /// <summary>Draws a horizontal line across the axes.</summary>
    /// <param name="y">The y of the line.</param>
    /// <param name="xmin">The start of the line, as a fraction of the axes' width.</param>
    /// <param name="xmax">The end of the line.</param>
    /// <param name="color">The colour.</param>
    /// <param name="c">The same as <paramref name="color"/>.</param>
    /// <param name="linestyle">The line style: '-', '--', '-.', ':', or a name of one.</param>
    /// <param name="ls">The same as <paramref name="linestyle"/>.</param>
    /// <param name="linewidth">The width in points.</param>
    /// <param name="lw">The same as <paramref name="linewidth"/>.</param>
    /// <param name="label">The label in the legend.</param>
    /// <param name="alpha">Opacity, 0 to 1.</param>
    /// <param name="zorder">The drawing order: higher numbers are drawn over lower ones.</param>
    /// <exception cref="ValueError">An argument is invalid.</exception>
    public Rule axhline(double y = 0, double xmin = 0, double xmax = 1, Paint? color = null, Paint? c = null, string? linestyle = null, string? ls = null,
        double? linewidth = null, double? lw = null, string? label = null, double? alpha = null, double? zorder = null) =>
        Across(y, xmin, xmax, false, color ?? c, linestyle ?? ls, linewidth ?? lw, label, alpha, zorder);

    /// <summary>Draws a vertical line across the axes.</summary>
    /// <param name="x">The x of the line.</param>
    /// <param name="ymin">The start of the line, as a fraction of the axes' height.</param>
    /// <param name="ymax">The end of the line.</param>
    /// <inheritdoc cref="axhline(double, double, double, Paint?, Paint?, string?, string?, double?, double?, string?, double?, double?)"/>
    public Rule axvline(double x = 0, double ymin = 0, double ymax = 1, Paint? color = null, Paint? c = null, string? linestyle = null, string? ls = null,
        double? linewidth = null, double? lw = null, string? label = null, double? alpha = null, double? zorder = null) =>
        Across(x, ymin, ymax, true, color ?? c, linestyle ?? ls, linewidth ?? lw, label, alpha, zorder);

    /// <summary>Draws horizontal lines between x values.</summary>
    /// <param name="y">The y of each line.</param>
    /// <param name="xmin">The start of all lines, or of each.</param>
    /// <param name="xmax">The end of all lines, or of each.</param>
    /// <param name="colors">One colour for all, or one for each.</param>
    /// <param name="linestyles">The line style: '-', '--', '-.', ':', or a name of one.</param>
    /// <param name="label">The label in the legend.</param>
    /// <param name="color">As <paramref name="colors"/>.</param>
    /// <param name="linestyle">As <paramref name="linestyles"/>.</param>
    /// <param name="linewidth">The width in points.</param>
    /// <param name="linewidths">The same as <paramref name="linewidth"/>.</param>
    /// <param name="alpha">Opacity, 0 to 1.</param>
    /// <exception cref="ValueError">The numbers of ends and lines differ, or an argument is invalid.</exception>
    public Rule hlines(Series y, Series xmin, Series xmax, Paint? colors = null, string linestyles = "-", string? label = null, Paint? color = null,
        string? linestyle = null, double? linewidth = null, double? linewidths = null, double? alpha = null) =>
        Lines(y.Flat("y"), xmin.Flat("xmin"), xmax.Flat("xmax"), false, colors ?? color, linestyle ?? linestyles, linewidth ?? linewidths, label, alpha);

    /// <summary>Draws vertical lines between y values.</summary>
    /// <param name="x">The x of each line.</param>
    /// <param name="ymin">The start of all lines, or of each.</param>
    /// <param name="ymax">The end of all lines, or of each.</param>
    /// <inheritdoc cref="hlines(Series, Series, Series, Paint?, string, string?, Paint?, string?, double?, double?, double?)"/>
    public Rule vlines(Series x, Series ymin, Series ymax, Paint? colors = null, string linestyles = "-", string? label = null, Paint? color = null,
        string? linestyle = null, double? linewidth = null, double? linewidths = null, double? alpha = null) =>
        Lines(x.Flat("x"), ymin.Flat("ymin"), ymax.Flat("ymax"), true, colors ?? color, linestyle ?? linestyles, linewidth ?? linewidths, label, alpha);

    /// <summary>Draws an endless line through a point.</summary>
    /// <param name="xy1">The point.</param>
    /// <param name="xy2">Another point of the line.</param>
    /// <param name="slope">The slope, in place of another point.</param>
    /// <param name="color">The colour.</param>
    /// <param name="linestyle">The line style: '-', '--', '-.', ':', or a name of one.</param>
    /// <param name="linewidth">The width in points.</param>
    /// <param name="label">The label in the legend.</param>
    /// <param name="alpha">Opacity, 0 to 1.</param>
    /// <exception cref="TypeError">Neither another point nor a slope is given, or both are.</exception>
    /// <exception cref="ValueError">Both points are the same, or an argument is invalid.</exception>
    public SlopedRule axline((double x, double y) xy1, (double x, double y)? xy2 = null, double? slope = null, Paint? color = null, string? linestyle = null,
        double? linewidth = null, string? label = null, double? alpha = null)
    {
        if (xy2 is null == slope is null) throw new TypeError("Exactly one of 'xy2' and 'slope' must be given");
        if (xy1 == xy2) throw new ValueError("Cannot draw a line through two identical points. Received: xy1=xy2");
        var way = xy2 is { } other ? (other.x - xy1.x, other.y - xy1.y) : (1, slope!.Value);
        return Add(new SlopedRule(xy1, way, Artist.Faded(color?.Only("color") ?? NextLine(), alpha), LineFormat.StyleOf(linestyle ?? "-"),
            linewidth ?? Settings.Number("lines.linewidth"), label));
    }

    private Rule Across(double at, double from, double to, bool isUpright, Paint? color, string? style, double? width, string? label, double? alpha,
        double? zorder) =>
        Add(new Rule([at], null, isUpright, [RuleColor(color, alpha)], LineFormat.StyleOf(style ?? "-"), width ?? Settings.Number("lines.linewidth"), label)
        {
            Share = (from, to), ZOrder = zorder,
        });

    private Rule Lines(double[] at, double[] from, double[] to, bool isUpright, Paint? colors, string style, double? width, string? label, double? alpha)
    {
        if ((from.Length != 1 && from.Length != at.Length) || (to.Length != 1 && to.Length != at.Length))
            throw new ValueError($"There are as many beginnings and ends as lines, or one for all. Received: {at.Length} lines, {from.Length} beginnings and "
                + $"{to.Length} ends");
        Color[] all = colors?.Colors is { } several ? Array.ConvertAll(several, color => Artist.Faded(color, alpha)) : [RuleColor(colors, alpha)];
        (double, double)[] ends = [.. at.Select((_, i) => (from[i % from.Length], to[i % to.Length]))];
        return Add(new Rule(at, ends, isUpright, all, LineFormat.StyleOf(style), width ?? Settings.Number("lines.linewidth"), label));
    }

    private Color RuleColor(Paint? color, double? alpha) => Artist.Faded(color?.Only("color") ?? Settings.Cycle[0], alpha);
}
