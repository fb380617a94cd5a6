using KerasPort.Graphs;
using KerasPort.Saving;

namespace KerasPort.Layers;

/// <summary>In training whole channels become 0, with probability rate, and the others are divided by 1 - rate: see <see cref="Dropout"/>.</summary>
[OnlySetting("dtype", "float32"), NoSetting("trainable")]
public abstract class SpatialDropout : TrainingOnlyLayer
{
    private readonly int _rank;

    private protected SpatialDropout(double rate, int rank, string? data_format, long? seed, string? name, Shape? input_shape)
        : base(seed, Share(rate, nameof(rate)) > 0, name, input_shape) =>
        (this.rate, _rank, Format) = (rate, rank, DataFormat.Of(data_format));

    /// <summary>The share of channels that become 0.</summary>
    public double rate { get; }

    /// <summary>"channels_last", or "channels_first".</summary>
    private protected string Format { get; }

    /// <inheritdoc/>
    protected internal override void CheckInput(Shape input_shape) => RequireRank(input_shape, _rank + 2);

    private protected override Tensor Changed(Graph g, Tensor x)
    {
        if (rate == 0) return x;
        if (rate == 1) return g.Scale(x, 0);
        int rows = x.shape[0]!.Value, channels = x.shape[Format == DataFormat.First ? 1 : -1]!.Value, pixels = x.Size / rows / channels;
        // All pixels of a channel share one draw.
        var (pixelwise, channelwise) = Format == DataFormat.First ? (new Shape(rows, channels, pixels), new Shape(rows, channels, 1))
            : (new Shape(rows, pixels, channels), new Shape(rows, 1, channels));
        var units = g.RandomUnits(Seeds!, channelwise);
        var kept = new Kept((float)rate, (float)(1 / (1 - rate)));
        return g.Reshape(g.Map(kept, g.Reshape(x, pixelwise), units, (list, _, dy) => [list.Map(kept, dy, units), null]), x.shape);
    }
}

/// <summary><inheritdoc cref="SpatialDropout"/> Of sequences [steps, channels].</summary>
public class SpatialDropout1D : SpatialDropout
{
    /// <summary>A dropout of channels.</summary>
    /// <param name="rate">The share of channels that become 0: from 0 to 1.</param>
    /// <param name="seed">The seed: the same seed gives the same masks. Without one it's drawn now from Python's generator, as in Keras.</param>
    /// <inheritdoc cref="Layer(string?, Shape?)"/>
    /// <exception cref="ValueError">The rate isn't from 0 to 1.</exception>
    public SpatialDropout1D(double rate, long? seed = null, Shape? input_shape = null, string? name = null)
        : base(rate, 1, null, seed, name, input_shape) { }
}

/// <summary><inheritdoc cref="SpatialDropout"/> Of images [height, width, channels].</summary>
public class SpatialDropout2D : SpatialDropout
{
    /// <summary>A dropout of channels.</summary>
    /// <param name="rate">The share of channels that become 0: from 0 to 1.</param>
    /// <param name="data_format">"channels_last" by default, or "channels_first".</param>
    /// <param name="seed">The seed: the same seed gives the same masks. Without one it's drawn now from Python's generator, as in Keras.</param>
    /// <inheritdoc cref="Layer(string?, Shape?)"/>
    /// <exception cref="ValueError">The rate isn't from 0 to 1, or there is no such format.</exception>
    public SpatialDropout2D(double rate, string? data_format = null, long? seed = null, Shape? input_shape = null, string? name = null)
        : base(rate, 2, data_format, seed, name, input_shape) { }

    /// <summary>"channels_last", or "channels_first".</summary>
    public string data_format => Format;
}

/// <summary><inheritdoc cref="SpatialDropout"/> Of volumes [depth, height, width, channels].</summary>
public class SpatialDropout3D : SpatialDropout
{
    /// <summary>A dropout of channels.</summary>
    /// <param name="rate">The share of channels that become 0: from 0 to 1.</param>
    /// <param name="data_format">"channels_last" by default, or "channels_first".</param>
    /// <param name="seed">The seed: the same seed gives the same masks. Without one it's drawn now from Python's generator, as in Keras.</param>
    /// <inheritdoc cref="Layer(string?, Shape?)"/>
    /// <exception cref="ValueError">The rate isn't from 0 to 1, or there is no such format.</exception>
    public SpatialDropout3D(double rate, string? data_format = null, long? seed = null, Shape? input_shape = null, string? name = null)
        : base(rate, 3, data_format, seed, name, input_shape) { }

    /// <summary>"channels_last", or "channels_first".</summary>
    public string data_format => Format;
}
