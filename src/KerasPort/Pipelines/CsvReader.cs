namespace KerasPort.Pipelines;

/// <summary>
/// The records of a CSV text by TensorFlow's rules: a field that contains a delimiter or a line end stands between quotes, and a doubled quote in it is
/// one quote. Written by hand to match which records TensorFlow refuses and where it resumes behind them (<c>CsvDatasetOp</c>).
/// </summary>
/// <param name="text">The text, one character a byte.</param>
/// <param name="delimiter">The character between fields.</param>
/// <param name="quotes">Whether quotes enclose fields, or are characters like others.</param>
/// <param name="path">The name of the file in exceptions.</param>
internal sealed class CsvReader(TextReader text, char delimiter, bool quotes, string path)
{
    private readonly System.Text.StringBuilder _field = new();

    /// <summary>The number of records read so far.</summary>
    public int Records { get; private set; }

    /// <summary>The fields of the next record; <c>null</c> behind the last.</summary>
    /// <exception cref="DatasetException">The record is malformed; the next call reads the one behind it.</exception>
    public List<string>? Next()
    {
        if (text.Peek() < 0) return null;
        Records++;
        var fields = new List<string>();
        do fields.Add(quotes && text.Peek() == '"' ? Quoted() : Plain());
        while (IsFollowed());
        return fields;
    }

    /// <summary>The exception for the current record.</summary>
    public DatasetException Refusal(string why) => new($"{path}, record {Records}: {why}");

    private string Plain()
    {
        _field.Clear();
        for (int next; (next = text.Peek()) >= 0 && next != delimiter && next is not ('\n' or '\r'); text.Read())
        {
            if (quotes && next == '"') throw Skipped("Unquoted fields cannot have quotes inside");
            _field.Append((char)next);
        }
        return _field.ToString();
    }

    private string Quoted()
    {
        _field.Clear();
        text.Read();
        while (true)
        {
            int read = text.Read();
            if (read < 0) throw Refusal("Reached end of file without closing quoted field in record");
            if (read == '"' && text.Peek() != '"')
            {
                int next = text.Peek();
                return next < 0 || next == delimiter || next is '\n' or '\r' ? _field.ToString()
                    : throw Skipped("Quote inside a string has to be escaped by another quote");
            }
            if (read == '"') text.Read();
            _field.Append((char)read);
        }
    }

    /// <summary>Whether another field follows; else the line's end is passed.</summary>
    private bool IsFollowed()
    {
        int read = text.Read();
        if (read == '\r' && text.Peek() == '\n') text.Read();
        return read == delimiter;
    }

    private DatasetException Skipped(string why)
    {
        while (text.Read() is >= 0 and not '\n')
        {
            // The rest of a malformed line is skipped.
        }
        return Refusal(why);
    }
}
