using KerasPort.Saving;

namespace KerasPort.Random;

/// <summary>
/// A layer's own random state: a seed and a counter of what was drawn with it, the pair of seeds of TensorFlow's stateless random ops. As in
/// Keras a model's files don't hold it; a checkpoint of this library does.
/// <code>
/// >>> g = keras.random.SeedGenerator(1); g.next(), g.next()
/// ([1, 0], [1, 1])
/// </code>
/// </summary>
internal sealed class SeedGenerator
{
    private readonly long _seed;
    private long _counter;

    /// <summary>A state with that seed, or with one that is drawn now from Python's generator, as in Keras.</summary>
    public SeedGenerator(long? seed) => _seed = seed ?? Seeds.ForInitializer();

    /// <summary>The generator of the next draw. The seed is first cast as Keras does: floor modulo 2^31 - 2.</summary>
    public Philox Next()
    {
        const long modulus = int.MaxValue - 1;
        return Philox.Stateless((_seed % modulus + modulus) % modulus, _counter++);
    }

    public void Keep(TrainingState state) => state.Keep("counter", ref _counter);
}
