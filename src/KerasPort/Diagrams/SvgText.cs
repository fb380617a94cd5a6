using System.Globalization;
using System.Net;
using System.Text;

namespace KerasPort.Diagrams;

/// <summary>A drawing as SVG, with text in fonts of the viewer.</summary>
internal static class SvgText
{
    /// <summary>Verdana's letters have the widths of DejaVu Sans, which descends from Bitstream Vera, a font modelled on Verdana.</summary>
    public const string Fonts = "DejaVu Sans, Verdana, sans-serif";

    /// <param name="drawing">The drawing.</param>
    /// <param name="scale">Pixels per point.</param>
    /// <param name="title">The title, for screen readers.</param>
    public static string Of(Drawing drawing, double scale, string title)
    {
        var text = new StringBuilder();
        text.Append("<svg xmlns=\"http://www.w3.org/2000/svg\" ")
            .Append($"width=\"{Number(drawing.Width * scale)}\" height=\"{Number(drawing.Height * scale)}\" ")
            .Append($"viewBox=\"0 0 {Number(drawing.Width)} {Number(drawing.Height)}\" font-family=\"{Fonts}\">\n<title>{Escaped(title)}</title>\n")
            .Append("<rect width=\"100%\" height=\"100%\" fill=\"white\"/>\n");
        foreach (var mark in drawing.Marks) text.Append(Element(mark)).Append('\n');
        return text.Append("</svg>\n").ToString();
    }

    private static string Element(Mark mark) => mark switch
    {
        BoxMark box => $"<rect x=\"{Number(box.Left)}\" y=\"{Number(box.Top)}\" width=\"{Number(box.Width)}\" height=\"{Number(box.Height)}\" "
            + (box.IsDashed ? $"fill=\"none\" stroke=\"{box.Color}\" stroke-dasharray=\"5 3\"/>" : $"fill=\"{box.Color}\"/>"),
        LineMark line => $"<polyline points=\"{Points(line.Points)}\" fill=\"none\" stroke=\"black\" stroke-width=\"{Number(LineMark.Width)}\"/>",
        AreaMark area => $"<polygon points=\"{Points(area.Points)}\"/>",
        TextMark word => $"<text x=\"{Number(word.Left)}\" y=\"{Number(word.Baseline)}\" font-size=\"{Number(word.Size)}\""
            + (word.IsBold ? " font-weight=\"bold\"" : "")
            + $" fill=\"{word.Color}\" xml:space=\"preserve\" textLength=\"{Number(word.Width)}\" "
            + $"lengthAdjust=\"spacingAndGlyphs\">{Escaped(word.Text)}</text>",
        _ => throw new InvalidOperationException($"{mark.GetType().Name} can't be drawn."),
    };

    private static string Points((double X, double Y)[] points) => string.Join(" ", points.Select(p => $"{Number(p.X)},{Number(p.Y)}"));

    private static string Number(double value) => Math.Round(value, 2).ToString(CultureInfo.InvariantCulture);

    private static string Escaped(string text) => WebUtility.HtmlEncode(text);
}
