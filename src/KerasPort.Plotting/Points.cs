using ScottPlot;
using SkiaSharp;

namespace KerasPort.Plotting;

/// <summary>Markers at points, with one size and colour for all, or one for each.</summary>
internal sealed class Points(double[] xs, double[] ys, char marker, double[] sizes, Color[] colors, MarkerEdge edge = default) : Plottable
{
    public override void Render(RenderPack rp)
    {
        if (colors.Length == 0 || sizes.Length == 0) return;
        using var paint = new SKPaint { IsAntialias = true };
        for (int i = 0; i < xs.Length; i++)
        {
            if (!double.IsFinite(xs[i]) || !double.IsFinite(ys[i])) continue;
            var at = Axes.GetPixel(new Coordinates(xs[i], ys[i]));
            var color = colors[colors.Length == 1 ? 0 : i];
            MarkerSign.Draw(rp.Canvas, paint, marker, at.X, at.Y, (float)sizes[sizes.Length == 1 ? 0 : i], color, edge);
        }
    }
}

/// <summary>The edge of a marker: by default in the marker's own colour and one point wide.</summary>
internal readonly record struct MarkerEdge(Color? Color, double? Width);

/// <summary>A marker by matplotlib's sign.</summary>
internal sealed class MarkerSign(char sign, MarkerEdge edge = default) : IMarker
{

    public bool Fill { get; set; } = true;

    public float Outline { get; set; }

    public void Render(SKCanvas canvas, ScottPlot.Paint paint, Pixel center, float size, MarkerStyle markerStyle)
    {
        using var own = new SKPaint { IsAntialias = true };
        Draw(canvas, own, sign, center.X, center.Y, size, markerStyle.FillColor, edge);
    }

    /// <summary>Draws a marker of height <paramref name="size"/>, with an edge around it.</summary>
    public static void Draw(SKCanvas canvas, SKPaint paint, char sign, float x, float y, float size, Color fill, MarkerEdge around)
    {
        var edge = around.Color ?? fill;
        if (sign == '.') size /= 2;
        if (sign == ',') size = 1;
        using var path = PathOf(sign);
        bool isOpen = sign is 'x' or '+' or '|' or '_';
        var place = SKMatrix.CreateScaleTranslation(size / 2, size / 2, x, y);
        path.Transform(place);
        (paint.Style, paint.Color) = (SKPaintStyle.Fill, fill.ToSKColor());
        if (!isOpen) canvas.DrawPath(path, paint);
        if (sign == ',' || around.Width == 0) return;
        double width = around.Width ?? (isOpen ? 1.5 : 1);
        (paint.Style, paint.Color, paint.StrokeWidth, paint.StrokeJoin) =
            (SKPaintStyle.Stroke, (isOpen ? fill : edge).ToSKColor(), (float)(width * Artist.Point), SKStrokeJoin.Miter);
        canvas.DrawPath(path, paint);
    }

    /// <summary>The outline, from -1 to 1.</summary>
    private static SKPath PathOf(char sign)
    {
        var path = new SKPath();
        switch (sign)
        {
            case 'o' or '.': path.AddCircle(0, 0, 1); break;
            case 's' or ',': path.AddRect(new SKRect(-1, -1, 1, 1)); break;
            case '^': Polygon(0, -1, 1, 1, -1, 1); break;
            case 'v': Polygon(0, 1, 1, -1, -1, -1); break;
            case '<': Polygon(-1, 0, 1, -1, 1, 1); break;
            case '>': Polygon(1, 0, -1, -1, -1, 1); break;
            case 'D': Polygon(0, -1.41f, 1.41f, 0, 0, 1.41f, -1.41f, 0); break;
            case 'd': Polygon(0, -1.41f, 0.85f, 0, 0, 1.41f, -0.85f, 0); break;
            case 'p': Regular(5, 1, 1); break;
            case 'h': Regular(6, 1, 1); break;
            case 'H': path.AddPoly(Corners(6, 1, 1, Math.PI / 6)); break;
            case '*': Regular(5, 1, 0.381966); break;
            case 'P': Polygon(-.3f, -1, .3f, -1, .3f, -.3f, 1, -.3f, 1, .3f, .3f, .3f, .3f, 1, -.3f, 1, -.3f, .3f, -1, .3f, -1, -.3f, -.3f, -.3f); break;
            case 'X': Polygon(-0.5f, -1, 0, -0.5f, 0.5f, -1, 1, -0.5f, 0.5f, 0, 1, 0.5f, 0.5f, 1, 0, 0.5f, -0.5f, 1, -1, 0.5f, -0.5f, 0, -1, -0.5f); break;
            case 'x': Lines(-1, -1, 1, 1, -1, 1, 1, -1); break;
            case '+': Lines(-1, 0, 1, 0, 0, -1, 0, 1); break;
            case '|': Lines(0, -1, 0, 1); break;
            default: Lines(-1, 0, 1, 0); break;
        }
        return path;

        void Polygon(params float[] points) => path.AddPoly([.. points.Chunk(2).Select(p => new SKPoint(p[0], p[1]))]);

        void Regular(int count, double outer, double inner) => path.AddPoly(Corners(count, outer, inner, 0));

        void Lines(params float[] ends)
        {
            foreach (float[] line in ends.Chunk(4))
            {
                path.MoveTo(line[0], line[1]);
                path.LineTo(line[2], line[3]);
            }
        }
    }

    private static SKPoint[] Corners(int count, double outer, double inner, double turn) => [.. Enumerable.Range(0, 2 * count).Select(i =>
    {
        double angle = Math.PI * i / count + turn, radius = i % 2 == 0 ? outer : inner < outer ? inner : outer * Math.Cos(Math.PI / count);
        return new SKPoint((float)(Math.Sin(angle) * radius), (float)(-Math.Cos(angle) * radius));
    })];
}
