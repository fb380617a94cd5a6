using KerasPort.Engines;

namespace KerasPort.Graphs.Rewrites;

/// <summary>Merges all gradients of a dense layer into one node, for an engine that has fewer, larger kernels for them.</summary>
internal sealed class DenseGradientsAtOnce : Rewrite
{
    public override void Forward(Graph graph, FusedKernels kernels)
    {
        foreach (var dense in graph.Nodes.OfType<DenseNode>()) dense.HasGradientsAtOnce = true;
    }
}
