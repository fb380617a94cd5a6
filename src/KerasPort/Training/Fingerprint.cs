using System.Reflection;
using System.Runtime.Intrinsics;
using KerasPort.Activations;
using KerasPort.Distribution;
using KerasPort.Engines;
using KerasPort.Graphs;
using KerasPort.Layers;
using KerasPort.Models;
using KerasPort.Optimizers;
using KerasPort.Saving;

namespace KerasPort.Training;

/// <summary>
/// What a training's result depends on beside its state: the model, how it is compiled, the data, the batches, the engine.
/// A checkpoint of anything else is refused, by the name of what differs.
/// </summary>
internal sealed class Fingerprint(Model model, BatchSource source, BatchSource? validation)
{
    // Hashing the data takes a moment, so it waits until someone asks.
    private readonly Lazy<(string What, string Value)[]> _parts = new(() =>
    {
        var engine = model.engine ?? Engine.Current;
        return
        [
            ("model", Describe(model)),
            ("optimizer", Describe(model.optimizer!) + model.optimizer!.Exclusions),
            ("loss", string.Join(' ', model.Goals.Select(Describe))),
            ("metrics", string.Join(' ', model.Measured.Select(m => $"{m.name}={Describe(m)}"))),
            ("batches", source.Cut + DataParallel.Current?.Cut),
            ("training data", source.Content),
            ("validation data", validation?.Content ?? "none"),
            ("engine", $"{engine.name} on {engine.device}"),
        ];
    });

    // The width of vectors sets the order of sums and so changes the last digits. That deserves a warning, not a refusal.
    private static int VectorBits => Vector512.IsHardwareAccelerated ? 512 : Vector256.IsHardwareAccelerated ? 256 : 128;

    /// <summary>Saves the fingerprint, or compares it with the saved one.</summary>
    /// <exception cref="CheckpointException">The two trainings differ.</exception>
    public void Keep(TrainingState state)
    {
        foreach (var (what, value) in _parts.Value)
        {
            string? saved = value;
            state.Keep(what, ref saved);
            if (saved != value)
                throw new CheckpointException(
                    $"the {what} of the checkpoint is another one: {saved ?? "none"}, now {value}; train as before, or with another folder");
        }
        int bits = VectorBits;
        state.Keep("vector_bits", ref bits);
        if (bits != VectorBits)
            Console.Error.WriteLine(
                $"UserWarning: the checkpoint was made with vectors of {bits} bits, this machine has {VectorBits}: training goes on, but its last digits may "
                    + "differ from those of one machine alone.");
    }

    /// <summary>A model's inputs and layers, and in a graph the inputs of each layer.</summary>
    private static string Describe(Model model)
    {
        string Layer(Layer layer) => (layer is Operation operation ? OperationConfig.Describe(operation) : layer is Model inner
            ? $"{inner.GetType().Name}[{Describe(inner)}]" : Describe((object)layer)) + (layer.trainable ? "" : " frozen");
        string layers = $"{string.Join(' ', model.inputs.Select(x => x.shape[1..]))} "
            + $"{string.Join(' ', (model is Functional ? model.Graph!.Operations : (IEnumerable<Layer>)model.layers).Select(Layer))}";
        if (model is not Functional) return layers;
        var numbers = model.Graph!.Calls.Index().ToDictionary(call => call.Item, call => call.Index);
        string Of(IEnumerable<Tensor> tensors) => string.Join(',', tensors.Select(x => $"{numbers[x.Call!]}.{Array.IndexOf(x.Call!.Outputs, x)}"));
        var calls = model.Graph.Calls.Where(call => call.Inputs.Length > 0)
            .Select(call =>
                $"{Array.IndexOf(model.Graph.Operations, call.Layer)}({Of(call.Inputs)}){(call.Training is { } training ? PythonText.Repr(training) : "")}");
        return $"{layers} {string.Join(' ', calls)} {Of(model.outputs)}";
    }

    private static string Describe(Goal goal) =>
        goal.Loss is null ? "none" : goal.LossWeight == 1 ? Describe((object)goal.Loss) : $"{PythonText.Str(goal.LossWeight)} {Describe((object)goal.Loss)}";

    private static string Describe(Optimizer optimizer) => optimizer is MultiOptimizer multi
        ? $"{nameof(MultiOptimizer)}({string.Join(' ', multi.optimizer_map.Select(entry => $"{entry.Key}={Describe(entry.Value)}"))} "
            + $"{string.Join(' ', multi.optimizers.Select(Describe))}, loss_scale_factor={PythonText.Str(multi.loss_scale_factor)})"
        : Describe((object)optimizer);

    /// <summary>A class and its settings, which are its properties without a setter. Names and counts are left out: no result depends on them.</summary>
    private static string Describe(object part)
    {
        var settings =
            from property in part.GetType().GetProperties()
            let value = property.GetValue(part)
            where value is LearningRate { Schedule: not null }
                || ((!property.CanWrite || property.Name == nameof(Optimizer.loss_scale_factor))
                    && property.Name is not ("name" or nameof(Optimizer.iterations) or nameof(LossScaleOptimizer.dynamic_scale)) && IsSetting(property))
            orderby property.Name
            select $"{property.Name}={Text(value)}";
        return $"{part.GetType().Name}({string.Join(", ", settings)})";
    }

    private static bool IsSetting(PropertyInfo property)
    {
        var type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
        return type.IsPrimitive || type.IsEnum || type == typeof(string) || type == typeof(Shape) || type == typeof(string[])
            || type == typeof(Optimizer) || type.IsAssignableTo(typeof(ActivationFunction));
    }

    private static string Text(object? value) => value switch
    {
        LearningRate { Schedule: { } schedule } => Describe(schedule),
        ActivationFunction or Shape => value.ToString()!,
        Optimizer optimizer => Describe(optimizer),
        string[] texts => $"[{string.Join(", ", texts)}]",
        _ => PythonText.Str(value),
    };
}
