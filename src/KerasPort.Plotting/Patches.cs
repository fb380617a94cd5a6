using System.Collections;
using ScottPlot;

namespace KerasPort.Plotting;

/// <summary>Bars: what <c>bar</c>, <c>barh</c> and <c>hist</c> give. <c>bars[3].set_color("red")</c> changes one.</summary>
public sealed class BarContainer : Artist, IReadOnlyList<Rectangle>
{
    private readonly Rectangle[] _bars;
    private readonly bool _isHorizontal;

    internal BarContainer(Rectangle[] bars, bool isHorizontal, string? label) : base(label) => (_bars, _isHorizontal) = (bars, isHorizontal);

    /// <inheritdoc/>
    public int Count => _bars.Length;

    /// <summary>A bar; -1 is the last.</summary>
    /// <exception cref="ValueError">There is none of that number.</exception>
    public Rectangle this[int index] => index >= -Count && index < Count ? _bars[index < 0 ? index + Count : index]
        : throw new ValueError($"tuple index out of range: there are {Count} bars. Received: {index}");

    /// <inheritdoc/>
    public IEnumerator<Rectangle> GetEnumerator() => ((IEnumerable<Rectangle>)_bars).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    internal override double[] Xs => _isHorizontal ? Along : Across;

    internal override double[] Ys => _isHorizontal ? Across : Along;

    internal override double[] StickyXs => _isHorizontal ? Feet : [];

    internal override double[] StickyYs => _isHorizontal ? [] : Feet;

    private double[] Across => [.. _bars.SelectMany(bar => new[] { bar.Middle - bar.Width / 2, bar.Middle + bar.Width / 2 })];

    private double[] Along => [.. _bars.SelectMany(bar => new[] { bar.Foot, bar.Top }).Where(double.IsFinite)];

    private double[] Feet => [.. _bars.Select(bar => bar.Foot)];

    internal override void Draw(Plot plot, Func<double, double> x, Func<double, double> y)
    {
        var (across, along) = _isHorizontal ? (y, x) : (x, y);
        foreach (var bar in _bars)
        {
            double from = across(bar.Middle - bar.Width / 2), to = across(bar.Middle + bar.Width / 2), top = along(bar.Top), foot = along(bar.Foot);
            if (!double.IsFinite(top)) continue;
            // On a logarithmic axis what begins at 0 begins far below.
            if (!double.IsFinite(foot)) foot = top - 100;
            var rect = _isHorizontal ? new CoordinateRect(Math.Min(foot, top), Math.Max(foot, top), Math.Min(from, to), Math.Max(from, to))
                : new CoordinateRect(Math.Min(from, to), Math.Max(from, to), Math.Min(foot, top), Math.Max(foot, top));
            var drawn = plot.Add.Rectangle(rect);
            (drawn.FillColor, drawn.LineColor, drawn.LineWidth) = (bar.Fill, bar.Edge ?? bar.Fill, bar.Edge is null ? 0 : (float)(bar.EdgeWidth * Point));
        }
    }

    internal override LegendItem? Legend => _bars.Length == 0 ? null
        : new LegendItem
        {
            LabelText = Label!, FillColor = _bars[0].Fill, LineWidth = 0, OutlineWidth = _bars[0].Edge is null ? 0 : 1,
            OutlineColor = _bars[0].Edge ?? _bars[0].Fill
        };
}

/// <summary>One bar.</summary>
public sealed class Rectangle
{
    internal Rectangle(double middle, double width, double foot, double top, Color fill, Color? edge, double edgeWidth) =>
        (Middle, Width, Foot, Top, Fill, Edge, EdgeWidth) = (middle, width, foot, top, fill, edge, edgeWidth);

    internal double Middle { get; }

    internal double Width { get; }

    internal double Foot { get; }

    internal double Top { get; }

    internal Color Fill { get; private set; }

    internal Color? Edge { get; private set; }

    internal double EdgeWidth { get; }

    /// <summary>Another colour, of its edge too.</summary>
    public void set_color(Paint color)
    {
        Fill = color.Only("color");
        if (Edge is not null) Edge = Fill;
    }

    /// <summary>Another colour within its edge.</summary>
    public void set_facecolor(Paint color) => Fill = color.Only("color");

    /// <summary>Its height.</summary>
    public double get_height() => Top - Foot;
}

/// <summary>What lies between two lines.</summary>
public sealed class PolyCollection : Artist
{
    private readonly double[] _xs, _lower, _upper;
    private readonly Color _color;

    internal PolyCollection(double[] xs, double[] lower, double[] upper, Color color, string? label) : base(label) =>
        (_xs, _lower, _upper, _color) = (xs, lower, upper, color);

    /// <summary>For which of its places it holds that it is filled; all without.</summary>
    internal bool[]? Where { get; init; }

    internal override double[] Xs => _xs;

    internal override double[] Ys => [.. _lower, .. _upper];

    internal override void Draw(Plot plot, Func<double, double> x, Func<double, double> y)
    {
        for (int first = 0, end; first < _xs.Length; first = end + 1)
        {
            end = first;
            while (end < _xs.Length && (Where is null || Where[end])) end++;
            if (end - first < 2) continue;
            var between = plot.Add.FillY(Array.ConvertAll(_xs[first..end], v => x(v)), Array.ConvertAll(_lower[first..end], v => y(v)),
                Array.ConvertAll(_upper[first..end], v => y(v)));
            (between.FillColor, between.LineWidth, between.MarkerSize) = (_color, 0, 0);
        }
    }

    internal override LegendItem Legend => new() { LabelText = Label!, FillColor = _color, LineWidth = 0, OutlineWidth = 0 };
}
