namespace KerasPort.Optimizers;

/// <summary>
/// Adam whose weights decay by default, apart from the gradient: w -= w · weight_decay · lr comes before the step.
/// Source: Loshchilov and Hutter, Decoupled weight decay regularization (2019).
/// </summary>
public sealed class AdamW : Adam
{
    /// <summary>AdamW with Keras' defaults.</summary>
    /// <param name="learning_rate">A number of 0 or more, or a schedule; 0.001 by default.</param>
    /// <param name="beta_1">β₁, the decay of the mean of gradients.</param>
    /// <param name="beta_2">β₂, the decay of the mean of squared gradients.</param>
    /// <param name="epsilon">ε, which keeps the quotient finite.</param>
    /// <param name="amsgrad">Whether the largest mean of squared gradients so far counts.</param>
    /// <inheritdoc cref="Optimizer(LearningRate, double?, double?, double?, double?, bool, double, int?, double?, int?, string?)"/>
    /// <exception cref="ValueError">… or there is no weight decay.</exception>
    public AdamW(LearningRate? learning_rate = null, double? weight_decay = 0.004, double beta_1 = 0.9, double beta_2 = 0.999, double epsilon = 1e-7,
        bool amsgrad = false, double? clipnorm = null, double? clipvalue = null, double? global_clipnorm = null,
        bool use_ema = false, double ema_momentum = 0.99, int? ema_overwrite_frequency = null,
        double? loss_scale_factor = null, int? gradient_accumulation_steps = null, string? name = null)
        : base(learning_rate, beta_1, beta_2, epsilon, amsgrad,
            weight_decay ?? throw new ValueError("Argument `weight_decay` must be a float. Received: weight_decay=None"),
            clipnorm, clipvalue, global_clipnorm,
            use_ema, ema_momentum, ema_overwrite_frequency, loss_scale_factor, gradient_accumulation_steps, name)
    { }
}
