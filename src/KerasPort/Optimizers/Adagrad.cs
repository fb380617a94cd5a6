using KerasPort.Engines;
using KerasPort.Engines.Formulas;
using KerasPort.Graphs;
using KerasPort.Layers;

namespace KerasPort.Optimizers;

/// <summary>
/// a += g², w -= lr·g / √(a + ε).
/// Source: Duchi et al., Adaptive subgradient methods for online learning and stochastic optimization (2011), in the form that Keras computes.
/// </summary>
public sealed class Adagrad : Optimizer
{
    /// <summary>Adagrad with Keras' defaults.</summary>
    /// <param name="learning_rate">A number of 0 or more, or a schedule; 0.001 by default.</param>
    /// <param name="initial_accumulator_value">The initial value of a.</param>
    /// <param name="epsilon">ε, which keeps the quotient finite.</param>
    /// <inheritdoc cref="Optimizer(LearningRate, double?, double?, double?, double?, bool, double, int?, double?, int?, string?)"/>
    public Adagrad(LearningRate? learning_rate = null, double initial_accumulator_value = 0.1, double epsilon = 1e-7,
        double? weight_decay = null, double? clipnorm = null, double? clipvalue = null, double? global_clipnorm = null,
        bool use_ema = false, double ema_momentum = 0.99, int? ema_overwrite_frequency = null,
        double? loss_scale_factor = null, int? gradient_accumulation_steps = null, string? name = null)
        : base(learning_rate ?? 0.001, weight_decay, clipnorm, clipvalue, global_clipnorm,
            use_ema, ema_momentum, ema_overwrite_frequency, loss_scale_factor, gradient_accumulation_steps, name) =>
        (this.initial_accumulator_value, this.epsilon) = (initial_accumulator_value, epsilon);

    /// <summary>The initial value of a.</summary>
    public double initial_accumulator_value { get; }

    /// <summary>ε, which keeps the quotient finite.</summary>
    public double epsilon { get; }

    private protected override (int Slot, float Share)? SquareSlot => (0, 1);

    /// <inheritdoc/>
    protected internal override string[][] Slots => [["accumulator"]];

    internal override float[]? FirstValues(int slot, Variable variable) => slot == 0 ? variable.Filled((float)initial_accumulator_value) : null;

    /// <inheritdoc/>
    protected internal override void Update(Kernels kernels, VariableUpdate update) =>
        update.Run(kernels, new AdagradFormula((float)learning_rate, (float)epsilon));
}

/// <summary>a += g² and w -= rate·g / √(a + ε).</summary>
internal readonly record struct AdagradFormula(float Rate, float Epsilon) : IFormula
{
    public static int Reads => 0b111;

    public static int Writes => 0b101;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void At<T, M>(ref T w, ref T g, ref T a, ref T d, ref T e, ref T f) where M : struct, IMath<T>
    {
        a = M.Add(a, M.Multiply(g, g));
        w = M.Subtract(w, M.Divide(M.Multiply(M.Splat(Rate), g), M.Sqrt(M.Add(a, M.Splat(Epsilon)))));
    }
}
