using System.Globalization;
using ScottPlot;
using SkiaSharp;

namespace KerasPort.Plotting;

/// <summary>The coordinate system of a position: for <c>text(…, transform: ax.transAxes)</c>.</summary>
public enum AxesTransform
{
    /// <summary>Values on both axes.</summary>
    Data,

    /// <summary>Fractions of the axes, from (0, 0) at the bottom left to (1, 1).</summary>
    Axes,
}

/// <summary>A box around text.</summary>
/// <param name="Face">The fill colour.</param>
/// <param name="Edge">The edge's colour.</param>
/// <param name="Width">The edge's width in points.</param>
/// <param name="Pad">The distance to the text: in points, or for a box with a style in multiples of the font size.</param>
/// <param name="IsRound">Whether the corners are round.</param>
/// <param name="IsOfLetters">Whether the distance is in multiples of the font size.</param>
internal sealed record TextBox(Color Face, Color Edge, double Width, double Pad, bool IsRound, bool IsOfLetters)
{
    private const double Standard = 4, OfLetters = 0.3;

    /// <exception cref="ValueError">A key or a value is invalid.</exception>
    public static TextBox Of(Dictionary<string, object> how)
    {
        string[] known = ["boxstyle", "facecolor", "fc", "edgecolor", "ec", "color", "alpha", "pad", "lw", "linewidth"];
        if (how.Keys.FirstOrDefault(key => !known.Contains(key)) is { } other)
            throw new ValueError($"`bbox` has {string.Join(", ", known)} here. Received: {PythonText.Repr(other)}");
        string[] style = how.TryGetValue("boxstyle", out var asked) ? ((string)asked).Split(",", StringSplitOptions.TrimEntries) : [];
        if (style is [not ("square" or "round"), ..])
            throw new ValueError($"`boxstyle` must be 'square' or 'round', 'round,pad=0.5', here. Received: {PythonText.Repr(style[0])}");
        double pad = style.Length > 0 ? OfLetters : Number("pad", Standard);
        foreach (string setting in style.Skip(1))
        {
            if (!setting.StartsWith("pad=", StringComparison.Ordinal)
                || !double.TryParse(setting[4..], NumberStyles.Float, CultureInfo.InvariantCulture, out pad))
                throw new ValueError($"a `boxstyle` has `pad` here, 'round,pad=0.5'. Received: {PythonText.Repr(setting)}");
        }
        double? alpha = how.ContainsKey("alpha") ? Number("alpha", 1) : null;
        Color face = Colored(ColorNames.Cycle[0], "facecolor", "fc", "color"), edge = Colored(ColorNames.Black, "edgecolor", "ec", "color");
        return new TextBox(Artist.Faded(face, alpha), Artist.Faded(edge, alpha), Number("lw", Number("linewidth", 1)), pad, style is ["round", ..],
            style.Length > 0);

        Color Colored(Color without, params string[] keys) =>
            keys.Select(key => how.GetValueOrDefault(key) as string).FirstOrDefault(name => name is not null) is not { } name ? without
                : name == "none" ? ColorNames.Clear : ColorNames.Parse(name);

        double Number(string key, double without) => how.TryGetValue(key, out var value) ? Convert.ToDouble(value, CultureInfo.InvariantCulture) : without;
    }

    /// <summary>Draws the box around a text of a given size and centre, with its rotation.</summary>
    public void Draw(SKCanvas canvas, double x, double y, double width, double height, double letters, double rotation)
    {
        float gap = (float)((IsOfLetters ? Pad * letters : Pad) * Artist.Point);
        var box = new SKRect((float)(x - width / 2) - gap, (float)(y - height / 2) - gap, (float)(x + width / 2) + gap, (float)(y + height / 2) + gap);
        float corner = IsRound ? gap : 0;
        canvas.Save();
        canvas.RotateDegrees(-(float)rotation, (float)x, (float)y);
        using var fill = new SKPaint { IsAntialias = true, Color = Face.ToSKColor() };
        canvas.DrawRoundRect(box, corner, corner, fill);
        using var line = new SKPaint
        {
            IsAntialias = true, Color = Edge.ToSKColor(), IsStroke = true, StrokeWidth = (float)(Width * Artist.Point),
        };
        if (Width > 0) canvas.DrawRoundRect(box, corner, corner, line);
        canvas.Restore();
    }
}
