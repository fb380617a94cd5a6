using KerasPort.Graphs;

namespace KerasPort;

/// <summary><c>tf.linalg</c>: linear algebra of the matrices in the last two axes.</summary>
public sealed class TensorFlowLinalgModule
{
    private static OpsModule Ops => Python.keras.ops;

    /// <summary>Sets all elements outside a band around the diagonal to 0.</summary>
    /// <param name="input">The matrices.</param>
    /// <param name="num_lower">The number of diagonals kept below the main one; -1 for all.</param>
    /// <param name="num_upper">The number of diagonals kept above it; -1 for all.</param>
    public Tensor band_part(Tensor input, int num_lower, int num_upper)
    {
        var kept = num_lower < 0 ? input : Ops.triu(input, -num_lower);
        return num_upper < 0 ? kept : Ops.tril(kept, num_upper);
    }

    /// <inheritdoc cref="OpsModule.cholesky"/>
    public Tensor cholesky(Tensor input) => KerasOps.Cholesky(false).OfTensorFlow(input);

    /// <inheritdoc cref="OpsModule.cross"/>
    public Tensor cross(Tensor a, Tensor b) => Ops.cross(a, b);

    /// <inheritdoc cref="OpsModule.det"/>
    public Tensor det(Tensor input) => KerasOps.Det.OfTensorFlow(input);

    /// <summary>Square matrices with vectors on a diagonal and another value elsewhere.</summary>
    /// <param name="diagonal">The vectors, along the last axis.</param>
    /// <param name="k">The diagonal, from the main one: positive above it.</param>
    /// <param name="padding_value">The value elsewhere.</param>
    public Tensor diag(Tensor diagonal, int k = 0, double padding_value = 0)
    {
        int side = Length(diagonal, -1) + Math.Abs(k);
        return OnDiagonal(diagonal, side, side, k, Like(padding_value, diagonal));
    }

    /// <summary>A diagonal of each matrix.</summary>
    /// <param name="input">The matrices.</param>
    /// <param name="k">The diagonal, from the main one: positive above it.</param>
    public Tensor diag_part(Tensor input, int k = 0) => Ops.diagonal(input, k, -2, -1);

    /// <inheritdoc cref="OpsModule.eigh"/>
    public Tensor eigh(Tensor tensor) => KerasOps.Eigh.OfTensorFlow(tensor);

    /// <summary>The eigenvalues of symmetric matrices in ascending order.</summary>
    public Tensor eigvalsh(Tensor tensor) => eigh(tensor)[0];

    /// <inheritdoc cref="TensorFlowModule.einsum"/>
    public Tensor einsum(string equation, params Tensor[] inputs) => Python.tf.einsum(equation, inputs);

    /// <summary>Identity matrices.</summary>
    public Tensor eye(int num_rows, int? num_columns = null, Shape? batch_shape = null, DType? dtype = null)
    {
        var one = Python.tf.eye(num_rows, num_columns, dtype);
        return batch_shape is { } outer ? Ops.broadcast_to(one, new Shape([.. outer, .. one.shape])) : one;
    }

    /// <summary>The Euclidean norm of all elements of several tensors.</summary>
    public Tensor global_norm(Tensors t_list) => Ops.sqrt(t_list.Select(x => Ops.sum(Ops.square(x))).Aggregate((sum, x) => sum + x));

    /// <summary>The inverses, or those of the transposes.</summary>
    /// <exception cref="ValueError">A matrix is singular.</exception>
    public Tensor inv(Tensor input, bool adjoint = false) => KerasOps.Inv.OfTensorFlow(Turned(input, adjoint));

    /// <inheritdoc cref="TensorFlowNNModule.l2_normalize"/>
    public Tensor l2_normalize(Tensor x, Axes? axis = null, double epsilon = 1e-12) => Python.tf.nn.l2_normalize(x, axis, epsilon);

    /// <inheritdoc cref="OpsModule.logdet"/>
    public Tensor logdet(Tensor matrix) => KerasOps.Logdet.OfTensorFlow(matrix);

