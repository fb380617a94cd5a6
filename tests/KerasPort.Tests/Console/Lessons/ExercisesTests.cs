using System.Text.Json;
using KerasPort.Console;
using KerasPort.Console.Lessons;
using KerasPort.Engines;

namespace KerasPort.Tests.Console.Lessons;

public class ExercisesTests
{
    private static readonly JsonSchema s_schema = new(Repository.File("configs", "report.schema.json"));

    private static readonly Exercise[] s_small =
    [
        new("one filter", "cnn-1", "What one expects of it."),
        new("none", "baseline", "What one expects of none.", Beside: "one filter"),
        new("stop", "baseline", "That it stops.", StopsAt: 0.75),
        new("never", "baseline", "That it stops.", StopsAt: 0.999),
    ];

    /// <summary>Two at once or one by one: the same weights, those of a run with that seed. The callback ends only its own training.</summary>
    [Fact]
    [Slow]
    [Needs(Need.FashionMnist)]
    public void Several_at_once_give_what_they_give_one_by_one()
    {
        var (table, runs) = Train("2");
        Assert.Equal(["cnn-1", "baseline", "baseline", "baseline"], runs.Select(run => run.GetProperty("model").GetString()));
        // The weights that Keras 3.15.1 draws for these models after set_random_seed(1).
        Assert.Equal("9e3e8db8528877b4c83f541bf73a107d967c88c9d54ce3f34882a4bba1abc688", runs[0].GetProperty("initial_weights_sha256").GetString());
        Assert.Equal("001b44d675dd193797564cba53ad17ce24de40954e4c90875a1a10c736969932", runs[1].GetProperty("initial_weights_sha256").GetString());
        var (_, alone) = Train("1");
        Assert.Equal(runs.Select(run => run.GetProperty("weights_sha256").GetString()), alone.Select(run => run.GetProperty("weights_sha256").GetString()));

        // What the report says of a model is of that model, not of the one beside it.
        Assert.All(runs, run =>
        {
            string[] layers = [.. run.GetProperty("layers").EnumerateArray().Select(layer => layer.GetProperty("name").GetString()!)];
            string[] timed = [.. run.GetProperty("layer_seconds").EnumerateArray().SelectMany(layer => layer.GetProperty("layer").GetString()!.Split('+'))];
            Assert.NotEmpty(timed);
            Assert.Subset(layers.ToHashSet(), timed.ToHashSet());
            int right = run.GetProperty("analysis").GetProperty("confusion").EnumerateArray().Select((row, i) => row[i].GetInt32()).Sum();
            Assert.Equal(run.GetProperty("test").GetProperty("accuracy").GetDouble(), right / 10_000.0, 6);
        });

        double[][] accuracies = [.. runs.Select(run =>
            run.GetProperty("history").GetProperty("accuracy").EnumerateArray().Select(a => a.GetDouble()).ToArray())];
        Assert.Equal((1, 1), (accuracies[0].Length, accuracies[1].Length));
        Assert.InRange(accuracies[2].Length, 2, Exercise.Patience - 1);
        Assert.True(accuracies[2][^1] > 0.75 && accuracies[2][..^1].All(a => a <= 0.75));

        Assert.Contains("Expected: What one expects of it.", table);
        Assert.Contains("23,060", table);

        // The actual result is shown beside the expected one, even where they contradict each other, with the duration.
        double Test(int run) => runs[run].GetProperty("test").GetProperty("accuracy").GetDouble();
        double points = (Test(1) - Test(0)) * 100;
        string flat = string.Join(' ', table.Split(['\n', ' '], StringSplitOptions.RemoveEmptyEntries));
        Assert.Contains("{:.1f} points {} \"one filter\" in the test, in ".format(Math.Abs(points), points >= 0 ? "above" : "below"), flat);
        Assert.Contains("Here: number ", flat);
        Assert.Contains($"Here: stopped after epoch {accuracies[2].Length} of at most 6, 6 times --epochs: training is at ", flat);
        Assert.Contains("Here: not stopped: training is at {:.1f} % after all 6 epochs, 6 times --epochs; ".format(accuracies[3][^1] * 100), flat);
        Assert.Contains("stop, baseline, at most 6 epochs", flat);
        Assert.Contains("Expected is what 5 epochs of batches of 32 give, as the codelab trains; here it was --epochs 1 with --batch-size 4000", flat);
        Assert.Contains("Seconds are those of 2 models at the same time", flat);
        // A list where a table doesn't fit: no line longer than the terminal, no word broken.
        Assert.All(table.Split('\n').TakeWhile(line => !line.StartsWith("Expected is")), line => Assert.InRange(line.Length, 0, 60));
        Assert.Contains("  test accuracy      {:.2f} %\n".format(Test(0) * 100), table);
        foreach (var run in runs)
        {
            Assert.Contains("{:.2f} %".format(run.GetProperty("test").GetProperty("accuracy").GetDouble() * 100), table);
            Assert.Contains("{:.4f}".format(run.GetProperty("test").GetProperty("loss").GetDouble()), table);
        }
    }

