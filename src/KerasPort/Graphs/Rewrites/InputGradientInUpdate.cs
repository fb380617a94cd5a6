using KerasPort.Activations;
using KerasPort.Engines;
using KerasPort.Engines.Formulas;

namespace KerasPort.Graphs.Rewrites;

/// <summary>
/// The gradient before the relu that a dense layer's input comes out of becomes a part of the fused step on the layer's kernel: the kernel is read from
/// memory once for both, and what the relu stops isn't summed. Only where the relu's gradient alone reads the input's.
/// </summary>
internal sealed class InputGradientInUpdate : Rewrite
{
    public override void Updates(Graph graph, Kernels kernels)
    {
        foreach (var gradient in graph.Nodes.OfType<DenseInputGradientNode>().ToArray())
        {
            var (dy, kernel) = (gradient.Inputs[0], gradient.Inputs[1]);
            // A relu's gradient that gives the sum of its rows too remains: the step doesn't sum. So this rewrite comes before SumsOfMaps.
            if (!graph.HasOneReader(gradient.Output)
                || graph.Readers(gradient.Output).Single() is not MapNode<Binary<ReluGradient>> { RowSums: null } relu) continue;
            int step = graph.Nodes.FindIndex(node => node is UpdateNode { Variables: [var variable], Inputs: [var x, var its] }
                && variable == kernel && its == dy && x == relu.Inputs[0] && x.Size == relu.Output.Size);
            if (step < 0 || graph.Nodes[step] is not UpdateNode update || update.When != relu.When || gradient.When != relu.When) continue;
            // Weight decay between the gradient and the step changes the kernel, which the input's gradient reads as it was before.
            if (graph.Nodes.Take(step).Any(node => node.HasEffect && node.Inputs.Contains(kernel))) continue;
            // The step may have to wait for others that read the kernel. What it gives then comes too late.
            if (graph.Nodes.FindIndex(node => node.Inputs.Contains(relu.Output)) is >= 0 and var reader && reader < step) continue;
            var fused = update.From(update.Inputs[0], dy, relu.Output);
            (fused.Layer, relu.Output.Source) = (update.Layer, fused);
            graph.Nodes[step] = fused;
            graph.Nodes.Remove(gradient);
            graph.Nodes.Remove(relu);
        }
    }
}
