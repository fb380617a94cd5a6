using KerasPort.Losses;
using KerasPort.Metrics;

namespace KerasPort;

/// <summary><c>keras.losses</c>.</summary>
public sealed class LossesModule
{
    /// <inheritdoc cref="Losses.MeanSquaredError(string)"/>
    public Losses.MeanSquaredError MeanSquaredError(string name = "mean_squared_error") => new(name);

    /// <inheritdoc cref="Losses.SparseCategoricalCrossentropy(bool, string)"/>
    public SparseCategoricalCrossentropy SparseCategoricalCrossentropy(bool from_logits = false, string name = "sparse_categorical_crossentropy") =>
        new(from_logits, name);
}
