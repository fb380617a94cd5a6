namespace KerasPort.Metrics;

/// <summary>A number computed from the confusion counts at each threshold, such as precision.</summary>
public abstract class CountMetric : ConfusionMetric
{
    private protected CountMetric(Thresholds? thresholds, string? name, double otherwise = 0.5)
        : base(name, thresholds?.Values ?? [otherwise], AreEven(thresholds?.Values), hasEnds: false) => this.thresholds = thresholds;

    /// <summary>The threshold above which an output counts as 1; <c>null</c> is 0.5.</summary>
    public Thresholds? thresholds { get; }

    private protected abstract float Of(Confusion counts);

    /// <inheritdoc/>
    protected internal sealed override double Result(ReadOnlySpan<float> state) => Of(At(state, 0));

    internal sealed override NDArray ResultOf(ReadOnlySpan<float> state)
    {
        if (Count == 1) return base.ResultOf(state);
        var all = new float[Count];
        for (int i = 0; i < Count; i++) all[i] = Of(At(state, i));
        return new NDArray(all);
    }
}

/// <summary>Labels of 1 with an output above the threshold.</summary>
public sealed class TruePositives : CountMetric
{
    /// <summary>The count at these thresholds.</summary>
    public TruePositives(Thresholds? thresholds = null, string? name = null) : base(thresholds, name) { }

    private protected override float Of(Confusion counts) => counts.TruePositives;
}

/// <summary>Labels of 0 with an output above the threshold.</summary>
public sealed class FalsePositives : CountMetric
{
    /// <summary>The count at these thresholds.</summary>
    public FalsePositives(Thresholds? thresholds = null, string? name = null) : base(thresholds, name) { }

    private protected override float Of(Confusion counts) => counts.FalsePositives;
}

/// <summary>Labels of 0 with an output not above the threshold.</summary>
public sealed class TrueNegatives : CountMetric
{
    /// <summary>The count at these thresholds.</summary>
    public TrueNegatives(Thresholds? thresholds = null, string? name = null) : base(thresholds, name) { }

    private protected override float Of(Confusion counts) => counts.TrueNegatives;
}

/// <summary>Labels of 1 with an output not above the threshold.</summary>
public sealed class FalseNegatives : CountMetric
{
    /// <summary>The count at these thresholds.</summary>
    public FalseNegatives(Thresholds? thresholds = null, string? name = null) : base(thresholds, name) { }

    private protected override float Of(Confusion counts) => counts.FalseNegatives;
}

/// <summary>True positives / outputs above the threshold; 0 where none is above it.</summary>
public sealed class Precision : CountMetric
{
    /// <summary>The share at these thresholds.</summary>
    /// <param name="thresholds">The threshold above which an output counts as 1; 0.5 by default, and with <paramref name="top_k"/> nothing.</param>
    /// <param name="top_k">The number of the largest outputs of each row that may count as 1; all by default.</param>
    /// <param name="class_id">The class whose outputs and targets alone count; all by default.</param>
    /// <param name="name">The name in logs.</param>
    public Precision(Thresholds? thresholds = null, int? top_k = null, int? class_id = null, string? name = null)
        : base(thresholds, name, top_k is null ? 0.5 : Never) => (this.top_k, this.class_id) = (top_k, class_id);

    /// <summary>The number of the largest outputs of each row that may count as 1.</summary>
    public int? top_k { get; }

    /// <summary>The class whose outputs and targets alone count.</summary>
    public int? class_id { get; }

    internal override bool? SmallerIsBetter => false;

    private protected override int? Class => class_id;

    private protected override int? MostSaid => top_k;

    private protected override float Of(Confusion counts) => counts.Precision;
}

/// <summary>True positives / labels of 1; 0 where there are none.</summary>
public sealed class Recall : CountMetric
{
    /// <summary>The share at these thresholds.</summary>
    /// <inheritdoc cref="Precision(Thresholds?, int?, int?, string?)"/>
    public Recall(Thresholds? thresholds = null, int? top_k = null, int? class_id = null, string? name = null)
        : base(thresholds, name, top_k is null ? 0.5 : Never) => (this.top_k, this.class_id) = (top_k, class_id);

    /// <summary>The number of the largest outputs of each row that may count as 1.</summary>
    public int? top_k { get; }

    /// <summary>The class whose outputs and targets alone count.</summary>
    public int? class_id { get; }

    internal override bool? SmallerIsBetter => false;

    private protected override int? Class => class_id;

    private protected override int? MostSaid => top_k;

    private protected override float Of(Confusion counts) => counts.Recall;
}
