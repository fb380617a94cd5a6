using KerasPort.Graphs;

namespace KerasPort.Layers;

/// <summary>y = x / ‖x‖ for the vectors along an axis, or over several; a vector shorter than 10⁻¹² becomes x · 10¹².</summary>
public class UnitNormalization : Layer
{
    /// <summary>A layer that scales vectors to length 1.</summary>
    /// <param name="axis">The axis or axes of the vectors; the last by default.</param>
    /// <inheritdoc cref="Layer(string?, Shape?)"/>
    public UnitNormalization(Axes? axis = null, Shape? input_shape = null, string? name = null) : base(name, input_shape) => this.axis = axis ?? -1;

    /// <summary>The axis or axes of the vectors.</summary>
    public Axes axis { get; }

    internal override bool PassesMask => true;

    /// <inheritdoc/>
    public override Shape compute_output_shape(Shape input_shape)
    {
        axis.Of(input_shape);
        return input_shape;
    }

    /// <inheritdoc/>
    protected internal override Tensor Call(Graph g, Tensor x) => g.UnitLength(x, axis, 1e-12f);
}
