using System.Collections;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace KerasPort.Metrics;

/// <summary>What <c>compile</c> takes as metrics: <c>["accuracy"]</c>, one without brackets, an array or a list.</summary>
[CollectionBuilder(typeof(MetricList), nameof(Create))]
public sealed class MetricList : IReadOnlyList<Metric>
{
    private readonly Metric[] _metrics;

    private MetricList(ReadOnlySpan<Metric?> metrics)
    {
        _metrics = new Metric[metrics.Length];
        for (int i = 0; i < _metrics.Length; i++) _metrics[i] = metrics[i] ?? throw new ValueError($"Expected metric, received `None` (at place {i} of `metrics`).");
    }

    /// <summary>A list from a collection expression.</summary>
    /// <exception cref="ValueError">One of them is null.</exception>
    public static MetricList Create(ReadOnlySpan<Metric?> metrics) => new(metrics);

    /// <summary>The metrics' names in logs, as Keras has them: "accuracy", and "accuracy_1" for the next of that name.</summary>
    internal static IEnumerable<string> UniqueNames(IEnumerable<Metric> metrics)
    {
        var seen = new HashSet<string>();
        foreach (var metric in metrics)
        {
            string name = metric.name;
            for (int i = 1; !seen.Add(name); i++) name = $"{metric.name}_{i}";
            yield return name;
        }
    }

    /// <inheritdoc/>
    public int Count => _metrics.Length;

    /// <inheritdoc/>
    public Metric this[int index] => _metrics[index];

    /// <inheritdoc/>
    public IEnumerator<Metric> GetEnumerator() => ((IEnumerable<Metric>)_metrics).GetEnumerator();

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
