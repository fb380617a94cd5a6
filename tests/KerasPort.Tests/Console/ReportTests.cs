using System.Text;
using System.Text.Json.Nodes;
using KerasPort.Console;
using KerasPort.Engines;

namespace KerasPort.Tests.Console;

public class ReportTests
{
    private static readonly JsonSchema Schema = new(Repository.File("configs", "report.schema.json"));

    private static string ReportOf(Action<Recorder> events)
    {
        var settings = RunSettings.Resolve(new Dictionary<Setting, object?>(), _ => null, null);
        using var interruption = new Interruption(() => { });
        var model = tf.keras.models.Sequential([
            tf.keras.layers.Conv2D(2, (3, 3), activation: "relu", input_shape: (28, 28, 1)), tf.keras.layers.MaxPooling2D(2, 2),
            tf.keras.layers.Flatten(), tf.keras.layers.Dense(10, activation: "softmax")]);
        model.compile(optimizer: "adam", loss: "sparse_categorical_crossentropy");
        var recorder = new Recorder("baseline", seed: null, interruption) { model = model };
        var report = new Report(settings, Engine.Open()) { Runs = { recorder }, Parity = Parity.Records.Result() };
        events(recorder);
        return Encoding.UTF8.GetString(report.ToJson(interrupted: false));
    }

    internal static string WholeReport(double loss = 0.5) => ReportOf(recorder =>
    {
        recorder.on_train_begin([]);
        recorder.on_epoch_begin(0, []);
        var images = new NDArray(new float[28 * 28], 1, 28, 28, 1);
        recorder.model.fit(images, new NDArray(new int[1]), verbose: 0);
        recorder.on_epoch_end(0, new Logs { ["accuracy"] = 0.25, ["loss"] = loss });
        recorder.on_train_end([]);
        recorder.on_test_begin([]);
        recorder.on_test_end(new Logs { ["accuracy"] = 0.125, ["loss"] = loss });
        recorder.Analyse();
    });

    [Theory]
    [Needs(Need.FashionMnist)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(double.NegativeInfinity)]
    public void A_loss_that_ran_away_is_null(double loss)
    {
        string text = WholeReport(loss);
        Assert.Empty(Schema.Errors(text));
        var run = JsonNode.Parse(text)!["runs"]![0]!;
        Assert.Null(run["history"]!["loss"]![0]);
        Assert.Equal(0.25, (double)run["history"]!["accuracy"]![0]!);
        Assert.Null(run["test"]!["loss"]);
        Assert.Equal(0.125, (double)run["test"]!["accuracy"]!);
    }

    /// <summary>Validation during the training isn't the test.</summary>
    [Fact]
    public void A_validation_is_part_of_its_epoch()
    {
        string text = ReportOf(recorder =>
        {
            recorder.on_train_begin([]);
            recorder.on_epoch_begin(0, []);
            recorder.on_test_begin([]);
            recorder.on_test_end(new Logs { ["accuracy"] = 1, ["loss"] = 1 });
            recorder.on_epoch_end(0, new Logs { ["loss"] = 2, ["val_loss"] = 1 });
            recorder.on_train_end([]);
        });
        Assert.Empty(Schema.Errors(text));
        var run = JsonNode.Parse(text)!["runs"]![0]!;
        Assert.Null(run["test"]);
        Assert.Equal(["loss", "val_loss"], run["history"]!.AsObject().Select(h => h.Key));
    }

    /// <summary>A run that was ended before its first batch.</summary>
    [Fact]
    public void A_run_that_did_nothing_is_valid() => Assert.Empty(Schema.Errors(ReportOf(_ => { })));

    /// <summary>A validator can use the schema alone: it refers to no other file, and has a name.</summary>
    [Fact]
    public void The_schema_can_be_used_alone()
    {
        var schema = JsonNode.Parse(File.ReadAllText(Repository.File("configs", "report.schema.json")))!;
        Assert.Matches("^urn:", schema["$id"]!.GetValue<string>());
        Assert.DoesNotContain("\"$ref\"", schema.ToJsonString());
        var config = JsonNode.Parse(File.ReadAllText(Repository.File("configs", "kerasport.schema.json")))!;
        Assert.True(JsonNode.DeepEquals(config["properties"], schema["properties"]!["config"]!["properties"]),
            "copy the properties of kerasport.schema.json into config's of report.schema.json");
    }

    [Fact]
    [Needs(Need.FashionMnist)]
    public void The_schema_misses_nothing()
    {
        string whole = WholeReport();
        Assert.Empty(Schema.Errors(whole));
        var paths = Paths(JsonNode.Parse(whole)!, "").ToList();
        Assert.InRange(paths.Count, 100, 300);
        foreach (string path in paths)
        {
            string[] steps = path.Split('/', StringSplitOptions.RemoveEmptyEntries);
            var misplaced = JsonNode.Parse(whole)!;
            Owner(misplaced, steps)[steps[^1]] = new JsonArray(new JsonObject());
            Assert.True(Schema.Errors(misplaced.ToJsonString()).Count > 0, $"{path} may be anything");

            var added = JsonNode.Parse(whole)!;
            Owner(added, steps)["surprise"] = "?";
            Assert.True(Schema.Errors(added.ToJsonString()).Count > 0, $"anything may stand beside {path}");

            // A config may omit settings with a default, and the set of losses, metrics and files is open.
            if (steps[0] == "config" && steps.Length > 1 || steps[..^1].Any(s => s is "history" or "python_history")
                || steps is ["dataset", "sha256", _]) continue;
            var lacking = JsonNode.Parse(whole)!;
            Owner(lacking, steps).Remove(steps[^1]);
            Assert.True(Schema.Errors(lacking.ToJsonString()).Count > 0, $"{path} may be missing");
        }
    }

    /// <summary>The paths of all properties; an array is represented by its first item.</summary>
    private static IEnumerable<string> Paths(JsonNode? node, string at) => node switch
    {
        JsonObject o => o.SelectMany(p => Paths(p.Value, $"{at}/{p.Key}").Prepend($"{at}/{p.Key}")),
        JsonArray { Count: > 0 } a => Paths(a[0], at + "/0"),
        _ => [],
    };

    private static JsonObject Owner(JsonNode root, string[] steps)
    {
        foreach (string step in steps[..^1]) root = step == "0" ? root[0]! : root[step]!;
        return root.AsObject();
    }
}
