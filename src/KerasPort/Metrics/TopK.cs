using KerasPort.Engines.Formulas;
using KerasPort.Graphs;
using KerasPort.Saving;

namespace KerasPort.Metrics;

/// <summary>1 where fewer than k outputs are larger than the label's, else 0; also where one of them isn't finite.</summary>
public sealed class TopKCategoricalAccuracy : MeanMetric
{
    /// <summary>The accuracy for one-hot targets.</summary>
    public TopKCategoricalAccuracy(int k = 5, string name = "top_k_categorical_accuracy") : base(name) => this.k = k;

    /// <summary>The number of largest outputs among which the label counts as found.</summary>
    public int k { get; }

    internal override bool? SmallerIsBetter => false;

    /// <inheritdoc/>
    protected internal override void Check(Shape targets, Shape outputs) => RequireOneHot(targets, outputs);

    /// <inheritdoc/>
    protected internal override Tensor Values(Graph g, Tensor y_true, Tensor y_pred) => g.InTopK(y_pred, g.ArgMax(y_true), k);
}

/// <summary>1 where fewer than k outputs are larger than the label's, else 0; also where one of them isn't finite.</summary>
public sealed class SparseTopKCategoricalAccuracy : MeanMetric
{
    /// <summary>The accuracy for labels that are class numbers.</summary>
    /// <param name="k">The number of largest outputs among which the label counts as found.</param>
    /// <param name="name">The name in logs.</param>
    /// <param name="from_sorted_ids">Whether outputs are class numbers, the likeliest first: then the label must be among the first k.</param>
    public SparseTopKCategoricalAccuracy(int k = 5, string name = "sparse_top_k_categorical_accuracy", bool from_sorted_ids = false) : base(name) =>
        (this.k, this.from_sorted_ids) = (k, from_sorted_ids);

    /// <summary>The number of largest outputs among which the label counts as found.</summary>
    public int k { get; }

    /// <summary>Whether outputs are class numbers, the likeliest first.</summary>
    [OnlyWhenGiven]
    public bool from_sorted_ids { get; }

    internal override bool? SmallerIsBetter => false;

    /// <inheritdoc/>
    protected internal override void Check(Shape targets, Shape outputs) => RequireClassEach(targets, outputs);

    /// <inheritdoc/>
    protected internal override Tensor Values(Graph g, Tensor y_true, Tensor y_pred)
    {
        if (!from_sorted_ids) return g.InTopK(y_pred, y_true, k);
        var first = g.Columns(g.Reshape(y_pred, (y_pred.Rows, y_pred.Columns)), 0, Math.Min(k, y_pred.Columns));
        return g.Reshape(g.Map(default(IsTrue), g.SumColumns(g.Equal(first, g.Reshape(y_true, (y_pred.Rows, 1))))), y_true.shape);
    }
}

/// <summary>1 where the number is below the limit, else 0; also where it is NaN.</summary>
internal readonly record struct IsBelow(float Limit) : IUnary
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Of<T, M>(T x) where M : struct, IMath<T> => M.Select(M.Greater(M.Splat(Limit), x), M.Splat(1), M.Splat(0));
}

/// <summary>x where y is 1, else the other number.</summary>
internal readonly record struct WhereOne(float Other) : IBinary
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Of<T, M>(T x, T y) where M : struct, IMath<T> => M.Select(M.Equal(y, M.Splat(1)), x, M.Splat(Other));
}

/// <summary>x where y is 0, else -∞.</summary>
internal readonly struct UnlessTaken : IBinary
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Of<T, M>(T x, T y) where M : struct, IMath<T> => M.Select(M.Equal(y, M.Splat(0)), x, M.Splat(float.NegativeInfinity));
}
