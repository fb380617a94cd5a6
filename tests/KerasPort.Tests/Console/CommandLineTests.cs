using System.CommandLine;
using KerasPort.Console;

namespace KerasPort.Tests.Console;

/// <summary>Every command and every option, and mistakes in the command line.</summary>
public class CommandLineTests
{
    /// <summary>The settings that each command uses; the others are neither accepted nor silently ignored.</summary>
    private static readonly Dictionary<string, string> s_used = new()
    {
        ["run"] =
            "engine device threads models epochs batch_size distribution pieces scaling rank_timeout seed optimizer learning_rate validation_split data save "
            + "resume report checkpoint checkpoint_every html verbose",
        ["parity"] = "engine device threads models epochs batch_size seed data report html verbose",
        ["exercises"] = "engine device threads epochs batch_size seed data report html",
        ["sweep"] = "",
        ["evaluate"] = "engine device threads data verbose",
        ["export"] = "",
        ["inspect"] = "",
        ["convolve"] = "",
        ["predict"] = "",
        ["show"] = "",
        ["report"] = "",
        ["plot"] = "",
        ["new"] = "",
        ["schema"] = "",
        ["doctor"] = "",
    };

    public static TheoryData<string> Commands => [.. CommandLine.Root().Subcommands.Select(c => c.Name)];

    private static Command Of(string name) => CommandLine.Root().Subcommands.Single(c => c.Name == name);

    private static string? MistakeIn(params string[] line) => Mistake.In(CommandLine.Parse(line));

    [Theory]
    [InlineData("kerasport evaluate needs FILE: a model that was saved", "evaluate")]
    [InlineData("kerasport export needs OUTPUT: ", "export", "a.keras")]
    [InlineData("kerasport predict needs --model: ", "predict", "a.png")]
    [InlineData("kerasport new needs NAME: ", "new")]
    [InlineData("--epochs needs a value: a whole number from 1 to 1000000", "run", "--epochs")]
    [InlineData("--epochs needs a value: a whole number from 1 to 1000000", "--seed", "1", "--epochs")]
    [InlineData("--seeds needs a value: ", "parity", "--seeds")]
    [InlineData("kerasport report needs REPORT.json, got \"\": a report that run", "report", "")]
    [InlineData("kerasport plot needs REPORT.json, got \" \": ", "plot", " ")]
    [InlineData("kerasport convolve needs IMAGE, got \"\": number of a test image", "convolve", "")]
    [InlineData("kerasport sweep needs CONFIG, got \"\": ", "sweep", "")]
    [InlineData("kerasport predict needs IMAGE, got \"\": ", "predict", "--model", "m.keras", "a.png", "")]
    [InlineData("--output needs a value, got \"\": page to write", "report", "r.json", "--output", "")]
    [InlineData("--output needs a value: folder for the pictures", "plot", "r.json", "--output=")]
    [InlineData("--png needs a value, got \"\": ", "convolve", "--png", "")]
    [InlineData("--config needs a value, got \"\": ", "run", "--config", "")]
    [InlineData("--report needs a value, got \" \": a path", "--report", " ")]
    public void What_is_missing_is_named(string says, params string[] line) => Assert.StartsWith(says, MistakeIn(line));

    [Fact]
    public void A_value_that_is_near_another_is_a_hint() => Assert.EndsWith("got \"adamm\", did you mean \"adam\"?",
        Assert.Throws<UsageException>(() => Settings.Optimizer.Parse("adamm", "--optimizer")).Message);

    [Fact]
    public void The_help_names_commands_before_options()
    {
        string help = Printed.By(() => Assert.Equal(0, CommandLine.Run(["--help"])));
        Assert.True(help.IndexOf("\nCommands:", StringComparison.Ordinal) is > 0 and var commands
            && commands < help.IndexOf("\nOptions:", StringComparison.Ordinal));
        // Two columns in a terminal of 100 characters.
        Assert.All(help.Split('\n').Where(line => line.StartsWith("  --", StringComparison.Ordinal)),
            line => Assert.True(line.IndexOf("  ", 4, StringComparison.Ordinal) < 48, line));
    }

