using KerasPort.Console.Parity;

namespace KerasPort.Tests.Console.Parity;

public class PairedTestTests
{
    /// <summary>With two degrees of freedom p is 1 - t / √(2 + t²), with one 1 - 2/π atan t.</summary>
    [Fact]
    public void Gives_the_textbooks_numbers()
    {
        var three = new PairedTest("m", [1, 2, 3], [0, 0, 0], [0.01, 0.02, 0.03]);
        Assert.Equal(2, three.DegreesOfFreedom);
        Assert.Equal(0.02, three.MeanDifference, 1e-12);
        Assert.Equal(Math.Sqrt(12), three.Statistic, 1e-9);
        Assert.Equal(1 - three.Statistic / Math.Sqrt(2 + 12), three.P, 1e-9);
        Assert.Equal(4.302652729911275 * 0.01 / Math.Sqrt(3), three.HalfInterval, 1e-9);
        Assert.Equal((0.0, 0.01), (three.PythonDeviation, Math.Round(three.PortDeviation, 12)));

        var two = new PairedTest("m", [1, 2], [0.5, 0.5], [0.5, 0.4]);
        Assert.Equal(-1, two.Statistic, 1e-9);
        Assert.Equal(0.5, two.P, 1e-9);
        Assert.False(two.Differs);
    }

    [Fact]
    public void A_small_difference_that_is_always_there_is_seen()
    {
        double[] python = [0.870, 0.866, 0.872, 0.875, 0.877], port = [0.8651, 0.8609, 0.8670, 0.8702, 0.8719];
        var test = new PairedTest("m", [0, 1, 2, 3, 4], python, port);
        // The mean difference is about as large as either side's spread, but far larger than the spread of the differences.
        Assert.InRange(test.PythonDeviation, 0.003, 0.006);
        Assert.True(test.Differs);
        Assert.InRange(test.P, 1e-8, 1e-4);
    }

    [Fact]
    public void No_spread_is_no_division_by_zero()
    {
        var same = new PairedTest("m", [1, 2], [0.5, 0.625], [0.5, 0.625]);
        Assert.Equal((0.0, 1.0, false), (same.Statistic, same.P, same.Differs));
        var shifted = new PairedTest("m", [1, 2], [0.5, 0.625], [0.25, 0.375]);
        Assert.Equal((0.0, true), (shifted.P, shifted.Differs));
    }
}
