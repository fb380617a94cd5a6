using System.Text.Json.Nodes;
using KerasPort.Engines;
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

    /// <summary>The value of each row.</summary>
    protected internal abstract void Compute(Kernels kernels, LossBuffers buffers, DeviceBuffer values);

    /// <summary>The metrics by their Keras names.</summary>
    internal static Dictionary<string, Func<Metric>> Known { get; } = new()
    {
        ["accuracy"] = () => new SparseCategoricalAccuracy("accuracy"),
        ["acc"] = () => new SparseCategoricalAccuracy("acc"),
        ["sparse_categorical_accuracy"] = () => new SparseCategoricalAccuracy(),
        ["SparseCategoricalAccuracy"] = () => new SparseCategoricalAccuracy(),
    };

    /// <summary>The metric of that Keras name.</summary>
    /// <exception cref="ValueError">There is none.</exception>
    public static implicit operator Metric(string name)
    {
        var metric = Named.Get(name, "metric", Known);
        metric.Identifier = name;
        return metric;
    }
}

/// <summary>1 where the largest output (the first of equals) is the label's, else 0.</summary>
public sealed class SparseCategoricalAccuracy : Metric
{
    /// <summary>The accuracy for labels that are class numbers.</summary>
    public SparseCategoricalAccuracy(string name = "sparse_categorical_accuracy") : base(name) { }

    /// <inheritdoc/>
    protected internal override void Compute(Kernels kernels, LossBuffers b, DeviceBuffer values)
    {
        if (b.Targets.Length != b.Rows)
            throw new ValueError($"Metric '{name}' compares class numbers, one for each of {b.Rows} rows of outputs, but y has {b.Targets.Length} values for them. Give y class numbers, or another metric.");
        kernels.SparseAccuracy(b.Rows, b.Columns, b.Outputs, b.Targets, values);
    }
}

/// <summary>
/// A running mean as Keras keeps it: total and count in float32, so that the digits of a whole epoch are Keras' own.
/// </summary>
internal sealed class RunningMean
{
    private float _total, _count;

    /// <summary>The mean so far; 0 before the first value.</summary>
    public float Result => _count == 0 ? 0 : _total / _count;

    public void Add(float sum, int count)
    {
        _total += sum;
        _count += count;
    }

    public void Reset() => _total = _count = 0;

    public void Keep(TrainingState state)
    {
        state.Keep("total", ref _total);
        state.Keep("count", ref _count);
    }
}
