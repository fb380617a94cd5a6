using System.Collections;

namespace KerasPort.Plotting;

/// <summary>The axes that <c>subplots</c> gives: <c>axes[1]</c>, <c>axes[0, 2]</c>, <c>axes.flat</c>.</summary>
public sealed class AxesGrid : IReadOnlyList<Axes>
{
    private readonly Axes[] _axes;
    private readonly int _rows, _columns;

    internal AxesGrid(Axes[] axes, int rows, int columns) => (_axes, _rows, _columns) = (axes, rows, columns);

    /// <summary>All of them.</summary>
    public int Count => _axes.Length;

    /// <summary>Rows and columns, or what there are of one row or column.</summary>
    public ArrayShape shape => _rows == 1 || _columns == 1 ? new([Count]) : new([_rows, _columns]);

    /// <summary>Row by row.</summary>
    public IReadOnlyList<Axes> flat => _axes;

    /// <summary>Row by row.</summary>
    public IReadOnlyList<Axes> flatten() => _axes;

    /// <summary>Row by row.</summary>
    public IReadOnlyList<Axes> ravel() => _axes;

    /// <summary>Of one row or column that axes; -1 is the last.</summary>
    /// <exception cref="ValueError">There are rows and columns, or none of that number.</exception>
    public Axes this[int index]
    {
        get
        {
            if (_rows > 1 && _columns > 1)
                throw new ValueError($"There are {_rows} rows of {_columns} axes: say which by axes[row, column], or take them all by axes.flat. "
                    + $"Received: [{index}]");
            return _axes[At(index, Count, 0)];
        }
    }

    /// <summary>The axes of a row and column; -1 is the last.</summary>
    /// <exception cref="ValueError">There are none there.</exception>
    public Axes this[int row, int column] => _axes[At(row, _rows, 0) * _columns + At(column, _columns, 1)];

    /// <inheritdoc/>
    public IEnumerator<Axes> GetEnumerator() => ((IEnumerable<Axes>)_axes).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private static int At(int index, int size, int axis) => index >= -size && index < size ? index < 0 ? index + size : index
        : throw new ValueError($"index {index} is out of bounds for axis {axis} with size {size}");
}

/// <summary>Which part of a grid axes take: from one cell to another.</summary>
internal readonly record struct SubplotPlace(int Rows, int Columns, int First, int Last)
{
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
