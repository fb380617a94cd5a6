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
        ShallowGradients(w, images, x, y, dy, dkernel, dbias);
    }

    private void ShallowGradients(in Window2D w, int images, DeviceBuffer x, DeviceBuffer? y, DeviceBuffer dy, DeviceBuffer dkernel, DeviceBuffer? dbias,
        [CallerMemberName] string name = "")
    {
        int groups = Math.Min(images, MostGroups), kernel = w.Depth * w.Filters, part = kernel + w.Filters;
        float* parts = Scratch(2, (long)groups * part);
        float* padded = WithPadding(w, images, At(x), 0);
        var gradients = new ShallowGradients<S, V> { Window = w, Images = images, Groups = groups, X = padded, Y = At(y), DY = At(dy), Parts = parts };
        workers.Run(gradients, groups, name);
        var sum = new SumOfParts<S, V> { From = parts, Parts = groups, Pitch = part, To = At(dkernel), Count = kernel };
        workers.Run(sum, sum.Pieces, name);
        if (dbias is null) return;
        sum = sum with { From = parts + kernel, To = At(dbias), Count = w.Filters };
        workers.Run(sum, sum.Pieces, name);
    }
}

/// <summary>
/// A convolution of 3 × 3 taps over padded images with few channels, as in a network's first layer. A vector holds filters, and the taps of a channel
/// stay in registers while the pixels of a few rows go by: those of two vectors where there are 32 registers, since each pixel is then broadcast once
/// for both. A piece is a run of rows of all images.
/// </summary>
internal unsafe struct ShallowConv2D<S, V> : IRowPieces, IWork where S : struct, ISimd<V> where V : struct
{
    // Sums that a channel is added to at a time. More would leave the first-level cache before the next channel adds to them.
    private const int SumsAtATime = 8192;

    private const int RowsPerPiece = 32;

    public Window2D Window;
    public float* X, Kernel, Bias, Y;
    public int Images;
    public bool Relu;

    public readonly int Pieces => (Images * Window.OutHeight + RowsPerPiece - 1) / RowsPerPiece;

    public readonly long Work => (long)Images * Window.Pixels * Window.Depth * Window.Filters;

    public static bool Fits(in Window2D w) => w is { KernelHeight: 3, KernelWidth: 3, Channels: <= 4 } && w.Filters % S.Lanes == 0;

    /// <summary>Whether the taps of two vectors of filters are kept, of those that are left.</summary>
    public static bool HasTwo(int filters) => S.TileColumns == 4 && filters > S.Lanes;

    public readonly WrittenRows Written => new() { At = Y, Rows = Images * Window.Pixels, Columns = Window.Filters, Parts = Pieces };

