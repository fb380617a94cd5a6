using ScottPlot;

namespace KerasPort.Plotting;

// Numbers on a plane: meshes, hexagons and arrows.
public partial class Axes
{
    /// <summary>Colours the fields of a mesh, whose columns and rows may be of any width and height.</summary>
    /// <param name="X">Where columns begin and the last one ends, or their middles: a list, or as <c>meshgrid</c> gives it.</param>
    /// <param name="Y">The same of rows, from below.</param>
    /// <param name="C">The numbers: (rows, columns).</param>
    /// <param name="cmap">The colour map; viridis by default.</param>
    /// <param name="vmin">The number of the map's first colour.</param>
    /// <param name="vmax">The number of its last colour.</param>
    /// <param name="alpha">Opacity, 0 to 1.</param>
    /// <param name="edgecolors">The colour of the lines between fields.</param>
    /// <param name="linewidth">Points of those lines.</param>
    /// <param name="shading">'auto', 'flat' or 'nearest': whether X and Y are the fields' edges or middles, which their number says too.</param>
    /// <exception cref="TypeError">The places don't fit the numbers.</exception>
    /// <exception cref="ValueError">An argument is invalid.</exception>
    public QuadMesh pcolormesh(Series X, Series Y, Series C, Colormap? cmap = null, double? vmin = null, double? vmax = null, double? alpha = null,
        Paint? edgecolors = null, double? linewidth = null, string shading = "auto")
    {
        if (C.Shape is not [> 0 and var rows, > 0 and var columns])
            throw new TypeError($"C must be a matrix, but has shape {new ArrayShape(C.Shape)}");
        if (shading is not ("auto" or "flat" or "nearest"))
            throw new ValueError($"{PythonText.Repr(shading)} is not a valid value for shading here; supported values are 'auto', 'flat', 'nearest'");
        double[] xs = Edges(X, columns, 1), ys = Edges(Y, rows, X.Shape.Length == 2 && Y.Shape.Length == 2 ? Y.Shape[1] : 1);
        return Mapped(Add(new QuadMesh(xs, ys, C.Values, Shades.Over(C.Values, vmin, vmax, cmap ?? Figure.Map), alpha, edgecolors?.Only("edgecolors"),
            linewidth ?? 1)));

        // Along a row or a column of what meshgrid gives; of middles the edges are half way between two.
        double[] Edges(Series places, int count, int step)
        {
            int along = places.Shape is [var down, var across] ? step == 1 ? across : down : places.Values.Length;
            double[] given = [.. Enumerable.Range(0, along).Select(i => places.Values[i * step])];
            if (given.Length == count + 1 && shading != "nearest") return given;
            if (given.Length != count || shading == "flat")
                throw new TypeError($"Dimensions of C {new ArrayShape(C.Shape)} should be one smaller than X and Y with shading='flat', the same with "
                    + $"shading='nearest'. Received: {given.Length} places for {count} fields");
            if (count == 1) return [given[0] - 0.5, given[0] + 0.5];
            double[] between = [.. given.Zip(given.Skip(1), (a, b) => (a + b) / 2)];
            return [2 * given[0] - between[0], .. between, 2 * given[^1] - between[^1]];
        }
    }

    /// <summary>The same with columns and rows numbered from 0.</summary>
    /// <exception cref="TypeError">The numbers are no matrix.</exception>
    public QuadMesh pcolormesh(Series C, Colormap? cmap = null, double? vmin = null, double? vmax = null, double? alpha = null, Paint? edgecolors = null,
        double? linewidth = null)
    {
        if (C.Shape is not [> 0 and var rows, > 0 and var columns])
            throw new TypeError($"C must be a matrix, but has shape {new ArrayShape(C.Shape)}");
        return pcolormesh(Enumerable.Range(0, columns + 1).ToArray(), Enumerable.Range(0, rows + 1).ToArray(), C, cmap, vmin, vmax, alpha, edgecolors,
            linewidth);
    }

    /// <summary>Colours hexagons by the number of points in each.</summary>
    /// <param name="x">The points' x coordinates.</param>
    /// <param name="y">Their y coordinates.</param>
    /// <param name="gridsize">How many hexagons from left to right.</param>
    /// <param name="cmap">The colour map; viridis by default.</param>
    /// <param name="vmin">The number of the map's first colour.</param>
    /// <param name="vmax">The number of its last colour.</param>
    /// <param name="mincnt">Hexagons with fewer points aren't drawn.</param>
    /// <param name="alpha">Opacity, 0 to 1.</param>
    /// <exception cref="ValueError">The values are of different lengths.</exception>
    public HexBins hexbin(Series x, Series y, int gridsize = 100, Colormap? cmap = null, double? vmin = null, double? vmax = null, int mincnt = 0,
        double? alpha = null)
    {
        double[] xs = x.Flat("x"), ys = y.Flat("y");
        if (xs.Length != ys.Length || xs.Length == 0)
            throw new ValueError($"x and y must be the same size, and not empty. Received: {xs.Length} and {ys.Length}");
        if (gridsize < 1) throw new ValueError($"`gridsize` must be 1 or more. Received: gridsize={gridsize}");
        var (middles, counts, width, height) = HexBins.Of(xs, ys, gridsize, mincnt);
        return Mapped(Add(new HexBins(middles, counts, width, height, Shades.Over(counts, vmin, vmax, cmap ?? Figure.Map), alpha)));
    }