    [Fact]
    public void The_list_is_complete() => Assert.Equal(s_used.Keys.Order(), Commands.Select(row => row.Data).Order());

    /// <summary>Regardless of other arguments, wrong or missing ones included.</summary>
    [Theory]
    [MemberData(nameof(Commands))]
    public void Help_is_given_wherever_it_is_asked_for(string name)
    {
        string[][] lines =
        [
            [name, "--help"], [name, "-h"], [name, "-?"], ["--help", name], ["help", name], [name, "a", "--help"], [name, "a", "b", "c", "-h"],
            [name, "--help", "a", "b", "c"],
            [name, "--unknown", "--help"], ["--unknown", name, "-?"], [name, "--help", "--unknown=3"], [name, "--epochs", "--help"],
            [name, "--model", "-h"], [name, "-h", "--", "x"],
        ];
        string[] answers = [.. lines.Select(line => Printed.By(() => Assert.Equal(0, CommandLine.Run(line))))];
        string help = Assert.Single(answers.Distinct());
        var command = Of(name);
        Assert.StartsWith($"Description:\n  {command.Description}\n", help);
        Assert.Matches($@"Usage:\n  \S+ {name}", help);
        foreach (var option in command.Options.Where(o => !o.Hidden)) Assert.Contains(option.Name, help);
        foreach (var argument in command.Arguments) Assert.Contains($"<{argument.Name}>", help);
        Assert.Contains($"Examples:\n  kerasport {name}", help);
        foreach (var (code, meaning) in ExitCode.All) Assert.Contains($"  {code,-15}{meaning}", help);
    }

    [Fact]
    public void Help_for_a_command_that_is_none_is_a_mistake()
    {
        Assert.Equal("kerasport: error: unknown command \"rnu\", did you mean \"run\"?\n",
            Printed.ToErrorBy(() => Assert.Equal(ExitCode.Usage, CommandLine.Run(["help", "rnu"]))));
        Assert.Contains("Usage:", Printed.By(() => Assert.Equal(ExitCode.Ok, CommandLine.Run(["help", "help"]))));
    }

    /// <summary>Each option with a default names it.</summary>
    [Theory]
    [MemberData(nameof(Commands))]
    public void Each_option_is_described_with_its_default(string name)
    {
        foreach (var option in Of(name).Options)
        {
            Assert.False(string.IsNullOrEmpty(option.Description), option.Name);
            if (option is SettingOption { Setting: { Default: { } initial } setting }) Assert.Contains(
                $"[{setting.Variable}, default {Kind.Text(initial)}]", option.Description);
        }
    }

    /// <summary>Each pair of a command and a setting, with the setting in each of its three sources.</summary>
    [Theory]
    [MemberData(nameof(Commands))]
    public void A_setting_is_used_or_refused_or_named(string name)
    {
        string[] used = s_used[name].Split(' ');
        SettingOption[] options = [.. Of(name).Options.OfType<SettingOption>()];
        Setting[] taken = [.. options.Select(o => o.Setting)];
        using var folder = new TemporaryFolder();
        foreach (var setting in Settings.All)
        {
            bool counts = used.Contains(setting.Name);
            Assert.Equal(counts, taken.Contains(setting));
            // The command may have an option of its own with that name, as predict has --model.
            if (!Of(name).Options.Any(o => o.Name == setting.Option)) Assert.StartsWith(
                $"unknown option \"{setting.Option}\"", MistakeIn(name, setting.Option, "1"));
            foreach (string variable in setting.Variables)
                Assert.Equal(counts || setting == Settings.Data ? [] : [variable], Variables.Unused([variable, "PATH", "KERASPORT_PYTHON"], taken));
            if (options.Length == 0) continue;
            File.WriteAllText(folder["c.json"], Json.Of(json =>
            {
                json.WriteStartObject();
                json.WritePropertyName(setting.Name);
                Kind.Write(json, setting.Default ?? (setting.Kind is FilePath ? "x" : 3));
                if (setting == Settings.CheckpointEvery) json.WriteString(Settings.Checkpoint.Name, "ck");
                json.WriteEndObject();
            }));
            var settings = RunSettings.Resolve(new Dictionary<Setting, object?>(), _ => null, folder["c.json"], taken);
            Assert.Equal(counts, !settings.Unused.Contains(setting));
            if (!counts) Assert.Equal(setting.Default is null ? "null" : settings.Text(setting), settings.Text(setting));
        }
    }

