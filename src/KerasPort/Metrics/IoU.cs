using KerasPort.Engines.Formulas;
using KerasPort.Graphs;
using KerasPort.Saving;

namespace KerasPort.Metrics;

/// <summary>
/// Intersection over union, true positives / (true positives + false positives + false negatives), averaged over some classes, from
/// a confusion matrix. Classes that occur neither in labels nor in predictions don't count.
/// </summary>
/// <remarks>As in Keras, labels, predictions and weights are truncated to whole numbers first.</remarks>
[OnlySetting("dtype", "int64"), OnlySetting("axis", -1)]
public class IoU : Metric
{
    // A count beyond what float32 can increment by 1 has its high part in a second cell.
    private const float Carry = 1 << 23;

    private protected const int MostClasses = 1 << 13;

    private readonly int[] _classes;
    private readonly bool _sparseTrue, _sparsePred;

    /// <summary>Intersection over union of the given classes.</summary>
    /// <param name="num_classes">All classes, numbered from 0.</param>
    /// <param name="target_class_ids">The classes that count.</param>
    /// <param name="name">The name in logs.</param>
    /// <param name="ignore_class">A label that is ignored.</param>
    /// <param name="sparse_y_true">Whether targets are class numbers; else the largest along the last axis names the class.</param>
    /// <param name="sparse_y_pred">Whether outputs are class numbers.</param>
    /// <exception cref="ValueError">A class is outside of the range.</exception>
    public IoU(int num_classes, int[] target_class_ids, string? name = null, int? ignore_class = null, bool sparse_y_true = true, bool sparse_y_pred = true)
        : base(name)
    {
        if (num_classes is <= 0 or > MostClasses)
            throw new ValueError($"Argument `num_classes` must be an integer from 1 to {MostClasses}, whose square is kept. "
                + $"Received: num_classes={num_classes}");
        foreach (int id in target_class_ids)
            if (id < 0 || id >= num_classes) throw new ValueError($"Target class id {id} is out of range, which is [0, {num_classes}).");
        (this.num_classes, this.ignore_class, _classes) = (num_classes, ignore_class, target_class_ids);
        (_sparseTrue, _sparsePred) = (sparse_y_true, sparse_y_pred);
    }

    /// <summary>All classes.</summary>
    public int num_classes { get; }

    /// <summary>The classes that count.</summary>
    public int[] target_class_ids => _classes;

    /// <summary>A label that is ignored.</summary>
    public int? ignore_class { get; }

    /// <summary>Whether targets are class numbers.</summary>
    public bool sparse_y_true => _sparseTrue;

    /// <summary>Whether outputs are class numbers.</summary>
    public bool sparse_y_pred => _sparsePred;

    internal override bool? SmallerIsBetter => false;

    /// <inheritdoc/>
    protected internal sealed override int StateSize => 2 * num_classes * num_classes;

    /// <inheritdoc/>
    protected internal sealed override void Check(Shape targets, Shape outputs)
    {
        int? Positions(Shape shape, bool sparse)
        {
            var of = sparse ? shape : shape[..^1];
            return of.Rank == 0 ? 1 : of[1..].Size;
        }
        if (targets.Rank == 0 || outputs.Rank == 0 || Positions(targets, _sparseTrue) != Positions(outputs, _sparsePred) || targets[0] != outputs[0])
            throw Incomparable(targets, outputs, "a label for each prediction");
    }

    /// <summary>[num_classes, num_classes]: the counts of each label (row) and prediction (column).</summary>
    protected internal sealed override Tensor Call(Graph g, Tensor y_true, Tensor y_pred, Tensor? sample_weight)
    {
        var labels = _sparseTrue ? y_true : g.ArgMax(y_true);
        var said = g.Reshape(Said(g, y_pred), labels.shape);
        var cell = g.Map(new Cell(num_classes, ignore_class ?? float.NaN), labels, said);
        var ones = g.Map(new Constant(1), labels);
        if (sample_weight is not null) ones = g.Map(default(Truncated), g.WeightsOf(labels, sample_weight));
        return g.SegmentSums(g.Reshape(ones, (labels.Size, 1)), cell, num_classes * num_classes);
    }

    /// <summary>The predicted classes.</summary>
    private protected virtual Tensor Said(Graph g, Tensor y_pred) => _sparsePred ? y_pred : g.ArgMax(y_pred);

    /// <inheritdoc/>
    protected internal sealed override void Add(Span<float> state, ReadOnlySpan<float> batch, bool weighted)
    {
        for (int i = 0; i < batch.Length; i++)
        {
            float carried = MathF.Floor((state[i] + batch[i]) / Carry);
            state[i] += batch[i] - carried * Carry;
            state[batch.Length + i] += carried;
        }
    }

