using KerasPort.Console.Html;
using Spectre.Console;

namespace KerasPort.Console.Sweeps;

/// <summary>The runs of a sweep as a table, best first.</summary>
internal static class SweepTable
{
    // The number of rows on a terminal; the file has all runs.
    private const int Most = 40;

    public static void Write(IAnsiConsole console, SweepPlan plan, IReadOnlyList<RunResult> ranked)
    {
        if (ranked.Count == 0) return;
        var varied = plan.Varied.Where(setting => setting != Settings.Epochs).DefaultIfEmpty(Settings.Models).ToArray();
        bool validated = ranked[0].Metrics.Any(metric => metric.StartsWith("val_", StringComparison.Ordinal));
        var table = new FactTable([
            new("run", Right: true),
            .. varied.Select(setting => new FactColumn(setting == Settings.Models ? "model" : setting.Name.Replace('_', '\n'),
                Right: setting.Kind is not (ModelNames or Choice))),
            new("epochs", Right: true), new("accu-\nracy", Right: true),
            .. validated ? [new FactColumn("val\naccu-\nracy", Right: true)] : Array.Empty<FactColumn>(),
            new("test\naccu-\nracy", Right: true), new("test\nloss", Right: true), new("seconds", Right: true)]);
        foreach (var result in ranked.Take(Most))
        {
            string[] cells =
            [
                $"{result.Run.Number}", .. varied.Select(result.Run.Text), $"{result.Epochs}", Percent(result.Last("accuracy")),
                .. validated ? [Percent(result.Last("val_accuracy"))] : Array.Empty<string>(),
                Percent(result.Test("accuracy")), result.Test("loss").Format("0.0000"), result.Seconds.Format("0.0"),
            ];
            table.Add([.. cells.Select(cell => (cell, result == ranked[0] ? new Style(decoration: Decoration.Bold) : Style.Plain))]);
        }
        table.Write(console);
        if (ranked.Count > Most) console.WriteLine($"… and {ranked.Count - Most} more in results.json");
    }

    private static string Percent(double share) => (share * 100).Format("0.00") + " %";
}
