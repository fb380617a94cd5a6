using KerasPort.Layers;

namespace KerasPort.Engines.Managed;

internal sealed unsafe partial class ManagedKernels<S, V>
{
    protected override ConvReluPool? ConvReluPoolCore(in Window2D convolution, in Window2D pooling, int images, bool inputGradient)
    {
        var (c, p) = (convolution, pooling);
        bool plain = c is { KernelHeight: 3 or 5, StrideY: 1 or 2, DilationY: 1 } or { KernelHeight: 3, StrideY: 1, DilationY: 2 }
            && c.KernelHeight == c.KernelWidth && c.StrideY == c.StrideX && c.DilationY == c.DilationX;
        bool pools = c.StrideY == 1 ? p is { KernelHeight: 2, StrideY: 2 } or { KernelHeight: 3, StrideY: 2 or 3 } : p is { KernelHeight: 1, StrideY: 1 };
        if (!plain || !pools || p.KernelWidth != p.KernelHeight || p.StrideX != p.StrideY || p.IsPadded || c.Filters % S.Lanes != 0) return null;
        var shape = new PooledConvolution(c.Height, c.Width, c.Channels, c.Filters, p.OutHeight, p.OutWidth, c.KernelHeight, c.PadTop, c.PadLeft,
            c.StrideY, c.DilationY, p.KernelHeight, p.StrideY);
        if (c.Channels % S.Lanes == 0) return new DeepConvReluPool<S, V>(workers, shape, images, c, p);
        bool isShallow = c.Channels <= 4 && c is { KernelHeight: ShallowConvReluPool<S, V>.Kernel, StrideY: 1, DilationY: 1, IsPadded: false };
        return isShallow && !inputGradient ? new ShallowConvReluPool<S, V>(workers, shape, images, c, p) : null;
    }
}

/// <summary>
/// A convolution of 3 × 3 or 5 × 5 taps with relu whose output is pooled: 2 × 2 by steps of 2, or 3 × 3 by steps of 2 or 3. Only the largest pixel of
/// a pooling window counts: its number is kept, the layer's full output is never stored, and at most one of a window's gradients isn't zero.
/// With strides of 2 a window is a single pixel, whose gradient is zero where relu's result is zero.
/// </summary>
internal readonly record struct PooledConvolution(
    int Height, int Width, int Channels, int Filters, int PooledHeight, int PooledWidth, int Kernel, int PadTop, int PadLeft,
    int Stride, int Dilation, int Pool, int Step)
{
    /// <summary>Columns of the patch in which a 3 × 3 window's pixels are numbered: three pixels see five columns through three taps.</summary>
    public const int PatchOfThree = 5;

    public int Taps => Kernel * Kernel;

    /// <summary>Stands for a pixel's number where a window lets no gradient through: its relu is 0 or its first pixel is NaN.</summary>
    public const byte NoPixel = 4;

    /// <summary>Floats of an input image.</summary>
    public int InputSize => Height * Width * Channels;

    /// <summary>Floats of a row of an input image.</summary>
    public int Line => Width * Channels;

    /// <summary>Rows of the convolution's output that windows read.</summary>
    public int Rows => (PooledHeight - 1) * Step + Pool;

    /// <summary>Columns of the convolution's output that windows read.</summary>
    public int Columns => (PooledWidth - 1) * Step + Pool;

    /// <summary>The most windows that contain one pixel.</summary>
    public int WindowsOfPixel => Step < Pool ? 4 : 1;

    /// <summary>Rows of a padded image: to the end of the image or of the last window, whichever comes later.</summary>
    public int PaddedHeight => Math.Max(PadTop + Height, (Rows - 1) * Stride + (Kernel - 1) * Dilation + 1);

    /// <summary>Columns of a padded image.</summary>
    public int PaddedWidth => Math.Max(PadLeft + Width, (Columns - 1) * Stride + (Kernel - 1) * Dilation + 1);

    public bool IsPadded => PaddedHeight > Height || PaddedWidth > Width;

    /// <summary>Pooling windows in an image.</summary>
    public int Windows => PooledHeight * PooledWidth;

    /// <summary>Floats of an output image.</summary>
    public int OutputSize => Windows * Filters;

    /// <summary>Products in one filter's sum for a pixel.</summary>
    public int Depth => Taps * Channels;
}

/// <summary>A fused kernel's memory. It is planned once; the backward pass gets its part when training begins.</summary>
internal abstract unsafe class FusedConvReluPool : ConvReluPool
{
    // The memory behind the pointers. A running kernel keeps this object alive, since its memory could be freed otherwise.
    private readonly List<ManagedBuffer> _buffers = [];
    private bool _trains;

    protected FusedConvReluPool(Workers workers, in PooledConvolution shape, int images, in Window2D convolution, in Window2D pooling)
        : base(convolution, pooling, images) =>
        (Workers, Shape, Images) = (workers, shape, images);

    /// <summary>The most images at a time.</summary>
    protected int Images { get; }

    protected Workers Workers { get; }

    protected PooledConvolution Shape { get; }

    /// <summary>
    /// The number of the pixel that gets each window's gradient, or none: [image][window][filter]. Pixels of 2 × 2 are numbered 0 to 3, row by row;
    /// those of 3 × 3 by their place in a patch. Null where a window is a single pixel. There is room to read a cache line at any number.
    /// </summary>
    protected byte* Which { get; private set; }

    protected static float* At(DeviceBuffer? buffer) => buffer is null ? null : ((ManagedBuffer)buffer).Pointer;

    /// <summary>Plans the memory of <see cref="Which"/> and of the backward pass, which only training needs.</summary>
    protected void PrepareTraining()
    {
        if (_trains) return;
        _trains = true;
        if (Shape.Pool > 1) Which = (byte*)Allocate((long)Images * Shape.OutputSize / sizeof(float) + CacheLines.Floats);
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
