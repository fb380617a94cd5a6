using System.Collections;
using KerasPort.Pictures;

namespace KerasPort.Plotting;

// Less common methods of Axes, on the current axes, and the default settings of figures.
public sealed partial class PyPlotModule
{
    /// <summary>The default settings of figures.</summary>
    public RcParams rcParams { get; } = new();

    /// <summary>Styles: <c>plt.style.use("ggplot")</c>.</summary>
    public StyleModule style => field ??= new(rcParams);

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

    /// <inheritdoc cref="Axes.twinx"/>
    public Axes twinx() => gca().twinx();

    /// <inheritdoc cref="Axes.axhspan"/>
    public Span axhspan(double ymin, double ymax, Paint? color = null, Paint? facecolor = null, double? alpha = null, string? label = null) =>
        gca().axhspan(ymin, ymax, color, facecolor, alpha, label);

    /// <inheritdoc cref="Axes.axvspan"/>
    public Span axvspan(double xmin, double xmax, Paint? color = null, Paint? facecolor = null, double? alpha = null, string? label = null) =>
        gca().axvspan(xmin, xmax, color, facecolor, alpha, label);

    /// <inheritdoc cref="Axes.step(Series, Series, string, string, string, Paint, double?, string, double?)"/>
    public IReadOnlyList<Line2D> step(Series x, Series y, string? fmt = null, string where = "pre", string? label = null, Paint? color = null,
        double? linewidth = null, string? linestyle = null, double? alpha = null) =>
        gca().step(x, y, fmt, where, label, color, linewidth, linestyle, alpha);

    /// <inheritdoc cref="Axes.step(Series, Series, string, string, string, Paint, double?, string, double?)"/>
    public IReadOnlyList<Line2D> step(IEnumerable x, Series y, string? fmt = null, string where = "pre", string? label = null, Paint? color = null,
        double? linewidth = null, string? linestyle = null, double? alpha = null) =>
        gca().step(x, y, fmt, where, label, color, linewidth, linestyle, alpha);

    /// <inheritdoc cref="Axes.errorbar(Series, Series, Series, Series, string, Paint, double?, double, string, Paint, double?, string, string, double?)"/>
    public ErrorbarContainer errorbar(Series x, Series y, Series? yerr = null, Series? xerr = null, string fmt = "", Paint? ecolor = null,
        double? elinewidth = null, double capsize = 0, string? label = null, Paint? color = null, double? linewidth = null, string? linestyle = null,
        string? marker = null, double? alpha = null) =>
        gca().errorbar(x, y, yerr, xerr, fmt, ecolor, elinewidth, capsize, label, color, linewidth, linestyle, marker, alpha);

    /// <inheritdoc cref="Axes.errorbar(Series, Series, Series, Series, string, Paint, double?, double, string, Paint, double?, string, string, double?)"/>
    public ErrorbarContainer errorbar(IEnumerable x, Series y, Series? yerr = null, Series? xerr = null, string fmt = "", Paint? ecolor = null,
        double? elinewidth = null, double capsize = 0, string? label = null, Paint? color = null, double? linewidth = null, string? linestyle = null,
        string? marker = null, double? alpha = null) =>
        gca().errorbar(x, y, yerr, xerr, fmt, ecolor, elinewidth, capsize, label, color, linewidth, linestyle, marker, alpha);

    /// <inheritdoc cref="Axes.annotate"/>
    public Text annotate(Arg text, (double x, double y) xy, (double x, double y)? xytext = null, string? textcoords = null,
        Dictionary<string, object>? arrowprops = null, Series? fontsize = null, Paint? color = null, string? ha = null, string? va = null,
        double rotation = 0, string xycoords = "data", Dictionary<string, object>? bbox = null) =>
        gca().annotate(text, xy, xytext, textcoords, arrowprops, fontsize, color, ha, va, rotation, xycoords, bbox);

    /// <inheritdoc cref="Axes.contour(Series, Series, Series, Series, Colormap, Paint, double?, double?)"/>
    public ContourSet contour(Series X, Series Y, Series Z, Series? levels = null, Colormap? cmap = null, Paint? colors = null, double? linewidths = null,
        double? alpha = null) => gca().contour(X, Y, Z, levels, cmap, colors, linewidths, alpha);

    /// <inheritdoc cref="Axes.contour(Series, Series, Colormap, Paint, double?, double?)"/>
    public ContourSet contour(Series Z, Series? levels = null, Colormap? cmap = null, Paint? colors = null, double? linewidths = null, double? alpha = null) =>
        gca().contour(Z, levels, cmap, colors, linewidths, alpha);

    /// <inheritdoc cref="Axes.contourf(Series, Series, Series, Series, Colormap, double?)"/>
    public ContourSet contourf(Series X, Series Y, Series Z, Series? levels = null, Colormap? cmap = null, double? alpha = null) =>
        gca().contourf(X, Y, Z, levels, cmap, alpha);

    /// <inheritdoc cref="Axes.contourf(Series, Series, Colormap, double?)"/>
    public ContourSet contourf(Series Z, Series? levels = null, Colormap? cmap = null, double? alpha = null) => gca().contourf(Z, levels, cmap, alpha);

