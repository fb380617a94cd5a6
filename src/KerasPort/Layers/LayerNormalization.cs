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
public sealed class LayerNormalization : Layer
{
    /// <summary>A normalization of each sample.</summary>
    /// <param name="axis">The axis or axes that are normalized, counted with the batch; the last by default.</param>
    /// <param name="epsilon">What is added to the variance.</param>
    /// <param name="center">Whether there is a beta.</param>
    /// <param name="scale">Whether there is a gamma.</param>
    /// <param name="beta_initializer">First values of beta; zeros by default.</param>
    /// <param name="gamma_initializer">First values of gamma; ones by default.</param>
    /// <param name="beta_regularizer">What is added to the loss for beta; nothing by default.</param>
    /// <param name="gamma_regularizer">What is added to the loss for gamma; nothing by default.</param>
    /// <param name="beta_constraint">What beta becomes after each step; as it is by default.</param>
    /// <param name="gamma_constraint">What gamma becomes after each step; as it is by default.</param>
    /// <param name="input_shape">What goes in, for a model's first layer.</param>
    /// <param name="name">The layer's name.</param>
    public LayerNormalization(Axes? axis = null, double epsilon = 0.001, bool center = true, bool scale = true, Initializer? beta_initializer = null,
        Initializer? gamma_initializer = null, Regularizer? beta_regularizer = null, Regularizer? gamma_regularizer = null,
        Constraint? beta_constraint = null, Constraint? gamma_constraint = null, Shape? input_shape = null, string? name = null) : base(name, input_shape)
    {
        (this.axis, this.epsilon, this.center, this.scale) = (axis ?? -1, epsilon, center, scale);
        (this.beta_initializer, this.gamma_initializer) = (beta_initializer ?? new Zeros(), gamma_initializer ?? new Ones());
        (this.beta_regularizer, this.gamma_regularizer) = (beta_regularizer, gamma_regularizer);
        (this.beta_constraint, this.gamma_constraint) = (beta_constraint, gamma_constraint);
    }

    /// <summary>The axis or axes that are normalized.</summary>
    public Axes axis { get; }

    /// <summary>What is added to the variance.</summary>
    public double epsilon { get; }

    /// <summary>Whether there is a beta.</summary>
    public bool center { get; }

    /// <summary>Whether there is a gamma.</summary>
    public bool scale { get; }

    /// <summary>First values of beta.</summary>
    public Initializer beta_initializer { get; }

    /// <summary>First values of gamma.</summary>
    public Initializer gamma_initializer { get; }

    /// <summary>What is added to the loss for beta.</summary>
    public Regularizer? beta_regularizer { get; }

    /// <summary>What is added to the loss for gamma.</summary>
    public Regularizer? gamma_regularizer { get; }

    /// <summary>What beta becomes after each step.</summary>
    public Constraint? beta_constraint { get; }

    /// <summary>What gamma becomes after each step.</summary>
    public Constraint? gamma_constraint { get; }

    internal override bool TakesMask => true;

    /// <inheritdoc/>
    protected internal override void CheckInput(Shape input_shape)
    {
        int[] axes = axis.Of(input_shape);
        if (!built || variables.Count == 0) return;
        for (int i = 0; i < axes.Length; i++)
            if (input_shape[axes[i]] is { } size && size != variables[0].shape[i])
                throw new ValueError($"Input 0 with name 'None' of layer '{name}' is incompatible with the layer: expected axis {axes[i]} of input shape to "
                    + $"have value {variables[0].shape[i]}, but received input with shape {input_shape}");
    }

    /// <inheritdoc/>
    public override Shape compute_output_shape(Shape input_shape) => input_shape;

    /// <inheritdoc/>
    protected internal override IEnumerable<Weight> Weights(Shape input_shape)
    {
        int[] shape = [.. axis.Of(input_shape).Select(at => LastAxis(new Shape(input_shape[0], input_shape[at])))];
        if (scale) yield return new("gamma", shape, gamma_initializer, Constraint: gamma_constraint);
        if (center) yield return new("beta", shape, beta_initializer, Constraint: beta_constraint);
    }

    /// <inheritdoc/>
    protected internal override Tensor Call(Graph g, Tensor x)
    {
        int rank = x.shape.Rank;
        var (shape, axes) = (x.shape, axis.Of(x.shape));
        // Axes at the end are the columns of a matrix, whose means kernels spread by themselves.
        bool areLast = axes[0] == rank - axes.Length && axes[^1] == rank - 1;
        if (areLast) (x, axes) = (g.Reshape(x, (shape[..axes[0]].Size, shape[axes[0]..].Size)), [1]);
        Tensor Along(Variable variable) => g.Reshape(g.Variable(variable), areLast ? new Shape(x.Columns)
            : new Shape([.. Enumerable.Range(0, rank).Select(at => axes.Contains(at) ? shape[at] : 1)]));
        var centred = g.Subtract(x, g.Mean(x, axes, keepdims: true));
        var y = g.Multiply(centred, g.InverseRoot(g.Mean(g.Square(centred), axes, keepdims: true), (float)epsilon));
        if (scale)
        {
            g.Regularize(variables[0], gamma_regularizer);
            y = g.Multiply(y, Along(variables[0]));
        }
        if (center)
        {
            g.Regularize(variables[^1], beta_regularizer);
            y = g.Add(y, Along(variables[^1]));
        }
        return g.Reshape(y, shape);
    }
}
