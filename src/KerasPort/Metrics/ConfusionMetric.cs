using KerasPort.Engines.Formulas;
using KerasPort.Graphs;

namespace KerasPort.Metrics;

/// <summary>
/// A metric of how often an output lies above each of some thresholds, where the label is 1 and where it is 0. A batch contributes how many
/// of both lie between neighbouring thresholds; true and false positives and negatives at each follow by adding up.
/// </summary>
public abstract class ConfusionMetric : Metric
{
    /// <summary>The value of an output that may not count as 1.</summary>
    private protected const float Never = -1e10f;

    private readonly float[] _sorted;
    private readonly int[] _place;      // of each given threshold among the sorted ones
    private readonly bool _isEven, _hasEnds;

    private protected ConfusionMetric(string? name, double[] thresholds, bool isEven, bool hasEnds) : base(name)
    {
        (_isEven, _hasEnds) = (isEven, hasEnds);
        _sorted = [.. thresholds.Order().Select(value => (float)value)];
        _place = [.. thresholds.Select(value => Array.IndexOf(_sorted, (float)value))];
    }

    /// <summary>The numbers of thresholds.</summary>
    private protected int Count => _sorted.Length;

    /// <summary>The index of the only output that counts; <c>null</c> for all.</summary>
    private protected virtual int? Class => null;

    /// <summary>The number of the largest outputs of each row that may count as 1; <c>null</c> for all.</summary>
    private protected virtual int? MostSaid => null;

    /// <summary>Labels, the columns of targets and outputs, that are counted each by itself; 1 where all are counted together.</summary>
    private protected virtual int Labels => 1;

    /// <summary>The weight of each column; <c>null</c> for equal weights.</summary>
    private protected virtual double[]? ColumnWeights => null;

    /// <summary>The outputs that are compared with the thresholds.</summary>
    private protected virtual Tensor Probabilities(Graph g, Tensor outputs) => outputs;

    /// <summary>True positives, false positives, true negatives and false negatives at each threshold, label by label.</summary>
    protected internal sealed override int StateSize => StateOfLabel * Labels;

    private int StateOfLabel => 4 * Count;

    internal override int Results => Count;

    /// <inheritdoc/>
    protected internal override void Check(Shape targets, Shape outputs)
    {
        RequireOneEach(targets, outputs);
        if (Class is { } number && (outputs.Rank < 2 || number < 0 || number >= outputs[^1]))
            throw Incomparable(targets, outputs, $"an output for class_id={number} in each row");
    }

    /// <summary>[labels · (thresholds + 1), 2]: of the outputs that lie above so many thresholds, those whose label is 1 and those whose label is 0.</summary>
    protected internal sealed override Tensor Call(Graph g, Tensor y_true, Tensor y_pred, Tensor? sample_weight)
    {
        y_true = g.Reshape(y_true, y_pred.shape);
        if (MostSaid is { } k) y_pred = g.Reshape(g.OnlyTopK(g.Reshape(y_pred, (y_pred.Rows, y_pred.Columns)), k, Never), y_pred.shape);
        if (Class is { } number) (y_true, y_pred) = (g.Columns(y_true, number, 1), g.Columns(y_pred, number, 1));
        Shape column = (y_pred.Size, 1);
        var labels = g.Reshape(y_true, column);
        var sides = g.Concatenate(g.Map(default(IsTrue), labels), g.Map(default(IsFalse), labels));
        if (sample_weight is not null) sides = g.Multiply(sides, g.Reshape(g.WeightsOf(y_pred, sample_weight), column));
        if (ColumnWeights is { } weights && Labels == 1) sides = g.Multiply(sides, g.Reshape(g.Spread(g.Row(weights), y_pred.shape), column));
        var segments = Exceeded(g, g.Reshape(Probabilities(g, y_pred), column));
        if (Labels > 1)
            segments = g.Add(segments, g.Reshape(
                g.Spread(g.Row(Enumerable.Range(0, Labels).Select(label => (double)label * (Count + 1))), y_pred.shape), column));
        return g.SegmentSums(sides, segments, Labels * (Count + 1));
    }

    /// <inheritdoc/>
    protected internal sealed override void Add(Span<float> state, ReadOnlySpan<float> batch, bool weighted)
    {
        for (int label = 0; label < Labels; label++) AddLabel(StateOf(state, label), batch.Slice(2 * (Count + 1) * label, 2 * (Count + 1)));
    }

