using KerasPort.Graphs;
using KerasPort.Random;
using KerasPort.Saving;

namespace KerasPort.Layers;

/// <summary>
/// A layer that changes images [height, width, channels], each by itself, in training and wherever nothing says that it isn't training, such as
/// <c>layer.Apply(images)</c>. What it draws is Keras' own. A single image is one too.
/// </summary>
[OnlySetting("data_format", "channels_last")]
public abstract class RandomImageLayer : TrainingOnlyLayer
{
    private protected RandomImageLayer(long? seed, string? name, Shape? input_shape) : base(seed, draws: true, name, input_shape) { }

    internal override bool TrainsByDefault => true;

    /// <inheritdoc/>
    protected internal override void CheckInput(Shape input_shape)
    {
        if (input_shape.Rank is not (3 or 4))
            throw new ValueError($"Expected image tensor to have rank 3 (single image) or 4 (batch of images). Received: data.shape={input_shape}");
    }

    private protected sealed override Tensor Changed(Graph g, Tensor x)
    {
        if (x.shape.Rank == 4) return Images(g, x, Seeds!);
        return g.Reshape(Images(g, g.Reshape(x, new Shape([1, .. x.shape])), Seeds!), x.shape);
    }

    /// <summary>The images of a batch, changed.</summary>
    private protected abstract Tensor Images(Graph g, Tensor x, SeedGenerator seeds);

    /// <summary>A factor within bounds, as the least and the most.</summary>
    /// <exception cref="ValueError">It isn't within them.</exception>
    private protected static Factor Bounded(Factor factor, double least)
    {
        bool isWithin = factor.IsOne ? factor.First >= least && factor.First <= 1 : factor.First <= 1 && factor.Second >= least;
        if (!isWithin)
            throw new ValueError($"The `factor` argument should be a number (or a list of two numbers) in the range [{least}, 1]. Received: factor={factor}");
        var (lower, upper) = factor.Range;
        return factor.IsOne ? (Math.Max(lower, least), upper) : (lower, upper);
    }
}
