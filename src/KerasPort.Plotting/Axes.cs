using System.Collections;
using ScottPlot;

namespace KerasPort.Plotting;

// This file has plots, points, pictures and text; others have further charts, titles and limits, and the rendering.
/// <summary>One diagram of a figure: matplotlib's <c>Axes</c>.</summary>
public partial class Axes
{
    private readonly List<Artist> _artists = [];
    private int _lines, _fills;
    private string[]? _namesOfX, _namesOfY;

    private protected Axes(Figure figure, SubplotPlace place)
    {
        (Figure, Place, Settings) = (figure, place, figure.Settings.Copy());
        XGrid = YGrid = GridOf(Settings);
        (xaxis, yaxis) = (new(RequireOne), new(RequireOne));
    }

    private static GridLines GridOf(RcParams settings) => new(settings.Number("axes.grid") > 0, false, null, null, null, null);

    internal Figure Figure { get; }

    internal SubplotPlace Place { get; }

    /// <summary>The settings, for everything that isn't given.</summary>
    internal RcParams Settings { get; }

    /// <summary>Refuses calls on several axes at once.</summary>
    /// <exception cref="ValueError">These are several axes.</exception>
    private protected virtual void RequireOne() { }

    private Color NextLine() => Settings.Cycle[_lines++ % Settings.Cycle.Length];

    private Color NextFill() => Settings.Cycle[_fills++ % Settings.Cycle.Length];

    /// <summary>The artists in it, in the order in which they were added.</summary>
    internal IReadOnlyList<Artist> Artists => _artists;

    /// <summary>Draws a line, markers, or both.</summary>
    /// <param name="x">The x values or, without <paramref name="y"/>, the y values at 0, 1, 2, ….</param>
    /// <param name="y">The y values, one line per column; or the format.</param>
    /// <param name="fmt">The format, such as <c>"bo"</c>, <c>"r--"</c>, <c>"g-o"</c>, <c>"blue"</c>; or the next line's x values.</param>
    /// <param name="x2">A second line's x values.</param>
    /// <param name="y2">The second line's y values.</param>
    /// <param name="fmt2">The second line's format.</param>
    /// <param name="label">The label in the legend.</param>
    /// <param name="color">The colour; the next of C0 to C9 by default.</param>
    /// <param name="c">The same as <paramref name="color"/>.</param>
    /// <param name="linewidth">The width in points.</param>
    /// <param name="lw">The same as <paramref name="linewidth"/>.</param>
    /// <param name="linestyle">'-', '--', '-.', ':', 'None', or their names.</param>
    /// <param name="ls">The same as <paramref name="linestyle"/>.</param>
    /// <param name="marker">The marker, such as 'o'.</param>
    /// <param name="markersize">The size of markers in points.</param>
    /// <param name="ms">The same as <paramref name="markersize"/>.</param>
    /// <param name="alpha">Opacity, 0 to 1.</param>
    /// <param name="markerfacecolor">The fill colour of markers.</param>
    /// <param name="mfc">The same as <paramref name="markerfacecolor"/>.</param>
    /// <param name="markeredgecolor">The edge colour of markers.</param>
    /// <param name="mec">The same as <paramref name="markeredgecolor"/>.</param>
    /// <param name="markeredgewidth">The width of the markers' edge in points.</param>
    /// <param name="mew">The same as <paramref name="markeredgewidth"/>.</param>
    /// <param name="markevery">The step between points with a marker.</param>
    /// <param name="zorder">The drawing order: higher numbers are drawn over lower ones.</param>
    /// <exception cref="ValueError">The lengths of the values differ, or an argument is invalid.</exception>
    public IReadOnlyList<Line2D> plot(Series x, Series? y = null, Series? fmt = null, Series? x2 = null, Series? y2 = null, Series? fmt2 = null,
        string? label = null, Paint? color = null, Paint? c = null, double? linewidth = null, double? lw = null, string? linestyle = null, string? ls = null,
        string? marker = null, double? markersize = null, double? ms = null, double? alpha = null, Paint? markerfacecolor = null, Paint? mfc = null,
        Paint? markeredgecolor = null, Paint? mec = null, double? markeredgewidth = null, double? mew = null, int markevery = 1, double? zorder = null)
    {
        var lines = new List<Line2D>();
        var rest = new Queue<Series>(new[] { x, y, fmt, x2, y2, fmt2 }.OfType<Series>());
        if (x is null) throw new ValueError("x and y must be numbers. Received: None");
        if (markevery < 1) throw new ValueError($"`markevery` must be 1 or more here. Received: markevery={markevery}");
        while (rest.TryDequeue(out var first))
        {
            var second = rest.TryPeek(out var next) && next.Text is null ? rest.Dequeue() : null;
            string format = rest.TryPeek(out next) && next.Text is not null ? rest.Dequeue().Text! : "";
            var looks = LineFormat.Parse(format);
            var (across, up) = second is null ? (null, first) : (first, second);
            // A text instead of numbers is a name on the axis, as in matplotlib.
            if (up.Text is { } word) up = new[] { word };
            if (up.Names is not null) up = Places(up, "y", ref _namesOfY);
            foreach (double[] column in Columns(up))
            {
                double[] xs = across is null ? [.. Enumerable.Range(0, column.Length)] : Places(across, "x", ref _namesOfX);
                if (xs.Length != column.Length)
                    throw new ValueError($"x and y must have same first dimension, but have shapes ({xs.Length},) and ({column.Length},)");
                string style = (linestyle ?? ls) is { } asked ? LineFormat.StyleOf(asked)
                    : looks.Style ?? (looks.Marker is null || marker is not null && format == "" ? "-" : "");
                var sign = marker is not null ? LineFormat.MarkerOf(marker) : looks.Marker;
                lines.Add(Add(new Line2D(xs, column, label, (color ?? c)?.Only("color") ?? looks.Color ?? NextLine(),
                    linewidth ?? lw ?? Settings.Number("lines.linewidth"), style, sign, markersize ?? ms ?? Settings.Number("lines.markersize"), alpha)
                {
                    MarkerFace = (markerfacecolor ?? mfc)?.Only("markerfacecolor"),
                    MarkerEdge = new((markeredgecolor ?? mec)?.Only("markeredgecolor"), markeredgewidth ?? mew),
                    MarkEvery = markevery, ZOrder = zorder,
                }));
            }
        }
        return lines;
    }

