using KerasPort.Activations;
using KerasPort.Engines;
using KerasPort.Layers;

namespace KerasPort.Graphs;

internal sealed partial class MapNode<F>
{
    public override Node Pooled(Window2D window) => new PooledNode(this, window);

    /// <summary>y[images, oy, ox, channels] = the largest f(x, …) of each window.</summary>
    private sealed class PooledNode(MapNode<F> map, Window2D window) : Node(map.Inputs)
    {
        public override void Run(Kernels kernels) => kernels.MaxPooling2DOf(window, Output.shape[0]!.Value, map._formula, map.On(Output));

        public override Tensor?[] Gradients(Graph g, Tensor dy) => map.Gradients(g, g.Add(new PooledGradientNode(map, window, Output, dy), map.Output.shape));
    }

    /// <summary>The gradient of f(x, …), which is computed again.</summary>
    private sealed class PooledGradientNode(MapNode<F> map, Window2D window, Tensor y, Tensor dy) : PoolingGradientNode(map.Output, [.. map.Inputs, y, dy])
    {
        public override Tensor BeforeRelu(Graph g) => g.Add(new PooledGradientNode(map, window, y, g.Map(default(ReluGradient), y, dy)), X.shape);

        public override void Run(Kernels kernels) =>
            kernels.MaxPooling2DGradientOf(window, y.shape[0]!.Value, map._formula, map.On(y), dy.Buffer, Output.Buffer);
    }
}
