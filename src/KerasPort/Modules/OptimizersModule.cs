using KerasPort.Layers;
using KerasPort.Optimizers;

namespace KerasPort;

/// <summary><c>keras.optimizers</c>.</summary>
public sealed partial class OptimizersModule
{
    /// <summary><c>keras.optimizers.schedules</c>.</summary>
    public SchedulesModule schedules { get; } = new();

    /// <inheritdoc cref="Optimizers.Adadelta(LearningRate?, double, double, double?, double?, double?, double?, bool, double, int?, double?, int?, string?)"/>
    public Adadelta Adadelta(LearningRate? learning_rate = null, double rho = 0.95, double epsilon = 1e-7,
        double? weight_decay = null, double? clipnorm = null, double? clipvalue = null, double? global_clipnorm = null,
        bool use_ema = false, double ema_momentum = 0.99, int? ema_overwrite_frequency = null,
        double? loss_scale_factor = null, int? gradient_accumulation_steps = null, string? name = null) =>
        new(learning_rate, rho, epsilon, weight_decay, clipnorm, clipvalue, global_clipnorm,
            use_ema, ema_momentum, ema_overwrite_frequency, loss_scale_factor, gradient_accumulation_steps, name);

    /// <inheritdoc
    ///     cref="Optimizers.Adafactor(LearningRate?, double, double, double, double, bool, double?, double?, double?, double?,
    ///     bool, double, int?, double?, int?, string?)"/>
    public Adafactor Adafactor(LearningRate? learning_rate = null, double beta_2_decay = -0.8, double epsilon_1 = 1e-30, double epsilon_2 = 1e-3,
        double clip_threshold = 1.0, bool relative_step = true,
        double? weight_decay = null, double? clipnorm = null, double? clipvalue = null, double? global_clipnorm = null,
        bool use_ema = false, double ema_momentum = 0.99, int? ema_overwrite_frequency = null,
        double? loss_scale_factor = null, int? gradient_accumulation_steps = null, string? name = null) =>
        new(learning_rate, beta_2_decay, epsilon_1, epsilon_2, clip_threshold, relative_step, weight_decay, clipnorm, clipvalue, global_clipnorm,
            use_ema, ema_momentum, ema_overwrite_frequency, loss_scale_factor, gradient_accumulation_steps, name);

    /// <inheritdoc cref="Optimizers.Adagrad(LearningRate?, double, double, double?, double?, double?, double?, bool, double, int?, double?, int?, string?)"/>
    public Adagrad Adagrad(LearningRate? learning_rate = null, double initial_accumulator_value = 0.1, double epsilon = 1e-7,
        double? weight_decay = null, double? clipnorm = null, double? clipvalue = null, double? global_clipnorm = null,
        bool use_ema = false, double ema_momentum = 0.99, int? ema_overwrite_frequency = null,
        double? loss_scale_factor = null, int? gradient_accumulation_steps = null, string? name = null) =>
        new(learning_rate, initial_accumulator_value, epsilon, weight_decay, clipnorm, clipvalue, global_clipnorm,
            use_ema, ema_momentum, ema_overwrite_frequency, loss_scale_factor, gradient_accumulation_steps, name);

    /// <inheritdoc
    ///     cref="Optimizers.Adam(LearningRate?, double, double, double, bool, double?, double?, double?, double?,
    ///     bool, double, int?, double?, int?, string?)"/>
    public Adam Adam(LearningRate? learning_rate = null, double beta_1 = 0.9, double beta_2 = 0.999, double epsilon = 1e-7, bool amsgrad = false,
        double? weight_decay = null, double? clipnorm = null, double? clipvalue = null, double? global_clipnorm = null,
        bool use_ema = false, double ema_momentum = 0.99, int? ema_overwrite_frequency = null,
        double? loss_scale_factor = null, int? gradient_accumulation_steps = null, string? name = null) =>
        new(learning_rate, beta_1, beta_2, epsilon, amsgrad, weight_decay, clipnorm, clipvalue, global_clipnorm,
            use_ema, ema_momentum, ema_overwrite_frequency, loss_scale_factor, gradient_accumulation_steps, name);

