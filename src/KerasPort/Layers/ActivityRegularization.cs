using KerasPort.Graphs;
using KerasPort.Regularizers;

namespace KerasPort.Layers;

/// <summary>y = x, and l1 · Σ |x| + l2 · Σ x² is added to the loss, divided by the batch size.</summary>
public class ActivityRegularization : Layer
{
    private readonly L1L2 _regularizer;

    /// <summary>A regularization of the values that pass through.</summary>
    /// <param name="l1">The factor of the sum of absolute values.</param>
    /// <param name="l2">The factor of the sum of squares.</param>
    /// <inheritdoc cref="Layer(string?, Shape?)"/>
    /// <exception cref="ValueError">A factor is negative or no number.</exception>
    public ActivityRegularization(double l1 = 0.0, double l2 = 0.0, Shape? input_shape = null, string? name = null) : base(name, input_shape) =>
        _regularizer = new L1L2(l1, l2);

    /// <summary>The factor of the sum of absolute values.</summary>
    public double l1 => _regularizer.l1;

    /// <summary>The factor of the sum of squares.</summary>
    public double l2 => _regularizer.l2;

    internal override bool PassesMask => true;

    /// <inheritdoc/>
    public override Shape compute_output_shape(Shape input_shape) => input_shape;

    /// <inheritdoc/>
    protected internal override Tensor Call(Graph g, Tensor x) => g.RegularizeOutputs(x, _regularizer);
}
