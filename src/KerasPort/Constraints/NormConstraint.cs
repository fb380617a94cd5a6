using KerasPort.Graphs;

namespace KerasPort.Constraints;

/// <summary>A constraint of norms, √Σw² over some of a weight's axes: of a dense kernel over axis 0, of a convolution's filters over [0, 1, 2].</summary>
public abstract class NormConstraint : Constraint
{
    private protected NormConstraint(Axes? axis) => this.axis = axis ?? 0;

    /// <summary>The axes that norms are over.</summary>
    public Axes axis { get; }

    /// <inheritdoc/>
    protected internal sealed override Tensor Call(Graph g, Tensor w)
    {
        int[] over = axis.Of(w.shape);
        int rank = w.shape.Rank, size = over.Aggregate(1, (product, d) => product * w.shape[d]!.Value);
        if (over.Length == 0) return Bound(g, w, g.Square(w));
        // The first axes or the last ones are the rows or the columns of a matrix, whose sums and products are the fastest.
        if (over[^1] == over.Length - 1)
        {
            var rows = g.Reshape(w, new Shape(size, w.Size / size));
            return g.Reshape(Bound(g, rows, g.SumRows(g.Square(rows))), w.shape);
        }
        if (over[0] == rank - over.Length)
        {
            var columns = g.Reshape(w, new Shape(w.Size / size, size));
            return g.Reshape(Bound(g, columns, g.SumColumns(g.Square(columns))), w.shape);
        }
        return Bound(g, w, g.Sum(g.Square(w), over, keepdims: true));
    }

    /// <summary>What becomes of w with those sums of squares.</summary>
    private protected abstract Tensor Bound(Graph g, Tensor w, Tensor squares);
}
