using KerasPort.Saving;

namespace KerasPort.Plotting;

/// <summary>
/// <c>matplotlib.pyplot</c>: figures, one of which is current, with one current axes, which most functions draw into. Pictures look as with matplotlib's
/// defaults.
/// </summary>
public sealed partial class PyPlotModule
{
    private readonly List<Figure> _figures = [];
    private Figure? _current;
    private int _made;

    internal PyPlotModule() { }

    /// <summary>The colour maps.</summary>
    public ColormapsModule cm { get; } = new();

    /// <summary>The default settings of figures.</summary>
    public RcParams rcParams { get; } = new();

    /// <summary>Styles: <c>plt.style.use("ggplot")</c>.</summary>
    public StyleModule style => field ??= new(rcParams);

    /// <summary>A colour map by its name.</summary>
    /// <exception cref="ValueError">The name is unknown.</exception>
    public Colormap get_cmap(string? name = null) => cm.get_cmap(name);

    /// <summary>
    /// Sets the defaults of pictures from now on, one group at a time: <c>plt.rc("font", size: 14)</c> is <c>rcParams["font.size"] = 14</c>,
    /// <c>plt.rc("axes", labelsize: 14, titlesize: 14)</c>, <c>plt.rc("legend", fontsize: 14)</c>, <c>plt.rc("figure", figsize: (10, 5))</c>.
    /// </summary>
    /// <exception cref="ValueError">The group is unknown here, or has no such setting.</exception>
    public void rc(string group, Series? size = null, Series? labelsize = null, Series? titlesize = null, Series? fontsize = null, Series? figsize = null,
        Series? dpi = null, Series? linewidth = null, Series? markersize = null, bool? grid = null, string? facecolor = null)
    {
        (string Name, Series? Value)[] given = [("size", size), ("labelsize", labelsize), ("titlesize", titlesize), ("fontsize", fontsize),
            ("figsize", figsize), ("dpi", dpi), ("linewidth", linewidth), ("markersize", markersize), ("grid", grid is { } yes ? yes : null),
            ("facecolor", facecolor!)];
        foreach (var (name, value) in given) if (value is not null) rcParams[$"{group}.{name}"] = value;
    }

    /// <summary>Creates a figure, or takes the one of a number, and makes it current.</summary>
    /// <param name="num">The figure's number; the next one by default.</param>
    /// <param name="figsize">Width and height in inches: <c>(10, 5)</c>; by default 6.4 and 4.8.</param>
    /// <param name="dpi">Pixels per inch; 100 by default.</param>
    /// <param name="facecolor">The background of the figure; white by default.</param>
    /// <param name="layout">"tight" or "constrained" to make room for all titles and labels.</param>
    /// <param name="tight_layout">The same as <paramref name="layout"/>.</param>
    /// <param name="constrained_layout">The same as <paramref name="layout"/>.</param>
    /// <exception cref="ValueError">The size is invalid, or an argument is invalid.</exception>
    public Figure figure(int? num = null, Series? figsize = null, double? dpi = null, string? facecolor = null, string? layout = null,
        bool tight_layout = false, bool constrained_layout = false)
    {
        if (num is { } number && _figures.Find(figure => figure.number == number) is { } known) return _current = known;
        if (layout is not (null or "none" or "tight" or "constrained" or "compressed"))
            throw new ValueError($"Invalid value for 'layout': {PythonText.Repr(layout)}; expected 'tight', 'constrained', 'compressed' or 'none'");
        var made = new Figure(num ?? Math.Max(_made, _figures.Select(figure => figure.number).DefaultIfEmpty(0).Max()) + 1, figsize, dpi, rcParams);
        if (facecolor is not null) made.set_facecolor(facecolor);
        if (tight_layout || constrained_layout || layout is "tight" or "constrained" or "compressed") made.tight_layout();
        _made = Math.Max(_made, made.number);
        _figures.Add(made);
        return _current = made;
    }

    /// <summary>The current figure; created where there is none.</summary>
    public Figure gcf() => _current ?? figure();

    /// <summary>The current axes; created where there are none.</summary>
    public Axes gca() => gcf().gca();

    /// <summary>Makes axes the current ones.</summary>
    public void sca(Axes ax) => (_current = ax.Figure).Current = ax;

