using KerasPort.Metrics;

namespace KerasPort;

/// <summary>
/// <c>keras.metrics</c>, which also has the functions of <c>keras.losses</c>; a program's own metrics derive from
/// <see cref="Metric"/>.
/// </summary>
public sealed partial class MetricsModule : LossFunctions
{
    /// <inheritdoc cref="Metrics.AUC(int, string, string, string?, Thresholds?, bool, int?, double[], bool)"/>
    public AUC AUC(int num_thresholds = 200, string curve = "ROC", string summation_method = "interpolation", string? name = null,
        Thresholds? thresholds = null, bool multi_label = false, int? num_labels = null, double[]? label_weights = null, bool from_logits = false) =>
        new(num_thresholds, curve, summation_method, name, thresholds, multi_label, num_labels, label_weights, from_logits);

    /// <inheritdoc cref="Metrics.Accuracy(string)"/>
    public Accuracy Accuracy(string name = "accuracy") =>
        new(name);

    /// <inheritdoc cref="Metrics.BinaryAccuracy(string, double)"/>
    public BinaryAccuracy BinaryAccuracy(string name = "binary_accuracy", double threshold = 0.5) =>
        new(name, threshold);

    /// <inheritdoc cref="Metrics.BinaryCrossentropy(string, bool, double)"/>
    public Metrics.BinaryCrossentropy BinaryCrossentropy(string name = "binary_crossentropy", bool from_logits = false, double label_smoothing = 0) =>
        new(name, from_logits, label_smoothing);

    /// <inheritdoc cref="Metrics.BinaryIoU(int[], double, string?)"/>
    public BinaryIoU BinaryIoU(int[]? target_class_ids = null, double threshold = 0.5, string? name = null) =>
        new(target_class_ids, threshold, name);

    /// <inheritdoc cref="Metrics.CategoricalAccuracy(string)"/>
    public CategoricalAccuracy CategoricalAccuracy(string name = "categorical_accuracy") =>
        new(name);

    /// <inheritdoc cref="Metrics.CategoricalCrossentropy(string, bool, double, int)"/>
    public Metrics.CategoricalCrossentropy CategoricalCrossentropy(
        string name = "categorical_crossentropy", bool from_logits = false, double label_smoothing = 0,
        int axis = -1) =>
        new(name, from_logits, label_smoothing, axis);

    /// <inheritdoc cref="Metrics.CategoricalHinge(string)"/>
    public Metrics.CategoricalHinge CategoricalHinge(string name = "categorical_hinge") =>
        new(name);

    /// <inheritdoc cref="Metrics.ConcordanceCorrelation(string, int)"/>
    public ConcordanceCorrelation ConcordanceCorrelation(string name = "concordance_correlation", int axis = -1) =>
        new(name, axis);

    /// <inheritdoc cref="Metrics.CosineSimilarity(string, int)"/>
    public Metrics.CosineSimilarity CosineSimilarity(string name = "cosine_similarity", int axis = -1) =>
        new(name, axis);

    /// <inheritdoc cref="Metrics.F1Score(string?, double?, string)"/>
    public F1Score F1Score(string? average = null, double? threshold = null, string name = "f1_score") =>
        new(average, threshold, name);

    /// <inheritdoc cref="Metrics.FBetaScore(string?, double, double?, string)"/>
    public FBetaScore FBetaScore(string? average = null, double beta = 1.0, double? threshold = null, string name = "fbeta_score") =>
        new(average, beta, threshold, name);

    /// <inheritdoc cref="Metrics.FalseNegatives(Thresholds?, string?)"/>
    public FalseNegatives FalseNegatives(Thresholds? thresholds = null, string? name = null) =>
        new(thresholds, name);

    /// <inheritdoc cref="Metrics.FalsePositives(Thresholds?, string?)"/>
    public FalsePositives FalsePositives(Thresholds? thresholds = null, string? name = null) =>
        new(thresholds, name);

    /// <inheritdoc cref="Metrics.Hinge(string)"/>
    public Metrics.Hinge Hinge(string name = "hinge") =>
        new(name);

    /// <inheritdoc cref="Metrics.IoU(int, int[], string?, int?, bool, bool)"/>
    public IoU IoU(int num_classes, int[] target_class_ids, string? name = null, int? ignore_class = null, bool sparse_y_true = true,
        bool sparse_y_pred = true) =>
        new(num_classes, target_class_ids, name, ignore_class, sparse_y_true, sparse_y_pred);

    /// <inheritdoc cref="Metrics.KLDivergence(string)"/>
    public Metrics.KLDivergence KLDivergence(string name = "kl_divergence") =>
        new(name);

    /// <inheritdoc cref="Metrics.LogCoshError(string)"/>
    public LogCoshError LogCoshError(string name = "logcosh") =>
        new(name);

