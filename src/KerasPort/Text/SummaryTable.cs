using System.Globalization;

namespace KerasPort;

/// <summary>A layer in a summary. A shape or count that isn't there yet is null.</summary>
internal readonly record struct SummaryRow(string Name, string ClassName, Shape? OutputShape, long? Parameters);

/// <summary>A number of parameters and the memory that they take.</summary>
internal readonly record struct SummaryTotal(long Count, long Bytes);

/// <summary>What <c>model.summary()</c> prints: Keras' <c>print_summary</c>, whose table is rich's.</summary>
internal static class SummaryTable
{
    private const int LineLength = 88;

    /// <summary>Writes the table and the totals, the optimizer's only if it is built.</summary>
    /// <exception cref="ValueError">The lines are too short for three columns.</exception>
    public static void Write(
        TextWriter output,
        Terminal terminal,
        string modelName,
        IReadOnlyList<SummaryRow> rows,
        SummaryTotal trainable,
        SummaryTotal nonTrainable,
        SummaryTotal? optimizer = null)
    {
        int[] widths = ColumnWidths(Math.Min(LineLength, terminal.Width - 4));

        WriteLine(new StyledText($"Model: \"{modelName}\"", TextStyle.Bold));
        Border("┏━┳┓");
        Row('┃', TextStyle.Bold, [
            new("Layer (type)", TextStyle.Bold),
            new("Output Shape", TextStyle.Bold),
            new("Param #", TextStyle.Bold)]);
        Border("┡━╇┩");
        for (int i = 0; i < rows.Count; i++)
        {
            if (i > 0) Border("├─┼┤");
            var (name, className, shape, parameters) = rows[i];
            Row('│', TextStyle.Plain, [
                name + " (" + new StyledText(className, TextStyle.Symbol) + ")",
                shape is null ? "?" : ShapeText(shape.Value),
                parameters is null ? Number(0) + " (unbuilt)" : Number(parameters.Value)]);
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

    // Keras gives the columns 45, 35 and 20 % of the line. Rich then finds the padding and the edges, ten in all, too
    // much and takes away three, four and three; what is left includes the padding of two.
    private static int[] ColumnWidths(int lineLength)
    {
        int first = (int)(0.45 * lineLength), second = (int)(0.8 * lineLength);
        int[] widths = [first, second - first, lineLength - second];
        if (widths.Min() < 4) throw new ValueError("Insufficient console width to print summary.");
        return [widths[0] - 1, widths[1] - 2, widths[2] - 1];
    }

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
