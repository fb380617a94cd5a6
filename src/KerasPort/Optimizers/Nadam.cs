using KerasPort.Engines;
using KerasPort.Engines.Formulas;
using KerasPort.Graphs;

namespace KerasPort.Optimizers;

/// <summary>
/// Adam with Nesterov's momentum: m̂ = μₜ₊₁·m / (1 - Πμₜ₊₁) + (1 - μₜ)·g / (1 - Πμₜ), w -= lr·m̂ / (√(v / (1 - β₂ᵗ)) + ε), where
/// μₜ = β₁·(1 - 0.96ᵗ / 2) and Πμₜ is the product of all up to t.
/// Source: Dozat, Incorporating Nesterov momentum into Adam (2016), in the form that Keras computes.
/// </summary>
public sealed class Nadam : Optimizer
{
    private const float Decay = 0.96f;

    /// <summary>Πμ after so many steps. It follows from their number, so a file's value for it isn't needed.</summary>
    private (long Steps, float Product) _product = (0, 1);

    /// <summary>Nadam with Keras' defaults.</summary>
    /// <param name="learning_rate">A number of 0 or more, or a schedule; 0.001 by default.</param>
    /// <param name="beta_1">β₁, the decay of the mean of gradients.</param>
    /// <param name="beta_2">β₂, the decay of the mean of squared gradients.</param>
    /// <param name="epsilon">ε, which keeps the quotient finite.</param>
    /// <inheritdoc cref="Optimizer(LearningRate, double?, double?, double?, double?, bool, double, int?, double?, int?, string?)"/>
    public Nadam(LearningRate? learning_rate = null, double beta_1 = 0.9, double beta_2 = 0.999, double epsilon = 1e-7,
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

    private protected override IEnumerable<OptimizerVariable> Numbers =>
        [new NumberVariable($"{name}/variable", "product", () => ProductAfter(iterations), null)];

    /// <inheritdoc/>
    protected internal override void Update(Kernels kernels, VariableUpdate update)
    {
        // Every operation rounded to float32, as Keras does.
        float beta1 = (float)beta_1, beta2 = (float)beta_2, step = iterations + 1, product = ProductAfter(iterations + 1);
        float here = beta1 * Grown(step), next = beta1 * Grown(step + 1);
        update.Run(kernels, new NadamFormula((float)learning_rate, 1 - beta1, 1 - beta2, next, 1 - product * next, 1 - here, 1 - product,
            1 - MathF.Pow(beta2, step), (float)epsilon));
    }

    /// <summary>1 - 0.96ᵗ / 2.</summary>
    private static float Grown(float step) => 1 - 0.5f * MathF.Pow(Decay, step);

    private float ProductAfter(long steps)
    {
        var (at, product) = _product.Steps <= steps ? _product : (0, 1);
        // A product of 0 stays 0. The loop stops there, since a file's count of steps may be of any size.
        while (at < steps && product != 0) product = product * (float)beta_1 * Grown(++at);
        _product = (steps, product);
        return product;
    }
}

/// <summary>Nadam's step on w with gradient g, m and v.</summary>
/// <param name="Rate">The learning rate.</param>
/// <param name="OneMinusBeta1">1 - β₁.</param>
/// <param name="OneMinusBeta2">1 - β₂.</param>
/// <param name="Next">μₜ₊₁.</param>
/// <param name="NextShare">1 - Πμₜ₊₁.</param>
/// <param name="OneMinusHere">1 - μₜ.</param>
/// <param name="HereShare">1 - Πμₜ.</param>
/// <param name="SquareShare">1 - β₂ᵗ.</param>
/// <param name="Epsilon">ε.</param>
internal readonly record struct NadamFormula(float Rate, float OneMinusBeta1, float OneMinusBeta2, float Next, float NextShare,
    float OneMinusHere, float HereShare, float SquareShare, float Epsilon) : IFormula
{
    public static int Reads => 0b1111;

    public static int Writes => 0b1101;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void At<T, M>(ref T w, ref T g, ref T m, ref T v, ref T e, ref T f) where M : struct, IMath<T>
    {
        m = M.Add(m, M.Multiply(M.Subtract(g, m), M.Splat(OneMinusBeta1)));
        v = M.Add(v, M.Multiply(M.Subtract(M.Multiply(g, g), v), M.Splat(OneMinusBeta2)));
        T ahead = M.Divide(M.Multiply(M.Splat(Next), m), M.Splat(NextShare)), here = M.Divide(M.Multiply(M.Splat(OneMinusHere), g), M.Splat(HereShare));
        T root = M.Sqrt(M.Divide(v, M.Splat(SquareShare)));
        w = M.Subtract(w, M.Divide(M.Multiply(M.Add(ahead, here), M.Splat(Rate)), M.Add(root, M.Splat(Epsilon))));
    }
}