    /// <summary>The X with the smallest |A · X - B|² + l2_regularizer · |X|², by the normal equations.</summary>
    /// <exception cref="ValueError">A hasn't full rank, and there is no regularizer.</exception>
    public Tensor lstsq(Tensor matrix, Tensor rhs, double l2_regularizer = 0)
    {
        bool isWide = Length(matrix, -2) < Length(matrix, -1);
        var turned = matrix_transpose(matrix);
        var squares = isWide ? matmul(matrix, turned) : matmul(turned, matrix);
        if (l2_regularizer != 0) squares = squares + l2_regularizer * Python.tf.eye(Length(squares, -1), dtype: matrix.dtype);
        return isWide ? matmul(turned, solve(squares, rhs)) : solve(squares, matmul(turned, rhs));
    }

    /// <inheritdoc cref="TensorFlowModule.matmul(Tensor, Tensor, bool, bool)"/>
    public Tensor matmul(Tensor a, Tensor b, bool transpose_a = false, bool transpose_b = false) => Python.tf.matmul(a, b, transpose_a, transpose_b);

    /// <summary>The number of singular values above rounding errors, or above a limit.</summary>
    public Tensor matrix_rank(Tensor a, double? tol = null) => Ops.matrix_rank(a.numpy(), tol).numpy().astype(DType.int32);

    /// <summary>The matrices transposed.</summary>
    public Tensor matrix_transpose(Tensor a) => Turned(a, true);

    /// <summary>The products of matrices, or of their transposes, and vectors.</summary>
    public Tensor matvec(Tensor a, Tensor b, bool transpose_a = false) => Ops.squeeze(matmul(a, Ops.expand_dims(b, -1), transpose_a), -1);

    /// <summary>The norm of vectors, of matrices over two axes, or of all elements as one vector: Euclidean, or of another order.</summary>
    /// <param name="tensor">The tensor.</param>
    /// <param name="ord">The order; for matrices 1, 2 or np.inf.</param>
    /// <param name="axis">The axis, or both.</param>
    /// <param name="keepdims">Whether the axes stay, with length 1.</param>
    /// <exception cref="ValueError">There is no such norm.</exception>
    public Tensor norm(Tensor tensor, double? ord = null, Axes? axis = null, bool keepdims = false) => Norm(tensor, ord, axis, keepdims);

    /// <inheritdoc cref="norm(Tensor, double?, Axes?, bool)"/>
    /// <param name="ord">"euclidean", or "fro" for matrices.</param>
    public Tensor norm(Tensor tensor, string ord, Axes? axis = null, bool keepdims = false) => Norm(tensor, ord, axis, keepdims);

    /// <summary>The tensor divided by its norms, and the norms: <c>var (normalized, norm) = …</c>.</summary>
    public Tensor normalize(Tensor tensor, double? ord = null, Axes? axis = null)
    {
        var length = norm(tensor, ord, axis, keepdims: true);
        return Tensor.Several([tensor / length, length]);
    }

    /// <inheritdoc cref="OpsModule.pinv"/>
    public Tensor pinv(Tensor a, double? rcond = null) => Tensor.Holding(Ops.pinv(a.numpy(), rcond).numpy(), a.dtype);

    /// <inheritdoc cref="OpsModule.qr"/>
    public Tensor qr(Tensor input, bool full_matrices = false) => KerasOps.Qr(full_matrices ? "complete" : "reduced").OfTensorFlow(input);

    /// <summary>The matrices with other elements on a diagonal.</summary>
    /// <param name="input">The matrices.</param>
    /// <param name="diagonal">The elements, along the last axis.</param>
    /// <param name="k">The diagonal, from the main one: positive above it.</param>
    public Tensor set_diag(Tensor input, Tensor diagonal, int k = 0) => OnDiagonal(diagonal, Length(input, -2), Length(input, -1), k, input);

    /// <summary>The sign of determinants, and the logarithm of their absolute values: <c>var (sign, logdet) = …</c>.</summary>
    public Tensor slogdet(Tensor input) => KerasOps.Slogdet.OfTensorFlow(input);

    /// <summary>The solution X of A · X = B, or of Aᵀ · X = B.</summary>
    /// <exception cref="ValueError">A is singular, or the shapes don't fit.</exception>
    public Tensor solve(Tensor matrix, Tensor rhs, bool adjoint = false) => KerasOps.Solve.OfTensorFlow(Turned(matrix, adjoint), rhs);

