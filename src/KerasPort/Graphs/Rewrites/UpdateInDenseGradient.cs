using KerasPort.Engines;

namespace KerasPort.Graphs.Rewrites;

/// <summary>
/// Fuses a dense kernel's gradient with the optimizer's step on that kernel, where the engine has such a kernel: the gradient is used straight from the
/// registers in which it is summed. Only where nothing but the step reads it.
/// </summary>
internal sealed class UpdateInDenseGradient : Rewrite
{
    public override void Updates(Graph graph, Kernels kernels)
    {
        foreach (var update in graph.Nodes.OfType<UpdateNode>().ToArray())
        {
            if (update.Inputs is not [{ Source: DenseKernelGradientNode gradient } only] || graph.Readers(only).Count() > 1) continue;
            var (x, dy) = (gradient.Inputs[0], gradient.Inputs[1]);
            if (!kernels.HasDenseKernelUpdate(x.Rows, x.Columns, dy.Columns)) continue;
            var fused = update.From(x, dy);
            fused.Layer = gradient.Layer;
            // The fused step is placed right behind the kernel's last reader, where x and dy are still in the cache. Readers behind the step need the changed
            // kernel.
            int step = graph.Nodes.IndexOf(update);
            graph.Nodes.RemoveAt(step);
            graph.Nodes.Remove(gradient);
            int last = graph.Nodes.FindLastIndex(step - 2, node => node.Inputs.Any(t => t == dy || t.Storage == update.Variables[0].Storage));
            graph.Nodes.Insert(last + 1, fused);
        }
    }
}
