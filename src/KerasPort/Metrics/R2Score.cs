using KerasPort.Graphs;

namespace KerasPort.Metrics;

/// <summary>1 - Σ (target - output)² / Σ (target - the targets' mean)²: 1 for perfect predictions, 0 where the mean would do as well.</summary>
public sealed class R2Score : Metric
{
    private int _outputs = 1;

    /// <summary>A coefficient of determination.</summary>
    /// <param name="class_aggregation">
    /// "uniform_average": the mean over outputs; "variance_weighted_average": the mean weighted by their variance; null: one for each.
    /// </param>
    /// <param name="num_regressors">
    /// The number of regressors, for the adjusted score; with too few samples for that, the result is the plain score.
    /// </param>
    /// <param name="name">The name in logs.</param>
    /// <exception cref="ValueError">An argument is out of range.</exception>
    public R2Score(string? class_aggregation = "uniform_average", int num_regressors = 0, string name = "r2_score") : base(name)
    {
        if (class_aggregation is not (null or "uniform_average" or "variance_weighted_average"))
            throw new ValueError("Invalid value for argument `class_aggregation`. Expected one of (None, 'uniform_average', 'variance_weighted_average'). "
                + $"Received: class_aggregation={class_aggregation}");
        if (num_regressors < 0)
            throw new ValueError($"Invalid value for argument `num_regressors`. Expected a value >= 0. Received: num_regressors={num_regressors}");
        (this.class_aggregation, this.num_regressors) = (class_aggregation, num_regressors);
    }

    /// <summary>"uniform_average", "variance_weighted_average", or null: one for each output.</summary>
    public string? class_aggregation { get; }

    /// <summary>The number of regressors, for the adjusted score.</summary>
    public int num_regressors { get; }

    internal override bool? SmallerIsBetter => false;

    /// <summary>Σ w·target, Σ w·target², Σ w·(target - output)², Σ w and the number of targets, each output by output.</summary>
    protected internal override int StateSize => 5 * _outputs;

    internal override int Results => class_aggregation is null ? Math.Max(_outputs, 2) : 1;

    /// <inheritdoc/>
    protected internal override void Check(Shape targets, Shape outputs)
    {
        RequireOneEach(targets, outputs);
        int rank = Math.Max(targets.Rank, outputs.Rank);
        if (rank != 2 || (outputs.Rank == 1 && targets[^1] != 1))
            throw new ValueError("R2Score expects 2D inputs with shape (batch_size, output_dim). "
                + $"Received input shapes: y_pred.shape={outputs} and y_true.shape={targets}.");
        _outputs = outputs.Rank == 2 ? outputs[^1]!.Value : 1;
    }

    /// <summary>[5, outputs]: what the batch adds to the state.</summary>
    protected internal override Tensor Call(Graph g, Tensor y_true, Tensor y_pred, Tensor? sample_weight)
    {
        Shape shape = (y_pred.Size / _outputs, _outputs);
        (y_true, y_pred) = (g.Reshape(y_true, shape), g.Reshape(y_pred, shape));
        Tensor ones = g.Like(y_true, 1), weights = sample_weight is null ? ones : g.WeightsOf(y_true, sample_weight), weighted = g.Multiply(y_true, weights);
        Tensor[] summed = [weighted, g.Multiply(y_true, weighted), g.Multiply(g.Square(g.Subtract(y_true, y_pred)), weights), weights, ones];
        return summed.Select(each => g.Reshape(g.SumRows(each), (1, _outputs))).Aggregate((rows, row) => g.Concatenate(rows, row));
    }

    /// <inheritdoc/>
    protected internal override void Add(Span<float> state, ReadOnlySpan<float> batch, bool weighted)
    {
        for (int i = 0; i < batch.Length; i++) state[i] += batch[i];
    }

    /// <inheritdoc/>
    protected internal override double Result(ReadOnlySpan<float> state)
    {
        float sum = 0, totals = 0;
        bool weighs = class_aggregation == "variance_weighted_average";
        for (int i = 0; i < _outputs; i++)
        {
            var (score, total) = Of(state, i);
            (sum, totals) = (sum + (weighs ? score * total : score), totals + total);
        }
        return Adjusted(state, weighs ? sum / totals : sum / _outputs);
    }

    internal override NDArray ResultOf(ReadOnlySpan<float> state)
    {
        if (class_aggregation is not null) return base.ResultOf(state);
        var scores = new float[_outputs];
        for (int i = 0; i < _outputs; i++) scores[i] = Adjusted(state, Of(state, i).Score);
        return new NDArray(scores);
    }

    private (float Score, float Total) Of(ReadOnlySpan<float> state, int i)
    {
        float sum = state[i], mean = sum / state[3 * _outputs + i], total = state[_outputs + i] - sum * mean;
        float score = 1 - state[2 * _outputs + i] / total;
        return (float.IsInfinity(score) ? 0 : score, total);
    }

    private float Adjusted(ReadOnlySpan<float> state, float score)
    {
        float samples = 0;
        for (int i = 0; i < _outputs; i++) samples += state[4 * _outputs + i];
        return num_regressors == 0 || num_regressors >= samples - 1 ? score : 1 - (1 - score) * (samples - 1) / (samples - num_regressors - 1);
    }
}