    /// <summary>The singular value decomposition A = U · S · Vᵀ: <c>var (s, u, v) = …</c>, with V not transposed; or the singular values alone.</summary>
    /// <exception cref="ValueError"><paramref name="full_matrices"/> is true for matrices that aren't square.</exception>
    public Tensor svd(Tensor tensor, bool full_matrices = false, bool compute_uv = true)
    {
        var all = KerasOps.Svd(full_matrices, compute_uv).OfTensorFlow(tensor);
        return compute_uv ? Tensor.Several([all[1], all[0], matrix_transpose(all[2])]) : all;
    }

    /// <summary>Twice as many axes, with all elements on the diagonal: of a vector, a diagonal matrix.</summary>
    public Tensor tensor_diag(Tensor diagonal) => Ops.reshape(Ops.diag(Ops.ravel(diagonal)), new Shape([.. diagonal.shape, .. diagonal.shape]));

    /// <summary>The diagonal of a tensor whose second half of axes has the lengths of its first half: of a matrix, its diagonal.</summary>
    /// <exception cref="ValueError">It hasn't such axes.</exception>
    public Tensor tensor_diag_part(Tensor input)
    {
        int half = input.shape.Rank / 2;
        var outer = input.shape[..half];
        return input.shape.Rank == 2 * half && outer == input.shape[half..]
            ? Ops.reshape(Ops.diag(Ops.reshape(input, (outer.Size, outer.Size))), outer)
            : throw new ValueError($"tensor_diag_part needs axes whose second half has the lengths of the first. Received: shape={input.shape}");
    }

    /// <inheritdoc cref="TensorFlowModule.tensordot(Tensor, Tensor, int)"/>
    public Tensor tensordot(Tensor a, Tensor b, int axes) => Python.tf.tensordot(a, b, axes);

    /// <inheritdoc cref="TensorFlowModule.tensordot(Tensor, Tensor, int)"/>
    public Tensor tensordot(Tensor a, Tensor b, Axes[] axes) => Python.tf.tensordot(a, b, axes);

    /// <summary>The sum of the diagonal of each matrix.</summary>
    public Tensor trace(Tensor x) => Python.tf.reduce_sum(diag_part(x), -1);

    /// <summary>The solution X of A · X = B, or of Aᵀ · X = B, with only the lower or the upper triangle of A.</summary>
    /// <exception cref="ValueError">A is singular, or the shapes don't fit.</exception>
    public Tensor triangular_solve(Tensor matrix, Tensor rhs, bool lower = true, bool adjoint = false) =>
        KerasOps.SolveTriangular(lower != adjoint).OfTensorFlow(Turned(matrix, adjoint), rhs);

    internal static Tensor Turned(Tensor x, bool isTurned) => isTurned ? Ops.swapaxes(x, -1, -2) : x;

    private static int Length(Tensor x, int axis) => x.shape[((Axes)axis).Of(x.shape)[0]]
        ?? throw new ValueError($"The last two axes must have known lengths. Received: shape={x.shape}");

    private static Tensor Like(double value, Tensor x) => x.dtype.IsInexact ? value : (Tensor)(int)value;

    private static Tensor OnDiagonal(Tensor diagonal, int rows, int columns, int k, Tensor elsewhere)
    {
        int length = Length(diagonal, -1);
        if (length != Math.Min(rows + Math.Min(k, 0), columns - Math.Max(k, 0)))
            throw new ValueError($"Diagonal {k} of {rows} rows and {columns} columns has another length. Received: diagonal.shape={diagonal.shape}");
        // A diagonal above the main one begins in the first row, one below it in the first column.
        int side = k >= 0 ? rows : columns;
        var widths = new (int, int)[diagonal.shape.Rank];
        widths[^1] = (0, side - length);
        var padded = Ops.pad(diagonal, widths);
        return Ops.where(Ops.eye(rows, columns, k, DType.@bool), Ops.expand_dims(padded, k >= 0 ? -1 : -2), elsewhere);
    }

    private static Tensor Norm(Tensor tensor, object? ord, Axes? axis, bool keepdims)
    {
        if (axis is not null || ord is null) return KerasOps.Norm(ord, axis, keepdims).OfTensorFlow(tensor);
        var norm = KerasOps.Norm(ord, 0, false).OfTensorFlow(Ops.ravel(tensor));
        return keepdims ? Ops.reshape(norm, new Shape([.. tensor.shape.Select(_ => (int?)1)])) : norm;
    }
}
