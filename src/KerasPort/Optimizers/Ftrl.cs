using KerasPort.Engines;
using KerasPort.Engines.Formulas;
using KerasPort.Graphs;
using KerasPort.Layers;

namespace KerasPort.Optimizers;

/// <summary>
/// Follow the regularized leader: n += g², z += g + 2·λₛ·w - (nᵖ - n₀ᵖ) / lr · w with n₀, the n before the step, and p = -learning_rate_power,
/// w = (clip(z, -λ₁, λ₁) - z) / (nᵖ / lr + 2·λ₂ + β / lr).
/// Source: McMahan et al., Ad click prediction: a view from the trenches (2013), in the form that Keras computes.
/// </summary>
public sealed class Ftrl : Optimizer
{
    /// <summary>Ftrl with Keras' defaults.</summary>
    /// <param name="learning_rate">A number of 0 or more, or a schedule; 0.001 by default.</param>
    /// <param name="learning_rate_power">-p, the power of n with which the rate falls; 0 keeps the rate constant.</param>
    /// <param name="initial_accumulator_value">The initial value of n.</param>
    /// <param name="l1_regularization_strength">λ₁: a weight stays 0 while |z| is at most that.</param>
    /// <param name="l2_regularization_strength">λ₂, which steadies the quotient.</param>
    /// <param name="l2_shrinkage_regularization_strength">λₛ, the share of the weight in its gradient.</param>
    /// <param name="beta">β of the paper.</param>
    /// <inheritdoc cref="Optimizer(LearningRate, double?, double?, double?, double?, bool, double, int?, double?, int?, string?)"/>
    /// <exception cref="ValueError">… or the power is above 0, or the first accumulator or a strength below 0.</exception>
    public Ftrl(LearningRate? learning_rate = null, double learning_rate_power = -0.5, double initial_accumulator_value = 0.1,
        double l1_regularization_strength = 0.0, double l2_regularization_strength = 0.0, double l2_shrinkage_regularization_strength = 0.0,
        double beta = 0.0, double? weight_decay = null, double? clipnorm = null, double? clipvalue = null, double? global_clipnorm = null,
        bool use_ema = false, double ema_momentum = 0.99, int? ema_overwrite_frequency = null,
        double? loss_scale_factor = null, int? gradient_accumulation_steps = null, string? name = null)
        : base(learning_rate ?? 0.001, weight_decay, clipnorm, clipvalue, global_clipnorm,
            use_ema, ema_momentum, ema_overwrite_frequency, loss_scale_factor, gradient_accumulation_steps, name)
    {
        if (learning_rate_power > 0)
            throw new ValueError($"`learning_rate_power` needs to be negative or zero. Received: learning_rate_power={PythonText.Str(learning_rate_power)}.");
        RequireNotBelowZero(initial_accumulator_value, nameof(initial_accumulator_value));
        RequireNotBelowZero(l1_regularization_strength, nameof(l1_regularization_strength));
        RequireNotBelowZero(l2_regularization_strength, nameof(l2_regularization_strength));
        RequireNotBelowZero(l2_shrinkage_regularization_strength, nameof(l2_shrinkage_regularization_strength));
        (this.learning_rate_power, this.initial_accumulator_value, this.beta) = (learning_rate_power, initial_accumulator_value, beta);
        (this.l1_regularization_strength, this.l2_regularization_strength) = (l1_regularization_strength, l2_regularization_strength);
        this.l2_shrinkage_regularization_strength = l2_shrinkage_regularization_strength;
    }

    /// <summary>-p, the power of n with which the rate falls; 0 keeps the rate constant.</summary>
    public double learning_rate_power { get; }

    /// <summary>The initial value of n.</summary>
    public double initial_accumulator_value { get; }

    /// <summary>λ₁: a weight stays 0 while |z| is at most that.</summary>
    public double l1_regularization_strength { get; }

    /// <summary>λ₂, which steadies the quotient.</summary>
    public double l2_regularization_strength { get; }

    /// <summary>λₛ, the share of the weight in its gradient.</summary>
    public double l2_shrinkage_regularization_strength { get; }

    /// <summary>β of the paper.</summary>
    public double beta { get; }

    /// <inheritdoc/>
    protected internal override string[][] Slots => [["accumulator", "linear"]];

    internal override float[]? FirstValues(int slot, Variable variable) => slot == 0 ? variable.Filled((float)initial_accumulator_value) : null;

    private protected override void AddStep(Graph g, VariableStep step)
    {
        if (!step.IsOfRows)
        {
            step.AddUpdate(this);
            return;
        }
        // The formula's lines with the squares of rows.
        Tensor Power(Tensor x) => g.Power(x, (float)-learning_rate_power);
        var (w, n, z, rate) = (step.Value, step.Slot(0), step.Slot(1), g.Current(() => (float)learning_rate));
        var (before, sum) = (Power(n), g.Add(n, step.Squares));
        var after = Power(sum);
        var shrunk = g.Add(step.Gradient, g.Scale(w, (float)(2 * l2_shrinkage_regularization_strength)));
        var next = g.Add(z, g.Subtract(shrunk, g.Multiply(g.Divide(g.Subtract(after, before), rate), w)));
        g.Store(n, sum);
        g.Store(z, next);
        var clipped = g.ClipByValue(next, (float)l1_regularization_strength);
        g.Assign(step.Of, g.Divide(g.Subtract(clipped, next), g.Add(g.Divide(after, rate), g.Current(TwiceL2))));
    }

    /// <inheritdoc/>
    protected internal override void Update(Kernels kernels, VariableUpdate update) =>
        update.Run(kernels, new FtrlFormula((float)learning_rate, (float)-learning_rate_power, (float)l1_regularization_strength, TwiceL2(),
            (float)(2 * l2_shrinkage_regularization_strength)));

    private float TwiceL2() => 2 * ((float)l2_regularization_strength + (float)beta / (2 * (float)learning_rate));

    private static void RequireNotBelowZero(double value, string argument)
    {
        if (value < 0) throw new ValueError($"`{argument}` needs to be positive or zero. Received: {argument}={PythonText.Str(value)}.");
    }
}

/// <summary>Ftrl's step on w with gradient g, the sum of squares n and z.</summary>
internal readonly record struct FtrlFormula(float Rate, float Power, float L1, float TwiceL2, float TwiceShrinkage) : IFormula
{
    public static int Reads => 0b1111;

    public static int Writes => 0b1101;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void At<T, M>(ref T w, ref T g, ref T n, ref T z, ref T e, ref T f) where M : struct, IMath<T>
    {
        T rate = M.Splat(Rate), power = M.Splat(Power), limit = M.Splat(L1);
        T before = M.Pow(n, power);
        n = M.Add(n, M.Multiply(g, g));
        T after = M.Pow(n, power);
        T shrunk = M.Add(g, M.Multiply(M.Splat(TwiceShrinkage), w));
        z = M.Add(z, M.Subtract(shrunk, M.Multiply(M.Divide(M.Subtract(after, before), rate), w)));
        T clipped = M.Select(M.Greater(M.Abs(z), limit), M.CopySign(limit, z), z);
        w = M.Divide(M.Subtract(clipped, z), M.Add(M.Divide(after, rate), M.Splat(TwiceL2)));
    }
}
