using ScottPlot;
using SkiaSharp;

namespace KerasPort.Plotting;

/// <summary>One side of a frame: ticks, their labels and the axis label, at matplotlib's distances, in points.</summary>
/// <param name="edge">The side.</param>
/// <param name="ticks">The ticks: minor ones are short and have no label.</param>
/// <param name="rotation">The rotation of labels.</param>
/// <param name="name">The axis label.</param>
/// <param name="power">The power of ten by which all labels are to be multiplied.</param>
/// <param name="look">Sizes and colours.</param>
internal sealed class AxisSide(Edge edge, Tick[] ticks, double rotation, Wording? name, string power, AxisLook look)
{
    public const double TickLength = 3.5, LineWidth = 0.8, NameGap = 4;

    private const double MinorLength = 2, LabelGap = 3.5;

    private readonly Wording _letters = new("", look.Size, look.Letters, false);

    private bool IsUpright => edge is Edge.Left or Edge.Right;

    /// <summary>The extent outwards from the frame, in pixels.</summary>
    public double Depth(Lettering letters) => Labels(letters) + (power is not "" && !IsUpright && name is null ? 8 + Lettering.Height(power, look.Size) / 2 : 0)
        + (name is { } words ? look.NameGap * Artist.Point + Lettering.Height(words.Text, words.Size) * 1.17 : 0);

    /// <summary>How far the tick labels extend past the side's start and end, in pixels.</summary>
    /// <param name="letters">The renderer of text.</param>
    /// <param name="box">The frame.</param>
    /// <param name="place">The position of a tick along the side.</param>
    public (double Before, double After) Beyond(Lettering letters, PixelRect box, Func<double, double> place)
    {
        double before = 0, after = 0;
        foreach (var tick in ticks.Where(tick => tick.Label.Length > 0))
        {
            var (width, height) = Room(letters, tick.Label);
            double at = place(tick.Position), middle = IsUpright ? at : at - look.Side * width / 2, half = (IsUpright ? height : width) / 2;
            // Left to right, and top to bottom.
            var (begin, end) = IsUpright ? (box.Top, box.Bottom) : (box.Left, box.Right);
            (before, after) = (Math.Max(before, begin - (middle - half)), Math.Max(after, middle + half - end));
        }
        before = Math.Max(before, PowerHeight);
        return (before, after);
    }

    /// <summary>How far the power of ten extends above a vertical axis, in pixels.</summary>
    public double PowerHeight => power is not "" && IsUpright ? 10 + Lettering.Height(power, look.Size) / 2 : 0;

    /// <summary>Draws the side.</summary>
    /// <param name="canvas">The canvas.</param>
    /// <param name="letters">The renderer of text.</param>
    /// <param name="box">The frame.</param>
    /// <param name="place">The position of a tick along the side.</param>
    public void Draw(SKCanvas canvas, Lettering letters, PixelRect box, Func<double, double> place)
    {
        using var paint = Pen(canvas, look.Lines, LineWidth);
        int sign = edge is Edge.Left or Edge.Top ? -1 : 1;
        double frame = edge switch { Edge.Left => box.Left, Edge.Right => box.Right, Edge.Top => box.Top, _ => box.Bottom };
        foreach (var tick in ticks)
        {
            double length = tick.IsMajor ? look.Length : Math.Min(look.Length, MinorLength);
            double at = Math.Floor(place(tick.Position)) + 0.5, end = frame + sign * length * Artist.Point;
            if (look.Length == 0) { }
            else if (IsUpright) canvas.DrawLine((float)frame, (float)at, (float)end, (float)at, paint);
            else canvas.DrawLine((float)at, (float)frame, (float)at, (float)end, paint);
            if (tick.Label.Length == 0) continue;
            var (width, height) = Room(letters, tick.Label);
            double beside = frame + sign * ((look.Length + LabelGap) * Artist.Point + (IsUpright ? width : height) / 2);
            letters.Draw(canvas, tick.Label, IsUpright ? beside : at - look.Side * width / 2, IsUpright ? at : beside, _letters, rotation);
        }
        double outer = frame + sign * Labels(letters);
        if (power is not "")
        {
            double half = letters.Width(power, look.Size) / 2;
            if (edge == Edge.Bottom) letters.Draw(canvas, power, box.Right - half, outer + 8, _letters);
            else letters.Draw(canvas, power, edge == Edge.Left ? box.Left + half : box.Right + half, box.Top - 10, _letters);
        }
        if (name is not { } words) return;
        double middle = outer + sign * (look.NameGap * Artist.Point + Lettering.Height(words.Text, words.Size) * 1.17 / 2);
        letters.Draw(canvas, words.Text, IsUpright ? middle : box.HorizontalCenter, IsUpright ? box.VerticalCenter : middle, words, IsUpright ? 90 : 0);
    }

    /// <summary>The pen for frames and ticks: without antialiasing, on whole pixels, unless the line is thinner than a pixel.</summary>
    public static SKPaint Pen(SKCanvas canvas, Color color, double width) =>
        new() { IsAntialias = canvas.TotalMatrix.ScaleX < 1, IsStroke = true, StrokeWidth = (float)(width * Artist.Point), Color = color.ToSKColor() };

    private double Labels(Lettering letters)
    {
        if (ticks.Length == 0) return 0;
        var rooms = ticks.Where(tick => tick.Label.Length > 0).Select(tick => Room(letters, tick.Label));
        double deepest = rooms.Select(room => IsUpright ? room.Width : room.Height).DefaultIfEmpty(0).Max();
        return look.Length * Artist.Point + (deepest > 0 ? LabelGap * Artist.Point + deepest : 0);
    }

    /// <summary>The size of rotated text, in pixels.</summary>
    private (double Width, double Height) Room(Lettering letters, string label)
    {
        double width = letters.Width(label, look.Size), height = Lettering.Height(label, look.Size);
        double sin = Math.Abs(Math.Sin(rotation * Math.PI / 180)), cos = Math.Abs(Math.Cos(rotation * Math.PI / 180));
        return (width * cos + height * sin, width * sin + height * cos);
    }
}

/// <summary>The appearance of ticks and their labels.</summary>
/// <param name="Size">The labels' font size in points.</param>
/// <param name="Letters">The labels' colour.</param>
/// <param name="Lines">The ticks' colour.</param>
/// <param name="Length">The length of ticks in points.</param>
/// <param name="NameGap">The distance between tick labels and the axis label in points.</param>
/// <param name="Side">The side of a label at its tick: -1 left, 1 right, 0 middle.</param>
internal readonly record struct AxisLook(double Size, Color Letters, Color Lines, double Length, double NameGap = AxisSide.NameGap, int Side = 0);
