using KerasPort.Engines.Formulas;
using KerasPort.Layers;

namespace KerasPort.Engines.Managed;

internal sealed unsafe partial class ManagedKernels<S, V>
{
    protected override void MaxPooling2DCore(in Window2D window, int images, DeviceBuffer x, DeviceBuffer y) =>
        Largest(window, images, default(Unary<Graphs.Identity>), Pixels(window, images, x, y));

    protected override void MaxPooling2DGradientCore(in Window2D window, int images, DeviceBuffer x, DeviceBuffer y, DeviceBuffer dy, DeviceBuffer dx) =>
        ToLargest(window, images, default(Unary<Graphs.Identity>), Pixels(window, images, x, y), dy, dx);

    /// <remarks>The bits are those of the formula's results stored and then pooled.</remarks>
    protected override void MaxPooling2DOfCore<F>(in Window2D window, int images, in F formula, in Operands on)
    {
        if (!FormulaOfRows<S, V, F>.Is(on)) base.MaxPooling2DOfCore(window, images, formula, on);
        else Largest(window, images, formula, on);
    }

    /// <remarks>The bits are those of the formula's results stored.</remarks>
    protected override void MaxPooling2DGradientOfCore<F>(in Window2D window, int images, in F formula, in Operands on, DeviceBuffer dy, DeviceBuffer dx)
    {
        if (!FormulaOfRows<S, V, F>.Is(on)) base.MaxPooling2DGradientOfCore(window, images, formula, on, dy, dx);
        else ToLargest(window, images, formula, on, dy, dx);
    }

    private void Largest<F>(in Window2D window, int images, in F formula, in Operands on, [CallerMemberName] string kernel = "")
        where F : unmanaged, IFormula =>
        workers.Run(new Pool<F> { Window = window, Formula = new(formula, on), Y = At(on[0]) }, images, kernel);

    private void ToLargest<F>(in Window2D window, int images, in F formula, in Operands on, DeviceBuffer dy, DeviceBuffer dx,
        [CallerMemberName] string kernel = "") where F : unmanaged, IFormula =>
        workers.Run(new PoolGradient<F> { Window = window, Formula = new(formula, on), Y = At(on[0]), DY = At(dy), DX = At(dx) }, images, kernel);

    private static Operands Pixels(in Window2D w, int images, DeviceBuffer x, DeviceBuffer y) => new(images * w.Height * w.Width, w.Channels, y, x);

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
    private struct Pool<F> : IPieces where F : unmanaged, IFormula
    {
        public Window2D Window;
        public FormulaOfRows<S, V, F> Formula;
        public float* Y;

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public readonly void Run(int image)
        {
            var w = Window;
            float* x = Formula.X + (long)image * w.InputSize, y = Y + (long)image * w.OutputSize;
            for (int oy = 0; oy < w.OutHeight; oy++)
            {
                FetchBehind(w, oy, x);
                for (int ox = 0; ox < w.OutWidth; ox++, y += w.Channels)
                {
                    var (top, bottom, left, right) = Inside(w, oy, ox);
                    int c = 0;
                    for (; c + S.Lanes <= w.Channels; c += S.Lanes)
                    {
                        Formula.Load(c, out V p, out V q, out V r, out V s);
                        V best = S.Splat(float.MinValue);
                        for (int iy = top; iy < bottom; iy++)
                            for (int ix = left; ix < right; ix++)
                                best = S.Max(Formula.Of(x + (iy * w.Width + ix) * w.Channels + c, p, q, r, s), best);
                        S.Store(best, y + c);
                    }
                    for (; c < w.Channels; c++)
                    {
                        float best = float.MinValue;
                        for (int iy = top; iy < bottom; iy++)
                            for (int ix = left; ix < right; ix++)
                                if (Formula.Of(x + (iy * w.Width + ix) * w.Channels + c, c) is var other && other > best) best = other;
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
    private struct PoolGradient<F> : IPieces where F : unmanaged, IFormula
    {
        public Window2D Window;
        public FormulaOfRows<S, V, F> Formula;
        public float* Y, DY, DX;

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public readonly void Run(int image)
        {
            var w = Window;
            float* x = Formula.X + (long)image * w.InputSize, dx = DX + (long)image * w.InputSize;
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
                    int begin = (top * w.Width + left) * w.Channels, c = 0;
                    for (; c + S.Lanes <= w.Channels; c += S.Lanes)
                    {
                        Formula.Load(c, out V p, out V q, out V r, out V s);
                        V best = S.Load(y + c), gradient = S.Load(dy + c), start = Formula.Of(x + begin + c, p, q, r, s);
                        // The lanes whose gradient is given away.
                        V given = S.Or(S.Equal(start, best), S.AndNot(S.Equal(best, best), S.Equal(start, start))), share = S.And(gradient, given);
                        S.Store(apart ? share : S.Add(S.Load(dx + begin + c), share), dx + begin + c);
                        for (int iy = top; iy < bottom; iy++)
                            for (int ix = iy == top ? left + 1 : left; ix < right; ix++)
                            {
                                int at = (iy * w.Width + ix) * w.Channels + c;
                                V first = S.AndNot(S.Equal(Formula.Of(x + at, p, q, r, s), best), given);
                                given = S.Or(given, first);
                                share = S.And(gradient, first);
                                S.Store(apart ? share : S.Add(S.Load(dx + at), share), dx + at);
                            }
                        if (S.Bits(given) == (uint)((1ul << S.Lanes) - 1)) continue;
                        S.Store(S.Add(S.Load(dx + begin + c), S.AndNot(gradient, given)), dx + begin + c);
                    }
                    for (; c < w.Channels; c++)
                    {
                        int found = float.IsNaN(Formula.Of(x + begin + c, c)) ? begin : -1;
                        for (int iy = top; iy < bottom && all; iy++)
                            for (int ix = left; ix < right; ix++) dx[(iy * w.Width + ix) * w.Channels + c] = 0;
                        for (int iy = top; iy < bottom && found < 0; iy++)
                            for (int ix = left; ix < right && found < 0; ix++)
                                if ((iy * w.Width + ix) * w.Channels is var at && Formula.Of(x + at + c, c) == y[c]) found = at;
                        dx[(found < 0 ? begin : found) + c] += dy[c];
                    }
                }
            }
        }
    }
}
