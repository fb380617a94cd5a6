using System.Collections;

namespace KerasPort.Plotting;

// What is drawn into the current axes: each is the method of Axes of that name.
public sealed partial class PyPlotModule
{
    /// <inheritdoc cref="Axes.plot(Series, Series, Series, Series, Series, Series, string, Paint, double?, double?, string, string, string, double?,
    ///     double?, double?)"/>
    public IReadOnlyList<Line2D> plot(Series a, Series? b = null, Series? c = null, Series? d = null, Series? e = null, Series? f = null, string? label = null,
        Paint? color = null, double? linewidth = null, double? lw = null, string? linestyle = null, string? ls = null, string? marker = null,
        double? markersize = null, double? ms = null, double? alpha = null) =>
        gca().plot(a, b, c, d, e, f, label, color, linewidth, lw, linestyle, ls, marker, markersize, ms, alpha);

    /// <inheritdoc cref="Axes.plot(Series, Series, Series, Series, Series, Series, string, Paint, double?, double?, string, string, string, double?,
    ///     double?, double?)"/>
    public IReadOnlyList<Line2D> plot(IEnumerable a, Series b, Series? c = null, Series? d = null, Series? e = null, Series? f = null,
        string? label = null, Paint? color = null, double? linewidth = null,
        double? lw = null,
        string? linestyle = null, string? ls = null, string? marker = null, double? markersize = null, double? ms = null, double? alpha = null) =>
        gca().plot(a, b, c, d, e, f, label, color, linewidth, lw, linestyle, ls, marker, markersize, ms, alpha);

    /// <summary>The same, with powers of ten from left to right.</summary>
    public IReadOnlyList<Line2D> semilogx(Series a, Series? b = null, Series? c = null, string? label = null, Paint? color = null, double? linewidth = null,
        string? linestyle = null, string? marker = null, double? alpha = null) => gca().semilogx(a, b, c, label, color, linewidth, linestyle, marker, alpha);

    /// <summary>The same, with powers of ten from below.</summary>
    public IReadOnlyList<Line2D> semilogy(Series a, Series? b = null, Series? c = null, string? label = null, Paint? color = null, double? linewidth = null,
        string? linestyle = null, string? marker = null, double? alpha = null) => gca().semilogy(a, b, c, label, color, linewidth, linestyle, marker, alpha);

    /// <inheritdoc cref="semilogy(Series, Series, Series, string, Paint, double?, string, string, double?)"/>
    public IReadOnlyList<Line2D> semilogy(IEnumerable a, Series b, Series? c = null, string? label = null, Paint? color = null, double? linewidth = null,
        string? linestyle = null, string? marker = null, double? alpha = null) =>
            gca().semilogy(Series.From(a), b, c, label, color, linewidth, linestyle, marker, alpha);

    /// <summary>The same, with powers of ten both ways.</summary>
    public IReadOnlyList<Line2D> loglog(Series a, Series? b = null, Series? c = null, string? label = null, Paint? color = null, double? linewidth = null,
        string? linestyle = null, string? marker = null, double? alpha = null) => gca().loglog(a, b, c, label, color, linewidth, linestyle, marker, alpha);

    /// <inheritdoc cref="Axes.scatter(Series, Series, Series, Paint, string, Colormap, double?, double?, double?, Paint, Paint, string)"/>
    public PathCollection scatter(Series x, Series y, Series? s = null, Paint? c = null, string marker = "o", Colormap? cmap = null, double? vmin = null,
        double? vmax = null, double? alpha = null, Paint? edgecolors = null, Paint? color = null, string? label = null) =>
        gca().scatter(x, y, s, c, marker, cmap, vmin, vmax, alpha, edgecolors, color, label);

    /// <inheritdoc cref="Axes.scatter(Series, Series, Series, Paint, string, Colormap, double?, double?, double?, Paint, Paint, string)"/>
    public PathCollection scatter(IEnumerable x, Series y, Series? s = null, Paint? c = null, string marker = "o", Colormap? cmap = null, double? vmin = null,
        double? vmax = null, double? alpha = null, Paint? edgecolors = null, Paint? color = null, string? label = null) =>
        gca().scatter(x, y, s, c, marker, cmap, vmin, vmax, alpha, edgecolors, color, label);

