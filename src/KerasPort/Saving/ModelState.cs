using KerasPort.Layers;
using KerasPort.Models;
using KerasPort.Optimizers;

namespace KerasPort.Saving;

/// <summary>
/// A model's numbers in a file: the weights in Keras' order, and the states of the optimizers, its own and those of compiled models among its layers.
/// </summary>
internal sealed record ModelState(float[][] Weights, IReadOnlyDictionary<Model, OptimizerState> Optimizers)
{
    /// <summary>The state of a model, with the optimizers of the given compiled models.</summary>
    public static ModelState Of(Model model, IEnumerable<Model> compiled) =>
        new([.. model.get_weights().Select(w => w.ToFloats())], compiled.ToDictionary(one => one, OptimizerState.Of));

    /// <summary>The compiled models among a layer and its inner ones, at any depth.</summary>
    public static IEnumerable<Model> Compiled(Layer layer) =>
        layer.Inner.SelectMany(Compiled).Prepend(layer as Model).OfType<Model>().Where(model => model.optimizer is not null).Distinct();

    /// <summary>
    /// A model's weights in order, from the values that were read; with <paramref name="others"/> one that wasn't read keeps its present values.
    /// </summary>
    /// <exception cref="ModelFormatException">A weight wasn't read, and <paramref name="others"/> is false.</exception>
    public static float[][] InOrder(Model model, Dictionary<Variable, float[]> values, string place, bool others = false) =>
    [
        .. model.variables.Select(weight => values.TryGetValue(weight, out float[]? value) ? value : others ? weight.numpy().ToFloats()
            : throw new ModelFormatException(place, $"expected weight '{LayerPaths.Of(model)[weight]}', found none")),
    ];

    /// <summary>Sets a model's weights, and its optimizers' variables only where the file has their slots, as Keras does.</summary>
    public void Restore(Model model)
    {
        model.set_weights([.. Weights.Zip(model.variables, (values, variable) => new NDArray(values, variable.shape))]);
        foreach (var (trained, state) in Optimizers)
        {
            if (trained.optimizer is null) continue;
            if (state.IsBuilt) state.Restore(trained);
            else if (state is { IsCountOnly: true, Values: [{ Of: CountVariable count } first] }) count.Set(first.Whole);
        }
    }
}

/// <summary>The value of one of an optimizer's variables: the whole number, or the floats.</summary>
internal readonly record struct OptimizerValue(OptimizerVariable Of, long Whole, float[] Floats);

/// <summary>The values of an optimizer's variables, and whether they include its slots.</summary>
internal sealed record OptimizerState(bool IsBuilt, IReadOnlyList<OptimizerValue> Values)
{
    /// <summary>Whether of another optimizer's state the count of steps is taken.</summary>
    public bool IsCountOnly { get; init; }

    /// <summary>The state of a model's optimizer.</summary>
    public static OptimizerState Of(Model model)
    {
        bool isBuilt = model.optimizer_is_built;
        float[][][] slots = isBuilt ? model.ReadSlots() : [];
        return new(isBuilt,
        [
            .. model.OptimizerVariables(isBuilt).Select(variable => variable switch
            {
                CountVariable count => new OptimizerValue(variable, count.Get(), []),
                NumberVariable number => new OptimizerValue(variable, 0, [number.Get()]),
                SlotVariable slot => new OptimizerValue(variable, 0, slots[slot.Slot][slot.Weight][..slot.Size]),
                _ => new OptimizerValue(variable, 0, []),
            }),
        ]);
    }

    /// <summary>Sets the variables of a model's optimizer.</summary>
    public void Restore(Model model)
    {
        var weights = model.Trained;
        float[][][] slots = [.. Enumerable.Range(0, model.optimizer.SlotCount).Select(_ => weights.Select(weight => new float[weight.size]).ToArray())];
        foreach (var (of, whole, floats) in Values)
        {
            if (of is CountVariable count) count.Set(whole);
            else if (of is NumberVariable number) number.Set?.Invoke(floats[0]);
            else if (of is SlotVariable slot) floats.CopyTo(slots[slot.Slot][slot.Weight], 0);
        }
        model.WriteSlots(slots);
    }

    /// <summary>Reads an optimizer's variables: iteration, learning rate and, if it has trained, its slots for each weight.</summary>
    /// <returns>
    /// <c>null</c>, with a remark, if their number differs, as Keras 2's does: training then starts with a fresh optimizer, as in Keras; in the legacy format
    /// the count of steps is kept.
    /// </returns>
    /// <exception cref="ModelFormatException">
    /// The number is right but the shapes are not. (The legacy format gives <c>null</c> here, too.)
    /// </exception>
    public static OptimizerState? Read(IReadOnlyList<Hdf5.Hdf5Value> found, Model model, Optimizer optimizer, string place, List<string>? remarks,
        bool isLegacy = false)
    {
        OptimizerVariable[] unbuilt = [.. model.OptimizerVariables(optimizer, isBuilt: false)], built = [.. model.OptimizerVariables(optimizer, isBuilt: true)];
        string reason = $"expected {unbuilt.Length} or {built.Length} variables, found {found.Count}";
        if (found.Count == unbuilt.Length || found.Count == built.Length)
        {
            try
            {
                bool isBuilt = found.Count == built.Length;
                return new OptimizerState(isBuilt, [.. (isBuilt ? built : unbuilt).Zip(found, (variable, value) => Read(variable, value, place))]);
            }
            catch (ModelFormatException e) when (isLegacy)
            {
                reason = e.Reason;
            }
        }
        remarks?.Add($"{place}: the saved state of the optimizer is another one's, so it starts fresh: {reason}");
        // Keras sets the variables of the legacy format one by one until one doesn't fit; the first is the count of steps in all versions.
        return isLegacy && unbuilt[0] is CountVariable && found is [{ Shape.Count: 0, Type: Hdf5.Hdf5Type.Int64 or Hdf5.Hdf5Type.Int32 }, ..]
            ? new OptimizerState(IsBuilt: false, [Read(unbuilt[0], found[0], place)]) { IsCountOnly = true } : null;
    }

    private static OptimizerValue Read(OptimizerVariable variable, Hdf5.Hdf5Value value, string place)
    {
        switch (variable)
        {
            case CountVariable count:
                long whole = value.WholeNumber();
                return whole >= 0 ? new(variable, whole, []) : throw new ModelFormatException(place, $"expected {count.What} of 0 or more, found {whole}");
            case NumberVariable { Set: not null } number:
                float[] floats = value.Floats([]);
                return floats[0] >= 0 && floats[0] <= number.Most ? new(variable, 0, floats)
                    : throw new ModelFormatException(place, $"expected {number.What} of 0 or more, found {PythonText.Str(floats[0])}");
            case SlotVariable slot:
                return new(variable, 0, value.Floats(slot.Shape));
            default:
                return new(variable, 0, [0]);
        }
    }
}
