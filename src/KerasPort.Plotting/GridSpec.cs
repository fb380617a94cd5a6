namespace KerasPort.Plotting;

/// <summary>A grid whose cells axes can share: <c>var gs = fig.add_gridspec(3, 3); fig.add_subplot(gs[0, ..]);</c>.</summary>
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

    /// <summary>The cells of these rows and columns.</summary>
    /// <exception cref="ValueError">There are none there.</exception>
    public SubplotSpec this[GridCells row, GridCells column]
    {
        get
        {
            var ((top, bottom), (left, right)) = (row.Of(_rows), column.Of(_columns));
            return new(new SubplotPlace(_rows, _columns, top * _columns + left, bottom * _columns + right) { Ratios = _ratios, Gaps = _gaps });
        }
    }

    /// <summary>The cells of a number, row by row from 0.</summary>
    /// <exception cref="ValueError">There are none there.</exception>
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

    /// <summary>A grid whose cells axes can share.</summary>
    /// <param name="nrows">Rows.</param>
    /// <param name="ncols">Columns.</param>
    /// <param name="width_ratios">How wide the columns are beside one another: <c>[2, 1]</c>.</param>
    /// <param name="height_ratios">How high the rows are.</param>
    /// <param name="wspace">The room between columns, as a part of their mean width.</param>
    /// <param name="hspace">The room between rows, as a part of their mean height.</param>
    /// <exception cref="ValueError">There is no such grid, or the ratios aren't as many.</exception>
    public GridSpec GridSpec(int nrows, int ncols, Series? width_ratios = null, Series? height_ratios = null, double? wspace = null, double? hspace = null) =>
        new(nrows, ncols, width_ratios, height_ratios, wspace, hspace);
}

/// <summary>Cells of a grid.</summary>
public readonly struct SubplotSpec
{
    internal SubplotSpec(SubplotPlace place) => Place = place;

    internal SubplotPlace Place { get; }
}

/// <summary>Rows, or columns: a number, of which -1 is the last, or a range.</summary>
public readonly struct GridCells
{
    private readonly Range _range;
    private readonly int? _only;

    private GridCells(Range range, int? only) => (_range, _only) = (range, only);

    /// <summary>One.</summary>
    public static implicit operator GridCells(int index) => new(default, index);

    /// <summary>One, from the end.</summary>
    public static implicit operator GridCells(Index index) => new(default, index.IsFromEnd ? -index.Value : index.Value);

    /// <summary>Several.</summary>
    public static implicit operator GridCells(Range range) => new(range, null);

    internal (int First, int Last) Of(int count)
    {
        int first = _only is { } only ? only < 0 ? only + count : only : Math.Min(_range.Start.GetOffset(count), count);
        int last = _only is not null ? first : Math.Min(_range.End.GetOffset(count), count) - 1;
        return first >= 0 && last >= first && last < count ? (first, last)
            : throw new ValueError($"GridSpec has {count} here, and no cells {(_only is { } one ? one : _range)}");
    }
}

/// <summary>How wide a grid's columns and how high its rows are beside one another.</summary>
internal sealed record GridRatios(double[] Across, double[] Down)
{
    /// <exception cref="ValueError">They aren't as many as columns and rows.</exception>
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

/// <summary>Which part of a grid axes take: from one cell to another.</summary>
internal readonly record struct SubplotPlace(int Rows, int Columns, int First, int Last)
{
    /// <summary>How wide and high the cells are, where they aren't all alike.</summary>
    public GridRatios? Ratios { get; init; }

    /// <summary>The room between columns and rows, as parts of their mean size, where the grid has its own.</summary>
    public (double? Across, double? Down)? Gaps { get; init; }

    /// <summary>Where in the figure it is, in place of a cell.</summary>
    public (double Left, double Bottom, double Width, double Height)? Own { get; init; }

    /// <exception cref="ValueError">There is no such cell.</exception>
    public static SubplotPlace Of(int rows, int columns, int first, int last)
    {
        if (rows < 1 || columns < 1) throw new ValueError($"Number of rows and columns must be positive integers. Received: {rows} and {columns}");
        if (first >= 1 && last <= rows * columns && last >= first) return new(rows, columns, first - 1, last - 1);
        throw new ValueError($"num must be an integer with 1 <= num <= {rows * columns}, not {(first == last ? first : (first, last))}");
    }

    /// <exception cref="ValueError">It isn't three digits.</exception>
    public static SubplotPlace Of(int digits) => digits is > 110 and < 1000 ? Of(digits / 100, digits / 10 % 10, digits % 10, digits % 10)
        : throw new ValueError($"Integer subplot specification must be a three-digit number, not {digits}");

    public (int Row, int Column, int LastRow, int LastColumn) Cells =>
        (First / Columns, Math.Min(First % Columns, Last % Columns), Last / Columns, Math.Max(First % Columns, Last % Columns));
}
