using KerasPort.Graphs;
using KerasPort.Layers;

namespace KerasPort.Activations;

/// <summary>
/// A layer without weights as an activation: <c>Dense(8, activation: layers.LeakyReLU(0.1))</c>, or one of the program's own. Files hold the layer.
/// </summary>
internal sealed class LayerFunction : ActivationFunction
{
    /// <exception cref="ValueError">The layer isn't a function of its input alone.</exception>
    public LayerFunction(Layer layer) => Layer = layer is FunctionLayer || (Saving.KnownClasses.IsOwn(layer.GetType()) && layer is not Models.Model) ? layer
        : throw new ValueError($"A layer as an activation must be a function of its input, such as LeakyReLU. Received: {layer}");

    /// <summary>The layer.</summary>
    public Layer Layer { get; }

    /// <summary>The activation that the layer computes; <c>null</c> for a layer of the program's own.</summary>
    public ActivationFunction? Function => Layer is FunctionLayer { HasCallOfItsOwn: false } layer ? layer.Function : null;

    internal override Shape OutputShape(Shape x) => Function?.OutputShape(x) ?? Built(x).compute_output_shape(x);

    protected internal override Tensor Call(Graph g, Tensor x) => Function is { } function ? function.Call(g, x) : Built(x.shape[1..].WithBatch(null)).Apply(x);

    private Layer Built(Shape input)
    {
        if (!Layer.built) Layer.Build([input]);
        return Layer.variables.Count == 0 ? Layer
            : throw new ValueError($"Layer '{Layer.name}' ({Layer.ClassName}) has weights, and can't be an activation: put it behind the layer.");
    }
}

/// <summary>A function of the program's own as an activation, which files hold by its name.</summary>
internal sealed class OwnFunction(TensorFunction function) : ActivationFunction
{
    /// <summary>The function.</summary>
    public TensorFunction Function => function;

    protected internal override Tensor Call(Graph g, Tensor x) => function(x);
}
