using KerasPort.Graphs;

namespace KerasPort.Losses;

/// <summary>
/// (1 - p^q) / q for the output p of the label: between crossentropy (q near 0) and the absolute error (q near 1), for labels that may be wrong.
/// Source: Zhang and Sabuncu, Generalized cross entropy loss for training deep neural networks with noisy labels (2018).
/// </summary>
public sealed class CategoricalGeneralizedCrossEntropy : Loss
{
    /// <summary>The loss for class numbers.</summary>
    /// <param name="q">Between 0 and 1.</param>
    /// <inheritdoc cref="Loss(string?, string?)"/>
    /// <exception cref="ValueError">There is no such reduction, or q isn't between 0 and 1.</exception>
    public CategoricalGeneralizedCrossEntropy(double q = 0.5, string? reduction = "sum_over_batch_size", string name = "categorical_generalized_cross_entropy")
        : base(name, reduction) => this.q = q is > 0 and < 1 ? q : throw new ValueError($"q must be in the interval (0, 1). Received: q={PythonText.Str(q)}");

    /// <summary>Between 0 and 1.</summary>
    public double q { get; }

    /// <inheritdoc/>
    protected internal override void Check(NDArray targets, Shape outputs) => new SparseCategoricalCrossentropy().Check(targets, outputs);

    /// <inheritdoc/>
    protected internal override void Check(Shape targets, Shape outputs) => new SparseCategoricalCrossentropy().Check(targets, outputs);

    /// <inheritdoc/>
    protected internal override Tensor Call(Graph g, Tensor y_true, Tensor y_pred)
    {
        int classes = y_pred.Columns;
        var labels = g.Spread(g.Reshape(y_true, (y_pred.Rows, 1)), (y_pred.Rows, classes));
        var isLabel = g.Equal(labels, g.Spread(g.Row(Enumerable.Range(0, classes).Select(c => (double)c)), labels.shape));
        var p = g.Sum(g.Multiply(g.Reshape(y_pred, labels.shape), isLabel), [-1]);
        var losses = g.Scale(g.Shift(g.Scale(g.Power(p, (float)q), -1), 1), (float)(1 / q));
        return g.Reshape(losses, y_pred.shape[..^1]);
    }
}
