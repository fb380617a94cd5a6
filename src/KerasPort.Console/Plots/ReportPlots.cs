using System.Text.Json;
using KerasPort.Console.Html;
using KerasPort.Plotting;
using ScottPlot;
using ScottPlot.TickGenerators;
using SkiaSharp;
using Line = KerasPort.Console.Html.Line;

namespace KerasPort.Console.Plots;

/// <summary>Writes a report's charts and pictures, as on its page, to files for slides and papers.</summary>
internal sealed class ReportPlots
{
    private readonly PlotFiles _files;

    private ReportPlots(PlotFiles files) => _files = files;

    /// <param name="report">A report.</param>
    /// <param name="folder">The folder that the files go to.</param>
    /// <param name="formats">The formats: png, svg.</param>
    /// <returns>The number of files.</returns>
    public static int Write(JsonElement report, string folder, string[] formats)
    {
        PlotFont.Use();
        var files = new PlotFiles(folder, formats);
        var plots = new ReportPlots(files);
        foreach (string metric in new[] { "loss", "accuracy" }) plots.Curves(SavedReport.Curves(report, metric), metric);
        foreach (var comparison in report.Maybe("parity")?.Items("comparisons") ?? []) plots.Parity(comparison);
        var runs = report.Items("runs").ToArray();
        string[] names = SavedReport.NamesOf(runs);
        for (int i = 0; i < runs.Length; i++)
        {
            string name = Shortened(names[i]), file = $"{i + 1}-{Shortened(runs[i].Text("model"))}";
            plots.Times(runs[i], name, file);
            if (runs[i].Maybe("analysis") is not { } analysis) continue;
            string[] classes = [.. analysis.Items("classes").Select(c => c.GetString()!)];
            int[][] counts = ConfusionChart.Counts(analysis);
            plots.Confusion(counts, classes, name, file);
            plots.Classes(counts, classes, name, file);
            plots.Mistakes(analysis, classes, name, file);
            foreach (var sheet in analysis.Items("filters")) plots.Filters(sheet, name, file);
            plots.Maps(analysis, classes, name, file);
        }
        return files.Written;
    }

    /// <summary>The most characters of a model's name that leave room for the rest of a title; a file's name may be longer.</summary>
    private const int LongestName = 32;

    private static string Shortened(string name) => name.Length <= LongestName ? name
        : $"{name[..(LongestName / 2)]}…{name[^(LongestName / 2 - 1)..]}";

    /// <summary>The largest number of names that fit inside the plot.</summary>
    private const int MostWithin = 6;

    private void Curves(Line[] lines, string metric)
    {
        var plot = new Plot();
        foreach (var line in lines)
        {
            int[] epochs = [.. Enumerable.Range(0, line.Values.Length).Where(i => double.IsFinite(line.Values[i]))];
            if (epochs.Length == 0) continue;
            var drawn = plot.Add.Scatter(epochs.Select(i => i + 1.0).ToArray(),
                epochs.Select(i => line.Values[i]).ToArray(),
                plot.Add.Palette.GetColor(line.Color - 1));
            // The page's dashed lines are thin lines with rings here, because Skia writes no dashes into an SVG.
            (drawn.LegendText, drawn.LineWidth, drawn.MarkerSize, drawn.MarkerShape) =
                line.Dashed ? (line.Name, 1, 9, MarkerShape.OpenCircle)
                : (line.Name, 2, 6, line.Round switch { 0 => MarkerShape.FilledCircle, 1 => MarkerShape.FilledSquare, _ => MarkerShape.FilledTriangleUp });
        }
        plot.Title($"{metric} on {SavedReport.Images(lines)}");
        plot.XLabel("epoch");
        plot.Axes.Bottom.TickGenerator = new NumericAutomatic { IntegerTicksOnly = true, MinorTickGenerator = new EvenlySpacedMinorTickGenerator(1) };
        if (metric == "accuracy") plot.Axes.Left.TickGenerator = new NumericAutomatic { LabelFormatter = value => value.Format("0.## %") };
        var (width, height) = (800, 500);
        if (lines.Length <= MostWithin)
        {
            plot.ShowLegend(metric == "loss" ? Alignment.UpperRight : Alignment.LowerRight);
        }
        else
        {
            // Many names would hide the lines, and are written to the right of them.
            plot.ShowLegend(Edge.Right);
            (width, height) = (width + 60 + 7 * lines.Max(line => Math.Min(line.Name.Length, 120)), Math.Max(height, 60 + 22 * lines.Length));
        }
        _files.Save(plot, $"curves-{metric}", width, height);
    }

