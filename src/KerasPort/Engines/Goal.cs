using KerasPort.Losses;
using KerasPort.Metrics;

namespace KerasPort.Engines;

/// <summary>What one output of a model is trained for and measured by.</summary>
/// <param name="Output">The output's name, by which logs tell its numbers from other outputs'; <c>null</c> where it is the only one.</param>
/// <param name="Loss">What training makes small; <c>null</c> where it doesn't look at this output.</param>
/// <param name="LossWeight">What the loss counts in the sum over outputs.</param>
/// <param name="Metrics">What is reported beside it; sample weights don't count.</param>
/// <param name="WeightedMetrics">The same, where sample weights count.</param>
public sealed record Goal(string? Output, Loss? Loss, double LossWeight, IReadOnlyList<Metric> Metrics, IReadOnlyList<Metric> WeightedMetrics)
{
    /// <summary>All metrics, those where sample weights count behind the others.</summary>
    public IEnumerable<Metric> AllMetrics => Metrics.Concat(WeightedMetrics);
}
