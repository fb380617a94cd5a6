namespace KerasPort.Plotting;

/// <summary>A grid whose cells axes can span: <c>var gs = fig.add_gridspec(3, 3); fig.add_subplot(gs[0, ..]);</c>.</summary>
public sealed class GridSpec
{
    private readonly int _rows, _columns;
    private readonly GridRatios? _ratios;
    private readonly (double? Across, double? Down)? _gaps;

    internal GridSpec(int nrows, int ncols, Series? width_ratios = null, Series? height_ratios = null, double? wspace = null, double? hspace = null)
    {
        _ = SubplotPlace.Of(nrows, ncols, 1, 1);
        (_rows, _columns, _ratios) = (nrows, ncols, GridRatios.Of(nrows, ncols, width_ratios, height_ratios));
        _gaps = wspace is null && hspace is null ? null : (wspace, hspace);
    }

    /// <summary>The cells of some rows and columns.</summary>
    /// <exception cref="ValueError">The cells don't exist.</exception>
    public SubplotSpec this[GridCells row, GridCells column]
    {
        get
        {
            var ((top, bottom), (left, right)) = (row.Of(_rows), column.Of(_columns));
            return new(new SubplotPlace(_rows, _columns, top * _columns + left, bottom * _columns + right) { Ratios = _ratios, Gaps = _gaps });
        }
    }

    /// <summary>The cells at an index or a range, row by row from 0.</summary>
    /// <exception cref="ValueError">The cells don't exist.</exception>
    public SubplotSpec this[GridCells cell]
    {
        get
        {
            var (first, last) = cell.Of(_rows * _columns);
            return new(new SubplotPlace(_rows, _columns, first, last) { Ratios = _ratios, Gaps = _gaps });
        }
    }
}

/// <summary><c>matplotlib.gridspec</c>.</summary>
public sealed class GridSpecModule
{
    internal GridSpecModule() { }

    /// <summary>A grid whose cells axes can span.</summary>
    /// <param name="nrows">The number of rows.</param>
    /// <param name="ncols">The number of columns.</param>
    /// <param name="width_ratios">The relative widths of the columns: <c>[2, 1]</c>.</param>
    /// <param name="height_ratios">The relative heights of the rows.</param>
    /// <param name="wspace">The gap between columns, as a fraction of their mean width.</param>
    /// <param name="hspace">The gap between rows, as a fraction of their mean height.</param>
    /// <exception cref="ValueError">The numbers of rows and columns are invalid, or differ from those of the ratios.</exception>
    public GridSpec GridSpec(int nrows, int ncols, Series? width_ratios = null, Series? height_ratios = null, double? wspace = null, double? hspace = null) =>
        new(nrows, ncols, width_ratios, height_ratios, wspace, hspace);
}

/// <summary>Cells of a grid.</summary>
public readonly struct SubplotSpec
{
    internal SubplotSpec(SubplotPlace place) => Place = place;

    internal SubplotPlace Place { get; }
}

/// <summary>Rows, or columns: an index, where -1 is the last, or a range.</summary>
public readonly struct GridCells
{
    private readonly Range _range;
    private readonly int? _only;

    private GridCells(Range range, int? only) => (_range, _only) = (range, only);

    /// <summary>One row or column.</summary>
    public static implicit operator GridCells(int index) => new(default, index);

    /// <summary>One row or column, which may count from the end.</summary>
    public static implicit operator GridCells(Index index) => new(default, index.IsFromEnd ? -index.Value : index.Value);

    /// <summary>Several rows or columns.</summary>
    public static implicit operator GridCells(Range range) => new(range, null);

    internal (int First, int Last) Of(int count)
    {
        int first = _only is { } only ? only < 0 ? only + count : only : Math.Min(_range.Start.GetOffset(count), count);
        int last = _only is not null ? first : Math.Min(_range.End.GetOffset(count), count) - 1;
        return first >= 0 && last >= first && last < count ? (first, last)
            : throw new ValueError($"GridSpec has {count} here, and no cells {(_only is { } one ? one : _range)}");
    }
}

/// <summary>The relative widths of a grid's columns and heights of its rows.</summary>
internal sealed record GridRatios(double[] Across, double[] Down)
{
    /// <exception cref="ValueError">The numbers of ratios differ from those of columns and rows.</exception>
    public static GridRatios? Of(int rows, int columns, Series? across, Series? down)
    {
        return across is null && down is null ? null : new(Read(across, columns, "width"), Read(down, rows, "height"));

        static double[] Read(Series? ratios, int count, string which)
        {
            double[] all = ratios?.Flat(which + "_ratios") ?? [.. Enumerable.Repeat(1.0, count)];
            return all.Length == count && all.All(ratio => ratio > 0) ? all
                : throw new ValueError($"Expected the given number of {which} ratios to match the grid's, {count} above 0. Received: {all.Length} of them");
        }
    }
}

/// <summary>The position of axes in a grid: from one cell to another.</summary>
internal readonly record struct SubplotPlace(int Rows, int Columns, int First, int Last)
{
    /// <summary>The relative widths and heights of the cells, where they aren't equal.</summary>
    public GridRatios? Ratios { get; init; }

    /// <summary>The gaps between columns and rows, as fractions of their mean size, where the grid has its own.</summary>
    public (double? Across, double? Down)? Gaps { get; init; }

    /// <summary>The position in the figure, in place of a cell, as fractions of it.</summary>
    public (double Left, double Bottom, double Width, double Height)? Own { get; init; }

    /// <exception cref="ValueError">The cell doesn't exist.</exception>
    public static SubplotPlace Of(int rows, int columns, int first, int last)
    {
        if (rows < 1 || columns < 1) throw new ValueError($"Number of rows and columns must be positive integers. Received: {rows} and {columns}");
        if (first >= 1 && last <= rows * columns && last >= first) return new(rows, columns, first - 1, last - 1);
        throw new ValueError($"num must be an integer with 1 <= num <= {rows * columns}, not {(first == last ? first : (first, last))}");
    }

    /// <exception cref="ValueError">The number doesn't have three digits.</exception>
    public static SubplotPlace Of(int digits) => digits is > 110 and < 1000 ? Of(digits / 100, digits / 10 % 10, digits % 10, digits % 10)
        : throw new ValueError($"Integer subplot specification must be a three-digit number, not {digits}");

    public (int Row, int Column, int LastRow, int LastColumn) Cells =>
        (First / Columns, Math.Min(First % Columns, Last % Columns), Last / Columns, Math.Max(First % Columns, Last % Columns));
}
