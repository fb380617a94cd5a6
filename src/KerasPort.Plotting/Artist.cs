using ScottPlot;

namespace KerasPort.Plotting;

/// <summary>An object drawn into axes, such as a line, a bar or a text.</summary>
public abstract class Artist
{
    /// <summary>Pixels per point in a picture of 100 pixels per inch: sizes are in points, as in matplotlib.</summary>
    internal const double Point = 100 / 72.0;

    private protected Artist(string? label) => Label = label;

    /// <summary>The label in the legend; none where it begins with an underscore.</summary>
    internal string? Label { get; set; }

    /// <summary>The x values that the limits of the axes must include, without margins.</summary>
    internal virtual double[] Xs => [];

    /// <summary>The same for y.</summary>
    internal virtual double[] Ys => [];

    /// <summary>The x values beyond which there is no margin: the edges of a picture.</summary>
    internal virtual double[] StickyXs => [];

    /// <summary>The same for y: the bars' feet.</summary>
    internal virtual double[] StickyYs => [];

    /// <summary>Draws the artist.</summary>
    /// <param name="plot">The plot to draw into.</param>
    /// <param name="x">Converts a value to a coordinate of the plot.</param>
    /// <param name="y">The same for y.</param>
    internal abstract void Draw(Plot plot, Func<double, double> x, Func<double, double> y);

    /// <summary>
    /// The default drawing order, as in matplotlib: pictures (0), surfaces and points (1), lines (2), text (3); equal ones in order of addition.
    /// </summary>
    internal virtual int Level => 1;

    /// <summary>The drawing order that a program set, if any.</summary>
    internal double? ZOrder { get; set; }

    /// <summary>Sets the drawing order: higher numbers are drawn over lower ones.</summary>
    public void set_zorder(double level) => ZOrder = level;

    /// <summary>The artist's symbol in the legend.</summary>
    internal virtual LegendItem? Legend => null;

    /// <summary>A legend's item with a filled area as its symbol.</summary>
    private protected LegendItem Filled(Color color) => new() { LabelText = Label!, FillColor = color, LineWidth = 0, OutlineWidth = 0 };

    /// <summary>Sets the label in the legend.</summary>
    public void set_label(string label) => Label = label;

    /// <summary>Gives a legend's item a marker.</summary>
    private protected static void Mark(LegendItem item, char marker, double size, Color color, MarkerEdge edge = default) =>
        (item.MarkerStyle.CustomRenderer, item.MarkerStyle.IsVisible, item.MarkerSize, item.MarkerColor) =
            (new MarkerSign(marker, edge), true, (float)size, color);

    /// <summary>A colour with an opacity, if one is given; "none" stays none.</summary>
    internal static Color Faded(Color color, double? alpha) => alpha switch
    {
        null => color,
        >= 0 and <= 1 => color.A == 0 ? color : color.WithAlpha(alpha.Value),
        _ => throw new ValueError($"alpha ({PythonText.Repr(alpha)}) is outside 0-1 range"),
    };
}

/// <summary>A line, or markers, or both: the result of <c>plot</c>.</summary>
public sealed class Line2D : Artist
{
    private readonly double[] _xs, _ys;
    private readonly double _width, _size;
    private readonly string _style;
    private readonly char? _marker;
    private readonly double? _alpha;
    private Color _color;

    internal Line2D(double[] xs, double[] ys, string? label, Color color, double width, string style, char? marker, double size, double? alpha) : base(label)
    {
        (_xs, _ys, _color, _width, _style, _marker, _size, _alpha) = (xs, ys, color, width, style, marker, size, alpha);
        _ = Faded(color, alpha);
    }

    internal override int Level => 2;

    /// <summary>The fill colour of the markers, where it isn't the line's.</summary>
    internal Color? MarkerFace { get; init; }

    /// <summary>The edge of the markers.</summary>
    internal MarkerEdge MarkerEdge { get; init; }

    /// <summary>The step between points with a marker.</summary>
    internal int MarkEvery { get; init; } = 1;

    /// <summary>Sets the colour.</summary>
    public void set_color(Paint color) => _color = color.Only("color");

    internal override double[] Xs => _xs;

    internal override double[] Ys => _ys;

    internal override void Draw(Plot plot, Func<double, double> x, Func<double, double> y)
    {
        double[] xs = Array.ConvertAll(_xs, v => x(v)), ys = Array.ConvertAll(_ys, v => y(v));
        var color = Faded(_color, _alpha);
        plot.Add.Plottable(new Polyline(xs, ys, color, _width * Point, _style));
        if (_marker is not { } marker) return;
        (xs, ys) = ([.. xs.Where((_, i) => i % MarkEvery == 0)], [.. ys.Where((_, i) => i % MarkEvery == 0)]);
        plot.Add.Plottable(new Points(xs, ys, marker, [_size * Point], [Face], MarkerEdge with { Color = MarkerEdge.Color ?? color }));
    }

