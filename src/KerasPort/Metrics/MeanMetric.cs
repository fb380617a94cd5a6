using KerasPort.Graphs;

namespace KerasPort.Metrics;

/// <summary>
/// The mean of a value for each sample. As in Keras, total and count are float32, so that an epoch's digits are Keras' own; the sum of
/// a batch is taken in double.
/// </summary>
public class MeanMetric : Metric
{
    private readonly Func<Tensor, Tensor, Tensor>? _function;

    /// <summary>A mean of that name.</summary>
    protected MeanMetric(string? name) : base(name) { }

    /// <summary>A function of your own as a metric: from targets and outputs to a value for each sample.</summary>
    /// <param name="function">The function.</param>
    /// <param name="name">The name in logs; as in Keras by default the function's in snake case, and "lambda" for one without a name.</param>
    /// <exception cref="ValueError">The function is <c>null</c>.</exception>
    public MeanMetric(Func<Tensor, Tensor, Tensor> function, string? name = null)
        : base(name ?? Layers.Names.SnakeCase(
            Named.Function(function ?? throw new ValueError("None values not supported: a metric needs a function of targets and outputs.")))) =>
        _function = function;

    /// <summary>The function of the program that it wraps; else <c>null</c>.</summary>
    internal Func<Tensor, Tensor, Tensor>? Function => _function;

    internal override bool? SmallerIsBetter => _function?.Method.DeclaringType == typeof(LossFunctions) ? true : null;

    /// <summary>The total and the count.</summary>
    protected internal sealed override int StateSize => RunningMean.Size;

    /// <summary>The nodes of the value of each sample, and of each inner position (a time step, a pixel).</summary>
    /// <param name="g">The graph that the nodes are added to.</param>
    /// <param name="y_true">The targets, with the shape of the array that was given.</param>
    /// <param name="y_pred">The model's outputs.</param>
    protected internal virtual Tensor Values(Graph g, Tensor y_true, Tensor y_pred) =>
        _function?.Invoke(y_true, y_pred) ?? throw new NotSupportedException($"{GetType().Name} has no `Values`: override it.");

    /// <summary>The values of these targets and outputs, not averaged.</summary>
    /// <exception cref="ValueError">Their shapes can't be compared.</exception>
    internal Tensor Each(Tensor y_true, Tensor y_pred)
    {
        if (y_true is null || y_pred is null)
            throw new ValueError($"Function '{name}' compares two arrays. Received: {(y_true is null ? "y_true" : "y_pred")}=None");
        Check(y_true.shape, y_pred.shape);
        return new Function(name, (g, x) => Values(g, x[0], x[1])) { Gives = _ => EachType(y_pred.dtype) }.Of(y_true, y_pred);
    }

    /// <summary>The dtype of <see cref="Each"/> for outputs of that one.</summary>
    private protected virtual DType EachType(DType outputs) => DType.float32;

    internal sealed override bool CountsMask => true;

    /// <summary>
    /// The value of each sample, a mean over its inner positions; with weights, of which a mask of the outputs is one kind, [samples, 2]:
    /// value · weight and weight.
    /// </summary>
    protected internal sealed override Tensor Call(Graph g, Tensor y_true, Tensor y_pred, Tensor? sample_weight)
    {
        var values = Values(g, y_true, y_pred);
        if (y_pred.Mask is { } steps) sample_weight = sample_weight is null ? steps : g.Multiply(g.WeightsOf(steps, sample_weight), steps);
        if (sample_weight is not null && Mask(g, y_true, values) is { } mask) sample_weight = g.Multiply(g.WeightsOf(values, sample_weight), mask);
        return Weighted(g, values, sample_weight);
    }

    /// <summary>1 where a value counts, else 0, in the values' shape; <c>null</c> where all count. Used where samples are weighted.</summary>
    private protected virtual Tensor? Mask(Graph g, Tensor y_true, Tensor values) => null;

    /// <inheritdoc cref="Call"/>
    private protected static Tensor Weighted(Graph g, Tensor values, Tensor? sample_weight)
    {
        // As in Keras, one number as the weight makes a single sample of the batch, the mean of its values.
        int samples = values.shape.Rank == 0 || sample_weight?.shape.Rank == 0 ? 1 : values.shape[0]!.Value;
        Tensor OfSample(Tensor x) => x.shape.Rank == 1 && x.Size == samples ? x : g.MeanOfLast(g.Reshape(x, (samples, x.Size / Math.Max(samples, 1))));
        if (sample_weight is null) return OfSample(values);
        var weights = g.WeightsOf(values, sample_weight);
        return g.Concatenate(g.Reshape(OfSample(g.Multiply(values, weights)), (samples, 1)), g.Reshape(OfSample(weights), (samples, 1)));
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    protected internal sealed override void Add(Span<float> state, ReadOnlySpan<float> batch, bool weighted)
    {
        double sum = 0, weights = 0;
        if (!weighted)
            foreach (float value in batch) sum += value;
        for (int i = 0; weighted && i < batch.Length; i += 2) (sum, weights) = (sum + batch[i], weights + batch[i + 1]);
        RunningMean.Add(state, (float)sum, weighted ? (float)weights : batch.Length);
    }

    /// <inheritdoc/>
    protected internal override double Result(ReadOnlySpan<float> state) => RunningMean.Result(state);
}

/// <summary>A running mean: its total and its count.</summary>
internal static class RunningMean
{
    /// <summary>The size of the state.</summary>
    public const int Size = 2;

    public static void Add(Span<float> state, float sum, float count)
    {
        state[0] += sum;
        state[1] += count;
    }

    /// <summary>The mean so far; 0 before the first value.</summary>
    public static float Result(ReadOnlySpan<float> state) => state[1] == 0 ? 0 : state[0] / state[1];
}
