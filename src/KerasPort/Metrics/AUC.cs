using KerasPort.Activations;
using KerasPort.Graphs;
using KerasPort.Saving;

namespace KerasPort.Metrics;

/// <summary>The area under the ROC or precision-recall curve of a binary classifier, from counts at thresholds from 0 to 1.</summary>
/// <remarks>Source of the interpolation of the PR curve: Davis and Goadrich, The relationship between precision-recall and ROC curves (2006).</remarks>
public sealed class AUC : ConfusionMetric
{
    private const double Epsilon = 1e-7;

    private const int Most = 1 << 20;

    private int _labels;

    /// <summary>An area under a curve.</summary>
    /// <param name="num_thresholds">Thresholds, evenly spread; 2 or more.</param>
    /// <param name="curve">"ROC": recall over the false positive rate; "PR": precision over recall; "PRGAIN": the gains of both.</param>
    /// <param name="summation_method">"interpolation", "minoring" or "majoring": how the height between two thresholds is taken.</param>
    /// <param name="name">The name in logs.</param>
    /// <param name="thresholds">Thresholds between 0 and 1 of your own; 0 and 1 are added.</param>
    /// <param name="multi_label">Whether each column of outputs is a label with an area of its own: then the result is their mean.</param>
    /// <param name="num_labels">The number of labels; by default as many as outputs.</param>
    /// <param name="label_weights">The weight of each label in that mean, or in the counts where all are counted together.</param>
    /// <param name="from_logits">Whether outputs are logits, of which the sigmoid is taken first.</param>
    /// <exception cref="ValueError">An argument is out of range.</exception>
    public AUC(int num_thresholds = 200, string curve = "ROC", string summation_method = "interpolation", string? name = null, Thresholds? thresholds = null,
        bool multi_label = false, int? num_labels = null, double[]? label_weights = null, bool from_logits = false)
        : base(name, All(num_thresholds, thresholds), thresholds is null || AreEven([0, .. thresholds.Values.Order(), 1]), hasEnds: true)
    {
        (this.num_thresholds, this.from_logits) = (Count, from_logits);
        this.curve = curve is "ROC" or "roc" or "PR" or "pr" or "PRGAIN" or "prgain" ? curve.ToUpperInvariant()
            : throw new ValueError($"Invalid AUC curve value: \"{curve}\". Expected values are [\"PR\", \"ROC\", \"PRGAIN\"]");
        this.summation_method = summation_method is "interpolation" or "Interpolation" or "minoring" or "Minoring" or "majoring" or "Majoring"
            ? summation_method.ToLowerInvariant()
            : throw new ValueError($"Invalid AUC summation method value: \"{summation_method}\". "
                + "Expected values are [\"interpolation\", \"majoring\", \"minoring\"]");
        if (num_labels is not null && !multi_label) throw new ValueError("`num_labels` is needed only when `multi_label` is True.");
        if (num_labels is < 1) throw new ValueError($"`num_labels` must be a positive integer. Received: num_labels={num_labels}");
        (this.multi_label, this.num_labels, this.label_weights, _labels) = (multi_label, num_labels, label_weights, num_labels ?? 1);
        this.thresholds = thresholds is null ? null : Thresholds.Create([.. thresholds.Values.Order()]);
    }

    /// <summary>The number of thresholds, with both ends.</summary>
    public int num_thresholds { get; }

    /// <summary>"ROC", "PR" or "PRGAIN".</summary>
    public string curve { get; }

    /// <summary>"interpolation", "minoring" or "majoring".</summary>
    public string summation_method { get; }

    /// <summary>The thresholds that were given, in their order of size, if any were.</summary>
    [OnlyWhenGiven]
    public Thresholds? thresholds { get; }

    /// <summary>Whether each column of outputs is a label with an area of its own.</summary>
    public bool multi_label { get; }

    /// <summary>The number of labels, if given.</summary>
    public int? num_labels { get; }

    /// <summary>The weight of each label.</summary>
    public double[]? label_weights { get; }

    /// <summary>Whether outputs are logits.</summary>
    public bool from_logits { get; }

