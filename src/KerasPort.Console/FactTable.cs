using Spectre.Console;

namespace KerasPort.Console;

/// <summary>A column of a <see cref="FactTable"/>.</summary>
/// <param name="Header">Its name, which may have several lines; a hyphen before a line break can be removed.</param>
/// <param name="Least">The least width to which its text may be wrapped; null if it may not be wrapped, such as numbers.</param>
/// <param name="Right">Whether its cells are right-aligned, as numbers are.</param>
internal sealed record FactColumn(string Header, int? Least = null, bool Right = false)
{
    /// <summary>The header on one line, for a list.</summary>
    public string Label => Header.Replace("-\n", "").Replace('\n', ' ');
}

/// <summary>
/// Rows with the same facts, the first of which is a name: a table, or a list where the terminal is too narrow to keep every number on one line.
/// A list leaves out empty cells.
/// </summary>
internal sealed class FactTable(params FactColumn[] columns)
{
    /// <summary>The gap between two columns.</summary>
    private const string Gap = "  ";

    private readonly List<(string Text, Style Style)[]> _rows = [];

    /// <summary>The title above the table.</summary>
    public string? Title { get; init; }

    /// <summary>Whether an empty line separates the rows, in a table, too.</summary>
    public bool Apart { get; init; }

    /// <param name="cells">The name and the facts of a row.</param>
    public void Add(params string[] cells) => Add([.. cells.Select(text => (text, Style.Plain))]);

    /// <inheritdoc cref="Add(string[])"/>
    public void Add(params (string Text, Style Style)[] cells) => _rows.Add(cells);

    public void Write(IAnsiConsole console)
    {
        int room = console.Profile.Width - Gap.Length * (columns.Length - 1);
        // Headers are hyphenated only where the terminal is too narrow for whole words.
        string[] heads = [.. columns.Select(column => column.Header.Replace("-\n", ""))];
        if (Widths(heads).Sum() > room) heads = [.. columns.Select(column => column.Header)];
        int[]? fitting = Fitting(Widths(heads), room);
        if (Title is not null) console.Write(new Text(Title + "\n", new Style(decoration: Decoration.Bold)));
        if (fitting is not null) WriteTable(console, heads, fitting);
        else WriteList(console);
    }

    private int[] Widths(string[] heads) =>
        [.. heads.Select((head, i) => Lines(head).Concat(_rows.SelectMany(row => Lines(row[i].Text))).Max(line => line.Length))];

    /// <summary>
    /// The widths of columns in a line of limited length: text that may be wrapped gets narrower, the widest first. Null if that isn't enough.
    /// </summary>
    private int[]? Fitting(int[] widths, int room)
    {
        int[] fitting = [.. widths];
        while (fitting.Sum() > room)
        {
            int widest = Enumerable.Range(0, fitting.Length)
                .Where(i => fitting[i] > (columns[i].Least ?? int.MaxValue))
                .OrderByDescending(i => fitting[i]).FirstOrDefault(-1);
            if (widest < 0) return null;
            fitting[widest]--;
        }
        return fitting;
    }

    private void WriteTable(IAnsiConsole console, string[] heads, int[] widths)
    {
        var heading = new Style(decoration: Decoration.Bold);
        WriteRow(console, widths, [.. heads.Select(head => (head, heading))]);
        console.Write(new Text(new string(console.Profile.Capabilities.Unicode ? '─' : '-',
            widths.Sum() + Gap.Length * (widths.Length - 1)) + "\n", new Style(Color.Grey)));
        foreach (var row in _rows)
        {
            WriteRow(console, widths, row);
            if (Apart && row != _rows[^1]) console.WriteLine();
        }
    }

    private void WriteRow(IAnsiConsole console, int[] widths, (string Text, Style Style)[] cells)
    {
        string[][] lines = [.. cells.Select((cell, i) => Lines(cell.Text).SelectMany(line => Wrapped(line, widths[i])).ToArray())];
        for (int at = 0; at < lines.Max(l => l.Length); at++)
        {
            var line = new Paragraph();
            for (int i = 0; i < cells.Length; i++)
            {
                string text = lines[i].ElementAtOrDefault(at) ?? "";
                bool last = i == cells.Length - 1;
                string padded = columns[i].Right ? text.PadLeft(widths[i]) : last ? text : text.PadRight(widths[i]);
                line.Append(i == 0 ? padded : Gap).Append(i == 0 ? "" : padded, cells[i].Style);
            }
            console.Write(line);
            console.WriteLine();
        }
    }

    /// <summary>Writes a list: under each name a line for each fact; long ones continue below their start.</summary>
    private void WriteList(IAnsiConsole console)
    {
        int width = console.Profile.Width, label = Math.Min(columns[1..].Max(c => c.Label.Length), width * 2 / 5);
        foreach (var row in _rows)
        {
            foreach (string line in Lines(row[0].Text).SelectMany(line => Wrapped(line, width)))
                console.Write(new Text(line + "\n", new Style(decoration: Decoration.Bold)));
            for (int i = 1; i < row.Length; i++)
            {
                if (row[i].Text.Length == 0) continue;
                string[] names = [.. Wrapped(columns[i].Label, label)];
                string[] values = [.. Lines(row[i].Text).SelectMany(line => Wrapped(line, Math.Max(8, width - label - 2 * Gap.Length)))];
                for (int at = 0; at < Math.Max(names.Length, values.Length); at++)
                {
                    string name = names.ElementAtOrDefault(at) ?? "", value = values.ElementAtOrDefault(at) ?? "";
                    console.Write(new Paragraph(value.Length > 0 ? Gap + name.PadRight(label) + Gap : Gap + name).Append(value, row[i].Style));
                    console.WriteLine();
                }
            }
            if (row != _rows[^1]) console.WriteLine();
        }
    }

    private static string[] Lines(string text) => text.Split('\n');

    /// <summary>A text in lines of at most <paramref name="width"/> characters, broken between words, or within a word that is longer than a line.</summary>
    internal static IEnumerable<string> Wrapped(string text, int width)
    {
        string line = "";
        foreach (string word in text.Split(' '))
        {
            string rest = word;
            if (line.Length > 0 && line.Length + 1 + rest.Length <= width)
            {
                line += " " + rest;
                continue;
            }
            if (line.Length > 0) yield return line;
            for (; rest.Length > width; rest = rest[width..]) yield return rest[..width];
            line = rest;
        }
        yield return line;
    }
}
