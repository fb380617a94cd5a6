using KerasPort.Saving;

namespace KerasPort.Schedules;

/// <summary>
/// initial_learning_rate / (1 + decay_rate · p) with p = step / decay_steps, truncated with staircase; every operation in float32, as in Keras.
/// </summary>
public sealed class InverseTimeDecay : FormulaSchedule
{
    /// <summary>Creates a schedule whose divisor grows by <paramref name="decay_rate"/> over <paramref name="decay_steps"/> batches.</summary>
    /// <exception cref="ValueError">The number of steps isn't above 0.</exception>
    public InverseTimeDecay(double initial_learning_rate, double decay_steps, double decay_rate, bool staircase = false, string? name = "InverseTimeDecay")
    {
        RequireSteps(decay_steps);
        (this.initial_learning_rate, this.decay_steps, this.decay_rate) = (initial_learning_rate, decay_steps, decay_rate);
        (this.staircase, this.name) = (staircase, name ?? nameof(InverseTimeDecay));
    }

    /// <summary>The rate of the first batch.</summary>
    public double initial_learning_rate { get; }

    /// <summary>The number of batches over which the divisor grows by the decay rate.</summary>
    [Counts]
    public double decay_steps { get; }

    /// <summary>The growth of the divisor.</summary>
    public double decay_rate { get; }

    /// <summary>Whether the rate changes only after each such number of batches.</summary>
    public bool staircase { get; }

    /// <summary>The name.</summary>
    public string name { get; }

    /// <inheritdoc/>
    private protected override float At(float step)
    {
        float p = step / (float)decay_steps;
        return (float)initial_learning_rate / (1 + (float)decay_rate * (staircase ? MathF.Floor(p) : p));
    }
}
