using KerasPort.Graphs;

namespace KerasPort.Losses;

/// <summary>The mean of |y_true - y_pred| over the last axis.</summary>
[Alias("mae", "MAE")]
public sealed class MeanAbsoluteError : Loss
{
    /// <summary>The loss for targets of the outputs' shape. A last axis of 1 may be missing on one side, or count for all columns of the other.</summary>
    /// <inheritdoc cref="Loss(string?, string?)"/>
    public MeanAbsoluteError(string? reduction = "sum_over_batch_size", string name = "mean_absolute_error") : base(name, reduction) { }

    private protected override bool IsByElement => true;

    /// <inheritdoc/>
    protected internal override Tensor Call(Graph g, Tensor y_true, Tensor y_pred)
    {
        (y_true, y_pred) = SameRank(g, y_true, y_pred);
        return g.MeanOfLast(g.Abs(g.Subtract(y_true, y_pred)));
    }
}
