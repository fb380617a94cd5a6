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
            <p class="verdict {(holds ? "holds" : "fails")}">{(holds ? "Parity holds" : "Parity does not hold")}{(parity.Text("verdict") is { Length: > 0 } verdict ? ": " + verdict : "")}</p>
            <p>The same seed in both: the same weights, the same rows, and then the same numbers but for rounding, until a unit near zero takes the other of two ways; from there two programs lie as far apart as Python Keras on other kernels lies from itself.{(parity.GetProperty("recorded").GetBoolean() ? " Python's side was recorded, its seconds and memory on another machine." : "")}</p>
            {comparisons.Select((c, i) => Comparison(c, open: i == 0))}
            {parity.Items("seed_tests").Select(Test)}</section>

            """);
    }

    private static Markup Comparison(JsonElement comparison, bool open)
    {
        var lines = comparison.Items("lines").ToArray();
        int differ = lines.Count(l => l.Text("verdict") == "differs");
        bool plain = lines.Any(l => l.Maybe("python_without_onednn") is not null);
        // Earlier versions said 'allowed' of both.
        var rows = lines.Select(l => Markup.Of($"""
            <tr><th scope="row">{l.Text("name")}</th><td data-label="Python">{l.Text("python")}</td>{(plain ? Markup.Of($"<td data-label=\"without oneDNN\">{l.Text("python_without_onednn")}</td>") : Markup.None)}<td data-label="KerasPort">{l.Text("kerasport")}</td><td data-label="apart">{Small(l.Number("difference"))}</td><td data-label="one rounding">{Small(l.Number(l.Maybe("allowed") is null ? "one_rounding" : "allowed"))}</td>{(plain ? Markup.Of($"<td data-label=\"from nearest\">{Small(l.Number("from_nearest"))}</td><td data-label=\"Python Kerases\">{Small(l.Number("python_kerases"))}</td>") : Markup.None)}<td><span class="word {Class(l.Text("verdict"))}">{l.Text("verdict")}</span></td></tr>
            """));
        return Markup.Of($"""
            <details{new Markup(open || differ > 0 ? " open" : "")}><summary>{comparison.Text("model")}, seed {comparison.Text("seed")}: {(comparison.Text("verdict") is { Length: > 0 } verdict && differ == 0 ? verdict : differ == 0 ? "no line differs" : differ == 1 ? "1 line differs" : $"{differ} lines differ")}</summary>
            <p><small>{comparison.Text("python")}{(comparison.Text("python_machine") is { Length: > 0 } machine ? ", " + machine : "")}</small></p>
            {comparison.Items("remarks").Skip(1).Select(remark => Markup.Of($"<p>{remark.GetString()}</p>"))}
            <table class="lines"><thead><tr><th scope="col"></th><th scope="col">Python</th>{(plain ? new Markup("<th scope=\"col\">without oneDNN</th>") : Markup.None)}<th scope="col">KerasPort</th><th scope="col">apart</th><th scope="col">one rounding</th>{(plain ? new Markup("<th scope=\"col\">from nearest</th><th scope=\"col\">Python Kerases</th>") : Markup.None)}<th scope="col">verdict</th></tr></thead><tbody>{rows}</tbody></table>
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

    /// <summary>A class name of the page's own, whatever a report says.</summary>
    private static string Class(string verdict) => verdict switch
    {
        "differs" or "not compared" => verdict.Replace(' ', '-'),
        "identical" or "within rounding" => "near",
        _ => "apart",
    };

    private static string Small(double value) => value switch
    {
        double.NaN => "",
        0 => "0",
        _ => value.Format(value < 0.001 ? "0.0e-0" : "0.0000"),
    };
}
