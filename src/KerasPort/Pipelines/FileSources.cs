using System.Globalization;
using System.Text;

namespace KerasPort.Pipelines;

/// <summary>The lines of text files.</summary>
internal sealed class TextLineDataset(Strings files, string? compression)
    : FilePartsDataset("lines", files, file => TextFile.Lines(file, compression));

/// <summary>The records of TFRecord files.</summary>
internal sealed class TFRecordDataset(Strings files, string? compression)
    : FilePartsDataset("records", files, file => Saving.RecordFile.Read(file, compression));

/// <summary>
/// The parts that a reader takes from files, in order. Each kind is a class of its own, because <c>ToString</c> shows the class' name, as Python does.
/// </summary>
internal abstract class FilePartsDataset(string parts, Strings files, Func<string, IEnumerable<byte[]>> read) : Dataset
{
    internal override long Count => Unknown;

    internal override TensorSpec Spec => new([], DType.@string);

    internal override string Describe() => $"{parts} of {string.Join(' ', files.Values)}";

    internal override IEnumerator<Tensor> Open()
    {
        foreach (string file in files)
            foreach (byte[] part in read(file)) yield return Strings.Of(part);
    }
}

/// <summary>Records of a fixed number of bytes from files, without header and footer.</summary>
internal sealed class FixedLengthRecordDataset(Strings files, int size, int header, int footer, string? compression) : Dataset
{
    internal override long Count => Unknown;

    internal override TensorSpec Spec => new([], DType.@string);

    internal override string Describe() => string.Create(CultureInfo.InvariantCulture, $"records of {size} bytes of {string.Join(' ', files.Values)}");

    internal override IEnumerator<Tensor> Open()
    {
        foreach (string file in files)
        {
            // The footer is recognized by the end of the file, so bytes are read that far ahead.
            using var stream = TextFile.Open(file, compression);
            var held = new byte[header + size + footer];
            int count = TextFile.Fill(stream, held.AsSpan(0, header + footer), file);
            if (count < header + footer) throw new DatasetException($"{file} has {count} bytes, expected {header + footer} before and behind its records");
            held.AsSpan(header, footer).CopyTo(held);
            while (true)
            {
                int read = TextFile.Fill(stream, held.AsSpan(footer, size), file);
                if (read == 0) break;
                if (read < size) throw new DatasetException($"{file} ends with {read} bytes, expected records of {size}");
                yield return Strings.Of(held[..size]);
                held.AsSpan(size, footer).CopyTo(held);
            }
        }
    }
}

/// <summary>The records of CSV files, with one tensor per column.</summary>
/// <param name="files">The files.</param>
/// <param name="defaults">The type or default value of each column.</param>
/// <param name="columns">The indices of the columns, in rising order; <c>null</c> for all.</param>
/// <param name="layout">The format of the files.</param>
internal sealed class CsvDataset(Strings files, RecordDefault[] defaults, int[]? columns, CsvLayout layout) : Dataset
{
    internal override long Count => Unknown;

    internal override TensorSpec Spec => TensorSpec.Several([.. defaults.Select(one => new TensorSpec([], one.Type))]);

    internal override string Describe() => $"records of {string.Join(' ', files.Values)}";

    internal override IEnumerator<Tensor> Open()
    {
        foreach (string file in files)
        {
            using var text = layout.Open(file);
            var reader = new CsvReader(text, layout.Delimiter, layout.Quotes, file);
            if (layout.HasHeader) reader.Next();
            while (true)
            {
                Tensor? record = null;
                try
                {
                    if (reader.Next() is not { } fields) break;
                    record = Parsed(fields, reader);
                }
                catch (DatasetException) when (layout.IgnoresErrors)
                {
                    // A malformed record is left out; reading goes on behind it.
                }
                if (record is not null) yield return record;
            }
        }
    }

    private Tensor Parsed(List<string> fields, CsvReader reader)
    {
        if (columns is null && fields.Count != defaults.Length) throw reader.Refusal($"Expect {defaults.Length} fields but have {fields.Count} in record");
        if (columns is [.., var last] && last >= fields.Count) throw reader.Refusal($"Expect at least {last + 1} fields but have {fields.Count} in record");
        return Tensor.Several([.. defaults.Select((one, i) =>
        {
            int column = columns?[i] ?? i;
            return one.Parse([fields[column]], layout.Missing, (_, why) => reader.Refusal($"Field {column} {why}"), ArrayShape.Create([]));
        })]);
    }
}

