namespace KerasPort;

/// <summary>
/// Real eigenvalues of any square matrix by the QR algorithm with Wilkinson's shifts: it turns the matrix into an upper triangle (Schur form) with the
/// eigenvalues on its diagonal; the eigenvectors follow by back substitution.
/// </summary>
internal static class Eigen
{
    private const double Epsilon = 2.220446049250313e-16;

    /// <summary>The eigenvalues, and the eigenvectors of length 1 as columns.</summary>
    /// <exception cref="LinAlgError">One is complex.</exception>
    public static (double[] Values, double[] Vectors) Of(double[] a, int n)
    {
        if (a.Any(v => !double.IsFinite(v))) throw new LinAlgError("Array must not contain infs or NaNs");
        var turned = new double[n * n];
        for (int i = 0; i < n; i++) turned[i * n + i] = 1;
        for (int size = n, steps = 0; size > 1;)
        {
            if (IsSmall(a, n, size))
            {
                for (int j = 0; j < size - 1; j++) a[(size - 1) * n + j] = 0;
                (size, steps) = (size - 1, 0);
                continue;
            }
            double shift = Shift(a, n, size, steps);
            if (++steps > 100 * n) throw new LinAlgError("an eigenvalue of the matrix is complex, and numbers here are real");
            Step(a, turned, n, size, shift);
        }
        double[] values = [.. Enumerable.Range(0, n).Select(i => a[i * n + i])];
        return (values, Vectors(a, turned, n));
    }

    // Whether the last row of the leading block of that size is 0 but for its last element, which then is an eigenvalue.
    private static bool IsSmall(double[] a, int n, int size)
    {
        double largest = 0, around = Math.Abs(a[(size - 1) * n + size - 1]) + Math.Abs(a[(size - 2) * n + size - 2]);
        for (int j = 0; j < size - 1; j++) largest = Math.Max(largest, Math.Abs(a[(size - 1) * n + j]));
        for (int i = 0; i < size; i++) around = Math.Max(around, Math.Abs(a[i * n + i]));
        return largest <= Epsilon * around;
    }

    // Wilkinson's shift: of the last 2 × 2 block the eigenvalue nearer to the last element. Where it has no real one, an exceptional shift breaks cycles.
    private static double Shift(double[] a, int n, int size, int steps)
    {
        double p = a[(size - 2) * n + size - 2], q = a[(size - 2) * n + size - 1], r = a[(size - 1) * n + size - 2], s = a[(size - 1) * n + size - 1];
        double half = (p - s) / 2, square = half * half + q * r;
        if (square < 0) return steps % 11 == 10 ? s + Math.Sqrt(-square) : s;
        double root = Math.Sqrt(square);
        return half + s + (half > 0 ? -root : root);
    }

    // One shifted QR step: A - shift · I = Q · R becomes R · Q + shift · I.
    private static void Step(double[] a, double[] turned, int n, int size, double shift)
    {
        var block = new double[size * size];
        for (int i = 0; i < size; i++) for (int j = 0; j < size; j++) block[i * size + j] = a[i * n + j] - (i == j ? shift : 0);
        double[] q = LinearAlgebra.Qr(block, size, size);
        for (int i = 0; i < size; i++)
            for (int j = 0; j < size; j++)
            {
                double sum = i == j ? shift : 0;
                for (int k = i; k < size; k++) sum += block[i * size + k] * q[k * size + j];
                a[i * n + j] = sum;
            }
        // The columns to the right of the block are turned from the left only.
        for (int j = size; j < n; j++)
        {
            double[] column = [.. Enumerable.Range(0, size).Select(i => a[i * n + j])];
            for (int i = 0; i < size; i++) a[i * n + j] = Enumerable.Range(0, size).Sum(k => q[k * size + i] * column[k]);
        }
        for (int i = 0; i < n; i++)
        {
            double[] row = turned[(i * n)..(i * n + size)];
            for (int j = 0; j < size; j++) turned[i * n + j] = Enumerable.Range(0, size).Sum(k => row[k] * q[k * size + j]);
        }
    }

    // The eigenvectors of the triangle by back substitution, multiplied by the accumulated turns and scaled to length 1.
    private static double[] Vectors(double[] a, double[] turned, int n)
    {
        var vectors = new double[n * n];
        for (int k = 0; k < n; k++)
        {
            double value = a[k * n + k];
            var x = new double[n];
            x[k] = 1;
            for (int i = k - 1; i >= 0; i--)
            {
                double sum = 0, apart = value - a[i * n + i];
                for (int j = i + 1; j <= k; j++) sum += a[i * n + j] * x[j];
                x[i] = sum / (Math.Abs(apart) > Epsilon * Math.Abs(value) ? apart : Epsilon * Math.Max(Math.Abs(value), 1));
            }
            double[] back = [.. Enumerable.Range(0, n).Select(i => Enumerable.Range(0, n).Sum(j => turned[i * n + j] * x[j]))];
            double length = Math.Sqrt(back.Sum(v => v * v));
            for (int i = 0; i < n; i++) vectors[i * n + k] = back[i] / length;
        }
        return vectors;
    }
}
