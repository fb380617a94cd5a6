using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;
using KerasPort.Graphs;
using KerasPort.Saving;

namespace KerasPort.Metrics;

/// <summary>
/// A number reported beside the loss, from all samples since the epoch's start: a function of running state (sums, counts, a matrix) to
/// which each batch contributes. An engine computes the contributions as nodes of its plan. A run's state lies on the host, outside of the
/// metric, since a validation within a training needs its own. The metric also has a state of its own, for use by hand; after a batch, an epoch or an
/// evaluation it holds their result.
/// </summary>
/// <remarks>
/// A class of your own adds variables in its constructor (<see cref="add_variable"/>) and overrides
/// <see cref="update_state(Tensor, Tensor, Tensor?)"/> and <see cref="result"/>.
/// </remarks>
[OnlySetting("dtype", "float32")]
public abstract partial class Metric
{
    /// <summary>A metric of that name, or of the next free one of its class.</summary>
    protected Metric(string? name = null) => this.name = name ?? Layers.Names.Unique(GetType());

    /// <summary>Its key in logs and histories.</summary>
    public string name { get; }

    /// <summary>The name, such as "accuracy", that <c>compile</c> was given for it; files hold it.</summary>
    internal string? Identifier { get; private set; }

    /// <summary>The settings, from which <see cref="from_config{T}"/> makes the same metric.</summary>
    public virtual JsonObject get_config() => ObjectConfig.Get(this);

    /// <summary>The metric of a configuration that <see cref="get_config"/> gave.</summary>
    /// <exception cref="ModelFormatException">The configuration isn't one of such a metric.</exception>
    public static T from_config<T>(JsonObject config) where T : Metric => ObjectConfig.Create<T>(config);

    /// <summary>Refuses targets and outputs of shapes (batch first) that it can't compare.</summary>
    /// <exception cref="ValueError">Targets and outputs can't be compared.</exception>
    protected internal virtual void Check(Shape targets, Shape outputs) { }

    /// <summary>
    /// Whether a smaller value is better, for callbacks with mode "auto"; <c>null</c> if that isn't known, as of a function of your own. Keras keeps
    /// it as <c>_direction</c>.
    /// </summary>
    internal virtual bool? SmallerIsBetter => null;

    /// <summary>Whether a mask of the outputs acts as sample weights: masked steps don't count.</summary>
    internal virtual bool CountsMask => false;

    /// <summary>The size of the running state, which starts from zeros.</summary>
    protected internal virtual int StateSize => OwnSize;

    /// <summary>Initializes a state for the first batch.</summary>
    internal void Start(Span<float> state)
    {
        if (_variables.Count > 0) StartOwn(state);
        else state.Clear();
    }

    /// <summary>The nodes of a batch's contribution to the state, in any shape that <see cref="Add"/> understands.</summary>
    /// <param name="g">The graph that the nodes are added to.</param>
    /// <param name="y_true">The targets, with the shape of the array that was given.</param>
    /// <param name="y_pred">The model's outputs.</param>
    /// <param name="sample_weight">The weight of each sample; <c>null</c> for equal weights.</param>
    protected internal virtual Tensor Call(Graph g, Tensor y_true, Tensor y_pred, Tensor? sample_weight) => Packed(g, y_true, y_pred, sample_weight);

    /// <summary>Adds a batch's contribution.</summary>
    /// <param name="state">The state so far, of <see cref="StateSize"/> numbers.</param>
    /// <param name="batch">The values of the tensor that <see cref="Call"/> gave.</param>
    /// <param name="weighted">Whether <see cref="Call"/> was given sample weights.</param>
    protected internal virtual void Add(Span<float> state, ReadOnlySpan<float> batch, bool weighted) => AddOwn(state, batch);

    /// <summary>The metric's value from a state.</summary>
    protected internal virtual double Result(ReadOnlySpan<float> state) => ResultOfOwn(state);

    /// <summary>The number of values in <see cref="result"/>; logs hold one.</summary>
    internal virtual int Results => 1;

    /// <summary>The metric for targets and outputs of these shapes: itself, except for names such as "accuracy" whose meaning depends on shapes.</summary>
    internal virtual Metric For(Shape targets, Shape outputs) => this;

    /// <summary>The metric of that Keras name; as in Keras, the given name is the name in logs.</summary>
    /// <exception cref="ValueError">There is no metric of that name.</exception>
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

    /// <summary>Refuses targets that don't have one number for each output; a last axis of 1 may be missing or added.</summary>
    /// <exception cref="ValueError">The shapes differ in another way.</exception>
    private protected void RequireOneEach(Shape targets, Shape outputs)
    {
        bool same = targets == outputs || (outputs.Rank > 0 && outputs[^1] == 1 && targets == outputs[..^1])
            || (targets.Rank > outputs.Rank && targets[^1] == 1 && targets[..^1] == outputs);
        if (!same) throw Incomparable(targets, outputs, "a target for each output");
    }

    /// <summary>Refuses targets that don't have one number for each output, where a last axis of 1 may also stand for all columns of the other.</summary>
    /// <exception cref="ValueError">The shapes differ in another way.</exception>
    private protected void RequireOneEachOrColumn(Shape targets, Shape outputs)
    {
        bool isColumn = targets.Rank == outputs.Rank && targets.Rank > 1 && targets[..^1] == outputs[..^1] && (targets[^1] == 1 || outputs[^1] == 1);
        if (!isColumn) RequireOneEach(targets, outputs);
    }

    /// <summary>Targets and outputs in one shape: a last axis of 1 is added or dropped, or repeated for all columns of the other.</summary>
    private protected static (Tensor True, Tensor Predicted) InOneShape(Graph g, Tensor y_true, Tensor y_pred)
    {
        (y_true, y_pred) = Losses.Loss.SameRank(g, y_true, y_pred);
        Tensor Like(Tensor x, Tensor other) => x.shape != other.shape && x.shape[^1] == 1 ? g.Repeat(x, other.shape) : x;
        return (Like(y_true, y_pred), Like(y_pred, y_true));
    }

    /// <summary>Refuses targets that aren't rows of the outputs' classes, 1 at the class and 0 elsewhere.</summary>
    private protected void RequireOneHot(Shape targets, Shape outputs)
    {
        if (targets != outputs || outputs.Rank == 0) throw Incomparable(targets, outputs, "a target for each output, 1 at the class and 0 elsewhere");
    }

    /// <summary>Refuses targets that aren't a class number for each row of outputs.</summary>
    private protected void RequireClassEach(Shape targets, Shape outputs)
    {
        bool column = targets.Rank > 0 && targets.Rank == outputs.Rank && targets[^1] == 1;
        if (targets.Rank != outputs.Rank - 1 && !column) throw Incomparable(targets, outputs, "one class number a row of outputs");
    }

    private protected ValueError OfValues() => new($"Metric '{name}' ({GetType().Name}) is of values and compares no targets with outputs: use it by hand.");

    private protected ValueError Incomparable(Shape targets, Shape outputs, string expected, Exception? because = null) => new(
        $"Metric '{name}' ({GetType().Name}) expects {expected}. Received: target.shape={targets}, output.shape={outputs}", because);
}
