using System.Runtime.CompilerServices;
using KerasPort.Layers;

namespace KerasPort.Engines.Managed;

internal sealed unsafe partial class ManagedKernels<S, V>
{
    public override void MaxPooling2D(in Window2D window, int images, DeviceBuffer x, DeviceBuffer y) =>
        workers.Run(new Pool { Window = window, X = At(x), Y = At(y) }, images);

    public override void MaxPooling2DGradient(in Window2D window, int images, DeviceBuffer x, DeviceBuffer y, DeviceBuffer dy, DeviceBuffer dx) =>
        workers.Run(new PoolGradient { Window = window, X = At(x), Y = At(y), DY = At(dy), DX = At(dx) }, images);

    /// <summary>The part of a window that lies inside the image.</summary>
    private static (int Top, int Bottom, int Left, int Right) Inside(in Window2D w, int oy, int ox)
    {
        int top = oy * w.StrideY - w.PadTop, left = ox * w.StrideX - w.PadLeft;
        return (Math.Max(top, 0), Math.Min(top + w.KernelHeight, w.Height), Math.Max(left, 0), Math.Min(left + w.KernelWidth, w.Width));
    }

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
                for (int ox = 0; ox < w.OutWidth; ox++, y += w.Channels)
                {
                    var (top, bottom, left, right) = Inside(w, oy, ox);
                    int c = 0;
                    for (; c + S.Lanes <= w.Channels; c += S.Lanes)
                    {
                        V best = S.Load(x + (top * w.Width + left) * w.Channels + c);
                        for (int iy = top; iy < bottom; iy++)
                            for (int ix = left; ix < right; ix++)
                                best = Simd<S, V>.Max(S.Load(x + (iy * w.Width + ix) * w.Channels + c), best);
                        S.Store(best, y + c);
                    }
                    for (; c < w.Channels; c++)
                    {
                        float best = x[(top * w.Width + left) * w.Channels + c];
                        for (int iy = top; iy < bottom; iy++)
                            for (int ix = left; ix < right; ix++)
                                if (x[(iy * w.Width + ix) * w.Channels + c] is var other && other > best) best = other;
                        y[c] = best;
                    }
                }
        }
    }

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
            new Span<float>(dx, w.InputSize).Clear();
            for (int oy = 0; oy < w.OutHeight; oy++)
                for (int ox = 0; ox < w.OutWidth; ox++, y += w.Channels, dy += w.Channels)
                {
                    var (top, bottom, left, right) = Inside(w, oy, ox);
                    int c = 0;
                    for (; c + S.Lanes <= w.Channels; c += S.Lanes)
                    {
                        V best = S.Load(y + c), gradient = S.Load(dy + c), taken = S.Splat(0);
                        for (int iy = top; iy < bottom; iy++)
                            for (int ix = left; ix < right; ix++)
                            {
                                int at = (iy * w.Width + ix) * w.Channels + c;
                                V first = S.AndNot(S.Equal(S.Load(x + at), best), taken);
                                taken = S.Or(taken, first);
                                S.Store(S.Add(S.Load(dx + at), S.And(gradient, first)), dx + at);
                            }
                    }
                    for (; c < w.Channels; c++)
                    {
                        bool taken = false;
                        for (int iy = top; iy < bottom && !taken; iy++)
                            for (int ix = left; ix < right && !taken; ix++)
                            {
                                int at = (iy * w.Width + ix) * w.Channels + c;
                                if (x[at] != y[c]) continue;
                                dx[at] += dy[c];
                                taken = true;
                            }
                    }
                }
        }
    }
}
