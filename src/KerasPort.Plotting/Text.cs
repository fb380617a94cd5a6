using ScottPlot;
using SkiaSharp;

namespace KerasPort.Plotting;

/// <summary>Text at a position of the axes: the result of <c>text</c> and <c>annotate</c>.</summary>
public sealed class Text : Artist
{
    private readonly double _x, _y, _rotation;
    private readonly TextPlace _place;
    private Wording _words;

    internal Text(double x, double y, Wording words, TextPlace place, double rotation) : base(null) =>
        (_x, _y, _words, _place, _rotation) = (x, y, words, place, rotation);

    internal override int Level => 3;

    /// <summary>The offset from its position in points.</summary>
    internal (double Right, double Up) Offset { get; init; }

    /// <summary>Whether its position is a fraction of the axes, not values.</summary>
    internal bool IsOfAxes { get; init; }

    /// <summary>Whether the position that its arrow points to is a fraction of the axes.</summary>
    internal bool PointsIntoAxes { get; init; }

    /// <summary>The box around the text, if any.</summary>
    internal TextBox? Box { get; init; }

    /// <summary>The arrow, if any.</summary>
    internal Arrow? Arrow { get; init; }

    /// <summary>Text at a fixed position: a title, an axis label.</summary>
    internal static Text Of(Wording words, Action<Wording> changed) => new(0, 0, words, default, 0) { _changed = changed };

    private Action<Wording>? _changed;

    /// <summary>The text.</summary>
    public string get_text() => _words.Text;

    /// <summary>Sets the text.</summary>
    public void set_text(string s) => Change(_words with { Text = s });

    /// <summary>Sets the font size.</summary>
    public void set_fontsize(Series fontsize) => Change(_words with { Size = Wording.SizeOf(fontsize, _words.Size) });

    /// <summary>The same.</summary>
    public void set_size(Series fontsize) => set_fontsize(fontsize);

    /// <summary>Sets the colour.</summary>
    public void set_color(Paint color) => Change(_words with { Color = color.Only("color") });

    /// <summary>Sets the weight: 'normal' or 'bold'.</summary>
    public void set_fontweight(string weight) => Change(_words with { IsBold = Wording.Of(_words.Text, _words.Size, null, null, weight).IsBold });

    private void Change(Wording words)
    {
        _words = words;
        _changed?.Invoke(words);
    }

    /// <summary>Text isn't drawn with the other artists within the frame, but after them.</summary>
    internal override void Draw(Plot plot, Func<double, double> x, Func<double, double> y) { }

    /// <summary>Draws the text.</summary>
    /// <param name="canvas">The canvas.</param>
    /// <param name="letters">The renderer of text.</param>
    /// <param name="box">The axes' frame.</param>
    /// <param name="toX">Converts a value of x to a pixel from the left.</param>
    /// <param name="toY">Converts a value of y to a pixel from the top.</param>
    internal void Draw(SKCanvas canvas, Lettering letters, PixelRect box, Func<double, double> toX, Func<double, double> toY)
    {
        var (left, top) = At(_x, _y, IsOfAxes);
        if (!double.IsFinite(left) || !double.IsFinite(top)) return;
        double width = letters.Width(_words.Text, _words.Size), height = Lettering.Height(_words.Text, _words.Size);
        double turn = _rotation * Math.PI / 180, sin = Math.Abs(Math.Sin(turn)), cos = Math.Abs(Math.Cos(turn));
        double across = width * cos + height * sin, along = width * sin + height * cos;
        double baseline = _place.IsBaseline ? Lettering.Descent * _words.Size * Artist.Point : 0;
        double x = left + Offset.Right * Point - _place.Across * across / 2;
        double y = top - Offset.Up * Point - _place.Along * along / 2 + baseline;
        if (Arrow is { } arrow)
        {
            var (toLeft, toTop) = At(arrow.X, arrow.Y, PointsIntoAxes);
            arrow.Draw(canvas, new SKPoint((float)x, (float)y), new SKPoint((float)toLeft, (float)toTop), new SKSize((float)across, (float)along));
        }
        Box?.Draw(canvas, x, y, width, height, _words.Size, _rotation);
        letters.Draw(canvas, _words.Text, x, y, _words, _rotation);

        (double Left, double Top) At(double x, double y, bool isOfAxes) =>
            isOfAxes ? (box.Left + x * box.Width, box.Bottom - y * box.Height) : (toX(x), toY(y));
    }
}

/// <summary>The side of a text at its position: -1 left or bottom, 1 right or top, 0 middle.</summary>
internal readonly record struct TextPlace(int Across, int Along, bool IsBaseline)
{
    /// <exception cref="ValueError">The side is unknown.</exception>
    public static TextPlace Of(string? ha, string? va) => new(
        (ha ?? "left") switch
        {
            "left" => -1,
            "center" => 0,
            "right" => 1,
            _ => throw new ValueError($"`ha` must be 'left', 'center' or 'right'. Received: ha={PythonText.Repr(ha)}"),
        },
        (va ?? "baseline") switch
        {
            "baseline" or "bottom" => 1,
            "center" or "center_baseline" => 0,
            "top" => -1,
            _ => throw new ValueError($"`va` must be 'bottom', 'baseline', 'center' or 'top'. Received: va={PythonText.Repr(va)}"),
        },
        va is null or "baseline");
}

/// <summary>A plottable that doesn't affect the limits of the axes.</summary>
internal abstract class Plottable : IPlottable
{
    public bool IsVisible { get; set; } = true;

    public IAxes Axes { get; set; } = new ScottPlot.Axes();

