using KerasPort.Random;

namespace KerasPort.Initializers;

/// <summary>An initializer that draws random values, which are TensorFlow's for the same seed.</summary>
public abstract class RandomInitializer : Initializer
{
    private readonly Seed _drawn;

    /// <summary>Stores the seed. Without one, a seed is drawn at once, from Python's generator, as in Keras.</summary>
    private protected RandomInitializer(Seed? seed) => (this.seed, _drawn) = (seed, seed ?? (long)Seeds.ForInitializer());

    /// <summary>The seed that was given; <c>null</c> if none was.</summary>
    public Seed? seed { get; }

    /// <summary>The seed in use: the one that was given, else the one that was drawn.</summary>
    private protected Seed Drawing => _drawn;

    /// <inheritdoc/>
    public override float[] Values(int[] shape) => Drawn(shape)();

    internal override Func<float[]> Drawn(int[] shape)
    {
        Check(shape);
        var words = _drawn.Draw();
        return () =>
        {
            var values = Room(shape);
            Fill(words, shape, values);
            return values;
        };
    }

    /// <summary>Refuses a shape that the initializer doesn't support.</summary>
    private protected virtual void Check(int[] shape) { }

    /// <summary>Fills in the values of a variable of that shape from a generator's words.</summary>
    private protected abstract void Fill(Philox words, int[] shape, float[] values);
}

/// <summary>Normally distributed values.</summary>
/// <param name="mean">The mean.</param>
/// <param name="stddev">The standard deviation.</param>
/// <param name="seed">
/// The seed: the same seed and shape give the same values. By default it is drawn when the initializer is created, from Python's generator, as in Keras.
/// </param>
[Alias("normal")]
public sealed class RandomNormal(double mean = 0.0, double stddev = 0.05, Seed? seed = null) : RandomInitializer(seed)
{
    /// <summary>The mean.</summary>
    public double mean { get; } = mean;

    /// <summary>The standard deviation.</summary>
    public double stddev { get; } = stddev;

    private protected override void Fill(Philox words, int[] shape, float[] values) => Stateless.Normal(words, mean, stddev, values);
}

/// <summary>Normally distributed values; those beyond two standard deviations from the mean are drawn again.</summary>
/// <inheritdoc cref="RandomNormal(double, double, Seed?)"/>
public sealed class TruncatedNormal(double mean = 0.0, double stddev = 0.05, Seed? seed = null) : RandomInitializer(seed)
{
    /// <summary>The mean.</summary>
    public double mean { get; } = mean;

    /// <summary>The standard deviation before truncation.</summary>
    public double stddev { get; } = stddev;

    private protected override void Fill(Philox words, int[] shape, float[] values) => Stateless.TruncatedNormal(words, mean, stddev, values);
}

/// <summary>Values distributed uniformly in [minval, maxval).</summary>
/// <param name="minval">The lower bound, inclusive.</param>
/// <param name="maxval">The upper bound, exclusive.</param>
/// <param name="seed">
/// The seed: the same seed and shape give the same values. By default it is drawn when the initializer is created, from Python's generator, as in Keras.
/// </param>
[Alias("uniform")]
public sealed class RandomUniform(double minval = -0.05, double maxval = 0.05, Seed? seed = null) : RandomInitializer(seed)
{
    /// <summary>The lower bound, inclusive.</summary>
    public double minval { get; } = minval;

    /// <summary>The upper bound, exclusive.</summary>
    public double maxval { get; } = maxval;

    private protected override void Fill(Philox words, int[] shape, float[] values) => Stateless.Uniform(words, minval, maxval, values);
}
