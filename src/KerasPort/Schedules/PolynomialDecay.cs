using KerasPort.Saving;

namespace KerasPort.Schedules;

/// <summary>
/// (initial - end) · (1 - step / decay_steps)ᵖᵒʷᵉʳ + end, after decay_steps end; with cycle decay_steps grows to its next multiple each time.
/// Every operation in float32, as in Keras.
/// </summary>
public sealed class PolynomialDecay : FormulaSchedule
{
    /// <summary>A rate that falls to <paramref name="end_learning_rate"/> in the course of <paramref name="decay_steps"/> batches.</summary>
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

    /// <summary>The batches in which it falls.</summary>
    [Counts]
    public double decay_steps { get; }

    /// <summary>The rate of the last one.</summary>
    public double end_learning_rate { get; }

    /// <summary>The power of what is left of the way.</summary>
    public double power { get; }

    /// <summary>Whether it rises again after those batches.</summary>
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