    /// <summary>Draws arrows.</summary>
    /// <param name="X">Where they begin from left to right.</param>
    /// <param name="Y">Where they begin from below.</param>
    /// <param name="U">How far they go to the right.</param>
    /// <param name="V">How far they go up.</param>
    /// <param name="color">Their colour, or one each; black by default.</param>
    /// <param name="angles">'uv': they go as on paper; 'xy': to (x + u, y + v).</param>
    /// <param name="scale_units">"xy": their length is one of values, else of the axes' width.</param>
    /// <param name="scale">The divisor of lengths; by default one that keeps arrows apart.</param>
    /// <param name="width">How thick they are, as a part of the axes' width.</param>
    /// <exception cref="ValueError">The values are of different lengths, or an argument is invalid.</exception>
    public Quiver quiver(Series X, Series Y, Series U, Series V, Paint? color = null, string angles = "uv", string? scale_units = null, double? scale = null,
        double? width = null)
    {
        double[] us = U.Values, vs = V.Values, xs = X.Values, ys = Y.Values;
        // Places of a grid's columns and rows.
        if (U.Shape is [var rows, var columns] && xs.Length == columns && ys.Length == rows && xs.Length != us.Length)
            (xs, ys) = ([.. us.Select((_, i) => X.Values[i % columns])], [.. us.Select((_, i) => Y.Values[i / columns])]);
        if (us.Length != vs.Length || xs.Length != us.Length || ys.Length != us.Length)
            throw new ValueError($"Arguments X, Y, U and V must have the same size. Received: {xs.Length}, {ys.Length}, {us.Length} and {vs.Length}");
        if (angles is not ("uv" or "xy")) throw new ValueError($"`angles` must be 'uv' or 'xy' here. Received: angles={PythonText.Repr(angles)}");
        if (scale_units is not (null or "xy" or "width"))
            throw new ValueError($"`scale_units` must be 'xy' or 'width' here. Received: scale_units={PythonText.Repr(scale_units)}");
        return Add(new Quiver(xs, ys, us, vs, color?.Colors ?? [ColorNames.Black], angles == "xy", scale_units == "xy", scale, width));
    }

    /// <summary>The same over a grid's columns and rows.</summary>
    /// <exception cref="ValueError">The values are of different shapes.</exception>
    public Quiver quiver(Series U, Series V, Paint? color = null)
    {
        var (X, Y) = ContourSet.PlacesOf(U);
        return quiver(X, Y, U, V, color);
    }

    /// <summary>An arrow of values' lengths.</summary>
    /// <param name="x">Where it begins from the left.</param>
    /// <param name="y">Where it begins from below.</param>
    /// <param name="dx">How far it goes to the right.</param>
    /// <param name="dy">How far it goes up.</param>
    /// <param name="width">How thick it is.</param>
    /// <param name="head_width">The width of its head; three times the width of the line by default.</param>
    /// <param name="head_length">The length of its head; one and a half times the head's width by default.</param>
    /// <param name="length_includes_head">Whether the head is a part of its length.</param>
    /// <param name="color">Its colour.</param>
    /// <param name="fc">The colour of its surface.</param>
    /// <param name="ec">The colour of its edge.</param>
    /// <param name="alpha">Opacity, 0 to 1.</param>
    /// <exception cref="ValueError">A colour isn't one.</exception>
    public Patch arrow(double x, double y, double dx, double dy, double width = 0.001, double? head_width = null, double? head_length = null,
        bool length_includes_head = false, Paint? color = null, Paint? fc = null, Paint? ec = null, double? alpha = null)
    {
        double broad = head_width ?? 3 * width, head = head_length ?? 1.5 * broad, length = Math.Sqrt(dx * dx + dy * dy);
        double end = length_includes_head ? length : length + head, neck = end - head;
        var (cos, sin) = length > 0 ? (dx / length, dy / length) : (1, 0);
        (double Along, double Beside)[] shape = [(0, width / 2), (neck, width / 2), (neck, broad / 2), (end, 0), (neck, -broad / 2),
            (neck, -width / 2), (0, -width / 2)];
        return add_patch(Patch.Of([.. shape.Select(p => (x + p.Along * cos - p.Beside * sin, y + p.Along * sin + p.Beside * cos))], true, color, fc,
            ec ?? Paint.Of(ColorNames.Black), null, null, alpha, null));
    }
}