    /// <inheritdoc
    ///     cref="Optimizers.AdamW(LearningRate?, double?, double, double, double, bool, double?, double?, double?,
    ///     bool, double, int?, double?, int?, string?)"/>
    public AdamW AdamW(LearningRate? learning_rate = null, double? weight_decay = 0.004, double beta_1 = 0.9, double beta_2 = 0.999, double epsilon = 1e-7,
        bool amsgrad = false, double? clipnorm = null, double? clipvalue = null, double? global_clipnorm = null,
        bool use_ema = false, double ema_momentum = 0.99, int? ema_overwrite_frequency = null,
        double? loss_scale_factor = null, int? gradient_accumulation_steps = null, string? name = null) =>
        new(learning_rate, weight_decay, beta_1, beta_2, epsilon, amsgrad, clipnorm, clipvalue, global_clipnorm,
            use_ema, ema_momentum, ema_overwrite_frequency, loss_scale_factor, gradient_accumulation_steps, name);

    /// <inheritdoc
    ///     cref="Optimizers.Adamax(LearningRate?, double, double, double, double?, double?, double?, double?, bool, double, int?, double?, int?, string?)"/>
    public Adamax Adamax(LearningRate? learning_rate = null, double beta_1 = 0.9, double beta_2 = 0.999, double epsilon = 1e-7,
        double? weight_decay = null, double? clipnorm = null, double? clipvalue = null, double? global_clipnorm = null,
        bool use_ema = false, double ema_momentum = 0.99, int? ema_overwrite_frequency = null,
        double? loss_scale_factor = null, int? gradient_accumulation_steps = null, string? name = null) =>
        new(learning_rate, beta_1, beta_2, epsilon, weight_decay, clipnorm, clipvalue, global_clipnorm,
            use_ema, ema_momentum, ema_overwrite_frequency, loss_scale_factor, gradient_accumulation_steps, name);

    /// <inheritdoc
    ///     cref="Optimizers.Ftrl(LearningRate?, double, double, double, double, double, double, double?, double?, double?, double?,
    ///     bool, double, int?, double?, int?, string?)"/>
    public Ftrl Ftrl(LearningRate? learning_rate = null, double learning_rate_power = -0.5, double initial_accumulator_value = 0.1,
        double l1_regularization_strength = 0.0, double l2_regularization_strength = 0.0, double l2_shrinkage_regularization_strength = 0.0,
        double beta = 0.0,
        double? weight_decay = null, double? clipnorm = null, double? clipvalue = null, double? global_clipnorm = null,
        bool use_ema = false, double ema_momentum = 0.99, int? ema_overwrite_frequency = null,
        double? loss_scale_factor = null, int? gradient_accumulation_steps = null, string? name = null) =>
        new(learning_rate, learning_rate_power, initial_accumulator_value, l1_regularization_strength, l2_regularization_strength,
            l2_shrinkage_regularization_strength, beta, weight_decay, clipnorm, clipvalue, global_clipnorm,
            use_ema, ema_momentum, ema_overwrite_frequency, loss_scale_factor, gradient_accumulation_steps, name);

    /// <inheritdoc
    ///     cref="Optimizers.Lamb(LearningRate?, double, double, double, double?, double?, double?, double?, bool, double, int?, double?, int?, string?)"/>
    public Lamb Lamb(LearningRate? learning_rate = null, double beta_1 = 0.9, double beta_2 = 0.999, double epsilon = 1e-7,
        double? weight_decay = null, double? clipnorm = null, double? clipvalue = null, double? global_clipnorm = null,
        bool use_ema = false, double ema_momentum = 0.99, int? ema_overwrite_frequency = null,
        double? loss_scale_factor = null, int? gradient_accumulation_steps = null, string? name = null) =>
        new(learning_rate, beta_1, beta_2, epsilon, weight_decay, clipnorm, clipvalue, global_clipnorm,
            use_ema, ema_momentum, ema_overwrite_frequency, loss_scale_factor, gradient_accumulation_steps, name);

