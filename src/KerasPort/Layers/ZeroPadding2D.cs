using KerasPort.Graphs;
using KerasPort.Saving;

namespace KerasPort.Layers;

/// <summary>Images [height, width, channels] with rows and columns of zeros around them.</summary>
[OnlySetting("data_format", "channels_last")]
public sealed class ZeroPadding2D : Layer
{
    /// <summary>A layer that pads.</summary>
    /// <param name="padding">
    /// Rows and columns: one number for each side, two for rows and columns, or <c>((above, below), (left, right))</c>; 1 by default.
    /// </param>
    /// <param name="input_shape">Shape of an image, for a model's first layer.</param>
    /// <param name="name">The layer's name.</param>
    /// <exception cref="ValueError">A number is negative.</exception>
    public ZeroPadding2D(Padding2D? padding = null, Shape? input_shape = null, string? name = null) : base(name, input_shape)
    {
        this.padding = padding ?? 1;
        var ((top, bottom), (left, right)) = (this.padding.Height, this.padding.Width);
        if (Math.Min(Math.Min(top, bottom), Math.Min(left, right)) < 0)
            throw new ValueError($"The entries of `padding` must be tuples of 2 integers that satisfy `value >= 0`. Received: padding={this.padding}");
    }

    /// <summary>Rows above and below, columns at the left and at the right.</summary>
    public Padding2D padding { get; }

    /// <inheritdoc/>
    protected internal override void CheckInput(Shape input_shape) => RequireRank(input_shape, 4);

    /// <inheritdoc/>
    public override Shape compute_output_shape(Shape input_shape)
    {
        RequireRank(input_shape, 4);
        int? Padded(int? size, (int, int) by) => size is null ? null : checked(size + by.Item1 + by.Item2);
        return new Shape(input_shape[0], Padded(input_shape[1], padding.Height), Padded(input_shape[2], padding.Width), input_shape[3]);
    }

    /// <inheritdoc/>
    protected internal override Tensor Call(Graph g, Tensor x)
    {
        var output = compute_output_shape(x.shape);
        return g.Cut(g.Cut(x, 1, -padding.Height.Item1, output[1]!.Value), 2, -padding.Width.Item1, output[2]!.Value);
    }
}
