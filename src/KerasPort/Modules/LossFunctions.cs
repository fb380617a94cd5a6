namespace KerasPort;

/// <summary>
/// The functions of targets and outputs that give the loss of each sample: on arrays, in losses of one's own, and as an argument,
/// <c>loss: keras.losses.mean_squared_error</c>.
/// </summary>
public class LossFunctions
{
    private protected LossFunctions() { }

    /// <summary>The loss that a function stands for: one of these its own, which a file can name; another one a loss of one's own.</summary>
    internal static Losses.Loss ByFunction(Func<Tensor, Tensor, Tensor> function) =>
        function?.Target is LossFunctions ? function.Method.Name : new Losses.Loss(function!);

    /// <summary>The loss of each sample: see <see cref="Losses.BinaryCrossentropy"/>.</summary>
    public Tensor binary_crossentropy(Tensor y_true, Tensor y_pred) => new Losses.BinaryCrossentropy().call(y_true, y_pred);

    /// <inheritdoc cref="binary_crossentropy(Tensor, Tensor)"/>
    public Tensor binary_crossentropy(Tensor y_true, Tensor y_pred, bool from_logits = false, double label_smoothing = 0.0, int axis = -1) =>
        new Losses.BinaryCrossentropy(from_logits, label_smoothing, axis).call(y_true, y_pred);

    /// <summary>The loss of each sample: see <see cref="Losses.CategoricalCrossentropy"/>.</summary>
    public Tensor categorical_crossentropy(Tensor y_true, Tensor y_pred) => new Losses.CategoricalCrossentropy().call(y_true, y_pred);

    /// <inheritdoc cref="categorical_crossentropy(Tensor, Tensor)"/>
    public Tensor categorical_crossentropy(Tensor y_true, Tensor y_pred, bool from_logits = false, double label_smoothing = 0.0, int axis = -1) =>
        new Losses.CategoricalCrossentropy(from_logits, label_smoothing, axis).call(y_true, y_pred);

    /// <summary>The loss of each sample: see <see cref="Losses.Huber"/>.</summary>
    public Tensor huber(Tensor y_true, Tensor y_pred) => new Losses.Huber().call(y_true, y_pred);

    /// <inheritdoc cref="huber(Tensor, Tensor)"/>
    public Tensor huber(Tensor y_true, Tensor y_pred, double delta = 1.0) =>
        new Losses.Huber(delta).call(y_true, y_pred);

    /// <summary>The loss of each sample: see <see cref="Losses.KLDivergence"/>.</summary>
    public Tensor kl_divergence(Tensor y_true, Tensor y_pred) => new Losses.KLDivergence().call(y_true, y_pred);

    /// <summary>The loss of each sample: see <see cref="Losses.MeanAbsoluteError"/>.</summary>
    public Tensor mean_absolute_error(Tensor y_true, Tensor y_pred) => new Losses.MeanAbsoluteError().call(y_true, y_pred);

    /// <summary>The loss of each sample: see <see cref="Losses.MeanSquaredError"/>.</summary>
    public Tensor mean_squared_error(Tensor y_true, Tensor y_pred) => new Losses.MeanSquaredError().call(y_true, y_pred);

    /// <summary>The loss of each sample: see <see cref="Losses.SparseCategoricalCrossentropy"/>.</summary>
    public Tensor sparse_categorical_crossentropy(Tensor y_true, Tensor y_pred) => new Losses.SparseCategoricalCrossentropy().call(y_true, y_pred);

    /// <inheritdoc cref="sparse_categorical_crossentropy(Tensor, Tensor)"/>
    public Tensor sparse_categorical_crossentropy(Tensor y_true, Tensor y_pred, bool from_logits = false, int? ignore_class = null, int axis = -1) =>
        new Losses.SparseCategoricalCrossentropy(from_logits, ignore_class, axis: axis).call(y_true, y_pred);
}
