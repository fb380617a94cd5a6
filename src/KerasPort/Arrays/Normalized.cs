namespace KerasPort;

/// <summary>Divides the parts of an array along an axis by their norms, so that each has norm 1.</summary>
internal static class Normalized
{
    /// <inheritdoc cref="UtilsModule.normalize"/>
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
