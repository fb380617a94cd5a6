using System.Text.Json;

namespace KerasPort.Console.Html;

/// <summary>The comparison with Python, when there was one.</summary>
internal static class ParitySection
{
    public static Markup Of(JsonElement report)
    {
        if (report.Maybe("parity") is not { } parity) return Markup.None;
        bool holds = parity.GetProperty("holds").GetBoolean();
        var comparisons = parity.Items("comparisons").ToArray();
        return Markup.Of($"""
            <section id="parity" data-section="parity"><h2>Parity with Python Keras</h2>
            <p class="verdict {(holds ? "holds" : "fails")}">{(holds ? "Parity holds" : "Parity does not hold")}</p>
            <p>The same seed in both: the same weights, the same rows, and then the same numbers as far as rounding lets two correct implementations agree.{(parity.GetProperty("recorded").GetBoolean() ? " Python's side was recorded." : "")}</p>
            {comparisons.Select((c, i) => Comparison(c, open: i == 0))}
            {parity.Items("seed_tests").Select(Test)}</section>

            """);
    }

    private static Markup Comparison(JsonElement comparison, bool open)
    {
        var lines = comparison.Items("lines").ToArray();
        int differ = lines.Count(l => l.Text("verdict") == "differs");
        var rows = lines.Select(l => Markup.Of($"""
            <tr><th scope="row">{l.Text("name")}</th><td data-label="Python">{l.Text("python")}</td><td data-label="KerasPort">{l.Text("kerasport")}</td><td data-label="difference">{Small(l.Number("difference"))}</td><td data-label="allowed">{Small(l.Number("allowed"))}</td><td><span class="word {l.Text("verdict").Replace(' ', '-')}">{l.Text("verdict")}</span></td></tr>
            """));
        return Markup.Of($"""
            <details{new Markup(open || differ > 0 ? " open" : "")}><summary>{comparison.Text("model")}, seed {comparison.Text("seed")}: {(differ == 0 ? "no line differs" : differ == 1 ? "1 line differs" : $"{differ} lines differ")}</summary>
            <p><small>{comparison.Text("python")}{(comparison.Text("python_machine") is { Length: > 0 } machine ? ", " + machine : "")}</small></p>
            <table class="lines"><thead><tr><th scope="col"></th><th scope="col">Python</th><th scope="col">KerasPort</th><th scope="col">difference</th><th scope="col">allowed</th><th scope="col">verdict</th></tr></thead><tbody>{rows}</tbody></table>
            {Steps(comparison)}</details>

            """);
    }

    /// <summary>How far apart the first losses are, on a scale of powers of ten: rounding grows slowly, a mistake is there at once.</summary>
    private static Markup Steps(JsonElement comparison)
    {
        double[] apart = SavedReport.StepsApart(comparison);
        return apart.Length == 0 ? Markup.None : Markup.Of($"""
            <h3>How far apart the first steps' losses are</h3>
            {LineChart.Of("Distance of the losses of the first steps", "step", [new("difference", 1, false, apart)], "0.0e-0", powers: true)}
            """);
    }

    private static Markup Test(JsonElement test) => Markup.Of($"""
        <p class="seeds"><b>{test.Text("model")}</b>, test accuracy over seeds {string.Join(", ", test.Items("seeds").Select(s => s.ToString()))}: Python {test.Number("python_mean").Format("0.0000")} ± {test.Number("python_standard_deviation").Format("0.0000")}, KerasPort {test.Number("kerasport_mean").Format("0.0000")} ± {test.Number("kerasport_standard_deviation").Format("0.0000")}. {test.Text("test")}: t = {test.Number("t").Format("0.00")}, {test.Text("degrees_of_freedom")} degrees of freedom, p = {test.Number("p").Format("0.000")}; they {(test.GetProperty("differs").GetBoolean() ? "differ" : "don’t differ")} by more than their spread.</p>

        """);

    private static string Small(double value) => value switch
    {
        double.NaN => "",
        0 => "0",
        _ => value.Format(value < 0.001 ? "0.0e-0" : "0.0000"),
    };
}
