using KerasPort.Distribution;
using KerasPort.Saving;

namespace KerasPort.Console;

/// <summary>
/// The file that a report (or a picture) goes to: written whole or not at all. That it can be written is tried at once, so that a wrong
/// path is known before the training and not after it.
/// </summary>
internal sealed class ReportFile
{
    private readonly string _what;

    /// <param name="path">The file.</param>
    /// <param name="what">A name for messages.</param>
    /// <param name="madeOf">The file that it is made of, which it must not overwrite.</param>
    /// <exception cref="IOException">It can't be written there.</exception>
    /// <exception cref="UsageException">It would overwrite what it is made of.</exception>
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

    /// <summary>Where a path leads. A link stays one: its target is what is written.</summary>
    internal static string Target(string path)
    {
        var given = new FileInfo(Path.GetFullPath(path));
        return given.LinkTarget is null ? given.FullName : given.ResolveLinkTarget(returnFinalTarget: true)!.FullName;
    }

    /// <exception cref="IOException">The file system refuses; what was there before is still there.</exception>
    public void Write(ReadOnlyMemory<byte> content) => WholeFile.Write(FullPath, content, _what);
}
