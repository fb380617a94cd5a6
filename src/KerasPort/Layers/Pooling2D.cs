using KerasPort.Saving;

namespace KerasPort.Layers;

/// <summary>A layer that makes one pixel of each window of an image [height, width, channels], channel by channel.</summary>
[OnlySetting("data_format", "channels_last")]
public abstract class Pooling2D : Layer
{
    private protected Pooling2D(Shape pool_size, Shape? strides, string padding, Shape? input_shape, string? name) : base(name, input_shape)
    {
        this.pool_size = WindowArguments.Pair("pool_size", pool_size);
        this.strides = strides is { } given ? WindowArguments.Pair("strides", given) : this.pool_size;
        this.padding = WindowArguments.Padding(padding);
    }

    /// <summary>Height and width of the window.</summary>
    public (int, int) pool_size { get; }

    /// <summary>Steps of the window down and across.</summary>
    public (int, int) strides { get; }

    /// <summary>"valid" or "same".</summary>
    public string padding { get; }

    /// <inheritdoc/>
    protected internal override void CheckInput(Shape input_shape) => RequireRank(input_shape, 4);

    /// <inheritdoc/>
    public override Shape compute_output_shape(Shape input_shape)
    {
        RequireRank(input_shape, 4);
        var (height, width) = Along(input_shape);
        if (height?.Out <= 0 || width?.Out <= 0)
            throw new ValueError($"Computed output size would be zero or negative. Received: `inputs.shape={input_shape}`, `pool_size={pool_size}`, `strides={strides}`, `padding={padding}`.");
        return new Shape(input_shape[0], height?.Out, width?.Out, input_shape[3]);
    }

    internal override Window2D? WindowOver(Shape input_shape)
    {
        var (height, width) = Along(input_shape);
        var ((ph, pw), (sy, sx), channels) = (pool_size, strides, input_shape[3]!.Value);
        return new Window2D(input_shape[1]!.Value, input_shape[2]!.Value, channels, height!.Value.Out, width!.Value.Out, channels,
            ph, pw, sy, sx, 1, 1, height.Value.Before, width.Value.Before);
    }

    private ((int Out, int Before)? Height, (int Out, int Before)? Width) Along(Shape input_shape) =>
        (Window2D.Along(input_shape[1], pool_size.Item1, strides.Item1, 1, padding == "same"),
        Window2D.Along(input_shape[2], pool_size.Item2, strides.Item2, 1, padding == "same"));
}
