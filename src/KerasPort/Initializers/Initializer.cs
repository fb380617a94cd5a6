using System.Text.Json.Nodes;
using KerasPort.Random;
using KerasPort.Saving;

namespace KerasPort.Initializers;

/// <summary>Gives a layer's weights their first values.</summary>
public abstract class Initializer
{
    /// <summary>The first values of a variable of this shape, row-major.</summary>
    public abstract float[] Values(int[] shape);

    /// <summary>The settings, from which <see cref="from_config{T}"/> makes the same initializer.</summary>
    public JsonObject get_config() => ObjectConfig.Get(this);

    /// <summary>The initializer that <see cref="get_config"/> described.</summary>
    /// <exception cref="ModelFormatException">The configuration is of something else.</exception>
    public static T from_config<T>(JsonObject config) where T : Initializer => ObjectConfig.Create<T>(config);

    /// <summary>The initializer of that Keras name.</summary>
    /// <exception cref="ValueError">There is none.</exception>
    public static implicit operator Initializer(string name) => Named.Get<Initializer>(name, "initializer", new()
    {
        ["glorot_uniform"] = () => new GlorotUniform(),
        ["zeros"] = () => new Zeros(),
    });
}

/// <summary>All zeros, the default of biases.</summary>
public sealed class Zeros : Initializer
{
    /// <inheritdoc/>
    public override float[] Values(int[] shape) => new float[shape.Aggregate(1, (product, d) => product * d)];
}

/// <summary>
/// Uniform in [-limit, limit] with limit = sqrt(6 / (fan_in + fan_out)), the default of kernels.
/// Source: Glorot and Bengio, Understanding the difficulty of training deep feedforward neural networks (2010).
/// </summary>
public sealed class GlorotUniform : Initializer
{
    private readonly long _drawn;

    /// <summary>An initializer with this seed. Without one it draws its seed now from Python's generator, as Keras does.</summary>
    public GlorotUniform(long? seed = null) => (this.seed, _drawn) = (seed, seed ?? Seeds.ForInitializer());

    /// <summary>The seed that was given, if one was: the same seed and shape give the same values.</summary>
    public long? seed { get; }

    /// <inheritdoc/>
    /// <remarks>Every float equals TensorFlow's stateless uniform for the seed pair (seed, 0): u * (max - min) + min in float32.</remarks>
    public override float[] Values(int[] shape)
    {
        // A kernel is [in, out] or [height, width, in, out]: fans are channels times the receptive field.
        // A vector, such as a bias, has as many of both as elements.
        int receptive = shape.SkipLast(2).Aggregate(1, (product, d) => product * d);
        double scale = 1.0 / Math.Max(1.0, (receptive * shape[^Math.Min(2, shape.Length)] + receptive * shape[^1]) / 2.0);
        double limit = Math.Sqrt(3.0 * scale);
        float min = (float)-limit, range = (float)limit - min;

        var words = Philox.Stateless(_drawn, 0);
        var values = new float[shape.Aggregate(1, (product, d) => product * d)];
        for (int i = 0; i < values.Length; i++)
        {
            float scaled = words.NextUnit() * range;    // on its own, lest the two roundings become one
            values[i] = scaled + min;
        }
        return values;
    }
}
