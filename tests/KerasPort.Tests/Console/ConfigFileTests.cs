using System.Text;
using KerasPort.Console;

namespace KerasPort.Tests.Console;

public class ConfigFileTests
{
    private static Dictionary<Setting, object?> Parse(string text) => ConfigFile.Parse(Encoding.UTF8.GetBytes(text), "my.json");

    [Fact]
    public void Reads_every_setting_comments_and_trailing_commas()
    {
        var values = Parse("""
            {
              // one line
              "$schema": "./kerasport.schema.json",
              "engine": "cuda", "device": "gpu:1", "threads": 4, /* some
              lines */
              "models": ["baseline", "cnn-16-32-999",],
              "epochs": 2, "batch_size": 64, "distribution": "none", "pieces": 8, "scaling": "weak", "rank_timeout": 5,
              "seed": 0, "optimizer": "sgd", "learning_rate": 1e-2, "validation_split": 0.25, "data": "d", "report": "r.json",
              "checkpoint": "c", "checkpoint_every": 9, "save": "s.keras", "resume": "m.keras", "html": "p.html", "verbose": 2,
            }
            // and after
            """);
        Assert.Equal("cuda", values[Settings.Engine]);
        Assert.Equal("gpu:1", values[Settings.Device]);
        Assert.Equal(4, values[Settings.Threads]);
        Assert.Equal(["baseline", "cnn-16-32-999"], (IEnumerable<string>)values[Settings.Models]!);
        Assert.Equal((2, 64, 0L), (values[Settings.Epochs], values[Settings.BatchSize], values[Settings.Seed]));
        Assert.Equal(("sgd", 0.01, 0.25), (values[Settings.Optimizer], values[Settings.LearningRate], values[Settings.ValidationSplit]));
        Assert.Equal(("d", "r.json", 2), (values[Settings.Data], values[Settings.Report], values[Settings.Verbose]));
        Assert.Equal(("none", 8, "weak", 5), (values[Settings.Distribution], values[Settings.Pieces], values[Settings.Scaling], values[Settings.RankTimeout]));
        Assert.Equal(("c", 9), (values[Settings.Checkpoint], values[Settings.CheckpointEvery]));
        Assert.Equal(("s.keras", "m.keras", "p.html"), (values[Settings.Save], values[Settings.Resume], values[Settings.Html]));
        Assert.Equal(Settings.All.Count, values.Count);
    }

    /// <summary>JSON has one kind of number, and its schemas take 1.0 for an integer.</summary>
    [Theory]
    [InlineData("3.0", 3)]
    [InlineData("2e3", 2000)]
    [InlineData("20e-1", 2)]
    public void A_whole_number_may_have_a_point(string text, int number)
    {
        Assert.Equal(number, Parse($"{{\"epochs\": {text}}}")[Settings.Epochs]);
        Assert.Equal(2, Parse("{\"verbose\": 2.0}")[Settings.Verbose]);
        if (!text.Contains('e')) Assert.Equal(number, Settings.Epochs.Parse(text, "--epochs"));
    }

    [Fact]
    public void Null_is_a_value_only_where_it_is_the_default()
    {
        Assert.Null(Parse("""{"seed": null}""")[Settings.Seed]);
        Assert.Contains("\"epochs\": expected a whole number from 1 to 1000000, got null", Refusal("""{"epochs": null}"""));
    }

    [Fact]
    public void A_byte_order_mark_is_no_content() => Assert.Equal(3, Parse("\uFEFF{\"epochs\": 3}")[Settings.Epochs]);