    /// <inheritdoc cref="Metrics.Mean(string)"/>
    public Mean Mean(string name = "mean") =>
        new(name);

    /// <inheritdoc cref="Metrics.MeanAbsoluteError(string)"/>
    public Metrics.MeanAbsoluteError MeanAbsoluteError(string name = "mean_absolute_error") =>
        new(name);

    /// <inheritdoc cref="Metrics.MeanAbsolutePercentageError(string)"/>
    public Metrics.MeanAbsolutePercentageError MeanAbsolutePercentageError(
        string name = "mean_absolute_percentage_error") =>
        new(name);

    /// <inheritdoc cref="Metrics.MeanIoU(int, string?, int?, bool, bool)"/>
    public MeanIoU MeanIoU(int num_classes, string? name = null, int? ignore_class = null, bool sparse_y_true = true, bool sparse_y_pred = true) =>
        new(num_classes, name, ignore_class, sparse_y_true, sparse_y_pred);

    /// <inheritdoc cref="Metrics.MeanMetricWrapper(Func{Tensor, Tensor, Tensor}, string?)"/>
    public MeanMetricWrapper MeanMetricWrapper(Func<Tensor, Tensor, Tensor> fn, string? name = null) =>
        new(fn, name);

    /// <inheritdoc cref="Metrics.MeanSquaredError(string)"/>
    public Metrics.MeanSquaredError MeanSquaredError(string name = "mean_squared_error") =>
        new(name);

    /// <inheritdoc cref="Metrics.MeanSquaredLogarithmicError(string)"/>
    public Metrics.MeanSquaredLogarithmicError MeanSquaredLogarithmicError(
        string name = "mean_squared_logarithmic_error") =>
        new(name);

    /// <inheritdoc cref="Metrics.OneHotIoU(int, int[], string?, int?, bool)"/>
    public OneHotIoU OneHotIoU(int num_classes, int[] target_class_ids, string? name = null, int? ignore_class = null, bool sparse_y_pred = false) =>
        new(num_classes, target_class_ids, name, ignore_class, sparse_y_pred);

    /// <inheritdoc cref="Metrics.OneHotMeanIoU(int, string?, int?, bool)"/>
    public OneHotMeanIoU OneHotMeanIoU(int num_classes, string? name = null, int? ignore_class = null, bool sparse_y_pred = false) =>
        new(num_classes, name, ignore_class, sparse_y_pred);

    /// <inheritdoc cref="Metrics.PearsonCorrelation(string, int)"/>
    public PearsonCorrelation PearsonCorrelation(string name = "pearson_correlation", int axis = -1) =>
        new(name, axis);

    /// <inheritdoc cref="Metrics.Poisson(string)"/>
    public Metrics.Poisson Poisson(string name = "poisson") =>
        new(name);

    /// <inheritdoc cref="Metrics.Precision(Thresholds?, int?, int?, string?)"/>
    public Precision Precision(Thresholds? thresholds = null, int? top_k = null, int? class_id = null, string? name = null) =>
        new(thresholds, top_k, class_id, name);

    /// <inheritdoc cref="Metrics.PrecisionAtRecall(double, int, int?, string?)"/>
    public PrecisionAtRecall PrecisionAtRecall(double recall, int num_thresholds = 200, int? class_id = null, string? name = null) =>
        new(recall, num_thresholds, class_id, name);

    /// <inheritdoc cref="Metrics.R2Score(string?, int, string)"/>
    public R2Score R2Score(string? class_aggregation = "uniform_average", int num_regressors = 0, string name = "r2_score") =>
        new(class_aggregation, num_regressors, name);

    /// <inheritdoc cref="Metrics.Recall(Thresholds?, int?, int?, string?)"/>
    public Recall Recall(Thresholds? thresholds = null, int? top_k = null, int? class_id = null, string? name = null) =>
        new(thresholds, top_k, class_id, name);

    /// <inheritdoc cref="Metrics.RecallAtPrecision(double, int, int?, string?)"/>
    public RecallAtPrecision RecallAtPrecision(double precision, int num_thresholds = 200, int? class_id = null, string? name = null) =>
        new(precision, num_thresholds, class_id, name);

    /// <inheritdoc cref="Metrics.RootMeanSquaredError(string)"/>
    public RootMeanSquaredError RootMeanSquaredError(string name = "root_mean_squared_error") =>
        new(name);

    /// <inheritdoc cref="Metrics.SensitivityAtSpecificity(double, int, int?, string?)"/>
    public SensitivityAtSpecificity SensitivityAtSpecificity(double specificity, int num_thresholds = 200, int? class_id = null, string? name = null) =>
        new(specificity, num_thresholds, class_id, name);

    /// <inheritdoc cref="Metrics.SparseCategoricalAccuracy(string)"/>
    public SparseCategoricalAccuracy SparseCategoricalAccuracy(string name = "sparse_categorical_accuracy") =>
        new(name);

