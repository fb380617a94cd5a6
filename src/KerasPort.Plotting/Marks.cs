using ScottPlot;
using SkiaSharp;

namespace KerasPort.Plotting;

/// <summary>A band across the axes: the result of <c>axhspan</c> and <c>axvspan</c>.</summary>
public sealed class Span : Artist
{
    private readonly double _from, _to;
    private readonly bool _isVertical;
    private readonly Color _color;

    internal Span(double from, double to, bool isVertical, Color color, string? label) : base(label) =>
        (_from, _to, _isVertical, _color) = (from, to, isVertical, color);

    internal override double[] Xs => _isVertical ? [_from, _to] : [];

    internal override double[] Ys => _isVertical ? [] : [_from, _to];

    internal override void Draw(Plot plot, Func<double, double> x, Func<double, double> y)
    {
        var limits = plot.Axes.GetLimits();
        var (from, to) = _isVertical ? (x(_from), x(_to)) : (y(_from), y(_to));
        (from, to) = (Math.Min(from, to), Math.Max(from, to));
        double bottom = Math.Min(limits.Bottom, limits.Top), top = Math.Max(limits.Bottom, limits.Top);
        double left = Math.Min(limits.Left, limits.Right), right = Math.Max(limits.Left, limits.Right);
        var drawn = plot.Add.Rectangle(_isVertical ? new CoordinateRect(from, to, bottom, top) : new CoordinateRect(left, right, from, to));
        (drawn.FillColor, drawn.LineWidth) = (_color, 0);
    }

    internal override LegendItem Legend => Filled(_color);
}

/// <summary>Error bars: the result of <c>errorbar</c>.</summary>
public sealed class ErrorbarContainer : Artist
{
    private readonly double[] _xs, _ys;
    private readonly Reach? _across, _along;
    private readonly Color _color;
    private readonly double _width, _cap;

    internal ErrorbarContainer(double[] xs, double[] ys, Reach? across, Reach? along, Color color, double width, double cap, string? label)
        : base(label) =>
        (_xs, _ys, _across, _along, _color, _width, _cap) = (xs, ys, across, along, color, width, cap);

    internal override int Level => 2;

    internal override double[] Xs => _across?.Around(_xs) ?? _xs;

    internal override double[] Ys => _along?.Around(_ys) ?? _ys;

    internal override void Draw(Plot plot, Func<double, double> x, Func<double, double> y)
    {
        for (int i = 0; i < _xs.Length; i++)
        {
            if (_along is not null) Bar((x(_xs[i]), y(_ys[i] - _along.Below[i])), (x(_xs[i]), y(_ys[i] + _along.Above[i])), '_');
            if (_across is not null) Bar((x(_xs[i] - _across.Below[i]), y(_ys[i])), (x(_xs[i] + _across.Above[i]), y(_ys[i])), '|');
        }

        void Bar((double X, double Y) from, (double X, double Y) to, char cap)
        {
            var line = plot.Add.Line(from.X, from.Y, to.X, to.Y);
            (line.LineColor, line.LineWidth, line.MarkerSize) = (_color, (float)(_width * Point), 0);
            if (_cap > 0) plot.Add.Plottable(new Points([from.X, to.X], [from.Y, to.Y], cap, [2 * _cap * Point], [_color], new MarkerEdge(null, 1)));
        }
    }

    internal override LegendItem Legend => new() { LabelText = Label!, LineColor = _color, LineWidth = (float)(_width * Point) };
}

/// <summary>The errors of values, downwards and upwards.</summary>
internal sealed record Reach(double[] Below, double[] Above)
{
    /// <summary>The values minus and plus their errors.</summary>
    public double[] Around(double[] values) =>
        [.. values.Zip(Below, (value, error) => value - error), .. values.Zip(Above, (value, error) => value + error)];

    /// <param name="errors">The errors: one for all, one for each, or two rows, below and above.</param>
    /// <param name="count">The number of values.</param>
    /// <param name="what">The argument's name, for exceptions.</param>
    /// <exception cref="ValueError">The number of errors doesn't fit, or an error is negative.</exception>
    public static Reach Of(Series errors, int count, string what)
    {
        double[] all = errors.Shape is [2, _] ? errors.Values : errors.Flat(what);
        if (Array.Exists(all, error => error < 0)) throw new ValueError($"'{what}' must not contain negative values");
        if (errors.Shape is [2, var columns] && columns == count) return new(all[..count], all[count..]);
        if (all is [var only]) all = [.. Enumerable.Repeat(only, count)];
        return all.Length == count ? new(all, all)
            : throw new ValueError($"'{what}' must be one number, one for each of the {count} values, or two rows of them. Received: {all.Length}");
    }
}

/// <summary>Boxes with whiskers: the result of <c>boxplot</c>.</summary>
public sealed class BoxPlot : Artist
{
    private readonly (double Low, double First, double Median, double Third, double High, double[] Beyond)[] _boxes;
    private readonly double[] _places, _means;
    private readonly double _width;
    private readonly bool _isUpright;
    private readonly Color[] _cycle;

