using KerasPort.Graphs;

namespace KerasPort;

// Linear algebra of the matrices in the last two axes.
public sealed partial class OpsModule
{
    /// <summary>The distances between all points of x[…, points, coordinates] and all of y.</summary>
    public Tensor cdist(Tensor x, Tensor y) =>
        sqrt(sum(square(subtract(expand_dims(x, -2), expand_dims(y, -3))), -1));

    /// <summary>The Cholesky factor: the lower triangle L of A = L · Lᵀ, or Lᵀ.</summary>
    /// <exception cref="ValueError">A isn't positive definite.</exception>
    public Tensor cholesky(Tensor x, bool upper = false) => KerasOps.Cholesky(upper).Of(x);

    /// <summary>The inverse of A from its Cholesky factor: see <see cref="cholesky"/>.</summary>
    public Tensor cholesky_inverse(Tensor x, bool upper = false) => KerasOps.CholeskyInverse(upper).Of(x);

    /// <summary>The correlation matrix of the rows, from -1 to 1.</summary>
    public Tensor corrcoef(Tensor x)
    {
        var apart = subtract(x, mean(x, -1, keepdims: true));
        var together = matmul(apart, swapaxes(apart, -1, -2)) / (double)(x.shape[^1]!.Value - 1);
        var deviations = sqrt(diagonal(together, 0, -2, -1));
        return clip(together / (expand_dims(deviations, -1) * expand_dims(deviations, -2)), -1, 1);
    }

    /// <summary>The determinants.</summary>
    public Tensor det(Tensor x) => KerasOps.Det.Of(x);

    /// <summary>The eigenvalues of symmetric matrices in ascending order, and their eigenvectors as columns: <c>var (values, vectors) = …</c>.</summary>
    public Tensor eigh(Tensor x) => KerasOps.Eigh.Of(x);

    /// <summary>The inverses.</summary>
    /// <exception cref="ValueError">A matrix is singular.</exception>
    public Tensor inv(Tensor x) => KerasOps.Inv.Of(x);

    /// <summary>The logarithms of the determinants of symmetric, positive definite matrices.</summary>
    public Tensor logdet(Tensor x) => KerasOps.Logdet.Of(x);

    /// <summary>The least-squares solution of A · x = b; only for arrays.</summary>
    public Tensor lstsq(NDArray a, NDArray b, double? rcond = null) => Python.np.linalg.lstsq(a, b, rcond).x;

    /// <summary>
    /// The LU decomposition: L below the diagonal and U in one matrix, and the permutation of the rows: <c>var (lu, order) = …</c>; only for arrays.
    /// </summary>
    /// <exception cref="ValueError">A matrix is singular or not square.</exception>
    public Tensor lu_factor(NDArray x)
    {
        int n = x.ndim >= 2 && x.shape[-1] == x.shape[-2] ? x.shape[-1]
            : throw new ValueError($"Expected square matrices in the last two axes. Received: shape={x.shape}");
        double[] all = x.ToDoubles();
        var order = new int[all.Length / Math.Max(n, 1)];
        for (int i = 0; i < all.Length / (n * n); i++)
        {
            double[] one = all[(i * n * n)..((i + 1) * n * n)];
            LinearAlgebra.Lu(one, n).CopyTo(order, i * n);
            one.CopyTo(all, i * n * n);
        }
        return Tensor.Several([new NDArray(all, x.shape).astype(DType.float32), new NDArray(order, (ArrayShape)x.shape[..^1])]);
    }

    /// <summary>The rank of a matrix: the number of singular values above rounding errors, or above a limit; only for arrays.</summary>
    public Tensor matrix_rank(NDArray x, double? tol = null) =>
        tol is { } limit ? Python.np.count_nonzero(Python.np.linalg.svd(x, compute_uv: false, full_matrices: false) > limit) : Python.np.linalg.matrix_rank(x);

    /// <summary>The pseudoinverse (Moore-Penrose); only for arrays.</summary>
    public Tensor pinv(NDArray x, double? rcond = null) =>
        rcond is { } limit ? Python.np.linalg.pinv(x, limit) : Python.np.linalg.pinv(x, 10 * Math.Max(x.shape[-1], x.shape[-2]) * 1.1920929e-07);

    /// <summary>The QR decomposition A = Q · R, with orthonormal columns in Q and an upper triangle R: <c>var (q, r) = …</c>.</summary>
    /// <exception cref="ValueError">The mode is neither "reduced" nor "complete".</exception>
    public Tensor qr(Tensor x, string mode = "reduced") => KerasOps.Qr(mode).Of(x);

    /// <summary>The sign of determinants, and the logarithm of their absolute values: <c>var (sign, logdet) = …</c>.</summary>
    public Tensor slogdet(Tensor x) => KerasOps.Slogdet.Of(x);

    /// <summary>The solution X of A · X = B; a B with one axis less is a vector.</summary>
    /// <exception cref="ValueError">A is singular, or the shapes don't fit.</exception>
    public Tensor solve(Tensor a, Tensor b) => KerasOps.Solve.Of(a, b);

    /// <summary>The solution X of A · X = B, with only the upper or the lower triangle of A.</summary>
    /// <exception cref="ValueError">A is singular, or the shapes don't fit.</exception>
    public Tensor solve_triangular(Tensor a, Tensor b, bool lower = false) => KerasOps.SolveTriangular(lower).Of(a, b);

    /// <summary>The singular value decomposition, with the values in descending order: <c>var (u, s, v) = …</c>; or the values alone.</summary>
    /// <param name="x">The matrices.</param>
    /// <param name="full_matrices">Whether U and V are square; for matrices that aren't square only false is supported.</param>
    /// <param name="compute_uv">Whether to compute U and V, too.</param>
    /// <exception cref="ValueError"><paramref name="full_matrices"/> is true for matrices that aren't square.</exception>
    public Tensor svd(Tensor x, bool full_matrices = true, bool compute_uv = true) => KerasOps.Svd(full_matrices, compute_uv).Of(x);
}
