using System.Globalization;

namespace KerasPort;

/// <summary><c>model.summary()</c>: Keras' <c>print_summary</c>, whose table is rich's.</summary>
internal static class SummaryTable
{
    private const int LineLength = 88, LongLineLength = 108, TrainableLength = 12;

    private enum Side { Left, Right, Center }

    /// <summary>Writes the table and the totals, with the optimizer's if it is built.</summary>
    /// <exception cref="ValueError">The lines are too short for the columns.</exception>
    public static void Write(
        TextWriter output,
        Terminal terminal,
        string modelName,
        IReadOnlyList<SummaryRow> rows,
        SummaryTotal trainable,
        SummaryTotal nonTrainable,
        SummaryTotal? optimizer = null,
        SummaryLayout layout = default)
    {
        bool isGraph = rows.Any(row => row.ConnectedTo is not null), showsTrainable = layout.ShowTrainable;
        string[] header = ["Layer (type)", "Output Shape", "Param #", .. Where(isGraph, "Connected to"), .. Where(showsTrainable, "Trainable")];
        Side[] sides = [Side.Left, Side.Left, Side.Right, .. Where(isGraph, Side.Left), .. Where(showsTrainable, Side.Center)];
        double[] ends = layout.Positions ?? (isGraph ? [0.3, 0.56, 0.74, 1] : [0.45, 0.8, 1]);
        if (showsTrainable) ends = [.. ends.Select(end => end * 0.9), 1];
        if (ends.Length < header.Length)
            throw new ValueError($"`positions` must say where each column ends, as parts of the line: {string.Join(", ", header)}. "
                + $"Received: positions={PythonText.Str(layout.Positions ?? ends)}");
        int usual = (isGraph ? LongLineLength : LineLength) + (showsTrainable ? TrainableLength : 0);
        int at = 0;
        int[] widths = ColumnWidths(layout.LineLength ?? Math.Min(usual, terminal.Width - 4), ends[..header.Length]);

        WriteLine(new StyledText($"Model: \"{modelName}\"", TextStyle.Bold));
        Border("┏━┳┓");
        Row('┃', TextStyle.Bold, [.. header.Select(title => new StyledText(title, TextStyle.Bold))]);
        Border("┡━╇┩");
        for (int i = 0; i < rows.Count; i++)
        {
            if (i > 0) Border("├─┼┤");
            var (name, className, shapes, parameters, connectedTo) = rows[i];
            StyledText[] cells =
            [
                name + " (" + new StyledText(className, TextStyle.Symbol) + ")",
                shapes is null ? "?" : shapes is [var only] ? ShapeText(only) : "[" + StyledText.Join(", ", shapes.Select(ShapeText)) + "]",
                parameters is null ? Number(0) + " (unbuilt)" : Number(parameters.Value),
            ];
            Row('│', TextStyle.Plain,
                [.. cells, .. Where(isGraph, ConnectionsText(connectedTo ?? [])), .. Where(showsTrainable, TrainableText(rows[i].Trainable))]);
        }
        Border("└─┴┘");

        Total("Total", new(
            trainable.Count + nonTrainable.Count + (optimizer?.Count ?? 0),
            trainable.Bytes + nonTrainable.Bytes + (optimizer?.Bytes ?? 0)));
        Total("Trainable", trainable);
        Total("Non-trainable", nonTrainable);
        if (optimizer is not null) Total("Optimizer", optimizer.Value);

        void Border(string box)
        {
            Put($"{box[0]}{string.Join(box[2], widths.Select(width => new string(box[1], width)))}{box[3]}");
            EndLine();
        }

        void Row(char edge, TextStyle style, StyledText[] cells)
        {
            var lines = cells.Zip(widths, (cell, width) => cell.Wrap(width - 2, fold: false).ToArray()).ToArray();
            int height = lines.Max(cell => cell.Length);
            for (int line = 0; line < height; line++)
            {
                for (int column = 0; column < cells.Length; column++)
                {
                    Put(edge.ToString());
                    Cell(lines[column], line - (style == TextStyle.Bold ? height - lines[column].Length : 0), column, style);
                }
                Put(edge.ToString());
                EndLine();
            }
        }

        // Headers are aligned at the bottom of their row, so that a line index may be before a cell's first line or after its last.
        void Cell(StyledText[] lines, int line, int column, TextStyle style)
        {
            int width = widths[column];
            if (line < 0 || line >= lines.Length)
            {
                Put(new StyledText(new string(' ', width), style));
                return;
            }
            var space = new StyledText(" ", style);
            Put(space);
            Put(sides[column] switch
            {
                Side.Left => lines[line].PadRight(width - 2, style),
                Side.Right => lines[line].AlignRight(width - 2, style),
                _ => lines[line].Center(width - 2, style),
            });
            Put(space);
        }

        // Text beyond the width of the terminal is cut off, as rich does.
        void Put(StyledText piece)
        {
            piece.Cut(Math.Max(terminal.Width - at, 0)).WriteTo(output, terminal.Colors);
            at += piece.Length;
        }

        void EndLine()
        {
            output.Write('\n');
            at = 0;
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

    private static T[] Where<T>(bool isThere, T item) => isThere ? [item] : [];

    // Keras gives the ends of the columns as shares of the line. In rich these widths leave no room for the padding of two and the edges, so it takes that
    // room from the columns in turn: from each its share of the remaining excess, padding included, rounded to even. Where the columns end before the
    // line does, each gets its share of the rest, rounded up.
    private static int[] ColumnWidths(int lineLength, double[] ends)
    {
        var widths = new int[ends.Length];
        for (int i = 0, start = 0; i < widths.Length; start = (int)(ends[i++] * lineLength)) widths[i] = (int)(ends[i] * lineLength) - start;
        if (widths.Min() < 4) throw new ValueError("Insufficient console width to print summary.");
        int room = lineLength - widths.Length - 1;
        for (int i = 0; i < widths.Length; i++) widths[i] = Math.Min(widths[i] + 2, room);
        int total = widths.Sum(), excess = total - room;
        for (int i = 0; i < widths.Length; i++)
        {
            int share = excess > 0 ? Math.Min(widths[i], (int)Math.Round(excess / (double)(widths.Length - i), MidpointRounding.ToEven))
                : -(int)Math.Ceiling((double)widths[i] * -excess / total);
            excess -= share;
            total -= widths[i];
            widths[i] -= share;
        }
        return widths.Min() > 2 ? widths : throw new ValueError("Insufficient console width to print summary.");
    }

    private static StyledText ConnectionsText((string Layer, int Node, int Tensor)[] connections) => connections.Length == 0 ? "-"
        : StyledText.Join(", ", connections.Select(from => from.Layer + "[" + Number(from.Node) + "][" + Number(from.Tensor) + "]"));

    private static StyledText TrainableText(bool? trainable) => trainable switch
    {
        true => new StyledText("Y", TextStyle.Yes),
        false => new StyledText("N", TextStyle.No),
        null => new StyledText("-", TextStyle.Bold),
    };

    private static StyledText ShapeText(Shape shape) => "(" + StyledText.Join(", ", shape.Select(length =>
        length is { } known ? new StyledText(known.ToString(CultureInfo.InvariantCulture), TextStyle.Number) : new StyledText("None", TextStyle.Open))) + ")";

    private static StyledText Number(long count) => new(count.ToString("N0", CultureInfo.InvariantCulture), TextStyle.Number);

    private static string Memory(double bytes)
    {
        string[] units = ["B", "KB", "MB", "GB", "TB", "PB"];
        int unit = 0;
        for (; bytes >= 1024 && unit < units.Length - 1; unit++) bytes /= 1024;
        return $"{PythonFloat.Fixed(bytes, 2)} {units[unit]}";
    }
}

/// <summary>The layout of a summary; by default Keras'.</summary>
/// <param name="LineLength">The width in characters: by default that of the terminal, up to 88, or 108 with connections.</param>
/// <param name="Positions">The ends of the columns, as shares of the line.</param>
/// <param name="ShowTrainable">Whether a column shows which layers are trainable.</param>
internal readonly record struct SummaryLayout(int? LineLength, double[]? Positions, bool ShowTrainable);
