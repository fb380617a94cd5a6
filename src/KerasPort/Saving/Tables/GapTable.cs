namespace KerasPort.Saving.Tables;

/// <summary>A table in which numbers may be missing, as <c>np.genfromtxt</c> reads it.</summary>
internal sealed class GapTable(
    DType type, string? comments, string? delimiter, int skip_header, int skip_footer, double? filling_values, Axes? usecols, int? max_rows)
{
    public Numbers Read(string path) => Read(TextTable.Lines(path), path);

    public Numbers Read(IEnumerable<string> lines, string path)
    {
        if (max_rows is not null && skip_footer > 0) throw new ValueError("The keywords 'skip_footer' and 'max_rows' can not be specified at the same time.");
        if (max_rows < 1) throw new ValueError("'max_rows' must be at least 1.");
        var numbers = new Numbers(type);
        var invalid = new List<(int Row, int Count)>();
        int[]? columns = null;
        int width = 0, row = 0;
        foreach (string line in lines.Skip(skip_header))
        {
            string[] fields = Split(line);
            if (fields.Length == 0) continue;
            row++;
            if (columns is null)
            {
                width = fields.Length;
                columns = TextTable.Columns(usecols, width);
                numbers.Columns = columns.Length;
            }
            if (usecols is null ? fields.Length != width : columns.Any(c => c < 0 || c >= fields.Length))
            {
                invalid.Add((row, fields.Length));
                continue;
            }
            foreach (int column in columns) Add(numbers, fields[column]);
            numbers.Rows++;
            if (numbers.Rows == max_rows) break;
        }
        if (invalid.RemoveAll(bad => bad.Row > row - skip_footer) is var left && invalid.Count > 0)
            throw new ValueError($"{path}: Some errors were detected ! " + string.Join("; ", invalid.Take(10)
                .Select(bad => $"Row #{bad.Row} (got {bad.Count} columns instead of {numbers.Columns})"))
                + (invalid.Count > 10 ? $" and {invalid.Count - 10} more" : ""));
        numbers.Drop(Math.Max(skip_footer - left, 0));
        return numbers;
    }

    private void Add(Numbers numbers, string field)
    {
        // Python allows underscores in numbers: 1_000.
        if (field.Contains('_') && !field.StartsWith('_') && !field.EndsWith('_') && !field.Contains("__")) field = field.Replace("_", "");
        if (type == DType.@bool)
        {
            bool isTrue = field.Trim().Equals("TRUE", StringComparison.OrdinalIgnoreCase);
            bool isFalse = field.Trim().Equals("FALSE", StringComparison.OrdinalIgnoreCase);
            numbers.Add(isTrue || (!isFalse && filling_values is { } filling and not 0) ? 1L : 0);
        }
        else if (type.IsInexact)
        {
            numbers.Add(Numbers.TryFraction(field, out double value) ? value : filling_values ?? double.NaN);
        }
        else if (Numbers.TryWhole(field, out long whole))
        {
            numbers.Add(whole);
        }
        else if (type.IsUnsigned && filling_values is null)
        {
            numbers.Add(unchecked((long)type.Limits.Most));  // numpy's -1 as a missing value wraps around in an unsigned type
        }
        else
        {
            numbers.Add(filling_values ?? -1);
        }
    }

    private string[] Split(string line)
    {
        if (!string.IsNullOrEmpty(comments) && line.IndexOf(comments, StringComparison.Ordinal) is >= 0 and var at) line = line[..at];
        line = line.Trim(' ', '\r', '\n');
        return line.Length == 0 ? [] : delimiter is null ? line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries) : line.Split(delimiter);
    }
}
