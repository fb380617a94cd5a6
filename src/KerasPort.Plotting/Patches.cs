using System.Collections;
using ScottPlot;
using SkiaSharp;

namespace KerasPort.Plotting;

/// <summary>Bars: the result of <c>bar</c>, <c>barh</c> and <c>hist</c>. <c>bars[3].set_color("red")</c> changes one.</summary>
public sealed class BarContainer : Artist, IReadOnlyList<Rectangle>
{
    private readonly Rectangle[] _bars;

    internal BarContainer(Rectangle[] bars, bool isHorizontal, string? label) : base(label) => (_bars, IsHorizontal) = (bars, isHorizontal);

    /// <summary>Whether the bars are horizontal.</summary>
    internal bool IsHorizontal { get; }

    /// <summary>The errors of their lengths, if given.</summary>
    internal Reach? Reach { get; set; }

    /// <summary>Whether they are drawn as one area with one line around it.</summary>
    internal bool IsOutline { get; init; }

    /// <inheritdoc/>
    public int Count => _bars.Length;

    /// <summary>The bar at an index; -1 is the last.</summary>
    /// <exception cref="ValueError">The index is out of range.</exception>
    public Rectangle this[int index] => index >= -Count && index < Count ? _bars[index < 0 ? index + Count : index]
        : throw new ValueError($"tuple index out of range: there are {Count} bars. Received: {index}");

    /// <inheritdoc/>
    public IEnumerator<Rectangle> GetEnumerator() => ((IEnumerable<Rectangle>)_bars).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    internal override double[] Xs => IsHorizontal ? Along : Across;

    internal override double[] Ys => IsHorizontal ? Across : Along;

    internal override double[] StickyXs => IsHorizontal ? Feet : [];

    internal override double[] StickyYs => IsHorizontal ? [] : Feet;

    private double[] Across => [.. _bars.SelectMany(bar => new[] { bar.Middle - bar.Width / 2, bar.Middle + bar.Width / 2 })];

    private double[] Along => [.. _bars.SelectMany(bar => new[] { bar.Foot, bar.Top }).Where(double.IsFinite)];

    private double[] Feet => [.. _bars.Select(bar => bar.Foot)];

    internal override void Draw(Plot plot, Func<double, double> x, Func<double, double> y)
    {
        var (across, along) = IsHorizontal ? (y, x) : (x, y);
        if (IsOutline)
        {
            DrawOutline(plot, across, along);
            return;
        }
        foreach (var bar in _bars)
        {
            double from = across(bar.Middle - bar.Width / 2), to = across(bar.Middle + bar.Width / 2), top = along(bar.Top), foot = along(bar.Foot);
            if (!double.IsFinite(top)) continue;
            // On a logarithmic axis a bar from 0 begins far below.
            if (!double.IsFinite(foot)) foot = top - 100;
            plot.Add.Plottable(new Drawn(bar, IsHorizontal ? new(foot, from) : new(from, foot), IsHorizontal ? new(top, to) : new(to, top)));
        }
    }

    /// <summary>A bar between opposite corners, on whole pixels, so that nothing shows between two that touch.</summary>
    private sealed class Drawn(Rectangle bar, Coordinates from, Coordinates to) : Plottable
    {
        public override void Render(RenderPack rp)
        {
            Pixel one = Axes.GetPixel(from), other = Axes.GetPixel(to);
            var rect = new SKRect(Whole(Math.Min(one.X, other.X)), Whole(Math.Min(one.Y, other.Y)), Whole(Math.Max(one.X, other.X)),
                Whole(Math.Max(one.Y, other.Y)));
            using var paint = new SKPaint { IsAntialias = true, Color = bar.Fill.ToSKColor() };
            rp.Canvas.DrawRect(rect, paint);
            if (bar.Edge is not { A: > 0 } edge || bar.EdgeWidth == 0) return;
            (paint.IsStroke, paint.Color, paint.StrokeWidth) = (true, edge.ToSKColor(), (float)(bar.EdgeWidth * Point));
            rp.Canvas.DrawRect(rect, paint);

            // Whole pixels of the picture, whatever its resolution.
            float Whole(float at)
            {
                float scale = rp.Canvas.TotalMatrix.ScaleX is > 0 and var given ? given : 1;
                return MathF.Round(Math.Clamp(at, -1e5f, 1e5f) * scale) / scale;
            }
        }
    }

