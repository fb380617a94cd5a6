using KerasPort.Engines.Formulas;
using KerasPort.Graphs;

namespace KerasPort.Losses;

/// <summary>The shortfall of outputs from a margin of 1 on their label's side of 0. Labels are -1 and 1; a batch with only 0 and 1 is converted.</summary>
public abstract class MarginLoss : Loss
{
    private protected MarginLoss(string? reduction, string name) : base(name, reduction) { }

    private protected sealed override bool IsByElement => true;

    /// <summary>max(1 - y_true · y_pred, 0).</summary>
    private protected static Tensor Short(Graph g, Tensor y_true, Tensor y_pred)
    {
        (y_true, y_pred) = SameRank(g, y_true, y_pred);
        var labels = g.Map(default(Sided), y_true, g.SumAll(g.Map(default(IsNoBit), y_true)));
        return AtLeastZero(g, g.Shift(g.Scale(g.Multiply(labels, y_pred), -1), 1));
    }

    /// <summary>x, or 0 where it is less; at 0 the gradient comes through.</summary>
    internal static Tensor AtLeastZero(Graph g, Tensor x) => g.Clip(x, 0, float.PositiveInfinity);
}

/// <summary>The mean of max(1 - y_true · y_pred, 0) over the last axis, for labels of -1 and 1; a batch all of 0 and 1 counts as such.</summary>
public sealed class Hinge : MarginLoss
{
    /// <summary>The loss for targets of the outputs' shape. A last axis of 1 may be missing on one side, or count for all columns of the other.</summary>
    /// <inheritdoc cref="Loss(string?, string?)"/>
    public Hinge(string? reduction = "sum_over_batch_size", string name = "hinge") : base(reduction, name) { }

    /// <inheritdoc/>
    protected internal override Tensor Call(Graph g, Tensor y_true, Tensor y_pred) => g.MeanOfLast(Short(g, y_true, y_pred));
}

/// <summary>The mean of max(1 - y_true · y_pred, 0)² over the last axis, for labels of -1 and 1; a batch all of 0 and 1 counts as such.</summary>
public sealed class SquaredHinge : MarginLoss
{
    /// <summary>The loss for targets of the outputs' shape. A last axis of 1 may be missing on one side, or count for all columns of the other.</summary>
    /// <inheritdoc cref="Loss(string?, string?)"/>
    public SquaredHinge(string? reduction = "sum_over_batch_size", string name = "squared_hinge") : base(reduction, name) { }

    /// <inheritdoc/>
    protected internal override Tensor Call(Graph g, Tensor y_true, Tensor y_pred) => g.MeanOfLast(g.Square(Short(g, y_true, y_pred)));
}

/// <summary>
/// max(1 + the largest of (1 - y_true) · y_pred - Σ of y_true · y_pred, 0) over the last axis: by how much the class's output is less than 1
/// above the largest of the others.
/// </summary>
public sealed class CategoricalHinge : Loss
{
    /// <summary>The loss for targets of the outputs' shape, 1 at the class and 0 elsewhere.</summary>
    /// <inheritdoc cref="Loss(string?, string?)"/>
    public CategoricalHinge(string? reduction = "sum_over_batch_size", string name = "categorical_hinge") : base(name, reduction) { }

    private protected override bool IsByElement => true;

    /// <inheritdoc/>
    protected internal override Tensor Call(Graph g, Tensor y_true, Tensor y_pred)
    {
        (y_true, y_pred) = SameRank(g, y_true, y_pred);
        Tensor of = g.Sum(g.Multiply(y_true, y_pred), [-1]), others = g.Max(g.Multiply(g.Shift(g.Scale(y_true, -1), 1), y_pred), [-1]);
        return MarginLoss.AtLeastZero(g, g.Shift(g.Subtract(others, of), 1));
    }
}

/// <summary>1 where a label is neither 0 nor 1, else 0.</summary>
internal readonly struct IsNoBit : IUnary
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Of<T, M>(T label) where M : struct, IMath<T> =>
        M.Select(M.Equal(label, M.Splat(0)), M.Splat(0), M.Select(M.Equal(label, M.Splat(1)), M.Splat(0), M.Splat(1)));
}

/// <summary>2 · label - 1 where all labels of the batch are 0 or 1, else the label.</summary>
internal readonly struct Sided : IBinary
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Of<T, M>(T label, T others) where M : struct, IMath<T> =>
        M.Select(M.Equal(others, M.Splat(0)), M.Subtract(M.Multiply(M.Splat(2), label), M.Splat(1)), label);
}