    /// <summary>New axes over the whole figure, or at a position: <c>plt.axes([0.1, 0.1, 0.8, 0.8])</c>.</summary>
    /// <param name="rect">Left, bottom, width and height, as fractions of the figure.</param>
    /// <param name="aspect">"equal" or "auto".</param>
    public Axes axes(Series? rect = null, string? aspect = null)
    {
        var made = rect is null ? gcf().add_subplot() : gcf().add_axes(rect);
        if (aspect is not null) made.set_aspect(aspect);
        return made;
    }

    /// <summary>The axes in a cell of a grid, which become current.</summary>
    /// <param name="nrows">Rows of the grid.</param>
    /// <param name="ncols">Columns of the grid.</param>
    /// <param name="index">The cell, row by row from 1.</param>
    /// <exception cref="ValueError">The cell doesn't exist.</exception>
    public Axes subplot(int nrows, int ncols, int index) => gcf().add_subplot(nrows, ncols, index);

    /// <summary>The same, spanning the cells from the first to the last.</summary>
    /// <exception cref="ValueError">The cells don't exist.</exception>
    public Axes subplot(int nrows, int ncols, (int First, int Last) index) => gcf().Subplot(SubplotPlace.Of(nrows, ncols, index.First, index.Last));

    /// <summary>The same as three digits: <c>plt.subplot(221)</c>.</summary>
    /// <exception cref="ValueError">The cell doesn't exist.</exception>
    public Axes subplot(int pos = 111) => gcf().add_subplot(pos);

    /// <summary>A grid whose cells axes can span.</summary>
    /// <exception cref="ValueError">The numbers of rows and columns are invalid.</exception>
    public GridSpec GridSpec(int nrows, int ncols, Series? width_ratios = null, Series? height_ratios = null, double? wspace = null, double? hspace = null) =>
        new(nrows, ncols, width_ratios, height_ratios, wspace, hspace);

    /// <summary>Axes that span cells of a grid.</summary>
    public Axes subplot(SubplotSpec pos) => gcf().add_subplot(pos);

    /// <summary>Axes that span cells of a grid: <c>plt.subplot2grid((3, 3), (0, 0), colspan: 3)</c>.</summary>
    /// <param name="shape">The grid's numbers of rows and columns.</param>
    /// <param name="loc">The first cell's row and column, from 0.</param>
    /// <param name="rowspan">The number of rows.</param>
    /// <param name="colspan">The number of columns.</param>
    /// <exception cref="ValueError">The cells don't exist.</exception>
    public Axes subplot2grid((int rows, int columns) shape, (int row, int column) loc, int rowspan = 1, int colspan = 1) =>
        gcf().add_subplot(new GridSpec(shape.rows, shape.columns)[loc.row..(loc.row + rowspan), loc.column..(loc.column + colspan)]);

    /// <summary>Creates a figure with one axes: <c>var (fig, ax) = plt.subplots();</c>.</summary>
    public (Figure fig, Axes ax) subplots(Series? figsize = null, double? dpi = null, string? facecolor = null, string? layout = null,
        bool tight_layout = false, bool constrained_layout = false)
    {
        var made = figure(null, figsize, dpi, facecolor, layout, tight_layout, constrained_layout);
        return (made, made.gca());
    }

