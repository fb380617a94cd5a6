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
[OnlySetting("use_ema", false), OnlySetting("ema_momentum", 0.99)]
[OnlySetting("ema_overwrite_frequency", null), OnlySetting("loss_scale_factor", null)]
public abstract partial class Optimizer
{
    private LearningRate _learningRate;

    /// <summary>An optimizer with that learning rate, of this name or of the next free one of its class.</summary>
    /// <param name="learning_rate">A number or a schedule.</param>
    /// <param name="weight_decay">The share of each weight, times the learning rate, that it loses before each step.</param>
    /// <param name="clipnorm">The most that a gradient's norm may be, for each weight by itself.</param>
    /// <param name="clipvalue">The most that a gradient's values may be in size.</param>
    /// <param name="global_clipnorm">The most that the norm of all gradients together may be.</param>
    /// <param name="gradient_accumulation_steps">The batches whose gradients' mean makes one step.</param>
    /// <param name="name">By which files call its variables.</param>
    /// <exception cref="ValueError">The rate isn't a number of 0 or more, two of the three limits are given, or a step is one batch.</exception>
    protected Optimizer(LearningRate learning_rate, double? weight_decay = null, double? clipnorm = null, double? clipvalue = null,
        double? global_clipnorm = null, int? gradient_accumulation_steps = null, string? name = null)
    {
        if (!(learning_rate >= 0))
            throw new ValueError($"Argument `learning_rate` should be a float of 0 or more. Received instead: learning_rate={learning_rate}");
        if (gradient_accumulation_steps is 1 or < 0)
            throw new ValueError($"`gradient_accumulation_steps` must be an integer >= 2. Received: gradient_accumulation_steps={gradient_accumulation_steps}");
        if (new[] { clipnorm, clipvalue, global_clipnorm }.Count(limit => limit is not null) > 1)
            throw new ValueError("Only one of `clipnorm`, `clipvalue` and `global_clipnorm` can be set. "
                + $"Received: clipnorm={PythonText.Str(clipnorm)}, clipvalue={PythonText.Str(clipvalue)}, global_clipnorm={PythonText.Str(global_clipnorm)}");
        (this.name, _learningRate) = (name ?? Layers.Names.Unique(GetType()), learning_rate);
        (this.weight_decay, this.clipnorm, this.clipvalue, this.global_clipnorm) = (weight_decay, clipnorm, clipvalue, global_clipnorm);
        this.gradient_accumulation_steps = gradient_accumulation_steps;
    }

    /// <summary>The name, by which files call its variables.</summary>
    public string name { get; }

    /// <summary>
    /// The learning rate of the next batch, rounded to float32 as Keras keeps it: 0.0010000000474974513 for 0.001. It can be set, to a number
    /// or a schedule.
    /// </summary>
    /// <exception cref="TypeError">A number is set where there is a schedule.</exception>
    public LearningRate learning_rate
    {
        get => _learningRate.At(Batches, this);
        set => _learningRate = value.Schedule is not null || _learningRate.Schedule is null ? value
            : throw new TypeError("This optimizer was created with a `LearningRateSchedule` object as its `learning_rate` constructor argument, hence its learning rate is not settable. If you need the learning rate to be settable, you should instantiate the optimizer with a float `learning_rate` argument.");
    }

    /// <summary>The number of steps it has made: one a batch, if it doesn't accumulate gradients.</summary>
    public long iterations => Batches / BatchesAStep;

    /// <summary>The number of batches it has seen.</summary>
    internal long Batches { get; set; }

    /// <summary>Goes on where another one stopped, with its learning rate where that isn't a schedule's.</summary>
    internal void GoOn(long batches, double? rate)
    {
        Batches = batches;
        if (rate is { } number && _learningRate.Schedule is null) _learningRate = number;
    }

    /// <summary>The settings, from which <see cref="from_config{T}"/> makes the same optimizer.</summary>
    public virtual JsonObject get_config() => ObjectConfig.Get(this);

    /// <summary>The optimizer that <see cref="get_config"/> described.</summary>
    /// <exception cref="ModelFormatException">The configuration is of something else.</exception>
    public static T from_config<T>(JsonObject config) where T : Optimizer => ObjectConfig.Create<T>(config);

