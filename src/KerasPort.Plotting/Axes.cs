using System.Collections;
using ScottPlot;

namespace KerasPort.Plotting;

/// <summary>
/// One diagram of a figure: matplotlib's <c>Axes</c>. What draws into it is here, what names and limits it in the other file, how it is drawn in
/// a third.
/// </summary>
public partial class Axes
{
    private readonly List<Artist> _artists = [];
    private int _lines, _fills;
    private string[]? _namesOfX, _namesOfY;

    private protected Axes(Figure figure, SubplotPlace place)
    {
        (Figure, Place, Settings) = (figure, place, figure.Settings.Copy());
        HasGrid = Settings.Number("axes.grid") > 0;
    }

    internal Figure Figure { get; }

    internal SubplotPlace Place { get; }

    /// <summary>What it looks like where nothing else is asked for.</summary>
    internal RcParams Settings { get; }

    /// <summary>Refuses what is asked of several axes at once.</summary>
    /// <exception cref="ValueError">These are several.</exception>
    private protected virtual void RequireOne() { }

    private Color NextLine() => Settings.Cycle[_lines++ % Settings.Cycle.Length];

    private Color NextFill() => Settings.Cycle[_fills++ % Settings.Cycle.Length];

    /// <summary>What is in it.</summary>
    internal IReadOnlyList<Artist> Artists => _artists;

    /// <summary>Draws a line, markers, or both.</summary>
    /// <param name="a">The values from left to right, or, without <paramref name="b"/>, those from below over 0, 1, 2, ….</param>
    /// <param name="b">The values from below, a line a column; or the format.</param>
    /// <param name="c">The format, such as <c>"bo"</c>, <c>"r--"</c>, <c>"g-o"</c>; or the next line's values.</param>
    /// <param name="d">More lines: values, values, format.</param>
    /// <param name="e">The same.</param>
    /// <param name="f">The same.</param>
    /// <param name="label">What the legend says.</param>
    /// <param name="color">The colour; the next of C0 to C9 without.</param>
    /// <param name="linewidth">Points.</param>
    /// <param name="lw">The same.</param>
    /// <param name="linestyle">'-', '--', '-.', ':', 'None', or their names.</param>
    /// <param name="ls">The same.</param>
    /// <param name="marker">A marker's sign.</param>
    /// <param name="markersize">Points.</param>
    /// <param name="ms">The same.</param>
    /// <param name="alpha">Opacity, 0 to 1.</param>
    /// <exception cref="ValueError">The values are of different lengths, or an argument is none that is there.</exception>
    public IReadOnlyList<Line2D> plot(Series a, Series? b = null, Series? c = null, Series? d = null, Series? e = null, Series? f = null, string? label = null,
        Paint? color = null, double? linewidth = null, double? lw = null, string? linestyle = null, string? ls = null, string? marker = null,
        double? markersize = null, double? ms = null, double? alpha = null)
    {
        var lines = new List<Line2D>();
        var rest = new Queue<Series>(new[] { a, b, c, d, e, f }.OfType<Series>());
        if (a is null) throw new ValueError("x and y must be numbers. Received: None");
        while (rest.TryDequeue(out var first))
        {
            var second = rest.TryPeek(out var next) && next.Text is null ? rest.Dequeue() : null;
            string format = rest.TryPeek(out next) && next.Text is not null ? rest.Dequeue().Text! : "";
            var looks = LineFormat.Parse(format);
            var (x, y) = second is null ? (null, first) : (first, second);
            // A word where numbers are expected is a name on the axis, as in matplotlib.
            if (y.Text is { } word) y = new[] { word };
            if (y.Names is not null) y = Places(y, "y", ref _namesOfY);
            foreach (double[] column in Columns(y))
            {
                double[] xs = x is null ? [.. Enumerable.Range(0, column.Length)] : Places(x, "x", ref _namesOfX);
                if (xs.Length != column.Length)
                    throw new ValueError($"x and y must have same first dimension, but have shapes ({xs.Length},) and ({column.Length},)");
                string style = (linestyle ?? ls) is { } asked ? LineFormat.StyleOf(asked)
                    : looks.Style ?? (looks.Marker is null || marker is not null && format == "" ? "-" : "");
                var sign = marker is not null ? LineFormat.MarkerOf(marker) : looks.Marker;
                lines.Add(Add(new Line2D(xs, column, label, color?.Only("color") ?? looks.Color ?? NextLine(),
                    linewidth ?? lw ?? Settings.Number("lines.linewidth"), style, sign, markersize ?? ms ?? Settings.Number("lines.markersize"), alpha)));
            }
        }
        return lines;
    }

