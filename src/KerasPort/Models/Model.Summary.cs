namespace KerasPort.Models;

public abstract partial class Model
{
    /// <summary>Prints the layers, their output shapes and numbers of weights, as wide as the terminal but 88 columns at the most.</summary>
    public void summary()
    {
        using var turn = Turns.Take();
        long trainable = variables.Sum(w => (long)w.size);
        // Beside a value a slot, Keras counts the optimizer's iteration (int64) and, if it is no schedule's, its learning rate.
        SummaryTotal? memory = null;
        if (optimizer is { Batches: > 0 } used)
        {
            long floats = used.SlotCount * trainable + (used.learning_rate.Schedule is null ? 1 : 0);
            memory = new SummaryTotal(floats + 1, floats * sizeof(float) + sizeof(long));
        }
        SummaryTable.Write(
            Console.Out, Terminal.Current, name,
            [.. layers.Select(l => new SummaryRow(l.name, l.GetType().Name, l.output_shape, l.built ? l.count_params() : null))],
            new SummaryTotal(trainable, trainable * sizeof(float)), new SummaryTotal(0, 0), memory);
    }
}
