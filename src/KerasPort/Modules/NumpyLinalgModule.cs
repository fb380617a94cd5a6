namespace KerasPort;

/// <summary><c>np.linalg</c>.</summary>
public sealed class NumpyLinalgModule
{
    internal NumpyLinalgModule() { }

    /// <summary>The inverse of a square matrix, or of those in the last two axes.</summary>
    /// <exception cref="LinAlgError">One has none, or they aren't square.</exception>
    public NDArray inv(NDArray a) => solve(a, Python.np.eye(Square(a), dtype: a.dtype == DType.float32 ? a.dtype : DType.float64));

    /// <summary>X of A · X = B, for the matrices in the last two axes; a vector is one column.</summary>
    /// <exception cref="LinAlgError">There is none, or they aren't square.</exception>
    /// <exception cref="ValueError">B hasn't as many rows.</exception>
    public NDArray solve(NDArray a, NDArray b)
    {
        int n = Square(a);
        bool isVector = b.ndim == 1;
        if (b.ndim == 0 || b.shape[isVector ? 0 : -2] != n)
            throw new ValueError($"solve: Input operand 1 has a mismatch in its core dimension: {a.shape} and {b.shape}");
        var right = isVector ? b.reshape(n, 1) : b;
        int columns = right.shape[-1];
        int[] outer = Broadcast.Shape([.. a.shape[..^2]], [.. right.shape[..^2]]) ?? throw new ValueError($"{a.shape} and {b.shape} cannot be broadcast");
        double[] x = right.To([.. outer, n, columns]).ToDoubles(), all = a.To([.. outer, n, n]).ToDoubles();
        for (int i = 0; i * n * n < all.Length; i++)
        {
            double[] one = all[(i * n * n)..((i + 1) * n * n)], of = x[(i * n * columns)..((i + 1) * n * columns)];
            if (LinearAlgebra.Solve(one, n, of, columns) == 0 && n > 0) throw new LinAlgError("Singular matrix");
            of.CopyTo(x, i * n * columns);
        }
        return Typed(new NDArray(x, isVector ? [.. outer, n] : [.. outer, n, columns]), a, b);
    }

    /// <summary>The determinant of a square matrix, or of those in the last two axes.</summary>
    /// <exception cref="LinAlgError">They aren't square.</exception>
    public NDArray det(NDArray a)
    {
        int n = Square(a);
        double[] all = a.ToDoubles();
        return Typed(new NDArray([.. Enumerable.Range(0, n == 0 ? 1 : all.Length / (n * n))
            .Select(i => LinearAlgebra.Solve(all[(i * n * n)..((i + 1) * n * n)], n, [], 0))], (ArrayShape)a.shape[..^2]), a);
    }

    /// <summary>The singular values of a matrix, from the largest down, between what turns its rows and its columns: A = U · diag(S) · Vh.</summary>
    /// <param name="a">The matrix.</param>
    /// <param name="full_matrices">False: as many columns of U and rows of Vh as values, which is what there is here where A isn't square.</param>
    /// <exception cref="LinAlgError">It has not two axes.</exception>
    /// <exception cref="ValueError">Whole square U and Vh are asked for of a matrix that isn't square.</exception>
    public (NDArray U, NDArray S, NDArray Vh) svd(NDArray a, bool full_matrices = true)
    {
        Matrix(a);
        if (full_matrices && a.shape[0] != a.shape[1])
            throw new ValueError($"svd gives U and Vh of a matrix that isn't square with full_matrices=False alone. Received: a of shape {a.shape}");
        bool isWide = a.shape[0] < a.shape[1];
        var tall = isWide ? a.T : a;
        double[] u = tall.ToDoubles();
        int m = tall.shape[0], n = tall.shape[1];
        var (values, v) = LinearAlgebra.Svd(u, m, n);
        NDArray left = Typed(new NDArray(u, [m, n]), a), right = Typed(new NDArray(v, [n, n]), a), singular = Typed(new NDArray(values, [n]), a);
        return isWide ? (right.T.copy(), singular, left.T.copy()) : (left, singular, right);
    }

    /// <summary>The singular values of a matrix alone: with <c>compute_uv: false</c>.</summary>
    /// <exception cref="LinAlgError">It has not two axes.</exception>
    /// <exception cref="ValueError">All are asked for: leave <c>compute_uv</c> out.</exception>
    public NDArray svd(NDArray a, bool compute_uv, bool full_matrices = true) =>
        compute_uv ? throw new ValueError("svd(…, compute_uv: true) gives three arrays: leave compute_uv out") : svd(a, full_matrices: false).S;