    private Color Face => Faded(MarkerFace ?? _color, _alpha);

    internal override LegendItem Legend
    {
        get
        {
            var color = Faded(_color, _alpha);
            var item = new LegendItem { LabelText = Label!, LineColor = color, LineWidth = _style is "" ? 0 : (float)(_width * Point) };
            item.LinePattern = LineFormat.PatternOf(_style, _width * Point);
            if (_marker is { } marker) Mark(item, marker, _size * Point, Face, MarkerEdge with { Color = MarkerEdge.Color ?? color });
            return item;
        }
    }
}

/// <summary>Points of many colours and sizes: the result of <c>scatter</c>.</summary>
public sealed class PathCollection : Artist, IMapped
{
    private readonly double[] _xs, _ys, _sizes;
    private readonly char _marker;
    private readonly Paint _paint;
    private readonly MarkerEdge _edge;
    private readonly double? _alpha;

    internal PathCollection(double[] xs, double[] ys, double[] areas, char marker, Paint paint, MarkerEdge edge, double? alpha, string? label) : base(label)
    {
        (_xs, _ys, _marker, _paint, _edge, _alpha) = (xs, ys, marker, paint, edge, alpha);
        _sizes = Array.ConvertAll(areas, area => Math.Sqrt(area) * Point);
        if (_paint.Values is { } values && values.Length != xs.Length || _paint.Colors is { Length: > 1 } colors && colors.Length != xs.Length)
            throw new ValueError($"'c' argument has {_paint.Values?.Length ?? _paint.Colors!.Length} elements, which is inconsistent with 'x' and "
                + $"'y' with size {xs.Length}.");
        _ = Faded(default, alpha);
    }

    internal Shades Shades { get; init; } = null!;

    Shades IMapped.Shades => Shades;

    internal override double[] Xs => _xs;

    internal override double[] Ys => _ys;

    internal override void Draw(Plot plot, Func<double, double> x, Func<double, double> y)
    {
        Color[] colors = _paint.Colors ?? Array.ConvertAll(_paint.Values!, Shades.Of);
        colors = Array.ConvertAll(colors, color => Faded(color, _alpha));
        plot.Add.Plottable(new Points(Array.ConvertAll(_xs, v => x(v)), Array.ConvertAll(_ys, v => y(v)), _marker, _sizes, colors, _edge));
    }

    internal override LegendItem Legend
    {
        get
        {
            var color = Faded(_paint.Colors is [var first, ..] ? first : Shades.Of(_paint.Values!.DefaultIfEmpty(0).First()), _alpha);
            var item = new LegendItem { LabelText = Label!, LineWidth = 0 };
            Mark(item, _marker, _sizes.DefaultIfEmpty(6).First(), color, _edge);
            return item;
        }
    }
}

/// <summary>An artist that is coloured by a colour map, and so can have a colour bar.</summary>
internal interface IMapped
{
    Shades Shades { get; }
}

/// <summary>Turns numbers into colours: the smallest and the largest number, and the map between them.</summary>
internal sealed class Shades(double least, double largest, Colormap map)
{
    public double Least { get; } = least;

    public double Largest { get; } = largest;

    public Colormap Map { get; set; } = map;

    /// <summary>The boundaries of ranges that have one colour each, if given.</summary>
    public double[]? Levels { get; init; }

    /// <param name="values">The values to colour.</param>
    /// <param name="least">The number for the first colour; by default the smallest of the values.</param>
    /// <param name="largest">The number for the last colour; by default the largest of the values.</param>
    /// <param name="map">The map.</param>
    public static Shades Over(double[] values, double? least, double? largest, Colormap map)
    {
        double[] finite = [.. values.Where(double.IsFinite)];
        return new Shades(least ?? finite.DefaultIfEmpty(0).Min(), largest ?? finite.DefaultIfEmpty(1).Max(), map);
    }

    /// <summary>The colour of a number. As in matplotlib, the first colour where all numbers are equal, and none for NaN and infinity.</summary>
    public Color Of(double value)
    {
        if (double.IsNaN(value)) return ColorNames.Clear;
        if (Levels is { Length: > 1 } levels)
        {
            int at = Math.Clamp(Array.FindLastIndex(levels, level => level <= value), 0, levels.Length - 2);
            value = (levels[at] + levels[at + 1]) / 2;
        }
        return Map.At(Largest > Least ? (value - Least) / (Largest - Least) : 0);
    }
}
