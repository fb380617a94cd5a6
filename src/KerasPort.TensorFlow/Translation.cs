using KerasPort.Activations;
using KerasPort.Engines;
using KerasPort.Layers;
using KerasPort.Losses;
using KerasPort.Metrics;
using KerasPort.Models;
using KerasPort.Optimizers;
using Tensorflow;
using Tensorflow.Keras;
using Tensorflow.Keras.ArgsDefinition;
using static Tensorflow.KerasApi;
using ILossFunc = Tensorflow.Keras.Losses.ILossFunc;
using Optimizer = KerasPort.Optimizers.Optimizer;
using TensorFlowActivation = Tensorflow.Keras.Activation;
using TensorFlowLayers = Tensorflow.Keras.Layers;
using TensorFlowShape = Tensorflow.Shape;

namespace KerasPort.TensorFlow;

// Beside KerasPort.Tensor, which the enclosing namespace would name.
using SparseCategoricalCrossentropy = KerasPort.Losses.SparseCategoricalCrossentropy;
using Tensor = Tensorflow.Tensor;

/// <summary>
/// Translates each object into TensorFlow.Keras' counterpart. Always objects, never names: <c>compile</c> silently replaces unknown names by RMSprop
/// and mean squared error. Objects without a counterpart are refused by name.
/// </summary>
internal static class Translation
{
    /// <summary>Everything that a model is compiled from, as objects for which TensorFlow hasn't built anything yet.</summary>
    /// <exception cref="ValueError">TensorFlow.Keras has no counterpart for one of them.</exception>
    public static (ILayer[] Layers, AdamOf? Optimizer, ILossFunc? Loss, Func<Tensor, Tensor, Tensor>[] Metrics) Translate(
        Model model, Optimizer? optimizer, IReadOnlyList<Goal> goals) =>
        ([.. Chain(model).Select(Translate)], optimizer is null ? null : Translate(optimizer),
        Only(goals) is { Loss: { } loss } ? Translate(loss) : null, [.. Only(goals)?.Metrics.Select(metric => Translate(Settled(metric, model))) ?? []]);

    /// <summary>The layers, which must form a chain and all be trainable.</summary>
    private static IReadOnlyList<Layer> Chain(Model model)
    {
        if (model is not Sequential) throw Lacks($"model {model.GetType().Name}, used as '{model.name}'");
        if (!model.trainable) throw Lacks($"model '{model.name}' that isn't trainable");
        if (model.layers.FirstOrDefault(layer => layer.variables.Any(weight => weight.IsLearned && !weight.trainable) || !layer.trainable) is { } frozen)
            throw Lacks($"frozen layer, used as '{frozen.name}'");
        if (model.built && model.inputs[0].shape[1..].Contains(null)) throw Lacks($"inputs of open dimensions, used in '{model.name}'");
        return model.layers;
    }

    /// <summary>The goal of the only output; <c>null</c> where the model isn't trained.</summary>
    private static Goal? Only(IReadOnlyList<Goal> goals) => goals switch
    {
        [] => null,
        [{ LossWeight: not 1 }] => throw Lacks("weights of losses"),
        [{ WeightedMetrics.Count: > 0 }] => throw Lacks("weighted metrics"),
        [var only] => only,
        _ => throw Lacks("models of several outputs"),
    };

    /// <summary>The metric that "accuracy" stands for with class indices, the only labels of the losses here, once the model is built.</summary>
    private static Metric Settled(Metric metric, Model model)
    {
        if (!model.built) return metric;
        var outputs = model.output_shape[1..].WithBatch(null);
        return metric.For(outputs[..^1], outputs);
    }

