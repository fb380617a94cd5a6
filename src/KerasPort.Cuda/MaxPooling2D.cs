using ILGPU;
using KerasPort.Engines;
using KerasPort.Layers;

namespace KerasPort.Cuda;

internal sealed partial class CudaKernels
{
    protected override void MaxPooling2DCore(in Window2D window, int images, DeviceBuffer x, DeviceBuffer y) =>
        _card.Launch(new Pool { Window = window, X = At(x).View, Y = At(y).View, Count = images * window.OutputSize }, images * window.OutputSize);

    protected override void MaxPooling2DGradientCore(in Window2D window, int images, DeviceBuffer x, DeviceBuffer y, DeviceBuffer dy, DeviceBuffer dx) =>
        _card.Launch(
            new PoolGradient { Window = window, X = At(x).View, Y = At(y).View, DY = At(dy).View, DX = At(dx).View, Count = images * window.InputSize },
            images * window.InputSize);

    /// <summary>One thread per value of y.</summary>
    private struct Pool : IKernel
    {
        public Window2D Window;
        public ArrayView<float> X, Y;
        public int Count;

        public readonly void Run()
        {
            int i = Grid.IdxX * Card.MostThreads + Group.IdxX;
            if (i >= Count) return;
            int channel = i % Window.Channels, pixel = i / Window.Channels;
            int ox = pixel % Window.OutWidth, oy = pixel / Window.OutWidth % Window.OutHeight, image = pixel / Window.OutWidth / Window.OutHeight;
            int top = oy * Window.StrideY - Window.PadTop, left = ox * Window.StrideX - Window.PadLeft;
            int bottom = Math.Min(top + Window.KernelHeight, Window.Height), right = Math.Min(left + Window.KernelWidth, Window.Width);
            (top, left) = (Math.Max(top, 0), Math.Max(left, 0));
            // NaN is skipped; a window of NaN alone gives the lowest number.
            float best = float.MinValue;
            for (int y = top; y < bottom; y++)
                for (int x = left; x < right; x++)
                {
                    float other = X[((image * Window.Height + y) * Window.Width + x) * Window.Channels + channel];
                    if (!DeviceMath.IsNaN(other) && other > best) best = other;
                }
            Y[i] = best;
        }
    }

    /// <summary>One thread per value of dx, which adds up the gradients of the windows around it, row by row.</summary>
    private struct PoolGradient : IKernel
    {
        public Window2D Window;
        public ArrayView<float> X, Y, DY, DX;
        public int Count;

        public readonly void Run()
        {
            int i = Grid.IdxX * Card.MostThreads + Group.IdxX;
            if (i >= Count) return;
            int channel = i % Window.Channels, pixel = i / Window.Channels;
            int x = pixel % Window.Width, y = pixel / Window.Width % Window.Height, image = pixel / Window.Width / Window.Height;
            int lastY = Math.Min((y + Window.PadTop) / Window.StrideY, Window.OutHeight - 1),
                lastX = Math.Min((x + Window.PadLeft) / Window.StrideX, Window.OutWidth - 1);
            float sum = 0;
            for (int oy = First(y + Window.PadTop, Window.KernelHeight, Window.StrideY); oy <= lastY; oy++)
                for (int ox = First(x + Window.PadLeft, Window.KernelWidth, Window.StrideX); ox <= lastX; ox++)
                {
                    int at = ((image * Window.OutHeight + oy) * Window.OutWidth + ox) * Window.Channels + channel;
                    if (Winner(image, oy, ox, channel, Y[at]) == i) sum += DY[at];
                }
            DX[i] = sum;
        }

        /// <summary>The first window that contains an index.</summary>
        private static int First(int place, int kernel, int stride) => place < kernel ? 0 : (place - kernel) / stride + 1;

        /// <summary>
        /// The index in a window that gets its gradient: the first of the largest values. As in TensorFlow, the search begins with the window's first
        /// value, which therefore wins where it is NaN, and where nothing in the window equals the largest value.
        /// </summary>
        private readonly int Winner(int image, int oy, int ox, int channel, float largest)
        {
            int top = oy * Window.StrideY - Window.PadTop, left = ox * Window.StrideX - Window.PadLeft;
            int bottom = Math.Min(top + Window.KernelHeight, Window.Height), right = Math.Min(left + Window.KernelWidth, Window.Width);
            (top, left) = (Math.Max(top, 0), Math.Max(left, 0));
            int begin = ((image * Window.Height + top) * Window.Width + left) * Window.Channels + channel, winner = -1;
            if (DeviceMath.IsNaN(X[begin])) winner = begin;
            for (int y = top; y < bottom; y++)
                for (int x = left; x < right; x++)
                {
                    int at = ((image * Window.Height + y) * Window.Width + x) * Window.Channels + channel;
                    if (winner < 0 && !DeviceMath.IsNaN(X[at]) && X[at] == largest) winner = at;
                }
            return winner < 0 ? begin : winner;
        }
    }
}
