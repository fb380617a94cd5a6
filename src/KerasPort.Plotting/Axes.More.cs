using System.Collections;
using ScottPlot;

namespace KerasPort.Plotting;

// Less common charts.
public partial class Axes
{
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

    /// <summary>Draws as <c>plot</c> does, with a logarithmic x axis.</summary>
    public IReadOnlyList<Line2D> semilogx(Series x, Series? y = null, Series? fmt = null, string? label = null, Paint? color = null,
        double? linewidth = null, string? linestyle = null, string? marker = null, double? alpha = null) =>
        Log(true, false, x, y, fmt, label, color, linewidth, linestyle, marker, alpha);

    /// <summary>The same overload for any enumerable.</summary>
    public IReadOnlyList<Line2D> semilogx(IEnumerable x, Series y, Series? fmt = null, string? label = null, Paint? color = null,
        double? linewidth = null, string? linestyle = null, string? marker = null, double? alpha = null) =>
        Log(true, false, Series.From(x), y, fmt, label, color, linewidth, linestyle, marker, alpha);

    /// <summary>Draws as <c>plot</c> does, with a logarithmic y axis.</summary>
    public IReadOnlyList<Line2D> semilogy(Series x, Series? y = null, Series? fmt = null, string? label = null, Paint? color = null,
        double? linewidth = null, string? linestyle = null, string? marker = null, double? alpha = null) =>
        Log(false, true, x, y, fmt, label, color, linewidth, linestyle, marker, alpha);

    /// <summary>The same overload for any enumerable.</summary>
    public IReadOnlyList<Line2D> semilogy(IEnumerable x, Series y, Series? fmt = null, string? label = null, Paint? color = null,
        double? linewidth = null, string? linestyle = null, string? marker = null, double? alpha = null) =>
        Log(false, true, Series.From(x), y, fmt, label, color, linewidth, linestyle, marker, alpha);

    /// <summary>Draws as <c>plot</c> does, with both axes logarithmic.</summary>
    public IReadOnlyList<Line2D> loglog(Series x, Series? y = null, Series? fmt = null, string? label = null, Paint? color = null,
        double? linewidth = null, string? linestyle = null, string? marker = null, double? alpha = null) =>
        Log(true, true, x, y, fmt, label, color, linewidth, linestyle, marker, alpha);

    /// <summary>The same overload for any enumerable.</summary>
    public IReadOnlyList<Line2D> loglog(IEnumerable x, Series y, Series? fmt = null, string? label = null, Paint? color = null,
        double? linewidth = null, string? linestyle = null, string? marker = null, double? alpha = null) =>
        Log(true, true, Series.From(x), y, fmt, label, color, linewidth, linestyle, marker, alpha);

    /// <summary>Fills the whole width of the axes between two y values.</summary>
    public Span axhspan(double ymin, double ymax, Paint? color = null, Paint? facecolor = null, double? alpha = null, string? label = null) =>
        Add(new Span(ymin, ymax, false, Artist.Faded((color ?? facecolor)?.Only("color") ?? NextFill(), alpha), label));

    /// <summary>Fills the whole height of the axes between two x values.</summary>
    public Span axvspan(double xmin, double xmax, Paint? color = null, Paint? facecolor = null, double? alpha = null, string? label = null) =>
        Add(new Span(xmin, xmax, true, Artist.Faded((color ?? facecolor)?.Only("color") ?? NextFill(), alpha), label));

