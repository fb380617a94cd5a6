using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace KerasPort.Engines.Managed;

/// <remarks>
/// Rows are short (a class each), so these are plain loops; exponentials and sums are taken in double and rounded once.
/// Gradients below 1e-30 are 0: TensorFlow flushes denormals, and denormals would slow every product after.
/// </remarks>
internal sealed unsafe partial class ManagedKernels<S, V>
{
    private const float SmallGradient = 1e-30f;
    private const float Epsilon = 1e-7f;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    protected override void SoftmaxCore(int rows, int columns, DeviceBuffer y)
    {
        double* exponentials = RoomForExponentials(columns);
        for (int row = 0; row < rows; row++)
        {
            float* z = At(y) + (long)row * columns;
            double sum = Exponentials(z, columns, exponentials);
            for (int i = 0; i < columns; i += Eight) Write(Vector512.Load(exponentials + i) / sum, z + i, columns - i);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    protected override void SoftmaxGradientCore(int rows, int columns, DeviceBuffer y, DeviceBuffer dy)
    {
        for (int row = 0; row < rows; row++)
        {
            float* p = At(y) + (long)row * columns, d = At(dy) + (long)row * columns;
            double dot = 0;
            for (int i = 0; i < columns; i++) dot += (double)p[i] * d[i];
            for (int i = 0; i < columns; i++) d[i] = Normal((float)(p[i] * (d[i] - dot)));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    protected override void SparseCrossentropyOfLogitsCore(
        int rows, int classes, DeviceBuffer logits, DeviceBuffer labels, DeviceBuffer losses, DeviceBuffer? gradient)
    {
        double* exponentials = RoomForExponentials(classes);
        for (int row = 0; row < rows; row++)
        {
            float* z = At(logits) + (long)row * classes;
            int label = Class(At(labels)[row], row, classes);
            double sum = Exponentials(z, classes, exponentials);
            At(losses)[row] = (float)(Math.Log(sum) - ((double)z[label] - Max(z, classes)));
            if (gradient is null) continue;
            float* d = At(gradient) + (long)row * classes;
            exponentials[label] -= sum;
            for (int i = 0; i < classes; i += Eight) Write(Vector512.Load(exponentials + i) / sum / rows, d + i, classes - i);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    protected override void SparseCrossentropyOfProbabilitiesCore(
        int rows, int classes, DeviceBuffer probabilities, DeviceBuffer labels, DeviceBuffer losses, DeviceBuffer? gradient)
    {
        for (int row = 0; row < rows; row++)
        {
            float* p = At(probabilities) + (long)row * classes;
            int label = Class(At(labels)[row], row, classes);
            double sum = 0;
            for (int i = 0; i < classes; i++) sum += Math.Clamp(p[i], Epsilon, 1 - Epsilon);
            At(losses)[row] = (float)(Math.Log(sum) - Math.Log(Math.Clamp(p[label], Epsilon, 1 - Epsilon)));
            if (gradient is null) continue;
            float* d = At(gradient) + (long)row * classes;
            // d/dp of log Σq - log q[label], q = p where it isn't clipped.
            for (int i = 0; i < classes; i++)
                d[i] = p[i] < Epsilon || p[i] > 1 - Epsilon ? 0 : Normal((float)((1 / sum - (i == label ? 1.0 / p[i] : 0)) / rows));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    protected override void ArgMaxCore(int rows, int columns, DeviceBuffer x, DeviceBuffer? labels, DeviceBuffer y)
    {
        float* targets = At(labels);
        for (int row = 0; row < rows; row++)
        {
            float* values = At(x) + (long)row * columns;
            int best = 0;
            for (int i = 1; i < columns; i++) if (values[i] > values[best]) best = i;
            At(y)[row] = targets == null ? best : best == targets[row] ? 1 : 0;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    protected override void SegmentSumsCore(int rows, int columns, int segments, DeviceBuffer x, DeviceBuffer segment, DeviceBuffer sums)
    {
        new Span<float>(At(sums), segments * columns).Clear();
        for (int row = 0; row < rows; row++)
        {
            float named = At(segment)[row];
            if (!(named >= 0 && named < segments) || named != (int)named) continue;
            float* from = At(x) + (long)row * columns, to = At(sums) + (long)named * columns;
            for (int i = 0; i < columns; i++) to[i] += from[i];
        }
    }

    private const int Eight = 8;
    private static readonly Vector512<double> s_lanes = Vector512.Create(0.0, 1, 2, 3, 4, 5, 6, 7);

    private double* RoomForExponentials(int columns) => (double*)Scratch(2, 2 * (long)Cut(columns, Eight) * Eight);

    /// <summary>exp(z - max) of a row, zeros behind it up to whole vectors, and the sum. Reads up to seven values behind the row.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static double Exponentials(float* z, int count, double* to)
    {
        var (max, sums) = (Vector512.Create((double)Max(z, count)), Vector512<double>.Zero);
        for (int i = 0; i < count; i += Eight)
        {
            var (low, high) = Vector256.Widen(Vector256.Load(z + i));
            var inside = Vector512.LessThan(s_lanes, Vector512.Create((double)(count - i)));
            var exponentials = Vector512.Exp(Vector512.Create(low, high) - max) & inside;
            exponentials.Store(to + i);
            sums += exponentials;
        }
        return Vector512.Sum(sums);
    }

    /// <summary>Rounds the first of these values to float32, small ones to 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Write(Vector512<double> values, float* to, int count)
    {
        var rounded = Vector256.Narrow(values.GetLower(), values.GetUpper());
        rounded = Vector256.AndNot(rounded, Vector256.LessThan(Vector256.Abs(rounded), Vector256.Create(SmallGradient)));
        if (count >= Eight)
        {
            rounded.Store(to);
            return;
        }
        float* all = stackalloc float[Eight];
        rounded.Store(all);
        for (int i = 0; i < count; i++) to[i] = all[i];
    }

    private static float Normal(float value) => MathF.Abs(value) < SmallGradient ? 0 : value;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static float Max(float* values, int count)
    {
        float max = values[0];
        for (int i = 1; i < count; i++) max = MathF.Max(max, values[i]);
        return max;
    }
}
