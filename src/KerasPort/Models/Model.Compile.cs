using KerasPort.Engines;
using KerasPort.Losses;
using KerasPort.Metrics;
using KerasPort.Optimizers;

namespace KerasPort.Models;

public abstract partial class Model
{
    private readonly Dictionary<Optimizer, float[][][]> _slots = [];

    /// <summary>What <see cref="compile"/> was given.</summary>
    public Optimizer? optimizer { get; private set; }

    /// <inheritdoc cref="optimizer"/>
    public Loss? loss { get; private set; }

    /// <inheritdoc cref="optimizer"/>
    public IReadOnlyList<Metric> metrics { get; private set; } = [];

    /// <summary>The engine asked for; <c>null</c> for the current one.</summary>
    public Engine? engine { get; private set; }

    /// <summary>Says how to train.</summary>
    /// <param name="optimizer">An optimizer or its name, such as "adam".</param>
    /// <param name="loss">A loss or its name, such as "sparse_categorical_crossentropy".</param>
    /// <param name="metrics">What to report beside the loss, such as "accuracy".</param>
    /// <param name="engine">What to run on; <see cref="Engine.Current"/> without.</param>
    /// <exception cref="ValueError">A name is unknown, or the engine lacks something that the model needs; the model stays as it was.</exception>
    public void compile(Optimizer optimizer, Loss loss, Metric[]? metrics = null, Engine? engine = null)
    {
        if (metrics?.GroupBy(m => m.name).FirstOrDefault(g => g.Count() > 1) is { } twice)
            throw new ValueError($"Metric '{twice.Key}' was given twice.");
        using var turn = Turns.Take();
        WaitForCalls();
        metrics ??= [];
        (engine ?? Engine.Current).Check(this, optimizer, loss, metrics);
        Release();
        (this.optimizer, this.loss, this.metrics, this.engine) = (optimizer, loss, metrics, engine);
    }

    private void RequireCompiled()
    {
        if (optimizer is null) throw new ValueError("You must call `compile()` before using the model.");
    }

    /// <summary>Whether the optimizer has memory of this model's weights: it trained them, or came out of a file with them.</summary>
    internal bool optimizer_is_built => optimizer is { } used && (used.iterations > 0 || _slots.ContainsKey(used));

    /// <summary>What the optimizer remembers, by slot and weight.</summary>
    internal float[][][] ReadSlots() =>
        _running is not null ? SlotsOn(_running)
        : _slots.TryGetValue(optimizer!, out var kept) && Fit(kept) ? kept
        : [.. Enumerable.Range(0, optimizer!.Slots).Select(_ => variables.Select(w => new float[w.size]).ToArray())];

    /// <summary>Makes the optimizer remember this.</summary>
    internal void WriteSlots(float[][][] slots)
    {
        _slots[optimizer!] = slots;
        if (_running is not null) RestoreSlots(_running);
    }

    private bool Fit(float[][][] slots) => slots.All(slot => slot.Select(v => v.Length).SequenceEqual(variables.Select(w => w.size)));

    private float[][][] SlotsOn(CompiledModel running)
    {
        var all = variables;
        return [.. Enumerable.Range(0, optimizer!.Slots).Select(slot => all.Select((weight, i) =>
        {
            var values = new float[weight.size];
            running.GetSlot(slot, i, values);
            return values;
        }).ToArray())];
    }

    /// <summary>Keeps what the optimizer remembers while the model is off its engine: an optimizer that is compiled again goes on.</summary>
    private void SaveSlots(CompiledModel running)
    {
        if (optimizer is { iterations: > 0 }) _slots[optimizer] = SlotsOn(running);
    }

    private void RestoreSlots(CompiledModel running)
    {
        // When the layers have changed since, the optimizer starts anew.
        if (optimizer is null || !_slots.Remove(optimizer, out var slots) || !Fit(slots)) return;
        for (int slot = 0; slot < slots.Length; slot++)
            for (int i = 0; i < slots[slot].Length; i++) running.SetSlot(slot, i, slots[slot][i]);
    }
}
