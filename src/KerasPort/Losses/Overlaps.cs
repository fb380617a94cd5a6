using KerasPort.Graphs;

namespace KerasPort.Losses;

/// <summary>1 - 2·Σ y_true·y_pred / (Σ y_true + Σ y_pred + 1e-7): how little masks overlap, over all of a batch or over some axes.</summary>
public sealed class Dice : Loss
{
    /// <summary>The loss for targets of the outputs' shape.</summary>
    /// <inheritdoc cref="Loss(string?, string?)"/>
    /// <param name="axis">The axes of the sums; all, the batch too, by default.</param>
    /// <exception cref="ValueError">There is no such reduction.</exception>
    public Dice(string? reduction = "sum_over_batch_size", string name = "dice", Axes? axis = null) : base(name, reduction) => this.axis = axis;

    /// <summary>The axes of the sums.</summary>
    public Axes? axis { get; }

    /// <inheritdoc/>
    protected internal override void Check(Shape targets, Shape outputs) => RequireSameElements(targets, outputs);

    /// <inheritdoc/>
    protected internal override Tensor Call(Graph g, Tensor y_true, Tensor y_pred)
    {
        (y_true, y_pred) = SameRank(g, y_true, y_pred);
        var both = g.Scale(g.Sum(g.Multiply(y_true, y_pred), axis), 2);
        var all = g.Shift(g.Add(g.Sum(y_true, axis), g.Sum(y_pred, axis)), Epsilon);
        return g.Shift(g.Scale(g.Divide(both, all), -1), 1);
    }
}

/// <summary>
/// 1 - Σ y_true·y_pred / (Σ y_true·y_pred + alpha·Σ y_true·(1 - y_pred) + beta·Σ (1 - y_true)·y_pred + 1e-7): the overlap of masks in which
/// misses and false alarms count apart.
/// Source: Salehi et al., Tversky loss function for image segmentation (2017).
/// </summary>
public sealed class Tversky : Loss
{
    /// <summary>The loss for targets of the outputs' shape.</summary>
    /// <param name="alpha">The weight of misses.</param>
    /// <param name="beta">The weight of false alarms.</param>
    /// <inheritdoc cref="Loss(string?, string?)"/>
    /// <param name="axis">The axes of the sums; all, the batch too, by default.</param>
    /// <exception cref="ValueError">There is no such reduction.</exception>
    public Tversky(double alpha = 0.5, double beta = 0.5, string? reduction = "sum_over_batch_size", string name = "tversky", Axes? axis = null)
        : base(name, reduction) => (this.alpha, this.beta, this.axis) = (alpha, beta, axis);

    /// <summary>The weight of misses.</summary>
    public double alpha { get; }

    /// <summary>The weight of false alarms.</summary>
    public double beta { get; }

    /// <summary>The axes of the sums.</summary>
    public Axes? axis { get; }

    /// <inheritdoc/>
    protected internal override void Check(Shape targets, Shape outputs) => RequireSameElements(targets, outputs);

    /// <inheritdoc/>
    protected internal override Tensor Call(Graph g, Tensor y_true, Tensor y_pred)
    {
        (y_true, y_pred) = SameRank(g, y_true, y_pred);
        Tensor Not(Tensor x) => g.Shift(g.Scale(x, -1), 1);
        var both = g.Sum(g.Multiply(y_true, y_pred), axis);
        var missed = g.Scale(g.Sum(g.Multiply(Not(y_pred), y_true), axis), (float)alpha);
        var alarms = g.Scale(g.Sum(g.Multiply(y_pred, Not(y_true)), axis), (float)beta);
        return Not(g.Divide(both, g.Shift(g.Add(g.Add(both, missed), alarms), Epsilon)));
    }
}
