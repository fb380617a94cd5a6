using System.Diagnostics;
using System.Text.Json.Nodes;

namespace KerasPort.Tests.Console;

/// <summary>Processes that Open MPI starts, which train together.</summary>
[Slow]
public sealed class MpiTests : IDisposable
{
    private static readonly string[] s_command =
        ["run", "--model", "baseline", "cnn-1", "--epochs", "1", "--batch-size", "500", "--seed", "5", "--verbose", "2", "--threads", "1"];

    // Long enough for the training to be under way when something happens to a rank.
    private static readonly string[] s_long =
        ["run", "--model", "cnn-16", "--epochs", "20", "--batch-size", "500", "--seed", "5", "--verbose", "0", "--threads", "1",
        "--checkpoint", "ck", "--checkpoint-every", "5", "--rank-timeout", "6"];

    private readonly TemporaryFolder _folder = new();

    /// <summary>A launcher that starts as many processes as <c>-n</c> says, regardless of cores and user.</summary>
    public static string[] Launcher { get; } = ["mpirun", "--allow-run-as-root", "--oversubscribe", "--mca", "btl", "self,vader"];

    public void Dispose() => _folder.Dispose();

    [Fact]
    [Needs(Need.Mpi, Need.FashionMnist)]
    public void Any_number_of_processes_gives_the_same_report_once()
    {
        string? one = null;
        foreach (int ranks in new[] { 1, 2, 4 })
        {
            string folder = Directory.CreateDirectory(_folder[$"{ranks}"]).FullName;
            var (code, output, error) = Tool.Run(folder, s_command, through: [.. Launcher, "-n", $"{ranks}"]);
            Assert.True(code == 0, error);
            Assert.Equal(2, output.Split("Test loss").Length - 1);
            Assert.Equal(["report.json"], Directory.GetFileSystemEntries(folder).Select(Path.GetFileName));
            string bits = Bits(folder);
            Assert.Equal(one ??= bits, bits);
        }
        string alone = Directory.CreateDirectory(_folder["alone"]).FullName;
        Assert.Equal(0, Tool.Run(alone, [.. s_command, "--distribution", "data_parallel"]).ExitCode);
        Assert.Equal(one, Bits(alone));
    }

    /// <summary>The batch of each process: two of 250 rows are one of 500, and with it the learning rate is doubled.</summary>
    [Theory]
    [InlineData("weak", "0.002")]
    [InlineData("weak_linear", "0.001")]
    [Needs(Need.Mpi, Need.FashionMnist)]
    public void Each_process_has_a_batch_of_its_own(string scaling, string rate)
    {
        string[] command = ["run", "--model", "baseline", "--epochs", "1", "--seed", "5", "--verbose", "0", "--threads", "1"];
        string strong = Directory.CreateDirectory(_folder["strong"]).FullName, weak = Directory.CreateDirectory(_folder["weak"]).FullName;
        var (code, _, error) = Tool.Run(strong, [.. command, "--batch-size", "500", "--learning-rate", "0.002", "--distribution", "data_parallel"]);
        Assert.True(code == 0, error);
        (code, _, error) = Tool.Run(weak, [.. command, "--batch-size", "250", "--learning-rate", rate, "--scaling", scaling],
            through: [.. Launcher, "-n", "2"]);
        Assert.True(code == 0, error);
        Assert.Equal(Bits(strong), Bits(weak));
    }

