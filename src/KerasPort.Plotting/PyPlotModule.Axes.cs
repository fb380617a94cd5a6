using System.Collections;
using System.Runtime.CompilerServices;

namespace KerasPort.Plotting;

// The methods of Axes, on the current axes; their arguments are described there.
public sealed partial class PyPlotModule
{
    /// <summary>The method of <see cref="Axes"/> of that name, on the current axes.</summary>
    /// <example><code>
    /// double[] epochs = [1, 2, 3], loss = [0.52, 0.39, 0.35];
    /// plt.plot(epochs, loss, "o--", label: "loss");
    /// plt.xlabel("epoch");
    /// plt.legend();
    /// plt.savefig("loss.png");
    /// </code></example>
    public IReadOnlyList<Line2D> plot(Series x, Series? y = null, Series? fmt = null, Series? x2 = null, Series? y2 = null, Series? fmt2 = null,
        string? label = null, Paint? color = null, Paint? c = null, double? linewidth = null, double? lw = null, string? linestyle = null, string? ls = null,
        string? marker = null, double? markersize = null, double? ms = null, double? alpha = null, Paint? markerfacecolor = null, Paint? mfc = null,
        Paint? markeredgecolor = null, Paint? mec = null, double? markeredgewidth = null, double? mew = null, int markevery = 1, double? zorder = null) =>
        gca().plot(x, y, fmt, x2, y2, fmt2, label, color, c, linewidth, lw, linestyle, ls, marker, markersize, ms, alpha, markerfacecolor, mfc,
            markeredgecolor, mec, markeredgewidth, mew, markevery, zorder);

    /// <summary>The method of <see cref="Axes"/> of that name, on the current axes.</summary>
    public IReadOnlyList<Line2D> plot(IEnumerable x, Series y, Series? fmt = null, Series? x2 = null, Series? y2 = null, Series? fmt2 = null,
        string? label = null, Paint? color = null, Paint? c = null, double? linewidth = null, double? lw = null, string? linestyle = null, string? ls = null,
        string? marker = null, double? markersize = null, double? ms = null, double? alpha = null, Paint? markerfacecolor = null, Paint? mfc = null,
        Paint? markeredgecolor = null, Paint? mec = null, double? markeredgewidth = null, double? mew = null, int markevery = 1, double? zorder = null) =>
        gca().plot(x, y, fmt, x2, y2, fmt2, label, color, c, linewidth, lw, linestyle, ls, marker, markersize, ms, alpha, markerfacecolor, mfc,
            markeredgecolor, mec, markeredgewidth, mew, markevery, zorder);

    /// <summary>The method of <see cref="Axes"/> of that name, on the current axes.</summary>
    public IReadOnlyList<Line2D> semilogx(Series x, Series? y = null, Series? fmt = null, string? label = null, Paint? color = null, double? linewidth = null,
        string? linestyle = null, string? marker = null, double? alpha = null) =>
        gca().semilogx(x, y, fmt, label, color, linewidth, linestyle, marker, alpha);

    /// <summary>The method of <see cref="Axes"/> of that name, on the current axes.</summary>
    public IReadOnlyList<Line2D> semilogx(IEnumerable x, Series y, Series? fmt = null, string? label = null, Paint? color = null,
        double? linewidth = null, string? linestyle = null, string? marker = null, double? alpha = null) =>
        gca().semilogx(x, y, fmt, label, color, linewidth, linestyle, marker, alpha);

    /// <summary>The method of <see cref="Axes"/> of that name, on the current axes.</summary>
    public IReadOnlyList<Line2D> semilogy(Series x, Series? y = null, Series? fmt = null, string? label = null, Paint? color = null, double? linewidth = null,
        string? linestyle = null, string? marker = null, double? alpha = null) =>
        gca().semilogy(x, y, fmt, label, color, linewidth, linestyle, marker, alpha);

