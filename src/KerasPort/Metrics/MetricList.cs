using System.Collections;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace KerasPort.Metrics;

/// <summary>
/// What <c>compile</c> takes as metrics: <c>["accuracy"]</c>, one without brackets, an array or a list; of a model of several outputs one for
/// each, or by their names, <c>new() { ["a"] = "accuracy", ["b"] = ["mse", "mae"] }</c>.
/// </summary>
[CollectionBuilder(typeof(MetricList), nameof(Create))]
public sealed class MetricList : IReadOnlyList<Metric>
{
    private readonly Metric[] _metrics;
    private readonly Dictionary<string, MetricList> _byOutput = [];

    /// <summary>Metrics by the names of a model's outputs, which are set one by one.</summary>
    public MetricList() => _metrics = [];

    private MetricList(ReadOnlySpan<Metric?> metrics)
    {
        _metrics = new Metric[metrics.Length];
        for (int i = 0; i < _metrics.Length; i++) _metrics[i] = metrics[i] ?? throw new ValueError($"Expected metric, received `None` (at place {i} of `metrics`).");
    }

    /// <summary>A list from a collection expression.</summary>
    /// <exception cref="ValueError">One of them is null.</exception>
    public static MetricList Create(ReadOnlySpan<Metric?> metrics) => new(metrics);

    /// <summary>The metrics of that output.</summary>
    /// <exception cref="ValueError">There are none.</exception>
    public MetricList this[string output]
    {
        get => _byOutput.TryGetValue(output, out var metrics) ? metrics : throw new ValueError($"There are no metrics for output '{output}' here.");
        set => _byOutput[output] = value ?? throw new ValueError($"Expected metrics for output '{output}', received `None`.");
    }

    /// <summary>The metrics by outputs, where they were given so; else empty.</summary>
    internal IReadOnlyDictionary<string, MetricList> ByOutput => _byOutput;

    /// <summary>The metrics of each output.</summary>
    /// <param name="outputs">The names of the model's outputs.</param>
    /// <param name="argument">What they were given as.</param>
    /// <exception cref="ValueError">They are for others, or for another number of them.</exception>
    internal IReadOnlyList<Metric>[] For(IReadOnlyList<string> outputs, string argument)
    {
        if (_byOutput.Keys.FirstOrDefault(name => !outputs.Contains(name)) is { } other)
            throw new ValueError($"`{argument}` names an output '{other}', but the model's outputs are: {string.Join(", ", outputs)}");
        if (_byOutput.Count > 0) return [.. outputs.Select(name => _byOutput.TryGetValue(name, out var metrics) ? metrics._metrics : [])];
        if (outputs.Count == 1) return [_metrics];
        return _metrics.Length == 0 ? [.. outputs.Select(_ => (Metric[])[])]
            : _metrics.Length == outputs.Count ? [.. _metrics.Select(metric => (Metric[])[metric])]
            : throw new ValueError($"`{argument}` must be one for each output, or given by their names: {string.Join(", ", outputs)}. "
                + $"Received: {_metrics.Length} of them");
    }

    /// <inheritdoc/>
    public int Count => All.Length;

    /// <inheritdoc/>
    public Metric this[int index] => All[index];

    /// <inheritdoc/>
    public IEnumerator<Metric> GetEnumerator() => ((IEnumerable<Metric>)All).GetEnumerator();

    private Metric[] All => _byOutput.Count == 0 ? _metrics : [.. _byOutput.Values.SelectMany(metrics => metrics)];

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>One metric by its Keras name.</summary>
    [return: NotNullIfNotNull(nameof(name))]
    public static implicit operator MetricList?(string? name) => name is null ? null : new([name]);

    /// <summary>One metric.</summary>
    [return: NotNullIfNotNull(nameof(metric))]
    public static implicit operator MetricList?(Metric? metric) => metric is null ? null : new([metric]);

    /// <summary>An array of metrics.</summary>
    [return: NotNullIfNotNull(nameof(metrics))]
    public static implicit operator MetricList?(Metric[]? metrics) => metrics is null ? null : new(metrics);

    /// <summary>An array of Keras names.</summary>
    [return: NotNullIfNotNull(nameof(names))]
    public static implicit operator MetricList?(string[]? names) => names is null ? null : new([.. names.Select(name => (Metric?)name)]);

    /// <summary>A list of metrics.</summary>
    [return: NotNullIfNotNull(nameof(metrics))]
    public static implicit operator MetricList?(List<Metric>? metrics) => metrics is null ? null : new([.. metrics]);
}
