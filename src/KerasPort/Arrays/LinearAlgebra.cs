namespace KerasPort;

/// <summary>Decompositions of one matrix, in double and row-major: Gauss with pivots, Householder's reflections, Jacobi's rotations.</summary>
internal static class LinearAlgebra
{
    /// <summary>Solves A · X = B in place: B becomes X. Returns the determinant of A, 0 where there is no solution. A is overwritten.</summary>
    public static double Solve(double[] a, int n, double[] b, int columns)
    {
        double determinant = 1;
        for (int k = 0; k < n; k++)
        {
            int pivot = k;
            for (int i = k + 1; i < n; i++) if (Math.Abs(a[i * n + k]) > Math.Abs(a[pivot * n + k])) pivot = i;
            if (a[pivot * n + k] == 0) return 0;
            if (pivot != k)
            {
                determinant = -determinant;
                Swap(a, n, k, pivot);
                Swap(b, columns, k, pivot);
            }
            determinant *= a[k * n + k];
            for (int i = k + 1; i < n; i++)
            {
                double factor = a[i * n + k] / a[k * n + k];
                if (factor == 0) continue;
                for (int j = k + 1; j < n; j++) a[i * n + j] -= factor * a[k * n + j];
                for (int j = 0; j < columns; j++) b[i * columns + j] -= factor * b[k * columns + j];
            }
        }
        for (int i = n - 1; i >= 0; i--)
            for (int j = 0; j < columns; j++)
            {
                double sum = b[i * columns + j];
                for (int k = i + 1; k < n; k++) sum -= a[i * n + k] * b[k * columns + j];
                b[i * columns + j] = sum / a[i * n + i];
            }
        return determinant;
    }

    /// <summary>The sign of a determinant, and the logarithm of its magnitude.</summary>
    public static (double Sign, double Log) LogDeterminant(double[] a, int n)
    {
        double sign = 1, log = 0;
        for (int k = 0; k < n; k++)
        {
            int pivot = k;
            for (int i = k + 1; i < n; i++) if (Math.Abs(a[i * n + k]) > Math.Abs(a[pivot * n + k])) pivot = i;
            double value = a[pivot * n + k];
            if (value == 0) return (0, double.NegativeInfinity);
            if (pivot != k) Swap(a, n, k, pivot);
            if (pivot != k != value < 0) sign = -sign;
            log += Math.Log(Math.Abs(value));
            for (int i = k + 1; i < n; i++)
            {
                double factor = a[i * n + k] / value;
                for (int j = k + 1; j < n; j++) a[i * n + j] -= factor * a[k * n + j];
            }
        }
        return (sign, log);
    }

    private static void Swap(double[] a, int width, int i, int j)
    {
        for (int k = 0; k < width; k++) (a[i * width + k], a[j * width + k]) = (a[j * width + k], a[i * width + k]);
    }

    /// <summary>A = Q · R of m rows and n columns: A becomes R in its upper triangle. Returns Q, m × m.</summary>
    public static double[] Qr(double[] a, int m, int n)
    {
        var q = new double[m * m];
        for (int i = 0; i < m; i++) q[i * m + i] = 1;
        var v = new double[m];
        for (int k = 0; k < Math.Min(m - 1, n); k++)
        {
            double norm = 0;
            for (int i = k; i < m; i++) norm += a[i * n + k] * a[i * n + k];
            norm = Math.Sqrt(norm);
            if (norm == 0) continue;
            double sum = 0;
            for (int i = k; i < m; i++) v[i] = a[i * n + k];
            v[k] += Math.CopySign(norm, v[k]);
            for (int i = k; i < m; i++) sum += v[i] * v[i];
            // The reflection at v, from the left of A and from the right of Q.
            for (int j = k; j < n; j++) Reflect(a, k * n + j, n);
            for (int j = 0; j < m; j++) Reflect(q, j * m + k, 1);

            void Reflect(double[] x, int at, int step)
            {
                double dot = 0;
                for (int i = k; i < m; i++) dot += v[i] * x[at + (i - k) * step];
                dot *= 2 / sum;
                for (int i = k; i < m; i++) x[at + (i - k) * step] -= dot * v[i];
            }
        }
        for (int i = 1; i < m; i++) for (int j = 0; j < Math.Min(i, n); j++) a[i * n + j] = 0;
        return q;
    }

