using KerasPort.Graphs;
using KerasPort.Initializers;

namespace KerasPort.Layers;

/// <summary>
/// y = scale · x / √(mean of x² + epsilon), with the mean of each sample over some axes and a scale for each place along them.
/// Source: Zhang and Sennrich, Root mean square layer normalization (2019).
/// </summary>
/// <param name="axis">The axis or axes that are normalized, counted with the batch; the last by default.</param>
/// <param name="epsilon">A small number that is added to the mean of squares, so that nothing is divided by 0.</param>
/// <inheritdoc cref="Layer(string?, Shape?)"/>
public class RMSNormalization(Axes? axis = null, double epsilon = 1e-6, Shape? input_shape = null, string? name = null) : Layer(name, input_shape)
{
    private readonly Axes _axis = axis ?? -1;

    /// <inheritdoc cref="LayerNormalization.axis"/>
    public Axes axis => built ? _axis.Sorted : _axis;

    /// <summary>A small number that is added to the mean of squares, so that nothing is divided by 0.</summary>
    public double epsilon { get; } = epsilon;

    /// <inheritdoc/>
    public override Shape compute_output_shape(Shape input_shape)
    {
        foreach (int at in this.axis)
            if (at >= input_shape.Rank || at < -input_shape.Rank)
                throw new ValueError($"Axis {at} is out of bounds for input shape {input_shape}. Received: axis={this.axis}");
        return input_shape;
    }

    /// <inheritdoc/>
    protected internal override IEnumerable<Weight> Weights(Shape input_shape) =>
        [new("scale", [.. this.axis.Of(input_shape).Select(at => LastAxis(new Shape(input_shape[0], input_shape[at])))], new Ones())];

    /// <inheritdoc/>
    protected internal override Tensor Call(Graph g, Tensor x)
    {
        var inverse = g.InverseRoot(g.Mean(g.Square(x), this.axis, keepdims: true), (float)this.epsilon);
        // As in Keras, the scale is aligned with the last axes, whichever axes were normalized.
        return g.Multiply(g.Multiply(x, inverse), g.Variable(WeightAt(0)));
    }
}
