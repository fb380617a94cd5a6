namespace KerasPort.Engines;

/// <summary>
/// Solves a few linear equations by Gaussian elimination with partial pivoting, in float32 as TensorFlow does. The results differ from
/// TensorFlow's by a digit in the last place at times.
/// </summary>
internal static class LinearEquations
{
    /// <summary>Solves matrix · x = right. Both are overwritten, <paramref name="right"/> by x.</summary>
    /// <exception cref="ValueError">The matrix is singular.</exception>
    public static void Solve(float[] matrix, float[] right)
    {
        int n = right.Length;
        for (int k = 0; k < n; k++)
        {
            int largest = k;
            for (int i = k + 1; i < n; i++)
                if (Math.Abs(matrix[i * n + k]) > Math.Abs(matrix[largest * n + k])) largest = i;
            if (matrix[largest * n + k] == 0) throw new ValueError("Input matrix is not invertible: points lie on one line.");
            if (largest != k)
            {
                (right[k], right[largest]) = (right[largest], right[k]);
                for (int j = 0; j < n; j++) (matrix[k * n + j], matrix[largest * n + j]) = (matrix[largest * n + j], matrix[k * n + j]);
            }
            for (int i = k + 1; i < n; i++)
            {
                float factor = matrix[i * n + k] /= matrix[k * n + k];
                for (int j = k + 1; j < n; j++) matrix[i * n + j] -= factor * matrix[k * n + j];
            }
        }
        for (int i = 0; i < n; i++)
        {
            float sum = 0;
            for (int j = 0; j < i; j++) sum += matrix[i * n + j] * right[j];
            right[i] -= sum;
        }
        for (int i = n - 1; i >= 0; i--)
        {
            float sum = 0;
            for (int j = i + 1; j < n; j++) sum += matrix[i * n + j] * right[j];
            right[i] = (right[i] - sum) * (1 / matrix[i * n + i]);
        }
    }
}
