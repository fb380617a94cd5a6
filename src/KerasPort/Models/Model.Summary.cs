namespace KerasPort.Models;

public abstract partial class Model
{
    /// <summary>
    /// Prints the layers, their output shapes and numbers of weights, as wide as the terminal but 88 columns at the most; of a graph that is
    /// no chain also what goes into each layer, in 108 columns.
    /// </summary>
    public void summary() => Summarize(Console.Out, Terminal.Current);

    /// <summary>The same on a terminal of one's choice.</summary>
    internal void Summarize(TextWriter output, Terminal terminal)
    {
        using var turn = Turns.Take();
        long trained = Trained.Sum(w => (long)w.size);
        // Beside a value a slot, Keras counts the optimizer's iteration (int64) and, if it is no schedule's, its learning rate.
        SummaryTotal? memory = null;
        if (optimizer is { Batches: > 0 } used)
        {
            long floats = used.SlotCount * trained + used.Numbers.Length + (used.learning_rate.Schedule is null ? 1 : 0);
            memory = new SummaryTotal(floats + 1, floats * sizeof(float) + sizeof(long));
        }
        SummaryTable.Write(output, terminal, name, SummaryRow.Of(this),
            SummaryTotal.Of(trainable_variables), SummaryTotal.Of(non_trainable_variables), memory);
    }
}