    /// <inheritdoc
    ///     cref="Optimizers.Lion(LearningRate?, double, double, double?, double?, double?, double?, bool, double, int?, double?, int?, string?)"/>
    public Lion Lion(LearningRate? learning_rate = null, double beta_1 = 0.9, double beta_2 = 0.99,
        double? weight_decay = null, double? clipnorm = null, double? clipvalue = null, double? global_clipnorm = null,
        bool use_ema = false, double ema_momentum = 0.99, int? ema_overwrite_frequency = null,
        double? loss_scale_factor = null, int? gradient_accumulation_steps = null, string? name = null) =>
        new(learning_rate, beta_1, beta_2, weight_decay, clipnorm, clipvalue, global_clipnorm,
            use_ema, ema_momentum, ema_overwrite_frequency, loss_scale_factor, gradient_accumulation_steps, name);

    /// <inheritdoc cref="Optimizers.LossScaleOptimizer(Optimizer, double, int, string?)"/>
    public LossScaleOptimizer LossScaleOptimizer(Optimizer inner_optimizer, double initial_scale = 32768.0, int dynamic_growth_steps = 2000,
        string? name = null) => new(inner_optimizer, initial_scale, dynamic_growth_steps, name);

    /// <inheritdoc cref="Optimizers.MultiOptimizer(OptimizerMap, double?, string?)"/>
    public MultiOptimizer MultiOptimizer(OptimizerMap optimizer_map, double? loss_scale_factor = null, string? name = null) =>
        new(optimizer_map, loss_scale_factor, name);

    /// <summary>Likewise with a function that chooses the optimizer for each weight. Files can't hold it.</summary>
    /// <inheritdoc cref="Optimizers.MultiOptimizer(OptimizerMap, double?, string?)"/>
    public MultiOptimizer MultiOptimizer(Func<Variable, Optimizer> optimizer_map, double? loss_scale_factor = null, string? name = null) =>
        new(new OptimizerMap(optimizer_map), loss_scale_factor, name);

    /// <inheritdoc cref="Optimizers.Muon"/>
    public Muon Muon(LearningRate? learning_rate = null, double adam_beta_1 = 0.9, double adam_beta_2 = 0.999, double? adam_weight_decay = 0.004,
        double epsilon = 1e-7, double? weight_decay = 0.004, double? clipnorm = null, double? clipvalue = null, double? global_clipnorm = null,
        bool use_ema = false, double ema_momentum = 0.99, int? ema_overwrite_frequency = null,
        double? loss_scale_factor = null, int? gradient_accumulation_steps = null, string? name = null,
        string[]? exclude_layers = null, bool exclude_embeddings = true, double muon_a = 3.4445, double muon_b = -4.7750, double muon_c = 2.0315,
        double adam_lr_ratio = 1, double momentum = 0.95, int ns_steps = 5, bool nesterov = true, double? rms_rate = 0.2) =>
        new(learning_rate, adam_beta_1, adam_beta_2, adam_weight_decay, epsilon, weight_decay, clipnorm, clipvalue, global_clipnorm,
            use_ema, ema_momentum, ema_overwrite_frequency, loss_scale_factor, gradient_accumulation_steps, name,
            exclude_layers, exclude_embeddings, muon_a, muon_b, muon_c, adam_lr_ratio, momentum, ns_steps, nesterov, rms_rate);

