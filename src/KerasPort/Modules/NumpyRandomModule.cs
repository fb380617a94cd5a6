using KerasPort.Random;

namespace KerasPort;

/// <summary><c>np.random</c>: the generator that programs share, and those that they make.</summary>
public sealed class NumpyRandomModule : RandomState
{
    internal NumpyRandomModule() { }

    /// <summary>A generator of your own that draws as <c>np.random</c> does, with that seed, or one that differs each time.</summary>
    /// <exception cref="ValueError">The seed isn't from 0 to 2**32 - 1.</exception>
    public RandomState RandomState(long? seed = null) => new(seed);

    /// <summary>numpy's newer generator, with that seed, or one that differs each time.</summary>
    /// <exception cref="ValueError">The seed is negative.</exception>
    public Generator default_rng(long? seed = null) => new(seed);
}
