using KerasPort.Engines;

namespace KerasPort.Layers;

/// <summary>Makes one axis of all axes but the batch, in row-major order.</summary>
public sealed class Flatten : Layer
{
    /// <summary>A layer that flattens.</summary>
    public Flatten(Shape? input_shape = null, string? name = null) : base(name, input_shape) { }

    /// <inheritdoc/>
    public override Shape compute_output_shape(Shape input_shape)
    {
        RequireRank(input_shape, 1, atLeast: true);
        return new Shape(input_shape[0], input_shape[1..].Size);
    }

    /// <inheritdoc/>
    protected internal override bool IsReshape => true;

    /// <inheritdoc/>
    protected internal override void Forward(Kernels kernels, LayerBuffers buffers) { }

    /// <inheritdoc/>
    protected internal override void Backward(Kernels kernels, LayerBuffers buffers) { }
}
