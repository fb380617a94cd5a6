using KerasPort.Engines;

namespace KerasPort.Graphs.Rewrites;

/// <summary>
/// The sum of the rows of what a formula gives becomes one node that doesn't store what it sums, as a batch's variance and the gradients of a
/// normalization want it. Only of many values, and where nobody else reads them.
/// </summary>
internal sealed class SumsOfMaps : Rewrite
{
    // Reading values again is no slower while they fit into a cache.
    private const int Fewest = 1 << 15;

    public override void Updates(Graph graph, Kernels kernels)
    {
        foreach (var sum in graph.Nodes.OfType<SumRowsNode>().ToArray())
        {
            var x = sum.Inputs[0];
            if (x.Size < Fewest || x.Source is not MapNode map || map.Output != x || map.When != sum.When || !graph.HasOneReader(x)
                || map.SumOfRows(sum.Output) is not { } fused) continue;
            // The node takes the formula's place in the list: nodes before the sum may overwrite what it reads.
            graph.Nodes[graph.Nodes.IndexOf(map)] = fused;
            sum.Output.Source = fused;
            graph.Nodes.Remove(sum);
        }
    }
}
