using System.Collections;

namespace KerasPort.Plotting;

/// <summary>
/// The result of <c>subplots</c>, in Python a numpy array: a single axes, which draws as <see cref="Axes"/> does, or several in a row, or in rows and
/// columns: <c>axes[1]</c>, <c>axes[0, 2]</c>, <c>axes[0][2]</c>, <c>axes.flat</c>, <c>var (fig, (left, right)) = plt.subplots(1, 2);</c>.
/// </summary>
public sealed class AxesGrid : Axes, IReadOnlyList<AxesGrid>
{
    private readonly AxesGrid[] _cells;
    private readonly int[] _shape;

    /// <summary>A single axes.</summary>
    internal AxesGrid(Figure figure, SubplotPlace place) : base(figure, place) => (_cells, _shape) = ([this], []);

    /// <summary>Several axes: in rows and columns, or in one row.</summary>
    internal AxesGrid(AxesGrid[] cells, params int[] shape) : base(cells[0].Figure, cells[0].Place) => (_cells, _shape) = (cells, shape);

    /// <summary>The length of the first dimension.</summary>
    public int Count => _shape is [var first, ..] ? first : 1;

    /// <summary>The number of axes.</summary>
    public int size => _cells.Length;

    /// <summary>The numbers of rows and columns, or the length of a single row or column.</summary>
    public ArrayShape shape => new(_shape);

    /// <summary>The axes row by row.</summary>
    public IReadOnlyList<AxesGrid> flat => _cells;

    /// <summary>The axes row by row, in one dimension.</summary>
    public AxesGrid flatten() => new(_cells, _cells.Length);

    /// <summary>The axes row by row, in one dimension.</summary>
    public AxesGrid ravel() => flatten();

    /// <summary>The axes at an index of a single row or column; where there are several rows, that row. -1 is the last.</summary>
    /// <exception cref="ValueError">The index is out of range.</exception>
    public AxesGrid this[int index] => _shape switch
    {
        [] => throw new ValueError($"These are one axes, which have no [{index}]: draw into them, or ask `subplots` for more, or for squeeze: false."),
        [var count] => _cells[At(index, count, 0)],
        [var rows, var columns, ..] => new(_cells[(At(index, rows, 0) * columns)..((At(index, rows, 0) + 1) * columns)], columns),
    };

    /// <summary>The axes at a row and column; -1 is the last.</summary>
    /// <exception cref="ValueError">The index is out of range, or the axes are in a single row.</exception>
    public AxesGrid this[int row, int column] => _shape is [var rows, var columns] ? _cells[At(row, rows, 0) * columns + At(column, columns, 1)]
        : throw new ValueError($"too many indices for array: these axes are {shape}, and [{row}, {column}] asks for rows and columns: give one index, or "
            + "squeeze: false to `subplots`");

    /// <summary>The first two, for <c>var (left, right) = …</c>.</summary>
    /// <exception cref="ValueError">The numbers of axes and variables differ.</exception>
    public void Deconstruct(out AxesGrid first, out AxesGrid second) => (first, second) = (Part(0, 2), Part(1, 2));

    /// <summary>The first three.</summary>
    /// <exception cref="ValueError">The numbers of axes and variables differ.</exception>
    public void Deconstruct(out AxesGrid first, out AxesGrid second, out AxesGrid third) => (first, second, third) = (Part(0, 3), Part(1, 3), Part(2, 3));

    /// <summary>The first four.</summary>
    /// <exception cref="ValueError">The numbers of axes and variables differ.</exception>
    public void Deconstruct(out AxesGrid first, out AxesGrid second, out AxesGrid third, out AxesGrid fourth) =>
        (first, second, third, fourth) = (Part(0, 4), Part(1, 4), Part(2, 4), Part(3, 4));

    /// <inheritdoc/>
    public IEnumerator<AxesGrid> GetEnumerator() => Enumerable.Range(0, Count).Select(i => this[i]).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private protected override void RequireOne()
    {
        if (_shape.Length > 0)
            throw new ValueError($"There are {_cells.Length} axes here, {shape}: say which by an index, axes[0], or take them all by axes.flat.");
    }

    private AxesGrid Part(int index, int count) => _shape.Length > 0 && Count == count ? this[index]
        : throw ValueError.Unpacking(count, _shape.Length > 0 ? Count : 1);

    private static int At(int index, int size, int axis) => index >= -size && index < size ? index < 0 ? index + size : index
        : throw new ValueError($"index {index} is out of bounds for axis {axis} with size {size}");
}
