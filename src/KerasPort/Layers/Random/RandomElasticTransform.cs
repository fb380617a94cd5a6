using KerasPort.Engines;
using KerasPort.Graphs;
using KerasPort.Random;

namespace KerasPort.Layers;

/// <summary>
/// Distorts each image as if it were drawn on rubber, by blurred noise, with a probability that is itself drawn.
/// Source: Simard et al., Best practices for convolutional neural networks applied to visual document analysis (2003).
/// </summary>
public sealed class RandomElasticTransform : RandomImageLayer
{
    private readonly ImageFill _fill;

    /// <summary>A random elastic transform.</summary>
    /// <param name="factor">The probability: a maximum, or a range, within 0 to 1.</param>
    /// <param name="scale">The strength of the distortion: a maximum, or a range, within 0 to 1. All images of a batch share it.</param>
    /// <param name="interpolation">The interpolation between pixels: "bilinear" or "nearest".</param>
    /// <param name="fill_mode">The fill mode for pixels outside of an image: "reflect", "wrap", "constant" or "nearest".</param>
    /// <param name="fill_value">The value outside of an image, if <c>fill_mode</c> is "constant".</param>
    /// <param name="value_range">The limits of the output's values; 0 and 255 by default.</param>
    /// <param name="seed">The seed: the same seed gives the same transforms. Without one it's drawn now from Python's generator, as in Keras.</param>
    /// <inheritdoc cref="Layer(string?, Shape?)"/>
    /// <exception cref="ValueError">An argument is out of range.</exception>
    public RandomElasticTransform(Factor? factor = null, Factor? scale = null, string interpolation = "bilinear", string fill_mode = "reflect",
        double fill_value = 0.0, Factor? value_range = null, long? seed = null, Shape? input_shape = null, string? name = null) : base(seed, name, input_shape)
    {
        (this.factor, this.scale) = (Bounded(factor ?? 1.0, 0), Bounded(scale ?? 1.0, 0, argument: nameof(scale)));
        (this.interpolation, this.fill_mode, this.fill_value) = (RandomTransform.Interpolation(interpolation), fill_mode, fill_value);
        (this.value_range, _fill) = (AsGiven(value_range), RandomTransform.Fill(fill_mode));
    }

    /// <summary>The probability, as a range.</summary>
    public Factor factor { get; }

    /// <summary>The strength of the distortion, as a range.</summary>
    public Factor scale { get; }

    /// <summary>The interpolation between pixels: "bilinear" or "nearest".</summary>
    public string interpolation { get; }

    /// <summary>The fill mode for pixels outside of an image: "reflect", "wrap", "constant" or "nearest".</summary>
    public string fill_mode { get; }

    /// <summary>The value outside of an image, if <c>fill_mode</c> is "constant".</summary>
    public double fill_value { get; }

    /// <summary>The limits of the output's values.</summary>
    public Factor value_range { get; }

    internal override ImageChange Change(Graph g, Shape images, SeedGenerator seeds)
    {
        if (scale.Second == 0 || factor.Second == 0) return new(x => x);
        var isMoved = g.DrawnChance(seeds, images[0]!.Value, factor);
        var reach = g.DrawnEvenly(seeds, 1, scale.First, scale.Second);
        Tensor Moved(Tensor x, bool bilinear)
        {
            var elastic = new ElasticImages(x.shape[0]!.Value, x.shape[1]!.Value, x.shape[2]!.Value, x.Columns, _fill, bilinear, (float)fill_value);
            var noise = g.RandomNormals(seeds, x.shape[..3]);
            var moves = g.OnHost(x.shape[..3], (inputs, output) => elastic.Moves(inputs[0], inputs[1][0], output), null, noise, reach);
            Tensor Back(Graph list, Tensor dy) => list.OnHost(x.shape, (inputs, output) => elastic.MoveBack(inputs[0], inputs[1], output), null, dy, moves);
            var moved = g.OnHost(x.shape, (inputs, output) => elastic.Move(inputs[0], inputs[1], output),
                (list, _, dy) => [Back(list, dy), null], x, moves);
            return g.Reshape(g.Within(g.Choose(isMoved, g.ImageRows(moved), g.ImageRows(x)), value_range), x.shape);
        }
        // As in Keras, masks are distorted by noise of their own.
        return new(x => Moved(x, interpolation == "bilinear"), Masks: masks => Moved(masks, bilinear: false));
    }
}
