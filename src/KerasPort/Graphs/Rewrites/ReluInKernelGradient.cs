using KerasPort.Activations;
using KerasPort.Engines;
using KerasPort.Engines.Formulas;

namespace KerasPort.Graphs.Rewrites;

/// <summary>
/// Fuses a relu's gradient into the kernel's and bias' gradients of the convolution before it, where nothing else reads it and the engine has a kernel:
/// a network's first layer then writes no tensor as large as its output.
/// </summary>
internal sealed class ReluInKernelGradient : Rewrite
{
    public override void Updates(Graph graph, Kernels kernels)
    {
        foreach (var gradient in graph.Nodes.OfType<ConvolutionKernelGradientNode>().ToArray())
        {
            var dy = gradient.Inputs[1];
            if (dy.Source is not MapNode<Binary<ReluGradient>> relu || dy.Storage.IsKept || dy.Storage.IsFixed) continue;
            var readers = graph.Readers(dy).ToArray();
            var bias = readers.OfType<SumRowsNode>().FirstOrDefault();
            if (readers.Any(node => (node != gradient && node != bias) || node.When != relu.When)) continue;
            if (!kernels.HasConv2DWeightGradients(gradient.Window)) continue;
            var fused = new ConvolutionWeightGradientsNode(gradient.Window, gradient.Inputs[0], relu.Inputs[0], relu.Inputs[1], bias?.Output)
            {
                Output = gradient.Output, Layer = gradient.Layer, When = gradient.When,
            };
            foreach (var output in fused.Outputs) output.Source = fused;
            // The node takes the formula's place in the list: later nodes may overwrite what it reads.
            graph.Nodes[graph.Nodes.IndexOf(relu)] = fused;
            foreach (var node in readers) graph.Nodes.Remove(node);
        }
    }
}
