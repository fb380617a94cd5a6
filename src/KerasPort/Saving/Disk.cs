using System.Runtime.InteropServices;

namespace KerasPort.Saving;

/// <summary>The steps of writing a file, each of which can fail. Tests substitute a disk whose N-th step fails.</summary>
internal partial class Disk
{
    /// <summary>The disk itself.</summary>
    public static Disk Real { get; } = new();

    /// <summary>Creates a file, open for writing.</summary>
    public virtual FileStream Create(string path) => new(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0);

    /// <summary>Appends to the file.</summary>
    public virtual void Write(FileStream file, ReadOnlySpan<byte> part) => file.Write(part);

    /// <summary>Flushes a file to the disk.</summary>
    public virtual void Flush(FileStream file) => file.Flush(flushToDisk: true);

    /// <summary>Renames a file, replacing one of the new name.</summary>
    public virtual void Rename(string from, string to) => File.Move(from, to, overwrite: true);

    /// <summary>Deletes a file.</summary>
    public virtual void Delete(string path) => File.Delete(path);

    /// <summary>Flushes a folder's entries to the disk: until then a power cut may undo a renaming.</summary>
    /// <exception cref="IOException">The system refuses.</exception>
    public virtual void FlushFolder(string path)
    {
        if (OperatingSystem.IsWindows()) return; // NTFS journals its entries itself.
        int folder = Open(path, flags: 0);
        if (folder < 0) throw Refused();
        int result = Flush(folder);
        var refused = Refused();
        _ = Close(folder);
        // EINVAL: some network file systems can't flush a folder.
        const int invalid = 22;
        if (result < 0 && refused.HResult != invalid) throw refused;

        static IOException Refused() => new(Marshal.GetLastPInvokeErrorMessage(), Marshal.GetLastPInvokeError());
    }

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int Flush(int file);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int Close(int file);
}
