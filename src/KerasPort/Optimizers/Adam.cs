using KerasPort.Engines;
using KerasPort.Engines.Formulas;
using KerasPort.Graphs;

namespace KerasPort.Optimizers;

/// <summary>
/// m += (g - m)·(1 - β₁), v += (g² - v)·(1 - β₂), w -= m·α / (√v + ε) with α = lr·√(1 - β₂ᵗ) / (1 - β₁ᵗ).
/// Sources: Kingma and Ba, Adam: a method for stochastic optimization (2015); for amsgrad Reddi et al., On the convergence of Adam and beyond
/// (2018); in the form that Keras computes.
/// </summary>
/// <example><code>
/// var model = keras.Sequential([keras.Input(2), keras.layers.Dense(1)]);
/// model.compile(optimizer: keras.optimizers.Adam(learning_rate: 0.01), loss: "mse");
/// </code></example>
public class Adam : Optimizer
{
    /// <summary>Adam with Keras' defaults.</summary>
    /// <param name="learning_rate">A number of 0 or more, or a schedule; 0.001 by default.</param>
    /// <param name="beta_1">β₁, the decay of the mean of gradients: from 0 to below 1.</param>
    /// <param name="beta_2">β₂, the decay of the mean of squared gradients: from 0 to below 1.</param>
    /// <param name="epsilon">ε, which keeps the quotient finite.</param>
    /// <param name="amsgrad">Whether the largest mean of squared gradients so far counts.</param>
    /// <inheritdoc cref="Optimizer(LearningRate, double?, double?, double?, double?, bool, double, int?, double?, int?, string?)"/>
    public Adam(LearningRate? learning_rate = null, double beta_1 = 0.9, double beta_2 = 0.999, double epsilon = 1e-7, bool amsgrad = false,
        double? weight_decay = null, double? clipnorm = null, double? clipvalue = null, double? global_clipnorm = null,
        bool use_ema = false, double ema_momentum = 0.99, int? ema_overwrite_frequency = null,
        double? loss_scale_factor = null, int? gradient_accumulation_steps = null, string? name = null)
        : base(learning_rate ?? 0.001, weight_decay, clipnorm, clipvalue, global_clipnorm,
            use_ema, ema_momentum, ema_overwrite_frequency, loss_scale_factor, gradient_accumulation_steps, name) =>
        (this.beta_1, this.beta_2, this.epsilon, this.amsgrad) = (beta_1, beta_2, epsilon, amsgrad);

    /// <summary>β₁, the decay of the mean of gradients.</summary>
    public double beta_1 { get; }

    /// <summary>β₂, the decay of the mean of squared gradients.</summary>
    public double beta_2 { get; }

    /// <summary>ε, which keeps the quotient finite.</summary>
    public double epsilon { get; }

    /// <summary>Whether the largest v so far counts: v̂ = max(v̂, v) in v's place.</summary>
    public bool amsgrad { get; }

    private protected override (int Slot, float Share)? SquareSlot => beta_2 > 0 ? (1, (float)((1 - beta_2) / beta_2)) : null;

    /// <inheritdoc/>
    protected internal sealed override string[][] Slots => amsgrad ? [["momentum", "velocity"], ["velocity_hat"]] : [["momentum", "velocity"]];

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    protected internal sealed override void Update(Kernels kernels, VariableUpdate update)
    {
        var formula = AdamFormula.Of((float)learning_rate, beta_1, beta_2, epsilon, iterations + 1);
        if (amsgrad) update.Run(kernels, new AmsgradFormula(formula));
        else update.Run(kernels, formula);
    }
}

/// <summary>Adam's step on w with gradient g, m and v, with every operation rounded, in Keras' order.</summary>
/// <param name="Alpha">The step size of this batch.</param>
/// <param name="OneMinusBeta1">1 - β₁.</param>
/// <param name="OneMinusBeta2">1 - β₂.</param>
/// <param name="Epsilon">ε.</param>
public readonly record struct AdamFormula(float Alpha, float OneMinusBeta1, float OneMinusBeta2, float Epsilon) : IFormula
{
    /// <inheritdoc/>
    public static int Reads => 0b1111;

    /// <inheritdoc/>
    public static int Writes => 0b1101;

    /// <summary>
    /// The formula of that step, counted from 1. Every operation of α is rounded to float32 as Keras does. It decides an epoch's digits:
    /// 1 - 0.999f is 4.6e-5 off 0.001, so α in double gives other losses from the fourth digit on.
    /// </summary>
    internal static AdamFormula Of(float rate, double beta1, double beta2, double epsilon, long step)
    {
        float beta1Power = MathF.Pow((float)beta1, step), beta2Power = MathF.Pow((float)beta2, step);
        float root = MathF.Sqrt(1 - beta2Power), scaled = rate * root;
        return new(scaled / (1 - beta1Power), (float)(1 - beta1), (float)(1 - beta2), (float)epsilon);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void At<T, M>(ref T w, ref T g, ref T m, ref T v, ref T e, ref T f) where M : struct, IMath<T>
    {
        Means<T, M>(g, ref m, ref v);
        w = Step<T, M>(w, m, v);
    }

    /// <summary>The means after that gradient.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void Means<T, M>(T g, ref T m, ref T v) where M : struct, IMath<T>
    {
        m = M.Add(m, M.Multiply(M.Subtract(g, m), M.Splat(OneMinusBeta1)));
        v = M.Add(v, M.Multiply(M.Subtract(M.Multiply(g, g), v), M.Splat(OneMinusBeta2)));
    }

    /// <summary>The weight after the step.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal T Step<T, M>(T w, T m, T v) where M : struct, IMath<T> =>
        M.Subtract(w, M.Divide(M.Multiply(m, M.Splat(Alpha)), M.Add(M.Sqrt(v), M.Splat(Epsilon))));
}

/// <summary>Adam's step with v̂, the largest v so far, in v's place.</summary>
internal readonly record struct AmsgradFormula(AdamFormula Adam) : IFormula
{
    public static int Reads => 0b11111;

    public static int Writes => 0b11101;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void At<T, M>(ref T w, ref T g, ref T m, ref T v, ref T largest, ref T f) where M : struct, IMath<T>
    {
        Adam.Means<T, M>(g, ref m, ref v);
        // Greater is false for NaN, so a v that is NaN replaces the largest.
        largest = M.Select(M.Greater(largest, v), largest, v);
        w = Adam.Step<T, M>(w, m, largest);
    }
}
