using KerasPort.Constraints;
using KerasPort.Graphs;
using KerasPort.Initializers;
using KerasPort.Regularizers;

namespace KerasPort.Layers;

/// <summary>
/// y = gamma · (x - mean) / √(variance + epsilon) + beta, with the mean and the variance of each group of channels in each sample.
/// Source: Wu and He, Group normalization (2018).
/// </summary>
public class GroupNormalization : AffineNormalization
{
    /// <summary>A normalization of groups of channels.</summary>
    /// <param name="groups">The number of groups; -1 for one group per channel, which is instance normalization.</param>
    /// <param name="axis">The axis of the channels, counted with the batch; the last by default.</param>
    /// <param name="epsilon">A small number that is added to the variance, so that nothing is divided by 0.</param>
    /// <param name="center">Whether there is a beta.</param>
    /// <param name="scale">Whether there is a gamma.</param>
    /// <param name="beta_initializer">First values of beta; zeros by default.</param>
    /// <param name="gamma_initializer">First values of gamma; ones by default.</param>
    /// <param name="beta_regularizer">The regularizer of beta, whose penalty is added to the loss; none by default.</param>
    /// <param name="gamma_regularizer">The regularizer of gamma, whose penalty is added to the loss; none by default.</param>
    /// <param name="beta_constraint">The constraint that is applied to beta after each step; none by default.</param>
    /// <param name="gamma_constraint">The constraint that is applied to gamma after each step; none by default.</param>
    /// <inheritdoc cref="Layer(string?, Shape?)"/>
    /// <exception cref="ValueError">The number of groups is neither positive nor -1.</exception>
    public GroupNormalization(int groups = 32, int axis = -1, double epsilon = 0.001, bool center = true, bool scale = true,
        InitialValues beta_initializer = default, InitialValues gamma_initializer = default, Regularizer? beta_regularizer = null,
        Regularizer? gamma_regularizer = null, Constraint? beta_constraint = null, Constraint? gamma_constraint = null, Shape? input_shape = null,
        string? name = null)
        : base(epsilon, center, scale, beta_initializer, gamma_initializer, beta_regularizer, gamma_regularizer, beta_constraint, gamma_constraint,
            input_shape, name)
    {
        this.groups = groups is > 0 or -1 ? groups
            : throw new ValueError("Received an invalid value for argument `groups`, expected a positive integer (or `-1` for instance normalization). "
                + $"Received: groups={groups}");
        this.axis = axis;
    }

    /// <summary>The number of groups; -1 becomes the number of channels when the layer is built.</summary>
    public int groups { get; private set; }

    /// <summary>The axis of the channels.</summary>
    public int axis { get; }

    /// <inheritdoc/>
    protected internal override void CheckInput(Shape input_shape)
    {
        int at = Channels(input_shape);
        if (built && variables.Count > 0) RequireAxis(input_shape, axis, WeightAt(0).shape[0]);
        if (input_shape[at] is not { } channels)
            throw new ValueError($"Axis {axis} of input tensor should have a defined dimension but the layer received an input with shape {input_shape}.");
        if (channels < groups) throw new ValueError($"Number of groups ({groups}) cannot be more than the number of channels ({channels}).");
        if (channels % groups != 0) throw new ValueError($"Number of groups ({groups}) must be a multiple of the number of channels ({channels}).");
    }

    /// <inheritdoc/>
    public override Shape compute_output_shape(Shape input_shape)
    {
        Channels(input_shape);
        return input_shape;
    }

    /// <inheritdoc/>
    protected internal override IEnumerable<Weight> Weights(Shape input_shape)
    {
        int channels = input_shape[Channels(input_shape)]!.Value;
        if (groups == -1) groups = channels;
        return GammaAndBeta([channels]);
    }

    /// <inheritdoc/>
    protected internal override Tensor Call(Graph g, Tensor x)
    {
        var (shape, at) = (x.shape, Channels(x.shape));
        int channels = shape[at]!.Value;
        // [samples, before, groups, channels of a group, behind]
        var grouped = g.Reshape(x, new Shape(shape[0], shape[1..at].Size, groups, channels / groups, shape[(at + 1)..].Size));
        Axes over = [1, 3, 4];
        var centred = g.Subtract(grouped, g.Mean(grouped, over, keepdims: true));
        var y = g.Reshape(g.Multiply(centred, g.InverseRoot(g.Mean(g.Square(centred), over, keepdims: true), (float)epsilon)), shape);
        Tensor Along(Tensor values) => g.Reshape(values, new Shape([channels, .. shape[(at + 1)..].Select(_ => (int?)1)]));
        if (Gamma(g) is { } gamma) y = g.Multiply(y, Along(gamma));
        return Beta(g) is { } beta ? g.Add(y, Along(beta)) : y;
    }

    private int Channels(Shape input)
    {
        if (axis >= input.Rank || axis < -input.Rank)
            throw new ValueError($"Axis {axis} is out of bounds for input shape {input}. Received: axis={axis}");
        int at = (axis + input.Rank) % input.Rank;
        return at > 0 ? at : throw new ValueError(
            $"Layer '{name}' takes an axis of its input that isn't the batch's. Received: axis={axis}, input_shape={input}");
    }
}
