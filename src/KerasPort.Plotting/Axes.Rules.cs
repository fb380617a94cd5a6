using ScottPlot;

namespace KerasPort.Plotting;

// Straight lines.
public partial class Axes
{
    /// <summary>A line across the axes at one height.</summary>
    /// <param name="y">Its height.</param>
    /// <param name="xmin">Where it begins: a part of the axes' width.</param>
    /// <param name="xmax">Where it ends.</param>
    /// <param name="color">The colour.</param>
    /// <param name="c">The same as <paramref name="color"/>.</param>
    /// <param name="linestyle">'-', '--', '-.', ':', or their names.</param>
    /// <param name="ls">The same as <paramref name="linestyle"/>.</param>
    /// <param name="linewidth">Points.</param>
    /// <param name="lw">The same as <paramref name="linewidth"/>.</param>
    /// <param name="label">The label in the legend.</param>
    /// <param name="alpha">Opacity, 0 to 1.</param>
    /// <param name="zorder">The drawing order: higher numbers are drawn over lower ones.</param>
    /// <exception cref="ValueError">An argument is invalid.</exception>
    public Rule axhline(double y = 0, double xmin = 0, double xmax = 1, Paint? color = null, Paint? c = null, string? linestyle = null, string? ls = null,
        double? linewidth = null, double? lw = null, string? label = null, double? alpha = null, double? zorder = null) =>
        Across(y, xmin, xmax, false, color ?? c, linestyle ?? ls, linewidth ?? lw, label, alpha, zorder);

    /// <summary>A line up through the axes at one place.</summary>
    /// <param name="x">Its place.</param>
    /// <param name="ymin">Where it begins: a part of the axes' height.</param>
    /// <param name="ymax">Where it ends.</param>
    /// <param name="color">The colour.</param>
    /// <param name="c">The same as <paramref name="color"/>.</param>
    /// <param name="linestyle">'-', '--', '-.', ':', or their names.</param>
    /// <param name="ls">The same as <paramref name="linestyle"/>.</param>
    /// <param name="linewidth">Points.</param>
    /// <param name="lw">The same as <paramref name="linewidth"/>.</param>
    /// <param name="label">The label in the legend.</param>
    /// <param name="alpha">Opacity, 0 to 1.</param>
    /// <param name="zorder">The drawing order: higher numbers are drawn over lower ones.</param>
    /// <exception cref="ValueError">An argument is invalid.</exception>
    public Rule axvline(double x = 0, double ymin = 0, double ymax = 1, Paint? color = null, Paint? c = null, string? linestyle = null, string? ls = null,
        double? linewidth = null, double? lw = null, string? label = null, double? alpha = null, double? zorder = null) =>
        Across(x, ymin, ymax, true, color ?? c, linestyle ?? ls, linewidth ?? lw, label, alpha, zorder);

    /// <summary>Lines at these heights, from one place to another.</summary>
    /// <param name="y">The heights.</param>
    /// <param name="xmin">Where all, or each, begin.</param>
    /// <param name="xmax">Where they end.</param>
    /// <param name="colors">A colour, or one each.</param>
    /// <param name="linestyles">'-', '--', '-.', ':', or their names.</param>
    /// <param name="label">The label in the legend.</param>
    /// <param name="color">As <paramref name="colors"/>.</param>
    /// <param name="linestyle">As <paramref name="linestyles"/>.</param>
    /// <param name="linewidth">Points.</param>
    /// <param name="linewidths">The same as <paramref name="linewidth"/>.</param>
    /// <param name="alpha">Opacity, 0 to 1.</param>
    /// <exception cref="ValueError">There are more or fewer ends than heights, or an argument is invalid.</exception>
    public Rule hlines(Series y, Series xmin, Series xmax, Paint? colors = null, string linestyles = "-", string? label = null, Paint? color = null,
        string? linestyle = null, double? linewidth = null, double? linewidths = null, double? alpha = null) =>
        Lines(y.Flat("y"), xmin.Flat("xmin"), xmax.Flat("xmax"), false, colors ?? color, linestyle ?? linestyles, linewidth ?? linewidths, label, alpha);

    /// <summary>Upright lines at these places, from one height to another.</summary>
    /// <param name="x">The places.</param>
    /// <param name="ymin">Where all, or each, begin.</param>
    /// <param name="ymax">Where they end.</param>
    /// <param name="colors">A colour, or one each.</param>
    /// <param name="linestyles">'-', '--', '-.', ':', or their names.</param>
    /// <param name="label">The label in the legend.</param>
    /// <param name="color">As <paramref name="colors"/>.</param>
    /// <param name="linestyle">As <paramref name="linestyles"/>.</param>
    /// <param name="linewidth">Points.</param>
    /// <param name="linewidths">The same as <paramref name="linewidth"/>.</param>
    /// <param name="alpha">Opacity, 0 to 1.</param>
    /// <exception cref="ValueError">There are more or fewer ends than places, or an argument is invalid.</exception>
    public Rule vlines(Series x, Series ymin, Series ymax, Paint? colors = null, string linestyles = "-", string? label = null, Paint? color = null,
        string? linestyle = null, double? linewidth = null, double? linewidths = null, double? alpha = null) =>
        Lines(x.Flat("x"), ymin.Flat("ymin"), ymax.Flat("ymax"), true, colors ?? color, linestyle ?? linestyles, linewidth ?? linewidths, label, alpha);

    /// <summary>A line through one place that goes on beyond the axes.</summary>
    /// <param name="xy1">The place.</param>
    /// <param name="xy2">Another place that it goes through.</param>
    /// <param name="slope">Or how steep it is.</param>
    /// <param name="color">The colour.</param>
    /// <param name="linestyle">'-', '--', '-.', ':', or their names.</param>
    /// <param name="linewidth">Points.</param>
    /// <param name="label">The label in the legend.</param>
    /// <param name="alpha">Opacity, 0 to 1.</param>
    /// <exception cref="TypeError">There is neither another place nor a slope, or there are both.</exception>
    /// <exception cref="ValueError">Both places are the same, or an argument is invalid.</exception>
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
