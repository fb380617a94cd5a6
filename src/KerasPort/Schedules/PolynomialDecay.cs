using KerasPort.Saving;

namespace KerasPort.Schedules;

/// <summary>
/// (initial - end) · (1 - step / decay_steps)ᵖᵒʷᵉʳ + end, and end after decay_steps; with cycle, decay_steps grows to its next multiple instead.
/// Every operation in float32, as in Keras.
/// </summary>
public sealed class PolynomialDecay : FormulaSchedule
{
    /// <summary>Creates a schedule that falls to <paramref name="end_learning_rate"/> over <paramref name="decay_steps"/> batches.</summary>
    /// <exception cref="ValueError">The number of steps isn't above 0.</exception>
    public PolynomialDecay(double initial_learning_rate, double decay_steps, double end_learning_rate = 0.0001, double power = 1.0, bool cycle = false,
        string? name = "PolynomialDecay")
    {
        RequireSteps(decay_steps);
        (this.initial_learning_rate, this.decay_steps, this.end_learning_rate) = (initial_learning_rate, decay_steps, end_learning_rate);
        (this.power, this.cycle, this.name) = (power, cycle, name ?? nameof(PolynomialDecay));
    }

    /// <summary>The rate of the first batch.</summary>
    public double initial_learning_rate { get; }

    /// <summary>The number of batches over which it falls.</summary>
    [Counts]
    public double decay_steps { get; }

    /// <summary>The rate at the end.</summary>
    public double end_learning_rate { get; }

    /// <summary>The exponent of the share of steps that is left.</summary>
    public double power { get; }

    /// <summary>Whether it starts to fall again after those batches, from a higher rate.</summary>
    public bool cycle { get; }

    /// <summary>The name.</summary>
    public string name { get; }

    /// <inheritdoc/>
    private protected override float At(float step)
    {
        float at = step, steps = (float)decay_steps, end = (float)end_learning_rate;
        if (!cycle) at = Math.Min(at, steps);
        else if (at != 0) steps *= MathF.Ceiling(at / steps);
        return ((float)initial_learning_rate - end) * MathF.Pow(1 - at / steps, (float)power) + end;
    }
}
