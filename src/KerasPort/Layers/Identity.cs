using KerasPort.Graphs;

namespace KerasPort.Layers;

/// <summary>y = x.</summary>
/// <inheritdoc cref="Layer(string?, Shape?)"/>
public class Identity(Shape? input_shape = null, string? name = null) : Layer(name, input_shape)
{
    internal override bool PassesMask => true;

    /// <inheritdoc/>
    public override Shape compute_output_shape(Shape input_shape) => input_shape;

    /// <inheritdoc/>
    protected internal override Tensor Call(Graph g, Tensor x) => x;
}
