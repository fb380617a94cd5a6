using KerasPort.Graphs;

namespace KerasPort;

// Linear algebra, of the matrices in the last two axes.
public sealed partial class OpsModule
{
    /// <summary>The distances of each of the points x[…, points, axes] from each of y.</summary>
    public Tensor cdist(Tensor x, Tensor y) =>
        sqrt(sum(square(subtract(expand_dims(x, -2), expand_dims(y, -3))), -1));

    /// <summary>The lower triangle L of A = L · Lᵀ, or Lᵀ.</summary>
    /// <exception cref="ValueError">A isn't positive definite.</exception>
    public Tensor cholesky(Tensor x, bool upper = false) => KerasOps.Cholesky(upper).Of(x);

    /// <summary>The inverse of A of the triangle that <see cref="cholesky"/> gives of it.</summary>
    public Tensor cholesky_inverse(Tensor x, bool upper = false) => KerasOps.CholeskyInverse(upper).Of(x);

    /// <summary>How rows go together, from -1 to 1.</summary>
    public Tensor corrcoef(Tensor x)
    {
        var apart = subtract(x, mean(x, -1, keepdims: true));
        var together = matmul(apart, swapaxes(apart, -1, -2)) / (double)(x.shape[^1]!.Value - 1);
        var deviations = sqrt(diagonal(together, 0, -2, -1));
        return clip(together / (expand_dims(deviations, -1) * expand_dims(deviations, -2)), -1, 1);
    }

    /// <summary>The determinants.</summary>
    public Tensor det(Tensor x) => KerasOps.Det.Of(x);

    /// <summary>The eigenvalues of symmetric matrices, from the smallest up, and their vectors as columns: <c>var (values, vectors) = …</c>.</summary>
    public Tensor eigh(Tensor x) => KerasOps.Eigh.Of(x);

    /// <summary>The inverses.</summary>
    /// <exception cref="ValueError">One has none.</exception>
    public Tensor inv(Tensor x) => KerasOps.Inv.Of(x);

    /// <summary>The logarithms of the determinants of symmetric, positive definite matrices.</summary>
    public Tensor logdet(Tensor x) => KerasOps.Logdet.Of(x);

    /// <summary>The least-squares solution of A · x = b; of arrays.</summary>
    public Tensor lstsq(NDArray a, NDArray b, double? rcond = null) => Python.np.linalg.lstsq(a, b, rcond).x;

    /// <summary>L below the diagonal and U of matrices whose rows are in another order, and that order: <c>var (lu, order) = …</c>; of an array.</summary>
    /// <exception cref="ValueError">A matrix has no inverse, or they aren't square.</exception>
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

    /// <summary>How many singular values of a matrix aren't 0 but for rounding, or above a limit; of an array.</summary>
    public Tensor matrix_rank(NDArray x, double? tol = null) =>
        tol is { } limit ? Python.np.count_nonzero(Python.np.linalg.svd(x, compute_uv: false, full_matrices: false) > limit) : Python.np.linalg.matrix_rank(x);

    /// <summary>The pseudoinverse (Moore-Penrose); of an array.</summary>
    public Tensor pinv(NDArray x, double? rcond = null) =>
        rcond is { } limit ? Python.np.linalg.pinv(x, limit) : Python.np.linalg.pinv(x, 10 * Math.Max(x.shape[-1], x.shape[-2]) * 1.1920929e-07);

    /// <summary>Q, columns at right angles and of length 1, and R, an upper triangle, of A = Q · R: <c>var (q, r) = …</c>.</summary>
    /// <exception cref="ValueError">The mode is another than "reduced" and "complete".</exception>
    public Tensor qr(Tensor x, string mode = "reduced") => KerasOps.Qr(mode).Of(x);

    /// <summary>The sign of determinants, and the logarithm of their size: <c>var (sign, logdet) = …</c>.</summary>
    public Tensor slogdet(Tensor x) => KerasOps.Slogdet.Of(x);

    /// <summary>X of A · X = B; of one axis less B is a vector.</summary>
    /// <exception cref="ValueError">There is none, or shapes don't go together.</exception>
    public Tensor solve(Tensor a, Tensor b) => KerasOps.Solve.Of(a, b);

    /// <summary><see cref="solve"/> with the upper, or the lower, triangle of A.</summary>
    /// <exception cref="ValueError">There is none, or shapes don't go together.</exception>
    public Tensor solve_triangular(Tensor a, Tensor b, bool lower = false) => KerasOps.SolveTriangular(lower).Of(a, b);

    /// <summary>The singular values, from the largest down, between what turns rows and columns: <c>var (u, s, v) = …</c>; or they alone.</summary>
    /// <param name="x">The matrices.</param>
    /// <param name="full_matrices">False: as many columns of U and rows of V as values, which is what there is here of matrices that aren't square.</param>
    /// <param name="compute_uv">Whether to compute U and V, too.</param>
    /// <exception cref="ValueError">Whole square U and V are asked for of matrices that aren't square.</exception>
    public Tensor svd(Tensor x, bool full_matrices = true, bool compute_uv = true) => KerasOps.Svd(full_matrices, compute_uv).Of(x);
}
