using KerasPort.Graphs;
using KerasPort.Models;

namespace KerasPort.Layers;

/// <summary>
/// A layer around another one, whose weights are its own. Those of one's own derive from it and say in <c>call</c> what they do with <see
/// cref="layer"/>.
/// </summary>
public class Wrapper : Layer
{
    /// <summary>A layer around another one.</summary>
    /// <param name="layer">The layer that it is around.</param>
    /// <param name="input_shape">What goes in, for a model's first layer.</param>
    /// <param name="name">The layer's name.</param>
    /// <exception cref="ValueError">There is none.</exception>
    public Wrapper(Layer layer, Shape? input_shape = null, string? name = null) : base(name, input_shape)
    {
        this.layer = layer is null or InputLayer
            ? throw new ValueError(
                $"Layer {layer?.ToString() ?? "None"} supplied to {GetType().Name} isn't a supported layer type. Please ensure wrapped layer is a valid "
                    + "Keras layer.")
            : layer;
        Turns.Join(Turns, layer.Turns);
    }

    /// <summary>The layer that it is around.</summary>
    public Layer layer { get; }

    internal override IReadOnlyList<Layer> Inner => [layer, .. base.Inner.Where(inner => inner != layer)];

    internal override IEnumerable<(Layer, Shape[])> Within(Shape[] inputs) => [(layer, inputs)];

    internal override IEnumerable<(string Name, object Value)> LayersByField() =>
        base.LayersByField().Append((nameof(layer), layer)).OrderBy(field => field.Item1, StringComparer.Ordinal);
}