    internal BoxPlot(double[][] columns, double[] places, double whiskers, double width, bool isUpright, bool hasBeyond, Color[] cycle) : base(null)
    {
        (_places, _width, _isUpright, _cycle) = (places, width, isUpright, cycle);
        _means = Array.ConvertAll(columns, column => column.Where(double.IsFinite).DefaultIfEmpty(double.NaN).Average());
        _boxes = Array.ConvertAll(columns, column =>
        {
            double[] sorted = [.. column.Where(double.IsFinite).Order()];
            if (sorted.Length == 0) return (double.NaN, double.NaN, double.NaN, double.NaN, double.NaN, Array.Empty<double>());
            double first = At(0.25), third = At(0.75), reach = whiskers * (third - first);
            double low = Math.Min(first, sorted.First(v => v >= first - reach)), high = Math.Max(third, sorted.Last(v => v <= third + reach));
            return (low, first, At(0.5), third, high, hasBeyond ? [.. sorted.Where(v => v < low || v > high)] : []);

            double At(double share)
            {
                double place = share * (sorted.Length - 1);
                int below = (int)place;
                return sorted[below] + (place - below) * (sorted[Math.Min(below + 1, sorted.Length - 1)] - sorted[below]);
            }
        });
    }

    /// <summary>Whether boxes are filled.</summary>
    internal bool IsFilled { get; init; }

    /// <summary>Whether a triangle shows the mean.</summary>
    internal bool HasMeans { get; init; }

    internal override int Level => 2;

    internal override double[] Xs => _isUpright ? Places : Values;

    internal override double[] Ys => _isUpright ? Values : Places;

    private double[] Places => [.. _places.SelectMany(at => new[] { at - _width / 2, at + _width / 2 })];

    private double[] Values => [.. _boxes.SelectMany(box => box.Beyond.Concat([box.Low, box.High])).Where(double.IsFinite)];

    internal override void Draw(Plot plot, Func<double, double> x, Func<double, double> y)
    {
        foreach (var (i, box) in _boxes.Index())
        {
            if (double.IsNaN(box.Median)) continue;
            double at = _places[i], left = at - _width / 2, right = at + _width / 2;
            if (IsFilled)
            {
                var (a, b) = _isUpright ? (left, box.First) : (box.First, left);
                var (c, d) = _isUpright ? (right, box.Third) : (box.Third, right);
                var filled = plot.Add.Rectangle(x(a), x(c), y(b), y(d));
                (filled.FillColor, filled.LineWidth) = (_cycle[0], 0);
            }
            foreach (var (from, to) in new[] { (left, right), (right, left) }) Line(from, box.First, from, box.Third, ColorNames.Black);
            foreach (double level in new[] { box.First, box.Third }) Line(left, level, right, level, ColorNames.Black);
            foreach (var (end, from) in new[] { (box.Low, box.First), (box.High, box.Third) })
            {
                Line(at, from, at, end, ColorNames.Black);
                Line(at - _width / 4, end, at + _width / 4, end, ColorNames.Black);
            }
            Line(left, box.Median, right, box.Median, _cycle[1 % _cycle.Length]);
            if (HasMeans)
            {
                var (across_, along_) = _isUpright ? (at, _means[i]) : (_means[i], at);
                plot.Add.Plottable(new Points([x(across_)], [y(along_)], '^', [6 * Point], [_cycle[2 % _cycle.Length]]));
            }
            double[] places = [.. box.Beyond.Select(_ => at)];
            var (across, along) = _isUpright ? (places, box.Beyond) : (box.Beyond, places);
            plot.Add.Plottable(new Points(Array.ConvertAll(across, v => x(v)), Array.ConvertAll(along, v => y(v)), 'o', [6 * Point], [ColorNames.Clear],
                new MarkerEdge(ColorNames.Black, null)));
        }

        void Line(double fromPlace, double from, double toPlace, double to, Color color)
        {
            var line = _isUpright ? plot.Add.Line(x(fromPlace), y(from), x(toPlace), y(to)) : plot.Add.Line(x(from), y(fromPlace), x(to), y(toPlace));
            (line.LineColor, line.LineWidth, line.MarkerSize) = (color, (float)Point, 0);
        }
    }
}

/// <summary>A wedge of a pie.</summary>
public sealed class Wedge : Artist
{
    private readonly (double X, double Y) _middle;
    private readonly double _radius, _from, _sweep;
    private Color _color;

    internal Wedge((double X, double Y) middle, double radius, double from, double sweep, Color color, string? label) : base(label) =>
        (_middle, _radius, _from, _sweep, _color) = (middle, radius, from, sweep, color);

    internal override double[] Xs => [.. Arc.Select(angle => _middle.X + _radius * Math.Cos(angle))];