/// <summary>The format of CSV files.</summary>
/// <param name="Delimiter">The character between fields.</param>
/// <param name="Quotes">Whether quotes enclose fields.</param>
/// <param name="Missing">The text of a missing value, besides an empty field.</param>
/// <param name="HasHeader">Whether the first record has the columns' names.</param>
/// <param name="Compression">"GZIP", "ZLIB", or "" and <c>null</c> for none.</param>
/// <param name="IgnoresErrors">Whether malformed records are left out.</param>
internal sealed record CsvLayout(char Delimiter, bool Quotes, string Missing, bool HasHeader, string? Compression, bool IgnoresErrors = false)
{
    /// <exception cref="ValueError">The delimiter isn't a single character, or the compression is unknown.</exception>
    public static CsvLayout Of(string delimiter, bool quotes, string missing, bool header, string? compression, bool ignores = false) =>
        delimiter is [var one] && one is not ('\n' or '\r' or '"') ? new(one, quotes, missing, header, TextFile.Compression(compression), ignores)
            : throw new ValueError($"`field_delim` must be one character, no quote and no line's end. Received: field_delim={PythonText.Repr(delimiter)}");

    /// <summary>A file's text, one character a byte, without a UTF-8 byte order mark.</summary>
    public TextReader Open(string file)
    {
        Span<byte> first = stackalloc byte[Encoding.UTF8.Preamble.Length];
        using (var begun = TextFile.Open(file, Compression))
            for (int at = 0; at < first.Length && TextFile.Read(begun, first[at..], file) is > 0 and var more;) at += more;
        var text = new StreamReader(new Unread(TextFile.Open(file, Compression), file), Encoding.Latin1, detectEncodingFromByteOrderMarks: false);
        if (first.SequenceEqual(Encoding.UTF8.Preamble)) for (int i = 0; i < first.Length; i++) text.Read();
        return text;
    }

    /// <summary>The columns' names in a file.</summary>
    /// <exception cref="DatasetException">The file has no record.</exception>
    public string[] Names(string file)
    {
        using var text = Open(file);
        return new CsvReader(text, Delimiter, Quotes, file).Next() is { } fields ? [.. fields.Select(Utf8)]
            : throw new DatasetException($"Failed when reading the header line of {file}. Is it an empty file?");
    }

    /// <summary>The type of each column, inferred from the first records of files.</summary>
    /// <exception cref="DatasetException">A record has another number of columns.</exception>
    public RecordDefault[] Infer(string[] files, int count, int[]? columns, int? most)
    {
        int[] looked = columns ?? [.. Enumerable.Range(0, count)];
        var types = new DType?[looked.Length];
        int seen = 0;
        foreach (string file in files)
        {
            using var text = Open(file);
            var reader = new CsvReader(text, Delimiter, Quotes, file);
            if (HasHeader) reader.Next();
            for (; (most is null || seen < most) && reader.Next() is { } fields; seen++)
            {
                if (fields.Count != count)
                    throw reader.Refusal($"Problem inferring types: CSV row {reader.Records} has {fields.Count} number of fields. Expected: {count}.");
                for (int i = 0; i < looked.Length; i++) types[i] = RecordDefault.Infer(fields[looked[i]], Missing, types[i]);
            }
        }
        return Array.ConvertAll(types, type => RecordDefault.Zero(type ?? DType.@string));
    }

    private static string Utf8(string bytes) => Encoding.UTF8.GetString(Encoding.Latin1.GetBytes(bytes));

    /// <summary>A stream whose exceptions name the file.</summary>
    private sealed class Unread(Stream inner, string file) : Stream
    {
        public override bool CanRead => true;
        public override bool CanSeek => false;
        public override bool CanWrite => false;
        public override long Length => throw new NotSupportedException();
        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }
        public override int Read(byte[] buffer, int offset, int count) => TextFile.Read(inner, buffer.AsSpan(offset, count), file);
        public override int Read(Span<byte> buffer) => TextFile.Read(inner, buffer, file);
        public override void Flush() { }
        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
        public override void SetLength(long value) => throw new NotSupportedException();
        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
        protected override void Dispose(bool disposing) => inner.Dispose();
    }
}
