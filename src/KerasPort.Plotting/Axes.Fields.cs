using ScottPlot;

namespace KerasPort.Plotting;

// Values on a plane: meshes, hexagons and arrows.
public partial class Axes
{
    /// <summary>Colours the cells of a mesh, whose columns and rows may have any width and height.</summary>
    /// <param name="X">The x coordinates of the cells' edges or centres: a list, or as <c>meshgrid</c> gives them.</param>
    /// <param name="Y">The y coordinates of the cells' edges or centres.</param>
    /// <param name="C">The values: (rows, columns).</param>
    /// <param name="cmap">The colour map; viridis by default.</param>
    /// <param name="vmin">The value of the map's first colour.</param>
    /// <param name="vmax">The value of the map's last colour.</param>
    /// <param name="alpha">Opacity, 0 to 1.</param>
    /// <param name="edgecolors">The colour of the lines between cells.</param>
    /// <param name="linewidth">The width of these lines in points.</param>
    /// <param name="shading">'auto', 'flat' or 'nearest': whether X and Y are edges or centres; 'auto' decides by their number.</param>
    /// <exception cref="TypeError">X or Y doesn't fit the values.</exception>
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

        // Takes one row or column of meshgrid's result; edges lie halfway between two centres.
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

    /// <summary>The same over the indices of columns and rows, from 0.</summary>
    /// <exception cref="TypeError">The array isn't a matrix.</exception>
    public QuadMesh pcolormesh(Series C, Colormap? cmap = null, double? vmin = null, double? vmax = null, double? alpha = null, Paint? edgecolors = null,
        double? linewidth = null)
    {
        if (C.Shape is not [> 0 and var rows, > 0 and var columns])
            throw new TypeError($"C must be a matrix, but has shape {new ArrayShape(C.Shape)}");
        return pcolormesh(Enumerable.Range(0, columns + 1).ToArray(), Enumerable.Range(0, rows + 1).ToArray(), C, cmap, vmin, vmax, alpha, edgecolors,
            linewidth);
    }

    /// <summary>Colours hexagons by the number of points in each.</summary>
    /// <param name="x">The x coordinates of the points.</param>
    /// <param name="y">The y coordinates of the points.</param>
    /// <param name="gridsize">The number of hexagons in x direction.</param>
    /// <param name="cmap">The colour map; viridis by default.</param>
    /// <param name="vmin">The value of the map's first colour.</param>
    /// <param name="vmax">The value of the map's last colour.</param>
    /// <param name="mincnt">Hexagons with fewer points aren't drawn.</param>
    /// <param name="alpha">Opacity, 0 to 1.</param>
    /// <exception cref="ValueError">The lengths of the values differ.</exception>
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
    /// <param name="X">The x coordinates of the arrows' origins.</param>
    /// <param name="Y">The y coordinates of the arrows' origins.</param>
    /// <param name="U">The x components of the arrows.</param>
    /// <param name="V">The y components of the arrows.</param>
    /// <param name="color">One colour for all, or one for each; black by default.</param>
    /// <param name="angles">'uv': the direction on the page; 'xy': towards (x + u, y + v).</param>
    /// <param name="scale_units">"xy": lengths are in units of x and y; by default in widths of the axes.</param>
    /// <param name="scale">The divisor of lengths; by default one that keeps arrows from overlapping.</param>
    /// <param name="width">The shaft's width as a fraction of the axes' width.</param>
    /// <exception cref="ValueError">The lengths of the values differ, or an argument is invalid.</exception>
    public Quiver quiver(Series X, Series Y, Series U, Series V, Paint? color = null, string angles = "uv", string? scale_units = null, double? scale = null,
        double? width = null)
    {
        double[] us = U.Values, vs = V.Values, xs = X.Values, ys = Y.Values;
        // X and Y of a grid's columns and rows.
        if (U.Shape is [var rows, var columns] && xs.Length == columns && ys.Length == rows && xs.Length != us.Length)
            (xs, ys) = ([.. us.Select((_, i) => X.Values[i % columns])], [.. us.Select((_, i) => Y.Values[i / columns])]);
        if (us.Length != vs.Length || xs.Length != us.Length || ys.Length != us.Length)
            throw new ValueError($"Arguments X, Y, U and V must have the same size. Received: {xs.Length}, {ys.Length}, {us.Length} and {vs.Length}");
        if (angles is not ("uv" or "xy")) throw new ValueError($"`angles` must be 'uv' or 'xy' here. Received: angles={PythonText.Repr(angles)}");
        if (scale_units is not (null or "xy" or "width"))
            throw new ValueError($"`scale_units` must be 'xy' or 'width' here. Received: scale_units={PythonText.Repr(scale_units)}");
        return Add(new Quiver(xs, ys, us, vs, color?.Colors ?? [ColorNames.Black], angles == "xy", scale_units == "xy", scale, width));
    }

    /// <summary>The same over the columns and rows of a grid.</summary>
    /// <exception cref="ValueError">U and V have different shapes.</exception>
    public Quiver quiver(Series U, Series V, Paint? color = null)
    {
        var (X, Y) = ContourSet.PlacesOf(U);
        return quiver(X, Y, U, V, color);
    }

    /// <summary>Draws an arrow whose lengths are in units of x and y.</summary>
    /// <param name="x">The x coordinate of its origin.</param>
    /// <param name="y">The y coordinate of its origin.</param>
    /// <param name="dx">The length in x direction.</param>
    /// <param name="dy">The length in y direction.</param>
    /// <param name="width">The shaft's width.</param>
    /// <param name="head_width">The head's width; by default three times the shaft's.</param>
    /// <param name="head_length">The head's length; by default one and a half times the head's width.</param>
    /// <param name="length_includes_head">Whether the head is a part of the length.</param>
    /// <param name="color">The colour.</param>
    /// <param name="fc">The fill colour.</param>
    /// <param name="ec">The edge colour.</param>
    /// <param name="alpha">Opacity, 0 to 1.</param>
    /// <exception cref="ValueError">A colour is unknown.</exception>
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
