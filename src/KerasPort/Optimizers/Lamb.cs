using KerasPort.Engines;
using KerasPort.Engines.Formulas;
using KerasPort.Graphs;

namespace KerasPort.Optimizers;

/// <summary>
/// Adam whose step is scaled to the norm of the weight: m and v as Adam's, u = m / (1 - β₁ᵗ) / (√(v / (1 - β₂ᵗ)) + ε), w -= lr·u·‖w‖ / ‖u‖, the norms over
/// all of a variable; the quotient counts 1 where one of them is 0.
/// Source: You et al., Large batch optimization for deep learning (2020), in the form that Keras computes.
/// </summary>
public sealed class Lamb : Optimizer
{
    /// <summary>Lamb with Keras' defaults.</summary>
    /// <param name="learning_rate">A number of 0 or more, or a schedule; 0.001 by default.</param>
    /// <param name="beta_1">β₁, the decay of the mean of gradients.</param>
    /// <param name="beta_2">β₂, the decay of the mean of squared gradients.</param>
    /// <param name="epsilon">ε, which keeps the quotient finite.</param>
    /// <inheritdoc cref="Optimizer(LearningRate, double?, double?, double?, double?, bool, double, int?, double?, int?, string?)"/>
    public Lamb(LearningRate? learning_rate = null, double beta_1 = 0.9, double beta_2 = 0.999, double epsilon = 1e-7,
        double? weight_decay = null, double? clipnorm = null, double? clipvalue = null, double? global_clipnorm = null,
        bool use_ema = false, double ema_momentum = 0.99, int? ema_overwrite_frequency = null,
        double? loss_scale_factor = null, int? gradient_accumulation_steps = null, string? name = null)
        : base(learning_rate ?? 0.001, weight_decay, clipnorm, clipvalue, global_clipnorm,
            use_ema, ema_momentum, ema_overwrite_frequency, loss_scale_factor, gradient_accumulation_steps, name) =>
        (this.beta_1, this.beta_2, this.epsilon) = (beta_1, beta_2, epsilon);

    /// <summary>β₁, the decay of the mean of gradients.</summary>
    public double beta_1 { get; }

    /// <summary>β₂, the decay of the mean of squared gradients.</summary>
    public double beta_2 { get; }

    /// <summary>ε, which keeps the quotient finite.</summary>
    public double epsilon { get; }

    private protected override (int Slot, float Share)? SquareSlot => beta_2 > 0 ? (1, (float)((1 - beta_2) / beta_2)) : null;

    /// <inheritdoc/>
    protected internal override string[][] Slots => [["momentum", "velocity"]];

    private protected override void AddStep(Graph g, VariableStep step)
    {
        // The formula writes u over the gradient. The nodes below read it, so no kernel may fuse the gradient's sum into the step.
        step.AddUpdate(this);
        var (w, u) = (step.Value, step.Gradient);
        var ratio = g.Map(default(NormRatio), g.SumAll(g.Square(w)), g.SumAll(g.Square(u)));
        g.Assign(step.Of, g.Subtract(w, g.Multiply(g.Multiply(ratio, g.Current(() => (float)learning_rate)), u)));
    }

    /// <inheritdoc/>
    protected internal override void Update(Kernels kernels, VariableUpdate update)
    {
        float step = iterations + 1;
        update.Run(kernels, new LambFormula((float)(1 - beta_1), (float)(1 - beta_2), 1 - MathF.Pow((float)beta_1, step),
            1 - MathF.Pow((float)beta_2, step), (float)epsilon));
    }
}

/// <summary>m, v, and u in g's place.</summary>
internal readonly record struct LambFormula(float OneMinusBeta1, float OneMinusBeta2, float MeanShare, float SquareShare, float Epsilon) : IFormula
{
    public static int Reads => 0b1110;

    public static int Writes => 0b1110;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void At<T, M>(ref T w, ref T g, ref T m, ref T v, ref T e, ref T f) where M : struct, IMath<T>
    {
        m = M.Add(m, M.Multiply(M.Subtract(g, m), M.Splat(OneMinusBeta1)));
        v = M.Add(v, M.Multiply(M.Subtract(M.Multiply(g, g), v), M.Splat(OneMinusBeta2)));
        g = M.Divide(M.Divide(m, M.Splat(MeanShare)), M.Add(M.Sqrt(M.Divide(v, M.Splat(SquareShare))), M.Splat(Epsilon)));
    }
}

/// <summary>√x / √y, or 1 where one of them is 0.</summary>
internal readonly struct NormRatio : IBinary
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Of<T, M>(T x, T y) where M : struct, IMath<T>
    {
        T zero = M.Splat(0), one = M.Splat(1), first = M.Sqrt(x), second = M.Sqrt(y);
        return M.Select(M.Greater(first, zero), M.Select(M.Greater(second, zero), M.Divide(first, second), one), one);
    }
}
