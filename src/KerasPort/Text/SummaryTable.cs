using System.Globalization;

namespace KerasPort;

/// <summary>What <c>model.summary()</c> prints: Keras' <c>print_summary</c>, whose table is rich's.</summary>
internal static class SummaryTable
{
    private const int LineLength = 88, LongLineLength = 108;

    /// <summary>Writes the table and the totals, the optimizer's only if it is built.</summary>
    /// <exception cref="ValueError">The lines are too short for the columns.</exception>
    public static void Write(
        TextWriter output,
        Terminal terminal,
        string modelName,
        IReadOnlyList<SummaryRow> rows,
        SummaryTotal trainable,
        SummaryTotal nonTrainable,
        SummaryTotal? optimizer = null)
    {
        bool isGraph = rows.Any(row => row.ConnectedTo is not null);
        int[] widths = isGraph ? ColumnWidths(Math.Min(LongLineLength, terminal.Width - 4), 0.3, 0.56, 0.74, 1)
            : ColumnWidths(Math.Min(LineLength, terminal.Width - 4), 0.45, 0.8, 1);

        WriteLine(new StyledText($"Model: \"{modelName}\"", TextStyle.Bold));
        Border("┏━┳┓");
        string[] header = ["Layer (type)", "Output Shape", "Param #", .. isGraph ? ["Connected to"] : Array.Empty<string>()];
        Row('┃', TextStyle.Bold, [.. header.Select(title => new StyledText(title, TextStyle.Bold))]);
        Border("┡━╇┩");
        for (int i = 0; i < rows.Count; i++)
        {
            if (i > 0) Border("├─┼┤");
            var (name, className, shapes, parameters, connectedTo) = rows[i];
            StyledText[] cells =
            [
                name + " (" + new StyledText(className, TextStyle.Symbol) + ")",
                shapes is null ? "?" : shapes is [var only] ? ShapeText(only) : "[" + Joined(shapes.Select(ShapeText)) + "]",
                parameters is null ? Number(0) + " (unbuilt)" : Number(parameters.Value),
            ];
            Row('│', TextStyle.Plain, isGraph ? [.. cells, ConnectionsText(connectedTo ?? [])] : cells);
        }
        Border("└─┴┘");

        Total("Total", new(
            trainable.Count + nonTrainable.Count + (optimizer?.Count ?? 0),
            trainable.Bytes + nonTrainable.Bytes + (optimizer?.Bytes ?? 0)));
        Total("Trainable", trainable);
        Total("Non-trainable", nonTrainable);
        if (optimizer is not null) Total("Optimizer", optimizer.Value);

        void Border(string box) =>
            output.Write($"{box[0]}{string.Join(box[2], widths.Select(width => new string(box[1], width)))}{box[3]}\n");

        void Row(char edge, TextStyle style, StyledText[] cells)
        {
            var lines = cells.Zip(widths, (cell, width) => cell.Wrap(width - 2, fold: false).ToArray()).ToArray();
            int height = lines.Max(cell => cell.Length);
            for (int line = 0; line < height; line++)
            {
                for (int column = 0; column < cells.Length; column++)
                {
                    output.Write(edge);
                    Cell(lines[column], line - (style == TextStyle.Bold ? height - lines[column].Length : 0), column, style);
                }
                output.Write($"{edge}\n");
            }
        }

        // Headers stand at the bottom of their row, so a line may lie before a cell's first or behind its last.
        void Cell(StyledText[] lines, int line, int column, TextStyle style)
        {
            int width = widths[column];
            if (line < 0 || line >= lines.Length)
            {
                new StyledText(new string(' ', width), style).WriteTo(output, terminal.Colors);
                return;
            }
            var space = new StyledText(" ", style);
            space.WriteTo(output, terminal.Colors);
            (column == 2 ? lines[line].AlignRight(width - 2, style) : lines[line].PadRight(width - 2, style)).WriteTo(output, terminal.Colors);
            space.WriteTo(output, terminal.Colors);
        }

        void Total(string what, SummaryTotal total) =>
            WriteLine(new StyledText($" {what} params: ", TextStyle.Bold) + Number(total.Count) + $" ({Memory(total.Bytes)})");

        void WriteLine(StyledText text)
        {
            foreach (var line in text.Wrap(terminal.Width, fold: true))
            {
                line.WriteTo(output, terminal.Colors);
                output.Write('\n');
            }
        }
    }

    // Keras says where the columns end, as parts of the line. Rich then finds the padding of two each and the edges too much, and takes them away
    // from the columns in turn, from each its share of what is left, rounded to even; what is left includes the padding.
    private static int[] ColumnWidths(int lineLength, params ReadOnlySpan<double> ends)
    {
        var widths = new int[ends.Length];
        for (int i = 0, start = 0; i < widths.Length; start = (int)(ends[i++] * lineLength)) widths[i] = (int)(ends[i] * lineLength) - start;
        if (widths.Min() < 4) throw new ValueError("Insufficient console width to print summary.");
        int excess = 2 * widths.Length + widths.Length + 1;
        for (int i = 0; i < widths.Length; i++)
        {
            int share = (int)Math.Round(excess / (double)(widths.Length - i), MidpointRounding.ToEven);
            excess -= share;
            widths[i] += 2 - share;
        }
        return widths;
    }

    private static StyledText Joined(IEnumerable<StyledText> texts) => texts.Aggregate((all, next) => all + ", " + next);

    private static StyledText ConnectionsText((string Layer, int Node, int Tensor)[] connections) => connections.Length == 0 ? "-"
        : Joined(connections.Select(from => from.Layer + "[" + Number(from.Node) + "][" + Number(from.Tensor) + "]"));

    private static StyledText ShapeText(Shape shape)
    {
        StyledText text = "(";
        for (int axis = 0; axis < shape.Rank; axis++)
        {
            if (axis > 0) text += ", ";
            text += shape[axis] is int length ? new StyledText(length.ToString(CultureInfo.InvariantCulture), TextStyle.Number)
                : new StyledText("None", TextStyle.Open);
        }
        return text + ")";
    }

    private static StyledText Number(long count) => new(count.ToString("N0", CultureInfo.InvariantCulture), TextStyle.Number);

    private static string Memory(double bytes)
    {
        string[] units = ["B", "KB", "MB", "GB", "TB", "PB"];
        int unit = 0;
        for (; bytes >= 1024 && unit < units.Length - 1; unit++) bytes /= 1024;
        return $"{PythonFloat.Fixed(bytes, 2)} {units[unit]}";
    }
}
