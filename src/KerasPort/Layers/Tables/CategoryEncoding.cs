using KerasPort.Graphs;

namespace KerasPort.Layers;

/// <summary>Encodes whole numbers from 0 to below a known count.</summary>
public sealed class CategoryEncoding : EncodingLayer
{
    /// <summary>An encoding.</summary>
    /// <param name="num_tokens">The number of different indices, from 0 on; those beyond have no code.</param>
    /// <param name="output_mode"><c>"multi_hot"</c>, <c>"one_hot"</c> or <c>"count"</c>.</param>
    /// <inheritdoc cref="Layer(string?, Shape?)"/>
    /// <exception cref="ValueError">There is no such mode, or <c>num_tokens</c> is missing.</exception>
    public CategoryEncoding(int? num_tokens = null, string output_mode = "multi_hot", Shape? input_shape = null, string? name = null)
        : base(output_mode == "binary" ? "multi_hot" : output_mode, ["multi_hot", "one_hot", "count"], input_shape, name) =>
        this.num_tokens = num_tokens is null ? throw new ValueError(
            "num_tokens must be set to use this layer. If the number of tokens is not known beforehand, "
                + "use the IntegerLookup layer instead.")
            : num_tokens >= 1 ? num_tokens.Value : throw new ValueError($"`num_tokens` must be >= 1. Received: num_tokens={num_tokens}.");

    /// <summary>The number of different indices.</summary>
    public int num_tokens { get; }

    private protected override int Depth => num_tokens;

    /// <summary>The sums of the weights of an array's equal numbers, in place of their counts.</summary>
    /// <exception cref="ValueError">The mode isn't <c>"count"</c>.</exception>
    public Tensor Apply(NDArray inputs, NDArray count_weights) => output_mode == "count"
        ? new Function("Encoded", (g, t) => Encoded(g, t[0], t[1])) { Gives = static _ => DType.float32 }.Of(NotNegative(inputs), count_weights)
        : throw new ValueError($"`count_weights` is not used when `output_mode` is not `'count'`. Received `count_weights={PythonText.Str(count_weights)}`.");

    /// <inheritdoc cref="Apply(NDArray, NDArray)"/>
    [OverloadResolutionPriority(-1)]
    public Tensor Apply(Tensor inputs, Tensor count_weights) => Apply(inputs.numpy(), count_weights.numpy());

    private protected override Tensor Places(Graph g, Tensor[] inputs) => inputs[0];

    private protected override Tensor[] ApplyToValues(Tensor[] inputs, bool? training)
    {
        if (output_mode != "one_hot") NotNegative(inputs[0].numpy());
        return base.ApplyToValues(inputs, training);
    }

    private static NDArray NotNegative(NDArray values) => values.ToDoubles().FirstOrDefault(value => value < 0) is var value and not 0
        ? throw new ValueError($"Input 'in' must be non-negative! Negative input value found: {PythonText.Str(value)}") : values;
}
