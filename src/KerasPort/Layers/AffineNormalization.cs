using KerasPort.Constraints;
using KerasPort.Graphs;
using KerasPort.Initializers;
using KerasPort.Regularizers;

namespace KerasPort.Layers;

/// <summary>A normalization that ends with · gamma + beta, which have a number for each place along some axes.</summary>
public abstract class AffineNormalization : Layer
{
    private protected AffineNormalization(double epsilon, bool center, bool scale, InitialValues beta_initializer, InitialValues gamma_initializer,
        Regularizer? beta_regularizer, Regularizer? gamma_regularizer, Constraint? beta_constraint, Constraint? gamma_constraint, Shape? input_shape,
        string? name) : base(name, input_shape)
    {
        (this.epsilon, this.center, this.scale) = (epsilon, center, scale);
        (this.beta_initializer, this.gamma_initializer) = (beta_initializer.Or("zeros"), gamma_initializer.Or("ones"));
        (this.beta_regularizer, this.gamma_regularizer) = (beta_regularizer, gamma_regularizer);
        (this.beta_constraint, this.gamma_constraint) = (beta_constraint, gamma_constraint);
    }

    /// <summary>A small number that is added to the variance, so that nothing is divided by 0.</summary>
    public double epsilon { get; }

    /// <summary>Whether there is a beta.</summary>
    public bool center { get; }

    /// <summary>Whether there is a gamma.</summary>
    public bool scale { get; }

    /// <summary>First values of beta.</summary>
    public Initializer? beta_initializer { get; }

    /// <summary>First values of gamma.</summary>
    public Initializer? gamma_initializer { get; }

    /// <summary>The regularizer of beta, whose penalty is added to the loss.</summary>
    public Regularizer? beta_regularizer { get; }

    /// <summary>The regularizer of gamma, whose penalty is added to the loss.</summary>
    public Regularizer? gamma_regularizer { get; }

    /// <summary>The constraint that is applied to beta after each step.</summary>
    public Constraint? beta_constraint { get; }

    /// <summary>The constraint that is applied to gamma after each step.</summary>
    public Constraint? gamma_constraint { get; }

    internal override bool PassesMask => true;

    /// <inheritdoc/>
    public override Shape compute_output_shape(Shape input_shape) => input_shape;

    /// <summary>Gamma and beta of that shape, if the layer has them.</summary>
    private protected IEnumerable<Weight> GammaAndBeta(int[] shape)
    {
        if (scale) yield return new("gamma", shape, gamma_initializer, Constraint: gamma_constraint, Regularizer: gamma_regularizer);
        if (center) yield return new("beta", shape, beta_initializer, Constraint: beta_constraint, Regularizer: beta_regularizer);
    }

    /// <summary>Gamma; <c>null</c> for none.</summary>
    private protected Tensor? Gamma(Graph g) => scale ? g.Variable(WeightAt(0)) : null;

    /// <summary>Beta; <c>null</c> for none.</summary>
    private protected Tensor? Beta(Graph g) => center ? g.Variable(WeightAt(scale ? 1 : 0)) : null;
}
