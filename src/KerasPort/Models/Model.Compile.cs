using KerasPort.Engines;
using KerasPort.Losses;
using KerasPort.Metrics;
using KerasPort.Optimizers;

namespace KerasPort.Models;

public abstract partial class Model
{
    private bool _trainedAsCompiled, _saysWhatIsOdd;

    /// <summary>What <see cref="compile"/> was given.</summary>
    public Optimizer? optimizer { get; private set; }

    /// <inheritdoc cref="optimizer"/>
    public Loss? loss { get; private set; }

    /// <summary>What <see cref="compile"/> was given; "accuracy" as the metric that it means, once there was data to tell.</summary>
    public IReadOnlyList<Metric> metrics { get; private set; } = [];

    /// <summary>The metrics as they were given, which is how a file has them.</summary>
    internal IReadOnlyList<Metric> GivenMetrics { get; private set; } = [];

    /// <summary>The engine asked for; <c>null</c> for the current one.</summary>
    public Engine? engine { get; private set; }

    /// <summary>Says how to train.</summary>
    /// <param name="optimizer">An optimizer or its name, such as "adam".</param>
    /// <param name="loss">A loss or its name, such as "sparse_categorical_crossentropy".</param>
    /// <param name="metrics">What to report beside the loss, such as "accuracy", one or several.</param>
    /// <param name="engine">What to run on; <see cref="Engine.Current"/> without.</param>
    /// <exception cref="ValueError">A name is unknown, or the engine lacks something that the model needs; the model stays as it was.</exception>
    public void compile(Optimizer optimizer, Loss loss, MetricList? metrics = null, Engine? engine = null)
    {
        if (optimizer is null) throw new ValueError("`compile` needs an optimizer, such as \"adam\". Received: optimizer=None");
        if (loss is null) throw new ValueError("No loss to compute. Provide a `loss` argument in `compile()`.");
        if (metrics?.Any(metric => metric.name == "loss") == true)
            throw new ValueError("A metric named 'loss' would hide the loss in logs: give it another name.");
        if (metrics?.FirstOrDefault(metric => metric.Results > 1) is { } several)
            throw new ValueError($"Metric '{several.name}' gives {several.Results} numbers, one for each threshold, and logs hold one: give it one threshold, or use it by hand.");
        using var turn = Turns.Take();
        WaitForCalls();
        metrics ??= [];
        (engine ?? Engine.Current).Check(this, optimizer, loss, metrics);
        Release();
        // Calls that are under way here are those whose callback this is; they have means of each metric already.
        if (_calls > 0 && !metrics.Select(metric => metric.name).SequenceEqual(GivenMetrics.Select(metric => metric.name)))
            throw new ValueError($"Model '{name}' can't be compiled with other metrics by a callback of its own: compile it when `fit` has returned.");
        (this.optimizer, this.loss, this.metrics, this.engine) = (optimizer, loss, metrics, engine);
        (GivenMetrics, _trainedAsCompiled, _saysWhatIsOdd) = (metrics, false, true);
    }

    private void RequireCompiled()
    {
        if (optimizer is null) throw new ValueError("You must call `compile()` before using the model.");
    }

    /// <summary>Refuses targets that loss and metrics can't compare with the outputs, and settles what "accuracy" means with them.</summary>
    private void Settle(NDArray y)
    {
        loss!.Check(y, output_shape);
        var (targets, outputs) = (((Shape)y.shape)[1..].WithBatch(null), output_shape[1..].WithBatch(null));
        Metric[] settled = [.. GivenMetrics.Select(metric => metric.For(targets, outputs))];
        foreach (var metric in settled) metric.Check(targets, outputs);
        metrics = settled;
        if (_saysWhatIsOdd && loss.Oddity(ActivationOf(0)) is { } odd) Console.Error.WriteLine($"UserWarning: {odd}");
        _saysWhatIsOdd = false;
    }

    /// <summary>Binds the optimizer to the weights, as its first batch does; to those of layers changed since only where it was compiled before that.</summary>
    /// <exception cref="ValueError">It was built with other weights.</exception>
    private void BuildOptimizer()
    {
        optimizer!.Build(this, grows: _trainedAsCompiled);
        _trainedAsCompiled = true;
    }

    /// <summary>Whether the optimizer has memory of this model's weights: it trained them, or came out of a file with them.</summary>
    internal bool optimizer_is_built => optimizer?.Knows(variables) == true;

    /// <summary>What the optimizer remembers, by slot and weight.</summary>
    internal float[][][] ReadSlots()
    {
        if (_running is not null) return SlotsOn(_running);
        var all = variables;
        return [.. Enumerable.Range(0, optimizer!.SlotCount).Select(slot => all.Select(w => optimizer.Recall(w)?[slot] ?? new float[w.size]).ToArray())];
    }

    /// <summary>Makes the optimizer remember this.</summary>
    internal void WriteSlots(float[][][] slots)
    {
        Remember(slots);
        if (_running is not null) RestoreSlots(_running);
    }

    private void Remember(float[][][] slots)
    {
        foreach (var (i, weight) in variables.Index()) optimizer!.Remember(weight, [.. slots.Select(slot => slot[i])]);
    }

    private float[][][] SlotsOn(CompiledModel running)
    {
        var all = variables;
        return [.. Enumerable.Range(0, optimizer!.SlotCount).Select(slot => all.Select((weight, i) =>
        {
            var values = new float[weight.size];
            running.GetSlot(slot, i, values);
            return values;
        }).ToArray())];
    }

    /// <summary>Keeps what the optimizer remembers while the model is off its engine: an optimizer that is compiled again goes on.</summary>
    private void SaveSlots(CompiledModel running)
    {
        if (optimizer_is_built) Remember(SlotsOn(running));
    }

    private void RestoreSlots(CompiledModel running)
    {
        foreach (var (i, weight) in variables.Index())
        {
            if (optimizer?.Recall(weight) is not { } slots) continue;
            for (int slot = 0; slot < slots.Length; slot++) running.SetSlot(slot, i, slots[slot]);
        }
    }
}
