using KerasPort.Schedules;

namespace KerasPort.Optimizers;

/// <summary>
/// The learning rate that an optimizer takes, a number or a schedule, and that it shows: a schedule is shown with its number for the next batch.
/// It reads as a number, so that <c>optimizer.learning_rate *= 0.5</c> works.
/// </summary>
public readonly record struct LearningRate : IPythonText
{
    private LearningRate(double value, LearningRateSchedule? schedule) => (Value, Schedule) = (value, schedule);

    /// <summary>The number.</summary>
    public double Value { get; }

    /// <summary>The schedule that gives the number; <c>null</c> for a constant rate.</summary>
    public LearningRateSchedule? Schedule { get; }

    /// <summary>The optimizer that shows this rate: <c>keras.backend.set_value</c> sets the rate there. <c>null</c> for a rate of its own.</summary>
    internal Optimizer? Of { get; private init; }

    double? IPythonText.Number => Value;

    /// <summary>The rate of that batch, counted from 0, rounded to float32 as Keras keeps it.</summary>
    internal LearningRate At(long step, Optimizer of) => new(Schedule?.Apply(step) ?? (float)Value, Schedule) { Of = of };

    /// <summary>Whether both are the same number or schedule, whichever optimizer shows them.</summary>
    public bool Equals(LearningRate other) => Value.Equals(other.Value) && Schedule == other.Schedule;

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Value, Schedule);

    /// <summary>The number as numpy's, of float32.</summary>
    public NDArray numpy() => (float)Value;

    /// <summary>The number as Python shows it.</summary>
    public override string ToString() => PythonText.Str(Value);

    /// <summary>A rate that stays until another one is set.</summary>
    public static implicit operator LearningRate(double value) => new(value, null);

    /// <summary>A rate for each batch.</summary>
    /// <exception cref="ValueError">There is no schedule.</exception>
    public static implicit operator LearningRate(LearningRateSchedule schedule) =>
        new(0, schedule ?? throw new ValueError("A learning rate is a number or a schedule. Received: None"));

    /// <summary>The number.</summary>
    public static implicit operator double(LearningRate rate) => rate.Value;

    /// <summary>The number, for functions of arrays: <c>np.array(optimizer.learning_rate)</c>.</summary>
    public static implicit operator NDArray(LearningRate rate) => rate.numpy();

    /// <summary>The number, to print.</summary>
    public static implicit operator Arg(LearningRate rate) => rate.Value;
}
