using KerasPort.Layers;
using KerasPort.Models;
using KerasPort.Optimizers;

namespace KerasPort.Saving;

/// <summary>
/// A model's numbers as a file holds them: the weights in Keras' order, and the state of the optimizers, its own and those of compiled models in it.
/// </summary>
internal sealed record ModelState(float[][] Weights, IReadOnlyDictionary<Model, OptimizerState> Optimizers)
{
    /// <summary>The numbers of a model, with the optimizers' of these.</summary>
    public static ModelState Of(Model model, IEnumerable<Model> compiled) =>
        new([.. model.get_weights().Select(w => w.ToFloats())], compiled.ToDictionary(one => one, OptimizerState.Of));

    /// <summary>The models that are compiled: this one, and those in it at any depth.</summary>
    public static IEnumerable<Model> Compiled(Layer layer) =>
        layer.Inner.SelectMany(Compiled).Prepend(layer as Model).OfType<Model>().Where(model => model.optimizer is not null).Distinct();

    /// <summary>A model's weights in their order, of what was read of each.</summary>
    /// <exception cref="ModelFormatException">One wasn't.</exception>
    public static float[][] InOrder(Model model, Dictionary<Variable, float[]> values, string place) =>
    [
        .. model.variables.Select(weight => values.TryGetValue(weight, out float[]? value) ? value
            : throw new ModelFormatException(place, $"expected weight '{LayerPaths.Of(model)[weight]}', found none")),
    ];

    /// <summary>Gives a model these numbers; the optimizers' only where a file has what they remember, as Keras does.</summary>
    public void Restore(Model model)
    {
        model.set_weights([.. Weights.Zip(model.variables, (values, variable) => new NDArray(values, variable.shape))]);
        foreach (var (trained, state) in Optimizers)
        {
            if (state.Slots is not { } slots || trained.optimizer is not { } optimizer) continue;
            optimizer.GoOn(state.Iterations, state.LearningRate);
            trained.WriteSlots(slots);
        }
    }
}

/// <summary>Batches seen, learning rate, if it is no schedule's, and, by slot and weight, what the optimizer remembers; <c>null</c> before the first batch.</summary>
internal sealed record OptimizerState(long Iterations, float? LearningRate, float[][][]? Slots)
{
    /// <summary>The state of a compiled model's optimizer.</summary>
    public static OptimizerState Of(Model model) => new(model.optimizer.Batches, model.optimizer.learning_rate is { Schedule: null } rate ? (float)rate : null,
        model.optimizer_is_built ? model.ReadSlots() : null);

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
