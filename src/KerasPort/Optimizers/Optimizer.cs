using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;
using KerasPort.Engines;
using KerasPort.Layers;
using KerasPort.Models;
using KerasPort.Saving;

namespace KerasPort.Optimizers;

/// <summary>A rule that changes weights by their gradients. It works element by element, on all of a model's weights in one go.</summary>
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

    /// <summary>How many values it remembers for each weight.</summary>
    protected internal abstract int Slots { get; }

    /// <summary>Changes <paramref name="count"/> weights by their gradients; <see cref="iterations"/> already counts this batch.</summary>
    /// <param name="kernels">The engine's kernels.</param>
    /// <param name="count">The number of weights.</param>
    /// <param name="weights">The weights.</param>
    /// <param name="gradients">Their gradients.</param>
    /// <param name="slots">What it remembers, <see cref="Slots"/> buffers, zeros at first.</param>
    protected internal abstract void Update(Kernels kernels, int count, DeviceBuffer weights, DeviceBuffer gradients, DeviceBuffer[] slots);

    /// <summary>Whether the engine has one kernel for a dense kernel's gradient and this update: <see cref="UpdateDense"/>.</summary>
    protected internal virtual bool FusesDense(Kernels kernels, int rows, int inputs, int outputs) => false;

    /// <summary>Changes a dense layer's kernel by its gradient xᵀ · dy.</summary>
    /// <param name="kernels">The engine's kernels.</param>
    /// <param name="rows">Rows of x and dy.</param>
    /// <param name="inputs">The kernel's rows.</param>
    /// <param name="outputs">The kernel's columns.</param>
    /// <param name="x">The layer's input.</param>
    /// <param name="dy">The gradient of its output.</param>
    /// <param name="kernel">The kernel.</param>
    /// <param name="slots">What is remembered of it.</param>
    protected internal virtual void UpdateDense(Kernels kernels, int rows, int inputs, int outputs, DeviceBuffer x, DeviceBuffer dy, DeviceBuffer kernel, DeviceBuffer[] slots) =>
        throw new NotSupportedException();

    /// <summary>The optimizer of that Keras name, with its defaults.</summary>
    /// <exception cref="ValueError">There is none.</exception>
    [return: NotNullIfNotNull(nameof(name))]
    public static implicit operator Optimizer?(string? name) => name is null ? null
        : Named.Get<Optimizer>(name.ToLowerInvariant(), "optimizer", new() { ["adam"] = () => new Adam() });
}
