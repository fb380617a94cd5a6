using KerasPort.Random;

namespace KerasPort;

/// <summary><c>keras.random</c>.</summary>
public sealed class RandomModule
{
    /// <inheritdoc cref="Random.SeedGenerator(long?, string?)"/>
    public SeedGenerator SeedGenerator(long? seed = null, string? name = null) => new(seed, name);
}
