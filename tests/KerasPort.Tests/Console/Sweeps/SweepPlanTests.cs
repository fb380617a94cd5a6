using System.Text;
using KerasPort.Console;
using KerasPort.Console.Sweeps;
using KerasPort.Optimizers;

namespace KerasPort.Tests.Console.Sweeps;

/// <summary>The runs that a config gives, and the configs that are refused.</summary>
public class SweepPlanTests
{
    private static readonly JsonSchema s_schema = new(Repository.File("configs", "sweep.schema.json"));

    internal static SweepPlan Plan(string config) => SweepPlan.Of(ConfigFile.Parse(Encoding.UTF8.GetBytes(config), "my.json", SweepSettings.All), "my.json");

    private static string[] Texts(SweepPlan plan, params Setting[] settings) => [.. plan.Runs.Select(run => string.Join(' ', settings.Select(run.Text)))];

    [Fact]
    public void A_grid_tries_each_combination_the_last_setting_first()
    {
        var plan = Plan("""{"models": ["baseline", "cnn-3"], "batch_size": [32, 64, 32], "learning_rate": null, "seed": [1, 2] /* and */, }""");
        Assert.Equal(
            ["baseline 32 1", "baseline 32 2", "baseline 64 1", "baseline 64 2", "cnn-3 32 1", "cnn-3 32 2", "cnn-3 64 1", "cnn-3 64 2"],
            Texts(plan, Settings.Models, Settings.BatchSize, Settings.Seed));
        Assert.Equal([Settings.Models, Settings.BatchSize, Settings.Seed], plan.Varied);
        Assert.Equal([(8, null)], plan.Rungs);
        Assert.Equal("test_accuracy", plan.Metric.Name);
        Assert.Equal("val_accuracy", Plan("""{"validation_split": 0.2}""").Metric.Name);
    }

    [Fact]
    public void What_is_drawn_follows_from_the_seed_and_each_is_another_one()
    {
        const string config = """
            {"search": "random", "runs": 40, "learning_rate": {"from": 0.0001, "to": 0.1, "scale": "log"}, "batch_size": {"from": 8, "to": 10}, "seed": [1, 2]
            """;
        string[] Drawn(string more) => Texts(Plan(config + more), Settings.LearningRate, Settings.BatchSize, Settings.Seed);
        string[] first = Drawn("}");
        Assert.Equal(first, Drawn("}"));
        Assert.NotEqual(first, Drawn(""", "search_seed": 1}"""));
        Assert.Equal(40, first.Distinct().Count());
        double[] rates = [.. Plan(config + "}").Runs.Select(run => (double)run.Values[Settings.LearningRate]!)];
        Assert.All(rates, rate => Assert.InRange(rate, 0.0001, 0.1));
        // Drawn by the logarithm, a third of them is in each decade.
        Assert.InRange(rates.Count(rate => rate < 0.001), 6, 22);
        Assert.Equal([8L, 9L, 10L], Plan(config + "}").Runs.Select(run => run.Values[Settings.BatchSize]).Distinct().Order());
        // All combinations, and none twice.
        var all = Plan("""{"models": ["cnn-3"], "search": "random", "runs": 6, "batch_size": [1, 2, 3], "seed": [1, 2]}""");
        Assert.Equal(6, Texts(all, Settings.BatchSize, Settings.Seed).Distinct().Count());
    }

    [Theory]
    [InlineData(9, 3, 1, 9, "9@1 3@3 1@9")]
    [InlineData(12, 3, 1, 5, "12@1 4@3 1@5")]
    [InlineData(100, 3, 1, 3, "100@1 33@3")]
    [InlineData(3, 3, 2, 50, "3@2 1@50")]
    [InlineData(1, 2, 1, 8, "1@8")]
    [InlineData(8, 2, 9, 5, "8@5")]
    public void Halving_gives_fewer_runs_more_epochs(int runs, int factor, int first, int epochs, string steps)
    {
        string seeds = string.Join(", ", Enumerable.Range(1, runs));
        var plan = Plan($$"""
            {"models": ["baseline"], "search": "halving", "factor": {{factor}}, "first_epochs": {{first}}, "epochs": {{epochs}}, "seed": [{{seeds}}]}
            """);
        Assert.Equal(steps, string.Join(' ', plan.Rungs.Select(rung => $"{rung.Runs}@{rung.Epochs}")));
    }

