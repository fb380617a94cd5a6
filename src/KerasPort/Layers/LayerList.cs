using System.Collections;

namespace KerasPort.Layers;

/// <summary>A model's layers as a list like Python's: <c>model.layers[^1]</c>, <c>model.layers[1..^1]</c>, and -1 for the last.</summary>
public sealed class LayerList : IReadOnlyList<Layer>
{
    private readonly List<Layer>? _own;
    private readonly IReadOnlyList<Layer> _layers;

    internal LayerList(IReadOnlyList<Layer> layers) => _layers = layers;

    private LayerList(List<Layer> own) => (_own, _layers) = (own, own);

    internal static LayerList Empty { get; } = new([]);

    /// <summary>The number of layers.</summary>
    public int Count => _layers.Count;

    /// <summary>The layer at that place; a negative number counts from the end.</summary>
    /// <exception cref="ValueError">There is no such place.</exception>
    public Layer this[int index] => index < Count && index >= -Count ? _layers[index < 0 ? index + Count : index]
        : throw new ValueError($"list index out of range: there are {Count} layers. Received: {index}");

    /// <summary>The layers at a range of indices, such as <c>[1..^1]</c>.</summary>
    public LayerList Slice(int start, int length) => new((List<Layer>)[.. _layers.Skip(start).Take(length)]);

    /// <summary>Adds a layer to a list that a range picked: <c>layers = model.layers[..^1]; layers.append(last)</c>.</summary>
    /// <exception cref="ValueError">The list belongs to a model itself, which takes layers by <c>add</c>.</exception>
    public void append(Layer layer)
    {
        if (_own is null) throw new ValueError("These are a model's own layers: take a range of them, such as `layers[..]`, or use `add`.");
        _own.Add(layer ?? throw new ValueError("Expected a layer to append. Received: None"));
    }

    /// <inheritdoc/>
    public IEnumerator<Layer> GetEnumerator() => _layers.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
