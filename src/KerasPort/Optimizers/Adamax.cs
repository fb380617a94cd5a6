using KerasPort.Engines;
using KerasPort.Engines.Formulas;
using KerasPort.Graphs;

namespace KerasPort.Optimizers;

/// <summary>
/// m += (g - m)·(1 - β₁), u = max(β₂·u, |g|), w -= lr·m / ((1 - β₁ᵗ)·(u + ε)).
/// Source: Kingma and Ba, Adam: a method for stochastic optimization (2015), section 7.1, in the form that Keras computes.
/// </summary>
public sealed class Adamax : Optimizer
{
    private const int Norm = 1;

    /// <summary>Adamax with Keras' defaults.</summary>
    /// <param name="learning_rate">A number of 0 or more, or a schedule; 0.001 by default.</param>
    /// <param name="beta_1">β₁, the decay of the mean of gradients.</param>
    /// <param name="beta_2">β₂, the decay of the largest gradient.</param>
    /// <param name="epsilon">ε, which keeps the quotient finite.</param>
    /// <inheritdoc cref="Optimizer(LearningRate, double?, double?, double?, double?, bool, double, int?, double?, int?, string?)"/>
    public Adamax(LearningRate? learning_rate = null, double beta_1 = 0.9, double beta_2 = 0.999, double epsilon = 1e-7,
        double? weight_decay = null, double? clipnorm = null, double? clipvalue = null, double? global_clipnorm = null,
        bool use_ema = false, double ema_momentum = 0.99, int? ema_overwrite_frequency = null,
        double? loss_scale_factor = null, int? gradient_accumulation_steps = null, string? name = null)
        : base(learning_rate ?? 0.001, weight_decay, clipnorm, clipvalue, global_clipnorm,
            use_ema, ema_momentum, ema_overwrite_frequency, loss_scale_factor, gradient_accumulation_steps, name) =>
        (this.beta_1, this.beta_2, this.epsilon) = (beta_1, beta_2, epsilon);

    /// <summary>β₁, the decay of the mean of gradients.</summary>
    public double beta_1 { get; }

    /// <summary>β₂, the decay of the largest gradient.</summary>
    public double beta_2 { get; }

    /// <summary>ε, which keeps the quotient finite.</summary>
    public double epsilon { get; }

    /// <inheritdoc/>
    protected internal override string[][] Slots => [["momentum", "norm"]];

    private protected override void AddStep(Graph g, VariableStep step)
    {
        // The formula measures the gradient. The sum of the rows' sizes is at least as large, and goes before it, as much larger as it then decays.
        if (step.IsOfRows && beta_2 > 0) g.Store(step.Slot(Norm), g.Maximum(step.Slot(Norm), g.Scale(step.Sizes, (float)(1 / beta_2))));
        step.AddUpdate(this);
    }

    /// <inheritdoc/>
    protected internal override void Update(Kernels kernels, VariableUpdate update)
    {
        float share = 1 - MathF.Pow((float)beta_1, iterations + 1);
        update.Run(kernels, new AdamaxFormula((float)learning_rate, (float)(1 - beta_1), (float)beta_2, share, (float)epsilon));
    }
}

/// <summary>Adamax' step on w with gradient g, m and u.</summary>
/// <param name="Rate">The learning rate.</param>
/// <param name="OneMinusBeta1">1 - β₁.</param>
/// <param name="Beta2">β₂.</param>
/// <param name="Share">1 - β₁ᵗ, what m has of a whole mean.</param>
/// <param name="Epsilon">ε.</param>
internal readonly record struct AdamaxFormula(float Rate, float OneMinusBeta1, float Beta2, float Share, float Epsilon) : IFormula
{
    public static int Reads => 0b1111;

    public static int Writes => 0b1101;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void At<T, M>(ref T w, ref T g, ref T m, ref T u, ref T e, ref T f) where M : struct, IMath<T>
    {
        m = M.Add(m, M.Multiply(M.Subtract(g, m), M.Splat(OneMinusBeta1)));
        T decayed = M.Multiply(M.Splat(Beta2), u), size = M.Abs(g);
        u = M.Select(M.Greater(decayed, size), decayed, size);
        w = M.Subtract(w, M.Divide(M.Multiply(M.Splat(Rate), m), M.Multiply(M.Splat(Share), M.Add(u, M.Splat(Epsilon)))));
    }
}
