using KerasPort.Console.Analysis;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace KerasPort.Console.Lessons;

/// <summary>
/// Draws a picture in a terminal, with one character for two pixels one above the other: in colour, an upper half block on the background of the lower
/// pixel's colour; with too few colours, one of ten characters by brightness.
/// </summary>
/// <param name="picture">The picture.</param>
/// <param name="palette">256 colours for its brightnesses; greys by default.</param>
internal sealed class PictureDrawing(Picture picture, byte[]? palette = null) : Renderable
{
    private const string ByBrightness = " .:-=+*#%@";

    protected override Measurement Measure(RenderOptions options, int maxWidth) => new(picture.Width, picture.Width);

    protected override IEnumerable<Segment> Render(RenderOptions options, int maxWidth)
    {
        bool colors = options.Capabilities.Ansi && options.Unicode && options.ColorSystem is ColorSystem.EightBit or ColorSystem.TrueColor;
        for (int y = 0; y < picture.Height; y += 2)
        {
            bool alone = y + 1 == picture.Height;
            for (int x = 0; x < picture.Width; x++)
            {
                float above = picture[x, y], below = alone ? above : picture[x, y + 1];
                yield return colors
                    ? new Segment("▀", new Style(Shade(above), alone ? Color.Default : Shade(below)))
                    : new Segment(ByBrightness[(int)(Math.Clamp((above + below) / 2, 0, 255) / 256 * ByBrightness.Length)].ToString());
            }
            yield return Segment.LineBreak;
        }
    }

    private Color Shade(float brightness)
    {
        var color = (palette ?? Palette.Grey).AsSpan(3 * (byte)Math.Clamp(brightness, 0, 255), 3);
        return new Color(color[0], color[1], color[2]);
    }
}