    /// <summary>
    /// A process that is killed, stopped or asked to end: the others end soon, and the same command resumes, even with another number of processes.
    /// </summary>
    [Theory]
    [InlineData("KILL")]
    [InlineData("STOP")]
    [InlineData("TERM")]
    [Needs(Need.Mpi, Need.FashionMnist, Need.Linux)]
    public void A_process_that_is_lost_ends_the_others(string signal)
    {
        // mpirun would end the others itself, without a reason: each process runs under a shell that outlives it and prints its exit code.
        string says = "\"$@\"; code=$?; echo $code > code.$OMPI_COMM_WORLD_RANK; sleep 60";
        string script = $"echo $$ > shell.$OMPI_COMM_WORLD_RANK; {says}";
        var clock = new Stopwatch();
        using (var tool = new Tool(_folder.Path, s_long, through: [.. Launcher, "-n", "2", "bash", "-c", script, "_"]))
        {
            Until(() => Directory.Exists(_folder["ck/1-cnn-16"]) && Directory.GetFiles(_folder["ck/1-cnn-16"], "*.checkpoint").Length > 0);
            string shell = File.ReadAllText(_folder["shell.1"]).Trim();
            string rank = File.ReadAllText($"/proc/{shell}/task/{shell}/children").Trim();
            clock.Start();
            Process.Start("kill", [$"-{signal}", rank]).WaitForExit();
            Until(() => File.Exists(_folder["code.0"]) && File.ReadAllText(_folder["code.0"]).Length > 0);
            Assert.True(clock.Elapsed < TimeSpan.FromSeconds(30), $"{clock.Elapsed}");
            Assert.Equal("8", File.ReadAllText(_folder["code.0"]).Trim());
            if (signal == "STOP") Process.Start("kill", ["-KILL", rank]).WaitForExit();
            tool.Signal("TERM");
            var (_, _, error) = tool.Finish();
            string line = Assert.Single(error.Split('\n'), text => text.StartsWith("kerasport: error: rank 1 ", StringComparison.Ordinal));
            Assert.Contains("the same command goes on from the checkpoint in", line);
        }
        Assert.NotEmpty(Directory.GetFiles(_folder["ck/1-cnn-16"], "*.checkpoint"));
    }

    [Fact]
    [Needs(Need.Mpi, Need.FashionMnist)]
    public void An_interrupted_training_goes_on_with_another_number_of_processes()
    {
        string[] command = [.. s_command, "--checkpoint", "ck", "--checkpoint-every", "20"];
        string whole = Directory.CreateDirectory(_folder["whole"]).FullName;
        Assert.Equal(0, Tool.Run(whole, command, through: [.. Launcher, "-n", "2"]).ExitCode);
        string cut = Directory.CreateDirectory(_folder["cut"]).FullName;
        using (var tool = new Tool(cut, command, through: [.. Launcher, "-n", "4"]))
        {
            Until(() => Directory.Exists(Path.Combine(cut, "ck", "1-baseline"))
                && Directory.GetFiles(Path.Combine(cut, "ck", "1-baseline"), "*.checkpoint").Length > 0);
            tool.Signal("KILL");
            tool.Finish();
        }
        // Its processes end shortly after the launcher.
        Until(() => !Directory.GetDirectories("/proc").Any(process => WorksIn(process, cut)));
        var (code, _, error) = Tool.Run(cut, command, through: [.. Launcher, "-n", "2"]);
        Assert.True(code == 0, error);
        Assert.Contains("goes on after", error);
        Assert.Equal(Bits(whole), Bits(cut));
    }

    /// <summary>Started by a launcher that announces itself, where there is no Open MPI.</summary>
    [Theory]
    [InlineData("/nowhere/libmpi.so", "there is no /nowhere/libmpi.so to train together with")]
    [InlineData("libc.so.6", "libc.so.6 is not Open MPI's")]
    [Needs(Need.Linux)]
    public void Another_library_or_none_is_one_line(string library, string says)
    {
        var (code, _, error) = Tool.Run(_folder.Path, ["run", "--epochs", "1"], new() { ["OMPI_COMM_WORLD_SIZE"] = "2", ["KERASPORT_MPI"] = library });
        Assert.Equal(8, code);
        Assert.StartsWith("kerasport: error: ", Assert.Single(error.TrimEnd().Split('\n')));
        Assert.Contains(says, error);
        Assert.Empty(Directory.GetFileSystemEntries(_folder.Path));
    }

    private static bool WorksIn(string process, string folder)
    {
        try
        {
            return File.ResolveLinkTarget($"{process}/cwd", returnFinalTarget: false)?.FullName == folder;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;       // it has ended, or is another user's
        }
    }

    private static string Bits(string folder)
    {
        var report = JsonNode.Parse(File.ReadAllText(Path.Combine(folder, "report.json")))!;
        return string.Join('\n', report["runs"]!.AsArray()
            .Select(run => $"{run!["weights_sha256"]} {run["history"]!.ToJsonString()} {run["test"]!.ToJsonString()}"));
    }

    private static void Until(Func<bool> holds)
    {
        var clock = Stopwatch.StartNew();
        while (!holds())
        {
            Assert.True(clock.Elapsed < TimeSpan.FromMinutes(2), "It took too long.");
            Thread.Sleep(50);
        }
    }
}