    internal override bool? SmallerIsBetter => false;

    internal override int Results => 1;

    private protected override Tensor Probabilities(Graph g, Tensor outputs) => from_logits ? new Sigmoid().Call(g, outputs) : outputs;

    private protected override int Labels => _labels;

    private protected override double[]? ColumnWeights => label_weights;

    /// <inheritdoc/>
    protected internal override void Check(Shape targets, Shape outputs)
    {
        base.Check(targets, outputs);
        if (multi_label && outputs.Rank != 2)
            throw new ValueError($"`y_pred` must have rank 2 when `multi_label=True`. Found rank {outputs.Rank}. Full shape received for `y_pred`: {outputs}");
        if (multi_label && (num_labels ?? outputs[^1]) != outputs[^1]) throw Incomparable(targets, outputs, $"num_labels={num_labels} outputs a row");
        if (label_weights is { } weights && weights.Length != outputs[^1])
            throw Incomparable(targets, outputs, $"an output for each of label_weights={PythonText.Str(weights)}");
        if (multi_label) _labels = outputs[^1]!.Value;
    }

    /// <inheritdoc/>
    protected internal override double Result(ReadOnlySpan<float> state)
    {
        if (!multi_label) return AreaOf(state);
        float sum = 0, counted = 0;
        for (int label = 0; label < _labels; label++)
        {
            float weight = (float)(label_weights?[label] ?? 1);
            (sum, counted) = (sum + weight * AreaOf(StateOf(state, label)), counted + weight);
        }
        return Ratio(sum, counted);
    }

    private float AreaOf(ReadOnlySpan<float> state)
    {
        float area = 0;
        bool interpolates = summation_method == "interpolation";
        for (int i = 0; i + 1 < Count; i++)
        {
            var (low, high) = (AtSorted(state, i), AtSorted(state, i + 1));
            if (interpolates && curve == "PR")
            {
                area += BetweenPrecisions(low, high);
                continue;
            }
            var ((x, y), (nextX, nextY)) = (Point(low), Point(high));
            float height = interpolates ? (y + nextY) / 2 : summation_method == "minoring" ? Math.Min(y, nextY) : Math.Max(y, nextY);
            area += (x - nextX) * height;
        }
        return area;
    }

    private static double[] All(int count, Thresholds? given)
    {
        if (given is not null) return [-Epsilon, .. given.Values.Order(), 1 + Epsilon];
        if (count is <= 1 or > Most)
            throw new ValueError($"Argument `num_thresholds` must be an integer > 1, and {Most} at the most. Received: num_thresholds={count}");
        return [-Epsilon, .. Enumerable.Range(1, count - 2).Select(i => i * 1.0 / (count - 1)), 1 + Epsilon];
    }

    /// <summary>The curve's point at a threshold.</summary>
    private (float X, float Y) Point(Confusion at)
    {
        if (curve == "ROC") return (Ratio(at.FalsePositives, at.FalsePositives + at.TrueNegatives), at.Recall);
        if (curve == "PR") return (at.Recall, at.Precision);
        if (at.TruePositives == 0) return (0, 1);
        float scale = Ratio(at.TruePositives + at.FalseNegatives, at.TrueNegatives + at.FalsePositives);
        return (Math.Max(1 - scale * Ratio(at.FalseNegatives, at.TruePositives), 0), 1 - scale * Ratio(at.FalsePositives, at.TruePositives));
    }

    /// <summary>The PR area between two thresholds, with true positives interpolated linearly in positives: the integral of precision over recall.</summary>
    private static float BetweenPrecisions(Confusion low, Confusion high)
    {
        float positives = low.TruePositives + low.FalsePositives, next = high.TruePositives + high.FalsePositives;
        float hits = low.TruePositives - high.TruePositives, slope = Ratio(hits, Math.Max(positives - next, 0));
        float intercept = high.TruePositives - slope * next;
        float ratio = positives > 0 && next > 0 ? positives / next : 1;
        return Ratio(slope * (hits + intercept * MathF.Log(ratio)), Math.Max(high.TruePositives + high.FalseNegatives, 0));
    }
}
