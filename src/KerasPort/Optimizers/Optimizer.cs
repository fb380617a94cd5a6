using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using KerasPort.Engines;
using KerasPort.Engines.Formulas;
using KerasPort.Graphs;
using KerasPort.Layers;
using KerasPort.Models;
using KerasPort.Saving;

namespace KerasPort.Optimizers;

/// <summary>A rule that changes weights by their gradients.</summary>
public abstract class Optimizer
{
    private double _learningRate;

    /// <summary>An optimizer with that learning rate, of this name or of the next free one of its class.</summary>
    /// <exception cref="ValueError">The rate isn't a number of 0 or more.</exception>
    protected Optimizer(double learning_rate, string? name = null)
    {
        if (!(learning_rate >= 0))
            throw new ValueError($"Argument `learning_rate` should be a float of 0 or more. Received instead: learning_rate={PythonText.Str(learning_rate)}");
        (this.name, this.learning_rate) = (name ?? Layers.Names.Unique(GetType()), learning_rate);
    }

    /// <summary>The name, by which files call its variables.</summary>
    public string name { get; }

    /// <summary>The learning rate, rounded to float32 as Keras keeps it: 0.0010000000474974513 for 0.001. A change takes effect with the next batch.</summary>
    public double learning_rate
    {
        get => _learningRate;
        set => _learningRate = (float)value;
    }

    /// <summary>The number of batches it has seen.</summary>
    public long iterations { get; internal set; }

    /// <summary>The settings, from which <see cref="from_config{T}"/> makes the same optimizer.</summary>
    public JsonObject get_config() => ObjectConfig.Get(this);

    /// <summary>The optimizer that <see cref="get_config"/> described.</summary>
    /// <exception cref="ModelFormatException">The configuration is of something else.</exception>
    public static T from_config<T>(JsonObject config) where T : Optimizer => ObjectConfig.Create<T>(config);

    /// <summary>
    /// The weights that it was built with, by its first batch or a file, each with what it remembers of it by slot while no engine holds that
    /// (null for zeros). <c>null</c> before.
    /// </summary>
    private Dictionary<Variable, float[][]?>? _memory;

    /// <summary>Whether it remembers these weights.</summary>
    internal bool Knows(IEnumerable<Variable> variables) => _memory is { } memory && variables.All(memory.ContainsKey);

    /// <summary>Builds it with a model's weights.</summary>
    /// <exception cref="ValueError">It was built with others, and <paramref name="grows"/> doesn't allow for more.</exception>
    internal void Build(Model model, bool grows)
    {
        bool isNew = _memory is null;
        _memory ??= [];
        foreach (var layer in model.layers)
        {
            foreach (var variable in layer.variables)
            {
                if (isNew || grows) _memory.TryAdd(variable, null);
                else if (!_memory.ContainsKey(variable))
                    throw new ValueError($"Unknown variable: <Variable path={model.name}/{layer.name}/{variable.name}, shape={variable.shape}, dtype=float32>. This optimizer can only be called for the variables it was originally built with. When working with a new set of variables, you should recreate a new optimizer instance.");
            }
        }
    }

    /// <summary>What it remembers of a weight, by slot; <c>null</c> for zeros.</summary>
    internal float[][]? Recall(Variable variable) => _memory?.GetValueOrDefault(variable);

    /// <summary>Makes it remember that of a weight.</summary>
    internal void Remember(Variable variable, float[][] slots) => (_memory ??= [])[variable] = slots;

    /// <summary>
    /// The names of what it remembers of each weight, in groups: in files a group's values lie side by side, weight by weight, and the groups
    /// one behind the other. Without override nothing.
    /// </summary>
    protected internal virtual string[][] Slots => [];

    /// <summary>How many values it remembers of each weight.</summary>
    internal int SlotCount => Slots.Sum(group => group.Length);

    /// <summary>What it remembers of so many weights, in the order of files.</summary>
    internal IEnumerable<(int Slot, int Weight, string Name)> Remembered(int weights)
    {
        int first = 0;
        foreach (string[] group in Slots)
        {
            for (int weight = 0; weight < weights; weight++)
                foreach (var (i, slot) in group.Index()) yield return (first + i, weight, slot);
            first += group.Length;
        }
    }

    /// <summary>Changes variables by their gradients: runs one formula on them. <see cref="iterations"/> already counts this batch.</summary>
    protected internal abstract void Update(Kernels kernels, VariableUpdate update);

    /// <summary>The optimizer of that Keras name, with its defaults.</summary>
    /// <exception cref="ValueError">There is none.</exception>
    [return: NotNullIfNotNull(nameof(name))]
    public static implicit operator Optimizer?(string? name) => name is null ? null
        : Named.Get(name.ToLowerInvariant(), "optimizer", Known);

    /// <summary>The optimizers by their Keras names, in small letters.</summary>
    internal static Dictionary<string, Func<Optimizer>> Known { get; } = Named.Classes<Optimizer>(type => type.Name.ToLowerInvariant());
}

/// <summary>
/// Values below 1e-32 become 0. What an optimizer remembers of weights that never fire would decay into denormals, which cost a processor a
/// hundred cycles each. The limit is far below what counts beside epsilon, and far enough above denormals for some steps.
/// </summary>
public readonly struct DropSmall : IUnary
{
    private const float Small = 1e-32f;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Of<T, M>(T x) where M : struct, IMath<T> => M.Select(M.Greater(M.Splat(Small), M.Abs(x)), M.Splat(0), x);
}
