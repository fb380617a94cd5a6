using ILGPU;
using KerasPort.Engines;

namespace KerasPort.Cuda;

/// <remarks>
/// One group per row. Exponentials and sums are computed in double and rounded once, as on the CPU; rows are short, so that even a card
/// with few double units loses little.
/// </remarks>
internal sealed partial class CudaKernels
{
    /// <summary>The number of threads that share a row.</summary>
    private const int RowThreads = 64;

    private const float SmallGradient = 1e-30f, SmallProbability = 1e-7f;

    protected override void SoftmaxCore(int rows, int columns, DeviceBuffer y) =>
        _card.Launch(new SoftmaxKernel { Y = At(y).View, Columns = columns }, new Index3D(rows, 1, 1), RowThreads);

    protected override void SoftmaxGradientCore(int rows, int columns, DeviceBuffer y, DeviceBuffer dy) =>
        _card.Launch(new SoftmaxGradientKernel { Y = At(y).View, DY = At(dy).View, Columns = columns }, new Index3D(rows, 1, 1), RowThreads);

    protected override void SparseCrossentropyOfLogitsCore(
        int rows, int classes, DeviceBuffer logits, DeviceBuffer labels, DeviceBuffer losses, DeviceBuffer? gradient) =>
        _card.Launch(new LogitsLoss
        {
            Logits = At(logits).View, Labels = At(labels).View, Losses = At(losses).View,
            Gradient = At(gradient ?? logits).View, HasGradient = gradient is null ? 0 : 1, Rows = rows, Columns = classes,
        }, new Index3D(rows, 1, 1), RowThreads);

    protected override void SparseCrossentropyOfProbabilitiesCore(
        int rows, int classes, DeviceBuffer probabilities, DeviceBuffer labels, DeviceBuffer losses, DeviceBuffer? gradient) =>
        _card.Launch(new ProbabilitiesLoss
        {
            Probabilities = At(probabilities).View, Labels = At(labels).View, Losses = At(losses).View,
            Gradient = At(gradient ?? probabilities).View, HasGradient = gradient is null ? 0 : 1, Rows = rows, Columns = classes,
        }, new Index3D(rows, 1, 1), RowThreads);

    protected override void ArgMaxCore(int rows, int columns, DeviceBuffer x, DeviceBuffer? labels, DeviceBuffer y) =>
        _card.Launch(new PlaceOfLargest
        {
            X = At(x).View, Labels = At(labels ?? x).View, HasLabels = labels is null ? 0 : 1, Y = At(y).View, Rows = rows, Columns = columns,
        }, rows);

    protected override void SegmentSumsCore(int rows, int columns, int segments, DeviceBuffer x, DeviceBuffer segment, DeviceBuffer sums) =>
        _card.Launch(new SumOfSegment
        {
            X = At(x).View, Segment = At(segment).View, Sums = At(sums).View, Rows = rows, Columns = columns, Count = segments * columns,
        }, segments * columns);

    private static float Normal(float value) => value < SmallGradient && value > -SmallGradient ? 0 : value;

    /// <summary>The class index in a label; -1 when it is invalid.</summary>
    private static int Class(float label, int classes) => !DeviceMath.IsNaN(label) && label >= 0 && label < classes ? (int)label : -1;

    private static float Clip(float p) => p < SmallProbability ? SmallProbability : p > 1 - SmallProbability ? 1 - SmallProbability : p;

    /// <summary>The sum over a group's threads, in a fixed order, for all of them.</summary>
    private static double GroupSum(double value)
    {
        var shared = SharedMemory.Allocate<double>(RowThreads);
        shared[Group.IdxX] = value;
        Group.Barrier();
        for (int half = RowThreads / 2; half > 0; half /= 2)
        {
            if (Group.IdxX < half) shared[Group.IdxX] += shared[Group.IdxX + half];
            Group.Barrier();
        }
        return shared[0];
    }

    /// <summary>The largest value of a row, for all threads of its group.</summary>
    private static float RowMax(ArrayView<float> values, int start, int columns)
    {
        var shared = SharedMemory.Allocate<float>(RowThreads);
        float max = values[start];
        for (int i = Group.IdxX; i < columns; i += RowThreads)
            if (values[start + i] > max) max = values[start + i];
        shared[Group.IdxX] = max;
        Group.Barrier();
        for (int half = RowThreads / 2; half > 0; half /= 2)
        {
            if (Group.IdxX < half && shared[Group.IdxX + half] > shared[Group.IdxX]) shared[Group.IdxX] = shared[Group.IdxX + half];
            Group.Barrier();
        }
        return shared[0];
    }

