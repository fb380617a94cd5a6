using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;
using KerasPort.Graphs;
using KerasPort.Saving;

namespace KerasPort.Metrics;

/// <summary>A number reported beside the loss: the mean over all samples since the epoch's start of a value each.</summary>
public abstract class Metric
{
    /// <summary>A metric of that name.</summary>
    protected Metric(string name) => this.name = name;

    /// <summary>Its key in logs and histories.</summary>
    public string name { get; }

    /// <summary>What <c>compile</c> was given in its place, such as "accuracy"; files hold it.</summary>
    internal string? Identifier { get; private set; }

    /// <summary>The settings, from which <see cref="from_config{T}"/> makes the same metric.</summary>
    public JsonObject get_config() => ObjectConfig.Get(this);

    /// <summary>The metric that <see cref="get_config"/> described.</summary>
    /// <exception cref="ModelFormatException">The configuration is of something else.</exception>
    public static T from_config<T>(JsonObject config) where T : Metric => ObjectConfig.Create<T>(config);

    /// <summary>Refuses targets and outputs of shapes (batch first) that it can't compare.</summary>
    /// <exception cref="ValueError">It can't.</exception>
    protected internal virtual void Check(Shape targets, Shape outputs) { }

    /// <summary>A value for each sample, and each inner position where there are some, as nodes.</summary>
    /// <param name="g">The list that they are added to.</param>
    /// <param name="y_true">The targets, with the shape of the array that was given.</param>
    /// <param name="y_pred">The model's outputs.</param>
    protected internal abstract Tensor Call(Graph g, Tensor y_true, Tensor y_pred);

    /// <summary>The metric that this stands for with targets and outputs of these shapes: itself, but for a name whose meaning depends on them.</summary>
    internal virtual Metric For(Shape targets, Shape outputs) => this;

    /// <summary>The metrics by their Keras names; as there, the name given is the name in logs.</summary>
    internal static Dictionary<string, Func<Metric>> Known { get; } = new()
    {
        ["accuracy"] = () => new AccuracyByShapes("accuracy"),
        ["acc"] = () => new AccuracyByShapes("acc"),
        ["binary_accuracy"] = () => new BinaryAccuracy(),
        ["BinaryAccuracy"] = () => new BinaryAccuracy("BinaryAccuracy"),
        ["sparse_categorical_accuracy"] = () => new SparseCategoricalAccuracy(),
        ["SparseCategoricalAccuracy"] = () => new SparseCategoricalAccuracy("SparseCategoricalAccuracy"),
    };

    /// <summary>The metric of that Keras name.</summary>
    /// <exception cref="ValueError">There is none.</exception>
    [return: NotNullIfNotNull(nameof(name))]
    public static implicit operator Metric?(string? name)
    {
        if (name is null) return null;
        var metric = name.ToLowerInvariant() is "accuracy" or "acc" ? new AccuracyByShapes(name) : Named.Get(name, "metric", Known);
        metric.Identifier = name;
        return metric;
    }

    /// <summary>As Python shows it.</summary>
    public override string ToString() => $"<{GetType().Name} name={name}>";

    private protected ValueError Incomparable(Shape targets, Shape outputs, string expected) => new(
        $"Metric '{name}' ({GetType().Name}) expects {expected}. Received: target.shape={targets}, output.shape={outputs}");
}