    /// <summary>The method of <see cref="Axes"/> of that name, on the current axes.</summary>
    public IReadOnlyList<Line2D> semilogy(IEnumerable x, Series y, Series? fmt = null, string? label = null, Paint? color = null,
        double? linewidth = null, string? linestyle = null, string? marker = null, double? alpha = null) =>
        gca().semilogy(x, y, fmt, label, color, linewidth, linestyle, marker, alpha);

    /// <summary>The method of <see cref="Axes"/> of that name, on the current axes.</summary>
    public IReadOnlyList<Line2D> loglog(Series x, Series? y = null, Series? fmt = null, string? label = null, Paint? color = null, double? linewidth = null,
        string? linestyle = null, string? marker = null, double? alpha = null) =>
        gca().loglog(x, y, fmt, label, color, linewidth, linestyle, marker, alpha);

    /// <summary>The method of <see cref="Axes"/> of that name, on the current axes.</summary>
    public IReadOnlyList<Line2D> loglog(IEnumerable x, Series y, Series? fmt = null, string? label = null, Paint? color = null,
        double? linewidth = null, string? linestyle = null, string? marker = null, double? alpha = null) =>
        gca().loglog(x, y, fmt, label, color, linewidth, linestyle, marker, alpha);

    /// <summary>The method of <see cref="Axes"/> of that name, on the current axes.</summary>
    public PathCollection scatter(Series x, Series y, Series? s = null, Paint? c = null, string marker = "o", Colormap? cmap = null, double? vmin = null,
        double? vmax = null, double? alpha = null, Paint? edgecolors = null, Paint? color = null, string? label = null, double? linewidths = null,
        Paint? edgecolor = null, Paint? facecolors = null, double? zorder = null) =>
        gca().scatter(x, y, s, c, marker, cmap, vmin, vmax, alpha, edgecolors, color, label, linewidths, edgecolor, facecolors, zorder);

    /// <summary>The method of <see cref="Axes"/> of that name, on the current axes.</summary>
    public PathCollection scatter(IEnumerable x, Series y, Series? s = null, Paint? c = null, string marker = "o", Colormap? cmap = null, double? vmin = null,
        double? vmax = null, double? alpha = null, Paint? edgecolors = null, Paint? color = null, string? label = null, double? linewidths = null,
        Paint? edgecolor = null, Paint? facecolors = null, double? zorder = null) =>
        gca().scatter(x, y, s, c, marker, cmap, vmin, vmax, alpha, edgecolors, color, label, linewidths, edgecolor, facecolors, zorder);

    /// <inheritdoc cref="Axes.bar(Series, Series, double, Series, string, Paint, Paint, double, Series, string, double?, Series, double, Paint, double?)"/>
    public BarContainer bar(Series x, Series height, double width = 0.8, Series? bottom = null, string align = "center", Paint? color = null,
        Paint? edgecolor = null, double linewidth = 0.8, Series? tick_label = null, string? label = null, double? alpha = null, Series? yerr = null,
        double capsize = 0, Paint? ecolor = null, double? zorder = null) =>
        gca().bar(x, height, width, bottom, align, color, edgecolor, linewidth, tick_label, label, alpha, yerr, capsize, ecolor, zorder);

    /// <inheritdoc cref="Axes.bar(Series, Series, double, Series, string, Paint, Paint, double, Series, string, double?, Series, double, Paint, double?)"/>
    public BarContainer bar(IEnumerable x, Series height, double width = 0.8, Series? bottom = null, string align = "center", Paint? color = null,
        Paint? edgecolor = null, double linewidth = 0.8, Series? tick_label = null, string? label = null, double? alpha = null, Series? yerr = null,
        double capsize = 0, Paint? ecolor = null, double? zorder = null) =>
        gca().bar(x, height, width, bottom, align, color, edgecolor, linewidth, tick_label, label, alpha, yerr, capsize, ecolor, zorder);

    /// <summary>The method of <see cref="Axes"/> of that name, on the current axes.</summary>
    public BarContainer barh(Series y, Series width, double height = 0.8, Series? left = null, string align = "center", Paint? color = null,
        Paint? edgecolor = null, double linewidth = 0.8, string? label = null, double? alpha = null, Series? xerr = null, double capsize = 0,
        Paint? ecolor = null, Series? tick_label = null, double? zorder = null) =>
        gca().barh(y, width, height, left, align, color, edgecolor, linewidth, label, alpha, xerr, capsize, ecolor, tick_label, zorder);

