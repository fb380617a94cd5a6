namespace KerasPort;

/// <summary><c>np.linalg</c>.</summary>
public sealed class NumpyLinalgModule
{
    internal NumpyLinalgModule() { }

    /// <summary>The inverse of a square matrix, or of the matrices in the last two axes.</summary>
    /// <exception cref="LinAlgError">A matrix is singular or not square.</exception>
    public NDArray inv(NDArray a) => solve(a, Python.np.eye(Square(a), dtype: a.dtype == DType.float32 ? a.dtype : DType.float64));

    /// <summary>X of A · X = B, for the matrices in the last two axes; a vector is one column.</summary>
    /// <exception cref="LinAlgError">A is singular or not square.</exception>
    /// <exception cref="ValueError">B has another number of rows.</exception>
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

    /// <summary>The determinant of a square matrix, or of the matrices in the last two axes.</summary>
    /// <exception cref="LinAlgError">A matrix isn't square.</exception>
    public NDArray det(NDArray a)
    {
        // numpy makes it of its logarithm, which shows in the last digits.
        var (sign, log) = slogdet(a.astype(DType.float64));
        return Typed(sign * Python.np.exp(log), a);
    }

    /// <summary>The singular value decomposition A = U · diag(S) · Vh, with the singular values in descending order.</summary>
    /// <param name="a">The matrix.</param>
    /// <param name="full_matrices">Whether U and Vh are square; else they have as many columns and rows, respectively, as there are singular values.</param>
    /// <exception cref="LinAlgError">The array isn't a matrix.</exception>
    public (NDArray U, NDArray S, NDArray Vh) svd(NDArray a, bool full_matrices = true)
    {
        Matrix(a);
        bool isWide = a.shape[0] < a.shape[1];
        var tall = isWide ? a.T : a;
        double[] u = tall.ToDoubles();
        int m = tall.shape[0], n = tall.shape[1];
        bool isMuchWider = isWide && n > 0 && m >= n * 11 / 6;
        var (values, v) = isMuchWider ? SingularValues.DecomposeWide(u, m, n) : SingularValues.Decompose(u, m, n);
        NDArray left = new(u, [m, n]), square = new(v, [n, n]), right = Typed(isMuchWider ? square.T.copy() : square, a);
        var singular = Typed(new NDArray(values, [n]), a);
        if (full_matrices && m > n) left = Completed(left);
        left = Typed(left, a);
        return isWide ? (right.T.copy(), singular, left.T.copy()) : (left, singular, right);
    }

    // Adds orthonormal columns until there are as many as rows. The first columns of Q in Q · R are the given ones but for their signs; its others are added.
    private static NDArray Completed(NDArray columns)
    {
        int m = columns.shape[0], n = columns.shape[1];
        double[] r = columns.ToDoubles(), q = LinearAlgebra.Qr(r, m, n);
        return Python.np.concatenate([columns, new NDArray(q, [m, m])[.., n..]], axis: 1);
    }

    /// <summary>The singular values alone of a matrix, with <c>compute_uv: false</c>.</summary>
    /// <exception cref="LinAlgError">The array isn't a matrix.</exception>
    /// <exception cref="ValueError"><paramref name="compute_uv"/> is true: leave it out for all three.</exception>
    public NDArray svd(NDArray a, bool compute_uv, bool full_matrices = true) =>
        compute_uv ? throw new ValueError("svd(…, compute_uv: true) gives three arrays: leave compute_uv out") : svd(a, full_matrices: false).S;

    /// <summary>The pseudoinverse (Moore-Penrose) of a matrix.</summary>
    /// <exception cref="LinAlgError">The array isn't a matrix.</exception>
    public NDArray pinv(NDArray a, double rcond = 1e-15)
    {
        var (u, s, vh) = svd(a, full_matrices: false);
        if (s.size == 0) return Typed(a.T, a);
        var inverse = Python.np.where(s > rcond * s.max(), 1.0 / s, 0.0).astype(s.dtype);
        return Python.np.matmul(vh.T * inverse, u.T);
    }

    /// <summary>The least-squares solution x of A · x = b, with the sums of squared residuals, A's rank and its singular values.</summary>
    /// <exception cref="LinAlgError">A isn't a matrix.</exception>
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

    /// <summary>The rank of a matrix: the number of singular values above rounding errors.</summary>
    public int matrix_rank(NDArray A)
    {
        if (A.ndim < 2) return (A != 0).any() ? 1 : 0;
        var s = svd(A, full_matrices: false).S;
        return s.size == 0 ? 0 : Python.np.count_nonzero(s > s.max() * Epsilon(A) * Math.Max(A.shape[0], A.shape[1]));
    }

