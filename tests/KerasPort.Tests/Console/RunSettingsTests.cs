using System.Text;
using System.Text.Json;
using KerasPort.Console;

namespace KerasPort.Tests.Console;

public class RunSettingsTests
{
    // For each setting three values that differ from each other and from the default, for file, environment and command line.
    private static readonly Dictionary<Setting, (string File, string Variable, object Option)> Values = new()
    {
        [Settings.Engine] = ("\"managed\"", "cuda", "tensorflow"),
        [Settings.Device] = ("\"gpu\"", "gpu:1", "gpu:2"),
        [Settings.Threads] = ("3", "4", 5),
        [Settings.Models] = ("[\"cnn-1\"]", "cnn-2, cnn-2", new[] { "cnn-3" }),
        [Settings.Epochs] = ("7", "8", 9),
        [Settings.BatchSize] = ("7", "8", 9),
        [Settings.Distribution] = ("\"none\"", "data_parallel", "none"),
        [Settings.Pieces] = ("7", "8", 9),
        [Settings.Scaling] = ("\"weak\"", "weak_linear", "weak"),
        [Settings.RankTimeout] = ("7", "8", 9),
        [Settings.Seed] = ("7", "8", 9),
        [Settings.Optimizer] = ("\"sgd\"", "lion", "nadam"),
        [Settings.LearningRate] = ("0.5", "0.25", 0.125),
        [Settings.ValidationSplit] = ("0.5", "0.25", 0.125),
        [Settings.Data] = ("\"a\"", "b", "c"),
        [Settings.Save] = ("\"as.h5\"", "bs.h5", "cs.h5"),
        [Settings.Resume] = ("\"a.h5\"", "b.h5", "c.h5"),
        [Settings.Report] = ("\"a.json\"", "b.json", "c.json"),
        [Settings.Html] = ("\"a.html\"", "b.html", "c.html"),
        [Settings.Checkpoint] = ("\"ack\"", "bck", "cck"),
        [Settings.CheckpointEvery] = ("7", "8", 9),
        [Settings.Verbose] = ("0", "1", 2),
    };

    [Fact]
    public void Command_line_then_environment_then_file_then_default_for_every_setting()
    {
        using var folder = new TemporaryFolder();
        foreach (var setting in Settings.All)
        {
            var (file, variable, option) = Values[setting];
            // The frequency of checkpoints needs a folder for them.
            string beside = setting == Settings.CheckpointEvery ? "\"checkpoint\": \"ck\", " : "";
            File.WriteAllText(folder["c.json"], $"{{{beside}\"{setting.Name}\": {file}}}");
            File.WriteAllText(folder["none.json"], $"{{{beside}}}");
            string Resolved(bool inFile, bool inEnvironment, bool onCommandLine) => Json.Of(RunSettings.Resolve(
                onCommandLine ? new() { [setting] = option } : new Dictionary<Setting, object?>(),
                name => inEnvironment && name == setting.Variable ? variable : null,
                folder[inFile ? "c.json" : "none.json"]).Write);

            string byDefault = Resolved(false, false, false), byFile = Resolved(true, false, false);
            string byVariable = Resolved(false, true, false), byOption = Resolved(false, false, true);
            // All three sources are given.
            Assert.Equal(setting == Settings.Distribution || setting == Settings.Scaling ? 3 : 4,
                new HashSet<string> { byDefault, byFile, byVariable, byOption }.Count);
            Assert.Equal(byVariable, Resolved(true, true, false));
            Assert.Equal(byOption, Resolved(true, true, true));
            Assert.Equal(byOption, Resolved(true, false, true));
        }
    }

    [Fact]
    public void Names_follow_one_rule()
    {
        Assert.Equal(("--batch-size", "KERASPORT_BATCH_SIZE"), (Settings.BatchSize.Option, Settings.BatchSize.Variable));
        Assert.Equal(("--data", "KERASPORT_DATA"), (Settings.Data.Option, Settings.Data.Variable));
        Assert.Equal("--model", Settings.Models.Option);
    }

    [Fact]
    public void A_wrong_variable_is_named_even_when_the_command_line_wins()
    {
        var e = Assert.Throws<UsageException>(() => RunSettings.Resolve(
            new Dictionary<Setting, object?> { [Settings.Epochs] = 1 }, name => name == "KERASPORT_EPOCHS" ? "many" : null, null));
        Assert.Equal("KERASPORT_EPOCHS: expected a whole number from 1 to 1000000, got \"many\"", e.Message);
    }

