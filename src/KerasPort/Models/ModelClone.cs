using KerasPort.Graphs;
using KerasPort.Layers;
using KerasPort.Saving;

namespace KerasPort.Models;

/// <summary>Clones of models: the same layers in the same order, with weights of their own.</summary>
internal sealed class ModelClone
{
    private readonly Func<Layer, Layer> _cloneLayer;         // as in Keras called for every layer and function, but not for inputs
    private readonly Func<Layer, Tensors, Tensor>? _call;
    private readonly bool _isRecursive;

    // A layer that occurs several times is cloned once.
    private readonly Dictionary<Layer, Layer> _clones = [];

    private ModelClone(Func<Layer, Layer>? cloneLayer, Func<Layer, Tensors, Tensor>? call, bool isRecursive) =>
        (_cloneLayer, _call, _isRecursive) = (cloneLayer ?? Again, call, isRecursive);

    /// <inheritdoc cref="ModelsModule.clone_model"/>
    public static Model Of(Model model, Tensors? input_tensors = null, Func<Layer, Layer>? clone_function = null,
        Func<Layer, Tensors, Tensor>? call_function = null, bool recursive = false)
    {
        if (model is null) throw new ValueError("Expected `model` argument to be a model. Received: model=None");
        using var turn = model.Turns.Take();
        var clone = new ModelClone(clone_function, call_function, recursive);
        switch (model)
        {
            case Sequential when call_function is not null:
                throw new ValueError("`call_function` argument is not supported with Sequential models, whose layers are listed and not called. "
                    + $"Use `call_function` with functional models only. Received model '{model.name}'");
            case Sequential or Functional:
                return clone.Clone(model, input_tensors);
            default:
                if (input_tensors is not null || clone_function is not null || call_function is not null)
                    throw new ValueError("Arguments `clone_function`, `call_function` and `input_tensors` are only supported for Sequential models or "
                        + $"functional models. Received model '{model.name}' of type '{model.GetType().Name}'");
                return (Model)Again(model);
        }
    }

    private Model Clone(Model model, Tensors? inputs)
    {
        Model made = model is Sequential stack ? Stack(stack, inputs) : Graph(model, inputs);
        made.SetOwnTrainable(model.trainable);
        if (model is { optimizer: { } optimizer })
        {
            var (metrics, weighted, weights, areGiven) = model.Given;
            made.compile((Optimizers.Optimizer)ObjectConfig.Again(optimizer), model.loss, areGiven ? metrics : null, model.engine, weights, weighted);
        }
        return made;
    }

    private Sequential Stack(Sequential model, Tensors? inputs)
    {
        if (inputs is not null and not [_])
            throw new ValueError($"Argument `input_tensors` must contain a single tensor. Received: {inputs.Count} of them");
        Layer[] layers = [.. model.layers.Select(Layer)];
        return inputs is [var x] ? new Sequential([(Layer)x!, .. layers], model.name)
            : model.Input is { } input ? new Sequential([Again(input), .. layers], model.name) : new Sequential(layers, model.name);
    }

    private Functional Graph(Model model, Tensors? inputs)
    {
        var graph = model.Graph!;
        if (inputs is not null && inputs.Count != graph.Inputs.Length)
            throw new ValueError($"`input_tensors` must have the same structure as model.input, {graph.Inputs.Length} tensors. Received: {inputs.Count}");
        Tensor[] given = inputs is not null ? [.. inputs] : [.. graph.Inputs.Select(x => new InputLayer(x.shape[1..], x.shape[0], x.dtype, x.name).output)];
        var outputs = graph.Through(given, (call, x) =>
        {
            var layer = Layer(call.Layer);
            if (call.Layer.HasCallOfItsOwn) layer.Take(call.Layer.Takes, x.Length);
            return _call is null ? layer.Symbolically(call.Given(x), call.Training, call.OfMask(x))
                : [.. _call(layer, Tensors.As(call.Layer.Takes, call.Given(x))).All];
        });
        return new Functional(graph.Takes.Together(given), graph.Gives.Together(outputs), model.name);
    }

    private Layer Layer(Layer layer)
    {
        if (_clones.TryGetValue(layer, out var known)) return known;
        // As in Keras, the layers of an inner Sequential are cloned without call_function.
        return _clones[layer] = _isRecursive && layer is Sequential or Functional ? Clone((Model)layer, null)
            : _cloneLayer(layer) ?? throw new ValueError($"`clone_function` gave None for layer '{layer.name}'.");
    }

    private static Layer Again(Layer layer) => layer switch
    {
        Operation operation => operation.Again(),
        Lambda lambda => lambda.Again(),
        Sequential or Functional => ModelConfig.ReadConfig(layer.GetType().Name, ModelConfig.Get((Model)layer)),
        _ => (Layer)ObjectConfig.Again(layer),
    };
}
