using KerasPort.Graphs;

namespace KerasPort.Layers;

/// <summary>
/// Leaves out steps of a sequence [batch, steps, features], all of whose features are one value: they become 0, and layers behind it, losses and
/// metrics count the others alone.
/// </summary>
/// <param name="mask_value">The value.</param>
/// <param name="input_shape">Shape of a sequence, for a model's first layer.</param>
/// <param name="name">The layer's name.</param>
public class Masking(double mask_value = 0.0, Shape? input_shape = null, string? name = null) : Layer(name, input_shape)
{
    /// <summary>The value of steps that are left out.</summary>
    public double mask_value { get; } = mask_value;

    /// <inheritdoc/>
    public override Shape compute_output_shape(Shape input_shape) => input_shape;

    /// <inheritdoc/>
    public override Tensor? compute_mask(Tensor inputs, Tensor? mask = null) => KerasOps.Any(-1, keepdims: false).Of(KerasOps.NotEqual.Of(inputs, mask_value));

    /// <inheritdoc/>
    protected internal override Tensor Call(Graph g, Tensor x)
    {
        var mask = compute_mask(x)!;
        return g.Masked(g.WhereMasked(g.MaskOver(mask, x), x), mask);
    }
}
