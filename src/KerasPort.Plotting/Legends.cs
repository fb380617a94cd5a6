using ScottPlot;
using SkiaSharp;

namespace KerasPort.Plotting;

/// <summary>The settings of a legend.</summary>
/// <param name="Place">matplotlib's number of the location: 0 for the best.</param>
/// <param name="Size">The font size in points.</param>
/// <param name="Title">The title.</param>
/// <param name="TitleSize">The title's font size in points.</param>
/// <param name="Columns">The number of columns.</param>
/// <param name="Anchor">The position of its corner, as fractions of the axes, where given.</param>
/// <param name="Face">The background.</param>
/// <param name="Edge">The frame's colour.</param>
/// <param name="HasShadow">Whether it has a shadow.</param>
/// <param name="Given">The artists in the legend; by default all that have a label.</param>
internal sealed record LegendBox(int Place, double Size, string? Title, double TitleSize, int Columns, (double X, double Y)? Anchor, Color Face, Color Edge,
    bool HasShadow, (Artist Artist, string Label)[]? Given)
{
    private static readonly string[] s_places =
        ["best", "upper right", "upper left", "lower left", "lower right", "right", "center left", "center right", "lower center", "upper center", "center"];

    public static int PlaceOf(Series? loc)
    {
        int place = loc switch
        {
            null => 0,
            { Text: { } name } => Array.IndexOf(s_places, name),
            { Values: [var number] } when number == Math.Floor(number) => (int)number,
            _ => -1,
        };
        string places = string.Join(", ", s_places.Select(name => PythonText.Repr(name)));
        return place is >= 0 and <= 10 ? place : throw new ValueError($"`loc` must be one of {places}, or its number. "
            + $"Received: loc={PythonText.Repr(loc!.Text ?? (object)loc.Values)}");
    }

    /// <summary>The settings from a program's arguments.</summary>
    /// <exception cref="ValueError">An argument is invalid.</exception>
    public static LegendBox Of(RcParams settings, (Artist, string)[]? given, Series? loc, Series? fontsize, string? title, (double X, double Y)? anchor,
        int? columns, bool? frame, double? alpha, bool hasShadow, Paint? face, Paint? edge, Series? titleSize)
    {
        if (columns is < 1) throw new ValueError($"`ncol` must be 1 or more. Received: ncol={columns}");
        double size = Wording.SizeOf(fontsize, settings.Legend);
        bool hasFrame = frame ?? settings.Number("legend.frameon") > 0;
        var ground = Artist.Faded(face?.Only("facecolor") ?? settings.ColorOf("axes.facecolor"), alpha ?? settings.Number("legend.framealpha"));
        return new LegendBox(PlaceOf(loc ?? settings["legend.loc"]), size, title, Wording.SizeOf(titleSize, size), columns ?? 1, anchor,
            hasFrame ? ground : ColorNames.Clear, hasFrame ? edge?.Only("edgecolor") ?? new Color(0xcc, 0xcc, 0xcc, 0xcc) : ColorNames.Clear, hasShadow, given);
    }
}

/// <summary>A legend, laid out and drawn with matplotlib's distances, which are multiples of the font size.</summary>
/// <param name="box">The settings.</param>
/// <param name="items">The legend's entries.</param>
/// <param name="letters">The letters' colour.</param>
internal sealed class LegendDrawing(LegendBox box, IReadOnlyList<LegendItem> items, Color letters)
{
    public const double Away = 0.5;

    private const double Border = 0.4, RowGap = 0.5, Handle = 2, HandleHeight = 0.7, TextGap = 0.8, ColumnGap = 2, Corner = 0.2;

    private double Unit => box.Size * Artist.Point;

    /// <summary>The entries column by column; the first columns have one more where they can't be equal.</summary>
    private LegendItem[][] Columns()
    {
        int columns = Math.Max(1, Math.Min(box.Columns, items.Count)), rows = items.Count / columns, more = items.Count % columns, at = 0;
        return [.. Enumerable.Range(0, columns).Select(column =>
        {
            int count = rows + (column < more ? 1 : 0);
            at += count;
            return items.Skip(at - count).Take(count).ToArray();
        })];
    }

    private double RowHeight(LegendItem item) => Lettering.Height(item.LabelText, box.Size);

    private double ColumnHeight(LegendItem[] column) => column.Sum(RowHeight) + Math.Max(0, column.Length - 1) * RowGap * Unit;

    private double ColumnWidth(Lettering set, LegendItem[] column) => (Handle + TextGap) * Unit + column.Max(item => set.Width(item.LabelText, box.Size));

