using KerasPort.Graphs;

namespace KerasPort.Losses;

/// <summary>100 · the mean of |(y_true - y_pred) / max(|y_true|, 1e-7)| over the last axis.</summary>
[Alias("mape", "MAPE")]
public sealed class MeanAbsolutePercentageError : Loss
{
    /// <summary>The loss for targets of the outputs' shape. A last axis of 1 may be missing on one side, or count for all columns of the other.</summary>
    /// <inheritdoc cref="Loss(string?, string?)"/>
    public MeanAbsolutePercentageError(string? reduction = "sum_over_batch_size", string name = "mean_absolute_percentage_error") : base(name, reduction) { }

    private protected override bool IsByElement => true;

    /// <inheritdoc/>
    protected internal override Tensor Call(Graph g, Tensor y_true, Tensor y_pred)
    {
        (y_true, y_pred) = SameRank(g, y_true, y_pred);
        var share = g.Divide(g.Subtract(y_true, y_pred), g.Clip(g.Abs(y_true), Epsilon, float.PositiveInfinity));
        return g.Scale(g.MeanOfLast(g.Abs(share)), 100);
    }
}
