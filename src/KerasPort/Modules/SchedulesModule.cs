using KerasPort.Schedules;

namespace KerasPort;

/// <summary><c>keras.optimizers.schedules</c>; one's own derive from <see cref="LearningRateSchedule"/>.</summary>
public sealed class SchedulesModule
{
    /// <inheritdoc cref="Schedules.ExponentialDecay(double, double, double, bool, string?)"/>
    public ExponentialDecay ExponentialDecay(double initial_learning_rate, double decay_steps, double decay_rate, bool staircase = false,
        string? name = "ExponentialDecay") =>
        new(initial_learning_rate, decay_steps, decay_rate, staircase, name);
}
