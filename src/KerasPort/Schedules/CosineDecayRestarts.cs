using KerasPort.Random;
using KerasPort.Saving;

namespace KerasPort.Schedules;

/// <summary>
/// initial · ((1 - alpha) · m_mulⁱ · (1 + cos π·p) / 2 + alpha), where i is the number of restarts so far and p the share of the current period that has
/// passed. The first period has first_decay_steps batches, each further one t_mul times those of the one before.
/// </summary>
/// <remarks>Source: Loshchilov and Hutter, SGDR: stochastic gradient descent with warm restarts (2017). Every operation in float32, as in Keras.</remarks>
public sealed class CosineDecayRestarts : FormulaSchedule
{
    /// <summary>Creates a schedule that falls along half a cosine wave, repeatedly.</summary>
    /// <param name="initial_learning_rate">The rate of the first batch.</param>
    /// <param name="first_decay_steps">The number of batches of the first period.</param>
    /// <param name="t_mul">The factor by which each period is longer than the one before.</param>
    /// <param name="m_mul">The factor of the rate at the beginning of each period.</param>
    /// <param name="alpha">The share of the initial rate that is left at the end of a period.</param>
    /// <param name="name">The name.</param>
    /// <exception cref="ValueError">The number of steps isn't above 0.</exception>
    public CosineDecayRestarts(double initial_learning_rate, double first_decay_steps, double t_mul = 2.0, double m_mul = 1.0, double alpha = 0.0,
        string? name = "SGDRDecay")
    {
        RequireSteps(first_decay_steps, nameof(first_decay_steps));
        (this.initial_learning_rate, this.first_decay_steps, this.t_mul) = (initial_learning_rate, first_decay_steps, t_mul);
        (this.m_mul, this.alpha, this.name) = (m_mul, alpha, name ?? nameof(CosineDecayRestarts));
    }

    /// <summary>The rate of the first batch.</summary>
    public double initial_learning_rate { get; }

    /// <summary>The number of batches of the first period.</summary>
    [Counts]
    public double first_decay_steps { get; }

    /// <summary>The factor by which each period is longer than the one before.</summary>
    public double t_mul { get; }

    /// <summary>The factor of the rate at the beginning of each period.</summary>
    public double m_mul { get; }

    /// <summary>The share of the initial rate that is left at the end of a period.</summary>
    public double alpha { get; }

    /// <summary>The name.</summary>
    public string name { get; }

    /// <inheritdoc/>
    private protected override float At(float step)
    {
        float periods = step / (float)first_decay_steps, longer = (float)t_mul, least = (float)alpha, restarts;
        if (longer == 1)
        {
            restarts = MathF.Floor(periods);
            periods -= restarts;
        }
        else
        {
            restarts = MathF.Floor(Log(1 - periods * (1 - longer)) / Log(longer));
            float length = MathF.Pow(longer, restarts), before = (1 - length) / (1 - longer);
            periods = (periods - before) / length;
        }
        float wave = 0.5f * MathF.Pow((float)m_mul, restarts) * (1 + GlibcMath.SinCos(MathF.PI * periods).Cos);
        return (float)initial_learning_rate * ((1 - least) * wave + least);
    }

    /// <summary>
    /// The logarithm that counts restarts, exact to the last bit: at the border between periods, one bit makes a difference of a whole period.
    /// </summary>
    private static float Log(float x) => x > 0 ? GlibcMath.Log(x) : MathF.Log(x);
}
