using KerasPort.Graphs;

namespace KerasPort.Layers;

/// <summary>Puts the axes of each sample into another order.</summary>
public class Permute : Layer
{
    /// <summary>A layer that orders axes.</summary>
    /// <param name="dims">The input axis for each output axis in order; 1 is the first after the batch axis.</param>
    /// <inheritdoc cref="Layer(string?, Shape?)"/>
    /// <exception cref="ValueError">The numbers from 1 on don't occur once each.</exception>
    public Permute(Shape dims, Shape? input_shape = null, string? name = null) : base(name, input_shape)
    {
        if (!dims.Order().SequenceEqual(Enumerable.Range(1, dims.Rank).Cast<int?>()))
            throw new ValueError("Invalid permutation argument `dims` for Permute Layer. The set of indices in `dims` must be consecutive and start from 1. "
                + $"Received dims={dims}");
        this.dims = dims;
    }

    /// <summary>The input axis for each output axis in order.</summary>
    public Shape dims { get; }

    /// <inheritdoc/>
    protected internal override void CheckInput(Shape input_shape) => RequireRank(input_shape, dims.Rank + 1);

    /// <inheritdoc/>
    public override Shape compute_output_shape(Shape input_shape)
    {
        RequireRank(input_shape, dims.Rank + 1);
        return new Shape([input_shape[0], .. dims.Select(axis => input_shape[axis!.Value])]);
    }

    /// <inheritdoc/>
    protected internal override Tensor Call(Graph g, Tensor x) => g.Transpose(x, [0, .. dims.ToArray()]);
}
