using KerasPort.Random;

namespace KerasPort;

/// <summary><c>np.random</c>: the global generator, and functions that create others.</summary>
public sealed class NumpyRandomModule : RandomState
{
    internal NumpyRandomModule() { }

    /// <summary>A new generator that draws as <c>np.random</c> does, with a seed, or by default a different one each time.</summary>
    /// <exception cref="ValueError">The seed isn't from 0 to 2**32 - 1.</exception>
    public RandomState RandomState(long? seed = null) => new(seed);

    /// <summary>A new generator of numpy's newer kind, with a seed, or by default a different one each time.</summary>
    /// <exception cref="ValueError">The seed is negative.</exception>
    public Generator default_rng(long? seed = null) => new(seed);
}
