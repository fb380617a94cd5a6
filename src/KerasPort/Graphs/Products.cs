using KerasPort.Engines;

namespace KerasPort.Graphs;

public sealed partial class Graph
{
    /// <summary>z[batch, n, m] = Σ over k of x[batch, n, k] · y[batch, k, m].</summary>
    internal Tensor Products(Tensor x, Tensor y)
    {
        int batch = x.shape[0]!.Value, n = x.shape[1]!.Value, k = x.shape[2]!.Value, m = y.shape[2]!.Value;
        return batch == 1 ? Reshape(Dense(Reshape(x, (n, k)), Reshape(y, (k, m)), null), (1, n, m))
            : Add(new ProductsNode(x, y), (batch, n, m));
    }
}

/// <summary>Runs a kernel for each matrix of a stack, one after the other.</summary>
internal abstract class StackNode(Tensor x, Tensor y) : Node(x, y)
{
    // A tensor's buffer alternates among the batches that wait to be read, so that the parts of a few buffers are kept.
    private const int MostPlaces = 4;

    private readonly Dictionary<DeviceBuffer, DeviceBuffer[]> _parts = [];

    protected Tensor X => x;

    protected Tensor Y => y;

    public override void Run(Kernels kernels)
    {
        int count = x.shape[0]!.Value;
        DeviceBuffer[] xs = Parts(x.Buffer, count), ys = Parts(y.Buffer, count), zs = Parts(Output.Buffer, count);
        for (int i = 0; i < count; i++) Run(kernels, xs[i], ys[i], zs[i]);
    }

    /// <summary>Computes one matrix of each stack.</summary>
    protected abstract void Run(Kernels kernels, DeviceBuffer x, DeviceBuffer y, DeviceBuffer z);

    private DeviceBuffer[] Parts(DeviceBuffer all, int count)
    {
        if (_parts.TryGetValue(all, out var known)) return known;
        if (_parts.Count >= 3 * MostPlaces) _parts.Clear();
        var parts = new DeviceBuffer[count];
        int size = all.Length / count;
        for (int i = 0; i < count; i++) parts[i] = all.Part(i * size, size);
        return _parts[all] = parts;
    }
}

/// <summary>z[batch, n, m] = x[batch, n, k] · y[batch, k, m].</summary>
internal sealed class ProductsNode(Tensor x, Tensor y) : StackNode(x, y)
{
    protected override void Run(Kernels kernels, DeviceBuffer x, DeviceBuffer y, DeviceBuffer z) =>
        kernels.Dense(X.shape[1]!.Value, X.Columns, Y.Columns, x, y, null, relu: false, z);

    public override Tensor?[] Gradients(Graph g, Tensor dz) =>
    [
        X.NeedsGradient ? g.Add(new ProductsLeftGradientNode(dz, Y), X.shape) : null,
        Y.NeedsGradient ? g.Add(new ProductsRightGradientNode(X, dz), Y.shape) : null,
    ];
}

/// <summary>dx[batch, n, k] = dz[batch, n, m] · y[batch, k, m]ᵀ.</summary>
internal sealed class ProductsLeftGradientNode(Tensor dz, Tensor y) : StackNode(dz, y)
{
    protected override void Run(Kernels kernels, DeviceBuffer x, DeviceBuffer y, DeviceBuffer z) =>
        kernels.DenseInputGradient(X.shape[1]!.Value, Y.shape[1]!.Value, Y.Columns, x, y, z);
}

/// <summary>dy[batch, k, m] = x[batch, n, k]ᵀ · dz[batch, n, m].</summary>
internal sealed class ProductsRightGradientNode(Tensor x, Tensor dz) : StackNode(x, dz)
{
    protected override void Run(Kernels kernels, DeviceBuffer x, DeviceBuffer y, DeviceBuffer z) =>
        kernels.DenseKernelGradient(X.shape[1]!.Value, X.Columns, Y.Columns, x, y, z);
}
