using System.Numerics;
using KerasPort.Layers;

namespace KerasPort.Engines;

public partial class HostKernels<T, M>
{
    /// <inheritdoc/>
    protected override void Conv2DCore(in Window2D w, int images, DeviceBuffer x, DeviceBuffer kernel, DeviceBuffer? bias, bool relu, DeviceBuffer y)
    {
        var (from, weights, first, sums) = (Fetch(x), Fetch(kernel), bias is null ? null : Fetch(bias), new T[images * w.OutputSize]);
        for (int i = 0; i < sums.Length; i++) sums[i] = first is null ? T.Zero : first[i % w.Filters];
        foreach (var (at, tap, pixel) in Taps(w, images))
            for (int c = 0; c < w.Channels; c++)
                for (int f = 0; f < w.Filters; f++)
                    sums[at * w.Filters + f] += from[pixel * w.Channels + c] * weights[(tap * w.Channels + c) * w.Filters + f];
        Store(relu ? Array.ConvertAll(sums, Relu) : sums, y);
    }

    /// <inheritdoc/>
    protected override void Conv2DInputGradientCore(in Window2D w, int images, DeviceBuffer dy, DeviceBuffer kernel, DeviceBuffer dx)
    {
        var (gradients, weights, sums) = (Fetch(dy), Fetch(kernel), new T[images * w.InputSize]);
        foreach (var (at, tap, pixel) in Taps(w, images))
            for (int c = 0; c < w.Channels; c++)
                for (int f = 0; f < w.Filters; f++)
                    sums[pixel * w.Channels + c] += gradients[at * w.Filters + f] * weights[(tap * w.Channels + c) * w.Filters + f];
        Store(sums, dx);
    }

    /// <inheritdoc/>
    protected override void Conv2DKernelGradientCore(in Window2D w, int images, DeviceBuffer x, DeviceBuffer dy, DeviceBuffer dkernel)
    {
        var (from, gradients, sums) = (Fetch(x), Fetch(dy), new T[w.Depth * w.Filters]);
        foreach (var (at, tap, pixel) in Taps(w, images))
            for (int c = 0; c < w.Channels; c++)
                for (int f = 0; f < w.Filters; f++)
                    sums[(tap * w.Channels + c) * w.Filters + f] += from[pixel * w.Channels + c] * gradients[at * w.Filters + f];
        Store(sums, dkernel);
    }

    /// <inheritdoc/>
    protected override void DepthwiseConv2DCore(in Window2D w, int images, DeviceBuffer x, DeviceBuffer kernel, DeviceBuffer? bias, bool relu, DeviceBuffer y)
    {
        var (from, weights, first, sums) = (Fetch(x), Fetch(kernel), bias is null ? null : Fetch(bias), new T[images * w.OutputSize]);
        for (int i = 0; i < sums.Length; i++) sums[i] = first is null ? T.Zero : first[i % w.Filters];
        foreach (var (at, tap, pixel) in Taps(w, images))
            for (int f = 0; f < w.Filters; f++) sums[at * w.Filters + f] += from[pixel * w.Channels + ChannelOf(f, w)] * weights[tap * w.Filters + f];
        Store(relu ? Array.ConvertAll(sums, Relu) : sums, y);
    }

    /// <inheritdoc/>
    protected override void DepthwiseConv2DInputGradientCore(in Window2D w, int images, DeviceBuffer dy, DeviceBuffer kernel, DeviceBuffer dx)
    {
        var (gradients, weights, sums) = (Fetch(dy), Fetch(kernel), new T[images * w.InputSize]);
        foreach (var (at, tap, pixel) in Taps(w, images))
            for (int f = 0; f < w.Filters; f++) sums[pixel * w.Channels + ChannelOf(f, w)] += gradients[at * w.Filters + f] * weights[tap * w.Filters + f];
        Store(sums, dx);
    }

    /// <inheritdoc/>
    protected override void DepthwiseConv2DKernelGradientCore(in Window2D w, int images, DeviceBuffer x, DeviceBuffer dy, DeviceBuffer dkernel)
    {
        var (from, gradients, sums) = (Fetch(x), Fetch(dy), new T[w.KernelHeight * w.KernelWidth * w.Filters]);
        foreach (var (at, tap, pixel) in Taps(w, images))
            for (int f = 0; f < w.Filters; f++) sums[tap * w.Filters + f] += from[pixel * w.Channels + ChannelOf(f, w)] * gradients[at * w.Filters + f];
        Store(sums, dkernel);
    }