    /// <summary>The size in pixels.</summary>
    public PixelSize Size()
    {
        using var set = new Lettering();
        var columns = Columns();
        double width = columns.Sum(column => ColumnWidth(set, column)) + (columns.Length - 1) * ColumnGap * Unit, height = columns.Max(ColumnHeight);
        if (box.Title is { } title)
        {
            width = Math.Max(width, set.Width(title, box.TitleSize));
            height += Lettering.Height(title, box.TitleSize) + RowGap * Unit;
        }
        return new PixelSize((float)(width + 2 * Border * Unit), (float)(height + 2 * Border * Unit));
    }

    /// <summary>The position in axes with a given frame.</summary>
    /// <param name="frame">The axes' frame.</param>
    /// <param name="best">The location that hides the least.</param>
    public PixelRect Within(PixelRect frame, Func<PixelSize, float, Alignment> best)
    {
        var size = Size();
        float away = (float)(Away * Unit);
        if (box.Anchor is not { } anchor)
            return new PixelRect(0, size.Width, size.Height, 0).AlignedInside(frame, best(size, away), new PixelPadding(away));
        // The corner, or the middle of the side, is there, at a distance.
        float x = frame.Left + (float)anchor.X * frame.Width, y = frame.Bottom - (float)anchor.Y * frame.Height;
        var side = LegendPlaces.Of(Math.Max(1, box.Place));
        float left = side.HorizontalFraction() switch { 0 => x + away, 1 => x - away - size.Width, _ => x - size.Width / 2 };
        float top = side.VerticalFraction() switch { 0 => y - away - size.Height, 1 => y + away, _ => y - size.Height / 2 };
        return new PixelRect(left, left + size.Width, top + size.Height, top);
    }

    public void Draw(SKCanvas canvas, PixelRect place)
    {
        using var set = new Lettering();
        float corner = (float)(Corner * Unit);
        var rect = new SKRect(place.Left, place.Top, place.Right, place.Bottom);
        using var paint = new SKPaint { IsAntialias = true };
        if (box.HasShadow)
        {
            float away = (float)(2 * Artist.Point);
            paint.Color = new SKColor(0x4c, 0x4c, 0x4c, 0x80);
            canvas.DrawRoundRect(SKRect.Create(rect.Left + away, rect.Top + away, rect.Width, rect.Height), corner, corner, paint);
        }
        paint.Color = box.Face.ToSKColor();
        canvas.DrawRoundRect(rect, corner, corner, paint);
        (paint.IsStroke, paint.StrokeWidth, paint.Color) = (true, (float)Artist.Point, box.Edge.ToSKColor());
        if (box.Edge.A > 0) canvas.DrawRoundRect(rect, corner, corner, paint);
        var how = new Wording("", box.Size, letters, false);
        double top = place.Top + Border * Unit;
        if (box.Title is { } title)
        {
            double high = Lettering.Height(title, box.TitleSize);
            set.Draw(canvas, title, place.HorizontalCenter, top + high / 2, how with { Size = box.TitleSize });
            top += high + RowGap * Unit;
        }
        double left = place.Left + Border * Unit;
        foreach (var column in Columns())
        {
            double y = top;
            foreach (var item in column)
            {
                double high = RowHeight(item), middle = y + high / 2, start = left + (Handle + TextGap) * Unit;
                Show(canvas, item, left, middle);
                set.Draw(canvas, item.LabelText, start + set.Width(item.LabelText, box.Size) / 2, middle, how);
                y += high + RowGap * Unit;
            }
            left += ColumnWidth(set, column) + ColumnGap * Unit;
        }
    }

    private void Show(SKCanvas canvas, LegendItem item, double left, double middle)
    {
        float from = (float)left, to = (float)(left + Handle * Unit), y = (float)middle;
        using var paint = new SKPaint { IsAntialias = true };
        if (item.LineWidth > 0)
        {
            using var path = new SKPath();
            path.MoveTo(from, y);
            path.LineTo(to, y);
            Stroke.Draw(canvas, path, item.LineColor, item.LineWidth, item.LinePattern.Intervals is { Length: > 1 } dashes ? dashes : null);
        }
        else if (item.FillColor.A > 0 || item.OutlineWidth > 0)
        {
            float half = (float)(HandleHeight * Unit / 2);
            var rect = new SKRect(from, y - half, to, y + half);
            paint.Color = item.FillColor.ToSKColor();
            canvas.DrawRect(rect, paint);
            (paint.IsStroke, paint.StrokeWidth, paint.Color) = (true, item.OutlineWidth, item.OutlineColor.ToSKColor());
            if (item.OutlineWidth > 0) canvas.DrawRect(rect, paint);
        }
        if (item.MarkerStyle is { IsVisible: true, CustomRenderer: { } renderer } style)
        {
            using var marker = ScottPlot.Paint.NewDisposablePaint();
            renderer.Render(canvas, marker, new Pixel((from + to) / 2, y), item.MarkerSize, style);
        }
    }
}