    /// <summary>Σ exp(z - max) of a row, for all threads of its group.</summary>
    private static double RowSum(ArrayView<float> values, int start, int columns, float max)
    {
        double sum = 0;
        for (int i = Group.IdxX; i < columns; i += RowThreads) sum += DeviceMath.Exp((double)values[start + i] - max);
        return GroupSum(sum);
    }

    private struct SoftmaxKernel : IKernel
    {
        public ArrayView<float> Y;
        public int Columns;

        public readonly void Run()
        {
            int start = Grid.IdxX * Columns;
            float max = RowMax(Y, start, Columns);
            double sum = RowSum(Y, start, Columns, max);
            for (int i = Group.IdxX; i < Columns; i += RowThreads) Y[start + i] = Normal((float)(DeviceMath.Exp((double)Y[start + i] - max) / sum));
        }
    }

    private struct SoftmaxGradientKernel : IKernel
    {
        public ArrayView<float> Y, DY;
        public int Columns;

        public readonly void Run()
        {
            int start = Grid.IdxX * Columns;
            double dot = 0;
            for (int i = Group.IdxX; i < Columns; i += RowThreads) dot += (double)Y[start + i] * DY[start + i];
            dot = GroupSum(dot);
            for (int i = Group.IdxX; i < Columns; i += RowThreads) DY[start + i] = Normal((float)(Y[start + i] * (DY[start + i] - dot)));
        }
    }

    private struct LogitsLoss : IKernel
    {
        public ArrayView<float> Logits, Labels, Losses, Gradient;
        public int HasGradient, Rows, Columns;

        public readonly void Run()
        {
            int row = Grid.IdxX, start = row * Columns, label = Class(Labels[row], Columns);
            float max = RowMax(Logits, start, Columns);
            double sum = RowSum(Logits, start, Columns, max);
            if (Group.IdxX == 0) Losses[row] = label < 0 ? float.NaN : (float)(DeviceMath.Log(sum) - ((double)Logits[start + label] - max));
            if (HasGradient == 0) return;
            for (int i = Group.IdxX; i < Columns; i += RowThreads)
            {
                double p = DeviceMath.Exp((double)Logits[start + i] - max) / sum;
                if (i == label) p -= 1;
                Gradient[start + i] = label < 0 ? float.NaN : Normal((float)(p / Rows));
            }
        }
    }

    private struct ProbabilitiesLoss : IKernel
    {
        public ArrayView<float> Probabilities, Labels, Losses, Gradient;
        public int HasGradient, Rows, Columns;

        public readonly void Run()
        {
            int row = Grid.IdxX, start = row * Columns, label = Class(Labels[row], Columns);
            double sum = 0;
            for (int i = Group.IdxX; i < Columns; i += RowThreads) sum += Clip(Probabilities[start + i]);
            sum = GroupSum(sum);
            if (Group.IdxX == 0) Losses[row] = label < 0 ? float.NaN : (float)(DeviceMath.Log(sum) - DeviceMath.Log(Clip(Probabilities[start + label])));
            if (HasGradient == 0) return;
            for (int i = Group.IdxX; i < Columns; i += RowThreads)
            {
                float p = Probabilities[start + i];
                bool clipped = p < SmallProbability || p > 1 - SmallProbability;
                Gradient[start + i] = label < 0 ? float.NaN : clipped ? 0 : Normal((float)((1 / sum - (i == label ? 1.0 / p : 0)) / Rows));
            }
        }
    }

    private struct PlaceOfLargest : IKernel
    {
        public ArrayView<float> X, Labels, Y;
        public int HasLabels, Rows, Columns;

        public readonly void Run()
        {
            int row = Index, best = 0;
            if (row >= Rows) return;
            for (int i = 1; i < Columns; i++)
                if (X[row * Columns + i] > X[row * Columns + best]) best = i;
            Y[row] = HasLabels == 0 ? best : best == Labels[row] ? 1f : 0f;
        }
    }

    /// <summary>One thread per segment, which searches all rows for those of its segment, so that the order of the sum is fixed.</summary>
    private struct SumOfSegment : IKernel
    {
        public ArrayView<float> X, Segment, Sums;
        public int Rows, Columns, Count;

        public readonly void Run()
        {
            int at = Index;
            if (at >= Count) return;
            float segment = at / Columns, sum = 0;
            for (int row = 0; row < Rows; row++)
                if (Segment[row] == segment) sum += X[row * Columns + at % Columns];
            Sums[at] = sum;
        }
    }
}
