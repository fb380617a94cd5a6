namespace KerasPort.Graphs;

/// <summary>Linear algebra of the matrices in the last two axes, computed on the processor in double, matrix by matrix.</summary>
internal static partial class KerasOps
{
    /// <summary>The lower triangle L of A = L · Lᵀ, or its transpose.</summary>
    public static Function Cholesky(bool upper) => new("Cholesky", (g, t) =>
    {
        int n = SideOf(t[0]);
        var lower = g.OnHost(t[0].shape, (x, y) => Each(n * n, x[0], y, a => LinearAlgebra.Cholesky(a, n)), (g, node, dy) =>
        {
            // dA = (S + Sᵀ) / 2 with S = L⁻ᵀ · Φ(Lᵀ · dL) · L⁻¹; Φ takes the lower triangle with half of the diagonal.
            var l = node.Output;
            var inner = g.MatMulOfAll(Turned(g, l), dy);
            var kept = g.Subtract(Tril(0).Nodes(g, [inner]), g.Scale(g.Multiply(inner, Diagonals(g, n)), 0.5f));
            var inverse = Inverted(g, l);
            var s = g.MatMulOfAll(g.MatMulOfAll(Turned(g, inverse), kept), inverse);
            return [g.Scale(g.Add(s, Turned(g, s)), 0.5f)];
        }, t[0]);
        return upper ? Turned(g, lower) : lower;
    }, ("upper", upper))
    { Gives = DTypes.Fraction };

    /// <summary>The inverse of the matrix that has this Cholesky factor.</summary>
    public static Function CholeskyInverse(bool upper) => new("CholeskyInverse", (g, t) =>
    {
        var inverse = Inv.Nodes(g, [(upper ? Triu(0) : Tril(0)).Nodes(g, t)]);
        return upper ? g.MatMulOfAll(inverse, Turned(g, inverse)) : g.MatMulOfAll(Turned(g, inverse), inverse);
    }, ("upper", upper))
    { Gives = DTypes.Fraction };

    public static Function Det { get; } = new("Det", (g, t) =>
    {
        int n = SideOf(t[0]);
        return Graph.Known(g.OnHost(t[0].shape[..^2], (x, y) =>
        {
            for (int i = 0; i < y.Length; i++) y[i] = (float)LinearAlgebra.Solve(Matrix(x[0], i, n * n), n, [], 0);
        }, (g, node, dy) => [g.Multiply(Turned(g, Inverted(g, node.Inputs[0])), Behind(g, g.Multiply(dy, node.Output), 2))], t[0]), new("Det"));
    })
    { Gives = DTypes.Fraction };

    /// <summary>The eigenvalues of symmetric matrices in ascending order, and the eigenvectors as columns.</summary>
    public static Function Eigh { get; } = new("Eigh", (g, t) =>
    {
        int n = SideOf(t[0]);
        var values = g.OnHost(t[0].shape[..^1], (x, y) =>
        {
            for (int i = 0; i < y.Length / n; i++) Put(LinearAlgebra.Symmetric(Mirrored(Matrix(x[0], i, n * n), n), n).Values, y, i);
        }, (g, node, dw) =>
        {
            var v = Vectors(g, node.Inputs[0]);
            return [g.MatMulOfAll(g.Multiply(v, Across(g, dw)), Turned(g, v))];
        }, t[0]);
        return Tensor.Several([values, Vectors(g, t[0])]);

        Tensor Vectors(Graph g, Tensor a) => g.OnHost(a.shape, (x, y) => Each(n * n, x[0], y, one => LinearAlgebra.Symmetric(Mirrored(one, n), n).Vectors),
            (g, node, dv) =>
            {
                var (of, v) = (node.Inputs[0], node.Output);
                var w = g.OnHost(of.shape[..^1], (x, y) =>
                {
                    for (int i = 0; i < y.Length / n; i++) Put(LinearAlgebra.Symmetric(Mirrored(Matrix(x[0], i, n * n), n), n).Values, y, i);
                }, null, of);
                // V · (F ∘ Vᵀ · dV) · Vᵀ with F = 1 / (wj - wi), and 0 on its diagonal.
                var f = QuotientOr0(g, g.Like(v, 1), g.Subtract(Across(g, w), Behind(g, w, 1)));
                var inner = g.Multiply(f, g.MatMulOfAll(Turned(g, v), dv));
                return [g.MatMulOfAll(g.MatMulOfAll(v, inner), Turned(g, v))];
            }, a);
    })
    { Gives = DTypes.Fraction };

    public static Function Inv { get; } = new("Inv", (g, t) =>
    {
        int n = SideOf(t[0]);
        return g.OnHost(t[0].shape, (x, y) => Each(n * n, x[0], y, a => Solved(a, n, Identity(n), n)), (g, node, dy) =>
        {
            var turned = Turned(g, node.Output);
            return [g.Scale(g.MatMulOfAll(g.MatMulOfAll(turned, dy), turned), -1)];
        }, t[0]);
    })
    { Gives = DTypes.Fraction };

