using KerasPort.Saving;

namespace KerasPort.Schedules;

/// <summary>initial_learning_rate · decay_rateᵖ with p = step / decay_steps, truncated with staircase; every operation in float32, as in Keras.</summary>
/// <example><code>
/// var schedule = keras.optimizers.schedules.ExponentialDecay(0.1, decay_steps: 1000, decay_rate: 0.5, staircase: true);
/// var optimizer = keras.optimizers.SGD(learning_rate: schedule);
/// </code></example>
public sealed class ExponentialDecay : FormulaSchedule
{
    /// <summary>Creates a schedule that is multiplied by <paramref name="decay_rate"/> over <paramref name="decay_steps"/> batches.</summary>
    /// <exception cref="ValueError">The number of steps isn't above 0.</exception>
    public ExponentialDecay(double initial_learning_rate, double decay_steps, double decay_rate, bool staircase = false, string? name = "ExponentialDecay")
    {
        RequireSteps(decay_steps);
        (this.initial_learning_rate, this.decay_steps, this.decay_rate) = (initial_learning_rate, decay_steps, decay_rate);
        (this.staircase, this.name) = (staircase, name ?? nameof(ExponentialDecay));
    }

    /// <summary>The rate of the first batch.</summary>
    public double initial_learning_rate { get; }

    /// <summary>The number of batches over which the rate is multiplied once.</summary>
    [Counts]
    public double decay_steps { get; }

    /// <summary>The factor of the rate.</summary>
    public double decay_rate { get; }

    /// <summary>Whether the rate changes only after each such number of batches.</summary>
    public bool staircase { get; }

    /// <summary>The name.</summary>
    public string name { get; }

    /// <inheritdoc/>
    private protected override float At(float step)
    {
        float p = step / (float)decay_steps;
        return (float)initial_learning_rate * MathF.Pow((float)decay_rate, staircase ? MathF.Floor(p) : p);
    }
}
