namespace KerasPort;

/// <summary>An array whose parts along an axis are divided by their norms, so that each has norm 1.</summary>
internal static class Normalized
{
    /// <summary>The parts of x, each divided by its norm; those of norm 0 stay. As in numpy float32 stays so, and all else becomes float64.</summary>
    /// <param name="x">Any array. As in Keras one of one axis gets a second in front.</param>
    /// <param name="axis">The axis along which the norms are taken.</param>
    /// <param name="order">Which norm: 1 the sum of magnitudes, 2 Euclid's, ∞ the largest magnitude, p (Σ |x|^p)^(1/p), 0 how many aren't 0.</param>
    /// <exception cref="ValueError">There is no such axis.</exception>
    public static NDArray Of(NDArray x, int axis, double order)
    {
        if (x is null) throw new ValueError("None values not supported: `x` must be an array. Received: x=None");
        if (x.ndim == 0 || axis >= x.ndim || axis < -x.ndim) throw new ValueError($"axis {axis} is out of bounds for array of dimension {x.ndim}");
        if (x.dtype != DType.float32) x = x.astype(DType.float64);
        var norms = Norms(x, axis, order);
        var quotient = x / Each(norms, n => n == 0 ? 1 : n);
        return x.ndim == 1 ? quotient.reshape(1, x.Length) : quotient;
    }

    private static NDArray Norms(NDArray x, int axis, double order) => order switch
    {
        double.PositiveInfinity => Each(x, Math.Abs).max(axis, keepdims: true),
        double.NegativeInfinity => Each(x, Math.Abs).min(axis, keepdims: true),
        0 => Each(x, v => v == 0 ? 0 : 1).sum(axis, keepdims: true),
        1 => Each(x, Math.Abs).sum(axis, keepdims: true),
        2 => Each((x * x).sum(axis, keepdims: true), Math.Sqrt),
        _ => Each(Each(x, v => Math.Pow(Math.Abs(v), order)).sum(axis, keepdims: true), v => Math.Pow(v, 1 / order)),
    };

    private static NDArray Each(NDArray x, Func<double, double> of) => new NDArray(Array.ConvertAll(x.ToDoubles(), v => of(v)), x.shape).astype(x.dtype);
}
