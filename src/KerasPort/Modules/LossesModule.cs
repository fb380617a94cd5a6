namespace KerasPort;

/// <summary><c>keras.losses</c>; one's own derive from <see cref="Losses.Loss"/>.</summary>
public sealed class LossesModule : LossFunctions
{
    /// <inheritdoc cref="Losses.BinaryCrossentropy(bool, double, int, string?, string)"/>
    public Losses.BinaryCrossentropy BinaryCrossentropy(bool from_logits = false, double label_smoothing = 0.0, int axis = -1,
        string? reduction = "sum_over_batch_size", string name = "binary_crossentropy") =>
        new(from_logits, label_smoothing, axis, reduction, name);

    /// <inheritdoc cref="Losses.CategoricalCrossentropy(bool, double, int, string?, string)"/>
    public Losses.CategoricalCrossentropy CategoricalCrossentropy(bool from_logits = false, double label_smoothing = 0.0, int axis = -1,
        string? reduction = "sum_over_batch_size", string name = "categorical_crossentropy") =>
        new(from_logits, label_smoothing, axis, reduction, name);

    /// <inheritdoc cref="Losses.Huber(double, string?, string)"/>
    public Losses.Huber Huber(double delta = 1.0, string? reduction = "sum_over_batch_size", string name = "huber_loss") =>
        new(delta, reduction, name);

    /// <inheritdoc cref="Losses.KLDivergence(string?, string)"/>
    public Losses.KLDivergence KLDivergence(string? reduction = "sum_over_batch_size", string name = "kl_divergence") =>
        new(reduction, name);

    /// <inheritdoc cref="Losses.MeanAbsoluteError(string?, string)"/>
    public Losses.MeanAbsoluteError MeanAbsoluteError(string? reduction = "sum_over_batch_size", string name = "mean_absolute_error") =>
        new(reduction, name);

    /// <inheritdoc cref="Losses.MeanSquaredError(string?, string)"/>
    public Losses.MeanSquaredError MeanSquaredError(string? reduction = "sum_over_batch_size", string name = "mean_squared_error") =>
        new(reduction, name);

    /// <inheritdoc cref="Losses.SparseCategoricalCrossentropy(bool, int?, string?, int, string)"/>
    public Losses.SparseCategoricalCrossentropy SparseCategoricalCrossentropy(bool from_logits = false, int? ignore_class = null,
        string? reduction = "sum_over_batch_size", int axis = -1, string name = "sparse_categorical_crossentropy") =>
        new(from_logits, ignore_class, reduction, axis, name);
}
