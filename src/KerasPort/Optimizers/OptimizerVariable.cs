using KerasPort.Layers;

namespace KerasPort.Optimizers;

/// <summary>One of an optimizer's variables, as Keras names it and files hold it.</summary>
/// <param name="Path">Keras' path of it, by which the legacy format calls it.</param>
internal abstract record OptimizerVariable(string Path)
{
    /// <summary>The inner optimizer that it belongs to, where one has others inside; <c>null</c> for the outer one itself.</summary>
    public Optimizer? Owner { get; init; }

    /// <summary>The number of values.</summary>
    public virtual int Size => 1;

    /// <summary>The bytes of each number in files.</summary>
    public virtual int Bytes => sizeof(float);
}

/// <summary>A whole number of 0 or more, such as the batches that an optimizer has seen.</summary>
internal sealed record CountVariable(string Path, string What, Func<long> Get, Action<long> Set) : OptimizerVariable(Path)
{
    public override int Bytes => sizeof(long);
}

/// <summary>A number of 0 or more, such as the learning rate; without <paramref name="Set"/> it follows from others and isn't read back.</summary>
/// <param name="Path">Keras' path of the number.</param>
/// <param name="What">The number's name in messages.</param>
/// <param name="Get">Reads the number.</param>
/// <param name="Set">Sets the number to one read from a file.</param>
/// <param name="Most">The largest valid value.</param>
internal sealed record NumberVariable(string Path, string What, Func<float> Get, Action<float>? Set, float Most = float.MaxValue) : OptimizerVariable(Path);

/// <summary>A slot of a weight: its first values, as many as the shape has.</summary>
/// <param name="Path">Keras' path of it.</param>
/// <param name="Slot">The slot.</param>
/// <param name="Weight">The number of the weight among those that are trained.</param>
/// <param name="Shape">The shape that it has in files.</param>
internal sealed record SlotVariable(string Path, int Slot, int Weight, int[] Shape) : OptimizerVariable(Path)
{
    public override int Size => Shape.Aggregate(1, (product, d) => product * d);
}

/// <summary>The whole number 0 of 32 bits, which some of Keras' optimizers have in place of a slot.</summary>
internal sealed record NothingVariable(string Path) : OptimizerVariable(Path);

/// <summary>A weight that is trained, its number among those, and its path.</summary>
internal readonly record struct NamedWeight(int Number, Variable Variable, string Path);

// The part of an optimizer that files hold.
public abstract partial class Optimizer
{
    /// <summary>The optimizers that it has, each with its place in files; without override none.</summary>
    internal virtual IEnumerable<(string Place, Optimizer Optimizer)> Inner => [];

    /// <summary>All its variables in Keras' order; before it is built, only those that need no weights.</summary>
    internal virtual IEnumerable<OptimizerVariable> VariablesOf(IReadOnlyList<NamedWeight> weights, bool isBuilt)
    {
        yield return new CountVariable($"{name}/iteration", "iterations", () => Batches, value => Batches = value);
        if (_learningRate.Schedule is null)
            yield return new NumberVariable($"{name}/learning_rate", "a learning rate", () => (float)_learningRate.Value, value => _learningRate = value);
        if (!isBuilt) yield break;
        if (use_ema)
            foreach (var weight in weights) yield return Of(weight, AverageSlot, "average");
        if (BatchesAStep > 1)
            foreach (var weight in weights) yield return Of(weight, AccumulatorSlot, "gradient_accumulator");
        foreach (var variable in Remembered(weights)) yield return variable;
        foreach (var number in Numbers) yield return number;
    }

    /// <summary>The slots of the weights in Keras' order: without override those of <see cref="Slots"/>, each of its weight's shape.</summary>
    private protected virtual IEnumerable<OptimizerVariable> Remembered(IReadOnlyList<NamedWeight> weights)
    {
        int first = 0;
        foreach (string[] group in Slots)
        {
            foreach (var weight in weights)
                foreach (var (i, slot) in group.Index()) yield return Of(weight, first + i, slot);
            first += group.Length;
        }
    }

    /// <summary>Numbers that files hold behind the slots; without override none.</summary>
    private protected virtual IEnumerable<OptimizerVariable> Numbers => [];

    /// <summary>A slot of a weight, of its shape.</summary>
    private protected SlotVariable Of(NamedWeight weight, int slot, string called) =>
        new($"{name}/{weight.Path.Replace('/', '_')}_{called}", slot, weight.Number, [.. weight.Variable.shape]);
}