    /// <summary>The same overload for any enumerable: <c>plot(range(1, 11), loss)</c>.</summary>
    public IReadOnlyList<Line2D> plot(IEnumerable x, Series y, Series? fmt = null, Series? x2 = null, Series? y2 = null, Series? fmt2 = null,
        string? label = null, Paint? color = null, Paint? c = null, double? linewidth = null, double? lw = null, string? linestyle = null, string? ls = null,
        string? marker = null, double? markersize = null, double? ms = null, double? alpha = null, Paint? markerfacecolor = null, Paint? mfc = null,
        Paint? markeredgecolor = null, Paint? mec = null, double? markeredgewidth = null, double? mew = null, int markevery = 1, double? zorder = null) =>
        plot(Series.From(x), y, fmt, x2, y2, fmt2, label, color, c, linewidth, lw, linestyle, ls, marker, markersize, ms, alpha, markerfacecolor, mfc,
            markeredgecolor, mec, markeredgewidth, mew, markevery, zorder);

    /// <summary>Draws points.</summary>
    /// <param name="x">The x coordinates.</param>
    /// <param name="y">The y coordinates.</param>
    /// <param name="s">The square of the diameter in points, one for all or one for each; 36 by default.</param>
    /// <param name="c">One colour, one for each, or numbers that <paramref name="cmap"/> turns into colours.</param>
    /// <param name="marker">The marker, such as 'o'.</param>
    /// <param name="cmap">The colour map.</param>
    /// <param name="vmin">The value of the map's first colour.</param>
    /// <param name="vmax">The value of the map's last colour.</param>
    /// <param name="alpha">Opacity, 0 to 1.</param>
    /// <param name="edgecolors">The edge colour of each point.</param>
    /// <param name="color">As <paramref name="c"/>, but only colours.</param>
    /// <param name="label">The label in the legend.</param>
    /// <param name="linewidths">The width of each point's edge in points.</param>
    /// <param name="edgecolor">As <paramref name="edgecolors"/>.</param>
    /// <param name="facecolors">As <paramref name="color"/>: "none" for rings.</param>
    /// <param name="zorder">The drawing order: higher numbers are drawn over lower ones.</param>
    /// <exception cref="ValueError">The lengths of the values differ, or an argument is invalid.</exception>
    public PathCollection scatter(Series x, Series y, Series? s = null, Paint? c = null, string marker = "o", Colormap? cmap = null, double? vmin = null,
        double? vmax = null, double? alpha = null, Paint? edgecolors = null, Paint? color = null, string? label = null, double? linewidths = null,
        Paint? edgecolor = null, Paint? facecolors = null, double? zorder = null)
    {
        double[] xs = Places(x, "x", ref _namesOfX), ys = Places(y, "y", ref _namesOfY);
        if (xs.Length != ys.Length) throw new ValueError($"x and y must be the same size. Received: {xs.Length} and {ys.Length}");
        var paint = c ?? color ?? facecolors ?? Paint.Of(NextFill());
        double[] areas = s?.Flat("s") ?? [36];
        if (areas.Length != 1 && areas.Length != xs.Length)
            throw new ValueError($"s must be a scalar, or float array-like with the same size as x and y. Received: {areas.Length} sizes");
        return Mapped(Add(new PathCollection(xs, ys, areas, LineFormat.MarkerOf(marker)
            ?? throw new ValueError("`marker` must be a marker's sign. Received: marker='None'"),
            paint, new MarkerEdge((edgecolors ?? edgecolor)?.Only("edgecolors"), linewidths), alpha, label)
        { Shades = Shades.Over(paint.Values ?? [], vmin, vmax, cmap ?? Figure.Map), ZOrder = zorder }));
    }

