using System.Globalization;
using Spectre.Console;

namespace KerasPort.Console.Parity;

/// <summary>Comparisons as tables for people.</summary>
internal static class ParityTable
{
    public static void Write(IAnsiConsole console, Comparison comparison, bool recorded)
    {
        FactColumn[] values = comparison.Plain is null
            ? [new("Python\nKeras"), new("KerasPort")]
            : [new("Python\nKeras"), new("without\noneDNN"), new("KerasPort")];
        FactColumn[] limits = comparison.Plain is null
            ? [new("one\nrounding", Right: true)]
            : [new("from\nnearest", Right: true), new("Python\nKerases", Right: true)];
        var table = new FactTable([new("", Least: 19), .. values, new("apart", Right: true), .. limits, new("verdict", Least: 15)])
        {
            Title = $"{comparison.Python.Model}, seed {comparison.Python.Seed}",
        };
        foreach (var line in comparison.Lines)
        {
            string[] facts = comparison.Plain is null
                ? [line.Name, line.Python, line.Port, Small(line.Difference), Small(line.Rounding)]
                : [line.Name, line.Python, line.Plain ?? "", line.Port, Small(line.Difference), Small(line.Nearest), Small(line.Kerases)];
            table.Add([.. facts.Select(text => (text, Style.Plain)), (VerdictText.Of(line.Verdict), StyleOf(line.Verdict))]);
        }
        table.Write(console);
        console.WriteLine();
        Say(console, $"{comparison.Python.Model}, seed {comparison.Python.Seed}: {VerdictText.Of(comparison.Verdict)}", StyleOf(comparison.Verdict));
        foreach (string sentence in Remarks.On(comparison, recorded)) Say(console, sentence, Style.Plain);
        console.WriteLine();
    }

    public static void Write(IAnsiConsole console, PairedTest test)
    {
        var culture = CultureInfo.InvariantCulture;
        Say(console, string.Create(culture, $"{test.Model}, test accuracy over seeds {string.Join(", ", test.Seeds)}:"), Style.Plain);
        Say(console, string.Create(culture,
            $"  Python Keras {test.PythonMean:0.0000} ± {test.PythonDeviation:0.0000}" +
            $", KerasPort {test.PortMean:0.0000} ± {test.PortDeviation:0.0000} (mean ± standard deviation)"),
            Style.Plain);
        Say(console, string.Create(culture,
            $"  difference {test.MeanDifference:+0.0000;-0.0000;0.0000}, 95 % interval ± {test.HalfInterval:0.0000}; " +
            $"{PairedTest.Name}: t = {test.Statistic:0.00}, {test.DegreesOfFreedom} degrees of freedom, p = {test.P:0.000}"),
            Style.Plain);
        Say(console, test.Differs
            ? string.Create(culture, $"  They differ by more than their spread (p < {PairedTest.Level}).")
            : string.Create(culture, $"  They don't differ by more than their spread (p ≥ {PairedTest.Level})."), Style.Plain);
    }

    /// <summary>Writes the last line: the verdict on all comparisons.</summary>
    public static void Write(IAnsiConsole console, ParityResult result) =>
        Say(console, result.Holds ? $"Parity holds: {VerdictText.Of(result.Verdict)}." : $"Parity does not hold: {result.Differing}.",
            StyleOf(result.Holds ? result.Verdict : Verdict.Differs));

    private static void Say(IAnsiConsole console, string sentence, Style style)
    {
        int indent = sentence.Length - sentence.TrimStart().Length;
        foreach (string line in FactTable.Wrapped(sentence.Trim(), console.Profile.Width - indent))
        {
            console.Write(new Text(new string(' ', indent) + line, style));
            console.WriteLine();
        }
    }

    private static string Small(double? value) => value switch
    {
        null => "",
        0 => "0",
        { } v => v.ToString(Math.Abs(v) < 0.001 ? "0.0e-0" : "0.0000", CultureInfo.InvariantCulture),
    };

    private static Style StyleOf(Verdict verdict) => verdict switch
    {
        Verdict.Identical or Verdict.WithinRounding => new Style(Color.Green),
        Verdict.AsTwoKerases or Verdict.WithinEngine => new Style(Color.Yellow),
        Verdict.Differs => new Style(Color.Red, decoration: Decoration.Bold),
        _ => new Style(Color.Grey),
    };
}
