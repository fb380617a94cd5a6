using KerasPort.Engines;

namespace KerasPort.Graphs.Rewrites;

/// <summary>
/// Removes the last rows and columns of a convolution or pooling that the next one never reads: 2 × 2 pooling of 11 × 11 pixels reads 10 × 10.
/// </summary>
internal sealed class UnreadPixels : Rewrite
{
    public override void Forward(Graph graph, FusedKernels kernels)
    {
        foreach (var node in Enumerable.Reverse(graph.Nodes))
        {
            if (node is not IWindowed reader) continue;
            var needed = reader.Window.CutTo(node.Output.shape[1]!.Value, node.Output.shape[2]!.Value);
            if (CutTo(graph, node.Inputs[0], needed.Height, needed.Width)) reader.Window = needed;
            // A tensor that can't be cut, such as a model's input, keeps its rows and columns.
            else reader.Window = needed with { Height = reader.Window.Height, Width = reader.Window.Width };
        }
    }

    /// <summary>Cuts a tensor to that many rows and columns, with those that it is an elementwise function of, if it has a single reader.</summary>
    private static bool CutTo(Graph graph, Tensor tensor, int height, int width)
    {
        if (!graph.HasOneReader(tensor)) return false;
        bool cut = tensor.Source switch
        {
            IWindowed => true,
            SoftmaxNode or MapNode { Inputs: [_] } => CutTo(graph, tensor.Source.Inputs[0], height, width),
            _ => false,
        };
        if (!cut) return false;
        tensor.shape = new(tensor.shape[0], height, width, tensor.shape[3]);
        tensor.Storage.Size = tensor.Size;
        return true;
    }
}
