using KerasPort.Engines.Formulas;
using KerasPort.Graphs;

namespace KerasPort.Losses;

/// <summary>
/// The mean of -(t·log p + (1 - t)·log(1 - p)) over an axis, for targets t and outputs p: probabilities, or logits with <see cref="from_logits"/>.
/// </summary>
/// <remarks>
/// After a sigmoid or a softmax Keras takes the logits from before it, so that no probability collapses to zero. Other probabilities are
/// clipped to [1e-7, 1 - 1e-7].
/// </remarks>
[Alias("bce", "BCE")]
public sealed class BinaryCrossentropy : Loss
{
    /// <summary>The loss for targets of the outputs' shape; a last axis of 1 may be missing on one side.</summary>
    /// <param name="from_logits">Whether the model's outputs are logits.</param>
    /// <param name="label_smoothing">The share of each target that is one half instead, from 0 to 1.</param>
    /// <param name="axis">The axis that the mean is over.</param>
    /// <inheritdoc cref="Loss(string?, string?)"/>
    public BinaryCrossentropy(bool from_logits = false, double label_smoothing = 0.0, int axis = -1, string? reduction = "sum_over_batch_size",
        string name = "binary_crossentropy")
        : base(name, reduction) => (this.from_logits, this.label_smoothing, this.axis) = (from_logits, label_smoothing, axis);

    /// <summary>Whether the model's outputs are logits.</summary>
    public bool from_logits { get; }

    /// <summary>The share of each target that is one half instead.</summary>
    public double label_smoothing { get; }

    /// <summary>The axis that the mean is over.</summary>
    public int axis { get; }

    /// <inheritdoc/>
    protected internal override void Check(Shape targets, Shape outputs) => RequireSameShape(targets, outputs);

    internal override string? Oddity(Activations.ActivationFunction last) => OddityOf(from_logits, last, "binary_crossentropy", "Sigmoid");

    /// <inheritdoc/>
    protected internal override Tensor Call(Graph g, Tensor y_true, Tensor y_pred)
    {
        var logits = y_pred.LogitsOfLoss ?? (from_logits ? y_pred : null);
        (y_true, var outputs) = SameRank(g, y_true, logits ?? y_pred);
        if (label_smoothing != 0) y_true = g.Shift(g.Scale(y_true, (float)(1 - label_smoothing)), (float)(0.5 * label_smoothing));
        var losses = Each(g, y_true, outputs, logits is null ? null : outputs);
        return axis == -1 || axis == losses.shape.Rank - 1 ? g.MeanOfLast(losses) : g.Mean(losses, [axis]);
    }

    /// <summary>The crossentropy of each target: with logits where they are known, else with probabilities.</summary>
    internal static Tensor Each(Graph g, Tensor t, Tensor p, Tensor? logits) => logits is null ? OfProbabilities(g, p, t)
        : g.Map(default(SigmoidCrossentropy), logits, t,
            (h, _, dy) => [h.Multiply(dy, h.Map(default(SigmoidLessTarget), logits, t)), h.Scale(h.Multiply(dy, logits), -1)]);

    private static Tensor OfProbabilities(Graph g, Tensor p, Tensor t)
    {
        p = g.Clip(p, Epsilon, 1 - Epsilon);
        return g.Map(default(BernoulliCrossentropy), p, t, (h, _, dy) =>
        [
            h.Multiply(dy, h.Map(default(BernoulliCrossentropyGradient), p, t)),
            h.Multiply(dy, h.Subtract(h.Log(h.Shift(h.Scale(p, -1), 1)), h.Log(p))),
        ]);
    }
}

/// <summary>max(z, 0) - z·t + log(1 + exp(-|z|)): the crossentropy of t and the sigmoid of z.</summary>
internal readonly struct SigmoidCrossentropy : IBinary
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Of<T, M>(T z, T t) where M : struct, IMath<T>
    {
        // Not so that a z of NaN would count as 0.
        T positive = M.Select(M.Greater(M.Splat(0), z), M.Splat(0), z);
        return M.Add(M.Subtract(positive, M.Multiply(z, t)), M.Log1p(M.Exp(M.Subtract(M.Splat(0), M.Abs(z)))));
    }
}

/// <summary>sigmoid(z) - t, the gradient of <see cref="SigmoidCrossentropy"/> by z.</summary>
internal readonly struct SigmoidLessTarget : IBinary
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Of<T, M>(T z, T t) where M : struct, IMath<T> => M.Subtract(Elementary<T, M>.Sigmoid(z), t);
}

/// <summary>-(t·log p + (1 - t)·log(1 - p)).</summary>
internal readonly struct BernoulliCrossentropy : IBinary
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Of<T, M>(T p, T t) where M : struct, IMath<T>
    {
        T one = M.Splat(1);
        T likelihood = M.Add(M.Multiply(t, M.Log(p)), M.Multiply(M.Subtract(one, t), M.Log(M.Subtract(one, p))));
        return M.Subtract(M.Splat(0), likelihood);
    }
}

/// <summary>(1 - t) / (1 - p) - t / p, the gradient of <see cref="BernoulliCrossentropy"/> by p.</summary>
internal readonly struct BernoulliCrossentropyGradient : IBinary
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Of<T, M>(T p, T t) where M : struct, IMath<T>
    {
        T one = M.Splat(1);
        return M.Subtract(M.Divide(M.Subtract(one, t), M.Subtract(one, p)), M.Divide(t, p));
    }
}
