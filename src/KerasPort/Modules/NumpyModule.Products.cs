namespace KerasPort;

/// <content>Sums of products over axes of several arrays.</content>
public sealed partial class NumpyModule
{
    /// <summary>Einstein summation: <c>np.einsum("ij,jk->ik", a, b)</c> sums over the letters that the result lacks.</summary>
    /// <param name="subscripts">A letter for each axis of each array, and those of the result; without an arrow it has those that occur once.</param>
    /// <param name="operands">The arrays.</param>
    /// <exception cref="ValueError">The letters don't fit the arrays.</exception>
    public NDArray einsum(string subscripts, params NDArray[] operands) => new Einstein(subscripts, operands).Sum();

    /// <summary>The inner products over the last axes.</summary>
    /// <exception cref="ValueError">The lengths of the last axes differ.</exception>
    public NDArray inner(NDArray a, NDArray b)
    {
        if (a.ndim == 0 || b.ndim == 0) return a.dot(b);
        if (a.shape[-1] != b.shape[-1])
            throw new ValueError($"shapes {a.shape} and {b.shape} not aligned: {a.shape[-1]} (dim {a.ndim - 1}) != {b.shape[-1]} (dim {b.ndim - 1})");
        return tensordot(a, b, [a.ndim - 1], [b.ndim - 1]);
    }

    /// <summary>Sums of products over the last axes of one array and the first axes of the other.</summary>
    /// <exception cref="ValueError">The shapes don't fit.</exception>
    public NDArray tensordot(NDArray a, NDArray b, int axes = 2) =>
        axes >= 0 && axes <= Math.Min(a.ndim, b.ndim) ? tensordot(a, b, [.. Enumerable.Range(a.ndim - axes, axes)], [.. Enumerable.Range(0, axes)])
            : throw new ValueError($"shape-mismatch for sum: {axes} axes of {a.shape} and {b.shape}");

    /// <summary>Sums of products over given axes of one array and of the other.</summary>
    /// <exception cref="ValueError">The shapes don't fit.</exception>
    public NDArray tensordot(NDArray a, NDArray b, Axes axes_a, Axes axes_b)
    {
        int[] left = [.. axes_a.Select(a.At)], right = [.. axes_b.Select(b.At)];
        if (left.Length != right.Length || left.Zip(right).Any(pair => a.shape[pair.First] != b.shape[pair.Second]))
            throw new ValueError($"shape-mismatch for sum: axes {axes_a} of {a.shape} and {axes_b} of {b.shape}");
        int[] restA = [.. Enumerable.Range(0, a.ndim).Except(left)], restB = [.. Enumerable.Range(0, b.ndim).Except(right)];
        int length = left.Aggregate(1, (product, i) => product * a.shape[i]);
        int Size(NDArray x, int[] rest) => rest.Aggregate(1, (product, i) => product * x.shape[i]);
        var product = a.transpose([.. restA, .. left]).reshape(Size(a, restA), length).dot(b.transpose([.. right, .. restB]).reshape(length, Size(b, restB)));
        return product.reshape([.. restA.Select(i => a.shape[i]), .. restB.Select(i => b.shape[i])]);
    }

    /// <summary>The Kronecker product: each element of the first array times the second, as blocks.</summary>
    public NDArray kron(NDArray a, NDArray b)
    {
        int rank = Math.Max(a.ndim, b.ndim);
        int[] Filled(NDArray x) => [.. Enumerable.Repeat(1, rank - x.ndim), .. x.shape];
        int[] outer = Filled(a), inner = Filled(b);
        int[] Every(int[] shape, bool isInner) => [.. shape.SelectMany(d => isInner ? new[] { 1, d } : [d, 1])];
        return (a.reshape(Every(outer, false)) * b.reshape(Every(inner, true))).reshape([.. outer.Zip(inner, (m, n) => m * n)]);
    }

    /// <summary>The cross products of 3-vectors along the last axis.</summary>
    /// <exception cref="ValueError">The last axes don't have length 3.</exception>
    public NDArray cross(NDArray a, NDArray b)
    {
        if (a.ndim == 0 || b.ndim == 0 || a.shape[-1] != 3 || b.shape[-1] != 3)
            throw new ValueError($"incompatible dimensions for cross product (dimension must be 3 here): {a.shape} and {b.shape}");
        NDArray[] x = [.. Enumerable.Range(0, 3).Select(i => a[Slice.Ellipsis, i])], y = [.. Enumerable.Range(0, 3).Select(i => b[Slice.Ellipsis, i])];
        return stack([x[1] * y[2] - x[2] * y[1], x[2] * y[0] - x[0] * y[2], x[0] * y[1] - x[1] * y[0]], axis: -1);
    }
}
