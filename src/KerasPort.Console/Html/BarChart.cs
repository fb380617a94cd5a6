namespace KerasPort.Console.Html;

/// <summary>One bar, or one part of a stacked one: how long, what it says when pointed at, which colour.</summary>
internal sealed record Bar(double Value, string Tip, int Color);

/// <summary>Horizontal bars from 0, as SVG.</summary>
internal static class BarChart
{
    private const double Width = 480, Left = 150, Right = 70;

    /// <param name="title">For those who can't see it.</param>
    /// <param name="rows">A name, its bars, and what stands behind them.</param>
    /// <param name="stacked">Whether the bars of a row follow each other, or lie below each other.</param>
    /// <param name="most">The value of a bar of full length; the largest row's without.</param>
    public static Markup Of(string title, IReadOnlyList<(string Name, Bar[] Bars, string Label)> rows, bool stacked, double? most = null)
    {
        double full = most ?? Math.Max(1e-12, rows.Max(r => stacked ? r.Bars.Sum(b => b.Value) : r.Bars.Max(b => b.Value)));
        double thick = stacked ? 20 : 9, rowHeight = stacked ? 30 : 30, height = rows.Count * rowHeight + 6;
        double Length(double value) => double.IsFinite(value) ? (Width - Left - Right) * Math.Clamp(value / full, 0, 1) : 0;
        var drawn = rows.Select((row, i) =>
        {
            double top = i * rowHeight + 5, x = Left;
            var bars = row.Bars.Select((bar, n) =>
            {
                double length = Length(bar.Value), at = x;
                if (stacked) x += length;
                return Markup.Of($"<g data-tip=\"{bar.Tip}\"><rect class=\"bar c{bar.Color}\" x=\"{at:0.#}\" y=\"{top + (stacked ? 0 : n * (thick + 1)):0.#}\" width=\"{length:0.#}\" height=\"{thick}\"/></g>");
            }).ToArray();
            double end = Left + (stacked ? Length(row.Bars.Sum(b => b.Value)) : row.Bars.Max(b => Length(b.Value)));
            return Markup.Of($"<text class=\"name\" x=\"{Left - 8}\" y=\"{top + 14:0.#}\" text-anchor=\"end\">{row.Name}</text>{bars}<text class=\"tick\" x=\"{end + 6:0.#}\" y=\"{top + 14:0.#}\">{row.Label}</text>");
        });
        return Markup.Of($"""
            <svg class="chart" viewBox="0 0 {Width} {height}" role="img" aria-label="{title}">{drawn}</svg>

            """);
    }
}
