using KerasPort.Graphs;
using KerasPort.Random;

namespace KerasPort.Layers;

/// <summary>
/// Changes images by several chains of randomly picked layers, and mixes the results with the images. As in Keras, Python's generator picks the
/// layers at each call and for each batch. Source: Hendrycks et al., AugMix (2019).
/// </summary>
public sealed class AugMix : RandomImageLayer
{
    private readonly RandomImageLayer[] _layers;

    /// <summary>A mixture of chains.</summary>
    /// <param name="value_range">The least and the largest value of images; 0 and 255 by default.</param>
    /// <param name="num_chains">The number of chains.</param>
    /// <param name="chain_depth">The largest number of layers in a chain.</param>
    /// <param name="factor">The strength of each layer: a maximum, or a range, within 0 to 1; 0.3 by default.</param>
    /// <param name="alpha">The shape parameter of the distributions from which the shares of the mixture are drawn.</param>
    /// <param name="all_ops">Whether brightness, colours, contrast and sharpness are changed too.</param>
    /// <param name="interpolation">The interpolation between pixels: "bilinear" or "nearest".</param>
    /// <param name="seed">The seed of the layers' draws. Without one it's drawn now from Python's generator, as in Keras.</param>
    /// <inheritdoc cref="Layer(string?, Shape?)"/>
    /// <exception cref="ValueError">An argument is out of range.</exception>
    public AugMix(Factor? value_range = null, int num_chains = 3, int chain_depth = 3, Factor? factor = null, double alpha = 1.0, bool all_ops = true,
        string interpolation = "bilinear", long? seed = null, Shape? input_shape = null, string? name = null) : base(seed, name, input_shape)
    {
        if (num_chains < 1 || chain_depth < 0 || !(alpha > 0))
            throw new ValueError("AugMix has at least one chain, of no less than 0 layers, and `alpha` above 0. "
                + $"Received: num_chains={num_chains}, chain_depth={chain_depth}, alpha={PythonText.Str(alpha)}");
        (this.value_range, this.factor) = (AsGiven(value_range), Bounded(factor ?? 0.3, 0));
        (this.num_chains, this.chain_depth, this.alpha, this.all_ops, this.interpolation) = (num_chains, chain_depth, alpha, all_ops, interpolation);
        var (range, most) = (this.value_range, this.factor);
        var shear = new RandomShear(most, most, interpolation, seed: seed);
        var translation = new RandomTranslation(most, most, interpolation: interpolation, seed: seed);
        var rotation = new RandomRotation(most, interpolation: interpolation, seed: seed);
        var solarization = new Solarization(most, most, range, seed);
        _layers = [shear, translation, rotation, new RandomPosterization(Math.Max(1, (int)(8 * most.Second)), range, seed), solarization,
            new AutoContrast(range), new Equalization(range)];
        if (all_ops)
            _layers = [.. _layers, new RandomBrightness(most, range, seed), new RandomColorDegeneration(most, range, seed),
                new RandomContrast(most, range, seed), new RandomSharpness(most, range, seed)];
    }

    /// <summary>The least and the largest value of images.</summary>
    public Factor value_range { get; }

    /// <summary>The number of chains.</summary>
    public int num_chains { get; }

    /// <summary>The largest number of layers in a chain.</summary>
    public int chain_depth { get; }

    /// <summary>The strength of each layer, as a range.</summary>
    public Factor factor { get; }

    /// <summary>The shape parameter of the distributions from which the shares of the mixture are drawn.</summary>
    public double alpha { get; }

    /// <summary>Whether brightness, colours, contrast and sharpness are changed too.</summary>
    public bool all_ops { get; }

    /// <summary>The interpolation between pixels.</summary>
    public string interpolation { get; }

    internal override ImageChange Change(Graph g, Shape images, SeedGenerator seeds)
    {
        float[] shape = [(float)alpha];
        var shares = g.Drawn(seeds, num_chains + 1, (state, values) =>
        {
            var chains = values.AsSpan(0, num_chains);
            StatelessGamma.Gamma(state.Next(), shape, chains);
            float sum = 0;
            foreach (float share in chains) sum += share;
            foreach (ref float share in chains) share /= sum;
            StatelessGamma.Beta(state.NextPair(), shape, shape, values.AsSpan(num_chains));
        });
        Tensor Share(int i) => g.Reshape(g.Cut(shares, 0, i, 1), (1, 1));
        ImageChange[][] chains = [.. Enumerable.Range(0, num_chains).Select(_ => Chain(g, images, seeds))];
        return new(x =>
        {
            var mixed = chains.Index().Aggregate(g.Like(g.ImageRows(x), 0), (sum, chain) =>
                g.Add(sum, g.Multiply(g.ImageRows(chain.Item.Aggregate(x, (y, change) => change.Images(y))), Share(chain.Index))));
            var share = Share(num_chains);
            var y = g.Add(g.Multiply(g.ImageRows(x), share), g.Multiply(mixed, g.Shift(g.Scale(share, -1), 1)));
            return g.Reshape(g.Within(y, value_range), x.shape);
        });
    }

    /// <summary>A chain of layers, picked by Python's generator; an index past the last layer stands for no change.</summary>
    private ImageChange[] Chain(Graph g, Shape images, SeedGenerator seeds) =>
        [.. Enumerable.Range(0, chain_depth).Select(_ => Link(g, images, seeds))];

    private ImageChange Link(Graph g, Shape images, SeedGenerator seeds)
    {
        int picked = g.IsRunOnce ? Random.Seeds.Choice(_layers.Length + 1) : -1;
        if (g.IsRunOnce) return picked < _layers.Length ? _layers[picked].Change(g, images, seeds) : new(x => x);
        if (g.Batch.IsPiece)
            throw new ValueError(
                $"AugMix picks by Python's generator, which pieces of a batch can't share: map layer '{name}' over the data, or train in one process.");
        g.DrawnAside(seeds, _ => picked = Random.Seeds.Choice(_layers.Length + 1));
        ImageChange[] changes = [.. _layers.Select((layer, i) => g.If(() => picked == i, () => layer.Change(g, images, seeds)))];
        return new(x => x.NeedsGradient
            ? throw new ValueError($"No gradient goes through AugMix, whose layers are picked batch by batch: put layer '{name}' before all that is trained.")
            : g.Picked(x, [.. changes.Select((change, i) => g.If(() => picked == i, () => change.Images(x)))], () => picked));
    }
}
