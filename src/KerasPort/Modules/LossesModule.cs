namespace KerasPort;

/// <summary><c>keras.losses</c>; your own derive from <see cref="Losses.Loss"/>.</summary>
public sealed partial class LossesModule : LossFunctions
{
    /// <inheritdoc cref="Losses.BinaryCrossentropy(bool, double, int, string?, string)"/>
    public Losses.BinaryCrossentropy BinaryCrossentropy(bool from_logits = false, double label_smoothing = 0.0, int axis = -1,
        string? reduction = "sum_over_batch_size", string name = "binary_crossentropy") =>
        new(from_logits, label_smoothing, axis, reduction, name);

    /// <inheritdoc cref="Losses.BinaryFocalCrossentropy(bool, double, double, bool, double, int, string?, string)"/>
    public Losses.BinaryFocalCrossentropy BinaryFocalCrossentropy(bool apply_class_balancing = false, double alpha = 0.25, double gamma = 2.0,
        bool from_logits = false, double label_smoothing = 0.0, int axis = -1, string? reduction = "sum_over_batch_size",
        string name = "binary_focal_crossentropy") =>
        new(apply_class_balancing, alpha, gamma, from_logits, label_smoothing, axis, reduction, name);

    /// <inheritdoc cref="Losses.CTC(string?, string)"/>
    public Losses.CTC CTC(string? reduction = "sum_over_batch_size", string name = "ctc") => new(reduction, name);

    /// <inheritdoc cref="Losses.CategoricalCrossentropy(bool, double, int, string?, string)"/>
    public Losses.CategoricalCrossentropy CategoricalCrossentropy(bool from_logits = false, double label_smoothing = 0.0, int axis = -1,
        string? reduction = "sum_over_batch_size", string name = "categorical_crossentropy") =>
        new(from_logits, label_smoothing, axis, reduction, name);

    /// <inheritdoc cref="Losses.CategoricalFocalCrossentropy(NDArray?, double, bool, double, int, string?, string)"/>
    public Losses.CategoricalFocalCrossentropy CategoricalFocalCrossentropy(NDArray? alpha = null, double gamma = 2.0, bool from_logits = false,
        double label_smoothing = 0.0, int axis = -1, string? reduction = "sum_over_batch_size", string name = "categorical_focal_crossentropy") =>
        new(alpha, gamma, from_logits, label_smoothing, axis, reduction, name);

    /// <inheritdoc cref="Losses.CategoricalGeneralizedCrossEntropy(double, string?, string)"/>
    public Losses.CategoricalGeneralizedCrossEntropy CategoricalGeneralizedCrossEntropy(double q = 0.5, string? reduction = "sum_over_batch_size",
        string name = "categorical_generalized_cross_entropy") =>
        new(q, reduction, name);

    /// <inheritdoc cref="Losses.CategoricalHinge(string?, string)"/>
    public Losses.CategoricalHinge CategoricalHinge(string? reduction = "sum_over_batch_size", string name = "categorical_hinge") =>
        new(reduction, name);

    /// <inheritdoc cref="Losses.Circle(double, double, bool, string?, string)"/>
    public Losses.Circle Circle(double gamma = 80.0, double margin = 0.4, bool remove_diagonal = true, string? reduction = "sum_over_batch_size",
        string name = "circle") => new(gamma, margin, remove_diagonal, reduction, name);

    /// <inheritdoc cref="Losses.CosineSimilarity(int, string?, string)"/>
    public Losses.CosineSimilarity CosineSimilarity(int axis = -1, string? reduction = "sum_over_batch_size", string name = "cosine_similarity") =>
        new(axis, reduction, name);

    /// <inheritdoc cref="Losses.Dice(string?, string, Axes?)"/>
    public Losses.Dice Dice(string? reduction = "sum_over_batch_size", string name = "dice", Axes? axis = null) =>
        new(reduction, name, axis);

    /// <inheritdoc cref="Losses.Hinge(string?, string)"/>
    public Losses.Hinge Hinge(string? reduction = "sum_over_batch_size", string name = "hinge") =>
        new(reduction, name);

    /// <inheritdoc cref="Losses.Huber(double, string?, string)"/>
    public Losses.Huber Huber(double delta = 1.0, string? reduction = "sum_over_batch_size", string name = "huber_loss") =>
        new(delta, reduction, name);

    /// <inheritdoc cref="Losses.KLDivergence(string?, string)"/>
    public Losses.KLDivergence KLDivergence(string? reduction = "sum_over_batch_size", string name = "kl_divergence") =>
        new(reduction, name);

    /// <inheritdoc cref="Losses.LogCosh(string?, string)"/>
    public Losses.LogCosh LogCosh(string? reduction = "sum_over_batch_size", string name = "log_cosh") =>
        new(reduction, name);

    /// <inheritdoc cref="Losses.MeanAbsoluteError(string?, string)"/>
    public Losses.MeanAbsoluteError MeanAbsoluteError(string? reduction = "sum_over_batch_size", string name = "mean_absolute_error") =>
        new(reduction, name);

    /// <inheritdoc cref="Losses.MeanAbsolutePercentageError(string?, string)"/>
    public Losses.MeanAbsolutePercentageError MeanAbsolutePercentageError(string? reduction = "sum_over_batch_size",
        string name = "mean_absolute_percentage_error") =>
        new(reduction, name);

