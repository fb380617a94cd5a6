using KerasPort.Graphs;

namespace KerasPort.Constraints;

/// <summary>A constraint of norms, √Σw² over some of a weight's axes: axis 0 for a dense kernel, [0, 1, 2] for each filter of a convolution.</summary>
public abstract class NormConstraint : Constraint
{
    private protected NormConstraint(Axes? axis) => this.axis = axis ?? 0;

    /// <summary>The axes over which norms are computed.</summary>
    public Axes axis { get; }

    /// <inheritdoc/>
    protected internal sealed override Tensor Call(Graph g, Tensor w) => Bound(g, w, g.Sum(g.Square(w), axis, keepdims: true));

    /// <summary>The new value of w, from sums of squares over the axes.</summary>
    private protected abstract Tensor Bound(Graph g, Tensor w, Tensor squares);
}
