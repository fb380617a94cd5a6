using KerasPort.Random;
using KerasPort.Saving;

namespace KerasPort.Schedules;

/// <summary>
/// rate · ((1 - alpha) · (1 + cos π·step / decay_steps) / 2 + alpha), where the rate is the initial one; or <see cref="warmup_target"/>, to which it first
/// rises linearly over <see cref="warmup_steps"/> batches.
/// </summary>
/// <remarks>Source: Loshchilov and Hutter, SGDR: stochastic gradient descent with warm restarts (2017). Every operation in float32, as in Keras.</remarks>
public sealed class CosineDecay : FormulaSchedule
{
    /// <summary>Creates a schedule that falls along half a cosine wave.</summary>
    /// <param name="initial_learning_rate">The rate of the first batch.</param>
    /// <param name="decay_steps">The number of batches over which it falls.</param>
    /// <param name="alpha">The share of the rate that is left at the end.</param>
    /// <param name="name">The name.</param>
    /// <param name="warmup_target">The rate to which it rises first; <c>null</c> for no warmup.</param>
    /// <param name="warmup_steps">The number of batches over which it rises.</param>
    /// <exception cref="ValueError">The number of steps isn't above 0.</exception>
    public CosineDecay(double initial_learning_rate, double decay_steps, double alpha = 0.0, string? name = "CosineDecay", double? warmup_target = null,
        double warmup_steps = 0)
    {
        RequireSteps(decay_steps);
        (this.initial_learning_rate, this.decay_steps, this.alpha) = (initial_learning_rate, decay_steps, alpha);
        (this.name, this.warmup_target, this.warmup_steps) = (name ?? nameof(CosineDecay), warmup_target, warmup_steps);
    }

    /// <summary>The rate of the first batch.</summary>
    public double initial_learning_rate { get; }

    /// <summary>The number of batches over which it falls.</summary>
    [Counts]
    public double decay_steps { get; }

    /// <summary>The share of the rate that is left at the end.</summary>
    public double alpha { get; }

    /// <summary>The name.</summary>
    public string name { get; }

    /// <summary>The rate to which it rises first.</summary>
    public double? warmup_target { get; }

    /// <summary>The number of batches over which it rises.</summary>
    [Counts]
    public double warmup_steps { get; }

    /// <inheritdoc/>
    private protected override float At(float step)
    {
        float initial = (float)initial_learning_rate, steps = (float)decay_steps;
        if (warmup_target is not { } target) return Falling(Math.Min(step, steps), steps, initial);
        float warmup = (float)warmup_steps, at = Math.Min(step, steps + warmup);
        return at < warmup ? ((float)target - initial) * (at / warmup) + initial : Falling(at - warmup, steps, (float)target);
    }

    private float Falling(float at, float steps, float from)
    {
        float wave = 0.5f * (1 + GlibcMath.SinCos(MathF.PI * (at / steps)).Cos);
        return from * ((float)(1 - alpha) * wave + (float)alpha);
    }
}
