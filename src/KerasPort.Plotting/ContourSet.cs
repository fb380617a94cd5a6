using ScottPlot;
using SkiaSharp;

namespace KerasPort.Plotting;

/// <summary>
/// Contours of values on a plane, as lines or as filled areas between them: the result of <c>contour</c> and <c>contourf</c>.
/// Between four points the value is interpolated bilinearly.
/// </summary>
public sealed class ContourSet : Artist, IMapped
{
    private readonly double[] _xs, _ys, _values;
    private readonly bool _isFilled;
    private readonly Color? _color;
    private readonly double _width;
    private readonly double? _alpha;
    private (double Size, bool IsInline, string? Format)? _names;

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

        // Takes one row or column of meshgrid's result.
        double[] Places(Series places, string what, int count, int step) => places.Shape is [var given] && given == count ? places.Flat(what)
            : places.Shape is [var down, var across] && (down, across) == (rows, columns) ? [.. Enumerable.Range(0, count).Select(i => places.Values[i * step])]
            : throw new TypeError($"Length of {what} ({new ArrayShape(places.Shape)}) must "
                + $"match number of {(what == "x" ? "columns" : "rows")} in z ({count})");
    }

    /// <summary>The values of the lines.</summary>
    public double[] levels { get; }

    internal Shades Shades { get; }

    Shades IMapped.Shades => Shades;

    internal override int Level => _isFilled ? 1 : 2;

    internal override double[] Xs => _xs;

    internal override double[] Ys => _ys;

    internal override double[] StickyXs => [_xs.Min(), _xs.Max()];

    internal override double[] StickyYs => [_ys.Min(), _ys.Max()];

    /// <summary>Adds labels to the lines.</summary>
    internal void Name(double size, bool isInline, string? format)
    {
        if (_isFilled) throw new ValueError("`clabel` names lines, and these are surfaces: give it what `contour` gave.");
        _names = (size, isInline, format);
    }

    /// <summary>The default coordinates: 0, 1, 2, ….</summary>
    internal static (Series X, Series Y) PlacesOf(Series z) => z.Shape is [var rows, var columns]
        ? (Enumerable.Range(0, columns).ToArray(), Enumerable.Range(0, rows).ToArray())
        : throw new TypeError($"Input z must be 2D, not {z.Shape.Length}D");

    internal override void Draw(Plot plot, Func<double, double> x, Func<double, double> y)
    {
        plot.Add.Plottable(new Drawn(this, Array.ConvertAll(_xs, v => x(v)), Array.ConvertAll(_ys, v => y(v))));
    }

    /// <summary>matplotlib's default levels: multiples of a round step over all values, and one beyond at either end.</summary>
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

        /// <summary>The two coordinates around a pixel, as the index of the first and the fraction of the way to the second.</summary>
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

        /// <summary>The line is straight within each of the triangles between a cell's edges and its centre.</summary>
        private void Line(SKCanvas canvas, float[] columns, float[] rows, double level)
        {
            var color = Faded(set._color ?? set.Shades.Of(level), set._alpha);
            double width = set._width * Point;
            var parts = new List<(SKPoint From, SKPoint To)>();
            for (int row = 0; row + 1 < rows.Length; row++)
            {
                for (int column = 0; column + 1 < columns.Length; column++)
                {
                    (float X, float Y, double Z)[] corners =
                        [Corner(row, column), Corner(row, column + 1), Corner(row + 1, column + 1), Corner(row + 1, column)];
                    var middle = (X: corners.Average(c => c.X), Y: corners.Average(c => c.Y), Z: corners.Average(c => c.Z));
                    for (int i = 0; i < 4; i++) Cross(parts, level, corners[i], corners[(i + 1) % 4], middle);
                }
            }
            // A line with a gap for its label is cut where the gap begins.
            List<SKPoint>[] lines = [.. Chains(parts).Select(line => set._names is null ? line : Fine(line))];
            var names = set._names is { } how ? Names(lines, level, how, color) : [];
            using var path = new SKPath();
            foreach (var line in lines)
            {
                bool isDown = false;
                for (int i = 0; i + 1 < line.Count; i++)
                {
                    var half = new SKPoint((line[i].X + line[i + 1].X) / 2, (line[i].Y + line[i + 1].Y) / 2);
                    bool isFree = set._names is not { IsInline: true } || !names.Exists(name => SKPoint.Distance(name.At, half) < name.Reach);
                    if (isFree && !isDown) path.MoveTo(line[i]);
                    if (isFree) path.LineTo(line[i + 1]);
                    isDown = isFree;
                }
            }
            // With a single colour, lines of negative values are dashed, as in matplotlib.
            Stroke.Draw(canvas, path, color, width, set._color is not null && level < 0 ? LineFormat.DashesOf("--", width) : null);
            using var letters = new Lettering();
            foreach (var (at, turn, text, words, _) in names) letters.Draw(canvas, text, at.X, at.Y, words, turn);

            (float, float, double) Corner(int row, int column) => (columns[column], rows[row], set.Value(row, column));
        }

        /// <summary>A label halfway along each line that is long enough for it.</summary>
        private List<(SKPoint At, double Turn, string Text, Wording Words, double Reach)> Names(List<SKPoint>[] lines, double level,
            (double Size, bool IsInline, string? Format) how, Color color)
        {
            int at = Array.IndexOf(set.levels, level);
            string text = how.Format is { } format ? format % level : Ticks.Labels(set.levels).Labels[at];
            var words = new Wording(text, how.Size, color, false);
            using var letters = new Lettering();
            double reach = letters.Width(text, how.Size) / 2 + 2 * Point;
            var named = new List<(SKPoint, double, string, Wording, double)>();
            foreach (var line in lines)
            {
                double length = line.Zip(line.Skip(1), (a, b) => (double)SKPoint.Distance(a, b)).Sum(), gone = 0;
                if (length < 4 * reach) continue;
                int middle = 0;
                while (gone < length / 2) gone += SKPoint.Distance(line[middle], line[++middle]);
                SKPoint before = line[Math.Max(0, middle - 4)], after = line[Math.Min(line.Count - 1, middle + 4)];
                double turn = Math.Atan2(before.Y - after.Y, after.X - before.X) * 180 / Math.PI;
                // Labels are never upside down.
                turn = turn > 90 ? turn - 180 : turn < -90 ? turn + 180 : turn;
                named.Add((line[middle], turn, text, words, reach));
            }
            return named;
        }

        /// <summary>The same line in steps of at most two pixels.</summary>
        private static List<SKPoint> Fine(List<SKPoint> line)
        {
            var fine = new List<SKPoint> { line[0] };
            foreach (var (from, to) in line.Zip(line.Skip(1)))
            {
                int steps = Math.Clamp((int)Math.Ceiling(SKPoint.Distance(from, to) / 2), 1, 10_000);
                for (int i = 1; i <= steps; i++)
                    fine.Add(new SKPoint(from.X + (to.X - from.X) * i / steps, from.Y + (to.Y - from.Y) * i / steps));
            }
            return fine;
        }

        /// <summary>Joins parts into lines where their ends meet.</summary>
        private static IEnumerable<List<SKPoint>> Chains(List<(SKPoint From, SKPoint To)> parts)
        {
            var ends = parts.SelectMany((part, i) => new[] { (Key(part.From), i), (Key(part.To), i) }).ToLookup(end => end.Item1, end => end.i);
            var used = new bool[parts.Count];
            for (int first = 0; first < parts.Count; first++)
            {
                if (used[first]) continue;
                used[first] = true;
                var line = new LinkedList<SKPoint>([parts[first].From, parts[first].To]);
                while (Next(line.Last!.Value) is { } next) line.AddLast(next);
                while (Next(line.First!.Value) is { } next) line.AddFirst(next);
                yield return [.. line];
            }

            SKPoint? Next(SKPoint end)
            {
                foreach (int i in ends[Key(end)])
                {
                    if (used[i]) continue;
                    used[i] = true;
                    return Key(parts[i].From) == Key(end) ? parts[i].To : parts[i].From;
                }
                return null;
            }

            static (int, int) Key(SKPoint point) => ((int)MathF.Round(point.X * 64), (int)MathF.Round(point.Y * 64));
        }

        private static void Cross(List<(SKPoint, SKPoint)> parts, double level, params (float X, float Y, double Z)[] corners)
        {
            var ends = new List<SKPoint>();
            for (int i = 0; i < 3; i++)
            {
                var (a, b) = (corners[i], corners[(i + 1) % 3]);
                if ((a.Z >= level) == (b.Z >= level)) continue;
                float share = (float)((level - a.Z) / (b.Z - a.Z));
                ends.Add(new SKPoint(a.X + (b.X - a.X) * share, a.Y + (b.Y - a.Y) * share));
            }
            if (ends.Count == 2) parts.Add((ends[0], ends[1]));
        }
    }
}
