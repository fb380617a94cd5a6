using System.Globalization;
using System.Security.Cryptography;

namespace KerasPort.Saving;

/// <summary>
/// The checkpoints of one training, in a folder that one process at a time holds. Each is a numbered file of its own; the last two sound ones are
/// kept, and the newest sound one is restored. A file never changes once it has its name.
/// </summary>
/// <remarks>A file is a line of text that names the format, the content, and the SHA-256 of both.</remarks>
internal sealed class CheckpointFolder : IDisposable
{
    private const string Extension = ".checkpoint", Lock = ".lock";
    private static readonly byte[] s_header = [.. "KerasPort checkpoint 1\n"u8];

    private readonly string _path;
    private readonly Disk _disk;
    private readonly FileStream _lock;
    private long _sound = -1, _last;

    /// <summary>Locks the folder for this process; creates it where there is none.</summary>
    /// <exception cref="IOException">The folder can't be written, or another process has locked it.</exception>
    public CheckpointFolder(string path, Disk? disk = null)
    {
        (_path, _disk) = (Path.GetFullPath(path), disk ?? Disk.Real);
        string file = Path.Combine(_path, Lock);
        WholeFile.MakeFolder(_path, "checkpoints in ");
        try
        {
            _lock = new FileStream(file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 1);
        }
        catch (IOException e) when (e.HResult is 11 or 35 or unchecked((int)0x80070020)) // EWOULDBLOCK, ERROR_SHARING_VIOLATION
        {
            throw new IOException($"another process uses the checkpoints in '{_path}': wait for it, or name another folder", e);
        }
        catch (Exception e) when (WholeFile.IsRefusal(e))
        {
            throw WholeFile.Refused("checkpoints in ", _path, e);
        }
        foreach (string left in Directory.GetFiles(_path, "*" + WholeFile.Unfinished)) File.Delete(left);
    }

    /// <summary>The content of the newest sound checkpoint; <c>null</c> where there is none at all.</summary>
    /// <exception cref="CheckpointException">There are some, but none is sound.</exception>
    public byte[]? Newest()
    {
        var numbers = Numbers();
        _last = numbers.FirstOrDefault();
        foreach (long number in numbers)
        {
            if (Sound(File.ReadAllBytes(PathOf(number))) is not { } content) continue;
            _sound = number;
            return content;
        }
        if (numbers.Count == 0) return null;
        throw new CheckpointException($"no checkpoint in '{_path}' is whole; delete the folder to begin anew");
    }

    /// <summary>Adds a checkpoint and removes those that are no longer needed.</summary>
    /// <exception cref="IOException">The checkpoint can't be written; the older ones are still there.</exception>
    public void Add(IEnumerable<ReadOnlyMemory<byte>> content)
    {
        WholeFile.Write(PathOf(++_last), Sealed(content), "the checkpoint ", _disk);
        try
        {
            foreach (long number in Numbers().Where(n => n != _last && n != _sound)) _disk.Delete(PathOf(number));
        }
        catch (Exception e) when (WholeFile.IsRefusal(e))
        {
            throw WholeFile.Refused("checkpoints in ", _path, e);
        }
        _sound = _last;
    }

    /// <summary>Removes the checkpoints, and the folder if nothing else is in it.</summary>
    public void Clear()
    {
        foreach (long number in Numbers()) File.Delete(PathOf(number));
        (_sound, _last) = (-1, 0);
        Dispose();
        if (!Directory.EnumerateFileSystemEntries(_path).Any()) Directory.Delete(_path);
    }

    /// <summary>Unlocks the folder.</summary>
    public void Dispose()
    {
        if (!_lock.CanWrite) return;
        try { File.Delete(_lock.Name); }
        catch (IOException) { /* Windows keeps an open file. An empty one does no harm. */ }
        _lock.Dispose();
    }

    private string PathOf(long number) => Path.Combine(_path, number.ToString("D8", CultureInfo.InvariantCulture) + Extension);

    /// <summary>The checkpoints' numbers, the newest first.</summary>
    private List<long> Numbers() =>
    [
        .. Directory.GetFiles(_path, "*" + Extension)
            .Select(file => long.TryParse(Path.GetFileNameWithoutExtension(file),
                NumberStyles.None, CultureInfo.InvariantCulture, out long number) ? number : -1)
            .Where(number => number >= 0).OrderDescending(),
    ];

    private static IEnumerable<ReadOnlyMemory<byte>> Sealed(IEnumerable<ReadOnlyMemory<byte>> content)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var piece in content.Prepend(s_header))
        {
            hash.AppendData(piece.Span);
            yield return piece;
        }
        yield return hash.GetHashAndReset();
    }

    private static byte[]? Sound(ReadOnlySpan<byte> file)
    {
        if (file.Length < s_header.Length + SHA256.HashSizeInBytes || !file.StartsWith(s_header)) return null;
        var hashed = file[..^SHA256.HashSizeInBytes];
        return SHA256.HashData(hashed).AsSpan().SequenceEqual(file[hashed.Length..]) ? hashed[s_header.Length..].ToArray() : null;
    }
}
