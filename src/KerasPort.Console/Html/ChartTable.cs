namespace KerasPort.Console.Html;

/// <summary>The data of a chart as a table, for readers who can't see it or point at it.</summary>
internal static class ChartTable
{
    /// <param name="title">The title of the chart.</param>
    /// <param name="heads">The column headings, the first for the rows' names.</param>
    /// <param name="rows">For each row its name and its values.</param>
    public static Markup Of(string title, IReadOnlyList<string> heads, IEnumerable<(string Name, IEnumerable<string> Values)> rows) => Markup.Of($"""
        <details class="values"><summary>As a table<span class="unseen">: {title}</span></summary>
        <div class="scroll" tabindex="0" role="group" aria-label="{title}, as a table"><table><thead><tr>{Markup.Heads(heads)}</tr></thead>
        <tbody>{rows.Select(row => Markup.Of($"<tr><th scope=\"row\">{row.Name}</th>{row.Values.Select(v => Markup.Of($"<td>{v}</td>"))}</tr>"))}</tbody>
        </table></div></details>

        """);
}
