using System.Text;
using System.Text.Json;

namespace KerasPort.Console.Html;

/// <summary>A report as a single HTML page: no other file, no network, and no script except for tooltips and the choice of a filter.</summary>
internal static class HtmlReport
{
    /// <param name="json">A report.</param>
    /// <exception cref="UsageException">It isn't a report, or is one of a later version.</exception>
    public static byte[] Page(ReadOnlyMemory<byte> json) => SavedReport.Read(json, Page);

    /// <param name="report">The parsed report.</param>
    public static byte[] Page(JsonElement report)
    {
        var runs = report.Items("runs").ToArray();
        string[] names = SavedReport.NamesOf(runs);
        var models = runs.Select((run, i) => Markup.Of($"""
            <article id="model-{i}"><h2>{names[i]}</h2>
            {ModelSections.Of(run, $"model-{i}", report.GetProperty("engine").Text("name"))}</article>

            """));
        var parity = ParitySection.Of(report);
        var links = names.Select((name, i) => Markup.Of($"<a href=\"#model-{i}\">{name}</a>"));
        string started = report.Text("started").Replace('T', ' ').Split('.')[0];
        string interrupted = report.GetProperty("interrupted").GetBoolean() ? ", interrupted" : "";
        var engine = report.GetProperty("engine");
        var toParity = parity.Text.Length > 0 ? Markup.Of($"<a href=\"#parity\">Parity</a>") : Markup.None;
        return Encoding.UTF8.GetBytes(Markup.Of($"""
            <!doctype html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data:; style-src 'unsafe-inline'; script-src 'unsafe-inline'">
            <meta name="color-scheme" content="light dark">
            <title>KerasPort: {string.Join(", ", names.Take(4))}{(names.Length > 4 ? $" and {names.Length - 4} more" : "")}</title>
            <link rel="icon" href="data:,">
            <style>{new Markup(Resource("page.css"))}</style>
            </head>
            <body>
            <header><h1>Fashion-MNIST in KerasPort</h1>
            <p>{started} UTC{interrupted} · engine {engine.Text("name")} on {engine.Text("device")} · {report.GetProperty("environment").Text("cpu")}</p>
            <nav aria-label="Sections"><a href="#summary">Summary</a>{toParity}<a href="#curves">Learning</a>{links}
            <a href="#environment">Environment</a></nav></header>
            <main>
            {Summary(runs, names)}{parity}{Curves(report)}{models}{Environment(report)}
            </main>
            <div id="tip" role="status"></div>
            <script>{new Markup(Resource("page.js"))}</script>
            </body>
            </html>

            """).Text);
    }

    private static Markup Summary(JsonElement[] runs, string[] names)
    {
        // Earlier versions, and systems that can't tell, include the models before it.
        string memory = runs.All(run => run.Text("peak_memory_of") == "model") ? "peak memory" : "peak memory of the process so far";
        string[] heads = ["test accuracy", "test loss", "training accuracy", "epochs", "seconds an epoch", "parameters", "seed", memory];
        var rows = runs.Select((run, i) =>
        {
            var test = run.Maybe("test");
            double[] seconds = run.GetProperty("epoch_seconds").Numbers();
            object[] cells =
            [
                Markup.Of($"<b>{(test?.Number("accuracy") ?? double.NaN).Format("0.00 %")}</b>"),
                (test?.Number("loss") ?? double.NaN).Format("0.0000"),
                LastAccuracy(run).Format("0.00 %"),
                seconds.Length,
                (seconds.Length > 0 ? seconds.Min() : double.NaN).Format("0.00"),
                Markup.Of($"{run.Int("parameters"):#,0}"),
                run.Maybe("seed")?.ToString() ?? "none",
                Markup.Of($"{run.Number("peak_memory_bytes") / 1e6:#,0} MB"),
            ];
            return Markup.Of($"""<tr><th scope="row"><a href="#model-{i}">{names[i]}</a></th>{heads.Zip(cells, Markup.Cell)}</tr>""");
        });
        return Markup.Of($"""
            <section id="summary" data-section="summary"><h2>Summary</h2>
            <table class="stack"><thead><tr>{Markup.Heads(["model", .. heads])}</tr></thead><tbody>{rows}</tbody></table></section>

            """);
    }

    private static double LastAccuracy(JsonElement run) =>
        run.GetProperty("history").Maybe("accuracy")?.Numbers() is { Length: > 0 } values ? values[^1] : double.NaN;

    private static Markup Curves(JsonElement report)
    {
        Line[] loss = SavedReport.Curves(report, "loss"), accuracy = SavedReport.Curves(report, "accuracy");
        var (losses, accuracies) = (LineChart.Of("Loss by epoch", "epoch", loss, "0.0000"), LineChart.Of("Accuracy by epoch", "epoch", accuracy, "0.00 %"));
        return Markup.Of($"""
            <section id="curves" data-section="curves"><h2>Learning curves</h2>
            {LineChart.Legend(loss)}
            <div class="pair"><figure><figcaption>Loss on {SavedReport.Images(loss)}</figcaption>{losses}</figure>
            <figure><figcaption>Accuracy on {SavedReport.Images(accuracy)}</figcaption>{accuracies}</figure></div></section>

            """);
    }

    private static Markup Environment(JsonElement report)
    {
        var (machine, engine, tool) = (report.GetProperty("environment"), report.GetProperty("engine"), report.GetProperty("tool"));
        // The engine is in both lists: as the one that ran, and as the one that was asked for.
        Markup[] lists =
        [
            Facts("Machine", [
                ("tool", $"{tool.Text("name")} {tool.Text("version")}"),
                ("engine", $"{engine.Text("name")} {engine.Text("version")} on {engine.Text("device")}, {engine.Text("threads")} threads"),
                ("processor", $"{machine.Text("cpu")}, {machine.Text("cores")} cores, {machine.Text("instruction_set")}"),
                ("system", machine.Text("os")),
                ("runtime", machine.Text("runtime")),
            ]),
            Facts("Settings",
                report.GetProperty("config").EnumerateObject().Select(s => (s.Name.Replace('_', ' '), Setting(s.Value))).Where(s => s.Item2.Length > 0)),
            Facts("SHA-256 of the data set's files",
                report.GetProperty("dataset").GetProperty("sha256").EnumerateObject().Select(file => (file.Name, file.Value.ToString()))),
        ];
        return Markup.Of($"""
            <section id="environment" data-section="environment"><h2>Environment</h2>
            {lists}</section>

            """);
    }

    private static Markup Facts(string title, IEnumerable<(string Name, string Value)> facts) => Markup.Of($"""
        <h3>{title}</h3>
        <dl>{facts.Select(fact => Markup.Of($"<dt>{fact.Name}</dt><dd>{fact.Value}</dd>"))}</dl>

        """);

    private static string Setting(JsonElement value) =>
        value.ValueKind == JsonValueKind.Array ? string.Join(", ", value.EnumerateArray()) : value.ToString();

    private static string Resource(string name)
    {
        using var stream = typeof(HtmlReport).Assembly.GetManifestResourceStream($"KerasPort.Console.Html.{name}")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