    /// <inheritdoc cref="plot(Series, Series, Series, Series, Series, Series, string, Paint, double?, double?, string, string, string, double?,
    ///     double?, double?)"/>
    public IReadOnlyList<Line2D> plot(IEnumerable a, Series b, Series? c = null, Series? d = null, Series? e = null, Series? f = null,
        string? label = null, Paint? color = null, double? linewidth = null,
        double? lw = null,
        string? linestyle = null, string? ls = null, string? marker = null, double? markersize = null, double? ms = null, double? alpha = null) =>
        plot(Series.From(a), b, c, d, e, f, label, color, linewidth, lw, linestyle, ls, marker, markersize, ms, alpha);

    /// <summary>Draws points.</summary>
    /// <param name="x">From the left.</param>
    /// <param name="y">From below.</param>
    /// <param name="s">The square of the diameter in points, for all or each; 36 without.</param>
    /// <param name="c">A colour, one each, or numbers that <paramref name="cmap"/> colours.</param>
    /// <param name="marker">A marker's sign.</param>
    /// <param name="cmap">The colour map.</param>
    /// <param name="vmin">The number of the map's first colour.</param>
    /// <param name="vmax">The number of its last colour.</param>
    /// <param name="alpha">Opacity, 0 to 1.</param>
    /// <param name="edgecolors">The colour around each.</param>
    /// <param name="color">As <paramref name="c"/>, for colours.</param>
    /// <param name="label">What the legend says.</param>
    /// <exception cref="ValueError">The values are of different lengths, or an argument is none that is there.</exception>
    public PathCollection scatter(Series x, Series y, Series? s = null, Paint? c = null, string marker = "o", Colormap? cmap = null, double? vmin = null,
        double? vmax = null, double? alpha = null, Paint? edgecolors = null, Paint? color = null, string? label = null)
    {
        double[] xs = Places(x, "x", ref _namesOfX), ys = Places(y, "y", ref _namesOfY);
        if (xs.Length != ys.Length) throw new ValueError($"x and y must be the same size. Received: {xs.Length} and {ys.Length}");
        var paint = c ?? color ?? Paint.Of(NextFill());
        double[] areas = s?.Flat("s") ?? [36];
        if (areas.Length != 1 && areas.Length != xs.Length)
            throw new ValueError($"s must be a scalar, or float array-like with the same size as x and y. Received: {areas.Length} sizes");
        return Mapped(Add(new PathCollection(xs, ys, areas, LineFormat.MarkerOf(marker)
            ?? throw new ValueError("`marker` must be a marker's sign. Received: marker='None'"),
            paint, edgecolors?.Only("edgecolors"), alpha, label)
        { Shades = Shades.Over(paint.Values ?? [], vmin, vmax, cmap ?? Figure.Map) }));
    }

    /// <inheritdoc cref="scatter(Series, Series, Series, Paint, string, Colormap, double?, double?, double?, Paint, Paint, string)"/>
    public PathCollection scatter(IEnumerable x, Series y, Series? s = null, Paint? c = null, string marker = "o", Colormap? cmap = null, double? vmin = null,
        double? vmax = null, double? alpha = null, Paint? edgecolors = null, Paint? color = null, string? label = null) =>
        scatter(Series.From(x), y, s, c, marker, cmap, vmin, vmax, alpha, edgecolors, color, label);