    /// <inheritdoc cref="Losses.MeanSquaredError(string?, string)"/>
    public Losses.MeanSquaredError MeanSquaredError(string? reduction = "sum_over_batch_size", string name = "mean_squared_error") =>
        new(reduction, name);

    /// <inheritdoc cref="Losses.MeanSquaredLogarithmicError(string?, string)"/>
    public Losses.MeanSquaredLogarithmicError MeanSquaredLogarithmicError(string? reduction = "sum_over_batch_size",
        string name = "mean_squared_logarithmic_error") =>
        new(reduction, name);

    /// <inheritdoc cref="Losses.Poisson(string?, string)"/>
    public Losses.Poisson Poisson(string? reduction = "sum_over_batch_size", string name = "poisson") =>
        new(reduction, name);

    /// <inheritdoc cref="Losses.SparseCategoricalCrossentropy(bool, int?, string?, int, string)"/>
    public Losses.SparseCategoricalCrossentropy SparseCategoricalCrossentropy(bool from_logits = false, int? ignore_class = null,
        string? reduction = "sum_over_batch_size", int axis = -1, string name = "sparse_categorical_crossentropy") =>
        new(from_logits, ignore_class, reduction, axis, name);

    /// <inheritdoc cref="Losses.SquaredHinge(string?, string)"/>
    public Losses.SquaredHinge SquaredHinge(string? reduction = "sum_over_batch_size", string name = "squared_hinge") =>
        new(reduction, name);

    /// <inheritdoc cref="Losses.Tversky(double, double, string?, string, Axes?)"/>
    public Losses.Tversky Tversky(double alpha = 0.5, double beta = 0.5, string? reduction = "sum_over_batch_size", string name = "tversky",
        Axes? axis = null) =>
        new(alpha, beta, reduction, name, axis);

    /// <summary>The loss of each sample: see <see cref="Losses.CategoricalGeneralizedCrossEntropy"/>.</summary>
    public Tensor categorical_generalized_cross_entropy(Tensor y_true, Tensor y_pred, double q) =>
        new Losses.CategoricalGeneralizedCrossEntropy(q).call(y_true, y_pred);

    /// <summary>The loss of each sample: see <see cref="Losses.Circle"/>.</summary>
    /// <param name="y_true">Class numbers.</param>
    /// <param name="y_pred">Vectors of length 1.</param>
    /// <param name="ref_labels">Class numbers of the vectors to compare with; by default <paramref name="y_true"/>.</param>
    /// <param name="ref_embeddings">The vectors to compare with; by default <paramref name="y_pred"/>.</param>
    /// <param name="remove_diagonal">Whether a row isn't compared with the reference row of the same index.</param>
    /// <param name="gamma">The scale of the similarities.</param>
    /// <param name="margin">The margin by which similarities within a class may fall short of 1.</param>
    public Tensor circle(Tensor y_true, Tensor y_pred, Tensor? ref_labels = null, Tensor? ref_embeddings = null, bool remove_diagonal = true,
        double gamma = 80, double margin = 0.4)
    {
        var loss = new Losses.Circle(gamma, margin, remove_diagonal);
        return new Graphs.Function(loss.name, (g, x) => loss.Of(g, x[0], x[1], x[2], x[3])).Of(y_true, y_pred, ref_labels ?? y_true, ref_embeddings ?? y_pred);
    }

    /// <summary>The loss of each sample: see <see cref="Losses.CTC"/>.</summary>
    public Tensor ctc(Tensor y_true, Tensor y_pred) => new Losses.CTC().call(y_true, y_pred);

    /// <summary>The loss of each sample: see <see cref="Losses.CosineSimilarity"/>.</summary>
    public Tensor cosine_similarity(Tensor y_true, Tensor y_pred) => new Losses.CosineSimilarity().call(y_true, y_pred);

    /// <inheritdoc cref="cosine_similarity(Tensor, Tensor)"/>
    public Tensor cosine_similarity(Tensor y_true, Tensor y_pred, int axis = -1) =>
        new Losses.CosineSimilarity(axis).call(y_true, y_pred);

    /// <summary>The loss of each sample: see <see cref="Losses.Dice"/>.</summary>
    public Tensor dice(Tensor y_true, Tensor y_pred) => new Losses.Dice().call(y_true, y_pred);

    /// <inheritdoc cref="dice(Tensor, Tensor)"/>
    public Tensor dice(Tensor y_true, Tensor y_pred, Axes? axis = null) =>
        new Losses.Dice(axis: axis).call(y_true, y_pred);

    /// <summary>The loss of each sample: see <see cref="Losses.Tversky"/>.</summary>
    public Tensor tversky(Tensor y_true, Tensor y_pred) => new Losses.Tversky().call(y_true, y_pred);

    /// <inheritdoc cref="tversky(Tensor, Tensor)"/>
    public Tensor tversky(Tensor y_true, Tensor y_pred, double alpha = 0.5, double beta = 0.5, Axes? axis = null) =>
        new Losses.Tversky(alpha, beta, axis: axis).call(y_true, y_pred);
}