    public readonly WrittenPanel PanelOf(int piece)
    {
        int row = piece * RowsPerPiece, rows = Math.Min(RowsPerPiece, Images * Window.OutHeight - row);
        return new() { Part = piece, Row = row * Window.OutWidth, Rows = rows * Window.OutWidth, Columns = Window.Filters };
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public readonly void Run(int piece)
    {
        var w = Window;
        int end = Math.Min((piece + 1) * RowsPerPiece, Images * w.OutHeight), line = w.PaddedWidth * w.Channels;
        int most = Math.Max(1, SumsAtATime / (w.OutWidth * w.Filters));
        for (int row = piece * RowsPerPiece, rows; row < end; row += rows)
        {
            int inImage = row % w.OutHeight;
            rows = Math.Min(most, Math.Min(end - row, w.OutHeight - inImage));
            float* x = X + ((long)row / w.OutHeight * w.PaddedHeight + inImage * w.StrideY) * line, y = Y + (long)row * w.OutWidth * w.Filters;
            for (int f = 0; f < w.Filters; f += HasTwo(w.Filters - f) ? 2 * S.Lanes : S.Lanes)
                for (int c = 0; c < w.Channels; c++)
                {
                    float* kernel = Kernel + c * w.Filters + f, bias = Bias == null ? null : Bias + f;
                    if (HasTwo(w.Filters - f)) AddRows<Two>(x + c, kernel, bias, y + f, rows, c);
                    else AddRows<One>(x + c, kernel, bias, y + f, rows, c);
                }
        }
    }

    /// <summary>Adds one channel's products to the sums of some rows, for one or two vectors of filters.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly void AddRows<N>(float* x, float* kernel, float* bias, float* y, int rows, int channel) where N : struct, INumber
    {
        int pairs = Window.OutWidth / 2 * 2;
        AddColumns<N, Two>(x, kernel, bias, y, rows, pairs, channel);
        if (pairs == Window.OutWidth) return;
        AddColumns<N, One>(x + pairs * Window.StrideX * Window.Channels, kernel, bias, y + pairs * Window.Filters, rows, 1, channel);
    }

    /// <summary>Adds them to the sums of some columns. Two pixels go by at a time, u and v, since a sum's next product waits for the one before.</summary>
    /// <typeparam name="N">Vectors of filters, A and B: 1 or 2.</typeparam>
    /// <typeparam name="P">Pixels at a time: 1, or 2 where the columns are even.</typeparam>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private readonly void AddColumns<N, P>(float* x, float* kernel, float* bias, float* y, int rows, int columns, int channel)
        where N : struct, INumber where P : struct, INumber
    {
        nint line = (nint)Window.PaddedWidth * Window.Channels, down = Window.DilationY * line, across = Window.DilationX * Window.Channels;
        nint step = Window.StrideX * Window.Channels, filters = Window.Filters, next = Window.Channels * filters, second = N.Value > 1 ? S.Lanes : 0;
        V zero = S.Splat(0);
        V a00 = S.Load(kernel), a01 = S.Load(kernel + next), a02 = S.Load(kernel + 2 * next);
        V a10 = S.Load(kernel + 3 * next), a11 = S.Load(kernel + 4 * next), a12 = S.Load(kernel + 5 * next);
        V a20 = S.Load(kernel + 6 * next), a21 = S.Load(kernel + 7 * next), a22 = S.Load(kernel + 8 * next);
        kernel += second;
        V b00 = S.Load(kernel), b01 = S.Load(kernel + next), b02 = S.Load(kernel + 2 * next);
        V b10 = S.Load(kernel + 3 * next), b11 = S.Load(kernel + 4 * next), b12 = S.Load(kernel + 5 * next);
        V b20 = S.Load(kernel + 6 * next), b21 = S.Load(kernel + 7 * next), b22 = S.Load(kernel + 8 * next);
        V startA = bias == null ? zero : S.Load(bias), startB = bias == null ? zero : S.Load(bias + second);
        bool isFirst = channel == 0, ends = Relu && channel == Window.Channels - 1;
        nint nextRow = (nint)(Window.OutWidth - columns) * filters;
        for (; rows > 0; rows--, x += Window.StrideY * line, y += nextRow)
        {
            float* x0 = x, x1 = x0 + down, x2 = x1 + down;
            for (int left = columns; left > 0; left -= P.Value)
            {
                V uA = isFirst ? startA : S.Load(y), uB = isFirst || N.Value == 1 ? startB : S.Load(y + second);
                V vA = isFirst || P.Value == 1 ? startA : S.Load(y + filters);
                V vB = isFirst || P.Value == 1 || N.Value == 1 ? startB : S.Load(y + filters + second);
                AddTap<N, P>(x0, step, a00, b00, ref uA, ref uB, ref vA, ref vB);
                AddTap<N, P>(x0 + across, step, a01, b01, ref uA, ref uB, ref vA, ref vB);
                AddTap<N, P>(x0 + 2 * across, step, a02, b02, ref uA, ref uB, ref vA, ref vB);
                AddTap<N, P>(x1, step, a10, b10, ref uA, ref uB, ref vA, ref vB);
                AddTap<N, P>(x1 + across, step, a11, b11, ref uA, ref uB, ref vA, ref vB);
                AddTap<N, P>(x1 + 2 * across, step, a12, b12, ref uA, ref uB, ref vA, ref vB);
                AddTap<N, P>(x2, step, a20, b20, ref uA, ref uB, ref vA, ref vB);
                AddTap<N, P>(x2 + across, step, a21, b21, ref uA, ref uB, ref vA, ref vB);
                AddTap<N, P>(x2 + 2 * across, step, a22, b22, ref uA, ref uB, ref vA, ref vB);
                S.Store(ends ? Simd<S, V>.Relu(uA) : uA, y);
                if (N.Value > 1) S.Store(ends ? Simd<S, V>.Relu(uB) : uB, y + second);
                if (P.Value > 1) S.Store(ends ? Simd<S, V>.Relu(vA) : vA, y + filters);
                if (P.Value > 1 && N.Value > 1) S.Store(ends ? Simd<S, V>.Relu(vB) : vB, y + filters + second);
                x0 += P.Value * step;
                x1 += P.Value * step;
                x2 += P.Value * step;
                y += P.Value * filters;
            }
        }
    }

    /// <summary>Adds a tap's products to the sums of one pixel or two.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddTap<N, P>(float* pixel, nint step, V a, V b, ref V uA, ref V uB, ref V vA, ref V vB)
        where N : struct, INumber where P : struct, INumber
    {
        V u = S.Splat(pixel[0]);
        uA = S.Fma(u, a, uA);
        if (N.Value > 1) uB = S.Fma(u, b, uB);
        if (P.Value == 1) return;
        V v = S.Splat(pixel[step]);
        vA = S.Fma(v, a, vA);
        if (N.Value > 1) vB = S.Fma(v, b, vB);
    }
}

/// <summary>
/// Parts[group] = the gradients of the kernel and the bias of a convolution of 3 × 3 taps, summed over a group of padded images. With Y the convolution
/// has a relu, which lets dy through where y is above 0. The sums of one or two vectors of filters stay in registers while the pixels of a few rows go
/// by. A piece is a group.
/// </summary>
internal unsafe struct ShallowGradients<S, V> : IPieces, IWork where S : struct, ISimd<V> where V : struct
{
    // Pixels that go by at a time. More would leave the first-level cache before the next channel reads them, and sums over more would lose digits.
    private const int PixelsAtATime = 128;

