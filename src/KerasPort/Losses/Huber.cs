using KerasPort.Engines.Formulas;
using KerasPort.Graphs;
using KerasPort.Saving;

namespace KerasPort.Losses;

/// <summary>The mean over the last axis of e² / 2 where |e| ≤ delta, else delta·|e| - delta² / 2, for e = y_pred - y_true.</summary>
public sealed class Huber : Loss
{
    /// <summary>The loss for targets of the outputs' shape. A last axis of 1 may be missing on one side, or count for all columns of the other.</summary>
    /// <param name="delta">The largest error that is squared; the loss is linear beyond.</param>
    /// <inheritdoc cref="Loss(string?, string?)"/>
    public Huber(double delta = 1.0, string? reduction = "sum_over_batch_size", string name = "huber_loss") : base(name, reduction) => this.delta = delta;

    /// <summary>The threshold of |e| where the square ends. Keras doesn't write it to files, but reads it; here it is written unless it is 1.</summary>
    [OnlyWhenGiven]
    public double delta { get; }

    private protected override bool IsByElement => true;

    /// <inheritdoc/>
    protected internal override Tensor Call(Graph g, Tensor y_true, Tensor y_pred)
    {
        (y_true, y_pred) = SameRank(g, y_true, y_pred);
        return g.MeanOfLast(g.MapByInput(new HuberFormula((float)delta), new HuberGradient((float)delta), g.Subtract(y_pred, y_true)));
    }
}

/// <summary>e² / 2 where |e| ≤ delta, else delta·|e| - delta² / 2.</summary>
internal readonly record struct HuberFormula(float Delta) : IUnary
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Of<T, M>(T e) where M : struct, IMath<T>
    {
        T size = M.Abs(e), delta = M.Splat(Delta), half = M.Splat(0.5f);
        T far = M.Subtract(M.Multiply(delta, size), M.Multiply(half, M.Multiply(delta, delta)));
        return M.Select(M.Greater(size, delta), far, M.Multiply(half, M.Multiply(e, e)));
    }
}

/// <summary>dx = dy·e where |e| ≤ delta, else dy·delta with e's sign.</summary>
internal readonly record struct HuberGradient(float Delta) : IBinary
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Of<T, M>(T e, T dy) where M : struct, IMath<T> =>
        M.Multiply(dy, M.Select(M.Greater(M.Abs(e), M.Splat(Delta)), M.CopySign(M.Splat(Delta), e), e));
}