    /// <summary>The equivalent layer.</summary>
    private static ILayer Translate(Layer layer) => layer switch
    {
        { HasCallOfItsOwn: true } => throw Lacks($"layer {layer.GetType().Name}, used as '{layer.name}'"),
        { activity_regularizer: not null } => throw Lacks($"regularizer, used in layer '{layer.name}'"),
        SpatialLayer { data_format: not "channels_last" } or Flatten { data_format: not "channels_last" } =>
            throw Lacks($"data_format channels_first, used in layer '{layer.name}'"),
        Conv2D { groups: > 1 } => throw Lacks($"groups, used in layer '{layer.name}'"),
        Flatten => keras.layers.Flatten(),
        Dense { kernel_regularizer: not null } or Dense { bias_regularizer: not null }
            or Conv2D { kernel_regularizer: not null } or Conv2D { bias_regularizer: not null } =>
            throw Lacks($"regularizer, used in layer '{layer.name}'"),
        Dense { kernel_constraint: not null } or Dense { bias_constraint: not null }
            or Conv2D { kernel_constraint: not null } or Conv2D { bias_constraint: not null } => throw Lacks($"constraint, used in layer '{layer.name}'"),
        // Not keras.layers.Dense: that drops use_bias.
        Dense dense => new TensorFlowLayers.Dense(new DenseArgs
        {
            Units = dense.units,
            Activation = Translate(dense.activation, layer),
            UseBias = dense.use_bias,
        }),
        Conv2D conv => keras.layers.Conv2D(
            conv.filters,
            kernel_size: Pair(conv.kernel_size),
            strides: Pair(conv.strides),
            padding: conv.padding,
            dilation_rate: Pair(conv.dilation_rate),
            activation: Translate(conv.activation, layer),
            use_bias: conv.use_bias),
        MaxPooling2D pooling => keras.layers.MaxPooling2D(Pair(pooling.pool_size), Pair(pooling.strides), pooling.padding),
        Layers.Activation activation => new ActivationLayer(Translate(activation.activation, layer)),
        _ => throw Lacks($"layer {layer.GetType().Name}, used as '{layer.name}'"),
    };

    /// <summary>The equivalent loss.</summary>
    private static ILossFunc Translate(Loss loss) => loss switch
    {
        { reduction: not ("sum_over_batch_size" or "mean") } => throw Lacks($"loss {loss.GetType().Name} with reduction '{loss.reduction}'"),
        SparseCategoricalCrossentropy { ignore_class: not null } => throw Lacks($"loss {loss.GetType().Name} with ignore_class"),
        SparseCategoricalCrossentropy crossentropy => keras.losses.SparseCategoricalCrossentropy(from_logits: crossentropy.from_logits),
        _ => throw Lacks($"loss {loss.GetType().Name}"),
    };

    /// <summary>The equivalent optimizer, at our optimizer's current step and learning rate.</summary>
    private static AdamOf Translate(Optimizer optimizer) => optimizer switch
    {
        // Classes derived from Adam make other steps.
        Adam when optimizer.GetType() != typeof(Adam) => throw Lacks($"optimizer {optimizer.GetType().Name}"),
        Adam adam when ExtraOf(adam) is { } extra => throw Lacks($"optimizer {adam.GetType().Name} with {extra}"),
        Adam adam => new AdamOf(adam),
        _ => throw Lacks($"optimizer {optimizer.GetType().Name}"),
    };

    /// <summary>A setting that TensorFlow.Keras' Adam would ignore; <c>null</c> for none.</summary>
    private static string? ExtraOf(Adam adam) =>
        adam.amsgrad ? nameof(adam.amsgrad)
        : adam.weight_decay is not null ? nameof(adam.weight_decay)
        : adam.clipnorm is > 0 ? nameof(adam.clipnorm)
        : adam.clipvalue is > 0 ? nameof(adam.clipvalue)
        : adam.global_clipnorm is > 0 ? nameof(adam.global_clipnorm)
        : adam.use_ema ? nameof(adam.use_ema)
        : adam.loss_scale_factor is not null ? nameof(adam.loss_scale_factor)
        : adam.gradient_accumulation_steps is > 0 ? nameof(adam.gradient_accumulation_steps)
        : null;

    /// <summary>The function that computes a metric's value for each sample of a batch.</summary>
    private static Func<Tensor, Tensor, Tensor> Translate(Metric metric) => metric switch
    {
        // The loss takes class indices, from which the built model infers "accuracy"; compile is checked before the model is built.
        SparseCategoricalAccuracy or AccuracyByShapes => keras.metrics.sparse_categorical_accuracy,
        _ => throw Lacks($"metric {metric.GetType().Name}"),
    };

    private static TensorFlowActivation Translate(ActivationFunction function, Layer layer) => function switch
    {
        Linear => keras.activations.Linear,
        Relu { HasArguments: false } => keras.activations.Relu,
        Activations.Softmax { HasArguments: false } => keras.activations.Softmax,
        Tanh => keras.activations.Tanh,
        _ => throw Lacks($"activation {function.GetType().Name}, used in layer '{layer.name}'"),
    };

    private static TensorFlowShape Pair(Shape size) => new(size.ToArray());

    private static ValueError Lacks(string what) => new($"Engine tensorflow has no {what}. Use engine managed, which has all of them.");
}
