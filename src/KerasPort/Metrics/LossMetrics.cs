using KerasPort.Graphs;

namespace KerasPort.Metrics;

/// <summary>The mean of (target - output)² over a sample's outputs.</summary>
[Alias("mse", "MSE")]
public sealed class MeanSquaredError : LossMetric
{
    /// <summary>The mean squared error.</summary>
    public MeanSquaredError(string name = "mean_squared_error") : base(new Losses.MeanSquaredError(), name) { }
}

/// <summary>The mean of |target - output| over a sample's outputs.</summary>
[Alias("mae", "MAE")]
public sealed class MeanAbsoluteError : LossMetric
{
    /// <summary>The mean absolute error.</summary>
    public MeanAbsoluteError(string name = "mean_absolute_error") : base(new Losses.MeanAbsoluteError(), name) { }
}

/// <summary>The root of the mean of (target - output)² over all samples so far.</summary>
public sealed class RootMeanSquaredError : LossMetric
{
    /// <summary>The root of the mean squared error.</summary>
    public RootMeanSquaredError(string name = "root_mean_squared_error") : base(new SquaredErrors(), name) { }

    /// <inheritdoc/>
    protected internal override double Result(ReadOnlySpan<float> state) => MathF.Sqrt((float)base.Result(state));

    /// <summary>The square of each error: each number of a vector is a sample, and each output may have a weight of its own.</summary>
    private sealed class SquaredErrors() : Losses.Loss("squared_errors")
    {
        protected internal override void Check(Shape targets, Shape outputs)
        {
            if (targets.Rank > 0 || outputs.Rank > 0) RequireSameElements(targets, outputs);
        }

        protected internal override Tensor Call(Graph g, Tensor y_true, Tensor y_pred)
        {
            (y_true, y_pred) = SameRank(g, y_true, y_pred);
            return g.Square(g.Subtract(y_true, y_pred));
        }
    }
}

/// <summary>The Kullback-Leibler divergence of the outputs from the targets, both distributions: see <see cref="Losses.KLDivergence"/>.</summary>
public sealed class KLDivergence : LossMetric
{
    /// <summary>The mean divergence.</summary>
    public KLDivergence(string name = "kl_divergence") : base(new Losses.KLDivergence(), name, squeezes: false) { }
}

/// <summary>The crossentropy of targets of 0 and 1: see <see cref="Losses.BinaryCrossentropy"/>.</summary>
[Alias("bce", "BCE")]
public sealed class BinaryCrossentropy : LossMetric
{
    /// <summary>The mean crossentropy of probabilities, or of logits.</summary>
    public BinaryCrossentropy(string name = "binary_crossentropy", bool from_logits = false, double label_smoothing = 0)
        : base(new Losses.BinaryCrossentropy(from_logits, label_smoothing), name, squeezes: false) =>
        (this.from_logits, this.label_smoothing) = (from_logits, label_smoothing);

    /// <summary>Whether outputs are logits.</summary>
    public bool from_logits { get; }

    /// <summary>The share of each target that is replaced by one half.</summary>
    public double label_smoothing { get; }
}

/// <summary>The crossentropy of targets that are a distribution each: see <see cref="Losses.CategoricalCrossentropy"/>.</summary>
public sealed class CategoricalCrossentropy : LossMetric
{
    /// <summary>The mean crossentropy of probabilities, or of logits.</summary>
    public CategoricalCrossentropy(string name = "categorical_crossentropy", bool from_logits = false, double label_smoothing = 0, int axis = -1)
        : base(new Losses.CategoricalCrossentropy(from_logits, label_smoothing, axis), name, squeezes: false) =>
        (this.from_logits, this.label_smoothing, this.axis) = (from_logits, label_smoothing, axis);

    /// <summary>Whether outputs are logits.</summary>
    public bool from_logits { get; }

    /// <summary>The share of each distribution that is spread evenly over the classes instead.</summary>
    public double label_smoothing { get; }

    /// <summary>The axis of classes.</summary>
    public int axis { get; }
}

/// <summary>The crossentropy of class numbers: see <see cref="Losses.SparseCategoricalCrossentropy"/>.</summary>
public sealed class SparseCategoricalCrossentropy : LossMetric
{
    /// <summary>The mean crossentropy of probabilities, or of logits; samples of <paramref name="ignore_class"/> count as 0, as in Keras.</summary>
    public SparseCategoricalCrossentropy(string name = "sparse_categorical_crossentropy", bool from_logits = false, int? ignore_class = null, int axis = -1)
        : base(new Losses.SparseCategoricalCrossentropy(from_logits, ignore_class, axis: axis), name) =>
        (this.from_logits, this.ignore_class, this.axis) = (from_logits, ignore_class, axis);

    /// <summary>Whether outputs are logits.</summary>
    public bool from_logits { get; }

    /// <summary>The label of samples that count as 0.</summary>
    public int? ignore_class { get; }

    /// <summary>The axis of classes.</summary>
    public int axis { get; }
}
