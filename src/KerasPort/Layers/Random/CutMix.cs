using KerasPort.Graphs;
using KerasPort.Random;

namespace KerasPort.Layers;

/// <summary>
/// Pastes a part of another image of the batch into each image, and mixes their labels by the part's share. A single image stays as it is.
/// Source: Yun et al., CutMix (2019).
/// </summary>
public sealed class CutMix : RandomImageLayer
{
    /// <summary>A layer that cuts and mixes.</summary>
    /// <param name="factor">Both shape parameters of the beta distribution of shares: a maximum, or a range, within 0 to 1.</param>
    /// <param name="seed">The seed: the same seed gives the same parts. Without one it's drawn now from Python's generator, as in Keras.</param>
    /// <inheritdoc cref="Layer(string?, Shape?)"/>
    /// <exception cref="ValueError">The factor is out of range.</exception>
    public CutMix(Factor? factor = null, long? seed = null, Shape? input_shape = null, string? name = null) : base(seed, name, input_shape) =>
        this.factor = Bounded(factor ?? 1.0, 0);

    /// <summary>Both shape parameters of the beta distribution, as a range.</summary>
    public Factor factor { get; }

    private protected override bool ChangesOne => false;

    internal override ImageChange Change(Graph g, Shape images, SeedGenerator seeds)
    {
        var (count, height, width) = (images[0]!.Value, images[1]!.Value, images[2]!.Value);
        float[] shape = new float[1], ratio = new float[count];
        var boxes = new Boxes(count);
        var covered = g.Drawn(seeds, (count * height * width, 1), (state, mask) =>
        {
            Stateless.Uniform(state.Next(), factor.First, factor.Second, shape);
            shape[0] += 1e-6f;
            StatelessGamma.Beta(state.NextPair(), shape, shape, ratio);
            for (int i = 0; i < count; i++) ratio[i] = MathF.Sqrt(1 - ratio[i]);
            boxes.Draw(state, width, height, ratio, ratio);
            boxes.Mark(height, width, null, mask);
        });
        var partners = new Partners(count).Draw(g, seeds);
        var share = g.OnHost((count, 1), (_, output) =>
        {
            for (int i = 0; i < count; i++) output[i] = 1 - boxes.Share(i, height, width);
        }, null, partners.Order);
        Tensor Covered(Tensor x) =>
            g.Reshape(g.Choose(covered, Boxes.Pixels(g, g.Reordered(x, partners.Order, partners.Places)), Boxes.Pixels(g, x)), x.shape);
        return new(Covered, labels => Partners.Mixed(g, Partners.Classes(labels), partners, share), Covered);
    }
}