    /// <summary>The method of <see cref="Axes"/> of that name, on the current axes.</summary>
    public BarContainer barh(IEnumerable y, Series width, double height = 0.8, Series? left = null, string align = "center", Paint? color = null,
        Paint? edgecolor = null, double linewidth = 0.8, string? label = null, double? alpha = null, Series? xerr = null, double capsize = 0,
        Paint? ecolor = null, Series? tick_label = null, double? zorder = null) =>
        gca().barh(y, width, height, left, align, color, edgecolor, linewidth, label, alpha, xerr, capsize, ecolor, tick_label, zorder);

    /// <summary>The method of <see cref="Axes"/> of that name, on the current axes.</summary>
    public IReadOnlyList<Text> bar_label(BarContainer container, Series? labels = null, string fmt = "%g", string label_type = "edge", double padding = 0,
        Series? fontsize = null, Paint? color = null) =>
        gca().bar_label(container, labels, fmt, label_type, padding, fontsize, color);

    /// <summary>The method of <see cref="Axes"/> of that name, on the current axes.</summary>
    public (NDArray n, NDArray bins, BarContainer patches) hist(Series x, Series? bins = null, (double, double)? range = null, bool density = false,
        Paint? color = null, Paint? edgecolor = null, double? rwidth = null, Series? label = null, double? alpha = null, Series? weights = null,
        bool cumulative = false, string histtype = "bar", string orientation = "vertical", bool log = false, bool stacked = false, double? linewidth = null,
        double? zorder = null) =>
        gca().hist(x, bins, range, density, color, edgecolor, rwidth, label, alpha, weights, cumulative, histtype, orientation, log, stacked, linewidth,
            zorder);

    /// <inheritdoc cref="Axes.imshow"/>
    /// <example><code>
    /// var ((x_train, y_train), _) = keras.datasets.fashion_mnist.load_data();
    /// plt.imshow(x_train[0], cmap: "gray");
    /// plt.title($"label {y_train[0]}");
    /// plt.savefig("first.png");
    /// </code></example>
    public AxesImage imshow(Series X, Colormap? cmap = null, Series? aspect = null, string? interpolation = null, double? alpha = null, double? vmin = null,
        double? vmax = null, string origin = "upper", Series? extent = null, double? zorder = null) =>
        gca().imshow(X, cmap, aspect, interpolation, alpha, vmin, vmax, origin, extent, zorder);

    /// <summary>Shows a matrix as a picture in a new figure, with the column indices at the top.</summary>
    /// <param name="A">The array.</param>
    /// <param name="cmap">The colour map; viridis by default.</param>
    /// <exception cref="TypeError">The array isn't a matrix.</exception>
    public AxesImage matshow(Series A, Colormap? cmap = null)
    {
        var (height, width, _) = AxesImage.SizeOf(A);
        // The default height, and the width that the array needs.
        figure(figsize: (Math.Clamp(4.8 * width / height, 1, 16) + 0.0, 4.8));
        return gca().matshow(A, cmap);
    }

    /// <summary>The method of <see cref="Axes"/> of that name, on the current axes.</summary>
    public PolyCollection fill_between(Series x, Series y1, Series? y2 = null, Paint? color = null, Paint? facecolor = null, double? alpha = null,
        string? label = null, NDArray? where = null, double? zorder = null) =>
        gca().fill_between(x, y1, y2, color, facecolor, alpha, label, where, zorder);

    /// <summary>The method of <see cref="Axes"/> of that name, on the current axes.</summary>
    public PolyCollection fill_between(IEnumerable x, Series y1, Series? y2 = null, Paint? color = null, Paint? facecolor = null, double? alpha = null,
        string? label = null, NDArray? where = null, double? zorder = null) =>
        gca().fill_between(x, y1, y2, color, facecolor, alpha, label, where, zorder);

