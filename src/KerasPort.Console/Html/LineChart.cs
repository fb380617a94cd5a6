using System.Globalization;

namespace KerasPort.Console.Html;

/// <summary>One line of a <see cref="LineChart"/>; values that aren't finite are left out. If a colour is used again, the later line is dotted.</summary>
internal sealed record Line(string Name, int Color, bool Dashed, double[] Values, int Round = 0);

/// <summary>Values over integers from 1 on, as SVG. Pointing at a position shows its values.</summary>
internal static class LineChart
{
    private const double Width = 480, Height = 290, Left = 62, Right = 14, Top = 14, Bottom = 46;

    /// <param name="title">The accessible name, for screen readers.</param>
    /// <param name="across">The name of the integers: epoch, step.</param>
    /// <param name="lines">The lines to draw.</param>
    /// <param name="format">The format of the values.</param>
    /// <param name="powers">Whether the values are exponents of ten.</param>
    public static Markup Of(string title, string across, IReadOnlyList<Line> lines, string format, bool powers = false)
    {
        double[] all = [.. lines.SelectMany(l => l.Values).Where(double.IsFinite)];
        if (all.Length == 0) return Markup.Of($"<p class=\"none\">Nothing to draw.</p>");
        int count = lines.Max(l => l.Values.Length);
        double[] ticks = powers
            ? [.. Enumerable.Range((int)Math.Floor(all.Min()), (int)Math.Max(1, Math.Ceiling(all.Max()) - Math.Floor(all.Min())) + 1).Select(p => (double)p)]
            : Axis.Ticks(all.Min(), all.Max());
        double X(int i) => count == 1 ? (Left + Width - Right) / 2 : Left + (Width - Left - Right) * i / (count - 1);
        double Y(double value) => Top + (Height - Top - Bottom) * (ticks[^1] - value) / (ticks[^1] - ticks[0]);

        var grid = ticks.Select(t => Markup.Of($"""
            <line class="grid" x1="{Left}" x2="{Width - Right}" y1="{Y(t):0.#}" y2="{Y(t):0.#}"/>
            <text class="tick" x="{Left - 8}" y="{Y(t) + 4:0.#}" text-anchor="end">{Label(t, ticks, powers)}</text>
            """));
        // One area to point at for all lines, so that none hides another where they meet.
        Markup Hit(int i)
        {
            var values = lines.Where(l => i < l.Values.Length && double.IsFinite(l.Values[i]))
                .Select(l => $"{l.Name} {Value(l.Values[i])}");
            double wide = (Width - Left - Right) / Math.Max(1, count - 1);
            return Markup.Of($"""
                <rect class="hit" x="{X(i) - wide / 2:0.#}" y="{Top}" width="{wide:0.#}" height="{Height - Top - Bottom}"
                data-tip="{across} {i + 1}: {string.Join(", ", values)}"/>
                """);
        }

        int every = Math.Max(1, (count + 9) / 10);
        var numbers = Enumerable.Range(0, count).Where(i => count <= 10 || (i + 1) % every == 0).Select(i => Markup.Of(
            $"<text class=\"tick\" x=\"{X(i):0.#}\" y=\"{Height - Bottom + 20}\" text-anchor=\"middle\">{i + 1}</text>"));
        var table = ChartTable.Of(title, [across, .. lines.Select(line => line.Name)], Enumerable.Range(0, count).Select(i =>
            ($"{i + 1}", lines.Select(line => i < line.Values.Length ? Value(line.Values[i]) : ""))));
        return Markup.Of($"""
            <svg class="chart" viewBox="0 0 {Width} {Height}" role="img" aria-label="{title}">
            {grid}{numbers}
            <text class="tick" x="{(Left + Width - Right) / 2}" y="{Height - 6}" text-anchor="middle">{across}</text>
            {lines.Select(line => Draw(line, X, Y, dots: count <= 30))}
            {Enumerable.Range(0, count).Select(Hit)}
            </svg>
            {table}
            """);

        string Value(double value) => (powers ? Math.Pow(10, value) : value).Format(format);
    }

    /// <summary>The names of the lines, with their colours.</summary>
    public static Markup Legend(IEnumerable<Line> lines) => Markup.Of($"""
        <ul class="legend">{lines.Select(l => Markup.Of($"""
            <li><svg viewBox="0 0 28 10" aria-hidden="true"><path class="{Class(l)}" d="M1 5H27"/></svg>{l.Name}</li>
            """))}</ul>

        """);

    private static Markup Draw(Line line, Func<int, double> x, Func<double, double> y, bool dots)
    {
        int[] points = [.. Enumerable.Range(0, line.Values.Length).Where(i => double.IsFinite(line.Values[i]))];
        string path = string.Concat(points.Select((i, n) => string.Create(CultureInfo.InvariantCulture,
            $"{(n == 0 ? 'M' : 'L')}{x(i):0.#} {y(line.Values[i]):0.#}")));
        var (mark, radius) = dots ? ("dot", 3.5) : ("spot", 2.0);
        var marks = points.Select(i => Markup.Of(
            $"<circle class=\"{mark} c{line.Color}\" cx=\"{x(i):0.#}\" cy=\"{y(line.Values[i]):0.#}\" r=\"{radius}\"/>"));
        return Markup.Of($"<path class=\"{Class(line)}\" d=\"{path}\"/>{marks}");
    }

    private static string Class(Line line) => $"line {(line.Dashed ? "dashed " : line.Round > 0 ? $"round-{Math.Min(line.Round, 2)} " : "")}c{line.Color}";

    private static Markup Label(double tick, double[] ticks, bool powers)
    {
        if (powers) return Markup.Of($"10<tspan dy=\"-5\" font-size=\"9\">{tick.Format("0")}</tspan>");
        int decimals = Math.Max(0, (int)Math.Ceiling(-Math.Log10(ticks[1] - ticks[0]) - 1e-9));
        return Markup.Of($"{tick.Format("F" + decimals)}");
    }
}
