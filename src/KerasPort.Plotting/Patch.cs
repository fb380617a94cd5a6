using ScottPlot;
using SkiaSharp;

namespace KerasPort.Plotting;

/// <summary>A shape: the result of <c>plt.Rectangle</c>, <c>plt.Circle</c>, <c>plt.Polygon</c> and <c>mpatches.Patch</c>, added by <c>add_patch</c>.</summary>
public sealed class Patch : Artist
{
    private readonly (double X, double Y)[] _corners;
    private readonly Color _edge;
    private readonly double _width;
    private Color _face;

    internal Patch((double X, double Y)[] corners, Color face, Color edge, double width, string? label) : base(label) =>
        (_corners, _face, _edge, _width) = (corners, face, edge, width);

    /// <summary>The edge's line style.</summary>
    internal string Style { get; init; } = "-";

    internal override double[] Xs => [.. _corners.Select(corner => corner.X)];

    internal override double[] Ys => [.. _corners.Select(corner => corner.Y)];

    /// <summary>Sets the fill colour.</summary>
    public void set_facecolor(Paint color) => _face = color.Only("color");

    internal override void Draw(Plot plot, Func<double, double> x, Func<double, double> y) =>
        plot.Add.Plottable(new Drawn(this, [.. _corners.Select(corner => new Coordinates(x(corner.X), y(corner.Y)))]));

    internal override LegendItem Legend => new()
    {
        LabelText = Label!, FillColor = _face, LineWidth = 0, OutlineColor = _edge, OutlineWidth = (float)(_edge.A == 0 ? 0 : _width * Point),
    };

    /// <summary>A shape from a program's arguments.</summary>
    /// <exception cref="ValueError">A colour is unknown.</exception>
    internal static Patch Of((double X, double Y)[] corners, bool fill, Paint? color, Paint? facecolor, Paint? edgecolor, double? width, string? style,
        double? alpha, string? label)
    {
        var face = (color ?? facecolor)?.Only("facecolor") ?? ColorNames.Cycle[0];
        // Without a fill only the edge is drawn, black by default.
        var edge = (color ?? edgecolor)?.Only("edgecolor") ?? (fill ? ColorNames.Clear : ColorNames.Black);
        return new Patch(corners, fill ? Faded(face, alpha) : ColorNames.Clear, Faded(edge, alpha), width ?? 1, label)
        {
            Style = LineFormat.StyleOf(style ?? "-"),
        };
    }

    private sealed class Drawn(Patch patch, Coordinates[] corners) : Plottable
    {
        public override void Render(RenderPack rp)
        {
            using var path = new SKPath();
            path.AddPoly([.. corners.Select(corner => Axes.GetPixel(corner)).Select(pixel => new SKPoint(pixel.X, pixel.Y))]);
            using var paint = new SKPaint { IsAntialias = true, Color = patch._face.ToSKColor() };
            rp.Canvas.DrawPath(path, paint);
            if (patch.Style != "")
                Stroke.Draw(rp.Canvas, path, patch._edge, patch._width * Point, LineFormat.DashesOf(patch.Style, patch._width * Point));
        }
    }
}

/// <summary><c>matplotlib.patches</c>: shapes for <c>add_patch</c> and for legends.</summary>
public sealed class PatchesModule
{
    private const int Corners = 120;

    internal PatchesModule() { }

