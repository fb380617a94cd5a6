using System.Text.Json.Nodes;
using KerasPort.Console;
using KerasPort.Console.Sweeps;

namespace KerasPort.Tests.Console.Sweeps;

/// <summary>The folder of a sweep: which sweep it belongs to, which results are valid, which runs continue.</summary>
public sealed class SweepFolderTests : IDisposable
{
    private const string Halving = """{"models": ["baseline"], "search": "halving", "factor": 2, "epochs": 4, "seed": [1, 2, 3, 4]}""";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private SweepFolder Open(string config) => SweepFolder.Open(_folder["sweep"], SweepPlanTests.Plan(config));

    /// <summary>The report of a run.</summary>
    private static JsonObject Report(SweepRun run, int epochs, double? accuracy)
    {
        var config = JsonNode.Parse(Json.Of(json =>
        {
            json.WriteStartObject();
            run.Write(json);
            json.WriteEndObject();
        }))!;
        config["report"] = "elsewhere.json";
        return new JsonObject
        {
            ["schema_version"] = 1,
            ["interrupted"] = false,
            ["config"] = config,
            ["runs"] = new JsonArray(new JsonObject
            {
                ["history"] = new JsonObject { ["accuracy"] = new JsonArray([.. Enumerable.Range(0, epochs).Select(_ => JsonValue.Create(0.5))]) },
                ["epoch_seconds"] = new JsonArray([.. Enumerable.Range(0, epochs).Select(_ => JsonValue.Create(1.5))]),
                ["test"] = new JsonObject { ["accuracy"] = accuracy, ["loss"] = 0.25 },
                ["weights_sha256"] = new string('0', 64),
            }),
        };
    }

    private static void Put(SweepFolder folder, SweepRun run, int epochs, double? accuracy) =>
        Put(folder, run, epochs, Report(run, epochs, accuracy).ToJsonString());

    private static void Put(SweepFolder folder, SweepRun run, int epochs, string report)
    {
        Directory.CreateDirectory(folder.Of(run, ""));
        File.WriteAllText(folder.ReportOf(run, epochs), report);
    }

    [Fact]
    public void Another_sweep_is_refused_and_the_same_one_goes_on()
    {
        Open("""{"models": ["baseline"], "seed": [1, 2]}""");
        Open("""{"models": ["baseline"], "seed": [1, 2], "at_once": 2}""");
        string message = Assert.Throws<UsageException>(() => Open("""{"models": ["baseline"], "seed": [1, 3]}""")).Message;
        Assert.Equal($"the folder '{_folder["sweep"]}' is of a sweep with seed [1,2], this one has [1,3]: " +
            "name another folder, or give the same config", message);
        Assert.Contains("is no folder of a sweep", Assert.Throws<UsageException>(() => SweepFolder.Find(_folder.Path)).Message);
        Assert.Equal(2, SweepFolder.Find(_folder["sweep"]).Plan.Runs.Count);
    }

    [Fact]
    public void A_report_counts_when_it_is_whole_and_of_that_run()
    {
        var folder = Open("""{"models": ["baseline"], "seed": [1, 2], "epochs": 3}""");
        var run = folder.Plan.Runs[0];
        Assert.Null(folder.Result(run, 3));
        string whole = Report(run, 3, 0.75).ToJsonString();
        Put(folder, run, 3, whole);
        var result = folder.Result(run, 3)!;
        Assert.Equal((0.75, 0.5, 4.5, 3), (result.Test("accuracy"), result.Last("accuracy"), result.Seconds, result.Epochs));
        Assert.True(double.IsNaN(result.Last("val_loss")));

        var interrupted = Report(run, 3, 0.75);
        interrupted["interrupted"] = true;
        Put(folder, run, 3, interrupted.ToJsonString());
        Assert.Null(folder.Result(run, 3));

        var other = Report(folder.Plan.Runs[1], 3, 0.75).ToJsonString();
        (string Text, string Says)[] damaged =
        [
            ("", "damaged"), ("nonsense", "damaged"), ("[]", "damaged"), ("{}", "it has no schema_version"), (other, "it is of a run with another seed"),
            (Report(run, 2, 0.75).ToJsonString(), "it is of 2 epochs, expected 3"),
            (whole.Replace("\"schema_version\":1", "\"schema_version\":2"), "its schema_version is 2"),
            (whole.Replace("\"test\":{", "\"test\":null,\"x\":{"), "damaged"), (whole.Replace(new string('0', 64), "0"), "no checksum"),
            (whole.Replace("0.5", "\"a\""), "damaged"), (whole.Replace("\"runs\":[", "\"runs\":[{},"), "isn't of one model"),
            (whole.Replace("\"config\":{", "\"config\":[],\"y\":{"), "damaged"), ("{\"schema_version\":1" + new string('[', 5000), "damaged"),
            (whole.Replace("\"interrupted\":false", "\"interrupted\":0"), "damaged"), (whole.Replace("\"accuracy\":[", "\"accuracy\":{},\"z\":["), "damaged"),
        ];
        foreach (var (text, says) in damaged)
        {
            Put(folder, run, 3, text);
            Assert.Contains(says, Assert.Throws<DamagedResultException>(() => folder.Result(run, 3)).Message);
            Assert.Null(folder.Sound(run, 3));
        }
        // Truncated anywhere, or with a byte changed.
        var random = new System.Random(1);
        for (int i = 0; i < 2000; i++)
        {
            byte[] bytes = System.Text.Encoding.UTF8.GetBytes(i < whole.Length ? whole[..i] : whole);
            if (i >= whole.Length) bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            File.WriteAllBytes(folder.ReportOf(run, 3), bytes);
            Assert.True(Record.Exception(() => folder.Result(run, 3)) is null or DamagedResultException);
        }
    }