    /// <summary>
    /// The weights that it was built with, by its first batch or a file, each with what it remembers of it by slot while no engine holds that
    /// (null for what it begins with). <c>null</c> before.
    /// </summary>
    private Dictionary<Variable, float[][]?>? _memory;

    /// <summary>What these weights are called: by the model, the layer and their own name.</summary>
    private readonly Dictionary<Variable, string> _paths = [];

    /// <summary>Whether it remembers these weights.</summary>
    internal bool Knows(IEnumerable<Variable> variables) => _memory is { } memory && variables.All(memory.ContainsKey);

    /// <summary>Builds it with a model's weights.</summary>
    /// <exception cref="ValueError">It was built with others, and <paramref name="grows"/> doesn't allow for more.</exception>
    internal void Build(Model model, bool grows)
    {
        bool isNew = _memory is null;
        _memory ??= [];
        var paths = LayerPaths.Of(model);
        foreach (var variable in model.Trained)
        {
            _paths[variable] = paths[variable];
            if (isNew || grows) _memory.TryAdd(variable, null);
            else if (!_memory.ContainsKey(variable))
                throw new ValueError($"Unknown variable: <Variable path={paths[variable]}, shape={variable.shape}, dtype=float32>. This optimizer can only be called for the variables it was originally built with. When working with a new set of variables, you should recreate a new optimizer instance.");
        }
    }

    /// <summary>What it remembers of a weight, by slot; <c>null</c> for what it begins with.</summary>
    internal float[][]? Recall(Variable variable) => _memory?.GetValueOrDefault(variable);

    /// <summary>Makes it remember that of a weight.</summary>
    internal void Remember(Variable variable, float[][] slots) => (_memory ??= [])[variable] = slots;

    /// <summary>
    /// The names of what it remembers of each weight, in groups: in files a group's values lie side by side, weight by weight, and the groups
    /// one behind the other. Without override nothing.
    /// </summary>
    protected internal virtual string[][] Slots => [];

    /// <summary>How many values it remembers of each weight: its own, and behind them the sum of gradients where it accumulates.</summary>
    internal int SlotCount => OwnSlots + (BatchesAStep > 1 ? 1 : 0);

    /// <summary>Numbers that files hold behind its slots. They follow from the steps it has made and aren't read back; without override none.</summary>
    internal virtual (string Name, float Value)[] Numbers => [];

    /// <summary>What its own slots begin with; without override 0.</summary>
    private protected virtual float FirstValue => 0;

    /// <summary>A slot of so many values as it begins.</summary>
    internal float[] FirstValuesOf(int slot, int count)
    {
        var values = new float[count];
        if (slot < OwnSlots) Array.Fill(values, FirstValue);
        return values;
    }

    /// <summary>What it remembers of so many values, by slot, as it begins.</summary>
    internal DeviceBuffer[] NewSlots(Kernels kernels, int count) => [.. Enumerable.Range(0, SlotCount).Select(slot =>
    {
        var buffer = kernels.Allocate(count);
        if (FirstValue != 0) kernels.Write(FirstValuesOf(slot, count), buffer);
        return buffer;
    })];

    private int OwnSlots => Slots.Sum(group => group.Length);

    /// <summary>What it remembers of so many weights, in the order of files.</summary>
    internal IEnumerable<(int Slot, int Weight, string Name)> Remembered(int weights)
    {
        for (int weight = 0; weight < weights && BatchesAStep > 1; weight++) yield return (OwnSlots, weight, Accumulator);
        int first = 0;
        foreach (string[] group in Slots)
        {
            for (int weight = 0; weight < weights; weight++)
                foreach (var (i, slot) in group.Index()) yield return (first + i, weight, slot);
            first += group.Length;
        }
    }

    /// <summary>Changes variables by their gradients: runs one formula on them. <see cref="iterations"/> doesn't count this step yet.</summary>
    protected internal abstract void Update(Kernels kernels, VariableUpdate update);

    /// <summary>The optimizer of that Keras name, with its defaults.</summary>
    /// <exception cref="ValueError">There is none.</exception>
    [return: NotNullIfNotNull(nameof(name))]
    public static implicit operator Optimizer?(string? name) => name is null ? null
        : Named.Make<Optimizer>(name.ToLowerInvariant(), "optimizer", [type => type.Name.ToLowerInvariant()]);
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
