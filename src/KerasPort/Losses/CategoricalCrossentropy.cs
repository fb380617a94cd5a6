using KerasPort.Graphs;

namespace KerasPort.Losses;

/// <summary>
/// -Σ of t·log p over the classes, for targets t, each a distribution (such as 1 at the class), and outputs p: probabilities, or logits
/// with <see cref="from_logits"/>.
/// </summary>
/// <remarks>
/// After a softmax or a sigmoid Keras takes the logits from before it, so that no probability collapses to zero. Other outputs are divided by
/// their sum and clipped to [1e-7, 1 - 1e-7].
/// </remarks>
public sealed class CategoricalCrossentropy : Loss
{
    /// <summary>The loss for targets of the outputs' shape.</summary>
    /// <param name="from_logits">Whether the model's outputs are logits.</param>
    /// <param name="label_smoothing">The share of each distribution that is spread evenly over the classes instead, from 0 to 1.</param>
    /// <param name="axis">The axis of classes.</param>
    /// <inheritdoc cref="Loss(string?, string?)"/>
    public CategoricalCrossentropy(bool from_logits = false, double label_smoothing = 0.0, int axis = -1, string? reduction = "sum_over_batch_size",
        string name = "categorical_crossentropy")
        : base(name, reduction) => (this.from_logits, this.label_smoothing, this.axis) = (from_logits, label_smoothing, axis);

    /// <summary>Whether the model's outputs are logits.</summary>
    public bool from_logits { get; }

    /// <summary>The share of each distribution that is spread evenly over the classes instead.</summary>
    public double label_smoothing { get; }

    /// <summary>The axis of classes.</summary>
    public int axis { get; }

    /// <inheritdoc/>
    protected internal override void Check(Shape targets, Shape outputs) => RequireSameShape(targets, outputs);

    internal override string? Oddity(Activations.ActivationFunction last) => OddityOf(from_logits, last, "categorical_crossentropy", "Softmax");

    /// <inheritdoc/>
    protected internal override Tensor Call(Graph g, Tensor y_true, Tensor y_pred)
    {
        var logits = y_pred.LogitsOfLoss ?? (from_logits ? y_pred : null);
        (y_true, var outputs) = SameRank(g, y_true, logits ?? y_pred);
        // The number of classes is the last axis' size whatever the axis, as in Keras.
        if (label_smoothing != 0) y_true = g.Shift(g.Scale(y_true, (float)(1 - label_smoothing)), (float)(label_smoothing / y_true.Columns));
        if (logits is not null) return g.Crossentropy(outputs, y_true, axis);
        var p = g.Clip(g.Divide(outputs, g.Sum(outputs, [axis], keepdims: true)), Epsilon, 1 - Epsilon);
        return g.Scale(g.Sum(g.Multiply(y_true, g.Log(p)), [axis]), -1);
    }
}
