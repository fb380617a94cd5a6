using KerasPort.Activations;
using KerasPort.Engines;
using KerasPort.Engines.Formulas;

namespace KerasPort.Graphs.Rewrites;

/// <summary>Fuses a relu into the formula of the normalization or sum of two branches before it, which saves a pass over memory.</summary>
internal sealed class ReluInMap : Rewrite
{
    public override void Forward(Graph graph, FusedKernels kernels)
    {
        foreach (var relu in graph.Nodes.OfType<MapNode<Unary<ReluFormula>>>().ToArray())
        {
            if (relu.Inputs[0].Source is not MapNode { WithRelu: { } withRelu } map || map.When != relu.When || !graph.HasOneReader(map.Output)) continue;
            var both = withRelu();
            (both.Layer, both.When) = (map.Layer, map.When);
            graph.Nodes[graph.Nodes.IndexOf(map)] = both;
            graph.Remove(relu, both);
        }
    }
}
