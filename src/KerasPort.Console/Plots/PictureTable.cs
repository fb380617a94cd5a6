using ScottPlot;
using SkiaSharp;

namespace KerasPort.Console.Plots;

/// <summary>Pictures in rows and columns, with a caption below each picture and a heading above each column.</summary>
internal static class PictureTable
{
    /// <summary>A picture in a report has some hundred pixels a side; a larger one would be an attempt to fill the memory.</summary>
    private const long MostPixels = 16_000_000;

    /// <summary>The width of a cell in pixels.</summary>
    private const int Cell = 170;

    /// <param name="title">The title.</param>
    /// <param name="rows">The pictures.</param>
    /// <param name="heads">The column headings, if any.</param>
    /// <param name="captionLines">The number of lines of each caption.</param>
    /// <param name="cell">The width of a cell in pixels.</param>
    /// <returns>The plot and its size in pixels.</returns>
    public static (Plot Plot, int Width, int Height) Of(
        string title, (SKBitmap Picture, string Caption)[][] rows, string[] heads,
        int captionLines = 0, int cell = Cell)
    {
        const double Gap = 8, Line = 17, Title = 40;
        int columns = rows.Max(r => r.Length);
        // In pixels, downward from the top, so that nothing is stretched.
        double head = heads.Length > 0 ? 2 * Line + 4 : 0, caption = captionLines * Line, top = Title + head, width = columns * (cell + Gap) + Gap;
        var plot = new Plot();
        foreach (var row in rows)
        {
            double tallest = row.Max(cellOf => Height(cellOf.Picture));
            for (int column = 0; column < row.Length; column++)
            {
                double left = Gap + column * (cell + Gap), height = Height(row[column].Picture);
                using var enlarged = Enlarged(row[column].Picture, cell);
                plot.Add.ImageRect(new Image(enlarged.Encode(SKEncodedImageFormat.Png, 100).ToArray()),
                    new CoordinateRect(left, left + cell, -(top + height), -top));
                Text(row[column].Caption, left, top + height + 3, Alignment.UpperLeft, 12);
                if (row == rows[0] && column < heads.Length) Text(heads[column], left, top - 4, Alignment.LowerLeft, 12);
            }
            top += tallest + caption + Gap;
        }
        Text(title, Gap, 10, Alignment.UpperLeft, 16);
        // A title may be wider than the pictures.
        width = Math.Max(width, title.Length * 9.5);
        plot.Layout.Frameless();
        plot.HideAxesAndGrid();
        plot.Axes.SetLimits(0, width, -top, 0);
        return (plot, (int)width, (int)top);

        double Height(SKBitmap picture) => (double)cell * picture.Height / picture.Width;

        void Text(string text, double x, double y, Alignment alignment, float size)
        {
            if (text.Length == 0) return;
            var label = plot.Add.Text(text, x, -y);
            (label.LabelAlignment, label.LabelFontSize, label.LabelPadding) = (alignment, size, 0);
        }
    }

    /// <exception cref="FormatException">The bytes aren't a picture.</exception>
    public static SKBitmap Decode(byte[] png)
    {
        using var codec = SKCodec.Create(new MemoryStream(png));
        if (codec is null || (long)codec.Info.Width * codec.Info.Height > MostPixels || SKBitmap.Decode(codec) is not { } picture)
            throw new FormatException("one of its pictures is none, or cut short");
        return picture;
    }

    /// <summary>Enlarges pixels as squares: the plot would blur them.</summary>
    private static SKBitmap Enlarged(SKBitmap picture, int wanted)
    {
        // Twice the size on the page, rounded down to a whole number of screen pixels per pixel of the picture.
        int scale = Math.Max(1, 2 * wanted / picture.Width);
        return picture.Resize(new SKImageInfo(picture.Width * scale, picture.Height * scale), new SKSamplingOptions(SKFilterMode.Nearest));
    }
}