    /// <summary>Draws upright bars.</summary>
    /// <param name="x">Where, or their names.</param>
    /// <param name="height">How high.</param>
    /// <param name="width">How wide.</param>
    /// <param name="bottom">Where they begin.</param>
    /// <param name="align">"center" or "edge".</param>
    /// <param name="color">A colour, or one each.</param>
    /// <param name="edgecolor">The colour around them.</param>
    /// <param name="linewidth">Points of the edge.</param>
    /// <param name="tick_label">What stands below each.</param>
    /// <param name="label">What the legend says.</param>
    /// <param name="alpha">Opacity, 0 to 1.</param>
    /// <exception cref="ValueError">The values are of different lengths, or an argument is none that is there.</exception>
    public BarContainer bar(Series x, Series height, double width = 0.8, Series? bottom = null, string align = "center", Paint? color = null,
        Paint? edgecolor = null, double linewidth = 0.8, Series? tick_label = null, string? label = null, double? alpha = null)
    {
        double[] places = Places(x, "x", ref _namesOfX);
        if (tick_label is not null) set_xticks(places, Labels(tick_label));
        return Bars(places, height.Flat("height"), width, bottom, align, color, edgecolor, linewidth, label, alpha, isHorizontal: false);
    }

    /// <inheritdoc cref="bar(Series, Series, double, Series, string, Paint, Paint, double, Series, string, double?)"/>
    public BarContainer bar(IEnumerable x, Series height, double width = 0.8, Series? bottom = null, string align = "center", Paint? color = null,
        Paint? edgecolor = null, double linewidth = 0.8, Series? tick_label = null, string? label = null, double? alpha = null) =>
        bar(Series.From(x), height, width, bottom, align, color, edgecolor, linewidth, tick_label, label, alpha);

    /// <summary>Draws bars from left to right.</summary>
    /// <param name="y">Where, or their names.</param>
    /// <param name="width">How long.</param>
    /// <param name="height">How thick.</param>
    /// <param name="left">Where they begin.</param>
    /// <param name="align">"center" or "edge".</param>
    /// <param name="color">A colour, or one each.</param>
    /// <param name="edgecolor">The colour around them.</param>
    /// <param name="linewidth">Points of the edge.</param>
    /// <param name="label">What the legend says.</param>
    /// <param name="alpha">Opacity, 0 to 1.</param>
    /// <exception cref="ValueError">The values are of different lengths, or an argument is none that is there.</exception>
    public BarContainer barh(Series y, Series width, double height = 0.8, Series? left = null, string align = "center", Paint? color = null,
        Paint? edgecolor = null, double linewidth = 0.8, string? label = null, double? alpha = null) =>
        Bars(Places(y, "y", ref _namesOfY), width.Flat("width"), height, left, align, color, edgecolor, linewidth, label, alpha, isHorizontal: true);

    /// <inheritdoc cref="barh(Series, Series, double, Series, string, Paint, Paint, double, string, double?)"/>
    public BarContainer barh(IEnumerable y, Series width, double height = 0.8, Series? left = null, string align = "center", Paint? color = null,
        Paint? edgecolor = null, double linewidth = 0.8, string? label = null, double? alpha = null) =>
        barh(Series.From(y), width, height, left, align, color, edgecolor, linewidth, label, alpha);

