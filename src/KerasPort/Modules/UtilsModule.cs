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

    /// <inheritdoc cref="Normalized.Of"/>
    public NDArray normalize(NDArray x, int axis = -1, double order = 2) => Normalized.Of(x, axis, order);

    /// <inheritdoc cref="OneHot.Of"/>
    /// <param name="x">Class numbers, of any shape; fractions are cut off.</param>
    /// <param name="num_classes">How many there are; one more than the largest without.</param>
    public NDArray to_categorical(NDArray x, int? num_classes = null) => OneHot.Of(x, num_classes);
}
