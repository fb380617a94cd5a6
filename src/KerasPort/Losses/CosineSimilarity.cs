using KerasPort.Graphs;

namespace KerasPort.Losses;

/// <summary>
/// Minus the cosine of the angle between targets and outputs, vectors along an axis: -1 where they point the same way, 1 where they point apart,
/// 0 where one of them is 0.
/// </summary>
public sealed class CosineSimilarity : Loss
{
    /// <summary>The loss for targets of the outputs' shape. A last axis of 1 may be missing on one side, or count for all columns of the other.</summary>
    /// <param name="axis">The axis of the vectors.</param>
    /// <inheritdoc cref="Loss(string?, string?)"/>
    public CosineSimilarity(int axis = -1, string? reduction = "sum_over_batch_size", string name = "cosine_similarity") : base(name, reduction) =>
        this.axis = axis;

    /// <summary>The axis of the vectors.</summary>
    [Saving.OnlyWhenGiven]
    public int axis { get; }

    /// <inheritdoc/>
    protected internal override void Check(Shape targets, Shape outputs) => RequireSameElements(targets, outputs);

    /// <inheritdoc/>
    protected internal override Tensor Call(Graph g, Tensor y_true, Tensor y_pred) => g.Scale(Cosine(g, y_true, y_pred, axis), -1);

    /// <summary>The cosine of the angle between vectors along an axis.</summary>
    internal static Tensor Cosine(Graph g, Tensor y_true, Tensor y_pred, int axis)
    {
        (y_true, y_pred) = SameRank(g, y_true, y_pred);
        return g.Sum(g.Multiply(g.UnitLength(y_true, axis, Epsilon), g.UnitLength(y_pred, axis, Epsilon)), [axis]);
    }
}
