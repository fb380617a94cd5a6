using System.Runtime.CompilerServices;
using KerasPort.Engines.Formulas;
using KerasPort.Graphs;
using KerasPort.Saving;

namespace KerasPort.Layers;

/// <summary>In training y = x + normally distributed noise; otherwise y = x. The noise is TensorFlow's own.</summary>
public sealed class GaussianNoise : TrainingOnlyLayer
{
    /// <summary>A layer of noise.</summary>
    /// <param name="stddev">The noise's standard deviation: from 0 to 1.</param>
    /// <param name="seed">The seed: the same seed gives the same noise. Without one it's drawn now from Python's generator, as in Keras.</param>
    /// <param name="input_shape">What goes in, for a model's first layer.</param>
    /// <param name="name">The layer's name.</param>
    /// <exception cref="ValueError">The deviation isn't from 0 to 1.</exception>
    public GaussianNoise(double stddev, long? seed = null, Shape? input_shape = null, string? name = null)
        : base(seed, Share(stddev, nameof(stddev)) > 0, name, input_shape) => this.stddev = stddev;

    /// <summary>The noise's standard deviation.</summary>
    public double stddev { get; }

    private protected override Tensor Changed(Graph g, Tensor x)
    {
        if (Seeds is null) return x;
        return g.Map(new Noisy((float)stddev), x, g.RandomNormals(Seeds, x.shape), (_, _, dy) => [dy, null]);
    }
}

/// <summary>
/// In training y = x · normally distributed noise around 1, of the deviation √(rate / (1 - rate)); otherwise y = x. The noise is TensorFlow's own.
/// Source: Srivastava et al., Dropout: a simple way to prevent neural networks from overfitting (2014).
/// </summary>
public sealed class GaussianDropout : TrainingOnlyLayer
{
    /// <summary>A layer of noise.</summary>
    /// <param name="rate">As of a dropout: from 0 to 1.</param>
    /// <param name="seed">The seed: the same seed gives the same noise. Without one it's drawn now from Python's generator, as in Keras.</param>
    /// <param name="input_shape">What goes in, for a model's first layer.</param>
    /// <param name="name">The layer's name.</param>
    /// <exception cref="ValueError">The rate isn't from 0 to 1.</exception>
    public GaussianDropout(double rate, long? seed = null, Shape? input_shape = null, string? name = null)
        : base(seed, Share(rate, nameof(rate)) > 0, name, input_shape) => this.rate = rate;

    /// <summary>As of a dropout.</summary>
    public double rate { get; }

    private protected override Tensor Changed(Graph g, Tensor x)
    {
        if (Seeds is null) return x;
        var noise = g.Map(new AroundOne((float)Math.Sqrt(rate / (1 - rate))), g.RandomNormals(Seeds, x.shape));
        return g.Map(default(Product), x, noise, (list, _, dy) => [list.Map(default(Product), dy, noise), null]);
    }
}

/// <summary>In training whole channels become 0, with probability rate, and the others are divided by 1 - rate: see <see cref="Dropout"/>.</summary>
[OnlySetting("dtype", "float32"), NoSetting("trainable")]
public abstract class SpatialDropout : TrainingOnlyLayer
{
    private readonly int _rank;

    private protected SpatialDropout(double rate, int rank, long? seed, string? name, Shape? input_shape)
        : base(seed, Share(rate, nameof(rate)) > 0, name, input_shape) =>
        (this.rate, _rank) = (rate, rank);

    /// <summary>The share of channels that become 0.</summary>
    public double rate { get; }

    /// <inheritdoc/>
    protected internal override void CheckInput(Shape input_shape) => RequireRank(input_shape, _rank);

    private protected override Tensor Changed(Graph g, Tensor x)
    {
        if (rate == 0) return x;
        if (rate == 1) return g.Scale(x, 0);
        int rows = x.shape[0]!.Value;
        // One number a channel, the same for all of its pixels.
        var units = g.RandomUnits(Seeds!, (rows, 1, x.Columns));
        var kept = new Kept((float)rate, (float)(1 / (1 - rate)));
        var y = g.Map(kept, g.Reshape(x, (rows, x.Size / rows / x.Columns, x.Columns)), units, (list, _, dy) => [list.Map(kept, dy, units), null]);
        return g.Reshape(y, x.shape);
    }
}

/// <summary><inheritdoc cref="SpatialDropout"/> Of sequences [steps, channels].</summary>
public sealed class SpatialDropout1D : SpatialDropout
{
    /// <summary>A dropout of channels.</summary>
    /// <param name="rate">The share of channels that become 0: from 0 to 1.</param>
    /// <param name="seed">The seed: the same seed gives the same masks. Without one it's drawn now from Python's generator, as in Keras.</param>
    /// <param name="input_shape">What goes in, for a model's first layer.</param>
    /// <param name="name">The layer's name.</param>
    /// <exception cref="ValueError">The rate isn't from 0 to 1.</exception>
    public SpatialDropout1D(double rate, long? seed = null, Shape? input_shape = null, string? name = null) : base(rate, 3, seed, name, input_shape) { }
}

/// <summary><inheritdoc cref="SpatialDropout"/> Of images [height, width, channels].</summary>
[OnlySetting("data_format", "channels_last")]
public sealed class SpatialDropout2D : SpatialDropout
{
    /// <summary>A dropout of channels.</summary>
    /// <param name="rate">The share of channels that become 0: from 0 to 1.</param>
    /// <param name="seed">The seed: the same seed gives the same masks. Without one it's drawn now from Python's generator, as in Keras.</param>
    /// <param name="input_shape">What goes in, for a model's first layer.</param>
    /// <param name="name">The layer's name.</param>
    /// <exception cref="ValueError">The rate isn't from 0 to 1.</exception>
    public SpatialDropout2D(double rate, long? seed = null, Shape? input_shape = null, string? name = null) : base(rate, 4, seed, name, input_shape) { }
}

/// <summary>x + (z · deviation + 0).</summary>
internal readonly record struct Noisy(float Deviation) : IBinary
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Of<T, M>(T x, T z) where M : struct, IMath<T> => M.Add(x, M.Multiply(z, M.Splat(Deviation)));
}

/// <summary>z · deviation + 1.</summary>
internal readonly record struct AroundOne(float Deviation) : IUnary
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Of<T, M>(T z) where M : struct, IMath<T> => M.Add(M.Multiply(z, M.Splat(Deviation)), M.Splat(1));
}
