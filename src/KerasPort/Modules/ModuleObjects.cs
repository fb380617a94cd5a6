using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
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

// serialize, deserialize and get of each of these modules: an object as its configuration, back again, or from a name or a configuration.

public sealed partial class LossesModule
{
    /// <summary>The loss that <see cref="serialize(Loss)"/> wrote down, or that has this name; nothing for nothing.</summary>
    /// <exception cref="ModelFormatException">The configuration isn't one of such an object.</exception>
    [return: NotNullIfNotNull(nameof(name))]
    public Loss? deserialize(JsonNode? name, CustomObjects? custom_objects = null) => ObjectConfig.Read<Loss>(name, custom_objects, text => text);

    /// <summary>The loss of that name, or the one that is given.</summary>
    /// <exception cref="ValueError">There is no object of that name.</exception>
    [OverloadResolutionPriority(1)]
    public Loss? get(Loss? identifier) => identifier;

    /// <summary>The loss that a function is.</summary>
    public Loss get(Func<Tensor, Tensor, Tensor> identifier) => ByFunction(identifier);

    /// <inheritdoc cref="deserialize"/>
    public Loss get(JsonObject identifier) => deserialize(identifier);

    /// <summary>The loss' class and settings.</summary>
    /// <exception cref="ValueError">It wraps a function without a name.</exception>
    public JsonNode serialize(Loss loss) => ObjectConfig.SerializeNamed(loss, loss.Function);

    /// <summary>A loss that is a function, by its name.</summary>
    public JsonNode serialize(Func<Tensor, Tensor, Tensor> loss) => ObjectConfig.Function(loss, legacy: false);
}

public sealed partial class MetricsModule
{
    /// <summary>The metric that <see cref="serialize(Metric)"/> wrote down, or that has this name; nothing for nothing.</summary>
    /// <exception cref="ModelFormatException">The configuration isn't one of such an object.</exception>
    [return: NotNullIfNotNull(nameof(config))]
    public Metric? deserialize(JsonNode? config, CustomObjects? custom_objects = null) => ObjectConfig.Read<Metric>(config, custom_objects, text => get(text));

    /// <summary>The metric of that name. "accuracy" is <see cref="Accuracy"/> here, which no targets and outputs settle.</summary>
    /// <exception cref="ValueError">There is no object of that name.</exception>
    [OverloadResolutionPriority(2)]
    [return: NotNullIfNotNull(nameof(identifier))]
    public Metric? get(string? identifier) => identifier == "accuracy" ? new Accuracy() : identifier;

    /// <summary>The metric that is given.</summary>
    [OverloadResolutionPriority(1)]
    public Metric? get(Metric? identifier) => identifier;

    /// <inheritdoc cref="deserialize"/>
    public Metric get(JsonObject identifier) => deserialize(identifier);

    /// <summary>The metric's class and settings.</summary>
    /// <exception cref="ValueError">It wraps a function without a name, or is a name such as "accuracy" whose meaning depends on data.</exception>
    public JsonNode serialize(Metric metric) => ObjectConfig.SerializeNamed(metric, (metric as MeanMetric)?.Function);

    /// <summary>A metric that is the mean of a function, by its name.</summary>
    public JsonNode serialize(Func<Tensor, Tensor, Tensor> metric) => ObjectConfig.Function(metric, legacy: false);
}

public sealed partial class OptimizersModule
{
    /// <summary>The optimizer that <see cref="serialize"/> wrote down, without what it remembers.</summary>
    /// <exception cref="ModelFormatException">The configuration isn't one of such an object.</exception>
    public Optimizer deserialize(JsonObject config, CustomObjects? custom_objects = null) =>
        ObjectConfig.Read<Optimizer>(config, custom_objects, text => text)!;

    /// <summary>The optimizer of that name, or the one that is given.</summary>
    /// <exception cref="ValueError">There is no object of that name.</exception>
    [OverloadResolutionPriority(1)]
    public Optimizer? get(Optimizer? identifier) => identifier;

