using KerasPort.Activations;
using KerasPort.Engines.Formulas;
using KerasPort.Graphs;
using KerasPort.Saving;

namespace KerasPort.Losses;

/// <summary>-log p[label], for labels that are class numbers. Outputs are probabilities, or logits with <see cref="from_logits"/>.</summary>
/// <remarks>
/// After a softmax or a sigmoid Keras takes the logits from before it, so that no probability collapses to zero.
/// Other probabilities are clipped to [1e-7, 1 - 1e-7] and their logarithms taken as logits.
/// </remarks>
/// <example><code>
/// var loss = keras.losses.SparseCategoricalCrossentropy(from_logits: true);
/// var labels = np.array([1, 0]);
/// var logits = np.array([[0.0, 9.0], [9.0, 0.0]]);
/// print($"{(double)loss.Apply(labels, logits):.4f}");    // 0.0001
/// </code></example>
public sealed class SparseCategoricalCrossentropy : Loss
{
    /// <summary>The loss for probabilities, or for logits.</summary>
    /// <param name="from_logits">Whether the model's outputs are logits.</param>
    /// <param name="ignore_class">The label of samples that don't count: means are over the others; <c>null</c> for none.</param>
    /// <param name="reduction">The reduction of the samples' losses: see <see cref="Loss.reduction"/>.</param>
    /// <param name="axis">The axis of classes, which is the last one.</param>
    /// <param name="name">The name.</param>
    /// <exception cref="ValueError">There is no such reduction.</exception>
    public SparseCategoricalCrossentropy(bool from_logits = false, int? ignore_class = null, string? reduction = "sum_over_batch_size", int axis = -1,
        string name = "sparse_categorical_crossentropy")
        : base(name, reduction) => (this.from_logits, this.ignore_class, this.axis) = (from_logits, ignore_class, axis);

    /// <summary>Whether the model's outputs are logits.</summary>
    public bool from_logits { get; }

    /// <summary>The label of samples that don't count.</summary>
    public int? ignore_class { get; }

    /// <summary>The axis of classes.</summary>
    [OnlyWhenGiven]
    public int axis { get; }

    /// <inheritdoc/>
    protected internal override void Check(NDArray targets, Shape outputs)
    {
        Check((Shape)targets.shape, outputs);
        int classes = outputs[^1]!.Value;
        for (int i = 0; i < targets.size; i++)
        {
            double label = targets.ElementAt(i);
            if (!(label >= 0 && label < classes) && label != ignore_class)
                throw new ValueError(
                    $"Received a label value of {PythonText.ClassNumber(label)} (sample {i * (long)targets.Length / targets.size}) which is outside the "
                        + $"valid range of [0, {classes}).");
        }
    }

    /// <inheritdoc/>
    protected internal override void Check(Shape targets, Shape outputs)
    {
        RequireRows(targets, outputs);
        if (axis != -1 && axis != outputs.Rank - 1) throw new ValueError($"Only axis=-1 is currently supported. Received: axis={axis}");
        bool column = targets.Rank == outputs.Rank && targets[^1] == 1;
        if (!column && targets.Rank != outputs.Rank - 1)
            throw new ValueError(
                $"Argument `output` must have rank (ndim) `target.ndim - 1`. Received: target.shape={targets[1..].WithBatch(null)}, "
                    + $"output.shape={outputs[1..].WithBatch(null)}");
        if ((column ? targets[1..^1] : targets[1..]) != outputs[1..^1])
            throw new ValueError(
                $"Arguments `target` and `output` must have the same shape up until the last dimension: target.shape={targets[1..].WithBatch(null)}, "
                    + $"output.shape={outputs[1..].WithBatch(null)}");
    }

    internal override string? Oddity(ActivationFunction last) => OddityOf(from_logits, last, "sparse_categorical_crossentropy", "Softmax");

    /// <inheritdoc/>
    protected internal override Tensor Call(Graph g, Tensor y_true, Tensor y_pred)
    {
        // Probabilities, not their logits: Keras blanks the outputs of samples that don't count, and so loses the logits before them.
        if (ignore_class is { } ignored)
            return g.Multiply(g.SparseCrossentropy(y_pred, g.Map(new OtherThan(ignored), y_true), !from_logits),
                g.Reshape(Counts(g, y_true, ignored), y_pred.shape[..^1]));
        return g.SparseCrossentropy(y_pred.LogitsOfLoss ?? y_pred, y_true, areProbabilities: !from_logits && y_pred.LogitsOfLoss is null);
    }

    internal override Tensor? Mask(Graph g, Tensor y_true, Tensor losses) =>
        ignore_class is { } ignored ? g.Reshape(Counts(g, y_true, ignored), losses.shape) : null;

    private static Tensor Counts(Graph g, Tensor labels, int ignored) => g.Map(new IsOther(ignored), labels);
}

/// <summary>The label, 0 in place of the one that doesn't count.</summary>
internal readonly record struct OtherThan(float Ignored) : IUnary
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Of<T, M>(T label) where M : struct, IMath<T> => M.Select(M.Equal(label, M.Splat(Ignored)), M.Splat(0), label);
}

/// <summary>1 where the label counts, else 0.</summary>
internal readonly record struct IsOther(float Ignored) : IUnary
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Of<T, M>(T label) where M : struct, IMath<T> => M.Select(M.Equal(label, M.Splat(Ignored)), M.Splat(0), M.Splat(1));
}
