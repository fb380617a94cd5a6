using ScottPlot;
using SkiaSharp;

namespace KerasPort.Plotting;

public sealed partial class Figure
{
    /// <summary>matplotlib's room around what is laid out tightly: 1.08 letters.</summary>
    private const double Pad = 1.08 * 10 * Artist.Point;

    /// <summary>The axes at that place: those that are there, or new ones.</summary>
    internal AxesGrid Subplot(SubplotPlace place)
    {
        var axes = (AxesGrid?)_axes.Find(axes => axes.Place == place && !axes.IsTwin);
        if (axes is null) _axes.Add(axes = new AxesGrid(this, place));
        Current = axes;
        return axes;
    }

    /// <summary>Takes over axes that stand over others.</summary>
    internal Axes Add(Axes twin)
    {
        _axes.Add(twin);
        return Current = twin;
    }

    private void Draw(SKCanvas canvas)
    {
        var figure = new PixelRect(0, (float)(_width * Dpi), (float)(_height * Dpi), 0);
        var room = _isTight ? Tight(figure) : _room;
        foreach (var axes in _axes)
        {
            var cell = CellOf(axes.Place, figure, room);
            var bar = _bars.Find(bar => bar.Axes == axes);
            var box = cell;
            if (bar is not null)
            {
                (box, var side) = Colorbar.Split(cell);
                bar.Draw(canvas, figure, side);
            }
            axes.Draw(canvas, figure, axes.Fitted(box));
        }
        if (_title is { } title) Write(canvas, title, figure);
    }

    /// <summary>Where a place of a grid is, as matplotlib has it: the gaps are parts of a cell's size.</summary>
    private static PixelRect CellOf(SubplotPlace place, PixelRect figure,
        (double Left, double Right, double Bottom, double Top, double Across, double Down) room)
    {
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

    // From the beginning of one cell to the end of another, of cells that are so long on an average and have gaps of a part of that between them.
    private static (double From, double To) Along(double[] ratios, int first, int last, double each, double gap)
    {
        double part = each * ratios.Length / ratios.Sum();
        return (ratios[..first].Sum() * part + first * gap * each, ratios[..(last + 1)].Sum() * part + last * gap * each);
    }

    /// <summary>The least room in which nothing that belongs to axes lies over others, or outside.</summary>
    private (double Left, double Right, double Bottom, double Top, double Across, double Down) Tight(PixelRect figure)
    {
        if (_axes.Count == 0) return _room;
        int rows = _axes.Max(axes => axes.Place.Rows), columns = _axes.Max(axes => axes.Place.Columns);
        double left = 0, right = 0, top = 0, bottom = 0, across = 0, down = 0;
        foreach (var axes in _axes)
        {
            var box = CellOf(axes.Place, figure, _room);
            var over = axes.Overhang(axes.Fitted(box));
            if (_bars.Exists(bar => bar.Axes == axes)) over.Right += 30;
            var (row, column, lastRow, lastColumn) = axes.Place.Cells;
            if (column == 0) left = Math.Max(left, over.Left);
            if (lastColumn == axes.Place.Columns - 1) right = Math.Max(right, over.Right);
            if (row == 0) top = Math.Max(top, over.Top);
            if (lastRow == axes.Place.Rows - 1) bottom = Math.Max(bottom, over.Bottom);
            foreach (var other in _axes)
            {
                var next = other.Place.Cells;
                var otherOver = other == axes ? default : other.Overhang(CellOf(other.Place, figure, _room));
                if (next.Column == lastColumn + 1 && other.Place.Columns == axes.Place.Columns) across = Math.Max(across, over.Right + otherOver.Left);
                if (next.Row == lastRow + 1 && other.Place.Rows == axes.Place.Rows) down = Math.Max(down, over.Bottom + otherOver.Top);
            }
        }
        if (_title is { } title) top += title.Size * 1.2 * Artist.Point + Pad;
        (across, down) = (columns > 1 ? across + Pad : 0, rows > 1 ? down + Pad : 0);
        double width = figure.Width - left - right - 2 * Pad, height = figure.Height - top - bottom - 2 * Pad;
        double cell = (width - across * (columns - 1)) / columns, high = (height - down * (rows - 1)) / rows;
        // As in matplotlib a figure that is too small for its names stays as it is.
        if (cell <= 0 || high <= 0) return _room;
        return ((left + Pad) / figure.Width, 1 - (right + Pad) / figure.Width, (bottom + Pad) / figure.Height, 1 - (top + Pad) / figure.Height,
            across / cell, down / high);
    }

    private static void Write(SKCanvas canvas, Wording title, PixelRect figure)
    {
        using var letters = new Lettering();
        letters.Draw(canvas, title.Text, figure.Width / 2, figure.Height * 0.02 + Lettering.Height(title.Text, title.Size) / 2, title);
    }
}
