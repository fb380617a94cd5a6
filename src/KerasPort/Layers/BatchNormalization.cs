using KerasPort.Constraints;
using KerasPort.Graphs;
using KerasPort.Initializers;
using KerasPort.Regularizers;
using KerasPort.Saving;

namespace KerasPort.Layers;

/// <summary>
/// y = gamma · (x - mean) / √(variance + epsilon) + beta, channel by channel. In training mean and variance are those of the batch, and update
/// moving_mean and moving_variance: moving = moving · momentum + batch's · (1 - momentum). Otherwise the moving ones are used; a frozen layer uses
/// them in training too.
/// Source: Ioffe and Szegedy, Batch normalization (2015).
/// </summary>
/// <example><code>
/// var model = keras.Sequential([
///     keras.Input((28, 28, 1)),
///     keras.layers.Conv2D(8, 3, use_bias: false),
///     keras.layers.BatchNormalization(),
///     keras.layers.ReLU(),
/// ]);
/// print(len(model.trainable_weights), len(model.non_trainable_weights));    // 3 2
/// </code></example>
[OnlySetting("synchronized", false), OnlySetting("renorm", false)]
[OnlySetting("renorm_clipping", null), OnlySetting("renorm_momentum", 0.99)]
public class BatchNormalization : AffineNormalization
{
    /// <summary>A normalization of each channel.</summary>
    /// <param name="axis">The axis of the channels, counted with the batch; the last by default.</param>
    /// <param name="momentum">The share of the moving mean and variance that stays with each batch.</param>
    /// <param name="epsilon">A small number that is added to the variance, so that nothing is divided by 0.</param>
    /// <param name="center">Whether there is a beta.</param>
    /// <param name="scale">Whether there is a gamma.</param>
    /// <param name="beta_initializer">First values of beta; zeros by default.</param>
    /// <param name="gamma_initializer">First values of gamma; ones by default.</param>
    /// <param name="moving_mean_initializer">First values of the moving mean; zeros by default.</param>
    /// <param name="moving_variance_initializer">First values of the moving variance; ones by default.</param>
    /// <param name="beta_regularizer">The regularizer of beta, whose penalty is added to the loss; none by default.</param>
    /// <param name="gamma_regularizer">The regularizer of gamma, whose penalty is added to the loss; none by default.</param>
    /// <param name="beta_constraint">The constraint that is applied to beta after each step; none by default.</param>
    /// <param name="gamma_constraint">The constraint that is applied to gamma after each step; none by default.</param>
    /// <inheritdoc cref="Layer(string?, Shape?)"/>
    public BatchNormalization(int axis = -1, double momentum = 0.99, double epsilon = 0.001, bool center = true, bool scale = true,
        InitialValues beta_initializer = default, InitialValues gamma_initializer = default, InitialValues moving_mean_initializer = default,
        InitialValues moving_variance_initializer = default, Regularizer? beta_regularizer = null, Regularizer? gamma_regularizer = null,
        Constraint? beta_constraint = null, Constraint? gamma_constraint = null, Shape? input_shape = null, string? name = null)
        : base(epsilon, center, scale, beta_initializer, gamma_initializer, beta_regularizer, gamma_regularizer, beta_constraint, gamma_constraint,
            input_shape, name)
    {
        (this.axis, this.momentum) = (axis, momentum);
        (this.moving_mean_initializer, this.moving_variance_initializer) = (moving_mean_initializer.Or("zeros"), moving_variance_initializer.Or("ones"));
    }

    /// <summary>The axis of the channels.</summary>
    public int axis { get; }

    /// <summary>The share of the moving mean and variance that stays with each batch.</summary>
    public double momentum { get; }

    /// <summary>First values of the moving mean.</summary>
    public Initializer? moving_mean_initializer { get; }

    /// <summary>First values of the moving variance.</summary>
    public Initializer? moving_variance_initializer { get; }

    internal override bool TakesMask => true;

