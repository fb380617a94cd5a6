using KerasPort.Activations;
using KerasPort.Graphs;

namespace KerasPort.Losses;

/// <summary>
/// The mean of (1 - q)^gamma · the crossentropy of t and p over an axis, where q = t·p + (1 - t)·(1 - p): easy targets count less.
/// Source: Lin et al., Focal loss for dense object detection (2018).
/// </summary>
public sealed class BinaryFocalCrossentropy : Loss
{
    /// <summary>The loss for targets of the outputs' shape; a last axis of 1 may be missing on one side.</summary>
    /// <param name="apply_class_balancing">Whether targets of 1 count alpha and those of 0 count 1 - alpha.</param>
    /// <param name="alpha">The weight alpha of targets of 1.</param>
    /// <param name="gamma">The exponent that reduces the weight of easy targets.</param>
    /// <param name="from_logits">Whether the model's outputs are logits.</param>
    /// <param name="label_smoothing">The share of each target that is one half instead, from 0 to 1.</param>
    /// <param name="axis">The axis that the mean is over.</param>
    /// <inheritdoc cref="Loss(string?, string?)"/>
    public BinaryFocalCrossentropy(bool apply_class_balancing = false, double alpha = 0.25, double gamma = 2.0, bool from_logits = false,
        double label_smoothing = 0.0, int axis = -1, string? reduction = "sum_over_batch_size", string name = "binary_focal_crossentropy")
        : base(name, reduction)
    {
        (this.apply_class_balancing, this.alpha, this.gamma, this.from_logits) = (apply_class_balancing, alpha, gamma, from_logits);
        (this.label_smoothing, this.axis) = (label_smoothing, axis);
    }

    /// <summary>Whether targets of 1 count alpha and those of 0 count 1 - alpha.</summary>
    public bool apply_class_balancing { get; }

    /// <summary>The weight alpha of targets of 1.</summary>
    public double alpha { get; }

    /// <summary>The exponent that reduces the weight of easy targets.</summary>
    public double gamma { get; }

    /// <summary>Whether the model's outputs are logits.</summary>
    public bool from_logits { get; }

    /// <summary>The share of each target that is one half instead.</summary>
    public double label_smoothing { get; }

    /// <summary>The axis that the mean is over.</summary>
    public int axis { get; }

    /// <inheritdoc/>
    protected internal override void Check(Shape targets, Shape outputs) => RequireSameShape(targets, outputs);

    /// <inheritdoc/>
    protected internal override Tensor Call(Graph g, Tensor y_true, Tensor y_pred)
    {
        var logits = from_logits ? y_pred : y_pred.LogitsOfLoss;
        (y_true, y_pred) = SameRank(g, y_true, y_pred);
        if (logits is not null) logits = g.Reshape(logits, y_pred.shape);
        var p = from_logits ? new Sigmoid().Call(g, y_pred) : y_pred;
        if (label_smoothing != 0) y_true = g.Shift(g.Scale(y_true, (float)(1 - label_smoothing)), (float)(0.5 * label_smoothing));
        Tensor Not(Tensor x) => g.Shift(g.Scale(x, -1), 1);
        var right = g.Add(g.Multiply(y_true, p), g.Multiply(Not(y_true), Not(p)));
        var losses = g.Multiply(g.Power(Not(right), (float)gamma), BinaryCrossentropy.Each(g, y_true, p, logits));
        if (apply_class_balancing)
            losses = g.Multiply(g.Add(g.Scale(y_true, (float)alpha), g.Scale(Not(y_true), (float)(1 - alpha))), losses);
        return axis == -1 || axis == losses.shape.Rank - 1 ? g.MeanOfLast(losses) : g.Mean(losses, [axis]);
    }
}

/// <summary>
/// The sum of -alpha · (1 - p)^gamma · t·log p over the classes: easy targets count less.
/// Source: Lin et al., Focal loss for dense object detection (2018).
/// </summary>
/// <remarks>Outputs are divided by their sum and clipped to [1e-7, 1 - 1e-7]; logits go through a softmax first.</remarks>
public sealed class CategoricalFocalCrossentropy : Loss
{
    /// <summary>The loss for targets of the outputs' shape.</summary>
    /// <param name="alpha">The weight of all classes, 0.25 by default, or one for each.</param>
    /// <param name="gamma">The exponent that reduces the weight of easy targets.</param>
    /// <param name="from_logits">Whether the model's outputs are logits.</param>
    /// <param name="label_smoothing">The share of each distribution that is spread evenly over the classes instead, from 0 to 1.</param>
    /// <param name="axis">The axis of classes.</param>
    /// <inheritdoc cref="Loss(string?, string?)"/>
    public CategoricalFocalCrossentropy(NDArray? alpha = null, double gamma = 2.0, bool from_logits = false, double label_smoothing = 0.0, int axis = -1,
        string? reduction = "sum_over_batch_size", string name = "categorical_focal_crossentropy")
        : base(name, reduction)
    {
        (this.alpha, this.gamma, this.from_logits) = (alpha ?? 0.25, gamma, from_logits);
        (this.label_smoothing, this.axis) = (label_smoothing, axis);
    }

    /// <summary>The weight of all classes, or one for each.</summary>
    public NDArray alpha { get; }

    /// <summary>The exponent that reduces the weight of easy targets.</summary>
    public double gamma { get; }

    /// <summary>Whether the model's outputs are logits.</summary>
    public bool from_logits { get; }

    /// <summary>The share of each distribution that is spread evenly over the classes instead.</summary>
    public double label_smoothing { get; }

    /// <summary>The axis of classes.</summary>
    public int axis { get; }

    /// <inheritdoc/>
    protected internal override void Check(Shape targets, Shape outputs)
    {
        RequireSameShape(targets, outputs);
        if (alpha.ndim > 1 || (alpha.size != 1 && alpha.size != outputs[^1]))
            throw new ValueError($"Loss '{name}' has one weight, or one for each class. Received: alpha={alpha}, output.shape={outputs[1..].WithBatch(null)}");
    }

    /// <inheritdoc/>
    protected internal override Tensor Call(Graph g, Tensor y_true, Tensor y_pred)
    {
        (y_true, y_pred) = SameRank(g, y_true, y_pred);
        // The number of classes is the last axis' size whatever the axis, as in Keras.
        if (label_smoothing != 0) y_true = g.Shift(g.Scale(y_true, (float)(1 - label_smoothing)), (float)(label_smoothing / y_true.Columns));
        if (from_logits) y_pred = new Softmax(axis).Call(g, y_pred);
        var p = g.Clip(g.Divide(y_pred, g.Sum(y_pred, [axis], keepdims: true)), Epsilon, 1 - Epsilon);
        var losses = g.Scale(g.Multiply(y_true, g.Log(p)), -1);
        var hardness = g.Power(g.Shift(g.Scale(p, -1), 1), (float)gamma);
        // The weights go along the last axis whatever the axis of classes, as in Keras.
        var weights = alpha.size == 1 ? g.Scale(hardness, (float)alpha.item()) : g.Multiply(hardness, g.Lift(alpha));
        return g.Sum(g.Multiply(weights, losses), [axis]);
    }
}
