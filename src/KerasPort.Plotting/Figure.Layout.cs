using ScottPlot;
using SkiaSharp;

namespace KerasPort.Plotting;

public sealed partial class Figure
{
    /// <summary>The axes at a position of a grid, created if there are none.</summary>
    internal AxesGrid Subplot(SubplotPlace place)
    {
        var axes = (AxesGrid?)_axes.Find(axes => axes.Place == place && axes is { IsTwin: false, IsTwinAcross: false });
        if (axes is null) _axes.Add(axes = new AxesGrid(this, place));
        Current = axes;
        return axes;
    }

    /// <summary>Adds axes that lie over others.</summary>
    internal Axes Add(Axes twin)
    {
        _axes.Add(twin);
        return Current = twin;
    }

    private void Draw(SKCanvas canvas, bool isClear)
    {
        var figure = new PixelRect(0, (float)(_width * Dpi), (float)(_height * Dpi), 0);
        var room = _tight is { } tight ? Tight(figure, tight) : _room;
        var cells = _axes.ToDictionary(axes => axes, axes => CellOf(axes.Place, figure, room));
        foreach (var bar in _bars)
        {
            var places = Array.ConvertAll(bar.Parents, axes => cells[axes]);
            var (all, side) = bar.Split(places);
            foreach (var (axes, place) in bar.Parents.Zip(all))
            {
                // Axes that share a position (twins) share its space.
                foreach (var same in _axes.Where(other => other.Place == axes.Place)) cells[same] = place;
            }
            bar.Draw(canvas, figure, side);
        }
        foreach (var axes in _axes) axes.Draw(canvas, figure, axes.Fitted(cells[axes]), isClear);
        foreach (var text in new[] { _title, _below, _beside }.OfType<FigureText>().Concat(_texts)) text.Draw(canvas, figure);
        if (_legend is not { } legend) return;
        LegendItem[] items = [.. legend.Given!.Select(one =>
        {
            var item = one.Artist.Legend;
            if (item is not null) item.LabelText = one.Label;
            return item;
        }).OfType<LegendItem>()];
        if (items.Length == 0) return;
        var drawing = new LegendDrawing(legend, items, Settings.ColorOf("text.color"));
        drawing.Draw(canvas, drawing.Within(figure, (_, _) => LegendPlaces.Of(Math.Max(1, legend.Place))));
    }

    /// <summary>The box of a position in a grid, as in matplotlib: gaps are fractions of a cell's size.</summary>
    private static PixelRect CellOf(SubplotPlace place, PixelRect figure,
        (double Left, double Right, double Bottom, double Top, double Across, double Down) room)
    {
        if (place.Own is { } own)
        {
            return new PixelRect((float)(own.Left * figure.Width), (float)((own.Left + own.Width) * figure.Width),
                (float)((1 - own.Bottom) * figure.Height), (float)((1 - own.Bottom - own.Height) * figure.Height));
        }
        if (place.Gaps is { } gaps) room = room with { Across = gaps.Across ?? room.Across, Down = gaps.Down ?? room.Down };
        double left = room.Left * figure.Width, right = room.Right * figure.Width, top = (1 - room.Top) * figure.Height,
            bottom = (1 - room.Bottom) * figure.Height;
        double width = (right - left) / (place.Columns + room.Across * (place.Columns - 1)),
            height = (bottom - top) / (place.Rows + room.Down * (place.Rows - 1));
        var (row, column, lastRow, lastColumn) = place.Cells;
        if (place.Ratios is { } ratios)
        {
            var ((from, to), (above, below)) = (Along(ratios.Across, column, lastColumn, width, room.Across), Along(ratios.Down, row, lastRow, height,
                room.Down));
            return new PixelRect((float)(left + from), (float)(left + to), (float)(top + below), (float)(top + above));
        }
        double x = left + column * width * (1 + room.Across), y = top + row * height * (1 + room.Down);
        double x2 = left + lastColumn * width * (1 + room.Across) + width, y2 = top + lastRow * height * (1 + room.Down) + height;
        return new PixelRect((float)x, (float)x2, (float)y2, (float)y);
    }