    /// <summary>
    /// Creates a figure with axes in all cells of a grid: <c>var (fig, axes) = plt.subplots(2, 3);</c>, then <c>axes[0, 1]</c>; a single row is
    /// <c>var (fig, (left, right)) = plt.subplots(1, 2);</c>, and <c>plt.subplots(1, 1)</c> a single axes.
    /// </summary>
    /// <param name="figsize">Width and height in inches.</param>
    /// <param name="dpi">Pixels per inch.</param>
    /// <param name="width_ratios">The relative widths of the columns: <c>[2, 1]</c>.</param>
    /// <param name="facecolor">The background of the figure; white by default.</param>
    /// <param name="layout">"tight" or "constrained" to make room for all titles and labels.</param>
    /// <param name="tight_layout">The same as <paramref name="layout"/>.</param>
    /// <param name="constrained_layout">The same as <paramref name="layout"/>.</param>
    /// <inheritdoc cref="Figure.subplots(int, int, Series?, Series?, bool, Series?, Series?, Dictionary{string, Series}?)"/>
    /// <example><code>
    /// var (figure, (left, right)) = plt.subplots(1, 2, figsize: (8, 3));
    /// left.plot(new[] { 0.52, 0.39, 0.35 });
    /// right.plot(new[] { 0.81, 0.86, 0.87 });
    /// figure.savefig("both.png");
    /// </code></example>
    public (Figure fig, AxesGrid axes) subplots(int nrows, int ncols = 1, Series? sharex = null, Series? sharey = null, Series? figsize = null,
        double? dpi = null, bool squeeze = true, Series? width_ratios = null, Series? height_ratios = null, Dictionary<string, Series>? gridspec_kw = null,
        string? facecolor = null, string? layout = null, bool tight_layout = false, bool constrained_layout = false)
    {
        _ = new GridSpec(nrows, ncols, width_ratios, height_ratios);
        var made = figure(null, figsize, dpi, facecolor, layout, tight_layout, constrained_layout);
        return (made, made.subplots(nrows, ncols, sharex, sharey, squeeze, width_ratios, height_ratios, gridspec_kw));
    }

    /// <summary>
    /// Writes the figures as <c>Figure_1.png</c>, … to the current folder, prints their paths and shows them in terminals that announce support
    /// (kitty, iTerm and WezTerm, sixel). They are then closed, as Python does when their windows are closed.
    /// </summary>
    /// <exception cref="IOException">A file can't be written.</exception>
    public void show() => Show(Directory.GetCurrentDirectory(), Console.Out);

    internal void Show(string folder, TextWriter output)
    {
        foreach (var figure in _figures.Where(figure => figure.axes.Count > 0))
        {
            byte[] png = figure.Png();
            string path = Path.Combine(folder, $"Figure_{figure.number}.png");
            WholeFile.Write(path, png, "the picture ");
            output.WriteLine(path);
            if (TerminalPicture.Of(png, Terminal.Current.IsTerminal, Environment.GetEnvironmentVariable) is { } drawn) output.WriteLine(drawn);
        }
        close("all");
    }

    /// <inheritdoc cref="Figure.savefig"/>
    public void savefig(string fname, double? dpi = null, string? format = null, string? bbox_inches = null, double? pad_inches = null,
        bool transparent = false, string? facecolor = null) => gcf().savefig(fname, dpi, format, bbox_inches, pad_inches, transparent, facecolor);

    /// <summary>Closes the current figure.</summary>
    public void close() => close(_current!);

    /// <summary>Closes a figure.</summary>
    public void close(Figure fig)
    {
        _figures.Remove(fig);
        if (_current == fig) _current = _figures.LastOrDefault();
    }

    /// <summary>Closes all figures: <c>plt.close("all")</c>.</summary>
    /// <exception cref="ValueError">The text isn't "all".</exception>
    public void close(string fig)
    {
        if (fig is not "all") throw new ValueError($"`close` takes a figure or 'all'. Received: {PythonText.Repr(fig)}");
        _figures.Clear();
        _current = null;
    }

    /// <summary>Removes all axes of the current figure.</summary>
    public void clf() => gcf().clf();

    /// <inheritdoc cref="Figure.tight_layout"/>
    public void tight_layout(double pad = 1.08, double? h_pad = null, double? w_pad = null, Series? rect = null) =>
        gcf().tight_layout(pad, h_pad, w_pad, rect);

    /// <inheritdoc cref="Figure.subplots_adjust"/>
    public void subplots_adjust(double? left = null, double? bottom = null, double? right = null, double? top = null, double? wspace = null,
        double? hspace = null) =>
        gcf().subplots_adjust(left, bottom, right, top, wspace, hspace);

    /// <inheritdoc cref="Figure.suptitle"/>
    public void suptitle(Arg t, Series? fontsize = null, string? fontweight = null, double x = 0.5, double y = 0.98, Paint? color = null,
        Series? size = null, string? weight = null) => gcf().suptitle(t, fontsize, fontweight, x, y, color, size, weight);

