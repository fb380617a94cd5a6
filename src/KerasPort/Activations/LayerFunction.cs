using KerasPort.Graphs;
using KerasPort.Layers;

namespace KerasPort.Activations;

/// <summary>A layer as an activation: <c>Dense(8, activation: layers.LeakyReLU(0.1))</c>. Files hold the layer.</summary>
internal sealed class LayerFunction : ActivationFunction
{
    /// <exception cref="ValueError">The layer isn't one that is a function of its input.</exception>
    public LayerFunction(Layer layer) => Layer = layer is FunctionLayer ? layer
        : throw new ValueError($"A layer as an activation must be a function of its input, such as LeakyReLU. Received: {layer}");

    /// <summary>The layer.</summary>
    public Layer Layer { get; }

    /// <summary>The function that it is.</summary>
    public ActivationFunction Function => ((FunctionLayer)Layer).Function;

    internal override Shape OutputShape(Shape x) => Function.OutputShape(x);

    protected internal override Tensor Call(Graph g, Tensor x) => Function.Call(g, x);
}

/// <summary>A function of one's own as an activation, which files can't hold.</summary>
internal sealed class OwnFunction(TensorFunction function) : ActivationFunction
{
    protected internal override Tensor Call(Graph g, Tensor x) => function(x);
}
