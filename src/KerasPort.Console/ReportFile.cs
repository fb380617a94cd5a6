namespace KerasPort.Console;

/// <summary>
/// The file that a report (or a picture) goes to: written whole or not at all. That it can be written is tried at once, so that a wrong
/// path is known before the training and not after it.
/// </summary>
internal sealed class ReportFile
{
    private readonly string _folder, _name, _what;

    /// <param name="path">Where it is to lie.</param>
    /// <param name="what">What it is called when it can't be written.</param>
    /// <exception cref="IOException">It can't be written there.</exception>
    public ReportFile(string path, string what = "report")
    {
        _what = what;
        // A link stays one: its target is what is written.
        var given = new FileInfo(Path.GetFullPath(path));
        FullPath = given.LinkTarget is null ? given.FullName : given.ResolveLinkTarget(returnFinalTarget: true)!.FullName;
        (_folder, _name) = (Path.GetDirectoryName(FullPath) ?? "", Path.GetFileName(FullPath));
        if (_name.Length == 0 || Directory.Exists(FullPath))
            throw new IOException($"cannot write the {_what}: '{path}' is a folder; name a file");
        // Renaming onto a device would put a plain file in its place.
        if (!OperatingSystem.IsWindows() && FullPath.StartsWith("/dev/", StringComparison.Ordinal) && !FullPath.StartsWith("/dev/shm/", StringComparison.Ordinal))
            throw new IOException($"cannot write the {_what}: '{path}' is a device; name a file");
        Guard(() =>
        {
            using var trial = Create(out _, FileOptions.DeleteOnClose);
        });
    }

    public string FullPath { get; }

    /// <exception cref="IOException">The file system refuses; what was there before is still there.</exception>
    public void Write(ReadOnlyMemory<byte> content) => Guard(() =>
    {
        string temporary = "";
        try
        {
            using (var file = Create(out temporary))
            {
                file.Write(content.Span);
                file.Flush(flushToDisk: true);
            }
            File.Move(temporary, FullPath, overwrite: true);
        }
        catch
        {
            if (temporary.Length > 0) File.Delete(temporary);
            throw;
        }
    });

    private FileStream Create(out string path, FileOptions options = FileOptions.None)
    {
        path = Path.Combine(_folder, $".{_name}.{Guid.NewGuid():N}.tmp");
        return new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0, options);
    }

    private void Guard(Action write)
    {
        try
        {
            write();
        }
        // The last of these is what .NET makes of EFBIG, a file over the process' limit.
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentOutOfRangeException)
        {
            // The system's text names the temporary file, which means nothing to the reader.
            string why = e switch
            {
                DirectoryNotFoundException => $"there is no folder '{_folder}'",
                UnauthorizedAccessException => $"no permission to write in '{_folder}'",
                FileNotFoundException => $"no file can be made in '{_folder}'",
                ArgumentOutOfRangeException => "the file would be larger than the system allows",
                _ => e.Message.Split(" : '")[0].TrimEnd('.'),
            };
            throw new IOException($"cannot write the {_what} '{FullPath}': {why}", e);
        }
    }
}