    /// <inheritdoc cref="Axes.bar(Series, Series, double, Series, string, Paint, Paint, double, Series, string, double?)"/>
    public BarContainer bar(Series x, Series height, double width = 0.8, Series? bottom = null, string align = "center", Paint? color = null,
        Paint? edgecolor = null, double linewidth = 0.8, Series? tick_label = null, string? label = null, double? alpha = null) =>
        gca().bar(x, height, width, bottom, align, color, edgecolor, linewidth, tick_label, label, alpha);

    /// <inheritdoc cref="Axes.bar(Series, Series, double, Series, string, Paint, Paint, double, Series, string, double?)"/>
    public BarContainer bar(IEnumerable x, Series height, double width = 0.8, Series? bottom = null, string align = "center", Paint? color = null,
        Paint? edgecolor = null, double linewidth = 0.8, Series? tick_label = null, string? label = null, double? alpha = null) =>
        gca().bar(x, height, width, bottom, align, color, edgecolor, linewidth, tick_label, label, alpha);

    /// <inheritdoc cref="Axes.barh(Series, Series, double, Series, string, Paint, Paint, double, string, double?)"/>
    public BarContainer barh(Series y, Series width, double height = 0.8, Series? left = null, string align = "center", Paint? color = null,
        Paint? edgecolor = null, double linewidth = 0.8, string? label = null, double? alpha = null) =>
        gca().barh(y, width, height, left, align, color, edgecolor, linewidth, label, alpha);

    /// <inheritdoc cref="Axes.barh(Series, Series, double, Series, string, Paint, Paint, double, string, double?)"/>
    public BarContainer barh(IEnumerable y, Series width, double height = 0.8, Series? left = null, string align = "center", Paint? color = null,
        Paint? edgecolor = null, double linewidth = 0.8, string? label = null, double? alpha = null) =>
        gca().barh(y, width, height, left, align, color, edgecolor, linewidth, label, alpha);

    /// <inheritdoc cref="Axes.hist"/>
    public (NDArray n, NDArray bins, BarContainer patches) hist(Series x, Series? bins = null, (double, double)? range = null, bool density = false,
        Paint? color = null, Paint? edgecolor = null, double? rwidth = null, string? label = null, double? alpha = null) =>
        gca().hist(x, bins, range, density, color, edgecolor, rwidth, label, alpha);

    /// <inheritdoc cref="Axes.imshow"/>
    public AxesImage imshow(Series X, Colormap? cmap = null, Series? aspect = null, string? interpolation = null, double? alpha = null, double? vmin = null,
        double? vmax = null, string origin = "upper", Series? extent = null) => gca().imshow(X, cmap, aspect, interpolation, alpha, vmin, vmax, origin, extent);

    /// <summary>Shows an array as a picture in a figure of its own, with its columns' numbers above.</summary>
    /// <param name="A">The array.</param>
    /// <param name="cmap">The colour map; viridis without.</param>
    /// <exception cref="TypeError">It is no matrix.</exception>
    public AxesImage matshow(Series A, Colormap? cmap = null)
    {
        var (height, width, _) = AxesImage.SizeOf(A);
        // As high as a figure is, and as wide as the array has it.
        figure(figsize: (Math.Clamp(4.8 * width / height, 1, 16) + 0.0, 4.8));
        return gca().matshow(A, cmap);
    }

    /// <inheritdoc cref="Axes.fill_between(Series, Series, Series, Paint, Paint, double?, string, NDArray)"/>
    public PolyCollection fill_between(Series x, Series y1, Series? y2 = null, Paint? color = null, Paint? facecolor = null, double? alpha = null,
        string? label = null, NDArray? where = null) =>
        gca().fill_between(x, y1, y2, color, facecolor, alpha, label, where);

    /// <inheritdoc cref="Axes.fill_between(Series, Series, Series, Paint, Paint, double?, string, NDArray)"/>
    public PolyCollection fill_between(IEnumerable x, Series y1, Series? y2 = null, Paint? color = null, Paint? facecolor = null, double? alpha = null,
        string? label = null, NDArray? where = null) => gca().fill_between(x, y1, y2, color, facecolor, alpha, label, where);

    /// <inheritdoc cref="Axes.axhline"/>
    public Rule axhline(double y = 0, Paint? color = null, string linestyle = "-", double? linewidth = null, string? label = null, double? alpha = null) =>
        gca().axhline(y, color, linestyle, linewidth, label, alpha);

