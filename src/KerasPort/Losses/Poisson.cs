using KerasPort.Graphs;

namespace KerasPort.Losses;

/// <summary>The mean of y_pred - y_true · log(y_pred + 1e-7) over the last axis, for counts as targets and their expected values as outputs.</summary>
public sealed class Poisson : Loss
{
    /// <summary>The loss for targets of the outputs' shape. A last axis of 1 may be missing on one side, or count for all columns of the other.</summary>
    /// <inheritdoc cref="Loss(string?, string?)"/>
    public Poisson(string? reduction = "sum_over_batch_size", string name = "poisson") : base(name, reduction) { }

    private protected override bool IsByElement => true;

    /// <inheritdoc/>
    protected internal override Tensor Call(Graph g, Tensor y_true, Tensor y_pred)
    {
        (y_true, y_pred) = SameRank(g, y_true, y_pred);
        return g.MeanOfLast(g.Subtract(y_pred, g.Multiply(y_true, g.Log(g.Shift(y_pred, Epsilon)))));
    }
}
