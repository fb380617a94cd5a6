using ScottPlot;
using SkiaSharp;

namespace KerasPort.Console.Plots;

/// <summary>
/// The font of all pictures: DejaVu Sans, its Latin letters, 33 KB of the 740. A container has no fonts, and with one of its own a
/// picture is the same everywhere.
/// </summary>
internal sealed class PlotFont : IFontResolver
{
    private const string Name = "DejaVu Sans";

    /// <summary>
    /// What an SVG says, whose text the viewer sets. Verdana's letters are as wide; DejaVu descends from Vera, which was drawn after it.
    /// </summary>
    public const string InSvg = "font-family=\"DejaVu Sans, Verdana, sans-serif\"", InSvgAsDrawn = $"font-family=\"{Name}\"";

    private static readonly byte[] File = Read();

    private PlotFont()
    {
    }

    /// <summary>Makes this the font of every plot.</summary>
    public static void Use()
    {
        if (Fonts.FontResolvers.Any(resolver => resolver is PlotFont)) return;
        // Before the system's, which may have another of that name, or none at all.
        Fonts.FontResolvers.Insert(0, new PlotFont());
        Fonts.Default = Name;
    }

    public SKTypeface? CreateTypeface(string fontName, bool bold, bool italic) =>
        fontName == Name ? SKTypeface.FromStream(new MemoryStream(File)) : null;

    public SKTypeface? CreateTypeface(string fontName, FontWeight weight, FontSlant slant, FontSpacing spacing) => CreateTypeface(fontName, false, false);

    private static byte[] Read()
    {
        using var stream = typeof(PlotFont).Assembly.GetManifestResourceStream("KerasPort.Console.Plots.DejaVuSans.ttf")!;
        var font = new byte[stream.Length];
        stream.ReadExactly(font);
        return font;
    }
}
