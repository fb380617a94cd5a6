using System.Runtime.CompilerServices;
using KerasPort.Layers;

namespace KerasPort.Engines.Managed;

internal sealed unsafe partial class ManagedKernels<S, V>
{
    public override bool HasConv2DWeightGradients(in Window2D w) => ShallowConv2D<S, V>.Fits(w);

    protected override void Conv2DWeightGradientsCore(in Window2D w, int images, DeviceBuffer x, DeviceBuffer y, DeviceBuffer dy, DeviceBuffer dkernel,
        DeviceBuffer? dbias)
    {
        if (!ShallowConv2D<S, V>.Fits(w))
        {
            base.Conv2DWeightGradientsCore(w, images, x, y, dy, dkernel, dbias);
            return;
        }
        int groups = Math.Min(images, MostGroups), kernel = w.Depth * w.Filters, part = kernel + w.Filters;
        float* parts = Scratch(2, (long)groups * part);
        float* padded = WithPadding(w, images, At(x), 0);
        workers.Run(new ShallowGradients<S, V> { Window = w, Images = images, Groups = groups, X = padded, Y = At(y), DY = At(dy), Parts = parts }, groups);
        var sum = new SumOfParts<S, V> { From = parts, Parts = groups, Pitch = part, To = At(dkernel), Count = kernel };
        workers.Run(sum, sum.Pieces);
        if (dbias is null) return;
        sum = sum with { From = parts + kernel, To = At(dbias), Count = w.Filters };
        workers.Run(sum, sum.Pieces);
    }
}

/// <summary>
/// A convolution of 3 × 3 taps over padded images with few channels, as in a network's first layer. A vector holds filters, and the taps of a channel
/// stay in registers while the pixels of a row go by. A piece is a run of rows of all images.
/// </summary>
internal unsafe struct ShallowConv2D<S, V> : IPieces, IWork where S : struct, ISimd<V> where V : struct
{
    private const int RowsPerPiece = 32;

    public Window2D Window;
    public float* X, Kernel, Bias, Y;
    public int Images;
    public bool Relu;

    public readonly int Pieces => (Images * Window.OutHeight + RowsPerPiece - 1) / RowsPerPiece;

    public readonly long Work => (long)Images * Window.Pixels * Window.Depth * Window.Filters;

    public static bool Fits(in Window2D w) => w is { KernelHeight: 3, KernelWidth: 3, Channels: <= 4 } && w.Filters % S.Lanes == 0;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public readonly void Run(int piece)
    {
        var w = Window;
        int end = Math.Min((piece + 1) * RowsPerPiece, Images * w.OutHeight), line = w.PaddedWidth * w.Channels;
        for (int row = piece * RowsPerPiece; row < end; row++)
        {
            float* x = X + ((long)row / w.OutHeight * w.PaddedHeight + row % w.OutHeight * w.StrideY) * line, y = Y + (long)row * w.OutWidth * w.Filters;
            for (int f = 0; f < w.Filters; f += S.Lanes)
                for (int c = 0; c < w.Channels; c++) AddRow(x + c, Kernel + c * w.Filters + f, Bias == null ? null : Bias + f, y + f, c);
        }
    }

    /// <summary>Adds one channel's products to a row's sums, for a vector of filters.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private readonly void AddRow(float* x0, float* kernel, float* bias, float* y, int channel)
    {
        nint line = (nint)Window.PaddedWidth * Window.Channels, across = Window.DilationX * Window.Channels, step = Window.StrideX * Window.Channels;
        nint filters = Window.Filters, next = Window.Channels * filters;
        float* x1 = x0 + Window.DilationY * line, x2 = x1 + Window.DilationY * line;
        V k00 = S.Load(kernel), k01 = S.Load(kernel + next), k02 = S.Load(kernel + 2 * next);
        kernel += 3 * next;
        V k10 = S.Load(kernel), k11 = S.Load(kernel + next), k12 = S.Load(kernel + 2 * next);
        kernel += 3 * next;
        V k20 = S.Load(kernel), k21 = S.Load(kernel + next), k22 = S.Load(kernel + 2 * next);
        V start = bias == null ? S.Splat(0) : S.Load(bias);
        bool isFirst = channel == 0, ends = Relu && channel == Window.Channels - 1;
        for (int pixel = Window.OutWidth; pixel > 0; pixel--)
        {
            V sum = isFirst ? start : S.Load(y);
            sum = S.Fma(S.Splat(x0[0]), k00, sum);
            sum = S.Fma(S.Splat(x0[across]), k01, sum);
            sum = S.Fma(S.Splat(x0[2 * across]), k02, sum);
            sum = S.Fma(S.Splat(x1[0]), k10, sum);
            sum = S.Fma(S.Splat(x1[across]), k11, sum);
            sum = S.Fma(S.Splat(x1[2 * across]), k12, sum);
            sum = S.Fma(S.Splat(x2[0]), k20, sum);
            sum = S.Fma(S.Splat(x2[across]), k21, sum);
            sum = S.Fma(S.Splat(x2[2 * across]), k22, sum);
            S.Store(ends ? Simd<S, V>.Relu(sum) : sum, y);
            x0 += step;
            x1 += step;
            x2 += step;
            y += filters;
        }
    }
}