    [Theory]
    [InlineData("{\n  \"learning_rat\": 1}", "my.json, line 2, column 3: unknown key \"learning_rat\", did you mean \"learning_rate\"?")]
    [InlineData("{\"report\": \"r.json\"}", "line 1, column 2: unknown key \"report\"; known are search, runs")]
    [InlineData("{\"seed\": null}", "line 1, column 10: \"seed\": expected a whole number from 0 to 4294967295, or a list of such, or {\"from\": A")]
    [InlineData("{\"batch_size\": [32,\n 0]}", "line 2, column 2: \"batch_size\": expected a whole number from 1 to 60000, or a list of such")]
    [InlineData("{\"optimizer\": [\"adam\", \"sgb\"]}", "column 24: \"optimizer\": expected one of adam, adadelta")]
    [InlineData("{\"optimizer\": [\"adam\", \"sgb\"]}", "sgd, or a list of such, got \"sgb\", did you mean \"sgd\"?")]
    [InlineData("{\"optimizer\": {\"from\": 1, \"to\": 2}}", "got an object")]
    [InlineData("{\"learning_rate\": []}", "got an empty list")]
    [InlineData("{\"learning_rate\": {\"from\": 0.1}}", "got an object without both ends, or with the larger one first")]
    [InlineData("{\"learning_rate\": {\"from\": 0.1, \"to\": 0.01}}", "got an object without both ends, or with the larger one first")]
    [InlineData("{\"learning_rate\": {\"from\": 0.1, \"to\": 1, \"scale\": \"lin\"}}", "got \"lin\"")]
    [InlineData("{\"validation_split\": [0.1]}", "\"validation_split\": expected a number from 0 to 0.9, got a list")]
    [InlineData("{\"batch_size\": {\"from\": 1, \"to\": 2}}", "my.json: \"batch_size\" is a range, which a random search draws from")]
    [InlineData("{\"search\": \"random\"}", "my.json: a random search needs \"runs\"")]
    [InlineData("{\"runs\": 3}", "my.json: a grid tries each combination, \"runs\" says nothing")]
    [InlineData("{\"models\": [\"baseline\"], \"search\": \"random\", \"runs\": 3, \"seed\": [1, 2]}", "\"runs\" is 3, but there are only 2 combinations")]
    [InlineData("{\"models\": [\"baseline\"], \"search\": \"random\", \"runs\": 9, \"learning_rate\": {\"from\": 0.1, \"to\": 0.1002}}",
        "the ranges hold hardly")]
    [InlineData("{\"search\": \"halving\", \"epochs\": [2, 3]}", "halving compares runs after the same epochs")]
    [InlineData("{\"search\": \"halving\", \"epochs\": {\"from\": 1, \"to\": 3}, \"runs\": 2}", "halving compares runs after the same epochs")]
    [InlineData("{\"metric\": \"val_loss\"}", "nothing is held back for validation")]
    public void What_can_not_be_is_refused(string config, string says)
    {
        string message = Assert.Throws<UsageException>(() => Plan(config)).Message;
        Assert.Contains(says, message);
        Assert.DoesNotContain('\n', message);
    }

