using KerasPort.Graphs;

namespace KerasPort.Layers;

/// <summary>
/// Masks the steps of a sequence [batch, steps, features] whose features all equal one value: they become 0, and later layers, losses and metrics
/// leave them out.
/// </summary>
/// <param name="mask_value">The value.</param>
/// <inheritdoc cref="Layer(string?, Shape?)"/>
public class Masking(double mask_value = 0.0, Shape? input_shape = null, string? name = null) : Layer(name, input_shape)
{
    /// <summary>The value of masked steps.</summary>
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