    [Theory]
    [InlineData("0")]
    [InlineData("3")]
    [InlineData("x")]
    public void At_once_is_at_most_the_threads(string atOnce) =>
        Assert.Contains($"from 1 to the number of threads, here 2, got \"{atOnce}\"", Assert.Throws<UsageException>(() => Train(atOnce)).Message);

    /// <summary>Settings without an effect are refused.</summary>
    [Theory]
    [Slow]
    [InlineData("--checkpoint", "ck")]
    [InlineData("--checkpoint-every", "5")]
    [InlineData("--save", "m.keras")]
    [InlineData("--resume", "m.keras")]
    [InlineData("--model", "baseline")]
    public void Options_without_effect_are_refused(string option, string value)
    {
        using var folder = new TemporaryFolder();
        var (code, output, error) = Tool.Run(folder.Path, ["exercises", option, value]);
        Assert.Equal((ExitCode.Usage, ""), (code, output));
        Assert.StartsWith($"kerasport: error: unknown option \"{option}\"", error);
        Assert.Empty(folder.Names);
    }

    /// <summary>The codelab's own exercises use the models that Keras ran for the recorded figures.</summary>
    [Fact]
    public void The_exercises_are_those_of_the_codelab() => Assert.Equal(
        ["baseline", "cnn-16-16", "cnn-32-32", "cnn-64-64", "cnn-64", "cnn-32-32-32", "cnn-64-64"], Exercise.All.Select(e => e.Model));

    private static (string Table, JsonElement[] Runs) Train(string atOnce)
    {
        using var folder = new TemporaryFolder();
        var settings = RunSettings.Resolve(
            new Dictionary<Setting, object?>
            {
                [Settings.Models] = s_small.Select(e => e.Model).ToArray(),
                [Settings.Threads] = 2,
                [Settings.Seed] = 1L,
                [Settings.Epochs] = 1,
                [Settings.BatchSize] = 4000,
                [Settings.Report] = folder["r.json"],
            }, _ => null, null);
        string table;
        string? columns = Environment.GetEnvironmentVariable("COLUMNS");
        Environment.SetEnvironmentVariable("COLUMNS", "60");
        try
        {
            table = Printed.By(() => Assert.Equal(0,
                CodelabRun.Reported(settings, (report, interruption) => ExercisesCommand.Run(s_small, settings, atOnce, report, interruption))));
        }
        finally
        {
            Environment.SetEnvironmentVariable("COLUMNS", columns);
            Engine.Current = Engine.Open();
        }
        string text = File.ReadAllText(folder["r.json"]);
        Assert.Empty(s_schema.Errors(text));
        return (table, [.. JsonDocument.Parse(text).RootElement.GetProperty("runs").EnumerateArray()]);
    }
}
