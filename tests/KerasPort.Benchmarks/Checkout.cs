using System.Diagnostics;

namespace KerasPort.Benchmarks;

/// <summary>A git checkout: the one that this program was built from, or an earlier commit of it, built in a separate folder.</summary>
internal sealed class Checkout : IDisposable
{
    private const string Project = "tests/KerasPort.Benchmarks";
    private readonly bool _isTemporary;

    private Checkout(string folder, string commit, bool isTemporary) => (Folder, Commit, _isTemporary) = (folder, commit, isTemporary);

    /// <summary>The checkout's root.</summary>
    public string Folder { get; }

    /// <summary>The commit, abbreviated, with a <c>+</c> where files were changed since.</summary>
    public string Commit { get; }

    /// <summary>The benchmark program that was built in it.</summary>
    public string Program => Path.Combine(Folder, Project, "bin", "Release", Path.GetFileName(AppContext.BaseDirectory.TrimEnd('/', '\\')),
        Path.GetFileName(Environment.ProcessPath!));

    /// <summary>The file with the figures of each comparison.</summary>
    public string History => Path.Combine(Folder, Project, "history.jsonl");

    /// <summary>The checkout of this program; <c>null</c> where it isn't in one.</summary>
    public static Checkout? Here()
    {
        string folder = AppContext.BaseDirectory;
        if (Git(folder, out string root, "rev-parse", "--show-toplevel") != 0
            || Git(folder, out string commit, "rev-parse", "--short", "HEAD") != 0) return null;
        return new(root, commit + (Git(folder, out string changes, "status", "--porcelain", "--untracked-files=no") == 0 && changes.Length > 0
            ? "+" : ""), isTemporary: false);
    }

    /// <summary>Another commit of this checkout, cloned and built.</summary>
    /// <exception cref="InvalidOperationException">There is no such commit, or it doesn't build.</exception>
    public Checkout At(string commit)
    {
        if (Git(Folder, out string name, "rev-parse", "--verify", "--short", commit + "^{commit}") != 0)
            throw new InvalidOperationException($"{Folder} has no commit '{commit}'. Expected a hash, branch or tag of it.");
        var earlier = new Checkout(Directory.CreateTempSubdirectory("kerasport-against").FullName, name, isTemporary: true);
        try
        {
            if (Git(Folder, out string said, "clone", "--quiet", "--shared", "--no-checkout", Folder, earlier.Folder) != 0
                || Git(earlier.Folder, out said, "checkout", "--quiet", "--detach", name) != 0
                || Run("dotnet", earlier.Folder, out said, "build", "-c", "Release", "-v", "quiet", "-nologo", Project) != 0)
                throw new InvalidOperationException($"{name} can't be compared with: {said}");
            return earlier;
        }
        catch
        {
            earlier.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        if (_isTemporary) Directory.Delete(Folder, recursive: true);
    }

    private static int Git(string folder, out string output, params string[] arguments) => Run("git", folder, out output, arguments);

    private static int Run(string program, string folder, out string output, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(
            program, arguments)
        { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true })!;
        var error = process.StandardError.ReadToEndAsync();
        output = process.StandardOutput.ReadToEnd().Trim();
        process.WaitForExit();
        if (process.ExitCode != 0) output = string.Join(" ", output.Split('\n').Append(error.Result.Trim())).Trim();
        return process.ExitCode;
    }
}
