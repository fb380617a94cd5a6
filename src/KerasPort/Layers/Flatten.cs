using KerasPort.Graphs;
using KerasPort.Saving;

namespace KerasPort.Layers;

/// <summary>Makes one axis of all axes but the batch, in row-major order.</summary>
[OnlySetting("data_format", "channels_last")]
public sealed class Flatten : Layer
{
    /// <summary>A layer that flattens.</summary>
    public Flatten(Shape? input_shape = null, string? name = null) : base(name, input_shape) { }

    /// <inheritdoc/>
    public override Shape compute_output_shape(Shape input_shape)
    {
        RequireRank(input_shape, 1, atLeast: true);
        long size = 1;
        foreach (var d in input_shape[1..])
        {
            if (d is null) return new Shape(input_shape[0], null);
            if ((size *= d.Value) > int.MaxValue) throw new ValueError($"Layer '{name}' would make one axis that is too large for an array. Received: input_shape={input_shape}");
        }
        return new Shape(input_shape[0], (int)size);
    }

    /// <inheritdoc/>
    protected internal override Tensor Call(Graph g, Tensor x) => g.Reshape(x, compute_output_shape(x.shape));
}
