using KerasPort.Console.Parity;

namespace KerasPort.Tests.Console.Parity;

public class ComparisonTests
{
    [Fact]
    public void The_same_run_is_identical_in_every_line()
    {
        var comparison = new Comparison(Records.Run(), Records.Run());
        Assert.Equal(Verdict.Identical, comparison.Verdict);
        Assert.Equal(
            [
                "initial weights, SHA-256", "row order, SHA-256", "losses of steps 1 to 100",
                "loss of epoch 1", "loss of epoch 2", "accuracy of epoch 1", "accuracy of epoch 2", "test loss", "test accuracy",
                "predictions of 1,000 test images, mean difference", "predicted classes of 1,000 test images",
                "seconds an epoch, the best", "seconds to evaluate", "peak memory",
            ], comparison.Lines.Select(l => l.Name));
        Assert.All(comparison.Lines.SkipLast(3), line => Assert.Equal(Verdict.Identical, line.Verdict));
        Assert.All(comparison.Lines.TakeLast(3), line => Assert.Equal(Verdict.NotCompared, line.Verdict));
    }

    private static readonly Dictionary<string, (double Rounding, Func<double, CodelabRecord> Changed)> s_changes = new()
    {
        ["loss of epoch 2"] = (1e-6, by => Records.Run() with { History = new() { ["accuracy"] = [0.5, 0.625], ["loss"] = [1.5, 1.25 + by] } }),
        ["accuracy of epoch 1"] = (1 / 60_000.0, by => Records.Run() with { History = new() { ["accuracy"] = [0.5 - by, 0.625], ["loss"] = [1.5, 1.25] } }),
        ["test loss"] = (1e-6, by => Records.Run() with { Test = new() { ["accuracy"] = 0.75, ["loss"] = 1 - by } }),
        ["test accuracy"] = (1e-4, by => Records.Run(accuracy: 0.75 + by)),
        ["predictions of 1,000 test images, mean difference"] = (
            1e-6, by => Records.Run() with { PredictionsFloat32 = Records.Bytes([.. Records.Predictions().Select(p => p + (float)by)]) }),
        ["predicted classes of 1,000 test images"] = (
            1e-3, by => Records.Run() with { PredictionsFloat32 = Records.Bytes(Swapped((int)Math.Round(by * 1000))) }),
    };

    public static TheoryData<string> Lines => [.. s_changes.Keys];

    /// <summary>
    /// A difference that one rounding explains is within rounding; five times as much is as two Pythons where they differ as much, else a difference.
    /// </summary>
    [Theory]
    [MemberData(nameof(Lines))]
    public void Each_line_has_four_verdicts(string name)
    {
        var (rounding, changed) = s_changes[name];
        Verdict Of(CodelabRecord port, params CodelabRecord[] others) => new Comparison(Records.Run(), port, others).Lines.Single(l => l.Name == name).Verdict;

        Assert.Equal(Verdict.Identical, Of(Records.Run()));
        // Nearly as much for a loss: 1 - 1e-6 is rounded itself.
        Assert.Equal(Verdict.WithinRounding, Of(changed(rounding < 1e-5 ? rounding * 0.9 : rounding)));
        Assert.Equal(Verdict.Differs, Of(changed(5 * rounding)));
        Assert.Equal(Verdict.Differs, Of(changed(5 * rounding), changed(2 * rounding)));
        Assert.Equal(Verdict.AsTwoKerases, Of(changed(5 * rounding), changed(6 * rounding)));
    }

    /// <summary>Until two runs part they differ step by step by rounding alone; to part early is a mistake, however far Pythons differ later.</summary>
    [Fact]
    public void Steps_are_within_rounding_until_they_part()
    {
        var late = new Comparison(Records.Run(), From(30, 1e-3), [From(40, 2e-3)]);
        Assert.Equal(["losses of steps 1 to 30", "losses of steps 31 to 100"], late.Lines.Skip(2).Take(2).Select(l => l.Name));
        Assert.Equal([Verdict.Identical, Verdict.AsTwoKerases], late.Lines.Skip(2).Take(2).Select(l => l.Verdict));
        Assert.Equal((30, Verdict.AsTwoKerases), (late.PartedStep, late.Verdict));

        Assert.Equal(Verdict.Differs, new Comparison(Records.Run(), From(30, 3e-3), [From(40, 1e-3)]).Verdict);
        Assert.Equal(Verdict.Differs, new Comparison(Records.Run(), From(5, 1e-3), [From(3, 2e-3)]).Verdict);
        Assert.Equal(Verdict.WithinRounding, new Comparison(Records.Run(), From(0, 5e-7)).Verdict);
        Assert.Equal("loss of step 100", new Comparison(Records.Run(), From(99, 1)).Lines[3].Name);
    }

