using SkiaSharp;

namespace KerasPort.Pictures;

/// <summary>
/// The font of all pictures: the Latin letters of DejaVu Sans, 33 KB of its 740. A container has no fonts, and with a built-in one a
/// picture is the same everywhere.
/// </summary>
internal static class PictureFont
{
    public const string Name = "DejaVu Sans";

    private static readonly byte[] s_file = Read("DejaVuSans"), s_signs = Read("DejaVuSansMath");

    /// <summary>Opens the font; the caller disposes of it.</summary>
    public static SKTypeface Open() => SKTypeface.FromStream(new MemoryStream(s_file));

    /// <summary>Opens the second file, which has the Greek letters and signs of formulas that the first one lacks.</summary>
    public static SKTypeface OpenSigns() => SKTypeface.FromStream(new MemoryStream(s_signs));

    private static byte[] Read(string name)
    {
        using var stream = typeof(PictureFont).Assembly.GetManifestResourceStream($"KerasPort.Pictures.Fonts.{name}.ttf")!;
        var font = new byte[stream.Length];
        stream.ReadExactly(font);
        return font;
    }
}