    /// <summary>Draws a line in steps.</summary>
    /// <param name="x">The x values.</param>
    /// <param name="y">The y values.</param>
    /// <param name="fmt">The format, as in <c>plot</c>.</param>
    /// <param name="where">The position of the steps: "pre" at the x before, "post" at the value's own x, "mid" halfway between two.</param>
    /// <param name="label">The label in the legend.</param>
    /// <param name="color">The colour.</param>
    /// <param name="linewidth">The width in points.</param>
    /// <param name="linestyle">'-', '--', '-.' or ':'.</param>
    /// <param name="alpha">Opacity, 0 to 1.</param>
    /// <exception cref="ValueError">The lengths of the values differ, or an argument is invalid.</exception>
    public IReadOnlyList<Line2D> step(Series x, Series y, string? fmt = null, string where = "pre", string? label = null, Paint? color = null,
        double? linewidth = null, string? linestyle = null, double? alpha = null)
    {
        double[] xs = x.Flat("x"), ys = y.Flat("y");
        if (where is not ("pre" or "post" or "mid")) throw new ValueError($"'where' must be 'pre', 'post' or 'mid'. Received: where={PythonText.Repr(where)}");
        if (xs.Length != ys.Length) throw new ValueError($"x and y must have same first dimension, but have shapes ({xs.Length},) and ({ys.Length},)");
        var (across, along) = (new List<double>(), new List<double>());
        for (int i = 0; i < xs.Length; i++)
        {
            if (i > 0)
            {
                double turn = where == "pre" ? xs[i - 1] : where == "post" ? xs[i] : (xs[i - 1] + xs[i]) / 2;
                across.AddRange([turn, turn]);
                along.AddRange([ys[i - 1], ys[i]]);
            }
            across.Add(xs[i]);
            along.Add(ys[i]);
        }
        return plot(across, along, fmt ?? "", label: label, color: color, linewidth: linewidth, linestyle: linestyle, alpha: alpha);
    }

    /// <inheritdoc cref="step(Series, Series, string, string, string, Paint, double?, string, double?)"/>
    public IReadOnlyList<Line2D> step(IEnumerable x, Series y, string? fmt = null, string where = "pre", string? label = null, Paint? color = null,
        double? linewidth = null, string? linestyle = null, double? alpha = null) =>
        step(Series.From(x), y, fmt, where, label, color, linewidth, linestyle, alpha);

    /// <summary>Draws a line with error bars.</summary>
    /// <param name="x">The x values.</param>
    /// <param name="y">The y values.</param>
    /// <param name="yerr">The errors of y: one for all, one for each, or two rows, down and up.</param>
    /// <param name="xerr">The errors of x: one for all, one for each, or two rows, left and right.</param>
    /// <param name="fmt">The format, as in <c>plot</c>; "none" for no line.</param>
    /// <param name="ecolor">The colour of the error bars.</param>
    /// <param name="elinewidth">The width of the error bars in points.</param>
    /// <param name="capsize">The length of the error bars' caps in points, to either side.</param>
    /// <param name="label">The label in the legend.</param>
    /// <param name="color">The colour.</param>
    /// <param name="linewidth">The line's width in points.</param>
    /// <param name="linestyle">'-', '--', '-.' or ':'.</param>
    /// <param name="marker">The marker, such as 'o'.</param>
    /// <param name="alpha">Opacity, 0 to 1.</param>
    /// <exception cref="ValueError">The lengths of the values differ, or an argument is invalid.</exception>
    public ErrorbarContainer errorbar(Series x, Series y, Series? yerr = null, Series? xerr = null, string fmt = "", Paint? ecolor = null,
        double? elinewidth = null, double capsize = 0, string? label = null, Paint? color = null, double? linewidth = null, string? linestyle = null,
        string? marker = null, double? alpha = null)
    {
        double[] xs = x.Flat("x"), ys = y.Flat("y");
        Reach? across = xerr is null ? null : Reach.Of(xerr, xs.Length, "xerr"), along = yerr is null ? null : Reach.Of(yerr, xs.Length, "yerr");
        var own = color?.Only("color") ?? (fmt is "none" or "" ? null : LineFormat.Parse(fmt).Color) ?? NextLine();
        if (xs.Length != ys.Length) throw new ValueError($"x and y must have same first dimension. Received: {xs.Length} and {ys.Length}");
        // The line and its markers are drawn over the error bars.
        var bars = Add(new ErrorbarContainer(xs, ys, across, along, Artist.Faded(ecolor?.Only("ecolor") ?? own, alpha),
            elinewidth ?? Settings.Number("lines.linewidth"), capsize, label));
        if (fmt != "none") _ = plot(x, y, fmt, color: Paint.Of(own), linewidth: linewidth, linestyle: linestyle, marker: marker, alpha: alpha);
        return bars;
    }

