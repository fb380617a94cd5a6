using ScottPlot;
using SkiaSharp;

namespace KerasPort.Plotting;

/// <summary>
/// Numbers on a plane, as lines along which they are the same, or as surfaces between two such lines: what <c>contour</c> and <c>contourf</c>
/// give. Between four places a number is what the nearer ones say, in proportion (bilinear).
/// </summary>
public sealed class ContourSet : Artist, IMapped
{
    private readonly double[] _xs, _ys, _values;
    private readonly bool _isFilled;
    private readonly Color? _color;
    private readonly double _width;
    private readonly double? _alpha;

    internal ContourSet(Series x, Series y, Series z, Series? levels, bool isFilled, Colormap map, Color? color, double width, double? alpha) : base(null)
    {
        if (z.Shape is not [> 1 and var rows, > 1 and var columns])
            throw new TypeError($"Input z must be at least a (2, 2) shaped array, but has shape {new ArrayShape(z.Shape)}");
        (_xs, _ys) = (Places(x, "x", columns, 1), Places(y, "y", rows, columns));
        (_values, _isFilled, _color, _width, _alpha) = (z.Values, isFilled, color, width, alpha);
        _ = Faded(default, alpha);
        this.levels = levels is { Values.Length: > 1 } ? levels.Flat("levels") : Steps(z.Values, (int)(levels?.Flat("levels")[0] ?? 7));
        for (int i = 1; i < this.levels.Length; i++)
            if (!(this.levels[i] > this.levels[i - 1])) throw new ValueError("Contour levels must be increasing");
        Shades = new Shades(this.levels[0], this.levels[^1], map) { Levels = isFilled ? this.levels : null };

        // A row or a column of what meshgrid gives.
        double[] Places(Series places, string what, int count, int step) => places.Shape is [var given] && given == count ? places.Flat(what)
            : places.Shape is [var down, var across] && (down, across) == (rows, columns) ? [.. Enumerable.Range(0, count).Select(i => places.Values[i * step])]
            : throw new TypeError($"Length of {what} ({new ArrayShape(places.Shape)}) must "
                + $"match number of {(what == "x" ? "columns" : "rows")} in z ({count})");
    }

    /// <summary>The numbers of the lines.</summary>
    public double[] levels { get; }

    internal Shades Shades { get; }

    Shades IMapped.Shades => Shades;

    internal override int Level => _isFilled ? 1 : 2;

    internal override double[] Xs => _xs;

    internal override double[] Ys => _ys;

    internal override double[] StickyXs => [_xs.Min(), _xs.Max()];

    internal override double[] StickyYs => [_ys.Min(), _ys.Max()];

    /// <summary>Places where none are given: 0, 1, 2, ….</summary>
    internal static (Series X, Series Y) PlacesOf(Series z) => z.Shape is [var rows, var columns]
        ? (Enumerable.Range(0, columns).ToArray(), Enumerable.Range(0, rows).ToArray())
        : throw new TypeError($"Input z must be 2D, not {z.Shape.Length}D");

    internal override void Draw(Plot plot, Func<double, double> x, Func<double, double> y)
    {
        plot.Add.Plottable(new Drawn(this, Array.ConvertAll(_xs, v => x(v)), Array.ConvertAll(_ys, v => y(v))));
    }

    /// <summary>matplotlib's levels: multiples of a round step over all the numbers, and one beyond at either end.</summary>
    private static double[] Steps(double[] values, int most)
    {
        double[] finite = [.. values.Where(double.IsFinite)];
        if (finite.Length == 0) throw new ValueError("No contour levels were found: all numbers are NaN.");
        double low = finite.Min(), high = finite.Max();
        if (!(high > low)) (low, high) = (low - 0.5, low + 0.5);
        double raw = (high - low) / (most + 1), scale = Math.Pow(10, Math.Floor(Math.Log10(raw)));
        double step = scale * new[] { 1, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10 }.First(s => s * scale >= raw * (1 - 1e-10));
        int from = (int)Math.Floor(low / step + 1e-10), to = (int)Math.Ceiling(high / step - 1e-10);
        return [.. Enumerable.Range(from, to - from + 1).Select(i => i * step)];
    }

    private double Value(int row, int column) => _values[row * _xs.Length + column];

