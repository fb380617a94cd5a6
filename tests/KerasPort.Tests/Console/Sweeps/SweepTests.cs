using System.Text.Json.Nodes;

namespace KerasPort.Tests.Console.Sweeps;

/// <summary>Sweeps as processes: shards that are killed, duplicated or interrupted, or can't write.</summary>
[Needs(Need.FashionMnist)]
[Slow]
public sealed class SweepTests : IDisposable
{
    private const string Twelve =
        """
        {
          "models": ["baseline"], "learning_rate": [0.001, 0.01], "batch_size": [1000, 2000], "seed": [1, 2, 3],
          "epochs": 2, "validation_split": 0.1, "checkpoint_every": 10
        }
        """;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private string[] Command(string config, params string[] more)
    {
        File.WriteAllText(_folder["s.json"], config);
        return ["sweep", "s.json", .. more];
    }

    private (int ExitCode, string Output, string Error) Run(string[] command, Dictionary<string, string>? environment = null) =>
        Tool.Run(_folder.Path, command, environment);

    private string[] Reports(string sweep = "sweep") =>
        Directory.Exists(_folder[$"{sweep}/runs"])
            ? [.. Directory.GetFiles(_folder[$"{sweep}/runs"], "report-*.json", SearchOption.AllDirectories).Order()] : [];

    /// <summary>The collected results, without the seconds.</summary>
    private string Results(string sweep = "sweep")
    {
        var results = JsonNode.Parse(File.ReadAllText(_folder[$"{sweep}/results.json"]))!;
        foreach (var run in results["runs"]!.AsArray()) run!.AsObject().Remove("seconds");
        return results.ToJsonString();
    }