    [Fact]
    public void An_empty_variable_is_not_set_and_null_undoes_the_file()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["c.json"], """{"seed": 3}""");
        long? Seed(string variable) => RunSettings.Resolve(new Dictionary<Setting, object?>(),
            name => name == "KERASPORT_SEED" ? variable : null, folder["c.json"]).Get(Settings.Seed);
        Assert.Equal(3, Seed(""));
        Assert.Null(Seed("null"));
    }

    [Fact]
    public void A_seed_is_what_Keras_takes_for_one()
    {
        Assert.Equal(4294967295L, Settings.Seed.Parse("4294967295", "--seed"));
        Assert.Equal("--seed: expected a whole number from 0 to 4294967295 or null, got \"4294967296\"",
            Assert.Throws<UsageException>(() => Settings.Seed.Parse("4294967296", "--seed")).Message);
    }

    /// <summary>The <c>config</c> of a report repeats its run, even one that trained a saved model.</summary>
    [Theory]
    [InlineData("models")]
    [InlineData("resume")]
    public void What_is_written_reads_back_as_the_same(string without)
    {
        using var folder = new TemporaryFolder();
        // A saved model continues as it was compiled.
        string[] ofNewModels = ["optimizer", "learning_rate", "validation_split"];
        var given = Values.Where(v => v.Key.Name != without && !(without == "models" && ofNewModels.Contains(v.Key.Name)))
            .ToDictionary(v => v.Key, v => (object?)v.Value.Option);
        string written = Json.Of(RunSettings.Resolve(given, _ => null, null).Write);
        File.WriteAllText(folder["c.json"], written);
        Assert.Equal(written, Json.Of(RunSettings.Resolve(new Dictionary<Setting, object?>(), _ => null, folder["c.json"]).Write));
    }

    [Theory]
    [InlineData("{\"checkpoint_every\": 5}", "--checkpoint DIR where to")]
    [InlineData("{\"resume\": \"m.keras\", \"models\": [\"cnn-8\"]}", "--resume trains the model in 'm.keras', --model others")]
    [InlineData("{\"resume\": \"m.keras\", \"optimizer\": \"sgd\"}", "--resume goes on as 'm.keras' was compiled, --optimizer trains otherwise")]
    [InlineData("{\"resume\": \"m.keras\", \"validation_split\": 0.5}", "--validation-split trains otherwise")]
    [InlineData("{\"html\": \"./report.json\"}", "--report and --html both name './report.json'")]
    [InlineData("{\"save\": \"a.keras\", \"html\": \"a.keras\"}", "--html and --save both name 'a.keras'")]
    [InlineData("{\"checkpoint\": \"r\", \"report\": \"r\"}", "--report and --checkpoint both name 'r'")]
    public void What_undoes_each_other_is_refused(string config, string says)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["c.json"], config);
        Assert.Contains(says, Assert.Throws<UsageException>(
            () => RunSettings.Resolve(new Dictionary<Setting, object?>(), _ => null, folder["c.json"])).Message);
    }

    /// <summary>As for one setting, the nearer source wins; two contradicting settings in one source are refused.</summary>
    [Fact]
    public void A_file_to_resume_stands_in_place_of_models_from_farther_away()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["c.json"], """{"models": ["cnn-8"]}""");
        var settings = RunSettings.Resolve(new Dictionary<Setting, object?> { [Settings.Resume] = "m.keras" }, _ => null, folder["c.json"]);
        Assert.Equal(Settings.Models.Default, settings.Get(Settings.Models));
        var models = new Dictionary<Setting, object?> { [Settings.Models] = new[] { "cnn-8" } };
        Assert.Throws<UsageException>(() => RunSettings.Resolve(models, name => name == "KERASPORT_RESUME" ? "m.keras" : null, null));
    }

    /// <summary>The variable of <c>--model</c> may be spelled as the option or as the config's key, not both at once.</summary>
    [Fact]
    public void A_variable_has_the_name_of_its_option_too()
    {
        IReadOnlyList<string> Models(params string[] set) =>
            RunSettings.Resolve(new Dictionary<Setting, object?>(), name => set.Contains(name) ? "cnn-3" : null, null).Get(Settings.Models);
        Assert.Equal(["cnn-3"], Models("KERASPORT_MODEL"));
        Assert.Equal(["cnn-3"], Models("KERASPORT_MODELS"));
        Assert.Contains("both set", Assert.Throws<UsageException>(() => Models("KERASPORT_MODEL", "KERASPORT_MODELS")).Message);
        Assert.Equal(Settings.All.Count + 1, Settings.All.SelectMany(s => s.Variables).Distinct().Count());
    }

    [Fact]
    public void A_tilde_is_the_home_folder()
    {
        string home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        Assert.Equal($"{home}/data", Settings.Data.Parse("~/data", "--data"));
        Assert.Equal(home, Settings.Data.Parse("~", "--data"));
        foreach (string other in new[] { "~user/data", "a/~/b", "./~" }) Assert.Equal(other, Settings.Data.Parse(other, "--data"));
    }

    /// <summary>Without a terminal a bar would write escapes and backspaces for each batch into a log.</summary>
    [Fact]
    public void Auto_is_a_line_an_epoch_where_there_is_no_terminal()
    {
        Assert.Equal(Terminal.Current.IsTerminal ? 1 : 2, RunSettings.Resolve(new Dictionary<Setting, object?>(), _ => null, null).Verbose.Level);
        foreach (int level in new[] { 0, 1, 2 })
            Assert.Equal(level, RunSettings.Resolve(new Dictionary<Setting, object?>(),
                name => name == "KERASPORT_VERBOSE" ? $"{level}" : null, null).Verbose.Level);
    }
}

internal static class Json
{
    public static string Of(Action<Utf8JsonWriter> write)
    {
        var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes)) write(json);
        return Encoding.UTF8.GetString(bytes.ToArray());
    }
}
