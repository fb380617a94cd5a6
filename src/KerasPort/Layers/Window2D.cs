namespace KerasPort.Layers;

/// <summary>
/// How a window of <c>KernelHeight × KernelWidth</c> moves over images of <c>Height × Width × Channels</c> (NHWC):
/// the convolutions and poolings of every engine take it. Output pixel (oy, ox) reads rows
/// <c>oy·StrideY - PadTop + ky·DilationY</c> and columns likewise; pixels outside of the image are padding.
/// </summary>
public readonly record struct Window2D(
    int Height, int Width, int Channels, int OutHeight, int OutWidth, int Filters,
    int KernelHeight, int KernelWidth, int StrideY, int StrideX, int DilationY, int DilationX, int PadTop, int PadLeft)
{
    /// <summary>Elements of one input image.</summary>
    public int InputSize => Height * Width * Channels;

    /// <summary>Elements of one output image.</summary>
    public int OutputSize => OutHeight * OutWidth * Filters;

    /// <summary>Output pixels of one image.</summary>
    public int Pixels => OutHeight * OutWidth;

    /// <summary>Products in each sum: kernel height × kernel width × channels.</summary>
    public int Depth => KernelHeight * KernelWidth * Channels;

    /// <summary>Rows of the image with its padding, as far as windows reach.</summary>
    public int PaddedHeight => Math.Max((OutHeight - 1) * StrideY + (KernelHeight - 1) * DilationY + 1, PadTop + Height);

    /// <summary>Columns of the image with its padding, as far as windows reach.</summary>
    public int PaddedWidth => Math.Max((OutWidth - 1) * StrideX + (KernelWidth - 1) * DilationX + 1, PadLeft + Width);

    /// <summary>Whether windows reach outside the image.</summary>
    public bool IsPadded => PaddedHeight > Height || PaddedWidth > Width;

    /// <summary>The same window for the first rows and columns of the output only, over the part of the input that these read.</summary>
    internal Window2D CutTo(int outHeight, int outWidth)
    {
        int Read(int size, int output, int stride, int kernel, int dilation, int before) =>
            Math.Min(size, (output - 1) * stride + (kernel - 1) * dilation + 1 - before);
        return this with
        {
            OutHeight = outHeight,
            OutWidth = outWidth,
            Height = Read(Height, outHeight, StrideY, KernelHeight, DilationY, PadTop),
            Width = Read(Width, outWidth, StrideX, KernelWidth, DilationX, PadLeft),
        };
    }

    /// <summary>
    /// Output size and padding in front along one axis, as in TensorFlow. "valid": only whole windows.
    /// "same": one output per stride; the padding is split evenly, and an odd pixel goes behind.
    /// </summary>
    internal static (int Out, int Before) Along(int size, int kernel, int stride, int dilation, bool same)
    {
        // The limit keeps sums and products of places in an image from overflowing in any kernel.
        const int largest = 1 << 28;
        if (Math.Max(Math.Max(size, stride), (kernel - 1L) * dilation) >= largest)
            throw new ValueError(
                $"Images, windows and strides must be smaller than {largest} pixels. Received: size={size}, kernel_size={kernel}, strides={stride}, "
                    + $"dilation_rate={dilation}");
        int reach = (kernel - 1) * dilation + 1;
        if (!same) return ((size - reach + stride) / stride, 0);
        int output = (size + stride - 1) / stride;
        return (output, Math.Max((output - 1) * stride + reach - size, 0) / 2);
    }

    /// <summary>The same for a size that may be open; then the result is <c>null</c>.</summary>
    internal static (int Out, int Before)? Along(int? size, int kernel, int stride, int dilation, bool same) =>
        size is { } known ? Along(known, kernel, stride, dilation, same) : null;
}

/// <summary>Reads and checks the arguments that windows share, in Keras' words.</summary>
internal static class WindowArguments
{
    public static (int, int) Pair(Shape two) => (two[0]!.Value, two[1]!.Value);

    /// <summary>A number for each axis; a single given number counts for all axes.</summary>
    public static Shape Of(int axes, string argument, Shape value, bool allowsZero = false)
    {
        bool Fits(int? d) => d > 0 || (allowsZero && d == 0);
        if ((value.Rank == 1 || value.Rank == axes) && value.All(Fits)) return value.Rank == axes ? value : new Shape([.. Enumerable.Repeat(value[0], axes)]);
        string received = value.Rank == 1 ? $"{value[0]}" : $"{value}";
        string wrong = string.Join(", ", value.Where(d => !Fits(d)).Distinct().Select(d => d?.ToString() ?? "None"));
        throw new ValueError($"The `{argument}` argument must be a tuple of {axes} integers. Received {argument}={received}"
            + (value.All(Fits) ? "" : $", including values {{{wrong}}} that do not satisfy `value {(allowsZero ? ">=" : ">")} 0`"));
    }

    public static string Padding(string? padding, bool allowsCausal = false) =>
        padding?.ToLowerInvariant() is "valid" or "same" || (allowsCausal && padding?.ToLowerInvariant() is "causal") ? padding!.ToLowerInvariant()
        : throw new ValueError($"The `padding` argument must be a list/tuple or one of {{{(allowsCausal ? "'causal', " : "")}'same', 'valid'}}. "
            + $"Received: {padding ?? "None"}");
}