    /// <summary>A = Q · R, with orthonormal columns in Q and an upper triangle R.</summary>
    /// <exception cref="LinAlgError">The array isn't a matrix.</exception>
    public (NDArray Q, NDArray R) qr(NDArray a)
    {
        Matrix(a);
        int m = a.shape[0], n = a.shape[1], k = Math.Min(m, n);
        double[] r = a.ToDoubles(), q = LinearAlgebra.Qr(r, m, n);
        return (Typed(new NDArray(q, [m, m])[.., ..k].copy(), a), Typed(new NDArray(r, [m, n])[..k].copy(), a));
    }

    /// <summary>The eigenvalues of a symmetric matrix in ascending order, and its eigenvectors as columns. Only the lower triangle is read.</summary>
    /// <exception cref="LinAlgError">The array isn't a square matrix.</exception>
    public (NDArray eigenvalues, NDArray eigenvectors) eigh(NDArray a)
    {
        Matrix(a);
        int n = Square(a);
        double[] lower = a.ToDoubles();
        for (int i = 0; i < n; i++) for (int j = i + 1; j < n; j++) lower[i * n + j] = lower[j * n + i];
        var (values, vectors) = LinearAlgebra.Symmetric(lower, n);
        return (Typed(new NDArray(values, [n]), a), Typed(new NDArray(vectors, [n, n]), a));
    }

    /// <summary>The eigenvalues of a symmetric matrix in ascending order. Only the lower triangle is read.</summary>
    /// <exception cref="LinAlgError">The array isn't a square matrix.</exception>
    public NDArray eigvalsh(NDArray a) => eigh(a).eigenvalues;

    /// <summary>The lower triangle L of A = L · Lᵀ, for a symmetric positive definite matrix.</summary>
    /// <exception cref="LinAlgError">The array isn't a square matrix, or not positive definite.</exception>
    public NDArray cholesky(NDArray a)
    {
        Matrix(a);
        int n = Square(a);
        double[] all = a.ToDoubles(), lower = new double[n * n];
        for (int i = 0; i < n; i++)
            for (int j = 0; j <= i; j++)
            {
                double rest = all[i * n + j];
                for (int k = 0; k < j; k++) rest -= lower[i * n + k] * lower[j * n + k];
                if (i == j && !(rest > 0)) throw new LinAlgError("Matrix is not positive definite");
                lower[i * n + j] = i == j ? Math.Sqrt(rest) : rest / lower[j * n + j];
            }
        return Typed(new NDArray(lower, [n, n]), a);
    }

    /// <summary>The eigenvalues of a square matrix, and its eigenvectors of norm 1 as columns.</summary>
    /// <exception cref="LinAlgError">The array isn't a square matrix, or an eigenvalue is complex, which isn't supported.</exception>
    public (NDArray eigenvalues, NDArray eigenvectors) eig(NDArray a)
    {
        Matrix(a);
        int n = Square(a);
        var (values, vectors) = Eigen.Of(a.ToDoubles(), n);
        return (Typed(new NDArray(values, [n]), a), Typed(new NDArray(vectors, [n, n]), a));
    }

    /// <summary>The eigenvalues of a square matrix.</summary>
    /// <exception cref="LinAlgError">The array isn't a square matrix, or an eigenvalue is complex, which isn't supported.</exception>
    public NDArray eigvals(NDArray a) => eig(a).eigenvalues;

    /// <summary>The sign of a determinant and the logarithm of its absolute value.</summary>
    /// <exception cref="LinAlgError">The array isn't a square matrix.</exception>
    public (NDArray sign, NDArray logabsdet) slogdet(NDArray a)
    {
        int n = Square(a);
        double[] all = a.ToDoubles();
        var each = Enumerable.Range(0, n == 0 ? 1 : all.Length / (n * n)).Select(i =>
            LinearAlgebra.LogDeterminant(all[(i * n * n)..((i + 1) * n * n)], n)).ToArray();
        ArrayShape shape = a.shape[..^2];
        return (Typed(new NDArray([.. each.Select(d => d.Sign)], shape), a), Typed(new NDArray([.. each.Select(d => d.Log)], shape), a));
    }

    /// <summary>
    /// The condition number of a matrix, by which errors may grow when it is inverted: by default its largest singular value over the smallest.
    /// </summary>
    /// <param name="x">The matrix.</param>
    /// <param name="p">The norm; the number is the product of the norms of the matrix and its inverse. 2 by default.</param>
    /// <exception cref="LinAlgError">The array isn't a matrix, or has no inverse where one is needed.</exception>
    public NumpyScalar cond(NDArray x, double? p = null)
    {
        Matrix(x);
        if (p is not (null or 2 or -2)) return norm(x, p) * norm(inv(x), p);
        var s = svd(x, full_matrices: false).S;
        return new(p == -2 ? s[-1] / s[0] : s[0] / s[-1]);
    }

    /// <summary>The product of several matrices.</summary>
    /// <exception cref="ValueError">The shapes don't fit, or there are fewer than two arrays.</exception>
    public NDArray multi_dot(ArraySequence arrays) => arrays.Count < 2 ? throw new ValueError("Expecting at least two arrays.")
        : arrays.Skip(1).Aggregate(arrays[0], (product, next) => product.dot(next));