    private void Parity(JsonElement comparison)
    {
        double[] apart = SavedReport.StepsApart(comparison);
        if (apart.Length == 0) return;
        var plot = new Plot();
        plot.Add.Signal(apart).Data.XOffset = 1;
        plot.Title($"{comparison.Text("model")}, seed {comparison.Text("seed")}: how far the first steps' losses are from Python's");
        plot.XLabel("step");
        plot.Axes.Left.TickGenerator = new NumericAutomatic { IntegerTicksOnly = true, LabelFormatter = power => "1e" + power.Format("0") };
        _files.Save(plot, $"parity-{comparison.Text("model")}-{comparison.Text("seed")}", 800, 400);
    }

    private void Confusion(int[][] counts, string[] classes, string name, string file)
    {
        var plot = new Plot();
        var shades = new ScottPlot.Colormaps.Blues().Reversed();
        double most = Math.Sqrt(Math.Max(1, counts.Max(row => row.Max())));
        for (int actual = 0; actual < classes.Length; actual++)
        {
            for (int predicted = 0; predicted < classes.Length; predicted++)
            {
                int count = counts[actual][predicted], y = classes.Length - 1 - actual;
                // Shaded by the square root of the count, so that rare mistakes remain visible. Rectangles, since viewers blur a heat map's pixels in an SVG.
                double shade = Math.Sqrt(count) / most;
                var cell = plot.Add.Rectangle(predicted - 0.5, predicted + 0.5, y - 0.5, y + 0.5);
                (cell.FillColor, cell.LineColor, cell.LineWidth) = (shades.GetColor(shade), Color.Gray(225), 1);
                if (count == 0) continue;
                var text = plot.Add.Text($"{count}", predicted, y);
                (text.LabelAlignment, text.LabelFontSize, text.LabelFontColor) = (Alignment.MiddleCenter, 13, Color.Gray(shade > 0.55 ? (byte)255 : (byte)0));
            }
        }
        Names(plot.Axes.Left, [.. classes.Reverse()]);
        Names(plot.Axes.Bottom, classes);
        plot.Axes.Bottom.TickLabelStyle.Rotation = 45;
        plot.Axes.Bottom.TickLabelStyle.Alignment = Alignment.MiddleLeft;
        // Slanted names extend past the last column.
        (plot.Axes.Bottom.MinimumSize, plot.Axes.Right.MinimumSize) = (90, 50);
        plot.Axes.Margins(0, 0);
        plot.Title($"{name}: test images by class (row) and prediction (column)");
        plot.HideGrid();
        _files.Save(plot, $"{file}-confusion", 760, 720);
    }

    private void Classes(int[][] counts, string[] classes, string name, string file)
    {
        var shares = classes.Select((_, c) => ConfusionChart.PrecisionAndRecall(counts, c)).ToArray();
        var plot = Bars($"{name}: precision and recall by class", classes, stacked: false,
            ("precision", [.. shares.Select(s => s.Precision)]), ("recall", [.. shares.Select(s => s.Recall)]));
        plot.Axes.SetLimitsX(0, 1);
        plot.Axes.Right.MinimumSize = 40;
        plot.Axes.Bottom.TickGenerator = new NumericAutomatic { LabelFormatter = value => value.Format("0 %") };
        _files.Save(plot, $"{file}-classes", 800, 560);
    }

    private void Times(JsonElement run, string name, string file)
    {
        var layers = run.Items("layer_seconds").ToArray();
        if (layers.Length == 0) return;
        var plot = Bars($"{name}: microseconds of a step by layer", [.. layers.Select(l => l.Text("layer").Replace("+", " + "))], stacked: true,
            ("forward", [.. layers.Select(l => l.Number("forward") * 1e6)]), ("backward", [.. layers.Select(l => l.Number("backward") * 1e6)]));
        plot.Axes.Margins(left: 0);
        _files.Save(plot, $"{file}-times", 800, 160 + 40 * layers.Length);
    }