    [Theory]
    [InlineData("{\n  \"epoch\": 5\n}", 2, 3, "unknown key \"epoch\", did you mean \"epochs\"?")]
    [InlineData("{\n  \"epochs\": 5,\n\n  \"batchSize\": 5\n}", 4, 3, "did you mean \"batch_size\"?")]
    [InlineData("{\"batch-size\": 5}", 1, 2, "did you mean \"batch_size\"?")]
    [InlineData("{\"sede\": 5}", 1, 2, "did you mean \"seed\"?")]
    [InlineData("{\"Epochs\": 5}", 1, 2, "did you mean \"epochs\"?")]
    [InlineData("{\"schema\": \"s\"}", 1, 2, "did you mean \"$schema\"?")]
    [InlineData("{\"momentum\": 5}", 1, 2, "unknown key \"momentum\"; known are engine, device")]
    [InlineData("{\"learning_rate\": 0}", 1, 19, "\"learning_rate\": expected a number from 1E-12 to 1000 or null, got 0")]
    [InlineData("{\"validation_split\": 1}", 1, 22, "\"validation_split\": expected a number from 0 to 0.9, got 1")]
    [InlineData("{\n/* ü\n ü */ \"ü\": 1}", 3, 7, "unknown key \"ü\"")]
    [InlineData("{\"epochs\": 5,\r\n\t\"epochs\": 5}", 2, 2, "\"epochs\" is given twice")]
    [InlineData("{\"$schema\": \"a\", \"$schema\": \"a\"}", 1, 18, "\"$schema\" is given twice")]
    [InlineData("{\"epochs\": \"5\"}", 1, 12, "\"epochs\": expected a whole number from 1 to 1000000, got \"5\"")]
    [InlineData("{\"epochs\": 0}", 1, 12, "got 0")]
    [InlineData("{\"epochs\": -3}", 1, 12, "got -3")]
    [InlineData("{\"epochs\": 2.5}", 1, 12, "got 2.5")]
    [InlineData("{\"epochs\": 99999999999999999999}", 1, 12, "got 99999999999999999999")]
    [InlineData("{\"epochs\": true}", 1, 12, "got true")]
    [InlineData("{\"epochs\": [5]}", 1, 12, "got a list")]
    [InlineData("{\"epochs\": {}}", 1, 12, "got an object")]
    [InlineData("{\"threads\": 257}", 1, 13, "\"threads\": expected a whole number from 1 to 256 or null, got 257")]
    [InlineData("{\"engine\": \"cpu\"}", 1, 12, "\"engine\": expected one of auto, managed, tensorflow, cuda, cuda-tf32, got \"cpu\"")]
    [InlineData("{\"device\": \"gpu:x\"}", 1, 12, "\"device\": expected cpu, gpu or gpu:N, got \"gpu:x\"")]
    [InlineData("{\"verbose\": 3}", 1, 13, "\"verbose\": expected one of auto, 0, 1, 2, got 3")]
    [InlineData("{\"verbose\": \"1\"}", 1, 13, "got \"1\"")]
    [InlineData("{\"report\": \"\"}", 1, 12, "\"report\": expected a path, got \"\"")]
    [InlineData("{\"data\": 1}", 1, 10, "\"data\": expected a path or null, got 1")]
    [InlineData("{\"optimizer\": \"adma\"}", 1, 15, "schedulefreeadamw, sgd, got \"adma\", did you mean \"adam\"?")]
    [InlineData("{\"models\": [\"basline\"]}", 1, 13, "(cnn-16-16)), got \"basline\", did you mean \"baseline\"?")]
    [InlineData("{\"models\": \"baseline\"}", 1, 12, "\"models\": expected a list of model names")]
    [InlineData("{\"models\": []}", 1, 13, "got an empty list")]
    [InlineData("{\"models\": [\"baseline\",\n \"cnn-0\"]}", 2, 2, "got \"cnn-0\"")]
    [InlineData("{\"models\": [3]}", 1, 13, "got 3")]
    [InlineData("{\"$schema\": 1}", 1, 13, "\"$schema\": expected a string, got 1")]
    [InlineData("[]", 1, 1, "expected an object of settings")]
    [InlineData("5", 1, 1, "expected an object of settings")]
    [InlineData("{\n \"epochs\": 5\n \"seed\": 1}", 3, 2, "is invalid after a value")]
    [InlineData("{\n \"epochs\": 5", 2, 13, "'5' is an invalid end of a number")]
    [InlineData("{\n \"epochs\": 5,", 2, 13, "Expected start of a property name")]
    [InlineData("{} {}", 1, 4, "is invalid after a single JSON value")]
    [InlineData("", 1, 1, "the config is empty, expected an object of settings")]
    [InlineData(" \n// nothing\n/* yet */\n", 1, 1, "the config is empty, expected an object of settings")]
    [InlineData("{\"verbose\": 1.5}", 1, 13, "got 1.5")]
    [InlineData("{\"epochs\": 1e9}", 1, 12, "got 1e9")]
    [InlineData("{\"epochs\": NaN}", 1, 12, "'N' is an invalid start of a value")]
    [InlineData("{\"models\": [\"baseline\", oops]}", 1, 25, "'o' is an invalid start of a value")]
    public void Refuses_with_the_place(string text, int line, int column, string what)
    {
        string refusal = Refusal(text);
        Assert.StartsWith($"my.json, line {line}, column {column}: ", refusal);
        Assert.Contains(what, refusal);
        Assert.Equal(what.Contains("did you mean"), refusal.Contains("did you mean"));
        Assert.DoesNotContain('\n', refusal);
    }

    [Fact]
    public void Refuses_what_is_not_UTF8()
    {
        var e = Assert.Throws<UsageException>(() => ConfigFile.Parse([.. "{\n\"report\": \"a"u8, 0xFF, .. "\"}"u8], "my.json"));
        Assert.Equal("my.json, line 2, column 11: this string is not UTF-8", e.Message);
    }

    [Fact]
    public void Refuses_what_cannot_be_read_or_is_endless()
    {
        using var folder = new TemporaryFolder();
        Assert.Contains("no.json", Assert.Throws<UsageException>(() => ConfigFile.Read(folder["no.json"])).Message);
        Assert.Contains("is a folder, expected a file", Assert.Throws<UsageException>(() => ConfigFile.Read(folder.Path)).Message);
        File.WriteAllBytes(folder["large.json"], new byte[(4 << 20) + 1]);
        Assert.Contains("larger than 4 MiB", Assert.Throws<UsageException>(() => ConfigFile.Read(folder["large.json"])).Message);
    }

    /// <summary>For any bytes the result is settings or a <see cref="UsageException"/>.</summary>
    [Fact]
    public void Only_the_typed_exception_leaves_the_reader()
    {
        byte[] config = File.ReadAllBytes(Repository.File("configs", "cpu.json"));
        var random = new System.Random(1);
        int refused = 0;
        for (int i = 0; i < 20_000; i++)
        {
            byte[] mutant = i < config.Length ? config[..i] : [.. config];
            for (int change = random.Next(1, 4); change > 0 && mutant.Length > 0 && i >= config.Length; change--)
                mutant[random.Next(mutant.Length)] = (byte)random.Next(256);
            try
            {
                ConfigFile.Parse(mutant, "my.json");
            }
            catch (UsageException)
            {
                refused++;
            }
        }
        Assert.InRange(refused, 5_000, 20_000);
    }

    private static string Refusal(string text) => Assert.Throws<UsageException>(() => Parse(text)).Message;
}
