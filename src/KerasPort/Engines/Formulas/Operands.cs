namespace KerasPort.Engines.Formulas;

/// <summary>
/// What a formula runs over: up to six buffers of rows × columns values. One may hold a single row, which counts for every row, or a single
/// column. Two may be the same buffer, but none a part of another.
/// </summary>
/// <param name="rows">Rows.</param>
/// <param name="columns">Values a row.</param>
/// <param name="a">The formula's first buffer.</param>
/// <param name="b">Its second, and so on; <c>null</c> where the formula neither reads nor writes one.</param>
/// <param name="c">Its third.</param>
/// <param name="d">Its fourth.</param>
/// <param name="e">Its fifth.</param>
/// <param name="f">Its sixth.</param>
public readonly struct Operands(
    int rows, int columns, DeviceBuffer a, DeviceBuffer? b = null, DeviceBuffer? c = null, DeviceBuffer? d = null, DeviceBuffer? e = null,
    DeviceBuffer? f = null)
{
    /// <summary>The most buffers of a formula.</summary>
    public const int Most = 6;

    /// <summary>The bit of the second buffer.</summary>
    internal const int Second = 0b10;

    /// <summary>Rows.</summary>
    public int Rows => rows;

    /// <summary>Values a row.</summary>
    public int Columns => columns;

    /// <summary>Values in all.</summary>
    public int Count => checked(rows * columns);

    /// <summary>A bit for each buffer that holds one row of <see cref="Columns"/> values; the formula only reads it.</summary>
    public int OneRow { get; init; }

    /// <summary>A bit for each buffer that holds one column, a value for each row; with its bit in <see cref="OneRow"/> too, one value for all.</summary>
    public int OneColumn { get; init; }

    /// <summary>The buffer at that place, from 0.</summary>
    public DeviceBuffer? this[int place] => place switch { 0 => a, 1 => b, 2 => c, 3 => d, 4 => e, _ => f };

    /// <summary>The same with another buffer at that place.</summary>
    public Operands With(int place, DeviceBuffer buffer)
    {
        DeviceBuffer? At(int other, DeviceBuffer? kept) => other == place ? buffer : kept;
        return new(rows, columns, At(0, a)!, At(1, b), At(2, c), At(3, d), At(4, e), At(5, f)) { OneRow = OneRow, OneColumn = OneColumn };
    }

    /// <summary>The values that the buffer at that place holds.</summary>
    public int SizeOf(int place) => ((OneRow >> place & 1) != 0 ? 1 : rows) * ((OneColumn >> place & 1) != 0 ? 1 : columns);

    /// <summary>The index, in the buffer at <paramref name="place"/>, of the value for a row and a column.</summary>
    public int IndexOf(int place, int row, int column)
    {
        bool oneRow = (OneRow >> place & 1) != 0, oneColumn = (OneColumn >> place & 1) != 0;
        return (oneRow ? 0 : row * (oneColumn ? 1 : columns)) + (oneColumn ? 0 : column);
    }

    /// <summary>Refuses what would reach outside of a buffer, or change values that count several times.</summary>
    /// <exception cref="ValueError">A buffer is missing or too short, or one row or column is to be written.</exception>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal void Require(int reads, int writes)
    {
        for (int place = 0; place < Most; place++)
        {
            if (((reads | writes) >> place & 1) == 0) continue;
            int needed = SizeOf(place), has = this[place]?.Length ?? 0;
            if (needed < 0 || has < needed) throw new ValueError($"Buffer {place} of a formula over {rows} x {columns} values has {has}; it needs {needed}.");
        }
        if ((writes & (OneRow | OneColumn)) != 0) throw new ValueError("A formula can't write to a buffer that holds one row or one column.");
    }
}
