using System.IO.Compression;

namespace KerasPort.Saving.Npy;

/// <summary>Files of arrays as <c>np.load</c>, <c>np.save</c> and <c>np.savez</c> have them.</summary>
internal static class ArrayFiles
{
    /// <summary>Reads the array of an .npy file, or the arrays of an .npz by name, which are read on demand.</summary>
    /// <exception cref="ValueError">The file is neither, is damaged, or has elements of an unsupported type.</exception>
    /// <exception cref="IOException">The file can't be read.</exception>
    public static NDArray Load(string path) => Opened(path, file =>
    {
        Span<byte> start = stackalloc byte[4];
        int read = file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        file.Position = 0;
        if (start[..read].StartsWith("PK\u0003\u0004"u8) || start[..read].StartsWith("PK\u0005\u0006"u8))
            return NDArray.Of(NpzFormat.Names(file), name => Opened(path, again => NpzFormat.Read(again, name)), path);
        if (start[..read].StartsWith(NpyHeader.Magic[..4])) return NpyFormat.Read(file, file.Length);
        throw new ValueError(read == 0 ? "the file is empty; expected one of np.save or np.savez"
            : "it is no .npy or .npz file; if it is a pickle: that runs code when it is read, and none is read here");
    });

    /// <summary>Writes an .npy file; the ending is added if it is missing.</summary>
    /// <exception cref="IOException">The file system refuses; an existing file stays as it was.</exception>
    public static void Save(string path, NDArray a) => WholeFile.Write(Ending(path, ".npy"), NpyFormat.Write(a), "the array ");

    /// <summary>Writes an .npz file; the ending is added if it is missing.</summary>
    /// <exception cref="IOException">The file system refuses; an existing file stays as it was.</exception>
    /// <exception cref="ValueError">A name leads out of the archive, or occurs twice.</exception>
    public static void SaveZip(string path, IEnumerable<KeyValuePair<string, NDArray>> arrays, bool compress)
    {
        foreach (var (name, _) in arrays)
            if (!ZipMembers.IsInside(name + ".npy")) throw new ValueError($"'{name}' is no name for an array in an .npz file: it means a place outside of it");
        WholeFile.Write(Ending(path, ".npz"), file =>
        {
            using var zip = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true);
            foreach (var (name, array) in arrays)
            {
                var entry = zip.CreateEntry(name + ".npy", compress ? CompressionLevel.Optimal : CompressionLevel.NoCompression);
                entry.LastWriteTime = new DateTimeOffset(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);  // A fixed time, as numpy's: the same arrays give the same bytes.
                using var member = entry.Open();
                foreach (var piece in NpyFormat.Write(array)) member.Write(piece.Span);
            }
        }, "the arrays ");
    }

    private static string Ending(string path, string ending) => path.EndsWith(ending, StringComparison.Ordinal) ? path : path + ending;

    private static T Opened<T>(string path, Func<FileStream, T> read)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
        try
        {
            return file.CanSeek ? read(file) : throw new ValueError("expected a file, found a pipe or a device");
        }
        catch (ValueError e)
        {
            throw new ValueError($"{path}: {e.Message}", e);
        }
    }
}