    /// <summary>The config that is saved for the other shards gives the same runs.</summary>
    [Fact]
    public void A_plan_writes_the_config_that_gives_it_again()
    {
        foreach (string config in new[]
        {
            "{}", """{"models": ["cnn-1"], "learning_rate": [null, 0.1, 1e-9], "seed": 4294967295, "epochs": [1, 2]}""",
            """
            {"search": "halving", "runs": 5, "learning_rate": {"from": 1e-5, "to": 1}, "batch_size": {"from": 1, "to": 60000, "scale": "log"}, "metric": "loss"}
            """,
        })
        {
            var plan = Plan(config);
            string written = Encoding.UTF8.GetString(plan.ToJson());
            Assert.Empty(s_schema.Errors(written));
            var again = Plan(written);
            Assert.Null(plan.DifferenceFrom(again));
            Assert.Equal(Texts(plan, [.. plan.Runs[0].Values.Keys]), Texts(again, [.. plan.Runs[0].Values.Keys]));
        }
        Assert.Equal(("seed", "[0]", "[1]"), Plan("{}").DifferenceFrom(Plan("""{"seed": 1}""")));
        // The number of runs at once and of threads is up to each machine.
        Assert.Null(Plan("{}").DifferenceFrom(Plan("""{"at_once": 3, "threads": 2, "folder": "x", "data": "y"}""")));
    }

    [Fact]
    public void The_config_that_comes_with_it_keeps_to_its_schema()
    {
        string text = File.ReadAllText(Repository.File("configs", "sweep.json"));
        Assert.Contains("\"$schema\": \"./sweep.schema.json\"", text);
        Assert.Empty(s_schema.Errors(text));
        Assert.Equal(12, Plan(text).Runs.Count);
    }

    /// <summary>The schema, which editors follow, and the tool agree on every value, except that the schema doesn't order a range's ends.</summary>
    [Fact]
    public void Schema_and_reader_accept_the_same()
    {
        string[] values =
        [
            "null", "true", "1", "0", "-1", "0.5", "1.5", "257", "60001", "4294967296", "\"adam\"", "\"grid\"",
            "\"baseline\"", "\"x\"", "\"\"", "[]", "[1]", "[1, null]", "[[1]]",
            "[1, 2, 0.5]", "[\"adam\", \"sgd\"]", "[\"baseline\"]", "{}", "{\"from\": 1}", "{\"from\": 1, \"to\": 2}",
            "{\"from\": 0.5, \"to\": 2, \"scale\": \"log\"}",
            "{\"from\": 1, \"to\": 2, \"scale\": \"x\"}", "{\"from\": 1, \"to\": 2, \"by\": 1}", "{\"from\": null, \"to\": 2}",
        ];
        foreach (string key in SweepSettings.All.Select(setting => setting.Name).Append("$schema").Append("unknown"))
        {
            foreach (string value in values)
            {
                string config = $"{{\"{key}\": {value}}}";
                var error = Record.Exception(() => ConfigFile.Parse(Encoding.UTF8.GetBytes(config), "my.json", SweepSettings.All));
                Assert.True(error is null or UsageException, $"{config}: {error}");
                Assert.True(error is null == (s_schema.Errors(config).Count == 0), $"{config}: the reader says {error?.Message ?? "yes"}");
            }
        }
    }

    /// <summary>Every optimizer of the library that has a name.</summary>
    [Fact]
    public void Every_optimizer_may_be_tried()
    {
        string[] names = [.. ((Choice)Settings.Optimizer.Kind).Names];
        Assert.All(names, name => Assert.NotNull((Optimizer?)name));
        // These two need other optimizers.
        Type[] without = [typeof(LossScaleOptimizer), typeof(MultiOptimizer)];
        Assert.Equal(
            typeof(Optimizer).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(Optimizer)) && type is { IsAbstract: false, IsPublic: true })
                .Except(without)
                .Select(type => type.Name.ToLowerInvariant()).Order(StringComparer.Ordinal),
            names.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("""{"threads": 1}""", null, 0)]
    [InlineData("""{"threads": 256}""", null, 1)]
    [InlineData("""{"at_once": 7}""", "1", 7)]
    [InlineData("""{"device": "gpu"}""", null, 1)]
    [InlineData("{}", "1", 1)]
    [InlineData("{}", "x", 0)]
    public void As_many_runs_at_once_as_there_are_cores_for(string config, string? slurm, int expected) =>
        Assert.Equal(expected == 0 ? Environment.ProcessorCount : expected,
            SweepCommand.AtOnce(Plan(config), name => name == "SLURM_CPUS_PER_TASK" ? slurm : null));
}