    /// <inheritdoc cref="errorbar(Series, Series, Series, Series, string, Paint, double?, double, string, Paint, double?, string, string, double?)"/>
    public ErrorbarContainer errorbar(IEnumerable x, Series y, Series? yerr = null, Series? xerr = null, string fmt = "", Paint? ecolor = null,
        double? elinewidth = null, double capsize = 0, string? label = null, Paint? color = null, double? linewidth = null, string? linestyle = null,
        string? marker = null, double? alpha = null) =>
        errorbar(Series.From(x), y, yerr, xerr, fmt, ecolor, elinewidth, capsize, label, color, linewidth, linestyle, marker, alpha);

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

    /// <summary>Draws lines from a baseline to values, with a marker each.</summary>
    /// <param name="x">The positions or, without <paramref name="y"/>, the values at 0, 1, 2, ….</param>
    /// <param name="y">The values.</param>
    /// <param name="linefmt">The lines' format, as in <c>plot</c>.</param>
    /// <param name="markerfmt">The markers' format.</param>
    /// <param name="basefmt">The baseline's format.</param>
    /// <param name="bottom">The baseline's y.</param>
    /// <param name="label">The label in the legend.</param>
    /// <exception cref="ValueError">The lengths of the values differ, or a format is invalid.</exception>
    public StemContainer stem(Series x, Series? y = null, string linefmt = "C0-", string markerfmt = "C0o", string basefmt = "C3-", double bottom = 0,
        string? label = null)
    {
        double[] ys = (y ?? x).Flat("y"), xs = y is null ? [.. Enumerable.Range(0, ys.Length).Select(i => (double)i)] : x.Flat("x");
        if (xs.Length != ys.Length) throw new ValueError($"x and y must have same first dimension, but have shapes ({xs.Length},) and ({ys.Length},)");
        double[] across = [.. xs.SelectMany(v => new[] { v, v, double.NaN })], up = [.. ys.SelectMany(v => new[] { bottom, v, double.NaN })];
        var lines = plot(across, up, linefmt)[0];
        var markers = plot(xs, ys, markerfmt, label: label)[0];
        return new StemContainer(markers, lines, plot(xs.Length == 0 ? xs : [xs.Min(), xs.Max()], xs.Length == 0 ? xs : [bottom, bottom], basefmt)[0]);
    }

    /// <summary>Colours the cells of a grid by the number of points in each.</summary>
    /// <param name="x">The x coordinates of the points.</param>
    /// <param name="y">The y coordinates of the points.</param>
    /// <param name="bins">The number of cells along both axes, or along each; 10 by default.</param>
    /// <param name="range">The ends of the grid along x and y; by default the smallest and the largest values.</param>
    /// <param name="density">Whether counts are divided by their sum and the cells' areas.</param>
    /// <param name="weights">The weight of each point; 1 by default.</param>
    /// <param name="cmap">The colour map; viridis by default.</param>
    /// <param name="vmin">The value of the map's first colour.</param>
    /// <param name="vmax">The value of the map's last colour.</param>
    /// <exception cref="ValueError">The lengths of the values differ.</exception>
    public (NDArray h, NDArray xedges, NDArray yedges, AxesImage image) hist2d(Series x, Series y, Series? bins = null,
        ((double, double), (double, double))? range = null, bool density = false, Series? weights = null, Colormap? cmap = null, double? vmin = null,
        double? vmax = null)
    {
        (int, int) counts = bins?.Flat("bins") switch
        {
            null => (10, 10),
            [var both] => ((int)both, (int)both),
            [var first, var second] => ((int)first, (int)second),
            var other => throw new ValueError($"`bins` must be a number, or one of each axis. Received: {other.Length} numbers"),
        };
        var (h, across, up) = Python.np.histogram2d(x.Flat("x"), y.Flat("y"), counts, range, density, weights is null ? null
            : (NDArray)weights.Flat("weights"));
        double[] place = [across[0].item(), across[-1].item(), up[0].item(), up[-1].item()];
        var image = imshow(h.T, cmap, aspect: "auto", interpolation: "nearest", vmin: vmin, vmax: vmax, origin: "lower", extent: place);
        return (h, across, up, image);
    }

