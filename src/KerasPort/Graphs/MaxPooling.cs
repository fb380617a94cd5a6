using KerasPort.Activations;
using KerasPort.Engines;
using KerasPort.Layers;

namespace KerasPort.Graphs;

public sealed partial class Graph
{
    /// <summary>y[images, oy, ox, channels] = the largest of each window of x[images, height, width, channels].</summary>
    public Tensor MaxPooling(Window2D window, Tensor x) =>
        Add(new MaxPoolingNode(window, x), new Shape(x.shape[0], window.OutHeight, window.OutWidth, window.Filters));

    /// <summary>
    /// y[images, oy, ox, channels] = the mean of each window's pixels within x[images, height, width, channels], first over rows, then over columns.
    /// </summary>
    public Tensor MeanPooling(Window2D window, Tensor x)
    {
        var rows = AlongTable.Means(window.Height, window.OutHeight, window.KernelHeight, window.StrideY, window.PadTop);
        var columns = AlongTable.Means(window.Width, window.OutWidth, window.KernelWidth, window.StrideX, window.PadLeft);
        return Along(Along(x, 1, rows), 2, columns);
    }
}

/// <summary>y[images, oy, ox, channels] = the largest of each window of x[images, height, width, channels].</summary>
internal sealed class MaxPoolingNode(Window2D window, Tensor x) : Node(x), IWindowed
{
    public Window2D Window { get; set; } = window;

    public override void Run(Kernels kernels) => kernels.MaxPooling2D(Window, x.shape[0]!.Value, x.Buffer, Output.Buffer);

    public override Tensor?[] Gradients(Graph g, Tensor dy) => [g.Add(new MaxPoolingGradientNode(Window, x, Output, dy), x.shape)];
}

/// <summary>dx[images, height, width, channels]: each dy goes to the first x of its window that equals y.</summary>
internal abstract class PoolingGradientNode(Tensor x, params Tensor[] inputs) : Node(inputs)
{
    public Tensor X => x;

    /// <summary>The gradient through this pooling and the relu before it, which passes dy where y is above 0: y has fewer elements than x.</summary>
    public abstract Tensor BeforeRelu(Graph g);
}

/// <summary>The same from x in memory.</summary>
internal sealed class MaxPoolingGradientNode(Window2D window, Tensor x, Tensor y, Tensor dy) : PoolingGradientNode(x, x, y, dy)
{
    public override Tensor BeforeRelu(Graph g) => g.Add(new MaxPoolingGradientNode(window, X, y, g.Map(default(ReluGradient), y, dy)), X.shape);

    public override void Run(Kernels kernels) => kernels.MaxPooling2DGradient(window, X.shape[0]!.Value, X.Buffer, y.Buffer, dy.Buffer, Output.Buffer);
}
