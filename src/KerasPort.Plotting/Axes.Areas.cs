using System.Collections;
using System.Runtime.CompilerServices;

namespace KerasPort.Plotting;

// Filled areas.
public partial class Axes
{
    /// <summary>Fills the area between two curves.</summary>
    /// <param name="x">The x coordinates.</param>
    /// <param name="y1">The y values of the first curve.</param>
    /// <param name="y2">The y values of the second curve; 0 by default.</param>
    /// <param name="color">The colour.</param>
    /// <param name="facecolor">The same as <paramref name="color"/>.</param>
    /// <param name="alpha">Opacity, 0 to 1.</param>
    /// <param name="label">The label in the legend.</param>
    /// <param name="where">Whether each value is filled: an area reaches from one value to the next where both are true; everywhere by default.</param>
    /// <param name="zorder">The drawing order: higher numbers are drawn over lower ones.</param>
    /// <exception cref="ValueError">The lengths of the values differ.</exception>
    public PolyCollection fill_between(Series x, Series y1, Series? y2 = null, Paint? color = null, Paint? facecolor = null, double? alpha = null,
        string? label = null, NDArray? where = null, double? zorder = null) =>
        Between(x, y1, y2, color ?? facecolor, alpha, label, where, zorder, isUpright: true);

    /// <summary>The same overload for any enumerable.</summary>
    public PolyCollection fill_between(IEnumerable x, Series y1, Series? y2 = null, Paint? color = null, Paint? facecolor = null, double? alpha = null,
        string? label = null, NDArray? where = null, double? zorder = null) =>
        fill_between(Series.From(x), y1, y2, color, facecolor, alpha, label, where, zorder);

    /// <summary>Fills the area between two curves over y.</summary>
    /// <param name="y">The y coordinates.</param>
    /// <param name="x1">The x values of the first curve.</param>
    /// <param name="x2">The x values of the second curve; 0 by default.</param>
    /// <inheritdoc cref="fill_between(Series, Series, Series?, Paint?, Paint?, double?, string?, NDArray?, double?)"/>
    public PolyCollection fill_betweenx(Series y, Series x1, Series? x2 = null, Paint? color = null, Paint? facecolor = null, double? alpha = null,
        string? label = null, NDArray? where = null, double? zorder = null) =>
        Between(y, x1, x2, color ?? facecolor, alpha, label, where, zorder, isUpright: false);

    /// <summary>Draws areas on top of each other, the first one from 0 on.</summary>
    /// <param name="x">The x coordinates.</param>
    /// <param name="y">The heights of the areas, one row per area: <c>np.array([a, b])</c>.</param>
    /// <param name="labels">The labels in the legend.</param>
    /// <param name="colors">The colours, used in turn.</param>
    /// <param name="alpha">Opacity, 0 to 1.</param>
    /// <exception cref="ValueError">The lengths of the values differ.</exception>
    [OverloadResolutionPriority(1)]
    public IReadOnlyList<PolyCollection> stackplot(Series x, NDArray[] y, Series? labels = null, Paint? colors = null, double? alpha = null)
    {
        double[] xs = x.Flat("x"), foot = new double[xs.Length];
        string[] names = labels is null ? [] : Labels(labels);
        var made = new List<PolyCollection>();
        foreach (var row in y.SelectMany(rows => rows.ndim > 1 ? Enumerable.Range(0, rows.shape[0]).Select(i => rows[i]) : [rows]))
        {
            double[] values = ((Series)row).Flat("y");
            if (values.Length != xs.Length) throw new ValueError($"x and y must have the same length. Received: {xs.Length} and {values.Length}");
            double[] top = [.. foot.Zip(values, (low, high) => low + high)];
            var color = colors?.Colors is { } given ? given[made.Count % given.Length] : NextFill();
            made.Add(Add(new PolyCollection(xs, foot, top, Artist.Faded(color, alpha), made.Count < names.Length ? names[made.Count] : null)
            {
                IsStacked = true,
            }));
            foot = top;
        }
        return made;
    }

    /// <summary>The same, with each area as an argument.</summary>
    /// <exception cref="ValueError">The lengths of the values differ.</exception>
    public IReadOnlyList<PolyCollection> stackplot(Series x, NDArray y1, NDArray? y2 = null, NDArray? y3 = null, NDArray? y4 = null, Series? labels = null,
        Paint? colors = null, double? alpha = null) =>
        stackplot(x, [.. new[] { y1, y2, y3, y4 }.OfType<NDArray>()], labels, colors, alpha);

    /// <summary>Fills a polygon through points.</summary>
    /// <param name="x">The x coordinates.</param>
    /// <param name="y">The y coordinates.</param>
    /// <param name="color">The colour, or its letter.</param>
    /// <param name="alpha">Opacity, 0 to 1.</param>
    /// <param name="label">The label in the legend.</param>
    /// <exception cref="ValueError">The lengths of the values differ.</exception>
    public Patch fill(Series x, Series y, Paint? color = null, double? alpha = null, string? label = null)
    {
        double[] xs = x.Flat("x"), ys = y.Flat("y");
        if (xs.Length != ys.Length) throw new ValueError($"x and y must have same first dimension, but have shapes ({xs.Length},) and ({ys.Length},)");
        return Add(new Patch([.. xs.Zip(ys)], Artist.Faded(color?.Only("color") ?? NextFill(), alpha), ColorNames.Clear, 0, label));
    }

    /// <summary>Fills the whole width of the axes between two y values.</summary>
    public Span axhspan(double ymin, double ymax, Paint? color = null, Paint? facecolor = null, double? alpha = null, string? label = null) =>
        Add(new Span(ymin, ymax, false, Artist.Faded((color ?? facecolor)?.Only("color") ?? NextFill(), alpha), label));

    /// <summary>Fills the whole height of the axes between two x values.</summary>
    public Span axvspan(double xmin, double xmax, Paint? color = null, Paint? facecolor = null, double? alpha = null, string? label = null) =>
        Add(new Span(xmin, xmax, true, Artist.Faded((color ?? facecolor)?.Only("color") ?? NextFill(), alpha), label));

    /// <summary>Adds a shape: <c>ax.add_patch(plt.Rectangle((2, 3), 4, 1, fill: false, edgecolor: "r"))</c>.</summary>
    public Patch add_patch(Patch p) => Add(p);

    private PolyCollection Between(Series along, Series one, Series? other, Paint? color, double? alpha, string? label, NDArray? where, double? zorder,
        bool isUpright)
    {
        string name = isUpright ? "x" : "y";
        double[] places = along.Flat(name);
        if (where is not null && where.size != places.Length)
            throw new ValueError($"where size ({where.size}) does not match '{name}' size ({places.Length})");
        double[] lower = Filled(one, isUpright ? "y1" : "x1"), upper = Filled(other ?? 0.0, isUpright ? "y2" : "x2");
        return Add(new PolyCollection(places, lower, upper, Artist.Faded(color?.Only("color") ?? NextFill(), alpha), label)
        {
            Where = where is null ? null : Array.ConvertAll(where.ToFloats(), holds => holds != 0),
            IsUpright = isUpright, ZOrder = zorder,
        });

        double[] Filled(Series series, string what)
        {
            double[] values = series.Flat(what);
            return values.Length == places.Length ? values : values is [var only] ? [.. Enumerable.Repeat(only, places.Length)]
                : throw new ValueError($"'{name}' has size {places.Length}, but {PythonText.Repr(what)} has an unequal size of {values.Length}");
        }
    }
}
