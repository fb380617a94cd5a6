using KerasPort.Engines;

namespace KerasPort.Graphs.Rewrites;

/// <summary>
/// Fuses a formula with the sum of its rows into one node, for a batch's variance and the gradients of a normalization. If nothing else reads the
/// summands, the node doesn't store them, and sums its first input's rows as well where the plan has that sum too. Only for many values.
/// </summary>
internal sealed class SumsOfMaps : Rewrite
{
    // Below that number the values fit into a cache, so that reading them again is no slower.
    internal const int Fewest = 1 << 15;

    public override void Updates(Graph graph, Kernels kernels)
    {
        foreach (var sum in graph.Nodes.OfType<SumRowsNode>().ToArray())
        {
            var x = sum.Inputs[0];
            if (x.Size < Fewest || !graph.Nodes.Contains(sum) || x.Source is not MapNode map || map.Output != x || map.When != sum.When) continue;
            // The node takes the formula's place in the list: nodes before the sum may overwrite what it reads.
            int at = graph.Nodes.IndexOf(map);
            if (!graph.HasOneReader(x))
            {
                if (map.RowSums is not null) continue;
                map.RowSums = sum.Output;
                sum.Output.Source = map;
                graph.Nodes.Remove(sum);
                continue;
            }
            var other = graph.Readers(map.Inputs[0]).OfType<SumRowsNode>().FirstOrDefault(node => IsReadBehind(graph, node, at));
            if (other is not null && (other.When != map.When || map.Inputs[0].shape != x.shape)) other = null;
            if (map.SumOfRows(sum.Output, other?.Output) is not { } fused) continue;
            graph.Nodes[at] = fused;
            foreach (var output in fused.Outputs) output.Source = fused;
            graph.Nodes.Remove(sum);
            if (other is not null) graph.Nodes.Remove(other);
        }
    }

    private static bool IsReadBehind(Graph graph, Node node, int at) => graph.Readers(node.Output).All(reader => graph.Nodes.IndexOf(reader) > at);
}
