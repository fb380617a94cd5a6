using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;
using KerasPort.Constraints;
using KerasPort.Initializers;
using KerasPort.Losses;
using KerasPort.Metrics;
using KerasPort.Optimizers;
using KerasPort.Regularizers;
using KerasPort.Saving;
using KerasPort.Schedules;

namespace KerasPort;

// serialize, deserialize and get of these modules: an object's configuration, and the object of a configuration or a name.

public sealed partial class LossesModule
{
    /// <summary>Creates a loss from the configuration that <see cref="serialize(Loss)"/> gives, or from its name; <c>null</c> for <c>null</c>.</summary>
    /// <exception cref="ModelFormatException">The configuration isn't one of a loss.</exception>
    [return: NotNullIfNotNull(nameof(name))]
    public Loss? deserialize(JsonNode? name, CustomObjects? custom_objects = null) => ObjectConfig.Read<Loss>(name, custom_objects, text => text);

    /// <summary>The loss of that name, or the given one.</summary>
    /// <exception cref="ValueError">There is no loss of that name.</exception>
    [OverloadResolutionPriority(1)]
    [return: NotNullIfNotNull(nameof(identifier))]
    public Loss? get(Loss? identifier) => identifier;

    /// <summary>The loss of a function of targets and outputs.</summary>
    public Loss get(Func<Tensor, Tensor, Tensor> identifier) => ByFunction(identifier);

    /// <inheritdoc cref="deserialize"/>
    public Loss get(JsonObject identifier) => deserialize(identifier);

    /// <summary>The configuration of a loss, with its class.</summary>
    /// <exception cref="ValueError">The loss is made of a function without a name.</exception>
    public JsonNode serialize(Loss loss) => ObjectConfig.SerializeNamed(loss, loss.Function);

    /// <summary>The configuration of a loss function: its name.</summary>
    public JsonNode serialize(Func<Tensor, Tensor, Tensor> loss) => ObjectConfig.Function(loss, legacy: false);
}

public sealed partial class MetricsModule
{
    /// <summary>Creates a metric from the configuration that <see cref="serialize(Metric)"/> gives, or from its name; <c>null</c> for <c>null</c>.</summary>
    /// <exception cref="ModelFormatException">The configuration isn't one of a metric.</exception>
    [return: NotNullIfNotNull(nameof(config))]
    public Metric? deserialize(JsonNode? config, CustomObjects? custom_objects = null) => ObjectConfig.Read<Metric>(config, custom_objects, text => get(text));

    /// <summary>The metric of that name. "accuracy" gives <see cref="Accuracy"/>, since there are no targets and outputs to choose another one by.</summary>
    /// <exception cref="ValueError">There is no metric of that name.</exception>
    [OverloadResolutionPriority(2)]
    [return: NotNullIfNotNull(nameof(identifier))]
    public Metric? get(string? identifier) => identifier == "accuracy" ? new Accuracy() : identifier;

    /// <summary>The given metric.</summary>
    [OverloadResolutionPriority(1)]
    [return: NotNullIfNotNull(nameof(identifier))]
    public Metric? get(Metric? identifier) => identifier;

    /// <inheritdoc cref="deserialize"/>
    public Metric get(JsonObject identifier) => deserialize(identifier);

    /// <summary>The configuration of a metric, with its class.</summary>
    /// <exception cref="ValueError">The metric is made of a function without a name, or is a name such as "accuracy" that is resolved by data.</exception>
    public JsonNode serialize(Metric metric) => ObjectConfig.SerializeNamed(metric, (metric as MeanMetric)?.Function);

    /// <summary>The configuration of a metric that is the mean of a function: the function's name.</summary>
    public JsonNode serialize(Func<Tensor, Tensor, Tensor> metric) => ObjectConfig.Function(metric, legacy: false);
}

public sealed partial class OptimizersModule
{
    /// <summary>Creates an optimizer from the configuration that <see cref="serialize"/> gives, without its slots.</summary>
    /// <exception cref="ModelFormatException">The configuration isn't one of an optimizer.</exception>
    public Optimizer deserialize(JsonObject config, CustomObjects? custom_objects = null) =>
        ObjectConfig.Read<Optimizer>(config, custom_objects, text => text)!;

    /// <summary>The optimizer of that name, or the given one.</summary>
    /// <exception cref="ValueError">There is no optimizer of that name.</exception>
    [OverloadResolutionPriority(1)]
    [return: NotNullIfNotNull(nameof(identifier))]
    public Optimizer? get(Optimizer? identifier) => identifier;