    /// <summary>Diverged runs come last, and equal ones keep their order.</summary>
    [Fact]
    public void Whoever_comes_last_decides_and_everybody_decides_the_same()
    {
        var folder = Open(Halving);
        var runs = folder.Plan.Runs;
        foreach (var (i, accuracy) in new double?[] { 0.5, null, 0.75, 0.5 }.Index())
        {
            Assert.Null(folder.Rung(1));
            Put(folder, runs[i], 1, accuracy);
        }
        Directory.CreateDirectory(folder.CheckpointOf(runs[1]));
        Directory.CreateDirectory(folder.CheckpointOf(runs[2]));
        Assert.Equal([1, 3], folder.Rung(1)!.Select(run => run.Number));
        Assert.Equal([1, 3], SweepFolder.Find(_folder["sweep"]).Rung(1)!.Select(run => run.Number));
        Assert.False(Directory.Exists(folder.CheckpointOf(runs[1])));
        Assert.True(Directory.Exists(folder.CheckpointOf(runs[2])));
        Assert.Null(folder.Rung(2));

        // A decision is kept, even when a result is no longer there.
        File.Delete(folder.ReportOf(runs[0], 1));
        Assert.Equal([1, 3], folder.Rung(1)!.Select(run => run.Number));
        Put(folder, runs[0], 1, 0.5);
        foreach (string hostile in new[]
        {
            "", "[]", "{}", "{\"runs\": [1]}", "{\"runs\": [1, 1]}", "{\"runs\": [1, 9]}", "{\"runs\": [\"1\", \"2\"]}", "{\"runs\": {}}",
        })
        {
            File.WriteAllText(Path.Combine(folder.FullPath, "rung-2.json"), hostile);
            Assert.Equal([1, 3], folder.Rung(1)!.Select(run => run.Number));
        }
    }

    [Fact]
    public void Results_are_the_same_whoever_collects_them_and_in_whatever_state()
    {
        var folder = Open(Halving);
        var runs = folder.Plan.Runs;
        string Collected(out SweepResults results)
        {
            var read = new SweepResults(folder);
            string table = Printed.By(() => read.Write([]));
            results = read;
            Assert.Equal(read.Finished > 0, table.Contains("seconds", StringComparison.Ordinal));
            return File.ReadAllText(Path.Combine(folder.FullPath, "results.json"));
        }
        var none = JsonNode.Parse(Collected(out var nothing))!;
        Assert.Equal((0, false), (nothing.Finished, nothing.IsComplete));
        Assert.Null(none["best"]);
        Assert.Equal(4, none["runs"]!.AsArray().Count);

        foreach (var (i, accuracy) in new[] { 0.5, 0.25, 0.75, 0.5 }.Index()) Put(folder, runs[i], 1, accuracy);
        Put(folder, runs[0], 2, 0.6);
        Put(folder, runs[2], 2, "{}");
        var half = JsonNode.Parse(Collected(out var damaged))!;
        Assert.Contains("report-2.json", Assert.Single(damaged.Damaged));
        Assert.False(damaged.IsComplete);
        Assert.Equal("unfinished in its last step", (string)half["runs"]![2]!["state"]!);

        Put(folder, runs[2], 2, 0.5);
        Put(folder, runs[0], 4, 0.7);
        string all = Collected(out var whole);
        Assert.True(whole.IsComplete);
        Assert.Equal(all, Collected(out _));
        var ranks = JsonNode.Parse(all)!["runs"]!.AsArray().Select(run => (int)run!["rank"]!);
        Assert.Equal([1, 4, 2, 3], ranks);
        Assert.Equal(1, (int)JsonNode.Parse(all)!["best"]!);
    }
}