    /// <summary>The bars' corners, which the legend avoids.</summary>
    internal IEnumerable<(double Left, double Right, double Bottom, double Top)> Boxes => _bars.Select(bar =>
        (bar.get_x(), bar.get_x() + bar.get_width(), bar.get_y(), bar.get_y() + bar.get_height()));

    private void DrawOutline(Plot plot, Func<double, double> across, Func<double, double> along)
    {
        if (_bars.Length == 0) return;
        var (places, tops, feet) = (new List<double>(), new List<double>(), new List<double>());
        foreach (var bar in _bars)
        {
            double top = along(bar.Top), foot = along(bar.Foot);
            if (!double.IsFinite(foot)) foot = double.IsFinite(top) ? top - 100 : 0;
            places.AddRange([across(bar.Middle - bar.Width / 2), across(bar.Middle + bar.Width / 2)]);
            tops.AddRange([Math.Max(top, foot), Math.Max(top, foot)]);
            feet.AddRange([foot, foot]);
        }
        double[] at = [places[0], .. places, .. Enumerable.Reverse(places)], up = [feet[0], .. tops, .. Enumerable.Reverse(feet)];
        var surface = plot.Add.Polygon(IsHorizontal ? up : at, IsHorizontal ? at : up);
        (surface.FillColor, surface.LineWidth, surface.MarkerSize) = (_bars[0].Fill, 0, 0);
        // The line is drawn along the tops alone.
        if (_bars[0].Edge is not { } edge) return;
        double[] line = [places[0], .. places, places[^1]], heights = [feet[0], .. tops, feet[^1]];
        var drawn = plot.Add.ScatterLine(IsHorizontal ? heights : line, IsHorizontal ? line : heights, edge);
        drawn.LineWidth = (float)(_bars[0].EdgeWidth * Point);
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

    /// <summary>Sets the colour of fill and edge.</summary>
    public void set_color(Paint color)
    {
        Fill = color.Only("color");
        if (Edge is not null) Edge = Fill;
    }

    /// <summary>Sets the fill colour.</summary>
    public void set_facecolor(Paint color) => Fill = color.Only("color");

    /// <summary>Whether the bar is horizontal.</summary>
    internal bool IsLying { get; init; }

    /// <summary>Its height.</summary>
    public double get_height() => IsLying ? Width : Top - Foot;

    /// <summary>The bar's width.</summary>
    public double get_width() => IsLying ? Top - Foot : Width;

    /// <summary>The x of the bar's left side.</summary>
    public double get_x() => IsLying ? Foot : Middle - Width / 2;

    /// <summary>The y of the bar's lower side.</summary>
    public double get_y() => IsLying ? Middle - Width / 2 : Foot;
}

/// <summary>The filled area between two curves.</summary>
public sealed class PolyCollection : Artist
{
    private readonly double[] _xs, _lower, _upper;
    private readonly Color _color;

    internal PolyCollection(double[] xs, double[] lower, double[] upper, Color color, string? label) : base(label) =>
        (_xs, _lower, _upper, _color) = (xs, lower, upper, color);

    /// <summary>Whether each position is filled; <c>null</c> for all.</summary>
    internal bool[]? Where { get; init; }

    /// <summary>Whether the positions are x values and the area lies between y values.</summary>
    internal bool IsUpright { get; init; } = true;

    /// <summary>Whether the area lies on another one or on the axis, so that there is no margin below.</summary>
    internal bool IsStacked { get; init; }

    internal override double[] StickyYs => IsStacked ? [0] : [];

    internal override double[] Xs => IsUpright ? _xs : [.. _lower, .. _upper];

    internal override double[] Ys => IsUpright ? [.. _lower, .. _upper] : _xs;

    internal override void Draw(Plot plot, Func<double, double> x, Func<double, double> y)
    {
        for (int first = 0, end; first < _xs.Length; first = end + 1)
        {
            end = first;
            while (end < _xs.Length && (Where is null || Where[end]) && double.IsFinite(_lower[end]) && double.IsFinite(_upper[end])) end++;
            if (end - first < 2) continue;
            double[] along = [.. _xs[first..end], .. Enumerable.Reverse(_xs[first..end])];
            double[] across = [.. _lower[first..end], .. Enumerable.Reverse(_upper[first..end])];
            var (right, up) = IsUpright ? (along, across) : (across, along);
            var between = plot.Add.Polygon(Array.ConvertAll(right, v => x(v)), Array.ConvertAll(up, v => y(v)));
            (between.FillColor, between.LineWidth, between.MarkerSize) = (_color, 0, 0);
        }
    }

    internal override LegendItem Legend => Filled(_color);
}
