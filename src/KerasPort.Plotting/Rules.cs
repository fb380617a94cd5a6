using ScottPlot;

namespace KerasPort.Plotting;

/// <summary>
/// A line across the axes at one value, or from one value to another: what <c>axhline</c>, <c>axvline</c>, <c>hlines</c> and <c>vlines</c> give.
/// </summary>
public sealed class Rule : Artist
{
    private readonly double[] _at;
    private readonly (double From, double To)? _between;
    private readonly bool _isVertical;
    private readonly Color _color;
    private readonly string _style;
    private readonly double _width;

    internal Rule(double[] at, (double From, double To)? between, bool isVertical, Color color, string style, double width, string? label) : base(label) =>
        (_at, _between, _isVertical, _color, _style, _width) = (at, between, isVertical, color, style, width);

    internal override int Level => 2;

    internal override double[] Xs => _isVertical ? _at : Ends;

    internal override double[] Ys => _isVertical ? Ends : _at;

    private double[] Ends => _between is { } ends ? [ends.From, ends.To] : [];

    internal override void Draw(Plot plot, Func<double, double> x, Func<double, double> y)
    {
        foreach (double at in _at)
        {
            var pattern = LineFormat.PatternOf(_style, _width * Point);
            if (_between is { } ends)
            {
                var line = _isVertical ? plot.Add.Line(x(at), y(ends.From), x(at), y(ends.To)) : plot.Add.Line(x(ends.From), y(at), x(ends.To), y(at));
                (line.LineColor, line.LineWidth, line.LinePattern, line.MarkerSize) = (_color, (float)(_width * Point), pattern, 0);
            }
            else if (_isVertical)
            {
                plot.Add.VerticalLine(x(at), (float)(_width * Point), _color, pattern);
            }
            else
            {
                plot.Add.HorizontalLine(y(at), (float)(_width * Point), _color, pattern);
            }
        }
    }

    internal override LegendItem Legend => new()
    {
        LabelText = Label!, LineColor = _color, LineWidth = (float)(_width * Point), LinePattern = LineFormat.PatternOf(_style, _width * Point),
    };
}

/// <summary>Words and how they look.</summary>
internal readonly record struct Wording(string Text, double Size, Color Color, bool IsBold)
{
    /// <summary>Words as a program asks for them.</summary>
    /// <exception cref="ValueError">A size, a colour or a weight isn't one.</exception>
    public static Wording Of(string text, double size, Series? fontsize, Paint? color, string? fontweight)
    {
        if (text is null) throw new ValueError("None values not supported: a text is needed.");
        return new Wording(text, SizeOf(fontsize, size), color?.Only("color") ?? ColorNames.Black, fontweight switch
        {
            null or "normal" or "regular" => false,
            "bold" or "heavy" or "semibold" => true,
            _ => throw new ValueError($"`fontweight` must be 'normal' or 'bold' here. Received: {PythonText.Repr(fontweight)}"),
        });
    }

    /// <summary>A size in points, or a name of one.</summary>
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
