using KerasPort.Engines;
using KerasPort.Layers;

namespace KerasPort.Tests.Engines;

/// <summary>
/// The definition of every kernel: naive loops in double. Other engines are compared with it, recorded Keras behaviour is checked on it,
/// and the shared executor runs on it like on any engine.
/// </summary>
internal class ReferenceKernels(int resultsAtATime = 1) : Kernels
{
    protected override DeviceBuffer AllocateCore(int length) => new ReferenceBuffer(new double[length], 0, length);

    public override void Free(DeviceBuffer buffer) { }

    protected override void WriteCore(ReadOnlySpan<float> source, DeviceBuffer target)
    {
        for (int i = 0; i < source.Length; i++) At(target)[i] = source[i];
    }

    protected override void ReadCore(DeviceBuffer source, Span<float> target)
    {
        for (int i = 0; i < target.Length; i++) target[i] = (float)At(source)[i];
    }

    protected override void CopyCore(DeviceBuffer source, DeviceBuffer target) => At(source).CopyTo(At(target));

    public override DeviceRows Load(NDArray array) => new ReferenceRows(array);

    public override DeviceOrder Load(ReadOnlySpan<int> order) => new ReferenceOrder(order.ToArray());

    protected override void GatherCore(DeviceRows source, DeviceOrder order, int start, int count, DeviceBuffer target)
    {
        var (from, rows) = ((ReferenceRows)source, ((ReferenceOrder)order).Rows);
        for (int r = 0; r < count; r++)
            for (int i = 0; i < from.Width; i++) At(target)[r * from.Width + i] = from.Values[rows[start + r] * from.Width + i];
    }

    /// <summary>As on an engine for which reading means waiting.</summary>
    public override int ResultsAtATime => resultsAtATime;

    protected override void Conv2DCore(in Window2D w, int images, DeviceBuffer x, DeviceBuffer kernel, DeviceBuffer? bias, bool relu, DeviceBuffer y)
    {
        Span<double> result = At(y);
        for (int i = 0; i < images * w.OutputSize; i++) result[i] = bias is null ? 0 : At(bias)[i % w.Filters];
        foreach (var (at, tap, from) in Taps(w, images))
            for (int c = 0; c < w.Channels; c++)
                for (int f = 0; f < w.Filters; f++)
                    result[at * w.Filters + f] += At(x)[from * w.Channels + c] * At(kernel)[(tap * w.Channels + c) * w.Filters + f];
        if (relu) Relu(images * w.OutputSize, y);
    }

    protected override void Conv2DInputGradientCore(in Window2D w, int images, DeviceBuffer dy, DeviceBuffer kernel, DeviceBuffer dx)
    {
        At(dx).Clear();
        foreach (var (at, tap, from) in Taps(w, images))
            for (int c = 0; c < w.Channels; c++)
                for (int f = 0; f < w.Filters; f++)
                    At(dx)[from * w.Channels + c] += At(dy)[at * w.Filters + f] * At(kernel)[(tap * w.Channels + c) * w.Filters + f];
    }

    protected override void Conv2DKernelGradientCore(in Window2D w, int images, DeviceBuffer x, DeviceBuffer dy, DeviceBuffer dkernel)
    {
        At(dkernel).Clear();
        foreach (var (at, tap, from) in Taps(w, images))
            for (int c = 0; c < w.Channels; c++)
                for (int f = 0; f < w.Filters; f++)
                    At(dkernel)[(tap * w.Channels + c) * w.Filters + f] += At(x)[from * w.Channels + c] * At(dy)[at * w.Filters + f];
    }

    protected override void MaxPooling2DCore(in Window2D w, int images, DeviceBuffer x, DeviceBuffer y)
    {
        // NaN is above nothing, so it is passed over; without a number above it the lowest float is left.
        At(y).Fill(float.MinValue);
        foreach (var (at, _, from) in Taps(w, images))
            for (int c = 0; c < w.Channels; c++)
                if (At(x)[from * w.Channels + c] > At(y)[at * w.Channels + c]) At(y)[at * w.Channels + c] = At(x)[from * w.Channels + c];
    }

