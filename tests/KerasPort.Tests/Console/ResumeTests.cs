using System.Diagnostics;
using System.Text.Json.Nodes;

namespace KerasPort.Tests.Console;

/// <summary>Runs that are killed, interrupted and started again by the same command.</summary>
[Trait("Category", Figures.Category)]
[Needs(Need.FashionMnist)]
[Slow]
public sealed class ResumeTests : IDisposable
{
    // Two models, so that the right one must be found; one and a half epochs of checkpoints each.
    private static readonly string[] s_command =
        ["run", "--model", "baseline", "cnn-1", "--epochs", "2", "--batch-size", "500", "--seed", "5", "--verbose", "2", "--checkpoint", "ck",
            "--checkpoint-every", "30"];

    private static readonly JsonSchema s_schema = new(Repository.File("configs", "report.schema.json"));

    private readonly TemporaryFolder _folder = new();
    private readonly System.Random _random = new();

    public void Dispose() => _folder.Dispose();

    /// <summary>SIGKILL at any moment, every second one while a checkpoint is being written.</summary>
    [Fact]
    public void Killed_and_started_again_it_ends_with_the_same_bits()
    {
        int wanted = Figures.Count(4, 20, 200), killsEach = Math.Min(wanted, 8), kills = 0, survived = 0, inSave = 0, goesOn = 0;
        var (through, takes) = s_through.Value;
        for (int run = 0; kills < wanted; run++)
        {
            string folder = Directory.CreateDirectory(_folder[$"{run}"]).FullName;
            int here = 0;
            bool ended = false;
            while (here < killsEach && !ended)
            {
                using var tool = new Tool(folder, s_command);
                bool waitsForSave = (kills + here) % 2 == 0;
                if (waitsForSave) WaitForSave(tool, folder, skip: _random.Next(here == 0 ? 1 : 0, 4));
                // The first kill of a run comes anywhere in it, later ones sooner: after the run's end they'd cost time and test nothing.
                else tool.Wait(takes * _random.NextDouble() / (here == 0 ? 1 : 2));
                bool saving = IsSaving(folder);
                tool.Signal("KILL");
                var (code, _, error) = tool.Finish();
                if (error.Contains("goes on after")) goesOn++;
                if (ended = code == 0) continue;
                here++;
                if (saving) inSave++;
            }
            var (last, _, why) = Tool.Run(folder, s_command);
            Assert.True(last == 0, why);
            if (why.Contains("goes on after")) goesOn++;
            Assert.Equal(through, Comparable.Of(Path.Combine(folder, "report.json")));
            Assert.Equal(["report.json"], Directory.GetFileSystemEntries(folder).Select(Path.GetFileName));
            kills += here;
            survived += here;
            Directory.Delete(folder, recursive: true);
        }
        Assert.True(goesOn > 0, "No run went on from a checkpoint.");
        Figures.Tell($"kill -9: {survived} of {kills} survived, {inSave} of them while a checkpoint was being written");
    }

    /// <summary>Both signals, at any moment of the training.</summary>
    [Fact]
    [Needs(Need.Linux)]
    public void A_signal_saves_reports_and_leaves_the_rest_for_later() => Interrupt(Figures.Count(3, 8, 40));

    /// <summary>The first process of a container ignores signals that it doesn't handle.</summary>
    [Fact]
    [Needs(Need.Namespaces)]
    public void A_signal_to_the_first_process_of_a_container_does_the_same() =>
        Interrupt(Figures.Count(1, 2, 10), [.. Machine.Unshared("--pid", "--fork"), "env", "--default-signal=INT"]);