    /// <summary>The eigenvalues of a symmetric matrix, from the smallest up, and the eigenvectors as columns. A is overwritten.</summary>
    public static (double[] Values, double[] Vectors) Symmetric(double[] a, int n)
    {
        const int most = 60;
        var v = new double[n * n];
        for (int i = 0; i < n; i++) v[i * n + i] = 1;
        for (int sweep = 0; sweep < most; sweep++)
        {
            bool isTurned = false;
            for (int p = 0; p < n; p++)
                for (int q = p + 1; q < n; q++)
                {
                    double off = a[p * n + q];
                    if (Math.Abs(off) <= 1e-17 * (Math.Abs(a[p * n + p]) + Math.Abs(a[q * n + q])) || off == 0) continue;
                    isTurned = true;
                    var (c, s) = Rotation((a[q * n + q] - a[p * n + p]) / (2 * off));
                    Turn(a, p, q, n, n, c, s);
                    for (int j = 0; j < n; j++) (a[p * n + j], a[q * n + j]) = (c * a[p * n + j] - s * a[q * n + j], s * a[p * n + j] + c * a[q * n + j]);
                    Turn(v, p, q, n, n, c, s);
                }
            if (!isTurned) break;
        }
        int[] order = [.. Enumerable.Range(0, n).OrderBy(i => a[i * n + i])];
        var vectors = new double[n * n];
        for (int i = 0; i < n; i++) for (int j = 0; j < n; j++) vectors[i * n + j] = v[i * n + order[j]];
        return ([.. order.Select(i => a[i * n + i])], vectors);
    }

    /// <summary>The lower triangle L of A = L · Lᵀ.</summary>
    /// <exception cref="ValueError">A isn't positive definite.</exception>
    public static double[] Cholesky(double[] a, int n)
    {
        var l = new double[n * n];
        for (int i = 0; i < n; i++)
            for (int j = 0; j <= i; j++)
            {
                double sum = a[i * n + j];
                for (int k = 0; k < j; k++) sum -= l[i * n + k] * l[j * n + k];
                if (i == j && !(sum > 0)) throw new ValueError("Cholesky decomposition was not successful: the matrix is not positive definite.");
                l[i * n + j] = i == j ? Math.Sqrt(sum) : sum / l[j * n + j];
            }
        return l;
    }

    /// <summary>P · A = L · U: A becomes U with L below its diagonal (L's own is ones). Returns the order of rows, P.</summary>
    public static int[] Lu(double[] a, int n)
    {
        int[] order = [.. Enumerable.Range(0, n)];
        for (int k = 0; k < n; k++)
        {
            int pivot = k;
            for (int i = k + 1; i < n; i++) if (Math.Abs(a[i * n + k]) > Math.Abs(a[pivot * n + k])) pivot = i;
            if (a[pivot * n + k] == 0) throw new ValueError("Input is not invertible.");
            Swap(a, n, k, pivot);
            (order[k], order[pivot]) = (order[pivot], order[k]);
            for (int i = k + 1; i < n; i++)
            {
                double factor = a[i * n + k] /= a[k * n + k];
                for (int j = k + 1; j < n; j++) a[i * n + j] -= factor * a[k * n + j];
            }
        }
        return order;
    }

    private static (double C, double S) Rotation(double zeta)
    {
        double t = (zeta >= 0 ? 1 : -1) / (Math.Abs(zeta) + Math.Sqrt(1 + zeta * zeta)), c = 1 / Math.Sqrt(1 + t * t);
        return (c, c * t);
    }

    private static void Turn(double[] a, int p, int q, int width, int rows, double c, double s)
    {
        for (int i = 0; i < rows; i++)
        {
            double x = a[i * width + p], y = a[i * width + q];
            (a[i * width + p], a[i * width + q]) = (c * x - s * y, s * x + c * y);
        }
    }
}
