using System.Runtime.CompilerServices;
using KerasPort.Layers;

namespace KerasPort.Engines.Managed;

internal sealed unsafe partial class ManagedKernels<S, V>
{
    protected override void MaxPooling2DCore(in Window2D window, int images, DeviceBuffer x, DeviceBuffer y) =>
        workers.Run(new Pool { Window = window, X = At(x), Y = At(y) }, images);

    protected override void MaxPooling2DGradientCore(in Window2D window, int images, DeviceBuffer x, DeviceBuffer y, DeviceBuffer dy, DeviceBuffer dx) =>
        workers.Run(new PoolGradient { Window = window, X = At(x), Y = At(y), DY = At(dy), DX = At(dx) }, images);

    /// <summary>The part of a window that lies inside the image.</summary>
    private static (int Top, int Bottom, int Left, int Right) Inside(in Window2D w, int oy, int ox)
    {
        int top = oy * w.StrideY - w.PadTop, left = ox * w.StrideX - w.PadLeft;
        return (Math.Max(top, 0), Math.Min(top + w.KernelHeight, w.Height), Math.Max(left, 0), Math.Min(left + w.KernelWidth, w.Width));
    }

    /// <summary>Prefetches the rows behind those of a row of windows, in the next image too: while windows are compared memory would be idle.</summary>
    private static void FetchBehind(in Window2D w, int oy, float* image)
    {
        int line = w.Width * w.Channels;
        Prefetch.Fetch(image + (long)(oy * w.StrideY - w.PadTop + w.KernelHeight) * line, w.StrideY * line / CacheLines.Floats);
    }

    /// <summary>NaN is greater than nothing, so it is skipped. A window without a number above the lowest float gives that one, as in TensorFlow.</summary>
    private struct Pool : IPieces
    {
        public Window2D Window;
        public float* X, Y;

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public readonly void Run(int image)
        {
            var w = Window;
            float* x = X + (long)image * w.InputSize, y = Y + (long)image * w.OutputSize;
            for (int oy = 0; oy < w.OutHeight; oy++)
            {
                FetchBehind(w, oy, x);
                for (int ox = 0; ox < w.OutWidth; ox++, y += w.Channels)
                {
                    var (top, bottom, left, right) = Inside(w, oy, ox);
                    int c = 0;
                    for (; c + S.Lanes <= w.Channels; c += S.Lanes)
                    {
                        V best = S.Splat(float.MinValue);
                        for (int iy = top; iy < bottom; iy++)
                            for (int ix = left; ix < right; ix++)
                                best = S.Max(S.Load(x + (iy * w.Width + ix) * w.Channels + c), best);
                        S.Store(best, y + c);
                    }
                    for (; c < w.Channels; c++)
                    {
                        float best = float.MinValue;
                        for (int iy = top; iy < bottom; iy++)
                            for (int ix = left; ix < right; ix++)
                                if (x[(iy * w.Width + ix) * w.Channels + c] is var other && other > best) best = other;
                        y[c] = best;
                    }
                }
            }
        }
    }

    /// <summary>
    /// The gradient goes to the first of the largest values. TensorFlow's search begins with the window's first value: that one gets the gradient
    /// if it is NaN, or if no value in the window equals the largest.
    /// </summary>
    private struct PoolGradient : IPieces
    {
        public Window2D Window;
        public float* X, Y, DY, DX;

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public readonly void Run(int image)
        {
            var w = Window;
            float* x = X + (long)image * w.InputSize, dx = DX + (long)image * w.InputSize;
            float* y = Y + (long)image * w.OutputSize, dy = DY + (long)image * w.OutputSize;
            // Windows that don't overlap each write their own pixels. Without gaps between them they write every pixel, so that dx needs no clearing.
            bool apart = w.StrideY >= w.KernelHeight && w.StrideX >= w.KernelWidth;
            bool all = apart && !w.IsPadded && w.OutHeight * w.KernelHeight == w.Height && w.OutWidth * w.KernelWidth == w.Width;
            if (!all) new Span<float>(dx, w.InputSize).Clear();
            for (int oy = 0; oy < w.OutHeight; oy++)
            {
                FetchBehind(w, oy, x);
                if (all) FetchBehind(w, oy, dx);
                for (int ox = 0; ox < w.OutWidth; ox++, y += w.Channels, dy += w.Channels)
                {
                    var (top, bottom, left, right) = Inside(w, oy, ox);
                    int c = 0;
                    for (; c + S.Lanes <= w.Channels; c += S.Lanes)
                    {
                        V best = S.Load(y + c), gradient = S.Load(dy + c), found = S.Splat(0);
                        int begin = (top * w.Width + left) * w.Channels + c;
                        V number = S.Equal(S.Load(x + begin), S.Load(x + begin));
                        for (int iy = top; iy < bottom; iy++)
                            for (int ix = left; ix < right; ix++)
                            {
                                int at = (iy * w.Width + ix) * w.Channels + c;
                                V first = S.And(number, S.AndNot(S.Equal(S.Load(x + at), best), found));
                                found = S.Or(found, first);
                                V share = S.And(gradient, first);
                                S.Store(apart ? share : S.Add(S.Load(dx + at), share), dx + at);
                            }
                        if (S.Bits(found) != (uint)((1ul << S.Lanes) - 1)) S.Store(S.Add(S.Load(dx + begin), S.AndNot(gradient, found)), dx + begin);
                    }
                    for (; c < w.Channels; c++)
                    {
                        int begin = (top * w.Width + left) * w.Channels + c, found = float.IsNaN(x[begin]) ? begin : -1;
                        for (int iy = top; iy < bottom && all; iy++)
                            for (int ix = left; ix < right; ix++) dx[(iy * w.Width + ix) * w.Channels + c] = 0;
                        for (int iy = top; iy < bottom && found < 0; iy++)
                            for (int ix = left; ix < right && found < 0; ix++)
                                if ((iy * w.Width + ix) * w.Channels + c is var at && x[at] == y[c]) found = at;
                        dx[found < 0 ? begin : found] += dy[c];
                    }
                }
            }
        }
    }
}
