namespace KerasPort.Console.Lessons;

/// <summary>
/// Converts a picture to the form of the data set's: a garment, light on black, its longer side 28 pixels, centred in 28x28. The steps are those of Xiao,
/// Rasul and Vollgraf, Fashion-MNIST (2017), for shop pictures: trim the border of about the corners' colour, scale the longer side to 28, centre,
/// negate.
/// </summary>
internal static class Garment
{
    private const int Side = 28;

    /// <summary>The distance from the background from which on a pixel belongs to the garment: 5 % of the range.</summary>
    private const float Near = 0.05f * 255;

    /// <param name="picture">A picture of one garment on a uniform background.</param>
    /// <param name="invert">Whether to invert the brightness; by default it is inverted if the border is light.</param>
    /// <param name="name">The name of the picture, for the exception.</param>
    /// <exception cref="PictureException">The picture is all background.</exception>
    public static Picture Of(Picture picture, bool? invert, string name)
    {
        float border = Border(picture);
        if (invert ?? border > 127) (picture, border) = (picture.Inverted(), 255 - border);
        // A picture of the data set's own size stays as it is.
        if ((picture.Width, picture.Height) == (Side, Side)) return picture;

        // The background becomes black, as in the data set.
        float range = Math.Max(255 - border, 1);
        picture = picture with { Pixels = [.. picture.Pixels.Select(p => Math.Clamp((p - border) * 255 / range, 0, 255))] };
        int[] rows = [.. Enumerable.Range(0, picture.Height).Where(y => Enumerable.Range(0, picture.Width).Any(x => picture[x, y] > Near))];
        int[] columns = [.. Enumerable.Range(0, picture.Width).Where(x => Enumerable.Range(0, picture.Height).Any(y => picture[x, y] > Near))];
        if (rows.Length == 0)
            throw new PictureException($"{name} shows nothing: no pixel stands out from the border. Expected a garment on a plain ground, or another --invert");
        int width = columns[^1] - columns[0] + 1, height = rows[^1] - rows[0] + 1;
        double scale = (double)Side / Math.Max(width, height);
        int across = Math.Max(1, (int)Math.Round(width * scale)), down = Math.Max(1, (int)Math.Round(height * scale));
        return picture.Cut(columns[0], rows[0], width, height).Resized(across, down)
            .Cut(-((Side - across) / 2), -((Side - down) / 2), Side, Side);
    }

    /// <summary>The median brightness of the border.</summary>
    private static float Border(Picture picture)
    {
        var border = new List<float>();
        for (int x = 0; x < picture.Width; x++) border.AddRange([picture[x, 0], picture[x, picture.Height - 1]]);
        for (int y = 0; y < picture.Height; y++) border.AddRange([picture[0, y], picture[picture.Width - 1, y]]);
        border.Sort();
        return border[border.Count / 2];
    }
}
