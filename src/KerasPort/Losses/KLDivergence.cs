using KerasPort.Engines.Formulas;
using KerasPort.Graphs;

namespace KerasPort.Losses;

/// <summary>Σ of y_true · log(y_true / y_pred) over the last axis, both clipped to [1e-7, 1]: how far outputs are from a distribution.</summary>
[Alias("kld", "KLD")]
public sealed class KLDivergence : Loss
{
    /// <summary>The loss for targets of the outputs' shape. A last axis of 1 may be missing on one side, or count for all columns of the other.</summary>
    /// <inheritdoc cref="Loss(string?, string?)"/>
    public KLDivergence(string? reduction = "sum_over_batch_size", string name = "kl_divergence") : base(name, reduction) { }

    private protected override bool IsByElement => true;

    /// <inheritdoc/>
    protected internal override Tensor Call(Graph g, Tensor y_true, Tensor y_pred)
    {
        (y_true, y_pred) = SameRank(g, y_true, y_pred);
        var (t, p) = (g.Clip(y_true, Epsilon, 1), g.Clip(y_pred, Epsilon, 1));
        return g.Sum(g.Multiply(t, g.Log(g.Divide(t, p))), [-1]);
    }
}
