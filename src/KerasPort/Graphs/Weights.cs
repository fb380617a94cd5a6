namespace KerasPort.Graphs;

public sealed partial class Graph
{
    /// <summary>
    /// Broadcasts weights to values: weights of samples, or of samples and the following axes, count for all values within; a single one counts for all.
    /// </summary>
    /// <exception cref="ValueError">The weights' shape isn't a prefix of the values' shape.</exception>
    internal Tensor WeightsOf(Tensor values, Tensor weights)
    {
        if (weights.Size == values.Size) return Reshape(weights, values.shape);
        var of = weights.shape.Rank > 1 && weights.shape[^1] == 1 ? weights.shape[..^1] : weights.shape;
        if (weights.Size != 1 && (of.Rank > values.shape.Rank || values.shape[..of.Rank] != of))
            throw new ValueError($"`sample_weight` of shape {weights.shape} doesn't fit values of shape {values.shape}: give a number for each sample.");
        return Reshape(Spread(Reshape(weights, (weights.Size, 1)), (weights.Size, values.Size / weights.Size)), values.shape);
    }
}
