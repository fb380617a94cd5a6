using KerasPort.Random;
using KerasPort.Saving;

namespace KerasPort.Initializers;

/// <summary>
/// Values whose variance is scale / n, where n is the number of inputs of a weight ("fan_in"), of its outputs ("fan_out") or the mean of both
/// ("fan_avg"). Glorot's and he's are special cases.
/// Source: He, Zhang, Ren and Sun, Delving deep into rectifiers (2015).
/// </summary>
/// <remarks>Every float equals TensorFlow's for the seed pair (seed, 0) where the system's logarithm, sine and cosine are glibc's.</remarks>
[OnlySetting("input_axes", null), OnlySetting("output_axes", null)]
public class VarianceScaling : Initializer
{
    private readonly long _drawn;

    /// <summary>An initializer with this seed. Without one it draws its seed now from Python's generator, as Keras does.</summary>
    /// <param name="scale">What the variance is a multiple of; above 0.</param>
    /// <param name="mode">"fan_in", "fan_out" or "fan_avg".</param>
    /// <param name="distribution">"truncated_normal" (also "normal": no value further from 0 than two deviations), "untruncated_normal" or "uniform".</param>
    /// <param name="seed">The seed: the same seed and shape give the same values.</param>
    /// <exception cref="ValueError">An argument is out of range.</exception>
    public VarianceScaling(double scale = 1.0, string mode = "fan_in", string distribution = "truncated_normal", long? seed = null)
    {
        if (!(scale > 0)) throw new ValueError($"Argument `scale` must be positive float. Received: scale={PythonText.Str(scale)}");
        if (mode is not ("fan_in" or "fan_out" or "fan_avg"))
            throw new ValueError($"Invalid `mode` argument: {mode}. Please use one of the {{'fan_avg', 'fan_in', 'fan_out'}}.");
        distribution = distribution.ToLowerInvariant();
        if (distribution == "normal") distribution = "truncated_normal";
        if (distribution is not ("truncated_normal" or "untruncated_normal" or "uniform"))
            throw new ValueError($"Invalid `distribution` argument: {distribution}. " +
                $"Please use one of the {{'truncated_normal', 'uniform', 'untruncated_normal'}}.");
        (this.scale, this.mode, this.distribution) = (scale, mode, distribution);
        (this.seed, _drawn) = (seed, seed ?? Seeds.ForInitializer());
    }

    /// <summary>What the variance is a multiple of.</summary>
    public double scale { get; }

    /// <summary>"fan_in", "fan_out" or "fan_avg".</summary>
    public string mode { get; }

    /// <summary>"truncated_normal", "untruncated_normal" or "uniform".</summary>
    public string distribution { get; }

    /// <summary>The seed that was given, if one was.</summary>
    public long? seed { get; }

    /// <inheritdoc/>
    public override float[] Values(int[] shape)
    {
        var (fanIn, fanOut) = Fans(shape);
        double fan = mode switch { "fan_in" => fanIn, "fan_out" => fanOut, _ => (fanIn + fanOut) / 2 };
        double variance = scale / Math.Max(1.0, fan);
        var values = new float[shape.Aggregate(1, (product, d) => product * d)];
        // Cutting a normal distribution off at two deviations leaves it this deviation.
        const double truncated = 0.87962566103423978;
        // Keras casts a seed to what TensorFlow takes: floor modulo 2^31 - 2.
        const long modulus = int.MaxValue - 1;
        long cast = (_drawn % modulus + modulus) % modulus;
        switch (distribution)
        {
            case "uniform": Stateless.Uniform(cast, Math.Sqrt(3.0 * variance), values); break;
            case "untruncated_normal": Stateless.Normal(cast, Math.Sqrt(variance), values); break;
            default: Stateless.TruncatedNormal(cast, Math.Sqrt(variance) / truncated, values); break;
        }
        return values;
    }

    /// <summary>Inputs and outputs of a weight: its channels times the receptive field. A vector, such as a bias, has as many of both as elements.</summary>
    private static (double In, double Out) Fans(int[] shape)
    {
        if (shape.Length == 0) return (1, 1);
        double receptive = shape.SkipLast(2).Aggregate(1.0, (product, d) => product * d);
        return (receptive * shape[^Math.Min(2, shape.Length)], receptive * shape[^1]);
    }
}

/// <summary>
/// Uniform in [-limit, limit] with limit = sqrt(6 / (fan_in + fan_out)), the default of kernels.
/// Source: Glorot and Bengio, Understanding the difficulty of training deep feedforward neural networks (2010).
/// </summary>
/// <param name="seed">The seed: the same seed and shape give the same values. Without one it's drawn now from Python's generator, as in Keras.</param>
public sealed class GlorotUniform(long? seed = null) : VarianceScaling(1.0, "fan_avg", "uniform", seed);