    /// <inheritdoc cref="deserialize"/>
    public Optimizer get(JsonObject identifier) => deserialize(identifier);

    /// <summary>The configuration of an optimizer, with its class.</summary>
    public JsonObject serialize(Optimizer optimizer) => ObjectConfig.Serialize(optimizer);
}

public sealed partial class SchedulesModule
{
    /// <summary>Creates a schedule from the configuration that <see cref="serialize"/> gives.</summary>
    /// <exception cref="ModelFormatException">The configuration isn't one of a schedule.</exception>
    public LearningRateSchedule deserialize(JsonObject config, CustomObjects? custom_objects = null) =>
        ObjectConfig.Read<LearningRateSchedule>(config, custom_objects, null)!;

    /// <summary>The configuration of a schedule, with its class.</summary>
    public JsonObject serialize(LearningRateSchedule learning_rate_schedule) => ObjectConfig.Serialize(learning_rate_schedule);
}

public sealed partial class InitializersModule
{
    /// <summary>Creates an initializer from the configuration that <see cref="serialize"/> gives, or from its name; <c>null</c> for <c>null</c>.</summary>
    /// <exception cref="ModelFormatException">The configuration isn't one of an initializer.</exception>
    [return: NotNullIfNotNull(nameof(config))]
    public Initializer? deserialize(JsonNode? config, CustomObjects? custom_objects = null) =>
        ObjectConfig.Read<Initializer>(config, custom_objects, text => text);

    /// <summary>The initializer of that name, or the given one.</summary>
    /// <exception cref="ValueError">There is no initializer of that name.</exception>
    [OverloadResolutionPriority(1)]
    [return: NotNullIfNotNull(nameof(identifier))]
    public Initializer? get(Initializer? identifier) => identifier;

    /// <inheritdoc cref="deserialize"/>
    public Initializer get(JsonObject identifier) => deserialize(identifier);

    /// <summary>The configuration of an initializer, with its class.</summary>
    public JsonObject serialize(Initializer initializer) => ObjectConfig.Serialize(initializer);
}

public sealed partial class RegularizersModule
{
    /// <summary>Creates a regularizer from the configuration that <see cref="serialize"/> gives, or from its name; <c>null</c> for <c>null</c>.</summary>
    /// <exception cref="ModelFormatException">The configuration isn't one of a regularizer.</exception>
    [return: NotNullIfNotNull(nameof(config))]
    public Regularizer? deserialize(JsonNode? config, CustomObjects? custom_objects = null) =>
        ObjectConfig.Read<Regularizer>(config, custom_objects, text => text);

    /// <summary>The regularizer of that name, or the given one.</summary>
    /// <exception cref="ValueError">There is no regularizer of that name.</exception>
    [OverloadResolutionPriority(1)]
    [return: NotNullIfNotNull(nameof(identifier))]
    public Regularizer? get(Regularizer? identifier) => identifier;

    /// <inheritdoc cref="deserialize"/>
    public Regularizer get(JsonObject identifier) => deserialize(identifier);

    /// <summary>The configuration of a regularizer, with its class.</summary>
    public JsonObject serialize(Regularizer regularizer) => ObjectConfig.Serialize(regularizer);
}

public sealed partial class ConstraintsModule
{
    /// <summary>Creates a constraint from the configuration that <see cref="serialize"/> gives, or from its name; <c>null</c> for <c>null</c>.</summary>
    /// <exception cref="ModelFormatException">The configuration isn't one of a constraint.</exception>
    [return: NotNullIfNotNull(nameof(config))]
    public Constraint? deserialize(JsonNode? config, CustomObjects? custom_objects = null) =>
        ObjectConfig.Read<Constraint>(config, custom_objects, text => text);

    /// <summary>The constraint of that name, or the given one.</summary>
    /// <exception cref="ValueError">There is no constraint of that name.</exception>
    [OverloadResolutionPriority(1)]
    [return: NotNullIfNotNull(nameof(identifier))]
    public Constraint? get(Constraint? identifier) => identifier;

    /// <inheritdoc cref="deserialize"/>
    public Constraint get(JsonObject identifier) => deserialize(identifier);

    /// <summary>The configuration of a constraint, with its class.</summary>
    public JsonObject serialize(Constraint constraint) => ObjectConfig.Serialize(constraint);
}
