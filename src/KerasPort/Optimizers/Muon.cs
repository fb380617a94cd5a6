using System.Text.RegularExpressions;
using KerasPort.Engines;
using KerasPort.Graphs;
using KerasPort.Layers;

namespace KerasPort.Optimizers;

/// <summary>
/// Matrices change by their momentum made orthogonal, all other weights as by AdamW. m = μ·m + g, d = g + μ·m with Nesterov's, else m,
/// w -= lr·ns(d)·√max(rows, columns)·rms_rate, where ns makes some steps from x = d / ‖d‖ towards a matrix whose
/// singular values are all 1: A = x·xᵀ, x = a·x + (b·A + c·A·A)·x.
/// Sources: Jordan et al., Muon: an optimizer for hidden layers in neural networks (2024); Liu et al., Muon is scalable for LLM training (2025);
/// in the form that Keras computes.
/// </summary>
public sealed class Muon : Optimizer
{
    private const int Momentum = 0, Velocity = 1;

    /// <summary>Muon with Keras' defaults.</summary>
    /// <param name="learning_rate">A number of 0 or more, or a schedule; 0.001 by default.</param>
    /// <param name="adam_beta_1">Adam's β₁.</param>
    /// <param name="adam_beta_2">Adam's β₂.</param>
    /// <param name="adam_weight_decay">The weight decay of the weights that Adam changes; <c>null</c> for none.</param>
    /// <param name="epsilon">Adam's ε.</param>
    /// <param name="exclude_layers">Adam changes the matrices in whose path one of these patterns is found.</param>
    /// <param name="exclude_embeddings">Whether Adam changes the matrices with "embedding" in their path.</param>
    /// <param name="muon_a">a.</param>
    /// <param name="muon_b">b.</param>
    /// <param name="muon_c">c.</param>
    /// <param name="adam_lr_ratio">Adam's share of the learning rate.</param>
    /// <param name="momentum">μ, the share of the last step that the next one goes on with.</param>
    /// <param name="ns_steps">The number of Newton-Schulz steps.</param>
    /// <param name="nesterov">Whether the gradient counts as if the momentum's step had been taken.</param>
    /// <param name="rms_rate">The factor of √max(rows, columns) in a step; <c>null</c> leaves the step unscaled.</param>
    /// <inheritdoc cref="Optimizer(LearningRate, double?, double?, double?, double?, bool, double, int?, double?, int?, string?)"/>
    public Muon(LearningRate? learning_rate = null, double adam_beta_1 = 0.9, double adam_beta_2 = 0.999, double? adam_weight_decay = 0.004,
        double epsilon = 1e-7, double? weight_decay = 0.004, double? clipnorm = null, double? clipvalue = null, double? global_clipnorm = null,
        bool use_ema = false, double ema_momentum = 0.99, int? ema_overwrite_frequency = null,
        double? loss_scale_factor = null, int? gradient_accumulation_steps = null, string? name = null,
        string[]? exclude_layers = null, bool exclude_embeddings = true, double muon_a = 3.4445, double muon_b = -4.7750, double muon_c = 2.0315,
        double adam_lr_ratio = 1, double momentum = 0.95, int ns_steps = 5, bool nesterov = true, double? rms_rate = 0.2)
        : base(learning_rate ?? 0.001, weight_decay, clipnorm, clipvalue, global_clipnorm,
            use_ema, ema_momentum, ema_overwrite_frequency, loss_scale_factor, gradient_accumulation_steps, name)
    {
        (this.adam_beta_1, this.adam_beta_2, this.adam_weight_decay, this.epsilon) = (adam_beta_1, adam_beta_2, adam_weight_decay, epsilon);
        (this.exclude_layers, this.exclude_embeddings, this.adam_lr_ratio) = (exclude_layers ?? [], exclude_embeddings, adam_lr_ratio);
        (this.muon_a, this.muon_b, this.muon_c) = (muon_a, muon_b, muon_c);
        (this.momentum, this.ns_steps, this.nesterov, this.rms_rate) = (momentum, ns_steps, nesterov, rms_rate);
        foreach (string pattern in this.exclude_layers) RequirePattern(pattern, nameof(exclude_layers));
    }

    /// <summary>Adam's β₁.</summary>
    public double adam_beta_1 { get; }

