using System.Numerics.Tensors;

namespace KerasPort.Pictures;

/// <summary>
/// ZCA whitening: the matrix U · diag(√n / (s + ε)) · Uᵀ, by which pictures' values become uncorrelated, with s and U the singular values and left
/// singular vectors of the matrix that has n pictures as columns.
/// </summary>
internal static class Whitening
{
    /// <summary>The most values of a picture: the matrix has as many rows and columns.</summary>
    public const int MostValues = 8192;

    private const int MostSweeps = 40;

    // Values smaller than this relative to the largest are rounding errors.
    private const double Zero = 1e-13;

    /// <summary>The rows of the matrix.</summary>
    /// <param name="x">The pictures, centred.</param>
    /// <param name="pictures">The number of pictures.</param>
    /// <param name="epsilon">ε.</param>
    public static float[][] Matrix(float[] x, int pictures, double epsilon)
    {
        int count = x.Length / pictures;
        double[][] rows = Covariance(x, pictures, count);
        Rotate(rows);
        // A row is now a vector of U times its squared singular value.
        double[] squares = Array.ConvertAll(rows, row => TensorPrimitives.Norm<double>(row));
        int[] order = [.. Enumerable.Range(0, count).OrderByDescending(i => squares[i]).Take(pictures).Where(i => squares[i] > Zero * squares.Max())];
        var matrix = new double[count][];
        System.Threading.Tasks.Parallel.For(0, count, i =>
        {
            var row = matrix[i] = new double[count];
            foreach (int at in order)
            {
                double share = Math.Sqrt(pictures) / (Math.Sqrt(squares[at]) + epsilon) * rows[at][i] / (squares[at] * squares[at]);
                TensorPrimitives.MultiplyAdd(rows[at], share, row, row);
            }
        });
        return Array.ConvertAll(matrix, row => Array.ConvertAll(row, v => (float)v));
    }

    private static double[][] Covariance(float[] x, int pictures, int count)
    {
        var columns = new double[count][];
        for (int i = 0; i < count; i++)
        {
            columns[i] = new double[pictures];
            for (int n = 0; n < pictures; n++) columns[i][n] = x[n * count + i];
        }
        var rows = new double[count][];
        System.Threading.Tasks.Parallel.For(0, count, i => rows[i] = Array.ConvertAll(columns, column => TensorPrimitives.Dot<double>(columns[i], column)));
        return rows;
    }

    /// <summary>Rotates pairs of rows until all are orthogonal to each other (M. R. Hestenes, 1958).</summary>
    private static void Rotate(double[][] rows)
    {
        var held = new double[rows.Length];
        for (int sweep = 0; sweep < MostSweeps; sweep++)
        {
            double[] squares = Array.ConvertAll(rows, row => TensorPrimitives.Dot<double>(row, row));
            double least = Zero * Zero * squares.Max();
            bool isDone = true;
            for (int p = 0; p < rows.Length; p++)
                for (int q = p + 1; q < rows.Length; q++)
                {
                    if (squares[p] <= least || squares[q] <= least) continue;
                    double both = TensorPrimitives.Dot<double>(rows[p], rows[q]);
                    if (Math.Abs(both) <= 1e-12 * Math.Sqrt(squares[p] * squares[q])) continue;
                    isDone = false;
                    double ratio = (squares[q] - squares[p]) / (2 * both);
                    double tangent = (ratio < 0 ? -1 : 1) / (Math.Abs(ratio) + Math.Sqrt(1 + ratio * ratio)), cos = 1 / Math.Sqrt(1 + tangent * tangent);
                    // p becomes cos · p - sin · q, q becomes sin · p + cos · q.
                    TensorPrimitives.Multiply(rows[p], cos, held);
                    TensorPrimitives.MultiplyAdd(rows[q], -cos * tangent, held, held);
                    TensorPrimitives.Multiply(rows[q], cos, rows[q]);
                    TensorPrimitives.MultiplyAdd(rows[p], cos * tangent, rows[q], rows[q]);
                    held.CopyTo(rows[p].AsSpan());
                    squares[p] -= tangent * both;
                    squares[q] += tangent * both;
                }
            if (isDone) return;
        }
    }
}
