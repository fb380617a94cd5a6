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
            ? new OptimizerState(optimizer.Batches, optimizer.learning_rate is { Schedule: null } rate ? (float)rate : null, model.optimizer_is_built ? model.ReadSlots() : null) : null);

    /// <summary>A model's weights in their order, of what was read of each.</summary>
    /// <exception cref="ModelFormatException">One wasn't.</exception>
    public static float[][] InOrder(Model model, Dictionary<Variable, float[]> values, string place) =>
    [
        .. model.variables.Select(weight => values.TryGetValue(weight, out float[]? value) ? value
            : throw new ModelFormatException(place, $"expected weight '{LayerPaths.Of(model)[weight]}', found none")),
    ];

    /// <summary>Gives a model these numbers; the optimizer's only to one that is built, as Keras does.</summary>
    public void Restore(Model model)
    {
        model.set_weights([.. Weights.Zip(model.variables, (values, variable) => new NDArray(values, variable.shape))]);
        if (Optimizer?.Slots is not { } slots || model.optimizer is not { } optimizer) return;
        optimizer.GoOn(Optimizer.Iterations, Optimizer.LearningRate);
        model.WriteSlots(slots);
    }
}

/// <summary>Batches seen, learning rate, if it is no schedule's, and, by slot and weight, what the optimizer remembers; <c>null</c> before the first batch.</summary>
internal sealed record OptimizerState(long Iterations, float? LearningRate, float[][][]? Slots)
{
    /// <summary>Reads an optimizer's variables: iteration, learning rate, and, where it has trained, what it remembers of each weight.</summary>
    /// <returns><c>null</c> if there are others, such as Keras 2 has: as in Keras training starts with a fresh optimizer then, and a remark says so.</returns>
    /// <exception cref="ModelFormatException">Their number is right and they are others all the same, which in the legacy format counts as other ones.</exception>
    public static OptimizerState? Read(IReadOnlyList<Hdf5.Hdf5Value> variables, IReadOnlyList<Variable> weights, Optimizer optimizer, string place, List<string>? remarks, bool isLegacy = false)
    {
        int first = FirstSlot(optimizer), expected = first + optimizer.SlotCount * weights.Count + optimizer.Numbers.Length;
        string reason = $"expected {first} or {expected} variables, found {variables.Count}";
        if (variables.Count == first || variables.Count == expected)
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

    /// <summary>The variables before what it remembers: iteration and, if it is no schedule's, learning rate.</summary>
    private static int FirstSlot(Optimizer optimizer) => optimizer.learning_rate.Schedule is null ? 2 : 1;

    private static OptimizerState Read(IReadOnlyList<Hdf5.Hdf5Value> variables, IReadOnlyList<Variable> weights, Optimizer optimizer, string place)
    {
        long iterations = variables[0].WholeNumber();
        if (iterations < 0) throw new ModelFormatException(place, $"expected iterations of 0 or more, found {iterations}");
        int first = FirstSlot(optimizer);
        float? rate = first == 2 ? variables[1].Floats([])[0] : null;
        if (rate is not (null or (>= 0 and < float.PositiveInfinity))) throw new ModelFormatException(place, $"expected a learning rate of 0 or more, found {PythonText.Str(rate)}");
        if (variables.Count == first && optimizer.SlotCount > 0) return new OptimizerState(iterations, rate, null);
        var slots = new float[optimizer.SlotCount][][];
        for (int slot = 0; slot < slots.Length; slot++) slots[slot] = new float[weights.Count][];
        foreach (var ((slot, weight, _), variable) in optimizer.Remembered(weights.Count).Zip(variables.Skip(first))) slots[slot][weight] = variable.Floats([.. weights[weight].shape]);
        return new OptimizerState(iterations, rate, slots);
    }
}
