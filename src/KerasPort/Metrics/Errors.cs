using KerasPort.Graphs;

namespace KerasPort.Metrics;

/// <summary>The mean of (target - output)² over a sample's outputs.</summary>
[Alias("mse", "MSE")]
public sealed class MeanSquaredError : MeanMetric
{
    /// <summary>The mean squared error.</summary>
    public MeanSquaredError(string name = "mean_squared_error") : base(name) { }

    /// <inheritdoc/>
    protected internal override void Check(Shape targets, Shape outputs) => RequireOneEach(targets, outputs);

    /// <inheritdoc/>
    protected internal override Tensor Values(Graph g, Tensor y_true, Tensor y_pred) =>
        g.MeanOfLast(g.Square(g.Subtract(y_pred, g.Reshape(y_true, y_pred.shape))));
}
