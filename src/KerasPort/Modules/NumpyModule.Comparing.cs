namespace KerasPort;

/// <content>Comparisons, logical functions, and products of matrices.</content>
public sealed partial class NumpyModule
{
    /// <summary>Where two arrays are equal.</summary>
    /// <exception cref="ValueError">The shapes cannot be broadcast.</exception>
    public NDArray equal(NDArray a, NDArray b) => a == b;

    /// <summary>Where two arrays differ.</summary>
    /// <exception cref="ValueError">The shapes cannot be broadcast.</exception>
    public NDArray not_equal(NDArray a, NDArray b) => a != b;

    /// <summary>Where the first is greater.</summary>
    /// <exception cref="ValueError">The shapes cannot be broadcast.</exception>
    public NDArray greater(NDArray a, NDArray b) => a > b;

    /// <summary>Where the first is at least the second.</summary>
    /// <exception cref="ValueError">The shapes cannot be broadcast.</exception>
    public NDArray greater_equal(NDArray a, NDArray b) => a >= b;

    /// <summary>Where the first is less.</summary>
    /// <exception cref="ValueError">The shapes cannot be broadcast.</exception>
    public NDArray less(NDArray a, NDArray b) => a < b;

    /// <summary>Where the first is at most the second.</summary>
    /// <exception cref="ValueError">The shapes cannot be broadcast.</exception>
    public NDArray less_equal(NDArray a, NDArray b) => a <= b;

    /// <summary>Where neither element is 0.</summary>
    /// <exception cref="ValueError">The shapes cannot be broadcast.</exception>
    public NDArray logical_and(NDArray a, NDArray b) => Truth(a) & Truth(b);

    /// <summary>Where at least one element isn't 0.</summary>
    /// <exception cref="ValueError">The shapes cannot be broadcast.</exception>
    public NDArray logical_or(NDArray a, NDArray b) => Truth(a) | Truth(b);

    /// <summary>Where exactly one element isn't 0.</summary>
    /// <exception cref="ValueError">The shapes cannot be broadcast.</exception>
    public NDArray logical_xor(NDArray a, NDArray b) => Truth(a) ^ Truth(b);

    /// <summary>Where an element is 0.</summary>
    public NDArray logical_not(NDArray x) => ~Truth(x);

    /// <summary>Where two arrays are close: no farther apart than atol + rtol · |b|.</summary>
    /// <exception cref="ValueError">The shapes cannot be broadcast.</exception>
    public NDArray isclose(NDArray a, NDArray b, double rtol = 1e-05, double atol = 1e-08, bool equal_nan = false)
    {
        var (x, y) = (a.astype(DType.float64), b.astype(DType.float64));
        var close = (abs(x - y) <= atol + rtol * abs(y)) & isfinite(x + zeros_like(y)) & isfinite(y + zeros_like(x)) | (x == y);
        return equal_nan ? close | (isnan(x) & isnan(y)) : close;
    }

    /// <summary>Whether all elements are close: no farther apart than atol + rtol · |b|.</summary>
    /// <exception cref="ValueError">The shapes cannot be broadcast.</exception>
    public bool allclose(NDArray a, NDArray b, double rtol = 1e-05, double atol = 1e-08, bool equal_nan = false) => isclose(a, b, rtol, atol, equal_nan).all();

    /// <summary>Whether two arrays have the same shape and equal elements.</summary>
    public bool array_equal(NDArray a1, NDArray a2, bool equal_nan = false) =>
        a1.shape == a2.shape && (equal_nan ? (a1 == a2) | (isnan(a1) & isnan(a2)) : a1 == a2).all();

    /// <summary>Whether two arrays, broadcast to one shape, have equal elements.</summary>
    public bool array_equiv(NDArray a1, NDArray a2) => Broadcast.Shape([.. a1.shape], [.. a2.shape]) is not null && (a1 == a2).all();

    /// <inheritdoc cref="NDArray.dot"/>
    public NDArray dot(NDArray a, NDArray b) => a.dot(b);

    /// <summary>Python's <c>a @ b</c>: the product of matrices, or of those in the last two axes.</summary>
    /// <exception cref="ValueError">The shapes don't fit.</exception>
    public NDArray matmul(NDArray x1, NDArray x2) => NDArray.MatrixProduct(x1, x2);

    /// <summary>The products of each element of one array with each of the other.</summary>
    public NDArray outer(NDArray a, NDArray b) => a.reshape(-1, 1) * b.reshape(1, -1);

    /// <summary>The sum of the products of two arrays' elements.</summary>
    /// <exception cref="ValueError">The numbers of elements differ.</exception>
    public NDArray vdot(NDArray a, NDArray b) => a.ravel().dot(b.ravel());

    /// <summary>The diagonal of a matrix, or the matrix with that diagonal.</summary>
    /// <exception cref="ValueError">The array has neither one axis nor two.</exception>
    public NDArray diag(NDArray v, int k = 0)
    {
        if (v.ndim == 1)
        {
            int n = v.size + Math.Abs(k), down = Math.Max(-k, 0), right = Math.Max(k, 0);
            var matrix = zeros((n, n), v.dtype);
            for (int i = 0; i < v.size; i++) matrix[i + down, i + right] = v[i];
            return matrix;
        }
        if (v.ndim != 2) throw new ValueError($"Input must be 1- or 2-d. Received: an array of shape {v.shape}");
        return v.Diagonal(k);
    }

    /// <summary>The sum of a matrix' diagonal.</summary>
    /// <exception cref="ValueError">The array isn't a matrix.</exception>
    public NumpyScalar trace(NDArray a, int offset = 0) => a.trace(offset);

    private static NDArray Truth(NDArray a) => a.dtype == DType.@bool ? a : a.astype(DType.@bool);
}