    /// <summary>Draws how often values lie where, and gives the counts, the edges and the bars.</summary>
    /// <param name="x">The values.</param>
    /// <param name="bins">How many bars, or their edges; 10 without.</param>
    /// <param name="range">From where to where; from the least to the largest value without.</param>
    /// <param name="density">Whether the bars' area is 1.</param>
    /// <param name="color">The colour.</param>
    /// <param name="edgecolor">The colour around bars.</param>
    /// <param name="rwidth">The bars' width as a part of their share.</param>
    /// <param name="label">What the legend says.</param>
    /// <param name="alpha">Opacity, 0 to 1.</param>
    /// <exception cref="ValueError">The edges don't increase, or an argument is none that is there.</exception>
    public (NDArray n, NDArray bins, BarContainer patches) hist(Series x, Series? bins = null, (double, double)? range = null, bool density = false,
        Paint? color = null, Paint? edgecolor = null, double? rwidth = null, string? label = null, double? alpha = null)
    {
        double[] edges = Histogram.Edges(x.Values, bins, range), counts = Histogram.Counts(x.Values, edges, density);
        Rectangle[] bars = [.. counts.Select((count, i) => new Rectangle((edges[i] + edges[i + 1]) / 2, (edges[i + 1] - edges[i]) * (rwidth ?? 1), 0, count,
            default, edgecolor is null ? null : Artist.Faded(edgecolor.Only("edgecolor"), alpha), 1))];
        var fill = Artist.Faded(color?.Only("color") ?? NextFill(), alpha);
        foreach (var bar in bars) bar.set_facecolor(Paint.Of(fill));
        return (counts, edges, Add(new BarContainer(bars, false, label)));
    }

    /// <summary>Shows a picture, its first row above: (height, width) of numbers that a colour map colours, or (height, width, 3 or 4) of colours.</summary>
    /// <param name="X">The picture: bytes, or fractions of 1.</param>
    /// <param name="cmap">The colour map; viridis without.</param>
    /// <param name="aspect">"equal", "auto", or how much higher than wide a pixel is.</param>
    /// <param name="interpolation">"nearest", "bilinear", "none" or "antialiased".</param>
    /// <param name="alpha">Opacity, 0 to 1.</param>
    /// <param name="vmin">The number of the map's first colour.</param>
    /// <param name="vmax">The number of its last colour.</param>
    /// <param name="origin">"upper" or "lower": where the first row is.</param>
    /// <param name="extent">Left, right, bottom and top; else a pixel is 1 and the first one's middle at 0.</param>
    /// <exception cref="TypeError">It is no picture.</exception>
    /// <exception cref="ValueError">An argument is none that is there.</exception>
    public AxesImage imshow(Series X, Colormap? cmap = null, Series? aspect = null, string? interpolation = null, double? alpha = null, double? vmin = null,
        double? vmax = null, string origin = "upper", Series? extent = null)
    {
        var (height, width, _) = AxesImage.SizeOf(X ?? throw new TypeError("Image data of dtype object cannot be converted to float"));
        if (origin is not ("upper" or "lower")) throw new ValueError($"`origin` must be 'upper' or 'lower'. Received: origin={PythonText.Repr(origin)}");
        if (interpolation is not (null or "nearest" or "none" or "bilinear" or "antialiased" or "auto"))
            throw new ValueError($"`interpolation` must be 'nearest', 'bilinear', 'none' or 'antialiased' here. Received: "
                + $"interpolation={PythonText.Repr(interpolation)}");
        bool isLower = origin is "lower";
        (double Left, double Right, double Bottom, double Top) place = extent?.Flat("extent") switch
        {
            null => (-0.5, width - 0.5, isLower ? -0.5 : height - 0.5, isLower ? height - 0.5 : -0.5),
            [var left, var right, var bottom, var top] => (left, right, bottom, top),
            var other => throw new ValueError($"`extent` must be left, right, bottom and top. Received: {other.Length} numbers"),
        };
        set_aspect(aspect ?? "equal");
        (_xlim, _ylim) = ((place.Left, place.Right), (place.Bottom, place.Top));
        return Mapped(Add(new AxesImage(X, place, isLower, Shades.Over(X.Values, vmin, vmax, cmap ?? Figure.Map), interpolation is "bilinear", alpha)));
    }

    /// <summary>Shows an array as a picture, with its columns' numbers above.</summary>
    /// <param name="Z">The array.</param>
    /// <param name="cmap">The colour map; viridis without.</param>
    /// <exception cref="TypeError">It is no matrix.</exception>
    public AxesImage matshow(Series Z, Colormap? cmap = null)
    {
        HasTicksAbove = true;
        return imshow(Z, cmap, interpolation: "nearest");
    }

