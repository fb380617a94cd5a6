using KerasPort.Console.Parity;
using Xunit;

namespace KerasPort.Tests.Console.Parity;

public class ComparisonTests
{
    [Fact]
    public void TheSameRunIsIdenticalInEveryLine()
    {
        var comparison = new Comparison(Records.Run(), Records.Run());
        Assert.True(comparison.Holds);
        Assert.Equal(
            [
                "initial weights", "row order of an epoch", "losses of steps 1 to 15", "losses of steps 16 to 100",
                "loss of epoch 1", "loss of epoch 2", "accuracy of epoch 1", "accuracy of epoch 2", "test loss", "test accuracy",
                "predictions of 1,000 test images, mean difference", "predicted classes of 1,000 test images",
                "seconds an epoch, the best", "seconds to evaluate", "peak memory",
            ], comparison.Lines.Select(l => l.Name));
        Assert.All(comparison.Lines.SkipLast(3), line => Assert.Equal("identical", line.VerdictText));
        Assert.All(comparison.Lines.TakeLast(3), line => Assert.Equal("not compared", line.VerdictText));
    }

    private static readonly Dictionary<string, Func<double, CodelabRecord>> s_changes = new()
    {
        ["losses of steps 1 to 15"] = by => Records.Run() with { FirstLosses = Changed(Records.Run().FirstLosses!, 14, by) },
        ["losses of steps 16 to 100"] = by => Records.Run() with { FirstLosses = Changed(Records.Run().FirstLosses!, 99, by) },
        ["loss of epoch 2"] = by => Records.Run() with { History = new() { ["accuracy"] = [0.5, 0.625], ["loss"] = [1.5, 1.25 + by] } },
        ["accuracy of epoch 1"] = by => Records.Run() with { History = new() { ["accuracy"] = [0.5 - by, 0.625], ["loss"] = [1.5, 1.25] } },
        ["test loss"] = by => Records.Run() with { Test = new() { ["accuracy"] = 0.75, ["loss"] = 1 - by } },
        ["test accuracy"] = by => Records.Run(accuracy: 0.75 + by),
        ["predictions of 1,000 test images, mean difference"] = by => Records.Run() with { PredictionsFloat32 = Records.Bytes([.. Records.Predictions().Select(p => p + (float)by)]) },
        ["predicted classes of 1,000 test images"] = by => Records.Run() with { PredictionsFloat32 = Records.Bytes(Swapped((int)Math.Round(by * 1000))) },
    };

    public static TheoryData<string> Lines => [.. s_changes.Keys];

    /// <summary>Half of what is allowed is rounding, twice as much is not, and no other line notices but those of the same numbers.</summary>
    [Theory]
    [MemberData(nameof(Lines))]
    public void EachLineHasItsLimit(string name)
    {
        double allowed = new Comparison(Records.Run(), Records.Run()).Lines.Single(l => l.Name == name).Allowed!.Value;
        Assert.InRange(allowed, 1e-7, 0.2);

        var near = new Comparison(Records.Run(), s_changes[name](allowed / 2));
        Assert.True(near.Holds);
        var line = near.Lines.Single(l => l.Name == name);
        Assert.Equal("within rounding", line.VerdictText);
        Assert.Equal(allowed / 2, line.Difference!.Value, allowed / 20);

        var far = new Comparison(Records.Run(), s_changes[name](allowed * 2));
        Assert.False(far.Holds);
        Assert.Contains(name, far.Lines.Where(l => l.Verdict == Verdict.Differs).Select(l => l.Name));
        Assert.InRange(far.Lines.Count(l => l.Verdict == Verdict.Differs), 1, 2);

        Assert.Equal("differs", new Comparison(Records.Run(), s_changes[name](allowed * 2)).Lines.Single(l => l.Name == name).VerdictText);
    }

    [Fact]
    public void WeightsAndRowsMustBeTheSameBits()
    {
        var weights = new Comparison(Records.Run(), Records.Run() with { InitialWeightsSha256 = [new('a', 64), new('d', 64)] });
        Assert.Equal(["initial weights"], weights.Lines.Where(l => l.Verdict == Verdict.Differs).Select(l => l.Name));
        // What is shown is what differs.
        Assert.NotEqual(weights.Lines[0].Python, weights.Lines[0].Port);
        var order = new Comparison(Records.Run(), Records.Run() with { RowOrderSha256 = new('d', 64) });
        Assert.Equal(["row order of an epoch"], order.Lines.Where(l => l.Verdict == Verdict.Differs).Select(l => l.Name));
    }

    [Fact]
    public void ALossThatRanAwayOnOneSideDiffers()
    {
        CodelabRecord Run(double loss) => Records.Run() with { Test = new() { ["accuracy"] = 0.75, ["loss"] = loss } };
        Assert.False(new Comparison(Run(1), Run(double.NaN)).Holds);
        Assert.False(new Comparison(Run(double.PositiveInfinity), Run(1)).Holds);
        Assert.True(new Comparison(Run(double.NaN), Run(double.NaN)).Holds);
    }

    [Fact]
    public void FewerEpochsDiffer()
    {
        var stopped = Records.Run() with { History = new() { ["accuracy"] = [0.5], ["loss"] = [1.5] } };
        Assert.False(new Comparison(Records.Run(), stopped).Holds);
    }

    [Fact]
    public void WhatWasNotTakenDownIsLeftOut()
    {
        var python = new CodelabRecord { Model = "baseline", Seed = 1, History = new() { ["loss"] = [1.5, 1.25] } };
        Assert.Equal(["loss of epoch 1", "loss of epoch 2"], new Comparison(python, Records.Run()).Lines.Select(l => l.Name));
    }

    private static double[] Changed(double[] values, int index, double by)
    {
        values[index] += by;
        return values;
    }

    /// <summary>That many images get the wrong class.</summary>
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
