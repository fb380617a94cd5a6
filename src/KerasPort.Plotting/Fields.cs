using ScottPlot;
using SkiaSharp;

namespace KerasPort.Plotting;

/// <summary>The coloured cells of a mesh: the result of <c>pcolormesh</c>.</summary>
public sealed class QuadMesh : Artist, IMapped
{
    private readonly double[] _xs, _ys, _values;
    private readonly double? _alpha;
    private readonly Color? _edge;
    private readonly double _width;

    internal QuadMesh(double[] xs, double[] ys, double[] values, Shades shades, double? alpha, Color? edge, double width) : base(null)
    {
        (_xs, _ys, _values, Shades, _alpha, _edge, _width) = (xs, ys, values, shades, alpha, edge, width);
        _ = Faded(default, alpha);
    }

    internal Shades Shades { get; }

    Shades IMapped.Shades => Shades;

    internal override double[] Xs => [_xs.Min(), _xs.Max()];

    internal override double[] Ys => [_ys.Min(), _ys.Max()];

    internal override double[] StickyXs => Xs;

    internal override double[] StickyYs => Ys;

    internal override void Draw(Plot plot, Func<double, double> x, Func<double, double> y) =>
        plot.Add.Plottable(new Drawn(this, Array.ConvertAll(_xs, v => x(v)), Array.ConvertAll(_ys, v => y(v))));

    private sealed class Drawn(QuadMesh mesh, double[] xs, double[] ys) : Plottable
    {
        public override void Render(RenderPack rp)
        {
            float[] across = Array.ConvertAll(xs, x => Axes.GetPixel(new Coordinates(x, ys[0])).X);
            float[] up = Array.ConvertAll(ys, y => Axes.GetPixel(new Coordinates(xs[0], y)).Y);
            // Cells meet exactly only without antialiasing.
            using var fill = new SKPaint { IsAntialias = false };
            using var line = new SKPaint { IsAntialias = true, IsStroke = true, StrokeWidth = (float)(mesh._width * Point) };
            if (mesh._edge is { } edge) line.Color = edge.ToSKColor();
            for (int row = 0; row + 1 < up.Length; row++)
            {
                for (int column = 0; column + 1 < across.Length; column++)
                {
                    var field = new SKRect(Math.Min(across[column], across[column + 1]), Math.Min(up[row], up[row + 1]),
                        Math.Max(across[column], across[column + 1]), Math.Max(up[row], up[row + 1]));
                    fill.Color = Faded(mesh.Shades.Of(mesh._values[row * (across.Length - 1) + column]), mesh._alpha).ToSKColor();
                    rp.Canvas.DrawRect(field, fill);
                    if (mesh._edge is { A: > 0 }) rp.Canvas.DrawRect(field, line);
                }
            }
        }
    }
}

/// <summary>Hexagons coloured by the number of points in each: the result of <c>hexbin</c>.</summary>
public sealed class HexBins : Artist, IMapped
{
    private readonly (double X, double Y)[] _middles;
    private readonly double[] _counts;
    private readonly double _width, _height;
    private readonly double? _alpha;

    internal HexBins((double X, double Y)[] middles, double[] counts, double width, double height, Shades shades, double? alpha) : base(null)
    {
        (_middles, _counts, _width, _height, Shades, _alpha) = (middles, counts, width, height, shades, alpha);
        _ = Faded(default, alpha);
    }

    internal Shades Shades { get; }

    Shades IMapped.Shades => Shades;

    internal override double[] Xs => [.. _middles.Select(middle => middle.X)];

    internal override double[] Ys => [.. _middles.Select(middle => middle.Y)];

    /// <summary>Two lattices, the second one shifted by half a hexagon: a point belongs to the nearer centre, as in matplotlib.</summary>
    internal static ((double X, double Y)[] Middles, double[] Counts, double Width, double Height) Of(double[] xs, double[] ys, int across, int least)
    {
        int up = Math.Max(1, (int)(across / Math.Sqrt(3)));
        double left = xs.Min(), right = xs.Max(), bottom = ys.Min(), top = ys.Max();
        if (left == right) (left, right) = (left - 0.5, right + 0.5);
        if (bottom == top) (bottom, top) = (bottom - 0.5, top + 0.5);
        double padding = 1e-9 * (right - left);
        (left, right) = (left - padding, right + padding);
        double width = (right - left) / across, height = (top - bottom) / up;
        var counts = new SortedDictionary<(int Lattice, int Column, int Row), double>();
        if (least == 0)
        {
            for (int i = 0; i <= across; i++) for (int j = 0; j <= up; j++) counts[(0, i, j)] = 0;
            for (int i = 0; i < across; i++) for (int j = 0; j < up; j++) counts[(1, i, j)] = 0;
        }
        foreach (var (x, y) in xs.Zip(ys))
        {
            double u = (x - left) / width, v = (y - bottom) / height;
            int i = (int)Math.Round(u), j = (int)Math.Round(v), k = Math.Clamp((int)Math.Floor(u), 0, across - 1),
                l = Math.Clamp((int)Math.Floor(v), 0, up - 1);
            double first = (u - i) * (u - i) + 3 * (v - j) * (v - j), second = (u - k - 0.5) * (u - k - 0.5) + 3 * (v - l - 0.5) * (v - l - 0.5);
            var at = first < second ? (0, i, j) : (1, k, l);
            counts[at] = counts.GetValueOrDefault(at) + 1;
        }
        var shown = counts.Where(bin => bin.Value >= least).ToArray();
        return ([.. shown.Select(bin => (left + (bin.Key.Column + bin.Key.Lattice * 0.5) * width, bottom + (bin.Key.Row + bin.Key.Lattice * 0.5) * height))],
            [.. shown.Select(bin => bin.Value)], width, height);
    }

