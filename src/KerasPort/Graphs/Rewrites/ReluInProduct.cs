using KerasPort.Activations;
using KerasPort.Engines;
using KerasPort.Engines.Formulas;

namespace KerasPort.Graphs.Rewrites;

/// <summary>Fuses a relu into the kernel of the dense layer or convolution before it.</summary>
internal sealed class ReluInProduct : Rewrite
{
    public override void Forward(Graph graph, FusedKernels kernels)
    {
        foreach (var relu in graph.Nodes.OfType<MapNode<Unary<ReluFormula>>>().ToArray())
        {
            if (relu.Inputs[0].Source is not ProductNode { HasRelu: false } product || !graph.HasOneReader(product.Output)) continue;
            product.HasRelu = true;
            graph.Remove(relu, product);
        }
    }
}