/// <summary>
/// Parts[group] = the gradients of the kernel and the bias of a convolution of 3 × 3 taps with relu, summed over a group of padded images. Relu lets dy
/// through where y is above 0. The sums of a vector of filters stay in registers while the pixels of a few rows go by. A piece is a group.
/// </summary>
internal unsafe struct ShallowGradients<S, V> : IPieces, IWork where S : struct, ISimd<V> where V : struct
{
    // Longer chains of additions would lose digits, and dy, which is read again for each channel, would leave the first-level cache.
    private const int LongestChain = 128;

    public Window2D Window;
    public float* X, Y, DY, Parts;
    public int Images, Groups;

    public readonly long Work => (long)Images * Window.Pixels * Window.Depth * Window.Filters;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public readonly void Run(int group)
    {
        var w = Window;
        int first = (int)((long)Images * group / Groups), end = (int)((long)Images * (group + 1) / Groups);
        int rows = Math.Max(1, LongestChain / w.OutWidth), line = w.PaddedWidth * w.Channels;
        float* part = Parts + (long)group * (w.Depth + 1) * w.Filters;
        new Span<float>(part, (w.Depth + 1) * w.Filters).Clear();
        for (int image = first; image < end; image++)
            for (int row = 0; row < w.OutHeight; row += rows)
                for (int f = 0; f < w.Filters; f += S.Lanes)
                    for (int c = 0; c < w.Channels; c++)
                    {
                        long pixel = ((long)image * w.OutHeight + row) * w.OutWidth * w.Filters + f;
                        Sum(X + ((long)image * w.PaddedHeight + row * w.StrideY) * line + c, Y + pixel, DY + pixel, Math.Min(rows, w.OutHeight - row),
                            part + c * w.Filters + f, c == 0 ? part + w.Depth * w.Filters + f : null);
                    }
    }

    /// <summary>Adds the products of some rows of a channel, for a vector of filters.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private readonly void Sum(float* x, float* y, float* dy, int rows, float* dkernel, float* dbias)
    {
        nint line = (nint)Window.PaddedWidth * Window.Channels, down = Window.DilationY * line, across = Window.DilationX * Window.Channels;
        nint step = Window.StrideX * Window.Channels, filters = Window.Filters, next = Window.Channels * filters;
        V zero = S.Splat(0);
        V b = zero, s00 = zero, s01 = zero, s02 = zero, s10 = zero, s11 = zero, s12 = zero, s20 = zero, s21 = zero, s22 = zero;
        for (; rows > 0; rows--, x += Window.StrideY * line)
        {
            float* x0 = x, x1 = x0 + down, x2 = x1 + down;
            for (int pixel = Window.OutWidth; pixel > 0; pixel--)
            {
                V d = S.Select(S.Greater(S.Load(y), zero), S.Load(dy), zero);
                b = S.Add(b, d);
                s00 = S.Fma(S.Splat(x0[0]), d, s00);
                s01 = S.Fma(S.Splat(x0[across]), d, s01);
                s02 = S.Fma(S.Splat(x0[2 * across]), d, s02);
                s10 = S.Fma(S.Splat(x1[0]), d, s10);
                s11 = S.Fma(S.Splat(x1[across]), d, s11);
                s12 = S.Fma(S.Splat(x1[2 * across]), d, s12);
                s20 = S.Fma(S.Splat(x2[0]), d, s20);
                s21 = S.Fma(S.Splat(x2[across]), d, s21);
                s22 = S.Fma(S.Splat(x2[2 * across]), d, s22);
                x0 += step;
                x1 += step;
                x2 += step;
                y += filters;
                dy += filters;
            }
        }
        AddRow(s00, s01, s02, dkernel, next);
        AddRow(s10, s11, s12, dkernel + 3 * next, next);
        AddRow(s20, s21, s22, dkernel + 6 * next, next);
        if (dbias != null) S.Store(S.Add(S.Load(dbias), b), dbias);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddRow(V s0, V s1, V s2, float* to, nint next)
    {
        S.Store(S.Add(S.Load(to), s0), to);
        S.Store(S.Add(S.Load(to + next), s1), to + next);
        S.Store(S.Add(S.Load(to + 2 * next), s2), to + 2 * next);
    }
}
