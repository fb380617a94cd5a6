using System.Globalization;

namespace KerasPort.Saving.Tables;

/// <summary>Rows of numbers of one type, read from text.</summary>
internal sealed class Numbers(DType type)
{
    private readonly List<double> _fractions = [];
    private readonly List<long> _whole = [];
    private readonly bool _isWhole = !type.IsInexact;

    /// <summary>The number of rows, which the caller counts.</summary>
    public int Rows { get; set; }

    /// <summary>The number of columns.</summary>
    public int Columns { get; set; }

    /// <exception cref="ValueError">The value is out of the type's range.</exception>
    public void Add(double value)
    {
        if (!_isWhole) _fractions.Add(value);
        else if (Math.Abs(value) < 1L << 62) Add((long)value);
        else throw OutOfBounds(PythonText.Str(value));
    }

    /// <inheritdoc cref="Add(double)"/>
    public void Add(long value)
    {
        if (type.IsInteger && (value < type.Limits.Least || value > type.Limits.Most)) throw OutOfBounds(value.ToString(CultureInfo.InvariantCulture));
        if (_isWhole) _whole.Add(value);
        else _fractions.Add(value);
    }

    /// <summary>Drops the last rows.</summary>
    public void Drop(int rows)
    {
        rows = Math.Min(rows, Rows);
        Rows -= rows;
        if (_isWhole) _whole.RemoveRange(Rows * Columns, rows * Columns);
        else _fractions.RemoveRange(Rows * Columns, rows * Columns);
    }

    /// <summary>
    /// The array. Where it has more axes than <paramref name="ndmin"/>, those of length 1 are dropped; <paramref name="unpack"/> transposes a table.
    /// </summary>
    /// <exception cref="ValueError"><paramref name="ndmin"/> isn't 0, 1 or 2.</exception>
    public NDArray Shaped(bool unpack, int ndmin)
    {
        if (ndmin is < 0 or > 2) throw new ValueError($"Illegal value of ndmin keyword: {ndmin}; expected 0, 1 or 2");
        int[] shape = Rows == 0 && Columns == 0 ? [0] : [Rows, Columns];
        if (ndmin < shape.Length) shape = [.. shape.Where(d => d != 1)];
        if (shape.Length < ndmin && ndmin == 2) shape = shape.Length == 1 ? [shape[0], 1] : [1, 1];
        else if (shape.Length < ndmin) shape = [1];
        bool turn = unpack && shape.Length == 2;
        if (turn) shape = [shape[1], shape[0]];
        Array all = _isWhole ? Turned(_whole, turn) : Turned(_fractions, turn);
        var array = NDArray.Of(all, new ArrayShape(shape));
        return array.dtype == type ? array : array.astype(type);
    }

    /// <summary>Parses a floating-point number in the forms common to .NET, Python and C, with each one's spellings of infinity and NaN.</summary>
    public static bool TryFraction(ReadOnlySpan<char> text, out double value)
    {
        text = text.Trim();
        if (text.Length > 0 && (char.IsAsciiDigit(text[^1]) || text[^1] == '.') && !text.Contains('\0'))
            return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value);
        var unsigned = text.Length > 0 && text[0] is '+' or '-' ? text[1..] : text;
        bool isNegative = text.Length > 0 && text[0] == '-';
        bool isInfinite = unsigned.Equals("inf", StringComparison.OrdinalIgnoreCase) || unsigned.Equals("infinity", StringComparison.OrdinalIgnoreCase);
        value = !isInfinite ? double.NaN : isNegative ? double.NegativeInfinity : double.PositiveInfinity;
        return isInfinite || unsigned.Equals("nan", StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>Parses a whole number.</summary>
    public static bool TryWhole(ReadOnlySpan<char> text, out long value) =>
        long.TryParse(text.Trim(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value);

    private T[] Turned<T>(List<T> numbers, bool turn)
    {
        if (!turn) return [.. numbers];
        var turned = new T[numbers.Count];
        for (int row = 0, at = 0; row < Rows; row++)
            for (int column = 0; column < Columns; column++) turned[column * Rows + row] = numbers[at++];
        return turned;
    }

    private ValueError OutOfBounds(string value) => new($"{value} in row {Rows} is out of bounds for {type}");
}
