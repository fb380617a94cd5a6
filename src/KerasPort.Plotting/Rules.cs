using ScottPlot;

namespace KerasPort.Plotting;

/// <summary>Lines across the axes, or between two values: the result of <c>axhline</c>, <c>axvline</c>, <c>hlines</c> and <c>vlines</c>.</summary>
public sealed class Rule : Artist
{
    private readonly double[] _at;
    private readonly (double From, double To)[]? _between;
    private readonly bool _isVertical;
    private readonly Color[] _colors;
    private readonly string _style;
    private readonly double _width;

    internal Rule(double[] at, (double From, double To)[]? between, bool isVertical, Color[] colors, string style, double width, string? label) : base(label) =>
        (_at, _between, _isVertical, _colors, _style, _width) = (at, between, isVertical, colors, style, width);

    /// <summary>The ends of a line across the axes, as fractions of them.</summary>
    internal (double From, double To) Share { get; init; } = (0, 1);

    internal override int Level => 2;

    internal override double[] Xs => _isVertical ? _at : Ends;

    internal override double[] Ys => _isVertical ? Ends : _at;

    private double[] Ends => _between is { } ends ? [.. ends.SelectMany(end => new[] { end.From, end.To })] : [];

    internal override void Draw(Plot plot, Func<double, double> x, Func<double, double> y)
    {
        var limits = plot.Axes.GetLimits();
        var (along, across) = _isVertical ? (x, y) : (y, x);
        double Part(double share) => _isVertical ? limits.Bottom + share * (limits.Top - limits.Bottom) : limits.Left + share * (limits.Right - limits.Left);
        for (int i = 0; i < _at.Length; i++)
        {
            var (from, to) = _between is { } ends ? (across(ends[i].From), across(ends[i].To)) : (Part(Share.From), Part(Share.To));
            double at = along(_at[i]);
            var (xs, ys) = _isVertical ? ((double[])[at, at], (double[])[from, to]) : ([from, to], [at, at]);
            plot.Add.Plottable(new Polyline(xs, ys, _colors[i % _colors.Length], _width * Point, _style));
        }
    }

    internal override LegendItem Legend => new()
    {
        LabelText = Label!, LineColor = _colors[0], LineWidth = (float)(_width * Point), LinePattern = LineFormat.PatternOf(_style, _width * Point),
    };
}

/// <summary>An endless line: the result of <c>axline</c>.</summary>
public sealed class SlopedRule : Artist
{
    private readonly (double X, double Y) _through, _way;
    private readonly Color _color;
    private readonly string _style;
    private readonly double _width;

    internal SlopedRule((double, double) through, (double, double) way, Color color, string style, double width, string? label) : base(label) =>
        (_through, _way, _color, _style, _width) = (through, way, color, style, width);

    internal override int Level => 2;

    internal override double[] Xs => [_through.X];

    internal override double[] Ys => [_through.Y];

    internal override void Draw(Plot plot, Func<double, double> x, Func<double, double> y)
    {
        var limits = plot.Axes.GetLimits();
        var (from, to) = (limits.Left, limits.Right);
        // A vertical line has no y at an x.
        var (xs, ys) = _way.X == 0 ? ((double[])[x(_through.X), x(_through.X)], (double[])[limits.Bottom, limits.Top]) : ([from, to], [At(from), At(to)]);
        plot.Add.Plottable(new Polyline(xs, ys, _color, _width * Point, _style));

        double At(double place) => y(_through.Y) + (place - x(_through.X)) * _way.Y / _way.X;
    }

    internal override LegendItem Legend => new()
    {
        LabelText = Label!, LineColor = _color, LineWidth = (float)(_width * Point), LinePattern = LineFormat.PatternOf(_style, _width * Point),
    };
}

/// <summary>Text and its appearance.</summary>
internal readonly record struct Wording(string Text, double Size, Color Color, bool IsBold, bool IsItalic = false)
{
    /// <summary>Text and its appearance from a program's arguments.</summary>
    /// <exception cref="ValueError">A size, a colour or a weight is invalid.</exception>
    public static Wording Of(string text, double size, Series? fontsize, Paint? color, string? fontweight, double? alpha = null, string? style = null)
    {
        if (text is null) throw new ValueError("None values not supported: a text is needed.");
        if (style is not (null or "normal" or "italic" or "oblique"))
            throw new ValueError($"`style` must be 'normal' or 'italic'. Received: {PythonText.Repr(style)}");
        return new Wording(text, SizeOf(fontsize, size), Artist.Faded(color?.Only("color") ?? ColorNames.Black, alpha), fontweight switch
        {
            null or "normal" or "regular" or "light" => false,
            "bold" or "heavy" or "semibold" or "demibold" => true,
            _ => throw new ValueError($"`fontweight` must be 'normal' or 'bold' here. Received: {PythonText.Repr(fontweight)}"),
        }, style is "italic" or "oblique");
    }

    /// <summary>A font size in points, or by name.</summary>
    public static double SizeOf(Series? size, double without) => size switch
    {
        null => without,
        { Text: null, Values: [> 0 and < 1000 and var points] } => points,
        { Text: "xx-small" } => 5.79,
        { Text: "x-small" } => 6.94,
        { Text: "small" } => 8.33,
        { Text: "medium" } => 10,
        { Text: "large" } => 12,
        { Text: "x-large" } => 14.4,
        { Text: "xx-large" } => 17.28,
        _ => throw new ValueError($"`fontsize` must be a number of points, or a name from 'xx-small' to 'xx-large'. Received: "
            + $"{PythonText.Repr(size.Text ?? (object)size.Values)}"),
    };
}
