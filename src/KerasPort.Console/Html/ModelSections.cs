using System.Text.Json;

namespace KerasPort.Console.Html;

/// <summary>The page's sections about one trained model: confusions, worst mistakes, filters and feature maps, and times of layers.</summary>
internal static class ModelSections
{
    public static Markup Of(JsonElement run, string id, string engine)
    {
        if (run.Maybe("analysis") is not { } analysis)
        {
            return Markup.Of($"""
                <p class="none">The run is one of a sweep, was interrupted before its test, or an earlier version wrote the report:
                there is nothing to show of this model.</p>{Times(run, id, engine)}
                """);
        }
        string[] classes = [.. analysis.Items("classes").Select(c => c.GetString()!)];
        return Markup.Join([Confusion(analysis, classes, id), ByClass(analysis, classes, id), Mistakes(analysis, classes, id),
            Filters(analysis, id), Maps(analysis, classes, id), Times(run, id, engine)]);
    }

    private static Markup Confusion(JsonElement analysis, string[] classes, string id) => Markup.Of($"""
        <section id="{id}-confusion" data-section="confusion"><h3>What it takes for what</h3>
        <p>Test images of each class (row) by the class predicted (column).</p>
        {ConfusionChart.Of(classes, ConfusionChart.Counts(analysis))}</section>

        """);

    private static Markup ByClass(JsonElement analysis, string[] classes, string id)
    {
        int[][] counts = ConfusionChart.Counts(analysis);
        var rows = classes.Select((name, c) =>
        {
            var (precision, recall) = ConfusionChart.PrecisionAndRecall(counts, c);
            return (name, new Bar[]
            {
                new(precision, precision.Format("0.0 %"), $"{name}: of what was taken for it, {precision.Format("0.0 %")} is (precision)", 1),
                new(recall, recall.Format("0.0 %"), $"{name}: of all there are, {recall.Format("0.0 %")} was found (recall)", 2),
            }, $"{precision.Format("0 %")} · {recall.Format("0 %")}");
        }).ToArray();
        return Markup.Of($"""
            <section id="{id}-classes" data-section="classes"><h3>Precision and recall by class</h3>
            <ul class="legend"><li><i class="swatch c1"></i>precision: how much of what was taken for the class is of it</li>
            <li><i class="swatch c2"></i>recall: how much of the class was found</li></ul>
            {BarChart.Of("Precision and recall by class", rows, "class", ["precision", "recall"], stacked: false, most: 1)}</section>

            """);
    }

    private static Markup Mistakes(JsonElement analysis, string[] classes, string id)
    {
        var mistakes = analysis.Items("mistakes").Select(m => Markup.Of($"""
            <figure><img class="pixels" src="{m.GetProperty("png").Picture()}" width="84" height="84"
            alt="test image {m.Int("image")}: {classes[m.Int("label")]}">
            <figcaption><b>{classes[m.Int("label")]}</b><br>taken for {classes[m.Int("predicted")]}
            ({m.Number("probability_of_predicted").Format("0 %")})<br><small>image {m.Int("image")}</small></figcaption></figure>
            """)).ToArray();
        return Markup.Of($"""
            <section id="{id}-mistakes" data-section="mistakes"><h3>The worst mistakes</h3>
            <p>The test images whose true class got the lowest probability.</p>
            <div class="mistakes">{mistakes}</div></section>

            """);
    }

    private static Markup Filters(JsonElement analysis, string id)
    {
        var sheets = analysis.Items("filters").ToArray();
        if (sheets.Length == 0) return Markup.None;
        var figures = sheets.Select(f =>
        {
            double largest = f.Number("largest");
            int width = f.Int("sheet_width"), scale = Math.Clamp(560 / width, 2, 9);
            string shown = f.Int("shown_filters") < f.Int("filters") || f.Int("shown_channels") < f.Int("channels")
                ? $" (the first {f.Int("shown_filters")} filters and {f.Int("shown_channels")} channels)" : "";
            string how = f.Int("channels") == 1 ? "" : ", a row for each filter and a column for each channel that it reads";
            return Markup.Of($"""
                <figure><figcaption><b>{f.Text("layer")}</b>: {f.Int("filters")} filters of {f.Int("height")}x{f.Int("width")}{how}{shown}</figcaption>
                <img class="pixels sheet" src="{f.GetProperty("png").Picture()}" width="{width * scale}" height="{f.Int("sheet_height") * scale}"
                alt="filters of {f.Text("layer")}">
                <p class="scale"><span>{(-largest).Format("0.00")}</span><i class="signed"></i><span>{largest.Format("0.00")}</span></p></figure>
                """);
        });
        return Markup.Of($"""
            <section id="{id}-filters" data-section="filters"><h3>What the filters look for</h3>
            <p>Weights of the convolutions: orange is positive, blue negative.</p>
            <div class="filters">{figures}</div></section>

            """);
    }