    /// <summary>The method of <see cref="Axes"/> of that name, on the current axes.</summary>
    public PolyCollection fill_betweenx(Series y, Series x1, Series? x2 = null, Paint? color = null, Paint? facecolor = null, double? alpha = null,
        string? label = null, NDArray? where = null, double? zorder = null) =>
        gca().fill_betweenx(y, x1, x2, color, facecolor, alpha, label, where, zorder);

    /// <summary>The method of <see cref="Axes"/> of that name, on the current axes.</summary>
    [OverloadResolutionPriority(1)]
    public IReadOnlyList<PolyCollection> stackplot(Series x, NDArray[] y, Series? labels = null, Paint? colors = null, double? alpha = null) =>
        gca().stackplot(x, y, labels, colors, alpha);

    /// <summary>The method of <see cref="Axes"/> of that name, on the current axes.</summary>
    public IReadOnlyList<PolyCollection> stackplot(Series x, NDArray y1, NDArray? y2 = null, NDArray? y3 = null, NDArray? y4 = null, Series? labels = null,
        Paint? colors = null, double? alpha = null) =>
        gca().stackplot(x, y1, y2, y3, y4, labels, colors, alpha);

    /// <summary>The method of <see cref="Axes"/> of that name, on the current axes.</summary>
    public Patch fill(Series x, Series y, Paint? color = null, double? alpha = null, string? label = null) =>
        gca().fill(x, y, color, alpha, label);

    /// <summary>The method of <see cref="Axes"/> of that name, on the current axes.</summary>
    public Rule axhline(double y = 0, double xmin = 0, double xmax = 1, Paint? color = null, Paint? c = null, string? linestyle = null, string? ls = null,
        double? linewidth = null, double? lw = null, string? label = null, double? alpha = null, double? zorder = null) =>
        gca().axhline(y, xmin, xmax, color, c, linestyle, ls, linewidth, lw, label, alpha, zorder);

    /// <summary>The method of <see cref="Axes"/> of that name, on the current axes.</summary>
    public Rule axvline(double x = 0, double ymin = 0, double ymax = 1, Paint? color = null, Paint? c = null, string? linestyle = null, string? ls = null,
        double? linewidth = null, double? lw = null, string? label = null, double? alpha = null, double? zorder = null) =>
        gca().axvline(x, ymin, ymax, color, c, linestyle, ls, linewidth, lw, label, alpha, zorder);

    /// <summary>The method of <see cref="Axes"/> of that name, on the current axes.</summary>
    public Rule hlines(Series y, Series xmin, Series xmax, Paint? colors = null, string linestyles = "-", string? label = null, Paint? color = null,
        string? linestyle = null, double? linewidth = null, double? linewidths = null, double? alpha = null) =>
        gca().hlines(y, xmin, xmax, colors, linestyles, label, color, linestyle, linewidth, linewidths, alpha);

    /// <summary>The method of <see cref="Axes"/> of that name, on the current axes.</summary>
    public Rule vlines(Series x, Series ymin, Series ymax, Paint? colors = null, string linestyles = "-", string? label = null, Paint? color = null,
        string? linestyle = null, double? linewidth = null, double? linewidths = null, double? alpha = null) =>
        gca().vlines(x, ymin, ymax, colors, linestyles, label, color, linestyle, linewidth, linewidths, alpha);

    /// <summary>The method of <see cref="Axes"/> of that name, on the current axes.</summary>
    public SlopedRule axline((double x, double y) xy1, (double x, double y)? xy2 = null, double? slope = null, Paint? color = null, string? linestyle = null,
        double? linewidth = null, string? label = null, double? alpha = null) =>
        gca().axline(xy1, xy2, slope, color, linestyle, linewidth, label, alpha);