    /// <summary>A power of a square matrix; a negative exponent takes that of the inverse.</summary>
    /// <exception cref="LinAlgError">The array isn't a square matrix, or has no inverse.</exception>
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

    // The result in float32 if all arguments are of that type.
    private static NDArray Typed(NDArray result, params ReadOnlySpan<NDArray> of)
    {
        foreach (var a in of) if (a.dtype != DType.float32) return result.astype(DType.float64);
        return result.astype(DType.float32);
    }

    // The largest sums of magnitudes along one of two axes, or norms by singular values.
    private static NDArray MatrixNorms(NDArray x, double order, Axes? axis, bool keepdims)
    {
        var np = Python.np;
        int row = x.At(axis?[0] ?? 0), column = x.At(axis?[1] ?? 1);
        var moved = np.moveaxis(x, [row, column], [-2, -1]);
        var magnitudes = np.abs(moved);
        var norms = order switch
        {
            1 => magnitudes.sum(-2).max(-1),
            -1 => magnitudes.sum(-2).min(-1),
            double.PositiveInfinity => magnitudes.sum(-1).max(-1),
            double.NegativeInfinity => magnitudes.sum(-1).min(-1),
            2 or -2 => Singular(moved, s => order > 0 ? s[0] : s[-1]),
            _ => throw new ValueError("Invalid norm order for matrices."),
        };
        return keepdims ? np.expand_dims(norms, [row, column]) : norms;
    }

    private static NDArray Singular(NDArray matrices, Func<NDArray, NDArray> of)
    {
        var all = matrices.reshape(-1, matrices.shape[-2], matrices.shape[-1]);
        return NDArray.OfRows([.. Enumerable.Range(0, all.Length).Select(i =>
            of(Python.np.linalg.svd(all[i], full_matrices: false).S))]).reshape([.. matrices.shape[..^2]]);
    }

    /// <summary>A norm of a matrix by name: "fro", the Euclidean norm of all elements, or "nuc", the sum of the singular values.</summary>
    /// <exception cref="ValueError">The name is unknown.</exception>
    [System.Runtime.CompilerServices.OverloadResolutionPriority(-1)]
    public NDArray norm(NDArray x, string ord, Axes? axis = null, bool keepdims = false)
    {
        if ((axis?.Count ?? x.ndim) != 2) throw new ValueError("Improper number of dimensions to norm.");
        if (ord == "fro") return norm(x, (double?)null, axis ?? Axes.Create([0, 1]), keepdims);
        if (ord != "nuc") throw new ValueError($"Invalid norm order for matrices. Received: ord='{ord}'");
        var sums = Singular(Python.np.moveaxis(x, [x.At(axis?[0] ?? 0), x.At(axis?[1] ?? 1)], [-2, -1]), s => s.sum());
        return keepdims ? Python.np.expand_dims(sums, axis ?? Axes.Create([0, 1])) : sums;
    }

    /// <summary>The Euclidean norm of all elements; with an order, that norm of a vector or a matrix.</summary>
    /// <param name="x">The array.</param>
    /// <param name="ord">2 (or "fro" for matrices), 1, another number, or infinity for the largest magnitude.</param>
    /// <exception cref="ValueError">The order isn't supported for a matrix.</exception>
    public NumpyScalar norm(NDArray x, double? ord = null) => new(norm(x, ord, axis: null));

    /// <inheritdoc cref="norm(NDArray, double?, Axes?, bool)"/>
    [System.Runtime.CompilerServices.OverloadResolutionPriority(-1)]
    public NDArray norm(NDArray x, Axes axis, double? ord = null, bool keepdims = false) => norm(x, ord, axis, keepdims);

    /// <summary>The norms of vectors along an axis, or of matrices over two axes.</summary>
    /// <param name="x">The array.</param>
    /// <param name="ord">2, 1, another number, or infinity for the largest magnitude.</param>
    /// <param name="axis">The axis.</param>
    /// <param name="keepdims">Whether the axis stays, with length 1.</param>
    /// <exception cref="ValueError">There is no such axis, or an order is given for more than two axes.</exception>
    public NDArray norm(NDArray x, double? ord, Axes? axis, bool keepdims = false)
    {
        if (!x.dtype.IsInexact) x = x.astype(DType.float64);
        if (axis is null && ord is null)
        {
            // Without an order and an axis, numpy takes the norm of the flattened array.
            var length = Python.np.sqrt(x.ravel().dot(x.ravel()));
            return keepdims ? length.reshape([.. x.shape.Select(_ => 1)]) : length;
        }
        int axes = axis?.Count ?? x.ndim;
        if (ord is not null && axes == 2) return MatrixNorms(x, ord.Value, axis, keepdims);
        if (ord is not null && axes != 1)
            throw new ValueError($"Improper number of dimensions to norm: {axes}. Received: an array of shape {x.shape}, axis={axis}");
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
