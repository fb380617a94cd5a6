using ScottPlot;
using SkiaSharp;

namespace KerasPort.Plotting;

/// <summary>Solid or dashed lines. Dashes are drawn as separate areas, because Skia writes dashed lines into an SVG as solid ones.</summary>
internal static class Stroke
{
    /// <param name="canvas">The canvas.</param>
    /// <param name="path">The path of the line.</param>
    /// <param name="color">The colour.</param>
    /// <param name="width">The width in pixels.</param>
    /// <param name="dashes">The lengths of dashes and gaps; <c>null</c> for a solid line.</param>
    /// <param name="isCrisp">Whether it isn't antialiased: for lines on whole pixels.</param>
    public static void Draw(SKCanvas canvas, SKPath path, Color color, double width, float[]? dashes, bool isCrisp = false)
    {
        if (width <= 0 || color.A == 0) return;
        using var paint = new SKPaint
        {
            IsAntialias = !isCrisp, IsStroke = true, StrokeWidth = (float)width, StrokeJoin = SKStrokeJoin.Round, Color = color.ToSKColor(),
        };
        if (dashes is null)
        {
            canvas.DrawPath(path, paint);
            return;
        }
        using var effect = SKPathEffect.CreateDash(dashes, 0);
        paint.PathEffect = effect;
        using var parts = paint.GetFillPath(path);
        (paint.PathEffect, paint.IsStroke) = (null, false);
        if (parts is not null) canvas.DrawPath(parts, paint);
    }
}

/// <summary>A line through points; NaN and infinity interrupt it.</summary>
internal sealed class Polyline(double[] xs, double[] ys, Color color, double width, string style) : Plottable
{
    public override void Render(RenderPack rp)
    {
        if (style is "") return;
        using var path = new SKPath();
        bool isDown = false;
        for (int i = 0; i < xs.Length; i++)
        {
            bool isThere = double.IsFinite(xs[i]) && double.IsFinite(ys[i]);
            if (isThere)
            {
                var at = Axes.GetPixel(new Coordinates(xs[i], ys[i]));
                // Skia would miscalculate with points far outside.
                var point = new SKPoint(Math.Clamp(at.X, -1e5f, 1e5f), Math.Clamp(at.Y, -1e5f, 1e5f));
                if (isDown) path.LineTo(point);
                else path.MoveTo(point);
            }
            isDown = isThere;
        }
        Stroke.Draw(rp.Canvas, path, color, width, LineFormat.DashesOf(style, width));
    }
}
