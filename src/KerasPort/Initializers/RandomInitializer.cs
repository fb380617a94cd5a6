using KerasPort.Random;

namespace KerasPort.Initializers;

/// <summary>An initializer that draws. Every value is TensorFlow's own for the same seed.</summary>
public abstract class RandomInitializer : Initializer
{
    private readonly Seed _drawn;

    /// <summary>With a seed, the same values each time; without one it is drawn now from Python's generator, as in Keras.</summary>
    private protected RandomInitializer(Seed? seed) => (this.seed, _drawn) = (seed, seed ?? (long)Seeds.ForInitializer());

    /// <summary>The seed that was given, if one was.</summary>
    public Seed? seed { get; }

    /// <summary>What it draws with: the seed that was given, or else drawn.</summary>
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

    /// <summary>Refuses a shape.</summary>
    private protected virtual void Check(int[] shape) { }

    /// <summary>The values of a variable of that shape, out of a generator's words.</summary>
    private protected abstract void Fill(Philox words, int[] shape, float[] values);
}

/// <summary>Normally distributed.</summary>
/// <param name="mean">The mean.</param>
/// <param name="stddev">The standard deviation.</param>
/// <param name="seed">The seed: the same seed and shape give the same values. Without one it's drawn now from Python's generator, as in Keras.</param>
[Alias("normal")]
public sealed class RandomNormal(double mean = 0.0, double stddev = 0.05, Seed? seed = null) : RandomInitializer(seed)
{
    /// <summary>The mean.</summary>
    public double mean { get; } = mean;

    /// <summary>The standard deviation.</summary>
    public double stddev { get; } = stddev;

    private protected override void Fill(Philox words, int[] shape, float[] values) => Stateless.Normal(words, mean, stddev, values);
}

/// <summary>Normally distributed, values beyond two deviations from the mean drawn again.</summary>
/// <inheritdoc cref="RandomNormal(double, double, Seed?)"/>
public sealed class TruncatedNormal(double mean = 0.0, double stddev = 0.05, Seed? seed = null) : RandomInitializer(seed)
{
    /// <summary>The mean.</summary>
    public double mean { get; } = mean;

    /// <summary>The standard deviation, before values are drawn again.</summary>
    public double stddev { get; } = stddev;

    private protected override void Fill(Philox words, int[] shape, float[] values) => Stateless.TruncatedNormal(words, mean, stddev, values);
}

/// <summary>Uniform in [minval, maxval).</summary>
/// <param name="minval">The least value.</param>
/// <param name="maxval">What no value reaches.</param>
/// <param name="seed">The seed: the same seed and shape give the same values. Without one it's drawn now from Python's generator, as in Keras.</param>
[Alias("uniform")]
public sealed class RandomUniform(double minval = -0.05, double maxval = 0.05, Seed? seed = null) : RandomInitializer(seed)
{
    /// <summary>The least value.</summary>
    public double minval { get; } = minval;

    /// <summary>What no value reaches.</summary>
    public double maxval { get; } = maxval;

    private protected override void Fill(Philox words, int[] shape, float[] values) => Stateless.Uniform(words, minval, maxval, values);
}