    private sealed class Drawn(ContourSet set, double[] xs, double[] ys) : Plottable
    {
        public override void Render(RenderPack rp)
        {
            var columns = Array.ConvertAll(xs, x => Axes.GetPixel(new Coordinates(x, ys[0])).X);
            var rows = Array.ConvertAll(ys, y => Axes.GetPixel(new Coordinates(xs[0], y)).Y);
            if (set._isFilled) Fill(rp.Canvas, columns, rows);
            else foreach (double level in set.levels) Line(rp.Canvas, columns, rows, level);
        }

        private void Fill(SKCanvas canvas, float[] columns, float[] rows)
        {
            int left = (int)Math.Floor(columns.Min()), top = (int)Math.Floor(rows.Min());
            int width = Math.Clamp((int)Math.Ceiling(columns.Max()) - left, 1, 16384), height = Math.Clamp((int)Math.Ceiling(rows.Max()) - top, 1, 16384);
            var pixels = new byte[4 * width * height];
            var across = Enumerable.Range(0, width).Select(i => Place(columns, left + i + 0.5f)).ToArray();
            for (int j = 0; j < height; j++)
            {
                var (row, down) = Place(rows, top + j + 0.5f);
                for (int i = 0; i < width; i++)
                {
                    var (column, right) = across[i];
                    double one = set.Value(row, column) * (1 - right) + set.Value(row, column + 1) * right;
                    double next = set.Value(row + 1, column) * (1 - right) + set.Value(row + 1, column + 1) * right;
                    double value = one * (1 - down) + next * down;
                    if (!(value >= set.levels[0] && value <= set.levels[^1])) continue;
                    var color = Faded(set.Shades.Of(value), set._alpha);
                    int at = 4 * (j * width + i);
                    (pixels[at], pixels[at + 1], pixels[at + 2], pixels[at + 3]) = (color.R, color.G, color.B, color.A);
                }
            }
            using var image = SKImage.FromPixelCopy(new SKImageInfo(width, height, SKColorType.Rgba8888, SKAlphaType.Unpremul), pixels);
            canvas.DrawImage(image, left, top);
        }

        /// <summary>Between which two places a pixel is, and which part of the way.</summary>
        private static (int At, double Share) Place(float[] places, float pixel)
        {
            for (int i = 0; i + 1 < places.Length; i++)
            {
                double share = (pixel - places[i]) / (places[i + 1] - places[i]);
                if (share is >= 0 and <= 1) return (i, share);
            }
            bool isFirst = Math.Abs(pixel - places[0]) < Math.Abs(pixel - places[^1]);
            return isFirst ? (0, 0) : (places.Length - 2, 1);
        }

        /// <summary>In each triangle of a cell and its middle the line is straight.</summary>
        private void Line(SKCanvas canvas, float[] columns, float[] rows, double level)
        {
            using var paint = new SKPaint
            {
                IsAntialias = true, IsStroke = true, StrokeWidth = (float)(set._width * Point), StrokeCap = SKStrokeCap.Round,
                Color = Faded(set._color ?? set.Shades.Of(level), set._alpha).ToSKColor(),
            };
            using var path = new SKPath();
            for (int row = 0; row + 1 < rows.Length; row++)
            {
                for (int column = 0; column + 1 < columns.Length; column++)
                {
                    (float X, float Y, double Z)[] corners =
                        [Corner(row, column), Corner(row, column + 1), Corner(row + 1, column + 1), Corner(row + 1, column)];
                    var middle = (X: corners.Average(c => c.X), Y: corners.Average(c => c.Y), Z: corners.Average(c => c.Z));
                    for (int i = 0; i < 4; i++) Cross(path, level, corners[i], corners[(i + 1) % 4], middle);
                }
            }
            canvas.DrawPath(path, paint);

            (float, float, double) Corner(int row, int column) => (columns[column], rows[row], set.Value(row, column));
        }

        private static void Cross(SKPath path, double level, params (float X, float Y, double Z)[] corners)
        {
            var ends = new List<SKPoint>();
            for (int i = 0; i < 3; i++)
            {
                var (a, b) = (corners[i], corners[(i + 1) % 3]);
                if ((a.Z >= level) == (b.Z >= level)) continue;
                float share = (float)((level - a.Z) / (b.Z - a.Z));
                ends.Add(new SKPoint(a.X + (b.X - a.X) * share, a.Y + (b.Y - a.Y) * share));
            }
            if (ends.Count != 2) return;
            path.MoveTo(ends[0]);
            path.LineTo(ends[1]);
        }
    }
}
