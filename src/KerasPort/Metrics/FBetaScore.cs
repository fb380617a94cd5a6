using KerasPort.Engines.Formulas;
using KerasPort.Graphs;

namespace KerasPort.Metrics;

/// <summary>(1 + beta²) · precision · recall / (beta² · precision + recall), by class or averaged, for one-hot or multi-hot targets.</summary>
public class FBetaScore : Metric
{
    private const float Epsilon = 1e-7f;

    private int _classes = 1;

    /// <summary>A score.</summary>
    /// <param name="average">
    /// "macro": the mean over classes; "weighted": the mean weighted by their frequency; "micro": one score of the summed counts; null: one for each.
    /// </param>
    /// <param name="beta">The weight of recall relative to precision.</param>
    /// <param name="threshold">The threshold above which an output counts as yes; without one the largest of each row does.</param>
    /// <param name="name">The name in logs.</param>
    /// <exception cref="ValueError">An argument is out of range.</exception>
    public FBetaScore(string? average = null, double beta = 1.0, double? threshold = null, string name = "fbeta_score") : base(name)
    {
        if (average is not (null or "micro" or "macro" or "weighted"))
            throw new ValueError($"Invalid `average` argument value. Expected one of: {{None, 'micro', 'macro', 'weighted'}}. Received: average={average}");
        if (!(beta > 0)) throw new ValueError($"Invalid `beta` argument value. It should be > 0. Received: beta={PythonText.Str(beta)}");
        if (threshold is not (null or (> 0 and <= 1)))
            throw new ValueError($"Invalid `threshold` argument value. It should verify 0 < threshold <= 1. Received: threshold={PythonText.Str(threshold)}");
        (this.average, this.beta, this.threshold) = (average, beta, threshold);
    }

    /// <summary>"macro", "weighted", "micro", or null: one for each class.</summary>
    public string? average { get; }

    /// <summary>The weight of recall relative to precision.</summary>
    public double beta { get; }

    /// <summary>The threshold above which an output counts as yes.</summary>
    public double? threshold { get; }

    internal override bool? SmallerIsBetter => false;

    /// <summary>True positives, false positives, false negatives and targets, each class by class.</summary>
    protected internal sealed override int StateSize => 4 * _classes;

    internal sealed override int Results => average is null ? Math.Max(_classes, 2) : 1;

    /// <inheritdoc/>
    protected internal sealed override void Check(Shape targets, Shape outputs)
    {
        if (targets.Rank != 2 || outputs.Rank != 2 || outputs[^1] is not { } classes)
            throw new ValueError("FBetaScore expects 2D inputs with shape (batch_size, output_dim). "
                + $"Received input shapes: y_pred.shape={outputs} and y_true.shape={targets}.");
        if (targets[^1] != classes) throw Incomparable(targets, outputs, "a target for each output");
        _classes = classes;
    }

    /// <summary>[4, classes]: what the batch adds to the state.</summary>
    protected internal sealed override Tensor Call(Graph g, Tensor y_true, Tensor y_pred, Tensor? sample_weight)
    {
        var said = threshold is { } above ? g.Map(new IsAbove((float)above), y_pred) : g.Map(default(IsMost), y_pred, g.Max(y_pred, [-1], keepdims: true));
        Tensor Not(Tensor x) => g.Shift(g.Scale(x, -1), 1);
        Tensor[] counted = [g.Multiply(said, y_true), g.Multiply(said, Not(y_true)), g.Multiply(Not(said), y_true), y_true];
        var weights = sample_weight is null ? null : g.WeightsOf(y_true, sample_weight);
        return counted.Select(each => g.Reshape(g.SumRows(weights is null ? each : g.Multiply(each, weights)), (1, _classes)))
            .Aggregate((rows, row) => g.Concatenate(rows, row));
    }

    /// <inheritdoc/>
    protected internal sealed override void Add(Span<float> state, ReadOnlySpan<float> batch, bool weighted)
    {
        for (int i = 0; i < batch.Length; i++) state[i] += batch[i];
    }

    /// <inheritdoc/>
    protected internal sealed override double Result(ReadOnlySpan<float> state)
    {
        if (average == "micro")
        {
            Span<float> all = [0, 0, 0];
            for (int i = 0; i < 3 * _classes; i++) all[i / _classes] += state[i];
            return Score(all[0], all[1], all[2]);
        }
        float sum = 0, weights = 0;
        for (int i = 0; i < _classes; i++)
        {
            sum += ScoreOf(state, i) * (average == "weighted" ? There(state, i) : 1);
            weights += There(state, i);
        }
        return average == "weighted" ? sum / (weights + Epsilon) : sum / _classes;
    }

    internal sealed override NDArray ResultOf(ReadOnlySpan<float> state)
    {
        if (average is not null) return base.ResultOf(state);
        var scores = new float[_classes];
        for (int i = 0; i < _classes; i++) scores[i] = ScoreOf(state, i);
        return new NDArray(scores);
    }

    private float There(ReadOnlySpan<float> state, int i) => state[3 * _classes + i];

    private float ScoreOf(ReadOnlySpan<float> state, int i) => Score(state[i], state[_classes + i], state[2 * _classes + i]);

    private float Score(float truePositives, float falsePositives, float falseNegatives)
    {
        float precision = truePositives / (truePositives + falsePositives + Epsilon), recall = truePositives / (truePositives + falseNegatives + Epsilon);
        float square = (float)(beta * beta);
        return precision * recall / (square * precision + recall + Epsilon) * (1 + square);
    }
}

/// <summary>2 · precision · recall / (precision + recall), of each class or in the mean: see <see cref="FBetaScore"/>.</summary>
public sealed class F1Score : FBetaScore
{
    /// <summary>A score.</summary>
    /// <inheritdoc cref="FBetaScore(string?, double, double?, string)"/>
    public F1Score(string? average = null, double? threshold = null, string name = "f1_score") : base(average, 1.0, threshold, name) { }
}

/// <summary>1 where x is above the threshold, else 0.</summary>
internal readonly record struct IsAbove(float Threshold) : IUnary
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Of<T, M>(T x) where M : struct, IMath<T> => M.Select(M.Greater(x, M.Splat(Threshold)), M.Splat(1), M.Splat(0));
}

/// <summary>1 where x is the largest and isn't 0, else 0.</summary>
internal readonly struct IsMost : IBinary
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Of<T, M>(T x, T largest) where M : struct, IMath<T> =>
        M.Select(M.Greater(largest, x), M.Splat(0), M.Select(M.Greater(M.Abs(x), M.Splat(1e-9f)), M.Splat(1), M.Splat(0)));
}
