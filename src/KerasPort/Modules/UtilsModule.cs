using KerasPort.Layers;
using KerasPort.Random;

namespace KerasPort;

/// <summary><c>keras.utils</c>.</summary>
public sealed class UtilsModule
{
    /// <summary>Seeds what is random: initial weights and row order are then Python Keras' own. The seed is from 0 to 2**32 - 1.</summary>
    public void set_random_seed(long seed) => Seeds.Set(seed);

    /// <summary>Starts the names of layers and models anew: dense, not dense_2.</summary>
    public void clear_session() => Names.Clear();
}
