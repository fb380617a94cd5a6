using KerasPort.Activations;
using KerasPort.Engines;
using KerasPort.Engines.Formulas;

namespace KerasPort.Graphs.Rewrites;

/// <summary>The gradient of a relu before a normalization becomes the end of the normalization's, which reads the relu's output anyway.</summary>
internal sealed class ReluInNormalizationGradient : Rewrite
{
    public override void Updates(Graph graph, Kernels kernels)
    {
        foreach (var relu in graph.Nodes.OfType<MapNode<Binary<ReluGradient>>>().ToArray())
        {
            if (relu.Inputs[1].Source is not MapNode<NormalizationGradient> map || relu.Inputs[0] != map.Inputs[1] || map.When != relu.When
                || !graph.HasOneReader(map.Output)) continue;
            var both = new MapNode<NormalizationAndReluGradient>(default, null, map.Inputs) { Layer = map.Layer, When = map.When };
            graph.Nodes[graph.Nodes.IndexOf(map)] = both;
            graph.Remove(relu, both);
        }
    }
}
