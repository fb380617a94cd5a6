using System.Text;

namespace KerasPort.Saving.Tables;

/// <summary>
/// Tables of numbers as text. The rules are numpy's, not CSV's (comments, white space between fields, overlong rows where only some columns are selected,
/// gaps), so that a CSV package could do no more than split a line.
/// </summary>
internal static class TextTable
{
    private static readonly UTF8Encoding s_utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The lines of a file.</summary>
    /// <exception cref="ValueError">The file isn't text.</exception>
    /// <exception cref="IOException">The file can't be read.</exception>
    public static IEnumerable<string> Lines(string path) => Lines(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read), path);

    /// <inheritdoc cref="Lines(string)"/>
    public static IEnumerable<string> Lines(Stream file, string path)
    {
        using var reader = new StreamReader(file, s_utf8);
        while (true)
        {
            string? line;
            try
            {
                line = reader.ReadLine();
            }
            catch (DecoderFallbackException e)
            {
                throw new ValueError($"{path} is no text in UTF-8; if it is compressed, unpack it first", e);
            }
            if (line is null) yield break;
            yield return line;
        }
    }

    /// <summary>The indices of the selected columns, counted from the end if negative.</summary>
    public static int[] Columns(Axes? wanted, int count) => wanted is null ? [.. Enumerable.Range(0, count)] : [.. wanted.Select(c => c < 0 ? c + count : c)];

    /// <summary>The format of a row: one format for each number, or one with a conversion for each column.</summary>
    public static string RowFormat(NDArray a, string fmt, string delimiter)
    {
        int columns = ColumnsOf(a), conversions = fmt.Count(c => c == '%');
        return conversions == 1 ? string.Join(delimiter, Enumerable.Repeat(fmt, columns))
            : conversions == columns ? fmt : throw new ValueError($"fmt has wrong number of % formats: {fmt} for {columns} columns");
    }

    /// <summary>The format of a row: one format for each column.</summary>
    public static string RowFormat(NDArray a, string[] fmt, string delimiter) => fmt.Length == ColumnsOf(a) ? string.Join(delimiter, fmt)
        : throw new ValueError($"fmt has wrong shape: expected {ColumnsOf(a)} formats, one for each column, found {fmt.Length}");

    public static void Write(string path, NDArray a, string rowFormat, string newline, string header, string footer, string comments)
    {
        int columns = ColumnsOf(a), rows = columns == 0 ? a.Length : a.size / columns;
        WholeFile.Write(path, Pieces(), "the table ");

        IEnumerable<ReadOnlyMemory<byte>> Pieces()
        {
            if (header.Length > 0) yield return Line(comments + header.Replace("\n", "\n" + comments));
            NDArray numbers = a.reshape(-1);
            for (int row = 0; row < rows; row++)
                yield return Line(PythonPercent.FormatAll(rowFormat, [.. Enumerable.Range(row * columns, columns).Select(numbers.ScalarAt)]));
            if (footer.Length > 0) yield return Line(comments + footer.Replace("\n", "\n" + comments));
        }

        ReadOnlyMemory<byte> Line(string text) => s_utf8.GetBytes(text + newline);
    }

    private static int ColumnsOf(NDArray a) => a.ndim switch
    {
        1 => 1,
        2 => a.shape[1],
        _ => throw new ValueError($"Expected 1D or 2D array, got {a.ndim}D array instead"),
    };
}
