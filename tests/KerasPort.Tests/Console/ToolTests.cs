using System.Diagnostics;
using System.Text.Json;
using KerasPort.Console;

namespace KerasPort.Tests.Console;

/// <summary>The built tool from a user's view: output, report, exit codes.</summary>
public class ToolTests
{
    private static readonly JsonSchema Schema = new(Repository.File("configs", "report.schema.json"));

    [Fact]
    [Slow]
    [Needs(Need.FashionMnist)]
    public void Trains_what_was_asked_for_and_reports_it()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["c.json"], """{ "models": ["baseline", "cnn-1"], "epochs": 9, "batch_size": 1000, "seed": 1, "verbose": 2 }""");
        var (code, output, error) = Tool.Run(folder.Path, ["--config", "c.json", "--epochs", "2", "--report", "r.json"], new() { ["KERASPORT_THREADS"] = "1" });
        Assert.Equal(0, code);
        Assert.Equal($"kerasport: report written to {folder["r.json"]}\n", error);
        Assert.Equal(["c.json", "r.json"], folder.Names);

        string text = File.ReadAllText(folder["r.json"]);
        Assert.Empty(Schema.Errors(text));
        var report = JsonDocument.Parse(text).RootElement;
        Assert.False(report.GetProperty("interrupted").GetBoolean());
        var config = report.GetProperty("config");
        Assert.Equal((2, 1000, 1), (config.GetProperty("epochs").GetInt32(), config.GetProperty("batch_size").GetInt32(),
            config.GetProperty("threads").GetInt32()));
        Assert.Equal(1, report.GetProperty("engine").GetProperty("threads").GetInt32());
        Assert.InRange((DateTime.UtcNow - report.GetProperty("started").GetDateTime()).TotalMinutes, 0, 2);

        var runs = report.GetProperty("runs");
        Assert.Equal(["baseline", "cnn-1"], runs.EnumerateArray().Select(r => r.GetProperty("model").GetString()!));
        Assert.Equal(
            ["Flatten (1000,784) 0", "Dense (1000,128) 100480", "Dense (1000,10) 1290"], Layers(runs[0]));
        Assert.Equal(
            ["Conv2D (null,26,26,1) 10", "MaxPooling2D (null,13,13,1) 0", "Flatten (null,169) 0", "Dense (null,128) 21760",
                "Dense (null,10) 1290"], Layers(runs[1]));
        Assert.Equal((101770, 23060), (runs[0].GetProperty("parameters").GetInt32(), runs[1].GetProperty("parameters").GetInt32()));

        // The weights that Keras 3.15.1 draws for these models after set_random_seed(1), whatever was trained before.
        Assert.Equal(
            ["001b44d675dd193797564cba53ad17ce24de40954e4c90875a1a10c736969932", "9e3e8db8528877b4c83f541bf73a107d967c88c9d54ce3f34882a4bba1abc688"],
            runs.EnumerateArray().Select(run => run.GetProperty("initial_weights_sha256").GetString()!));
        foreach (var run in runs.EnumerateArray())
        {
            Assert.NotEqual(run.GetProperty("initial_weights_sha256").GetString(), run.GetProperty("weights_sha256").GetString());
            Assert.Equal(1, run.GetProperty("seed").GetInt32());
            var loss = run.GetProperty("history").GetProperty("loss");
            Assert.Equal((2, 2), (loss.GetArrayLength(), run.GetProperty("history").GetProperty("accuracy").GetArrayLength()));
            Assert.True(loss[1].GetDouble() < loss[0].GetDouble());
            Assert.Equal(2, run.GetProperty("epoch_seconds").GetArrayLength());
            Assert.True(run.GetProperty("epoch_seconds")[1].GetDouble() > 0 && run.GetProperty("evaluate_seconds").GetDouble() > 0);
            Assert.InRange(run.GetProperty("peak_memory_bytes").GetInt64(), 50 << 20, 4L << 30);
        }

        // The printed numbers are the reported ones; the second lesson prints its summary.
        string[] results = [.. runs.EnumerateArray().Select(r => r.GetProperty("test")).Select(t => "Test loss: {}, Test accuracy: {}".format(
            t.GetProperty("loss").GetDouble(), t.GetProperty("accuracy").GetDouble() * 100))];
        Assert.Equal(results, output.Split('\n').Where(line => line.StartsWith("Test loss")));
        Assert.Equal(4, output.Split('\n').Count(line => line.StartsWith("Epoch ")));
        Assert.Equal(["Model: \"sequential\""], output.Split('\n').Where(line => line.StartsWith("Model: ")));
    }

    [Theory]
    [Slow]
    [Needs(Need.FashionMnist)]
    [InlineData("HUP", 129)]
    [InlineData("INT", 130)]
    [InlineData("TERM", 143)]
    public void A_signal_ends_the_training_after_its_batch_with_a_report(string signal, int expected)
    {
        using var folder = new TemporaryFolder();
        using var tool = new Tool(folder.Path, ["run", "--model", "baseline", "cnn-2", "--epochs", "100"]);
        tool.WaitFor("Epoch 2/");
        var clock = Stopwatch.StartNew();
        tool.Signal(signal);
        var (code, output, error) = tool.Finish();
        Assert.Equal(expected, code);
        Assert.InRange(clock.Elapsed.TotalSeconds, 0, 5);
        Assert.Equal($"kerasport: interrupted; report written to {folder["report.json"]}\n", error);
        Assert.DoesNotContain("Test loss", output);
        Assert.Equal(["report.json"], folder.Names);

        string text = File.ReadAllText(folder["report.json"]);
        Assert.Empty(Schema.Errors(text));
        var report = JsonDocument.Parse(text).RootElement;
        Assert.True(report.GetProperty("interrupted").GetBoolean());
        var run = Assert.Single(report.GetProperty("runs").EnumerateArray());
        Assert.InRange(run.GetProperty("history").GetProperty("loss").GetArrayLength(), 1, 99);
        Assert.Equal(JsonValueKind.Null, run.GetProperty("test").ValueKind);
        Assert.Equal(64, run.GetProperty("weights_sha256").GetString()!.Length);
    }

    /// <summary>A data set that never finishes loading, like a download on a dead connection: no batch comes that could end the run.</summary>
    [Fact]
    [Slow]
    [Needs(Need.Unix)]
    public void A_signal_ends_even_what_hangs()
    {
        using var folder = new TemporaryFolder();
        MakePipes(folder);
        using var tool = new Tool(folder.Path, ["--data", "data"]);
        tool.WaitUntilIdle();   // It hangs; earlier, the signal would find no handler.
        var clock = Stopwatch.StartNew();
        tool.Signal("TERM");
        Assert.Equal(143, tool.Finish().ExitCode);
        Assert.InRange(clock.Elapsed.TotalSeconds, 0, 5);
        string text = File.ReadAllText(folder["report.json"]);
        Assert.Empty(Schema.Errors(text));
        Assert.Contains("\"interrupted\": true", text);
    }

    /// <summary>Ctrl-C also reaches the programs that download the data set, which then fail: the run was interrupted all the same.</summary>
    [Fact]
    [Slow]
    [Needs(Need.Unix)]
    public void What_fails_because_of_a_signal_is_an_interruption()
    {
        using var folder = new TemporaryFolder();
        MakePipes(folder);
        using var tool = new Tool(folder.Path, ["--data", "data"]);
        tool.WaitUntilIdle();
        tool.Signal("INT");
        Thread.Sleep(200);
        foreach (string pipe in Directory.GetFiles(folder["data"]))
        {
            try
            {
                File.WriteAllText(pipe, "no data");
            }
            catch (IOException) { }     // What came through the first one may have ended it.
        }
        var (code, _, error) = tool.Finish();
        Assert.Equal(130, code);
        Assert.Equal($"kerasport: interrupted; report written to {folder["report.json"]}\n", error);
    }

    /// <summary>No data set, no network, and an apt that never ends.</summary>
    [Fact]
    [Slow]
    [Needs(Need.Namespaces)]
    public void A_signal_while_apt_fetches_leaves_neither_apt_nor_its_folder()
    {
        string[] alone = [.. Machine.Unshared("--mount", "--net"), "--", "sh", "-c",
            "if [ -d /usr/share/datasets ]; then mount -t tmpfs none /usr/share/datasets; fi && exec \"$@\"", "sh"];
        using var folder = new TemporaryFolder();
        string apt = folder["bin/apt-get"];
        Directory.CreateDirectory(folder["bin"]);
        File.WriteAllText(apt, "#!/bin/sh\ncase \"$*\" in *update) echo $$ > \"$HOME/apt\"; exec sleep 60;; esac\n");
        File.WriteAllText(folder["bin/dpkg-deb"], "#!/bin/sh\n");
        if (!OperatingSystem.IsWindows())
            foreach (string program in Directory.GetFiles(folder["bin"])) File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        using var tool = new Tool(folder.Path, ["--model", "baseline"], new()
        {
            ["HOME"] = folder.Path,
            ["KERAS_HOME"] = "",
            ["KERASPORT_DATA"] = "",
            ["PATH"] = $"{folder["bin"]}:{Environment.GetEnvironmentVariable("PATH")}",
        }, alone);
        for (int wait = 0; wait < 300 && !(File.Exists(folder["apt"]) && File.ReadAllText(folder["apt"]).EndsWith('\n')); wait++) Thread.Sleep(100);
        int pid = int.Parse(File.ReadAllText(folder["apt"]));
        Assert.NotEmpty(Directory.GetDirectories(folder[".keras/datasets/fashion-mnist"], "*.part"));
        tool.Signal("TERM");
        Assert.Equal(143, tool.Finish().ExitCode);
        Assert.False(Directory.Exists($"/proc/{pid}"));
        // The folder made for the data set may be gone as well: the process ends while the loader, whose apt is dead, cleans up too.
        Assert.Empty(Directory.GetDirectories(folder.Path, "*.part", SearchOption.AllDirectories));
    }

    [Theory]
    [Slow]
    [InlineData(2, "unknown option \"--epoch\", did you mean \"--epochs\"?", "--epoch", "3")]
    [InlineData(2, "unknown command \"rnu\", did you mean \"run\"?", "rnu")]
    [InlineData(2, "--epochs: expected a whole number from 1 to 1000000, got \"0\"", "run", "--epochs", "0")]
    [InlineData(2, "--model: expected a list of model names (baseline, or cnn-F1", "--model", "cnn-16-16-16-16")]
    [InlineData(2, "--epochs needs a value: a whole number", "--epochs")]
    [InlineData(2, "bad.json, line 3, column 3: unknown key \"epocs\", did you mean \"epochs\"?", "--config", "bad.json")]
    [InlineData(2, "missing.json", "--config", "missing.json")]
    [InlineData(3, "empty", "--data", "empty")]
    [InlineData(4, "cuda", "--engine", "cuda", "--device", "gpu")]
    [InlineData(4, "cuda", "--engine", "cuda")]
    [InlineData(4, "gpu", "--device", "gpu")]
    [InlineData(4, "gpu", "--engine", "managed", "--device", "gpu:1")]
    [InlineData(4, "TensorFlow", "--engine", "tensorflow", "--device", "gpu")]
    [InlineData(6, "there is no folder", "--report", "no/r.json")]
    [InlineData(6, "is a folder", "--report", "empty")]
    [InlineData(6, "bad.json' is a file, expected a folder", "--report", "bad.json/r.json")]
    [InlineData(6, "there is no folder", "--save", "{model}/model.keras")]
    [InlineData(6, "bad.json': it is a file; name a folder", "--checkpoint", "bad.json")]
    public void A_mistake_is_one_line_an_exit_code_and_nothing_written(int expected, string says, params string[] arguments)
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder["empty"]);
        File.WriteAllText(folder["bad.json"], "{\n  // five\n  \"epocs\": 5\n}\n");
        var (code, output, error) = Tool.Run(folder.Path, arguments);
        Assert.Equal(expected, code);
        Assert.StartsWith("kerasport: error: ", error);
        Assert.Contains(says, error);
        Assert.Equal(1, error.Count(c => c == '\n'));
        Assert.Equal("", output);
        Assert.Equal(["bad.json", "empty"], folder.Names);
    }

    [Fact]
    [Slow]
    [Needs(Need.Linux, Need.FashionMnist)]
    public void A_full_disk_is_one_line_and_the_old_report_stays()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["report.json"], "old");
        // Every write to a file fails, even the runtime's own, to its code pages when they are mapped twice.
        var (code, _, error) = Tool.Run(folder.Path, ["--model", "baseline", "--epochs", "1", "--batch-size", "1000"],
            new() { ["DOTNET_EnableWriteXorExecute"] = "0", ["DOTNET_EnableDiagnostics"] = "0" }, ["sh", "-c", "trap '' XFSZ; ulimit -f 0; exec \"$@\"", "sh"]);
        Assert.Equal(6, code);
        Assert.StartsWith("kerasport: error: cannot write the report", error);
        Assert.Equal(1, error.Count(c => c == '\n'));
        Assert.Equal("old", File.ReadAllText(folder["report.json"]));
        Assert.Equal(["report.json"], folder.Names);
    }

    /// <summary>The output is lost, but not the training. A reader that closes early is no failure.</summary>
    [Theory]
    [Slow]
    [Needs(Need.Linux, Need.FashionMnist)]
    [InlineData("\"$@\" > /dev/full", 6, "kerasport: error: cannot write to standard output: No space left on device\n")]
    [InlineData("\"$@\" >&-", 6, "kerasport: error: cannot write to standard output: it is closed\n")]
    [InlineData("{ \"$@\"; echo $? > code; } | head -1; exit $(cat code)", 0, "")]
    public void Without_standard_output_the_report_is_written(string shell, int expected, string says)
    {
        using var folder = new TemporaryFolder();
        var (code, _, error) = Tool.Run(folder.Path, ["--model", "baseline", "--epochs", "2", "--batch-size", "1000"], through: ["sh", "-c", shell, "sh"]);
        Assert.Equal((expected, $"kerasport: report written to {folder["report.json"]}\n{says}"), (code, error));
        Assert.Empty(Schema.Errors(File.ReadAllText(folder["report.json"])));
    }

    /// <summary>nohup's purpose is that closing the terminal ends nothing.</summary>
    [Fact]
    [Slow]
    [Needs(Need.Linux, Need.FashionMnist)]
    public void A_hangup_that_is_to_be_ignored_is()
    {
        using var folder = new TemporaryFolder();
        using var tool = new Tool(folder.Path, ["--model", "baseline", "--epochs", "8", "--batch-size", "1000"], through: ["env", "--ignore-signal=HUP"]);
        tool.WaitFor("Epoch 2/");
        tool.Signal("HUP");
        var (code, output, _) = tool.Finish();
        Assert.Equal(0, code);
        Assert.Contains("Test loss", output);
    }

    [Fact]
    [Slow]
    public void The_help_names_every_setting_and_exit_code()
    {
        var (code, help, error) = Tool.Run(Path.GetTempPath(), ["--help"]);
        Assert.Equal((0, ""), (code, error));
        foreach (var setting in Settings.All) Assert.Contains($"  {setting.Option} <", help);
        foreach (var setting in Settings.All) Assert.Contains($"[{setting.Variable}{(setting.Default is null ? "]" : ", default ")}", help);
        foreach (int exitCode in new[] { 0, 1, 2, 3, 4, 5, 6 }) Assert.Contains($"\n  {exitCode}  ", help);
        Assert.Contains("129, 130, 143", help);
    }

    [Fact]
    [Slow]
    public void Version_and_schema_go_to_stdout()
    {
        Assert.Equal((0, CommandLine.Version + "\n", ""), Tool.Run(Path.GetTempPath(), ["--version"]));
        Assert.Equal((0, ConfigSchema.Text(), ""), Tool.Run(Path.GetTempPath(), ["schema"]));
        Assert.Matches(@"^\d+\.\d+\.\d+$", CommandLine.Version);
    }

    private static string[] Layers(JsonElement run) => [.. run.GetProperty("layers").EnumerateArray().Select(layer =>
        $"{layer.GetProperty("class").GetString()} ({string.Join(',', layer.GetProperty("output_shape").EnumerateArray().Select(d => d.GetRawText()))}) "
            + $"{layer.GetProperty("parameters")}")];

    /// <summary>A data set of pipes that nobody writes to.</summary>
    private static void MakePipes(TemporaryFolder folder)
    {
        Directory.CreateDirectory(folder["data"]);
        foreach (string name in new[] { "train-images-idx3", "train-labels-idx1", "t10k-images-idx3", "t10k-labels-idx1" })
            Process.Start("mkfifo", [folder[$"data/{name}-ubyte.gz"]]).WaitForExit();
    }
}
