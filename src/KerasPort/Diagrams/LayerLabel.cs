using System.Text.RegularExpressions;
using KerasPort.Graphs;
using KerasPort.Layers;
using KerasPort.Models;

namespace KerasPort.Diagrams;

/// <summary>The properties of layers that labels show.</summary>
internal readonly record struct LabelContent(bool Shapes, bool DType, bool Names, bool Activations, bool Trainable);

/// <summary>
/// A layer's box as Keras draws it: the class in white on black, after the name if that is shown; below it the activation; then, side by side, the
/// shapes, the dtype and whether it is trainable.
/// </summary>
internal sealed partial class LayerLabel
{
    private const double HeadSize = 16, Size = 14, Padding = 10, Frame = 2;

    private readonly List<Cell[]> _rows = [];

    public LayerLabel(Layer layer, LabelContent content)
    {
        string kind = ClassName(layer);
        _rows.Add([content.Names ? new Cell("black", "white", HeadSize, (layer.name, true), ($" ({kind})", false))
            : new Cell("black", "white", HeadSize, (kind, true))]);
        if (content.Activations && ActivationOf(layer) is { } activation) _rows.Add([Fact("Activation: ", activation)]);
        var facts = new List<Cell>();
        if (content.Shapes)
        {
            if (layer is not InputLayer) facts.Add(Fact("Input shape: ", ShapeOf(layer, () => layer.input)));
            facts.Add(Fact("Output shape: ", ShapeOf(layer, () => layer.output)));
        }
        if (content.DType) facts.Add(Fact("Output dtype: ", Of(layer, () => layer.output, _ => "float32", PythonText.Repr)));
        if (content.Trainable && layer.variables.Count > 0)
            facts.Add(layer.trainable ? new Cell("forestgreen", "white", Size, ("Trainable", true))
                : new Cell("firebrick", "white", Size, ("Non-trainable", true)));
        if (facts.Count > 0) _rows.Add([.. facts]);
        Width = _rows.Max(row => row.Sum(cell => cell.Width) + Frame * (row.Length + 1));
        Height = _rows.Sum(row => row[0].Height) + Frame * (_rows.Count + 1);
    }

    public double Width { get; }

    public double Height { get; }

    /// <summary>The box with its upper left corner at that point.</summary>
    public IEnumerable<Mark> Draw(double left, double top)
    {
        yield return new BoxMark(left, top, Width, Height, "black");
        double y = top + Frame;
        foreach (var row in _rows)
        {
            // Cells of a row that is narrower than the box are widened to fill it.
            double x = left + Frame, more = (Width - Frame * (row.Length + 1) - row.Sum(cell => cell.Width)) / row.Length;
            foreach (var cell in row)
            {
                double width = cell.Width + more, at = x + (width - cell.TextWidth) / 2;
                if (cell.Fill != "black") yield return new BoxMark(x, y, width, cell.Height, cell.Fill);
                foreach (var (text, bold) in cell.Runs)
                {
                    double wide = TextWidth.Of(text, cell.Size, bold);
                    yield return new TextMark(at, y + cell.Height / 2 + cell.Size * 0.36, text, cell.Size, bold, cell.Color, wide);
                    at += wide;
                }
                x += width + Frame;
            }
            y += row[0].Height + Frame;
        }
    }

    /// <summary>The class name; for a function Keras shows the name of the function.</summary>
    private static string ClassName(Layer layer) => layer is Operation
        ? string.Concat(Number().Replace(layer.name, "").Split('_').Select(word => word.Length == 0 ? "" : char.ToUpperInvariant(word[0]) + word[1..]))
        : layer.ClassName;

    [GeneratedRegex(@"_\d+\z")]
    private static partial Regex Number();

    private static string? ActivationOf(Layer layer) => layer switch
    {
        Dense dense => Name(dense.activation),
        Convolution convolution => Name(convolution.activation),
        Activation activation => Name(activation.activation),
        _ => null,
    };

    private static string Name(Activations.ActivationFunction function) => function.KerasName ?? Names.SnakeCase(function.GetType());

    private static string ShapeOf(Layer layer, Func<Tensor> tensors) => Of(layer, tensors, x => x.shape.ToString(), shape => shape);

    /// <summary>A property of one tensor, or of several in brackets. Of a layer that was called several times, or never, Keras shows "?".</summary>
    private static string Of(Layer layer, Func<Tensor> tensors, Func<Tensor, string> fact, Func<string, string> inList)
    {
        if (layer is Model { built: false } || (layer is not Model && layer.Calls.Count != 1)) return "?";
        Tensor[] all = [.. tensors().All];
        return all is [var only] ? fact(only) : $"[{string.Join(", ", all.Select(x => inList(fact(x))))}]";
    }

    private static Cell Fact(string what, string value) => new("white", "black", Size, (what, false), (value, true));

    private sealed record Cell(string Fill, string Color, double Size, params (string Text, bool Bold)[] Runs)
    {
        public double TextWidth { get; } = Runs.Sum(run => Diagrams.TextWidth.Of(run.Text, Size, run.Bold));

        public double Width => TextWidth + 2 * Padding;

        public double Height => Size * 1.2 + 2 * Padding;
    }
}
