using KerasPort.Engines;
using KerasPort.Graphs;

namespace KerasPort.Layers;

/// <summary>Enlarges sequences, images and volumes by a whole factor along each axis.</summary>
public abstract class UpSampling : SpatialLayer
{
    private protected UpSampling(Shape times, string? data_format, Shape? input_shape, string? name) : base(data_format, input_shape, name) => Times = times;

    /// <summary>The factor along each axis.</summary>
    internal Shape Times { get; }

    /// <inheritdoc/>
    protected internal override void CheckInput(Shape input_shape) => RequireRank(input_shape, Times.Rank + 2);

    private protected override Shape OutputOf(Shape input)
    {
        RequireRank(input, Times.Rank + 2);
        return new Shape([input[0], .. Times.Select((times, axis) => checked(input[axis + 1] * times)), input[^1]]);
    }

    private protected override Tensor Computed(Graph g, Tensor x)
    {
        for (int axis = 1; axis <= Times.Rank; axis++)
        {
            var (length, times) = (x.shape[axis]!.Value, Times[axis - 1]!.Value);
            x = g.Along(x, axis, AlongTable.Take(length, Enumerable.Range(0, checked(length * times)).Select(i => i / times)));
        }
        return x;
    }
}

/// <summary>Repeats each step of sequences [steps, channels].</summary>
public class UpSampling1D : UpSampling
{
    /// <summary>A layer that lengthens.</summary>
    /// <param name="size">The number of repetitions.</param>
    /// <inheritdoc cref="Layer(string?, Shape?)"/>
    /// <exception cref="ValueError">The size is below 1.</exception>
    public UpSampling1D(int size = 2, Shape? input_shape = null, string? name = null) : base(size, null, input_shape, name) =>
        this.size = size > 0 ? size : throw new ValueError($"Argument `size` should be a positive integer. Received: size={size}");

    /// <summary>The number of repetitions.</summary>
    public int size { get; }
}

/// <summary>Enlarges images [height, width, channels]: each pixel is repeated, or values between pixels are interpolated.</summary>
public class UpSampling2D : UpSampling
{
    /// <summary>A layer that enlarges.</summary>
    /// <param name="size">The factors by which rows and columns are repeated, or one number for both; 2 by default.</param>
    /// <param name="data_format">"channels_last" by default, or "channels_first".</param>
    /// <param name="interpolation">"nearest", "bilinear", "bicubic", "lanczos3" or "lanczos5".</param>
    /// <inheritdoc cref="Layer(string?, Shape?)"/>
    /// <exception cref="ValueError">An argument is out of range.</exception>
    public UpSampling2D(Shape? size = null, string? data_format = null, string interpolation = "nearest", Shape? input_shape = null, string? name = null)
        : base(WindowArguments.Of(2, "size", size ?? 2), data_format, input_shape, name) => this.interpolation = Resampling.Name(interpolation);

    /// <summary>The factors by which rows and columns are repeated.</summary>
    public Shape size => Times;

    /// <summary>The interpolation between pixels.</summary>
    public string interpolation { get; }

    private protected override Tensor Computed(Graph g, Tensor x)
    {
        var output = OutputOf(x.shape);
        return g.Resize(x, output[1]!.Value, output[2]!.Value, interpolation);
    }
}

/// <summary>Repeats each pixel of volumes [depth, height, width, channels] along each axis.</summary>
public class UpSampling3D : UpSampling
{
    /// <summary>A layer that enlarges.</summary>
    /// <param name="size">The factors for depth, height and width, or one number for all; 2 by default.</param>
    /// <param name="data_format">"channels_last" by default, or "channels_first".</param>
    /// <inheritdoc cref="Layer(string?, Shape?)"/>
    /// <exception cref="ValueError">An argument is out of range.</exception>
    public UpSampling3D(Shape? size = null, string? data_format = null, Shape? input_shape = null, string? name = null)
        : base(WindowArguments.Of(3, "size", size ?? 2), data_format, input_shape, name) { }

    /// <summary>The factor for each axis.</summary>
    public Shape size => Times;
}