    [Theory]
    [Slow]
    [InlineData("KERASPORT_EPOCH", "did you mean \"KERASPORT_EPOCHS\"?")]
    [InlineData("KERASPORT_BATCHSIZE", "did you mean \"KERASPORT_BATCH_SIZE\"?")]
    [InlineData("KERASPORT_LEARNINGRATE", "did you mean \"KERASPORT_LEARNING_RATE\"?")]
    [InlineData("KERASPORT_MOMENTUM", "known are KERASPORT_ENGINE")]
    [InlineData("KERASPORT_X", "known are KERASPORT_ENGINE")]
    public void A_variable_that_nobody_knows_is_refused(string name, string says)
    {
        string message = Assert.Throws<UsageException>(() => Variables.Unused([name], [.. Settings.All])).Message;
        Assert.StartsWith($"unknown variable {name} in the environment", message);
        Assert.Contains(says, message);
        var (code, output, error) = Tool.Run(Path.GetTempPath(), ["doctor"], new() { [name] = "1" });
        Assert.Equal((2, "", $"kerasport: error: {message}\n"), (code, output, error));
    }

    [Fact]
    [Slow]
    [Needs(Need.FashionMnist)]
    public void What_a_command_has_no_use_for_is_named()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["c.json"], """{"epochs": 3, "engine": "managed", "verbose": 0}""");
        Assert.Equal("kerasport: show makes no use of KERASPORT_EPOCHS\n", Tool.Run(folder.Path, ["show", "3"], new() { ["KERASPORT_EPOCHS"] = "1" }).Error);
        Assert.Equal("kerasport: evaluate makes no use of epochs in c.json\n",
            Tool.Run(folder.Path, ["evaluate", Fixtures.Path("models/cnn-2-2-seed1.keras"), "--config", "c.json"]).Error);
    }

    [Theory]
    [InlineData("unknown option \"--engine\"; known are --model, --invert", "predict", "--engine", "x")]
    [InlineData("unknown option \"--inver\", did you mean \"--invert\"?", "predict", "--model", "m", "a.png", "--inver", "yes")]
    [InlineData("unknown option \"-v\"", "show", "-v")]
    [InlineData("unknown option \"--epoch\", did you mean \"--epochs\"?", "--epoch=3")]
    [InlineData("unknown option \"--epoch\", did you mean \"--epochs\"?", "--model", "baseline", "--epoch", "3")]
    [InlineData("unknown option \"--htm\", did you mean \"--html\"?", "--report", "--htm", "x")]
    [InlineData("unknown option \"--out\"", "export", "m.keras", "--out", "m.onnx")]
    [InlineData("unknown option \"--fast\"", "inspect", "--fast")]
    [InlineData("kerasport show takes only N, got \"4\" too", "show", "3", "4")]
    [InlineData("kerasport export takes only FILE and OUTPUT, got \"c\" too", "export", "a", "b", "c")]
    [InlineData("kerasport doctor takes options only, got \"x\" too", "doctor", "x")]
    [InlineData("--epochs is given 2 times; give it once", "--epochs", "1", "--epochs", "2")]
    [InlineData("--train is given 2 times; give it once", "show", "3", "--train", "--train")]
    [InlineData("--model is given 2 times; give it once", "predict", "--model", "a", "--model", "b", "x.png")]
    [InlineData(null, "--model", "baseline", "--model", "cnn-3")]
    [InlineData(null, "predict", "--model", "m", "--", "--engine", "-v")]
    [InlineData(null, "convolve", "--filter", "-1 -1 -1 -1 8 -1 -1 -1 -1")]
    [InlineData(null, "convolve", "--filter", "-1,-1,-1,-1,8,-1,-1,-1,-1")]
    [InlineData(null, "show", "-1")]
    public void What_has_an_options_form_is_an_option(string? expected, params string[] line)
    {
        if (expected is null) Assert.Null(MistakeIn(line));
        else Assert.StartsWith(expected, MistakeIn(line));
    }
}
