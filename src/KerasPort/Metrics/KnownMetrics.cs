namespace KerasPort.Metrics;

/// <summary>The names that stand for metrics in <c>compile</c>: a class, the same in snake case, and what else Keras calls it.</summary>
internal static class KnownMetrics
{
    private static readonly Dictionary<string, Func<string, Metric>> s_byName = [];

    static KnownMetrics()
    {
        Add(name => new AccuracyByShapes(name), "accuracy", "acc");
        Add(name => new BinaryAccuracy(name), "binary_accuracy", "BinaryAccuracy");
        Add(name => new CategoricalAccuracy(name), "categorical_accuracy", "CategoricalAccuracy");
        Add(name => new SparseCategoricalAccuracy(name), "sparse_categorical_accuracy", "SparseCategoricalAccuracy");
        Add(name => new MeanSquaredError(name), "mean_squared_error", "MeanSquaredError", "mse", "MSE");
        Add(name => new AUC(name: name), "auc", "AUC");
        Add(name => new FalseNegatives(name: name), "false_negatives", "FalseNegatives");
        Add(name => new FalsePositives(name: name), "false_positives", "FalsePositives");
        Add(name => new Precision(name: name), "precision", "Precision");
        Add(name => new Recall(name: name), "recall", "Recall");
        Add(name => new TrueNegatives(name: name), "true_negatives", "TrueNegatives");
        Add(name => new TruePositives(name: name), "true_positives", "TruePositives");
    }

    /// <summary>The metric of that name, which is what logs call it.</summary>
    /// <exception cref="ValueError">There is none.</exception>
    public static Metric Get(string name) =>
        name.ToLowerInvariant() is "accuracy" or "acc" ? new AccuracyByShapes(name) : Named.Find(name, "metric", s_byName)(name);

    private static void Add(Func<string, Metric> make, params ReadOnlySpan<string> names)
    {
        foreach (string name in names) s_byName[name] = make;
    }
}