    public static Function Logdet { get; } = new("Logdet", (g, t) =>
        g.Scale(g.Sum(g.Log(Diagonal(0, -2, -1).Nodes(g, [Cholesky(false).Nodes(g, t)])), -1), 2))
    { Gives = DTypes.Fraction };

    /// <summary>A = Q · R, with orthonormal columns in Q and an upper triangle R.</summary>
    public static Function Qr(string mode) => new("Qr", (g, t) =>
    {
        if (mode is not ("reduced" or "complete")) throw new ValueError($"`mode` argument value not supported. Expected one of {{'reduced', 'complete'}}. "
            + $"Received: mode={mode}");
        int m = t[0].shape[^2]!.Value, n = t[0].shape[^1]!.Value, k = mode == "complete" ? m : Math.Min(m, n);
        var outer = t[0].shape[..^2];
        Tensor Part(bool isQ) => g.OnHost(new Shape([.. outer, isQ ? m : k, isQ ? k : n]), (x, y) =>
        {
            for (int i = 0; i < outer.Size; i++)
            {
                double[] r = Matrix(x[0], i, m * n), q = LinearAlgebra.Qr(r, m, n);
                Put(isQ ? [.. Enumerable.Range(0, m * k).Select(at => q[at / k * m + at % k])] : r[..(k * n)], y, i);
            }
        }, (g, node, dy) =>
        {
            if (m < n || k > n)
                throw new ValueError($"The gradient of a QR decomposition is that of matrices with as many rows as columns or more, in mode 'reduced'. "
                + $"Received: shape={t[0].shape}, mode={mode}");
            var (q, r) = (isQ ? node.Output : g.Constantly(Part(true)), isQ ? g.Constantly(Part(false)) : node.Output);
            var inverse = Turned(g, Inverted(g, r));
            // dA = (dQ + Q · copyltu(M)) · R⁻ᵀ with M = R · dRᵀ - dQᵀ · Q; copyltu mirrors the lower triangle.
            var inner = isQ ? g.Scale(g.MatMulOfAll(Turned(g, dy), q), -1) : g.MatMulOfAll(r, Turned(g, dy));
            var lower = Tril(-1).Nodes(g, [inner]);
            var symmetric = g.Add(g.Add(lower, Turned(g, lower)), g.Multiply(inner, Diagonals(g, n)));
            var sum = g.MatMulOfAll(q, symmetric);
            return [g.MatMulOfAll(isQ ? g.Add(dy, sum) : sum, inverse)];
        }, t[0]);
        return Tensor.Several([Part(true), Part(false)]);
    }, ("mode", mode))
    { Gives = DTypes.Fraction };

    /// <summary>The sign of determinants, and the logarithm of their absolute value.</summary>
    public static Function Slogdet { get; } = new("Slogdet", (g, t) =>
    {
        int n = SideOf(t[0]);
        Tensor Of(Func<double, double> function, GradientsOf? gradients) => g.OnHost(t[0].shape[..^2], (x, y) =>
        {
            for (int i = 0; i < y.Length; i++) y[i] = (float)function(LinearAlgebra.Solve(Matrix(x[0], i, n * n), n, [], 0));
        }, gradients, t[0]);
        return Tensor.Several([Of(det => Math.Sign(det), null), Of(det => Math.Log(Math.Abs(det)),
            (g, node, dy) => [g.Multiply(Turned(g, Inverted(g, node.Inputs[0])), Behind(g, dy, 2))])]);
    })
    { Gives = DTypes.Fraction };

    /// <summary>X of A · X = B; a B with one axis less is a vector.</summary>
    public static Function Solve { get; } = new("Solve", (g, t) => SolvedFor(g, t[0], t[1]));

    public static Function SolveTriangular(bool lower) =>
        new("SolveTriangular", (g, t) => SolvedFor(g, (lower ? Tril(0) : Triu(0)).Nodes(g, [t[0]]), t[1]), ("lower", lower));

    /// <summary>U, the singular values in descending order, and Vᵀ; or the singular values alone.</summary>
    public static Function Svd(bool fullMatrices, bool computeUv) => new("SVD", (g, t) =>
    {
        int m = t[0].shape[^2]!.Value, n = t[0].shape[^1]!.Value, k = Math.Min(m, n);
        if (fullMatrices && computeUv && m != n)
            throw new ValueError($"svd gives U and V of matrices that aren't square with full_matrices=False alone. Received: shape={t[0].shape}");
        var outer = t[0].shape[..^2];
        var values = Part([k], parts => parts.S, (g, node, ds) =>
        {
            var (u, v) = (Part([m, k], parts => parts.U, null, node.Inputs[0]), Part([k, n], parts => parts.Vh, null, node.Inputs[0]));
            return [g.MatMulOfAll(g.Multiply(u, Across(g, ds)), v)];
        }, t[0]);
        if (!computeUv) return values;
        GradientsOf refused = (_, _, _) => throw new ValueError("There is a gradient through singular values, and none through U and V: "
            + "stop it by `keras.ops.stop_gradient`.");
        return Tensor.Several([Part([m, k], parts => parts.U, refused, t[0]), values, Part([k, n], parts => parts.Vh, refused, t[0])]);

        Tensor Part(int[] shape, Func<(double[] U, double[] S, double[] Vh), double[]> of, GradientsOf? gradients, Tensor a) =>
            g.OnHost(new Shape([.. outer, .. shape]), (x, y) =>
            {
                for (int i = 0; i < outer.Size; i++) Put(of(Decomposed(Matrix(x[0], i, m * n), m, n)), y, i);
            }, gradients, a);
    }, ("full_matrices", fullMatrices), ("compute_uv", computeUv))
    { Gives = DTypes.Fraction };

