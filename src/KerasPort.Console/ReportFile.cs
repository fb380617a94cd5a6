using KerasPort.Distribution;
using KerasPort.Saving;

namespace KerasPort.Console;

/// <summary>
/// The file that a report (or a picture) goes to: written whole or not at all. The constructor checks that it can be written, so that a wrong
/// path is reported before the training and not after it.
/// </summary>
internal sealed class ReportFile
{
    private readonly string _what;

    /// <param name="path">The file.</param>
    /// <param name="what">A name for messages.</param>
    /// <param name="madeOf">The file that the report is made from and must not overwrite.</param>
    /// <exception cref="IOException">The file can't be written.</exception>
    /// <exception cref="UsageException">The report would overwrite the file that it is made from.</exception>
    public ReportFile(string path, string what = "report", string? madeOf = null)
    {
        _what = $"the {what} ";
        FullPath = Target(path);
        if (File.Exists(madeOf) && FullPath == Target(madeOf))
            throw new UsageException($"the {what} would overwrite '{madeOf}', which it is made of; name another file");
        if (Path.GetFileName(FullPath).Length == 0 || Directory.Exists(FullPath))
            throw new IOException($"cannot write the {what}: '{path}' is a folder; name a file");
        // Renaming onto a device would put a plain file in its place.
        if (!OperatingSystem.IsWindows() && FullPath.StartsWith("/dev/", StringComparison.Ordinal)
            && !FullPath.StartsWith("/dev/shm/", StringComparison.Ordinal))
            throw new IOException($"cannot write the {what}: '{path}' is a device; name a file");
        if (Ranks.Current.IsFirst) WholeFile.RequireWritable(FullPath, _what);
    }

    public string FullPath { get; }

    /// <summary>The file that a path leads to. A link is kept, and its target written.</summary>
    internal static string Target(string path)
    {
        var given = new FileInfo(Path.GetFullPath(path));
        return given.LinkTarget is null ? given.FullName : given.ResolveLinkTarget(returnFinalTarget: true)!.FullName;
    }

    /// <exception cref="IOException">The file system refuses; the previous file is kept.</exception>
    public void Write(ReadOnlyMemory<byte> content) => WholeFile.Write(FullPath, content, _what);
}
