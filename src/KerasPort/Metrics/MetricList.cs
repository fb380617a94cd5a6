using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace KerasPort.Metrics;

/// <summary>
/// The metrics of <c>compile</c>: <c>["accuracy"]</c>, one without brackets, an array or a list. For a model of several outputs: one for
/// each, <c>["accuracy", "mse"]</c>; lists, <c>[["mae"], ["mse", "mae"]]</c>; or by output names,
/// <c>new() { ["a"] = "accuracy", ["b"] = ["mse", "mae"] }</c>; null for an output without metrics.
/// </summary>
[CollectionBuilder(typeof(MetricList), nameof(Create))]
public sealed class MetricList : IReadOnlyList<Metric>
{
    private readonly OutputMetrics?[] _items;
    private readonly Dictionary<string, OutputMetrics?> _byOutput = [];

    /// <summary>Metrics by the names of a model's outputs, which are set one by one.</summary>
    public MetricList() => _items = [];

    private MetricList(OutputMetrics?[] items) => _items = items;

    /// <summary>A list from a collection expression.</summary>
    public static MetricList Create(ReadOnlySpan<OutputMetrics?> metrics) => new(metrics.ToArray());

    /// <summary>The metrics of that output.</summary>
    /// <exception cref="ValueError">The output has no metrics.</exception>
    public OutputMetrics? this[string output]
    {
        get => _byOutput.TryGetValue(output, out var metrics) ? metrics : throw new ValueError($"There are no metrics for output '{output}' here.");
        set => _byOutput[output] = value;
    }

    /// <summary>The metrics by outputs, where they were given so; else empty.</summary>
    internal IReadOnlyDictionary<string, OutputMetrics?> ByOutput => _byOutput;

    /// <summary>The metrics as they were given, if not by outputs.</summary>
    internal IReadOnlyList<OutputMetrics?> Items => _items;

    /// <summary>The metrics of each output.</summary>
    /// <param name="outputs">The names of the model's outputs.</param>
    /// <param name="argument">The name of the argument, for exceptions.</param>
    /// <exception cref="ValueError">The metrics are for outputs that the model lacks, or for another number of outputs.</exception>
    internal IReadOnlyList<Metric>[] For(IReadOnlyList<string> outputs, string argument)
    {
        if (_byOutput.Keys.FirstOrDefault(name => !outputs.Contains(name)) is { } other)
            throw new ValueError($"`{argument}` names an output '{other}', but the model's outputs are: {string.Join(", ", outputs)}");
        if (_byOutput.Count > 0) return [.. outputs.Select(name => Of(_byOutput.GetValueOrDefault(name)))];
        if (outputs.Count == 1) return [[.. _items.Index().SelectMany(item => item.Item ?? throw None(item.Index))]];
        return _items.Length == 0 ? [.. outputs.Select(_ => (Metric[])[])]
            : _items.Length == outputs.Count ? [.. _items.Select(Of)]
            : throw new ValueError($"`{argument}` must be one or a list for each output, or given by their names: {string.Join(", ", outputs)}. "
                + $"Received: {_items.Length} of them");
    }

    /// <inheritdoc/>
    public int Count => All.Count();

    /// <inheritdoc/>
    public Metric this[int index] => All.ElementAt(index);

    /// <summary>The metrics of each output; for a single output, each metric.</summary>
    public IEnumerator<OutputMetrics?> GetEnumerator() =>
        ((IEnumerable<OutputMetrics?>)(_byOutput.Count == 0 ? _items : [.. _byOutput.Values])).GetEnumerator();

    IEnumerator<Metric> IEnumerable<Metric>.GetEnumerator() => All.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => All.GetEnumerator();

    private IEnumerable<Metric> All => (_byOutput.Count == 0 ? _items : _byOutput.Values.AsEnumerable()).SelectMany(Of);

    private static IReadOnlyList<Metric> Of(OutputMetrics? metrics) => metrics ?? (IReadOnlyList<Metric>)[];

    private static ValueError None(int place) => new($"Expected metric, received `None` (at place {place} of `metrics`).");

    /// <summary>One metric by its Keras name.</summary>
    [return: NotNullIfNotNull(nameof(name))]
    public static implicit operator MetricList?(string? name) => name is null ? null : new([name]);

    /// <summary>One metric.</summary>
    [return: NotNullIfNotNull(nameof(metric))]
    public static implicit operator MetricList?(Metric? metric) => metric is null ? null : new([metric]);

    /// <summary>An array of metrics.</summary>
    [return: NotNullIfNotNull(nameof(metrics))]
    public static implicit operator MetricList?(Metric[]? metrics) => metrics is null ? null : new([.. metrics.Select(metric => (OutputMetrics?)metric)]);

    /// <summary>An array of Keras names.</summary>
    [return: NotNullIfNotNull(nameof(names))]
    public static implicit operator MetricList?(string[]? names) => names is null ? null : new([.. names.Select(name => (OutputMetrics?)name)]);

    /// <summary>A list of metrics.</summary>
    [return: NotNullIfNotNull(nameof(metrics))]
    public static implicit operator MetricList?(List<Metric>? metrics) => metrics is null ? null : new([.. metrics.Select(metric => (OutputMetrics?)metric)]);
}
