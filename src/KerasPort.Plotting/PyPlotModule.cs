using KerasPort.Saving;

namespace KerasPort.Plotting;

/// <summary>
/// <c>matplotlib.pyplot</c>: figures, of which one is the current one, and in it one axes, which the functions in the other file draw into.
/// A picture looks as matplotlib's defaults make it.
/// </summary>
public sealed partial class PyPlotModule
{
    private readonly List<Figure> _figures = [];
    private Figure? _current;
    private int _made;

    internal PyPlotModule() { }

    /// <summary>The colour maps.</summary>
    public ColormapsModule cm { get; } = new();

    /// <summary>A colour map by its name.</summary>
    /// <exception cref="ValueError">There is no such name.</exception>
    public Colormap get_cmap(string? name = null) => cm.get_cmap(name);

    /// <summary>
    /// Sets what pictures look like from now on, a group at a time: <c>plt.rc("font", size: 14)</c> is <c>rcParams["font.size"] = 14</c>,
    /// <c>plt.rc("axes", labelsize: 14, titlesize: 14)</c>, <c>plt.rc("legend", fontsize: 14)</c>, <c>plt.rc("figure", figsize: (10, 5))</c>.
    /// </summary>
    /// <exception cref="ValueError">There is no such group here, or it has no such setting.</exception>
    public void rc(string group, Series? size = null, Series? labelsize = null, Series? titlesize = null, Series? fontsize = null, Series? figsize = null,
        Series? dpi = null, Series? linewidth = null, Series? markersize = null, bool? grid = null, string? facecolor = null)
    {
        (string Name, Series? Value)[] given = [("size", size), ("labelsize", labelsize), ("titlesize", titlesize), ("fontsize", fontsize),
            ("figsize", figsize), ("dpi", dpi), ("linewidth", linewidth), ("markersize", markersize), ("grid", grid is { } yes ? yes : null),
            ("facecolor", facecolor!)];
        foreach (var (name, value) in given) if (value is not null) rcParams[$"{group}.{name}"] = value;
    }

    /// <summary>A new figure, or the one of that number, which is the current one then.</summary>
    /// <param name="num">Its number; the next one by default.</param>
    /// <param name="figsize">Inches across and down: <c>(10, 5)</c>; 6.4 and 4.8 without.</param>
    /// <param name="dpi">Pixels an inch; 100 by default.</param>
    /// <param name="facecolor">The background of the figure; white by default.</param>
    /// <param name="layout">"tight" or "constrained" for room for all names and labels.</param>
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

    /// <summary>The current figure; a new one where there is none.</summary>
    public Figure gcf() => _current ?? figure();

    /// <summary>The current axes; new ones where there are none.</summary>
    public Axes gca() => gcf().gca();

    /// <summary>Makes axes the current ones.</summary>
    public void sca(Axes ax) => (_current = ax.Figure).Current = ax;

    /// <summary>New axes over the whole figure, or at a place of it: <c>plt.axes([0.1, 0.1, 0.8, 0.8])</c>.</summary>
    /// <param name="rect">Left, bottom, width and height, as parts of the figure.</param>
    /// <param name="aspect">"equal" or "auto".</param>
    public Axes axes(Series? rect = null, string? aspect = null)
    {
        var made = rect is null ? gcf().add_subplot() : gcf().add_axes(rect);
        if (aspect is not null) made.set_aspect(aspect);
        return made;
    }

    /// <summary>The axes in a cell of a grid, which are the current ones then: row by row from 1.</summary>
    /// <param name="nrows">Rows of the grid.</param>
    /// <param name="ncols">Columns of the grid.</param>
    /// <param name="index">The cell, row by row from 1.</param>
    /// <exception cref="ValueError">There is no such cell.</exception>
    public Axes subplot(int nrows, int ncols, int index) => gcf().add_subplot(nrows, ncols, index);

    /// <summary>The same over several cells: from the first to the last.</summary>
    /// <exception cref="ValueError">There are no such cells.</exception>
    public Axes subplot(int nrows, int ncols, (int First, int Last) index) => gcf().Subplot(SubplotPlace.Of(nrows, ncols, index.First, index.Last));

    /// <summary>The same as three digits: <c>plt.subplot(221)</c>.</summary>
    /// <exception cref="ValueError">There is no such cell.</exception>
    public Axes subplot(int pos = 111) => gcf().add_subplot(pos);