    /// <summary>The method of <see cref="Axes"/> of that name, on the current axes.</summary>
    public Text text(double x, double y, Arg s, Series? fontsize = null, Paint? color = null, string? ha = null, string? va = null, double rotation = 0,
        string? horizontalalignment = null, string? verticalalignment = null, string? fontweight = null, AxesTransform transform = AxesTransform.Data,
        Dictionary<string, object>? bbox = null, Series? size = null, string? weight = null, string? style = null, string? fontstyle = null,
        double? alpha = null, double? zorder = null) =>
        gca().text(x, y, s, fontsize, color, ha, va, rotation, horizontalalignment, verticalalignment, fontweight, transform, bbox, size, weight, style,
            fontstyle, alpha, zorder);

    /// <inheritdoc cref="Axes.set_title"/>
    public Text title(Arg label, Series? fontsize = null, Paint? color = null, string? fontweight = null, string loc = "center", double? pad = null,
        double? y = null, Series? size = null, string? weight = null) =>
        gca().set_title(label, fontsize, color, fontweight, loc, pad, y, size, weight);

    /// <inheritdoc cref="Axes.set_xlabel"/>
    public Text xlabel(Arg xlabel, Series? fontsize = null, Paint? color = null, string? fontweight = null, double? labelpad = null, Series? size = null
        ) =>
        gca().set_xlabel(xlabel, fontsize, color, fontweight, labelpad, size);

    /// <inheritdoc cref="Axes.set_ylabel"/>
    public Text ylabel(Arg ylabel, Series? fontsize = null, Paint? color = null, string? fontweight = null, double? labelpad = null, Series? size = null
        ) =>
        gca().set_ylabel(ylabel, fontsize, color, fontweight, labelpad, size);

    /// <summary>The limits of x of the current axes; sets those that are given.</summary>
    public (double left, double right) xlim(double? left = null, double? right = null)
    {
        gca().set_xlim(left, right);
        return gca().get_xlim();
    }

    /// <inheritdoc cref="xlim(double?, double?)"/>
    public (double left, double right) xlim(double[] limits)
    {
        gca().set_xlim(limits);
        return gca().get_xlim();
    }

    /// <inheritdoc cref="xlim(double?, double?)"/>
    public (double left, double right) xlim(int[] limits) => xlim([.. limits.Select(limit => (double)limit)]);

    /// <inheritdoc cref="xlim(double?, double?)"/>
    public (double left, double right) xlim((double, double) limits) => xlim(limits.Item1, limits.Item2);

    /// <summary>The limits of y of the current axes; sets those that are given.</summary>
    public (double bottom, double top) ylim(double? bottom = null, double? top = null)
    {
        gca().set_ylim(bottom, top);
        return gca().get_ylim();
    }

    /// <inheritdoc cref="ylim(double?, double?)"/>
    public (double bottom, double top) ylim(double[] limits)
    {
        gca().set_ylim(limits);
        return gca().get_ylim();
    }

    /// <inheritdoc cref="ylim(double?, double?)"/>
    public (double bottom, double top) ylim(int[] limits) => ylim([.. limits.Select(limit => (double)limit)]);

    /// <inheritdoc cref="ylim(double?, double?)"/>
    public (double bottom, double top) ylim((double, double) limits) => ylim(limits.Item1, limits.Item2);

    /// <summary>Sets the ticks of x and their labels: <c>plt.xticks([])</c> for none, <c>plt.xticks(rotation: 45)</c> for rotated labels.</summary>
    /// <param name="ticks">The positions; by default the current ones.</param>
    /// <param name="labels">The text of each tick; by default the position.</param>
    /// <param name="rotation">The rotation of labels: degrees counterclockwise, or 'vertical'.</param>
    /// <param name="fontsize">The font size: points, or a name such as 'small'.</param>
    /// <param name="ha">The side of a label at its tick: 'left', 'center' or 'right'.</param>
    /// <param name="color">The colour.</param>
    /// <param name="size">As <paramref name="fontsize"/>.</param>
    public AxisTicks xticks(Series? ticks = null, Series? labels = null, Series? rotation = null, Series? fontsize = null, string? ha = null,
        Paint? color = null, Series? size = null) => gca().XTicks.Set(ticks, Axes.LabelsOf(labels), rotation, fontsize ?? size, ha, color);

