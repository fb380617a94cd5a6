using KerasPort.Graphs;

namespace KerasPort.Layers;

/// <summary>A layer that adds pixels at the edges of sequences, images and volumes, or takes them away.</summary>
public abstract class EdgeLayer : SpatialLayer
{
    /// <param name="sides">The padding before and after each axis; negative numbers crop.</param>
    /// <param name="data_format">"channels_last" by default, or "channels_first".</param>
    /// <param name="input_shape">The shape of a sample.</param>
    /// <param name="name">The layer's name.</param>
    private protected EdgeLayer((int, int)[] sides, string? data_format, Shape? input_shape, string? name) : base(data_format, input_shape, name) =>
        Sides = sides;

    /// <summary>The padding before and after each axis; negative where it crops.</summary>
    internal (int Before, int Behind)[] Sides { get; }

    /// <inheritdoc/>
    protected internal override void CheckInput(Shape input_shape) => RequireRank(input_shape, Sides.Length + 2);

    private protected override Shape OutputOf(Shape input)
    {
        RequireRank(input, Sides.Length + 2);
        int?[] sizes = [.. Sides.Select((side, axis) => input[axis + 1] is { } size ? checked((int?)(size + (long)side.Before + side.Behind)) : null)];
        return sizes.Any(size => size <= 0) ? throw NothingLeft(AsGiven(input)) : new Shape([input[0], .. sizes, input[^1]]);
    }

    private protected override Tensor Computed(Graph g, Tensor x)
    {
        var output = OutputOf(x.shape);
        for (int axis = 1; axis <= Sides.Length; axis++) x = g.Cut(x, axis, -Sides[axis - 1].Before, output[axis]!.Value);
        return x;
    }

    /// <summary>The error for an input that is too small to be cropped so much.</summary>
    private protected virtual ValueError NothingLeft(Shape input_shape) => new($"Layer '{name}' would leave nothing of an input of shape {input_shape}.");

    /// <summary>The sides with the opposite sign.</summary>
    private protected static (int, int)[] Less(params ReadOnlySpan<(int Before, int Behind)> sides)
    {
        var less = new (int, int)[sides.Length];
        for (int i = 0; i < less.Length; i++) less[i] = (-sides[i].Before, -sides[i].Behind);
        return less;
    }
}
