namespace KerasPort;

/// <summary><c>np.linalg</c>.</summary>
public sealed class NumpyLinalgModule
{
    internal NumpyLinalgModule() { }

    /// <summary>The length of all elements as one vector; of another order the norm of a vector.</summary>
    /// <param name="x">The array.</param>
    /// <param name="ord">2 (and "fro" of matrices), 1, another number, or infinity for the largest magnitude.</param>
    /// <exception cref="ValueError">A matrix has a norm of another order.</exception>
    public NumpyScalar norm(NDArray x, double? ord = null) => new(norm(x, ord, axis: null));

    /// <summary>The norms of what lies along an axis; without an order and over several axes the lengths of all there.</summary>
    /// <param name="x">The array.</param>
    /// <param name="ord">2, 1, another number, or infinity for the largest magnitude.</param>
    /// <param name="axis">The axis.</param>
    /// <param name="keepdims">Whether it stays, of length 1.</param>
    /// <exception cref="ValueError">There is no such axis, or an order is given for several.</exception>
    public NDArray norm(NDArray x, double? ord, Axes? axis, bool keepdims = false)
    {
        if (x.dtype != DType.float32) x = x.astype(DType.float64);
        if (axis is null && ord is null)
        {
            // As one vector by itself, whatever its shape.
            var length = Python.np.sqrt(x.ravel().dot(x.ravel()));
            return keepdims ? length.reshape([.. x.shape.Select(_ => 1)]) : length;
        }
        int axes = axis?.Count ?? x.ndim;
        if (ord is not null && axes != 1)
            throw new ValueError($"norms of order {ord} are those of vectors here: name one axis. Received: an array of shape {x.shape}, axis={axis}");
        var magnitudes = Python.np.abs(x);
        return ord switch
        {
            null or 2 => Python.np.sqrt((x * x).sum(axis, keepdims)),
            double.PositiveInfinity => magnitudes.max(axis, keepdims),
            double.NegativeInfinity => magnitudes.min(axis, keepdims),
            0 => (x != 0).sum(axis, keepdims).astype(x.dtype),
            1 => magnitudes.sum(axis, keepdims),
            var p => Python.np.power(Python.np.power(magnitudes, p.Value).sum(axis, keepdims), 1 / p.Value),
        };
    }
}
