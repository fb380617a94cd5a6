using KerasPort.Engines;
using KerasPort.Engines.Formulas;
using KerasPort.Graphs;

namespace KerasPort.Optimizers;

/// <summary>
/// w -= lr·sign(β₁·m + (1 - β₁)·g), m = β₂·m + (1 - β₂)·g.
/// Source: Chen et al., Symbolic discovery of optimization algorithms (2023), in the form that Keras computes.
/// </summary>
public sealed class Lion : Optimizer
{
    /// <summary>Lion with Keras' defaults.</summary>
    /// <param name="learning_rate">A number of 0 or more, or a schedule; 0.001 by default.</param>
    /// <param name="beta_1">β₁, the share of the mean in the step's direction.</param>
    /// <param name="beta_2">β₂, the decay of the mean of gradients.</param>
    /// <inheritdoc cref="Optimizer(LearningRate, double?, double?, double?, double?, bool, double, int?, double?, int?, string?)"/>
    /// <exception cref="ValueError">… or β₁ isn't above 0 and at most 1.</exception>
    public Lion(LearningRate? learning_rate = null, double beta_1 = 0.9, double beta_2 = 0.99,
        double? weight_decay = null, double? clipnorm = null, double? clipvalue = null, double? global_clipnorm = null,
        bool use_ema = false, double ema_momentum = 0.99, int? ema_overwrite_frequency = null,
        double? loss_scale_factor = null, int? gradient_accumulation_steps = null, string? name = null)
        : base(learning_rate ?? 0.001, weight_decay, clipnorm, clipvalue, global_clipnorm,
            use_ema, ema_momentum, ema_overwrite_frequency, loss_scale_factor, gradient_accumulation_steps, name)
    {
        if (!(beta_1 is > 0 and <= 1))
            throw new ValueError("Argument `beta_1` must be in the [0, 1] range. Otherwise, the optimizer degenerates to SignSGD. "
                + $"Received: beta_1={PythonText.Str(beta_1)}.");
        (this.beta_1, this.beta_2) = (beta_1, beta_2);
    }

    /// <summary>β₁, the share of the mean in the step's direction.</summary>
    public double beta_1 { get; }

    /// <summary>β₂, the decay of the mean of gradients.</summary>
    public double beta_2 { get; }

    /// <inheritdoc/>
    protected internal override string[][] Slots => [["momentum"]];

    /// <inheritdoc/>
    protected internal override void Update(Kernels kernels, VariableUpdate update) =>
        update.Run(kernels, new LionFormula((float)learning_rate, (float)beta_1, 1 - (float)beta_1, (float)beta_2, 1 - (float)beta_2));
}

/// <summary>Lion's step on w with gradient g and the mean m.</summary>
internal readonly record struct LionFormula(float Rate, float Beta1, float OneMinusBeta1, float Beta2, float OneMinusBeta2) : IFormula
{
    public static int Reads => 0b111;

    public static int Writes => 0b101;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void At<T, M>(ref T w, ref T g, ref T m, ref T d, ref T e, ref T f) where M : struct, IMath<T>
    {
        T direction = M.Add(M.Multiply(m, M.Splat(Beta1)), M.Multiply(g, M.Splat(OneMinusBeta1)));
        // 0 and NaN are their own signs.
        T sign = M.Select(M.Greater(M.Abs(direction), M.Splat(0)), M.CopySign(M.Splat(1), direction), direction);
        w = M.Subtract(w, M.Multiply(M.Splat(Rate), sign));
        m = M.Add(M.Multiply(m, M.Splat(Beta2)), M.Multiply(g, M.Splat(OneMinusBeta2)));
    }
}
