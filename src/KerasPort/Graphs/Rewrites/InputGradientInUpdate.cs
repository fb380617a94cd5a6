using KerasPort.Activations;
using KerasPort.Engines;
using KerasPort.Engines.Formulas;

namespace KerasPort.Graphs.Rewrites;

/// <summary>
/// The gradient of a dense layer's input becomes a part of the fused step on the layer's kernel, where that input comes out of a relu and the gradient is
/// wanted before the relu alone: the kernel is read from memory once for both, and what the relu stops isn't summed.
/// </summary>
internal sealed class InputGradientInUpdate : Rewrite
{
    public override void Updates(Graph graph, Kernels kernels)
    {
        foreach (var gradient in graph.Nodes.OfType<DenseInputGradientNode>().ToArray())
        {
            var (dy, kernel) = (gradient.Inputs[0], gradient.Inputs[1]);
            if (OnlyBeforeRelu(graph, gradient) is not var (y, before)) continue;
            int step = graph.Nodes.FindIndex(node => node is UpdateNode { Variables: [var variable], Inputs: [var x, var its] }
                && variable == kernel && its == dy && x.Storage == y.Storage && x.Size == before.Size);
            if (step < 0 || graph.Nodes[step] is not UpdateNode update || update.When != gradient.When) continue;
            // Weight decay between the gradient and the step changes the kernel, which the input's gradient reads as it was before.
            if (graph.Nodes.Take(step).Any(node => node.HasEffect && node.Inputs.Contains(kernel))) continue;
            // The step may have to wait for others that read the kernel. What it gives then comes too late.
            if (graph.Nodes.FindIndex(node => node.Inputs.Contains(before)) is >= 0 and var reader && reader < step) continue;
            var fused = update.From(update.Inputs[0], dy, before);
            fused.Layer = update.Layer;
            graph.Nodes[step] = fused;
            graph.Nodes.Remove(gradient);
            if (before.Source != gradient) graph.Nodes.Remove(before.Source!);
            before.Source = fused;
        }
    }

    /// <summary>The output of the relu, and the gradient that is wanted before it, where the input's gradient goes nowhere else.</summary>
    private static (Tensor Y, Tensor Before)? OnlyBeforeRelu(Graph graph, DenseInputGradientNode gradient)
    {
        if (!graph.HasOneReader(gradient.Output)) return null;
        return graph.Readers(gradient.Output).Single() switch
        {
            // A relu's gradient that gives the sum of its rows too remains: the step doesn't sum. So this rewrite comes before SumsOfMaps.
            MapNode<Binary<ReluGradient>> { RowSums: null } relu when relu.When == gradient.When => (relu.Inputs[0], relu.Output),
            // A fused convolution leaves out by itself what its relu stopped.
            ReshapeNode { Output: var pixels } when graph.HasOneReader(pixels) && graph.Readers(pixels).Single() is ConvReluPoolGradientsNode convolution
                && convolution.DY == pixels => (convolution.Y, gradient.Output),
            _ => null,
        };
    }
}