    internal override double[] Ys => [.. Arc.Select(angle => _middle.Y + _radius * Math.Sin(angle))];

    private IEnumerable<double> Arc => Enumerable.Range(0, 33).Select(i => (_from + _sweep * i / 32) * Math.PI / 180);

    /// <summary>The width of the ring from the outside; <c>null</c> for a whole wedge.</summary>
    internal double? Ring { get; init; }

    /// <summary>The edge's colour.</summary>
    internal Color? Edge { get; init; }

    /// <summary>The edge's width in points.</summary>
    internal double EdgeWidth { get; init; } = 1;

    /// <summary>The appearance of wedges from a program's arguments.</summary>
    /// <exception cref="ValueError">A key or a value is invalid.</exception>
    internal static (double? Ring, Color? Edge, double Width, double? Alpha) Looks(Dictionary<string, object>? how)
    {
        string[] known = ["width", "edgecolor", "linewidth", "lw", "alpha"];
        if (how?.Keys.FirstOrDefault(key => !known.Contains(key)) is { } other)
            throw new ValueError($"`wedgeprops` has {string.Join(", ", known)} here. Received: {PythonText.Repr(other)}");
        return (Number("width"), how?.GetValueOrDefault("edgecolor") is string name ? ColorNames.Parse(name) : null, Number("linewidth") ?? Number("lw") ?? 1,
            Number("alpha"));

        double? Number(string key) => how?.GetValueOrDefault(key) is { } value
            ? Convert.ToDouble(value, System.Globalization.CultureInfo.InvariantCulture) : null;
    }

    /// <summary>Sets the colour.</summary>
    public void set_color(Paint color) => _color = color.Only("color");

    internal override void Draw(Plot plot, Func<double, double> x, Func<double, double> y) => plot.Add.Plottable(new Drawn(this));

    internal override LegendItem Legend => Filled(_color);

    private sealed class Drawn(Wedge wedge) : Plottable
    {
        public override void Render(RenderPack rp)
        {
            var (x, y) = wedge._middle;
            Pixel middle = Axes.GetPixel(new Coordinates(x, y)), corner = Axes.GetPixel(new Coordinates(x + wedge._radius, y + wedge._radius));
            float across = Math.Abs(corner.X - middle.X), along = Math.Abs(corner.Y - middle.Y);
            var box = new SKRect(middle.X - across, middle.Y - along, middle.X + across, middle.Y + along);
            using var path = new SKPath();
            float inner = wedge.Ring is { } ring ? (float)Math.Max(0, 1 - ring / wedge._radius) : 0;
            var hole = new SKRect(middle.X - across * inner, middle.Y - along * inner, middle.X + across * inner, middle.Y + along * inner);
            // An arc of a full turn would be empty.
            if (Math.Abs(wedge._sweep) >= 360)
            {
                path.AddOval(box);
                if (inner > 0) path.AddOval(hole, SKPathDirection.CounterClockwise);
            }
            else
            {
                if (inner == 0) path.MoveTo(middle.X, middle.Y);
                path.ArcTo(box, (float)-wedge._from, (float)-wedge._sweep, inner > 0);
                if (inner > 0) path.ArcTo(hole, (float)-(wedge._from + wedge._sweep), (float)wedge._sweep, false);
                path.Close();
            }
            using var paint = new SKPaint { IsAntialias = true, Color = wedge._color.ToSKColor() };
            rp.Canvas.DrawPath(path, paint);
            if (wedge.Edge is not { A: > 0 } edge || wedge.EdgeWidth == 0) return;
            (paint.IsStroke, paint.Color, paint.StrokeWidth, paint.StrokeJoin) = (true, edge.ToSKColor(), (float)(wedge.EdgeWidth * Point), SKStrokeJoin.Round);
            rp.Canvas.DrawPath(path, paint);
        }
    }
}

/// <summary>The result of <c>pie</c>: its wedges, their labels and percentages.</summary>
/// <param name="wedges">The wedges.</param>
/// <param name="texts">The labels.</param>
/// <param name="autotexts">The percentages, where asked for.</param>
public sealed class PieContainer(IReadOnlyList<Wedge> wedges, IReadOnlyList<Text> texts, IReadOnlyList<Text> autotexts)
{
    /// <summary><c>var (wedges, texts) = plt.pie(x);</c>.</summary>
    public void Deconstruct(out IReadOnlyList<Wedge> wedges_, out IReadOnlyList<Text> texts_) => (wedges_, texts_) = (wedges, texts);

    /// <summary><c>var (wedges, texts, autotexts) = plt.pie(x, autopct: "%d");</c>.</summary>
    public void Deconstruct(out IReadOnlyList<Wedge> wedges_, out IReadOnlyList<Text> texts_, out IReadOnlyList<Text> autotexts_) =>
        (wedges_, texts_, autotexts_) = (wedges, texts, autotexts);
}