    public Window2D Window;
    public float* X, Y, DY, Parts;
    public int Images, Groups;

    public readonly long Work => (long)Images * Window.Pixels * Window.Depth * Window.Filters;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public readonly void Run(int group)
    {
        var w = Window;
        int first = (int)((long)Images * group / Groups), end = (int)((long)Images * (group + 1) / Groups);
        int most = Math.Max(1, PixelsAtATime / w.OutWidth), line = w.PaddedWidth * w.Channels;
        float* part = Parts + (long)group * (w.Depth + 1) * w.Filters;
        new Span<float>(part, (w.Depth + 1) * w.Filters).Clear();
        for (int image = first; image < end; image++)
            for (int row = 0; row < w.OutHeight; row += most)
                for (int f = 0; f < w.Filters; f += ShallowConv2D<S, V>.HasTwo(w.Filters - f) ? 2 * S.Lanes : S.Lanes)
                    for (int c = 0; c < w.Channels; c++)
                    {
                        long pixel = ((long)image * w.OutHeight + row) * w.OutWidth * w.Filters + f;
                        float* x = X + ((long)image * w.PaddedHeight + row * w.StrideY) * line + c, y = Y == null ? null : Y + pixel, dy = DY + pixel;
                        float* dkernel = part + c * w.Filters + f, dbias = c == 0 ? part + w.Depth * w.Filters + f : null;
                        int rows = Math.Min(most, w.OutHeight - row);
                        if (ShallowConv2D<S, V>.HasTwo(w.Filters - f)) Sum<Two>(x, y, dy, rows, dkernel, dbias);
                        else Sum<One>(x, y, dy, rows, dkernel, dbias);
                    }
    }

