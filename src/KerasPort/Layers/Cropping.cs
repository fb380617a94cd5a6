using KerasPort.Graphs;
using KerasPort.Saving;

namespace KerasPort.Layers;

/// <summary>Sequences [steps, channels] without steps at their ends.</summary>
public sealed class Cropping1D : Layer
{
    /// <summary>A layer that crops.</summary>
    /// <param name="cropping">Steps at the beginning and at the end, or one number for both; 1 by default.</param>
    /// <param name="input_shape">Shape of a sequence, for a model's first layer.</param>
    /// <param name="name">The layer's name.</param>
    /// <exception cref="ValueError">A number is negative.</exception>
    public Cropping1D(Shape? cropping = null, Shape? input_shape = null, string? name = null) : base(name, input_shape) =>
        this.cropping = WindowArguments.Pair(WindowArguments.Of(2, "cropping", cropping ?? 1, allowsZero: true));

    /// <summary>Steps at the beginning and at the end.</summary>
    public (int, int) cropping { get; }

    /// <inheritdoc/>
    protected internal override void CheckInput(Shape input_shape) => RequireRank(input_shape, 3);

    /// <inheritdoc/>
    public override Shape compute_output_shape(Shape input_shape)
    {
        RequireRank(input_shape, 3);
        long? left = input_shape[1] - (long)cropping.Item1 - cropping.Item2;
        if (left <= 0)
            throw new ValueError("`cropping` parameter of `Cropping1D` layer must be smaller than the input length. "
                + $"Received: input_shape={input_shape}, cropping={cropping}");
        return new Shape(input_shape[0], (int?)left, input_shape[2]);
    }

    /// <inheritdoc/>
    protected internal override Tensor Call(Graph g, Tensor x) => g.Cut(x, 1, cropping.Item1, compute_output_shape(x.shape)[1]!.Value);
}

/// <summary>Images [height, width, channels] without rows and columns at their edges.</summary>
[OnlySetting("data_format", "channels_last")]
public sealed class Cropping2D : Layer
{
    /// <summary>A layer that crops.</summary>
    /// <param name="cropping">
    /// Rows and columns: one number for each side, two for rows and columns, or <c>((above, below), (left, right))</c>; 0 by default.
    /// </param>
    /// <param name="input_shape">Shape of an image, for a model's first layer.</param>
    /// <param name="name">The layer's name.</param>
    /// <exception cref="ValueError">A number is negative.</exception>
    public Cropping2D(Padding2D? cropping = null, Shape? input_shape = null, string? name = null) : base(name, input_shape)
    {
        this.cropping = cropping ?? 0;
        var ((top, bottom), (left, right)) = (this.cropping.Height, this.cropping.Width);
        if (Math.Min(Math.Min(top, bottom), Math.Min(left, right)) < 0)
            throw new ValueError($"`cropping` cannot be negative. Received: cropping={this.cropping}.");
    }

    /// <summary>Rows above and below, columns at the left and at the right.</summary>
    public Padding2D cropping { get; }

    /// <inheritdoc/>
    protected internal override void CheckInput(Shape input_shape) => RequireRank(input_shape, 4);

    /// <inheritdoc/>
    public override Shape compute_output_shape(Shape input_shape)
    {
        RequireRank(input_shape, 4);
        long? Left(int? size, (int, int) by) => size - (long)by.Item1 - by.Item2;
        var (rows, columns) = (Left(input_shape[1], cropping.Height), Left(input_shape[2], cropping.Width));
        if (rows <= 0 || columns <= 0)
            throw new ValueError("Values in `cropping` argument should be smaller than the corresponding spatial dimension of the input. "
                + $"Received: input_shape={input_shape}, cropping={cropping}");
        return new Shape(input_shape[0], (int?)rows, (int?)columns, input_shape[3]);
    }

    /// <inheritdoc/>
    protected internal override Tensor Call(Graph g, Tensor x)
    {
        var output = compute_output_shape(x.shape);
        return g.Cut(g.Cut(x, 1, cropping.Height.Item1, output[1]!.Value), 2, cropping.Width.Item1, output[2]!.Value);
    }
}
