using System.Collections;
using ScottPlot;

namespace KerasPort.Plotting;

// Bars and histograms.
public partial class Axes
{
    /// <summary>Draws vertical bars.</summary>
    /// <param name="x">The positions of the bars, or their names.</param>
    /// <param name="height">The heights.</param>
    /// <param name="width">The width of all bars.</param>
    /// <param name="bottom">The y values where the bars begin.</param>
    /// <param name="align">"center" or "edge".</param>
    /// <param name="color">One colour for all, or one for each.</param>
    /// <param name="edgecolor">The edge colour.</param>
    /// <param name="linewidth">The edge's width in points.</param>
    /// <param name="tick_label">The tick label below each.</param>
    /// <param name="label">The label in the legend.</param>
    /// <param name="alpha">Opacity, 0 to 1.</param>
    /// <param name="yerr">The error of each height.</param>
    /// <param name="capsize">The length of the error bars' caps in points, to either side.</param>
    /// <param name="ecolor">The error bars' colour.</param>
    /// <param name="zorder">The drawing order: higher numbers are drawn over lower ones.</param>
    /// <exception cref="ValueError">The lengths of the values differ, or an argument is invalid.</exception>
    public BarContainer bar(Series x, Series height, double width = 0.8, Series? bottom = null, string align = "center", Paint? color = null,
        Paint? edgecolor = null, double linewidth = 0.8, Series? tick_label = null, string? label = null, double? alpha = null, Series? yerr = null,
        double capsize = 0, Paint? ecolor = null, double? zorder = null)
    {
        double[] places = Places(x, "x", ref _namesOfX);
        if (tick_label is not null) set_xticks(places, Labels(tick_label));
        var bars = Bars(places, height.Flat("height"), width, bottom, align, color, edgecolor, linewidth, label, alpha, isHorizontal: false, zorder);
        if (yerr is not null)
        {
            bars.Reach = Reach.Of(yerr, places.Length, "yerr");
            Add(new ErrorbarContainer([.. bars.Select(bar => bar.Middle)], [.. bars.Select(bar => bar.Top)], null, bars.Reach,
                ecolor?.Only("ecolor") ?? ColorNames.Black, Settings.Number("lines.linewidth"), capsize, null)
            { ZOrder = zorder });
        }
        return bars;
    }

    /// <summary>The same for any enumerable: <c>bar(range(10), height)</c>.</summary>
    public BarContainer bar(IEnumerable x, Series height, double width = 0.8, Series? bottom = null, string align = "center", Paint? color = null,
        Paint? edgecolor = null, double linewidth = 0.8, Series? tick_label = null, string? label = null, double? alpha = null, Series? yerr = null,
        double capsize = 0, Paint? ecolor = null, double? zorder = null) =>
        bar(Series.From(x), height, width, bottom, align, color, edgecolor, linewidth, tick_label, label, alpha, yerr, capsize, ecolor, zorder);

    /// <summary>Draws horizontal bars.</summary>
    /// <param name="y">The positions of the bars, or their names.</param>
    /// <param name="width">The lengths.</param>
    /// <param name="height">The thickness of all bars.</param>
    /// <param name="left">The x values where the bars begin.</param>
    /// <param name="xerr">The error of each length.</param>
    /// <param name="tick_label">The tick label beside each.</param>
    /// <inheritdoc cref="bar(Series, Series, double, Series?, string, Paint?, Paint?, double, Series?, string?, double?, Series?, double, Paint?, double?)"/>
    public BarContainer barh(Series y, Series width, double height = 0.8, Series? left = null, string align = "center", Paint? color = null,
        Paint? edgecolor = null, double linewidth = 0.8, string? label = null, double? alpha = null, Series? xerr = null, double capsize = 0,
        Paint? ecolor = null, Series? tick_label = null, double? zorder = null)
    {
        double[] places = Places(y, "y", ref _namesOfY);
        if (tick_label is not null) set_yticks(places, Labels(tick_label));
        var bars = Bars(places, width.Flat("width"), height, left, align, color, edgecolor, linewidth, label, alpha, isHorizontal: true, zorder);
        if (xerr is not null)
        {
            bars.Reach = Reach.Of(xerr, places.Length, "xerr");
            Add(new ErrorbarContainer([.. bars.Select(bar => bar.Top)], [.. bars.Select(bar => bar.Middle)], bars.Reach, null,
                ecolor?.Only("ecolor") ?? ColorNames.Black, Settings.Number("lines.linewidth"), capsize, null)
            { ZOrder = zorder });
        }
        return bars;
    }

