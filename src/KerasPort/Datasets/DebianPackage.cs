using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace KerasPort.Datasets;

/// <summary>
/// The files of a Debian or Ubuntu package, without installing it: apt with state folders of its own needs neither root
/// nor an earlier <c>apt-get update</c>, and leaves the system as it is.
/// </summary>
/// <param name="package">Its name.</param>
/// <param name="folder">The folder of the files in the package, without the leading slash.</param>
/// <param name="progress">The writer for the progress bar.</param>
/// <param name="aptGet">The program <c>apt-get</c>.</param>
internal sealed class DebianPackage(string package, string folder, ProgressLine progress, string aptGet = "apt-get") : DatasetSource
{
    private const string DpkgDeb = "dpkg-deb";

    private volatile Process? _running;

    public override string Name => $"Debian package {package}";

    public override void Fetch(IReadOnlyList<DatasetFile> wanted, DatasetCache cache)
    {
        if (!OperatingSystem.IsLinux()) throw new DatasetException("only on Debian and Ubuntu");
        string work = cache.BeginFolder(package);
        // A process that ends in the middle, as after an interrupt, runs no finally: apt would go on alone and its folder stay.
        EventHandler abandon = (_, _) => Abandon(work);
        AppDomain.CurrentDomain.ProcessExit += abandon;
        try
        {
            Run(work, aptGet, ["--version"]);
            Run(work, DpkgDeb, ["--version"]);
            progress.Note($"Fetching the Debian package {package}");
            string[] apt = Prepare(work);
            // A list that fails to update need not be the one that names the package, so this alone decides nothing.
            var update = Run(work, aptGet, [.. apt, "update"]);
            var download = Run(work, aptGet, [.. apt, "download", package]);
            if (!download.Ok) throw new DatasetException(update.Complaint ?? download.Complaint ?? $"{aptGet} failed");
            var extract = Run(work, DpkgDeb, ["--extract", Directory.GetFiles(work, "*.deb").Single(), "content"]);
            if (!extract.Ok) throw new DatasetException(extract.Complaint ?? $"{DpkgDeb} failed");
            foreach (var file in wanted) cache.Keep(Path.Combine(work, "content", folder, file.Name), file);
        }
        finally
        {
            AppDomain.CurrentDomain.ProcessExit -= abandon;
            progress.Erase();
            Directory.Delete(work, recursive: true);
        }
    }

    private void Abandon(string work)
    {
        try
        {
            _running?.Kill(entireProcessTree: true);
            Directory.Delete(work, recursive: true);
        }
        catch (Exception e) when (e is InvalidOperationException or IOException or UnauthorizedAccessException)
        {
            // The process ended by itself just now and cleaned up; the next fetch removes what still lies there.
        }
    }

    /// <summary>The options that keep apt within the folder.</summary>
    private static string[] Prepare(string work)
    {
        string lists = Directory.CreateDirectory(Path.Combine(work, "lists")).FullName;
        string cache = Directory.CreateDirectory(Path.Combine(work, "cache")).FullName;
        string settings = Path.Combine(work, "apt.conf");
        // The hooks of the system's own updates (desktop package managers, cleaning up in containers) must not run for this one.
        File.WriteAllText(settings, "#clear APT::Update::Post-Invoke;\n#clear APT::Update::Post-Invoke-Success;\n");
        return
        [
            "-c", settings,
            "-o", $"Dir::State::Lists={lists}", "-o", $"Dir::Cache={cache}", "-o", "APT::Sandbox::User=",
            "-o", "Acquire::Languages=none", "-o", "Acquire::Retries=0",
            "-o", "Acquire::http::Timeout=10", "-o", "Acquire::https::Timeout=10",
            "-o", "APT::Status-Fd=2", "-q",
        ];
    }

    /// <summary>Whether the program says that it did its work, and its first complaint.</summary>
    private (bool Ok, string? Complaint) Run(string work, string program, string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = work,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["LC_ALL"] = "C";
        using var process = Start(start);
        _running = process;
        process.StandardInput.Close();
        process.OutputDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        string? warning = null, error = null;
        while (process.StandardError.ReadLine() is { } line)
        {
            if (line.StartsWith("dlstatus:", StringComparison.Ordinal)) ShowStatus(line);
            else if (line.StartsWith("W: ", StringComparison.Ordinal)) warning ??= line[3..];
            else error ??= line.StartsWith("E: ", StringComparison.Ordinal) ? line[3..] : line;
        }
        process.WaitForExit();
        _running = null;
        return (process.ExitCode == 0, error ?? warning);
    }

    private static Process Start(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception e)
        {
            throw new DatasetException($"{start.FileName} is not installed here", e);
        }
    }

    /// <summary><c>dlstatus:ITEM:PERCENT:TEXT</c>, as apt's README.progress-reporting has it.</summary>
    private void ShowStatus(string line)
    {
        if (line.Split(':') is [_, _, var percent, ..] && double.TryParse(percent, NumberStyles.Float, CultureInfo.InvariantCulture, out double done))
            progress.Show(done / 100, string.Create(CultureInfo.InvariantCulture, $"{done:F0}%"));
    }
}
