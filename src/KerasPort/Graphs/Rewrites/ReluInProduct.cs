using KerasPort.Activations;
using KerasPort.Engines;
using KerasPort.Engines.Formulas;

namespace KerasPort.Graphs.Rewrites;

/// <summary>A relu behind a dense layer or a convolution becomes the end of its kernel.</summary>
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