    /// <summary>The same overload for any enumerable.</summary>
    public BarContainer barh(IEnumerable y, Series width, double height = 0.8, Series? left = null, string align = "center", Paint? color = null,
        Paint? edgecolor = null, double linewidth = 0.8, string? label = null, double? alpha = null, Series? xerr = null, double capsize = 0,
        Paint? ecolor = null, Series? tick_label = null, double? zorder = null) =>
        barh(Series.From(y), width, height, left, align, color, edgecolor, linewidth, label, alpha, xerr, capsize, ecolor, tick_label, zorder);

    /// <summary>Writes a label at each bar, by default its length.</summary>
    /// <param name="container">The result of <c>bar</c> or <c>barh</c>.</param>
    /// <param name="labels">The labels; by default the lengths of the bars.</param>
    /// <param name="fmt">The format of numbers.</param>
    /// <param name="label_type">"edge": beyond the end; "center": in the middle.</param>
    /// <param name="padding">The distance between bar and label in points.</param>
    /// <param name="fontsize">The font size: points, or a name such as 'small'.</param>
    /// <param name="color">The text's colour.</param>
    /// <exception cref="ValueError">An argument is invalid.</exception>
    public IReadOnlyList<Text> bar_label(BarContainer container, Series? labels = null, string fmt = "%g", string label_type = "edge", double padding = 0,
        Series? fontsize = null, Paint? color = null)
    {
        if (label_type is not ("edge" or "center"))
            throw new ValueError($"label_type must be 'edge' or 'center'. Received: label_type={PythonText.Repr(label_type)}");
        string[]? given = labels is null ? null : Labels(labels);
        bool isEdge = label_type == "edge", isLying = container.IsHorizontal;
        return [.. container.Take(given?.Length ?? container.Count).Select((bar, i) =>
        {
            double length = bar.Top - bar.Foot, beyond = container.Reach is not { } reach ? 0 : length < 0 ? -reach.Below[i] : reach.Above[i];
            double at = isEdge ? bar.Top + beyond : (bar.Top + bar.Foot) / 2;
            string side = !isEdge ? "center" : (length >= 0, isLying) switch
            {
                (true, true) => "left",
                (true, false) => "bottom",
                (false, true) => "right",
                _ => "top",
            };
            string words = given?[i] ?? fmt % (isEdge ? bar.Top : length);
            double away = isEdge ? (length < 0 ? -padding : padding) : 0;
            return Add(new Text(isLying ? at : bar.Middle, isLying ? bar.Middle : at, Words(words, Settings.Font, fontsize, color, null),
                TextPlace.Of(isLying ? side : "center", isLying ? "center" : side), 0) { Offset = isLying ? (away, 0) : (0, away) });
        })];
    }

