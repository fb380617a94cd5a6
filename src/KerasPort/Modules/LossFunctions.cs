namespace KerasPort;

/// <summary>
/// Functions from targets and outputs to the loss of each sample: applied to arrays, within a program's own losses, or as an argument,
/// <c>loss: keras.losses.mean_squared_error</c>.
/// </summary>
public class LossFunctions
{
    private protected LossFunctions() { }

    /// <summary>The loss of a function: Keras' loss, which files can name, for one of these functions; else a loss of the program's own.</summary>
    internal static Losses.Loss ByFunction(Func<Tensor, Tensor, Tensor> function) =>
        function?.Target is LossFunctions ? function.Method.Name : new Losses.Loss(function!);

    /// <summary>The loss of each sample: see <see cref="Losses.BinaryCrossentropy"/>.</summary>
    public Tensor binary_crossentropy(Tensor y_true, Tensor y_pred) => new Losses.BinaryCrossentropy().call(y_true, y_pred);

    /// <inheritdoc cref="binary_crossentropy(Tensor, Tensor)"/>
    public Tensor binary_crossentropy(Tensor y_true, Tensor y_pred, bool from_logits = false, double label_smoothing = 0.0, int axis = -1) =>
        new Losses.BinaryCrossentropy(from_logits, label_smoothing, axis).call(y_true, y_pred);

    /// <summary>The loss of each sample: see <see cref="Losses.BinaryFocalCrossentropy"/>.</summary>
    public Tensor binary_focal_crossentropy(Tensor y_true, Tensor y_pred) => new Losses.BinaryFocalCrossentropy().call(y_true, y_pred);

    /// <inheritdoc cref="binary_focal_crossentropy(Tensor, Tensor)"/>
    public Tensor binary_focal_crossentropy(Tensor y_true, Tensor y_pred, bool apply_class_balancing = false, double alpha = 0.25,
        double gamma = 2.0, bool from_logits = false, double label_smoothing = 0.0, int axis = -1) =>
        new Losses.BinaryFocalCrossentropy(apply_class_balancing, alpha, gamma, from_logits, label_smoothing, axis).call(y_true, y_pred);

    /// <summary>The loss of each sample: see <see cref="Losses.CategoricalCrossentropy"/>.</summary>
    public Tensor categorical_crossentropy(Tensor y_true, Tensor y_pred) => new Losses.CategoricalCrossentropy().call(y_true, y_pred);

    /// <inheritdoc cref="categorical_crossentropy(Tensor, Tensor)"/>
    public Tensor categorical_crossentropy(Tensor y_true, Tensor y_pred, bool from_logits = false, double label_smoothing = 0.0, int axis = -1) =>
        new Losses.CategoricalCrossentropy(from_logits, label_smoothing, axis).call(y_true, y_pred);

    /// <summary>The loss of each sample: see <see cref="Losses.CategoricalFocalCrossentropy"/>.</summary>
    public Tensor categorical_focal_crossentropy(Tensor y_true, Tensor y_pred) => new Losses.CategoricalFocalCrossentropy().call(y_true, y_pred);

    /// <inheritdoc cref="categorical_focal_crossentropy(Tensor, Tensor)"/>
    public Tensor categorical_focal_crossentropy(Tensor y_true, Tensor y_pred, double alpha = 0.25, double gamma = 2.0, bool from_logits = false,
        double label_smoothing = 0.0, int axis = -1) =>
        categorical_focal_crossentropy(y_true, y_pred, (NDArray)alpha, gamma, from_logits, label_smoothing, axis);

    /// <summary>The same with a weight for each class.</summary>
    public Tensor categorical_focal_crossentropy(Tensor y_true, Tensor y_pred, NDArray alpha, double gamma = 2.0, bool from_logits = false,
        double label_smoothing = 0.0, int axis = -1) =>
        new Losses.CategoricalFocalCrossentropy(alpha, gamma, from_logits, label_smoothing, axis).call(y_true, y_pred);

    /// <summary>The loss of each sample: see <see cref="Losses.CategoricalHinge"/>.</summary>
    public Tensor categorical_hinge(Tensor y_true, Tensor y_pred) => new Losses.CategoricalHinge().call(y_true, y_pred);

    /// <summary>The loss of each sample: see <see cref="Losses.Hinge"/>.</summary>
    public Tensor hinge(Tensor y_true, Tensor y_pred) => new Losses.Hinge().call(y_true, y_pred);

    /// <summary>The loss of each sample: see <see cref="Losses.Huber"/>.</summary>
    public Tensor huber(Tensor y_true, Tensor y_pred) => new Losses.Huber().call(y_true, y_pred);

    /// <inheritdoc cref="huber(Tensor, Tensor)"/>
    public Tensor huber(Tensor y_true, Tensor y_pred, double delta = 1.0) =>
        new Losses.Huber(delta).call(y_true, y_pred);

    /// <summary>The loss of each sample: see <see cref="Losses.KLDivergence"/>.</summary>
    public Tensor kl_divergence(Tensor y_true, Tensor y_pred) => new Losses.KLDivergence().call(y_true, y_pred);

    /// <summary>The loss of each sample: see <see cref="Losses.LogCosh"/>.</summary>
    public Tensor log_cosh(Tensor y_true, Tensor y_pred) => new Losses.LogCosh().call(y_true, y_pred);

