using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using KerasPort.Saving;

namespace KerasPort.Tests.Saving;

/// <summary>
/// The system calls while hostile files are loaded and inspected, by strace: only the file itself is opened; no socket is created and no
/// program started.
/// </summary>
public sealed partial class TraceTests
{
    private const string Calls = "%file,%network,memfd_create,io_uring_setup";

    // This path is looked up before and after each file, as a mark in the trace.
    private const string Mark = "/no-such-folder/";

    [Fact]
    [Slow]
    [Needs(Need.Strace)]
    [Trait("Category", Figures.Category)]
    public void Loading_opens_the_file_and_nothing_else()
    {
        using var folder = new TemporaryFolder();
        var files = HostileCorpus.All.Values.Append(new("a good one", ".keras", HostileCorpus.Tiny, ""))
            .Select((file, i) => (Path: folder[$"{i}{file.Ending}"], file.Bytes)).ToArray();
        foreach (var (path, bytes) in files) File.WriteAllBytes(path, bytes);

        var start = new ProcessStartInfo("strace", ["-f", "-qq", "-s", "4096", "-e", "signal=none", "-e", "trace=" + Calls, "-o", folder["trace"],
            "dotnet", typeof(TraceTests).Assembly.Location, Program.LoadFiles, folder.Path])
        { RedirectStandardOutput = true };
        // No method is compiled again later on threads of the runtime's own.
        start.Environment["DOTNET_TieredCompilation"] = "0";
        using (var process = Process.Start(start)!)
        {
            string output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            Assert.Equal((0, $"{HostileCorpus.All.Count} refused, 1 loaded\n"), (process.ExitCode, output));
        }

        var calls = ByMark(File.ReadLines(folder["trace"]));
        foreach (var (path, _) in files)
        {
            // Loading and inspecting.
            Assert.NotEmpty(calls[Path.GetFileName(path)]);
            Assert.All(calls[Path.GetFileName(path)], call => Assert.Contains($"\"{path}\"", call));
            Assert.Equal(2, calls[Path.GetFileName(path)].Count(call => call.StartsWith("open", StringComparison.Ordinal)));
        }
        // A process that does something else is noticed.
        foreach (string seen in new[] { "/etc/hostname", "AF_INET", "connect(", "execve(" })
            Assert.Contains(calls["control"], call => call.Contains(seen, StringComparison.Ordinal));
        Figures.Tell($"{HostileCorpus.All.Count} hostile files loaded and inspected: each opened twice, nothing else opened, no socket, no process");
    }

    /// <summary>The traced process: it does everything once, so that the runtime has loaded what it needs, then everything between marks.</summary>
    public static int Load(string folder)
    {
        int loaded = 0, refused = 0;
        string[] files = [.. Directory.GetFiles(folder).Where(f => ModelFile.FormatOf(f) != ModelFile.Format.Other)];
        var tiny = keras.saving.load_model(Fixtures.Path("hostile/tiny.keras"));
        for (int pass = 0; pass < 2; pass++)
        {
            (loaded, refused) = (0, 0);
            foreach (string file in files)
            {
                File.Exists(Mark + Path.GetFileName(file));
                try
                {
                    HostileCorpus.Load(file, tiny);
                    loaded++;
                }
                catch (ModelFormatException)
                {
                    refused++;
                }
                ModelInspection.Of(file).Write(TextWriter.Null, Terminal.Current);
                File.Exists(Mark);
            }
        }

        File.Exists(Mark + "control");
        File.ReadAllText("/etc/hostname");
        using (var client = new TcpClient())
        {
            try
            {
                client.Connect(IPAddress.Loopback, 1);
            }
            catch (SocketException) { }
        }
        Process.Start("true").WaitForExit();
        System.Console.Out.Write($"{refused} refused, {loaded} loaded\n");
        return 0;
    }

    /// <summary>The calls of all threads, without their thread, by the last mark before them; for each mark those of the last time.</summary>
    private static Dictionary<string, List<string>> ByMark(IEnumerable<string> trace)
    {
        var calls = new Dictionary<string, List<string>>();
        var now = new List<string>();
        foreach (string line in trace)
        {
            string call = Thread().Replace(line, "");
            if (MarkIn().Match(call) is { Success: true } mark) calls[mark.Groups[1].Value] = now = [];
            else if (!OfTheRuntime().IsMatch(call)) now.Add(call);
        }
        return calls;
    }

    [GeneratedRegex(@"^\d+\s+")]
    private static partial Regex Thread();

    // Ignored: the rest of a call that began above, a thread's end, the status of an open file; the runtime asks for memory and processors, and
    // names a thread of the garbage collector.
    [GeneratedRegex("""^(<\.\.\.|\+\+\+|newfstatat\(\d+, "",|"""
        + """openat\(AT_FDCWD, "/(proc/meminfo|proc/self/task/\d+/comm|sys/fs/cgroup/[^"]*|sys/devices/system/cpu/(online|possible))", O_)""")]
    private static partial Regex OfTheRuntime();

    [GeneratedRegex($"\"{Mark}([^\"]*)\"")]
    private static partial Regex MarkIn();
}
