using KerasPort.Optimizers;

namespace KerasPort;

/// <summary><c>keras.optimizers</c>.</summary>
public sealed class OptimizersModule
{
    /// <summary><c>keras.optimizers.schedules</c>.</summary>
    public SchedulesModule schedules { get; } = new();

    /// <inheritdoc cref="Optimizers.Adam(LearningRate?, double, double, double, bool, double?, double?, double?, double?, int?, string?)"/>
    public Adam Adam(LearningRate? learning_rate = null, double beta_1 = 0.9, double beta_2 = 0.999, double epsilon = 1e-7, bool amsgrad = false,
        double? weight_decay = null, double? clipnorm = null, double? clipvalue = null, double? global_clipnorm = null,
            int? gradient_accumulation_steps = null, string? name = null) =>
        new(learning_rate, beta_1, beta_2, epsilon, amsgrad, weight_decay, clipnorm, clipvalue, global_clipnorm, gradient_accumulation_steps, name);

    /// <inheritdoc cref="Optimizers.SGD(LearningRate?, double, bool, double?, double?, double?, double?, int?, string?)"/>
    public SGD SGD(LearningRate? learning_rate = null, double momentum = 0, bool nesterov = false,
        double? weight_decay = null, double? clipnorm = null, double? clipvalue = null, double? global_clipnorm = null,
            int? gradient_accumulation_steps = null, string? name = null) =>
        new(learning_rate, momentum, nesterov, weight_decay, clipnorm, clipvalue, global_clipnorm, gradient_accumulation_steps, name);
}