    /// <inheritdoc cref="Metrics.SparseCategoricalCrossentropy(string, bool, int?, int)"/>
    public Metrics.SparseCategoricalCrossentropy SparseCategoricalCrossentropy(string name = "sparse_categorical_crossentropy", bool from_logits = false,
        int? ignore_class = null, int axis = -1) =>
        new(name, from_logits, ignore_class, axis);

    /// <inheritdoc cref="Metrics.SparseTopKCategoricalAccuracy(int, string, bool)"/>
    public SparseTopKCategoricalAccuracy SparseTopKCategoricalAccuracy(int k = 5, string name = "sparse_top_k_categorical_accuracy",
        bool from_sorted_ids = false) =>
        new(k, name, from_sorted_ids);

    /// <inheritdoc cref="Metrics.SpecificityAtSensitivity(double, int, int?, string?)"/>
    public SpecificityAtSensitivity SpecificityAtSensitivity(double sensitivity, int num_thresholds = 200, int? class_id = null, string? name = null) =>
        new(sensitivity, num_thresholds, class_id, name);

    /// <inheritdoc cref="Metrics.SquaredHinge(string)"/>
    public Metrics.SquaredHinge SquaredHinge(string name = "squared_hinge") =>
        new(name);

    /// <inheritdoc cref="Metrics.Sum(string)"/>
    public Metrics.Sum Sum(string name = "sum") =>
        new(name);

    /// <inheritdoc cref="Metrics.TopKCategoricalAccuracy(int, string)"/>
    public TopKCategoricalAccuracy TopKCategoricalAccuracy(int k = 5, string name = "top_k_categorical_accuracy") =>
        new(k, name);

    /// <inheritdoc cref="Metrics.TrueNegatives(Thresholds?, string?)"/>
    public TrueNegatives TrueNegatives(Thresholds? thresholds = null, string? name = null) =>
        new(thresholds, name);

    /// <inheritdoc cref="Metrics.TruePositives(Thresholds?, string?)"/>
    public TruePositives TruePositives(Thresholds? thresholds = null, string? name = null) =>
        new(thresholds, name);

    /// <summary>1 for each output that agrees with its label, else 0.</summary>
    public Tensor binary_accuracy(Tensor y_true, Tensor y_pred) => binary_accuracy(y_true, y_pred, threshold: 0.5);

    /// <inheritdoc cref="binary_accuracy(Tensor, Tensor)"/>
    public Tensor binary_accuracy(Tensor y_true, Tensor y_pred, double threshold = 0.5) => BinaryAccuracy(threshold: threshold).Each(y_true, y_pred);

    /// <summary>1 where the index of the largest output is that of the largest target, else 0.</summary>
    public Tensor categorical_accuracy(Tensor y_true, Tensor y_pred) => CategoricalAccuracy().Each(y_true, y_pred);

    /// <summary>The concordance of each sample: see <see cref="Metrics.ConcordanceCorrelation"/>.</summary>
    public Tensor concordance_correlation(Tensor y_true, Tensor y_pred, int axis = -1) => ConcordanceCorrelation(axis: axis).Each(y_true, y_pred);

    /// <summary>The correlation of each sample: see <see cref="Metrics.PearsonCorrelation"/>.</summary>
    public Tensor pearson_correlation(Tensor y_true, Tensor y_pred, int axis = -1) => PearsonCorrelation(axis: axis).Each(y_true, y_pred);

    /// <summary>1 where the index of the largest output is the label, else 0.</summary>
    public Tensor sparse_categorical_accuracy(Tensor y_true, Tensor y_pred) => SparseCategoricalAccuracy().Each(y_true, y_pred);

    /// <summary>1 where the label is among the 5 largest outputs, else 0.</summary>
    public Tensor sparse_top_k_categorical_accuracy(Tensor y_true, Tensor y_pred) => SparseTopKCategoricalAccuracy().Each(y_true, y_pred);

    /// <summary>1 where the label is among the k largest outputs, else 0.</summary>
    public Tensor sparse_top_k_categorical_accuracy(Tensor y_true, Tensor y_pred, int k = 5, bool from_sorted_ids = false) =>
        SparseTopKCategoricalAccuracy(k, from_sorted_ids: from_sorted_ids).Each(y_true, y_pred);

    /// <summary>1 where the class is among the 5 largest outputs, else 0.</summary>
    public Tensor top_k_categorical_accuracy(Tensor y_true, Tensor y_pred) => TopKCategoricalAccuracy().Each(y_true, y_pred);

    /// <summary>1 where the class is among the k largest outputs, else 0.</summary>
    public Tensor top_k_categorical_accuracy(Tensor y_true, Tensor y_pred, int k = 5) => TopKCategoricalAccuracy(k).Each(y_true, y_pred);
}
