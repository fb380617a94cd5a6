using KerasPort.Layers;

namespace KerasPort.Graphs;

/// <summary>A layer applied to symbolic tensors: what a model's graph is made of.</summary>
internal sealed class LayerCall
{
    public LayerCall(Layer layer, Tensor[] inputs, bool? training, IEnumerable<Shape> outputs)
    {
        (Layer, Inputs, Training) = (layer, inputs, training);
        bool isBatched = layer is Operation operation ? operation.GivesBatch : inputs.Length == 0 || inputs.Any(x => x.IsBatched);
        Outputs = [.. outputs.Select((shape, i) => new Tensor(this, shape, layer.OutputTypeOf(i), isBatched))];
    }

    public Layer Layer { get; }

    public Tensor[] Inputs { get; }

    public Tensor[] Outputs { get; }

    /// <summary>What the call said of <c>training</c>; <c>null</c> for nothing.</summary>
    public bool? Training { get; }
}
