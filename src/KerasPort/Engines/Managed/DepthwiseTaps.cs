using System.Runtime.CompilerServices;
using KerasPort.Layers;

namespace KerasPort.Engines.Managed;

/// <summary>
/// The gradient of a depthwise kernel, from padded images: To[group][tap][c] = Σ X[pixel + tap][c] · DY[pixel][c] over all pixels.
/// A piece is a vector of channels of a group of images.
/// </summary>
internal unsafe struct DepthwiseTaps<S, V> : IPieces, IWork where S : struct, ISimd<V> where V : struct
{
    /// <summary>The most groups of images. The groups' sums are added up afterwards.</summary>
    public const int MostGroups = 16;

    // Taps summed at a time: their sums, dy and a value of x fit into AVX2's 16 registers.
    private const int AtATime = 9;

    public Window2D Window;
    public float* X, DY, To;
    public int Images, Groups, Panels;

    public readonly long Work => (long)Images * Window.OutputSize * Window.KernelHeight * Window.KernelWidth;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public readonly void Run(int piece)
    {
        int group = piece / Panels, channel = piece % Panels * S.Lanes, taps = Window.KernelHeight * Window.KernelWidth;
        int first = (int)((long)Images * group / Groups), end = (int)((long)Images * (group + 1) / Groups), wide = Math.Min(S.Lanes, Window.Filters - channel);
        float* sums = stackalloc float[AtATime * S.Lanes];
        float* to = To + (long)group * taps * Window.Filters + channel;
        for (int tap = 0; tap < taps; tap += AtATime)
        {
            Sum(tap, taps, channel, first, end, sums);
            for (int i = 0; i < Math.Min(AtATime, taps - tap); i++)
                new ReadOnlySpan<float>(sums + i * S.Lanes, wide).CopyTo(new Span<float>(to + (long)(tap + i) * Window.Filters, wide));
        }
    }

    private readonly nint PlaceOf(int tap, int taps)
    {
        // Taps beyond the last one repeat it; their sums aren't used.
        tap = Math.Min(tap, taps - 1);
        return ((nint)(tap / Window.KernelWidth) * Window.DilationY * Window.PaddedWidth + tap % Window.KernelWidth * Window.DilationX) * Window.Filters;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private readonly void Sum(int tap, int taps, int channel, int first, int end, float* sums)
    {
        int filters = Window.Filters, rows = Window.OutHeight, columns = Window.OutWidth;
        nint line = (nint)Window.PaddedWidth * filters, image = Window.PaddedHeight * line;
        nint across = (nint)Window.StrideX * filters, down = Window.StrideY * line;
        nint p0 = PlaceOf(tap, taps), p1 = PlaceOf(tap + 1, taps), p2 = PlaceOf(tap + 2, taps), p3 = PlaceOf(tap + 3, taps), p4 = PlaceOf(tap + 4, taps);
        nint p5 = PlaceOf(tap + 5, taps), p6 = PlaceOf(tap + 6, taps), p7 = PlaceOf(tap + 7, taps), p8 = PlaceOf(tap + 8, taps);
        V s0 = S.Splat(0), s1 = s0, s2 = s0, s3 = s0, s4 = s0, s5 = s0, s6 = s0, s7 = s0, s8 = s0;
        float* dy = DY + (long)first * Window.OutputSize + channel;
        for (int i = first; i < end; i++)
            for (int row = 0; row < rows; row++)
            {
                float* x = X + i * image + row * down + channel;
                for (int column = columns; column > 0; column--)
                {
                    V g = S.Load(dy);
                    s0 = S.Fma(S.Load(x + p0), g, s0);
                    s1 = S.Fma(S.Load(x + p1), g, s1);
                    s2 = S.Fma(S.Load(x + p2), g, s2);
                    s3 = S.Fma(S.Load(x + p3), g, s3);
                    s4 = S.Fma(S.Load(x + p4), g, s4);
                    s5 = S.Fma(S.Load(x + p5), g, s5);
                    s6 = S.Fma(S.Load(x + p6), g, s6);
                    s7 = S.Fma(S.Load(x + p7), g, s7);
                    s8 = S.Fma(S.Load(x + p8), g, s8);
                    x += across;
                    dy += filters;
                }
            }
        S.Store(s0, sums);
        S.Store(s1, sums + S.Lanes);
        S.Store(s2, sums + 2 * S.Lanes);
        S.Store(s3, sums + 3 * S.Lanes);
        S.Store(s4, sums + 4 * S.Lanes);
        S.Store(s5, sums + 5 * S.Lanes);
        S.Store(s6, sums + 6 * S.Lanes);
        S.Store(s7, sums + 7 * S.Lanes);
        S.Store(s8, sums + 8 * S.Lanes);
    }
}