    /// <summary>Adam's β₂.</summary>
    public double adam_beta_2 { get; }

    /// <summary>The weight decay of the weights that Adam changes; <c>null</c> for none.</summary>
    public double? adam_weight_decay { get; }

    /// <summary>Adam's ε.</summary>
    public double epsilon { get; }

    /// <summary>Adam changes the matrices in whose path one of these patterns is found.</summary>
    public string[] exclude_layers { get; }

    /// <summary>Whether Adam changes the matrices with "embedding" in their path.</summary>
    public bool exclude_embeddings { get; }

    /// <summary>a.</summary>
    public double muon_a { get; }

    /// <summary>b.</summary>
    public double muon_b { get; }

    /// <summary>c.</summary>
    public double muon_c { get; }

    /// <summary>Adam's share of the learning rate.</summary>
    public double adam_lr_ratio { get; }

    /// <summary>μ, the share of the last step that the next one goes on with.</summary>
    public double momentum { get; }

    /// <summary>The number of Newton-Schulz steps.</summary>
    public int ns_steps { get; }

    /// <summary>Whether the gradient counts as if the momentum's step had been taken.</summary>
    public bool nesterov { get; }

    /// <summary>The factor of √max(rows, columns) in a step; <c>null</c> leaves the step unscaled.</summary>
    public double? rms_rate { get; }

    private protected override (int Slot, float Share)? SquareSlot =>
        adam_beta_2 > 0 ? (Velocity, (float)((1 - adam_beta_2) / adam_beta_2)) : null;

    /// <inheritdoc/>
    protected internal override string[][] Slots => [["momentum", "velocity"]];

    private protected override IEnumerable<OptimizerVariable> Remembered(IReadOnlyList<NamedWeight> weights)
    {
        foreach (var weight in weights)
        {
            yield return Of(weight, Momentum, "momentum");
            if (IsAdams(weight.Variable, weight.Path)) yield return Of(weight, Velocity, "velocity");
        }
    }

    private protected override double? DecayOf(Variable variable) => IsAdams(variable, PathOf(variable)) ? adam_weight_decay : weight_decay;

    private protected override void AddStep(Graph g, VariableStep step)
    {
        if (IsAdams(step.Of, PathOf(step.Of)))
        {
            step.AddUpdate(this);
            return;
        }
        var (w, gradient, m) = (step.Value, step.Gradient, step.Slot(Momentum));
        g.Store(m, g.Add(m, g.Add(gradient, g.Scale(m, (float)(momentum - 1)))));
        var direction = nesterov ? g.Add(gradient, g.Scale(m, (float)momentum)) : m;
        var change = g.Multiply(g.Current(() => (float)learning_rate), Orthogonal(g, direction));
        if (rms_rate is { } rate) change = g.Scale(g.Scale(change, MathF.Sqrt(Math.Max(w.Rows, w.Columns))), (float)rate);
        g.Assign(step.Of, g.Subtract(w, change));
    }

    /// <inheritdoc/>
    protected internal override void Update(Kernels kernels, VariableUpdate update) =>
        update.Run(kernels, AdamFormula.Of((float)learning_rate * (float)adam_lr_ratio, adam_beta_1, adam_beta_2, epsilon, iterations + 1));

    /// <summary>ns(x).</summary>
    private Tensor Orthogonal(Graph g, Tensor x)
    {
        bool isTall = x.Rows > x.Columns;
        if (isTall) x = g.Transpose(x, [1, 0]);
        x = g.Divide(x, g.Shift(g.Sqrt(g.SumAll(g.Square(x))), 1e-7f));
        for (int i = 0; i < ns_steps; i++)
        {
            var a = g.MatMul(x, g.Transpose(x, [1, 0]));
            var b = g.Add(g.Scale(a, (float)muon_b), g.MatMul(g.Scale(a, (float)muon_c), a));
            x = g.Add(g.Scale(x, (float)muon_a), g.MatMul(b, x));
        }
        return isTall ? g.Transpose(x, [1, 0]) : x;
    }

    private bool IsAdams(Variable variable, string path) => variable.shape.Length != 2
        || (exclude_embeddings && path.Contains("embedding", StringComparison.OrdinalIgnoreCase))
        || exclude_layers.Any(pattern => IsFound(pattern, path));
}