    /// <summary>Draws a histogram and returns the counts, the edges and the bars.</summary>
    /// <param name="x">The values; several lists or columns are drawn beside each other.</param>
    /// <param name="bins">The number of bars, or their edges; 10 by default.</param>
    /// <param name="range">The range of the bins; by default from the smallest to the largest value.</param>
    /// <param name="density">Whether the bars' areas sum to 1.</param>
    /// <param name="color">The colour, or one for each list.</param>
    /// <param name="edgecolor">The edge colour of bars.</param>
    /// <param name="rwidth">The bars' width as a fraction of the bins' width.</param>
    /// <param name="label">The label in the legend, or one for each list.</param>
    /// <param name="alpha">Opacity, 0 to 1.</param>
    /// <param name="weights">The weight of each value; 1 by default.</param>
    /// <param name="cumulative">Whether each bar includes the counts of those before it.</param>
    /// <param name="histtype">'bar', 'barstacked', 'step' for an outline, 'stepfilled'.</param>
    /// <param name="orientation">'vertical' or 'horizontal'.</param>
    /// <param name="log">Whether the axis of the counts is logarithmic.</param>
    /// <param name="stacked">Whether several lists are stacked.</param>
    /// <param name="linewidth">The width of the edge or outline in points.</param>
    /// <param name="zorder">The drawing order: higher numbers are drawn over lower ones.</param>
    /// <returns>The counts, one row per list where there are several; the edges; the bars, those of the first list.</returns>
    /// <exception cref="ValueError">The edges don't increase, or an argument is invalid.</exception>
    public (NDArray n, NDArray bins, BarContainer patches) hist(Series x, Series? bins = null, (double, double)? range = null, bool density = false,
        Paint? color = null, Paint? edgecolor = null, double? rwidth = null, Series? label = null, double? alpha = null, Series? weights = null,
        bool cumulative = false, string histtype = "bar", string orientation = "vertical", bool log = false, bool stacked = false, double? linewidth = null,
        double? zorder = null)
    {
        if (histtype is not ("bar" or "barstacked" or "step" or "stepfilled"))
            throw new ValueError(
                $"{PythonText.Repr(histtype)} is not a valid value for histtype; supported values are 'bar', 'barstacked', 'step', 'stepfilled'");
        if (orientation is not ("vertical" or "horizontal"))
            throw new ValueError($"{PythonText.Repr(orientation)} is not a valid value for orientation; supported values are 'vertical', 'horizontal'");
        double[][] lists = x.Parts is { } parts ? Array.ConvertAll(parts, part => part.ToDoubles()) : [.. Columns(x)];
        string?[] labels = label?.Names ?? (string?[])[.. Enumerable.Repeat(label?.Text, lists.Length)];
        Color[]? colors = color?.Colors;
        if (labels.Length != lists.Length || colors is { Length: > 1 } && colors.Length != lists.Length)
            throw new ValueError($"`label` and `color` are one for each list. Received: {lists.Length} lists, {labels.Length} labels and "
                + $"{colors?.Length ?? 1} colours");
        if (weights is not null && lists.Length > 1) throw new ValueError("`weights` are of one list here: call `hist` for each.");
        double[] edges = Histogram.Edges([.. lists.SelectMany(values => values)], bins, range);
        double[][] counts = Array.ConvertAll(lists, values => Histogram.Counts(values, edges, density, weights?.Flat("weights"), cumulative));
        bool isLying = orientation == "horizontal", isBars = histtype is "bar" or "barstacked", isStacked = stacked || histtype == "barstacked";
        bool isBeside = isBars && !isStacked && lists.Length > 1;
        if (log && isLying) set_xscale("log");
        else if (log) set_yscale("log");
        var feet = new double[edges.Length - 1];
        var drawn = new BarContainer[lists.Length];
        for (int k = 0; k < lists.Length; k++)
        {
            var own = Artist.Faded(colors is null ? NextFill() : colors[k % colors.Length], alpha);
            var fill = histtype == "step" ? ColorNames.Clear : own;
            Color? edge = edgecolor?.Only("edgecolor") is { } around ? Artist.Faded(around, alpha) : histtype == "step" ? own : null;
            int list = k;
            Rectangle[] bars = [.. counts[k].Select((count, i) =>
            {
                double whole = edges[i + 1] - edges[i], share = rwidth ?? (isBeside ? 0.8 : 1), width = whole * share / (isBeside ? lists.Length : 1);
                double middle = isBeside ? edges[i] + whole * (1 - share) / 2 + width * (list + 0.5) : (edges[i] + edges[i + 1]) / 2;
                return new Rectangle(middle, isBars ? width : whole, feet[i], feet[i] + count, fill, edge, linewidth ?? 1) { IsLying = isLying };
            })];
            if (isStacked) feet = [.. feet.Zip(counts[k], (foot, count) => foot + count)];
            drawn[k] = Add(new BarContainer(bars, isLying, labels[k]) { IsOutline = !isBars, ZOrder = zorder });
        }
        NDArray n = lists.Length == 1 ? counts[0] : ((NDArray)counts.SelectMany(row => row).ToArray()).reshape(lists.Length, edges.Length - 1);
        return (n, edges, drawn[0]);
    }

    private BarContainer Bars(double[] places, double[] lengths, double thick, Series? feet, string align, Paint? color, Paint? edgecolor, double linewidth,
        string? label, double? alpha, bool isHorizontal, double? zorder)
    {
        if (align is not ("center" or "edge")) throw new ValueError($"'align' must be 'center' or 'edge'. Received: align={PythonText.Repr(align)}");
        double[] from = feet?.Flat("bottom") ?? [0];
        if (lengths.Length == 1) lengths = [.. Enumerable.Repeat(lengths[0], places.Length)];
        if (lengths.Length != places.Length || (from.Length != 1 && from.Length != places.Length))
            throw new ValueError($"shape mismatch: objects cannot be broadcast to a single shape. Received: {places.Length} places, "
                + $"{lengths.Length} lengths and {from.Length} beginnings");
        Color[] colors = color is null ? [NextFill()]
            : color.Colors ?? throw new ValueError("`color` of bars must be colours. Received: numbers");
        Rectangle[] bars = [.. places.Select((at, i) => new Rectangle(align is "edge" ? at + thick / 2 : at, thick, from[i % from.Length],
            from[i % from.Length] + lengths[i],
            Artist.Faded(colors[i % colors.Length], alpha), edgecolor is null ? null : Artist.Faded(edgecolor.Only("edgecolor"), alpha), linewidth)
        { IsLying = isHorizontal })];
        return Add(new BarContainer(bars, isHorizontal, label) { ZOrder = zorder });
    }
}