    private void Interrupt(int count, string[]? through = null)
    {
        const int signalsEach = 3;
        int late = 0;
        double longest = 0;
        var (result, takes) = s_through.Value;
        for (int i = 0; i < count; i++)
        {
            string folder = Directory.CreateDirectory(_folder[$"{i / signalsEach}"]).FullName;
            using (var tool = new Tool(folder, s_command, through: through))
            {
                tool.WaitFor("Epoch ", "Test loss");
                tool.Wait(takes / 4 * _random.NextDouble());
                var clock = Stopwatch.StartNew();
                tool.Signal(i % 2 == 0 ? "TERM" : "INT", toChild: through is not null);
                var (code, output, error) = tool.Finish();
                if (code == 0 && late++ < count)
                {
                    i--;    // It had ended before the signal came.
                    continue;
                }
                longest = Math.Max(longest, clock.Elapsed.TotalSeconds);
                Assert.Equal(i % 2 == 0 ? 143 : 130, code);
                Assert.InRange(clock.Elapsed.TotalSeconds, 0, 5);
                Assert.Contains($"interrupted; report written to {Path.Combine(folder, "report.json")}\n", error);
                Assert.Contains($"the same command goes on from the checkpoint in {Path.Combine(folder, "ck")}\n", error);
            }
            string report = File.ReadAllText(Path.Combine(folder, "report.json"));
            Assert.Empty(s_schema.Errors(report));
            Assert.True((bool)JsonNode.Parse(report)!["interrupted"]!);
            Assert.DoesNotContain(Directory.GetFiles(folder, "*", SearchOption.AllDirectories), f => f.EndsWith(".tmp", StringComparison.Ordinal));

            if ((i + 1) % signalsEach > 0 && i < count - 1) continue;
            var (last, _, why) = Tool.Run(folder, s_command);
            Assert.True(last == 0, why);
            Assert.Contains("goes on after", why);
            Assert.Equal(result, Comparable.Of(Path.Combine(folder, "report.json")));
        }
        string who = through is null ? "" : ", first process";
        Figures.Tell($"SIGTERM and SIGINT{who}: {count} of {count} saved, reported and went on; the slowest took {longest:0.0} s");
    }

    [Fact]
    public void Another_run_is_refused_and_its_checkpoint_stays()
    {
        using (var tool = new Tool(_folder.Path, s_command))
        {
            tool.WaitFor("Epoch 2/");
            tool.Signal("TERM");
            Assert.Equal(143, tool.Finish().ExitCode);
        }
        File.Delete(_folder["report.json"]);
        var (code, output, error) = Tool.Run(_folder.Path, [.. s_command.Select(a => a == "5" ? "6" : a)]);
        Assert.Equal((5, ""), (code, output));
        Assert.Equal(
            $"kerasport: error: the checkpoint in '{_folder["ck"]}' is of a run with seed 5, this one has 6: give the same settings to go on, or another "
            + "folder to begin anew\n", error);
        Assert.Equal(["ck"], _folder.Names);
        Assert.Equal(0, Tool.Run(_folder.Path, s_command).ExitCode);
    }

    [Fact]
    public void The_same_seed_gives_the_same_bits_on_any_number_of_threads()
    {
        string[] command = ["--model", "baseline", "cnn-3-3", "--epochs", "1", "--batch-size", "64", "--seed", "9", "--verbose", "0"];
        int repeats = Figures.Count(1, 1, 20);
        int[] threads = Figures.AreClaimed ? [.. Enumerable.Range(1, 16)] : Figures.AreMany ? [1, 2, 16] : [1, 3];
        string? first = null;
        int runs = 0;
        void Compare(string[] tool, int count)
        {
            var (code, _, error) = Tool.Run(_folder.Path, [.. command, "--threads", $"{count}"], tool: tool);
            Assert.True(code == 0, error);
            string result = Comparable.Of(_folder["report.json"]);
            Assert.Equal(first ??= result, result);
            runs++;
        }
        for (int i = 0; i < repeats; i++)
            foreach (int count in threads) Compare(Tool.Built, count);
        if (Figures.AreClaimed)
        {
            using var build = Process.Start("dotnet",
                ["build", Repository.File("src", "KerasPort.Console"), "-c", "Debug", "-o", _folder["debug"], "-v", "quiet"]);
            build.WaitForExit();
            foreach (int count in threads) Compare(["dotnet", _folder["debug/kerasport.dll"]], count);
        }
        Figures.Tell($"determinism: {runs} runs on {threads[0]} to {threads[^1]} threads{(Figures.AreClaimed ? ", Release and Debug" : "")}, bit-identical");
    }

    /// <summary>The command without an interruption: its result, and its duration.</summary>
    private static readonly Lazy<(string Result, double Seconds)> s_through = new(() =>
    {
        using var folder = new TemporaryFolder();
        var clock = Stopwatch.StartNew();
        var (code, _, error) = Tool.Run(folder.Path, s_command);
        Assert.True(code == 0, error);
        return (Comparable.Of(folder["report.json"]), clock.Elapsed.TotalSeconds);
    });

    private static void WaitForSave(Tool tool, string folder, int skip)
    {
        for (bool was = false; skip >= 0 && !tool.HasEnded;)
        {
            bool saves = IsSaving(folder);
            if (saves && !was) skip--;
            was = saves;
            if (skip >= 0) Thread.Sleep(1);
        }
    }

    private static bool IsSaving(string folder)
    {
        try
        {
            return Directory.EnumerateFiles(folder, "*.tmp", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = 0 }).Any();
        }
        catch (IOException)
        {
            return false;   // A folder was removed.
        }
    }
}
