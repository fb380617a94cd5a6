using KerasPort.Layers;

namespace KerasPort.Engines.Managed;

internal sealed unsafe partial class ManagedKernels<S, V>
{
    protected override ConvReluPool? ConvReluPoolCore(in Window2D convolution, in Window2D pooling, int images, bool inputGradient)
    {
        var (c, p) = (convolution, pooling);
        bool plain = c is { StrideY: 1, StrideX: 1, DilationY: 1, DilationX: 1, KernelHeight: 3 or 5 } && c.KernelHeight == c.KernelWidth;
        bool halves = p is { KernelHeight: 2, KernelWidth: 2, StrideY: 2, StrideX: 2, IsPadded: false };
        if (!plain || !halves || c.Filters % S.Lanes != 0) return null;
        var shape = new PooledConvolution(c.Height, c.Width, c.Channels, c.Filters, p.OutHeight, p.OutWidth, c.KernelHeight, c.PadTop, c.PadLeft);
        if (c.Channels % S.Lanes == 0) return new DeepConvReluPool<S, V>(workers, shape, images, c, p);
        bool isShallow = c.Channels <= 4 && c is { KernelHeight: ShallowConvReluPool<S, V>.Kernel, IsPadded: false };
        return isShallow && !inputGradient ? new ShallowConvReluPool<S, V>(workers, shape, images, c, p) : null;
    }
}

/// <summary>
/// A convolution of 3 × 3 or 5 × 5 taps with relu whose output is pooled 2 × 2. Of the four pixels of a pooling window only the largest counts: its
/// number is kept, the layer's full output never stored, and of four gradients at most one isn't zero.
/// </summary>
internal readonly record struct PooledConvolution(
    int Height, int Width, int Channels, int Filters, int PooledHeight, int PooledWidth, int Kernel, int PadTop, int PadLeft)
{
    public int Taps => Kernel * Kernel;

    /// <summary>In place of a pixel's number: no gradient comes through this window, its relu is 0 or its first pixel NaN.</summary>
    public const byte NoPixel = 4;

    /// <summary>Floats of an image that comes in.</summary>
    public int InputSize => Height * Width * Channels;

    /// <summary>Floats of a row of it.</summary>
    public int Line => Width * Channels;

    /// <summary>Rows of an image with its padding, as far as windows reach or the image does.</summary>
    public int PaddedHeight => Math.Max(PadTop + Height, 2 * PooledHeight + Kernel - 1);

    /// <summary>Columns of it.</summary>
    public int PaddedWidth => Math.Max(PadLeft + Width, 2 * PooledWidth + Kernel - 1);

    public bool IsPadded => PaddedHeight > Height || PaddedWidth > Width;

    /// <summary>Pooling windows in an image.</summary>
    public int Windows => PooledHeight * PooledWidth;

    /// <summary>Floats of an image that goes out.</summary>
    public int OutputSize => Windows * Filters;

    /// <summary>Products that a filter sums up for a pixel.</summary>
    public int Depth => Taps * Channels;
}

/// <summary>Memory of a fused kernel, planned once; what the backward pass needs, when training begins.</summary>
internal abstract unsafe class FusedConvReluPool : ConvReluPool
{
    // What the pointers point into: a kernel that runs keeps this object alive to its end, or its memory could go in between.
    private readonly List<ManagedBuffer> _buffers = [];

    protected FusedConvReluPool(Workers workers, in PooledConvolution shape, int images, in Window2D convolution, in Window2D pooling)
        : base(convolution, pooling, images) =>
        (Workers, Shape, Images) = (workers, shape, images);

    /// <summary>The most images at a time.</summary>
    protected int Images { get; }

    protected Workers Workers { get; }

    protected PooledConvolution Shape { get; }

    /// <summary>The number (0 to 3, row by row) of the pixel that gets each window's gradient, or none: [image][window][filter].</summary>
    protected byte* Which { get; private set; }

    protected static float* At(DeviceBuffer? buffer) => buffer is null ? null : ((ManagedBuffer)buffer).Pointer;

    /// <summary>Room for <see cref="Which"/> and the backward pass, which only training needs.</summary>
    protected void PrepareTraining()
    {
        if (Which != null) return;
        Which = (byte*)Allocate((long)Images * Shape.OutputSize / sizeof(float) + 1);
        AllocateBackward();
    }

    protected abstract void AllocateBackward();

    protected float* Allocate(long floats)
    {
        var buffer = new ManagedBuffer(checked((int)floats));
        _buffers.Add(buffer);
        return buffer.Pointer;
    }
}
