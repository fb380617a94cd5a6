using KerasPort.Engines;
using KerasPort.Layers;

namespace KerasPort.Graphs;

public sealed partial class Graph
{
    /// <summary>The largest over axes; by default over all. Equal ones share the gradient evenly. NaN is ignored as in <see cref="MaxPooling"/>.</summary>
    /// <exception cref="ValueError">There is no such axis.</exception>
    public Tensor Max(Tensor x, Axes? axes = null, bool keepdims = false)
    {
        int[] over = Axes.Of(axes, x.shape), sizes = x.shape.ToArray();
        var largest = x;
        foreach (var (first, end) in Runs(over))
        {
            int outer = NDArray.SizeOf(sizes[..first]), run = NDArray.SizeOf(sizes[first..end]), inner = NDArray.SizeOf(sizes[end..]);
            if (run == 0) throw new ValueError($"There is no largest or smallest of no elements. Received: shape={x.shape}, axes={string.Join(", ", over)}");
            largest = Add(new LargestNode(Reshape(largest, (outer, run, inner))), (outer, 1, inner));
            sizes.AsSpan(first, end - first).Fill(1);
        }
        return Reshape(largest, [.. Kept(x.shape, over, keepdims)]);
    }

    /// <summary>The smallest over those axes: see <see cref="Max"/>.</summary>
    public Tensor Min(Tensor x, Axes? axes = null, bool keepdims = false) => Scale(Max(Scale(x, -1), axes, keepdims), -1);

    private static IEnumerable<int?> Kept(Shape shape, int[] over, bool keepdims)
    {
        for (int axis = 0; axis < shape.Rank; axis++)
            if (!over.Contains(axis)) yield return shape[axis];
            else if (keepdims) yield return 1;
    }
}

/// <summary>y[outer, 1, inner] = the largest of x[outer, run, inner], computed as a pooling with a single window.</summary>
internal sealed class LargestNode(Tensor x) : Node(x)
{
    private readonly Window2D _window = new(x.shape[1]!.Value, 1, x.Columns, 1, 1, x.Columns, x.shape[1]!.Value, 1, 1, 1, 1, 1, 0, 0);

    public override void Run(Kernels kernels) => kernels.MaxPooling2D(_window, x.shape[0]!.Value, x.Buffer, Output.Buffer);

    public override Tensor?[] Gradients(Graph g, Tensor dy)
    {
        var isLargest = g.Equal(x, Output);
        return [g.Multiply(isLargest, g.Divide(dy, g.Sum(isLargest, [1], keepdims: true)))];
    }
}
