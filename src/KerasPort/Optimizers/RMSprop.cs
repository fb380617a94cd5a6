using KerasPort.Engines;
using KerasPort.Engines.Formulas;
using KerasPort.Graphs;

namespace KerasPort.Optimizers;

/// <summary>
/// v = ρ·v + (1 - ρ)·g², w -= lr·g / √(v + ε); centered, with a = ρ·a + (1 - ρ)·g, √(v - a² + ε); with momentum m = μ·m + that step, w -= m.
/// Sources: Hinton, Neural networks for machine learning, lecture 6 (2012); centered Graves, Generating sequences with recurrent neural
/// networks (2013); in the form that Keras computes.
/// </summary>
public sealed class RMSprop : Optimizer
{
    /// <summary>RMSprop with Keras' defaults.</summary>
    /// <param name="learning_rate">A number of 0 or more, or a schedule; 0.001 by default.</param>
    /// <param name="rho">ρ, the decay of the means.</param>
    /// <param name="momentum">μ, the share of the last step that the next one goes on with; none at 0 and below.</param>
    /// <param name="epsilon">ε, which keeps the quotient finite.</param>
    /// <param name="centered">Whether the mean of gradients counts, so that v becomes their variance.</param>
    /// <inheritdoc cref="Optimizer(LearningRate, double?, double?, double?, double?, bool, double, int?, double?, int?, string?)"/>
    public RMSprop(LearningRate? learning_rate = null, double rho = 0.9, double momentum = 0.0, double epsilon = 1e-7, bool centered = false,
        double? weight_decay = null, double? clipnorm = null, double? clipvalue = null, double? global_clipnorm = null,
        bool use_ema = false, double ema_momentum = 0.99, int? ema_overwrite_frequency = null,
        double? loss_scale_factor = null, int? gradient_accumulation_steps = null, string? name = null)
        : base(learning_rate ?? 0.001, weight_decay, clipnorm, clipvalue, global_clipnorm,
            use_ema, ema_momentum, ema_overwrite_frequency, loss_scale_factor, gradient_accumulation_steps, name) =>
        (this.rho, this.momentum, this.epsilon, this.centered) = (rho, momentum, epsilon, centered);

    /// <summary>ρ, the decay of the means.</summary>
    public double rho { get; }

    /// <summary>μ, the share of the last step that the next one goes on with; none at 0 and below.</summary>
    public double momentum { get; }

    /// <summary>ε, which keeps the quotient finite.</summary>
    public double epsilon { get; }

    /// <summary>Whether the mean of gradients counts, so that v becomes their variance.</summary>
    public bool centered { get; }

    private protected override (int Slot, float Share)? SquareSlot => rho > 0 ? (0, (float)((1 - rho) / rho)) : null;

    /// <inheritdoc/>
    protected internal override string[][] Slots =>
        [["velocity"], .. momentum > 0 ? (string[][])[["momentum"]] : [], .. centered ? (string[][])[["average_gradient"]] : []];

    /// <inheritdoc/>
    protected internal override void Update(Kernels kernels, VariableUpdate update)
    {
        var step = new RootMeanSquare((float)learning_rate, (float)rho, (float)(1 - rho), (float)epsilon);
        if (momentum > 0 && centered) update.Run(kernels, new RmsCenteredMomentum(step, (float)momentum));
        else if (momentum > 0) update.Run(kernels, new RmsMomentum(step, (float)momentum));
        else if (centered) update.Run(kernels, new RmsCentered(step));
        else update.Run(kernels, new RmsDescent(step));
    }
}

/// <summary>The common base of Adadelta and the forms of RMSprop.</summary>
internal readonly record struct RootMeanSquare(float Rate, float Rho, float OneMinusRho, float Epsilon)
{
    /// <summary>ρ·mean + (1 - ρ)·x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Mean<T, M>(T mean, T x) where M : struct, IMath<T> =>
        M.Add(M.Multiply(M.Splat(Rho), mean), M.Multiply(M.Splat(OneMinusRho), x));

    /// <summary>rate·g / √(v + ε).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Step<T, M>(T g, T v) where M : struct, IMath<T> =>
        M.Divide(M.Multiply(M.Splat(Rate), g), M.Sqrt(M.Add(v, M.Splat(Epsilon))));
}

/// <summary>w -= rate·g / √(v + ε).</summary>
internal readonly record struct RmsDescent(RootMeanSquare By) : IFormula
{
    public static int Reads => 0b111;

    public static int Writes => 0b101;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void At<T, M>(ref T w, ref T g, ref T v, ref T d, ref T e, ref T f) where M : struct, IMath<T>
    {
        v = By.Mean<T, M>(v, M.Multiply(g, g));
        w = M.Subtract(w, By.Step<T, M>(g, v));
    }
}

/// <summary>m = μ·m + rate·g / √(v + ε) and w -= m.</summary>
internal readonly record struct RmsMomentum(RootMeanSquare By, float Momentum) : IFormula
{
    public static int Reads => 0b1111;

    public static int Writes => 0b1101;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void At<T, M>(ref T w, ref T g, ref T v, ref T m, ref T e, ref T f) where M : struct, IMath<T>
    {
        v = By.Mean<T, M>(v, M.Multiply(g, g));
        m = M.Add(M.Multiply(M.Splat(Momentum), m), By.Step<T, M>(g, v));
        w = M.Subtract(w, m);
    }
}

/// <summary>w -= rate·g / √(v - a² + ε).</summary>
internal readonly record struct RmsCentered(RootMeanSquare By) : IFormula
{
    public static int Reads => 0b1111;

    public static int Writes => 0b1101;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void At<T, M>(ref T w, ref T g, ref T v, ref T a, ref T e, ref T f) where M : struct, IMath<T>
    {
        v = By.Mean<T, M>(v, M.Multiply(g, g));
        a = By.Mean<T, M>(a, g);
        w = M.Subtract(w, By.Step<T, M>(g, M.Subtract(v, M.Multiply(a, a))));
    }
}

/// <summary>m = μ·m + rate·g / √(v - a² + ε) and w -= m.</summary>
internal readonly record struct RmsCenteredMomentum(RootMeanSquare By, float Momentum) : IFormula
{
    public static int Reads => 0b11111;

    public static int Writes => 0b11101;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void At<T, M>(ref T w, ref T g, ref T v, ref T m, ref T a, ref T f) where M : struct, IMath<T>
    {
        v = By.Mean<T, M>(v, M.Multiply(g, g));
        a = By.Mean<T, M>(a, g);
        m = M.Add(M.Multiply(M.Splat(Momentum), m), By.Step<T, M>(g, M.Subtract(v, M.Multiply(a, a))));
        w = M.Subtract(w, m);
    }
}
