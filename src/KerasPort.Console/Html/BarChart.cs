namespace KerasPort.Console.Html;

/// <summary>A bar, or a part of a stacked one: its value, its text in the table and in the tooltip, its colour.</summary>
internal sealed record Bar(double Value, string Text, string Tip, int Color);

/// <summary>Horizontal bars from 0, as SVG.</summary>
internal static class BarChart
{
    private const double Width = 480, Row = 30;

    /// <summary>For text of 13 pixels: the width of a letter in a name, that of a digit in a number with its percent sign, and the distance of lines.</summary>
    private const double Letter = 7.8, Digit = 8.8, Line = 15;

    /// <summary>The most width that a name may take.</summary>
    private const double MostName = 240;

    /// <param name="title">The accessible name, for screen readers.</param>
    /// <param name="rows">For each row its name, its bars, and the text behind them.</param>
    /// <param name="of">The heading of the column of names, in the table.</param>
    /// <param name="kinds">The headings of a row's bars, in the table.</param>
    /// <param name="stacked">Whether the bars of a row are stacked end to end, or placed below each other.</param>
    /// <param name="most">The value of a bar of full length; by default the largest row's.</param>
    public static Markup Of(string title, IReadOnlyList<(string Name, Bar[] Bars, string Label)> rows, string of, string[] kinds, bool stacked,
        double? most = null)
    {
        double full = most ?? Math.Max(1e-12, rows.Max(r => stacked ? r.Bars.Sum(b => b.Value) : r.Bars.Max(b => b.Value)));
        string[][] names = [.. rows.Select(r => Lines(r.Name))];
        double left = Math.Clamp(names.Max(lines => lines.Max(line => line.Length)) * Letter + 8, 90, MostName + 8);
        double right = rows.Max(r => r.Label.Length) * Digit + 8;
        double rowHeight = Math.Max(Row, names.Max(lines => lines.Length) * Line + 10);
        double thick = stacked ? 20 : 9, height = rows.Count * rowHeight + 6;
        double Length(double value) => double.IsFinite(value) ? (Width - left - right) * Math.Clamp(value / full, 0, 1) : 0;
        var drawn = rows.Select((row, i) =>
        {
            double middle = (i + 0.5) * rowHeight + 3, top = middle - 10, x = left;
            var bars = row.Bars.Select((bar, n) =>
            {
                double length = Length(bar.Value), at = x;
                if (stacked) x += length;
                double y = top + (stacked ? 0 : n * (thick + 1));
                return Markup.Of($"""
                    <g data-tip="{bar.Tip}"><rect class="bar c{bar.Color}" x="{at:0.#}" y="{y:0.#}" width="{length:0.#}" height="{thick}"/></g>
                    """);
            }).ToArray();
            double end = left + (stacked ? Length(row.Bars.Sum(b => b.Value)) : row.Bars.Max(b => Length(b.Value)));
            double first = middle + 4 - (names[i].Length - 1) / 2.0 * Line;
            var name = names[i].Select((line, n) => Markup.Of($"<tspan x=\"{left - 8:0.#}\" y=\"{first + n * Line:0.#}\">{line}</tspan>"));
            return Markup.Of($"""
                <text class="name" text-anchor="end">{name}</text>{bars}<text class="tick" x="{end + 6:0.#}" y="{middle + 4:0.#}">{row.Label}</text>
                """);
        });
        var table = ChartTable.Of(title, [of, .. kinds], rows.Select(row => (row.Name, row.Bars.Select(bar => bar.Text))));
        return Markup.Of($"""
            <svg class="chart" viewBox="0 0 {Width} {height}" role="img" aria-label="{title}">{drawn}</svg>
            {table}
            """);
    }

    /// <summary>
    /// The lines of a row's name: layers that run as one are listed below each other. Names that are too long are cut; the tooltip has the whole name.
    /// </summary>
    private static string[] Lines(string name)
    {
        string[] parts = name.Split(" + ");
        return [.. parts.Select((part, i) => i < parts.Length - 1 ? part + " +" : part)
            .Select(line => line.Length * Letter <= MostName ? line : line[..(int)(MostName / Letter - 1)] + "…")];
    }
}
