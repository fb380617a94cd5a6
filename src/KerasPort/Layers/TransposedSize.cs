namespace KerasPort.Layers;

/// <summary>The output size of transposed convolutions.</summary>
internal static class TransposedSize
{
    /// <summary>The output's size along an axis, and how far the first window reaches over its edge; <c>null</c> if the input's size is open.</summary>
    /// <param name="name">The layer's name.</param>
    /// <param name="padding">"valid" or "same".</param>
    /// <param name="size">The input's size.</param>
    /// <param name="kernel">The window's size.</param>
    /// <param name="stride">Its stride.</param>
    /// <param name="dilation">The distance between its pixels.</param>
    /// <param name="extra">Pixels added to the least output size; <c>null</c> makes the output stride times as large as the input.</param>
    /// <exception cref="ValueError">A convolution of these settings wouldn't turn the output's size back into the input's.</exception>
    public static (int Size, int Before)? Of(string name, string padding, int? size, int kernel, int stride, int dilation, int? extra)
    {
        if (size is not { } known) return null;
        long reach = (kernel - 1L) * dilation + 1, steps = (known - 1L) * stride;
        long grown = padding == "same" ? extra is null ? steps + stride : steps + reach % 2 + extra.Value
            : steps + reach + (extra ?? Math.Max(reach, stride) - reach);
        var (shrunk, before) = Window2D.Along((int)Math.Clamp(grown, 0, int.MaxValue), kernel, stride, dilation, padding == "same");
        return shrunk == known && grown > 0 ? ((int)grown, before) : throw new ValueError(
            $"Layer '{name}' makes {grown} pixels of {known}, which a convolution with its settings would not make {known} again. "
            + $"Use another `output_padding`. Received: output_padding={extra?.ToString() ?? "None"}, "
            + $"kernel_size={kernel}, strides={stride}, padding={padding}");
    }

    /// <summary>An <c>output_padding</c> with a number for each axis.</summary>
    /// <exception cref="ValueError">A number isn't smaller than the stride.</exception>
    public static Shape Extra(Shape output_padding, Shape strides)
    {
        var extra = WindowArguments.Of(strides.Rank, "output_padding", output_padding, allowsZero: true);
        for (int axis = 0; axis < extra.Rank; axis++)
            if (extra[axis] >= strides[axis])
                throw new ValueError($"`output_padding` must be strictly less than `strides` for all dimensions. At dimension {axis}, `output_padding` is "
                    + $"{extra[axis]} but `strides` is {strides[axis]}. Received: output_padding={extra}, strides={strides}");
        return extra;
    }
}
