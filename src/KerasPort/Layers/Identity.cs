using KerasPort.Graphs;

namespace KerasPort.Layers;

/// <summary>y = x.</summary>
/// <param name="input_shape">The shape of a sample, for a model's first layer.</param>
/// <param name="name">The layer's name.</param>
public class Identity(Shape? input_shape = null, string? name = null) : Layer(name, input_shape)
{
    internal override bool PassesMask => true;

    /// <inheritdoc/>
    public override Shape compute_output_shape(Shape input_shape) => input_shape;

    /// <inheritdoc/>
    protected internal override Tensor Call(Graph g, Tensor x) => x;
}
