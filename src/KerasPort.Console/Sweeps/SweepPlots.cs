using System.Globalization;
using KerasPort.Console.Html;
using KerasPort.Console.Plots;
using KerasPort.Plotting;
using ScottPlot;
using ScottPlot.TickGenerators;

namespace KerasPort.Console.Sweeps;

/// <summary>A sweep in plots: the metric over each setting that varies, and the learning curves of the best runs.</summary>
internal static class SweepPlots
{
    private const int Curves = 8;

    /// <param name="plan">The sweep.</param>
    /// <param name="ranked">The sweep's results, best first.</param>
    /// <param name="folder">The folder that the pictures go to.</param>
    /// <param name="formats">The formats: png, svg.</param>
    public static void Write(SweepPlan plan, IReadOnlyList<RunResult> ranked, string folder, string[] formats)
    {
        PlotFont.Use();
        var files = new PlotFiles(folder, formats);
        foreach (var setting in plan.Varied) files.Save(Over(setting, plan, ranked), $"{plan.Metric.Name}-by-{setting.Name}", 800, 500);
        string metric = ranked[0].Metrics.Contains("val_accuracy") ? "val_accuracy" : "accuracy";
        files.Save(Best(metric, plan, ranked), $"curves-{metric}", 800, 500);
    }

    /// <summary>
    /// One point per run; names and fewer than 7 numbers are spaced evenly, more numbers by value, logarithmically where they span a hundredfold.
    /// </summary>
    private static Plot Over(Setting setting, SweepPlan plan, IReadOnlyList<RunResult> ranked)
    {
        var plot = new Plot();
        RunResult[] there = [.. ranked.Where(result => double.IsFinite(plan.Metric.Of(result)))];
        double[] numbers = [.. there.Select(result => Number(result.Run.Values[setting]))];
        // Numbers are sorted by value, names as in the config.
        string[] names = [.. ranked.Select(result => result.Run).OrderBy(run => Number(run.Values[setting])).ThenBy(run => run.Number)
            .Select(run => run.Text(setting)).Distinct()];
        double[] values = [.. there.Select(plan.Metric.Of)];
        bool named = there.Length == 0 || numbers.Any(double.IsNaN) || names.Length < 7;
        bool log = !named && numbers.Min() > 0 && numbers.Max() >= 100 * numbers.Min();
        double[] places = named ? [.. there.Select(result => (double)Array.IndexOf(names, result.Run.Text(setting)))]
            : log ? [.. numbers.Select(Math.Log10)] : numbers;
        if (there.Length > 0)
        {
            plot.Add.ScatterPoints(places, values).MarkerSize = 8;
            var best = plot.Add.ScatterPoints(places[..1], values[..1]);
            (best.MarkerSize, best.MarkerShape, best.LegendText) = (14, MarkerShape.OpenCircle, $"the best, run {there[0].Run.Number}");
            plot.ShowLegend();
        }
        if (named)
        {
            plot.Axes.Bottom.TickGenerator = new NumericManual([.. Enumerable.Range(0, names.Length).Select(i => (double)i)], names);
            plot.Axes.SetLimitsX(-0.5, names.Length - 0.5);
        }
        else if (log) plot.Axes.Bottom.TickGenerator = new NumericAutomatic { LabelFormatter = power => Math.Pow(10, power).Format("G2") };
        plot.Title($"{plan.Metric.Name} of {there.Length} runs by {setting.Name}");
        plot.XLabel(setting.Name);
        plot.YLabel(plan.Metric.Name);
        return plot;
    }

    /// <summary>A setting's value as a number; NaN for names and null, which sort first.</summary>
    private static double Number(object? value) => value is null or string ? double.NaN : Convert.ToDouble(value, CultureInfo.InvariantCulture);

    private static Plot Best(string metric, SweepPlan plan, IReadOnlyList<RunResult> ranked)
    {
        var plot = new Plot();
        foreach (var result in ranked.Take(Curves))
        {
            double[] curve = result.Curve(metric);
            int[] epochs = [.. Enumerable.Range(0, curve.Length).Where(i => double.IsFinite(curve[i]))];
            if (epochs.Length == 0) continue;
            var line = plot.Add.Scatter(epochs.Select(i => i + 1.0).ToArray(), epochs.Select(i => curve[i]).ToArray());
            (line.LineWidth, line.MarkerSize, line.LegendText) = (2, 5, $"run {result.Run.Number}: {string.Join(", ", plan.Varied.Select(result.Run.Text))}");
        }
        plot.Title($"{metric} by epoch, the best {Math.Min(Curves, ranked.Count)} of {ranked.Count} runs");
        plot.XLabel("epoch");
        plot.Axes.Bottom.TickGenerator = new NumericAutomatic { IntegerTicksOnly = true };
        plot.ShowLegend(Alignment.LowerRight);
        return plot;
    }
}
