using KerasPort.Layers;
using KerasPort.Models;
using KerasPort.Optimizers;

namespace KerasPort.Saving;

/// <summary>A model's numbers as a file holds them: the weights in Keras' order and, if it has one, the optimizer's state.</summary>
internal sealed record ModelState(float[][] Weights, OptimizerState? Optimizer)
{
    public static ModelState Of(Model model, bool withOptimizer = true) => new(
        [.. model.get_weights().Select(w => w.ToFloats())],
        withOptimizer && model.optimizer is { } optimizer
            ? new OptimizerState(optimizer.iterations, (float)optimizer.learning_rate, model.optimizer_is_built ? model.ReadSlots() : null) : null);

    /// <summary>Gives a model these numbers; the optimizer's only to one that is built, as Keras does.</summary>
    public void Restore(Model model)
    {
        model.set_weights([.. Weights.Zip(model.variables, (values, variable) => new NDArray(values, variable.shape))]);
        if (Optimizer?.Slots is not { } slots || model.optimizer is not { } optimizer) return;
        optimizer.iterations = Optimizer.Iterations;
        optimizer.learning_rate = Optimizer.LearningRate;
        model.WriteSlots(slots);
    }
}

/// <summary>Batches seen, learning rate and, by slot and weight, what the optimizer remembers; <c>null</c> before the first batch.</summary>
internal sealed record OptimizerState(long Iterations, float LearningRate, float[][][]? Slots)
{
    /// <summary>Reads an optimizer's variables: iteration, learning rate, and, where it has trained, what it remembers of each weight.</summary>
    /// <returns><c>null</c> if there are others, such as Keras 2 has: as in Keras training starts with a fresh optimizer then, and a remark says so.</returns>
    /// <exception cref="ModelFormatException">Their number is right and they are others all the same, which in the legacy format counts as other ones.</exception>
    public static OptimizerState? Read(IReadOnlyList<Hdf5.Hdf5Value> variables, IReadOnlyList<Weight> weights, Optimizer optimizer, string place, List<string>? remarks, bool isLegacy = false)
    {
        int expected = 2 + optimizer.SlotCount * weights.Count;
        string reason = $"expected 2 or {expected} variables, found {variables.Count}";
        if (variables.Count == 2 || variables.Count == expected)
        {
            try
            {
                return Read(variables, weights, optimizer, place);
            }
            catch (ModelFormatException e) when (isLegacy)
            {
                reason = e.Reason;
            }
        }
        remarks?.Add($"{place}: the saved state of the optimizer is another one's, so it starts fresh: {reason}");
        return null;
    }

    private static OptimizerState Read(IReadOnlyList<Hdf5.Hdf5Value> variables, IReadOnlyList<Weight> weights, Optimizer optimizer, string place)
    {
        long iterations = variables[0].WholeNumber();
        if (iterations < 0) throw new ModelFormatException(place, $"expected iterations of 0 or more, found {iterations}");
        float rate = variables[1].Floats([])[0];
        if (!(rate >= 0 && float.IsFinite(rate))) throw new ModelFormatException(place, $"expected a learning rate of 0 or more, found {PythonText.Str(rate)}");
        if (variables.Count == 2 && optimizer.SlotCount > 0) return new OptimizerState(iterations, rate, null);
        var slots = new float[optimizer.SlotCount][][];
        for (int slot = 0; slot < slots.Length; slot++) slots[slot] = new float[weights.Count][];
        foreach (var ((slot, weight, _), variable) in optimizer.Remembered(weights.Count).Zip(variables.Skip(2))) slots[slot][weight] = variable.Floats(weights[weight].Shape);
        return new OptimizerState(iterations, rate, slots);
    }
}
