using KerasPort.Graphs;
using KerasPort.Random;

namespace KerasPort.Layers;

/// <summary>
/// Mixes each image of a batch with another one, and their labels likewise. Source: Zhang et al., mixup: beyond empirical risk minimization (2017).
/// <code>
/// var mixed = keras.layers.MixUp().Apply(new Dictionary&lt;string, Tensor&gt; { ["images"] = images, ["labels"] = labels });
/// return (mixed["images"], mixed["labels"]);
/// </code>
/// </summary>
public sealed class MixUp : RandomImageLayer
{
    /// <summary>A layer that mixes.</summary>
    /// <param name="alpha">Both shape parameters of the beta distribution of shares; smaller ones give mixtures that are closer to one image.</param>
    /// <param name="seed">The seed: the same seed gives the same mixtures. Without one it's drawn now from Python's generator, as in Keras.</param>
    /// <inheritdoc cref="Layer(string?, Shape?)"/>
    /// <exception cref="ValueError">The shape isn't above 0.</exception>
    public MixUp(double alpha = 0.2, long? seed = null, Shape? input_shape = null, string? name = null) : base(seed, name, input_shape) =>
        this.alpha = alpha > 0 ? alpha : throw new ValueError($"`alpha` must be above 0. Received: alpha={PythonText.Str(alpha)}");

    /// <summary>Both shape parameters of the beta distribution.</summary>
    public double alpha { get; }

    private protected override int DrawsAnyway => 2;

    internal override ImageChange Change(Graph g, Shape images, SeedGenerator seeds)
    {
        int count = images[0]!.Value;
        float[] shape = [(float)alpha];
        var order = new Partners(count).Draw(g, seeds);
        var share = g.Drawn(seeds, (count, 1), (state, values) => StatelessGamma.Beta(state.NextPair(), shape, shape, values));
        return new(x => g.Reshape(Partners.Mixed(g, g.ImageRows(x), order, share), x.shape),
            labels => Partners.Mixed(g, Partners.Classes(labels), order, share),
            _ => throw new ValueError("MixUp mixes images and labels: segmentation masks, whose classes can't be mixed, are refused. Use CutMix."));
    }
}
