using ILGPU;
using KerasPort.Layers;

namespace KerasPort.Cuda;

/// <summary>
/// Images as the matrix that a convolution multiplies ("im2col"), never stored: one row per output pixel, one column per pixel of its window and
/// channel. Before a pooling of 2 × 2, rows are ordered by its windows: four neighbouring rows are one window.
/// </summary>
internal struct Patches : IMatrix
{
    public ArrayView<float> X;
    public Window2D Window;
    public int Pixels, ByPoolingWindow, IsAligned;

    public static Patches Of(CudaBuffer x, in Window2D window, int images, bool byPoolingWindow) => new()
    {
        X = x.View,
        Window = window,
        Pixels = images * window.Pixels,
        ByPoolingWindow = byPoolingWindow ? 1 : 0,
        IsAligned = window.Channels % 4 == 0 && x.IsAligned ? 1 : 0,
    };

    public readonly Float4 At(int pixel, int place)
    {
        int depth = Window.KernelHeight * Window.KernelWidth * Window.Channels;
        if (pixel >= Pixels || place >= depth) return default;
        int pixels = Window.OutHeight * Window.OutWidth, image = pixel / pixels, rest = pixel % pixels, oy, ox;
        if (ByPoolingWindow == 0) (oy, ox) = (rest / Window.OutWidth, rest % Window.OutWidth);
        else
        {
            int window = rest / 4, across = Window.OutWidth / 2;
            (oy, ox) = (window / across * 2 + rest % 4 / 2, window % across * 2 + rest % 2);
        }
        int top = oy * Window.StrideY - Window.PadTop, left = ox * Window.StrideX - Window.PadLeft;
        if (IsAligned != 0)
        {
            int at = Find(image, top, left, place);
            return at < 0 ? default : X.Cast<Float4>()[at / 4];
        }
        return new Float4(One(image, top, left, place), place + 1 < depth ? One(image, top, left, place + 1) : 0,
            place + 2 < depth ? One(image, top, left, place + 2) : 0, place + 3 < depth ? One(image, top, left, place + 3) : 0);
    }

    private readonly float One(int image, int top, int left, int place)
    {
        int at = Find(image, top, left, place);
        return at < 0 ? 0 : X[at];
    }

    /// <summary>The index of a pixel of the window; -1 in the padding.</summary>
    private readonly int Find(int image, int top, int left, int place)
    {
        int tap = place / Window.Channels, channel = place % Window.Channels;
        int y = top + tap / Window.KernelWidth * Window.DilationY, x = left + tap % Window.KernelWidth * Window.DilationX;
        bool inside = y >= 0 && y < Window.Height && x >= 0 && x < Window.Width;
        return inside ? ((image * Window.Height + y) * Window.Width + x) * Window.Channels + channel : -1;
    }
}

/// <summary>A gradient of a convolution's output, found by its position.</summary>
internal interface IGradient
{
    /// <summary>The values of four neighbouring filters.</summary>
    Float4 At(int image, int y, int x, int filter);
}

/// <summary>A gradient in memory: [image][y][x][filter].</summary>
internal struct StoredGradient : IGradient
{
    public ArrayView<float> Values;
    public int Height, Width, Filters, IsAligned;

    public static StoredGradient Of(CudaBuffer values, in Window2D window) => new()
    {
        Values = values.View,
        Height = window.OutHeight,
        Width = window.OutWidth,
        Filters = window.Filters,
        IsAligned = window.Filters % 4 == 0 && values.IsAligned ? 1 : 0,
    };

    public readonly Float4 At(int image, int y, int x, int filter)
    {
        int at = ((image * Height + y) * Width + x) * Filters + filter, left = Filters - filter;
        if (IsAligned != 0) return Values.Cast<Float4>()[at / 4];
        return new Float4(Values[at], left > 1 ? Values[at + 1] : 0, left > 2 ? Values[at + 2] : 0, left > 3 ? Values[at + 3] : 0);
    }
}

/// <summary>
/// The left side of the product for the input's gradient: its rows are input pixels, and its depth runs over the window's pixels and the filters.
/// Each entry is the gradient of the output pixel whose window has the input pixel at that position, or 0 where there is none.
/// </summary>
internal struct GradientRows<T> : ITile where T : struct, IGradient
{
    public T Gradient;
    public Window2D Window;
    public int Pixels;

    public readonly bool AlongDepth => true;

    public readonly Float4 At(int outer, int depth)
    {
        // The four neighbours of one call belong to one pixel of the window, whose depth is rounded up to a multiple of four.
        int filters = Window.Filters, rounded = (filters + 3) / 4 * 4, tap = depth / rounded, filter = depth % rounded;
        if (outer >= Pixels || tap >= Window.KernelHeight * Window.KernelWidth) return default;
        int pixels = Window.Height * Window.Width, image = outer / pixels, rest = outer % pixels;
        int y = rest / Window.Width + Window.PadTop - tap / Window.KernelWidth * Window.DilationY;
        int x = rest % Window.Width + Window.PadLeft - tap % Window.KernelWidth * Window.DilationX;
        if (y < 0 || x < 0 || y % Window.StrideY != 0 || x % Window.StrideX != 0) return default;
        int oy = y / Window.StrideY, ox = x / Window.StrideX;
        return oy < Window.OutHeight && ox < Window.OutWidth ? Gradient.At(image, oy, ox, filter) : default;
    }
}

/// <summary>A convolution's kernel transposed for its input's gradient: channels outside; pixels of the window and filters are summed over.</summary>
internal struct TurnedKernel : ITile
{
    public ArrayView<float> Kernel;
    public int Taps, Channels, Filters, IsAligned;

    public static TurnedKernel Of(CudaBuffer kernel, in Window2D window) => new()
    {
        Kernel = kernel.View,
        Taps = window.KernelHeight * window.KernelWidth,
        Channels = window.Channels,
        Filters = window.Filters,
        IsAligned = window.Filters % 4 == 0 && kernel.IsAligned ? 1 : 0,
    };

    public readonly bool AlongDepth => true;

    public readonly Float4 At(int outer, int depth)
    {
        int rounded = (Filters + 3) / 4 * 4, tap = depth / rounded, filter = depth % rounded, left = Filters - filter;
        if (outer >= Channels || tap >= Taps) return default;
        int at = (tap * Channels + outer) * Filters + filter;
        if (IsAligned != 0) return Kernel.Cast<Float4>()[at / 4];
        return new Float4(Kernel[at], left > 1 ? Kernel[at + 1] : 0, left > 2 ? Kernel[at + 2] : 0, left > 3 ? Kernel[at + 3] : 0);
    }
}