    // From the start of one cell to the end of another, for cells of a given mean size and gaps.
    private static (double From, double To) Along(double[] ratios, int first, int last, double each, double gap)
    {
        double part = each * ratios.Length / ratios.Sum();
        return (ratios[..first].Sum() * part + first * gap * each, ratios[..(last + 1)].Sum() * part + last * gap * each);
    }

    /// <summary>The smallest margins and gaps with which no labels or titles overlap or leave the figure.</summary>
    private (double Left, double Right, double Bottom, double Top, double Across, double Down) Tight(PixelRect figure,
        (double Pad, double? Down, double? Across, (double Left, double Bottom, double Right, double Top) Rect) how)
    {
        Axes[] placed = [.. _axes.Where(axes => axes.Place.Own is null)];
        if (placed.Length == 0) return _room;
        double letter = Settings.Font * Artist.Point, pad = how.Pad * letter;
        int rows = placed.Max(axes => axes.Place.Rows), columns = placed.Max(axes => axes.Place.Columns);
        double left = 0, right = 0, top = 0, bottom = 0, across = 0, down = 0;
        var over = placed.ToDictionary(axes => axes, axes => Beyond(axes, CellOf(axes.Place, figure, _room)));
        foreach (var axes in placed)
        {
            var (row, column, lastRow, lastColumn) = axes.Place.Cells;
            if (column == 0) left = Math.Max(left, over[axes].Left);
            if (lastColumn == axes.Place.Columns - 1) right = Math.Max(right, over[axes].Right);
            if (row == 0) top = Math.Max(top, over[axes].Top);
            if (lastRow == axes.Place.Rows - 1) bottom = Math.Max(bottom, over[axes].Bottom);
            foreach (var other in placed)
            {
                var next = other.Place.Cells;
                if (next.Column == lastColumn + 1 && other.Place.Columns == axes.Place.Columns)
                    across = Math.Max(across, over[axes].Right + over[other].Left);
                if (next.Row == lastRow + 1 && other.Place.Rows == axes.Place.Rows) down = Math.Max(down, over[axes].Bottom + over[other].Top);
            }
        }
        if (_title is { } title) top += Lettering.Height(title.Words.Text, title.Words.Size) + pad;
        if (_below is { } below) bottom += Lettering.Height(below.Words.Text, below.Words.Size) + pad;
        if (_beside is { } beside) left += Lettering.Height(beside.Words.Text, beside.Words.Size) + pad;
        (across, down) = (columns > 1 ? across + (how.Across * letter ?? pad) : 0, rows > 1 ? down + (how.Down * letter ?? pad) : 0);
        var (rectLeft, rectBottom, rectRight, rectTop) = how.Rect;
        double width = (rectRight - rectLeft) * figure.Width - left - right - 2 * pad, height = (rectTop - rectBottom) * figure.Height - top - bottom - 2 * pad;
        double cell = (width - across * (columns - 1)) / columns, high = (height - down * (rows - 1)) / rows;
        // As in matplotlib, a figure too small for its labels stays unchanged.
        if (cell <= 0 || high <= 0) return _room;
        return (rectLeft + (left + pad) / figure.Width, rectRight - (right + pad) / figure.Width, rectBottom + (bottom + pad) / figure.Height,
            rectTop - (top + pad) / figure.Height, across / cell, down / high);
    }

    /// <summary>The extent of axes and their colour bar beyond their box.</summary>
    private (double Left, double Top, double Right, double Bottom) Beyond(Axes axes, PixelRect cell)
    {
        var place = cell;
        double right = 0, bottom = 0;
        if (_bars.Find(bar => bar.Parents is [var only] && only.Place == axes.Place) is { } bar)
        {
            (var places, var side) = bar.Split([cell]);
            place = places[0];
            var reach = bar.Reach(side);
            (right, bottom) = (reach.Right - cell.Right, reach.Bottom - cell.Bottom);
        }
        var box = axes.Fitted(place);
        var over = axes.Overhang(box);
        return (over.Left - (box.Left - cell.Left), over.Top - (box.Top - cell.Top), Math.Max(right, over.Right - (cell.Right - box.Right)),
            Math.Max(bottom, over.Bottom - (cell.Bottom - box.Bottom)));
    }
}