    /// <summary>The same overload for any enumerable.</summary>
    public PathCollection scatter(IEnumerable x, Series y, Series? s = null, Paint? c = null, string marker = "o", Colormap? cmap = null, double? vmin = null,
        double? vmax = null, double? alpha = null, Paint? edgecolors = null, Paint? color = null, string? label = null, double? linewidths = null,
        Paint? edgecolor = null, Paint? facecolors = null, double? zorder = null) =>
        scatter(Series.From(x), y, s, c, marker, cmap, vmin, vmax, alpha, edgecolors, color, label, linewidths, edgecolor, facecolors, zorder);

    /// <summary>Shows a picture, its first row at the top: (height, width) of numbers for a colour map, or (height, width, 3 or 4) of colours.</summary>
    /// <param name="X">The picture: bytes, or fractions of 1.</param>
    /// <param name="cmap">The colour map; viridis by default.</param>
    /// <param name="aspect">"equal", "auto", or the ratio of a pixel's height to its width.</param>
    /// <param name="interpolation">"nearest", "bilinear", "bicubic", "none" or "antialiased".</param>
    /// <param name="alpha">Opacity, 0 to 1.</param>
    /// <param name="vmin">The value of the map's first colour.</param>
    /// <param name="vmax">The value of the map's last colour.</param>
    /// <param name="origin">"upper" or "lower": the position of the first row.</param>
    /// <param name="extent">Left, right, bottom and top; by default a pixel has size 1, and the first one's centre is 0.</param>
    /// <param name="zorder">The drawing order: higher numbers are drawn over lower ones.</param>
    /// <exception cref="TypeError">The array isn't a picture.</exception>
    /// <exception cref="ValueError">An argument is invalid.</exception>
    public AxesImage imshow(Series X, Colormap? cmap = null, Series? aspect = null, string? interpolation = null, double? alpha = null, double? vmin = null,
        double? vmax = null, string origin = "upper", Series? extent = null, double? zorder = null)
    {
        var (height, width, _) = AxesImage.SizeOf(X ?? throw new TypeError("Image data of dtype object cannot be converted to float"));
        if (origin is not ("upper" or "lower")) throw new ValueError($"`origin` must be 'upper' or 'lower'. Received: origin={PythonText.Repr(origin)}");
        if (interpolation is not (null or "nearest" or "none" or "bilinear" or "bicubic" or "antialiased" or "auto"))
            throw new ValueError($"`interpolation` must be 'nearest', 'bilinear', 'bicubic', 'none' or 'antialiased' here. Received: "
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
        return Mapped(Add(new AxesImage(X, place, isLower, Shades.Over(X.Values, vmin, vmax, cmap ?? Figure.Map), interpolation, alpha) { ZOrder = zorder }));
    }

    /// <summary>Shows a matrix as a picture, with the column indices at the top.</summary>
    /// <param name="Z">The array.</param>
    /// <param name="cmap">The colour map; viridis by default.</param>
    /// <exception cref="TypeError">The array isn't a matrix.</exception>
    public AxesImage matshow(Series Z, Colormap? cmap = null)
    {
        HasTicksAbove = true;
        return imshow(Z, cmap, interpolation: "nearest");
    }

    /// <summary>Writes text at a position.</summary>
    /// <param name="x">The x coordinate.</param>
    /// <param name="y">The y coordinate.</param>
    /// <param name="s">The text.</param>
    /// <param name="fontsize">The font size: points, or a name such as 'large'.</param>
    /// <param name="color">The colour.</param>
    /// <param name="ha">The side of the text at the position: 'left', 'center' or 'right'.</param>
    /// <param name="va">The side of the text at the position: 'bottom', 'baseline', 'center' or 'top'.</param>
    /// <param name="rotation">Degrees counterclockwise.</param>
    /// <param name="horizontalalignment">As <paramref name="ha"/>.</param>
    /// <param name="verticalalignment">As <paramref name="va"/>.</param>
    /// <param name="fontweight">'normal' or 'bold'.</param>
    /// <param name="transform">
    /// The coordinates of the position: <c>ax.transAxes</c>, fractions of the axes from (0, 0) at the bottom left to (1, 1); by default values.
    /// </param>
    /// <param name="bbox">A box around the text: <c>new() { ["facecolor"] = "white", ["alpha"] = 0.5 }</c>.</param>
    /// <param name="size">As <paramref name="fontsize"/>.</param>
    /// <param name="weight">As <paramref name="fontweight"/>.</param>
    /// <param name="style">'normal' or 'italic'.</param>
    /// <param name="fontstyle">The same as <paramref name="style"/>.</param>
    /// <param name="alpha">Opacity, 0 to 1.</param>
    /// <param name="zorder">The drawing order: higher numbers are drawn over lower ones.</param>
    /// <exception cref="ValueError">An argument is invalid.</exception>
    public Text text(double x, double y, Arg s, Series? fontsize = null, Paint? color = null, string? ha = null, string? va = null, double rotation = 0,
        string? horizontalalignment = null, string? verticalalignment = null, string? fontweight = null, AxesTransform transform = AxesTransform.Data,
        Dictionary<string, object>? bbox = null, Series? size = null, string? weight = null, string? style = null, string? fontstyle = null,
        double? alpha = null, double? zorder = null) =>
        Add(new Text(x, y, Words(s, Settings.Font, fontsize ?? size, color, fontweight ?? weight, alpha: alpha, style: style ?? fontstyle),
            TextPlace.Of(ha ?? horizontalalignment, va ?? verticalalignment), rotation)
        {
            IsOfAxes = transform == AxesTransform.Axes, Box = bbox is null ? null : TextBox.Of(bbox), ZOrder = zorder,
        });

    /// <summary>Writes text about a point, beside it or with an arrow to it.</summary>
    /// <param name="text">The text.</param>
    /// <param name="xy">The point.</param>
    /// <param name="xytext">The position of the text; by default the point.</param>
    /// <param name="textcoords">
    /// The coordinates of <paramref name="xytext"/>: by default those of <paramref name="xycoords"/>; or "offset points", to the right of and above the
    /// point.
    /// </param>
    /// <param name="arrowprops">An arrow: <c>new() { ["arrowstyle"] = "->" }</c>, or a filled one, <c>new() { ["facecolor"] = "black" }</c>.</param>
    /// <param name="fontsize">The font size: points, or a name such as 'large'.</param>
    /// <param name="color">The text's colour.</param>
    /// <param name="ha">The side of the text at its position: 'left', 'center' or 'right'.</param>
    /// <param name="va">The side of the text at its position: 'bottom', 'baseline', 'center' or 'top'.</param>
    /// <param name="rotation">Degrees counterclockwise.</param>
    /// <param name="xycoords">"data", or "axes fraction": from (0, 0) at the bottom left to (1, 1).</param>
    /// <param name="bbox">A box around the text: <c>new() { ["boxstyle"] = "round", ["facecolor"] = "white" }</c>.</param>
    /// <exception cref="ValueError">An argument is invalid.</exception>
    public Text annotate(Arg text, (double x, double y) xy, (double x, double y)? xytext = null, string? textcoords = null,
        Dictionary<string, object>? arrowprops = null, Series? fontsize = null, Paint? color = null, string? ha = null, string? va = null, double rotation = 0,
        string xycoords = "data", Dictionary<string, object>? bbox = null)
    {
        if (xycoords is not ("data" or "axes fraction"))
            throw new ValueError($"`xycoords` must be 'data' or 'axes fraction' here. Received: xycoords={PythonText.Repr(xycoords)}");
        if (textcoords is not (null or "data" or "axes fraction" or "offset points"))
            throw new ValueError($"`textcoords` must be 'data', 'axes fraction' or 'offset points' here. Received: textcoords={PythonText.Repr(textcoords)}");
        bool isOffset = textcoords == "offset points" && xytext is not null;
        var at = isOffset ? xy : xytext ?? xy;
        return Add(new Text(at.x, at.y, Words(text.ToString(), Settings.Font, fontsize, color, null), TextPlace.Of(ha, va), rotation)
        {
            Offset = isOffset ? xytext!.Value : default,
            Arrow = arrowprops is null ? null : Arrow.Of(xy, arrowprops),
            IsOfAxes = (isOffset || xytext is null ? xycoords : textcoords ?? xycoords) != "data",
            PointsIntoAxes = xycoords != "data",
            Box = bbox is null ? null : TextBox.Of(bbox),
        });
    }

    /// <summary>Fractions of the axes, from (0, 0) at the bottom left to (1, 1): for <c>transform</c>.</summary>
    public AxesTransform transAxes => AxesTransform.Axes;

    /// <summary>Values: for <c>transform</c>.</summary>
    public AxesTransform transData => AxesTransform.Data;

    /// <summary>Adds axes over these that share x and have a y axis of their own on the right.</summary>
    public Axes twinx()
    {
        RequireOne();
        var twin = new AxesGrid(Figure, Place) { IsTwin = true, XGrid = default, YGrid = default };
        SharedX = twin.SharedX = [.. SharedX ?? [this], twin];
        return Figure.Add(twin);
    }

    /// <summary>Adds axes over these that share y and have an x axis of their own above.</summary>
    public Axes twiny()
    {
        RequireOne();
        var twin = new AxesGrid(Figure, Place) { IsTwinAcross = true, XGrid = default, YGrid = default };
        SharedY = twin.SharedY = [.. SharedY ?? [this], twin];
        return Figure.Add(twin);
    }

    /// <summary>Removes all artists and settings.</summary>
    public void clear()
    {
        RequireOne();
        _artists.Clear();
        (_lines, _fills, _namesOfX, _namesOfY, XLabel, YLabel, LegendBox, LastMapped) = (0, 0, null, null, null, null, null, null);
        Array.Clear(Titles);
        (_xlim, _ylim, _xend, _yend, Aspect, IsAspectOfLimits, IsLogX, IsLogY, IsTight) = (null, null, default, default, null, false, false, false, false);
        (IsOn, HasTicksAbove, XMargin, YMargin, GridLevel) = (true, false, Margin, Margin, 1.5);
        XGrid = YGrid = GridOf(Settings);
        xaxis.Clear();
        yaxis.Clear();
    }

    /// <summary>The same.</summary>
    public void cla() => clear();

    /// <summary>The last artist with a colour map.</summary>
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

    /// <summary>The positions of values, or of names, which become the axis' ticks: a known name keeps its position.</summary>
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

    private static string[] Labels(Series series) => series.Names ?? Array.ConvertAll(series.Values, v => PythonText.Str(series.IsWhole ? (object)(long)v : v));
}
