using System.Globalization;
using System.Text.Json;

namespace KerasPort.Console.Html;

/// <summary>A confusion matrix: a row for each class, a column for each prediction.</summary>
internal static class ConfusionChart
{
    private const double Cell = 36, Left = 92, Top = 84;

    public static Markup Of(string[] classes, int[][] counts)
    {
        double mostWrong = Math.Max(1, counts.Select((row, i) => row.Where((_, j) => j != i).Max()).Max());
        var cells = counts.SelectMany((row, actual) => row.Select((count, predicted) =>
        {
            bool right = actual == predicted;
            // Mistakes are shaded by the square root, so that one in ten of the most frequent is still visible.
            double strength = right ? 0.25 + 0.5 * count / Math.Max(1, row.Sum()) : count == 0 ? 0 : 0.1 + 0.75 * Math.Sqrt(count / mostWrong);
            string tip = $"{classes[actual]}, {(right ? "recognised" : $"taken for {classes[predicted]}")}: {count} of {row.Sum()}";
            var (x, y) = (Left + predicted * Cell, Top + actual * Cell);
            var number = count == 0 ? Markup.None
                : Markup.Of($"<text class=\"count\" x=\"{x + Cell / 2 - 0.5}\" y=\"{y + Cell / 2 + 4}\" text-anchor=\"middle\">{count}</text>");
            string kind = right ? "right" : "wrong";
            return Markup.Of($"""
                <g data-tip="{tip}"><rect class="cell {kind}" x="{x}" y="{y}" width="{Cell - 1}" height="{Cell - 1}"
                style="--strength:{strength:0.##}"/>{number}</g>
                """);
        }));
        var rows = classes.Select((name, i) => Markup.Of(
            $"<text class=\"name\" x=\"{Left - 8}\" y=\"{Top + i * Cell + 22}\" text-anchor=\"end\">{name}</text>"));
        var columns = classes.Select((name, i) => Markup.Of(
            $"<text class=\"name\" transform=\"translate({Left + i * Cell + 22} {Top - 8}) rotate(-60)\">{name}</text>"));
        var table = ChartTable.Of("Confusion matrix", ["class", .. classes.Select(name => "taken for " + name)],
            classes.Zip(counts, (name, row) => (name, row.Select(count => count.ToString(CultureInfo.InvariantCulture)))));
        return Markup.Of($"""
            <svg class="chart wide" viewBox="0 0 {Left + classes.Length * Cell + 34} {Top + classes.Length * Cell + 2}" role="img"
            aria-label="Confusion matrix: rows are classes, columns predictions">{columns}{rows}{cells}</svg>
            {table}
            """);
    }

    public static int[][] Counts(JsonElement analysis) =>
        [.. analysis.Items("confusion").Select(row => row.EnumerateArray().Select(count => count.GetInt32()).ToArray())];

    /// <summary>The share of the predictions of a class that are right, and the share of the class that was found; NaN where there is none.</summary>
    public static (double Precision, double Recall) PrecisionAndRecall(int[][] counts, int c) =>
        ((double)counts[c][c] / counts.Sum(row => row[c]), (double)counts[c][c] / counts[c].Sum());
}
