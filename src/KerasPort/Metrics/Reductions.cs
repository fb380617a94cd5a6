using KerasPort.Graphs;

namespace KerasPort.Metrics;

/// <summary>The weighted mean of values that the program gives.</summary>
public sealed class Mean : MeanMetric
{
    /// <summary>A running mean.</summary>
    public Mean(string name = "mean") : base(name) { }

    /// <inheritdoc/>
    protected internal override void Check(Shape targets, Shape outputs) => throw OfValues();

    /// <summary>Adds values.</summary>
    /// <param name="values">A number or an array.</param>
    /// <param name="sample_weight">The weights: for an array one per row, or one per value.</param>
    /// <exception cref="ValueError">The weights' shape doesn't fit.</exception>
    public void update_state(NDArray values, NDArray? sample_weight = null) =>
        update_state((Tensor)values, sample_weight is null ? null : (Tensor)sample_weight);

    /// <inheritdoc cref="update_state(NDArray, NDArray?)"/>
    public void update_state(Tensor values, Tensor? sample_weight = null) => UpdateOwn(values, sample_weight, Weighted);
}

/// <summary>The weighted sum of values that the program gives.</summary>
public sealed class Sum : Metric
{
    /// <summary>A running sum.</summary>
    public Sum(string name = "sum") : base(name) { }

    /// <inheritdoc/>
    protected internal override int StateSize => 1;

    /// <inheritdoc/>
    protected internal override void Check(Shape targets, Shape outputs) => throw OfValues();

    /// <inheritdoc/>
    protected internal override void Add(Span<float> state, ReadOnlySpan<float> batch, bool weighted)
    {
        double sum = 0;
        foreach (float value in batch) sum += value;
        state[0] += (float)sum;
    }

    /// <inheritdoc/>
    protected internal override double Result(ReadOnlySpan<float> state) => state[0];

    /// <summary>Adds values.</summary>
    /// <param name="values">A number or an array.</param>
    /// <param name="sample_weight">The weights: for an array one per row, or one per value.</param>
    /// <exception cref="ValueError">The weights' shape doesn't fit.</exception>
    public void update_state(NDArray values, NDArray? sample_weight = null) =>
        update_state((Tensor)values, sample_weight is null ? null : (Tensor)sample_weight);

    /// <inheritdoc cref="update_state(NDArray, NDArray?)"/>
    public void update_state(Tensor values, Tensor? sample_weight = null) =>
        UpdateOwn(values, sample_weight, (g, x, weights) => weights is null ? x : g.Multiply(x, g.WeightsOf(x, weights)));
}

/// <summary>The mean of a function of targets and outputs: a metric of your own.</summary>
public sealed class MeanMetricWrapper : MeanMetric
{
    /// <summary>The mean of a function's values for each sample.</summary>
    /// <exception cref="ValueError">The function is <c>null</c>.</exception>
    public MeanMetricWrapper(Func<Tensor, Tensor, Tensor> fn, string? name = null) : base(fn, name ?? Layers.Names.Unique(typeof(MeanMetricWrapper))) { }
}