    /// <summary>The matrix that is the inverse as far as there is one.</summary>
    /// <exception cref="LinAlgError">It has not two axes.</exception>
    public NDArray pinv(NDArray a, double rcond = 1e-15)
    {
        var (u, s, vh) = svd(a, full_matrices: false);
        if (s.size == 0) return Typed(a.T, a);
        var inverse = Python.np.where(s > rcond * s.max(), 1.0 / s, 0.0).astype(s.dtype);
        return Python.np.matmul(vh.T * inverse, u.T);
    }

    /// <summary>The numbers x with the least squares of A · x - b, with the sum of these, A's rank and its singular values.</summary>
    /// <exception cref="LinAlgError">A has not two axes.</exception>
    public (NDArray x, NDArray residuals, int rank, NDArray s) lstsq(NDArray a, NDArray b, double? rcond = null)
    {
        var np = Python.np;
        double limit = rcond ?? Epsilon(a) * Math.Max(a.shape[0], a.shape[1]);
        var x = np.matmul(pinv(a, limit), b);
        var s = svd(a, full_matrices: false).S;
        int rank = np.count_nonzero(s > limit * s.max());
        var rest = np.matmul(a, x) - b;
        return (x, rank == a.shape[1] && a.shape[0] > rank ? np.atleast_1d((rest * rest).sum(axis: 0)) : np.zeros(0), rank, s);
    }

    /// <summary>How many of a matrix' singular values aren't 0 but for rounding.</summary>
    public int matrix_rank(NDArray A)
    {
        if (A.ndim < 2) return (A != 0).any() ? 1 : 0;
        var s = svd(A, full_matrices: false).S;
        return s.size == 0 ? 0 : Python.np.count_nonzero(s > s.max() * Epsilon(A) * Math.Max(A.shape[0], A.shape[1]));
    }

    /// <summary>A = Q · R: columns at right angles and of length 1, and an upper triangle.</summary>
    /// <exception cref="LinAlgError">It has not two axes.</exception>
    public (NDArray Q, NDArray R) qr(NDArray a)
    {
        Matrix(a);
        int m = a.shape[0], n = a.shape[1], k = Math.Min(m, n);
        double[] r = a.ToDoubles(), q = LinearAlgebra.Qr(r, m, n);
        return (Typed(new NDArray(q, [m, m])[.., ..k].copy(), a), Typed(new NDArray(r, [m, n])[..k].copy(), a));
    }

    /// <summary>The eigenvalues of a symmetric matrix, from the smallest up, and its eigenvectors as columns. The lower triangle is read.</summary>
    /// <exception cref="LinAlgError">It isn't square.</exception>
    public (NDArray eigenvalues, NDArray eigenvectors) eigh(NDArray a)
    {
        Matrix(a);
        int n = Square(a);
        double[] lower = a.ToDoubles();
        for (int i = 0; i < n; i++) for (int j = i + 1; j < n; j++) lower[i * n + j] = lower[j * n + i];
        var (values, vectors) = LinearAlgebra.Symmetric(lower, n);
        return (Typed(new NDArray(values, [n]), a), Typed(new NDArray(vectors, [n, n]), a));
    }

    /// <summary>The eigenvalues of a symmetric matrix, from the smallest up. The lower triangle is read.</summary>
    /// <exception cref="LinAlgError">It isn't square.</exception>
    public NDArray eigvalsh(NDArray a) => eigh(a).eigenvalues;

    /// <summary>A square matrix times itself so often; its inverse where the number is negative.</summary>
    /// <exception cref="LinAlgError">It isn't square, or has no inverse.</exception>
    public NDArray matrix_power(NDArray a, int n)
    {
        int size = Square(a);
        var power = n < 0 ? inv(a) : a;
        var result = Python.np.eye(size, dtype: power.dtype);
        for (int i = 0; i < Math.Abs(n); i++) result = Python.np.matmul(result, power);
        return result;
    }

    private static int Square(NDArray a) => a.ndim < 2 ? throw new LinAlgError($"{a.ndim}-dimensional array given. Array must be at least two-dimensional")
        : a.shape[-1] == a.shape[-2] ? a.shape[-1] : throw new LinAlgError("Last 2 dimensions of the array must be square");

    private static void Matrix(NDArray a)
    {
        if (a.ndim != 2) throw new LinAlgError($"{a.ndim}-dimensional array given. Array must be two-dimensional here");
    }

    private static double Epsilon(NDArray a) => a.dtype == DType.float32 ? 1.1920929e-07 : 2.220446049250313e-16;

    // In float32 where all are of it.
    private static NDArray Typed(NDArray result, params ReadOnlySpan<NDArray> of)
    {
        foreach (var a in of) if (a.dtype != DType.float32) return result.astype(DType.float64);
        return result.astype(DType.float32);
    }

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
