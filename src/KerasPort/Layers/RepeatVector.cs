using KerasPort.Graphs;

namespace KerasPort.Layers;

/// <summary>Repeats each sample n times as the steps of a sequence: [features] becomes [n, features].</summary>
public class RepeatVector : Layer
{
    /// <summary>A layer that repeats.</summary>
    /// <param name="n">The number of repetitions.</param>
    /// <param name="input_shape">Shape of a row, for a model's first layer.</param>
    /// <param name="name">The layer's name.</param>
    /// <exception cref="ValueError">n is below 1.</exception>
    public RepeatVector(int n, Shape? input_shape = null, string? name = null) : base(name, input_shape) =>
        this.n = n > 0 ? n : throw new ValueError($"Argument `n` should be a positive integer. Received: n={n}");

    /// <summary>The number of repetitions.</summary>
    public int n { get; }

    /// <inheritdoc/>
    protected internal override void CheckInput(Shape input_shape) => RequireRank(input_shape, 2);

    /// <inheritdoc/>
    public override Shape compute_output_shape(Shape input_shape)
    {
        RequireRank(input_shape, 2);
        return new Shape(input_shape[0], n, input_shape[1]);
    }

    /// <inheritdoc/>
    protected internal override Tensor Call(Graph g, Tensor x) => g.Repeat(g.Reshape(x, (x.shape[0]!.Value, 1, x.Columns)), compute_output_shape(x.shape));
}