    /// <summary>A new figure with one axes: <c>var (fig, ax) = plt.subplots();</c>.</summary>
    public (Figure fig, Axes ax) subplots(Series? figsize = null, double? dpi = null, string? facecolor = null, string? layout = null,
        bool tight_layout = false, bool constrained_layout = false)
    {
        var made = figure(null, figsize, dpi, facecolor, layout, tight_layout, constrained_layout);
        return (made, made.gca());
    }

    /// <summary>
    /// A new figure with axes in all cells of a grid: <c>var (fig, axes) = plt.subplots(2, 3);</c>, then <c>axes[0, 1]</c>; one row is
    /// <c>var (fig, (left, right)) = plt.subplots(1, 2);</c>, and <c>plt.subplots(1, 1)</c> one axes.
    /// </summary>
    /// <param name="nrows">Rows.</param>
    /// <param name="ncols">Columns.</param>
    /// <param name="sharex">Whether all have the same limits from left to right, and labels only below; or "row", "col".</param>
    /// <param name="sharey">The same from below.</param>
    /// <param name="figsize">Inches across and down.</param>
    /// <param name="dpi">Pixels an inch.</param>
    /// <param name="squeeze">Whether one row or column has one index, and one axes none.</param>
    /// <param name="width_ratios">How wide the columns are beside one another: <c>[2, 1]</c>.</param>
    /// <param name="height_ratios">How high the rows are.</param>
    /// <param name="gridspec_kw">The same, and wspace, hspace, left, right, bottom and top.</param>
    /// <param name="facecolor">The background of the figure; white by default.</param>
    /// <param name="layout">"tight" or "constrained" for room for all names and labels.</param>
    /// <param name="tight_layout">The same as <paramref name="layout"/>.</param>
    /// <param name="constrained_layout">The same as <paramref name="layout"/>.</param>
    /// <exception cref="ValueError">There is no such grid, or an argument is invalid.</exception>
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
    /// Writes the figures as <c>Figure_1.png</c>, … into the current folder, prints their paths and, in terminals that say they can (kitty, iTerm and
    /// WezTerm, sixel), shows them. They are closed then, as in Python, when their window is.
    /// </summary>
    /// <exception cref="IOException">They can't be written.</exception>
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
    /// <exception cref="ValueError">It isn't "all".</exception>
    public void close(string fig)
    {
        if (fig is not "all") throw new ValueError($"`close` takes a figure or 'all'. Received: {PythonText.Repr(fig)}");
        _figures.Clear();
        _current = null;
    }

    /// <summary>Takes all axes out of the current figure.</summary>
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

    /// <summary>A bar that shows the colours of numbers, beside the axes of <paramref name="mappable"/>.</summary>
    /// <param name="mappable">The picture or the points; by default those that were coloured last.</param>
    /// <param name="ax">The axes that give room to it; by default the axes of <paramref name="mappable"/>.</param>
    /// <param name="label">Its name.</param>
    /// <param name="orientation">"vertical": at the right; "horizontal": below.</param>
    /// <param name="fraction">Which part of the axes' place it takes.</param>
    /// <param name="pad">Which part is left free between them; 0.05, or 0.15 of a lying one.</param>
    /// <param name="shrink">How long it is, as a part of the axes' place.</param>
    /// <param name="aspect">How many times as long as thick.</param>
    /// <param name="ticks">Where it has ticks.</param>
    /// <param name="format">How a number is written: <c>"%.2f"</c>.</param>
    /// <exception cref="ValueError">No colour map colours anything.</exception>
    public Colorbar colorbar(Artist? mappable = null, Axes? ax = null, string? label = null, string orientation = "vertical", double fraction = 0.15,
        double? pad = null, double shrink = 1, double aspect = 20, Series? ticks = null, string? format = null) =>
        gcf().colorbar(mappable ?? gca().LastMapped as Artist
            ?? throw new ValueError("No mappable was found to use for colorbar creation: show a picture by `imshow`, or points with numbers as `c`, "
                + "first."), ax, label, orientation, fraction, pad, shrink, aspect, ticks, format);

    /// <inheritdoc cref="PyPlotImageModule.imread"/>
    public NDArray imread(string fname) => PyPlot.mpimg.imread(fname);

    /// <summary>Makes grey the colour map of the current figure's picture and of those to come.</summary>
    public void gray() => Use("gray");

    /// <summary>Makes viridis the colour map of the current figure's picture and of those to come.</summary>
    public void viridis() => Use("viridis");

    private void Use(string map)
    {
        gcf().Map = map;
        if (gcf().Current?.LastMapped is { } last) last.Shades.Map = map;
    }
}
