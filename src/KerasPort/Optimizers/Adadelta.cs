using KerasPort.Engines;
using KerasPort.Engines.Formulas;
using KerasPort.Graphs;

namespace KerasPort.Optimizers;

/// <summary>
/// a = ρ·a + (1 - ρ)·g², s = -g·√(d + ε) / √(a + ε), d = ρ·d + (1 - ρ)·s², w += lr·s.
/// Source: Zeiler, Adadelta: an adaptive learning rate method (2012), in the form that Keras computes.
/// </summary>
public sealed class Adadelta : Optimizer
{
    /// <summary>Adadelta with Keras' defaults.</summary>
    /// <param name="learning_rate">A number of 0 or more, or a schedule; 0.001 by default.</param>
    /// <param name="rho">ρ, the decay of the means.</param>
    /// <param name="epsilon">ε, which keeps the quotient finite.</param>
    /// <inheritdoc cref="Optimizer(LearningRate, double?, double?, double?, double?, bool, double, int?, double?, int?, string?)"/>
    public Adadelta(LearningRate? learning_rate = null, double rho = 0.95, double epsilon = 1e-7,
        double? weight_decay = null, double? clipnorm = null, double? clipvalue = null, double? global_clipnorm = null,
        bool use_ema = false, double ema_momentum = 0.99, int? ema_overwrite_frequency = null,
        double? loss_scale_factor = null, int? gradient_accumulation_steps = null, string? name = null)
        : base(learning_rate ?? 0.001, weight_decay, clipnorm, clipvalue, global_clipnorm,
            use_ema, ema_momentum, ema_overwrite_frequency, loss_scale_factor, gradient_accumulation_steps, name) =>
        (this.rho, this.epsilon) = (rho, epsilon);

    /// <summary>ρ, the decay of the means.</summary>
    public double rho { get; }

    /// <summary>ε, which keeps the quotient finite.</summary>
    public double epsilon { get; }

    /// <inheritdoc/>
    protected internal override string[][] Slots => [["accumulated_grad", "accumulated_delta_var"]];

    private protected override void AddStep(Graph g, VariableStep step)
    {
        if (!step.IsOfRows)
        {
            step.AddUpdate(this);
            return;
        }
        // The formula's lines with the squares of rows.
        Tensor Mean(Tensor mean, Tensor x) => g.Add(g.Scale(mean, (float)rho), g.Scale(x, (float)(1 - rho)));
        var (a, d, squares) = (step.Slot(0), step.Slot(1), step.Squares);
        var (before, mean) = (g.Shift(d, (float)epsilon), Mean(a, squares));
        var after = g.Shift(mean, (float)epsilon);
        g.Store(a, mean);
        g.Store(d, Mean(d, g.Multiply(g.Divide(before, after), squares)));
        var change = g.Divide(g.Multiply(g.Sqrt(before), step.Gradient), g.Sqrt(after));
        g.Assign(step.Of, g.Subtract(step.Value, g.Multiply(g.Current(() => (float)learning_rate), change)));
    }

    /// <inheritdoc/>
    protected internal override void Update(Kernels kernels, VariableUpdate update) =>
        update.Run(kernels, new AdadeltaFormula(new((float)learning_rate, (float)rho, (float)(1 - rho), (float)epsilon)));
}

/// <summary>Adadelta's step on w with gradient g and the means of squares, a of gradients and d of steps.</summary>
internal readonly record struct AdadeltaFormula(RootMeanSquare By) : IFormula
{
    public static int Reads => 0b1111;

    public static int Writes => 0b1101;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void At<T, M>(ref T w, ref T g, ref T a, ref T d, ref T e, ref T f) where M : struct, IMath<T>
    {
        T before = M.Sqrt(M.Add(d, M.Splat(By.Epsilon)));
        a = By.Mean<T, M>(a, M.Multiply(g, g));
        T step = M.Divide(M.Multiply(before, g), M.Sqrt(M.Add(a, M.Splat(By.Epsilon))));
        d = By.Mean<T, M>(d, M.Multiply(step, step));
        w = M.Subtract(w, M.Multiply(M.Splat(By.Rate), step));
    }
}
