using KerasPort.Engines;
using KerasPort.Graphs;
using KerasPort.Layers;

namespace KerasPort.Optimizers;

/// <summary>
/// A variable of two or more axes keeps r and c, the means of its squared gradients over the last axis and over the one before:
/// r = β·r + (1 - β)·mean(g² + ε₁), c likewise, v = r·c / mean(r). Others keep v itself. u = g / √v, w -= max(ε₂, rms(w))·ρ·u / max(1, rms(u) / d), where
/// β = 1 - tᵏ with k = beta_2_decay, ρ = min(lr, 1 / √t) and d = clip_threshold.
/// Source: Shazeer and Stern, Adafactor: adaptive learning rates with sublinear memory cost (2018), in the form that Keras computes.
/// </summary>
public sealed class Adafactor : Optimizer
{
    private const int Rows = 0, Columns = 1, Velocity = 2;

    /// <summary>Adafactor with Keras' defaults.</summary>
    /// <param name="learning_rate">A number of 0 or more, or a schedule; 0.001 by default.</param>
    /// <param name="beta_2_decay">k, the power of t with which the decay of the means nears 1.</param>
    /// <param name="epsilon_1">ε₁, which keeps the means above 0.</param>
    /// <param name="epsilon_2">ε₂, the least that a variable's root mean square counts.</param>
    /// <param name="clip_threshold">d, above which a step's root mean square is cut.</param>
    /// <param name="relative_step">Whether the rate is 1 / √t at the most. As in Keras, it always is, whatever this says.</param>
    /// <inheritdoc cref="Optimizer(LearningRate, double?, double?, double?, double?, bool, double, int?, double?, int?, string?)"/>
    public Adafactor(LearningRate? learning_rate = null, double beta_2_decay = -0.8, double epsilon_1 = 1e-30, double epsilon_2 = 1e-3,
        double clip_threshold = 1.0, bool relative_step = true,
        double? weight_decay = null, double? clipnorm = null, double? clipvalue = null, double? global_clipnorm = null,
        bool use_ema = false, double ema_momentum = 0.99, int? ema_overwrite_frequency = null,
        double? loss_scale_factor = null, int? gradient_accumulation_steps = null, string? name = null)
        : base(learning_rate ?? 0.001, weight_decay, clipnorm, clipvalue, global_clipnorm,
            use_ema, ema_momentum, ema_overwrite_frequency, loss_scale_factor, gradient_accumulation_steps, name)
    {
        (this.beta_2_decay, this.epsilon_1, this.epsilon_2) = (beta_2_decay, epsilon_1, epsilon_2);
        (this.clip_threshold, this.relative_step) = (clip_threshold, relative_step);
    }

    /// <summary>k, the power of t with which the decay of the means nears 1.</summary>
    public double beta_2_decay { get; }

    /// <summary>ε₁, which keeps the means above 0.</summary>
    public double epsilon_1 { get; }

    /// <summary>ε₂, the least that a variable's root mean square counts.</summary>
    public double epsilon_2 { get; }

    /// <summary>d, above which a step's root mean square is cut.</summary>
    public double clip_threshold { get; }

    /// <summary>Whether the rate is 1 / √t at the most. As in Keras, it always is, whatever this says.</summary>
    public bool relative_step { get; }

    /// <inheritdoc/>
    protected internal override string[][] Slots => [["r", "c", "velocity"]];

    private protected override IEnumerable<OptimizerVariable> Remembered(IReadOnlyList<NamedWeight> weights)
    {
        foreach (var weight in weights)
        {
            int[] shape = [.. weight.Variable.shape];
            // As in Keras, the path leaves out the layer's name.
            string path = $"{name}/{weight.Variable.name}";
            if (shape.Length < 2)
            {
                yield return new NothingVariable(path);
                yield return new NothingVariable(path);
            }
            else
            {
                yield return new SlotVariable(path, Rows, weight.Number, shape[..^1]);
                yield return new SlotVariable(path, Columns, weight.Number, [.. shape[..^2], shape[^1]]);
            }
            yield return Of(weight, Velocity, "velocity");
        }
    }

    private protected override void AddStep(Graph g, VariableStep step)
    {
        var (w, gradient, shape) = (step.Value, step.Gradient, step.Value.shape);
        var decay = g.Current(Decay);
        var share = g.Current(() => 1 - Decay());
        var squares = g.Shift(step.Squares, (float)epsilon_1);
        Tensor Mean(int slot, Shape of, Tensor x)
        {
            var mean = step.Slot(slot, of);
            var next = g.Add(g.Multiply(decay, mean), g.Multiply(share, x));
            g.Store(mean, next);
            return mean;
        }

        Tensor Number(double value) => g.Lift(new PythonNumber((float)value, IsWhole: false));
        Tensor v;
        if (shape.Rank >= 2)
        {
            var (ofRows, ofColumns) = (shape[..^1], new Shape([.. shape[..^2], shape[^1]]));
            var r = Mean(Rows, ofRows, g.Mean(squares, [-1]));
            var c = Mean(Columns, ofColumns, g.Mean(squares, [-2]));
            var relative = g.Divide(r, g.Mean(r, [-1], keepdims: true));
            v = g.Multiply(g.Reshape(relative, new Shape([.. ofRows, 1])), g.Reshape(c, new Shape([.. shape[..^2], 1, shape[^1]])));
            g.Store(step.Slot(Velocity), v);
        }
        else v = Mean(Velocity, shape, squares);
        var u = g.Divide(gradient, g.Sqrt(v));
        var size = g.Maximum(Number(epsilon_2), RootMeanSquare(g, w));
        var ofStep = step.IsOfRows ? Root(g, g.Divide(step.Squares, v)) : RootMeanSquare(g, u);
        var cut = g.Maximum(Number(1), g.Divide(ofStep, Number(clip_threshold)));
        g.Assign(step.Of, g.Subtract(w, g.Multiply(g.Multiply(size, g.Current(Rate)), g.Divide(u, cut))));
    }

    /// <inheritdoc/>
    protected internal override void Update(Kernels kernels, VariableUpdate update) =>
        throw new NotSupportedException("Adafactor's step is no formula of single elements.");

    private static Tensor RootMeanSquare(Graph g, Tensor x) => Root(g, g.Square(x));

    /// <summary>The root of the mean.</summary>
    private static Tensor Root(Graph g, Tensor squares) => g.Sqrt(g.Scale(g.SumAll(squares), 1f / squares.Size));

    /// <summary>β of this step.</summary>
    private float Decay() => 1 - MathF.Pow(iterations + 1, (float)beta_2_decay);

    /// <summary>ρ of this step.</summary>
    private float Rate() => MathF.Min((float)learning_rate, 1 / MathF.Sqrt(iterations + 1));
}
