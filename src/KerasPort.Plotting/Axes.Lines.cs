using System.Collections;

namespace KerasPort.Plotting;

// Lines beyond plot: with logarithmic axes, in steps, with error bars, on stems.
public partial class Axes
{
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

    private IReadOnlyList<Line2D> Log(bool across, bool up, Series x, Series? y, Series? fmt, string? label, Paint? color, double? linewidth,
        string? linestyle, string? marker, double? alpha)
    {
        if (across) set_xscale("log");
        if (up) set_yscale("log");
        return plot(x, y, fmt, label: label, color: color, linewidth: linewidth, linestyle: linestyle, marker: marker, alpha: alpha);
    }
}
