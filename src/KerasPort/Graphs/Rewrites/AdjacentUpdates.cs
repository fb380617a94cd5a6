using KerasPort.Engines;

namespace KerasPort.Graphs.Rewrites;

/// <summary>Merges the optimizer's steps on variables that are adjacent in memory.</summary>
internal sealed class AdjacentUpdates : Rewrite
{
    public override void Updates(Graph graph, Kernels kernels)
    {
        for (int i = 1; i < graph.Nodes.Count; i++)
        {
            if (graph.Nodes[i - 1] is not UpdateNode first || graph.Nodes[i] is not UpdateNode second || first.With(second) is not { } both) continue;
            graph.Nodes[i - 1] = both;
            graph.Nodes.RemoveAt(i--);
        }
    }
}
