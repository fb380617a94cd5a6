using KerasPort.Engines;

namespace KerasPort.Graphs.Rewrites;

/// <summary>
/// A convolution with relu and the pooling behind it become one kernel, where the engine has one; with strides, which leave less to pool, so does a
/// convolution with relu alone, whose gradients then leave out what relu stopped.
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
