using System.Globalization;
using Spectre.Console;

namespace KerasPort.Console.Parity;

/// <summary>Comparisons as tables for people.</summary>
internal static class ParityTable
{
    public static void Write(IAnsiConsole console, Comparison comparison)
    {
        var table = new Table().Border(TableBorder.Rounded)
            .Title($"{comparison.Python.Model}, seed {comparison.Python.Seed}")
            .Caption(Markup.Escape(comparison.Python.Source))
            .AddColumn("").AddColumn("Python Keras").AddColumn("KerasPort")
            .AddColumn(new TableColumn("difference").RightAligned()).AddColumn(new TableColumn("allowed").RightAligned()).AddColumn("verdict");
        foreach (var line in comparison.Lines)
            table.AddRow(new Text(line.Name), new Text(line.Python), new Text(line.Port), new Text(Small(line.Difference)), new Text(Small(line.Allowed)), Word(line));
        console.Write(table);
    }

    public static void Write(IAnsiConsole console, PairedTest test)
    {
        var culture = CultureInfo.InvariantCulture;
        console.WriteLine(string.Create(culture, $"{test.Model}, test accuracy over seeds {string.Join(", ", test.Seeds)}:"));
        console.WriteLine(string.Create(culture, $"  Python Keras {test.PythonMean:0.0000} ± {test.PythonDeviation:0.0000}, KerasPort {test.PortMean:0.0000} ± {test.PortDeviation:0.0000} (mean ± standard deviation)"));
        console.WriteLine(string.Create(culture, $"  difference {test.MeanDifference:+0.0000;-0.0000;0.0000}, 95 % interval ± {test.HalfInterval:0.0000}; {PairedTest.Name}: t = {test.Statistic:0.00}, {test.DegreesOfFreedom} degrees of freedom, p = {test.P:0.000}"));
        console.WriteLine(test.Differs
            ? string.Create(culture, $"  They differ by more than their spread (p < {PairedTest.Level}).")
            : string.Create(culture, $"  They don't differ by more than their spread (p ≥ {PairedTest.Level})."));
    }

    private static string Small(double? value) => value switch
    {
        null => "",
        0 => "0",
        { } v => v.ToString(Math.Abs(v) < 0.001 ? "0.0e-0" : "0.0000", CultureInfo.InvariantCulture),
    };

    private static Markup Word(ComparedLine line) => line.Verdict switch
    {
        Verdict.Identical => new Markup("[green]identical[/]"),
        Verdict.WithinRounding => new Markup("[green]within rounding[/]"),
        Verdict.Differs => new Markup("[red bold]differs[/]"),
        _ => new Markup("[grey]not compared[/]"),
    };
}