    protected override void MaxPooling2DGradientCore(in Window2D w, int images, DeviceBuffer x, DeviceBuffer y, DeviceBuffer dy, DeviceBuffer dx)
    {
        At(dx).Clear();
        // As TensorFlow searches: from a window's first value on for one that is above it. Above NaN there is none.
        var winners = new int[images * w.OutputSize];
        Array.Fill(winners, -1);
        foreach (var (at, _, from) in Taps(w, images))
            for (int c = 0; c < w.Channels; c++)
            {
                ref int winner = ref winners[at * w.Channels + c];
                if (winner < 0 || At(x)[from * w.Channels + c] > At(x)[winner]) winner = from * w.Channels + c;
            }
        for (int i = 0; i < winners.Length; i++) At(dx)[winners[i]] += At(dy)[i];
    }

    protected override void DenseCore(int rows, int inputs, int outputs, DeviceBuffer x, DeviceBuffer kernel, DeviceBuffer? bias, bool relu, DeviceBuffer y)
    {
        for (int r = 0; r < rows; r++)
            for (int o = 0; o < outputs; o++)
            {
                double sum = bias is null ? 0 : At(bias)[o];
                for (int i = 0; i < inputs; i++) sum += At(x)[r * inputs + i] * At(kernel)[i * outputs + o];
                At(y)[r * outputs + o] = relu && sum < 0 ? 0 : sum;
            }
    }

    protected override void DenseInputGradientCore(int rows, int inputs, int outputs, DeviceBuffer dy, DeviceBuffer kernel, DeviceBuffer dx)
    {
        for (int r = 0; r < rows; r++)
            for (int i = 0; i < inputs; i++)
            {
                double sum = 0;
                for (int o = 0; o < outputs; o++) sum += At(dy)[r * outputs + o] * At(kernel)[i * outputs + o];
                At(dx)[r * inputs + i] = sum;
            }
    }

    protected override void DenseKernelGradientCore(int rows, int inputs, int outputs, DeviceBuffer x, DeviceBuffer dy, DeviceBuffer dkernel)
    {
        for (int i = 0; i < inputs; i++)
            for (int o = 0; o < outputs; o++)
            {
                double sum = 0;
                for (int r = 0; r < rows; r++) sum += At(x)[r * inputs + i] * At(dy)[r * outputs + o];
                At(dkernel)[i * outputs + o] = sum;
            }
    }

    protected override void BiasGradientCore(int rows, int columns, DeviceBuffer dy, DeviceBuffer dbias)
    {
        At(dbias).Clear();
        for (int i = 0; i < rows * columns; i++) At(dbias)[i % columns] += At(dy)[i];
    }

    protected override void ReluCore(int count, DeviceBuffer y)
    {
        for (int i = 0; i < count; i++) if (At(y)[i] < 0) At(y)[i] = 0;
    }

    protected override void ReluGradientCore(int count, DeviceBuffer y, DeviceBuffer dy)
    {
        for (int i = 0; i < count; i++) if (!(At(y)[i] > 0)) At(dy)[i] = 0;
    }

    protected override void TanhCore(int count, DeviceBuffer y)
    {
        for (int i = 0; i < count; i++) At(y)[i] = Math.Tanh(At(y)[i]);
    }

    protected override void TanhGradientCore(int count, DeviceBuffer y, DeviceBuffer dy)
    {
        for (int i = 0; i < count; i++) At(dy)[i] *= 1 - At(y)[i] * At(y)[i];
    }

    protected override void SoftmaxCore(int rows, int columns, DeviceBuffer y)
    {
        for (int r = 0; r < rows; r++)
        {
            var row = At(y).Slice(r * columns, columns);
            double max = row.ToArray().Max(), sum = row.ToArray().Sum(z => Math.Exp(z - max));
            for (int i = 0; i < columns; i++) row[i] = Math.Exp(row[i] - max) / sum;
        }
    }

    protected override void SoftmaxGradientCore(int rows, int columns, DeviceBuffer y, DeviceBuffer dy)
    {
        for (int r = 0; r < rows; r++)
        {
            double dot = 0;
            for (int i = r * columns; i < (r + 1) * columns; i++) dot += At(y)[i] * At(dy)[i];
            for (int i = r * columns; i < (r + 1) * columns; i++) At(dy)[i] = At(y)[i] * (At(dy)[i] - dot);
        }
    }

