using KerasPort.Graphs;

namespace KerasPort.Losses;

/// <summary>The mean of (y_true - y_pred)² over the last axis.</summary>
[Alias("mse", "MSE")]
public sealed class MeanSquaredError : Loss
{
    /// <summary>The loss for targets of the outputs' shape. A last axis of 1 may be missing on one side, or count for all columns of the other.</summary>
    /// <inheritdoc cref="Loss(string?, string?)"/>
    public MeanSquaredError(string? reduction = "sum_over_batch_size", string name = "mean_squared_error") : base(name, reduction) { }

    private protected override bool IsByElement => true;

    /// <inheritdoc/>
    protected internal override Tensor Call(Graph g, Tensor y_true, Tensor y_pred)
    {
        (y_true, y_pred) = SameRank(g, y_true, y_pred);
        return g.MeanOfLast(g.Square(g.Subtract(y_true, y_pred)));
    }
}
