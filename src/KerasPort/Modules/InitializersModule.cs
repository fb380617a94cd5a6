using KerasPort.Initializers;

namespace KerasPort;

/// <summary><c>keras.initializers</c>.</summary>
public sealed class InitializersModule
{
    /// <inheritdoc cref="Initializers.GlorotUniform(long?)"/>
    public GlorotUniform GlorotUniform(long? seed = null) => new(seed);

    /// <inheritdoc cref="Initializers.Ones"/>
    public Ones Ones() => new();

    /// <inheritdoc cref="Initializers.VarianceScaling(double, string, string, long?)"/>
    public VarianceScaling VarianceScaling(double scale = 1.0, string mode = "fan_in", string distribution = "truncated_normal", long? seed = null) =>
        new(scale, mode, distribution, seed);

    /// <inheritdoc cref="Initializers.Zeros"/>
    public Zeros Zeros() => new();

    /// <summary>Another name of <see cref="GlorotUniform"/>.</summary>
    public GlorotUniform glorot_uniform(long? seed = null) => new(seed);

    /// <summary>Another name of <see cref="Zeros"/>.</summary>
    public Zeros zeros() => new();
}
