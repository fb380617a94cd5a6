using KerasPort.Graphs;
using KerasPort.Models;
using KerasPort.Saving;

namespace KerasPort.Layers;

/// <summary>A chain of layers as one layer, such as the augmentation of images before a model. Applied to arrays, the layers work as in training.</summary>
[NoSetting("trainable"), NoSetting("dtype")]
public sealed class Pipeline : Layer
{
    private readonly Layer[] _layers;

    /// <summary>A layer of these layers.</summary>
    /// <param name="layers">The layers; each takes the output of the one before.</param>
    /// <inheritdoc cref="Layer(string?, Shape?)"/>
    /// <exception cref="ValueError">An entry is missing, or is an input.</exception>
    public Pipeline(Layer[] layers, Shape? input_shape = null, string? name = null) : base(name, input_shape)
    {
        if (layers is null || layers.Any(layer => layer is null or InputLayer)) throw new ValueError("`layers` of a Pipeline must be a list of layers.");
        _layers = [.. layers];
        foreach (var layer in _layers) Turns.Join(Turns, layer.Turns);
    }

    /// <summary>The layers.</summary>
    public Layer[] layers => [.. _layers];

    internal override IReadOnlyList<Layer> Inner => _layers ?? [];

    internal override bool TrainsByDefault => true;

    internal override bool? TrainingArgument => true;

    internal override bool TakesMask => true;

    /// <inheritdoc/>
    public override Shape compute_output_shape(Shape input_shape) => _layers.Aggregate(input_shape, (shape, layer) => layer.OutputShapes([shape])[0]);

    internal override IEnumerable<(Layer, Shape[])> Within(Shape[] inputs)
    {
        foreach (var layer in _layers)
        {
            yield return (layer, inputs);
            inputs = layer.OutputShapes(inputs);
        }
    }

    internal override IEnumerable<(string Name, object Value)> LayersByField() => [(nameof(layers), _layers)];

    internal override Tensor? ApplyByName(string[] names, Tensor[] given, bool? training)
    {
        bool? mode = training ?? (Array.Exists(given, x => x.IsOfPlan) ? null : true);
        return _layers.Aggregate(Tensor.Several(given, names), (all, layer) => layer.Apply(all, mode));
    }

    /// <inheritdoc/>
    protected internal override Tensor Call(Graph g, Tensor x)
    {
        using var mode = g.In(g.IsTrainingOpen ? true : null);
        return _layers.Aggregate(x, (y, layer) => layer.CallRegularized(g, [y])[0]);
    }
}
