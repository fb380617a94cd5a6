using System.Runtime.CompilerServices;
using KerasPort.Layers;

namespace KerasPort.Engines.Managed;

/// <summary>A pooled convolution by plain products: an image's full output is made in the second cache and pooled there. A piece is an image.</summary>
internal unsafe struct PooledProduct<S, V> : IPieces, IWork where S : struct, ISimd<V> where V : struct
{
    public PooledConvolution Shape;
    public int Images;
    public float* X, Kernel, Bias, Y;
    public byte* Which;

    /// <summary>Room for each thread: an image with its padding, and its output [pixel][filter].</summary>
    public float* Scratch;

    private readonly int Across => 2 * Shape.PooledWidth;

    private readonly long PaddedFloats => Shape.IsPadded ? (long)Shape.PaddedHeight * Shape.PaddedWidth * Shape.Channels : 0;

    public readonly long ScratchSize => (PaddedFloats + 15) / 16 * 16 + 4L * Shape.Windows * Shape.Filters;

    public readonly long Work => 4L * Images * Shape.Windows * Shape.Depth * Shape.Filters;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public readonly void Run(int image)
    {
        float* padded = Scratch + Workers.CurrentThread * ScratchSize, output = padded + (PaddedFloats + 15) / 16 * 16;
        float* x = X + (long)image * Shape.InputSize;
        if (Shape.IsPadded)
        {
            new ManagedKernels<S, V>.SetInto
            {
                From = x, To = padded, FromHeight = Shape.Height, FromWidth = Shape.Width, Channels = Shape.Channels,
                ToHeight = Shape.PaddedHeight, ToWidth = Shape.PaddedWidth, Top = Shape.PadTop, Left = Shape.PadLeft,
            }.Run(0);
            x = padded;
        }
        var window = new Window2D(Shape.PaddedHeight, Shape.PaddedWidth, Shape.Channels, 2 * Shape.PooledHeight, Across, Shape.Filters,
            Shape.Kernel, Shape.Kernel, 1, 1, 1, 1, 0, 0);
        var product = ManagedKernels<S, V>.Correlation(window, 1, x, Kernel, Shape.Filters, output);
        product.Start = Bias;
        product.CutByWork(long.MaxValue);
        for (int piece = 0; piece < product.Pieces; piece++) product.Run(piece);
        Pool(output, (long)image * Shape.OutputSize);
    }

    private readonly void Pool(float* output, long to)
    {
        int filters = Shape.Filters, line = Across * filters;
        for (int row = 0; row < Shape.PooledHeight; row++, output += 2 * line)
            for (int column = 0; column < Shape.PooledWidth; column++, to += filters)
                for (int f = 0; f < filters; f += S.Lanes)
                {
                    float* at = output + 2 * column * filters + f;
                    byte* which = Which == null ? null : Which + to + f;
                    Tile<S, V>.Keep(S.Load(at), S.Load(at + filters), S.Load(at + line), S.Load(at + line + filters), Y + to + f, which);
                }
    }
}