    /// <inheritdoc cref="Axes.tick_params"/>
    public void tick_params(string axis = "both", string which = "major", Series? labelsize = null, Series? labelrotation = null, Series? rotation = null,
        Paint? labelcolor = null, Paint? colors = null, Paint? color = null, double? length = null, bool? bottom = null, bool? left = null,
        bool? labelbottom = null, bool? labelleft = null, bool? top = null, bool? right = null, bool? labeltop = null, bool? labelright = null) =>
        gca().tick_params(axis, which, labelsize, labelrotation, rotation, labelcolor, colors, color, length, bottom, left, labelbottom, labelleft, top,
            right, labeltop, labelright);

    /// <inheritdoc cref="Axes.clear"/>
    public void cla() => gca().clear();

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

    /// <inheritdoc cref="Axes.stem"/>
    public StemContainer stem(Series x, Series? y = null, string linefmt = "C0-", string markerfmt = "C0o", string basefmt = "C3-", double bottom = 0,
        string? label = null) => gca().stem(x, y, linefmt, markerfmt, basefmt, bottom, label);

    /// <inheritdoc cref="Axes.hist2d"/>
    public (NDArray h, NDArray xedges, NDArray yedges, AxesImage image) hist2d(Series x, Series y, Series? bins = null,
        ((double, double), (double, double))? range = null, bool density = false, Series? weights = null, Colormap? cmap = null, double? vmin = null,
        double? vmax = null) => gca().hist2d(x, y, bins, range, density, weights, cmap, vmin, vmax);

    /// <summary>The method of <see cref="Axes"/> of that name, on the current axes.</summary>
    public BoxPlot boxplot(Series x, Series? labels = null, bool vert = true, double whis = 1.5, double? widths = null, bool showfliers = true,
        bool patch_artist = false, bool showmeans = false, Series? positions = null, Series? tick_labels = null) =>
        gca().boxplot(x, labels, vert, whis, widths, showfliers, patch_artist, showmeans, positions, tick_labels);

    /// <summary>The method of <see cref="Axes"/> of that name, on the current axes.</summary>
    public BoxPlot boxplot(NDArray[] x, Series? labels = null, bool vert = true, double whis = 1.5, double? widths = null, bool showfliers = true,
        bool patch_artist = false, bool showmeans = false, Series? positions = null, Series? tick_labels = null) =>
        gca().boxplot(x, labels, vert, whis, widths, showfliers, patch_artist, showmeans, positions, tick_labels);

    /// <summary>The method of <see cref="Axes"/> of that name, on the current axes.</summary>
    public PieContainer pie(Series x, Series? explode = null, Series? labels = null, Paint? colors = null, string? autopct = null, double startangle = 0,
        bool counterclock = true, double radius = 1, bool shadow = false, double pctdistance = 0.6, double labeldistance = 1.1,
        Dictionary<string, object>? wedgeprops = null, Dictionary<string, object>? textprops = null) =>
        gca().pie(x, explode, labels, colors, autopct, startangle, counterclock, radius, shadow, pctdistance, labeldistance, wedgeprops, textprops);

    /// <summary>The method of <see cref="Axes"/> of that name, on the current axes.</summary>
    public void clabel(ContourSet CS, bool inline = true, Series? fontsize = null, string? fmt = null) =>
        gca().clabel(CS, inline, fontsize, fmt);

    /// <summary>The method of <see cref="Axes"/> of that name, on the current axes.</summary>
    public QuadMesh pcolormesh(Series X, Series Y, Series C, Colormap? cmap = null, double? vmin = null, double? vmax = null, double? alpha = null,
        Paint? edgecolors = null, double? linewidth = null, string shading = "auto") =>
        gca().pcolormesh(X, Y, C, cmap, vmin, vmax, alpha, edgecolors, linewidth, shading);

    /// <summary>The method of <see cref="Axes"/> of that name, on the current axes.</summary>
    public QuadMesh pcolormesh(Series C, Colormap? cmap = null, double? vmin = null, double? vmax = null, double? alpha = null, Paint? edgecolors = null,
        double? linewidth = null) =>
        gca().pcolormesh(C, cmap, vmin, vmax, alpha, edgecolors, linewidth);

    /// <summary>The method of <see cref="Axes"/> of that name, on the current axes.</summary>
    public HexBins hexbin(Series x, Series y, int gridsize = 100, Colormap? cmap = null, double? vmin = null, double? vmax = null, int mincnt = 0,
        double? alpha = null) =>
        gca().hexbin(x, y, gridsize, cmap, vmin, vmax, mincnt, alpha);

    /// <summary>The method of <see cref="Axes"/> of that name, on the current axes.</summary>
    public Quiver quiver(Series X, Series Y, Series U, Series V, Paint? color = null, string angles = "uv", string? scale_units = null, double? scale = null,
        double? width = null) =>
        gca().quiver(X, Y, U, V, color, angles, scale_units, scale, width);

    /// <summary>The method of <see cref="Axes"/> of that name, on the current axes.</summary>
    public Quiver quiver(Series U, Series V, Paint? color = null) =>
        gca().quiver(U, V, color);

    /// <summary>The method of <see cref="Axes"/> of that name, on the current axes.</summary>
    public Patch arrow(double x, double y, double dx, double dy, double width = 0.001, double? head_width = null, double? head_length = null,
        bool length_includes_head = false, Paint? color = null, Paint? fc = null, Paint? ec = null, double? alpha = null) =>
        gca().arrow(x, y, dx, dy, width, head_width, head_length, length_includes_head, color, fc, ec, alpha);

    /// <summary>Adds axes over the current ones that share y and have an x axis of their own above.</summary>
    public Axes twiny() => gca().twiny();

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
}
