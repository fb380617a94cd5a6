namespace KerasPort.Layers;

/// <summary>Adds steps of zeros before and behind sequences [steps, channels].</summary>
public class ZeroPadding1D : EdgeLayer
{
    /// <summary>A layer that pads.</summary>
    /// <param name="padding">Steps at the beginning and at the end, or one number for both; 1 by default.</param>
    /// <param name="data_format">"channels_last" by default, or "channels_first".</param>
    /// <inheritdoc cref="Layer(string?, Shape?)"/>
    /// <exception cref="ValueError">A number is negative.</exception>
    public ZeroPadding1D(Shape? padding = null, string? data_format = null, Shape? input_shape = null, string? name = null)
        : this(WindowArguments.Pair(WindowArguments.Of(2, "padding", padding ?? 1, allowsZero: true)), data_format, input_shape, name) { }

    private ZeroPadding1D((int, int) sides, string? data_format, Shape? input_shape, string? name) : base([sides], data_format, input_shape, name) =>
        padding = sides;

    /// <summary>Steps at the beginning and at the end.</summary>
    public (int, int) padding { get; }
}

/// <summary>Adds rows and columns of zeros around images [height, width, channels].</summary>
public class ZeroPadding2D : EdgeLayer
{
    /// <summary>A layer that pads.</summary>
    /// <param name="padding">
    /// Rows and columns: one number for each side, two for rows and columns, or <c>((above, below), (left, right))</c>; 1 by default.
    /// </param>
    /// <param name="data_format">"channels_last" by default, or "channels_first".</param>
    /// <inheritdoc cref="Layer(string?, Shape?)"/>
    /// <exception cref="ValueError">A number is negative.</exception>
    public ZeroPadding2D(Padding2D? padding = null, string? data_format = null, Shape? input_shape = null, string? name = null)
        : base([(padding ?? 1).Height, (padding ?? 1).Width], data_format, input_shape, name) => this.padding = (padding ?? 1).IsNegative
            ? throw new ValueError($"The entries of `padding` must be tuples of 2 integers that satisfy `value >= 0`. Received: padding={padding}")
            : padding ?? 1;

    /// <summary>Rows above and below, columns at the left and at the right.</summary>
    public Padding2D padding { get; }
}

/// <summary>Adds zeros at all sides of volumes [depth, height, width, channels].</summary>
public class ZeroPadding3D : EdgeLayer
{
    /// <summary>A layer that pads.</summary>
    /// <param name="padding">One number for each side, three for each axis, or three pairs; 1 by default.</param>
    /// <param name="data_format">"channels_last" by default, or "channels_first".</param>
    /// <inheritdoc cref="Layer(string?, Shape?)"/>
    /// <exception cref="ValueError">A number is negative.</exception>
    public ZeroPadding3D(Padding3D? padding = null, string? data_format = null, Shape? input_shape = null, string? name = null)
        : base([(padding ?? 1).Depth, (padding ?? 1).Height, (padding ?? 1).Width], data_format, input_shape, name) =>
        this.padding = (padding ?? 1).IsNegative
            ? throw new ValueError($"The entries of `padding` must be tuples of 2 integers that satisfy `value >= 0`. Received: padding={padding}")
            : padding ?? 1;

    /// <summary>Pixels at both ends of each axis.</summary>
    public Padding3D padding { get; }
}