    /// <summary>The same at positions from any enumerable: <c>plt.xticks(range(10))</c>.</summary>
    /// <inheritdoc cref="xticks(Series?, Series?, Series?, Series?, string?, Paint?, Series?)"/>
    public AxisTicks xticks(IEnumerable ticks, Series? labels = null, Series? rotation = null, Series? fontsize = null, string? ha = null,
        Paint? color = null, Series? size = null) => xticks(Series.From(ticks), labels, rotation, fontsize, ha, color, size);

    /// <summary>Sets the ticks of y and their labels: <c>plt.yticks([])</c> for none.</summary>
    /// <inheritdoc cref="xticks(Series?, Series?, Series?, Series?, string?, Paint?, Series?)"/>
    public AxisTicks yticks(Series? ticks = null, Series? labels = null, Series? rotation = null, Series? fontsize = null, string? ha = null,
        Paint? color = null, Series? size = null) => gca().YTicks.Set(ticks, Axes.LabelsOf(labels), rotation, fontsize ?? size, ha, color);

    /// <summary>The same at positions from any enumerable.</summary>
    /// <inheritdoc cref="xticks(Series?, Series?, Series?, Series?, string?, Paint?, Series?)"/>
    public AxisTicks yticks(IEnumerable ticks, Series? labels = null, Series? rotation = null, Series? fontsize = null, string? ha = null,
        Paint? color = null, Series? size = null) => yticks(Series.From(ticks), labels, rotation, fontsize, ha, color, size);

    /// <inheritdoc cref="Axes.set_xscale"/>
    public void xscale(string value) => gca().set_xscale(value);

    /// <inheritdoc cref="Axes.set_yscale"/>
    public void yscale(string value) => gca().set_yscale(value);

    /// <inheritdoc cref="Axes.axis(string)"/>
    public void axis(string option) => gca().axis(option);

    /// <inheritdoc cref="Axes.axis(bool)"/>
    public void axis(bool visible) => gca().axis(visible);

    /// <inheritdoc cref="Axes.axis(Series)"/>
    public void axis(Series limits) => gca().axis(limits);

    /// <summary>The method of <see cref="Axes"/> of that name, on the current axes.</summary>
    public Legend legend(Series? labels = null, Series? loc = null, Series? fontsize = null, string? title = null, (double, double)? bbox_to_anchor = null,
        int? ncol = null, int? ncols = null, bool? frameon = null, double? framealpha = null, bool shadow = false, Paint? facecolor = null,
        Paint? edgecolor = null, Series? title_fontsize = null) =>
        gca().legend(labels, loc, fontsize, title, bbox_to_anchor, ncol, ncols, frameon, framealpha, shadow, facecolor, edgecolor, title_fontsize);

    /// <summary>The method of <see cref="Axes"/> of that name, on the current axes.</summary>
    public Legend legend(IReadOnlyList<Artist> handles, Series? labels = null, Series? loc = null, Series? fontsize = null, string? title = null,
        (double, double)? bbox_to_anchor = null, int? ncol = null, int? ncols = null, bool? frameon = null, double? framealpha = null, bool shadow = false,
        Paint? facecolor = null, Paint? edgecolor = null, Series? title_fontsize = null) =>
        gca().legend(handles, labels, loc, fontsize, title, bbox_to_anchor, ncol, ncols, frameon, framealpha, shadow, facecolor, edgecolor, title_fontsize
            );

    /// <inheritdoc cref="Axes.grid"/>
    public void grid(bool? visible = null, string which = "major", string axis = "both", Paint? color = null, Paint? c = null, string? linestyle = null,
        string? ls = null, double? linewidth = null, double? lw = null, double? alpha = null) =>
        gca().grid(visible, which, axis, color, c, linestyle, ls, linewidth, lw, alpha);

    /// <summary>The method of <see cref="Axes"/> of that name, on the current axes.</summary>
    public void margins(double? m = null, double? x = null, double? y = null) =>
        gca().margins(m, x, y);

    /// <summary>The method of <see cref="Axes"/> of that name, on the current axes.</summary>
    public void minorticks_on() =>
        gca().minorticks_on();

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
}
