using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using KerasPort.Random;

namespace KerasPort.Initializers;

/// <summary>
/// A matrix with orthogonal rows or columns, whichever are fewer, times gain; of more than two axes, all but the last count as rows. It is the Q of a
/// normal matrix whose R has a positive diagonal.
/// Source: Saxe, McClelland and Ganguli, Exact solutions to the nonlinear dynamics of learning in deep linear neural networks (2014).
/// </summary>
/// <remarks>TensorFlow factorizes in float32 and this in double: values agree to 2e-7, not bit for bit.</remarks>
/// <param name="gain">The factor of the matrix.</param>
/// <param name="seed">
/// The seed: the same seed and shape give the same values. By default it is drawn when the initializer is created, from Python's generator, as in Keras.
/// </param>
[Alias("OrthogonalInitializer")]
public sealed class Orthogonal(double gain = 1.0, Seed? seed = null) : RandomInitializer(seed)
{
    /// <summary>The factor of the matrix.</summary>
    public double gain { get; } = gain;

    private protected override void Check(int[] shape)
    {
        if (shape.Length < 2)
            throw new ValueError($"The tensor to initialize must be at least two-dimensional. Received: shape={new Shape([.. shape])} of rank {shape.Length}.");
    }

    private protected override void Fill(Philox words, int[] shape, float[] values)
    {
        int columns = shape[^1], rows = columns == 0 ? 0 : values.Length / columns, count = Math.Min(rows, columns), length = Math.Max(rows, columns);
        Stateless.Normal(words, 0, 1, values);
        var q = new double[count][];
        for (int j = 0; j < count; j++)
        {
            q[j] = new double[length];
            for (int i = 0; i < length; i++) q[j][i] = values[i * count + j];
            // Gram-Schmidt orthogonalization, twice: a single pass leaves rounding errors between nearly equal columns.
            for (int pass = 0; pass < 2; pass++)
                for (int k = 0; k < j; k++) Subtract(q[j], q[k], Product(q[j], q[k]));
            double norm = Math.Sqrt(Product(q[j], q[j]));
            for (int i = 0; i < length; i++) q[j][i] /= norm;
        }
        for (int i = 0; i < values.Length; i++)
        {
            var (row, column) = (i / columns, i % columns);
            values[i] = (float)gain * (float)(rows < columns ? q[row][column] : q[column][row]);
        }
    }

    /// <summary>The inner product of x and y, summed in the same order on every machine.</summary>
    private static double Product(double[] x, double[] y)
    {
        ReadOnlySpan<Vector256<double>> xs = MemoryMarshal.Cast<double, Vector256<double>>(x), ys = MemoryMarshal.Cast<double, Vector256<double>>(y);
        var sums = Vector256<double>.Zero;
        for (int i = 0; i < xs.Length; i++) sums += xs[i] * ys[i];
        double sum = sums[0] + sums[1] + sums[2] + sums[3];
        for (int i = xs.Length * Vector256<double>.Count; i < x.Length; i++) sum += x[i] * y[i];
        return sum;
    }

    /// <summary>x -= y · factor.</summary>
    private static void Subtract(double[] x, double[] y, double factor)
    {
        for (int i = 0; i < x.Length; i++) x[i] -= y[i] * factor;
    }
}
