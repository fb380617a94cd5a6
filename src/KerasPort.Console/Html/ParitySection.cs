using System.Text.Json;

namespace KerasPort.Console.Html;

/// <summary>The section about the comparison with Python, if there was one.</summary>
internal static class ParitySection
{
    public static Markup Of(JsonElement report)
    {
        if (report.Maybe("parity") is not { } parity) return Markup.None;
        bool holds = parity.GetProperty("holds").GetBoolean();
        var comparisons = parity.Items("comparisons").ToArray();
        string verdict = (holds ? "Parity holds" : "Parity does not hold") + (parity.Text("verdict") is { Length: > 0 } how ? ": " + how : "");
        string recorded = parity.GetProperty("recorded").GetBoolean() ? " Python's side was recorded, its seconds and memory on another machine." : "";
        return Markup.Of($"""
            <section id="parity" data-section="parity"><h2>Parity with Python Keras</h2>
            <p class="verdict {(holds ? "holds" : "fails")}">{verdict}</p>
            <p>The same seed in both: the same weights, the same rows, and then the same numbers but for rounding, until a unit near zero
            takes the other of two ways; from there two programs lie as far apart as Python Keras on other kernels lies from itself.{recorded}</p>
            {comparisons.Select((c, i) => Comparison(c, open: i == 0))}
            {parity.Items("seed_tests").Select(Test)}</section>

            """);
    }

    private static Markup Comparison(JsonElement comparison, bool open)
    {
        var lines = comparison.Items("lines").ToArray();
        int differ = lines.Count(l => l.Text("verdict") == "differs");
        bool plain = lines.Any(l => l.Maybe("python_without_onednn") is not null);
        (string Head, bool IsShown, Func<JsonElement, string> Text)[] all =
        [
            ("Python", true, l => l.Text("python")),
            ("without oneDNN", plain, l => l.Text("python_without_onednn")),
            ("KerasPort", true, l => l.Text("kerasport")),
            ("apart", true, l => Small(l.Number("difference"))),
            // Earlier versions had a single key, 'allowed', for both.
            ("one rounding", true, l => Small(l.Number(l.Maybe("allowed") is null ? "one_rounding" : "allowed"))),
            ("from nearest", plain, l => Small(l.Number("from_nearest"))),
            ("Python Kerases", plain, l => Small(l.Number("python_kerases"))),
        ];
        var columns = all.Where(column => column.IsShown).ToArray();
        var rows = lines.Select(l =>
        {
            string verdict = l.Text("verdict");
            var cells = columns.Select(column => Markup.Cell(column.Head, column.Text(l)));
            return Markup.Of($"""
                <tr><th scope="row">{l.Text("name")}</th>{cells}<td><span class="word {Class(verdict)}">{verdict}</span></td></tr>
                """);
        });
        string said = differ switch
        {
            0 => comparison.Text("verdict") is { Length: > 0 } verdict ? verdict : "no line differs",
            1 => "1 line differs",
            _ => $"{differ} lines differ",
        };
        return Markup.Of($"""
            <details{new Markup(open || differ > 0 ? " open" : "")}><summary>{comparison.Text("model")}, seed {comparison.Text("seed")}: {said}</summary>
            <p><small>{comparison.Text("python")}{(comparison.Text("python_machine") is { Length: > 0 } machine ? ", " + machine : "")}</small></p>
            {comparison.Items("remarks").Skip(1).Select(remark => Markup.Of($"<p>{remark.GetString()}</p>"))}
            <table class="lines"><thead><tr>{Markup.Heads(["line", .. columns.Select(c => c.Head), "verdict"])}</tr></thead><tbody>{rows}</tbody></table>
            {Steps(comparison)}</details>

            """);
    }

    /// <summary>The distances of the first losses on a logarithmic scale: rounding grows slowly, while a mistake shows at once.</summary>
    private static Markup Steps(JsonElement comparison)
    {
        double[] apart = SavedReport.StepsApart(comparison);
        return apart.Length == 0 ? Markup.None : Markup.Of($"""
            <h3>How far apart the first steps' losses are</h3>
            {LineChart.Of("Distance of the losses of the first steps", "step", [new("difference", 1, false, apart)], "0.0e-0", powers: true)}
            """);
    }

    private static Markup Test(JsonElement test)
    {
        string seeds = string.Join(", ", test.Items("seeds").Select(s => s.ToString()));
        string Spread(string of) => $"{test.Number(of + "_mean").Format("0.0000")} ± {test.Number(of + "_standard_deviation").Format("0.0000")}";
        string differ = test.GetProperty("differs").GetBoolean() ? "differ" : "don’t differ";
        return Markup.Of($"""
            <p class="seeds"><b>{test.Text("model")}</b>, test accuracy over seeds {seeds}: Python {Spread("python")}, KerasPort {Spread("kerasport")}.
            {test.Text("test")}: t = {test.Number("t").Format("0.00")}, {test.Text("degrees_of_freedom")} degrees of freedom,
            p = {test.Number("p").Format("0.000")}; they {differ} by more than their spread.</p>

            """);
    }

    /// <summary>A CSS class of the page's own for a verdict, whatever text a report has.</summary>
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
