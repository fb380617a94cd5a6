using KerasPort.Pictures;
using ScottPlot;
using SkiaSharp;

namespace KerasPort.Plotting;

/// <summary>The font of pictures, for ScottPlot.</summary>
internal sealed class PlotFont : IFontResolver
{
    /// <summary>The font families in an SVG, whose text the viewer renders: DejaVu, or fonts of the same width.</summary>
    public const string InSvg = $"font-family=\"{Diagrams.SvgText.Fonts}\"", InSvgAsDrawn = $"font-family=\"{PictureFont.Name}\"";

    private static readonly Lock s_one = new();

    private PlotFont()
    {
    }

    /// <summary>Makes this the font of every plot.</summary>
    public static void Use()
    {
        using var one = s_one.EnterScope();
        if (Fonts.FontResolvers.Any(resolver => resolver is PlotFont)) return;
        // Before the system's resolver, which may have another font of that name, or none at all.
        Fonts.FontResolvers.Insert(0, new PlotFont());
        Fonts.Default = PictureFont.Name;
    }

    public SKTypeface? CreateTypeface(string fontName, bool bold, bool italic) => fontName == PictureFont.Name ? PictureFont.Open() : null;

    public SKTypeface? CreateTypeface(string fontName, FontWeight weight, FontSlant slant, FontSpacing spacing) => CreateTypeface(fontName, false, false);
}