    [Fact]
    public void Weights_and_rows_must_be_the_same_bits()
    {
        var weights = new Comparison(Records.Run(), Records.Run() with { InitialWeightsSha256 = [new('a', 64), new('d', 64)] });
        Assert.Equal(["initial weights, SHA-256 of array 2"], weights.Lines.Where(l => l.Verdict == Verdict.Differs).Select(l => l.Name));
        // The value that differs is shown.
        Assert.NotEqual(weights.Lines[0].Python, weights.Lines[0].Port);
        Assert.False(weights.SameStart);
        var order = new Comparison(Records.Run(), Records.Run() with { RowOrderSha256 = new('d', 64) });
        Assert.Equal(["row order, SHA-256"], order.Lines.Where(l => l.Verdict == Verdict.Differs).Select(l => l.Name));
    }

    /// <summary>One name, one hash: a comparison and the report of a run give the initial weights the same hash.</summary>
    [Fact]
    public void Initial_weights_have_the_hash_of_the_report()
    {
        var comparison = new Comparison(Records.Run() with { WholeInitialWeightsSha256 = null }, Records.Run());
        Assert.Equal((new string('e', 10), new string('e', 10)), (comparison.Lines[0].Python, comparison.Lines[0].Port));
    }

    [Fact]
    public void A_loss_that_ran_away_on_one_side_differs()
    {
        CodelabRecord Run(double loss) => Records.Run() with { Test = new() { ["accuracy"] = 0.75, ["loss"] = loss } };
        Assert.False(new Comparison(Run(1), Run(double.NaN)).Holds);
        Assert.False(new Comparison(Run(double.PositiveInfinity), Run(1)).Holds);
        Assert.True(new Comparison(Run(double.NaN), Run(double.NaN)).Holds);
    }

    [Fact]
    public void Fewer_epochs_differ()
    {
        var stopped = Records.Run() with { History = new() { ["accuracy"] = [0.5], ["loss"] = [1.5] } };
        Assert.False(new Comparison(Records.Run(), stopped).Holds);
    }

    [Fact]
    public void What_was_not_taken_down_is_left_out()
    {
        var python = new CodelabRecord { Model = "baseline", Seed = 1, History = new() { ["loss"] = [1.5, 1.25] } };
        Assert.Equal(["loss of epoch 1", "loss of epoch 2"], new Comparison(python, Records.Run()).Lines.Select(l => l.Name));
    }

    /// <summary>The engine on TensorFlow.NET differs from the second step on, for a known reason; its first step must be right.</summary>
    [Fact]
    public void An_engine_known_for_something_has_limits_of_its_own()
    {
        var engine = EngineLimits.Of("tensorflow");
        Assert.Null(EngineLimits.Of("managed"));
        var near = new Comparison(Records.Run(), From(1, 3.3e-6), engine: engine);
        Assert.Equal(Verdict.WithinEngine, near.Verdict);
        Assert.Contains(Remarks.On(near, recorded: true), remark => remark.Contains("Adam"));
        Assert.Equal(Verdict.Differs, new Comparison(Records.Run(), From(1, 3.3e-6)).Verdict);
        Assert.Equal(Verdict.Differs, new Comparison(Records.Run(), From(0, 3.3e-6), engine: engine).Verdict);
    }

    /// <summary>A run whose losses are others from a step on.</summary>
    private static CodelabRecord From(int step, double by) =>
        Records.Run() with { FirstLosses = [.. Records.Run().FirstLosses!.Select((loss, i) => i >= step ? loss + by : loss)] };

    /// <summary>A number of images get the wrong class.</summary>
    private static float[] Swapped(int rows)
    {
        float[] p = Records.Predictions();
        for (int row = 0; row < rows; row++)
        {
            int right = row % 10, wrong = (row + 1) % 10;
            (p[row * 10 + right], p[row * 10 + wrong]) = (p[row * 10 + wrong], p[row * 10 + right]);
        }
        return p;
    }
}
