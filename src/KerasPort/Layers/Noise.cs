using KerasPort.Engines.Formulas;
using KerasPort.Graphs;

namespace KerasPort.Layers;

/// <summary>In training y = x + normally distributed noise; otherwise y = x. The noise is TensorFlow's own.</summary>
public class GaussianNoise : TrainingOnlyLayer
{
    /// <summary>A layer of noise.</summary>
    /// <param name="stddev">The noise's standard deviation: from 0 to 1.</param>
    /// <param name="seed">The seed: the same seed gives the same noise. Without one it's drawn now from Python's generator, as in Keras.</param>
    /// <inheritdoc cref="Layer(string?, Shape?)"/>
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
public class GaussianDropout : TrainingOnlyLayer
{
    /// <summary>A layer of noise.</summary>
    /// <param name="rate">The rate of a dropout of the same strength: from 0 to 1.</param>
    /// <param name="seed">The seed: the same seed gives the same noise. Without one it's drawn now from Python's generator, as in Keras.</param>
    /// <inheritdoc cref="Layer(string?, Shape?)"/>
    /// <exception cref="ValueError">The rate isn't from 0 to 1.</exception>
    public GaussianDropout(double rate, long? seed = null, Shape? input_shape = null, string? name = null)
        : base(seed, Share(rate, nameof(rate)) > 0, name, input_shape) => this.rate = rate;

    /// <summary>The rate of a dropout of the same strength.</summary>
    public double rate { get; }

    private protected override Tensor Changed(Graph g, Tensor x)
    {
        if (Seeds is null) return x;
        var noise = g.Map(new AroundOne((float)Math.Sqrt(rate / (1 - rate))), g.RandomNormals(Seeds, x.shape));
        return g.Map(default(Product), x, noise, (list, _, dy) => [list.Map(default(Product), dy, noise), null]);
    }
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