    /// <summary>Fills what lies between two lines.</summary>
    /// <param name="x">From the left.</param>
    /// <param name="y1">The one line.</param>
    /// <param name="y2">The other; 0 without.</param>
    /// <param name="color">The colour.</param>
    /// <param name="facecolor">The same.</param>
    /// <param name="alpha">Opacity, 0 to 1.</param>
    /// <param name="label">What the legend says.</param>
    /// <param name="where">Between which values it is filled: from one for which it holds to the next; everywhere without.</param>
    /// <exception cref="ValueError">The values are of different lengths.</exception>
    public PolyCollection fill_between(Series x, Series y1, Series? y2 = null, Paint? color = null, Paint? facecolor = null, double? alpha = null,
        string? label = null, NDArray? where = null)
    {
        if (where is not null && where.size != x.Flat("x").Length)
            throw new ValueError($"where size ({where.size}) does not match 'x' size ({x.Flat("x").Length})");
        double[] xs = x.Flat("x"), lower = Filled(y1, "y1"), upper = Filled(y2 ?? 0.0, "y2");
        var fill = Artist.Faded((color ?? facecolor)?.Only("color") ?? NextFill(), alpha);
        return Add(new PolyCollection(xs, lower, upper, fill, label)
        {
            Where = where is null ? null : Array.ConvertAll(where.ToFloats(), holds => holds != 0),
        });

        double[] Filled(Series y, string what)
        {
            double[] values = y.Flat(what);
            return values.Length == xs.Length ? values : values is [var only] ? [.. Enumerable.Repeat(only, xs.Length)]
                : throw new ValueError($"'x' has size {xs.Length}, but {PythonText.Repr(what)} has an unequal size of {values.Length}");
        }
    }

    /// <inheritdoc cref="fill_between(Series, Series, Series, Paint, Paint, double?, string, NDArray)"/>
    public PolyCollection fill_between(IEnumerable x, Series y1, Series? y2 = null, Paint? color = null, Paint? facecolor = null, double? alpha = null,
        string? label = null, NDArray? where = null) => fill_between(Series.From(x), y1, y2, color, facecolor, alpha, label, where);

    /// <summary>A line across the axes at one height.</summary>
    public Rule axhline(double y = 0, Paint? color = null, string linestyle = "-", double? linewidth = null, string? label = null, double? alpha = null) =>
        Add(new Rule([y], null, false, RuleColor(color, alpha), LineFormat.StyleOf(linestyle),
            linewidth ?? Settings.Number("lines.linewidth"), label));

    /// <summary>A line up through the axes at one place.</summary>
    public Rule axvline(double x = 0, Paint? color = null, string linestyle = "-", double? linewidth = null, string? label = null, double? alpha = null) =>
        Add(new Rule([x], null, true, RuleColor(color, alpha), LineFormat.StyleOf(linestyle),
            linewidth ?? Settings.Number("lines.linewidth"), label));

    /// <summary>Lines at these heights, from one place to another.</summary>
    public Rule hlines(Series y, double xmin, double xmax, Paint? colors = null, string linestyles = "-", string? label = null, Paint? color = null) =>
        Add(new Rule(y.Flat("y"), (xmin, xmax), false, RuleColor(colors ?? color, null), LineFormat.StyleOf(linestyles),
            Settings.Number("lines.linewidth"), label));

    /// <summary>Upright lines at these places, from one height to another.</summary>
    public Rule vlines(Series x, double ymin, double ymax, Paint? colors = null, string linestyles = "-", string? label = null, Paint? color = null) =>
        Add(new Rule(x.Flat("x"), (ymin, ymax), true, RuleColor(colors ?? color, null), LineFormat.StyleOf(linestyles),
            Settings.Number("lines.linewidth"), label));

