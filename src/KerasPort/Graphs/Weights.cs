namespace KerasPort.Graphs;

public sealed partial class Graph
{
    /// <summary>
    /// A weight for each value: those of samples, or of samples and as many of the values' inner axes as they have, each counting for all
    /// that lies within; one number for all.
    /// </summary>
    /// <exception cref="ValueError">The weights' shape doesn't begin the values'.</exception>
    internal Tensor WeightsOf(Tensor values, Tensor weights)
    {
        if (weights.Size == values.Size) return Reshape(weights, values.shape);
        var of = weights.shape.Rank > 1 && weights.shape[^1] == 1 ? weights.shape[..^1] : weights.shape;
        if (weights.Size != 1 && (of.Rank > values.shape.Rank || values.shape[..of.Rank] != of))
            throw new ValueError($"`sample_weight` of shape {weights.shape} doesn't fit values of shape {values.shape}: give a number for each sample.");
        return Reshape(Spread(Reshape(weights, (weights.Size, 1)), (weights.Size, values.Size / weights.Size)), values.shape);
    }
}