    /// <inheritdoc/>
    protected internal sealed override double Result(ReadOnlySpan<float> state)
    {
        float sum = 0, valid = 0;
        foreach (int id in _classes)
        {
            double labelled = 0, said = 0;
            for (int other = 0; other < num_classes; other++)
            {
                labelled += Cells(state, id, other);
                said += Cells(state, other, id);
            }
            float hits = (float)Cells(state, id, id), union = (float)(labelled + said - Cells(state, id, id));
            if (!(union > 1e-9f)) continue;
            sum += hits / (union + 1e-7f);
            valid++;
        }
        return sum / (valid + 1e-7f);
    }

    private double Cells(ReadOnlySpan<float> state, int label, int said)
    {
        int at = label * num_classes + said;
        return state[at] + (double)Carry * state[num_classes * num_classes + at];
    }
}

/// <summary>The mean of intersection over union of all classes.</summary>
public class MeanIoU : IoU
{
    /// <summary>Intersection over union of so many classes.</summary>
    /// <inheritdoc cref="IoU(int, int[], string?, int?, bool, bool)"/>
    public MeanIoU(int num_classes, string? name = null, int? ignore_class = null, bool sparse_y_true = true, bool sparse_y_pred = true)
        : base(num_classes, [.. Enumerable.Range(0, Math.Clamp(num_classes, 0, MostClasses))], name, ignore_class, sparse_y_true, sparse_y_pred) { }
}

/// <summary>The mean of intersection over union of all classes, for one-hot targets.</summary>
public sealed class OneHotMeanIoU : MeanIoU
{
    /// <summary>Intersection over union of so many classes.</summary>
    /// <inheritdoc cref="IoU(int, int[], string?, int?, bool, bool)"/>
    public OneHotMeanIoU(int num_classes, string? name = null, int? ignore_class = null, bool sparse_y_pred = false)
        : base(num_classes, name, ignore_class, sparse_y_true: false, sparse_y_pred) { }
}

/// <summary>Intersection over union of some classes, for one-hot targets.</summary>
public sealed class OneHotIoU : IoU
{
    /// <summary>Intersection over union of the given classes.</summary>
    /// <inheritdoc cref="IoU(int, int[], string?, int?, bool, bool)"/>
    public OneHotIoU(int num_classes, int[] target_class_ids, string? name = null, int? ignore_class = null, bool sparse_y_pred = false)
        : base(num_classes, target_class_ids, name, ignore_class, sparse_y_true: false, sparse_y_pred) { }
}

/// <summary>Intersection over union for labels of 0 and 1, and outputs that count as 1 from a threshold on.</summary>
[NoSetting("axis")]
public sealed class BinaryIoU : IoU
{
    /// <summary>Intersection over union of the given classes.</summary>
    /// <param name="target_class_ids">The classes that count: 0, 1 or, by default, both.</param>
    /// <param name="threshold">The threshold from which on an output counts as 1.</param>
    /// <param name="name">The name in logs.</param>
    /// <exception cref="ValueError">A class is neither 0 nor 1.</exception>
    public BinaryIoU(int[]? target_class_ids = null, double threshold = 0.5, string? name = null) : base(2, target_class_ids ?? [0, 1], name) =>
        this.threshold = threshold;

    /// <summary>The threshold from which on an output counts as 1.</summary>
    public double threshold { get; }

    private protected override Tensor Said(Graph g, Tensor y_pred) => g.Map(new IsNotBelow((float)threshold), y_pred);
}

/// <summary>1 where x is the threshold or above, else 0.</summary>
internal readonly record struct IsNotBelow(float Threshold) : IUnary
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Of<T, M>(T x) where M : struct, IMath<T> =>
        M.Select(M.Greater(x, M.Splat(Threshold)), M.Splat(1), M.Select(M.Equal(x, M.Splat(Threshold)), M.Splat(1), M.Splat(0)));
}

/// <summary>The cell of a label and a prediction: label · classes + prediction; -1 where either isn't a class or the label is ignored.</summary>
internal readonly record struct Cell(float Classes, float Ignored) : IBinary
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Of<T, M>(T label, T said) where M : struct, IMath<T>
    {
        T row = default(Truncated).Of<T, M>(label), column = default(Truncated).Of<T, M>(said), none = M.Splat(-1);
        T cell = M.Add(M.Multiply(row, M.Splat(Classes)), column);
        cell = M.Select(M.Greater(M.Splat(0), row), none, M.Select(M.Greater(M.Splat(0), column), none, cell));
        // row < classes, written with the one comparison that there is, Greater.
        cell = M.Select(M.Greater(M.Splat(Classes), row), M.Select(M.Greater(M.Splat(Classes), column), cell, none), none);
        return M.Select(M.Equal(row, M.Splat(Ignored)), none, cell);
    }
}
