using KerasPort.Engines;

namespace KerasPort.Graphs.Rewrites;

/// <summary>
/// A change of a plan's list that an engine asks for because it is faster: what the list computes stays, but for the rounding of sums that a
/// fused kernel takes in another order. It leaves alone whatever somebody else wants a value of that it would not store.
/// </summary>
internal abstract class Rewrite
{
    /// <summary>Changes the list before gradients are added to it.</summary>
    public virtual void Forward(Graph graph, FusedKernels kernels) { }

    /// <summary>Changes the list with its gradients and updates.</summary>
    public virtual void Updates(Graph graph, Kernels kernels) { }
}
