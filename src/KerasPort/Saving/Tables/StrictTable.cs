using System.Text;

namespace KerasPort.Saving.Tables;

/// <summary>A table in which every field is a number, as <c>np.loadtxt</c> reads it.</summary>
internal sealed class StrictTable(
    DType type, string? comments, string? delimiter, int skiprows, Axes? usecols, int? max_rows, string? quotechar)
{
    private readonly char? _delimiter = Single(delimiter, "delimiter"), _quote = Single(quotechar, "quotechar");

    public Numbers Read(string path) => Read(TextTable.Lines(path), path);

    public Numbers Read(IEnumerable<string> lines, string path)
    {
        if (skiprows < 0) throw new ValueError($"argument must be a nonnegative integer. Received: skiprows={skiprows}");
        if (max_rows < 0) throw new ValueError($"argument must be a nonnegative integer. Received: max_rows={max_rows}");
        if (comments is "") throw new ValueError("comments cannot be an empty string. Use comments=None to disable comments.");
        var numbers = new Numbers(type);
        int width = -1;
        foreach (string line in lines.Skip(skiprows))
        {
            if (numbers.Rows == max_rows) break;
            var fields = Split(line);
            if (fields.Count == 0) continue;
            if (usecols is null && width >= 0 && fields.Count != width)
                throw new ValueError($"{path}: the number of columns changed from {width} to {fields.Count} at row {numbers.Rows + 1}; "
                    + "use `usecols` to select a subset and avoid this error");
            width = fields.Count;
            int[] columns = TextTable.Columns(usecols, width);
            numbers.Columns = columns.Length;
            for (int i = 0; i < columns.Length; i++)
            {
                if (columns[i] < 0 || columns[i] >= width)
                    throw new ValueError($"{path}: invalid column index {usecols![i]} at row {numbers.Rows + 1} with {width} columns");
                if (!TryAdd(numbers, fields[columns[i]]))
                    throw new ValueError($"{path}: could not convert string {PythonText.Repr(fields[columns[i]])} to {type} "
                        + $"at row {numbers.Rows}, column {columns[i] + 1}.");
            }
            numbers.Rows++;
        }
        return numbers;
    }

    /// <summary>Parses a field. For an integer type it may be a fraction, which is truncated, as in numpy.</summary>
    private bool TryAdd(Numbers numbers, string field)
    {
        if (type.IsInexact)
        {
            if (!Numbers.TryFraction(field, out double value)) return false;
            numbers.Add(value);
        }
        else if (Numbers.TryWhole(field, out long whole))
        {
            numbers.Add(type == DType.@bool && whole != 0 ? 1 : whole);
        }
        else
        {
            if (type == DType.@bool || !Numbers.TryFraction(field, out double value) || !double.IsFinite(value)) return false;
            numbers.Add(value);
        }
        return true;
    }

    /// <summary>The fields of a line without its comment; none if nothing else is left.</summary>
    private List<string> Split(string line)
    {
        var (fields, field) = (new List<string>(), new StringBuilder());
        bool isQuoted = false, wasQuoted = false;
        for (int i = 0; i < line.Length; i++)
        {
            char c = line[i];
            if (isQuoted)
            {
                if (c != _quote) field.Append(c);
                else if (i + 1 < line.Length && line[i + 1] == _quote) field.Append(line[++i]);
                else isQuoted = false;
            }
            else if (comments is not null && string.CompareOrdinal(line, i, comments, 0, comments.Length) == 0)
            {
                break;
            }
            else if (c == _quote && field.Length == 0)
            {
                (isQuoted, wasQuoted) = (true, true);
            }
            else if (_delimiter is { } between ? c != between : !char.IsWhiteSpace(c))
            {
                field.Append(c);
            }
            else if (_delimiter is not null || field.Length > 0 || wasQuoted)
            {
                End();
            }
        }
        if (field.Length > 0 || wasQuoted || (_delimiter is not null && fields.Count > 0)) End();
        return fields;

        void End()
        {
            fields.Add(field.ToString());
            field.Clear();
            wasQuoted = false;
        }
    }

    private static char? Single(string? text, string name) => text is null ? null : text.Length == 1 ? text[0]
        : throw new TypeError($"{name}: expected a single character or None; got: {PythonText.Repr(text)}");
}
