using KerasPort.Losses;
using KerasPort.Metrics;

namespace KerasPort.Engines;

/// <summary>The loss and the metrics of one output of a model.</summary>
/// <param name="Output">The output's name, by which logs tell its numbers from other outputs'; <c>null</c> where it is the only one.</param>
/// <param name="Loss">The loss that training minimizes; <c>null</c> where it ignores this output.</param>
/// <param name="LossWeight">The loss's weight in the sum over outputs.</param>
/// <param name="Metrics">The metrics in which sample weights don't count.</param>
/// <param name="WeightedMetrics">The metrics in which sample weights count.</param>
public sealed record Goal(string? Output, Loss? Loss, double LossWeight, IReadOnlyList<Metric> Metrics, IReadOnlyList<Metric> WeightedMetrics)
{
    /// <summary>The place of the loss among those of a dictionary by outputs, whose order Keras keeps where the outputs are a dictionary, too.</summary>
    internal int LossPlace { get; init; }

    /// <summary>All metrics; those in which sample weights count come last.</summary>
    public IEnumerable<Metric> AllMetrics => Metrics.Concat(WeightedMetrics);
}
