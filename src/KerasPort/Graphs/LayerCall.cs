using KerasPort.Layers;

namespace KerasPort.Graphs;

/// <summary>A layer applied to symbolic tensors: a node of a model's graph.</summary>
internal sealed class LayerCall
{
    public LayerCall(Layer layer, Tensor[] inputs, bool? training, IEnumerable<Shape> outputs, Tensor? mask = null)
    {
        (Layer, Inputs, Training, Mask) = (layer, mask is null ? inputs : [.. inputs, mask], training, mask);
        bool isBatched = layer is Operation operation ? operation.GivesBatch : inputs.Length == 0 || inputs.Any(x => x.IsBatched);
        Outputs = [.. outputs.Select((shape, i) => new Tensor(this, shape, layer.OutputTypeOf(i), isBatched))];
    }

    public Layer Layer { get; }

    /// <summary>The input tensors; the last one is the mask if the call was given one.</summary>
    public Tensor[] Inputs { get; }

    /// <summary>The input tensors in the order in which Keras goes through them: those of a dictionary by their names.</summary>
    public IReadOnlyList<Tensor> InKerasOrder => field ??= Layer.Takes.Names is not { } names || names.Length > Inputs.Length ? Inputs
        : [.. Inputs.Index().OrderBy(x => x.Index < names.Length ? names[x.Index] : "\uffff", StringComparer.Ordinal).Select(x => x.Item)];

    /// <summary>The mask that the call was given; <c>null</c> for none.</summary>
    public Tensor? Mask { get; }

    /// <summary>Of a list with one item per tensor of <see cref="Inputs"/>, those for the layer's own inputs, without the mask's.</summary>
    public T[] Given<T>(T[] all) => Mask is null ? all : all[..^1];

    /// <summary>Of a list with one item per tensor of <see cref="Inputs"/>, that of the mask; <c>null</c> if there is none.</summary>
    public T? OfMask<T>(T[] all) where T : class => Mask is null ? null : all[^1];

    public Tensor[] Outputs { get; }

    /// <summary>The argument <c>training</c> of the call; <c>null</c> if it wasn't given.</summary>
    public bool? Training { get; }
}