    /// <summary>The loss of each sample: see <see cref="Losses.MeanAbsoluteError"/>.</summary>
    public Tensor mean_absolute_error(Tensor y_true, Tensor y_pred) => new Losses.MeanAbsoluteError().call(y_true, y_pred);

    /// <summary>The loss of each sample: see <see cref="Losses.MeanAbsolutePercentageError"/>.</summary>
    public Tensor mean_absolute_percentage_error(Tensor y_true, Tensor y_pred) => new Losses.MeanAbsolutePercentageError().call(y_true, y_pred);

    /// <summary>The loss of each sample: see <see cref="Losses.MeanSquaredError"/>.</summary>
    public Tensor mean_squared_error(Tensor y_true, Tensor y_pred) => new Losses.MeanSquaredError().call(y_true, y_pred);

    /// <summary>The loss of each sample: see <see cref="Losses.MeanSquaredLogarithmicError"/>.</summary>
    public Tensor mean_squared_logarithmic_error(Tensor y_true, Tensor y_pred) => new Losses.MeanSquaredLogarithmicError().call(y_true, y_pred);

    /// <summary>The loss of each sample: see <see cref="Losses.Poisson"/>.</summary>
    public Tensor poisson(Tensor y_true, Tensor y_pred) => new Losses.Poisson().call(y_true, y_pred);

    /// <summary>The loss of each sample: see <see cref="Losses.SparseCategoricalCrossentropy"/>.</summary>
    public Tensor sparse_categorical_crossentropy(Tensor y_true, Tensor y_pred) => new Losses.SparseCategoricalCrossentropy().call(y_true, y_pred);

    /// <inheritdoc cref="sparse_categorical_crossentropy(Tensor, Tensor)"/>
    public Tensor sparse_categorical_crossentropy(Tensor y_true, Tensor y_pred, bool from_logits = false, int? ignore_class = null, int axis = -1) =>
        new Losses.SparseCategoricalCrossentropy(from_logits, ignore_class, axis: axis).call(y_true, y_pred);

    /// <summary>The loss of each sample: see <see cref="Losses.SquaredHinge"/>.</summary>
    public Tensor squared_hinge(Tensor y_true, Tensor y_pred) => new Losses.SquaredHinge().call(y_true, y_pred);

    /// <summary>Another name of <see cref="kl_divergence"/>, which <c>tf.keras</c> has.</summary>
    public Tensor KLD(Tensor y_true, Tensor y_pred) => kl_divergence(y_true, y_pred);

    /// <summary>Another name of <see cref="mean_absolute_error"/>, which <c>tf.keras</c> has.</summary>
    public Tensor MAE(Tensor y_true, Tensor y_pred) => mean_absolute_error(y_true, y_pred);

    /// <summary>Another name of <see cref="mean_absolute_percentage_error"/>, which <c>tf.keras</c> has.</summary>
    public Tensor MAPE(Tensor y_true, Tensor y_pred) => mean_absolute_percentage_error(y_true, y_pred);

    /// <summary>Another name of <see cref="mean_squared_error"/>, which <c>tf.keras</c> has.</summary>
    public Tensor MSE(Tensor y_true, Tensor y_pred) => mean_squared_error(y_true, y_pred);

    /// <summary>Another name of <see cref="mean_squared_logarithmic_error"/>, which <c>tf.keras</c> has.</summary>
    public Tensor MSLE(Tensor y_true, Tensor y_pred) => mean_squared_logarithmic_error(y_true, y_pred);

    /// <summary>Another name of <see cref="kl_divergence"/>, which <c>tf.keras</c> has.</summary>
    public Tensor kld(Tensor y_true, Tensor y_pred) => kl_divergence(y_true, y_pred);

    /// <summary>Another name of <see cref="kl_divergence"/>, which <c>tf.keras</c> has.</summary>
    public Tensor kullback_leibler_divergence(Tensor y_true, Tensor y_pred) => kl_divergence(y_true, y_pred);

    /// <summary>Another name of <see cref="log_cosh"/>, which <c>tf.keras</c> has.</summary>
    public Tensor logcosh(Tensor y_true, Tensor y_pred) => log_cosh(y_true, y_pred);

    /// <summary>Another name of <see cref="mean_absolute_error"/>, which <c>tf.keras</c> has.</summary>
    public Tensor mae(Tensor y_true, Tensor y_pred) => mean_absolute_error(y_true, y_pred);

    /// <summary>Another name of <see cref="mean_absolute_percentage_error"/>, which <c>tf.keras</c> has.</summary>
    public Tensor mape(Tensor y_true, Tensor y_pred) => mean_absolute_percentage_error(y_true, y_pred);

    /// <summary>Another name of <see cref="mean_squared_error"/>, which <c>tf.keras</c> has.</summary>
    public Tensor mse(Tensor y_true, Tensor y_pred) => mean_squared_error(y_true, y_pred);

    /// <summary>Another name of <see cref="mean_squared_logarithmic_error"/>, which <c>tf.keras</c> has.</summary>
    public Tensor msle(Tensor y_true, Tensor y_pred) => mean_squared_logarithmic_error(y_true, y_pred);
}
