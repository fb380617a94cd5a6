namespace KerasPort.Console;

/// <summary>A JSON file that is named on the command line. It may be a folder, a device without end, or somebody else's.</summary>
internal static class JsonFile
{
    /// <param name="path">The file.</param>
    /// <param name="what">What it is, for messages.</param>
    /// <param name="most">The largest size in MiB. A pipe tells none, so that it is counted while reading.</param>
    /// <exception cref="UsageException">The file can't be read, or is larger.</exception>
    public static byte[] Read(string path, string what, int most)
    {
        try
        {
            using var file = File.OpenRead(path);
            var bytes = new MemoryStream();
            var part = new byte[64 << 10];
            for (int n; (n = file.Read(part)) > 0;)
            {
                bytes.Write(part, 0, n);
                if (bytes.Length > (long)most << 20) throw new IOException($"'{path}' is larger than {most} MiB");
            }
            return bytes.ToArray();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"cannot read the {what}: {FilePath.Unreadable(path, e)}");
        }
    }
}