    internal override void Draw(Plot plot, Func<double, double> x, Func<double, double> y) => plot.Add.Plottable(new Drawn(this));

    private sealed class Drawn(HexBins bins) : Plottable
    {
        public override void Render(RenderPack rp)
        {
            using var paint = new SKPaint { IsAntialias = true };
            Pixel origin = Axes.GetPixel(new Coordinates(0, 0)), one = Axes.GetPixel(new Coordinates(bins._width, bins._height / 3));
            float width = one.X - origin.X, third = one.Y - origin.Y;
            foreach (var ((x, y), count) in bins._middles.Zip(bins._counts))
            {
                var at = Axes.GetPixel(new Coordinates(x, y));
                using var path = new SKPath();
                path.AddPoly([.. new[] { (0.5f, -0.5f), (0.5f, 0.5f), (0f, 1f), (-0.5f, 0.5f), (-0.5f, -0.5f), (0f, -1f) }
                    .Select(corner => new SKPoint(at.X + corner.Item1 * width, at.Y + corner.Item2 * third))]);
                paint.Color = Faded(bins.Shades.Of(count), bins._alpha).ToSKColor();
                // Half a pixel of the same colour where two meet.
                (paint.Style, paint.StrokeWidth) = (bins._alpha is null ? SKPaintStyle.StrokeAndFill : SKPaintStyle.Fill, 0.5f);
                rp.Canvas.DrawPath(path, paint);
            }
        }
    }
}

/// <summary>Arrows: the result of <c>quiver</c>, with matplotlib's proportions: a head is 3 shafts wide and 5 long.</summary>
public sealed class Quiver : Artist
{
    private const double HeadWidth = 3, HeadLength = 5, HeadAxisLength = 4.5;

    private readonly double[] _xs, _ys, _us, _vs;
    private readonly Color[] _colors;
    private readonly bool _isOfValues, _hasLengthsOfValues;
    private readonly double? _scale, _width;

    internal Quiver(double[] xs, double[] ys, double[] us, double[] vs, Color[] colors, bool isOfValues, bool hasLengthsOfValues, double? scale, double? width)
        : base(null) =>
        (_xs, _ys, _us, _vs, _colors, _isOfValues, _hasLengthsOfValues, _scale, _width) =
            (xs, ys, us, vs, colors, isOfValues, hasLengthsOfValues, scale, width);

    internal override double[] Xs => _xs;

    internal override double[] Ys => _ys;

    internal override void Draw(Plot plot, Func<double, double> x, Func<double, double> y) => plot.Add.Plottable(new Drawn(this));

    private sealed class Drawn(Quiver arrows) : Plottable
    {
        public override void Render(RenderPack rp)
        {
            int count = arrows._xs.Length;
            if (count == 0) return;
            double span = rp.DataRect.Width, root = Math.Sqrt(count), shaft = arrows._width * span ?? 0.06 * span / Math.Clamp(root, 8, 25);
            double mean = arrows._us.Zip(arrows._vs, (u, v) => Math.Sqrt(u * u + v * v)).Average();
            double scale = arrows._scale ?? 1.8 * (mean > 0 ? mean : 1) * Math.Max(10, root);
            using var paint = new SKPaint { IsAntialias = true };
            for (int i = 0; i < count; i++)
            {
                double u = arrows._us[i], v = arrows._vs[i], size = Math.Sqrt(u * u + v * v);
                var from = Axes.GetPixel(new Coordinates(arrows._xs[i], arrows._ys[i]));
                var to = Axes.GetPixel(new Coordinates(arrows._xs[i] + u / scale, arrows._ys[i] + v / scale));
                double dx = arrows._isOfValues ? to.X - from.X : u, dy = arrows._isOfValues ? to.Y - from.Y : -v, way = Math.Sqrt(dx * dx + dy * dy);
                double length = arrows._hasLengthsOfValues && arrows._isOfValues ? way
                    : arrows._hasLengthsOfValues ? size / scale * Math.Abs(Axes.GetPixel(new Coordinates(1, 0)).X - Axes.GetPixel(new Coordinates(0, 0)).X)
                    : size / scale * span;
                if (!(way > 0) || !(length > 0)) continue;
                paint.Color = arrows._colors[i % arrows._colors.Length].ToSKColor();
                // A short arrow is drawn smaller.
                double thick = Math.Min(shaft, length / HeadLength * 1.0), head = HeadLength * thick, axis = HeadAxisLength * thick;
                (double Along, double Beside)[] shape = [(0, thick / 2), (length - axis, thick / 2), (length - head, HeadWidth * thick / 2), (length, 0),
                    (length - head, -HeadWidth * thick / 2), (length - axis, -thick / 2), (0, -thick / 2)];
                using var path = new SKPath();
                path.AddPoly([.. shape.Select(p => new SKPoint(
                    (float)(from.X + (p.Along * dx - p.Beside * dy) / way), (float)(from.Y + (p.Along * dy + p.Beside * dx) / way)))]);
                rp.Canvas.DrawPath(path, paint);
            }
        }
    }
}
