namespace KerasPort.Metrics;

/// <summary>The largest value of one rate over the thresholds at which another rate reaches a minimum; 0 where it never does.</summary>
public abstract class BestAtThreshold : ConfusionMetric
{
    private const int Most = 1 << 20;

    private readonly float _least;

    private protected BestAtThreshold(double least, string argument, int num_thresholds, int? class_id, string? name)
        : base(name, Even(num_thresholds), isEven: num_thresholds > 1, hasEnds: false)
    {
        if (!(least is >= 0 and <= 1))
            throw new ValueError($"Argument `{argument}` must be in the range [0, 1]. Received: {argument}={PythonText.Str(least)}");
        (_least, this.num_thresholds, this.class_id) = ((float)least, num_thresholds, class_id);
    }

    /// <summary>Thresholds, evenly spread from 0 to 1.</summary>
    public int num_thresholds { get; }

    /// <summary>The output that counts, if one alone does.</summary>
    public int? class_id { get; }

    internal override bool? SmallerIsBetter => false;

    internal override int Results => 1;

    private protected override int? Class => class_id;

    /// <summary>The rate that must reach the minimum, and the rate to maximize.</summary>
    private protected abstract (float Bound, float Wanted) At(Confusion counts);

    /// <inheritdoc/>
    protected internal override double Result(ReadOnlySpan<float> state)
    {
        float best = 0;
        for (int i = 0; i < Count; i++)
            if (At(AtSorted(state, i)) is var (bound, wanted) && bound >= _least) best = Math.Max(best, wanted);
        return best;
    }

    /// <summary>True negatives / all labels of 0.</summary>
    private protected static float Specificity(Confusion counts) => Ratio(counts.TrueNegatives, counts.TrueNegatives + counts.FalsePositives);

    private static double[] Even(int count)
    {
        if (count is <= 0 or > Most)
            throw new ValueError($"Argument `num_thresholds` must be an integer > 0, and {Most} at the most. Received: num_thresholds={count}");
        return count == 1 ? [0.5] : [0, .. Enumerable.Range(1, count - 2).Select(i => i * 1.0 / (count - 1)), 1];
    }
}

/// <summary>The best recall where at least that share of labels of 0 is recognized.</summary>
public sealed class SensitivityAtSpecificity : BestAtThreshold
{
    /// <summary>The best sensitivity.</summary>
    /// <param name="specificity">The share of labels of 0 that must be recognized, from 0 to 1.</param>
    /// <param name="num_thresholds">Thresholds, evenly spread from 0 to 1.</param>
    /// <param name="class_id">The output that counts; all by default.</param>
    /// <param name="name">The name in logs.</param>
    /// <exception cref="ValueError">An argument is out of range.</exception>
    public SensitivityAtSpecificity(double specificity, int num_thresholds = 200, int? class_id = null, string? name = null)
        : base(specificity, nameof(specificity), num_thresholds, class_id, name) => this.specificity = specificity;

    /// <summary>The share of labels of 0 that must be recognized.</summary>
    public double specificity { get; }

    private protected override (float, float) At(Confusion counts) => (Specificity(counts), counts.Recall);
}

/// <summary>The largest share of labels of 0 recognized where recall is at least that.</summary>
public sealed class SpecificityAtSensitivity : BestAtThreshold
{
    /// <summary>The best specificity.</summary>
    /// <param name="sensitivity">The share of labels of 1 that must be recognized, from 0 to 1.</param>
    /// <inheritdoc cref="SensitivityAtSpecificity(double, int, int?, string?)"/>
    public SpecificityAtSensitivity(double sensitivity, int num_thresholds = 200, int? class_id = null, string? name = null)
        : base(sensitivity, nameof(sensitivity), num_thresholds, class_id, name) => this.sensitivity = sensitivity;

    /// <summary>The share of labels of 1 that must be recognized.</summary>
    public double sensitivity { get; }

    private protected override (float, float) At(Confusion counts) => (counts.Recall, Specificity(counts));
}

/// <summary>The best precision where recall is at least that.</summary>
public sealed class PrecisionAtRecall : BestAtThreshold
{
    /// <summary>The best precision.</summary>
    /// <param name="recall">The least recall, from 0 to 1.</param>
    /// <inheritdoc cref="SensitivityAtSpecificity(double, int, int?, string?)"/>
    public PrecisionAtRecall(double recall, int num_thresholds = 200, int? class_id = null, string? name = null)
        : base(recall, nameof(recall), num_thresholds, class_id, name) => this.recall = recall;

    /// <summary>The least recall.</summary>
    public double recall { get; }

    private protected override (float, float) At(Confusion counts) => (counts.Recall, counts.Precision);
}

/// <summary>The best recall where precision is at least that.</summary>
public sealed class RecallAtPrecision : BestAtThreshold
{
    /// <summary>The best recall.</summary>
    /// <param name="precision">The least precision, from 0 to 1.</param>
    /// <inheritdoc cref="SensitivityAtSpecificity(double, int, int?, string?)"/>
    public RecallAtPrecision(double precision, int num_thresholds = 200, int? class_id = null, string? name = null)
        : base(precision, nameof(precision), num_thresholds, class_id, name) => this.precision = precision;

    /// <summary>The least precision.</summary>
    public double precision { get; }

    private protected override (float, float) At(Confusion counts) => (counts.Precision, counts.Recall);
}
