using KerasPort.Graphs;

namespace KerasPort.Losses;

/// <summary>The mean of (log(1 + y_true) - log(1 + y_pred))² over the last axis, where values below 1e-7 count as 1e-7.</summary>
[Alias("msle", "MSLE")]
public sealed class MeanSquaredLogarithmicError : Loss
{
    /// <summary>The loss for targets of the outputs' shape. A last axis of 1 may be missing on one side, or count for all columns of the other.</summary>
    /// <inheritdoc cref="Loss(string?, string?)"/>
    public MeanSquaredLogarithmicError(string? reduction = "sum_over_batch_size", string name = "mean_squared_logarithmic_error") : base(name, reduction) { }

    private protected override bool IsByElement => true;

    /// <inheritdoc/>
    protected internal override Tensor Call(Graph g, Tensor y_true, Tensor y_pred)
    {
        (y_true, y_pred) = SameRank(g, y_true, y_pred);
        Tensor Logarithm(Tensor x) => g.Log(g.Shift(g.Clip(x, Epsilon, float.PositiveInfinity), 1));
        return g.MeanOfLast(g.Square(g.Subtract(Logarithm(y_pred), Logarithm(y_true))));
    }
}
