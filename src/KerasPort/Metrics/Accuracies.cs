using KerasPort.Engines.Formulas;
using KerasPort.Graphs;

namespace KerasPort.Metrics;

/// <summary>1 where the largest output (the first of equals) is the label's, else 0.</summary>
public sealed class SparseCategoricalAccuracy : MeanMetric
{
    /// <summary>The accuracy for labels that are class numbers.</summary>
    public SparseCategoricalAccuracy(string name = "sparse_categorical_accuracy") : base(name) { }

    internal override bool? SmallerIsBetter => false;

    /// <inheritdoc/>
    protected internal override void Check(Shape targets, Shape outputs) => RequireClassEach(targets, outputs);

    /// <inheritdoc/>
    protected internal override Tensor Values(Graph g, Tensor y_true, Tensor y_pred) => g.ArgMax(y_pred.Logits ?? y_pred, y_true);
}

/// <summary>1 where the largest output (the first of equals) is where the largest target is, else 0.</summary>
public sealed class CategoricalAccuracy : MeanMetric
{
    /// <summary>The accuracy for one-hot targets.</summary>
    public CategoricalAccuracy(string name = "categorical_accuracy") : base(name) { }

    internal override bool? SmallerIsBetter => false;

    /// <inheritdoc/>
    protected internal override void Check(Shape targets, Shape outputs) => RequireOneHot(targets, outputs);

    /// <inheritdoc/>
    protected internal override Tensor Values(Graph g, Tensor y_true, Tensor y_pred) =>
        g.ArgMax(y_pred.Logits ?? y_pred, g.ArgMax(y_true));
}

/// <summary>1 where the label is 1 and the output lies above the threshold, or the label is 0 and it doesn't; the mean over several outputs.</summary>
public sealed class BinaryAccuracy : MeanMetric
{
    /// <summary>The accuracy for labels of 0 and 1.</summary>
    /// <param name="name">The name in logs.</param>
    /// <param name="threshold">The threshold above which an output counts as 1: 0.5 of probabilities, 0 of logits.</param>
    /// <exception cref="ValueError">The threshold is NaN.</exception>
    public BinaryAccuracy(string name = "binary_accuracy", double threshold = 0.5) : base(name) =>
        this.threshold = double.IsFinite(threshold) ? threshold
            : throw new ValueError($"Invalid value for argument `threshold`. Expected a number. Received: threshold={PythonText.Str(threshold)}");

    /// <summary>The threshold above which an output counts as 1.</summary>
    public double threshold { get; }

    internal override bool? SmallerIsBetter => false;

    /// <inheritdoc/>
    protected internal override void Check(Shape targets, Shape outputs) => RequireOneEachOrColumn(targets, outputs);

    /// <inheritdoc/>
    protected internal override Tensor Values(Graph g, Tensor y_true, Tensor y_pred)
    {
        (y_true, y_pred) = InOneShape(g, y_true, y_pred);
        return g.Map(new ThresholdHit((float)threshold), y_pred, y_true);
    }
}

/// <summary>1 where the output equals the target, else 0; the mean over several outputs.</summary>
public sealed class Accuracy : MeanMetric
{
    /// <summary>The share of outputs that equal their targets.</summary>
    public Accuracy(string name = "accuracy") : base(name) { }

    internal override bool? SmallerIsBetter => false;

    /// <inheritdoc/>
    protected internal override void Check(Shape targets, Shape outputs) => RequireOneEachOrColumn(targets, outputs);

    /// <inheritdoc/>
    protected internal override Tensor Values(Graph g, Tensor y_true, Tensor y_pred)
    {
        (y_true, y_pred) = InOneShape(g, y_true, y_pred);
        return g.Equal(y_pred, y_true);
    }
}

/// <summary>1 where the label agrees with the output: 1 above the threshold, 0 elsewhere.</summary>
internal readonly record struct ThresholdHit(float Threshold) : IBinary
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Of<T, M>(T output, T label) where M : struct, IMath<T>
    {
        T said = M.Select(M.Greater(output, M.Splat(Threshold)), M.Splat(1), M.Splat(0));
        return M.Select(M.Equal(label, said), M.Splat(1), M.Splat(0));
    }
}

/// <summary>
/// "accuracy" before targets are known: as Keras, it becomes binary, sparse categorical or categorical accuracy by the shapes of targets and
/// outputs.
/// </summary>
internal sealed class AccuracyByShapes(string name) : MeanMetric(name)
{
    internal override bool? SmallerIsBetter => false;

    internal override Metric For(Shape targets, Shape outputs) => Of(targets, outputs);

    private MeanMetric Of(Shape targets, Shape outputs) =>
        outputs[^1] == 1 ? new BinaryAccuracy(name)
        : targets.Rank < outputs.Rank || targets[^1] == 1 ? new SparseCategoricalAccuracy(name)
        : new CategoricalAccuracy(name);

    protected internal override void Check(Shape targets, Shape outputs) => Of(targets, outputs).Check(targets, outputs);

    protected internal override Tensor Values(Graph g, Tensor y_true, Tensor y_pred) => Of(y_true.shape, y_pred.shape).Values(g, y_true, y_pred);
}
