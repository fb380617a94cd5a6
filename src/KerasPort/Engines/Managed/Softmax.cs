using System.Numerics;
using System.Runtime.Intrinsics;

namespace KerasPort.Engines.Managed;

/// <remarks>
/// Rows are short (one value per class), so these are plain loops. Exponentials and sums are computed in double and rounded once.
/// Gradients below 1e-30 become 0: TensorFlow flushes denormals, and they would slow down all later products.
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
            double sum = Exponentials(z, columns, Max(z, columns), exponentials);
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
            float max = Max(z, classes);
            double sum = Exponentials(z, classes, max, exponentials);
            At(losses)[row] = (float)(Math.Log(sum) - ((double)z[label] - max));
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
            // d/dp of log Σq - log q[label], where q is p clipped.
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
            int best = Largest(At(x) + (long)row * columns, columns);
            At(y)[row] = targets == null ? best : best == targets[row] ? 1 : 0;
        }
    }

    /// <summary>The index of the first largest value; NaN is skipped except in the first place. Branches would be mispredicted in most rows.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int Largest(float* values, int count)
    {
        V largest = S.Splat(values[0]);
        for (int i = 1; i < count; i++) largest = S.Max(S.Splat(values[i]), largest);
        for (int i = 0; i < count; i += S.Lanes)
        {
            uint bits = S.Bits(S.Equal(S.Load(values + i), largest)) & (uint.MaxValue >> Math.Max(0, 32 - (count - i)));
            if (bits != 0) return i + BitOperations.TrailingZeroCount(bits);
        }
        return 0;
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

    /// <summary>1 / k! for the terms that matter in a double, for |r| up to ln 2 / 2.</summary>
    private static ReadOnlySpan<double> InverseFactorials =>
    [
        1, 1, 1 / 2.0, 1 / 6.0, 1 / 24.0, 1 / 120.0, 1 / 720.0, 1 / 5040.0, 1 / 40320.0, 1 / 362880.0, 1 / 3628800.0, 1 / 39916800.0, 1 / 479001600.0,
        1 / 6227020800.0,
    ];

    private double* RoomForExponentials(int columns) => (double*)Scratch(2, 2 * (long)Cut(columns, Eight) * Eight);

    /// <summary>exp(z - max) of a row, padded with zeros to whole vectors, and the sum. It reads up to seven values behind the row.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static double Exponentials(float* z, int count, float max, double* to)
    {
        var (largest, sums) = (Vector512.Create((double)max), Vector512<double>.Zero);
        for (int i = 0; i < count; i += Eight)
        {
            var (low, high) = Vector256.Widen(Vector256.Load(z + i));
            var inside = Vector512.LessThan(s_lanes, Vector512.Create((double)(count - i)));
            var exponentials = Exp(Vector512.Create(low, high) - largest) & inside;
            exponentials.Store(to + i);
            sums += exponentials;
        }
        return Vector512.Sum(sums);
    }

    /// <summary>
    /// eˣ for x up to 0, within an ulp or two: 2ⁿ · eʳ, where r is x - n · ln 2. Vector512.Exp costs a call, and the runtime optimizes it
    /// only after a small model's first epoch.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> Exp(Vector512<double> x)
    {
        // Adding this number rounds a double to a whole number, which then stands in the sum's lowest bits.
        const double whole = 3L << 51, ln2 = 0.693147180559663, restOfLn2 = 2.8235290563031577e-13, lowest = -708;
        var shifted = x * Vector512.Create(1 / (ln2 + restOfLn2)) + Vector512.Create(whole);
        var n = shifted - Vector512.Create(whole);
        // n · ln2 is exact: ln2 has so few bits that the product fits into a double.
        var r = x - n * Vector512.Create(ln2) - n * Vector512.Create(restOfLn2);
        var sum = Vector512.Create(InverseFactorials[^1]);
        for (int i = InverseFactorials.Length - 2; i >= 0; i--) sum = Vector512.MultiplyAddEstimate(sum, r, Vector512.Create(InverseFactorials[i]));
        var power = Vector512.ShiftLeft(shifted.AsInt64() + Vector512.Create(1023L), 52).AsDouble();
        return Vector512.AndNot(sum * power, Vector512.LessThan(x, Vector512.Create(lowest)));
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