    private void AddLabel(Span<float> state, ReadOnlySpan<float> batch)
    {
        float truePositives = 0, falsePositives = 0, trueNegatives = 0, falseNegatives = 0;
        for (int i = 0, above = Count - 1; i < Count; i++, above--)
        {
            truePositives += batch[2 * above + 2];
            falsePositives += batch[2 * above + 3];
            falseNegatives += batch[2 * i];
            trueNegatives += batch[2 * i + 1];
            state[above] += truePositives;
            state[Count + above] += falsePositives;
            state[2 * Count + i] += trueNegatives;
            state[3 * Count + i] += falseNegatives;
        }
    }

    /// <summary>The part of the state that belongs to one label.</summary>
    private Span<float> StateOf(Span<float> state, int label) => state.Slice(label * StateOfLabel, StateOfLabel);

    /// <summary>The part of the state that belongs to one label.</summary>
    private protected ReadOnlySpan<float> StateOf(ReadOnlySpan<float> state, int label) => state.Slice(label * StateOfLabel, StateOfLabel);

    /// <summary>The counts at a threshold, by its index as given.</summary>
    private protected Confusion At(ReadOnlySpan<float> state, int threshold) => AtSorted(state, _place[threshold]);

    /// <summary>The counts at a threshold, by its index in ascending order.</summary>
    private protected Confusion AtSorted(ReadOnlySpan<float> state, int i) => new(state[i], state[Count + i], state[2 * Count + i], state[3 * Count + i]);

    /// <summary>Whether Keras takes these for evenly spread over 0 … 1. It then finds an output's place among them by one multiplication.</summary>
    private protected static bool AreEven(ReadOnlySpan<double> thresholds)
    {
        if (thresholds.Length < 3) return false;
        for (int i = 0; i < thresholds.Length; i++)
        {
            double even = (float)i / (thresholds.Length - 1);
            if (!(Math.Abs(thresholds[i] - even) <= 1e-7 + 1e-5 * even)) return false;
        }
        return true;
    }

    /// <summary>The number of thresholds below an output.</summary>
    private Tensor Exceeded(Graph g, Tensor outputs)
    {
        if (_isEven) return g.Map(new EvenlyExceeded(Count - 1, _hasEnds ? 1 : 0), outputs);
        var exceeded = g.Scale(outputs, 0);
        foreach (float threshold in _sorted) exceeded = g.Map(new OneMoreAbove(threshold), exceeded, outputs);
        return exceeded;
    }

    /// <summary>Counts at one threshold.</summary>
    private protected readonly record struct Confusion(float TruePositives, float FalsePositives, float TrueNegatives, float FalseNegatives)
    {
        public float Precision => Ratio(TruePositives, TruePositives + FalsePositives);

        public float Recall => Ratio(TruePositives, TruePositives + FalseNegatives);
    }

    /// <summary>a / b, 0 where b is.</summary>
    private protected static float Ratio(float a, float b) => b == 0 ? 0 : a / b;
}

/// <summary>1 where x isn't 0, else 0.</summary>
internal readonly struct IsTrue : IUnary
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Of<T, M>(T x) where M : struct, IMath<T> => M.Select(M.Equal(x, M.Splat(0)), M.Splat(0), M.Splat(1));
}

/// <summary>1 where x is 0, else 0.</summary>
internal readonly struct IsFalse : IUnary
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Of<T, M>(T x) where M : struct, IMath<T> => M.Select(M.Equal(x, M.Splat(0)), M.Splat(1), M.Splat(0));
}

/// <summary>x, and 1 more where y is above the threshold.</summary>
internal readonly record struct OneMoreAbove(float Threshold) : IBinary
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Of<T, M>(T x, T y) where M : struct, IMath<T> => M.Select(M.Greater(y, M.Splat(Threshold)), M.Add(x, M.Splat(1)), x);
}

/// <summary>
/// How many of the thresholds 0, 1/n, 2/n … 1 lie below x, which counts as from 0 to 1; <c>Least</c> at least: ⌈x·n⌉, with the rounding of
/// that product.
/// </summary>
internal readonly record struct EvenlyExceeded(float Intervals, float Least) : IUnary
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Of<T, M>(T x) where M : struct, IMath<T>
    {
        T inside = M.Select(M.Greater(x, M.Splat(1)), M.Splat(1), M.Select(M.Greater(M.Splat(0), x), M.Splat(0), x));
        T product = M.Multiply(inside, M.Splat(Intervals)), near = M.Round(product);
        T above = M.Select(M.Greater(product, near), M.Add(near, M.Splat(1)), near);
        return M.Select(M.Greater(M.Splat(Least), above), M.Splat(Least), above);
    }
}
