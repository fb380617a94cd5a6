using SkiaSharp;

namespace KerasPort.Pictures;

/// <summary>
/// The font of all pictures: DejaVu Sans, its Latin letters, 33 KB of the 740. A container has no fonts, and with one of its own a
/// picture is the same everywhere.
/// </summary>
internal static class PictureFont
{
    public const string Name = "DejaVu Sans";

    private static readonly byte[] s_file = Read("DejaVuSans"), s_signs = Read("DejaVuSansMath");

    /// <summary>The font, anew: who asks disposes of it.</summary>
    public static SKTypeface Open() => SKTypeface.FromStream(new MemoryStream(s_file));

    /// <summary>Its Greek letters and signs of formulas, a file of their own, for what the first one hasn't.</summary>
    public static SKTypeface OpenSigns() => SKTypeface.FromStream(new MemoryStream(s_signs));

    private static byte[] Read(string name)
    {
        using var stream = typeof(PictureFont).Assembly.GetManifestResourceStream($"KerasPort.Pictures.Fonts.{name}.ttf")!;
        var font = new byte[stream.Length];
        stream.ReadExactly(font);
        return font;
    }
}
