using KerasPort.Graphs;
using KerasPort.Losses;

namespace KerasPort.Metrics;

/// <summary>The mean of a loss, reported as a metric.</summary>
public abstract class LossMetric : MeanMetric
{
    private readonly Loss _loss;
    private readonly bool _squeezes;

    /// <param name="loss">The loss.</param>
    /// <param name="name">The name in logs.</param>
    /// <param name="squeezes">Whether a last axis of 1 may be missing on one side, or is broadcast to all columns.</param>
    private protected LossMetric(Loss loss, string? name, bool squeezes = true) : base(name) => (_loss, _squeezes) = (loss, squeezes);

    internal override bool? SmallerIsBetter => true;

    /// <inheritdoc/>
    protected internal sealed override void Check(Shape targets, Shape outputs)
    {
        if (!_squeezes && targets.Rank != outputs.Rank) throw Incomparable(targets, outputs, "a target for each output");
        try
        {
            _loss.Check(targets, outputs);
        }
        catch (ValueError e)
        {
            throw Incomparable(targets, outputs, "a target for each output", e);
        }
    }

    /// <inheritdoc/>
    protected internal sealed override Tensor Values(Graph g, Tensor y_true, Tensor y_pred) => _loss.Call(g, y_true, y_pred);

    private protected sealed override Tensor? Mask(Graph g, Tensor y_true, Tensor values) => _loss.Mask(g, y_true, values);
}