    /// <inheritdoc/>
    protected internal override void CheckInput(Shape input_shape)
    {
        RequireRank(input_shape, 2, atLeast: true);
        // An axis that the input doesn't have is refused.
        _ = Channels(input_shape.Rank);
        if (built) RequireAxis(input_shape, axis, WeightAt(0).shape[0]);
    }

    /// <inheritdoc/>
    protected internal override IEnumerable<Weight> Weights(Shape input_shape)
    {
        int[] channels = [LastAxis(new Shape(input_shape[0], input_shape[Channels(input_shape.Rank)]))];
        foreach (var weight in GammaAndBeta(channels)) yield return weight;
        yield return new("moving_mean", channels, moving_mean_initializer, Trainable: false);
        yield return new("moving_variance", channels, moving_variance_initializer, Trainable: false);
    }

    /// <inheritdoc/>
    protected internal override Tensor Call(Graph g, Tensor x)
    {
        Variable movingMean = WeightAt(^2), movingVariance = WeightAt(^1);
        bool ofBatch = g.Training && trainable;
        // If the channels aren't last, they change places with the last axis, and back at the end.
        int last = x.shape.Rank - 1, channels = Channels(x.shape.Rank);
        int[] swapped = [.. Enumerable.Range(0, last + 1)];
        (swapped[channels], swapped[last]) = (last, channels);
        // Mean and variance leave out masked steps.
        Tensor? counts = ofBatch && x.Mask is { } mask ? Counted(g, mask, x) : null;
        if (channels != last) (x, counts) = (g.Transpose(x, swapped), counts is null ? null : g.Transpose(counts, swapped));
        Tensor mean = g.Variable(movingMean), variance = g.Variable(movingVariance);
        Tensor? gamma = Gamma(g), beta = Beta(g);
        if (counts is not null)
        {
            var number = g.Shift(g.SumOverPieces(g.SumRows(counts)), 1e-7f);
            Tensor mean0 = g.Divide(g.SumOverPieces(g.SumRows(g.WhereMasked(counts, x))), number), centred = g.Subtract(x, mean0);
            var variance0 = g.Divide(g.SumOverPieces(g.SumRows(g.Square(g.WhereMasked(counts, centred)))), number);
            g.Assign(movingMean, Moved(g, mean, mean0));
            g.Assign(movingVariance, Moved(g, variance, variance0));
            var normalized = g.Multiply(centred, g.InverseRoot(variance0, (float)epsilon));
            if (gamma is not null) normalized = g.Multiply(normalized, gamma);
            if (beta is not null) normalized = g.Add(normalized, beta);
            return channels == last ? normalized : g.Transpose(normalized, swapped);
        }
        if (ofBatch)
        {
            mean = g.MeanOverBatch(x);
            g.Assign(movingMean, Moved(g, g.Variable(movingMean), mean));
            variance = g.VarianceOverBatch(x, mean);
            g.Assign(movingVariance, Moved(g, g.Variable(movingVariance), variance));
        }
        var y = g.Normalize(x, mean, g.InverseRoot(variance, (float)epsilon), gamma, beta, ofBatch);
        return channels == last ? y : g.Transpose(y, swapped);
    }

    private Tensor Counted(Graph g, Tensor mask, Tensor x) => mask.shape.Rank == x.shape.Rank - 1 ? g.MaskOver(mask, x)
        : throw new ValueError($"The mask provided should be one dimension less than the inputs. Received: mask.shape={mask.shape}, inputs.shape={x.shape}");

    private int Channels(int rank) => axis < rank && axis >= -rank && axis != 0 && axis != -rank ? (axis + rank) % rank
        : throw new ValueError($"Layer '{name}' takes an axis of its input that isn't the batch's, 1 to {rank - 1} or -1 to {1 - rank}. Received: axis={axis}");

    private Tensor Moved(Graph g, Tensor moving, Tensor batch) => g.Add(g.Scale(moving, (float)momentum), g.Scale(batch, (float)(1 - momentum)));
}
