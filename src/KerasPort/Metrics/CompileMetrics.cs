namespace KerasPort.Metrics;

/// <summary>The metrics of <c>compile</c> as one metric, which <c>model.metrics</c> lists in their place.</summary>
public sealed class CompileMetrics : Metric
{
    internal CompileMetrics(IReadOnlyList<Metric> metrics) : base("compile_metrics") => this.metrics = metrics;

    /// <summary>The metrics.</summary>
    public IReadOnlyList<Metric> metrics { get; }

    /// <summary>There is no one number: each metric has its own.</summary>
    /// <exception cref="ValueError">Always.</exception>
    public override NDArray result() => throw new ValueError("`compile_metrics` stands for several metrics: ask each of its `metrics` for its result.");

    /// <summary>Starts each metric's own state anew.</summary>
    public override void reset_state()
    {
        foreach (var metric in metrics) metric.reset_state();
    }
}
