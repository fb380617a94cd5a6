using KerasPort.Engines;

namespace KerasPort.Graphs.Rewrites;

/// <summary>
/// Fuses a convolution with relu and the pooling behind it, where the engine has a kernel for that. A convolution with strides, of which less remains to
/// be pooled, is fused with its relu alone; its gradients then skip what the relu stopped.
/// </summary>
internal sealed class PoolingInConvolution : Rewrite
{
    public override void Forward(Graph graph, FusedKernels kernels)
    {
        var convolutions = graph.Nodes.OfType<ConvolutionNode>().ToArray();
        foreach (var pooling in graph.Nodes.OfType<MaxPoolingNode>().ToArray())
        {
            if (pooling.Inputs[0].Source is not ConvolutionNode { HasRelu: true } convolution || !graph.HasOneReader(convolution.Output)) continue;
            int number = Array.IndexOf(convolutions, convolution);
            if (convolution.With(kernels, number, pooling.Window) is not { } fused) continue;
            fused.Layer = $"{convolution.Layer}+{pooling.Layer}";
            graph.Nodes[graph.Nodes.IndexOf(convolution)] = fused;
            graph.Remove(pooling, fused);
        }
        for (int number = 0; number < convolutions.Length; number++)
        {
            var convolution = convolutions[number];
            if (!convolution.HasRelu || convolution.Output.Source != convolution || convolution.WithRelu(kernels, number) is not { } fused) continue;
            (fused.Layer, fused.When) = (convolution.Layer, convolution.When);
            graph.Nodes.Insert(graph.Nodes.IndexOf(convolution), fused);
            graph.Remove(convolution, fused);
        }
    }
}
