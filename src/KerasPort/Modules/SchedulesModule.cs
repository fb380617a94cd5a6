using KerasPort.Schedules;

namespace KerasPort;

/// <summary><c>keras.optimizers.schedules</c>; your own derive from <see cref="LearningRateSchedule"/>.</summary>
public sealed partial class SchedulesModule
{
    /// <inheritdoc cref="Schedules.CosineDecay(double, double, double, string?, double?, double)"/>
    public CosineDecay CosineDecay(double initial_learning_rate, double decay_steps, double alpha = 0.0, string? name = "CosineDecay",
        double? warmup_target = null, double warmup_steps = 0) =>
        new(initial_learning_rate, decay_steps, alpha, name, warmup_target, warmup_steps);

    /// <inheritdoc cref="Schedules.CosineDecayRestarts(double, double, double, double, double, string?)"/>
    public CosineDecayRestarts CosineDecayRestarts(double initial_learning_rate, double first_decay_steps, double t_mul = 2.0, double m_mul = 1.0,
        double alpha = 0.0, string? name = "SGDRDecay") =>
        new(initial_learning_rate, first_decay_steps, t_mul, m_mul, alpha, name);

    /// <inheritdoc cref="Schedules.ExponentialDecay(double, double, double, bool, string?)"/>
    public ExponentialDecay ExponentialDecay(double initial_learning_rate, double decay_steps, double decay_rate, bool staircase = false,
        string? name = "ExponentialDecay") =>
        new(initial_learning_rate, decay_steps, decay_rate, staircase, name);

    /// <inheritdoc cref="Schedules.InverseTimeDecay(double, double, double, bool, string?)"/>
    public InverseTimeDecay InverseTimeDecay(double initial_learning_rate, double decay_steps, double decay_rate, bool staircase = false,
        string? name = "InverseTimeDecay") =>
        new(initial_learning_rate, decay_steps, decay_rate, staircase, name);

    /// <inheritdoc cref="Schedules.PiecewiseConstantDecay(double[], double[], string?)"/>
    public PiecewiseConstantDecay PiecewiseConstantDecay(double[] boundaries, double[] values, string? name = "PiecewiseConstant") =>
        new(boundaries, values, name);

    /// <inheritdoc cref="Schedules.PolynomialDecay(double, double, double, double, bool, string?)"/>
    public PolynomialDecay PolynomialDecay(double initial_learning_rate, double decay_steps, double end_learning_rate = 0.0001, double power = 1.0,
        bool cycle = false, string? name = "PolynomialDecay") =>
        new(initial_learning_rate, decay_steps, end_learning_rate, power, cycle, name);
}