    /// <summary>Draws box plots: a box from the first to the third quartile, a line at the median, whiskers, and outliers beyond.</summary>
    /// <param name="x">The values, one box per column.</param>
    /// <param name="labels">A name for each box.</param>
    /// <param name="vert">Whether boxes are vertical.</param>
    /// <param name="whis">The largest length of whiskers, in multiples of the interquartile range.</param>
    /// <param name="widths">The width of the boxes.</param>
    /// <param name="showfliers">Whether outliers are drawn.</param>
    /// <param name="patch_artist">Whether boxes are filled.</param>
    /// <param name="showmeans">Whether a triangle shows the mean.</param>
    /// <param name="positions">The positions of the boxes; 1, 2, … by default.</param>
    /// <param name="tick_labels">As <paramref name="labels"/>.</param>
    /// <exception cref="ValueError">The numbers of names and boxes differ.</exception>
    public BoxPlot boxplot(Series x, Series? labels = null, bool vert = true, double whis = 1.5, double? widths = null, bool showfliers = true,
        bool patch_artist = false, bool showmeans = false, Series? positions = null, Series? tick_labels = null) =>
        Boxes([.. Columns(x)], labels ?? tick_labels, vert, whis, widths, showfliers, patch_artist, showmeans, positions);

    /// <summary>The same for several lists of values.</summary>
    /// <exception cref="ValueError">The numbers of names and boxes differ.</exception>
    public BoxPlot boxplot(NDArray[] x, Series? labels = null, bool vert = true, double whis = 1.5, double? widths = null, bool showfliers = true,
        bool patch_artist = false, bool showmeans = false, Series? positions = null, Series? tick_labels = null) =>
        Boxes(Array.ConvertAll(x, values => ((Series)values).Flat("x")), labels ?? tick_labels, vert, whis, widths, showfliers, patch_artist, showmeans,
            positions);

