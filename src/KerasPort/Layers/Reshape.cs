using KerasPort.Graphs;

namespace KerasPort.Layers;

/// <summary>Gives each sample another shape; the elements keep their row-major order.</summary>
public class Reshape : Layer
{
    /// <summary>A layer that gives samples that shape.</summary>
    /// <param name="target_shape">The dimensions without the batch; one may be -1, which follows from the number of elements.</param>
    /// <inheritdoc cref="Layer(string?, Shape?)"/>
    /// <exception cref="ValueError">A dimension is below -1 or open, or two are -1.</exception>
    public Reshape(Shape target_shape, Shape? input_shape = null, string? name = null) : base(name, input_shape)
    {
        if (target_shape.Any(d => d is not >= -1))
            throw new ValueError("Each dimension in `target_shape` must be a non-negative integer, or `-1` for a single unknown dimension. "
                + $"Received: target_shape={target_shape}.");
        if (target_shape.Count(d => d == -1) > 1)
            throw new ValueError($"There must be at most one unknown dimension (-1) in `target_shape`. Received: target_shape={target_shape}.");
        this.target_shape = target_shape;
    }

    /// <summary>The dimensions without the batch.</summary>
    public Shape target_shape { get; }

    /// <inheritdoc/>
    protected internal override void CheckInput(Shape input_shape) => RequireRank(input_shape, 1, atLeast: true);

    /// <inheritdoc/>
    public override Shape compute_output_shape(Shape input_shape)
    {
        RequireRank(input_shape, 1, atLeast: true);
        return Of(input_shape[1..], target_shape, nameof(target_shape)).WithBatch(input_shape[0]);
    }

    /// <inheritdoc/>
    protected internal override Tensor Call(Graph g, Tensor x) => g.Reshape(x, compute_output_shape(x.shape));

    /// <summary>The shape with its -1 replaced by what the elements need; it is open if a dimension of the input is.</summary>
    /// <exception cref="ValueError">The elements don't fit.</exception>
    internal static Shape Of(Shape input, Shape target, string argument)
    {
        if (input.Any(d => d is null)) return new Shape([.. target.Select(d => d == -1 ? null : d)]);
        int known = new Shape([.. target.Where(d => d != -1)]).Size, size = input.Size;
        bool isOpen = target.Contains(-1);
        if (isOpen ? known == 0 || size % known != 0 : known != size)
            throw new ValueError($"The total size of the tensor must be unchanged. Received: input_shape={input}, {argument}={target}");
        return new Shape([.. target.Select(d => d == -1 ? size / known : d)]);
    }
}
