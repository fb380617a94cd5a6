using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;
using KerasPort.Engines;
using KerasPort.Engines.Formulas;
using KerasPort.Graphs;
using KerasPort.Layers;
using KerasPort.Models;
using KerasPort.Saving;

namespace KerasPort.Optimizers;

/// <summary>A rule that changes weights by their gradients.</summary>
public abstract partial class Optimizer
{
    private LearningRate _learningRate;

    /// <summary>An optimizer with that learning rate, of this name or of the next free one of its class.</summary>
    /// <param name="learning_rate">A number or a schedule.</param>
    /// <param name="weight_decay">The share of each weight, times the learning rate, that it loses before each step.</param>
    /// <param name="clipnorm">The most that a gradient's norm may be, for each weight by itself.</param>
    /// <param name="clipvalue">The most that a gradient's values may be in size.</param>
    /// <param name="global_clipnorm">The most that the norm of all gradients together may be.</param>
    /// <param name="use_ema">Whether it keeps a moving average of each weight, which takes the weight's place when <c>fit</c> ends.</param>
    /// <param name="ema_momentum">The share of the average that stays, batch by batch.</param>
    /// <param name="ema_overwrite_frequency">The steps after which averages take the weights' places, again and again; only at the end without.</param>
    /// <param name="loss_scale_factor">By what the loss is multiplied before its gradients are taken, which are divided by it again.</param>
    /// <param name="gradient_accumulation_steps">The batches whose gradients' mean makes one step.</param>
    /// <param name="name">By which files call its variables.</param>
    /// <exception cref="ValueError">The rate isn't a number of 0 or more, two of the three limits are given, a step is one batch, or there are
    /// to be averages of a momentum that isn't between 0 and 1, or after fewer than 1 steps.</exception>
    protected Optimizer(LearningRate learning_rate, double? weight_decay = null, double? clipnorm = null, double? clipvalue = null,
        double? global_clipnorm = null, bool use_ema = false, double ema_momentum = 0.99, int? ema_overwrite_frequency = null,
        double? loss_scale_factor = null, int? gradient_accumulation_steps = null, string? name = null)
    {
        if (!(learning_rate >= 0))
            throw new ValueError($"Argument `learning_rate` should be a float of 0 or more. Received instead: learning_rate={learning_rate}");
        if (gradient_accumulation_steps is 1 or < 0)
            throw new ValueError($"`gradient_accumulation_steps` must be an integer >= 2. Received: gradient_accumulation_steps={gradient_accumulation_steps}");
        if (new[] { clipnorm, clipvalue, global_clipnorm }.Count(limit => limit is not null) > 1)
            throw new ValueError("Only one of `clipnorm`, `clipvalue` and `global_clipnorm` can be set. "
                + $"Received: clipnorm={PythonText.Str(clipnorm)}, clipvalue={PythonText.Str(clipvalue)}, global_clipnorm={PythonText.Str(global_clipnorm)}");
        if (use_ema && !(ema_momentum is >= 0 and <= 1))
            throw new ValueError($"`ema_momentum` must be in the range [0, 1]. Received: ema_momentum={PythonText.Str(ema_momentum)}");
        if (use_ema && ema_overwrite_frequency is < 0)
            throw new ValueError("`ema_overwrite_frequency` must be an integer >= 1 or None. "
                + $"Received: ema_overwrite_frequency={ema_overwrite_frequency}");
        (this.name, _learningRate) = (name ?? Layers.Names.Unique(GetType()), learning_rate);
        (this.weight_decay, this.clipnorm, this.clipvalue, this.global_clipnorm) = (weight_decay, clipnorm, clipvalue, global_clipnorm);
        (this.use_ema, this.ema_momentum, this.ema_overwrite_frequency) = (use_ema, ema_momentum, ema_overwrite_frequency);
        (this.loss_scale_factor, this.gradient_accumulation_steps) = (loss_scale_factor, gradient_accumulation_steps);
    }

    /// <summary>The name, by which files call its variables.</summary>
    public string name { get; }

    /// <summary>
    /// The learning rate of the next batch, rounded to float32 as Keras keeps it: 0.0010000000474974513 for 0.001. It can be set, to a number
    /// or a schedule.
    /// </summary>
    /// <exception cref="TypeError">A number is set where there is a schedule.</exception>
    public virtual LearningRate learning_rate
    {
        get => _learningRate.At(Batches, this);
        set => _learningRate = value.Schedule is not null || _learningRate.Schedule is null ? value
            : throw new TypeError(
                "This optimizer was created with a `LearningRateSchedule` object as its `learning_rate` constructor argument, hence its learning rate is not "
                    + "settable. If you need the learning rate to be settable, you should instantiate the optimizer with a float `learning_rate` argument.");
    }

    /// <summary>The number of steps it has made: one a batch, if it doesn't accumulate gradients.</summary>
    public virtual long iterations => Batches / BatchesAStep;

    /// <summary>The number of batches it has seen.</summary>
    internal virtual long Batches { get; set; }

    /// <summary>Counts a batch that is over.</summary>
    internal virtual void EndBatch() => Batches++;

    /// <summary>Adds the optimizer's own numbers, apart from the slots of weights, to the training's state.</summary>
    internal virtual void Keep(TrainingState state)
    {
        (long iterations, double rate) = (Batches, learning_rate);
        state.Keep("iterations", ref iterations);
        state.Keep("learning_rate", ref rate);
        Batches = iterations;
        if (_learningRate.Schedule is null) _learningRate = rate;
    }

