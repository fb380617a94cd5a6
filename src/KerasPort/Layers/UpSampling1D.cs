using KerasPort.Engines;
using KerasPort.Graphs;

namespace KerasPort.Layers;

/// <summary>Sequences [steps, channels] with each step so many times.</summary>
public sealed class UpSampling1D : Layer
{
    /// <summary>A layer that lengthens.</summary>
    /// <param name="size">How many times.</param>
    /// <param name="input_shape">Shape of a sequence, for a model's first layer.</param>
    /// <param name="name">The layer's name.</param>
    /// <exception cref="ValueError">That isn't 1 or more.</exception>
    public UpSampling1D(int size = 2, Shape? input_shape = null, string? name = null) : base(name, input_shape) =>
        this.size = size > 0 ? size : throw new ValueError($"Argument `size` should be a positive integer. Received: size={size}");

    /// <summary>How many times.</summary>
    public int size { get; }

    /// <inheritdoc/>
    protected internal override void CheckInput(Shape input_shape) => RequireRank(input_shape, 3);

    /// <inheritdoc/>
    public override Shape compute_output_shape(Shape input_shape)
    {
        RequireRank(input_shape, 3);
        return new Shape(input_shape[0], checked(input_shape[1] * size), input_shape[2]);
    }

    /// <inheritdoc/>
    protected internal override Tensor Call(Graph g, Tensor x)
    {
        int steps = x.shape[1]!.Value;
        return g.Along(x, 1, AlongTable.Take(steps, Enumerable.Range(0, checked(steps * size)).Select(i => i / size)));
    }
}