    /// <summary>Writes text at a position of the figure, in fractions of its width and height.</summary>
    public void figtext(double x, double y, Arg s, Series? fontsize = null, Paint? color = null, string? ha = null, string? va = null,
        double rotation = 0, string? fontweight = null) => gcf().text(x, y, s, fontsize, color, ha, va, rotation, fontweight);

    /// <inheritdoc cref="PatchesModule.Rectangle"/>
    public Patch Rectangle((double x, double y) xy, double width, double height, double angle = 0, bool fill = true, Paint? color = null,
        Paint? facecolor = null, Paint? edgecolor = null, double? linewidth = null, double? lw = null, string? linestyle = null, double? alpha = null,
        string? label = null) =>
        PyPlot.patches.Rectangle(xy, width, height, angle, fill, color, facecolor, edgecolor, linewidth, lw, linestyle, alpha, label);

    /// <inheritdoc cref="PatchesModule.Circle"/>
    public Patch Circle((double x, double y) xy, double radius = 5, bool fill = true, Paint? color = null, Paint? facecolor = null, Paint? edgecolor = null,
        double? linewidth = null, double? lw = null, string? linestyle = null, double? alpha = null, string? label = null) =>
        PyPlot.patches.Circle(xy, radius, fill, color, facecolor, edgecolor, linewidth, lw, linestyle, alpha, label);

    /// <summary>Changes tick labels: <c>plt.setp(ax.get_xticklabels(), rotation: 45, ha: "right")</c>.</summary>
    public void setp(AxisTicks obj, Series? rotation = null, string? ha = null, Series? fontsize = null, Paint? color = null, bool? visible = null)
    {
        obj.Set(null, null, rotation, fontsize, ha, color);
        if (visible is { } isThere) obj.Set(null, null, null, null, null, null, isThere);
    }

    /// <summary>A colour bar beside the axes of <paramref name="mappable"/>.</summary>
    /// <param name="mappable">The picture or the points; by default the last with a colour map.</param>
    /// <param name="ax">The axes that give up space for it; by default those of <paramref name="mappable"/>.</param>
    /// <inheritdoc cref="Figure.colorbar(Artist, Axes?, string?, string, double, double?, double, double, Series?, string?)"/>
    /// <exception cref="ValueError">Nothing has a colour map, or an argument is invalid.</exception>
    public Colorbar colorbar(Artist? mappable = null, Axes? ax = null, string? label = null, string orientation = "vertical", double fraction = 0.15,
        double? pad = null, double shrink = 1, double aspect = 20, Series? ticks = null, string? format = null) =>
        gcf().colorbar(mappable ?? gca().LastMapped as Artist
            ?? throw new ValueError("No mappable was found to use for colorbar creation: show a picture by `imshow`, or points with numbers as `c`, "
                + "first."), ax, label, orientation, fraction, pad, shrink, aspect, ticks, format);

    /// <inheritdoc cref="PyPlotImageModule.imread"/>
    public NDArray imread(string fname) => PyPlot.mpimg.imread(fname);

    /// <summary>Writes an array as a picture: colours as they are, numbers by a colour map.</summary>
    /// <param name="fname">The file; its extension determines the format: png, jpg or bmp.</param>
    /// <param name="arr">(height, width), or (height, width, 3 or 4).</param>
    /// <param name="cmap">The colour map; viridis by default.</param>
    /// <param name="vmin">The value of the map's first colour.</param>
    /// <param name="vmax">The value of the map's last colour.</param>
    /// <exception cref="TypeError">The array isn't a picture.</exception>
    /// <exception cref="IOException">The file can't be written.</exception>
    public void imsave(string fname, Series arr, Colormap? cmap = null, double? vmin = null, double? vmax = null) =>
        PyPlot.mpimg.imsave(fname, arr, cmap ?? rcParams["image.cmap"].Text!, vmin, vmax);

    /// <summary>Makes grey the colour map of the current figure's picture, and the default one.</summary>
    public void gray() => Use("gray");

    /// <summary>Makes viridis the colour map of the current figure's picture, and the default one.</summary>
    public void viridis() => Use("viridis");

    private void Use(string map)
    {
        gcf().Map = map;
        if (gcf().Current?.LastMapped is { } last) last.Shades.Map = map;
    }
}