    /// <summary>Horizontal bars, the first name at the top.</summary>
    private static Plot Bars(string title, string[] names, bool stacked, params (string Name, double[] Values)[] groups)
    {
        var plot = new Plot();
        var start = new double[names.Length];
        double thick = stacked ? 0.7 : 0.38;
        for (int g = 0; g < groups.Length; g++)
        {
            var bars = names.Select((_, i) =>
            {
                double value = double.IsFinite(groups[g].Values[i]) ? groups[g].Values[i] : 0, from = start[i];
                if (stacked) start[i] += value;
                return new ScottPlot.Bar
                {
                    Position = names.Length - 1 - i + (stacked ? 0 : 0.2 - 0.4 * g),
                    ValueBase = from,
                    Value = from + value,
                    Size = thick,
                    FillColor = plot.Add.Palette.GetColor(g),
                    LineWidth = 0,
                    Orientation = Orientation.Horizontal,
                };
            });
            plot.Add.Bars(bars.ToArray()).LegendText = groups[g].Name;
        }
        Names(plot.Axes.Left, [.. names.Reverse()]);
        plot.Title(title);
        plot.HideGrid();
        plot.ShowLegend(Edge.Bottom).Legend.Orientation = Orientation.Horizontal;
        return plot;
    }

    private void Mistakes(JsonElement analysis, string[] classes, string name, string file)
    {
        var mistakes = analysis.Items("mistakes").Select(m => (PictureTable.Decode(m.GetProperty("png").GetBytesFromBase64()),
            $"{classes[m.Int("label")]}\ntaken for {classes[m.Int("predicted")]}\n" +
            $"{m.Number("probability_of_predicted").Format("0 %")}, image {m.Int("image")}"))
            .ToArray();
        if (mistakes.Length > 0) Save(PictureTable.Of($"{name}: the worst mistakes", [.. mistakes.Chunk(5)], [], captionLines: 3), $"{file}-mistakes");
    }

    private void Filters(JsonElement sheet, string name, string file)
    {
        string layer = sheet.Text("layer"), largest = sheet.Number("largest").Format("0.00");
        string how = (sheet.Int("channels") == 1 ? "" : "A row for each filter, a column for each channel that it reads.\n")
            + $"Orange adds, up to {largest}; blue takes away, down to -{largest}.";
        Save(PictureTable.Of($"{name}: filters of {layer}",
            [[(PictureTable.Decode(sheet.GetProperty("png").GetBytesFromBase64()), "")]], [how], cell: 720),
            $"{file}-filters-{layer}");
    }

    private void Maps(JsonElement analysis, string[] classes, string name, string file)
    {
        if (analysis.Maybe("feature_maps") is not { } maps) return;
        int channel = maps.Int("channel");
        var layers = maps.Items("layers").ToArray();
        var rows = maps.Items("inputs").Select((input, i) => new[] { (PictureTable.Decode(input.GetBytesFromBase64()), "") }
            .Concat(layers.Select(l => (Tile(l, i, channel), ""))).ToArray()).ToArray();
        Save(PictureTable.Of($"{name}: filter {channel + 1} over three images of class {classes[maps.Int("class")]}", rows,
            ["image", .. layers.Select(l => $"{l.Text("layer")}\n{l.Int("height")}x{l.Int("width")}")]), $"{file}-maps");
    }

    /// <summary>One channel's tile of a sheet.</summary>
    private static SKBitmap Tile(JsonElement layer, int image, int channel)
    {
        int width = layer.Int("width"), height = layer.Int("height"), columns = layer.Int("columns"), at = channel % layer.Int("channels");
        using var sheet = PictureTable.Decode(layer.GetProperty("pngs")[image].GetBytesFromBase64());
        var tile = new SKBitmap();
        return sheet.ExtractSubset(tile, SKRectI.Create(at % columns * width, at / columns * height, width, height))
            ? tile : throw new FormatException($"the pictures of {layer.Text("layer")} are not of the size that it says");
    }

    private static void Names(IAxis axis, string[] names) =>
        axis.TickGenerator = new NumericManual([.. Enumerable.Range(0, names.Length).Select(i => (double)i)], names);

    private void Save((Plot Plot, int Width, int Height) table, string file) => _files.Save(table.Plot, file, table.Width, table.Height);
}