    public IEnumerable<LegendItem> LegendItems => [];

    public AxisLimits GetAxisLimits() => AxisLimits.NoLimits;

    public abstract void Render(RenderPack rp);
}

/// <summary>An arrow from a text to a point.</summary>
/// <param name="X">The x coordinate of the point.</param>
/// <param name="Y">The y coordinate of the point.</param>
/// <param name="Color">The colour.</param>
/// <param name="Width">The width of its line in points; of a filled one the shaft's width.</param>
/// <param name="Style">'-', '-&gt;', '-|&gt;', '&lt;-', '&lt;-&gt;', or a filled arrow, the default without arrowstyle.</param>
/// <param name="Shrink">The fraction of the distance that is left free at both ends.</param>
/// <param name="Edge">The edge colour of a filled one.</param>
internal sealed record Arrow(double X, double Y, Color Color, double Width, string Style, double Shrink, Color Edge)
{
    private const string Filled = "fancy";

    /// <exception cref="ValueError">A key or a value is invalid.</exception>
    public static Arrow Of((double X, double Y) to, Dictionary<string, object> how)
    {
        string[] known = ["arrowstyle", "color", "facecolor", "edgecolor", "ec", "fc", "lw", "linewidth", "width", "headwidth", "headlength", "shrink"];
        if (how.Keys.FirstOrDefault(key => !known.Contains(key)) is { } other)
            throw new ValueError($"`arrowprops` has {string.Join(", ", known)} here. Received: {PythonText.Repr(other)}");
        string style = how.TryGetValue("arrowstyle", out var asked) ? (string)asked : Filled;
        if (style is not ("-" or "->" or "-|>" or "<-" or "<->" or Filled))
            throw new ValueError($"`arrowstyle` must be '-', '->', '-|>', '<-' or '<->' here. Received: {PythonText.Repr(style)}");
        object? color = new[] { "color", "facecolor", "fc", "edgecolor", "ec" }.Select(key => how.GetValueOrDefault(key))
            .FirstOrDefault(value => value is not null);
        double standard = style == Filled ? Number("width", 4) : Number("lw", Number("linewidth", 1));
        return new Arrow(to.X, to.Y, color is string name ? ColorNames.Parse(name) : style == Filled ? ColorNames.Cycle[0] : ColorNames.Black, standard, style,
            Number("shrink", 0), (how.GetValueOrDefault("edgecolor") ?? how.GetValueOrDefault("ec") ?? how.GetValueOrDefault("color")) is string edge
                ? ColorNames.Parse(edge) : ColorNames.Black);

        double Number(string key, double without) => how.TryGetValue(key, out var value)
            ? Convert.ToDouble(value, System.Globalization.CultureInfo.InvariantCulture) : without;
    }

    /// <summary>Draws the arrow, from the edge of a text of a given size.</summary>
    public void Draw(SKCanvas canvas, SKPoint middle, SKPoint end, SKSize words)
    {
        float dx = end.X - middle.X, dy = end.Y - middle.Y, length = MathF.Sqrt(dx * dx + dy * dy);
        if (length < 1) return;
        // The arrow begins where it leaves the text, and ends two points before its target.
        float leave = Math.Min(dx == 0 ? float.MaxValue : words.Width / 2 / Math.Abs(dx), dy == 0 ? float.MaxValue : words.Height / 2 / Math.Abs(dy));
        float gap = 2 * (float)Artist.Point / length, from = leave + gap, to = 1 - (Style == Filled ? 0 : gap);
        float way = to - from;
        (from, to) = (from + way * (float)Shrink, to - way * (float)Shrink);
        if (to <= from) return;
        SKPoint start = new(middle.X + dx * from, middle.Y + dy * from), tip = new(middle.X + dx * to, middle.Y + dy * to);
        var (unit, across) = (new SKPoint(dx / length, dy / length), new SKPoint(-dy / length, dx / length));
        using var paint = new SKPaint { IsAntialias = true, Color = Color.ToSKColor(), StrokeWidth = (float)(Width * Artist.Point) };
        if (Style == Filled)
        {
            float half = (float)(Width * Artist.Point) / 2, head = 3 * half, size = (float)(12 * Artist.Point);
            var neck = Along(tip, -size);
            using var path = new SKPath();
            path.AddPoly([Beside(start, half), Beside(neck, half), Beside(neck, head), tip, Beside(neck, -head), Beside(neck, -half), Beside(start, -half)]);
            path.Close();
            canvas.DrawPath(path, paint);
            (paint.IsStroke, paint.Color, paint.StrokeWidth) = (true, Edge.ToSKColor(), (float)Artist.Point);
            canvas.DrawPath(path, paint);
            return;
        }
        canvas.DrawLine(start, tip, paint);
        if (Style.EndsWith('>')) Head(tip, 1, Style == "-|>");
        if (Style.StartsWith('<')) Head(start, -1, false);

        void Head(SKPoint at, int sign, bool isFilled)
        {
            var back = Along(at, -sign * 4f * (float)Artist.Point);
            SKPoint one = Beside(back, 2f * (float)Artist.Point), other = Beside(back, -2f * (float)Artist.Point);
            using var path = new SKPath();
            path.AddPoly([one, at, other], isFilled);
            paint.Style = isFilled ? SKPaintStyle.StrokeAndFill : SKPaintStyle.Stroke;
            canvas.DrawPath(path, paint);
        }

        SKPoint Along(SKPoint at, float by) => new(at.X + unit.X * by, at.Y + unit.Y * by);

        SKPoint Beside(SKPoint at, float by) => new(at.X + across.X * by, at.Y + across.Y * by);
    }
}
