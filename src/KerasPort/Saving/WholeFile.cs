namespace KerasPort.Saving;

/// <summary>A file that is written whole or not at all: under another name, to the disk, then renamed.</summary>
internal static class WholeFile
{
    /// <exception cref="IOException">The file system refuses; what was there before is still there.</exception>
    public static void Write(string path, ReadOnlySpan<byte> content)
    {
        string full = Path.GetFullPath(path), folder = Path.GetDirectoryName(full) ?? full;
        if (Directory.Exists(full)) throw new IOException($"cannot write '{path}': it is a folder; name a file");
        string temporary = Path.Combine(folder, $".{Path.GetFileName(full)}.{Guid.NewGuid():N}.tmp");
        try
        {
            using (var file = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0))
            {
                file.Write(content);
                file.Flush(flushToDisk: true);
            }
            File.Move(temporary, full, overwrite: true);
        }
        // The last of these is what .NET makes of EFBIG, a file over the process' limit.
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentOutOfRangeException)
        {
            try
            {
                File.Delete(temporary);
            }
            catch (Exception again) when (again is IOException or UnauthorizedAccessException) { }
            // The system's text names the temporary file, which means nothing to the reader.
            string why = e switch
            {
                DirectoryNotFoundException => $"there is no folder '{folder}'",
                UnauthorizedAccessException => $"no permission to write in '{folder}'",
                FileNotFoundException => $"no file can be made in '{folder}'",
                ArgumentOutOfRangeException => "the file would be larger than the system allows",
                _ => e.Message.Split(" : '")[0].TrimEnd('.'),
            };
            throw new IOException($"cannot write '{path}': {why}", e);
        }
    }
}
