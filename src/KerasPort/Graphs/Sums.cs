using KerasPort.Engines;
using KerasPort.Engines.Formulas;

namespace KerasPort.Graphs;

public sealed partial class Graph
{
    /// <summary>y[columns] = Σ over the rows of x[…, columns].</summary>
    public Tensor SumRows(Tensor x) => Add(new SumRowsNode(x), x.Columns);

    /// <summary>y[…, 1] = Σ over the last axis of x[…, columns].</summary>
    public Tensor SumColumns(Tensor x) => Add(new SumColumnsNode(x), new Shape([.. x.shape[..^1], 1]));

    /// <summary>y[1] = Σ over all elements of x[…].</summary>
    public Tensor SumAll(Tensor x) => SumColumns(x.Rows == 1 ? Reshape(x, x.Columns) : SumRows(x));

    /// <summary>y[…] = the mean over the last axis of x[…, columns], which is removed.</summary>
    public Tensor MeanColumns(Tensor x) => Reshape(Scale(SumColumns(x), 1f / x.Columns), x.shape[..^1]);

    /// <summary><see cref="MeanColumns"/>, without a computation for a single column.</summary>
    internal Tensor MeanOfLast(Tensor x) => x.Columns == 1 ? Reshape(x, x.shape[..^1]) : MeanColumns(x);

    /// <summary>y = Σ of x over all pieces of the batch: a sum over a piece's rows becomes that over the whole batch.</summary>
    internal Tensor SumOverPieces(Tensor x) => Batch.IsPiece ? Add(new PieceSumNode(x), x.shape) : x;

    /// <summary>The count for the whole batch that corresponds to a count for its piece.</summary>
    internal int InBatch(int count) => Batch.IsPiece ? (int)((long)count * Batch.Of / Batch.Rows) : count;

    /// <summary>y[columns] = the mean over the rows of x[…, columns] of the whole batch.</summary>
    internal Tensor MeanOverBatch(Tensor x) => Scale(SumOverPieces(SumRows(x)), 1f / InBatch(x.Rows));

    /// <summary>y[columns] = the mean over the rows of x[…, columns].</summary>
    public Tensor MeanRows(Tensor x) => Scale(SumRows(x), 1f / x.Rows);

    /// <summary>y = x, without a gradient.</summary>
    internal Tensor Constantly(Tensor x)
    {
        var y = Add(new MapNode<Unary<Identity>>(new(default), null, x), x.shape);
        y.NeedsGradient = false;
        return y;
    }

    /// <summary>Repeats a single row or column of x to a shape.</summary>
    internal Tensor Spread(Tensor x, Shape shape) => x.shape == shape ? x : Add(new MapNode<Unary<Identity>>(new(default), (_, _, dy) => [dy], x), shape);
}

/// <summary>y[columns] = Σ over the rows of x[rows, columns].</summary>
internal sealed class SumRowsNode(Tensor x) : Node(x)
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Run(Kernels kernels) => kernels.SumRows(x.Rows, x.Columns, x.Buffer, Output.Buffer);

    public override Tensor?[] Gradients(Graph g, Tensor dy) => [g.Spread(dy, x.shape)];
}

/// <summary>y = Σ x over the pieces of a batch. It has no kernel: the executor adds up the pieces between the nodes before and behind.</summary>
internal sealed class PieceSumNode(Tensor x) : Node(x)
{
    public override void Run(Kernels kernels) => throw new InvalidOperationException("The executor adds pieces up.");

    public override Tensor?[] Gradients(Graph g, Tensor dy) => [g.SumOverPieces(dy)];
}

/// <summary>y[rows] = Σ over the columns of x[rows, columns].</summary>
internal sealed class SumColumnsNode(Tensor x) : Node(x)
{
    public override void Run(Kernels kernels) => kernels.SumColumns(x.Rows, x.Columns, x.Buffer, Output.Buffer);

    public override Tensor?[] Gradients(Graph g, Tensor dy) => [g.Spread(dy, x.shape)];
}

/// <summary>y = x.</summary>
internal readonly struct Identity : IUnary
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Of<T, M>(T x) where M : struct, IMath<T> => x;
}