    /// <summary>Adds the products of some rows of a channel, for one or two vectors of filters.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private readonly void Sum<N>(float* x, float* y, float* dy, int rows, float* dkernel, float* dbias) where N : struct, INumber
    {
        nint line = (nint)Window.PaddedWidth * Window.Channels, down = Window.DilationY * line, across = Window.DilationX * Window.Channels;
        nint step = Window.StrideX * Window.Channels, filters = Window.Filters, next = Window.Channels * filters;
        V zero = S.Splat(0), biasA = zero, biasB = zero;
        V a00 = zero, a01 = zero, a02 = zero, a10 = zero, a11 = zero, a12 = zero, a20 = zero, a21 = zero, a22 = zero;
        V b00 = zero, b01 = zero, b02 = zero, b10 = zero, b11 = zero, b12 = zero, b20 = zero, b21 = zero, b22 = zero;
        for (; rows > 0; rows--, x += Window.StrideY * line)
        {
            float* x0 = x, x1 = x0 + down, x2 = x1 + down;
            for (int pixel = Window.OutWidth; pixel > 0; pixel--)
            {
                V da = S.Load(dy), db = N.Value > 1 ? S.Load(dy + S.Lanes) : zero;
                if (y != null)
                {
                    da = S.Select(S.Greater(S.Load(y), zero), da, zero);
                    if (N.Value > 1) db = S.Select(S.Greater(S.Load(y + S.Lanes), zero), db, zero);
                    y += filters;
                }
                biasA = S.Add(biasA, da);
                if (N.Value > 1) biasB = S.Add(biasB, db);
                V v = S.Splat(x0[0]);
                a00 = S.Fma(v, da, a00);
                if (N.Value > 1) b00 = S.Fma(v, db, b00);
                v = S.Splat(x0[across]);
                a01 = S.Fma(v, da, a01);
                if (N.Value > 1) b01 = S.Fma(v, db, b01);
                v = S.Splat(x0[2 * across]);
                a02 = S.Fma(v, da, a02);
                if (N.Value > 1) b02 = S.Fma(v, db, b02);
                v = S.Splat(x1[0]);
                a10 = S.Fma(v, da, a10);
                if (N.Value > 1) b10 = S.Fma(v, db, b10);
                v = S.Splat(x1[across]);
                a11 = S.Fma(v, da, a11);
                if (N.Value > 1) b11 = S.Fma(v, db, b11);
                v = S.Splat(x1[2 * across]);
                a12 = S.Fma(v, da, a12);
                if (N.Value > 1) b12 = S.Fma(v, db, b12);
                v = S.Splat(x2[0]);
                a20 = S.Fma(v, da, a20);
                if (N.Value > 1) b20 = S.Fma(v, db, b20);
                v = S.Splat(x2[across]);
                a21 = S.Fma(v, da, a21);
                if (N.Value > 1) b21 = S.Fma(v, db, b21);
                v = S.Splat(x2[2 * across]);
                a22 = S.Fma(v, da, a22);
                if (N.Value > 1) b22 = S.Fma(v, db, b22);
                x0 += step;
                x1 += step;
                x2 += step;
                dy += filters;
            }
        }
        Add(dkernel, next, a00, a01, a02, a10, a11, a12, a20, a21, a22);
        if (N.Value > 1) Add(dkernel + S.Lanes, next, b00, b01, b02, b10, b11, b12, b20, b21, b22);
        if (dbias == null) return;
        S.Store(S.Add(S.Load(dbias), biasA), dbias);
        if (N.Value > 1) S.Store(S.Add(S.Load(dbias + S.Lanes), biasB), dbias + S.Lanes);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add(float* to, nint next, V s00, V s01, V s02, V s10, V s11, V s12, V s20, V s21, V s22)
    {
        S.Store(S.Add(S.Load(to), s00), to);
        S.Store(S.Add(S.Load(to + next), s01), to + next);
        S.Store(S.Add(S.Load(to + 2 * next), s02), to + 2 * next);
        S.Store(S.Add(S.Load(to + 3 * next), s10), to + 3 * next);
        S.Store(S.Add(S.Load(to + 4 * next), s11), to + 4 * next);
        S.Store(S.Add(S.Load(to + 5 * next), s12), to + 5 * next);
        S.Store(S.Add(S.Load(to + 6 * next), s20), to + 6 * next);
        S.Store(S.Add(S.Load(to + 7 * next), s21), to + 7 * next);
        S.Store(S.Add(S.Load(to + 8 * next), s22), to + 8 * next);
    }
}