    /// <inheritdoc cref="Axes.axvline"/>
    public Rule axvline(double x = 0, Paint? color = null, string linestyle = "-", double? linewidth = null, string? label = null, double? alpha = null) =>
        gca().axvline(x, color, linestyle, linewidth, label, alpha);

    /// <inheritdoc cref="Axes.hlines"/>
    public Rule hlines(Series y, double xmin, double xmax, Paint? colors = null, string linestyles = "-", string? label = null, Paint? color = null) =>
        gca().hlines(y, xmin, xmax, colors, linestyles, label, color);

    /// <inheritdoc cref="Axes.vlines"/>
    public Rule vlines(Series x, double ymin, double ymax, Paint? colors = null, string linestyles = "-", string? label = null, Paint? color = null) =>
        gca().vlines(x, ymin, ymax, colors, linestyles, label, color);

    /// <inheritdoc cref="Axes.text"/>
    public Text text(double x, double y, string s, Series? fontsize = null, Paint? color = null, string? ha = null, string? va = null, double rotation = 0,
        string? horizontalalignment = null, string? verticalalignment = null, string? fontweight = null, AxesTransform transform = AxesTransform.Data,
        Dictionary<string, object>? bbox = null) =>
        gca().text(x, y, s, fontsize, color, ha, va, rotation, horizontalalignment, verticalalignment, fontweight, transform, bbox);

    /// <inheritdoc cref="Axes.set_title"/>
    public Text title(string label, Series? fontsize = null, Paint? color = null, string? fontweight = null) =>
        gca().set_title(label, fontsize, color, fontweight);

    /// <inheritdoc cref="Axes.set_xlabel"/>
    public Text xlabel(string xlabel, Series? fontsize = null, Paint? color = null, string? fontweight = null) =>
        gca().set_xlabel(xlabel, fontsize, color, fontweight);

    /// <inheritdoc cref="Axes.set_ylabel"/>
    public Text ylabel(string ylabel, Series? fontsize = null, Paint? color = null, string? fontweight = null) =>
        gca().set_ylabel(ylabel, fontsize, color, fontweight);

    /// <summary>Where the current axes begin and end from the left; sets it where something is said.</summary>
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
    public (double left, double right) xlim((double, double) limits) => xlim(limits.Item1, limits.Item2);

    /// <summary>Where the current axes begin and end from below; sets it where something is said.</summary>
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
    public (double bottom, double top) ylim((double, double) limits) => ylim(limits.Item1, limits.Item2);

    /// <summary>Ticks below at these places, with these labels; <c>plt.xticks([])</c> for none, <c>plt.xticks(rotation: 45)</c> for turned ones.</summary>
    public AxisTicks xticks(Series? ticks = null, Series? labels = null, Series? rotation = null) => gca().XTicks.Set(ticks, Axes.LabelsOf(labels), rotation);

    /// <inheritdoc cref="xticks(Series, Series, Series)"/>
    public AxisTicks xticks(IEnumerable ticks, Series? labels = null, Series? rotation = null) => xticks(Series.From(ticks), labels, rotation);

    /// <summary>Ticks at the left at these places, with these labels; <c>plt.yticks([])</c> for none.</summary>
    public AxisTicks yticks(Series? ticks = null, Series? labels = null, Series? rotation = null) => gca().YTicks.Set(ticks, Axes.LabelsOf(labels), rotation);

    /// <inheritdoc cref="yticks(Series, Series, Series)"/>
    public AxisTicks yticks(IEnumerable ticks, Series? labels = null, Series? rotation = null) => yticks(Series.From(ticks), labels, rotation);

    /// <inheritdoc cref="Axes.set_xscale"/>
    public void xscale(string value) => gca().set_xscale(value);

    /// <inheritdoc cref="Axes.set_yscale"/>
    public void yscale(string value) => gca().set_yscale(value);

    /// <inheritdoc cref="Axes.grid"/>
    public void grid(bool? visible = null) => gca().grid(visible);

    /// <inheritdoc cref="Axes.axis(string)"/>
    public void axis(string option) => gca().axis(option);

    /// <inheritdoc cref="Axes.axis(bool)"/>
    public void axis(bool visible) => gca().axis(visible);

    /// <inheritdoc cref="Axes.axis(Series)"/>
    public void axis(Series limits) => gca().axis(limits);

    /// <inheritdoc cref="Axes.legend"/>
    public void legend(Series? labels = null, Series? loc = null, Series? fontsize = null, string? title = null) => gca().legend(labels, loc, fontsize, title);
}
