using KerasPort.Diagrams;
using SkiaSharp;

namespace KerasPort.Pictures;

/// <summary>A drawing as pixels.</summary>
internal static class SkiaDrawing
{
    /// <param name="drawing">The drawing.</param>
    /// <param name="scale">Pixels per point.</param>
    /// <exception cref="ValueError">The picture would have more pixels than allowed.</exception>
    public static byte[] Png(Drawing drawing, double scale)
    {
        double width = Math.Ceiling(drawing.Width * scale), height = Math.Ceiling(drawing.Height * scale);
        if (width * height > Image.MostPixels)
            throw new ValueError(
                $"The picture would have {width} x {height} pixels, more than {Image.MostPixels}: give a smaller `dpi`, or a file that ends in .svg.");
        using var surface = SKSurface.Create(new SKImageInfo((int)width, (int)height, SKColorType.Rgba8888, SKAlphaType.Opaque));
        var canvas = surface.Canvas;
        canvas.Clear(SKColors.White);
        canvas.Scale((float)scale);
        using var typeface = PictureFont.Open();
        foreach (var mark in drawing.Marks) Draw(canvas, typeface, mark);
        using var picture = surface.Snapshot();
        using var encoded = picture.Encode(SKEncodedImageFormat.Png, 100);
        return encoded.ToArray();
    }

    private static void Draw(SKCanvas canvas, SKTypeface typeface, Mark mark)
    {
        using var paint = new SKPaint { IsAntialias = true, Color = SKColors.Black };
        switch (mark)
        {
            case BoxMark box:
                paint.Color = ColorOf(box.Color);
                using (var dashes = box.IsDashed ? SKPathEffect.CreateDash([5, 3], 0) : null)
                {
                    (paint.IsStroke, paint.StrokeWidth, paint.PathEffect) = (box.IsDashed, 1, dashes);
                    canvas.DrawRect((float)box.Left, (float)box.Top, (float)box.Width, (float)box.Height, paint);
                }
                break;
            case LineMark line:
                (paint.IsStroke, paint.StrokeWidth, paint.StrokeJoin) = (true, (float)LineMark.Width, SKStrokeJoin.Round);
                using (var path = PathOf(line.Points)) canvas.DrawPath(path, paint);
                break;
            case AreaMark area:
                using (var path = PathOf(area.Points))
                {
                    path.Close();
                    canvas.DrawPath(path, paint);
                }
                break;
            case TextMark text:
                paint.Color = ColorOf(text.Color);
                using (var font = new SKFont(typeface, (float)text.Size) { Embolden = text.IsBold, Subpixel = true })
                {
                    // Stretched to the width that the layout assumed, since this font's letters may be wider or narrower.
                    float wide = font.MeasureText(text.Text);
                    if (wide > 0) font.ScaleX = (float)text.Width / wide;
                    canvas.DrawText(text.Text, (float)text.Left, (float)text.Baseline, font, paint);
                }
                break;
        }
    }

    private static SKPath PathOf((double X, double Y)[] points)
    {
        var path = new SKPath();
        path.MoveTo((float)points[0].X, (float)points[0].Y);
        foreach (var (x, y) in points.AsSpan(1)) path.LineTo((float)x, (float)y);
        return path;
    }

    private static SKColor ColorOf(string name) => name switch
    {
        "white" => SKColors.White,
        "forestgreen" => SKColors.ForestGreen,
        "firebrick" => SKColors.Firebrick,
        _ => SKColors.Black,
    };
}
