using MathNet.Numerics.Distributions;
using MathNet.Numerics.Statistics;

namespace KerasPort.Console.Parity;

/// <summary>
/// Whether the test accuracies of two implementations differ by more than their spread: Student's t-test for paired samples, two-sided.
/// Paired, because a seed gives both sides the same weights and rows, so that the seed's effect cancels in the differences.
/// </summary>
internal sealed class PairedTest
{
    public const string Name = "paired t-test, two-sided";

    /// <summary>The significance level: a correct port is called different once in a hundred times.</summary>
    public const double Level = 0.01;

    /// <param name="model">The model that was trained with each seed.</param>
    /// <param name="seeds">The seeds, two or more.</param>
    /// <param name="python">Python's test accuracy for each seed.</param>
    /// <param name="port">The port's test accuracy for each seed.</param>
    public PairedTest(string model, IReadOnlyList<long> seeds, IReadOnlyList<double> python, IReadOnlyList<double> port)
    {
        (Model, Seeds) = (model, seeds);
        double[] differences = [.. port.Zip(python, (a, b) => a - b)];
        (PythonMean, PythonDeviation) = python.MeanStandardDeviation();
        (PortMean, PortDeviation) = port.MeanStandardDeviation();
        (MeanDifference, double deviation) = differences.MeanStandardDeviation();
        DegreesOfFreedom = differences.Length - 1;
        double error = deviation / Math.Sqrt(differences.Length);
        // All differences are equal: there is no spread that could explain them.
        Statistic = error > 0 ? MeanDifference / error : MeanDifference == 0 ? 0 : double.PositiveInfinity * Math.Sign(MeanDifference);
        P = 2 * StudentT.CDF(0, 1, DegreesOfFreedom, -Math.Abs(Statistic));
        HalfInterval = error * StudentT.InvCDF(0, 1, DegreesOfFreedom, 0.975);
    }

    public string Model { get; }

    public IReadOnlyList<long> Seeds { get; }

    public double PythonMean { get; }

    /// <summary>Sample standard deviation over the seeds.</summary>
    public double PythonDeviation { get; }

    public double PortMean { get; }

    /// <inheritdoc cref="PythonDeviation"/>
    public double PortDeviation { get; }

    /// <summary>The mean of the port's accuracy minus Python's.</summary>
    public double MeanDifference { get; }

    /// <summary>Half the 95 % confidence interval around <see cref="MeanDifference"/>.</summary>
    public double HalfInterval { get; }

    public double Statistic { get; }

    public int DegreesOfFreedom { get; }

    /// <summary>The probability of a difference at least as large by chance, if there is none.</summary>
    public double P { get; }

    public bool Differs => P < Level;
}
