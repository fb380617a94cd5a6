using KerasPort.Engines;

namespace KerasPort.Graphs.Rewrites;

/// <summary>
/// A normalization, with or without relu, becomes a part of the max pooling behind it, where nothing else reads it: the pooling and its gradient each
/// compute it again from the normalization's input, and it takes no memory.
/// </summary>
internal sealed class MapInPooling : Rewrite
{
    public override void Forward(Graph graph, FusedKernels kernels)
    {
        foreach (var pooling in graph.Nodes.OfType<MaxPoolingNode>().ToArray())
        {
            var x = pooling.Inputs[0];
            if (x.Source is not MapNode { IsShort: true } map || map.When != pooling.When || !graph.HasOneReader(x)) continue;
            // A second operand of that size would be read twice more, and kept for the gradient.
            if (map.Inputs[0].shape != x.shape || map.Inputs[1..].Any(input => Broadcast.OneRow(x, input) == 0 || Broadcast.OneColumn(x, input) != 0)) continue;
            // What the gradient computes again must be what was pooled.
            int at = graph.Nodes.IndexOf(map);
            if (graph.Nodes[at..].Any(node => node.HasEffect && node.Outputs.Any(t => map.Inputs.Any(input => input.Storage == t.Storage)))) continue;
            var fused = map.Pooled(pooling.Window);
            (fused.Layer, fused.When) = ($"{map.Layer}+{pooling.Layer}", pooling.When);
            graph.Nodes[at] = fused;
            graph.Remove(pooling, fused);
        }
    }
}
