using System.IO.Compression;
using KerasPort.Saving;

namespace KerasPort.Pipelines;

/// <summary>Writes records to a file, <c>tf.io.TFRecordWriter</c>: <c>using (var writer = tf.io.TFRecordWriter(path)) …</c></summary>
public sealed class TFRecordWriter : IDisposable
{
    private readonly Stream _file;

    /// <exception cref="ValueError">The compression is unknown.</exception>
    /// <exception cref="IOException">The file system refuses.</exception>
    internal TFRecordWriter(string path, string? compression)
    {
        compression = TextFile.Compression(compression);
        var file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.Read, 1 << 16);
        _file = compression switch
        {
            "GZIP" => new GZipStream(file, CompressionLevel.Optimal),
            "ZLIB" => new ZLibStream(file, CompressionLevel.Optimal),
            _ => file,
        };
    }

    /// <summary>Appends a record.</summary>
    public void write(byte[] record) => _file.Write(RecordFile.Record(record));

    /// <inheritdoc cref="write(byte[])"/>
    /// <exception cref="ValueError">It isn't one string.</exception>
    public void write(Tensor record) => write(record.Texts is { Count: 1 } one ? one.Bytes(0)
        : throw new ValueError($"One string is expected. Received: {record}"));

    /// <summary>Hands the records written so far to the operating system.</summary>
    public void flush() => _file.Flush();

    /// <summary>Ends the file.</summary>
    public void close() => Dispose();

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();
}
