using KerasPort.Engines;

namespace KerasPort.Graphs.Rewrites;

/// <summary>
/// A change of a plan's list that an engine asks for because it is faster. The results stay the same, except for the rounding of sums that a fused
/// kernel takes in another order. A value that other nodes or the caller read is never fused away.
/// </summary>
internal abstract class Rewrite
{
    /// <summary>Changes the list before gradients are added.</summary>
    public virtual void Forward(Graph graph, FusedKernels kernels) { }

    /// <summary>Changes the list once it has gradients and updates.</summary>
    public virtual void Updates(Graph graph, Kernels kernels) { }
}