    /// <summary>Draws a pie chart.</summary>
    /// <param name="x">The values, whose wedges are their shares of the sum.</param>
    /// <param name="explode">The distance by which each wedge is moved out, in radii.</param>
    /// <param name="labels">The label of each wedge.</param>
    /// <param name="colors">The colours, used in turn.</param>
    /// <param name="autopct">The format of percentages: <c>"%1.1f%%"</c>.</param>
    /// <param name="startangle">The start of the first wedge in degrees, counterclockwise from the right.</param>
    /// <param name="counterclock">Whether the wedges follow each other counterclockwise.</param>
    /// <param name="radius">The radius.</param>
    /// <param name="shadow">Whether it has a shadow.</param>
    /// <param name="pctdistance">The distance of percentages from the centre, in radii.</param>
    /// <param name="labeldistance">The distance of labels from the centre, in radii.</param>
    /// <param name="wedgeprops">The appearance of wedges: width (of a ring), edgecolor, linewidth, alpha.</param>
    /// <param name="textprops">The appearance of text: fontsize, color.</param>
    /// <exception cref="ValueError">A value is negative, or an argument is invalid.</exception>
    public PieContainer pie(Series x, Series? explode = null, Series? labels = null, Paint? colors = null, string? autopct = null, double startangle = 0,
        bool counterclock = true, double radius = 1, bool shadow = false, double pctdistance = 0.6, double labeldistance = 1.1,
        Dictionary<string, object>? wedgeprops = null, Dictionary<string, object>? textprops = null)
    {
        var (ring, edge, line, alpha) = Wedge.Looks(wedgeprops);
        var (letters, ink) = Looks(textprops);
        double[] shares = x.Flat("x"), outward = explode?.Flat("explode") ?? new double[shares.Length];
        string[]? names = labels is null ? null : Labels(labels);
        if (Array.Exists(shares, share => !(share >= 0))) throw new ValueError("Wedge sizes 'x' must be non negative values");
        if (outward.Length != shares.Length) throw new ValueError("'explode' must be of length 'x'");
        if (names is not null && names.Length != shares.Length) throw new ValueError("'label' must be of length 'x'");
        set_aspect("equal");
        IsOn = false;
        (_xlim, _ylim) = ((-1.25, 1.25), (-1.25, 1.25));
        double sum = shares.Sum(), angle = startangle;
        var (wedges, texts, percents) = (new List<Wedge>(), new List<Text>(), new List<Text>());
        for (int i = 0; i < shares.Length; i++)
        {
            double sweep = (counterclock ? 360 : -360) * shares[i] / (sum > 0 ? sum : 1), middle = (angle + sweep / 2) * Math.PI / 180;
            double cos = Math.Cos(middle), sin = Math.Sin(middle), out_ = outward[i] * radius;
            var fill = colors?.Colors is { } given ? given[i % given.Length] : Settings.Cycle[i % Settings.Cycle.Length];
            if (shadow) Add(new Wedge((cos * out_ - 0.02, sin * out_ - 0.02), radius, angle, sweep, new Color(0, 0, 0, 0x60), null) { ZOrder = 0.9 });
            wedges.Add(Add(new Wedge((cos * out_, sin * out_), radius, angle, sweep, Artist.Faded(fill, alpha), names?[i])
            {
                Ring = ring, Edge = edge, EdgeWidth = line,
            }));
            if (names is not null) texts.Add(Word(names[i], out_ + labeldistance * radius, cos > -1e-9 ? "left" : "right"));
            if (autopct is not null) percents.Add(Word(autopct % (100 * shares[i] / (sum > 0 ? sum : 1)), out_ + pctdistance * radius, "center"));
            angle += sweep;

            Text Word(string words, double at, string side) =>
                Add(new Text(cos * at, sin * at, Words(words, Settings.Font, letters, ink, null), TextPlace.Of(side, "center"), 0));
        }
        return new PieContainer(wedges, texts, percents);

        static (Series? Size, Paint? Color) Looks(Dictionary<string, object>? how)
        {
            if (how?.Keys.FirstOrDefault(key => key is not ("fontsize" or "size" or "color")) is { } other)
                throw new ValueError($"`textprops` has fontsize, size, color here. Received: {PythonText.Repr(other)}");
            Series? size = (how?.GetValueOrDefault("fontsize") ?? how?.GetValueOrDefault("size")) switch
            {
                null => null,
                string name => name,
                var points => Convert.ToDouble(points, System.Globalization.CultureInfo.InvariantCulture),
            };
            return (size, how?.GetValueOrDefault("color") is string color ? (Paint)color : null);
        }
    }

    /// <summary>Draws contour lines.</summary>
    /// <param name="X">The x coordinates of the columns: a list, or as <c>meshgrid</c> gives them.</param>
    /// <param name="Y">The y coordinates of the rows.</param>
    /// <param name="Z">The values: (rows, columns).</param>
    /// <param name="levels">The values of the lines, or the largest number of lines.</param>
    /// <param name="cmap">The colour map.</param>
    /// <param name="colors">One colour for all lines.</param>
    /// <param name="linewidths">The width in points.</param>
    /// <param name="alpha">Opacity, 0 to 1.</param>
    /// <exception cref="TypeError">The values aren't a matrix of the coordinates' size.</exception>
    /// <exception cref="ValueError">An argument is invalid.</exception>
    public ContourSet contour(Series X, Series Y, Series Z, Series? levels = null, Colormap? cmap = null, Paint? colors = null, double? linewidths = null,
        double? alpha = null) =>
        Mapped(Add(new ContourSet(X, Y, Z, levels, false, cmap ?? Figure.Map, colors?.Only("colors"),
            linewidths ?? Settings.Number("lines.linewidth"), alpha)));

