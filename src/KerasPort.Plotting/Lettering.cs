using KerasPort.Pictures;
using ScottPlot;
using SkiaSharp;

namespace KerasPort.Plotting;

/// <summary>Text around axes: laid out, measured and rotated; between dollar signs as <see cref="MathText"/>.</summary>
internal sealed class Lettering : IDisposable
{
    /// <summary>In multiples of the font size: from the top of capitals to the baseline, and from there to below a g.</summary>
    public const double Ascent = 0.76, Descent = 0.24;

    private const float Slant = -0.2f;

    private const double SmallSize = 0.7, Rise = 0.38, Fall = 0.16;

    private readonly SKTypeface _face = PictureFont.Open(), _signs = PictureFont.OpenSigns();
    private readonly SKPaint _paint = new() { IsAntialias = true };

    /// <summary>The width in pixels of the widest line.</summary>
    public double Width(string text, double points) => text.Split('\n').Max(line => WidthOf(line, points * Artist.Point));

    /// <summary>The height in pixels of all lines.</summary>
    public static double Height(string text, double points) => (1 + (text.Split('\n').Length - 1) * 1.2) * points * Artist.Point;

    /// <summary>Draws text, line by line, around a centre, rotated counterclockwise.</summary>
    public void Draw(SKCanvas canvas, string text, double x, double y, Wording how, double rotation = 0)
    {
        double size = how.Size * Artist.Point;
        string[] lines = text.Split('\n');
        canvas.Save();
        canvas.Translate((float)x, (float)y);
        canvas.RotateDegrees((float)-rotation);
        for (int i = 0; i < lines.Length; i++)
        {
            double baseline = (i - (lines.Length - 1) / 2.0) * 1.2 * size + (Ascent - Descent) / 2 * size * 1.36;
            Line(canvas, lines[i], -WidthOf(lines[i], size) / 2, baseline, size, how);
        }
        canvas.Restore();
    }

    public void Dispose()
    {
        _face.Dispose();
        _signs.Dispose();
        _paint.Dispose();
    }

    private double WidthOf(string line, double size)
    {
        using var font = new SKFont(_face, (float)size) { Subpixel = true, LinearMetrics = true };
        double width = 0;
        foreach (var (text, level) in MathText.Runs(line)) foreach (string part in OneFont(font, text, level, size)) width += font.MeasureText(part);
        return width;
    }

    private void Line(SKCanvas canvas, string line, double x, double baseline, double size, Wording how)
    {
        _paint.Color = how.Color.ToSKColor();
        using var font = new SKFont(_face, (float)size) { Embolden = how.IsBold, Subpixel = true, LinearMetrics = true, SkewX = how.IsItalic ? Slant : 0 };
        foreach (var (text, level) in MathText.Runs(line))
        {
            double y = baseline - (level > 0 ? Rise : level < 0 ? -Fall : 0) * size;
            foreach (string part in OneFont(font, text, level, size))
            {
                canvas.DrawText(part, (float)x, (float)y, font, _paint);
                x += font.MeasureText(part);
            }
        }
    }

    /// <summary>Splits a text into parts that one of the two fonts has, and sets the font to it.</summary>
    private IEnumerable<string> OneFont(SKFont font, string text, int level, double size)
    {
        font.Size = (float)(level == 0 ? size : size * SmallSize);
        for (int i = 0, end; i < text.Length; i = end)
        {
            bool isSign = IsSign(text[i]);
            for (end = i + 1; end < text.Length && IsSign(text[end]) == isSign;) end++;
            font.Typeface = isSign ? _signs : _face;
            yield return text[i..end];
        }

        bool IsSign(char letter) => letter > 0x7f && _face.GetGlyph(letter) == 0 && _signs.GetGlyph(letter) != 0;
    }
}
