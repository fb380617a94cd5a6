using KerasPort.Graphs;
using KerasPort.Models;

namespace KerasPort.Layers;

/// <summary>
/// A layer around another one, whose weights it shares. A wrapper of one's own derives from it and uses <see cref="layer"/> in its <c>call</c>.
/// </summary>
public class Wrapper : Layer
{
    /// <summary>A layer around another one.</summary>
    /// <param name="layer">The wrapped layer.</param>
    /// <inheritdoc cref="Layer(string?, Shape?)"/>
    /// <exception cref="ValueError">The layer is missing, or is an input.</exception>
    public Wrapper(Layer layer, Shape? input_shape = null, string? name = null) : base(name, input_shape)
    {
        this.layer = layer is null or InputLayer
            ? throw new ValueError(
                $"Layer {layer?.ToString() ?? "None"} supplied to {GetType().Name} isn't a supported layer type. Please ensure wrapped layer is a valid "
                    + "Keras layer.")
            : layer;
        Turns.Join(Turns, layer.Turns);
    }

    /// <summary>The wrapped layer.</summary>
    public Layer layer { get; }

    internal override IReadOnlyList<Layer> Inner => [layer, .. base.Inner.Where(inner => inner != layer)];

    internal override IEnumerable<(Layer, Shape[])> Within(Shape[] inputs) => [(layer, inputs)];

    internal override IEnumerable<(string Name, object Value)> LayersByField() =>
        base.LayersByField().Append((nameof(layer), layer)).OrderBy(field => field.Item1, StringComparer.Ordinal);
}
