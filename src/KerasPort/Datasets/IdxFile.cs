using System.Buffers.Binary;
using System.IO.Compression;
using System.Security.Cryptography;

namespace KerasPort.Datasets;

/// <summary>Reads an idx file into the array that is handed out: no other copy is made, and nothing is believed unchecked.</summary>
internal static class IdxFile
{
    private const int Chunk = 1 << 20;

    /// <summary>The elements of the file, after its whole content was found to be what is expected.</summary>
    /// <exception cref="DatasetException">The file can't be read or isn't the expected one.</exception>
    public static byte[] Read(string path, IdxArray expected)
    {
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, Chunk / 4);
            if (!file.CanSeek) throw new DatasetException($"{path} is a pipe or a device, expected a file");
            return Read(file, path, expected);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new DatasetException($"{path} cannot be read: {e.Message}", e);
        }
    }

    /// <inheritdoc cref="Read(string, IdxArray)"/>
    /// <param name="file">The content.</param>
    /// <param name="path">The name in messages.</param>
    /// <param name="expected">The expected array.</param>
    internal static byte[] Read(Stream file, string path, IdxArray expected)
    {
        try
        {
            return Read(file, expected);
        }
        catch (Problem problem)
        {
            throw new DatasetException($"{path} {problem.Message}");
        }
        catch (InvalidDataException e)
        {
            throw new DatasetException($"{path} is damaged: it does not unpack as gzip", e);
        }
    }

    private static byte[] Read(Stream file, IdxArray expected)
    {
        bool packed = IsGzip(file);
        using var idx = packed ? new GZipStream(file, CompressionMode.Decompress, leaveOpen: true) : file;
        var header = new byte[expected.HeaderSize];
        int size = idx.ReadAtLeast(header, header.Length, throwOnEndOfStream: false);
        if (size < header.Length) throw CutShort(size, expected);
        CheckHeader(header, expected);

        var elements = NewElements.Of<byte>(expected.Size - header.Length);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(header);
        // Hashing runs on another core. It takes a tenth of the time of inflating, which cannot run in parallel.
        var hashing = Task.CompletedTask;
        try
        {
            for (int at = 0; at < elements.Length;)
            {
                int start = at, length = Math.Min(Chunk, elements.Length - at);
                int read = idx.ReadAtLeast(elements.AsSpan(at, length), length, throwOnEndOfStream: false);
                if (read < length) throw CutShort(header.Length + at + read, expected);
                hashing = hashing.ContinueWith(_ => hash.AppendData(elements, start, length), TaskScheduler.Default);
                at += length;
            }
            if (idx.ReadByte() >= 0) throw new Problem($"is too long: it unpacks to more than the expected {expected.Size} bytes");
            if (packed) CheckTrailer(file, expected);
        }
        finally
        {
            hashing.Wait();
        }
        if (expected.Shape.Length == 1) CheckLabels(elements);
        string found = Convert.ToHexStringLower(hash.GetHashAndReset());
        if (found != expected.Sha256)
            throw new Problem($"is not the expected file: the SHA-256 of its unpacked bytes is {found}, expected {expected.Sha256}");
        return elements;
    }

    /// <summary>By its first two bytes; an idx file begins with two zeros. Everything else is left to the gzip reader to refuse.</summary>
    private static bool IsGzip(Stream file)
    {
        var magic = new byte[2];
        int read = file.ReadAtLeast(magic, magic.Length, throwOnEndOfStream: false);
        file.Position = 0;
        return read < magic.Length || magic is not [0, 0];
    }

    private static void CheckHeader(ReadOnlySpan<byte> header, IdxArray expected)
    {
        uint magic = BinaryPrimitives.ReadUInt32BigEndian(header), wanted = 0x0800u | (uint)expected.Shape.Length;
        if (magic != wanted)
            throw new Problem($"is not an idx file of {expected.Shape.Length}-dimensional bytes: its magic number is 0x{magic:x8}, expected 0x{wanted:x8}");
        var shape = new uint[expected.Shape.Length];
        bool isExpected = true;
        for (int i = 0; i < shape.Length; i++)
        {
            shape[i] = BinaryPrimitives.ReadUInt32BigEndian(header[(4 + 4 * i)..]);
            isExpected &= shape[i] == expected.Shape[i];
        }
        if (!isExpected)
            throw new Problem($"holds an array of shape ({string.Join(", ", shape)}), expected ({string.Join(", ", expected.Shape)})");
    }

    /// <summary>
    /// GZipStream accepts a file that ends early, and one with bytes behind its end, without an error.
    /// A whole file ends with its unpacked size.
    /// </summary>
    private static void CheckTrailer(Stream file, IdxArray expected)
    {
        var size = new byte[4];
        file.Position = file.Length - size.Length;
        file.ReadExactly(size);
        if (BinaryPrimitives.ReadUInt32LittleEndian(size) != (uint)expected.Size)
            throw new Problem("does not end as a gzip file of this size does: it is cut short, or something follows that does not belong to it");
    }

    private static void CheckLabels(byte[] labels)
    {
        int at = labels.AsSpan().IndexOfAnyExceptInRange((byte)0, (byte)9);
        if (at >= 0) throw new Problem($"has label {labels[at]} at position {at}, expected 0 to 9");
    }

    private static Problem CutShort(int size, IdxArray expected) =>
        new($"is cut short: it unpacks to {size} bytes, expected {expected.Size}");

    /// <summary>The error in the file, to be appended to its path.</summary>
    private sealed class Problem(string message) : Exception(message);
}
