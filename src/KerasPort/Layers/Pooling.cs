using KerasPort.Graphs;

namespace KerasPort.Layers;

/// <summary>
/// Pools each window into one pixel, channel by channel: in images [height, width, channels], sequences [steps, channels] or volumes [depth, height,
/// width, channels]. A sequence is computed as an image of one column; a volume is pooled along the depth first, then plane by plane.
/// </summary>
public abstract class Pooling : SpatialLayer
{
    private protected Pooling(int rank, Shape pool_size, Shape? strides, string padding, string? data_format, Shape? input_shape, string? name)
        : base(data_format, input_shape, name)
    {
        this.pool_size = WindowArguments.Of(rank, "pool_size", pool_size);
        this.strides = strides is { } given ? WindowArguments.Of(rank, "strides", given) : this.pool_size;
        this.padding = WindowArguments.Padding(padding);
    }

    /// <summary>The window's size along each axis.</summary>
    public Shape pool_size { get; }

    /// <summary>The window's stride along each axis.</summary>
    public Shape strides { get; }

    /// <summary>"valid" or "same".</summary>
    public string padding { get; }

    /// <inheritdoc/>
    protected internal override void CheckInput(Shape input_shape) => RequireRank(input_shape, pool_size.Rank + 2);

    private protected override Shape OutputOf(Shape input)
    {
        RequireRank(input, pool_size.Rank + 2);
        int?[] sizes = [.. Enumerable.Range(0, pool_size.Rank).Select(axis => Along(input, axis)?.Out)];
        if (sizes.Any(size => size <= 0))
            throw new ValueError($"Computed output size would be zero or negative. Received: `inputs.shape={AsGiven(input)}`, `pool_size={pool_size}`, "
                + $"`strides={strides}`, `padding={padding}`.");
        return new Shape([input[0], .. sizes, input[^1]]);
    }

    private protected override Window2D? WindowOf(Shape input)
    {
        int channels = input[^1]!.Value;
        return pool_size.Rank == 1 ? Window(Column(input, 1), (0, null), channels)
            : Window(input, (pool_size.Rank - 2, pool_size.Rank - 1), channels);
    }

    private protected override Tensor Computed(Graph g, Tensor x)
    {
        if (pool_size.Rank == 2) return Pooled(g, WindowOf(x.shape)!.Value, x);
        var output = OutputOf(x.shape);
        if (pool_size.Rank == 1) return g.Reshape(Pooled(g, WindowOf(x.shape)!.Value, g.Reshape(x, Column(x.shape, 1))), output);
        // For the pooling along the depth a volume is an image with a row for each plane and a column for each pixel of a plane.
        var (height, width, channels) = (x.shape[2]!.Value, x.shape[3]!.Value, x.shape[4]!.Value);
        var column = Column(x.shape, height * width);
        var planes = Pooled(g, Window(column, (0, null), channels), g.Reshape(x, column));
        return g.Reshape(Pooled(g, WindowOf(x.shape)!.Value, g.Reshape(planes, new(x.shape[0] * output[1], height, width, channels))), output);
    }

    /// <summary>The padding of windows at the start and the end of each axis; the input has its channels last.</summary>
    internal (int Before, int Behind)[] PaddingOver(Shape input) => [.. Enumerable.Range(0, pool_size.Rank).Select(axis =>
    {
        var (size, (count, before)) = (input[axis + 1]!.Value, Along(input, axis)!.Value);
        return (before, Math.Max((count - 1) * strides[axis]!.Value + pool_size[axis]!.Value - before - size, 0));
    })];

    private protected abstract Tensor Pooled(Graph g, Window2D window, Tensor image);

    private static Shape Column(Shape input, int width) => new(input[0], input[1], width, input[^1]);

    /// <summary>The window over images along those axes; without the second it is one column wide.</summary>
    private Window2D Window(Shape images, (int Down, int? Across) axes, int channels)
    {
        var (height, width) = (images[^3]!.Value, images[^2]!.Value);
        (int Out, int Before, int Size, int Stride) Of(int size, int? axis)
        {
            if (axis is not { } at) return (size, 0, 1, 1);
            var (count, before) = Along(size, at);
            return (count, before, pool_size[at]!.Value, strides[at]!.Value);
        }
        var (down, across) = (Of(height, axes.Down), Of(width, axes.Across));
        return new Window2D(height, width, channels, down.Out, across.Out, channels, down.Size, across.Size, down.Stride, across.Stride, 1, 1,
            down.Before, across.Before);
    }

    private (int Out, int Before)? Along(Shape input, int axis) => input[axis + 1] is { } size ? Along(size, axis) : null;

    private (int Out, int Before) Along(int size, int axis) =>
        Window2D.Along(size, pool_size[axis]!.Value, strides[axis]!.Value, 1, padding == "same");
}