    protected override void SparseCrossentropyOfLogitsCore(int rows, int classes, DeviceBuffer logits, DeviceBuffer labels, DeviceBuffer losses, DeviceBuffer? gradient)
    {
        for (int r = 0; r < rows; r++)
        {
            double[] z = At(logits).Slice(r * classes, classes).ToArray();
            int label = Class(At(labels)[r], r, classes);
            double max = z.Max(), sum = z.Sum(v => Math.Exp(v - max));
            At(losses)[r] = Math.Log(sum) - (z[label] - max);
            if (gradient is null) continue;
            for (int i = 0; i < classes; i++) At(gradient)[r * classes + i] = (Math.Exp(z[i] - max) / sum - (i == label ? 1 : 0)) / rows;
        }
    }

    protected override void SparseCrossentropyOfProbabilitiesCore(int rows, int classes, DeviceBuffer probabilities, DeviceBuffer labels, DeviceBuffer losses, DeviceBuffer? gradient)
    {
        const double low = 1e-7, high = 1 - low;
        for (int r = 0; r < rows; r++)
        {
            double[] p = At(probabilities).Slice(r * classes, classes).ToArray();
            int label = Class(At(labels)[r], r, classes);
            double sum = p.Sum(v => Math.Clamp(v, low, high));
            At(losses)[r] = Math.Log(sum) - Math.Log(Math.Clamp(p[label], low, high));
            if (gradient is null) continue;
            for (int i = 0; i < classes; i++)
                At(gradient)[r * classes + i] = p[i] < low || p[i] > high ? 0 : (1 / sum - (i == label ? 1 / p[i] : 0)) / rows;
        }
    }

    protected override void SparseAccuracyCore(int rows, int classes, DeviceBuffer outputs, DeviceBuffer labels, DeviceBuffer values)
    {
        for (int r = 0; r < rows; r++)
        {
            double[] y = At(outputs).Slice(r * classes, classes).ToArray();
            At(values)[r] = Array.IndexOf(y, y.Max()) == At(labels)[r] ? 1 : 0;
        }
    }

    protected override void BinaryAccuracyCore(int count, float threshold, DeviceBuffer outputs, DeviceBuffer labels, DeviceBuffer values)
    {
        for (int i = 0; i < count; i++) At(values)[i] = At(labels)[i] == (At(outputs)[i] > threshold ? 1 : 0) ? 1 : 0;
    }

    protected override void AdamCore(int count, DeviceBuffer w, DeviceBuffer g, DeviceBuffer m, DeviceBuffer v, float alpha, float oneMinusBeta1, float oneMinusBeta2, float epsilon)
    {
        for (int i = 0; i < count; i++)
        {
            At(m)[i] += (At(g)[i] - At(m)[i]) * oneMinusBeta1;
            At(v)[i] += (At(g)[i] * At(g)[i] - At(v)[i]) * oneMinusBeta2;
            At(w)[i] -= At(m)[i] * alpha / (Math.Sqrt(At(v)[i]) + epsilon);
        }
    }

    /// <summary>Every (output pixel, tap, input pixel) that meet, taps of an output pixel in row-major order.</summary>
    private static IEnumerable<(int At, int Tap, int From)> Taps(Window2D w, int images)
    {
        for (int image = 0; image < images; image++)
            for (int pixel = 0; pixel < w.Pixels; pixel++)
                for (int tap = 0; tap < w.KernelHeight * w.KernelWidth; tap++)
                {
                    int iy = pixel / w.OutWidth * w.StrideY - w.PadTop + tap / w.KernelWidth * w.DilationY;
                    int ix = pixel % w.OutWidth * w.StrideX - w.PadLeft + tap % w.KernelWidth * w.DilationX;
                    if (iy >= 0 && iy < w.Height && ix >= 0 && ix < w.Width)
                        yield return (image * w.Pixels + pixel, tap, (image * w.Height + iy) * w.Width + ix);
                }
    }

    private static Span<double> At(DeviceBuffer buffer) => ((ReferenceBuffer)buffer).Values;

    private sealed class ReferenceBuffer(double[] memory, int start, int length) : DeviceBuffer(length)
    {
        public Span<double> Values => memory.AsSpan(start, Length);

        protected override DeviceBuffer Cut(int first, int count) => new ReferenceBuffer(memory, start + first, count);
    }

    private sealed class ReferenceOrder(int[] rows) : DeviceOrder(rows)
    {
        public int[] Rows => rows;
    }

    private sealed class ReferenceRows(NDArray array) : DeviceRows(array)
    {
        public float[] Values { get; } = array.ToFloats();
    }
}