    /// <summary>The same over the indices of columns and rows, from 0.</summary>
    /// <exception cref="TypeError">The array isn't a matrix.</exception>
    public ContourSet contour(Series Z, Series? levels = null, Colormap? cmap = null, Paint? colors = null, double? linewidths = null, double? alpha = null)
    {
        var (X, Y) = ContourSet.PlacesOf(Z);
        return contour(X, Y, Z, levels, cmap, colors, linewidths, alpha);
    }

    /// <summary>Fills the areas between contour lines.</summary>
    /// <inheritdoc cref="contour(Series, Series, Series, Series, Colormap, Paint, double?, double?)"/>
    public ContourSet contourf(Series X, Series Y, Series Z, Series? levels = null, Colormap? cmap = null, double? alpha = null) =>
        Mapped(Add(new ContourSet(X, Y, Z, levels, true, cmap ?? Figure.Map, null, 0, alpha)));

    /// <summary>The same over the indices of columns and rows, from 0.</summary>
    /// <exception cref="TypeError">The array isn't a matrix.</exception>
    public ContourSet contourf(Series Z, Series? levels = null, Colormap? cmap = null, double? alpha = null)
    {
        var (X, Y) = ContourSet.PlacesOf(Z);
        return contourf(X, Y, Z, levels, cmap, alpha);
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

    private IReadOnlyList<Line2D> Log(bool across, bool up, Series x, Series? y, Series? fmt, string? label, Paint? color, double? linewidth,
        string? linestyle, string? marker, double? alpha)
    {
        if (across) set_xscale("log");
        if (up) set_yscale("log");
        return plot(x, y, fmt, label: label, color: color, linewidth: linewidth, linestyle: linestyle, marker: marker, alpha: alpha);
    }

    /// <summary>Writes the values of contour lines onto them.</summary>
    /// <param name="CS">The result of <c>contour</c>.</param>
    /// <param name="inline">Whether a line is interrupted at its label.</param>
    /// <param name="fontsize">The font size: points, or a name such as 'small'.</param>
    /// <param name="fmt">The format of numbers: <c>"%.1f"</c>; by default as on an axis.</param>
    /// <exception cref="ValueError">The contours are filled, or an argument is invalid.</exception>
    public void clabel(ContourSet CS, bool inline = true, Series? fontsize = null, string? fmt = null) =>
        CS.Name(Wording.SizeOf(fontsize, Settings.Font), inline, fmt);

    private BoxPlot Boxes(double[][] columns, Series? labels, bool vert, double whis, double? widths, bool showfliers, bool isFilled, bool hasMeans,
        Series? positions)
    {
        double[] places = positions?.Flat("positions") ?? [.. Enumerable.Range(1, columns.Length).Select(i => (double)i)];
        if (places.Length != columns.Length) throw new ValueError("List of boxplot statistics and `positions` values must have same the length. "
            + $"Received: {places.Length} positions for {columns.Length} boxes");
        string[] names = labels is not null ? Labels(labels)
            : [.. places.Select(place => PythonText.Str(place == Math.Floor(place) ? (object)(long)place : place))];
        if (names.Length != columns.Length) throw new ValueError("Dimensions of labels and X must be compatible. "
            + $"Received: {names.Length} labels for {columns.Length} boxes");
        double spread = places.Length == 0 ? 1 : Math.Max(1, places.Max() - places.Min());
        var made = Add(new BoxPlot(columns, places, whis, widths ?? Math.Clamp(0.15 * spread, 0.15, 0.5), vert, showfliers, Settings.Cycle)
        {
            IsFilled = isFilled, HasMeans = hasMeans,
        });
        if (vert) set_xticks(places, names);
        else set_yticks(places, names);
        if (places.Length > 0 && vert) set_xlim(places.Min() - 0.5, places.Max() + 0.5);
        else if (places.Length > 0) set_ylim(places.Min() - 0.5, places.Max() + 0.5);
        return made;
    }
}
