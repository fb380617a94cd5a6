namespace KerasPort.Pipelines;

/// <summary>
/// The records of a CSV text by TensorFlow's rules: a field stands between delimiters or, where it has one or a line's end in it, between quotes, of
/// which two stand for one. Written by hand because what is refused, and how a record goes on behind it, is TensorFlow's (<c>CsvDatasetOp</c>).
/// </summary>
/// <param name="text">The text, of which each character is a byte.</param>
/// <param name="delimiter">What stands between fields.</param>
/// <param name="quotes">Whether quotes mean anything.</param>
/// <param name="path">What to call it when it is refused.</param>
internal sealed class CsvReader(TextReader text, char delimiter, bool quotes, string path)
{
    private readonly System.Text.StringBuilder _field = new();

    /// <summary>The records so far, from the first line on.</summary>
    public int Records { get; private set; }

    /// <summary>The fields of the next record; <c>null</c> behind the last.</summary>
    /// <exception cref="DatasetException">It is none; the one behind it is next.</exception>
    public List<string>? Next()
    {
        if (text.Peek() < 0) return null;
        Records++;
        var fields = new List<string>();
        do fields.Add(quotes && text.Peek() == '"' ? Quoted() : Plain());
        while (IsFollowed());
        return fields;
    }

    /// <summary>What a record is refused with.</summary>
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
            // The rest of the line is nothing by itself.
        }
        return Refusal(why);
    }
}
