using KerasPort.Optimizers;
namespace KerasPort.Models;

public abstract partial class Model
{
    /// <summary>
    /// Prints the layers with their output shapes and numbers of weights, as wide as the terminal but at most 88 columns. For a graph that isn't a chain it
    /// adds each layer's inputs, in at most 108 columns.
    /// </summary>
    /// <param name="line_length">The width in characters, instead of these.</param>
    /// <param name="positions">The right end of each column as a share of the line, such as <c>[0.45, 0.8, 1]</c>.</param>
    /// <param name="print_fn">Receives the whole text in one call, instead of the terminal.</param>
    /// <param name="expand_nested">Whether the layers of a model among the layers are listed below it.</param>
    /// <param name="show_trainable">Whether another column shows which layers are trainable.</param>
    /// <param name="layer_range">The names of the first and of the last layer to print, or regular expressions that match the start of their names.</param>
    /// <exception cref="ValueError">The lines are too short, the number of positions isn't that of the columns, or no layer has that name.</exception>
    public void summary(int? line_length = null, double[]? positions = null, Action<string>? print_fn = null, bool expand_nested = false,
        bool show_trainable = false, string[]? layer_range = null)
    {
        var layout = new SummaryLayout(line_length, positions, show_trainable);
        var terminal = Terminal.Current;
        if (print_fn is null)
        {
            Summarize(Messages.Out, terminal, layout, expand_nested, layer_range);
            return;
        }
        var text = new StringWriter();
        Summarize(text, terminal with { IsTerminal = false, Colors = Colors.None }, layout, expand_nested, layer_range);
        print_fn(text.ToString());
    }

    /// <summary>Prints the summary to a given terminal.</summary>
    internal void Summarize(TextWriter output, Terminal terminal, SummaryLayout layout = default, bool expandNested = false, string[]? range = null)
    {
        using var turn = Turns.Take();
        SummaryTotal? memory = null;
        if (optimizer is { Batches: > 0 } || IsCompiledByFile)
        {
            OptimizerVariable[] all = [.. OptimizerVariables(isBuilt: true)];
            memory = new SummaryTotal(all.Sum(v => (long)v.Size), all.Sum(v => (long)v.Size * v.Bytes));
        }
        SummaryTable.Write(output, terminal, name, SummaryRow.Of(this, expandNested, range),
            SummaryTotal.Of(trainable_variables), SummaryTotal.Of(non_trainable_variables), memory, layout);
    }
}
