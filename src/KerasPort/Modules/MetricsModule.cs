using KerasPort.Losses;
using KerasPort.Metrics;

namespace KerasPort;

/// <summary><c>keras.metrics</c>.</summary>
public sealed class MetricsModule
{
    /// <inheritdoc cref="Metrics.AUC(int, string, string, string?, Thresholds?, bool)"/>
    public AUC AUC(int num_thresholds = 200, string curve = "ROC", string summation_method = "interpolation", string? name = null,
        Thresholds? thresholds = null, bool from_logits = false) =>
        new(num_thresholds, curve, summation_method, name, thresholds, from_logits);

    /// <inheritdoc cref="Metrics.BinaryAccuracy(string, double)"/>
    public BinaryAccuracy BinaryAccuracy(string name = "binary_accuracy", double threshold = 0.5) => new(name, threshold);

    /// <inheritdoc cref="Metrics.CategoricalAccuracy(string)"/>
    public CategoricalAccuracy CategoricalAccuracy(string name = "categorical_accuracy") => new(name);

    /// <inheritdoc cref="Metrics.FalseNegatives(Thresholds?, string?)"/>
    public FalseNegatives FalseNegatives(Thresholds? thresholds = null, string? name = null) => new(thresholds, name);

    /// <inheritdoc cref="Metrics.FalsePositives(Thresholds?, string?)"/>
    public FalsePositives FalsePositives(Thresholds? thresholds = null, string? name = null) => new(thresholds, name);

    /// <inheritdoc cref="Metrics.IoU(int, int[], string?, int?, bool, bool)"/>
    public IoU IoU(int num_classes, int[] target_class_ids, string? name = null, int? ignore_class = null, bool sparse_y_true = true,
        bool sparse_y_pred = true) =>
        new(num_classes, target_class_ids, name, ignore_class, sparse_y_true, sparse_y_pred);

    /// <inheritdoc cref="Metrics.MeanIoU(int, string?, int?, bool, bool)"/>
    public MeanIoU MeanIoU(int num_classes, string? name = null, int? ignore_class = null, bool sparse_y_true = true, bool sparse_y_pred = true) =>
        new(num_classes, name, ignore_class, sparse_y_true, sparse_y_pred);

    /// <inheritdoc cref="Metrics.MeanSquaredError(string)"/>
    public Metrics.MeanSquaredError MeanSquaredError(string name = "mean_squared_error") => new(name);

    /// <inheritdoc cref="Metrics.OneHotMeanIoU(int, string?, int?, bool)"/>
    public OneHotMeanIoU OneHotMeanIoU(int num_classes, string? name = null, int? ignore_class = null, bool sparse_y_pred = false) =>
        new(num_classes, name, ignore_class, sparse_y_pred);

    /// <inheritdoc cref="Metrics.Precision(Thresholds?, int?, string?)"/>
    public Precision Precision(Thresholds? thresholds = null, int? class_id = null, string? name = null) => new(thresholds, class_id, name);

    /// <inheritdoc cref="Metrics.Recall(Thresholds?, int?, string?)"/>
    public Recall Recall(Thresholds? thresholds = null, int? class_id = null, string? name = null) => new(thresholds, class_id, name);

    /// <inheritdoc cref="Metrics.SparseCategoricalAccuracy(string)"/>
    public SparseCategoricalAccuracy SparseCategoricalAccuracy(string name = "sparse_categorical_accuracy") => new(name);

    /// <inheritdoc cref="Metrics.TrueNegatives(Thresholds?, string?)"/>
    public TrueNegatives TrueNegatives(Thresholds? thresholds = null, string? name = null) => new(thresholds, name);

    /// <inheritdoc cref="Metrics.TruePositives(Thresholds?, string?)"/>
    public TruePositives TruePositives(Thresholds? thresholds = null, string? name = null) => new(thresholds, name);
}