    /// <summary>Writes words at a place.</summary>
    /// <param name="x">From the left.</param>
    /// <param name="y">From below.</param>
    /// <param name="s">The words.</param>
    /// <param name="fontsize">Points, or a name such as 'large'.</param>
    /// <param name="color">Their colour.</param>
    /// <param name="ha">Which side is at the place: 'left', 'center' or 'right'.</param>
    /// <param name="va">The same: 'bottom', 'baseline', 'center' or 'top'.</param>
    /// <param name="rotation">Degrees, against the clock.</param>
    /// <param name="horizontalalignment">As <paramref name="ha"/>.</param>
    /// <param name="verticalalignment">As <paramref name="va"/>.</param>
    /// <param name="fontweight">'normal' or 'bold'.</param>
    /// <param name="transform">What the place is one of: <c>ax.transAxes</c>, of the axes from (0, 0) below on the left to (1, 1); else values.</param>
    /// <param name="bbox">A box around them: <c>new() { ["facecolor"] = "white", ["alpha"] = 0.5 }</c>.</param>
    /// <exception cref="ValueError">An argument is none that is there.</exception>
    public Text text(double x, double y, string s, Series? fontsize = null, Paint? color = null, string? ha = null, string? va = null, double rotation = 0,
        string? horizontalalignment = null, string? verticalalignment = null, string? fontweight = null, AxesTransform transform = AxesTransform.Data,
        Dictionary<string, object>? bbox = null)
    {
        return Add(new Text(x, y, Words(s, Settings.Font, fontsize, color, fontweight),
            TextPlace.Of(ha ?? horizontalalignment, va ?? verticalalignment), rotation)
        {
            IsOfAxes = transform == AxesTransform.Axes, Box = bbox is null ? null : TextBox.Of(bbox),
        });
    }

    /// <summary>Places of the axes, from (0, 0) below on the left to (1, 1): for <c>transform</c>.</summary>
    public AxesTransform transAxes => AxesTransform.Axes;

    /// <summary>Values: for <c>transform</c>.</summary>
    public AxesTransform transData => AxesTransform.Data;

    /// <summary>The last picture or points that a colour map colours.</summary>
    internal IMapped? LastMapped { get; private set; }

    private T Add<T>(T artist) where T : Artist
    {
        RequireOne();
        _artists.Add(artist);
        return artist;
    }

    private T Mapped<T>(T artist) where T : Artist, IMapped
    {
        LastMapped = artist;
        return artist;
    }

    private Color RuleColor(Paint? color, double? alpha) => Artist.Faded(color?.Only("color") ?? Settings.Cycle[0], alpha);

    private BarContainer Bars(double[] places, double[] lengths, double thick, Series? feet, string align, Paint? color, Paint? edgecolor, double linewidth,
        string? label, double? alpha, bool isHorizontal)
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
            Artist.Faded(colors[i % colors.Length], alpha), edgecolor is null ? null : Artist.Faded(edgecolor.Only("edgecolor"), alpha), linewidth))];
        return Add(new BarContainer(bars, isHorizontal, label));
    }

    /// <summary>The places of values, or of names, which are the axis' ticks then: a name that was there before has its place.</summary>
    private static double[] Places(Series series, string what, ref string[]? names)
    {
        if (series is null) throw new ValueError($"`{what}` must be numbers. Received: None");
        if (series.Names is not { } given) return series.Flat(what);
        names = [.. (names ?? []).Concat(given).Distinct()];
        string[] known = names;
        return [.. given.Select(name => (double)Array.IndexOf(known, name))];
    }

    private static IEnumerable<double[]> Columns(Series y)
    {
        if (y.Text is not null) throw new ValueError($"`y` must be numbers. Received: {PythonText.Repr(y.Text)}");
        if (y.Shape.Length > 2) throw new ValueError($"x and y can be no greater than 2D, but have shapes {new ArrayShape(y.Shape)}");
        int columns = y.Shape.Length == 2 ? y.Shape[1] : 1;
        return Enumerable.Range(0, columns).Select(column => y.Values.Where((_, i) => i % columns == column).ToArray()).ToArray();
    }

    internal static string[]? LabelsOf(Series? series) => series is null ? null : Labels(series);

    private static string[] Labels(Series series) => series.Names ?? Array.ConvertAll(series.Values, v => PythonText.Str(series.IsWhole ? (long)v : v));
}
