using KerasPort.Constraints;
using KerasPort.Graphs;
using KerasPort.Initializers;
using KerasPort.Regularizers;
using KerasPort.Saving;

namespace KerasPort.Layers;

/// <summary>
/// y = gamma · (x - mean) / √(variance + epsilon) + beta, with the mean and the variance of each sample over some axes.
/// Source: Ba, Kiros and Hinton, Layer normalization (2016).
/// </summary>
[OnlySetting("rms_scaling", false)]
public class LayerNormalization : AffineNormalization
{
    private readonly Axes _axis;

    /// <summary>A normalization of each sample.</summary>
    /// <param name="axis">The axis or axes that are normalized, counted with the batch; the last by default.</param>
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
    public LayerNormalization(Axes? axis = null, double epsilon = 0.001, bool center = true, bool scale = true, InitialValues beta_initializer = default,
        InitialValues gamma_initializer = default, Regularizer? beta_regularizer = null, Regularizer? gamma_regularizer = null,
        Constraint? beta_constraint = null, Constraint? gamma_constraint = null, Shape? input_shape = null, string? name = null)
        : base(epsilon, center, scale, beta_initializer, gamma_initializer, beta_regularizer, gamma_regularizer, beta_constraint, gamma_constraint,
            input_shape, name) => _axis = axis ?? -1;

    /// <summary>The axis or axes that are normalized; after the layer is built a list in order, as in Keras.</summary>
    public Axes axis => built ? _axis.Sorted : _axis;

    /// <inheritdoc/>
    protected internal override void CheckInput(Shape input_shape)
    {
        int[] axes = axis.Of(input_shape);
        if (!built || variables.Count == 0) return;
        for (int i = 0; i < axes.Length; i++) RequireAxis(input_shape, axes[i], WeightAt(0).shape[i]);
    }

    /// <inheritdoc/>
    protected internal override IEnumerable<Weight> Weights(Shape input_shape) =>
        GammaAndBeta([.. axis.Of(input_shape).Select(at => LastAxis(new Shape(input_shape[0], input_shape[at])))]);

    /// <inheritdoc/>
    protected internal override Tensor Call(Graph g, Tensor x)
    {
        int rank = x.shape.Rank;
        var (shape, axes) = (x.shape, axis.Of(x.shape));
        // If the normalized axes are the last ones, they are the columns of a matrix, and the kernels broadcast the means over them.
        bool areLast = axes[0] == rank - axes.Length && axes[^1] == rank - 1;
        if (areLast) (x, axes) = (g.Reshape(x, (shape[..axes[0]].Size, shape[axes[0]..].Size)), [1]);
        Tensor Along(Tensor values) => g.Reshape(values, areLast ? new Shape(x.Columns)
            : new Shape([.. Enumerable.Range(0, rank).Select(at => axes.Contains(at) ? shape[at] : 1)]));
        var centred = g.Subtract(x, g.Mean(x, axes, keepdims: true));
        var y = g.Multiply(centred, g.InverseRoot(g.Mean(g.Square(centred), axes, keepdims: true), (float)epsilon));
        if (Gamma(g) is { } gamma) y = g.Multiply(y, Along(gamma));
        if (Beta(g) is { } beta) y = g.Add(y, Along(beta));
        return g.Reshape(y, shape);
    }
}
