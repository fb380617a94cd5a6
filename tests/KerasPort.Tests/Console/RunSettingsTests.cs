using System.Text;
using System.Text.Json;
using KerasPort.Console;
using Xunit;

namespace KerasPort.Tests.Console;

public class RunSettingsTests
{
    // For each setting three values that differ from each other and from the default: file, environment, command line.
    private static readonly Dictionary<Setting, (string File, string Variable, object Option)> Values = new()
    {
        [Settings.Engine] = ("\"managed\"", "cuda", "tensorflow"),
        [Settings.Device] = ("\"gpu\"", "gpu:1", "gpu:2"),
        [Settings.Threads] = ("3", "4", 5),
        [Settings.Models] = ("[\"cnn-1\"]", "cnn-2, cnn-2", new[] { "cnn-3" }),
        [Settings.Epochs] = ("7", "8", 9),
        [Settings.BatchSize] = ("7", "8", 9),
        [Settings.Seed] = ("7", "8", 9),
        [Settings.Data] = ("\"a\"", "b", "c"),
        [Settings.Save] = ("\"a.h5\"", "b.h5", "c.h5"),
        [Settings.Resume] = ("\"a.h5\"", "b.h5", "c.h5"),
        [Settings.Report] = ("\"a\"", "b", "c"),
        [Settings.Html] = ("\"a\"", "b", "c"),
        [Settings.Checkpoint] = ("\"a\"", "b", "c"),
        [Settings.CheckpointEvery] = ("7", "8", 9),
        [Settings.Verbose] = ("0", "1", 2),
    };

    [Fact]
    public void CommandLineThenEnvironmentThenFileThenDefaultForEverySetting()
    {
        using var folder = new TemporaryFolder();
        foreach (var setting in Settings.All)
        {
            var (file, variable, option) = Values[setting];
            File.WriteAllText(folder["c.json"], $"{{\"{setting.Name}\": {file}}}");
            string Resolved(bool inFile, bool inEnvironment, bool onCommandLine) => Json.Of(RunSettings.Resolve(
                onCommandLine ? new() { [setting] = option } : new Dictionary<Setting, object?>(),
                name => inEnvironment && name == setting.Variable ? variable : null,
                inFile ? folder["c.json"] : null).Write);

            string byDefault = Resolved(false, false, false), byFile = Resolved(true, false, false);
            string byVariable = Resolved(false, true, false), byOption = Resolved(false, false, true);
            Assert.Equal(4, new HashSet<string> { byDefault, byFile, byVariable, byOption }.Count);
            Assert.Equal(byVariable, Resolved(true, true, false));
            Assert.Equal(byOption, Resolved(true, true, true));
            Assert.Equal(byOption, Resolved(true, false, true));
        }
    }

    [Fact]
    public void NamesFollowOneRule()
    {
        Assert.Equal(("--batch-size", "KERASPORT_BATCH_SIZE"), (Settings.BatchSize.Option, Settings.BatchSize.Variable));
        Assert.Equal(("--data", "KERASPORT_DATA"), (Settings.Data.Option, Settings.Data.Variable));
        Assert.Equal("--model", Settings.Models.Option);
    }

    [Fact]
    public void AWrongVariableIsNamedEvenWhenTheCommandLineWins()
    {
        var e = Assert.Throws<UsageException>(() => RunSettings.Resolve(
            new Dictionary<Setting, object?> { [Settings.Epochs] = 1 }, name => name == "KERASPORT_EPOCHS" ? "many" : null, null));
        Assert.Equal("KERASPORT_EPOCHS: expected a whole number from 1 to 1000000, got \"many\"", e.Message);
    }

    [Fact]
    public void AnEmptyVariableIsNotSetAndNullUndoesTheFile()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["c.json"], """{"seed": 3}""");
        long? Seed(string variable) => RunSettings.Resolve(new Dictionary<Setting, object?>(),
            name => name == "KERASPORT_SEED" ? variable : null, folder["c.json"]).Get(Settings.Seed);
        Assert.Equal(3, Seed(""));
        Assert.Null(Seed("null"));
    }

    [Fact]
    public void ASeedIsWhatKerasTakesForOne()
    {
        Assert.Equal(4294967295L, Settings.Seed.Parse("4294967295", "--seed"));
        Assert.Equal("--seed: expected a whole number from 0 to 4294967295 or null, got \"4294967296\"",
            Assert.Throws<UsageException>(() => Settings.Seed.Parse("4294967296", "--seed")).Message);
    }

    /// <summary>A report's <c>config</c> repeats its run.</summary>
    [Fact]
    public void WhatIsWrittenReadsBackAsTheSame()
    {
        using var folder = new TemporaryFolder();
        var given = Values.ToDictionary(v => v.Key, v => (object?)v.Value.Option);
        string written = Json.Of(RunSettings.Resolve(given, _ => null, null).Write);
        File.WriteAllText(folder["c.json"], written);
        Assert.Equal(written, Json.Of(RunSettings.Resolve(new Dictionary<Setting, object?>(), _ => null, folder["c.json"]).Write));
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