    private static Markup Maps(JsonElement analysis, string[] classes, string id)
    {
        if (analysis.Maybe("feature_maps") is not { } maps) return Markup.None;
        var layers = maps.Items("layers").ToArray();
        var inputs = maps.Items("inputs").ToArray();
        int channel = maps.Int("channel"), most = layers.Max(l => l.Int("channels"));
        var heads = layers.Select(l => Markup.Of($"<th scope=\"col\">{l.Text("layer")}<br><small>{l.Int("height")}x{l.Int("width")}</small></th>"));
        var rows = inputs.Select((input, i) => Markup.Of($"""
            <tr><th scope="row"><img class="pixels" src="{input.Picture()}" alt="test image {maps.GetProperty("images")[i]}"></th>
            {layers.Select(l => Map(l, i, maps.GetProperty("images")[i].ToString(), channel))}</tr>
            """));
        return Markup.Of($"""
            <section id="{id}-maps" data-section="maps"><h3>What the layers see</h3>
            <p>Three images of the class {classes[maps.Int("class")]} on their way through convolutions and pooling:
            places that match the filter are bright. Images of one class light up in the same places.</p>
            <p class="pick"><label>Filter
            <input type="range" min="1" max="{most}" value="{channel + 1}" data-maps="{id}-maps">
            <output>{channel + 1}</output></label></p>
            <div class="maps"><table><caption class="unseen">The feature map of each layer for each image</caption>
            <thead><tr><th scope="col">image</th>{heads}</tr></thead><tbody>{rows}</tbody></table></div></section>

            """);
    }

    /// <summary>One tile of a sheet: the sheet is a picture larger than its frame, which is moved by whole tiles.</summary>
    private static Markup Map(JsonElement layer, int image, string name, int channel)
    {
        int columns = layer.Int("columns"), channels = layer.Int("channels"), at = channel % channels;
        return Markup.Of($"""
            <td><div class="tile" style="aspect-ratio:{layer.Int("width")}/{layer.Int("height")}"><img class="pixels"
            data-columns="{columns}" data-channels="{channels}"
            style="width:{columns * 100}%;left:{-at % columns * 100}%;top:{-(at / columns) * 100}%"
            src="{layer.GetProperty("pngs")[image].Picture()}" alt="what {layer.Text("layer")} makes of test image {name}"></div></td>
            """);
    }

    private static Markup Times(JsonElement run, string id, string engine)
    {
        var layers = run.Items("layer_seconds").ToArray();
        if (layers.Length == 0)
        {
            return Markup.Of($"""
                <section id="{id}-times" data-section="times"><h3>Where the time goes</h3><p class="none">{WhyNoTimes(engine)}</p></section>

                """);
        }
        var rows = layers.Select(l =>
        {
            double forward = l.Number("forward") * 1e6, backward = l.Number("backward") * 1e6;
            return (l.Text("layer").Replace("+", " + "), new Bar[]
            {
                new(forward, $"{forward.Format("#,0")} µs", $"{l.Text("layer")}, forward: {forward.Format("#,0")} µs", 1),
                new(backward, $"{backward.Format("#,0")} µs", $"{l.Text("layer")}, backward: {backward.Format("#,0")} µs", 2),
            }, $"{(forward + backward).Format("#,0")} µs");
        }).ToArray();
        return Markup.Of($"""
            <section id="{id}-times" data-section="times"><h3>Where the time goes</h3>
            <p>Microseconds of one training step by layer, medians over the first epoch.
            The rest of a step is fetching the images, the loss, and the optimizer's work outside of layers.</p>
            <ul class="legend"><li><i class="swatch c1"></i>forward</li><li><i class="swatch c2"></i>backward</li></ul>
            {BarChart.Of("Time by layer", rows, "layer", ["forward", "backward"], stacked: true)}</section>

            """);
    }

    private static string WhyNoTimes(string engine) =>
        engine.StartsWith("cuda", StringComparison.Ordinal) ? "This engine runs ahead of the program, which can't tell what each layer takes."
        : engine == "tensorflow" ? "TensorFlow.NET runs a whole training step in one call and doesn't say what each layer takes."
        : "Nothing was measured: the run ended before its first epoch did, or resumed in it.";
}
