using SkiaSharp;

namespace KerasPort.Pictures;

/// <summary>
/// The font of all pictures: DejaVu Sans, its Latin letters, 33 KB of the 740. A container has no fonts, and with one of its own a
/// picture is the same everywhere.
/// </summary>
internal static class PictureFont
{
    public const string Name = "DejaVu Sans";

    private static readonly byte[] s_file = Read();

    /// <summary>The font, anew: who asks disposes of it.</summary>
    public static SKTypeface Open() => SKTypeface.FromStream(new MemoryStream(s_file));

    private static byte[] Read()
    {
        using var stream = typeof(PictureFont).Assembly.GetManifestResourceStream("KerasPort.Pictures.Fonts.DejaVuSans.ttf")!;
        var font = new byte[stream.Length];
        stream.ReadExactly(font);
        return font;
    }
}
