using KerasPort.Graphs;

namespace KerasPort.Constraints;

/// <summary>A constraint of norms, √Σw² over some of a weight's axes: of a dense kernel over axis 0, of a convolution's filters over [0, 1, 2].</summary>
public abstract class NormConstraint : Constraint
{
    private protected NormConstraint(Axes? axis) => this.axis = axis ?? 0;

    /// <summary>The axes that norms are over.</summary>
    public Axes axis { get; }

    /// <inheritdoc/>
    protected internal sealed override Tensor Call(Graph g, Tensor w) => Bound(g, w, g.Sum(g.Square(w), axis, keepdims: true));

    /// <summary>What becomes of w with those sums of squares.</summary>
    private protected abstract Tensor Bound(Graph g, Tensor w, Tensor squares);
}