    /// <inheritdoc cref="deserialize"/>
    public Optimizer get(JsonObject identifier) => deserialize(identifier);

    /// <summary>The optimizer's class and settings.</summary>
    public JsonObject serialize(Optimizer optimizer) => ObjectConfig.Serialize(optimizer);
}

public sealed partial class SchedulesModule
{
    /// <summary>The schedule that <see cref="serialize"/> wrote down.</summary>
    /// <exception cref="ModelFormatException">The configuration isn't one of such an object.</exception>
    public LearningRateSchedule deserialize(JsonObject config, CustomObjects? custom_objects = null) =>
        ObjectConfig.Read<LearningRateSchedule>(config, custom_objects, null)!;

    /// <summary>The schedule's class and settings.</summary>
    public JsonObject serialize(LearningRateSchedule learning_rate_schedule) => ObjectConfig.Serialize(learning_rate_schedule);
}

public sealed partial class InitializersModule
{
    /// <summary>The initializer that <see cref="serialize"/> wrote down, or that has this name; nothing for nothing.</summary>
    /// <exception cref="ModelFormatException">The configuration isn't one of such an object.</exception>
    [return: NotNullIfNotNull(nameof(config))]
    public Initializer? deserialize(JsonNode? config, CustomObjects? custom_objects = null) =>
        ObjectConfig.Read<Initializer>(config, custom_objects, text => text);

    /// <summary>The initializer of that name, or the one that is given.</summary>
    /// <exception cref="ValueError">There is no object of that name.</exception>
    [OverloadResolutionPriority(1)]
    public Initializer? get(Initializer? identifier) => identifier;

    /// <inheritdoc cref="deserialize"/>
    public Initializer get(JsonObject identifier) => deserialize(identifier);

    /// <summary>The initializer's class and settings.</summary>
    public JsonObject serialize(Initializer initializer) => ObjectConfig.Serialize(initializer);
}

public sealed partial class RegularizersModule
{
    /// <summary>The regularizer that <see cref="serialize"/> wrote down, or that has this name; nothing for nothing.</summary>
    /// <exception cref="ModelFormatException">The configuration isn't one of such an object.</exception>
    [return: NotNullIfNotNull(nameof(config))]
    public Regularizer? deserialize(JsonNode? config, CustomObjects? custom_objects = null) =>
        ObjectConfig.Read<Regularizer>(config, custom_objects, text => text);

    /// <summary>The regularizer of that name, or the one that is given.</summary>
    /// <exception cref="ValueError">There is no object of that name.</exception>
    [OverloadResolutionPriority(1)]
    public Regularizer? get(Regularizer? identifier) => identifier;

    /// <inheritdoc cref="deserialize"/>
    public Regularizer get(JsonObject identifier) => deserialize(identifier);

    /// <summary>The regularizer's class and settings.</summary>
    public JsonObject serialize(Regularizer regularizer) => ObjectConfig.Serialize(regularizer);
}

public sealed partial class ConstraintsModule
{
    /// <summary>The constraint that <see cref="serialize"/> wrote down, or that has this name; nothing for nothing.</summary>
    /// <exception cref="ModelFormatException">The configuration isn't one of such an object.</exception>
    [return: NotNullIfNotNull(nameof(config))]
    public Constraint? deserialize(JsonNode? config, CustomObjects? custom_objects = null) =>
        ObjectConfig.Read<Constraint>(config, custom_objects, text => text);

    /// <summary>The constraint of that name, or the one that is given.</summary>
    /// <exception cref="ValueError">There is no object of that name.</exception>
    [OverloadResolutionPriority(1)]
    public Constraint? get(Constraint? identifier) => identifier;

    /// <inheritdoc cref="deserialize"/>
    public Constraint get(JsonObject identifier) => deserialize(identifier);

    /// <summary>The constraint's class and settings.</summary>
    public JsonObject serialize(Constraint constraint) => ObjectConfig.Serialize(constraint);
}