    private static Tensor SolvedFor(Graph g, Tensor a, Tensor b)
    {
        int n = SideOf(a);
        if (b.shape.Rank == a.shape.Rank - 1) return g.Reshape(SolvedFor(g, a, g.Reshape(b, new Shape([.. b.shape, 1]))), b.shape);
        if (b.shape.Rank != a.shape.Rank || b.shape[^2] != n || b.shape[..^2] != a.shape[..^2])
            throw new ValueError($"Incompatible shapes: there is a row of `b` for each of `a`. Received: a.shape={a.shape}, b.shape={b.shape}");
        int columns = b.shape[^1]!.Value;
        return g.OnHost(b.shape, (x, y) =>
        {
            for (int i = 0; i < y.Length / (n * columns); i++) Put(Solved(Matrix(x[0], i, n * n), n, Matrix(x[1], i, n * columns), columns), y, i);
        }, (g, node, dy) =>
        {
            var db = SolvedFor(g, Turned(g, node.Inputs[0]), dy);
            return [g.Scale(g.MatMulOfAll(db, Turned(g, node.Output)), -1), db];
        }, a, b);
    }

    private static (double[] U, double[] S, double[] Vh) Decomposed(double[] a, int m, int n)
    {
        bool isWide = m < n;
        double[] tall = isWide ? Turned(a, m, n) : a;
        int rows = Math.Max(m, n), columns = Math.Min(m, n);
        var (values, v) = SingularValues.Decompose(tall, rows, columns);
        return isWide ? (Turned(v, n: columns, m: columns), values, Turned(tall, rows, columns)) : (tall, values, v);
    }

    private static double[] Turned(double[] a, int m, int n)
    {
        var turned = new double[a.Length];
        for (int i = 0; i < m; i++) for (int j = 0; j < n; j++) turned[j * m + i] = a[i * n + j];
        return turned;
    }

    private static double[] Solved(double[] a, int n, double[] b, int columns) => LinearAlgebra.Solve(a, n, b, columns) != 0 || n == 0 ? b
        : throw new ValueError("Input matrix is not invertible.");

    private static double[] Identity(int n) => [.. Enumerable.Range(0, n * n).Select(i => i % (n + 1) == 0 ? 1.0 : 0)];

    private static double[] Mirrored(double[] a, int n)
    {
        for (int i = 0; i < n; i++) for (int j = i + 1; j < n; j++) a[i * n + j] = a[j * n + i];
        return a;
    }

    private static double[] Matrix(float[] all, int number, int size) => Array.ConvertAll(all[(number * size)..((number + 1) * size)], value => (double)value);

    private static void Put(double[] values, float[] all, int number)
    {
        for (int i = 0; i < values.Length; i++) all[number * values.Length + i] = (float)values[i];
    }

    private static void Each(int size, float[] x, float[] y, Func<double[], double[]> function)
    {
        for (int i = 0; i < x.Length / size; i++) Put(function(Matrix(x, i, size)), y, i);
    }

    private static int SideOf(Tensor x) => x.shape.Rank >= 2 && x.shape[^1] == x.shape[^2] ? x.shape[^1]!.Value
        : throw new ValueError($"Expected square matrices in the last two axes. Received: shape={x.shape}");

    private static Tensor Inverted(Graph g, Tensor x) => Inv.Nodes(g, [x]);

    /// <summary>The matrices transposed.</summary>
    private static Tensor Turned(Graph g, Tensor x) => g.Transpose(x, [.. Enumerable.Range(0, x.shape.Rank - 2), x.shape.Rank - 1, x.shape.Rank - 2]);

    /// <summary>x with axes of length 1 added at the end.</summary>
    private static Tensor Behind(Graph g, Tensor x, int axes) => g.Reshape(x, new Shape([.. x.shape, .. Enumerable.Repeat((int?)1, axes)]));

    /// <summary>One value for each column, as a row.</summary>
    private static Tensor Across(Graph g, Tensor x) => g.Reshape(x, new Shape([.. x.shape[..^1], 1, x.shape[^1]]));

    private static Tensor Diagonals(Graph g, int n) => g.Lift(new NDArray([.. Identity(n).Select(value => (float)value)], n, n));
}
