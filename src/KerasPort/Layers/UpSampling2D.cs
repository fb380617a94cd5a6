using KerasPort.Graphs;
using KerasPort.Saving;

namespace KerasPort.Layers;

/// <summary>Images [height, width, channels] with as many times the rows and columns: each pixel repeated, or interpolated.</summary>
[OnlySetting("data_format", "channels_last")]
public sealed class UpSampling2D : Layer
{
    /// <summary>A layer that enlarges.</summary>
    /// <param name="size">How many times the rows and the columns, or one number for both; 2 by default.</param>
    /// <param name="interpolation">"nearest", "bilinear", "bicubic", "lanczos3" or "lanczos5".</param>
    /// <param name="input_shape">Shape of an image, for a model's first layer.</param>
    /// <param name="name">The layer's name.</param>
    /// <exception cref="ValueError">An argument is out of range.</exception>
    public UpSampling2D(Shape? size = null, string interpolation = "nearest", Shape? input_shape = null, string? name = null) : base(name, input_shape) =>
        (this.size, this.interpolation) = (WindowArguments.Pair("size", size ?? 2), Resampling.Name(interpolation));

    /// <summary>How many times the rows and the columns.</summary>
    public (int, int) size { get; }

    /// <summary>How what lies between pixels is made of them.</summary>
    public string interpolation { get; }

    /// <inheritdoc/>
    protected internal override void CheckInput(Shape input_shape) => RequireRank(input_shape, 4);

    /// <inheritdoc/>
    public override Shape compute_output_shape(Shape input_shape)
    {
        RequireRank(input_shape, 4);
        return new Shape(input_shape[0], checked(input_shape[1] * size.Item1), checked(input_shape[2] * size.Item2), input_shape[3]);
    }

    /// <inheritdoc/>
    protected internal override Tensor Call(Graph g, Tensor x)
    {
        var output = compute_output_shape(x.shape);
        return g.Resize(x, output[1]!.Value, output[2]!.Value, interpolation);
    }
}
