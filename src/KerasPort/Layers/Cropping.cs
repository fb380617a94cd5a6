namespace KerasPort.Layers;

/// <summary>Cuts steps off the ends of sequences [steps, channels].</summary>
public class Cropping1D : EdgeLayer
{
    /// <summary>A layer that crops.</summary>
    /// <param name="cropping">Steps at the beginning and at the end, or one number for both; 1 by default.</param>
    /// <inheritdoc cref="Layer(string?, Shape?)"/>
    /// <exception cref="ValueError">A number is negative.</exception>
    public Cropping1D(Shape? cropping = null, Shape? input_shape = null, string? name = null)
        : this(WindowArguments.Pair(WindowArguments.Of(2, "cropping", cropping ?? 1, allowsZero: true)), input_shape, name) { }

    private Cropping1D((int, int) sides, Shape? input_shape, string? name) : base(Less(sides), null, input_shape, name) => cropping = sides;

    /// <summary>Steps at the beginning and at the end.</summary>
    public (int, int) cropping { get; }

    private protected override ValueError NothingLeft(Shape input_shape) => new("`cropping` parameter of `Cropping1D` layer must be smaller than the input "
        + $"length. Received: input_shape={input_shape}, cropping={cropping}");
}

/// <summary>Cuts rows and columns off the edges of images [height, width, channels].</summary>
public class Cropping2D : EdgeLayer
{
    /// <summary>A layer that crops.</summary>
    /// <param name="cropping">
    /// Rows and columns: one number for each side, two for rows and columns, or <c>((above, below), (left, right))</c>; 0 by default.
    /// </param>
    /// <param name="data_format">"channels_last" by default, or "channels_first".</param>
    /// <inheritdoc cref="Layer(string?, Shape?)"/>
    /// <exception cref="ValueError">A number is negative.</exception>
    public Cropping2D(Padding2D? cropping = null, string? data_format = null, Shape? input_shape = null, string? name = null)
        : base(Less((cropping ?? 0).Height, (cropping ?? 0).Width), data_format, input_shape, name) =>
        this.cropping = (cropping ?? 0).IsNegative ? throw new ValueError($"`cropping` cannot be negative. Received: cropping={cropping}.") : cropping ?? 0;

    /// <summary>Rows above and below, columns at the left and at the right.</summary>
    public Padding2D cropping { get; }

    private protected override ValueError NothingLeft(Shape input_shape) => new("Values in `cropping` argument should be smaller than the corresponding "
        + $"spatial dimension of the input. Received: input_shape={input_shape}, cropping={cropping}");
}

/// <summary>Cuts pixels off the sides of volumes [depth, height, width, channels].</summary>
public class Cropping3D : EdgeLayer
{
    /// <summary>A layer that crops.</summary>
    /// <param name="cropping">One number for each side, three for each axis, or three pairs; 1 by default.</param>
    /// <param name="data_format">"channels_last" by default, or "channels_first".</param>
    /// <inheritdoc cref="Layer(string?, Shape?)"/>
    /// <exception cref="ValueError">A number is negative.</exception>
    public Cropping3D(Padding3D? cropping = null, string? data_format = null, Shape? input_shape = null, string? name = null)
        : base(Less((cropping ?? 1).Depth, (cropping ?? 1).Height, (cropping ?? 1).Width), data_format, input_shape, name) =>
        this.cropping = (cropping ?? 1).IsNegative ? throw new ValueError($"`cropping` cannot be negative. Received: cropping={cropping}.") : cropping ?? 1;

    /// <summary>Pixels at both ends of each axis.</summary>
    public Padding3D cropping { get; }

    private protected override ValueError NothingLeft(Shape input_shape) => new("Values in `cropping` argument should be smaller than the corresponding "
        + $"spatial dimension of the input. Received: input_shape={input_shape}, cropping={cropping}");
}
