using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace KerasPort.Metrics;

/// <summary>The metrics of one output: one by its name or as an object, or several in brackets, an array or a list.</summary>
[CollectionBuilder(typeof(OutputMetrics), nameof(Create))]
public sealed class OutputMetrics : IReadOnlyList<Metric>
{
    private readonly Metric[] _metrics;

    private OutputMetrics(ReadOnlySpan<Metric?> metrics, bool isOne)
    {
        (_metrics, IsOne) = (new Metric[metrics.Length], isOne);
        for (int i = 0; i < _metrics.Length; i++)
            _metrics[i] = metrics[i] ?? throw new ValueError($"Expected metric, received `None` (at place {i} of `metrics`).");
    }

    /// <summary>A function of a program's own as a metric, its mean over all samples: <c>metrics: ["accuracy", new(f1)]</c>.</summary>
    public OutputMetrics(Func<Tensor, Tensor, Tensor> function) : this([new MeanMetric(function)], isOne: true) { }

    /// <summary>Whether it was given without brackets.</summary>
    internal bool IsOne { get; }

    /// <summary>Several metrics of a collection expression.</summary>
    /// <exception cref="ValueError">One of them is null.</exception>
    public static OutputMetrics Create(ReadOnlySpan<Metric?> metrics) => new(metrics, isOne: false);

    /// <inheritdoc/>
    public int Count => _metrics.Length;

    /// <inheritdoc/>
    public Metric this[int index] => _metrics[index];

    /// <inheritdoc/>
    public IEnumerator<Metric> GetEnumerator() => ((IEnumerable<Metric>)_metrics).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>One metric by its Keras name.</summary>
    [return: NotNullIfNotNull(nameof(name))]
    public static implicit operator OutputMetrics?(string? name) => (Metric?)name;

    /// <summary>One metric.</summary>
    [return: NotNullIfNotNull(nameof(metric))]
    public static implicit operator OutputMetrics?(Metric? metric) => metric is null ? null : new([metric], isOne: true);

    /// <summary>An array of metrics.</summary>
    [return: NotNullIfNotNull(nameof(metrics))]
    public static implicit operator OutputMetrics?(Metric[]? metrics) => metrics is null ? null : new(metrics, isOne: false);

    /// <summary>An array of Keras names.</summary>
    [return: NotNullIfNotNull(nameof(names))]
    public static implicit operator OutputMetrics?(string[]? names) => names is null ? null : Create([.. names.Select(name => (Metric?)name)]);

    /// <summary>A list of metrics.</summary>
    [return: NotNullIfNotNull(nameof(metrics))]
    public static implicit operator OutputMetrics?(List<Metric>? metrics) => metrics is null ? null : Create([.. metrics]);
}
