using KerasPort.Graphs;
using KerasPort.Random;

namespace KerasPort.Layers;

/// <summary>Changes each batch by a few layers drawn from eleven. Source: Cubuk et al., RandAugment: practical automated data augmentation (2019).</summary>
public sealed class RandAugment : RandomImageLayer
{
    private readonly RandomImageLayer[] _layers;

    /// <summary>A random augmentation.</summary>
    /// <param name="value_range">The least and the largest value of images; 0 and 255 by default.</param>
    /// <param name="num_ops">The number of layers.</param>
    /// <param name="factor">The strength of each layer: a maximum, or a range, within 0 to 1; ½ by default.</param>
    /// <param name="interpolation">The interpolation between pixels: "bilinear" or "nearest".</param>
    /// <param name="seed">The seed: the same seed gives the same layers. Without one it's drawn now from Python's generator, as in Keras.</param>
    /// <inheritdoc cref="Layer(string?, Shape?)"/>
    /// <exception cref="ValueError">An argument is out of range.</exception>
    public RandAugment(Factor? value_range = null, int num_ops = 2, Factor? factor = null, string interpolation = "bilinear", long? seed = null,
        Shape? input_shape = null, string? name = null) : base(seed, name, input_shape)
    {
        if (num_ops < 0) throw new ValueError($"`num_ops` must not be negative. Received: num_ops={num_ops}");
        (this.value_range, this.num_ops, this.factor) = (AsGiven(value_range), num_ops, Bounded(factor ?? 0.5, 0));
        this.interpolation = interpolation;
        var (range, most) = (this.value_range, this.factor);
        RandomImageLayer[] drawing = [new RandomShear(most, most, interpolation, seed: seed),
            new RandomTranslation(most, most, interpolation: interpolation, seed: seed), new RandomRotation(most, interpolation: interpolation, seed: seed),
            new RandomBrightness(most, range, seed),
            new RandomColorDegeneration(most, range, seed), new RandomContrast(most, range, seed), new RandomSharpness(most, range, seed)];
        var solarization = new Solarization(most, most, range, seed);
        var posterization = new RandomPosterization(Math.Max(1, (int)(8 * most.Second)), range, seed);
        _layers = [.. drawing, posterization, solarization, new AutoContrast(range), new Equalization(range)];
    }

    /// <summary>The least and the largest value of images.</summary>
    public Factor value_range { get; }

    /// <summary>The number of layers.</summary>
    public int num_ops { get; }

    /// <summary>The strength of each layer, as a range.</summary>
    public Factor factor { get; }

    /// <summary>The interpolation between pixels.</summary>
    public string interpolation { get; }

    internal override ImageChange Change(Graph g, Shape images, SeedGenerator seeds)
    {
        int[] chosen = new int[num_ops];
        g.DrawnAside(seeds, state =>
        {
            var words = state.Next();
            for (int i = 0; i < num_ops; i++) chosen[i] = (int)(words.NextUInt32() % (uint)_layers.Length);
        });
        // All layers draw, whether they are chosen or not.
        ImageChange[] changes = [.. _layers.Select(layer => layer.Change(g, images, seeds))];
        return new(x =>
        {
            for (int i = 0; i < num_ops; i++)
            {
                var (before, op) = (x, i);
                // If a gradient is needed, all layers are computed, so that no value that the gradient reads is missing.
                Tensor Of(ImageChange change, int layer) =>
                    before.NeedsGradient ? change.Images(before) : g.If(() => chosen[op] == layer, () => change.Images(before));
                x = g.Picked(before, [.. changes.Select(Of)], () => chosen[op]);
            }
            return x;
        });
    }
}
