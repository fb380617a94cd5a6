using KerasPort.Engines;
using KerasPort.Engines.Formulas;
using KerasPort.Graphs;

namespace KerasPort.Optimizers;

/// <summary>
/// AdamW that needs no schedule: v += (g² - v)·(1 - β₂), z -= lr·g / (√(v / (1 - β₂ᵗ)) + ε), x = (1 - 1/t)·x + z/t, w = (1 - β₁)·z + β₁·x, where
/// x before the step follows from w and z: x = (w - (1 - β₁)·z) / β₁. The rate grows over the steps of warmup.
/// Source: Defazio et al., The road less scheduled (2024), in the form that Keras computes: in its <c>fit</c> on TensorFlow z begins as 0, not as w,
/// and x before the step follows from the new z.
/// </summary>
public sealed class ScheduleFreeAdamW : Optimizer
{
    /// <summary>Schedule-free AdamW with Keras' defaults.</summary>
    /// <param name="learning_rate">A number of 0 or more, or a schedule; 0.0025 by default.</param>
    /// <param name="beta_1">β₁, the share of the average x in the weight.</param>
    /// <param name="beta_2">β₂, the decay of the mean of squared gradients.</param>
    /// <param name="epsilon">ε, which keeps the quotient finite.</param>
    /// <param name="warmup_steps">The steps in which the rate grows from 0 to all of it.</param>
    /// <inheritdoc cref="Optimizer(LearningRate, double?, double?, double?, double?, bool, double, int?, double?, int?, string?)"/>
    public ScheduleFreeAdamW(LearningRate? learning_rate = null, double beta_1 = 0.9, double beta_2 = 0.999, double epsilon = 1e-8,
        int warmup_steps = 0, double? weight_decay = null, double? clipnorm = null, double? clipvalue = null, double? global_clipnorm = null,
        bool use_ema = false, double ema_momentum = 0.99, int? ema_overwrite_frequency = null,
        double? loss_scale_factor = null, int? gradient_accumulation_steps = null, string? name = null)
        : base(learning_rate ?? 0.0025, weight_decay, clipnorm, clipvalue, global_clipnorm,
            use_ema, ema_momentum, ema_overwrite_frequency, loss_scale_factor, gradient_accumulation_steps, name) =>
        (this.beta_1, this.beta_2, this.epsilon, this.warmup_steps) = (beta_1, beta_2, epsilon, warmup_steps);

    /// <summary>β₁, the share of the average x in the weight.</summary>
    public double beta_1 { get; }

    /// <summary>β₂, the decay of the mean of squared gradients.</summary>
    public double beta_2 { get; }

    /// <summary>ε, which keeps the quotient finite.</summary>
    public double epsilon { get; }

    /// <summary>The steps in which the rate grows from 0 to all of it.</summary>
    public int warmup_steps { get; }

    private protected override (int Slot, float Share)? SquareSlot => beta_2 > 0 ? (1, (float)((1 - beta_2) / beta_2)) : null;

    /// <inheritdoc/>
    protected internal override string[][] Slots => [["momentum", "velocity"]];

    /// <inheritdoc/>
    protected internal override void Update(Kernels kernels, VariableUpdate update)
    {
        float rate = (float)learning_rate, step = iterations + 1, beta1 = (float)beta_1, beta2 = (float)beta_2;
        if (warmup_steps > 0) rate *= MathF.Min(step / warmup_steps, 1);
        update.Run(kernels, new ScheduleFreeFormula(rate, beta1, 1 - beta1, 1 - beta2, 1 - MathF.Pow(beta2, step), (float)epsilon, 1 / step, 1 - 1 / step));
    }
}

/// <summary>A schedule-free step on w with gradient g, z and v.</summary>
/// <param name="Rate">The learning rate.</param>
/// <param name="Beta1">β₁.</param>
/// <param name="OneMinusBeta1">1 - β₁.</param>
/// <param name="OneMinusBeta2">1 - β₂.</param>
/// <param name="SquareShare">1 - β₂ᵗ.</param>
/// <param name="Epsilon">ε.</param>
/// <param name="Share">1/t.</param>
/// <param name="OneMinusShare">1 - 1/t.</param>
internal readonly record struct ScheduleFreeFormula(float Rate, float Beta1, float OneMinusBeta1, float OneMinusBeta2, float SquareShare,
    float Epsilon, float Share, float OneMinusShare) : IFormula
{
    public static int Reads => 0b1111;

    public static int Writes => 0b1101;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void At<T, M>(ref T w, ref T g, ref T z, ref T v, ref T e, ref T f) where M : struct, IMath<T>
    {
        v = M.Add(v, M.Multiply(M.Subtract(M.Multiply(g, g), v), M.Splat(OneMinusBeta2)));
        T root = M.Add(M.Sqrt(M.Divide(v, M.Splat(SquareShare))), M.Splat(Epsilon));
        z = M.Subtract(z, M.Divide(M.Multiply(M.Splat(Rate), g), root));
        T x = M.Divide(M.Subtract(w, M.Multiply(M.Splat(OneMinusBeta1), z)), M.Splat(Beta1));
        x = M.Add(M.Multiply(M.Splat(OneMinusShare), x), M.Multiply(M.Splat(Share), z));
        w = M.Add(M.Multiply(M.Splat(OneMinusBeta1), z), M.Multiply(M.Splat(Beta1), x));
    }
}
