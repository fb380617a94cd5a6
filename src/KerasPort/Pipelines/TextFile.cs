using System.IO.Compression;
using System.IO.Enumeration;

namespace KerasPort.Pipelines;

/// <summary>Reading files for data sets, compressed or not, as bytes or lines; and the files of a pattern.</summary>
internal static class TextFile
{
    /// <summary>Opens a file, which is decompressed while it is read.</summary>
    /// <param name="path">The file.</param>
    /// <param name="compression">"GZIP", "ZLIB", or "" and <c>null</c> for none.</param>
    /// <exception cref="DatasetException">The file can't be read.</exception>
    public static Stream Open(string path, string? compression = null)
    {
        try
        {
            if (Directory.Exists(path)) throw new DatasetException($"{path} is a folder, expected a file");
            var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16);
            return compression switch
            {
                "GZIP" => new GZipStream(file, CompressionMode.Decompress),
                "ZLIB" => new ZLibStream(file, CompressionMode.Decompress),
                _ => file,
            };
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new DatasetException($"There is no file {path}", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new DatasetException($"The file {path} can't be read: {e.Message}", e);
        }
    }

    /// <summary>The compression, checked to be known.</summary>
    /// <exception cref="ValueError">It is unknown.</exception>
    public static string? Compression(string? type) => type is null or "" or "GZIP" or "ZLIB" ? type
        : throw new ValueError($"`compression_type` is \"GZIP\", \"ZLIB\", or \"\" for none. Received: compression_type={type}");

    /// <summary>All bytes of a file.</summary>
    /// <exception cref="DatasetException">It can't be read.</exception>
    public static byte[] Bytes(string path)
    {
        using var file = Open(path);
        var bytes = new MemoryStream();
        try
        {
            file.CopyTo(bytes);
        }
        catch (IOException e)
        {
            throw new DatasetException($"The file {path} can't be read: {e.Message}", e);
        }
        return bytes.ToArray();
    }

    /// <summary>The lines of a file as bytes, without line ends.</summary>
    /// <exception cref="DatasetException">The file can't be read, or has another compression.</exception>
    public static IEnumerable<byte[]> Lines(string path, string? compression)
    {
        using var file = Open(path, compression);
        var (line, piece) = (new List<byte>(), new byte[1 << 16]);
        bool isBegun = false;
        for (int count; (count = Read(file, piece, path)) > 0;)
        {
            foreach (byte b in piece.AsSpan(0, count).ToArray())
            {
                isBegun = b != '\n';
                if (isBegun)
                {
                    // Carriage returns are dropped wherever they stand, as in TensorFlow.
                    if (b != '\r') line.Add(b);
                    continue;
                }
                yield return [.. line];
                line.Clear();
            }
        }
        if (isBegun) yield return [.. line];
    }

    /// <summary>Reads up to a piece.</summary>
    /// <exception cref="DatasetException">The file can't be read, or has another compression.</exception>
    public static int Read(Stream file, Span<byte> piece, string path)
    {
        try
        {
            return file.Read(piece);
        }
        catch (Exception e) when (e is IOException or InvalidDataException)
        {
            throw new DatasetException($"The file {path} can't be read: {e.Message}", e);
        }
    }

    /// <summary>Reads until the buffer is full or the file ends.</summary>
    /// <returns>The number of bytes read.</returns>
    /// <exception cref="DatasetException">The file can't be read, or has another compression.</exception>
    public static int Fill(Stream file, Span<byte> held, string path)
    {
        int count = 0;
        while (count < held.Length && Read(file, held[count..], path) is > 0 and var more) count += more;
        return count;
    }

    /// <summary>The files that match a pattern with <c>*</c>, <c>?</c> and <c>[a-z]</c> in its names, sorted.</summary>
    public static string[] Matching(string pattern)
    {
        string root = Path.GetPathRoot(pattern) ?? "";
        // TensorFlow puts ./ before names in the current folder where the pattern has no folder.
        string[] found = [root];
        if (root.Length == 0 && pattern.Split('/')[0].AsSpan().IndexOfAny('*', '?', '[') >= 0) found = ["./"];
        foreach (string part in pattern[root.Length..].Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            found = part.AsSpan().IndexOfAny('*', '?', '[') < 0
                ? [.. found.Select(path => Path.Join(path, part)).Where(Path.Exists)]
                : [.. found.SelectMany(path => Entries(path).Where(name => Matches(part, name)).Select(name => Path.Join(path, name)))];
        }
        return [.. found.Where(path => path.Length > 0).Order(StringComparer.Ordinal)];
    }

    private static IEnumerable<string> Entries(string folder)
    {
        string place = folder.Length == 0 ? "." : folder;
        if (!Directory.Exists(place)) return [];
        var options = new EnumerationOptions { AttributesToSkip = FileAttributes.None };
        return new FileSystemEnumerable<string>(place, (ref FileSystemEntry entry) => entry.FileName.ToString(), options);
    }

    // The rules of C's fnmatch.
    private static bool Matches(ReadOnlySpan<char> pattern, ReadOnlySpan<char> name)
    {
        if (pattern.IsEmpty) return name.IsEmpty;
        switch (pattern[0])
        {
            case '*':
                for (int i = 0; i <= name.Length; i++)
                    if (Matches(pattern[1..], name[i..])) return true;
                return false;
            case '[' when !name.IsEmpty && pattern.Length > 2 && pattern[2..].IndexOf(']') is >= 0 and var end:
                bool isNot = pattern[1] is '!' or '^', isIn = false;
                for (int i = isNot ? 2 : 1; i < end + 2; i++)
                {
                    bool isRange = i + 2 < end + 2 && pattern[i + 1] == '-';
                    isIn |= isRange ? name[0] >= pattern[i] && name[0] <= pattern[i + 2] : name[0] == pattern[i];
                    if (isRange) i += 2;
                }
                return isIn != isNot && Matches(pattern[(end + 3)..], name[1..]);
            case '\\' when pattern.Length > 1:
                return !name.IsEmpty && name[0] == pattern[1] && Matches(pattern[2..], name[1..]);
            default:
                return !name.IsEmpty && (pattern[0] == '?' || pattern[0] == name[0]) && Matches(pattern[1..], name[1..]);
        }
    }
}
