using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;
using KerasPort.Graphs;
using KerasPort.Saving;

namespace KerasPort.Metrics;

/// <summary>
/// A number reported beside the loss, from all samples since the epoch's start: a function over running state (sums, counts, thresholds, a
/// matrix) to which each batch contributes. An engine computes contributions as nodes of its plan; the state lies on the host, outside of
/// the metric, since a validation within a training has its own. One state more is the metric's: that of its use by hand, which after a batch, an epoch or an
/// evaluation is what that has come to.
/// </summary>
/// <remarks>
/// A class of one's own adds variables in its constructor (<see cref="add_variable"/>) and overrides
/// <see cref="update_state(Tensor, Tensor, Tensor?)"/> and <see cref="result"/>.
/// </remarks>
[OnlySetting("dtype", "float32")]
public abstract partial class Metric
{
    /// <summary>A metric of that name, or of the next free one of its class.</summary>
    protected Metric(string? name = null) => this.name = name ?? Layers.Names.Unique(GetType());

    /// <summary>Its key in logs and histories.</summary>
    public string name { get; }

    /// <summary>What <c>compile</c> was given in its place, such as "accuracy"; files hold it.</summary>
    internal string? Identifier { get; private set; }

    /// <summary>The settings, from which <see cref="from_config{T}"/> makes the same metric.</summary>
    public virtual JsonObject get_config() => ObjectConfig.Get(this);

    /// <summary>The metric that <see cref="get_config"/> described.</summary>
    /// <exception cref="ModelFormatException">The configuration is of something else.</exception>
    public static T from_config<T>(JsonObject config) where T : Metric => ObjectConfig.Create<T>(config);

    /// <summary>Refuses targets and outputs of shapes (batch first) that it can't compare.</summary>
    /// <exception cref="ValueError">It can't.</exception>
    protected internal virtual void Check(Shape targets, Shape outputs) { }

    /// <summary>Whether steps that a mask of the outputs leaves out don't count, as if samples were weighted.</summary>
    internal virtual bool CountsMask => false;

    /// <summary>Numbers of running state, which begin as zeros.</summary>
    protected internal virtual int StateSize => OwnSize;

    /// <summary>Makes a state what it is before the first batch.</summary>
    internal void Start(Span<float> state)
    {
        if (_variables.Count > 0) StartOwn(state);
        else state.Clear();
    }

    /// <summary>What a batch contributes to the state, as nodes; of any shape that <see cref="Add"/> knows.</summary>
    /// <param name="g">The list that they are added to.</param>
    /// <param name="y_true">The targets, with the shape of the array that was given.</param>
    /// <param name="y_pred">The model's outputs.</param>
    /// <param name="sample_weight">How much each sample counts; <c>null</c> where all count alike.</param>
    protected internal virtual Tensor Call(Graph g, Tensor y_true, Tensor y_pred, Tensor? sample_weight) => Packed(g, y_true, y_pred, sample_weight);

    /// <summary>Adds a batch's contribution.</summary>
    /// <param name="state">The state so far, of <see cref="StateSize"/> numbers.</param>
    /// <param name="batch">The values of the tensor that <see cref="Call"/> gave.</param>
    /// <param name="weighted">Whether it was given sample weights.</param>
    protected internal virtual void Add(Span<float> state, ReadOnlySpan<float> batch, bool weighted) => AddOwn(state, batch);

    /// <summary>The number that the state stands for.</summary>
    protected internal virtual double Result(ReadOnlySpan<float> state) => ResultOfOwn(state);

    /// <summary>Numbers that the state stands for, each of which <see cref="result"/> gives; logs hold one.</summary>
    internal virtual int Results => 1;

    /// <summary>The metric that this stands for with targets and outputs of these shapes: itself, but for a name whose meaning depends on them.</summary>
    internal virtual Metric For(Shape targets, Shape outputs) => this;

    /// <summary>The metric of that Keras name; as there, the name given is the name in logs.</summary>
    /// <exception cref="ValueError">There is none.</exception>
    [return: NotNullIfNotNull(nameof(name))]
    public static implicit operator Metric?(string? name)
    {
        if (name is null) return null;
        var metric = name.ToLowerInvariant() is "accuracy" or "acc" ? new AccuracyByShapes(name)
            : Named.MakeCalled<Metric>(name, "metric", [Layers.Names.SnakeCase, type => type.Name], "accuracy", "acc");
        metric.Identifier = name;
        return metric;
    }

    /// <summary>As Python shows it.</summary>
    public override string ToString() => $"<{GetType().Name} name={name}>";

    /// <summary>Refuses targets that aren't a number for each output; a last axis of 1 may be missing or too many.</summary>
    /// <exception cref="ValueError">They aren't.</exception>
    private protected void RequireOneEach(Shape targets, Shape outputs)
    {
        bool same = targets == outputs || (outputs[^1] == 1 && targets == outputs[..^1])
            || (targets.Rank > outputs.Rank && targets[^1] == 1 && targets[..^1] == outputs);
        if (!same) throw Incomparable(targets, outputs, "a target for each output");
    }

    private protected ValueError OfValues() => new($"Metric '{name}' ({GetType().Name}) is of values and compares no targets with outputs: use it by hand.");

    private protected ValueError Incomparable(Shape targets, Shape outputs, string expected, Exception? because = null) => new(
        $"Metric '{name}' ({GetType().Name}) expects {expected}. Received: target.shape={targets}, output.shape={outputs}", because);
}