    /// <summary>A rectangle from its lower left corner; in a picture, whose rows go down, from the upper left one.</summary>
    /// <param name="xy">The corner.</param>
    /// <param name="width">The width.</param>
    /// <param name="height">The height.</param>
    /// <param name="angle">The rotation about the corner in degrees counterclockwise.</param>
    /// <param name="fill">Whether it is filled.</param>
    /// <param name="color">The colour of both fill and edge.</param>
    /// <param name="facecolor">The fill colour.</param>
    /// <param name="edgecolor">The edge colour.</param>
    /// <param name="linewidth">The edge's width in points.</param>
    /// <param name="lw">The same as <paramref name="linewidth"/>.</param>
    /// <param name="linestyle">The line style: '-', '--', '-.', ':', or a name of one.</param>
    /// <param name="alpha">Opacity, 0 to 1.</param>
    /// <param name="label">The label in the legend.</param>
    /// <exception cref="ValueError">An argument is invalid.</exception>
    public Patch Rectangle((double x, double y) xy, double width, double height, double angle = 0, bool fill = true, Paint? color = null,
        Paint? facecolor = null, Paint? edgecolor = null, double? linewidth = null, double? lw = null, string? linestyle = null, double? alpha = null,
        string? label = null)
    {
        double cos = Math.Cos(angle * Math.PI / 180), sin = Math.Sin(angle * Math.PI / 180);
        (double X, double Y)[] corners = [(0, 0), (width, 0), (width, height), (0, height)];
        return Plotting.Patch.Of([.. corners.Select(c => (xy.x + c.X * cos - c.Y * sin, xy.y + c.X * sin + c.Y * cos))], fill, color, facecolor, edgecolor,
            linewidth ?? lw, linestyle, alpha, label);
    }

    /// <summary>A circle.</summary>
    /// <inheritdoc cref="Ellipse"/>
    public Patch Circle((double x, double y) xy, double radius = 5, bool fill = true, Paint? color = null, Paint? facecolor = null, Paint? edgecolor = null,
        double? linewidth = null, double? lw = null, string? linestyle = null, double? alpha = null, string? label = null) =>
        Ellipse(xy, 2 * radius, 2 * radius, 0, fill, color, facecolor, edgecolor, linewidth, lw, linestyle, alpha, label);

    /// <summary>An ellipse around its centre.</summary>
    /// <exception cref="ValueError">An argument is invalid.</exception>
    public Patch Ellipse((double x, double y) xy, double width, double height, double angle = 0, bool fill = true, Paint? color = null,
        Paint? facecolor = null, Paint? edgecolor = null, double? linewidth = null, double? lw = null, string? linestyle = null, double? alpha = null,
        string? label = null)
    {
        double cos = Math.Cos(angle * Math.PI / 180), sin = Math.Sin(angle * Math.PI / 180);
        var corners = Enumerable.Range(0, Corners).Select(i =>
        {
            double turn = 2 * Math.PI * i / Corners, across = width / 2 * Math.Cos(turn), up = height / 2 * Math.Sin(turn);
            return (xy.x + across * cos - up * sin, xy.y + across * sin + up * cos);
        });
        return Plotting.Patch.Of([.. corners], fill, color, facecolor, edgecolor, linewidth ?? lw, linestyle, alpha, label);
    }

    /// <summary>A polygon through points: (rows, 2).</summary>
    /// <exception cref="ValueError">The array isn't of points, or an argument is invalid.</exception>
    public Patch Polygon(Series xy, bool fill = true, Paint? color = null, Paint? facecolor = null, Paint? edgecolor = null, double? linewidth = null,
        double? lw = null, string? linestyle = null, double? alpha = null, string? label = null) =>
        xy.Shape is [_, 2] ? Plotting.Patch.Of([.. xy.Values.Chunk(2).Select(place => (place[0], place[1]))], fill, color,
            facecolor, edgecolor, linewidth ?? lw,
            linestyle, alpha, label)
            : throw new ValueError($"`xy` must be places, (rows, 2). Received: shape={new ArrayShape(xy.Shape)}");

    /// <summary>A coloured patch for a legend: <c>plt.legend(handles: [mpatches.Patch(color: "red", label: "cats")])</c>.</summary>
    /// <exception cref="ValueError">An argument is invalid.</exception>
    public Patch Patch(Paint? color = null, Paint? facecolor = null, Paint? edgecolor = null, double? alpha = null, string? label = null) =>
        Plotting.Patch.Of([], true, color, facecolor, edgecolor, null, null, alpha, label);
}