    private static int ChannelOf(int filter, in Window2D w) => filter / (w.Filters / w.Channels);

    /// <inheritdoc/>
    protected override void MaxPooling2DCore(in Window2D w, int images, DeviceBuffer x, DeviceBuffer y)
    {
        var (from, largest) = (Fetch(x), new T[images * w.OutputSize]);
        // NaN is above nothing, so it is passed over. The lowest float stays where no number is above it.
        Array.Fill(largest, T.CreateChecked(float.MinValue));
        foreach (var (at, _, pixel) in Taps(w, images))
            for (int c = 0; c < w.Channels; c++)
                if (from[pixel * w.Channels + c] > largest[at * w.Channels + c]) largest[at * w.Channels + c] = from[pixel * w.Channels + c];
        Store(largest, y);
    }

    /// <inheritdoc/>
    protected override void MaxPooling2DGradientCore(in Window2D w, int images, DeviceBuffer x, DeviceBuffer y, DeviceBuffer dy, DeviceBuffer dx)
    {
        var (from, gradients, sums) = (Fetch(x), Fetch(dy), new T[images * w.InputSize]);
        // TensorFlow's search: it begins with a window's first value, and takes a later one that is above it. Nothing is above NaN.
        var winners = new int[images * w.OutputSize];
        Array.Fill(winners, -1);
        foreach (var (at, _, pixel) in Taps(w, images))
            for (int c = 0; c < w.Channels; c++)
            {
                ref int winner = ref winners[at * w.Channels + c];
                if (winner < 0 || from[pixel * w.Channels + c] > from[winner]) winner = pixel * w.Channels + c;
            }
        for (int i = 0; i < winners.Length; i++) sums[winners[i]] += gradients[i];
        Store(sums, dx);
    }

    /// <inheritdoc/>
    protected override void DenseCore(int rows, int inputs, int outputs, DeviceBuffer x, DeviceBuffer kernel, DeviceBuffer? bias, bool relu, DeviceBuffer y)
    {
        var (from, weights, first, to) = (Fetch(x), Fetch(kernel), bias is null ? null : Fetch(bias), new T[rows * outputs]);
        for (int r = 0; r < rows; r++)
            for (int o = 0; o < outputs; o++)
            {
                var sum = first is null ? T.Zero : first[o];
                for (int i = 0; i < inputs; i++) sum += from[r * inputs + i] * weights[i * outputs + o];
                to[r * outputs + o] = relu ? Relu(sum) : sum;
            }
        Store(to, y);
    }

    /// <inheritdoc/>
    protected override void DenseInputGradientCore(int rows, int inputs, int outputs, DeviceBuffer dy, DeviceBuffer kernel, DeviceBuffer dx)
    {
        var (gradients, weights, to) = (Fetch(dy), Fetch(kernel), new T[rows * inputs]);
        for (int r = 0; r < rows; r++)
            for (int i = 0; i < inputs; i++)
                for (int o = 0; o < outputs; o++) to[r * inputs + i] += gradients[r * outputs + o] * weights[i * outputs + o];
        Store(to, dx);
    }

    /// <inheritdoc/>
    protected override void DenseKernelGradientCore(int rows, int inputs, int outputs, DeviceBuffer x, DeviceBuffer dy, DeviceBuffer dkernel)
    {
        var (from, gradients, to) = (Fetch(x), Fetch(dy), new T[inputs * outputs]);
        for (int i = 0; i < inputs; i++)
            for (int o = 0; o < outputs; o++)
                for (int r = 0; r < rows; r++) to[i * outputs + o] += from[r * inputs + i] * gradients[r * outputs + o];
        Store(to, dkernel);
    }

    private static T Relu(T value) => value < T.Zero ? T.Zero : value;

    /// <summary>All triples of output pixel, tap and input pixel that meet, with the taps of an output pixel in row-major order.</summary>
    private static IEnumerable<(int At, int Tap, int Pixel)> Taps(Window2D w, int images)
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
}
