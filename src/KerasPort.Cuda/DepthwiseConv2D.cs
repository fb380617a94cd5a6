using ILGPU;
using KerasPort.Engines;
using KerasPort.Layers;

namespace KerasPort.Cuda;

internal sealed partial class CudaKernels
{
    /// <summary>The number of threads that keep a large card busy, and the fewest pixels that one of them adds up.</summary>
    private const int BusyThreads = BusyGroups * Card.MostThreads, LeastPixelsOfPart = 128;

    protected override void DepthwiseConv2DCore(in Window2D window, int images, DeviceBuffer x, DeviceBuffer kernel, DeviceBuffer? bias, bool relu,
        DeviceBuffer y) =>
        _card.Launch(new Depthwise
        {
            Window = window, X = At(x).View, Kernel = At(kernel).View, Bias = At(bias ?? kernel).View, Y = At(y).View,
            HasBias = bias is null ? 0 : 1, HasRelu = relu ? 1 : 0, Count = images * window.OutputSize,
        }, images * window.OutputSize);

    protected override void DepthwiseConv2DInputGradientCore(in Window2D window, int images, DeviceBuffer dy, DeviceBuffer kernel, DeviceBuffer dx) =>
        _card.Launch(
            new DepthwiseInputGradient { Window = window, DY = At(dy).View, Kernel = At(kernel).View, DX = At(dx).View, Count = images * window.InputSize },
            images * window.InputSize);

    protected override void DepthwiseConv2DKernelGradientCore(in Window2D window, int images, DeviceBuffer x, DeviceBuffer dy, DeviceBuffer dkernel)
    {
        int weights = window.KernelHeight * window.KernelWidth * window.Filters, pixels = images * window.Pixels;
        int parts = Math.Clamp(Math.Min(BusyThreads / weights, pixels / LeastPixelsOfPart), 1, MostParts);
        var sums = parts == 1 ? At(dkernel).View : _parts.For(parts * weights);
        _card.Launch(new DepthwiseKernelGradient
        {
            Window = window, X = At(x).View, DY = At(dy).View, Sums = sums, Weights = weights, Pixels = pixels,
            PixelsOfPart = (pixels + parts - 1) / parts, Count = parts * weights,
        }, parts * weights);
        if (parts > 1) Add(sums, parts, weights, weights, At(dkernel).View, 1);
    }

    /// <summary>One thread per value of y.</summary>
    private struct Depthwise : IKernel
    {
        public Window2D Window;
        public ArrayView<float> X, Kernel, Bias, Y;
        public int HasBias, HasRelu, Count;

        public readonly void Run()
        {
            int i = Index;
            if (i >= Count) return;
            int filter = i % Window.Filters, pixel = i / Window.Filters, channel = filter / (Window.Filters / Window.Channels);
            int ox = pixel % Window.OutWidth, oy = pixel / Window.OutWidth % Window.OutHeight, image = pixel / Window.OutWidth / Window.OutHeight;
            float sum = HasBias != 0 ? Bias[filter] : 0;
            for (int ky = 0; ky < Window.KernelHeight; ky++)
                for (int kx = 0; kx < Window.KernelWidth; kx++)
                {
                    int y = oy * Window.StrideY - Window.PadTop + ky * Window.DilationY, x = ox * Window.StrideX - Window.PadLeft + kx * Window.DilationX;
                    if (y < 0 || y >= Window.Height || x < 0 || x >= Window.Width) continue;
                    int weight = (ky * Window.KernelWidth + kx) * Window.Filters + filter;
                    sum += X[((image * Window.Height + y) * Window.Width + x) * Window.Channels + channel] * Kernel[weight];
                }
            Y[i] = HasRelu != 0 ? DeviceMath.Relu(sum) : sum;
        }
    }

    /// <summary>One thread per value of dx, which adds up the gradients of the windows around it.</summary>
    private struct DepthwiseInputGradient : IKernel
    {
        public Window2D Window;
        public ArrayView<float> DY, Kernel, DX;
        public int Count;

        public readonly void Run()
        {
            int i = Index;
            if (i >= Count) return;
            int channel = i % Window.Channels, pixel = i / Window.Channels, each = Window.Filters / Window.Channels;
            int ix = pixel % Window.Width, iy = pixel / Window.Width % Window.Height, image = pixel / Window.Width / Window.Height;
            float sum = 0;
            for (int ky = 0; ky < Window.KernelHeight; ky++)
                for (int kx = 0; kx < Window.KernelWidth; kx++)
                {
                    int y = iy + Window.PadTop - ky * Window.DilationY, x = ix + Window.PadLeft - kx * Window.DilationX;
                    if (y < 0 || x < 0 || y % Window.StrideY != 0 || x % Window.StrideX != 0) continue;
                    int oy = y / Window.StrideY, ox = x / Window.StrideX;
                    if (oy >= Window.OutHeight || ox >= Window.OutWidth) continue;
                    int at = ((image * Window.OutHeight + oy) * Window.OutWidth + ox) * Window.Filters + channel * each;
                    int weight = (ky * Window.KernelWidth + kx) * Window.Filters + channel * each;
                    for (int k = 0; k < each; k++) sum += DY[at + k] * Kernel[weight + k];
                }
            DX[i] = sum;
        }
    }

    /// <summary>One thread per weight and part of the pixels.</summary>
    private struct DepthwiseKernelGradient : IKernel
    {
        public Window2D Window;
        public ArrayView<float> X, DY, Sums;
        public int Weights, Pixels, PixelsOfPart, Count;

        public readonly void Run()
        {
            int i = Index;
            if (i >= Count) return;
            int weight = i % Weights, first = i / Weights * PixelsOfPart, last = Math.Min(first + PixelsOfPart, Pixels);
            int filter = weight % Window.Filters, tap = weight / Window.Filters, channel = filter / (Window.Filters / Window.Channels);
            int down = tap / Window.KernelWidth * Window.DilationY - Window.PadTop, across = tap % Window.KernelWidth * Window.DilationX - Window.PadLeft;
            float sum = 0;
            for (int pixel = first; pixel < last; pixel++)
            {
                int x = pixel % Window.OutWidth * Window.StrideX + across, y = pixel / Window.OutWidth % Window.OutHeight * Window.StrideY + down;
                if (y < 0 || y >= Window.Height || x < 0 || x >= Window.Width) continue;
                int image = pixel / Window.OutWidth / Window.OutHeight;
                sum += X[((image * Window.Height + y) * Window.Width + x) * Window.Channels + channel] * DY[pixel * Window.Filters + filter];
            }
            Sums[i] = sum;
        }
    }
}