    /// <summary>Twelve runs: one process alone, and two shards, of which one is duplicated and one is killed and started again.</summary>
    [Fact]
    public void Shards_give_what_one_process_gives_also_when_one_is_killed_and_one_comes_twice()
    {
        var (code, table, said) = Run(Command(Twelve, "--folder", "alone", "--at-once", "2"));
        Assert.True(code == 0, said);
        Assert.Contains("12 of 12 runs finished; the best one's model is", said);
        Assert.Equal(12 + 3, table.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
        Assert.True(File.Exists(_folder["alone/plots/val_accuracy-by-learning_rate.png"]));

        string[] Shard(string which) => Command(Twelve, "--at-once", "1", "--shard", which);
        using var first = new Tool(_folder.Path, Shard("1/2"));
        using var second = new Tool(_folder.Path, Shard("2/2"));
        using var again = new Tool(_folder.Path, Shard("2/2"));
        // The odd runs are the first shard's. It is killed after it has finished one and begun another.
        while (!first.HasEnded && !(Reports().Any(IsOfFirst) && Directory.Exists(_folder["sweep/runs/00003"]))) Thread.Sleep(5);
        first.Signal("KILL");
        first.Finish();
        var finished = Reports().ToDictionary(path => path, File.ReadAllText);
        Assert.All([second.Finish(), again.Finish()], ended => Assert.True(ended.ExitCode == 0, ended.Error));
        var (restarted, _, why) = Run(Shard("1/2"));
        Assert.True(restarted == 0, why);
        Assert.Contains("shard 1 of 2 is done; kerasport sweep --collect", why);
        Assert.All(finished, report => Assert.Equal(report.Value, File.ReadAllText(report.Key)));

        var (collected, again12, says) = Run(["sweep", "--collect", "sweep"]);
        Assert.True(collected == 0, says);
        Assert.Equal(Results("alone"), Results());
        Assert.Equal(File.ReadAllBytes(_folder["alone/best.keras"]), File.ReadAllBytes(_folder["sweep/best.keras"]));
        Assert.Equal(12 + 3, again12.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
        Assert.DoesNotContain(Directory.GetFiles(_folder["sweep"], "*", SearchOption.AllDirectories), file => file.EndsWith(".tmp", StringComparison.Ordinal));

        // A damaged result is named and ignored, and trained again by the shard that it belongs to.
        string broken = Reports()[4];
        File.WriteAllText(broken, File.ReadAllText(broken)[..100]);
        var (damaged, _, named) = Run(["sweep", "--collect", "sweep", "--format", "none"]);
        Assert.Equal(3, damaged);
        Assert.Contains($"the result '{broken}' is damaged", named);
        Assert.Contains("11 of 12 runs have a result, and the sweep isn't finished", named);
        Assert.Equal(0, Run(Shard("1/2")).ExitCode);
        Assert.Equal(0, Run(["sweep", "--collect", "sweep", "--format", "none"]).ExitCode);
        Assert.Equal(Results("alone"), Results());

        static bool IsOfFirst(string path) => path.Contains("sweep/runs/") && int.Parse(Path.GetFileName(Path.GetDirectoryName(path)!)) % 2 == 1;
    }

    /// <summary>
    /// Ctrl+C in the middle of a run, which a terminal sends to the runs' processes too, and a scheduler to the sweep's alone: a checkpoint is saved, and
    /// the same command ends with the bits of the run by itself.
    /// </summary>
    [Theory]
    [Needs(Need.Linux)]
    [InlineData("INT", true, 130)]
    [InlineData("TERM", false, 143)]
    [InlineData("KILL", false, 137)]
    public void A_run_that_was_ended_half_way_goes_on_to_the_same_bits(string signal, bool toAll, int exitCode)
    {
        string[] command = Command("""
            {"models": ["cnn-2"], "optimizer": "rmsprop", "learning_rate": 0.002, "batch_size": 200, "epochs": 3, "seed": 7, "checkpoint_every": 5}
            """);
        using (var tool = new Tool(_folder.Path, command, through: ["setsid", "env", "--default-signal=INT"]))
        {
            while (!tool.HasEnded && !(Directory.Exists(_folder["sweep/runs/00001/checkpoint"])
                && Directory.GetFiles(_folder["sweep/runs/00001/checkpoint"], "*.checkpoint", SearchOption.AllDirectories).Length > 2)) Thread.Sleep(1);
            tool.Signal(signal, toGroup: toAll);
            var (code, _, error) = tool.Finish();
            Assert.Equal(exitCode, code);
            if (signal != "KILL") Assert.Equal($"kerasport: interrupted; the same command goes on in {_folder["sweep"]}\n", error);
        }
        var (last, _, why) = Run(command);
        Assert.True(last == 0, why);
        Assert.Contains("goes on after", File.ReadAllText(_folder["sweep/runs/00001/log.txt"]));
        Assert.False(Directory.Exists(_folder["sweep/runs/00001/checkpoint"]));

        // Started by hand, and not as a part of the sweep.
        string[] by = ["run", "--model", "cnn-2", "--optimizer", "rmsprop", "--learning-rate", "0.002",
            "--batch-size", "200", "--epochs", "3", "--seed", "7", "--verbose", "0"];
        Assert.Equal(0, Run(by).ExitCode);
        Assert.Equal(Weights(_folder["report.json"]), Weights(Assert.Single(Reports())));
    }

    private static string Weights(string report) => (string)JsonNode.Parse(File.ReadAllText(report))!["runs"]![0]!["weights_sha256"]!;

    /// <summary>With Slurm's variables: the first shard ends before the second one begins, which then does all that is left.</summary>
    [Fact]
    public void Halving_goes_on_with_the_best_across_shards()
    {
        const string config = """
            {
              "search": "halving", "factor": 2, "models": ["baseline"], "learning_rate": [0.0001, 0.001, 0.003, 100],
              "batch_size": 1000, "epochs": 4, "seed": 3
            }
            """;
        string[] command = Command(config, "--shards", "2", "--threads", "1");
        var (first, _, waits) = Run(command, new() { ["SLURM_ARRAY_TASK_ID"] = "0" });
        Assert.True(first == 0, waits);
        Assert.Contains("shard 1 of 2, by SLURM_ARRAY_TASK_ID", waits);
        Assert.Contains("step 2 of 3 waits for runs of other shards", waits);
        Assert.Equal(2, Reports().Length);
        var (second, _, goesOn) = Run(command, new() { ["JOB_COMPLETION_INDEX"] = "1" });
        Assert.True(second == 0, goesOn);
        Assert.Equal(4 + 2 + 1, Reports().Length);
        Assert.Equal(0, Run(["sweep", "--collect", "sweep"]).ExitCode);

        var results = JsonNode.Parse(File.ReadAllText(_folder["sweep/results.json"]))!;
        Assert.True((bool)results["complete"]!);
        int best = (int)results["best"]!;
        Assert.InRange(best, 1, 3);     // At 100 nothing is learned.
        Assert.Equal(1, (int)results["runs"]![3]!["epochs"]!);
        // A run in parts gives the same as in one go.
        string rate = results["runs"]![best - 1]!["config"]!["learning_rate"]!.ToJsonString();
        string[] by = ["run", "--model", "baseline", "--learning-rate", rate, "--batch-size", "1000", "--epochs", "4", "--seed", "3", "--verbose", "0"];
        Assert.Equal(0, Run(by).ExitCode);
        Assert.Equal(Weights(_folder["report.json"]), (string)results["runs"]![best - 1]!["weights_sha256"]!);

        Assert.Equal(0, Run(Command(config, "--folder", "alone")).ExitCode);
        Assert.Equal(Results(), Results("alone"));
    }

    /// <summary>With the lessons' settings a run is the lesson.</summary>
    [Fact]
    public void With_the_codelabs_settings_it_gives_the_codelabs_bits()
    {
        Assert.Equal(0, Run(Command("""{"models": ["cnn-1"], "epochs": 1, "batch_size": 500, "seed": 5}""", "--format", "none")).ExitCode);
        Assert.Equal(0, Run(["run", "--model", "cnn-1", "--epochs", "1", "--batch-size", "500", "--seed", "5", "--verbose", "0"]).ExitCode);
        Assert.Equal(Weights(_folder["report.json"]), Weights(Assert.Single(Reports())));
    }

    [Fact]
    public void Mistakes_are_a_line_and_an_exit_code()
    {
        void Refused(int code, string says, string[] command, Dictionary<string, string>? environment = null)
        {
            var (ended, output, error) = Run(command, environment);
            Assert.Equal((code, ""), (ended, output));
            Assert.Contains(says, error);
            Assert.Equal(1, error.Count(c => c == '\n'));
        }
        Refused(2, "sweep expects a CONFIG to train, or --collect FOLDER", ["sweep"]);
        Refused(2, "one of the two", ["sweep", "s.json", "--collect", "x"]);
        Refused(2, "--collect trains nothing", ["sweep", "--collect", "x", "--shard", "1/2"]);
        Refused(2, "'x' is no folder of a sweep", ["sweep", "--collect", "x"]);
        Refused(2, "cannot read the config: there is no file 'no.json'", ["sweep", "no.json"]);
        Refused(2, "s.json, line 1, column 2: unknown key \"sed\", did you mean \"seed\"?", Command("{\"sed\": 1}"));
        Refused(2, "give --shards N", Command("{}"), new() { ["JOB_COMPLETION_INDEX"] = "1" });
        Refused(2, "--at-once: expected a whole number from 1 to 256", Command("{}", "--at-once", "0"));
        Refused(2, "--format: expected png", Command("{}", "--format", "gif"));
        File.WriteAllText(_folder["file"], "");
        Refused(6, "file': it is a file; name a folder", Command("{}", "--folder", "file"));
        Assert.False(Directory.Exists(_folder["sweep"]));
    }

    /// <summary>A failure that every run would share ends the shard with the run's message and code; the failure of a single run doesn't.</summary>
    [Fact]
    public void A_run_that_fails_says_why()
    {
        var (code, _, error) = Run(Command("""{"models": ["baseline"], "seed": [1, 2, 3], "engine": "cuda", "device": "gpu:9"}"""));
        Assert.Equal(4, code);
        Assert.Contains("run 1 failed with exit code 4", error);
        Assert.Contains(_folder["sweep/runs/00001/log.txt"], error);
        Assert.Single(Directory.GetDirectories(_folder["sweep/runs"]));
    }

    [Theory]
    [Needs(Need.Namespaces)]
    [InlineData("size=64k", "true", "No space left on device")]
    [InlineData("size=1m", "mount -o remount,ro disk", "Read-only file system")]
    public void A_disk_that_refuses_is_a_line_and_exit_code_6(string size, string then, string says)
    {
        Directory.CreateDirectory(_folder["disk"]);
        string script = $"mount -t tmpfs -o {size} tmpfs disk && {then}; \"$@\"; code=$?; find disk -name '*.tmp' -o -name 'report-*'; exit $code";
        string[] command = Command("""{"models": ["baseline"], "batch_size": 1000, "seed": [1, 2]}""", "--folder", "disk/sweep", "--at-once", "1");
        var (code, output, error) = Tool.Run(_folder.Path, command,
            through: [.. Machine.Unshared("--mount"), "sh", "-c", script, "sh"]);
        Assert.Equal((6, ""), (code, output));
        Assert.Contains(says, error);
        Assert.Equal(1, error.Count(c => c == '\n'));
    }
}
