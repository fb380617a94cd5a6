using KerasPort.Distribution;

namespace KerasPort.Saving;

/// <summary>
/// Files that are written whole or not at all: written under another name in the same folder, flushed, renamed, and the folder flushed.
/// At every moment the file has either the old content or the new.
/// </summary>
internal static class WholeFile
{
    /// <summary>The ending of unfinished files, by which the leftovers of a killed process are recognized.</summary>
    public const string Unfinished = ".tmp";

    private const int Part = 1 << 16;

    /// <inheritdoc cref="Write(string, IEnumerable{ReadOnlyMemory{byte}}, string, Disk?)"/>
    public static void Write(string path, ReadOnlyMemory<byte> content, string what = "") => Write(path, [content], what);

    /// <summary>Writes a file, or replaces an existing one.</summary>
    /// <param name="path">The file; its folder must exist.</param>
    /// <param name="content">All of it, piece by piece.</param>
    /// <param name="what">A name for messages: "the report ".</param>
    /// <param name="disk">The disk to write to.</param>
    /// <exception cref="IOException">The file system refuses; an existing file stays as it was.</exception>
    public static void Write(string path, IEnumerable<ReadOnlyMemory<byte>> content, string what, Disk? disk = null) => Write(path, file =>
    {
        foreach (var piece in content) file.Write(piece.Span);
    }, what, disk);

    /// <inheritdoc cref="Write(string, IEnumerable{ReadOnlyMemory{byte}}, string, Disk?)"/>
    public static void Write(string path, Action<Stream> content, string what, Disk? disk = null)
    {
        // In distributed training every process comes here; only the first writes.
        if (!Ranks.Current.IsFirst) return;
        disk ??= Disk.Real;
        string full = Path.GetFullPath(path), temporary = TemporaryFor(full);
        if (Directory.Exists(full)) throw new IOException($"cannot write {what}'{path}': it is a folder; name a file");
        bool made = false;
        try
        {
            using (var file = disk.Create(temporary))
            {
                made = true;
                using (var stream = new OnDisk(file, disk)) content(stream);
                disk.Flush(file);
            }
            disk.Rename(temporary, full);
            made = false;
            disk.FlushFolder(Path.GetDirectoryName(full)!);
        }
        catch (Exception e) when (IsRefusal(e))
        {
            if (made) Remove(temporary, disk);
            throw Refused(what, path, e);
        }
    }

    /// <summary>Creates the folder of a file, and those above it.</summary>
    /// <exception cref="IOException">The file system refuses.</exception>
    public static void MakeFolderOf(string path)
    {
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        }
        catch (Exception e) when (IsRefusal(e))
        {
            throw Refused("", path, e);
        }
    }

    /// <summary>Makes a folder, and those above it, where there is none.</summary>
    /// <param name="folder">Its path.</param>
    /// <param name="what">What is to be written there, for messages, up to the path: <c>"the pictures to "</c>.</param>
    /// <exception cref="IOException">The file system refuses, or a file has that name.</exception>
    public static void MakeFolder(string folder, string what)
    {
        if (File.Exists(folder)) throw new IOException($"cannot write {what}'{folder}': it is a file; name a folder");
        try
        {
            Directory.CreateDirectory(folder);
        }
        catch (Exception e) when (IsRefusal(e))
        {
            throw Refused(what, folder, e);
        }
    }

    /// <summary>Tries whether a file can be made there, so that a wrong path is known before the work and not after it.</summary>
    /// <exception cref="IOException">The file system refuses.</exception>
    public static void RequireWritable(string path, string what = "")
    {
        try
        {
            RemoveUnfinished(path);
            using var trial = new FileStream(TemporaryFor(path),
                FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 1, FileOptions.DeleteOnClose);
        }
        catch (Exception e) when (IsRefusal(e))
        {
            throw Refused(what, path, e);
        }
    }

    /// <summary>An unused name beside the file.</summary>
    public static string TemporaryFor(string path) =>
        Path.Combine(Path.GetDirectoryName(path)!, $".{Path.GetFileName(path)}.{Guid.NewGuid():N}{Unfinished}");

    /// <summary>Removes the temporary files that killed processes left of this file; one that is open belongs to a process that is writing it.</summary>
    public static void RemoveUnfinished(string path)
    {
        foreach (string left in Directory.EnumerateFiles(Path.GetDirectoryName(path)!, $".{Path.GetFileName(path)}.*{Unfinished}"))
        {
            try
            {
                using (new FileStream(left, FileMode.Open, FileAccess.ReadWrite, FileShare.None)) { }
                File.Delete(left);
            }
            catch (Exception e) when (IsRefusal(e)) { /* In use, or not ours to remove. */ }
        }
    }

    /// <summary>Whether an exception is a refusal of the file system. .NET turns EFBIG, a file over the process' limit, into the last one.</summary>
    public static bool IsRefusal(Exception e) => e is IOException or UnauthorizedAccessException or ArgumentOutOfRangeException;

    /// <summary>A refusal as one line, without the name of the temporary file, which means nothing to the user.</summary>
    public static IOException Refused(string what, string path, Exception e)
    {
        string folder = Path.GetDirectoryName(Path.GetFullPath(path)) ?? path;
        string? file = folder;
        while (file is not null && !File.Exists(file)) file = Path.GetDirectoryName(file);
        string why = e switch
        {
            _ when file is not null => $"'{file}' is a file, expected a folder",
            DirectoryNotFoundException => $"there is no folder '{folder}'",
            UnauthorizedAccessException => $"no permission to write in '{folder}'",
            FileNotFoundException => $"no file can be made in '{folder}'",
            ArgumentOutOfRangeException => "the file would be larger than the system allows",
            _ => e.Message.Split(" : '")[0].TrimEnd('.'),
        };
        return new IOException($"cannot write {what}'{path}': {why}", e);
    }

    /// <summary>A stream to the temporary file, which passes every write on to the disk in parts.</summary>
    private sealed class OnDisk(FileStream file, Disk disk) : Stream
    {
        public override bool CanRead => false;

        public override bool CanSeek => true;

        public override bool CanWrite => true;

        public override long Length => file.Length;

        public override long Position { get => file.Position; set => file.Position = value; }

        public override void Write(ReadOnlySpan<byte> buffer)
        {
            for (; buffer.Length > Part; buffer = buffer[Part..]) disk.Write(file, buffer[..Part]);
            if (buffer.Length > 0) disk.Write(file, buffer);
        }

        public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

        public override void Flush() { /* Once, when the file is whole. */ }

        public override long Seek(long offset, SeekOrigin origin) => file.Seek(offset, origin);

        public override void SetLength(long value) => file.SetLength(value);

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }

    // A failure here is ignored: the exception that led here matters.
    private static void Remove(string temporary, Disk disk)
    {
        try { disk.Delete(temporary); }
        catch (Exception e) when (IsRefusal(e)) { /* The next one to write here removes it. */ }
    }
}
