using KerasPort.Optimizers;

namespace KerasPort;

/// <summary><c>keras.optimizers</c>.</summary>
public sealed class OptimizersModule
{
    /// <summary><c>keras.optimizers.schedules</c>.</summary>
    public SchedulesModule schedules { get; } = new();

    /// <inheritdoc cref="Optimizers.Adadelta(LearningRate?, double, double, double?, double?, double?, double?, int?, string?)"/>
    public Adadelta Adadelta(LearningRate? learning_rate = null, double rho = 0.95, double epsilon = 1e-7,
        double? weight_decay = null, double? clipnorm = null, double? clipvalue = null, double? global_clipnorm = null,
        int? gradient_accumulation_steps = null, string? name = null) =>
        new(learning_rate, rho, epsilon, weight_decay, clipnorm, clipvalue, global_clipnorm, gradient_accumulation_steps, name);

    /// <inheritdoc cref="Optimizers.Adagrad(LearningRate?, double, double, double?, double?, double?, double?, int?, string?)"/>
    public Adagrad Adagrad(LearningRate? learning_rate = null, double initial_accumulator_value = 0.1, double epsilon = 1e-7,
        double? weight_decay = null, double? clipnorm = null, double? clipvalue = null, double? global_clipnorm = null,
        int? gradient_accumulation_steps = null, string? name = null) =>
        new(learning_rate, initial_accumulator_value, epsilon, weight_decay, clipnorm, clipvalue, global_clipnorm, gradient_accumulation_steps, name);

    /// <inheritdoc cref="Optimizers.Adam(LearningRate?, double, double, double, bool, double?, double?, double?, double?, int?, string?)"/>
    public Adam Adam(LearningRate? learning_rate = null, double beta_1 = 0.9, double beta_2 = 0.999, double epsilon = 1e-7, bool amsgrad = false,
        double? weight_decay = null, double? clipnorm = null, double? clipvalue = null, double? global_clipnorm = null,
        int? gradient_accumulation_steps = null, string? name = null) =>
        new(learning_rate, beta_1, beta_2, epsilon, amsgrad, weight_decay, clipnorm, clipvalue, global_clipnorm, gradient_accumulation_steps, name);

    /// <inheritdoc cref="Optimizers.AdamW(LearningRate?, double?, double, double, double, bool, double?, double?, double?, int?, string?)"/>
    public AdamW AdamW(LearningRate? learning_rate = null, double? weight_decay = 0.004, double beta_1 = 0.9, double beta_2 = 0.999, double epsilon = 1e-7,
        bool amsgrad = false, double? clipnorm = null, double? clipvalue = null, double? global_clipnorm = null,
        int? gradient_accumulation_steps = null, string? name = null) =>
        new(learning_rate, weight_decay, beta_1, beta_2, epsilon, amsgrad, clipnorm, clipvalue, global_clipnorm, gradient_accumulation_steps, name);

    /// <inheritdoc cref="Optimizers.Adamax(LearningRate?, double, double, double, double?, double?, double?, double?, int?, string?)"/>
    public Adamax Adamax(LearningRate? learning_rate = null, double beta_1 = 0.9, double beta_2 = 0.999, double epsilon = 1e-7,
        double? weight_decay = null, double? clipnorm = null, double? clipvalue = null, double? global_clipnorm = null,
        int? gradient_accumulation_steps = null, string? name = null) =>
        new(learning_rate, beta_1, beta_2, epsilon, weight_decay, clipnorm, clipvalue, global_clipnorm, gradient_accumulation_steps, name);

    /// <inheritdoc cref="Optimizers.Nadam(LearningRate?, double, double, double, double?, double?, double?, double?, int?, string?)"/>
    public Nadam Nadam(LearningRate? learning_rate = null, double beta_1 = 0.9, double beta_2 = 0.999, double epsilon = 1e-7,
        double? weight_decay = null, double? clipnorm = null, double? clipvalue = null, double? global_clipnorm = null,
        int? gradient_accumulation_steps = null, string? name = null) =>
        new(learning_rate, beta_1, beta_2, epsilon, weight_decay, clipnorm, clipvalue, global_clipnorm, gradient_accumulation_steps, name);

    /// <inheritdoc cref="Optimizers.RMSprop(LearningRate?, double, double, double, bool, double?, double?, double?, double?, int?, string?)"/>
    public RMSprop RMSprop(LearningRate? learning_rate = null, double rho = 0.9, double momentum = 0.0, double epsilon = 1e-7, bool centered = false,
        double? weight_decay = null, double? clipnorm = null, double? clipvalue = null, double? global_clipnorm = null,
        int? gradient_accumulation_steps = null, string? name = null) =>
        new(learning_rate, rho, momentum, epsilon, centered, weight_decay, clipnorm, clipvalue, global_clipnorm, gradient_accumulation_steps, name);

    /// <inheritdoc cref="Optimizers.SGD(LearningRate?, double, bool, double?, double?, double?, double?, int?, string?)"/>
    public SGD SGD(LearningRate? learning_rate = null, double momentum = 0, bool nesterov = false,
        double? weight_decay = null, double? clipnorm = null, double? clipvalue = null, double? global_clipnorm = null,
        int? gradient_accumulation_steps = null, string? name = null) =>
        new(learning_rate, momentum, nesterov, weight_decay, clipnorm, clipvalue, global_clipnorm, gradient_accumulation_steps, name);
}
