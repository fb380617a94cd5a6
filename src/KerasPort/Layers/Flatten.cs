using KerasPort.Graphs;

namespace KerasPort.Layers;

/// <summary>Joins all axes but the batch into one, in row-major order.</summary>
/// <example><code>
/// print(keras.layers.Flatten().Apply(np.zeros((32, 28, 28))).shape);    // (32, 784)
/// </code></example>
public class Flatten : Layer
{
    /// <summary>A layer that flattens.</summary>
    /// <param name="data_format">"channels_last" by default; an input that is "channels_first" is transposed first, so that its channels come last.</param>
    /// <inheritdoc cref="Layer(string?, Shape?)"/>
    /// <exception cref="ValueError">There is no such format.</exception>
    public Flatten(string? data_format = null, Shape? input_shape = null, string? name = null) : base(name, input_shape) =>
        this.data_format = DataFormat.Of(data_format);

    /// <summary>"channels_last", or "channels_first".</summary>
    public string data_format { get; }

    /// <inheritdoc/>
    public override Shape compute_output_shape(Shape input_shape)
    {
        RequireRank(input_shape, 1, atLeast: true);
        long size = 1;
        foreach (var d in input_shape[1..])
        {
            if (d is null) return new Shape(input_shape[0], null);
            if ((size *= d.Value) > int.MaxValue)
                throw new ValueError($"Layer '{name}' would make one axis that is too large for an array. Received: input_shape={input_shape}");
        }
        return new Shape(input_shape[0], (int)size);
    }

    /// <inheritdoc/>
    protected internal override Tensor Call(Graph g, Tensor x) =>
        g.Reshape(data_format == DataFormat.First && x.shape.Rank > 2 ? g.Transpose(x, DataFormat.ToLast(x.shape.Rank, 1)) : x, compute_output_shape(x.shape));
}
