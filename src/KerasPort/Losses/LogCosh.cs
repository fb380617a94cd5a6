using KerasPort.Activations;
using KerasPort.Graphs;

namespace KerasPort.Losses;

/// <summary>The mean of log(cosh(e)) = e + log(1 + e to the -2e) - log 2 over the last axis, for e = y_pred - y_true.</summary>
public sealed class LogCosh : Loss
{
    /// <summary>The loss for targets of the outputs' shape. A last axis of 1 may be missing on one side, or count for all columns of the other.</summary>
    /// <inheritdoc cref="Loss(string?, string?)"/>
    public LogCosh(string? reduction = "sum_over_batch_size", string name = "log_cosh") : base(name, reduction) { }

    private protected override bool IsByElement => true;

    /// <inheritdoc/>
    protected internal override Tensor Call(Graph g, Tensor y_true, Tensor y_pred)
    {
        (y_true, y_pred) = SameRank(g, y_true, y_pred);
        var e = g.Subtract(y_pred, y_true);
        return g.MeanOfLast(g.Shift(g.Add(e, new Softplus().Call(g, g.Scale(e, -2))), -MathF.Log(2)));
    }
}