    /// <inheritdoc
    ///     cref="Optimizers.Nadam(LearningRate?, double, double, double, double?, double?, double?, double?, bool, double, int?, double?, int?, string?)"/>
    public Nadam Nadam(LearningRate? learning_rate = null, double beta_1 = 0.9, double beta_2 = 0.999, double epsilon = 1e-7,
        double? weight_decay = null, double? clipnorm = null, double? clipvalue = null, double? global_clipnorm = null,
        bool use_ema = false, double ema_momentum = 0.99, int? ema_overwrite_frequency = null,
        double? loss_scale_factor = null, int? gradient_accumulation_steps = null, string? name = null) =>
        new(learning_rate, beta_1, beta_2, epsilon, weight_decay, clipnorm, clipvalue, global_clipnorm,
            use_ema, ema_momentum, ema_overwrite_frequency, loss_scale_factor, gradient_accumulation_steps, name);

    /// <inheritdoc cref="Optimizers.OptimizerMap(Optimizer, Dictionary{string, Optimizer}?)"/>
    public OptimizerMap OptimizerMap(Optimizer default_optimizer, Dictionary<string, Optimizer>? optimizer_map = null) =>
        new(default_optimizer, optimizer_map);

    /// <inheritdoc
    ///     cref="Optimizers.RMSprop(LearningRate?, double, double, double, bool, double?, double?, double?, double?,
    ///     bool, double, int?, double?, int?, string?)"/>
    public RMSprop RMSprop(LearningRate? learning_rate = null, double rho = 0.9, double momentum = 0.0, double epsilon = 1e-7, bool centered = false,
        double? weight_decay = null, double? clipnorm = null, double? clipvalue = null, double? global_clipnorm = null,
        bool use_ema = false, double ema_momentum = 0.99, int? ema_overwrite_frequency = null,
        double? loss_scale_factor = null, int? gradient_accumulation_steps = null, string? name = null) =>
        new(learning_rate, rho, momentum, epsilon, centered, weight_decay, clipnorm, clipvalue, global_clipnorm,
            use_ema, ema_momentum, ema_overwrite_frequency, loss_scale_factor, gradient_accumulation_steps, name);

    /// <inheritdoc
    ///     cref="Optimizers.ScheduleFreeAdamW(LearningRate?, double, double, double, int, double?, double?, double?, double?,
    ///     bool, double, int?, double?, int?, string?)"/>
    public ScheduleFreeAdamW ScheduleFreeAdamW(LearningRate? learning_rate = null, double beta_1 = 0.9, double beta_2 = 0.999, double epsilon = 1e-8,
        int warmup_steps = 0,
        double? weight_decay = null, double? clipnorm = null, double? clipvalue = null, double? global_clipnorm = null,
        bool use_ema = false, double ema_momentum = 0.99, int? ema_overwrite_frequency = null,
        double? loss_scale_factor = null, int? gradient_accumulation_steps = null, string? name = null) =>
        new(learning_rate, beta_1, beta_2, epsilon, warmup_steps, weight_decay, clipnorm, clipvalue, global_clipnorm,
            use_ema, ema_momentum, ema_overwrite_frequency, loss_scale_factor, gradient_accumulation_steps, name);

    /// <inheritdoc cref="Optimizers.SGD(LearningRate?, double, bool, double?, double?, double?, double?, bool, double, int?, double?, int?, string?)"/>
    public SGD SGD(LearningRate? learning_rate = null, double momentum = 0, bool nesterov = false,
        double? weight_decay = null, double? clipnorm = null, double? clipvalue = null, double? global_clipnorm = null,
        bool use_ema = false, double ema_momentum = 0.99, int? ema_overwrite_frequency = null,
        double? loss_scale_factor = null, int? gradient_accumulation_steps = null, string? name = null) =>
        new(learning_rate, momentum, nesterov, weight_decay, clipnorm, clipvalue, global_clipnorm,
            use_ema, ema_momentum, ema_overwrite_frequency, loss_scale_factor, gradient_accumulation_steps, name);
}