    /// <summary>The settings, from which <see cref="from_config{T}"/> makes the same optimizer.</summary>
    public virtual JsonObject get_config() => ObjectConfig.Get(this);

    /// <summary>The optimizer that <see cref="get_config"/> described.</summary>
    /// <exception cref="ModelFormatException">The configuration is of something else.</exception>
    public static T from_config<T>(JsonObject config) where T : Optimizer => ObjectConfig.Create<T>(config);

    /// <summary>
    /// The weights that it was built with, by its first batch or a file; <c>null</c> before. Each has the values of its slots while no engine holds
    /// them; null stands for the slots' initial values.
    /// </summary>
    private Dictionary<Variable, float[][]?>? _memory;

    /// <summary>The paths of these weights: the model, the layer and their own name.</summary>
    private readonly Dictionary<Variable, string> _paths = [];

    /// <summary>Whether it remembers these weights.</summary>
    internal bool Knows(IEnumerable<Variable> variables) => _memory is { } memory && variables.All(memory.ContainsKey);

    /// <summary>Builds it with a model's weights.</summary>
    /// <returns>The weights with a slot that begins with other values than zeros.</returns>
    /// <exception cref="ValueError">It was built with others, and <paramref name="grows"/> doesn't allow for more.</exception>
    internal virtual IReadOnlyList<Variable> Build(Model model, bool grows)
    {
        bool isNew = _memory is null;
        _memory ??= [];
        var remembered = new List<Variable>();
        var paths = LayerPaths.Of(model);
        Learn(paths);
        foreach (var variable in model.Trained)
        {
            if (isNew || grows)
            {
                if (_memory.ContainsKey(variable)) continue;
                float[]?[] first = [.. Enumerable.Range(0, SlotCount).Select(slot => FirstValues(slot, variable))];
                bool isZero = Array.TrueForAll(first, values => values is null);
                _memory[variable] = isZero ? null : Array.ConvertAll(first, values => values ?? new float[variable.size]);
                if (!isZero) remembered.Add(variable);
            }
            else if (!_memory.ContainsKey(variable))
                throw new ValueError(
                    $"Unknown variable: <Variable path={paths[variable]}, shape={variable.shape}, dtype=float32>. This optimizer can only be called for the "
                        + "variables it was originally built with. When working with a new set of variables, you should recreate a new optimizer instance.");
        }
        return remembered;
    }

    /// <summary>Takes over the paths of weights.</summary>
    internal void Learn(Dictionary<Variable, string> paths)
    {
        foreach (var (variable, path) in paths) _paths[variable] = path;
    }

    /// <summary>The path of a weight: the model, the layer and its own name.</summary>
    internal string PathOf(Variable variable) => _paths.GetValueOrDefault(variable, variable.name);

    /// <summary>The values of a weight's slots; <c>null</c> for zeros.</summary>
    internal float[][]? Recall(Variable variable) => _memory?.GetValueOrDefault(variable);

    /// <summary>Sets the values of a weight's slots.</summary>
    internal void Remember(Variable variable, float[][] slots) => (_memory ??= [])[variable] = slots;

    /// <summary>
    /// The names of each weight's slots, in groups. Files hold one group behind the other, and within a group the slots side by side, weight by
    /// weight. Without override there are none.
    /// </summary>
    protected internal virtual string[][] Slots => [];

    private int OwnSlots => Slots.Sum(group => group.Length);

    /// <summary>The slot of the moving averages.</summary>
    private int AverageSlot => OwnSlots;

    /// <summary>The slot of the accumulated gradients.</summary>
    private int AccumulatorSlot => OwnSlots + (use_ema ? 1 : 0);

    /// <summary>
    /// The number of slots of each weight: the optimizer's own, then the average where it averages, then the sum of gradients where it
    /// accumulates.
    /// </summary>
    internal virtual int SlotCount => AccumulatorSlot + (BatchesAStep > 1 ? 1 : 0);

    /// <summary>The initial values of a weight's slot; <c>null</c>, as without override, for zeros.</summary>
    internal virtual float[]? FirstValues(int slot, Variable variable) => null;

    /// <summary>Changes variables by their gradients: runs one formula on them. <see cref="iterations"/> doesn't count this step yet.</summary>
    protected internal abstract void Update(Kernels kernels, VariableUpdate update);

    /// <summary>The optimizer of that Keras name, with its defaults.</summary>
    /// <exception cref="ValueError">There is none.</exception>
    [return: NotNullIfNotNull(nameof(name))]
    public static implicit operator Optimizer?(string? name) => name is null ? null
        : Named.Make<Optimizer>(name.ToLowerInvariant(), "optimizer", [type => type.Name.ToLowerInvariant()]);
}

/// <summary>
/// Values below 1e-32 become 0. The slots of weights that never fire would decay into denormals, which cost a processor a hundred cycles
/// each. The limit is far below what counts beside epsilon, and far enough above denormals for some steps.
/// </summary>
public readonly struct DropSmall : IUnary
{
    private const float Small = 1e-32f;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Of<T, M>(T x) where M : struct, IMath<T> => M.Select(M.Greater(M.Splat(Small), M.Abs(x)), M.Splat(0), x);
}
